//! A header that stands below titles, as Excel saves a sheet with a heading: `Kenya, third cycle;;;`.

use super::{Header, MAX_COLUMNS, headers};
use crate::text::line::head;

/// Titles, dates and notes stand above a header, in no more than a few rows.
const HEADER_WITHIN: usize = 50;

/// As many bytes hold them.
const HEADER_WITHIN_BYTES: usize = 64 << 10;

/// The row that is most likely the header: one that `is_header` takes before others, then that with the most `known`
/// names, the first of equals. Nothing where no row is better than the first; a row that is better and no header is what
/// a message should show.
pub(super) fn header_below(
    text: &str,
    delimiters: &[u8],
    known: impl Fn(&[String]) -> usize,
    is_header: impl Fn(&[String]) -> bool,
) -> Option<Header> {
    let text = head(text, HEADER_WITHIN_BYTES);
    let mut best: Option<((bool, usize), Header)> = None;
    for row in delimiters.iter().flat_map(|&delimiter| headers(text, delimiter).take(HEADER_WITHIN)) {
        // what is cut off at the end is no row
        if row.columns > MAX_COLUMNS || (row.end == text.len() && !text.ends_with(['\r', '\n'])) {
            continue;
        }
        let score = (is_header(&row.fields), known(&row.fields));
        if score > best.as_ref().map_or((false, 0), |(score, _)| *score) {
            best = Some((score, row));
        }
    }
    best.map(|(_, header)| header)
}
