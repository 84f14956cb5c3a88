//! A linear model over the features of a text, in few bytes.
//!
//! ```text
//! upr-act1                     8 bytes
//! hash of the verbs            8 bytes, little-endian, as all numbers
//! scale of each category       5 x 4 bytes (f32)
//! number of features           4 bytes
//! each feature, by its hash    distance to the hash before (7 bits a byte, the last without the high bit),
//!                              a byte with a bit for each category, a signed byte for each bit set
//! check                        8 bytes: FNV-1a of all before
//! ```
//!
//! Of the 32 bits of a feature's hash 28 are kept: with 90,000 features, one unknown feature in 3,000 is taken for a
//! known one.

use super::ActionCategory;
use super::features::{BLOCKS, Feature, NO_VERB, value};
use crate::error::{Error, Place, Result};
use crate::text::hash::Fnv;

const MAGIC: &[u8; 8] = b"upr-act1";
const HEADER: usize = 8 + 8 + 4 * CATEGORIES + 4;
const DROPPED_BITS: u32 = 4;
pub(crate) const CATEGORIES: usize = ActionCategory::ALL.len();

/// A weight for each category; the model's scale makes it a number.
pub(crate) type Weights = [i8; CATEGORIES];

/// No key has all bits.
const EMPTY: u32 = u32::MAX;

/// The model, prepared for coding: a table with open addressing, twice as large as there are features or more.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    verbs: u64,
    scales: [f32; CATEGORIES],
    slots: Vec<(u32, Weights)>,
    /// A bit for some of each key's bits: most features of a text are unknown, and this small table tells at once.
    perhaps: Vec<u64>,
}

/// Bits of `perhaps`: 64 KB, which a core keeps at hand.
const PERHAPS: usize = 1 << 19;

/// Where a known feature stands in the table.
pub(crate) type Known = (u32, Feature);

impl Model {
    /// A model of these weights; of features that fall together the first counts.
    pub(crate) fn new(verbs: u64, scales: [f32; CATEGORIES], features: &[(u32, Weights)]) -> Model {
        let size = (features.len() * 2).next_power_of_two().max(2);
        let slots = vec![(EMPTY, [0; CATEGORIES]); size];
        let mut model = Model { verbs, scales, slots, perhaps: vec![0; PERHAPS / 64] };
        for (hash, weights) in features.iter().filter(|(_, weights)| *weights != [0; CATEGORIES]) {
            let key = hash >> DROPPED_BITS;
            let at = model.place(key);
            if model.slots[at].0 == EMPTY {
                model.slots[at] = (key, *weights);
                let bit = key as usize % PERHAPS;
                model.perhaps[bit / 64] |= 1 << (bit % 64);
            }
        }
        model
    }

    /// The hash of the verbs that it was trained with.
    pub(crate) fn verbs(&self) -> u64 {
        self.verbs
    }

    /// Where a key stands, or would stand.
    fn place(&self, key: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9e37_79b1) >> 4) as usize & last;
        while self.slots[at].0 != key && self.slots[at].0 != EMPTY {
            at = (at + 1) & last;
        }
        at
    }

    /// The category with the highest score: of equal ones the first. The sums are of whole numbers, so that the order
    /// of the features changes nothing. What is known of them is left in `known`, for [`Model::verb`].
    pub(crate) fn choose(&self, features: &[Feature], known: &mut Vec<Known>) -> ActionCategory {
        known.clear();
        for feature in features {
            let key = feature.hash >> DROPPED_BITS;
            let bit = key as usize % PERHAPS;
            if self.perhaps[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            let at = self.place(key);
            if self.slots[at].0 != EMPTY {
                known.push((at as u32, *feature));
            }
        }
        let scores = self.scores(known.iter(), &numbers(features));
        let best =
            (1..CATEGORIES).fold(0, |best, next| if scores[next] > scores[best] { next } else { best });
        ActionCategory::ALL[best]
    }

    fn scores<'k>(
        &self,
        known: impl Iterator<Item = &'k Known>,
        numbers: &[usize; BLOCKS],
    ) -> [f32; CATEGORIES] {
        let mut sums = [[0i32; CATEGORIES]; BLOCKS];
        for (at, feature) in known {
            let sums = &mut sums[usize::from(feature.block)];
            for (sum, weight) in sums.iter_mut().zip(self.slots[*at as usize].1) {
                *sum += i32::from(weight);
            }
        }
        let mut scores = [0.0; CATEGORIES];
        for (block, sums) in sums.iter().enumerate() {
            let value = value(block, numbers[block]);
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score += value * *sum as f32;
            }
        }
        std::array::from_fn(|category| scores[category] * self.scales[category])
    }

    /// The word of the verb whose features add most to the score of a category; of equal ones the first.
    pub(crate) fn verb(
        &self,
        category: ActionCategory,
        features: &[Feature],
        known: &[Known],
    ) -> Option<usize> {
        let mut verbs: Vec<u32> = known.iter().map(|(_, feature)| feature.verb).collect();
        verbs.sort_unstable();
        verbs.dedup();
        let numbers = numbers(features);
        let mut best: Option<(f32, u32)> = None;
        for verb in verbs.into_iter().filter(|verb| *verb != NO_VERB) {
            let own = known.iter().filter(|(_, feature)| feature.verb == verb);
            let score = self.scores(own, &numbers)[category as usize];
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, verb));
            }
        }
        best.map(|(_, verb)| verb as usize)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.verbs.to_le_bytes());
        self.scales.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
        let mut features: Vec<(u32, Weights)> =
            self.slots.iter().copied().filter(|(key, _)| *key != EMPTY).collect();
        features.sort_unstable();
        bytes.extend((features.len() as u32).to_le_bytes());
        let mut before = 0;
        for (key, weights) in features {
            let mut distance = key - before;
            before = key;
            while distance >= 0x80 {
                bytes.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            bytes.push(distance as u8);
            let present = weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            bytes.push(present.clone().fold(0, |bits, (category, _)| bits | 1 << category));
            bytes.extend(present.map(|(_, weight)| *weight as u8));
        }
        let check = Fnv::new().add(&bytes).value();
        bytes.extend(check.to_le_bytes());
        bytes
    }

    /// Reads what [`Model::to_bytes`] wrote; `origin` names it in messages.
    pub(crate) fn from_bytes(origin: &str, bytes: &[u8]) -> Result<Model> {
        let unexpected =
            |found: &str, expected: &str| Err(Error::unexpected(Place::file(origin), found, expected));
        if !bytes.starts_with(MAGIC) {
            return unexpected("other bytes", "a model of action categories, which begins with \"upr-act1\"");
        }
        let Some((content, check)) = bytes.split_last_chunk::<8>() else {
            return unexpected("a model that is cut off", "all of its bytes");
        };
        if Fnv::new().add(content).value() != u64::from_le_bytes(*check) || content.len() < HEADER {
            return unexpected("a model that is cut off or was changed", "the bytes that were written");
        }
        let mut rest = &content[MAGIC.len()..];
        let mut take = |length: usize| {
            let (taken, left) = rest.split_at_checked(length)?;
            rest = left;
            Some(taken)
        };
        let mut model = || {
            let verbs = u64::from_le_bytes(take(8)?.try_into().ok()?);
            let mut scales = [0.0; CATEGORIES];
            for scale in &mut scales {
                *scale = f32::from_le_bytes(take(4)?.try_into().ok()?);
            }
            let number = u32::from_le_bytes(take(4)?.try_into().ok()?);
            let mut weights = Vec::new();
            let mut key = 0u32;
            for _ in 0..number {
                let (mut distance, mut shift) = (0u32, 0);
                loop {
                    let byte = take(1)?[0];
                    distance |= u32::from(byte & 0x7f).checked_shl(shift)?;
                    shift += 7;
                    if byte < 0x80 {
                        break;
                    }
                }
                key = key.checked_add(distance)?;
                let bits = take(1)?[0];
                let mut own = [0; CATEGORIES];
                for (category, weight) in own.iter_mut().enumerate() {
                    if bits >> category & 1 == 1 {
                        *weight = take(1)?[0] as i8;
                    }
                }
                if key >> (32 - DROPPED_BITS) > 0 {
                    return None;
                }
                weights.push((key << DROPPED_BITS, own));
            }
            Some((verbs, scales, weights))
        };
        match model() {
            Some((verbs, scales, weights))
                if take(1).is_none() && scales.iter().all(|scale| scale.is_finite()) =>
            {
                Ok(Model::new(verbs, scales, &weights))
            }
            _ => unexpected("a model that holds other than it says", "the bytes that were written"),
        }
    }
}

/// How many features each block has.
pub(crate) fn numbers(features: &[Feature]) -> [usize; BLOCKS] {
    let mut numbers = [0; BLOCKS];
    features.iter().for_each(|feature| numbers[usize::from(feature.block)] += 1);
    numbers
}
