//! FNV-1a with 64 bits: a short, stable name for a text or a codebook, the same on every machine and in every
//! version of this crate. It guards against mistakes, not against an adversary.
//!
//! Source: Fowler, Noll, Vo and Eastlake, "The FNV Non-Cryptographic Hash Algorithm" (IETF draft).

use std::collections::{HashMap, HashSet};
use std::hash::Hasher;

/// A table that is only looked up in, never printed in its own order. Its hash is seeded, as the standard one is, and
/// several times faster for words.
pub(crate) type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The same without values.
pub(crate) type Set<K> = HashSet<K, foldhash::fast::RandomState>;

/// A hash that grows with what it is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add(mut self, bytes: &[u8]) -> Fnv {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    /// Adds a field and its end, so that `ab`, `c` differs from `a`, `bc`.
    pub(crate) fn add_field(self, field: &str) -> Fnv {
        self.add(field.as_bytes()).add(&[0xFF])
    }

    pub(crate) fn value(self) -> u64 {
        self.0
    }

    /// The value as people read it: `fnv1a64:` and 16 digits.
    pub(crate) fn named(self) -> String {
        format!("fnv1a64:{:016x}", self.0)
    }
}

/// A hash of small numbers for tables inside one run, many times faster than the standard one. It stands up to no
/// adversary: for numbers that this crate gives out itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        // the table takes its place from the low bits and a mark from the high ones
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        // 2^64 over the golden ratio: Knuth, The Art of Computer Programming, volume 3, section 6.4
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_test_vectors_hold() {
        for (text, value) in
            [("", 0xcbf29ce484222325), ("a", 0xaf63dc4c8601ec8c), ("foobar", 0x85944171f73967e8)]
        {
            assert_eq!(Fnv::new().add(text.as_bytes()).value(), value, "{text:?}");
        }
    }
}
