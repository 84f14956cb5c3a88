//! Brackets that name recommending States: `Ratify it (Spain, Peru)`.
//!
//! The table of States decides: `(2005)` and `(ICRMW)` are part of the text. How many unknown names a bracket may hold
//! differs by the kind of document ([`Policy`]); where a text is cut is decided by the reader of that document.

use super::cache::NameCache;
use super::cells;
use crate::state::StateName;
use crate::text::line::one_line;
use crate::text::pattern::patterns;
use std::borrow::Cow;

/// One recommendation of those under a number: its text without the brackets that close it, and its States.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) states: Vec<StateName>,
}

/// A bracket of States, or several side by side: where they begin and end.
#[derive(Debug)]
pub(super) struct Bracket {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) states: Vec<StateName>,
}

/// Adds a bracket to those before it: to the last one, where what is between them only separates.
pub(super) fn add(found: &mut Vec<Bracket>, bracket: Bracket, text: &str, separates: fn(&str) -> bool) {
    match found.last_mut().filter(|last| separates(&text[last.end..bracket.start])) {
        Some(beside) => {
            beside.end = bracket.end;
            beside.states.extend(bracket.states);
        }
        None => found.push(bracket),
    }
}

/// When a bracket names recommending States, though not all names in it are known.
#[derive(Debug, Clone, Copy)]
pub(super) enum Policy {
    /// In a report: unknown names look like names, and are no more than the known ones.
    Report,
    /// In a thematic list: one name is known, and all are unless the bracket ends the text.
    List {
        /// Whether nothing follows the bracket.
        at_the_end: bool,
    },
    /// At the end of a cell: most names are known; a misspelt one is reported as unresolved.
    Cell,
}

/// The States that the content of a bracket names; none where it names something else.
pub(super) fn states(content: &str, cache: &mut NameCache, policy: Policy) -> Option<Vec<StateName>> {
    let names = match policy {
        Policy::Report => {
            // letters of a script without capitals are no small letters
            let small = |c: char| !c.is_alphabetic() || c.is_lowercase();
            if content.chars().all(small) && !content.contains(',') && content.len() > 60 {
                return None;
            }
            let content = one_line(content);
            let content = match content.find("on behalf of") {
                Some(at) => content[..at].trim_end_matches([' ', ',']),
                None => content.trim(),
            };
            cells::states(content, cache).into_iter().flat_map(parted).collect()
        }
        Policy::List { .. } | Policy::Cell => cells::states(content, cache),
    };
    // `Virgin Islands (British)` can be nothing but a name, though no State has it
    let is_known = |name: &&StateName| name.state.is_some() || cells::is_another_name(&name.given);
    let known = names.iter().filter(is_known).count();
    let unknown = names.len() - known;
    let fits = match policy {
        Policy::Report => {
            unknown <= known && names.iter().all(|name| name.state.is_some() || is_name(&name.given))
        }
        Policy::List { at_the_end } => unknown == 0 || at_the_end,
        Policy::Cell => unknown < known,
    };
    (known > 0 && fits).then_some(names)
}

/// The text with its marks as in English where it has those of Arabic or Chinese: the brackets that name States, and the
/// semicolons and full stops that close a recommendation after them, without marks of direction. All others stay.
pub(super) fn with_usual_marks<'t>(text: &'t str, cache: &mut NameCache) -> Cow<'t, str> {
    patterns! {
        MARKED = r"[(（]([^()（）]*)[)）]((?:\s*[؛；。،，;.\u{202a}-\u{202e}\u{200e}\u{200f}])*)";
    }
    if !text.contains(['（', '）', '؛', '；', '。', '،', '，', '\u{202c}', '\u{200f}']) {
        return Cow::Borrowed(text);
    }
    let mut usual = String::with_capacity(text.len());
    let mut end = 0;
    for mark in MARKED.captures_iter(text) {
        let (whole, inside, after) = (mark.get_match(), &mark[1], &mark[2]);
        if states(inside, cache, Policy::Report).is_some() {
            usual.push_str(&text[end..whole.start()]);
            let after = if after.contains(['؛', '；', '。', '،', '，', ';', '.']) { ";" } else { "" };
            usual.extend(["(", inside, ")", after]);
            end = whole.end();
        }
    }
    usual.push_str(&text[end..]);
    Cow::Owned(usual)
}

/// The pairs of round brackets, in the order of their ends, and the last bracket that is not closed.
pub(super) fn pairs(text: &str) -> (Vec<(usize, usize)>, Option<usize>) {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open.push(at),
            b')' => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
    }
    (pairs, open.pop())
}

/// `Chile Egypt`, with the comma lost, is two States.
fn parted(name: StateName) -> Vec<StateName> {
    /// No two names have more words together.
    const MAX_WORDS: usize = 12;
    if name.state.is_none() && name.given.split_whitespace().count() <= MAX_WORDS {
        for (at, _) in name.given.match_indices(' ') {
            let two = [StateName::new(&name.given[..at]), StateName::new(&name.given[at + 1..])];
            if two.iter().all(|name| name.state.is_some()) {
                return two.into();
            }
        }
    }
    vec![name]
}

/// Whether an unknown name could be that of a State: capitals at its words, no digits, no abbreviation.
pub(super) fn is_name(given: &str) -> bool {
    /// `Democratic People's Republic of Korea` has five.
    const MAX_WORDS: usize = 6;
    let words: Vec<&str> = given.split_whitespace().collect();
    let small = ["of", "the", "and", "de", "la"];
    (1..=MAX_WORDS).contains(&words.len())
        && given.chars().filter(|c| c.is_lowercase()).count() > 2
        && !given.contains(|c: char| c.is_ascii_digit())
        && words.iter().all(|word| {
            small.contains(word) || word.trim_start_matches('(').starts_with(|c: char| c.is_uppercase())
        })
}

/// The words in brackets at the end of a text, if they look like a name.
pub(super) fn name_at_the_end(text: &str) -> Option<&str> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | '؛' | '；'));
    let (_, name) = end.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    let name = name.trim();
    let is_name = name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && name.chars().any(|c| c.is_alphabetic() && !c.is_uppercase());
    (is_name && !name.contains(|c: char| c.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_by_policy() {
        let list = |at_the_end| Policy::List { at_the_end };
        for (content, policy, expected) in [
            ("Spain, Peru", Policy::Report, 2),
            ("Chile Egypt", Policy::Report, 2),
            ("Norway on behalf of the Nordic States", Policy::Report, 1),
            ("Spain, Atlantis", Policy::Report, 2),
            ("Spain, ICRMW", Policy::Report, 0),
            ("Spain, Atlantis", list(true), 2),
            ("Spain, Atlantis", list(false), 0),
            ("Spain, Atlantis", Policy::Cell, 0),
            ("Spain, Peru, Atlantis", Policy::Cell, 3),
            ("Atlantis", list(true), 0),
            ("2005", Policy::Cell, 0),
        ] {
            let found = states(content, &mut NameCache::default(), policy).map_or(0, |states| states.len());
            assert_eq!(found, expected, "{content} {policy:?}");
        }
    }

    #[test]
    fn pairs_of_brackets() {
        assert_eq!(pairs("a (b (c)) d) (e"), (vec![(5, 7), (2, 8)], Some(13)));
    }
}
