//! Recommendations that a report lists by reference: `the recommendations noted in paragraphs 23 (a), 45 (b) and
//! (c), and 56, last sentence, above did not enjoy the support of ...`.
//!
//! 33 of 303 reports do, nearly all of sessions 1 to 5. [`dialogue`](super::dialogue) looks up the text.

use crate::text::line::tail;

/// A paragraph of the dialogue section that is referred to, and the letter in it (`b`, or `d` `i`).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) paragraph: u32,
    pub(super) letters: Vec<String>,
    pub(super) last_sentence: bool,
}

impl Reference {
    /// As a report would write it: `23 (a)`.
    pub(super) fn number(&self) -> String {
        let letters: String = self.letters.iter().map(|letter| format!(" ({letter})")).collect();
        format!("{}{letters}", self.paragraph)
    }
}

/// The paragraphs that a sentence refers to; only those before the section of conclusions, from `before` on.
pub(super) fn references(sentence: &str, before: u32) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let lower = sentence.to_ascii_lowercase();
    if !lower.contains("recommendation") && !lower.contains("remark") {
        return found;
    }
    let mut from = 0;
    while let Some(at) = lower[from..].find("paragraph").map(|gap| from + gap) {
        from = at + "paragraph".len();
        if !is_of_recommendations(&lower[..at]) {
            continue;
        }
        from += usize::from(sentence[from..].starts_with('s'));
        from += read_list(&sentence[from..], before, &mut found);
    }
    found
}

/// Whether the words before `paragraph` speak of recommendations there, and not of responses or of numbers.
fn is_of_recommendations(words: &str) -> bool {
    /// `The recommendations noted in the report in the following paragraphs did not enjoy the support of the State:`
    const NEAR: usize = 160;
    let near = tail(words, NEAR);
    let subject = near.rfind("recommendation").max(near.rfind("remark"));
    subject.is_some_and(|at| !["response", "nos.", "no. "].iter().any(|word| near[at..].contains(word)))
}

/// Reads `23 (a), 45 (b) and (c), 56, last sentence, and 63 (a, b)` as far as it goes, and says how far.
fn read_list(list: &str, before: u32, found: &mut Vec<Reference>) -> usize {
    let mut current: Option<u32> = None;
    // whether the paragraph has letters, and whether the word before was one
    let (mut lettered, mut adjacent) = (false, false);
    let mut rest = list;
    loop {
        rest = rest.trim_start();
        let Some((word, length)) = word(rest) else { break };
        rest = &rest[length..];
        let beside_letters = std::mem::replace(&mut adjacent, false);
        match word {
            Word::Number(n) => {
                current = (n < before && n > 0).then_some(n);
                lettered = false;
                found.extend(current.map(|paragraph| Reference { paragraph, ..Reference::default() }));
            }
            Word::Letters(letters) => {
                let Some(paragraph) = current else { continue };
                adjacent = true;
                if !std::mem::replace(&mut lettered, true) {
                    found.pop();
                }
                match (found.last_mut(), &letters[..]) {
                    (Some(last), [one]) if beside_letters && is_roman(one) && last.letters.len() == 1 => {
                        last.letters.extend(letters);
                    }
                    _ => found.extend(letters.into_iter().map(|letter| Reference {
                        paragraph,
                        letters: vec![letter],
                        ..Reference::default()
                    })),
                }
            }
            Word::LastSentence => {
                if let Some(last) = found.last_mut().filter(|_| !lettered) {
                    last.last_sentence = true;
                }
            }
            Word::Separator => {}
            Word::Other => break,
        }
    }
    list.len() - rest.len()
}

pub(super) fn is_roman(letters: &str) -> bool {
    letters.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

enum Word {
    Number(u32),
    Letters(Vec<String>),
    LastSentence,
    Separator,
    Other,
}

/// The word that a text begins with, and its length.
fn word(text: &str) -> Option<(Word, usize)> {
    let first = text.chars().next()?;
    let separators = ["and paragraphs", "and paragraph", "and in", "and", "the"];
    Some(if first.is_ascii_digit() {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let two_parts = text[length..]
            .strip_prefix('.')
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        match text[..length].parse() {
            Ok(number) if !two_parts => (Word::Number(number), length),
            _ => (Word::Other, length),
        }
    } else if first == '(' {
        in_brackets(text).unwrap_or((Word::Other, 1))
    } else if matches!(first, ',' | ';' | ':' | '–' | '-') {
        (Word::Separator, first.len_utf8())
    } else if text.starts_with("last sentence") {
        (Word::LastSentence, "last sentence".len())
    } else {
        let known = separators.iter().find(|word| text.starts_with(**word));
        known.map_or((Word::Other, first.len_utf8()), |word| (Word::Separator, word.len()))
    })
}

/// `(a, b)` or `(last sentence)`.
fn in_brackets(text: &str) -> Option<(Word, usize)> {
    const MAX_BYTES: usize = 30;
    let close = text.bytes().take(MAX_BYTES).position(|byte| byte == b')')?;
    let letters = text[1..close].split([',', ' ']).filter(|letter| !letter.is_empty() && *letter != "and");
    let letters: Option<Vec<String>> = letters.map(|letter| letter_of(letter).map(str::to_string)).collect();
    let word = match letters {
        Some(letters) if !letters.is_empty() => Word::Letters(letters),
        None if text[..close].contains("last sentence") => Word::LastSentence,
        _ => return None,
    };
    Some((word, close + 1))
}

/// A letter or a small Roman number as lists use them.
pub(super) fn letter_of(letter: &str) -> Option<&str> {
    let small = letter.bytes().all(|byte| byte.is_ascii_lowercase());
    (small && (letter.len() == 1 || letter.len() <= 4 && is_roman(letter))).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_paragraphs() {
        for (sentence, expected) in [
            (
                "The recommendations in paragraphs 23 (a), 45 (b) and (c), 56, last sentence, and 63 above",
                "23 (a), 45 (b), 45 (c), 56, 63",
            ),
            (
                "recommendations in paragraphs 33 (a, b), 68 (d) (i); and 7(a) above",
                "33 (a), 33 (b), 68 (d) (i), 7 (a)",
            ),
            ("recommendations in paragraphs 81.3 and 95 above", ""),
            ("recommendations Nos. 1 and 2 in paragraph 64 above", ""),
            ("on recommendation 81.1 it refers to its responses in paragraph 64", ""),
            ("the remarks in paragraph 12 of the report", "12"),
            // only paragraphs before the section, and a Roman number only right behind its letter
            ("recommendations in paragraphs 0, 79, 80 and 81", "79"),
            ("recommendations in paragraphs 12 (b) (ii), 13 (b), (i) above", "12 (b) (ii), 13 (b), 13 (i)"),
            // what else is in brackets ends the list
            ("recommendations in paragraphs 14 (see below), 15", "14"),
            ("recommendations in paragraphs 14 (and), 15", "14"),
        ] {
            let found: Vec<String> = references(sentence, 80).iter().map(Reference::number).collect();
            assert_eq!(found.join(", "), expected, "{sentence}");
        }
        let last = references("recommendations in paragraphs 14 (last sentence) and 15", 80);
        assert_eq!(last.iter().map(|one| one.last_sentence).collect::<Vec<_>>(), [true, false]);
    }
}
