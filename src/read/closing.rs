//! The States in brackets at the end of a text, for tables that have no column for them: `Ratify OP-CAT (Spain) (Peru)`.
//!
//! The table of States decides: `(2005)`, `(ICRMW)` and a bracket within the sentence are part of the text. A text that holds
//! several recommendations, `Ratify it (Spain); publish it (Peru)`, is left as it stands: whose is what, a row cannot say.

use super::cache::NameCache;
use super::cells;
use crate::state::StateName;

/// The longest bracket that is looked at: 30 States with their formal names, as in reports. It bounds the work for each.
const LONGEST: usize = 900;

/// The most brackets that are looked at in one text, at its end and before; real ones have up to ten.
const MOST: usize = 100;

/// Where the text ends without its States, and the States; nothing where no bracket at the end names any.
pub(super) fn states(text: &str, known: &mut NameCache) -> Option<(usize, Vec<StateName>)> {
    let mut end = text.len();
    let mut found: Vec<Vec<StateName>> = Vec::new();
    let mut looked_at = 0;
    loop {
        let head = text[..end].trim_end_matches(is_closing);
        let bracket = (looked_at < MOST).then(|| bracket(head, known)).flatten();
        let Some((start, names)) = bracket else { break };
        looked_at += 1;
        found.push(names);
        end = start;
    }
    let before = text[..end].trim_end();
    if found.is_empty() || !before.contains(char::is_alphabetic) || holds_another(before, known) {
        return None;
    }
    let mut states: Vec<StateName> = Vec::new();
    for name in found.into_iter().rev().flatten() {
        name.push_new(&mut states);
    }
    Some((before.len(), states))
}

fn is_closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';')
}

/// The bracket that a text ends with: where it opens, and its States, if they are what it names.
fn bracket(text: &str, known: &mut NameCache) -> Option<(usize, Vec<StateName>)> {
    let inner = text.strip_suffix(')')?;
    let mut from = inner.len().saturating_sub(LONGEST);
    while !inner.is_char_boundary(from) {
        from += 1;
    }
    let mut depth = 0;
    let open = inner[from..].char_indices().rev().find(|(_, c)| match c {
        ')' => {
            depth += 1;
            false
        }
        '(' if depth > 0 => {
            depth -= 1;
            false
        }
        c => *c == '(',
    });
    let open = from + open?.0;
    let names = cells::states(&inner[open + 1..], known);
    let strange = names.iter().filter(|name| name.state.is_none()).count();
    // a misspelt State among others is still one, and is listed
    (strange * 2 < names.len()).then_some((open, names))
}

/// Whether another recommendation ends before: a bracket of States and a semicolon or full stop.
fn holds_another(text: &str, known: &mut NameCache) -> bool {
    let closed = text.match_indices(')').map(|(at, _)| at + 1).filter(|end| {
        let rest = text[*end..].trim_start();
        rest.starts_with([';', '.'])
    });
    closed.take(MOST).any(|end| bracket(&text[..end], known).is_some())
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
