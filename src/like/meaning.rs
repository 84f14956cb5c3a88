//! What the words of a text mean, as vectors: words of near meaning have vectors of near direction. `vectors.bin` has them, made
//! by `tests/gold/vectors.py`, which says from what. Whole numbers throughout, so that results are the same on every machine.

use crate::asks::stem::stem;
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The directions of a vector.
pub(super) const DIMENSIONS: usize = 64;

/// The length of a vector of length one.
pub(super) const UNIT: i64 = 1024;

/// What a word weighs that `vectors.bin` does not have: as much as the rarest there, 20 times the logarithm of 25,792 / 4.
const UNKNOWN: i64 = 175;

/// What is left, in thousandths, of the weight of a word that is not in a demand.
const BESIDE_DEMANDS: i64 = 400;

/// How much of what all texts have in common is taken off, in thousandths; as `vectors.py` does.
const IN_COMMON: i64 = 700;

pub(super) type Vector = [i16; DIMENSIONS];

struct Vectors {
    /// By the hash of the stem.
    words: HashMap<u64, (i64, Vector)>,
    skipped: HashSet<u64>,
    in_common: Vector,
    themes: Vec<Vector>,
}

fn vectors() -> &'static Vectors {
    static VECTORS: OnceLock<Vectors> = OnceLock::new();
    VECTORS.get_or_init(|| {
        let file = include_bytes!("vectors.bin");
        Vectors::read(file, include_str!("skipped.txt"))
            .unwrap_or_else(|| unreachable!("a test reads it whole"))
    })
}

impl Vectors {
    fn read(file: &[u8], skipped: &str) -> Option<Vectors> {
        let end = file.iter().position(|byte| *byte == b'\n')?;
        let (first, mut rest) = (std::str::from_utf8(&file[..end]).ok()?, &file[end + 1..]);
        let numbers: Vec<usize> =
            first.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let &[count, DIMENSIONS, themes, _] = numbers.as_slice() else { return None };
        let mut keys = Vec::with_capacity(count);
        for _ in 0..count {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            keys.push(key(std::str::from_utf8(&rest[..end]).ok()?));
            rest = &rest[end + 1..];
        }
        let (weights, rest) = rest.split_at_checked(count)?;
        let (packed, rest) = rest.split_at_checked(count * DIMENSIONS / 2)?;
        if rest.len() != (1 + themes) * DIMENSIONS {
            return None;
        }
        let words = keys.into_iter().zip(weights).zip(packed.chunks_exact(DIMENSIONS / 2));
        let words = words.map(|((key, weight), packed)| {
            let mut vector = [0; DIMENSIONS];
            for (pair, byte) in vector.chunks_exact_mut(2).zip(packed) {
                pair[0] = i64::from(byte & 15) - 8;
                pair[1] = i64::from(byte >> 4) - 8;
            }
            (key, (i64::from(*weight), unit(&vector)))
        });
        let mut signed = rest.chunks_exact(DIMENSIONS).map(|bytes| {
            let mut vector = [0; DIMENSIONS];
            vector.iter_mut().zip(bytes).for_each(|(value, byte)| *value = i64::from(*byte as i8));
            vector
        });
        let in_common = unit(&signed.next()?);
        Some(Vectors {
            words: words.collect(),
            skipped: skipped
                .lines()
                .skip(1)
                .flat_map(str::split_whitespace)
                .map(|word| key(&stem(word)))
                .collect(),
            in_common,
            themes: signed.map(|vector| vector.map(|value| value as i16)).collect(),
        })
    }
}

fn key(stem: &str) -> u64 {
    Fnv::new().add(stem.as_bytes()).value()
}

/// The vector of the same direction whose length is [`UNIT`]; zeros stay.
fn unit(vector: &[i64; DIMENSIONS]) -> Vector {
    let squares: u128 = vector.iter().map(|value| u128::from(value.unsigned_abs()).pow(2)).sum();
    // the root of a number that is 2^40 times larger is 2^20 times larger
    let length = (squares << 40).isqrt().max(1) as i128;
    vector.map(|value| (((i128::from(value) * i128::from(UNIT)) << 20) / length) as i16)
}

/// How far two vectors have one direction, in thousandths.
pub(super) fn cosine(one: &Vector, two: &Vector) -> i64 {
    i64::from(product(one, two)) * 1000 / (UNIT * UNIT)
}

fn product(one: &Vector, two: &Vector) -> i32 {
    one.iter().zip(two).map(|(one, two)| i32::from(*one) * i32::from(*two)).sum()
}

/// A word of a text that says something, once.
pub(super) struct Meant {
    key: u64,
    vector: Option<&'static Vector>,
    /// Its rarity if it is in a demand, otherwise nothing.
    pub(super) demanded: i64,
    /// Its rarity, less if it is not in a demand.
    pub(super) asked: i64,
    /// Where it first is, in bytes.
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Meant {
    /// How near in meaning two words are, in thousandths: the same word is 1,000.
    pub(super) fn near(&self, other: &Meant) -> i64 {
        if self.key == other.key {
            return 1000;
        }
        match (self.vector, other.vector) {
            (Some(one), Some(two)) => cosine(one, two).clamp(0, 999),
            _ => 0,
        }
    }
}

/// What a text means: its words, and the direction and the themes of all of it.
pub(super) struct Meaning {
    pub(super) words: Vec<Meant>,
    pub(super) direction: Vector,
    pub(super) themes: Vector,
}

impl Meaning {
    /// `demands` says of each sentence whether it asks for something.
    pub(super) fn of(words: &Words, demands: impl Fn(u32) -> bool) -> Meaning {
        let vectors = vectors();
        let mut meant: Vec<Meant> = Vec::new();
        for word in &words.words {
            let folded = words.line[word.in_line as usize..].split(' ').next().unwrap_or_default();
            let key = key(&stem(folded));
            if folded.len() < 2
                || folded.starts_with(|c: char| c.is_ascii_digit())
                || vectors.skipped.contains(&key)
            {
                continue;
            }
            let demanded = demands(word.sentence);
            let known = vectors.words.get(&key);
            let weight = known.map_or(UNKNOWN, |(weight, _)| *weight);
            let (in_demand, in_all) =
                if demanded { (weight, weight) } else { (0, weight * BESIDE_DEMANDS / 1000) };
            match meant.iter_mut().find(|meant| meant.key == key) {
                Some(before) => {
                    before.demanded = before.demanded.max(in_demand);
                    before.asked = before.asked.max(in_all);
                }
                None => meant.push(Meant {
                    key,
                    vector: known.map(|(_, vector)| vector),
                    demanded: in_demand,
                    asked: in_all,
                    start: word.start,
                    end: word.end,
                }),
            }
        }
        let mut sum = [0_i64; DIMENSIONS];
        for meant in &meant {
            let vector = meant.vector.into_iter().flatten();
            sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += meant.asked * i64::from(*value));
        }
        let along: i64 =
            sum.iter().zip(&vectors.in_common).map(|(sum, common)| sum * i64::from(*common)).sum();
        for (sum, common) in sum.iter_mut().zip(&vectors.in_common) {
            *sum -= along / UNIT * IN_COMMON / 1000 * i64::from(*common) / UNIT;
        }
        let direction = unit(&sum);
        let mut themes = [0_i64; DIMENSIONS];
        themes
            .iter_mut()
            .zip(&vectors.themes)
            .for_each(|(theme, speaks)| *theme = i64::from(product(&direction, speaks)));
        Meaning { words: meant, direction, themes: unit(&themes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> Meaning {
        let mut words = Words::default();
        words.split(text);
        Meaning::of(&words, |_| true)
    }

    #[test]
    fn the_vectors_are_whole() {
        let file = include_bytes!("vectors.bin");
        let read = Vectors::read(file, "\nthe of").expect("a whole file");
        assert_eq!((read.words.len(), read.themes.len(), read.skipped.len()), (9600, 54, 2));
        assert!(read.themes.len() <= DIMENSIONS);
        assert_eq!(read.words.values().map(|(weight, _)| *weight).max(), Some(UNKNOWN));
        for (_, vector) in read.words.values() {
            // each value is cut to a whole number
            assert!((980..=1000).contains(&cosine(vector, vector)));
        }
        assert!(Vectors::read(&file[..file.len() - 1], "").is_none());
        assert!(Vectors::read(b"", "").is_none() && Vectors::read(b"1 64 1 1\nword", "").is_none());
    }

    #[test]
    fn words_of_near_meaning_are_near() {
        let near = |one: &str, two: &str| meaning(one).words[0].near(&meaning(two).words[0]);
        assert_eq!(near("prisons", "prison"), 1000);
        assert!(near("jail", "prison") > 600 && near("telescope", "torture") < 300);
        assert_eq!(near("qwxyz", "prison"), 0);
        assert_eq!(near("qwxyz", "qwxyz"), 1000);
    }

    #[test]
    fn texts_have_words_a_direction_and_themes() {
        let [jail, prison, water] = [
            "Too many inmates in our jails",
            "Reduce overcrowding in prisons",
            "Bring drinking water to villages",
        ]
        .map(meaning);
        assert_eq!(jail.words.len(), 2, "inmates and jails");
        assert!(cosine(&jail.direction, &prison.direction) > cosine(&jail.direction, &water.direction));
        assert!(cosine(&jail.themes, &prison.themes) > cosine(&jail.themes, &water.themes));
        let nothing = meaning("of the 17 …");
        assert!(
            nothing.words.is_empty()
                && nothing.direction == [0; DIMENSIONS]
                && nothing.themes == [0; DIMENSIONS]
        );
    }
}
