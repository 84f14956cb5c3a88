//! A header that stands below titles, as Excel saves a sheet with a heading: `Kenya, third cycle;;;`.

use super::{MAX_COLUMNS, end_of_record, fields, reader};
use crate::text::line::head;
use csv::StringRecord;

/// Titles, dates and notes stand above a header, in no more than a few rows.
const HEADER_WITHIN: usize = 50;

/// As many bytes hold them.
const HEADER_WITHIN_BYTES: usize = 64 << 10;

/// A header below titles.
pub(super) struct Below {
    pub(super) delimiter: u8,
    pub(super) headers: Vec<String>,
    /// Where it begins and ends in the text.
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// The row that is most likely the header: one that `is_header` takes before others, then that with the most `known`
/// names, the first of equals. Nothing where no row is better than the first; a row that is better and no header is what
/// a message should show.
pub(super) fn header_below(
    text: &str,
    delimiters: &[u8],
    known: impl Fn(&[String]) -> usize,
    is_header: impl Fn(&[String]) -> bool,
) -> Option<Below> {
    let text = head(text, HEADER_WITHIN_BYTES);
    let mut best: Option<((bool, usize), Below)> = None;
    for &delimiter in delimiters {
        let mut reader = reader(text, delimiter);
        let mut record = StringRecord::new();
        let mut at = 0;
        for _ in 0..HEADER_WITHIN {
            let begin = text.len() - text[at..].trim_start_matches(['\r', '\n']).len();
            match reader.read_record(&mut record) {
                Ok(true) => at = end_of_record(text, &reader),
                _ => break,
            }
            // what is cut off at the end is no row
            if record.len() > MAX_COLUMNS || (at == text.len() && !text.ends_with(['\r', '\n'])) {
                continue;
            }
            let headers = fields(&record);
            let score = (is_header(&headers), known(&headers));
            if score > best.as_ref().map_or((false, 0), |(score, _)| *score) {
                best = Some((score, Below { delimiter, headers, begin, end: at }));
            }
        }
    }
    best.map(|(_, below)| below)
}
