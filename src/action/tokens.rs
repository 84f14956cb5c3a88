//! A text as the rules and the model see it: its words with what they do around verbs.

use super::inflect::Form;
use super::verbs::{Verbs, role};
use crate::hash::Fnv;
use crate::words::Words;
use std::ops::Range;

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
            let letters = self.words.line[start..].bytes().take_while(|byte| *byte != b' ');
            // FNV-1a of the word, and on the way of its beginning and of what stands before its last letter
            let (mut hash, mut before_last, mut head) = (Fnv::new(), Fnv::new(), Fnv::new());
            let mut length = 0;
            for byte in letters {
                before_last = hash;
                hash = hash.add(&[byte]);
                length += 1;
                if length <= HEAD {
                    head = hash;
                }
            }
            let letters = &self.words.line[start..start + length];
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
            let pause = if word.sentence != sentence { 2 } else { u8::from(word.after_comma) };
            sentence = word.sentence;
            self.tokens.push(Token {
                hash,
                stem,
                head,
                roles,
                pause,
                verb: candidates.iter().any(|candidate| candidate.form == Form::Base),
                form: !candidates.is_empty(),
                letters: length as u32,
                gerund: length > 5 && letters.ends_with("ing"),
                line: (start as u32, (start + length) as u32),
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

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}
