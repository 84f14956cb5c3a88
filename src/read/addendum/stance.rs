//! The position that words give, in an addendum's manner of speaking.
//!
//! UN practice knows two answers, support and note; States also write "accept", "reject", "cannot accept", "in
//! part". A comment speaks of much else ("notes that mortality decreases", "supports families"), so there the
//! words must be said of a recommendation, or stand alone (`Supported.`). In a clause with a list of numbers, and
//! in a heading, the verb is enough.

use crate::recommendation::Position;
use crate::text::one_line;
use regex::Regex;
use std::sync::LazyLock;

/// A position and the words that gave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stance {
    pub(super) position: Position,
    pub(super) words: String,
}

/// As many characters of the words as are kept.
const LONGEST_WORDS: usize = 240;

struct Patterns {
    part: Regex,
    against: Regex,
    noted_recommendation: Regex,
    noted: Regex,
    undecided: Regex,
    pending: Regex,
    accepted_recommendation: Regex,
    accepted: Regex,
    implemented: Regex,
}

/// What an answer is said of: `the recommendation`, `these recommendations`, `it`.
const OBJECT: &str = r"(?: (?:also|fully|therefore|only|in principle|and|of|to|with|the|this|that|these|those|following|both|all|above|said|present|spirit|remaining|other|such|above-mentioned))* (?:recommendations?|rec\.|it\b|them\b)";

/// The same after "notes", which may also go on with "that it ...".
const NOTED_OBJECT: &str = r"(?: (?:also|only|of|the|this|these|those|following|both|all|above|said|present|remaining|other|such|above-mentioned))* (?:recommendations?|rec\.)";

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let new = |pattern: &str| Regex::new(&format!("(?i){pattern}")).ok();
    let status = |words: &str| format!(r"(?:^|[.;:)\]–—|-] ?)(?:\w+ly )?(?:{words})(?: ?[.;:,–—|-]|$)");
    Some(Patterns {
        part: new(
            r"\b(?:partial(?:ly)?|partly|in part)\b.{0,30}\b(?:accept|support|enjoy|agree)|\b(?:accept|support)\w*(?: [\w’']+){0,4} (?:partial(?:ly)?|partly|in part)\b|\b(?:partial|limited) (?:acceptance|support)\b|\b(?:accepts?|supports?) (?:only )?(?:the )?(?:first|second|last|former|latter) (?:part|half)|supported/noted|accepted/noted",
        )?,
        against: new(
            r"\b(?:can ?not|could not|do(?:es)? not|did not|will not|would not|unable to|not able to|not in a position to|not ready to|not prepared to|declines? to)(?:,? \w+,?){0,4}? (?:accept|support|agree|endorse|enjoy|approve|commit)\w*|\bnot (?:be |being )?(?:accepted|supported|acceptable|agreed|enjoy\w*)|\b(?:rejects?|rejected|unacceptable)\b|\bnon-accepted\b",
        )?,
        noted_recommendation: new(&format!(
            r"\b(?:notes|noted|take[sn]? note|took note|taking note){NOTED_OBJECT}|recommendations?\b.{{0,80}}\b(?:is|are|was|were|be|been) (?:\w+ )?noted|{}",
            status("noted|takes? note|taken note of")
        ))?,
        noted: new(r"\bnot(?:es|ed|ing)\b|\btak(?:es?|en|ing) note\b|\btook note\b")?,
        undecided: new(
            r"\b(?:can ?not|not able to|unable to)\b.{0,40} (?:definitive|final) (?:statement|position|answer)",
        )?,
        pending: new(
            r"\bwill be (?:\w+ )?(?:examined|considered|reviewed|studied)|\b(?:remains?|is|are) (?:still )?(?:under (?:consideration|examination|study)|pending)|\bwill (?:further |carefully )?(?:examine|consider|study|review)\b.{0,40}recommendation|\b(?:deferred|in abeyance)\b",
        )?,
        accepted_recommendation: new(&format!(
            r"\b(?:accepts?|supports?|agrees? (?:to|with)|agreed (?:to|with)|endorses?|approves?|concurs? with|accepted|supported|endorsed)\b{OBJECT}|recommendations?\b.{{0,60}}?\b(?:is|are|was|were|be|been|is also) (?:\w+ )?(?:accepted|supported|endorsed|acceptable)|\benjoys? (?:the |its |our |their |full )*support|\benjoyed (?:the |its |full )*support|{}",
            status("accept(?:s|ed)?|support(?:s|ed)?|agreed?")
        ))?,
        accepted: new(
            r"\b(?:accept(?:s|ed|ing)?|support(?:s|ed|ing)?|agree[sd]?|endorse[sd]?|approve[sd]?|acceptable)\b",
        )?,
        implemented: new(
            r"recommendation.{0,60} (?:is|are|been|already) (?:being |already |fully |largely )*implement|already (?:been )?implemented|in (?:the )?process of (?:being )?implement|implementation of (?:this|the) recommendation",
        )?,
    })
});

/// The position of a clause that holds numbers, or of a heading: the verb is enough.
pub(super) fn of_clause(words: &str) -> Option<Stance> {
    let patterns = PATTERNS.as_ref()?;
    let words = folded(words);
    let position = if patterns.part.is_match(&words) {
        Position::SupportedInPart
    } else if patterns.against.is_match(&words) {
        Position::Noted
    } else if patterns.accepted.is_match(&words) {
        Position::Supported
    } else if patterns.noted.is_match(&words) {
        Position::Noted
    } else if patterns.pending.is_match(&words) || patterns.undecided.is_match(&words) {
        Position::Pending
    } else if patterns.implemented.is_match(&words) {
        Position::Supported
    } else {
        return None;
    };
    Some(Stance { position, words: cut(&words) })
}

/// The position of a comment under a number: the words must be said of a recommendation, or stand alone. Support
/// for one part and none for another is support in part.
pub(super) fn of_comment(words: &str) -> Option<Stance> {
    let patterns = PATTERNS.as_ref()?;
    let words = folded(words);
    let (mut supported, mut noted, mut part, mut undecided) = (None, None, None, None);
    let (mut pending, mut implemented) = (None, None);
    let keep = |to: &mut Option<String>, sentence: &str| {
        to.get_or_insert_with(|| sentence.to_string());
    };
    for sentence in sentences(&words) {
        if patterns.part.is_match(sentence) {
            keep(&mut part, sentence);
            continue;
        }
        if patterns.undecided.is_match(sentence) {
            keep(&mut undecided, sentence);
            continue;
        }
        let rest = patterns.against.replace_all(sentence, "~");
        if rest != sentence || patterns.noted_recommendation.is_match(sentence) {
            keep(&mut noted, sentence);
        }
        if patterns.accepted_recommendation.is_match(&rest) {
            keep(&mut supported, sentence);
        } else if patterns.pending.is_match(sentence) {
            keep(&mut pending, sentence);
        } else if patterns.implemented.is_match(&rest) && rest == sentence {
            keep(&mut implemented, sentence);
        }
    }
    let both = |one: String, other: String| {
        let words = if one == other { one } else { format!("{one} {other}") };
        Some(Stance { position: Position::SupportedInPart, words: cut(&words) })
    };
    let one = |position, words: String| Some(Stance { position, words: cut(&words) });
    match (part, supported, noted.or(undecided.clone()), undecided, pending, implemented) {
        (Some(words), ..) => one(Position::SupportedInPart, words),
        (_, Some(words), Some(other), ..) => both(words, other),
        (_, Some(words), None, ..) => one(Position::Supported, words),
        (_, None, Some(words), Some(undecided), ..) if words == undecided => one(Position::Pending, words),
        (_, None, Some(words), ..) => one(Position::Noted, words),
        (.., Some(words), _) => one(Position::Pending, words),
        (.., Some(words)) => one(Position::Supported, words),
        _ => None,
    }
}

/// White space as single blanks.
fn folded(words: &str) -> String {
    one_line(words).into_owned()
}

/// The first sentence of a comment that takes no position.
pub(super) fn first_sentence(words: &str) -> String {
    let words = folded(words);
    cut(sentences(&words).next().unwrap_or(""))
}

/// Sentences: a full stop ends one before a blank, but not that of `No. 174`.
fn sentences(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = |(at, c): (usize, char)| {
            let after = &rest[at + c.len_utf8()..];
            let short = ["No", "Nos", "Art", "para"].iter().any(|word| rest[..at].ends_with(word));
            matches!(c, '.' | '!' | '?' | '•') && !short && (after.is_empty() || after.starts_with(' '))
        };
        let end =
            rest.char_indices().find(|&found| ends(found)).map_or(rest.len(), |(at, c)| at + c.len_utf8());
        let (sentence, after) = rest.split_at(end);
        rest = after.trim_start();
        Some(sentence)
    })
}

fn cut(words: &str) -> String {
    let around = |c: char| matches!(c, ':' | ',' | ';') || c.is_whitespace();
    let words = words.trim_start_matches('.').trim_matches(around);
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Position::{Noted, Pending, Supported, SupportedInPart};

    #[test]
    fn comments() {
        let says = |words: &str, expected: Option<Position>| {
            assert_eq!(of_comment(words).map(|stance| stance.position), expected, "{words}");
        };
        says("Ruritania accepts the recommendation and notes that it acts accordingly.", Some(Supported));
        says("The Government cannot accept this recommendation for two reasons.", Some(Noted));
        says("It does not enjoy the support of Ruritania.", Some(Noted));
        says("Ruritania takes note of this recommendation.", Some(Noted));
        says("Partially accepted. A law is being drafted.", Some(SupportedInPart));
        says("Ban it by law (Spain). Supported.", Some(Supported));
        says(
            "Ruritania accepts the recommendation on shelters. It cannot accept the recommendation on courts.",
            Some(SupportedInPart),
        );
        says("Ruritania cannot, at present, make a definitive statement.", Some(Pending));
        says("The recommendation will be examined further.", Some(Pending));
        says("It has noted that the rate falls, and supports families.", None);
        says("We consider that this recommendation is implemented.", Some(Supported));
        says("Accepted", Some(Supported));
    }

    #[test]
    fn clauses() {
        let says = |words: &str, expected: Option<Position>| {
            assert_eq!(of_clause(words).map(|stance| stance.position), expected, "{words}");
        };
        says("III. Noted recommendations", Some(Noted));
        says("Ruritania accepts the recommendations", Some(Supported));
        says("do not enjoy the support of Ruritania", Some(Noted));
        says("are supported in part", Some(SupportedInPart));
        says("See recommendation", None);
    }
}
