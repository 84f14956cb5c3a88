//! The categories of a list along one dimension, as small numbers: what every statistic counts with.
//!
//! A *voice* is one recommending State of one recommendation; a recommendation without one has a single voice
//! that is not a pair. Counting sorted lists of small numbers takes a few milliseconds on a whole export, and needs
//! memory by what occurs, not by the product of two dimensions.

use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::tally::{Unit, in_order};
use crate::text::hash::Map;
use std::sync::Arc;

pub(super) struct Column {
    /// The categories, in the order of tables.
    pub(super) categories: Vec<Arc<str>>,
    /// For each recommendation its first voice, and the end of the last one.
    voices: Vec<u32>,
    /// For each voice its first entry in `entries`, and the end of the last one.
    starts: Vec<u32>,
    entries: Vec<u32>,
    /// For each recommendation whether it has a recommending State.
    paired: Vec<bool>,
}

impl Column {
    /// Reads a dimension. With a codebook the categories that it, or the UN, knows are there even where they
    /// don't occur.
    pub(super) fn of(coded: &Selection<'_>, dimension: Dimension, zeros: bool) -> Column {
        let mut numbers: Map<Arc<str>, u32> = Map::default();
        let mut categories: Vec<Arc<str>> = Vec::new();
        let mut number = |category: Arc<str>| -> u32 {
            *numbers.entry(category).or_insert_with_key(|category| {
                categories.push(category.clone());
                categories.len() as u32 - 1
            })
        };
        let known = dimension.known_categories(coded.codebooks());
        if zeros {
            known.iter().cloned().for_each(|category| {
                number(category);
            });
        }
        let (mut voices, mut starts, mut entries, mut paired) = (vec![0], vec![0], Vec::new(), Vec::new());
        for coded in coded.iter() {
            let pairs = coded.recommendation.pairs();
            paired.push(pairs > 0);
            for state in 0..pairs.max(1) {
                let begin = entries.len();
                for category in dimension.categories(coded, state) {
                    let category = number(category);
                    if !entries[begin..].contains(&category) {
                        entries.push(category);
                    }
                }
                starts.push(entries.len() as u32);
            }
            voices.push(starts.len() as u32 - 1);
        }
        let ordered = in_order(dimension, &known, categories.clone());
        let place: Map<&Arc<str>, u32> = ordered.iter().zip(0..).collect();
        let places: Vec<u32> = categories.iter().map(|category| place[category]).collect();
        entries.iter_mut().for_each(|entry| *entry = places[*entry as usize]);
        Column { categories: ordered, voices, starts, entries, paired }
    }

    /// How many recommendations there are.
    pub(super) fn len(&self) -> usize {
        self.paired.len()
    }

    /// The number of a category.
    pub(super) fn position(&self, category: &str) -> Option<u32> {
        self.categories.iter().zip(0..).find(|(known, _)| ***known == *category).map(|(_, number)| number)
    }

    /// The voices of a recommendation.
    pub(super) fn voices(&self, recommendation: usize) -> std::ops::Range<usize> {
        self.voices[recommendation] as usize..self.voices[recommendation + 1] as usize
    }

    /// The voices that are pairs of recommendation and recommending State.
    pub(super) fn pairs(&self, recommendation: usize) -> std::ops::Range<usize> {
        let voices = self.voices(recommendation);
        if self.paired[recommendation] { voices } else { voices.start..voices.start }
    }

    /// The categories of a voice.
    pub(super) fn at(&self, voice: usize) -> &[u32] {
        &self.entries[self.starts[voice] as usize..self.starts[voice + 1] as usize]
    }

    /// The categories of a recommendation, by any of its voices, each once and in order.
    pub(super) fn distinct(&self, recommendation: usize, into: &mut Vec<u32>) {
        into.clear();
        for voice in self.voices(recommendation) {
            into.extend_from_slice(self.at(voice));
        }
        into.sort_unstable();
        into.dedup();
    }

    /// All recommendations, or all pairs.
    pub(super) fn total(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Recommendations => self.len() as u64,
            Unit::RecommendationXState => {
                (0..self.len()).map(|recommendation| self.pairs(recommendation).len() as u64).sum()
            }
        }
    }

    /// How many recommendations, or pairs, each category has.
    pub(super) fn totals(&self, unit: Unit) -> Vec<u64> {
        let mut totals = vec![0; self.categories.len()];
        let mut here = Vec::new();
        for recommendation in 0..self.len() {
            match unit {
                Unit::Recommendations => {
                    self.distinct(recommendation, &mut here);
                    here.iter().for_each(|category| totals[*category as usize] += 1);
                }
                Unit::RecommendationXState => {
                    for voice in self.pairs(recommendation) {
                        self.at(voice).iter().for_each(|category| totals[*category as usize] += 1);
                    }
                }
            }
        }
        totals
    }
}

/// How many recommendations, or pairs, have a category of one column and one of the other, both by the same
/// voice, as in a [`Tally`](crate::Tally): the cells that occur, in order.
pub(super) fn cells(one: &Column, two: &Column, unit: Unit) -> Vec<(u32, u32, u64)> {
    let mut keys = Vec::new();
    let mut here: Vec<(u32, u32)> = Vec::new();
    for recommendation in 0..one.len() {
        here.clear();
        let voices = match unit {
            Unit::Recommendations => one.voices(recommendation),
            Unit::RecommendationXState => one.pairs(recommendation),
        };
        for voice in voices {
            for first in one.at(voice) {
                here.extend(two.at(voice).iter().map(|second| (*first, *second)));
            }
        }
        if unit == Unit::Recommendations {
            here.sort_unstable();
            here.dedup();
        }
        keys.extend_from_slice(&here);
    }
    counted(keys).into_iter().map(|((first, second), count)| (first, second, count)).collect()
}

/// How many recommendations have a category of one column and one of the other, by any of their voices.
pub(super) fn met(one: &Column, two: &Column) -> Vec<(u32, u32, u64)> {
    let mut keys = Vec::new();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for recommendation in 0..one.len() {
        one.distinct(recommendation, &mut first);
        two.distinct(recommendation, &mut second);
        for category in &first {
            keys.extend(second.iter().map(|other| (*category, *other)));
        }
    }
    counted(keys).into_iter().map(|((first, second), count)| (first, second, count)).collect()
}

/// How often each key is in a list, in the order of the keys.
pub(super) fn counted<K: Ord + Copy>(mut keys: Vec<K>) -> Vec<(K, u64)> {
    keys.sort_unstable();
    keys.chunk_by(|one, two| one == two).map(|run| (run[0], run.len() as u64)).collect()
}
