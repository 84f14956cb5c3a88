//! The position that words give, in an addendum's manner of speaking.
//!
//! UN practice knows two answers, support and note; States also write "accept", "reject", "cannot accept", "in
//! part". A comment speaks of much else ("notes that mortality decreases", "supports families"), so there the
//! words must be said of a recommendation, or be alone (`Supported.`). In a clause with a list of numbers, and
//! in a heading, the verb is enough.

use crate::files::bundled::bundled_rows;
use crate::recommendation::Position;
use crate::text::line::{Sentences, one_line};
use crate::text::pattern::patterns;
use std::borrow::Cow;

/// A position and the words that gave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stance {
    pub(super) position: Position,
    pub(super) words: String,
}

/// As many characters of the words as are kept.
const MAX_WORDS_CHARS: usize = 240;

/// `<object>` in `stance.csv`, what an answer is said of: `the recommendation`, `these recommendations`, `it`.
const OBJECT: &str = r"(?x: (?:\x20(?:
    also|fully|therefore|only|in\x20principle|and|of|to|with|the|this|that|these|those|following|both|all|above|said
    |present|spirit|remaining|other|such|above-mentioned
    ))* \x20(?:recommendations?|rec\.|it\b|them\b))";

/// `<noted object>`, the same after "notes", which may also go on with "that it ...".
const NOTED_OBJECT: &str = r"(?x: (?:\x20(?:
    also|only|of|the|this|these|those|following|both|all|above|said|present|remaining|other|such|above-mentioned
    ))* \x20(?:recommendations?|rec\.))";

/// The wordings of a kind in `stance.csv`, as one pattern.
fn wordings(kind: &str) -> String {
    let rows = bundled_rows(include_str!("stance.csv")).filter(|[known, _, _]| *known == kind);
    let wordings: Vec<&str> = rows.map(|[_, wording, _]| wording).collect();
    let pattern = wordings.join("|").replace("<object>", OBJECT).replace("<noted object>", NOTED_OBJECT);
    format!("(?i:{pattern})")
}

/// The wordings of a kind where they are alone, between marks: `Supported.`
fn alone(kind: &str) -> String {
    format!(r"(?:^|[.;:)\]–—|-] ?)(?i:\w+ly )?(?:{})(?: ?[.;:,–—|-]|$)", wordings(kind))
}

patterns! {
    PART = wordings("part");
    AGAINST = wordings("against");
    NOTED_RECOMMENDATION = format!("{}|{}", wordings("noted_recommendation"), alone("noted_alone"));
    NOTED = wordings("noted");
    UNDECIDED = wordings("undecided");
    PENDING = wordings("pending");
    ACCEPTED_RECOMMENDATION = format!("{}|{}", wordings("accepted_recommendation"), alone("accepted_alone"));
    ACCEPTED = wordings("accepted");
    IMPLEMENTED = wordings("implemented");
}

/// The position of a clause that holds numbers, or of a heading: the verb is enough.
pub(super) fn of_clause(words: &str) -> Option<Stance> {
    let words = one_line(words);
    let answers = [
        (&PART, Position::SupportedInPart),
        (&AGAINST, Position::Noted),
        (&ACCEPTED, Position::Supported),
        (&NOTED, Position::Noted),
        (&PENDING, Position::Pending),
        (&UNDECIDED, Position::Pending),
        (&IMPLEMENTED, Position::Supported),
    ];
    let (_, position) = answers.into_iter().find(|(pattern, _)| pattern.is_match(&words))?;
    Some(Stance { position, words: cut(&words) })
}

/// The position of a comment under a number: the words must be said of a recommendation, or be alone. Support
/// for one part and none for another is support in part.
pub(super) fn of_comment(words: &str) -> Option<Stance> {
    let words = one_line(words);
    let mut said = Said::default();
    for sentence in SENTENCES.split(&words) {
        if PART.is_match(sentence) {
            said.part.get_or_insert(sentence);
            continue;
        }
        if UNDECIDED.is_match(sentence) {
            said.undecided.get_or_insert(sentence);
            continue;
        }
        let rest = AGAINST.replace_all(sentence, "~");
        if rest != sentence || NOTED_RECOMMENDATION.is_match(sentence) {
            said.noted.get_or_insert(sentence);
        }
        if ACCEPTED_RECOMMENDATION.is_match(&rest) {
            said.supported.get_or_insert(sentence);
        } else if PENDING.is_match(sentence) {
            said.pending.get_or_insert(sentence);
        } else if IMPLEMENTED.is_match(&rest) && rest == sentence {
            said.implemented.get_or_insert(sentence);
        }
    }
    let (position, words) = said.answer()?;
    Some(Stance { position, words: cut(&words) })
}

/// The first sentence of a comment for each kind of answer.
#[derive(Default)]
struct Said<'w> {
    part: Option<&'w str>,
    supported: Option<&'w str>,
    noted: Option<&'w str>,
    undecided: Option<&'w str>,
    pending: Option<&'w str>,
    implemented: Option<&'w str>,
}

impl<'w> Said<'w> {
    /// The answer of the whole comment and the words that give it.
    fn answer(self) -> Option<(Position, Cow<'w, str>)> {
        // without a refusal, what cannot be decided yet counts as one beside support, and as pending alone
        let refused = self.noted.or(self.undecided);
        let (position, words) = match (self.part, self.supported, refused) {
            (Some(words), ..) => (Position::SupportedInPart, words),
            (_, Some(one), Some(other)) if one != other => {
                return Some((Position::SupportedInPart, Cow::Owned(format!("{one} {other}"))));
            }
            (_, Some(words), Some(_)) => (Position::SupportedInPart, words),
            (_, Some(words), None) => (Position::Supported, words),
            (_, None, Some(words)) if self.noted.is_none() => (Position::Pending, words),
            (_, None, Some(words)) => (Position::Noted, words),
            (_, None, None) => match self.pending {
                Some(words) => (Position::Pending, words),
                None => (Position::Supported, self.implemented?),
            },
        };
        Some((position, Cow::Borrowed(words)))
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
            let pattern = regex::Regex::new(&wordings(kind)).expect(kind);
            assert!(pattern.is_match(example), "{kind}: {example}");
        }
    }

    #[test]
    fn comments_and_clauses() {
        type Of = fn(&str) -> Option<Stance>;
        let cases: [(Of, &str, Option<Position>); 17] = [
            (
                of_comment,
                "Ruritania accepts the recommendation and notes that it acts accordingly.",
                Some(Supported),
            ),
            (of_comment, "The Government cannot accept this recommendation for two reasons.", Some(Noted)),
            (of_comment, "It does not enjoy the support of Ruritania.", Some(Noted)),
            (of_comment, "Ruritania takes note of this recommendation.", Some(Noted)),
            (of_comment, "Partially accepted. A law is being drafted.", Some(SupportedInPart)),
            (of_comment, "Ban it by law (Spain). Supported.", Some(Supported)),
            (
                of_comment,
                "Ruritania accepts the recommendation on shelters. It cannot accept the recommendation on courts.",
                Some(SupportedInPart),
            ),
            (of_comment, "Ruritania cannot, at present, make a definitive statement.", Some(Pending)),
            (of_comment, "The recommendation will be examined further.", Some(Pending)),
            (of_comment, "It has noted that the rate falls, and supports families.", None),
            (of_comment, "We consider that this recommendation is implemented.", Some(Supported)),
            (of_comment, "Accepted", Some(Supported)),
            (of_clause, "III. Noted recommendations", Some(Noted)),
            (of_clause, "Ruritania accepts the recommendations", Some(Supported)),
            (of_clause, "do not enjoy the support of Ruritania", Some(Noted)),
            (of_clause, "are supported in part", Some(SupportedInPart)),
            (of_clause, "See recommendation", None),
        ];
        for (of, words, expected) in cases {
            assert_eq!(of(words).map(|stance| stance.position), expected, "{words}");
        }
    }
}
