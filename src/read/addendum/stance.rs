//! The position that words give, in an addendum's manner of speaking.
//!
//! UN practice knows two answers, support and note; States also write "accept", "reject", "cannot accept", "in
//! part". A comment speaks of much else ("notes that mortality decreases", "supports families"), so there the
//! words must be said of a recommendation, or stand alone (`Supported.`). In a clause with a list of numbers, and
//! in a heading, the verb is enough.

use crate::files::bundled::bundled_rows;
use crate::recommendation::Position;
use crate::text::line::{Sentences, one_line};
use regex::Regex;
use std::sync::LazyLock;

/// A position and the words that gave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stance {
    pub(super) position: Position,
    pub(super) words: String,
}

/// As many characters of the words as are kept.
const MAX_WORDS_CHARS: usize = 240;

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

/// `<object>` in `stance.csv`, what an answer is said of: `the recommendation`, `these recommendations`, `it`.
const OBJECT: &str = r"(?x: (?:\x20(?:
    also|fully|therefore|only|in\x20principle|and|of|to|with|the|this|that|these|those|following|both|all|above|said
    |present|spirit|remaining|other|such|above-mentioned
    ))* \x20(?:recommendations?|rec\.|it\b|them\b))";

/// `<noted object>`, the same after "notes", which may also go on with "that it ...".
const NOTED_OBJECT: &str = r"(?x: (?:\x20(?:
    also|only|of|the|this|these|those|following|both|all|above|said|present|remaining|other|such|above-mentioned
    ))* \x20(?:recommendations?|rec\.))";

/// Words that stand alone, between marks: `Supported.`
fn alone(words: &str) -> String {
    format!(r"(?:^|[.;:)\]–—|-] ?)(?:\w+ly )?(?:{words})(?: ?[.;:,–—|-]|$)")
}

/// The wordings of these kinds in `stance.csv`, as one pattern.
fn wordings(kind: &str) -> String {
    let rows = bundled_rows(include_str!("stance.csv")).filter(|[known, _, _]| *known == kind);
    let wordings: Vec<&str> = rows.map(|[_, wording, _]| wording).collect();
    wordings.join("|").replace("<object>", OBJECT).replace("<noted object>", NOTED_OBJECT)
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(&format!("(?i){pattern}")).expect("patterns of the table");
    let of = |kind: &str| compile(&wordings(kind));
    let said =
        |kind: &str, by_itself: &str| compile(&format!("{}|{}", wordings(kind), alone(&wordings(by_itself))));
    Patterns {
        part: of("part"),
        against: of("against"),
        noted_recommendation: said("noted_recommendation", "noted_alone"),
        noted: of("noted"),
        undecided: of("undecided"),
        pending: of("pending"),
        accepted_recommendation: said("accepted_recommendation", "accepted_alone"),
        accepted: of("accepted"),
        implemented: of("implemented"),
    }
});

/// The position of a clause that holds numbers, or of a heading: the verb is enough.
pub(super) fn of_clause(words: &str) -> Option<Stance> {
    let (patterns, words) = (&*PATTERNS, one_line(words));
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
    let (patterns, words) = (&*PATTERNS, one_line(words));
    let mut said = Said::default();
    let keep = |to: &mut Option<String>, sentence: &str| {
        to.get_or_insert_with(|| sentence.to_string());
    };
    for sentence in SENTENCES.split(&words) {
        if patterns.part.is_match(sentence) {
            keep(&mut said.part, sentence);
            continue;
        }
        if patterns.undecided.is_match(sentence) {
            keep(&mut said.undecided, sentence);
            continue;
        }
        let rest = patterns.against.replace_all(sentence, "~");
        if rest != sentence || patterns.noted_recommendation.is_match(sentence) {
            keep(&mut said.noted, sentence);
        }
        if patterns.accepted_recommendation.is_match(&rest) {
            keep(&mut said.supported, sentence);
        } else if patterns.pending.is_match(sentence) {
            keep(&mut said.pending, sentence);
        } else if patterns.implemented.is_match(&rest) && rest == sentence {
            keep(&mut said.implemented, sentence);
        }
    }
    let (position, words) = said.answer()?;
    Some(Stance { position, words: cut(&words) })
}

/// The first sentence of a comment for each kind of answer.
#[derive(Default)]
struct Said {
    part: Option<String>,
    supported: Option<String>,
    noted: Option<String>,
    undecided: Option<String>,
    pending: Option<String>,
    implemented: Option<String>,
}

impl Said {
    /// The answer of the whole comment and the words that give it.
    fn answer(self) -> Option<(Position, String)> {
        if let Some(words) = self.part {
            return Some((Position::SupportedInPart, words));
        }
        // without a refusal, what cannot be decided yet counts as one beside support, and as pending alone
        let undecided = self.noted.is_none() && self.undecided.is_some();
        match (self.supported, self.noted.or(self.undecided)) {
            (Some(one), Some(other)) if one == other => Some((Position::SupportedInPart, one)),
            (Some(one), Some(other)) => Some((Position::SupportedInPart, format!("{one} {other}"))),
            (Some(words), None) => Some((Position::Supported, words)),
            (None, Some(words)) if undecided => Some((Position::Pending, words)),
            (None, Some(words)) => Some((Position::Noted, words)),
            (None, None) => (self.pending.map(|words| (Position::Pending, words)))
                .or(self.implemented.map(|words| (Position::Supported, words))),
        }
    }
}

/// The first sentence of a comment that takes no position.
pub(super) fn first_sentence(words: &str) -> String {
    cut(SENTENCES.split(&one_line(words)).next().unwrap_or(""))
}

/// A full stop ends a sentence before a blank, but not that of `No. 174`.
const SENTENCES: Sentences =
    Sentences { marks: &['.', '!', '?', '•'], abbreviations: &["No", "Nos", "Art", "para"], next: None };

fn cut(words: &str) -> String {
    let around = |c: char| matches!(c, ':' | ',' | ';') || c.is_whitespace();
    let words = words.trim_start_matches('.').trim_matches(around);
    match words.char_indices().nth(MAX_WORDS_CHARS) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Position::{Noted, Pending, Supported, SupportedInPart};

    #[test]
    fn every_row_of_the_table_finds_its_example() {
        for [kind, _, example] in bundled_rows(include_str!("stance.csv")) {
            let pattern = Regex::new(&format!("(?i){}", wordings(kind))).expect(kind);
            assert!(pattern.is_match(example), "{kind}: {example}");
        }
    }

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
