//! Rows of CSV, TSV and semicolon files, none of them lost.
//!
//! The csv crate splits the records; this file finds the delimiter, numbers the rows as a spreadsheet shows
//! them, and sees to it that one unbalanced quote does not swallow the rest of a file: the line it is in
//! is reported and reading goes on with the next line.

#[cfg(test)]
mod tests;
pub(crate) mod titles;

use crate::error::Fault;
use crate::text::line::head;
use csv::StringRecord;
use std::borrow::Cow;

/// A table of text, its header read.
pub(crate) struct Delimited<'t> {
    /// The fields of the header; none where a table is taken up again.
    pub(crate) headers: Vec<String>,
    /// How many rows above the header are as wide as rows of a table, and so are not titles.
    pub(crate) above: usize,
    text: &'t str,
    /// Whether the file ends with `text`. Where it doesn't, only rows are given that what follows cannot change.
    last: bool,
    /// How far the rows were given.
    pub(crate) at: usize,
    pub(crate) layout: Layout,
    reader: csv::Reader<&'t [u8]>,
    /// The stretch of `text` that the reader reads.
    origin: usize,
    limit: usize,
}

/// What is known of a table between two pieces of its text.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    fields: usize,
    delimiter: u8,
    row: u64,
    /// How many more bytes may be read a second time after an unbalanced quote.
    again: usize,
    /// A line without end that the last piece broke off.
    long: Option<LongLine>,
    /// How much is read at once; a longer record has an unbalanced quote.
    window: usize,
}

#[derive(Debug, Clone)]
struct LongLine {
    number: u64,
    beginning: String,
    length: usize,
}

/// One row under the header.
pub(crate) struct Row<'t> {
    /// As a spreadsheet counts: the header is row 1, a blank line is a row.
    pub(crate) number: u64,
    pub(crate) raw: Cow<'t, str>,
    pub(crate) content: Result<StringRecord, Fault>,
}

/// How much is shown of a line that is too long: enough to find it.
const KEPT_OF_A_LONG_LINE: usize = 1000;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// After an unbalanced quote, lines are read again; a file made of nothing else could cost the square of its
/// length. Past this many times the length read so far, a record with a fault is reported whole instead.
const READ_AGAIN: usize = 8;

/// The most columns of a table, as of a workbook: UHRI's export has 12, an own list may have some dozens.
const MAX_COLUMNS: usize = 1024;

/// The longest line that is read: the longest of 26,920 rows in UPR Info's export has 2,409 bytes, and whatever is
/// this long without a line end is no table.
const MAX_LINE_BYTES: usize = 1 << 20;

/// The longest record, of one line or several.
pub(crate) const MAX_RECORD_BYTES: usize = 2 * MAX_LINE_BYTES;

impl<'t> Delimited<'t> {
    /// Opens `text`; `known` says how many of some headers the caller recognises, and so decides the delimiter. Titles may
    /// appear above the header: one of the next rows counts if it is more like a header than the first. Where there is no
    /// header, it says what was found instead.
    pub(crate) fn open(
        text: &'t str,
        known: impl Fn(&[String]) -> usize,
        is_header: impl Fn(&[String]) -> bool,
    ) -> Result<Delimited<'t>, &'static str> {
        Delimited::open_window(text, known, is_header, MAX_RECORD_BYTES)
    }

    fn open_window(
        text: &'t str,
        known: impl Fn(&[String]) -> usize,
        is_header: impl Fn(&[String]) -> bool,
        window: usize,
    ) -> Result<Delimited<'t>, &'static str> {
        let begin = text.len() - text.trim_start_matches(['\r', '\n']).len();
        if too_long(&text[begin..]) {
            return Err("a first line of more than 1 MB");
        }
        let (told, start) = separator_line(text);
        let candidates: Vec<u8> = told.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let blank_before = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let head = &text[start..limit(text, start + blank_before, window)];
        let rows = candidates.iter().filter_map(|&delimiter| headers(head, delimiter).next());
        // the first of equals: a comma where nothing speaks for another
        let score = |header: &Header| (known(&header.fields), header.fields.len());
        let first = rows.reduce(|best, next| if score(&next) > score(&best) { next } else { best });
        let mut header = first.ok_or("an empty file")?;
        if header.fields.len() <= MAX_COLUMNS
            && let Some(below) = titles::header_below(head, &candidates, &header, known, is_header)
        {
            header = below;
        }
        if header.fields.len() > MAX_COLUMNS {
            return Err("a header of more than 1024 columns");
        }
        let layout = Layout {
            fields: header.fields.len(),
            delimiter: header.delimiter,
            row: line_ends(&text[start..start + header.begin]) + 1,
            again: window * READ_AGAIN,
            long: None,
            window,
        };
        let rows = headers(head, header.delimiter).take_while(|row| row.begin < header.begin);
        let above = rows.filter(|row| titles::is_wide(&row.fields)).count();
        Ok(Delimited { above, ..Delimited::new(header.fields, text, start + header.end, true, layout) })
    }

    /// Takes up a table where a piece of its text ended; `text` begins behind the last row that was given, and holds more
    /// than [`MAX_RECORD_BYTES`] bytes unless it is the `last` piece.
    pub(crate) fn go_on(text: &'t str, last: bool, layout: Layout) -> Delimited<'t> {
        Delimited::new(Vec::new(), text, 0, last, layout)
    }

    fn new(headers: Vec<String>, text: &'t str, at: usize, last: bool, layout: Layout) -> Delimited<'t> {
        let limit = limit(text, at, layout.window);
        let reader = reader(&text[at..limit], layout.delimiter);
        Delimited { headers, above: 0, text, last, at, layout, reader, origin: at, limit }
    }

    /// Counts and skips what is before the next record: blank lines and the end of the last one.
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
        self.layout.row += line_ends(&rest[..length]);
        self.at += length;
    }

    fn restart(&mut self) {
        (self.origin, self.limit) = (self.at, limit(self.text, self.at, self.layout.window));
        self.reader = reader(&self.text[self.at..self.limit], self.layout.delimiter);
    }

    /// A line that is too long, whose end may be in a later piece.
    fn long_line(&mut self, mut long: LongLine) -> Option<Row<'t>> {
        let rest = &self.text[self.at..];
        let Some(length) = rest.find(['\r', '\n']).or(self.last.then_some(rest.len())) else {
            long.length += rest.len();
            self.at = self.text.len();
            self.layout.long = Some(long);
            return None;
        };
        let ends = line_end(&rest[length..]);
        let found = format!("a line of {} bytes, of which the beginning is kept", long.length + length);
        let reason = Fault::new(found, format!("at most {MAX_LINE_BYTES}"));
        self.pass(length + ends);
        self.restart();
        Some(Row { number: long.number, raw: Cow::Owned(long.beginning), content: Err(reason) })
    }

    /// Goes on behind a row of this length.
    fn pass(&mut self, length: usize) {
        self.at += length;
        self.layout.row += 1;
        self.layout.again = self.layout.again.saturating_add(length.saturating_mul(READ_AGAIN));
    }

    /// Reads the next record into `record`; its end, if there is one. The text is UTF-8 and rows may differ in length, so
    /// the reader has nothing to object to.
    fn record(&mut self, record: &mut StringRecord) -> Option<usize> {
        loop {
            let more = self.reader.read_record(record).unwrap_or(false);
            let end = self.origin + self.reader.position().byte() as usize;
            // a record that reaches the end of what is read at once may go on behind it
            if end < self.limit || self.limit == self.text.len() || self.at == self.origin {
                return more.then(|| whole_line_end(self.text, end));
            }
            self.restart();
        }
    }

    /// Why a record cannot stand as it was read, and whether a quote may be to blame.
    fn fault(&self, record: &StringRecord, raw: &str) -> Option<(Fault, bool)> {
        if !quotes_balance(raw, self.layout.delimiter) {
            let expected = "one at each end of a field and two for each inside it";
            return Some((Fault::new("an unbalanced quotation mark", expected), true));
        }
        let (found, expected) = (record.len(), self.layout.fields);
        let only_blanks_beyond = record.iter().skip(expected).all(|field| field.trim().is_empty());
        if found < expected || !only_blanks_beyond {
            let fields = if found == 1 { "1 field".to_string() } else { format!("{found} fields") };
            let fault = Fault::new(fields, format!("{expected} as in the header"));
            return Some((fault, false));
        }
        None
    }
}

impl<'t> Iterator for Delimited<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        if let Some(long) = self.layout.long.take() {
            return self.long_line(long);
        }
        let ended = self.at;
        self.skip_blank_lines();
        if self.at != ended {
            // spaces alone in a line would be a record to the reader
            self.restart();
        }
        let number = self.layout.row + 1;
        let rest = &self.text[self.at..];
        // behind a record may stand the second half of its line end
        if !self.last && rest.len() <= self.layout.window + 1 {
            return None;
        }
        if too_long(rest) {
            let beginning = rest.chars().take(KEPT_OF_A_LONG_LINE).collect();
            return self.long_line(LongLine { number, beginning, length: 0 });
        }
        let mut record = StringRecord::with_capacity(USUAL_RECORD, self.layout.fields);
        let end = self.record(&mut record)?;
        let raw = self.text[self.at..end].trim_end_matches(['\r', '\n']);
        let Some((reason, by_quote)) = self.fault(&record, raw) else {
            self.pass(end - self.at);
            return Some(Row { number, raw: Cow::Borrowed(raw), content: Ok(record) });
        };
        let first_line = raw.split(['\r', '\n']).next().unwrap_or(raw);
        if by_quote && first_line.len() < raw.len() && self.layout.again > raw.len() {
            self.layout.again -= raw.len();
            self.pass(first_line.len() + line_end(&self.text[self.at + first_line.len()..]));
            self.restart();
            return Some(Row { number, raw: Cow::Borrowed(first_line), content: Err(reason) });
        }
        self.pass(end - self.at);
        if self.at >= self.limit {
            self.restart();
        }
        Some(Row { number, raw: Cow::Borrowed(raw), content: Err(reason) })
    }
}

/// The bytes of most records; a longer one makes room for itself.
const USUAL_RECORD: usize = 512;

/// How far is read at once from `from` on.
fn limit(text: &str, from: usize, window: usize) -> usize {
    head(text, from.saturating_add(window)).len()
}

/// Whether no line ends within the longest line that is read.
fn too_long(text: &str) -> bool {
    text.len() > MAX_LINE_BYTES
        && !text.as_bytes()[..MAX_LINE_BYTES].iter().any(|byte| matches!(byte, b'\r' | b'\n'))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// A row that may be the header.
struct Header {
    delimiter: u8,
    /// Its fields, trimmed, without the empty ones at its end.
    fields: Vec<String>,
    /// The number of its fields, with the empty ones.
    columns: usize,
    /// Where it begins and ends in the text, with its line end.
    begin: usize,
    end: usize,
}

/// The rows of a text, each as it would be as a header.
fn headers(text: &str, delimiter: u8) -> impl Iterator<Item = Header> {
    let (mut reader, mut record, mut end) = (reader(text, delimiter), StringRecord::new(), 0);
    std::iter::from_fn(move || {
        let begin = text.len() - text[end..].trim_start_matches(['\r', '\n']).len();
        reader.read_record(&mut record).ok().filter(|more| *more)?;
        end = whole_line_end(text, reader.position().byte() as usize);
        let mut fields: Vec<String> = record.iter().map(|field| field.trim().to_string()).collect();
        while fields.len() > 1 && fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        Some(Header { delimiter, fields, columns: record.len(), begin, end })
    })
}

/// The end of a record with the second half of its line end.
fn whole_line_end(text: &str, end: usize) -> usize {
    if text[..end].ends_with('\r') && text[end..].starts_with('\n') { end + 1 } else { end }
}

/// The length of the line end that a text begins with: CR, LF, or both as one.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { text.len().min(1) }
}

/// Excel writes and obeys a first line `sep=;`.
fn separator_line(text: &str) -> (Option<u8>, usize) {
    let first = text.split(['\r', '\n']).next().unwrap_or_default();
    let delimiter = match first.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => *delimiter,
        _ => return (None, 0),
    };
    // the blank lines after it count as rows, it itself does not
    (Some(delimiter), first.len() + line_end(&text[first.len()..]))
}

/// The line ends in `text`: CR, LF, or both as one.
fn line_ends(text: &str) -> u64 {
    let both = text.matches("\r\n").count();
    (text.matches(['\r', '\n']).count() - both) as u64
}

/// Whether quotes stand as RFC 4180 says; where they don't, the csv crate would read on and change the text.
fn quotes_balance(raw: &str, delimiter: u8) -> bool {
    if !raw.contains('"') {
        return true;
    }
    let bytes = raw.as_bytes();
    let mut at = 0;
    loop {
        let mut field = at;
        if bytes.get(at) == Some(&b'"') {
            match closing_quote(raw, at + 1) {
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
fn closing_quote(raw: &str, mut at: usize) -> Option<usize> {
    loop {
        let quote = at + raw[at..].find('"')?;
        if raw.as_bytes().get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}
