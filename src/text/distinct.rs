//! Which features of a text came before: a feature says *that* something is in a text, not how often.
//!
//! Used by [`learn`](crate::code) and [`action`](crate::ActionCategory). A table of a few kilobytes that is never cleared: what is
//! in it of earlier texts has their numbers.

/// The hashes that were met in the text at hand.
#[derive(Debug, Default)]
pub(crate) struct Distinct {
    /// The number of the text above, the hash below.
    seen: Vec<u64>,
    last: usize,
    text: u32,
}

impl Distinct {
    /// Begins a text that has up to `most` different hashes.
    pub(crate) fn begin(&mut self, most: usize) {
        // half of it stays free, so that a look ends soon
        let size = (most * 2).next_power_of_two();
        if self.seen.len() < size || self.text == u32::MAX {
            self.seen = vec![0; size];
            self.text = 0;
        }
        self.text += 1;
        self.last = size - 1;
    }

    /// Whether a hash is met for the first time in this text.
    pub(crate) fn is_first(&mut self, hash: u32) -> bool {
        let entry = u64::from(self.text) << 32 | u64::from(hash);
        let mut at = hash as usize & self.last;
        loop {
            match &mut self.seen[at] {
                before if *before == entry => return false,
                before if *before >> 32 == entry >> 32 => at = (at + 1) & self.last,
                free => {
                    *free = entry;
                    return true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Random, for_each};
    use std::collections::HashSet;

    #[test]
    fn each_hash_is_first_once_in_each_text() {
        for_each(256, |random| {
            let number = |random: &mut Random| {
                if random.yes() { random.below(40) as u32 } else { random.number() as u32 }
            };
            let texts = random.list(6, |random| random.list(40, number));
            let mut distinct = Distinct::default();
            for text in texts {
                distinct.begin(text.len());
                let mut met = HashSet::new();
                for hash in text {
                    assert_eq!(distinct.is_first(hash), met.insert(hash));
                }
            }
        });
    }
}
