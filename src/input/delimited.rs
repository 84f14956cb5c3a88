//! Rows of CSV, TSV and semicolon files, none of them lost.
//!
//! The csv crate splits the records; this file finds the delimiter, numbers the rows as a spreadsheet shows
//! them, and sees to it that one unbalanced quote does not swallow the rest of a file: the line it stands in
//! is reported and reading goes on with the next line.

use csv::StringRecord;
use std::borrow::Cow;

/// A table of text, its header read.
pub(crate) struct Delimited<'t> {
    text: &'t str,
    delimiter: u8,
    pub(crate) headers: Vec<String>,
    at: usize,
    row: u64,
    reader: csv::Reader<&'t [u8]>,
    /// Where in `text` the reader began.
    origin: usize,
    /// How many more bytes may be read a second time after an unbalanced quote.
    again: usize,
}

/// One row under the header.
pub(crate) struct Row<'t> {
    /// As a spreadsheet counts: the header is row 1, a blank line is a row.
    pub(crate) number: u64,
    pub(crate) raw: Cow<'t, str>,
    pub(crate) content: Result<StringRecord, String>,
}

/// As much of a line that is too long as tells a reader which one it is.
const KEPT_OF_A_LONG_LINE: usize = 1000;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// After an unbalanced quote, lines are read again; a file made of nothing else could cost the square of its
/// length. Past this many times its length, a record with a fault is reported whole instead.
const READ_AGAIN: usize = 8;

/// The most columns of a table, as of a workbook: UHRI's export has 12, an own list may have some dozens.
const MOST_COLUMNS: usize = 1024;

/// The longest line that is read: the longest of 26,920 rows in UPR Info's export has 2,409 bytes, and whatever is
/// this long without a line end is no table.
const LONGEST_LINE: usize = 1 << 20;

impl<'t> Delimited<'t> {
    /// Opens `text`; `known` says how many of some headers the caller recognises, and so decides the delimiter.
    /// Where there is no header, it says what was found instead.
    pub(crate) fn open(
        text: &'t str,
        known: impl Fn(&[String]) -> usize,
    ) -> Result<Delimited<'t>, &'static str> {
        if too_long(text.trim_start_matches(['\r', '\n'])) {
            return Err("a first line of more than 1 MB");
        }
        let (told, start) = separator_line(text);
        let candidates: Vec<u8> = told.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let (delimiter, headers, length) = candidates
            .into_iter()
            .filter_map(|delimiter| {
                let (headers, length) = header(&text[start..], delimiter)?;
                Some((delimiter, headers, length))
            })
            // the first of equals: a comma where nothing speaks for another
            .reduce(|best, next| {
                let score = |headers: &[String]| (known(headers), headers.len());
                if score(&next.1) > score(&best.1) { next } else { best }
            })
            .ok_or("an empty file")?;
        if headers.len() > MOST_COLUMNS {
            return Err("a header of more than 1024 columns");
        }
        let blank_before = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        Ok(Delimited {
            text,
            delimiter,
            headers,
            at: start + length,
            row: line_ends(&text[start..start + blank_before]) + 1,
            reader: reader(&text[start + length..], delimiter),
            origin: start + length,
            again: text.len().saturating_mul(READ_AGAIN),
        })
    }

    /// What stands before the next record, blank lines and the end of the last one, is counted and passed over.
    fn skip_blank_lines(&mut self) {
        let rest = &self.text[self.at..];
        let mut length = 0;
        for line in rest.split_inclusive(['\r', '\n']) {
            let blank = line.trim_matches([' ', '\r', '\n']).is_empty() && line.ends_with(['\r', '\n']);
            if !blank {
                break;
            }
            length += line.len();
        }
        self.row += line_ends(&rest[..length]);
        self.at += length;
    }

    fn restart(&mut self) {
        self.origin = self.at;
        self.reader = reader(&self.text[self.at..], self.delimiter);
    }

    /// Why a record cannot stand as it was read, and whether a quote may be to blame.
    fn fault(&self, record: &StringRecord, raw: &str) -> Option<(String, bool)> {
        if !quotes_balance(raw, self.delimiter) {
            return Some((UNBALANCED.to_string(), true));
        }
        let (found, expected) = (record.len(), self.headers.len());
        let only_blanks_beyond = record.iter().skip(expected).all(|field| field.trim().is_empty());
        if found < expected || !only_blanks_beyond {
            let reason = format!("found {found} fields, expected {expected} as in the header");
            return Some((reason, false));
        }
        None
    }
}

impl<'t> Iterator for Delimited<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let ended = self.at;
        self.skip_blank_lines();
        if self.at != ended {
            // spaces alone in a line would be a record to the reader
            self.restart();
        }
        let number = self.row + 1;
        let rest = &self.text[self.at..];
        if too_long(rest) {
            let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
            let ends = if rest[length..].starts_with("\r\n") { 2 } else { rest[length..].len().min(1) };
            let beginning: String = rest.chars().take(KEPT_OF_A_LONG_LINE).collect();
            let reason = format!(
                "found a line of {length} bytes, of which the beginning is kept, expected at most {LONGEST_LINE}"
            );
            self.at += length + ends;
            self.row += 1;
            self.restart();
            return Some(Row { number, raw: Cow::Owned(beginning), content: Err(reason) });
        }
        let mut record = StringRecord::new();
        let more = match self.reader.read_record(&mut record) {
            Ok(more) => more,
            // the text is UTF-8 and rows may differ in length, so the reader has nothing to object to
            Err(error) => {
                let raw = Cow::Borrowed(&self.text[self.at..]);
                self.at = self.text.len();
                return Some(Row { number, raw, content: Err(error.to_string()) });
            }
        };
        if !more {
            return None;
        }
        let mut end = self.origin + self.reader.position().byte() as usize;
        if self.text[..end].ends_with('\r') && self.text[end..].starts_with('\n') {
            end += 1;
        }
        let raw = self.text[self.at..end].trim_end_matches(['\r', '\n']);
        let Some((reason, by_quote)) = self.fault(&record, raw) else {
            self.row += 1;
            self.at = end;
            return Some(Row { number, raw: Cow::Borrowed(raw), content: Ok(record) });
        };
        let first_line = raw.split(['\r', '\n']).next().unwrap_or(raw);
        if by_quote && first_line.len() < raw.len() && self.again > raw.len() {
            self.again -= raw.len();
            self.at += first_line.len();
            let rest = &self.text[self.at..];
            self.at += if rest.starts_with("\r\n") { 2 } else { 1 };
            self.restart();
            self.row += 1;
            return Some(Row { number, raw: Cow::Borrowed(first_line), content: Err(reason) });
        }
        self.at = end;
        self.row += 1;
        Some(Row { number, raw: Cow::Borrowed(raw), content: Err(reason) })
    }
}

/// Whether no line ends within the longest line that is read.
fn too_long(text: &str) -> bool {
    text.len() > LONGEST_LINE
        && !text.as_bytes()[..LONGEST_LINE].iter().any(|byte| matches!(byte, b'\r' | b'\n'))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The header's fields, trimmed, and the length of the text up to its end.
fn header(text: &str, delimiter: u8) -> Option<(Vec<String>, usize)> {
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => {}
        _ => return None,
    }
    let mut headers: Vec<String> = record.iter().map(|field| field.trim().to_string()).collect();
    while headers.len() > 1 && headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    let mut length = reader.position().byte() as usize;
    if text[..length].ends_with('\r') && text[length..].starts_with('\n') {
        length += 1;
    }
    Some((headers, length))
}

/// Excel writes and obeys a first line `sep=;`.
fn separator_line(text: &str) -> (Option<u8>, usize) {
    let first = text.split(['\r', '\n']).next().unwrap_or_default();
    let delimiter = match first.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => *delimiter,
        _ => return (None, 0),
    };
    // the blank lines after it count as rows, it itself does not
    let rest = &text[first.len()..];
    let ends = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
    (Some(delimiter), first.len() + ends)
}

/// The line ends in `text`: CR, LF, or both as one.
fn line_ends(text: &str) -> u64 {
    let both = text.matches("\r\n").count();
    (text.matches(['\r', '\n']).count() - both) as u64
}

const UNBALANCED: &str =
    "found an unbalanced quotation mark, expected one at each end of a field and two for each inside it";

/// Whether quotes stand as RFC 4180 says; where they don't, the csv crate would read on and change the text.
fn quotes_balance(raw: &str, delimiter: u8) -> bool {
    let bytes = raw.as_bytes();
    let mut at = 0;
    loop {
        let mut field = at;
        if bytes.get(at) == Some(&b'"') {
            match closing_quote(bytes, at + 1) {
                Some(quote) => field = quote + 1,
                None => return false,
            }
        }
        let length = bytes[field..].iter().position(|&byte| byte == delimiter);
        let end = length.map_or(bytes.len(), |length| field + length);
        if field > at && !raw[field..end].trim().is_empty() {
            return false;
        }
        if length.is_none() {
            return true;
        }
        at = end + 1;
    }
}

/// The quote that closes a field, from the first byte inside it: the first that isn't doubled.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let quote = at + bytes[at..].iter().position(|&byte| byte == b'"')?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `number:field|field` or `number!reason`.
    fn rows(text: &str) -> Vec<String> {
        let Ok(table) = Delimited::open(text, |_| 0) else {
            return vec!["no header".to_string()];
        };
        table
            .map(|row| match row.content {
                Ok(record) => format!("{}:{}", row.number, record.iter().collect::<Vec<_>>().join("|")),
                Err(reason) => format!("{}!{reason} [{}]", row.number, row.raw),
            })
            .collect()
    }

    #[test]
    fn every_delimiter_and_every_line_end() {
        for delimiter in [",", ";", "\t", "|"] {
            for end in ["\n", "\r", "\r\n"] {
                let text = ["text,from", "a b,Spain", "\"c, d\",Peru"].join(end).replace(',', delimiter);
                let quoted = format!("3:c{delimiter} d|Peru");
                assert_eq!(rows(&text), ["2:a b|Spain".to_string(), quoted], "{text:?}");
            }
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        assert_eq!(rows("a,b\n\n1,2\r\n  \r\n\r\n\"x\ny\",3\n4,5"), ["3:1|2", "6:x\ny|3", "7:4|5"]);
        assert_eq!(rows("sep=;\r\na;b\r\n1;2,3\r\n"), ["2:1|2,3"]);
        assert_eq!(rows("sep=;\r\n\r\n\r\na;b\r\n1;2\r\n"), ["4:1|2"]);
        assert_eq!(rows("sep=;"), ["no header"]);
        assert_eq!(rows("\n\na,b\n1,2"), ["4:1|2"]);
        assert_eq!(rows(""), ["no header"]);
        assert_eq!(rows("a,b,,\n1,2,,\n3,4"), ["2:1|2||", "3:3|4"]);
    }

    #[test]
    fn an_unbalanced_quote_costs_its_own_line_only() {
        assert_eq!(
            rows("a,b\n1,\"open\n2,x\n3,y"),
            [format!("2!{UNBALANCED} [1,\"open]"), "3:2|x".into(), "4:3|y".into()]
        );
        assert_eq!(
            rows("a,b\n1,\"open\n2,\"x, y\"\n3,y"),
            [format!("2!{UNBALANCED} [1,\"open]"), "3:2|x, y".into(), "4:3|y".into()]
        );
        assert_eq!(
            rows("a,b\n\"say \"no\"\",1\n3,y"),
            [format!("2!{UNBALANCED} [\"say \"no\"\",1]"), "3:3|y".into()]
        );
        assert_eq!(rows("a,b\nsay \"no\",1"), ["2:say \"no\"|1"], "harmless inside an unquoted field");
    }

    #[test]
    fn a_wrong_number_of_fields_is_a_fault() {
        assert_eq!(
            rows("a,b\n1\n1,2,3\n1,2, \n"),
            [
                "2!found 1 fields, expected 2 as in the header [1]",
                "3!found 3 fields, expected 2 as in the header [1,2,3]",
                "4:1|2| "
            ]
        );
    }

    #[test]
    fn a_line_without_end_is_no_table_and_no_row() {
        let long = "x".repeat(LONGEST_LINE + 1);
        assert_eq!(Delimited::open(&long, |_| 0).err(), Some("a first line of more than 1 MB"));
        let read = rows(&format!("a,b\n{long}\n1,2"));
        let reason =
            "found a line of 1048577 bytes, of which the beginning is kept, expected at most 1048576";
        assert!(read[0].starts_with(&format!("2!{reason} [xxx")) && read[0].len() < 2000);
        assert_eq!(read[1..], ["3:1|2"]);
    }

    #[test]
    fn nothing_but_unbalanced_quotes_takes_no_quadratic_time() {
        let line = "x\",\"y\n";
        let text = format!("a,b\n{}", line.repeat(200_000));
        let bytes: usize =
            Delimited::open(&text, |_| 0).into_iter().flatten().map(|row| row.raw.len() + 1).sum();
        assert_eq!(bytes, text.len() - "a,b\n".len(), "and nothing is lost");
    }
}
