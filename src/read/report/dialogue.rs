//! Looks up what a report lists by reference, in the paragraphs of the dialogue section.
//!
//! Letters mark the recommendations there: `France recommended that it (a) adopt ...`. Where the reference has no
//! letter, the sentences that recommend something are taken. The State is the one that the paragraph begins with.

use super::super::brackets::Part;
use super::super::ellipsis;
use super::blocks::MAX_ITEM_BYTES;
use super::lines::{Line, join};
use super::numbers::Number;
use super::references::{Reference, is_roman, letter_of};
use crate::state::{State, StateName};
use crate::text::line::{Sentences, one_line};
use std::collections::BTreeMap;

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
        let text = join(&self.lines[start..end], MAX_ITEM_BYTES)?;
        let number = Number::at_start(&text)?;
        let text = one_line(&text[number.length..]).into_owned();
        Some((text, self.lines[start].row))
    }

    /// The text that a reference leads to with the State that said it, and its row.
    pub(super) fn find(&self, reference: &Reference, reviewed: Option<&StateName>) -> Option<(Part, u64)> {
        let (text, row) = self.paragraph(reference.paragraph)?;
        let found = match &reference.letters[..] {
            [] => recommending(&text, reference.last_sentence),
            [first, further @ ..] => match lettered(&text, first) {
                Some(part) => further
                    .first()
                    .and_then(|roman| listed(part, roman))
                    .unwrap_or_else(|| with_shared_words(&text, first, part)),
                None => counted(&text, first)?,
            },
        };
        let states = speaker(&text, reviewed).into_iter().collect();
        (!found.is_empty()).then_some((Part { text: found, states }, row))
    }
}

/// The text behind `(b)`: to the next letter, or to the end of the sentence.
fn lettered<'t>(text: &'t str, letter: &str) -> Option<&'t str> {
    let mark = format!("({letter})");
    let start = text.find(&mark)? + mark.len();
    let rest = &text[start..];
    let ends = |(at, c): &(usize, char)| {
        SENTENCES.ends_at(rest, *at, *c) || *c == '(' && is_next_letter(&rest[at + 1..], letter)
    };
    let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
    let part = rest[..end].trim();
    let part = part.strip_suffix(" and").or(part.strip_suffix(" or")).unwrap_or(part);
    Some(part.trim_end_matches([';', ',', ' ']))
}

/// The text behind `(ii)` in that of `(a)`, with the words before the list: `ratify (i) CED and (ii) OP-CAT`.
fn listed(part: &str, roman: &str) -> Option<String> {
    let inner = lettered(part, roman)?;
    let shared = part[..part.find("(i)")?].trim();
    Some(format!("{shared} {inner}").trim().to_string())
}

/// The text of a letter, with the verb that it shares with the letters before: `(a) sign CED, (b) OP-CAT`.
fn with_shared_words(text: &str, letter: &str, part: &str) -> String {
    let mut part = part.to_string();
    if let [letter @ b'b'..=b'z'] = letter.as_bytes() {
        let before =
            (b'a'..*letter).filter_map(|before| lettered(text, (before as char).encode_utf8(&mut [0; 4])));
        let mut before: Vec<String> = before.map(str::to_string).collect();
        ellipsis::complete(before.iter_mut().chain([&mut part]));
    }
    part
}

/// Whether a bracket's content is a letter that comes after `letter`: `article 2 (a)` in the text of (b) is not.
fn is_next_letter(rest: &str, letter: &str) -> bool {
    /// `viii` and the bracket.
    const MAX_LETTER_BYTES: usize = 5;
    let Some(close) = rest.bytes().take(MAX_LETTER_BYTES).position(|byte| byte == b')') else { return false };
    let Some(next) = letter_of(&rest[..close]) else { return false };
    let roman = next.len() > 1 || next == "i" && letter < "h";
    next > letter && (!roman || is_roman(letter))
}

/// The recommendation that a letter counts where the paragraph has no letters: `74 (b)` is the second that is asked.
fn counted(text: &str, letter: &str) -> Option<String> {
    let nth = usize::from(letter.bytes().next()?.checked_sub(b'a')?);
    let asked: Vec<&str> = SENTENCES.split(text).filter(|sentence| sentence.contains("recommend")).collect();
    let all = || (!asked.is_empty()).then(|| asked.join(" "));
    asked.get(nth).map(|sentence| sentence.to_string()).or_else(all)
}

/// A full stop ends a sentence before a capital letter, but not that of `No. 5`.
pub(super) const SENTENCES: Sentences =
    Sentences { marks: &['.'], abbreviations: &[" No"], next: Some('“') };

/// The sentences that recommend something, or the last, or all where none does.
fn recommending(text: &str, last: bool) -> String {
    let sentences: Vec<&str> = SENTENCES.split(text).collect();
    if let Some(only) = sentences.last().filter(|_| last) {
        return only.to_string();
    }
    let with = |words: &[&str]| -> Vec<&str> {
        let says = |sentence: &&str| words.iter().any(|word| sentence.contains(word));
        sentences.iter().copied().filter(says).collect()
    };
    let mut chosen = with(&[
        "recommend",
        "suggest",
        "encourag",
        "urge",
        "call",
        "invit",
        "propose",
        "request",
        "ask",
        "should",
    ]);
    if chosen.iter().any(|sentence| sentence.contains("recommend")) {
        chosen = with(&["recommend", "should"]);
    }
    if chosen.is_empty() { text.to_string() } else { chosen.join(" ") }
}

/// The State that speaks in a paragraph: `France congratulated ...`, `Noting the progress of Mali, Peru also asked ...`.
/// It is not the State under review.
fn speaker(text: &str, reviewed: Option<&StateName>) -> Option<StateName> {
    /// As many words as a long paragraph has.
    const LOOKED_AT: usize = 400;
    /// The words of the longest name.
    const MAX_NAME_WORDS: usize = 9;
    let words: Vec<&str> = text.split(' ').take(LOOKED_AT).collect();
    let mut named = None;
    let mut start = 0;
    while start < words.len() {
        let longest = words.len().min(start + MAX_NAME_WORDS);
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
    fn letters_in_a_paragraph() {
        let text = "Peru asked that it (a) ratify OP-CAT, and (b) abolish it. It (c) said so. Then it left.";
        assert_eq!(lettered(text, "a"), Some("ratify OP-CAT"));
        assert_eq!(lettered(text, "b"), Some("abolish it"));
        assert_eq!(lettered(text, "c"), Some("said so"));
        assert_eq!(lettered(text, "d"), None);
        let marks = "Asked that it (a) do as in (a) ratify (i) CAT, (b) close; (h) plant; (i) mend.";
        assert_eq!(lettered(marks, "a"), Some("do as in (a) ratify (i) CAT"));
        assert_eq!(lettered(marks, "h"), Some("plant"));
        let list = "ratify (i) ILO Convention No. 1 and (ii) CED";
        assert_eq!(listed(list, "ii").as_deref(), Some("ratify CED"));
        assert_eq!(listed(list, "iii"), None);
        let verb = "Chad asked it to (a) ratify CAT, (b) OP-CAT, and (c) stop.";
        assert_eq!(with_shared_words(verb, "b", "OP-CAT"), "ratify OP-CAT");
        assert_eq!(with_shared_words(verb, "c", "stop"), "stop");
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
