//! Splits a text into words for comparison, and remembers where each stood.
//!
//! The words are folded (see `fold`) and written into one line, `" word word , word . word "`, in which a comma or a
//! full stop marks what keeps a phrase from matching across it. The table beside the line
//! leads back to the bytes of the text, which itself is never changed.
//!
//! What separates words, what a phrase may cross, and what ends a sentence is part of the notation of patterns
//! that is documented in [`codebook`](crate::code); texts and patterns are both split here.

use crate::text::fold::{is_apostrophe, is_combining_accent, push_folded};
use crate::text::language::Language;
use std::ops::Range;

/// A text split into words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// `" word word , word "`, folded.
    pub(crate) line: String,
    pub(crate) words: Vec<Word>,
    /// What the apostrophe between letters does.
    apostrophe: Apostrophe,
}

/// What an apostrophe between letters does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Apostrophe {
    /// It belongs to its word, but for a possessive `'s`, which is a word of its own: English.
    #[default]
    Joins,
    /// It ends a word, as in *l'éducation*, *d'ici*, *qu'elle*: French, Italian and so on.
    Elides,
}

/// One word: where it is in the line and in the text, and what is before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) in_line: u32,
    pub(crate) line_end: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) sentence: u32,
    /// What is between this word and the one before it.
    pub(crate) before: Break,
    /// Whether a comma, bracket or colon is there, or the end of a sentence.
    pub(crate) after_comma: bool,
}

/// What keeps two words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) enum Break {
    None,
    Comma,
    Sentence,
}

impl Apostrophe {
    /// What it does in a language.
    pub(crate) fn of(language: Language) -> Apostrophe {
        if language == Language::English { Apostrophe::Joins } else { Apostrophe::Elides }
    }
}

impl Words {
    /// Splits texts in this language.
    pub(crate) fn of(language: Language) -> Words {
        Words { apostrophe: Apostrophe::of(language), ..Words::default() }
    }

    /// Splits a text in this language; what was in `self` is forgotten, its memory kept.
    pub(crate) fn split_in(&mut self, text: &str, language: Language) {
        self.apostrophe = Apostrophe::of(language);
        self.split(text);
    }

    /// Splits `text`; what was in `self` is forgotten, its memory kept.
    pub(crate) fn split(&mut self, text: &str) {
        self.line.clear();
        self.words.clear();
        self.line.push(' ');
        let mut sentence = 0;
        let mut pending = Break::None;
        let mut at = 0;
        while let Some(c) = char_at(text, at) {
            let start = at;
            at += c.len_utf8();
            if c == ' ' {
                continue;
            }
            if !c.is_alphanumeric() || is_combining_accent(c) {
                let joins = self.apostrophe == Apostrophe::Joins;
                let between = if joins && is_apostrophe(c) && possessive(text, start, c) {
                    // the 's of "women's" is a word of its own, so that "women" is one too
                    at += 1;
                    self.push(text, start..at, sentence, pending, false);
                    pending = Break::None;
                    Break::None
                } else {
                    break_at(text, start, c)
                };
                if between > pending {
                    pending = between;
                }
                continue;
            }
            let (end, plain) = word_end(text, start, self.apostrophe);
            at = end;
            if pending == Break::Sentence {
                sentence += 1;
            }
            self.push(text, start..end, sentence, pending, plain);
            pending = Break::None;
        }
        // what is not ASCII was folded letter by letter, and the rest is folded at one stroke
        self.line.make_ascii_lowercase();
    }

    /// Writes a word into the line; a plain one consists of ASCII letters and digits.
    fn push(&mut self, text: &str, word: Range<usize>, sentence: u32, before: Break, plain: bool) {
        match before {
            Break::None => {}
            Break::Comma => self.line.push_str(", "),
            Break::Sentence => self.line.push_str(". "),
        }
        let in_line = self.line.len() as u32;
        if plain {
            self.line.push_str(&text[word.clone()]);
        } else {
            for c in text[word.clone()].chars() {
                if is_apostrophe(c) {
                    self.line.push('\'');
                } else if c != '\u{00AD}' {
                    push_folded(c, &mut self.line);
                }
            }
        }
        let line_end = self.line.len() as u32;
        self.line.push(' ');
        self.words.push(Word {
            in_line,
            line_end,
            start: word.start as u32,
            end: word.end as u32,
            sentence,
            before,
            after_comma: before != Break::None,
        });
    }

    /// The words as they are compared.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| self.folded(word))
    }

    /// A word as it is compared: in lower case, without accents.
    pub(crate) fn folded(&self, word: &Word) -> &str {
        &self.line[word.in_line as usize..word.line_end as usize]
    }

    /// The bytes of the text from the first to the last of these words.
    pub(crate) fn span(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].start as usize..self.words[words.end - 1].end as usize
    }
}

/// The words of a line as [`Words`] writes it, without commas and full stops.
pub(crate) fn words_of(line: &str) -> impl Iterator<Item = &str> + Clone {
    line.split(' ').filter(|word| !matches!(*word, "" | "," | "."))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Where the word ends that begins at `start`, and whether it consists of ASCII letters and digits.
fn word_end(text: &str, start: usize, apostrophe: Apostrophe) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut end, mut plain) = (start, true);
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(next) = char_at(text, end) else { return (end, plain) };
        let inside = next.is_alphanumeric()
            || is_combining_accent(next)
            || next == '\u{00AD}' // a soft hyphen is invisible inside a word
            || (apostrophe == Apostrophe::Joins
                && is_apostrophe(next)
                && !possessive(text, end, next)
                && letter_follows(text, end, next));
        if next == ' ' || !inside {
            return (end, plain);
        }
        end += next.len_utf8();
        plain = false;
    }
}

/// Whether the apostrophe at `at` opens a possessive or contracted `'s` that ends there.
fn possessive(text: &str, at: usize, apostrophe: char) -> bool {
    let mut after = text[at + apostrophe.len_utf8()..].chars();
    let letter_before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    letter_before
        && matches!(after.next(), Some('s' | 'S'))
        && !after.next().is_some_and(char::is_alphanumeric)
}

fn letter_follows(text: &str, at: usize, c: char) -> bool {
    text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric)
}

/// What a character between words keeps apart. The dot of "No. 169" or "e.g. torture" ends no sentence: only
/// a dot before a capital letter or at the end does.
fn break_at(text: &str, at: usize, c: char) -> Break {
    match c {
        ';' | '?' | '!' | '\u{2029}' => Break::Sentence,
        ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '•' => Break::Comma,
        // between words without blanks a dash is a hyphen
        '–' | '—' => {
            let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
            let joins =
                !blank(text[..at].chars().next_back()) && !blank(text[at + c.len_utf8()..].chars().next());
            if joins { Break::None } else { Break::Comma }
        }
        '.' => {
            let after =
                text[at + 1..].trim_start_matches(['"', '”', '’', '\'', ')', ' ', '\u{a0}', '\r', '\n']);
            let apart = after.len() < text.len() - at - 1;
            match after.chars().next() {
                None => Break::Sentence,
                Some(next) if apart && next.is_uppercase() => Break::Sentence,
                Some(_) => Break::None,
            }
        }
        _ => Break::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::for_each;

    #[track_caller]
    fn line(text: &str) -> String {
        let mut words = Words::default();
        words.split(text);
        for word in &words.words {
            assert!(text.is_char_boundary(word.start as usize) && text.is_char_boundary(word.end as usize));
        }
        words.line
    }

    #[test]
    fn the_line_keeps_words_and_what_keeps_them_apart() {
        assert_eq!(line("Abolish the death-penalty"), " abolish the death penalty ");
        assert_eq!(line("women’s rights, Children's"), " women 's rights , children 's ");
        assert_eq!(line("prisoners' rights"), " prisoners rights ");
        assert_eq!(line("Côte d’Ivoire"), " cote d'ivoire ");
        assert_eq!(line("ILO Convention No. 169. Ratify it."), " ilo convention no 169 . ratify it ");
        assert_eq!(line("police (federal); army"), " police , federal . army ");
        assert_eq!(line("and/or \"no\"\u{a0}way\r\nout"), " and or no way out ");
        assert_eq!(line(""), " ");
        assert_eq!(line("'s 's'"), " s s ");
        assert_eq!(line("death–penalty – no \u{345}"), " death penalty , no ");
    }

    #[test]
    fn an_apostrophe_ends_a_word_in_french() {
        let line = |text: &str| {
            let mut words = Words::of(Language::French);
            words.split(text);
            words.line
        };
        assert_eq!(line("l’accès à l'Éducation d ’ ici"), " l acces a l education d ici ");
        assert_eq!(line("qu'elle s’assure, aujourd'hui"), " qu elle s assure , aujourd hui ");
        assert_eq!(line("Convention n° 169 ; peine de mort."), " convention n 169 . peine de mort ");
    }

    #[test]
    fn words_lead_back_to_the_text() {
        let text = "The Court’s  Statute";
        let mut words = Words::default();
        words.split(text);
        assert_eq!(&text[words.span(1..3)], "Court’s");
        assert_eq!(words.folded(&words.words[3]), "statute");
    }

    /// However a word was read, its letters in the line are those of the text, folded one by one.
    #[test]
    fn the_line_holds_every_word_folded() {
        for_each(256, |random| {
            let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.;'’éÉİßſﬁ\u{301}\u{AD}\u{212A}(-   ";
            let text = random.text(letters, 60);
            let mut words = Words::default();
            words.split(&text);
            let mut end = 0;
            for word in &words.words {
                let mut folded = String::new();
                for c in text[word.start as usize..word.end as usize].chars() {
                    match c {
                        c if is_apostrophe(c) => folded.push('\''),
                        '\u{AD}' => {}
                        c => push_folded(c, &mut folded),
                    }
                }
                assert_eq!(words.folded(word), folded);
                // what was passed over holds no letter
                let between = text[end..word.start as usize].chars();
                assert!(between.into_iter().all(|c| !c.is_alphanumeric() || is_combining_accent(c)));
                end = word.end as usize;
            }
        });
    }
}
