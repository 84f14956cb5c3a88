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
use crate::Result;
use crate::error::{Error, Place};
use crate::hash::Fnv;

const MAGIC: &[u8; 8] = b"upr-act1";
const HEADER: usize = 8 + 8 + 4 * CATEGORIES + 4;
const DROPPED_BITS: u32 = 4;
pub(crate) const CATEGORIES: usize = ActionCategory::ALL.len();

/// A weight for each category; the model's scale makes it a number.
pub(crate) type Weights = [i8; CATEGORIES];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    key: u32,
    weights: Weights,
}

/// No key has all bits.
const EMPTY: Slot = Slot { key: u32::MAX, weights: [0; CATEGORIES] };

/// The model, prepared for coding.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    verbs: u64,
    scales: [f32; CATEGORIES],
    /// Keys ascending.
    features: Vec<Slot>,
    /// Open addressing, twice as large as there are features or more.
    slots: Vec<Slot>,
}

/// The model's choice for a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Choice {
    pub(crate) category: ActionCategory,
    /// The word of the verb that spoke most for it, where one did.
    pub(crate) verb: Option<usize>,
}

/// What one feature of a text says, ordered by feature.
type Known = (u32, Feature);

impl Model {
    /// A model of these weights; of features that fall together the first counts.
    pub(crate) fn new(verbs: u64, scales: [f32; CATEGORIES], mut weights: Vec<(u32, Weights)>) -> Model {
        weights.retain(|(_, weights)| weights.iter().any(|weight| *weight != 0));
        let mut features: Vec<Slot> =
            weights.into_iter().map(|(hash, weights)| Slot { key: hash >> DROPPED_BITS, weights }).collect();
        features.sort_by_key(|slot| slot.key);
        features.dedup_by_key(|slot| slot.key);
        let size = (features.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![EMPTY; size];
        for slot in &features {
            let mut at = place(slot.key, size);
            while slots[at] != EMPTY {
                at = (at + 1) % size;
            }
            slots[at] = *slot;
        }
        Model { verbs, scales, features, slots }
    }

    /// The hash of the verbs that it was trained with.
    pub(crate) fn verbs(&self) -> u64 {
        self.verbs
    }

    fn find(&self, key: u32) -> Option<usize> {
        let mut at = place(key, self.slots.len());
        loop {
            match self.slots[at] {
                slot if slot.key == key => return Some(at),
                slot if slot == EMPTY => return None,
                _ => at = (at + 1) % self.slots.len(),
            }
        }
    }

    /// The category with the highest score: of equal ones the first. The sums are of whole numbers, so no order of
    /// features and no machine changes them.
    pub(crate) fn choose(&self, features: &[Feature], known: &mut Vec<Known>) -> Choice {
        known.clear();
        let mut numbers = [0usize; BLOCKS];
        for feature in features {
            numbers[usize::from(feature.block)] += 1;
            if let Some(slot) = self.find(feature.hash >> DROPPED_BITS) {
                known.push((slot as u32, *feature));
            }
        }
        known.sort_unstable_by_key(|(slot, feature)| (*slot, feature.verb));
        known.dedup_by_key(|(slot, _)| *slot);
        let scores = self.scores(known.iter(), &numbers);
        let mut best = 0;
        for category in 1..CATEGORIES {
            if scores[category] > scores[best] {
                best = category;
            }
        }
        Choice { category: ActionCategory::ALL[best], verb: self.verb(best, known, &numbers) }
    }

    fn scores<'k>(&self, known: impl Iterator<Item = &'k Known>, numbers: &[usize; BLOCKS]) -> [f32; CATEGORIES] {
        let mut sums = [[0i32; CATEGORIES]; BLOCKS];
        for (slot, feature) in known {
            let weights = &self.slots[*slot as usize].weights;
            for (sum, weight) in sums[usize::from(feature.block)].iter_mut().zip(weights) {
                *sum += i32::from(*weight);
            }
        }
        let mut scores = [0.0; CATEGORIES];
        for (category, score) in scores.iter_mut().enumerate() {
            for (block, sums) in sums.iter().enumerate() {
                *score += value(block, numbers[block]) * sums[category] as f32;
            }
            *score *= self.scales[category];
        }
        scores
    }

    /// The verb whose features add most to the score of a category; of equal ones the first in the text.
    fn verb(&self, category: usize, known: &[Known], numbers: &[usize; BLOCKS]) -> Option<usize> {
        let mut verbs: Vec<u32> = known.iter().map(|(_, feature)| feature.verb).collect();
        verbs.sort_unstable();
        verbs.dedup();
        let mut best: Option<(f32, u32)> = None;
        for verb in verbs.into_iter().filter(|verb| *verb != NO_VERB) {
            let own = known.iter().filter(|(_, feature)| feature.verb == verb);
            let score = self.scores(own, numbers)[category];
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
        bytes.extend((self.features.len() as u32).to_le_bytes());
        let mut before = 0;
        for slot in &self.features {
            let mut distance = slot.key - before;
            before = slot.key;
            while distance >= 0x80 {
                bytes.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            bytes.push(distance as u8);
            let present = slot.weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            bytes.push(present.clone().fold(0, |bits, (category, _)| bits | 1 << category));
            bytes.extend(present.map(|(_, weight)| *weight as u8));
        }
        let check = Fnv::new().add(&bytes).value();
        bytes.extend(check.to_le_bytes());
        bytes
    }

    /// Reads what [`Model::to_bytes`] wrote; `origin` names it in messages.
    pub(crate) fn from_bytes(origin: &str, bytes: &[u8]) -> Result<Model> {
        let unexpected = |found: &str, expected: &str| Err(Error::unexpected(Place::file(origin), found, expected));
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
                weights.push((key.checked_mul(1 << DROPPED_BITS)?, own));
            }
            Some((verbs, scales, weights))
        };
        match model() {
            Some((verbs, scales, weights)) if take(1).is_none() && scales.iter().all(|scale| scale.is_finite()) => {
                Ok(Model::new(verbs, scales, weights))
            }
            _ => unexpected("a model that holds other than it says", "the bytes that were written"),
        }
    }
}

fn place(key: u32, size: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 4) as usize % size
}
