//! The brackets that name recommending States, and the sub-recommendations that they close.
//!
//! Brackets that name no States, such as `(OP-CAT)` or `(2005)`, are part of the text; the table of States
//! decides. Under one number are up to 19 sub-recommendations with States of their own, each closed by its
//! brackets: `Ratify OP-CAT (Spain) (Peru); accede to CED (Chile, Iran (Islamic Republic of))`. Brackets inside a
//! sentence (`To favourably (Peru)/positively (Chile) consider ...`) name States too, but close nothing.

use super::super::brackets::{self, Bracket, Part, Policy, is_name};
use super::super::cache::NameCache;
use super::super::ellipsis;
use super::numbers::may_begin_a_text;
use crate::state::StateName;
use crate::text::line::{head, one_line, tail};
use crate::text::pattern::patterns;

/// The names of States in the brackets of a report, each looked up once.
#[derive(Default)]
pub(super) struct Names(NameCache);

/// The longest bracket that is looked at: 30 States with their formal names. It bounds the work for each bracket.
pub(super) const MAX_BRACKET_BYTES: usize = 900;

/// The most brackets that are looked at under one number. Real texts have up to 122; it bounds the work for others.
const MAX_BRACKETS: usize = 400;

/// The most brackets within brackets; it keeps the work for each character bounded.
const MAX_DEPTH: i32 = 4;

impl Names {
    /// Splits the text of a number. A line break in it is a gap; what follows the last bracket after a gap is a
    /// remark of the State under review and no part of the recommendation.
    pub(super) fn parts(&mut self, text: &str) -> Vec<Part> {
        let text = &*brackets::with_usual_marks(text, &mut self.0);
        let brackets = self.brackets(text);
        let mut parts: Vec<Part> = Vec::new();
        let mut start = 0;
        let mut states: Vec<StateName> = Vec::new();
        for (at, bracket) in brackets.iter().enumerate() {
            StateName::add_new(&mut states, bracket.states.iter().cloned());
            let body = &text[start..bracket.start];
            let listed = || {
                let to_next = &text[bracket.end..brackets.get(at + 1)?.start];
                (!to_next.contains(';') && ellipsis::lists_another(body, to_next)).then_some(0)
            };
            if let Some(after) = boundary(&text[bracket.end..]).or_else(listed) {
                let body = trimmed(body);
                match parts.last_mut() {
                    Some(last) if !body.contains(char::is_alphabetic) => {
                        StateName::add_new(&mut last.states, states.drain(..));
                    }
                    _ => parts.push(Part { text: body, states: std::mem::take(&mut states) }),
                }
                start = bracket.end + after;
            }
        }
        self.finish(text, start, states, &mut parts);
        ellipsis::complete(parts.iter_mut().map(|part| &mut part.text));
        parts
    }

    /// What follows the last bracket that closed something.
    fn finish(&mut self, text: &str, start: usize, states: Vec<StateName>, parts: &mut Vec<Part>) {
        let rest = &text[start..];
        let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let before = text[..start].trim_end();
        let blanks = &text[before.len()..start + gap];
        // a sentence on a line of its own, after a full stop
        let sentence =
            blanks.contains('\r') && before.ends_with('.') && rest[gap..].starts_with(char::is_uppercase);
        let apart = blanks.contains('\n') || sentence;
        if !rest.contains(char::is_alphabetic) || (apart && states.is_empty() && !parts.is_empty()) {
            return;
        }
        match parts.last_mut() {
            Some(last) if states.is_empty() => {
                last.text = format!("{} {}", last.text, trimmed(rest)).trim().to_string();
            }
            None if states.is_empty() => {
                let (body, unknown) = unknown_at_the_end(rest);
                parts.push(Part { text: trimmed(body), states: unknown });
            }
            _ => parts.push(Part { text: trimmed(rest), states }),
        }
    }

    fn brackets(&mut self, text: &str) -> Vec<Bracket> {
        let mut found: Vec<Bracket> = Vec::new();
        let mut open = 0usize;
        // behind the last bracket, and behind the last of its States
        let (mut at, mut limit) = (0, 0);
        for _ in 0..MAX_BRACKETS {
            let Some(next) = text[at..].find(['(', ')', '[']).map(|gap| at + gap) else { break };
            at = next + 1;
            let closes = text[next..].starts_with(')');
            let bracket = match closes {
                true if open > 0 => None,
                true => self.unopened(&text[limit..next]).map(|(start, states)| (limit + start, at, states)),
                false => self.opened(&text[next..]).map(|(length, states)| (next, next + length, states)),
            };
            open = match (closes, &bracket) {
                (true, _) => open.saturating_sub(1),
                (false, Some(_)) => open,
                (false, None) => open + 1,
            };
            if let Some((start, end, states)) = bracket {
                brackets::add(&mut found, Bracket { start, end, states }, text, is_between);
                (at, limit) = (end, end);
            }
        }
        found
    }

    /// The bracket of States that opens at the start of `text`, if it is one.
    fn opened(&mut self, text: &str) -> Option<(usize, Vec<StateName>)> {
        let window = head(text, MAX_BRACKET_BYTES);
        let (mut ends, mut depth, mut balanced) = (Vec::new(), 0, None);
        for (at, c) in window.char_indices() {
            match c {
                '(' | '[' if depth == MAX_DEPTH => break,
                '(' | '[' => depth += 1,
                ')' | ']' if depth == 1 => {
                    balanced = Some(at);
                    break;
                }
                ')' | ']' => {
                    depth -= 1;
                    ends.push(at);
                }
                _ => {}
            }
        }
        /// Brackets that are not balanced are tried as far as their first few ends.
        const TRIED: usize = 3;
        for end in balanced.into_iter().chain(ends.into_iter().take(TRIED)) {
            if let Some(states) = self.states(&window[1..end]) {
                return Some((end + 1, states));
            }
        }
        // never closed: up to the next mark, or the end
        let end = window[1..].find(['(', ')', ';', '[']).map_or(window.len(), |gap| gap + 1);
        if window[end..].starts_with(')') {
            return None;
        }
        Some((end, self.states(&window[1..end])?))
    }

    /// States at the end of `text`, before a bracket that nothing opened: `... of the Child Norway)`.
    fn unopened(&mut self, text: &str) -> Option<(usize, Vec<StateName>)> {
        /// As long as the longest names.
        const WORDS: usize = 9;
        const BYTES: usize = 120;
        let (before, text) = text.split_at(text.len() - tail(text, BYTES).len());
        let begins = |at: &usize| {
            !text[*at..].starts_with(char::is_whitespace)
                && (*at == 0 || text[..*at].ends_with(char::is_whitespace))
        };
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(begins).collect();
        // a few words behind another bracket belong to it
        if starts.len() < WORDS && text.starts_with(char::is_whitespace) {
            return None;
        }
        starts[starts.len().saturating_sub(WORDS)..].iter().find_map(|&start| {
            let name = Some(&text[start..]).filter(|name| name.starts_with(char::is_uppercase))?;
            Some((before.len() + start, self.states(name)?))
        })
    }

    /// Whether a text ends with States in brackets, and so with a whole recommendation.
    pub(super) fn close(&mut self, text: &str) -> bool {
        let text = &*brackets::with_usual_marks(text, &mut self.0);
        let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | ','));
        let Some(inside) = end.strip_suffix([')', ']']) else { return false };
        let window = tail(inside, MAX_BRACKET_BYTES);
        let mut depth = 0;
        let open = window.bytes().rposition(|byte| match byte {
            b'(' | b'[' if depth == 0 => true,
            b'(' | b'[' => {
                depth -= 1;
                false
            }
            b')' | b']' => {
                depth += 1;
                false
            }
            _ => false,
        });
        open.is_some_and(|at| self.states(&window[at + 1..]).is_some())
    }

    fn states(&mut self, content: &str) -> Option<Vec<StateName>> {
        brackets::states(content, &mut self.0, Policy::Report)
    }
}

/// A bracket at the end of a number that names no known State, but stands where the State does.
fn unknown_at_the_end(text: &str) -> (&str, Vec<StateName>) {
    let end = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',') || c.is_ascii_digit());
    let inner = end.strip_suffix(')');
    // a name may have a bracket itself
    let opens = if inner.is_some_and(|inner| inner.ends_with(')')) { 1 } else { 0 };
    let opened = inner.and_then(|inner| Some((inner, inner.rmatch_indices('(').nth(opens)?.0)));
    let Some((before, name)) = opened.map(|(inner, at)| (&inner[..at], &inner[at + 1..])) else {
        return (text, Vec::new());
    };
    match name.trim() {
        // of one review of 2008, that names no States
        "None" => (before, Vec::new()),
        name if is_name(name) && name.split_whitespace().count() <= 4 => (before, vec![StateName::new(name)]),
        _ => (text, Vec::new()),
    }
}

/// Whether two brackets belong together: nothing between them but separators and footnote digits.
fn is_between(gap: &str) -> bool {
    gap.len() <= 16
        && gap
            .split(|c: char| {
                c.is_whitespace() || c.is_ascii_digit() || matches!(c, ',' | '.' | ';' | '&' | '/' | '*')
            })
            .all(|word| word.is_empty() || word == "and")
}

/// The length of what closes a sub-recommendation after its brackets, or none where the sentence goes on.
fn boundary(after: &str) -> Option<usize> {
    let mut closed = false;
    let mut blank = false;
    for (at, c) in after.char_indices() {
        match c {
            ';' | '.' => closed = true,
            ')' | ']' | '*' | '”' | '"' => {}
            // the digit of a footnote
            _ if c.is_ascii_digit() && !blank => {}
            '\n' => return Some(at),
            _ if c.is_whitespace() => blank = true,
            _ => {
                let begins = c.is_uppercase() || may_begin_a_text(c);
                return (closed && !continues(&after[at..]) || begins).then_some(at);
            }
        }
    }
    Some(after.len())
}

/// Whether words after a bracket belong to the sentence before it, whatever is between: `(Spain); in order to
/// protect all (Peru)` is not a recommendation of its own.
fn continues(words: &str) -> bool {
    patterns! {
        GOES_ON = r"(?x) ^ (?: in\ order\ (?:to|that) | including | with\ a\ view\ to | so\ as\ to | in\ particular | particularly
            | especially | notably | which | as\ well\ as\ the | as\ stipulated | as\ recommended
            | in\ (?:accordance|line|conformity)\ with ) \x20";
    }
    // a line may end within them
    GOES_ON.is_match(&head(words, 24).replace('\r', " "))
}

/// White space as single blanks, no separators at the ends.
fn trimmed(text: &str) -> String {
    let text = one_line(text);
    let start = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ';' | ',' | '.' | ')' | '•' | '–' | '-' | '*')
    });
    start.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',')).to_string()
}
