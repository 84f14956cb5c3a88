//! Tables of our own: the files of codebooks and groupings, verbs, crosswalks. Columns are checked, rows come with their
//! lines. The callers, such as [`codebook`](crate::code), check the cells. Tables that are part of the program are read by
//! [`bundled`](super::bundled).

use super::decode::decode;
use super::delimited::Delimited;
use crate::error::{Error, Place, Result, listed, quoted};

/// The most rows of such a table: the longest that comes with this crate has 3,813 rules.
const MAX_ROWS: usize = 100_000;

/// A table: its columns, those that may be left out last.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'n> {
    pub(crate) name: &'n str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) required: usize,
    /// Whether the file may be missing.
    pub(crate) optional: bool,
    /// Whether other columns are allowed; nobody reads them.
    pub(crate) others: bool,
}

/// A row: its cells, trimmed, in the order of the sheet's columns.
pub(crate) struct Cells {
    place: Place,
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Cells {
    pub(crate) fn place(&self, column: &str) -> Place {
        self.place.line(self.line).column(column)
    }

    pub(crate) fn unexpected(
        &self,
        column: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Error {
        Error::unexpected(self.place(column), found, expected)
    }
}

impl Sheet<'_> {
    /// The file in messages; `origin` is its folder.
    pub(crate) fn place(&self, origin: &str) -> Place {
        match origin {
            "" => Place::file(self.name),
            folder => Place::file(format!("{folder}/{}", self.name)),
        }
    }

    /// The rows of a table that is part of the program: commas, the columns in their order, no blanks around cells. A large one
    /// is read at each start. A test checks that they are those that [`Sheet::rows`] returns.
    pub(crate) fn rows_of_ours(&self, origin: &str, bytes: &[u8]) -> Vec<Cells> {
        let place = self.place(origin);
        let mut table = csv::Reader::from_reader(bytes);
        let mut record = csv::StringRecord::new();
        let mut rows = Vec::new();
        while table.read_record(&mut record).unwrap_or(false) {
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: usize| record.get(at).unwrap_or_default().to_string();
            rows.push(Cells {
                place: place.clone(),
                line,
                cells: (0..self.columns.len()).map(cell).collect(),
            });
        }
        rows
    }

    /// The rows, without empty ones; `origin` is the folder in messages.
    ///
    /// # Errors
    ///
    /// A file that is missing, not UTF-8 or not CSV; columns that are missing, unknown or there twice; too many rows.
    pub(crate) fn rows(&self, origin: &str, bytes: Option<&[u8]>) -> Result<Vec<Cells>> {
        let place = self.place(origin);
        let expected = listed(self.columns);
        let Some(bytes) = bytes else {
            if self.optional {
                return Ok(Vec::new());
            }
            return Err(Error::unexpected(place, "no such file", format!("one with the columns {expected}")));
        };
        let decoded = decode(bytes, None);
        if let Some(at) = decoded.text.find('\u{FFFD}').filter(|_| decoded.replaced > 0) {
            let before = decoded.text[..at].replace("\r\n", "\n");
            let line = before.matches(['\n', '\r']).count() as u64 + 1;
            let found = format!("bytes that are not {}", decoded.encoding);
            return Err(Error::unexpected(place.line(line), found, "a file saved as UTF-8"));
        }
        let text = decoded.text;
        let column = |name: &str| self.columns.iter().position(|column| column.eq_ignore_ascii_case(name));
        let known =
            |headers: &[String]| headers.iter().filter(|header| column(header.as_str()).is_some()).count();
        let table = Delimited::open(&text, known, |_| true)
            .map_err(|found| Error::unexpected(place.clone(), found, format!("the columns {expected}")))?;
        let fault =
            |found: String| Error::unexpected(place.line(1), found, format!("the columns {expected}"));
        let mut positions = vec![None; self.columns.len()];
        for (at, name) in table.headers.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            match column(name) {
                None if self.others => {}
                None => return Err(fault(format!("the column {}", quoted(name)))),
                Some(column) if positions[column].replace(at).is_some() => {
                    return Err(fault(format!("the column {} twice", quoted(name))));
                }
                Some(_) => {}
            }
        }
        if let Some(missing) = positions[..self.required].iter().position(Option::is_none) {
            return Err(fault(format!("no column {}", quoted(self.columns[missing]))));
        }
        let mut rows = Vec::new();
        for row in table {
            let record = row.content.map_err(|fault| fault.at(place.line(row.number)))?;
            if rows.len() == MAX_ROWS {
                let found = format!("more than {MAX_ROWS} rows");
                return Err(Error::unexpected(place.line(row.number), found, "a smaller table"));
            }
            let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").trim().to_string();
            let cells: Vec<String> = positions.iter().map(cell).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(Cells { place: place.clone(), line: row.number, cells });
            }
        }
        Ok(rows)
    }
}
