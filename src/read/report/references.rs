//! Recommendations that a report lists by reference: `the recommendations noted in paragraphs 23 (a), 45 (b) and
//! (c), and 56, last sentence, above did not enjoy the support of ...`.
//!
//! 33 of 303 reports do, nearly all of sessions 1 to 5. The text is looked up in the paragraph of the dialogue
//! section, where letters mark the recommendations: `France recommended that it (a) adopt ...`. Where the
//! reference has no letter, the sentences that recommend something are taken. The State is the one that the
//! paragraph begins with.

use super::blocks::LONGEST_ITEM;
use super::lines::{Line, join};
use super::numbers::Number;
use crate::state::{State, StateName};
use std::collections::BTreeMap;

/// A paragraph of the dialogue section that is referred to, and the letter in it (`b`, or `d` `i`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) paragraph: u32,
    pub(super) letters: Vec<String>,
    last_sentence: bool,
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
    let mut from = words.len().saturating_sub(NEAR);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    let near = &words[from..];
    let subject = near.rfind("recommendation").max(near.rfind("remark"));
    subject.is_some_and(|at| !["response", "nos.", "no. "].iter().any(|word| near[at..].contains(word)))
}

/// Reads `23 (a), 45 (b) and (c), 56, last sentence, and 63 (a, b)` as far as it goes, and says how far.
fn read_list(list: &str, before: u32, found: &mut Vec<Reference>) -> usize {
    let mut current: Option<u32> = None;
    let mut lettered = false;
    let mut adjacent = false;
    let mut words = Words { rest: list };
    while let Some(word) = words.next() {
        match word {
            Word::Number(n) => {
                current = (n < before && n > 0).then_some(n);
                lettered = false;
                if let Some(paragraph) = current {
                    found.push(Reference { paragraph, letters: Vec::new(), last_sentence: false });
                }
            }
            Word::Letters(letters) => {
                if let Some(paragraph) = current {
                    if !lettered {
                        found.pop();
                    }
                    let roman = adjacent && lettered && letters.len() == 1 && is_roman(&letters[0]);
                    if let Some(last) = found.last_mut()
                        && roman
                        && last.letters.len() == 1
                    {
                        last.letters.extend(letters);
                    } else {
                        let one =
                            |letter| Reference { paragraph, letters: vec![letter], last_sentence: false };
                        found.extend(letters.into_iter().map(one));
                    }
                    lettered = true;
                    adjacent = true;
                    continue;
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
        adjacent = false;
    }
    list.len() - words.rest.len()
}

fn is_roman(letters: &str) -> bool {
    letters.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

enum Word {
    Number(u32),
    Letters(Vec<String>),
    LastSentence,
    Separator,
    Other,
}

struct Words<'t> {
    rest: &'t str,
}

impl Words<'_> {
    fn next(&mut self) -> Option<Word> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        let (word, length) = if first.is_ascii_digit() {
            let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            let two_parts = self.rest[length..].starts_with('.')
                && self.rest[length + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
            match self.rest[..length].parse() {
                Ok(number) if !two_parts => (Word::Number(number), length),
                _ => (Word::Other, length),
            }
        } else if first == '(' {
            let close = self.rest.bytes().take(30).position(|byte| byte == b')');
            let letters: Option<Vec<String>> = close.and_then(|close| {
                let inner = &self.rest[1..close];
                let letters = inner.split([',', ' ']).filter(|letter| !letter.is_empty() && *letter != "and");
                letters.map(|letter| letter_of(letter).map(str::to_string)).collect()
            });
            match (close, letters) {
                (Some(close), Some(letters)) if !letters.is_empty() => (Word::Letters(letters), close + 1),
                (Some(close), None) if self.rest[..close].contains("last sentence") => {
                    (Word::LastSentence, close + 1)
                }
                _ => (Word::Other, 1),
            }
        } else if matches!(first, ',' | ';' | ':' | '–' | '-') {
            (Word::Separator, first.len_utf8())
        } else {
            let separators = ["and paragraphs", "and paragraph", "and in", "and", "last sentence", "the"];
            let known = separators.iter().find(|word| self.rest.starts_with(**word));
            match known {
                Some(&"last sentence") => (Word::LastSentence, "last sentence".len()),
                Some(word) => (Word::Separator, word.len()),
                None => (Word::Other, first.len_utf8()),
            }
        };
        self.rest = &self.rest[length..];
        Some(word)
    }
}

/// A letter or a small Roman number as lists use them.
fn letter_of(letter: &str) -> Option<&str> {
    let small = letter.bytes().all(|byte| byte.is_ascii_lowercase());
    (small && (letter.len() == 1 || letter.len() <= 4 && is_roman(letter))).then_some(letter)
}

/// The paragraphs of the dialogue section by number, as ranges of lines.
pub(super) struct Dialogue<'l, 't> {
    lines: &'l [Line<'t>],
    paragraphs: BTreeMap<u32, (usize, usize)>,
}

impl<'l, 't> Dialogue<'l, 't> {
    pub(super) fn new(lines: &'l [Line<'t>]) -> Dialogue<'l, 't> {
        let mut paragraphs: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        let mut last = 0;
        for (at, line) in lines.iter().enumerate() {
            let Some(number) = Number::at_start(line.text) else { continue };
            let n = number.paragraph;
            // one may be lost; the table of contents has no such sequence
            if number.item.is_none() && number.dotted && n > last && n <= last + 2 {
                if let Some(open) = paragraphs.get_mut(&last) {
                    open.1 = at;
                }
                paragraphs.insert(n, (at, lines.len()));
                last = n;
            }
        }
        Dialogue { lines, paragraphs }
    }

    /// The text of a paragraph without its number, and its row.
    fn paragraph(&self, n: u32) -> Option<(String, u64)> {
        let &(start, end) = self.paragraphs.get(&n)?;
        let text = join(&self.lines[start..end], LONGEST_ITEM)?;
        let number = Number::at_start(&text)?;
        let text = text[number.length..].split_whitespace().collect::<Vec<_>>().join(" ");
        Some((text, self.lines[start].row))
    }

    /// The text that a reference leads to, the State that said it, and its row.
    pub(super) fn find(
        &self,
        reference: &Reference,
        reviewed: Option<&StateName>,
    ) -> Option<(String, Option<StateName>, u64)> {
        let (text, row) = self.paragraph(reference.paragraph)?;
        let found = match reference.letters.first() {
            Some(first) => match lettered(&text, first) {
                Some(part) => {
                    let inner = reference.letters.get(1).and_then(|roman| lettered(part, roman));
                    inner.unwrap_or(part).to_string()
                }
                None => counted(&text, first)?,
            },
            None => recommending(&text, reference.last_sentence),
        };
        let state = speaker(&text, reviewed);
        (!found.is_empty()).then_some((found, state, row))
    }
}

/// The text behind `(b)`: to the next letter, or to the end of the sentence.
fn lettered<'t>(text: &'t str, letter: &str) -> Option<&'t str> {
    let mark = format!("({letter})");
    let start = text.find(&mark)? + mark.len();
    let rest = &text[start..];
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        if is_sentence_end(rest, at, c) || c == '(' && is_next_letter(&rest[at + 1..], letter) {
            end = at;
            break;
        }
    }
    let part = rest[..end].trim();
    let part = part.strip_suffix(" and").or(part.strip_suffix(" or")).unwrap_or(part);
    Some(part.trim_end_matches([';', ',', ' ']))
}

/// Whether a bracket's content is a letter that comes after `letter`: `article 2 (a)` in the text of (b) is not.
fn is_next_letter(rest: &str, letter: &str) -> bool {
    /// `viii` and the bracket.
    const LONGEST: usize = 5;
    let Some(close) = rest.bytes().take(LONGEST).position(|byte| byte == b')') else { return false };
    let Some(next) = letter_of(&rest[..close]) else { return false };
    let roman = next.len() > 1 || next == "i" && letter < "h";
    next > letter && (!roman || is_roman(letter))
}

/// The recommendation that a letter counts where the paragraph has no letters: `74 (b)` is the second that is asked.
fn counted(text: &str, letter: &str) -> Option<String> {
    let nth = usize::from(letter.bytes().next()?.checked_sub(b'a')?);
    let asked = sentences(text).into_iter().filter(|sentence| sentence.contains("recommend"));
    let asked: Vec<&str> = asked.collect();
    if asked.is_empty() {
        return None;
    }
    Some(asked.get(nth).map_or_else(|| asked.join(" "), |sentence| sentence.to_string()))
}

fn is_sentence_end(text: &str, at: usize, c: char) -> bool {
    let after = &text[at + c.len_utf8()..];
    c == '.'
        && (after.is_empty()
            || after.starts_with(' ')
                && after.trim_start().starts_with(|c: char| c.is_uppercase() || c == '“'))
        && !text[..at].ends_with(" No")
}

/// The sentences of a text, without cutting at `No. 5`.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_sentence_end(text, at, c) {
            sentences.push(text[start..=at].trim());
            start = at + 1;
        }
    }
    if !text[start..].trim().is_empty() {
        sentences.push(text[start..].trim());
    }
    sentences
}

/// The sentences that recommend something, or the last, or all where none does.
fn recommending(text: &str, last: bool) -> String {
    let sentences = sentences(text);
    if let Some(only) = sentences.last().filter(|_| last) {
        return only.to_string();
    }
    let asks =
        ["recommend", "suggest", "encourag", "urge", "call", "invit", "propose", "request", "ask", "should"];
    let chosen: Vec<&str> = sentences
        .iter()
        .copied()
        .filter(|sentence| asks.iter().any(|word| sentence.contains(word)))
        .collect();
    if chosen.iter().any(|sentence| sentence.contains("recommend")) {
        let chosen: Vec<&str> = chosen
            .into_iter()
            .filter(|sentence| sentence.contains("recommend") || sentence.contains("should"))
            .collect();
        return chosen.join(" ");
    }
    if chosen.is_empty() { text.to_string() } else { chosen.join(" ") }
}

/// The State that speaks in a paragraph: `France congratulated ...`, `Noting the progress of Mali, Peru also asked ...`.
/// It is not the State under review.
fn speaker(text: &str, reviewed: Option<&StateName>) -> Option<StateName> {
    /// As many words as a long paragraph has.
    const LOOKED_AT: usize = 400;
    /// The words of the longest name.
    const LONGEST: usize = 9;
    let words: Vec<&str> = text.split(' ').take(LOOKED_AT).collect();
    let mut named = None;
    let mut start = 0;
    while start < words.len() {
        let longest = words.len().min(start + LONGEST);
        let found = (start + 1..=longest).rev().find_map(|end| {
            let name = words[start..end].join(" ");
            let name = name.trim_end_matches([',', '.', ';', ':']);
            (words[start].starts_with(|c: char| c.is_uppercase()) && State::resolve(name).is_some())
                .then(|| (end, StateName::new(name)))
        });
        let Some((end, name)) = found else {
            start += 1;
            continue;
        };
        if reviewed.is_none_or(|reviewed| !reviewed.is_same(&name)) {
            let verb = words[end..].iter().find(|word| !["also", "further", "then"].contains(*word));
            if start < 2 || verb.is_some_and(|verb| verb.ends_with("ed") || *verb == "made") {
                return Some(name);
            }
            named = named.or(Some(name));
        }
        start = end;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_paragraphs() {
        let numbers = |sentence: &str| -> Vec<String> {
            references(sentence, 80).iter().map(Reference::number).collect()
        };
        assert_eq!(
            numbers(
                "The recommendations in paragraphs 23 (a), 45 (b) and (c), 56, last sentence, and 63 above"
            ),
            ["23 (a)", "45 (b)", "45 (c)", "56", "63"]
        );
        assert_eq!(
            numbers("recommendations in paragraphs 33 (a, b), 68 (d) (i); and 7(a) above"),
            ["33 (a)", "33 (b)", "68 (d) (i)", "7 (a)"]
        );
        assert_eq!(numbers("recommendations in paragraphs 81.3 and 95 above"), Vec::<String>::new());
        assert_eq!(numbers("recommendations Nos. 1 and 2 in paragraph 64 above"), Vec::<String>::new());
        assert_eq!(
            numbers("on recommendation 81.1 it refers to its responses in paragraph 64"),
            Vec::<String>::new()
        );
        assert_eq!(numbers("the remarks in paragraph 12 of the report"), ["12"]);
    }

    #[test]
    fn letters_in_a_paragraph() {
        let text = "Peru asked that it (a) ratify OP-CAT, and (b) abolish it. It (c) said so. Then it left.";
        assert_eq!(lettered(text, "a"), Some("ratify OP-CAT"));
        assert_eq!(lettered(text, "b"), Some("abolish it"));
        assert_eq!(lettered(text, "c"), Some("said so"));
        assert_eq!(lettered(text, "d"), None);
        assert_eq!(
            counted("A asked. B recommended x. C recommended y.", "b").as_deref(),
            Some("C recommended y.")
        );
        let speaks = |text: &str| speaker(text, Some(&StateName::new("Mali"))).map(|state| state.iso3());
        assert_eq!(speaks(text), Some("PER"));
        assert_eq!(
            speaks("Noting the progress of Mali with Chad, Sri Lanka also asked for more."),
            Some("LKA")
        );
        assert_eq!(speaks("Mali replied."), None);
    }
}
