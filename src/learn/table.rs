//! The weights of a model, laid out so that a feature is looked up in one or two steps.
//!
//! A feature is a hash; its cells say how it weighs for which labels, in whole numbers that a scale for each
//! label turns into scores.

use super::features::{BLOCKS, Block, Feature};
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
    /// For each feature that speaks of many labels its weights for all of them, one after the other.
    rows: Vec<i8>,
    /// For each feature, where its weights stand.
    places: Vec<Place>,
    /// Open addressing: a hash and its place in `hashes`, at the first free slot from the hash on.
    slots: Vec<(u32, u32)>,
    /// A bit for each possible low end of a hash, so that most features that are not there cost one look.
    present: Vec<u64>,
}

const FREE: u32 = u32::MAX;

/// A feature with so many cells has a row of its own: it is added at one stroke, many labels at a time.
const FEWEST_IN_ROW: usize = 12;

/// So many labels are reckoned at a time; rows are filled up to a multiple of it.
const AT_A_TIME: usize = 16;

/// Where the weights of a feature stand.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// In these cells.
    Cells(u32, u32),
    /// In this row, by its beginning.
    Row(u32),
}

/// The bits of a hash that `present` knows: 2^20 bits fit into a processor's second cache.
const PRESENT_BITS: u32 = 20;

/// The most labels that a table may have, since a cell names its label in one byte.
pub(super) const MOST_LABELS: usize = 256;

/// A feature of a text that the table knows.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) feature: u32,
    pub(super) block: Block,
    pub(super) words: Range<u32>,
}

/// What is needed while one text is scored, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// The score of each label; above 0 it is given.
    pub(super) scores: Vec<f32>,
    pub(super) hits: Vec<Hit>,
    /// The value of a feature of each block in this text.
    pub(super) values: [f32; BLOCKS],
    /// Room for the weights of phrases, see [`Model`](super::Model).
    pub(super) phrases: Vec<f32>,
    /// The phrases that have a weight.
    pub(super) weighed: Vec<usize>,
    sums: Vec<i32>,
    seen: Vec<u32>,
    round: u32,
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
        let size = (self.hashes.len() * 2).next_power_of_two().max(2);
        let width = self.width();
        (self.rows, self.places) = (Vec::new(), Vec::with_capacity(self.hashes.len()));
        for feature in 0..self.hashes.len() {
            let cells = self.cells_of(feature as u32);
            if cells.len() < FEWEST_IN_ROW {
                let end = self.ends[feature];
                self.places.push(Place::Cells(end - cells.len() as u32, end));
                continue;
            }
            let row = self.rows.len();
            let cells = self.ends[feature] as usize - cells.len()..self.ends[feature] as usize;
            self.rows.resize(row + width, 0);
            for (label, weight) in &self.cells[cells] {
                self.rows[row + usize::from(*label)] = *weight;
            }
            self.places.push(Place::Row(row as u32));
        }
        self.slots = vec![(0, FREE); size];
        self.present = vec![0; 1 << (PRESENT_BITS - 6)];
        for (feature, hash) in self.hashes.iter().enumerate() {
            let mut at = *hash as usize & (size - 1);
            while self.slots[at].1 != FREE {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (*hash, feature as u32);
            let bit = hash >> (32 - PRESENT_BITS);
            self.present[bit as usize >> 6] |= 1 << (bit & 63);
        }
    }

    fn feature(&self, hash: u32) -> Option<u32> {
        let bit = hash >> (32 - PRESENT_BITS);
        if self.present[bit as usize >> 6] >> (bit & 63) & 1 == 0 {
            return None;
        }
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let (known, feature) = self.slots[at];
            if feature == FREE {
                return None;
            }
            if known == hash {
                return Some(feature);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    pub(super) fn cells_of(&self, feature: u32) -> &[(u8, i8)] {
        let feature = feature as usize;
        let start = feature.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start as usize..self.ends[feature] as usize]
    }

    /// The labels, filled up.
    fn width(&self) -> usize {
        self.scales.len().next_multiple_of(AT_A_TIME)
    }

    /// How a feature weighs for a label, if it does.
    pub(super) fn weight(&self, feature: u32, label: usize) -> Option<i8> {
        match self.places[feature as usize] {
            Place::Cells(from, to) => {
                let cells = &self.cells[from as usize..to as usize];
                cells.iter().find(|(at, _)| usize::from(*at) == label).map(|(_, weight)| *weight)
            }
            Place::Row(row) => Some(self.rows[row as usize + label]).filter(|weight| *weight != 0),
        }
    }

    /// Scores a text by its features. A feature that comes several times counts once, where it comes first.
    pub(super) fn score(&self, features: &[Feature], to: &mut Scores) {
        let (labels, width) = (self.scales.len(), self.width());
        to.hits.clear();
        to.sums.clear();
        to.sums.resize(width * BLOCKS, 0);
        if to.seen.len() != self.hashes.len() || to.round == u32::MAX {
            to.seen = vec![0; self.hashes.len()];
            to.round = 0;
        }
        to.round += 1;
        let mut numbers = [0usize; BLOCKS];
        for Feature { block, hash, words } in features {
            numbers[*block as usize] += 1;
            let Some(feature) = self.feature(*hash) else { continue };
            let seen = &mut to.seen[feature as usize];
            if *seen == to.round {
                continue;
            }
            *seen = to.round;
            let sums = &mut to.sums[*block as usize * width..][..width];
            match self.places[feature as usize] {
                Place::Cells(from, to) => {
                    for &(label, weight) in &self.cells[from as usize..to as usize] {
                        sums[usize::from(label)] += i32::from(weight);
                    }
                }
                Place::Row(row) => {
                    let row = &self.rows[row as usize..][..width];
                    let rows = row.as_chunks::<AT_A_TIME>().0;
                    for (sums, row) in sums.as_chunks_mut::<AT_A_TIME>().0.iter_mut().zip(rows) {
                        for (sum, weight) in sums.iter_mut().zip(row) {
                            *sum += i32::from(*weight);
                        }
                    }
                }
            }
            if !words.is_empty() {
                to.hits.push(Hit { feature, block: *block, words: words.clone() });
            }
        }
        to.values = Block::ALL.map(|block| block.value(numbers[block as usize]));
        // block by block, so that many labels are reckoned at a time; for each the order is the same
        to.scores.clear();
        to.scores.resize(width, 0.0);
        for (value, sums) in to.values.iter().zip(to.sums.chunks_exact(width.max(1))) {
            let sums = sums.as_chunks::<AT_A_TIME>().0;
            for (units, sums) in to.scores.as_chunks_mut::<AT_A_TIME>().0.iter_mut().zip(sums) {
                for (unit, sum) in units.iter_mut().zip(sums) {
                    *unit += value * *sum as f32;
                }
            }
        }
        to.scores.truncate(labels);
        for (score, (constant, scale)) in to.scores.iter_mut().zip(self.constants.iter().zip(&self.scales)) {
            *score = constant + scale * *score;
        }
    }
}
