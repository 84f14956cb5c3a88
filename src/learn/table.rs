//! The weights of a model, and the scores that they give to a text.
//!
//! A feature is a hash; its cells say how it weighs for which labels, in whole numbers that a scale for each
//! label turns into scores. [`index`](super::index) finds them.

use super::features::{BLOCKS, Block, Feature};
use super::index::{Index, Weights};
use super::model::Weighted;
use crate::text::distinct::Distinct;
use std::ops::Range;

/// Weights of features for labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// The score of a text without features, one for each label.
    pub(super) constants: Vec<f32>,
    /// What one unit of a weight is worth, one for each label.
    pub(super) scales: Vec<f32>,
    /// The features, in rising order.
    pub(super) hashes: Vec<u32>,
    /// Where the cells of each feature end.
    pub(super) ends: Vec<u32>,
    /// Labels and weights.
    pub(super) cells: Vec<(u8, i8)>,
    /// What a look-up needs, made from the others.
    index: Index,
}

/// So many labels are reckoned at a time; rows are filled up to a multiple of it.
const AT_A_TIME: usize = 8;

/// The most labels that a table may have, since a cell names its label in one byte.
pub(super) const MOST_LABELS: usize = 256;

/// A feature of a text that the table knows, with the words that stand for it.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    record: u32,
    /// A bit for each label that it may weigh for, by the last six bits of the label.
    labels: u64,
    pub(super) block: Block,
    pub(super) words: Range<u32>,
}

/// What is needed while one text is scored, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// The score of each label; above 0 it is given.
    pub(super) scores: Vec<f32>,
    /// The labels that are given, see [`Model`](super::Model).
    pub(super) given: Vec<usize>,
    pub(super) hits: Vec<Hit>,
    /// The value of a feature of each block in this text.
    pub(super) values: [f32; BLOCKS],
    /// Room for the weights of phrases, see [`Model`](super::Model).
    pub(super) phrases: Vec<f32>,
    /// The phrases that have a weight.
    pub(super) weighed: Vec<usize>,
    /// Those of them that are shown.
    pub(super) shown: Vec<Weighted>,
    /// Room for what evidence calls a phrase.
    pub(super) rule: String,
    sums: Vec<i32>,
    /// Features by their places in the text, and the records to look for them from.
    looked_for: Vec<(u32, u32)>,
    distinct: Distinct,
}

impl Table {
    /// Rounds weights. `weight(column, label)` has the constant in column 0 and the features after it.
    pub(super) fn rounded(hashes: &[u32], labels: usize, weight: impl Fn(usize, usize) -> f32) -> Table {
        let largest = |label: usize| {
            (1..=hashes.len()).fold(0.0f32, |largest, column| largest.max(weight(column, label).abs()))
        };
        let scales: Vec<f32> = (0..labels).map(|label| largest(label) / 127.0).collect();
        let mut table = Table {
            constants: (0..labels).map(|label| weight(0, label)).collect(),
            scales,
            ..Table::default()
        };
        for (hash, column) in hashes.iter().zip(1..) {
            let before = table.cells.len();
            for label in 0..labels.min(MOST_LABELS) {
                let scale = table.scales[label];
                let rounded = if scale > 0.0 { (weight(column, label) / scale).round() as i8 } else { 0 };
                if rounded != 0 {
                    table.cells.push((label as u8, rounded));
                }
            }
            if table.cells.len() > before {
                table.hashes.push(*hash);
                table.ends.push(table.cells.len() as u32);
            }
        }
        table.index();
        table
    }

    /// Builds what a look-up needs from `hashes`.
    pub(super) fn index(&mut self) {
        let features = self.hashes.iter().enumerate();
        let features = features.map(|(feature, hash)| (*hash, self.cells_of(feature as u32)));
        self.index = Index::of(features, self.width());
    }

    pub(super) fn cells_of(&self, feature: u32) -> &[(u8, i8)] {
        let feature = feature as usize;
        let start = feature.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start as usize..self.ends[feature] as usize]
    }

    /// The labels, filled up, so that many are reckoned at a time.
    fn width(&self) -> usize {
        self.scales.len().next_multiple_of(AT_A_TIME)
    }

    /// How a feature weighs for a label; 0 if it doesn't.
    pub(super) fn weight(&self, hit: &Hit, label: usize) -> i8 {
        if hit.labels & bit_of(label) == 0 { 0 } else { self.index.weights(hit.record).of(label) }
    }

    /// Scores a text by its features. A feature that comes several times counts once, where it comes first.
    pub(super) fn score(&self, features: &[Feature], to: &mut Scores) {
        let width = self.width();
        to.hits.clear();
        to.sums.clear();
        to.sums.resize(width * BLOCKS, 0);
        let numbers = self.look(features, to);
        to.distinct.begin(to.looked_for.len());
        for &(at, from) in &to.looked_for {
            let Feature { block, hash, ref words } = features[at as usize];
            let Some((record, weights)) = self.index.find(from, hash) else { continue };
            if !to.distinct.is_first(hash) {
                continue;
            }
            let sums = &mut to.sums[block as usize * width..][..width];
            let mut labels = 0;
            match weights {
                Weights::Cells(cells) => cells.iter().for_each(|[label, weight]| {
                    sums[usize::from(*label)] += i32::from(*weight as i8);
                    labels |= bit_of(usize::from(*label));
                }),
                Weights::Row(row) => {
                    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight as i8));
                    labels = u64::MAX;
                }
            }
            if !words.is_empty() {
                to.hits.push(Hit { record, labels, block, words: words.clone() });
            }
        }
        to.values = Block::ALL.map(|block| block.value(numbers[block as usize]));
        // block by block, so that many labels are reckoned at a time; for each the order is the same
        to.scores.clear();
        to.scores.resize(width, 0.0);
        for (value, sums) in to.values.iter().zip(to.sums.chunks_exact(width.max(1))) {
            to.scores.iter_mut().zip(sums).for_each(|(unit, sum)| *unit += value * *sum as f32);
        }
        to.scores.truncate(self.scales.len());
        for (score, (constant, scale)) in to.scores.iter_mut().zip(self.constants.iter().zip(&self.scales)) {
            *score = constant + scale * *score;
        }
    }

    /// Notes the features that the table may know; gives the number of those of each block, known or not.
    fn look(&self, features: &[Feature], to: &mut Scores) -> [usize; BLOCKS] {
        let mut numbers = [0; BLOCKS];
        to.looked_for.clear();
        to.looked_for.resize(features.len(), (0, 0));
        // whether a feature is known, no processor can guess: the next one is written over one that is not
        let mut known = 0;
        for (at, feature) in features.iter().enumerate() {
            numbers[feature.block as usize] += 1;
            let (perhaps, from) = self.index.perhaps(feature.hash);
            to.looked_for[known] = (at as u32, from);
            known += usize::from(perhaps);
        }
        to.looked_for.truncate(known);
        for (at, from) in &mut to.looked_for {
            *from = self.index.step(*from, features[*at as usize].hash);
        }
        numbers
    }
}

fn bit_of(label: usize) -> u64 {
    1 << (label % 64)
}
