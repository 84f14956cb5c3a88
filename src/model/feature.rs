//! What a model sees of a text: features. A feature says *that* something is in the text, not how often, as a hash of
//! 32 bits.
//!
//! [`issue_features`](super::issue_features) finds those for issues, `action/features.rs` those for actions. Their
//! hashes and the values of their blocks belong to the file format of models: after a change of either, models are
//! trained again, and [`bytes`](super::bytes) gets a new version.

use std::ops::Range;

/// Features of one kind, which share a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    /// How much a feature counts; with `shared`, divided by the square root of the number of features of the block, so
    /// that a block weighs the same in a long text as in a short one.
    pub(crate) weight: f32,
    pub(crate) shared: bool,
    /// A feature is learned if at least this many examples have it.
    pub(crate) min_examples: u32,
}

impl Block {
    /// A block of words, of which there are more in a longer text.
    pub(crate) const fn shared(weight: f32, min_examples: u32) -> Block {
        Block { weight, shared: true, min_examples }
    }

    pub(crate) const fn fixed(weight: f32, min_examples: u32) -> Block {
        Block { weight, shared: false, min_examples }
    }

    /// The value of each feature in a text that has `number` of this block.
    pub(crate) fn value(&self, number: usize) -> f32 {
        if self.shared { self.weight / (number.max(1) as f32).sqrt() } else { self.weight }
    }
}

/// A model has at most this many blocks.
pub(crate) const MAX_BLOCKS: usize = 10;

/// What a text has, and the words that a reader is shown for it; no words where none would say anything, such as "of
/// the".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) block: u8,
    pub(crate) hash: u32,
    pub(crate) words: Range<u32>,
}

/// One hash of a kind of feature and its parts: multiplication and shifts, so that each bit of a part changes about
/// half of the bits of the hash. The multipliers are 2^64 over the golden ratio and that of MurmurHash3's finalizer.
pub(crate) fn mixed(kind: u64, parts: &[u64]) -> u32 {
    let mut hash = kind;
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    (hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}
