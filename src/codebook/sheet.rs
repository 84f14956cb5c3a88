//! One file of a codebook or a grouping: its columns are checked, its rows given with their lines. `load` reads what stands
//! in them.

use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::decode::decode;
use crate::files::delimited::Delimited;

/// The most rows of a file of a codebook or a grouping: the longest that comes with this crate has 2,335 rules.
pub(crate) const MOST_ROWS: usize = 100_000;

/// A file of a codebook, or of a grouping: its columns, those that may be left out last.
pub(crate) struct Sheet<'n> {
    pub(crate) name: &'n str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) required: usize,
    /// Whether a codebook can do without the file.
    pub(crate) optional: bool,
}

impl Sheet<'_> {
    /// The file in messages; `origin` is its folder.
    pub(super) fn place(&self, origin: &str) -> Place {
        if origin.is_empty() {
            Place::file(self.name)
        } else {
            Place::file(format!("{origin}/{}", self.name))
        }
    }
}

/// A row of a sheet: its cells, trimmed, in the order of the sheet's columns.
pub(crate) struct Cells {
    place: Place,
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Cells {
    pub(crate) fn unexpected(
        &self,
        column: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Error {
        Error::unexpected(self.place.line(self.line).column(column), found, expected)
    }
}

/// The rows of a file, checked for its columns; empty rows are left out.
pub(crate) fn rows(origin: &str, sheet: &Sheet<'_>, bytes: Option<&Vec<u8>>) -> Result<Vec<Cells>> {
    let place = sheet.place(origin);
    let expected = listed(sheet.columns);
    let Some(bytes) = bytes else {
        if sheet.optional {
            return Ok(Vec::new());
        }
        return Err(Error::unexpected(place, "no such file", format!("one with the columns {expected}")));
    };
    let decoded = decode(bytes, None);
    if let Some(at) = decoded.text.find('\u{FFFD}').filter(|_| decoded.replaced > 0) {
        let before = decoded.text[..at].replace("\r\n", "\n");
        let line = before.matches(['\n', '\r']).count() as u64 + 1;
        let found = format!("bytes that are no {}", decoded.encoding);
        return Err(Error::unexpected(place.line(line), found, "a file saved as UTF-8"));
    }
    let text = decoded.text;
    let known = |headers: &[String]| {
        headers.iter().filter(|h| sheet.columns.contains(&h.to_ascii_lowercase().as_str())).count()
    };
    let table = Delimited::open(&text, known)
        .map_err(|found| Error::unexpected(place.clone(), found, format!("the columns {expected}")))?;
    let header = place.line(1);
    let mut positions = vec![None; sheet.columns.len()];
    for (at, name) in table.headers.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let Some(column) = sheet.columns.iter().position(|column| column.eq_ignore_ascii_case(name)) else {
            return Err(Error::unexpected(header, format!("the column {}", quoted(name)), expected));
        };
        if positions[column].replace(at).is_some() {
            return Err(Error::unexpected(header, format!("the column {} twice", quoted(name)), expected));
        }
    }
    if let Some(missing) = positions[..sheet.required].iter().position(Option::is_none) {
        let found = format!("no column {}", quoted(sheet.columns[missing]));
        return Err(Error::unexpected(header, found, expected));
    }
    let mut rows = Vec::new();
    for row in table {
        let record = row.content.map_err(|reason| {
            let (found, expected) = reason.split_once(", expected ").unwrap_or((&reason, "a row of cells"));
            Error::unexpected(place.line(row.number), found.trim_start_matches("found "), expected)
        })?;
        if rows.len() == MOST_ROWS {
            let found = format!("more than {MOST_ROWS} rows");
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
