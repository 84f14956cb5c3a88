//! The words that were met before, each with what was worked out for it then.
//!
//! Texts of one kind are written in few words: the 26,298 recommendations of UPR Info's export hold 650,000 words and
//! 13,000 different ones. What depends on a word alone (its stem, the patterns that it may begin) is worked out when
//! the word is met first. It is a cache and nothing more: what is found doesn't depend on what it holds.
//!
//! Used by [`tag`](crate::code), [`learn`](crate::code) and [`action`](crate::ActionCategory), each with what it needs to know.

/// Words with what is known of each, by numbers that hold until the next [`Vocabulary::begin`].
#[derive(Debug)]
pub(crate) struct Vocabulary<Known> {
    /// A part of the hash, and the number of the word.
    slots: Vec<(u32, u32)>,
    words: Vec<Entry<Known>>,
    letters: String,
}

#[derive(Debug)]
struct Entry<Known> {
    ends: Ends,
    start: u32,
    end: u32,
    known: Known,
}

const FREE: u32 = u32::MAX;
const MIN_SLOTS: usize = 1 << 10;
const MAX_SLOTS: usize = 1 << 16;

/// When so many words or letters are held, all are forgotten before the next text, so that memory stays bounded however
/// many texts there are.
const MAX_WORDS: usize = 1 << 15;
const MAX_LETTERS: usize = 1 << 20;

/// So many slots are looked at for a word. Where words made to collide fill them all, the word is learned again: that
/// costs time by the number of words, never by its square.
const MAX_STEPS: usize = 8;

impl<Known> Default for Vocabulary<Known> {
    fn default() -> Vocabulary<Known> {
        Vocabulary { slots: Vec::new(), words: Vec::new(), letters: String::new() }
    }
}

impl<Known> Vocabulary<Known> {
    /// To be called before each text.
    pub(crate) fn begin(&mut self) {
        if self.words.len() > MAX_WORDS || self.letters.len() > MAX_LETTERS {
            *self = Vocabulary::default();
        }
    }

    /// The number of a folded word; `learn` is asked about one that is not known.
    pub(crate) fn number(&mut self, word: &str, learn: impl FnOnce(&str) -> Known) -> u32 {
        if self.words.len() * 2 >= self.slots.len() && self.slots.len() < MAX_SLOTS {
            self.grow();
        }
        let ends = Ends::of(word.as_bytes());
        let hash = ends.hash(word.as_bytes());
        let (mark, last) = (hash as u32, self.slots.len() - 1);
        let home = (hash >> 32) as usize & last;
        let mut at = home;
        for _ in 0..MAX_STEPS {
            let (marked, number) = self.slots[at];
            if number == FREE {
                break;
            }
            if marked == mark {
                let entry = &self.words[number as usize];
                let span = entry.start as usize..entry.end as usize;
                // few words have more letters than are in their ends
                let equal = span.len() == word.len()
                    && entry.ends == ends
                    && (word.len() <= IN_ENDS || self.letters.as_bytes()[span] == *word.as_bytes());
                if equal {
                    return number;
                }
            }
            at = (at + 1) & last;
        }
        if self.slots[at].1 != FREE {
            at = home;
        }
        let number = self.words.len() as u32;
        let start = self.letters.len() as u32;
        self.letters.push_str(word);
        self.words.push(Entry { ends, start, end: self.letters.len() as u32, known: learn(word) });
        self.slots[at] = (mark, number);
        number
    }

    /// What is known of the word of this number.
    pub(crate) fn known(&self, number: u32) -> &Known {
        &self.words[number as usize].known
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(MIN_SLOTS);
        self.slots.clear();
        self.slots.resize(size, (0, FREE));
        for (number, entry) in self.words.iter().enumerate() {
            let word = &self.letters.as_bytes()[entry.start as usize..entry.end as usize];
            let hash = entry.ends.hash(word);
            let home = (hash >> 32) as usize & (size - 1);
            let free =
                (home..home + MAX_STEPS).map(|at| at & (size - 1)).find(|at| self.slots[*at].1 == FREE);
            if let Some(at) = free {
                self.slots[at] = (hash as u32, number as u32);
            }
        }
    }
}

/// The first and the last eight letters of a word, or all of a shorter one in another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends(u64, u64);

/// The longest words of which all letters are in the ends.
const IN_ENDS: usize = 16;

impl Ends {
    fn of(word: &[u8]) -> Ends {
        if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            Ends(u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            Ends(u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
        } else {
            Ends(word.iter().fold(0, |part, byte| part << 8 | u64::from(*byte)), 0)
        }
    }

    /// A hash of the word that has these ends, made fast: eight letters at a time.
    fn hash(self, word: &[u8]) -> u64 {
        let mut hash = word.len() as u64;
        let mut add = |part: u64| {
            hash = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
        };
        add(self.0);
        add(self.1);
        if word.len() > IN_ENDS {
            word[8..].as_chunks::<8>().0.iter().for_each(|part| add(u64::from_le_bytes(*part)));
        }
        hash.wrapping_mul(0xff51_afd7_ed55_8ccd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::for_each;

    #[test]
    fn hardly_a_word_is_learned_twice() {
        let mut vocabulary = Vocabulary::default();
        let mut learned = 0;
        for _ in 0..3 {
            vocabulary.begin();
            for number in 0..5_000 {
                let word = format!("w{number}");
                let number = vocabulary.number(&word, |word| {
                    learned += 1;
                    word.to_string()
                });
                assert_eq!(*vocabulary.known(number), word);
            }
        }
        assert!((5_000..5_200).contains(&learned), "{learned}");
    }

    #[test]
    fn memory_stays_bounded() {
        let mut vocabulary = Vocabulary::default();
        for number in 0..3 * MAX_WORDS {
            vocabulary.begin();
            vocabulary.number(&number.to_string(), |_| ());
        }
        assert!(vocabulary.words.len() <= MAX_WORDS + 1);
        vocabulary.number(&"x".repeat(2 * MAX_LETTERS), |_| ());
        vocabulary.begin();
        assert!(vocabulary.letters.is_empty());
    }

    #[test]
    fn what_is_known_is_known_of_the_right_word() {
        for_each(256, |random| {
            let words = random
                .list(60, |random| if random.yes() { random.text("ab", 20) } else { random.any_text(9) });
            let mut vocabulary = Vocabulary::default();
            let numbers: Vec<u32> =
                words.iter().map(|word| vocabulary.number(word, |word| word.to_string())).collect();
            for (word, number) in words.iter().zip(numbers) {
                assert_eq!(vocabulary.known(number), word);
            }
        });
    }
}
