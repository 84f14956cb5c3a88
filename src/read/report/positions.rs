//! The position that the words of a block's introduction give.
//!
//! Most frequent: `enjoy(s|ed) (the|its) support`, `did not enjoy the support`, `will be examined`, `noted`. The
//! first of them in the text counts; `noted` only where nothing else is said, since recommendations are also
//! "noted in the report". Introductions that only say that recommendations were made give none.

use crate::recommendation::{Position, PositionGiven};
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
        r"(?:enjoy|have|receive)(?:s|ed|d)? (?:of )?(?:the |its |their )?(?:full )?support|(?:are|were|have been|has been|is) (?:fully )?(?:supported|accepted)|accept(?:s|ed) the|supports the|agree(?:s|d)? (?:to|with) the|already (?:been )?implemented|in the process of(?: being)? implement",
    ),
];

const WEAK: &str = r"(?:are|be|been|were|was|is) (?:duly |also |thus |therefore )?noted|take[sn]? note|took note|has noted|notes the";

/// The position that the words give, with the wording as it stood.
pub(super) fn position(words: &str) -> Option<PositionGiven> {
    static PATTERNS: LazyLock<Vec<(Position, Option<Regex>)>> = LazyLock::new(|| {
        let compile = |pattern: &str| Regex::new(&format!(r"(?i)\b(?:{pattern})")).ok();
        let mut patterns: Vec<(Position, Option<Regex>)> =
            WORDINGS.iter().map(|(position, pattern)| (*position, compile(pattern))).collect();
        patterns.push((Position::Noted, compile(WEAK)));
        patterns
    });
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let found =
        |(position, pattern): &(Position, Option<Regex>)| Some((*position, pattern.as_ref()?.find(&words)?));
    let (strong, weak) = PATTERNS.split_at(WORDINGS.len());
    let first = strong.iter().filter_map(found).min_by_key(|(_, wording)| wording.start());
    let (position, wording) = first.or_else(|| weak.iter().filter_map(found).next())?;
    Some(PositionGiven { given: Arc::from(wording.as_str()), position: Some(position), stated_in: None })
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
        is("In the course of the discussion, recommendations were made to X:", None);
    }
}
