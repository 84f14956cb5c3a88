//! What a model of issues sees of a text: its words and phrases in several forms, and what the rules of the codebooks
//! say.
//!
//! Nothing but the text is looked at: not the State that recommends, nor the session, nor other recommendations.

use super::feature::{Block, Feature, mixed};
use super::lexeme::Lexeme;
use crate::text::vocabulary::Vocabulary;
use crate::text::words::{Break, Words};
use std::ops::Range;

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word as it is, or two in a row.
    Words,
    /// The first six letters of a content word, or of two in a row.
    Heads,
    /// Two content words near one another, in either order.
    Near,
    /// An issue that the rules find, with a content word of the text. With several codebooks only issues of those
    /// after the first: rules that were written with the examples in view look more reliable than they are.
    IssueAndWord,
    /// An issue that the rules find.
    Issue,
    /// A rule that matches.
    Rule,
    /// A rule whose match was suppressed.
    Suppressed,
    /// Two issues that the rules find.
    IssuePair,
    /// An issue with the number of issues, or with a phrase of [`STRUCTURE`].
    IssueInContext,
    /// Length, commas, conjunctions and phrases that distinguish an enumeration from a single subject.
    Structure,
}

/// One block for each kind. The weights were chosen by trial on UPR Info's export, in folds by State under review.
pub(crate) const BLOCKS: [Block; 10] = [
    Block::shared(0.7, 2),
    Block::shared(0.7, 2),
    Block::shared(0.5, 3),
    Block::shared(0.5, 4),
    Block::fixed(0.25, 3),
    Block::fixed(0.2, 3),
    Block::fixed(0.2, 3),
    Block::fixed(0.15, 3),
    Block::fixed(0.1, 3),
    Block::fixed(0.1, 3),
];

/// What the rules say of a text, as hashes that depend on the issue and the rule alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleFeatures {
    /// The issues, each once.
    pub(crate) issues: Vec<u64>,
    /// Those of them that are paired with words.
    pub(crate) paired: Vec<u64>,
    /// The rules that match.
    pub(crate) rules: Vec<u64>,
    /// The rules whose matches were suppressed, and their issues.
    pub(crate) suppressed: Vec<u64>,
}

impl RuleFeatures {
    pub(crate) fn clear(&mut self) {
        self.issues.clear();
        self.paired.clear();
        self.rules.clear();
        self.suppressed.clear();
    }
}

/// Phrases that show how a recommendation is built.
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

/// Content words that are further apart are not a pair; chosen with the weights of the blocks.
const MAX_DISTANCE: usize = 5;

/// Only so many words of a text are looked at, from its beginning: a recommendation has 30 words and the longest of UPR
/// Info's export 400, but a text made to be slow would have millions.
pub(crate) const MAX_WORDS: usize = 2_000;

/// A word, and where it is.
#[derive(Debug, Clone, Copy)]
struct Term {
    lexeme: Lexeme,
    word: u32,
}

/// What a word does to the structure of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    is_and: bool,
    /// A bit for each phrase of [`STRUCTURE`] that begins with this word.
    begins: u16,
}

/// Finds the features of texts; keeps its buffers and what it knows of words from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    vocabulary: Vocabulary<(Lexeme, Role)>,
    letters: Vec<u8>,
    terms: Terms,
}

/// The words of a text with what they are to features.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    terms: Vec<Term>,
    content: Vec<Term>,
    counted: bool,
    /// A bit for each phrase of [`STRUCTURE`] that is in the text.
    structure: u16,
    conjunctions: usize,
}

impl Finder {
    /// The features of a text that was split into `words`; replaces what is in `features`. The same feature may come
    /// several times.
    pub(crate) fn find(&mut self, words: &Words, rules: &RuleFeatures, features: &mut Vec<Feature>) {
        let Finder { vocabulary, letters, terms } = self;
        terms.clear();
        vocabulary.begin();
        for (at, word) in words.words.iter().enumerate() {
            let learn = |word: &str| (Lexeme::of(word, letters), Role::of(word));
            let number = vocabulary.number(words.folded(word), learn);
            let (lexeme, role) = *vocabulary.known(number);
            terms.push(words, at, lexeme, role);
        }
        terms.find(words, rules, MAX_DISTANCE, features);
    }
}

impl Terms {
    pub(crate) fn clear(&mut self) {
        self.terms.clear();
        self.content.clear();
        (self.structure, self.conjunctions, self.counted) = (0, 0, false);
    }

    /// Adds the word of this number. Every word of the text is added, in its order.
    pub(crate) fn push(&mut self, words: &Words, at: usize, lexeme: Lexeme, role: Role) {
        // of "and and" one counts
        self.counted = role.is_and && !(self.counted && words.words[at].before == Break::None);
        self.conjunctions += usize::from(self.counted);
        if role.begins & !self.structure != 0 {
            self.structure |= structure(words, at, role.begins);
        }
        if at < MAX_WORDS {
            let term = Term { lexeme, word: at as u32 };
            self.terms.push(term);
            if lexeme.content {
                self.content.push(term);
            }
        }
    }

    /// The features of the words that were added, as [`Finder::find`] gives them; content words that are up to
    /// `distance` apart are a pair.
    pub(crate) fn find(
        &self,
        words: &Words,
        rules: &RuleFeatures,
        distance: usize,
        features: &mut Vec<Feature>,
    ) {
        features.clear();
        let mut push = |kind: Kind, a: u64, b: u64, words: Range<u32>| {
            let hash = mixed((kind as u64 + 1) << 8, &[a, b]);
            features.push(Feature { block: kind as u8, hash, words });
        };
        for (at, Term { lexeme, word, .. }) in self.terms.iter().enumerate() {
            // "of the" may count, but says nothing to a reader
            let shown = |end: u32, content: bool| if content { *word..end } else { 0..0 };
            push(Kind::Words, lexeme.hash, 0, shown(word + 1, lexeme.content));
            if let Some(Term { lexeme: next, word, .. }) = self.terms.get(at + 1) {
                let content = lexeme.content || next.content;
                push(Kind::Words, lexeme.hash, next.hash, shown(word + 1, content));
            }
        }
        for (at, Term { lexeme, word, .. }) in self.content.iter().enumerate() {
            push(Kind::Heads, lexeme.head, 0, *word..word + 1);
            if let Some(next) = self.content.get(at + 1) {
                push(Kind::Heads, lexeme.head, next.lexeme.head, *word..next.word + 1);
            }
            for next in self.content.iter().skip(at + 1).take(distance) {
                let (one, other) = (lexeme.stem, next.lexeme.stem);
                push(Kind::Near, one.min(other), one.max(other), *word..next.word + 1);
            }
            for issue in &rules.paired {
                push(Kind::IssueAndWord, *issue, lexeme.stem, *word..word + 1);
            }
        }
        let mut push = |kind: Kind, a: u64, b: u64| push(kind, a, b, 0..0);
        rules.rules.iter().for_each(|rule| push(Kind::Rule, *rule, 0));
        rules.suppressed.iter().for_each(|rule| push(Kind::Suppressed, *rule, 0));
        let number = rules.issues.len();
        for (at, issue) in rules.issues.iter().enumerate() {
            push(Kind::Issue, *issue, 0);
            for other in &rules.issues[at + 1..] {
                push(Kind::IssuePair, *issue.min(other), *issue.max(other));
            }
            push(Kind::IssueInContext, *issue, number.min(5) as u64);
        }
        for at in 0..STRUCTURE.len() {
            if self.structure >> at & 1 == 1 {
                push(Kind::Structure, at as u64, 0);
                for issue in &rules.issues {
                    push(Kind::IssueInContext, *issue, 100 + at as u64);
                }
            }
        }
        let commas = words.words.iter().filter(|word| word.after_comma).count();
        let sentences = words.words.last().map_or(0, |word| word.sentence as usize);
        let counts =
            [(commas, 8), (words.words.len() / 4, 12), (number, 8), (self.conjunctions, 5), (sentences, 3)];
        for (at, (count, most)) in counts.into_iter().enumerate() {
            for reached in 1..=count.min(most) {
                push(Kind::Structure, 100 + at as u64, reached as u64);
            }
        }
    }
}

impl Role {
    /// What depends on the word alone.
    pub(crate) fn of(word: &str) -> Role {
        let begins = STRUCTURE.iter().rev().fold(0, |bits, phrase| bits << 1 | u16::from(phrase[0] == word));
        Role { is_and: word == "and", begins }
    }
}

/// Which of the phrases that begin with a word are at this word.
fn structure(words: &Words, at: usize, begins: u16) -> u16 {
    let is_here = |phrase: &[&str]| {
        let rest = words.words[at + 1..].iter().take(phrase.len() - 1);
        rest.len() == phrase.len() - 1
            && rest
                .zip(&phrase[1..])
                .all(|(word, expected)| word.before == Break::None && words.folded(word) == *expected)
    };
    let here = (0..STRUCTURE.len()).filter(|bit| begins >> bit & 1 == 1 && is_here(STRUCTURE[*bit]));
    here.fold(0, |bits, bit| bits | 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, rules: &RuleFeatures) -> Vec<Feature> {
        let mut words = Words::default();
        words.split(text);
        let mut features = Vec::new();
        Finder::default().find(&words, rules, &mut features);
        features
    }

    #[track_caller]
    fn number(features: &[Feature], kind: Kind, expected: usize) {
        assert_eq!(
            features.iter().filter(|feature| feature.block == kind as u8).count(),
            expected,
            "{kind:?}"
        );
    }

    #[test]
    fn each_block_has_its_features() {
        let rules = RuleFeatures { issues: vec![1, 2], paired: vec![2], rules: vec![3], suppressed: vec![4] };
        let features = found("Protect the rights of children, women and girls", &rules);
        number(&features, Kind::Words, 8 + 7);
        number(&features, Kind::Heads, 5 + 4); // protec, rights, childr, women, girl
        number(&features, Kind::Near, 4 + 3 + 2 + 1);
        number(&features, Kind::IssueAndWord, 5);
        number(&features, Kind::Issue, 2);
        number(&features, Kind::Rule, 1);
        number(&features, Kind::Suppressed, 1);
        number(&features, Kind::IssuePair, 1);
        number(&features, Kind::IssueInContext, 2 + 2); // " rights of "
        number(&features, Kind::Structure, 1 + 1 + 2 + 2 + 1); // a comma, 8 words, 2 issues, one "and"
    }

    #[test]
    fn pairs_of_content_words_know_no_order_and_spellings_agree() {
        let near = |text: &str| -> Vec<u32> {
            let features = found(text, &RuleFeatures::default());
            features.iter().filter(|f| f.block == Kind::Near as u8).map(|feature| feature.hash).collect()
        };
        assert_eq!(near("organisations of women"), near("women in the organization"));
        assert_ne!(near("organisations of women"), near("organisations of men"));
    }
}
