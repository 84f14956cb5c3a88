//! Reads a pattern of a codebook: `abolish* <4> (death penalty|capital punishment)`.
//!
//! The notation is explained for people in `NOTATION.md` beside this file, which is also the documentation of
//! [`codebook`](crate::code). A pattern becomes one or more [`Sequence`]s of elements; `tag::compile` puts
//! the phrases of all of them into one tree.

mod expression;

use crate::error::{Fault, quoted};
use crate::text::fold::is_apostrophe;
use crate::text::language::Language;
use crate::text::words::Words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A pattern, read and checked.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    /// It matches where one of these sequences does.
    Sequences(Vec<Sequence>),
    Regex(Expression),
}

impl Pattern {
    /// How many phrases its sequences hold, those of a list each time that it is used.
    pub(crate) fn phrases(&self) -> usize {
        match self {
            Pattern::Sequences(sequences) => {
                sequences.iter().flatten().map(|(_, element)| element.phrases.len()).sum()
            }
            Pattern::Regex(_) => 0,
        }
    }
}

/// Elements that follow each other; the gap of the first one has no meaning.
pub(crate) type Sequence = Vec<(Gap, Element)>;

/// What may stand between two elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Gap {
    Adjacent,
    /// Up to this many words, in this order, within a sentence.
    Within(usize),
    /// The same, in either order.
    EitherOrder(usize),
}

/// Any of these phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Shared, since a list of a thousand terms may be in a thousand patterns.
    pub(crate) phrases: Arc<Vec<Phrase>>,
    /// The number in its codebook of the list that this is, if it is one.
    pub(crate) list: Option<u32>,
}

impl Element {
    fn of(phrases: Vec<Phrase>) -> Element {
        Element { phrases: Arc::new(phrases), list: None }
    }
}

/// Parts that follow each other at once; a new part begins after each `*`.
pub(crate) type Phrase = Vec<Part>;

/// Words that the tagger looks for as one piece, as a line of [`Words`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Part {
    /// `" word word "`, or `" word wor"` where any ending will do.
    pub(crate) line: String,
    /// The words, counted from 0, that must be in the text with these capitals.
    pub(crate) capitals: Vec<(usize, String)>,
    /// Whether the last word may have any ending.
    pub(crate) open: bool,
}

/// Named lists of phrases, for `{name}`, and the language of all phrases.
#[derive(Debug)]
pub(crate) struct Lists {
    pub(crate) language: Language,
    pub(crate) by_name: BTreeMap<String, Element>,
    /// Whether the codebook comes with this crate.
    pub(crate) bundled: bool,
}

/// The longest pattern or term, in bytes: the longest of 5,000 that come with this crate has 585.
pub(crate) const MAX_PATTERN_BYTES: usize = 10_000;
/// The most phrases that the sequences of a pattern may hold, a list's terms each time that it is used: the
/// pattern of the bundled codebooks with the most has 800. It bounds what the ways to choose cost together.
pub(crate) const MAX_PHRASES: usize = 50_000;

/// The most words that `<n>` may span: a longer stretch is another thought, and its search would cost time.
pub(crate) const MAX_GAP_WORDS: usize = 30;
/// The most parts that a pattern may have, and the most of them that may be optional (each doubles the work). Those of the
/// bundled codebooks have at most 11, and 5.
pub(crate) const MAX_PARTS: usize = 20;
pub(crate) const MAX_OPTIONAL: usize = 6;
/// The most words that a phrase may have; those of the bundled codebooks have at most 11.
pub(crate) const MAX_WORDS: usize = 30;

struct Item {
    gap: Gap,
    element: Element,
    optional: bool,
}

pub(crate) use expression::{Expression, places};

/// Reads `pattern`; `{name}` is looked up in `lists`.
pub(crate) fn parse(pattern: &str, lists: &Lists) -> Result<Pattern, Fault> {
    let pattern = pattern.trim();
    if pattern.is_empty() {
        return wrong("an empty pattern", "words, or a regular expression between slashes");
    }
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(too_long("a pattern", pattern));
    }
    if let Some(rest) = pattern.strip_prefix('/') {
        return expression::read(rest, lists.bundled);
    }
    let mut items = Vec::new();
    let mut gap = Gap::Adjacent;
    let mut rest = pattern;
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let (element, optional, after) = match rest.as_bytes()[0] {
            b'<' => {
                let (inside, after) = enclosed(rest, '>')?;
                if gap != Gap::Adjacent || items.is_empty() {
                    return wrong(
                        format!("a gap <{inside}> with nothing before it"),
                        "words before each gap",
                    );
                }
                gap = gap_of(inside)?;
                rest = after;
                continue;
            }
            b'(' => {
                let (inside, after) = enclosed(rest, ')')?;
                let (element, optional) = choice(inside, lists)?;
                (element, optional, after)
            }
            b'{' => {
                let (name, after) = enclosed(rest, '}')?;
                (named(name, lists)?, false, after)
            }
            b')' | b'}' | b'>' | b'|' => {
                return wrong(
                    format!("{} with nothing that opens it", quoted(&rest[..1])),
                    "brackets in pairs, and | only between ( and )",
                );
            }
            _ => {
                let end = rest.find(['<', '(', '{', ')', '}', '>', '|']).unwrap_or(rest.len());
                (Element::of(vec![phrase(&rest[..end], lists.language)?]), false, &rest[end..])
            }
        };
        items.push(Item { gap, element, optional });
        gap = Gap::Adjacent;
        rest = after;
    }
    if gap != Gap::Adjacent {
        return wrong("a gap with nothing after it", "words after each gap");
    }
    if items.len() > MAX_PARTS {
        return wrong(format!("{} parts", items.len()), format!("at most {MAX_PARTS} parts in a pattern"));
    }
    sequences(items)
}

/// Reads a term of a list, or a phrase between gaps: words, some of them ending in `*`.
pub(crate) fn phrase(text: &str, language: Language) -> Result<Phrase, Fault> {
    if text.len() > MAX_PATTERN_BYTES {
        return Err(too_long("a phrase", text));
    }
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (piece, open, after) = match rest.find('*') {
            Some(star) => (&rest[..star], true, &rest[star + 1..]),
            None => (rest, false, ""),
        };
        if open {
            let stem = piece.chars().rev().take_while(|c| c.is_alphanumeric()).count();
            if stem < 2 {
                return wrong(
                    format!("{} with a * after {stem} letters", quoted(text.trim())),
                    "2 letters or more before a *",
                );
            }
            let ends_word = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '*');
            if !ends_word {
                return wrong(
                    format!("{} with a * that does not end a word", quoted(text.trim())),
                    "a * only at the end of a word",
                );
            }
        }
        parts.push(part(piece, open, language)?);
        rest = after.trim_start();
    }
    let words = text.split_whitespace().count();
    match parts.len() {
        0 => return wrong("an empty phrase", "one word at least"),
        _ if words > MAX_WORDS => {
            return wrong(format!("a phrase of {words} words"), format!("at most {MAX_WORDS} words"));
        }
        _ => {}
    }
    Ok(parts)
}

fn part(piece: &str, open: bool, language: Language) -> Result<Part, Fault> {
    let piece = piece.trim();
    let edge = [',', ';', ':', '?', '!', '•'];
    if piece.starts_with(edge) || piece.ends_with(edge) {
        return wrong(
            format!("{} with punctuation at its edge", quoted(piece)),
            "words there; a gap such as <3> passes over commas",
        );
    }
    // a possessive after a choice or a list, as in {child}'s, is a word of its own as it would be after a letter
    let possessive = piece.starts_with(is_apostrophe);
    let text = if possessive { format!("x{piece}") } else { piece.to_string() };
    let mut words = Words::of(language);
    words.split(&text);
    if possessive {
        words.words.remove(0);
        words.line.replace_range(..2, "");
    }
    if words.words.is_empty() {
        return wrong(format!("{} without a letter", quoted(piece)), "one word at least");
    }
    let capitals = words
        .words
        .iter()
        .map(|word| &text[word.start as usize..word.end as usize])
        .enumerate()
        .filter(|(_, word)| is_capitals(word))
        .map(|(index, word)| (index, word.to_string()))
        .collect();
    let mut line = words.line;
    if open {
        line.pop();
    }
    Ok(Part { line, capitals, open })
}

/// Two capital letters or more, and no small one.
fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase)
}

fn gap_of(inside: &str) -> Result<Gap, Fault> {
    let (either, number) = match inside.trim().strip_prefix('~') {
        Some(number) => (true, number),
        None => (false, inside.trim()),
    };
    match number.trim().parse() {
        Ok(words) if words <= MAX_GAP_WORDS && either => Ok(Gap::EitherOrder(words)),
        Ok(words) if words <= MAX_GAP_WORDS => Ok(Gap::Within(words)),
        _ => wrong(
            format!("the gap <{inside}>"),
            format!("a number of words from 0 to {MAX_GAP_WORDS}, such as <4> or <~4>"),
        ),
    }
}

fn choice(inside: &str, lists: &Lists) -> Result<(Element, bool), Fault> {
    let mut element: Vec<Phrase> = Vec::new();
    let mut optional = false;
    for alternative in inside.split('|').map(str::trim) {
        if alternative.is_empty() {
            optional = true;
        } else if let Some(name) = alternative.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let list = named(name, lists)?;
            if element.len() + list.phrases.len() > MAX_PHRASES {
                return Err(too_many());
            }
            element.extend(list.phrases.iter().cloned());
        } else if let Some(at) = alternative.find(['(', '<', '{', '}', '>']) {
            return wrong(
                format!("{} between ( and )", quoted(&alternative[at..=at])),
                "words or a {list} between ( and ), separated by |",
            );
        } else {
            element.push(phrase(alternative, lists.language)?);
        }
    }
    if element.is_empty() {
        return wrong("an empty choice ()", "words between ( and ), separated by |");
    }
    Ok((Element::of(element), optional))
}

fn named(name: &str, lists: &Lists) -> Result<Element, Fault> {
    lists.by_name.get(name.trim()).cloned().ok_or_else(|| {
        let known: Vec<&str> = lists.by_name.keys().map(String::as_str).collect();
        let expected = match known.as_slice() {
            [] => "no {list}, since lists.csv has none".to_string(),
            known => format!("one of the lists in lists.csv: {}", known.join(", ")),
        };
        Fault::new(format!("{{{name}}}"), expected)
    })
}

fn enclosed(rest: &str, close: char) -> Result<(&str, &str), Fault> {
    match rest.find(close) {
        Some(end) => Ok((&rest[1..end], &rest[end + 1..])),
        None => wrong(
            format!("{} that is not closed", quoted(&rest[..1])),
            format!("{} after it", quoted(&close.to_string())),
        ),
    }
}

fn wrong<T>(found: impl Into<String>, expected: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::new(found, expected))
}

fn too_long(what: &str, text: &str) -> Fault {
    Fault::new(format!("{what} of {} bytes", text.len()), format!("at most {MAX_PATTERN_BYTES}"))
}

fn too_many() -> Fault {
    let found = format!("a pattern of more than {MAX_PHRASES} phrases, its choices written out");
    Fault::new(found, "fewer choices, shorter lists or several rules")
}

/// Writes out the optional items: with each, and without it.
fn sequences(items: Vec<Item>) -> Result<Pattern, Fault> {
    let optional = items.iter().filter(|item| item.optional).count();
    if optional > MAX_OPTIONAL {
        return wrong(format!("{optional} optional choices"), format!("at most {MAX_OPTIONAL} in a pattern"));
    }
    if optional == items.len() {
        return wrong("a pattern in which everything is optional", "one part that must be there");
    }
    // each item is in every sequence, or in half of them if it is optional
    let ways = 1_usize << optional;
    let phrases =
        |item: &Item| item.element.phrases.len().saturating_mul(if item.optional { ways / 2 } else { ways });
    if items.iter().map(phrases).fold(0, usize::saturating_add) > MAX_PHRASES {
        return Err(too_many());
    }
    let mut sequences = vec![(Vec::new(), Gap::Adjacent)];
    for item in items {
        let mut next = Vec::new();
        for (sequence, carried) in sequences {
            let gap = join(carried, item.gap);
            if item.optional {
                next.push((sequence.clone(), gap));
            }
            let mut with: Sequence = sequence;
            with.push((gap, item.element.clone()));
            next.push((with, Gap::Adjacent));
        }
        sequences = next;
    }
    Ok(Pattern::Sequences(sequences.into_iter().map(|(sequence, _)| sequence).collect()))
}

/// The gap that remains where the part between two gaps is left out.
fn join(first: Gap, second: Gap) -> Gap {
    match (first, second) {
        (Gap::Adjacent, gap) | (gap, Gap::Adjacent) => gap,
        (Gap::Within(a), Gap::Within(b)) => Gap::Within((a + b).min(MAX_GAP_WORDS)),
        (Gap::EitherOrder(a) | Gap::Within(a), Gap::EitherOrder(b) | Gap::Within(b)) => {
            Gap::EitherOrder((a + b).min(MAX_GAP_WORDS))
        }
    }
}

#[cfg(test)]
mod tests;
