//! Excel workbooks (XLSX, XLS): UHRI's export, UPR Info's, and anyone's own list.
//!
//! The first sheet with a column for the text is read, and further ones are named
//! ([`FileRead::unread_sheets`]); titles may stand above its header. Of an .xlsx, cells merged over several rows count for
//! each of them. Its rows go the way of a CSV's ([`table::from_rows`]), numbered as Excel shows them; a reject's raw row is
//! its cells, joined by tabs. A number stands as Excel shows it in the format "General": 26.10 typed as a number is 26.1,
//! and only a cell formatted as text keeps its last zero. Dates are the serial numbers that they are in the file.
//!
//! .xlsx are read by [`xlsx`], safe for any file; .xls by calamine behind the checks of [`xls`], which says what is left.

mod compound;
mod sheet;
mod xls;
mod xlsx;

use super::columns::{Columns, known};
use super::office::Package;
use super::reader::Reader;
use super::table;
use crate::error::{self, Error, Place, Result};
use crate::files::delimited::Row;
use crate::list::{FileRead, Form, RecommendationList};
use csv::StringRecord;
use sheet::Sheet;
use std::borrow::Cow;

/// Titles, dates and notes stand above a header, in no more than a few rows.
const HEADER_WITHIN: usize = 50;

/// How many cells of a row that is no header are shown.
const SHOWN: usize = 12;

/// Reads an .xlsx.
pub(super) fn read(reader: &Reader, name: &str, package: &mut Package) -> Result<RecommendationList> {
    list(reader, name, xlsx::sheets(name, package)?)
}

/// Reads an .xls.
pub(super) fn read_old(reader: &Reader, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
    list(reader, name, xls::sheets(name, bytes)?)
}

fn list(reader: &Reader, name: &str, sheets: Vec<Sheet>) -> Result<RecommendationList> {
    let mut likely: Option<Likely> = None;
    let mut sheets = sheets.into_iter();
    while let Some(sheet) = sheets.next() {
        let Some(header) = header(reader, name, &sheet) else {
            likely = better(likely, likely_header(reader, &sheet));
            continue;
        };
        let headers = sheet.rows[header].1.clone();
        let mut about = FileRead::new(name, Form::Workbook);
        let others = sheets.filter(|other| self::header(reader, name, other).is_some());
        about.unread_sheets = others.map(|other| other.name).collect();
        let rows = sheet.rows.into_iter().skip(header + 1).map(|(row, cells)| Row {
            number: u64::from(row) + 1,
            raw: Cow::Owned(cells.join("\t")),
            content: Ok(StringRecord::from(cells)),
        });
        return table::from_rows(reader, name, about, &headers, rows);
    }
    match likely {
        // it says what was found, and which mapping doesn't fit
        Some((_, headers)) => Err(match Columns::find(reader, name, &headers) {
            Err(error) => error,
            Ok(_) => Error::unexpected(Place::file(name), error::listed(headers), "a header"),
        }),
        None => Err(Error::unexpected(Place::file(name), "an empty workbook", "a header and rows")),
    }
}

/// Which row of a sheet is its header: that with the most known names, the first of equals.
fn header(reader: &Reader, name: &str, sheet: &Sheet) -> Option<usize> {
    let rows = sheet.rows.iter().take(HEADER_WITHIN).enumerate();
    let headers = rows.filter(|(_, (_, cells))| Columns::find(reader, name, cells).is_ok());
    headers
        .map(|(at, (_, cells))| (known(reader, cells), at))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, at)| at)
}

/// What a message shows where no row is a header: the row with the most known names, of equals that with the most cells. A
/// title above it has one cell. As many of the cells as a person reads.
fn likely_header(reader: &Reader, sheet: &Sheet) -> Option<Likely> {
    let rows = sheet.rows.iter().take(HEADER_WITHIN).map(|(_, cells)| {
        let cells: Vec<String> = cells.iter().filter(|cell| !cell.is_empty()).take(SHOWN).cloned().collect();
        Some(((known(reader, &cells), cells.len()), cells))
    });
    rows.fold(None, better)
}

/// How many names are known, and how many cells there are: the more, the likelier. And the cells.
type Likely = ((usize, usize), Vec<String>);

/// The likelier, of equals the first.
fn better(best: Option<Likely>, next: Option<Likely>) -> Option<Likely> {
    match (&best, &next) {
        (Some((most, _)), Some((score, _))) if score <= most => best,
        (_, None) => best,
        _ => next,
    }
}
