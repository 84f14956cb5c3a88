//! The lines of a report without what a page adds: running headers, page numbers and footnotes.
//!
//! Text comes as the supplied files have it (a paragraph a line, no pages) or as PDF readers give it (wrapped
//! lines, indented, a form feed between pages). Lines are slices: a file of one huge line costs nothing here.
//! Where to go next: [`blocks`](super::blocks) finds the numbered items in these lines.

use super::super::pages::{self, is_number, is_of_a_header, may_be_of_a_header};
use super::numbers::Number;
use crate::text::line::head;
use crate::text::pattern::patterns;

/// A line of the body, trimmed.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Line<'t> {
    pub(super) text: &'t str,
    /// The number of the line; in a text with pages, the number of the page.
    pub(super) row: u64,
    /// Whether a blank line, or a page's end, parts it from the line before.
    pub(super) apart: bool,
}

/// The longest line that can be a heading, a page number or another piece of furniture.
const MAX_FURNITURE_BYTES: usize = 160;

/// The most lines that are read; a report has 3,000. It bounds the memory that a text of short lines takes.
pub(super) const MAX_LINES: u64 = 1_000_000;

/// The lines of the body, in their order; none where there are too many.
pub(super) fn body(text: &str) -> Option<Vec<Line<'_>>> {
    let paged = text.contains('\u{c}');
    let mut lines = Vec::new();
    let mut number = 0;
    for (page, content) in text.split('\u{c}').enumerate() {
        let mut raw: Vec<(u64, &str)> = Vec::new();
        for line in pages::lines(content) {
            number += 1;
            if number > MAX_LINES {
                return None;
            }
            raw.push((if paged { page as u64 + 1 } else { number }, line.trim()));
        }
        clean(&raw, paged, &mut lines);
    }
    Some(lines)
}

/// Adds the lines of one page, or of the whole text where it has no pages.
fn clean<'t>(raw: &[(u64, &'t str)], paged: bool, lines: &mut Vec<Line<'t>>) {
    let furniture: Vec<bool> = raw.iter().map(|(_, line)| is_furniture(line)).collect();
    let filled = |at: &usize| !raw[*at].1.is_empty() && !furniture[*at];
    let first = (0..raw.len()).find(filled);
    let last = (0..raw.len()).rev().find(filled);
    let blank = |at: usize| raw.get(at).is_none_or(|(_, line)| line.is_empty()) || furniture[at];
    let mut apart = true;
    let mut at = 0;
    while at < raw.len() {
        let (row, text) = raw[at];
        let before = at == 0 || blank(at - 1);
        let ends_page = || paged && Some(at) != first && ends_page(&raw[at + 1..]);
        if text.is_empty() || furniture[at] {
            apart = true;
        } else if is_number(text)
            && (before && blank(at + 1) || paged && (Some(at) == first || Some(at) == last))
        {
            apart = true; // the number of a page
        } else if let Some(note) = footnote(text)
            && (note == Note::Certain || before && ends_page())
        {
            let to_the_end =
                note == Note::Possible || text.starts_with(|c: char| c.is_ascii_digit()) && ends_page();
            at = if to_the_end { raw.len() } else { end_of_note(raw, at) };
            apart = apart || paged;
            continue;
        } else {
            lines.push(Line { text, row, apart });
            apart = false;
        }
        at += 1;
    }
}

/// Whether the rest of a page can be footnotes: short, begun without a gap, and without a numbered paragraph. A line
/// of the body may begin with a number too (`18 years of age`).
fn ends_page(rest: &[(u64, &str)]) -> bool {
    const MAX_NOTE_LINES: usize = 60;
    rest.first().is_some_and(|(_, line)| !line.is_empty())
        && rest.len() <= MAX_NOTE_LINES
        && !rest.iter().any(|(_, line)| is_numbered(line))
}

fn is_numbered(line: &str) -> bool {
    Number::at_start(line).is_some_and(|number| number.dotted || number.item.is_some())
}

#[derive(PartialEq, Clone, Copy)]
enum Note {
    /// Its words say that it is a footnote.
    Certain,
    /// It begins like one; its place must say the rest.
    Possible,
}

/// Whether a footnote begins here: `1 The recommendation as read ...`, `** Conclusions ... not edited`, or the
/// bare mark with its text on the next line.
fn footnote(line: &str) -> Option<Note> {
    let mark = line.find(|c: char| !c.is_ascii_digit() && c != '*').unwrap_or(line.len());
    let rest = &line[mark..];
    let words = rest.trim_start();
    // `** Conclusions and recommendations have not been edited.`
    let unedited = head(words, 70).to_lowercase();
    let unedited = ["conclusions and", " not be", "edited"].iter().all(|part| unedited.contains(part));
    let marked = (1..=3).contains(&mark) && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    let stars = mark > 0 && line.bytes().all(|byte| byte == b'*');
    if unedited || stars || SAYS.is_match(words) || marked && SAYS_MARKED.is_match(words) {
        return Some(Note::Certain);
    }
    marked.then_some(Note::Possible)
}

patterns! {
    /// What a footnote says of a recommendation.
    SAYS = r"^(?i-u:the recommendation(?:,? as| was read| originally) |the text of the recommendation as |as read during )";
    /// After the mark of a footnote, less need be said.
    SAYS_MARKED = r"^(?i-u:(?:the |this )?recommendation|(?:the )?original|the text|as (?:read|stated|originally)|see )";
}

/// Where a footnote of certain words ends: with its sentence, or before the next numbered line or gap.
fn end_of_note(raw: &[(u64, &str)], start: usize) -> usize {
    /// The lines of the longest footnote that is looked for.
    const MAX_NOTE_LINES: usize = 30;
    for (at, (_, line)) in raw.iter().enumerate().skip(start).take(MAX_NOTE_LINES) {
        if at > start && (line.is_empty() || is_numbered(line)) {
            return at;
        }
        if line.len() > 4 && line.ends_with(['.', ')', '”', '"', ';']) {
            return at + 1;
        }
    }
    (start + MAX_NOTE_LINES).min(raw.len())
}

/// Whether a line is nothing but `A/HRC/16/14`, `Page 12`, `GE.11-10090` and numbers, with one of these at least.
fn is_furniture(line: &str) -> bool {
    let mut words = line.split_whitespace();
    line.len() <= MAX_FURNITURE_BYTES
        && words.clone().all(may_be_of_a_header)
        && words.clone().any(is_of_a_header)
        && (!words.any(|word| word.eq_ignore_ascii_case("page"))
            || line.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Lines as one text: `\r` between lines, `\n` at a gap, and no blank after a hyphen at a line's end,
/// which belongs to the word (471 of 554 times in real reports).
pub(super) fn join(lines: &[Line<'_>], longest: usize) -> Option<String> {
    let mut text = String::new();
    for line in lines {
        if text.len() + line.text.len() > longest {
            return None;
        }
        let hyphen = text.ends_with('-')
            && text[..text.len() - 1].ends_with(char::is_alphabetic)
            && line.text.starts_with(char::is_alphabetic);
        if !text.is_empty() && !hyphen {
            text.push(if line.apart { '\n' } else { '\r' });
        }
        if text.ends_with("\u{ad}\r") {
            text.truncate(text.len() - 3);
        }
        text.push_str(line.text);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_adds() {
        for line in
            ["A/HRC/16/14", "Page 12", "A/HRC/16/14 page 12", "GE.11-10090 (E) 240111", "12 A/HRC/16/14"]
        {
            assert!(is_furniture(line), "{line}");
        }
        let long = format!("A/HRC/16/14{}", " 1".repeat(80));
        for line in ["", "12", "Page", "Page (E)", "A/HRC/16/14 1234", "A/HRC/16/14 12345a", "Ratify", &long]
        {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn footnotes_by_their_words_and_by_their_mark() {
        let kind = |line: &str| match footnote(line) {
            Some(Note::Certain) => "certain",
            Some(Note::Possible) => "possible",
            None => "none",
        };
        for (line, expected) in [
            ("The recommendation as read during the dialogue", "certain"),
            ("12 Recommendation as read", "certain"),
            ("* As stated", "certain"),
            ("** Conclusions and recommendations will not be edited.", "certain"),
            ("Conclusions and recommendations have not been edited", "certain"),
            ("**", "certain"),
            ("1", "possible"),
            ("18 years of age", "possible"),
            ("1234 See above", "none"),
            ("18. Ratify", "none"),
            ("Recommendation as read", "none"),
            ("As stated", "none"),
            ("", "none"),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn lines_are_joined_with_their_gaps_and_without_their_hyphens() {
        for (first, second, apart, longest, expected) in [
            ("well-", "being", false, 10, Some("well-being")),
            ("2010-", "12 -", true, 99, Some("2010-\n12 -")),
            ("main\u{ad}", "tain", false, 99, Some("maintain")),
            ("a", "b", false, 2, Some("a\rb")),
            ("a", "bc", false, 2, None),
        ] {
            let lines = [Line { text: first, row: 1, apart: true }, Line { text: second, row: 1, apart }];
            assert_eq!(join(&lines, longest).as_deref(), expected, "{first} {second}");
        }
    }
}
