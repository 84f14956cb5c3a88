//! Takes apart what is under one number: `Ratify the Convention (Spain); Publish the report (Peru, Chile);`
//! are two recommendations of one paragraph.
//!
//! The table of States decides which brackets name those who recommend: `(ICRMW)` and `(2005)` don't. A bracket of
//! States and a semicolon, a comma or a full stop end one recommendation. A bracket within a sentence, `To
//! favourably (Spain)/positively (Peru) consider`, ends nothing: its States count, and the text keeps it.

use crate::read::brackets::{self, Bracket, Part, Policy};
use crate::read::cache::NameCache;
use crate::read::ellipsis;
use crate::state::StateName;

/// Nineteen are the most that were met under one number; what comes after these stays together.
const MAX_PARTS: usize = 32;

pub(super) fn parts(text: &str, cache: &mut NameCache) -> Vec<Part> {
    let brackets = of_states(text, cache);
    let mut parts: Vec<Part> = Vec::new();
    let mut from = 0;
    let mut within: Vec<StateName> = Vec::new();
    for (at, bracket) in brackets.iter().enumerate() {
        StateName::add_new(&mut within, bracket.states.iter().cloned());
        let rest = &text[bracket.end..];
        let last = at + 1 == brackets.len();
        // what follows the last States is not a recommendation of its own: nobody made it
        let ends = match last {
            true => !says_something(rest),
            false if parts.len() + 1 == MAX_PARTS => false,
            false => rest.trim_start().starts_with([';', ',', '.']),
        };
        if ends {
            // a bracket that is alone is all the text there is
            let end = if says_something(&text[from..bracket.start]) { bracket.start } else { bracket.end };
            parts.push(part(&text[from..end], std::mem::take(&mut within)));
            from = bracket.end;
        }
    }
    if says_something(&text[from..]) || parts.is_empty() {
        parts.push(part(&text[from..], within));
    }
    ellipsis::complete(parts.iter_mut().map(|part| &mut part.text));
    parts
}

fn part(text: &str, states: Vec<StateName>) -> Part {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.'));
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ','));
    Part { text: text.to_string(), states }
}

/// More than punctuation, footnote digits and a joining "and".
fn says_something(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| !word.is_empty() && word != "and")
}

fn of_states(text: &str, cache: &mut NameCache) -> Vec<Bracket> {
    let mut found: Vec<Bracket> = Vec::new();
    let mut add = |start: usize, close: usize, end: usize| {
        let policy = Policy::List { at_the_end: !says_something(&text[end..]) };
        if close - start <= MAX_BRACKET_BYTES
            && let Some(states) = brackets::states(&text[start + 1..close], cache, policy)
        {
            brackets::add(&mut found, Bracket { start, end, states }, text, |gap| !says_something(gap));
        }
    };
    let (pairs, unclosed) = outermost(text);
    let last = pairs.last().map_or(0, |(_, close)| *close);
    for (open, close) in pairs {
        add(open, close, close + 1);
    }
    if let Some(open) = unclosed.filter(|open| *open >= last) {
        add(open, text.len(), text.len());
    }
    found
}

/// A bracket of all States is some 4,000 bytes.
const MAX_BRACKET_BYTES: usize = 8192;

/// The brackets that are in no other one, and the last that is not closed.
fn outermost(text: &str) -> (Vec<(usize, usize)>, Option<usize>) {
    let (all, unclosed) = brackets::pairs(text);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (open, close) in all {
        while pairs.last().is_some_and(|(inner, _)| *inner > open) {
            pairs.pop();
        }
        pairs.push((open, close));
    }
    (pairs, unclosed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text with what it falls into, the parts with their States, separated by ` | `.
    #[test]
    fn recommendations_of_one_number() {
        let open = "(".repeat(100_000);
        for (text, expected) in [
            ("Ratify the ICRMW (Spain);", "Ratify the ICRMW [Spain]"),
            ("Ratify it (Spain) (Peru); ", "Ratify it [Spain, Peru]"),
            ("Ratify it (Spain, Iran (Islamic Republic of) and Peru).2", "Ratify it [Spain, Iran, Peru]"),
            ("Join the Convention (ICRMW) (2005)", "Join the Convention (ICRMW) (2005) []"),
            ("Ratify it (Spain, Atlantis);", "Ratify it [Spain, Atlantis]"),
            ("Ratify it (Atlantis);", "Ratify it (Atlantis) []"),
            ("Ratify it (Spain", "Ratify it [Spain]"),
            (&open, &format!("{open} []")),
            ("Ratify it.", "Ratify it. []"),
            ("Ratify the (ICRMW and join it (Spain);", "Ratify the (ICRMW and join it [Spain]"),
            ("(Spain)", "(Spain) [Spain]"),
            (
                "Ratify it (Spain); publish the report (Peru, Chile);end impunity (Ghana); ",
                "Ratify it [Spain] | publish the report [Peru, Chile] | end impunity [Ghana]",
            ),
            ("Ratify it (Spain); (Peru)", "Ratify it [Spain, Peru]"),
            ("Ratify it (Spain), and (Peru);", "Ratify it [Spain, Peru]"),
            (
                "To favourably (Spain)/positively (Peru) consider a visit (Chile)",
                "To favourably (Spain)/positively (Peru) consider a visit [Spain, Peru, Chile]",
            ),
            ("Ratify it (Spain); as pledged", "Ratify it (Spain); as pledged [Spain]"),
        ] {
            let shown = |part: Part| {
                let names: Vec<&str> = part.states.iter().map(|name| name.name()).collect();
                format!("{} [{}]", part.text, names.join(", "))
            };
            let found: Vec<String> = parts(text, &mut NameCache::default()).into_iter().map(shown).collect();
            assert_eq!(found.join(" | "), expected, "{text}");
        }
    }
}
