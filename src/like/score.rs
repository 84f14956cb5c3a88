//! How far a recommendation takes up an ask: the formula on the page of [`like`](super), in whole numbers, so that it is
//! the same on every machine.

use super::meaning::Meaning;
use crate::asks::features::{Profile, named_features};
use crate::asks::lexicon::{Lexicon, everyday};
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::collections::BTreeSet;

// All weights are in hundredths of the logarithm of how many texts there are to one that has the feature. They and the
// threshold were chosen on the asks of `tests/gold/like.csv` that MEASURED.md calls development.

/// What a concept weighs at least that can be asked for by itself: the death penalty is named often, and yet one thing.
const MIN_CONCEPT: u32 = 900;

/// What is left of a theme or a group of persons, in hundredths: many recommendations of a list are about women.
const BROAD: u32 = 70;

/// What is left of a verb.
const VERB: u32 = 60;

/// What is left of what an ask says beside its demands: reasons, and what happened.
const CONTEXT: u32 = 75;

/// What an issue of the codebook weighs that both have.
const ISSUE: u32 = 150;

/// The share of the ask's own weight in the divisor, in hundredths; the rest is the recommendation's.
const OF_THE_ASK: u32 = 80;

/// A longer ask weighs no more: who gives many reasons asks for no more.
const MAX_ASK: u32 = 4_000;

/// Added to the divisor, so that one shared word of a short ask is not all.
const FLOOR: u32 = 4_000;

/// The scale of scores.
pub(super) const WHOLE: u32 = 10_000;

/// One thing that a text names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) key: u64,
    pub(super) weight: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A text as it is compared: each thing that it names once, its issues and what it means.
pub(super) struct Text {
    /// Where they first are, in the order of the text; issues last, without a place.
    pub(super) named: Vec<Named>,
    /// What all of it weighs; of an ask, without the context.
    pub(super) total: u32,
    /// The hashes of its issues.
    pub(super) issues: Vec<u64>,
    pub(super) meaning: Meaning,
}

/// Makes the texts of one list comparable, reusing its memory.
#[derive(Default)]
pub(super) struct Maker {
    words: Words,
    seen: BTreeSet<u64>,
}

impl Maker {
    /// A recommendation. Names of the States `own` say nothing.
    pub(super) fn recommendation<'i>(
        &mut self,
        text: &str,
        own: &BTreeSet<&'static str>,
        issues: impl Iterator<Item = &'i str>,
    ) -> Text {
        self.text(text, own, issues, |_| true)
    }

    /// An ask: its demands count fully, the rest less.
    pub(super) fn ask<'i>(
        &mut self,
        text: &str,
        own: &BTreeSet<&'static str>,
        issues: impl Iterator<Item = &'i str>,
    ) -> Text {
        self.words.split(text);
        let sentences = self.words.words.last().map_or(0, |word| word.sentence as usize + 1);
        let mut demands = vec![false; sentences];
        for (at, demands) in demands.iter_mut().enumerate() {
            let here = self.words.words.iter().filter(|word| word.sentence as usize == at);
            let line = &self.words.line;
            let words = here.map(|word| line[word.in_line as usize..].split(' ').next().unwrap_or_default());
            *demands = everyday().is_demand(words);
        }
        let none = !demands.contains(&true);
        self.text(text, own, issues, |sentence| {
            none || demands.get(sentence as usize).is_some_and(|demands| *demands)
        })
    }

    fn text<'i>(
        &mut self,
        text: &str,
        own: &BTreeSet<&'static str>,
        issues: impl Iterator<Item = &'i str>,
        demands: impl Fn(u32) -> bool,
    ) -> Text {
        let lexicon = everyday();
        let found = named_features(lexicon, text, own, &mut self.words, &mut Profile::default());
        let meaning = Meaning::of(&self.words, &demands);
        let demanded_at = |start: u32| {
            let at = self.words.words.partition_point(|word| word.start < start);
            self.words.words.get(at).is_some_and(|word| demands(word.sentence))
        };
        let mut made = Text { named: Vec::new(), total: 0, issues: Vec::new(), meaning };
        self.seen.clear();
        // what is demanded counts as such, also where a reason named it before
        for demanded in [true, false] {
            for (name, _, start, end) in &found {
                if demanded_at(*start) != demanded {
                    continue;
                }
                let key = key(name);
                if !self.seen.insert(key) {
                    continue;
                }
                let mut weight = weight(lexicon, name);
                if demanded {
                    made.total += weight;
                } else {
                    weight = weight * CONTEXT / 100;
                }
                made.named.push(Named { key, weight, start: *start, end: *end });
            }
        }
        for issue in issues {
            let key = key(&format!("issue:{issue}"));
            made.total += ISSUE;
            made.issues.push(key);
            made.named.push(Named { key, weight: ISSUE, start: 0, end: 0 });
        }
        made
    }
}

fn key(name: &str) -> u64 {
    Fnv::new().add(name.as_bytes()).value()
}

fn weight(lexicon: &Lexicon, name: &str) -> u32 {
    let weight = lexicon.weight(name);
    match name.as_bytes() {
        _ if lexicon.is_broad(name) => weight * BROAD / 100,
        [b'=', ..] => weight.max(MIN_CONCEPT),
        [b'd', b'o', b':', ..] => weight * VERB / 100,
        _ => weight,
    }
}

/// The score of an ask and a recommendation that share this weight.
pub(super) fn score(shared: u32, ask: &Text, recommendation: u32) -> u32 {
    let of_the_ask = u64::from(OF_THE_ASK * ask.total.min(MAX_ASK));
    let of_the_other = u64::from(100 - OF_THE_ASK) * u64::from(recommendation);
    let divisor = (of_the_ask + of_the_other) / 100 + u64::from(FLOOR);
    (u64::from(shared) * u64::from(WHOLE) / divisor).min(u64::from(WHOLE)) as u32
}
