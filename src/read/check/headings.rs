//! Rows of a table that are no recommendations: headers again, headings, notes.

use crate::read::cells::is_nothing;
use crate::read::column::{Column, headers_of};
use crate::read::columns::Columns;
use crate::text::key::letters_and_digits;
use crate::text::pattern::patterns;
use csv::StringRecord;

/// Headings have few words; a longer text is a recommendation of which the rest is missing.
const MAX_HEADING_WORDS: usize = 12;

patterns! {
    /// `A. Rights of women`, `IV) Justice`, `Theme: Water`.
    HEADING = r"^(?:(?:[A-Z]|[IVXLC]{1,7})[.)]\s+\S|(?i:theme|cluster|chapter|section|right or area|thème|chapitre|tema)\b)";
    /// `Source: OHCHR`, `Note: ...`.
    NOTE = r"(?i)^(?:sources?|notes?|last updated?|updated|downloaded from|exported|retrieved|copyright)\s*:|^©";
}

/// Whether a row is a second header, in other words: every filled cell is a known header.
pub(super) fn is_second_header(columns: &Columns, record: &StringRecord) -> bool {
    let text = columns.cell(Column::Text, record).map(|text| letters_and_digits(&text));
    let is_text = |text: String| headers_of(Column::Text.as_str()).any(|known| known == text);
    let filled = || record.iter().filter(|cell| !cell.trim().is_empty());
    text.is_some_and(is_text)
        && filled().count() > 1
        && filled().all(|cell| {
            let cell = letters_and_digits(cell);
            Column::ALL.iter().any(|column| headers_of(column.as_str()).any(|known| known == cell))
        })
}

/// Whether a row repeats the header.
pub(super) fn is_header_again(headers: &[String], record: &StringRecord) -> bool {
    let same = |(header, cell): (&String, &str)| header.trim().eq_ignore_ascii_case(cell.trim());
    record.len() >= headers.len()
        && headers.iter().any(|header| !header.is_empty())
        && headers.iter().zip(record.iter()).all(same)
}

/// Whether a row holds nothing but its text.
pub(super) fn is_alone(columns: &Columns, record: &StringRecord) -> bool {
    let text = columns.at(Column::Text);
    let others = record.iter().enumerate().filter(|(at, _)| Some(*at) != text);
    others.map(|(_, cell)| cell.trim()).all(is_nothing)
}

pub(super) fn is_heading(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let capitals =
        letters().count() > 3 && letters().all(|c| !c.is_lowercase()) && text.contains(char::is_uppercase);
    text.split_whitespace().count() <= MAX_HEADING_WORDS && (HEADING.is_match(text) || capitals)
}

/// Whether it is a note: `Source: OHCHR`.
pub(super) fn is_note(text: &str) -> bool {
    NOTE.is_match(text)
}
