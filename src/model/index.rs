//! The weights of a model by feature, laid out so that a text touches little memory.
//!
//! A text of 22 words has some 210 features, which are anywhere in the table, and most of the time is spent waiting for
//! memory. A feature that is not in the table costs one look, one that is in it two: its record holds all that is
//! needed in a row. With 25,000 features the whole takes half a megabyte, and fits into a processor's second cache.
//! The benchmark is `tagging with upr-info and its model` in `benches/rules.rs`.

/// The weights of features, found by their hashes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Index {
    /// Of the features whose hashes begin with the same bits: a bit for each value of the next bits. Most features that
    /// are not there cost one look here, and these are half as large as they would be with the records beside them.
    present: Vec<u32>,
    /// The first record of each.
    first: Vec<u32>,
    /// A hash leads to its bucket by the bits above these.
    below: u32,
    /// A record for each feature, in rising order of the hashes: the hash (4 bytes), the number of its cells (1 byte) and
    /// the cells: label, weight. [`ROW`] cells mean that the weights of all labels follow instead.
    records: Vec<u8>,
    width: usize,
}

/// The bits of a hash, after those of its bucket, that `present` knows.
const PRESENT_BITS: u32 = 5;

/// A feature with so many cells has a row, which is added many labels at a time.
const MIN_CELLS_OF_ROW: usize = 12;

const ROW: u8 = u8::MAX;

/// A label and a weight that is not 0.
pub(super) type Cell = (u8, i8);

/// The weights of a feature.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weights<'t> {
    /// Labels, each with its weight as a byte; 0 for the others.
    Cells(&'t [[u8; 2]]),
    /// All labels.
    Row(&'t [u8]),
}

impl<'t> Weights<'t> {
    /// The labels with their weights, in order.
    pub(super) fn cells(self) -> impl Iterator<Item = Cell> + 't {
        let (cells, row) = match self {
            Weights::Cells(cells) => (cells, &[][..]),
            Weights::Row(row) => (&[][..], row),
        };
        let of_row = row.iter().enumerate().map(|(label, weight)| (label as u8, *weight as i8));
        cells
            .iter()
            .map(|[label, weight]| (*label, *weight as i8))
            .chain(of_row.filter(|(_, weight)| *weight != 0))
    }

    /// The weight for a label; 0 if it has none.
    pub(super) fn of(self, label: usize) -> i8 {
        match self {
            Weights::Cells(cells) => {
                let cell = cells.iter().find(|[own, _]| usize::from(*own) == label);
                cell.map_or(0, |[_, weight]| *weight as i8)
            }
            Weights::Row(row) => row.get(label).map_or(0, |weight| *weight as i8),
        }
    }
}

impl Index {
    /// Of features in rising order, each with its cells; `width` is the length of a row.
    pub(super) fn of(features: &[(u32, Vec<Cell>)], width: usize) -> Index {
        // a bucket for each feature or two: its first record is mostly the one that is wanted
        let bits = features.len().next_power_of_two().ilog2().clamp(1, u32::BITS - PRESENT_BITS);
        let below = u32::BITS - bits;
        let (present, first) = (vec![0; 1 << bits], vec![0; 1 << bits]);
        let mut index = Index { present, first, below, records: Vec::new(), width };
        for (hash, cells) in features {
            let hash = *hash;
            let way = index.way(hash);
            let bucket = (hash >> below) as usize;
            if index.present[bucket] == 0 {
                index.first[bucket] = index.records.len() as u32;
            }
            index.present[bucket] |= 1 << way;
            index.records.extend(hash.to_le_bytes());
            if cells.len() < MIN_CELLS_OF_ROW {
                index.records.push(cells.len() as u8);
                index.records.extend(cells.iter().flat_map(|(label, weight)| [*label, *weight as u8]));
            } else {
                index.records.push(ROW);
                let row = index.records.len();
                index.records.resize(row + width, 0);
                cells
                    .iter()
                    .for_each(|(label, weight)| index.records[row + usize::from(*label)] = *weight as u8);
            }
        }
        index
    }

    /// All features in rising order.
    pub(super) fn features(&self) -> impl Iterator<Item = (u32, Weights<'_>)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (hash, weights, next) = self.record(at)?;
            at = next;
            Some((hash, weights))
        })
    }

    /// The next bits of a hash after those of its bucket.
    fn way(&self, hash: u32) -> u32 {
        hash >> (self.below - PRESENT_BITS) & (u32::BITS - 1)
    }

    /// Whether there may be such a feature.
    pub(super) fn perhaps(&self, hash: u32) -> bool {
        self.present[(hash >> self.below) as usize] >> self.way(hash) & 1 == 1
    }

    /// The record to look from for a feature: three in four records are the right ones at once, and most others then.
    /// Done for all features of a text before any is read, so that memory delivers many at a time.
    pub(super) fn from(&self, hash: u32) -> u32 {
        let from = self.first[(hash >> self.below) as usize];
        self.record(from).map_or(from, |(at, _, next)| if at < hash { next } else { from })
    }

    /// The record of a feature, at this one or after it, with its weights.
    pub(super) fn find(&self, mut from: u32, hash: u32) -> Option<(u32, Weights<'_>)> {
        loop {
            let (at, weights, next) = self.record(from)?;
            if at >= hash {
                return (at == hash).then_some((from, weights));
            }
            from = next;
        }
    }

    /// The weights in a record.
    pub(super) fn weights(&self, record: u32) -> Weights<'_> {
        self.record(record).map_or(Weights::Cells(&[]), |(_, weights, _)| weights)
    }

    /// The hash and the weights of a record, and the record after it.
    fn record(&self, at: u32) -> Option<(u32, Weights<'_>, u32)> {
        let (hash, rest) = self.records.get(at as usize..)?.split_first_chunk()?;
        let (number, rest) = rest.split_first()?;
        let length = if *number == ROW { self.width } else { usize::from(*number) * 2 };
        let weights = rest.get(..length)?;
        let next = at + (size_of::<u32>() + 1 + length) as u32;
        let weights =
            if *number == ROW { Weights::Row(weights) } else { Weights::Cells(weights.as_chunks().0) };
        Some((u32::from_le_bytes(*hash), weights, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Random, for_each};
    use std::collections::BTreeMap;

    #[test]
    fn each_feature_is_found_and_no_other() {
        for_each(256, |random| {
            let hash = |random: &mut Random| match random.below(3) {
                0 => random.below(50) as u32,
                1 => random.number() as u32,
                _ => u32::MAX - random.below(10) as u32,
            };
            let weight = |random: &mut Random| [-1, 1][random.below(2)] * random.between(1, 128) as i8;
            let weights = |random: &mut Random| -> BTreeMap<u8, i8> {
                (0..random.between(1, 30)).map(|_| (random.below(40) as u8, weight(random))).collect()
            };
            let features: BTreeMap<u32, BTreeMap<u8, i8>> =
                random.list(60, |random| (hash(random), weights(random))).into_iter().collect();
            let others = random.list(60, |random| random.number() as u32);
            let cells: Vec<(u32, Vec<Cell>)> =
                features.iter().map(|(hash, cells)| (*hash, cells.clone().into_iter().collect())).collect();
            let index = Index::of(&cells, 40);
            let all = index.features().map(|(hash, weights)| (hash, weights.cells().collect()));
            assert_eq!(all.collect::<Vec<(u32, Vec<Cell>)>>(), cells);
            for hash in others
                .into_iter()
                .chain(0..60)
                .chain(u32::MAX - 12..=u32::MAX)
                .chain(features.keys().copied())
            {
                let record = if index.perhaps(hash) { index.find(index.from(hash), hash) } else { None };
                assert_eq!(record.is_some(), features.contains_key(&hash));
                for label in 0..40 {
                    let weight = record.map_or(0, |(record, _)| index.weights(record).of(usize::from(label)));
                    let expected =
                        features.get(&hash).and_then(|cells| cells.get(&label)).copied().unwrap_or(0);
                    assert_eq!(weight, expected);
                }
            }
        });
    }
}
