//! The position that the words of a block's introduction give.
//!
//! Most frequent: `enjoy(s|ed) (the|its) support`, `did not enjoy the support`, `will be examined`, `noted`. The
//! first of them in the text counts; `noted` only where nothing else is said, since recommendations are also
//! "noted in the report". Introductions that only say that recommendations were made give none.

use crate::files::bundled::bundled_rows;
use crate::recommendation::{Position, PositionGiven};
use crate::text::line::one_line;
use regex::Regex;
use std::sync::{Arc, LazyLock};

/// The positions and their wordings in `positions.csv`. Of the strong ones, the earliest in a text counts; the weak ones
/// count in their order, where there is no strong one.
struct Wordings {
    strong: Vec<(Position, Regex)>,
    weak: Vec<(Position, Regex)>,
}

static WORDINGS: LazyLock<Wordings> = LazyLock::new(|| {
    let of = |wanted: &str| -> Vec<(Position, Regex)> {
        let mut patterns: Vec<(Position, String)> = Vec::new();
        for [strength, position, wording, _] in bundled_rows(include_str!("positions.csv")) {
            let position: Position = position.parse().expect("a position of the table");
            match patterns.last_mut() {
                _ if strength != wanted => {}
                Some((last, pattern)) if *last == position => *pattern += &format!("|{wording}"),
                _ => patterns.push((position, wording.to_string())),
            }
        }
        let compile = |(position, pattern)| {
            (position, Regex::new(&format!(r"(?i)\b(?:{pattern})")).expect("patterns of the table"))
        };
        patterns.into_iter().map(compile).collect()
    };
    Wordings { strong: of("strong"), weak: of("weak") }
});

/// The position of a paragraph on all recommendations above it. Where it says that some are supported and others
/// are not, without saying which, only what it says of a later answer counts.
pub(super) fn of_all(words: &str) -> Option<PositionGiven> {
    let words = one_line(words);
    let said = |wanted: Position| {
        let (_, pattern) = WORDINGS.strong.iter().find(|(position, _)| *position == wanted)?;
        pattern.find(&words)
    };
    if said(Position::Supported).is_none() || said(Position::Noted).is_none() {
        return position(&words);
    }
    said(Position::Pending).map(|wording| given(Position::Pending, wording.as_str()))
}

fn given(position: Position, wording: &str) -> PositionGiven {
    PositionGiven { given: Arc::from(wording), position: Some(position), stated_in: None }
}

/// The position that the words give, with the wording as it stood.
pub(super) fn position(words: &str) -> Option<PositionGiven> {
    let words = one_line(words);
    let found = |(position, pattern): &(Position, Regex)| Some((*position, pattern.find(&words)?));
    let first = WORDINGS.strong.iter().filter_map(found).min_by_key(|(_, wording)| wording.start());
    let (position, wording) = first.or_else(|| WORDINGS.weak.iter().find_map(found))?;
    Some(given(position, wording.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(words: &str, expected: Option<(Position, &str)>) {
        let found = position(words);
        let found = found.as_ref().and_then(|found| Some((found.position?, &*found.given)));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn every_row_of_the_table_finds_its_example() {
        for [_, _, wording, example] in bundled_rows(include_str!("positions.csv")) {
            assert!(Regex::new(&format!("^(?:{wording})$")).expect(wording).is_match(example), "{wording}");
        }
        assert_eq!((WORDINGS.strong.len(), WORDINGS.weak.len()), (3, 2));
    }

    #[test]
    fn introductions() {
        use Position::{Noted, Pending, Supported};
        is("They have been examined and enjoy its support:", Some((Supported, "enjoy its support")));
        is(
            "The ones below did not enjoy the support of X and are noted",
            Some((Noted, "did not enjoy the support")),
        );
        is("They will be examined by X, which will respond", Some((Pending, "will be examined")));
        is("X notes the following and will provide responses", Some((Pending, "will provide")));
        is("The following are noted by X", Some((Noted, "are noted")));
        is(
            "It enjoyed\nthe support of X, which considers it already implemented",
            Some((Supported, "enjoyed the support")),
        );
        is("They are already implemented", Some((Supported, "already implemented")));
        is(
            "They are already implemented and will be further considered",
            Some((Pending, "will be further considered")),
        );
        is("In the course of the discussion, recommendations were made to X:", None);
    }

    #[test]
    fn some_are_supported_and_others_are_not() {
        let mixed =
            "Some of these recommendations enjoy the support of X, others did not enjoy the support of X.";
        assert_eq!(of_all(mixed), None);
        let later = of_all(&format!("{mixed} The response will be included in the report."));
        assert_eq!(later.and_then(|given| given.position), Some(Position::Pending));
    }
}
