//! A text as the rules and the model see it: its words with what they do around verbs.

use super::inflect::Form;
use super::verbs::{Verbs, role};
use crate::text::hash::Fnv;
use crate::text::vocabulary::Vocabulary;
use crate::text::words::Words;

/// Words after this many are not looked at: the longest of 26,298 recommendations has 400.
const MOST_WORDS: usize = 1_000;

/// The bytes of a word's beginning.
const HEAD: usize = 6;

/// A word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) hash: u64,
    /// Without the plural's s.
    pub(crate) stem: u64,
    /// The first six letters.
    pub(crate) head: u64,
    pub(crate) roles: u16,
    /// 0: nothing stands before the word; 1: a comma or the like; 2: the end of a sentence.
    pub(crate) pause: u8,
    pub(crate) gerund: bool,
    /// Whether a verb of the table begins here, in its base form.
    pub(crate) verb: bool,
    /// Whether any form of one does.
    pub(crate) form: bool,
    pub(crate) letters: u32,
}

/// The words of a text; keeps what it knows of words for the next one, which must be read with the same verbs.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    vocabulary: Vocabulary<Token>,
    pub(crate) tokens: Vec<Token>,
}

impl Tokens {
    /// Takes the words of a text; what was in `self` is forgotten.
    pub(crate) fn fill(&mut self, words: &Words, verbs: &Verbs) {
        self.tokens.clear();
        self.vocabulary.begin();
        let mut sentence = 0;
        for word in words.words.iter().take(MOST_WORDS) {
            let number = self.vocabulary.number(words.folded(word), |letters| token(letters, verbs));
            let pause = if word.sentence != sentence { 2 } else { u8::from(word.after_comma) };
            sentence = word.sentence;
            self.tokens.push(Token { pause, ..*self.vocabulary.known(number) });
        }
    }
}

/// What depends on the word alone.
fn token(letters: &str, verbs: &Verbs) -> Token {
    // FNV-1a of the word, and on the way of its beginning and of what stands before its last letter
    let (mut hash, mut before_last, mut head) = (Fnv::new(), Fnv::new(), Fnv::new());
    for (at, byte) in letters.bytes().enumerate() {
        before_last = hash;
        hash = hash.add(&[byte]);
        if at < HEAD {
            head = hash;
        }
    }
    let length = letters.len();
    let plural = is_plural(letters);
    let hash = hash.value();
    let stem = if plural { before_last.value() } else { hash };
    // the plural's s is no part of the beginning either
    let head = if plural && length <= HEAD { stem } else { head.value() };
    let known = verbs.word(hash);
    let candidates = known.map_or(&[][..], |known| &known.candidates);
    let mut roles = known.map_or(0, |known| known.roles);
    if roles & role::NO_ADVERB == 0 && length > 4 && letters.ends_with("ly") {
        roles |= role::ADVERB;
    }
    Token {
        hash,
        stem,
        head,
        roles,
        pause: 0,
        verb: candidates.iter().any(|candidate| candidate.form == Form::Base),
        form: !candidates.is_empty(),
        letters: length as u32,
        gerund: length > 5 && letters.ends_with("ing"),
    }
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}
