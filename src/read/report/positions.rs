//! The position that the words of a block's introduction give.
//!
//! Most frequent: `enjoy(s|ed) (the|its) support`, `did not enjoy the support`, `will be examined`, `noted`. The
//! first of them in the text counts; `noted` only where nothing else is said, since recommendations are also
//! "noted in the report". Introductions that only say that recommendations were made give none.

use crate::recommendation::{Position, PositionGiven};
use crate::text::one_line;
use regex::Regex;
use std::sync::{Arc, LazyLock};

/// The wordings, the strong ones first. Within a text the earliest counts.
const WORDINGS: [(Position, &str); 3] = [
    (
        Position::Noted,
        r"(?:did|do|does|could|can|would|will) ?not (?:currently |yet )?(?:enjoy|receive|have|meet with|obtain)(?: (?:the|its|his))?(?: full)? support|(?:did|do|does|could|can|would|will) ?not (?:support|accept)|not enjoy(?:ed|ing)? (?:the|its) support|can ?not be (?:accepted|supported)|could not be (?:accepted|supported)|(?:are|were|was|is|been) (?:therefore )?(?:rejected|not accepted|not supported)|not enjoying|rejects|rejected by|(?:are|is) not relevant|as unacceptable|are unacceptable",
    ),
    (
        Position::Pending,
        r"will be (?:further |carefully |duly |fully |subsequently )?(?:examined|considered|reviewed|studied)|(?:will|would) (?:further |carefully )?(?:examine|consider|review|study)|(?:will|would) (?:provide|respond|give|submit|present)|(?:will|would) be (?:included|provided|submitted|presented|reflected)|(?:remain|be kept|left) pending|need (?:to be )?further",
    ),
    (
        Position::Supported,
        r"(?:enjoy|have|receive)(?:s|ed|d)? (?:of )?(?:the |its |their )?(?:full )?support|(?:are|were|have been|has been|is) (?:fully )?(?:supported|accepted)|accept(?:s|ed) the|supports the|agree(?:s|d)? (?:to|with) the",
    ),
];

const WEAK: &str = r"(?:are|be|been|were|was|is) (?:duly |also |thus |therefore )?noted|take[sn]? note|took note|has noted|notes the";

/// Said beside a position as a rule; alone, it is support.
const IMPLEMENTED: &str = r"already (?:been |being )?implemented|in the process of(?: being)? implement";

/// The patterns in the order of their strength: the wordings, then the two weak ones.
fn patterns() -> &'static [(Position, Option<Regex>)] {
    static PATTERNS: LazyLock<Vec<(Position, Option<Regex>)>> = LazyLock::new(|| {
        let weak = [(Position::Noted, WEAK), (Position::Supported, IMPLEMENTED)];
        let compile = |pattern: &str| Regex::new(&format!(r"(?i)\b(?:{pattern})")).ok();
        WORDINGS.iter().chain(&weak).map(|(position, pattern)| (*position, compile(pattern))).collect()
    });
    &PATTERNS
}

/// The position of a paragraph on all recommendations above it. Where it says that some are supported and others
/// are not, without saying which, only what it says of a later answer counts.
pub(super) fn of_all(words: &str) -> Option<PositionGiven> {
    let words = one_line(words);
    let said: Vec<(Position, &str)> = patterns()[..WORDINGS.len()]
        .iter()
        .filter_map(|(position, pattern)| Some((*position, pattern.as_ref()?.find(&words)?.as_str())))
        .collect();
    let says = |wanted: Position| said.iter().find(|(position, _)| *position == wanted);
    if says(Position::Supported).is_none() || says(Position::Noted).is_none() {
        return position(&words);
    }
    says(Position::Pending).map(|(pending, wording)| given(*pending, wording))
}

fn given(position: Position, wording: &str) -> PositionGiven {
    PositionGiven { given: Arc::from(wording), position: Some(position), stated_in: None }
}

/// The position that the words give, with the wording as it stood.
pub(super) fn position(words: &str) -> Option<PositionGiven> {
    let words = one_line(words);
    let found =
        |(position, pattern): &(Position, Option<Regex>)| Some((*position, pattern.as_ref()?.find(&words)?));
    let (strong, weak) = patterns().split_at(WORDINGS.len());
    let first = strong.iter().filter_map(found).min_by_key(|(_, wording)| wording.start());
    let (position, wording) = first.or_else(|| weak.iter().filter_map(found).next())?;
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
