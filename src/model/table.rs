//! The weights of a model, and the scores that a text gets by them.
//!
//! The cells of a feature hold its weights for labels, as whole numbers that a scale for each label turns into scores.
//! [`index`](super::index) finds them by the hash of the feature.

use super::feature::{Block, Feature, MAX_BLOCKS};
use super::index::{Cell, Index, Weights};
use crate::text::distinct::Distinct;
use std::ops::Range;

/// Weights of features for labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// The score of a text without features, one for each label.
    pub(crate) constants: Vec<f32>,
    /// What one unit of a weight is worth, one for each label.
    pub(crate) scales: Vec<f32>,
    index: Index,
}

/// So many labels are computed at a time; rows are filled up to a multiple of it.
const AT_A_TIME: usize = 8;

/// A cell names its label in one byte.
pub(crate) const MAX_LABELS: usize = 256;

/// A feature of a text that the table knows, with its words.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    record: u32,
    /// A bit for each label that it may weigh for, by the last six bits of the label.
    labels: u64,
    pub(crate) block: u8,
    pub(crate) words: Range<u32>,
}

/// A range of words or bytes of a text, and how much it counts for a label.
pub(crate) type Weighted = (Range<usize>, f32);

/// What is needed while one text is scored, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// The score of each label; above 0 it is given.
    pub(crate) scores: Vec<f32>,
    /// The labels that are given, see [`explanation`](super::explanation).
    pub(crate) given: Vec<usize>,
    pub(crate) hits: Vec<Hit>,
    /// The value of a feature of each block in this text.
    pub(crate) values: [f32; MAX_BLOCKS],
    /// Room for the weights of phrases, see [`explanation`](super::explanation).
    pub(crate) phrases: Vec<f32>,
    /// The phrases that have a weight.
    pub(crate) weighed: Vec<usize>,
    /// Those of them that are shown.
    pub(crate) shown: Vec<Weighted>,
    /// Room for what evidence calls a phrase.
    pub(crate) rule: String,
    sums: Vec<i32>,
    /// Features by their places in the text, and the records to look for them from.
    looked_for: Vec<(u32, u32)>,
    distinct: Distinct,
}

impl Table {
    /// Of features in rising order, each with its cells.
    pub(super) fn of(constants: Vec<f32>, scales: Vec<f32>, features: &[(u32, Vec<Cell>)]) -> Table {
        let index = Index::of(features, scales.len().next_multiple_of(AT_A_TIME));
        Table { constants, scales, index }
    }

    /// Rounds weights. `weight(column, label)` has the constant in column 0 and the features after it.
    pub(crate) fn rounded(hashes: &[u32], labels: usize, weight: impl Fn(usize, usize) -> f32) -> Table {
        let largest = |label: usize| {
            (1..=hashes.len()).fold(0.0f32, |largest, column| largest.max(weight(column, label).abs()))
        };
        let scales: Vec<f32> = (0..labels).map(|label| largest(label) / 127.0).collect();
        let cell = |column: usize, label: usize| {
            let scale = scales[label];
            let rounded = if scale > 0.0 { (weight(column, label) / scale).round() as i8 } else { 0 };
            (rounded != 0).then_some((label as u8, rounded))
        };
        let of_feature = |(hash, column): (&u32, usize)| {
            let cells: Vec<Cell> =
                (0..labels.min(MAX_LABELS)).filter_map(|label| cell(column, label)).collect();
            (!cells.is_empty()).then_some((*hash, cells))
        };
        let features: Vec<(u32, Vec<Cell>)> = hashes.iter().zip(1..).filter_map(of_feature).collect();
        Table::of((0..labels).map(|label| weight(0, label)).collect(), scales, &features)
    }

    /// All features in rising order, each with its cells.
    pub(super) fn features(&self) -> impl Iterator<Item = (u32, Weights<'_>)> {
        self.index.features()
    }

    /// The labels, filled up, so that many are reckoned at a time.
    fn width(&self) -> usize {
        self.scales.len().next_multiple_of(AT_A_TIME)
    }

    /// How a feature weighs for a label; 0 if it doesn't.
    pub(crate) fn weight(&self, hit: &Hit, label: usize) -> i8 {
        if hit.labels & bit_of(label) == 0 { 0 } else { self.index.weights(hit.record).of(label) }
    }

    /// Scores a text by its features. A feature that occurs several times counts once, where it occurs first.
    pub(crate) fn score(&self, blocks: &[Block], features: &[Feature], to: &mut Scores) {
        let width = self.width();
        to.hits.clear();
        to.sums.clear();
        to.sums.resize(width * blocks.len(), 0);
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
        for ((value, block), number) in to.values.iter_mut().zip(blocks).zip(numbers) {
            *value = block.value(number);
        }
        // block by block, so that many labels are computed at a time; for each the order is the same
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

    /// Collects the features that the table may know; returns the number of features of each block, known or not.
    fn look(&self, features: &[Feature], to: &mut Scores) -> [usize; MAX_BLOCKS] {
        let mut numbers = [0; MAX_BLOCKS];
        to.looked_for.clear();
        to.looked_for.resize(features.len(), (0, 0));
        // without a branch, which a processor could not predict: the next feature overwrites one that is not known
        let mut known = 0;
        for (at, feature) in features.iter().enumerate() {
            numbers[feature.block as usize] += 1;
            to.looked_for[known] = (at as u32, 0);
            known += usize::from(self.index.perhaps(feature.hash));
        }
        to.looked_for.truncate(known);
        for (at, from) in &mut to.looked_for {
            *from = self.index.from(features[*at as usize].hash);
        }
        numbers
    }
}

fn bit_of(label: usize) -> u64 {
    1 << (label % 64)
}
