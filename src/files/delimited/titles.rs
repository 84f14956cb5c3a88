//! A header that stands below titles, as Excel saves a sheet with a heading: `Kenya, third cycle;;;`.

use super::{Header, MAX_COLUMNS, headers};
use crate::text::line::head;

/// Titles, dates and notes stand above a header, in no more than a few rows.
const HEADER_WITHIN: usize = 50;

/// As many bytes hold them.
const HEADER_WITHIN_BYTES: usize = 64 << 10;

/// How many fields of a row hold something.
pub(crate) fn filled(fields: &[String]) -> usize {
    fields.iter().filter(|field| !field.is_empty()).count()
}

/// Whether a row is too wide for a title: `Kenya` and `third cycle` may be side by side.
pub(crate) fn is_wide(fields: &[String]) -> bool {
    filled(fields) > 2
}

/// The row that is most likely the header: one that `is_header` accepts before others, then one with two `known` names or
/// more, then one of several cells before a title `Recommendations`, the first of equals. Nothing where that is the
/// `first` row; a better row that is not a header is what a message should show.
pub(super) fn header_below(
    text: &str,
    delimiters: &[u8],
    first: &Header,
    known: impl Fn(&[String]) -> usize,
    is_header: impl Fn(&[String]) -> bool,
) -> Option<Header> {
    let text = head(text, HEADER_WITHIN_BYTES);
    let score = |fields: &[String]| {
        // of two rows that both know several columns the first is the header, and the other a second one
        let known = known(fields).min(2);
        (is_header(fields), known, filled(fields) > 1 && known > 0)
    };
    // of rows that are no header, the first with known names is shown
    let mut best = Some(score(&first.fields)).filter(|score| score.0).unwrap_or_default();
    let mut header = None;
    for row in delimiters.iter().flat_map(|&delimiter| headers(text, delimiter).take(HEADER_WITHIN)) {
        // what is cut off at the end is no row
        if row.columns > MAX_COLUMNS || (row.end == text.len() && !text.ends_with(['\r', '\n'])) {
            continue;
        }
        let score = score(&row.fields);
        if score > best {
            (best, header) = (score, Some(row));
        }
    }
    header
}
