//! The States in brackets at the end of a text, for tables that have no column for them: `Ratify OP-CAT (Spain) (Peru)`.
//!
//! The table of States decides: `(2005)`, `(ICRMW)` and a bracket within the sentence are part of the text. A text that holds
//! several recommendations, `Ratify it (Spain); publish it (Peru)`, is left as written: a row cannot say which State made which.

use super::brackets::{self, Policy};
use super::cache::NameCache;
use crate::state::StateName;
use std::collections::HashMap;

/// The longest bracket that is looked at: 30 States with their formal names, as in reports. It bounds the work for each.
const MAX_BRACKET_BYTES: usize = 900;

/// The most brackets that are looked at in one text, at its end and before; real ones have up to ten.
const MAX_BRACKETS: usize = 100;

/// Where the text ends without its States, and the States; nothing where no bracket at the end names any.
pub(super) fn states(text: &str, known: &mut NameCache) -> Option<(usize, Vec<StateName>)> {
    if !text.trim_end_matches(is_closing).ends_with(')') {
        return None;
    }
    let opens: HashMap<usize, usize> =
        brackets::pairs(text).0.into_iter().map(|(open, close)| (close, open)).collect();
    // the bracket that closes before this place: where it opens, and its States
    let mut bracket = |end: usize| {
        let close = end.checked_sub(1)?;
        let open = *opens.get(&close).filter(|open| close - **open <= MAX_BRACKET_BYTES)?;
        brackets::states(&text[open + 1..close], known, Policy::Cell).map(|names| (open, names))
    };
    let mut end = text.len();
    let mut found: Vec<Vec<StateName>> = Vec::new();
    while found.len() < MAX_BRACKETS {
        let Some((open, names)) = bracket(text[..end].trim_end_matches(is_closing).len()) else { break };
        found.push(names);
        end = open;
    }
    let before = text[..end].trim_end();
    if found.is_empty() || !before.contains(char::is_alphabetic) {
        return None;
    }
    // another recommendation ends before: a bracket of States and a semicolon or full stop
    let closed = before.match_indices(')').map(|(at, _)| at + 1);
    let mut closed = closed.filter(|end| before[*end..].trim_start().starts_with([';', '.']));
    if closed.by_ref().take(MAX_BRACKETS).any(|end| bracket(end).is_some()) {
        return None;
    }
    let mut states: Vec<StateName> = Vec::new();
    StateName::add_new(&mut states, found.into_iter().rev().flatten());
    Some((before.len(), states))
}

/// Whether a text holds several recommendations: brackets of States that a semicolon or full stop closes, more words, and
/// brackets of States again.
pub(super) fn holds_several(text: &str) -> bool {
    let ends = || text.match_indices(')').map(|(at, _)| at + 1).take(MAX_BRACKETS);
    let goes_on = |end: &usize| {
        let rest = text[*end..].trim_start();
        let words = rest.strip_prefix([';', '.']).map(str::trim_start);
        words.is_some_and(|words| words.starts_with(char::is_alphabetic) && words.contains(')'))
    };
    if !ends().any(|end| goes_on(&end)) {
        return false;
    }
    let mut known = NameCache::default();
    let pairs = brackets::pairs(text).0;
    let mut of_states = |pair: &&(usize, usize)| {
        let inside = &text[pair.0 + 1..pair.1];
        inside.len() <= MAX_BRACKET_BYTES && brackets::states(inside, &mut known, Policy::Cell).is_some()
    };
    let closed: Vec<usize> = pairs.iter().filter(&mut of_states).map(|(_, close)| close + 1).collect();
    closed.iter().take(closed.len().saturating_sub(1)).any(goes_on)
}

fn is_closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_at_the_end_of_a_text() {
        for (text, expected) in [
            ("Ratify OP-CAT (Spain)", "Ratify OP-CAT [Spain]"),
            ("Ratify OP-CAT (Spain, Peru) (Chile);", "Ratify OP-CAT [Spain, Peru, Chile]"),
            ("Ratify it (Spain), (Spain).", "Ratify it [Spain]"),
            ("End it (Iran (Islamic Republic of) and Venezuela)", "End it [Iran, Venezuela]"),
            ("End it (Spain, Peru and Atlantis)", "End it [Spain, Peru, Atlantis]"),
            ("Ratify OP-CAT (2002);", ""),
            ("Join the Convention (ICRMW)", ""),
            ("End it (Atlantis)", ""),
            ("Settle the dispute (Peru) in good faith", ""),
            (
                "Settle the dispute (Peru) in good faith (Chile)",
                "Settle the dispute (Peru) in good faith [Chile]",
            ),
            ("Leave the territories (Georgia), end the occupation (Moldova) and pay", ""),
            ("Ratify OP-CAT (Spain); end impunity (Peru);", ""),
            ("(Spain)", ""),
            ("Ratify it Spain)", ""),
            ("", ""),
        ] {
            let found = states(text, &mut NameCache::default()).map(|(end, states)| {
                let names: Vec<&str> = states.iter().map(|name| name.name()).collect();
                format!("{} [{}]", &text[..end], names.join(", "))
            });
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    /// Longer than any cell is read; what takes more than linear time would be seen.
    #[test]
    fn texts_that_are_made_to_be_slow() {
        for piece in ["(1)", "(Spain)", "(Spain);", ")", "(", "a(", "(((Spain)))", "é)"] {
            let text = format!("a{}", piece.repeat(1_000_000 / piece.len()));
            states(&text, &mut NameCache::default());
        }
    }
}
