//! A text as the rules and the model see it: its words with what they do around verbs.

use super::inflect::Form;
use super::verbs::{Verbs, role, word_hash};
use crate::words::Words;
use std::ops::Range;

/// Words after this many are not looked at: the longest of 26,298 recommendations has 400.
const MOST_WORDS: usize = 1_000;

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
    line: (u32, u32),
}

/// The words of a text.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    words: Words,
    pub(crate) tokens: Vec<Token>,
}

impl Tokens {
    /// Splits `text`; what was in `self` is forgotten.
    pub(crate) fn split(&mut self, text: &str, verbs: &Verbs) {
        self.words.split(text);
        self.tokens.clear();
        let mut sentence = 0;
        for word in self.words.words.iter().take(MOST_WORDS) {
            let start = word.in_line as usize;
            let rest = &self.words.line[start..];
            let letters = &rest[..rest.find(' ').unwrap_or(rest.len())];
            let hash = word_hash(letters);
            let mut roles = verbs.roles(hash);
            if roles & role::NO_ADVERB == 0 && letters.len() > 4 && letters.ends_with("ly") {
                roles |= role::ADVERB;
            }
            let pause = if word.sentence != sentence { 2 } else { u8::from(word.after_comma) };
            sentence = word.sentence;
            let stem = singular(letters);
            let end = stem.char_indices().nth(6).map_or(stem.len(), |(at, _)| at);
            let candidates = verbs.candidates(hash);
            self.tokens.push(Token {
                hash,
                stem: if stem.len() == letters.len() { hash } else { word_hash(stem) },
                head: if end == letters.len() { hash } else { word_hash(&stem[..end]) },
                roles,
                pause,
                verb: candidates.iter().any(|candidate| candidate.form == Form::Base),
                form: !candidates.is_empty(),
                letters: letters.len() as u32,
                gerund: letters.len() > 5 && letters.ends_with("ing"),
                line: (start as u32, (start + letters.len()) as u32),
            });
        }
    }

    /// The folded letters of a word.
    pub(crate) fn letters(&self, token: usize) -> &str {
        let (start, end) = self.tokens[token].line;
        &self.words.line[start as usize..end as usize]
    }

    /// The bytes of the text from the first to the last of these words.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Range<usize> {
        self.words.span(tokens)
    }
}

fn singular(word: &str) -> &str {
    let plural =
        word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if plural { &word[..word.len() - 1] } else { word }
}
