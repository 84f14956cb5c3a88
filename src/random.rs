//! Random inputs for unit tests: the same ones in each run, made without a crate that every program would have to build.
//! The tests in `tests/` use proptest.

/// Calls a test with so many inputs. Where one fails, its number is printed.
pub(crate) fn for_each(cases: u64, test: impl Fn(&mut Random)) {
    for case in 0..cases {
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(&mut Random(case))));
        if let Err(panic) = made {
            eprintln!("with random input {case} of {cases}");
            std::panic::resume_unwind(panic);
        }
    }
}

/// What may be between words, and letters that fold to others, to several or to none; separated by `|`.
pub(crate) const AWKWARD: &str = "|,|.|; |(|)|-| |\n|é|’s|No. 1|İ|ﬁ|\u{301}|\u{AD}";

/// A source of numbers: SplitMix64, which needs no seed of quality (Steele and others 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number from `0` up to, not including, `end`; 0 if that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

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
