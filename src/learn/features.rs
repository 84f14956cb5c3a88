//! What a model sees of a text: its words and phrases in several forms, and what the rules of the codebook say.
//!
//! A feature is a hash of 32 bits of its [`Block`] and its words, with the words of the text that it covers. It says
//! *that* something stands in the text, not how often. Nothing but the text is looked at: not the State that
//! recommends, nor the session, nor the recommendations beside it.
//!
//! What is found here is part of the file format of models: a change needs a new version in
//! [`bytes`](super::bytes), and models trained again.

use super::stem::{is_stop, stem_of};
use crate::text::vocabulary::Vocabulary;
use crate::text::words::{Break, Words};
use std::ops::Range;

/// Features of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Block {
    /// Words as they stand, and two in a row.
    Words,
    /// The first six letters of content words, and two in a row.
    Heads,
    /// Two content words near one another, in either order.
    Near,
    /// An issue that the rules give, with a content word of the text; of the codebooks that are heard if there are any,
    /// since rules that were written with the examples in view seem surer than they are.
    IssueAndWord,
    /// An issue that the rules give.
    Issues,
    /// A rule whose match stands.
    Rules,
    /// A rule whose match was set aside.
    Aside,
    /// Two issues that the rules give.
    IssuePairs,
    /// An issue with the number of issues, and with a phrase of [`STRUCTURE`].
    IssueInContext,
    /// Length, commas, conjunctions and phrases that tell an enumeration from a single subject.
    Structure,
}

/// How many blocks there are.
pub(crate) const BLOCKS: usize = 10;

impl Block {
    pub(crate) const ALL: [Block; BLOCKS] = [
        Block::Words,
        Block::Heads,
        Block::Near,
        Block::IssueAndWord,
        Block::Issues,
        Block::Rules,
        Block::Aside,
        Block::IssuePairs,
        Block::IssueInContext,
        Block::Structure,
    ];

    /// The value of each feature in a text that has `number` of them. The blocks of words weigh the same in a long text
    /// as in a short one.
    pub(crate) fn value(self, number: usize) -> f32 {
        let shared = |weight: f32| weight / (number.max(1) as f32).sqrt();
        match self {
            Block::Words | Block::Heads => shared(0.7),
            Block::Near | Block::IssueAndWord => shared(0.5),
            Block::Issues => 0.25,
            Block::Rules | Block::Aside => 0.2,
            Block::IssuePairs => 0.15,
            Block::IssueInContext | Block::Structure => 0.1,
        }
    }

    /// In how many examples a feature must stand to be learned.
    pub(crate) fn fewest_examples(self) -> u32 {
        match self {
            Block::Words | Block::Heads => 2,
            Block::IssueAndWord => 4,
            _ => 3,
        }
    }
}

/// What a text has, and the words of the text that it covers; none for what no words stand for, or mere joints of the
/// sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) block: Block,
    pub(crate) hash: u32,
    pub(crate) words: Range<u32>,
}

/// What the rules say of a text, as hashes that depend on the issue and the rule alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signs {
    /// The issues, each once.
    pub(crate) issues: Vec<u64>,
    /// Those of them that are paired with words.
    pub(crate) paired: Vec<u64>,
    /// The rules whose matches stand.
    pub(crate) rules: Vec<u64>,
    /// The rules whose matches were set aside, and their issues.
    pub(crate) aside: Vec<u64>,
}

impl Signs {
    pub(crate) fn clear(&mut self) {
        self.issues.clear();
        self.paired.clear();
        self.rules.clear();
        self.aside.clear();
    }
}

/// Phrases that tell how a recommendation is built.
const STRUCTURE: [&[&str]; 12] = [
    &["such", "as"],
    &["including"],
    &["in", "particular"],
    &["especially"],
    &["particularly"],
    &["and", "other"],
    &["all", "forms"],
    &["as", "well", "as"],
    &["vulnerable"],
    &["human", "rights"],
    &["rights", "of"],
    &["in", "accordance", "with"],
];

/// Content words further apart than this are no pair.
const FURTHEST: usize = 5;

/// The words of a text that are looked at, from its beginning: a recommendation has 30 words, the longest of
/// the export 400, and a text made to be slow would have millions.
pub(super) const MOST_WORDS: usize = 2_000;

#[derive(Debug, Clone, Copy)]
struct Term {
    token: u64,
    stem: u64,
    head: u64,
    word: u32,
    content: bool,
    is_and: bool,
    /// A bit for each phrase of [`STRUCTURE`] that begins with this word.
    begins: u16,
}

/// Finds the features of texts; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    vocabulary: Vocabulary<Term>,
    terms: Vec<Term>,
    content: Vec<Term>,
    letters: Vec<u8>,
    /// A bit for each phrase of [`STRUCTURE`] that stands in the text.
    structure: u16,
    conjunctions: usize,
}

impl Finder {
    /// The features of a text that was split into `words`; what was in `features` is forgotten. The same feature
    /// may come several times.
    pub(crate) fn find(&mut self, words: &Words, signs: &Signs, features: &mut Vec<Feature>) {
        features.clear();
        self.split(words);
        let mut push = |block: Block, a: u64, b: u64, words: Range<u32>| {
            features.push(Feature { block, hash: joined(block, a, b), words });
        };
        for (at, term) in self.terms.iter().enumerate() {
            // "of the" may weigh, but shows a reader nothing
            let shown = |end: u32, content: bool| if content { term.word..end } else { 0..0 };
            push(Block::Words, term.token, 0, shown(term.word + 1, term.content));
            if let Some(next) = self.terms.get(at + 1) {
                push(
                    Block::Words,
                    term.token,
                    next.token,
                    shown(next.word + 1, term.content || next.content),
                );
            }
        }
        for (at, term) in self.content.iter().enumerate() {
            push(Block::Heads, term.head, 0, term.word..term.word + 1);
            if let Some(next) = self.content.get(at + 1) {
                push(Block::Heads, term.head, next.head, term.word..next.word + 1);
            }
            for next in self.content.iter().skip(at + 1).take(FURTHEST) {
                let (a, b) = (term.stem.min(next.stem), term.stem.max(next.stem));
                push(Block::Near, a, b, term.word..next.word + 1);
            }
            for issue in &signs.paired {
                push(Block::IssueAndWord, *issue, term.stem, term.word..term.word + 1);
            }
        }
        let mut sign = |block: Block, a: u64, b: u64| push(block, a, b, 0..0);
        signs.rules.iter().for_each(|rule| sign(Block::Rules, *rule, 0));
        signs.aside.iter().for_each(|rule| sign(Block::Aside, *rule, 0));
        let number = signs.issues.len();
        for (at, issue) in signs.issues.iter().enumerate() {
            sign(Block::Issues, *issue, 0);
            for other in &signs.issues[at + 1..] {
                sign(Block::IssuePairs, *issue.min(other), *issue.max(other));
            }
            sign(Block::IssueInContext, *issue, number.min(5) as u64);
        }
        for at in 0..STRUCTURE.len() {
            if self.structure >> at & 1 == 1 {
                sign(Block::Structure, at as u64, 0);
                for issue in &signs.issues {
                    sign(Block::IssueInContext, *issue, 100 + at as u64);
                }
            }
        }
        let commas = words.words.iter().filter(|word| word.after_comma).count();
        let sentences = words.words.last().map_or(0, |word| word.sentence as usize);
        let counts =
            [(commas, 8), (words.words.len() / 4, 12), (number, 8), (self.conjunctions, 5), (sentences, 3)];
        for (at, (count, most)) in counts.into_iter().enumerate() {
            for reached in 1..=count.min(most) {
                sign(Block::Structure, 100 + at as u64, reached as u64);
            }
        }
    }

    fn split(&mut self, words: &Words) {
        self.terms.clear();
        self.content.clear();
        (self.structure, self.conjunctions) = (0, 0);
        self.vocabulary.begin();
        let letters = &mut self.letters;
        let mut counted = false;
        for (at, word) in words.words.iter().enumerate() {
            let number = self.vocabulary.number(words.folded(word), |word| term(word, letters));
            let term = Term { word: at as u32, ..*self.vocabulary.known(number) };
            // of "and and" one counts
            counted = term.is_and && !(counted && word.before == Break::None);
            self.conjunctions += usize::from(counted);
            if term.begins & !self.structure != 0 {
                self.structure |= structure(words, at, term.begins);
            }
            if at < MOST_WORDS {
                self.terms.push(term);
                if term.content {
                    self.content.push(term);
                }
            }
        }
    }
}

fn term(word: &str, letters: &mut Vec<u8>) -> Term {
    let token = hash_of(word.as_bytes());
    let content = !is_stop(word.as_bytes());
    let begins = STRUCTURE.iter().rev().fold(0, |bits, phrase| bits << 1 | u16::from(phrase[0] == word));
    let mut term = Term { token, stem: token, head: token, word: 0, content, is_and: word == "and", begins };
    if content {
        stem_of(word.as_bytes(), letters);
        term.stem = hash_of(letters);
        term.head = hash_of(&letters[..letters.len().min(6)]);
    }
    term
}

/// Which of these phrases stand at a word.
fn structure(words: &Words, at: usize, begins: u16) -> u16 {
    let stands = |phrase: &[&str]| {
        let rest = words.words[at + 1..].iter().take(phrase.len() - 1);
        rest.len() == phrase.len() - 1
            && rest
                .zip(&phrase[1..])
                .all(|(word, expected)| word.before == Break::None && words.folded(word) == *expected)
    };
    let here = (0..STRUCTURE.len()).filter(|bit| begins >> bit & 1 == 1 && stands(STRUCTURE[*bit]));
    here.fold(0, |bits, bit| bits | 1 << bit)
}

/// FNV-1a, as `hash` has it.
pub(crate) fn hash_of(text: &[u8]) -> u64 {
    crate::text::hash::Fnv::new().add(text).value()
}

/// One hash of a block and what it joins: multiplication and shifts, so that each bit of the one changes half the
/// bits of the other.
fn joined(block: Block, a: u64, b: u64) -> u32 {
    let mut hash = (block as u64 + 1) << 8;
    for part in [a, b] {
        hash = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    (hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, signs: &Signs) -> Vec<Feature> {
        let mut words = Words::default();
        words.split(text);
        let mut features = Vec::new();
        Finder::default().find(&words, signs, &mut features);
        features
    }

    #[track_caller]
    fn number(features: &[Feature], block: Block, expected: usize) {
        assert_eq!(features.iter().filter(|feature| feature.block == block).count(), expected, "{block:?}");
    }

    #[test]
    fn each_block_has_its_features() {
        let signs = Signs { issues: vec![1, 2], paired: vec![2], rules: vec![3], aside: vec![4] };
        let features = found("Protect the rights of children, women and girls", &signs);
        number(&features, Block::Words, 8 + 7);
        number(&features, Block::Heads, 5 + 4); // protec, rights, childr, women, girl
        number(&features, Block::Near, 4 + 3 + 2 + 1);
        number(&features, Block::IssueAndWord, 5);
        number(&features, Block::Issues, 2);
        number(&features, Block::Rules, 1);
        number(&features, Block::Aside, 1);
        number(&features, Block::IssuePairs, 1);
        number(&features, Block::IssueInContext, 2 + 2); // " rights of "
        number(&features, Block::Structure, 1 + 1 + 2 + 2 + 1); // a comma, 8 words, 2 issues, one "and"
    }

    #[test]
    fn pairs_of_content_words_know_no_order_and_spellings_agree() {
        let near = |text: &str| -> Vec<u32> {
            let features = found(text, &Signs::default());
            features.iter().filter(|f| f.block == Block::Near).map(|feature| feature.hash).collect()
        };
        assert_eq!(near("organisations of women"), near("women in the organization"));
        assert_ne!(near("organisations of women"), near("organisations of men"));
    }

    #[test]
    fn blocks_stand_in_their_order() {
        for (at, block) in Block::ALL.iter().enumerate() {
            assert_eq!(*block as usize, at);
        }
    }
}
