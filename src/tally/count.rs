//! Counts many recommendations: names of categories become numbers on the way, and names again at the end.
//!
//! A cell is a path through a tree with a level for each dimension, so that one look-up a category leads to its count.
//! Made for the export, which counts a list over 16 dimensions: comparing names for each cell took a third of its time.

use super::categories::Category;
use super::{Cell, Count};
use crate::coded::CodedRecommendation;
use crate::dimension::Dimension;
use crate::text::hash::{Map, Spread};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Where every cell begins.
const ROOT: u32 = 0;

/// What was counted so far of recommendations that live as long as `'r`.
pub(super) struct Counter<'d, 'r> {
    dimensions: &'d [Dimension],
    names: Names<'r>,
    /// From a node and a category to the node of the next level.
    tree: Fast<(u32, u32), u32>,
    /// What leads to each node, and what was counted there; only the last level counts.
    nodes: Vec<(u32, u32, Count)>,
    total: Count,
    /// The categories along each dimension of the recommendation that is being counted.
    here: Vec<Vec<u32>>,
    ends: Vec<(u32, u64)>,
}

impl<'d, 'r> Counter<'d, 'r> {
    pub(super) fn new(dimensions: &'d [Dimension]) -> Self {
        Counter {
            dimensions,
            names: Names::default(),
            tree: Fast::default(),
            nodes: vec![(ROOT, 0, Count::default())],
            total: Count::default(),
            here: vec![Vec::new(); dimensions.len()],
            ends: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, coded: &'r CodedRecommendation) {
        let pairs = coded.recommendation.pairs() as u64;
        self.total += Count { recommendations: 1, recommendation_x_state: pairs };
        let apart = self.dimensions.iter().any(|dimension| dimension.is_of_the_state());
        // without a recommending State there is a recommendation, but no pair
        let states = if apart { coded.recommendation.pairs().max(1) } else { 1 };
        let each = if apart { 1 } else { pairs.max(1) };
        self.ends.clear();
        for state in 0..states {
            for (dimension, categories) in self.dimensions.iter().zip(&mut self.here) {
                if state == 0 || dimension.is_of_the_state() {
                    categories.clear();
                    dimension.each(coded, state, |category| categories.push(self.names.number(category)));
                }
            }
            self.descend(0, ROOT, each, state > 0);
        }
        for &(node, states) in &self.ends {
            let recommendation_x_state = states.min(pairs);
            self.nodes[node as usize].2 += Count { recommendations: 1, recommendation_x_state };
        }
    }

    /// Goes down from `node` along the categories of this recommendation, and notes where it ends. Another State's path
    /// may end where one ended `before`.
    fn descend(&mut self, level: usize, node: u32, states: u64, before: bool) {
        if level == self.here.len() {
            match self.ends.iter_mut().find(|(known, _)| before && *known == node) {
                Some((_, known)) => *known += states,
                None => self.ends.push((node, states)),
            }
            return;
        }
        for at in 0..self.here[level].len() {
            let category = self.here[level][at];
            let next = *self.tree.entry((node, category)).or_insert_with(|| {
                self.nodes.push((node, category, Count::default()));
                (self.nodes.len() - 1) as u32
            });
            self.descend(level + 1, next, states, before);
        }
    }

    pub(super) fn finish(self) -> (Count, BTreeMap<Cell, Count>) {
        let depth = self.dimensions.len();
        let cells = self.nodes.iter().filter(|(.., count)| count.recommendations > 0);
        let cell = |&(above, category, count): &(u32, u32, Count)| {
            let mut cell: Cell = Vec::with_capacity(depth);
            let (mut above, mut category) = (above, category);
            for _ in 0..depth {
                cell.push(self.names.all[category as usize].clone());
                (above, category) = (self.nodes[above as usize].0, self.nodes[above as usize].1);
            }
            cell.reverse();
            (cell, count)
        };
        (self.total, cells.map(cell).collect())
    }
}

/// The categories seen so far, numbered.
#[derive(Default)]
struct Names<'r> {
    all: Vec<Arc<str>>,
    by_name: Map<Arc<str>, u32>,
    /// By where a name lies in memory, which it shares with most others that read the same. What lies there stays for
    /// `'r`, as the recommendations that hold it do.
    by_place: Fast<(usize, usize), u32>,
    by_number: Fast<u16, u32>,
    held: std::marker::PhantomData<&'r str>,
}

impl<'r> Names<'r> {
    fn number(&mut self, category: Category<'r>) -> u32 {
        let place = match category {
            Category::Shared(name) => (name.as_ptr().addr(), name.len()),
            Category::Fixed(name) => (name.as_ptr().addr(), name.len()),
            Category::Number(number) => {
                if let Some(&known) = self.by_number.get(&number) {
                    return known;
                }
                let new = self.by_name(category);
                self.by_number.insert(number, new);
                return new;
            }
        };
        if let Some(&known) = self.by_place.get(&place) {
            return known;
        }
        let new = self.by_name(category);
        self.by_place.insert(place, new);
        new
    }

    fn by_name(&mut self, category: Category<'r>) -> u32 {
        let name = category.shared();
        if let Some(&known) = self.by_name.get(&name) {
            return known;
        }
        let new = self.all.len() as u32;
        self.all.push(name.clone());
        self.by_name.insert(name, new);
        new
    }
}
