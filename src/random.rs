//! Random numbers that are the same on every machine and in every version: SplitMix64. Samples and bootstrap intervals
//! are drawn with it ([`evaluate`](crate::evaluate)), and unit tests make their inputs with it.
//!
//! The crate rand was left out: its standard generator promises no same numbers from one version to the next, and a
//! sample must be found again by its seed in ten years. rand_chacha would bring five crates for what is a few lines here.
//!
//! Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with Vigna's constants
//! (`splitmix64.c`), under which any seed is as good as another.

/// A source of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number from `0` up to, not including, `end`; 0 if that is 0. The remainder favours the smaller numbers by less than
    /// `end` in 2^64.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }
}

/// Calls a test with so many inputs. Where one fails, its number is printed.
#[cfg(test)]
pub(crate) fn for_each(cases: u64, test: impl Fn(&mut Random)) {
    for case in 0..cases {
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(&mut Random::new(case))));
        if let Err(panic) = made {
            eprintln!("with random input {case} of {cases}");
            std::panic::resume_unwind(panic);
        }
    }
}

/// What may be between words, and letters that fold to others, to several or to none; separated by `|`.
#[cfg(test)]
pub(crate) const AWKWARD: &str = "|,|.|; |(|)|-| |\n|é|’s|No. 1|İ|ﬁ|\u{301}|\u{AD}";

/// What unit tests draw.
#[cfg(test)]
impl Random {
    pub(crate) fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start)
    }

    pub(crate) fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// A list of fewer than `end` items.
    pub(crate) fn list<T>(&mut self, end: usize, mut item: impl FnMut(&mut Random) -> T) -> Vec<T> {
        (0..self.below(end)).map(|_| item(self)).collect()
    }

    /// Fewer than `end` of these pieces, which `|` separates.
    pub(crate) fn pieces<'p>(&mut self, end: usize, pieces: &'p str) -> Vec<&'p str> {
        let pieces: Vec<&str> = pieces.split('|').collect();
        self.list(end, |random| random.pick(&pieces))
    }

    /// A text of at most `most` letters of these.
    pub(crate) fn text(&mut self, letters: &str, most: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        self.list(most + 1, |random| random.pick(&letters)).into_iter().collect()
    }

    /// Any letters and signs, most of them of Western Europe, but no control characters.
    pub(crate) fn any_text(&mut self, most: usize) -> String {
        let letter = |random: &mut Random| loop {
            let end = random.pick(&[0x7F, 0x250, 0x11_0000]);
            match char::from_u32(random.below(end) as u32) {
                Some(c) if !c.is_control() => return c,
                _ => {}
            }
        };
        self.list(most + 1, letter).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of Vigna's `splitmix64.c` with the seed 1234567.
    #[test]
    fn the_published_numbers_come_out() {
        let mut random = Random::new(1_234_567);
        let first = [random.number(), random.number(), random.number()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }
}
