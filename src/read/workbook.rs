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
mod xls;
mod xlsx;

use super::columns::{Columns, known};
use super::office::Package;
use super::{Reader, table};
use crate::error::{self, Result};
use crate::error::{Error, Place};
use crate::files::delimited::Row;
use crate::list::{FileRead, Form, RecommendationList};
use csv::StringRecord;
use std::borrow::Cow;

/// UHRI's export has 12 columns; an own list may have some dozens.
const MOST_COLUMNS: u32 = 1024;

/// Excel's own limit.
const MOST_ROWS: u32 = 1 << 20;

/// Titles, dates and notes stand above a header, in no more than a few rows.
const HEADER_WITHIN: usize = 50;

/// Bytes of all cells, as cells may share one text a million times: all 117,000 recommendations of the UPR would
/// be some 150 MB.
const MOST_ROOM: usize = 512 << 20;

/// How many cells of a row that is no header are shown.
const SHOWN: usize = 12;

/// The cells of a sheet, row after row; rows and columns count from 0.
#[derive(Debug)]
struct Sheet {
    /// The name on its tab.
    name: String,
    rows: Vec<(u32, Vec<String>)>,
    /// How many more bytes cells may take.
    room: usize,
}

impl Sheet {
    /// An empty one, after those that came before it in the workbook.
    fn after(sheets: &[Sheet], name: &str) -> Sheet {
        Sheet {
            name: name.to_string(),
            rows: Vec::new(),
            room: sheets.last().map_or(MOST_ROOM, |sheet| sheet.room),
        }
    }

    /// Puts a cell where it belongs. A cell beyond what a list can have is an error, as a row of it would need room
    /// for all cells between; so are cells out of order.
    fn put(&mut self, place: &Place, row: u32, column: u32, value: String) -> Result<()> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            let found = format!("a cell in row {}, column {}", u64::from(row) + 1, u64::from(column) + 1);
            let expected = format!("no more than {MOST_ROWS} rows and {MOST_COLUMNS} columns");
            return Err(Error::unexpected(place.clone(), found, expected));
        }
        if value.trim().is_empty() {
            return Ok(());
        }
        let last = self.rows.last().map_or(0, |(row, _)| *row);
        if row < last {
            let found = format!("row {} after row {}", row + 1, last + 1);
            return Err(Error::unexpected(place.clone(), found, "rows in order"));
        }
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            self.rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            let column = column as usize;
            let more = (column + 1).saturating_sub(cells.len()) * size_of::<String>() + value.len();
            match self.room.checked_sub(more) {
                Some(room) => self.room = room,
                None => {
                    let found = format!("cells of more than {} MB", MOST_ROOM >> 20);
                    return Err(Error::unexpected(place.clone(), found, "a smaller workbook"));
                }
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = value;
        }
        Ok(())
    }
}

/// A value that a merge repeats at most so often in a workbook: the longest list has some 26,000 rows.
const MOST_FILLED: usize = 1 << 20;

impl Sheet {
    /// Gives the cells below the first of a merge its value, as people see it: one recommendation beside the States that made
    /// it, a row each. Rows that hold nothing else stay away, and so do merges across columns alone, which are titles.
    fn fill_down(&mut self, merges: &[Merge], filled: &mut usize) {
        for merge in merges {
            let row = |number: u32| self.rows.partition_point(|(row, _)| *row < number);
            let (first, end) = (row(merge.first), row(merge.last.saturating_add(1)));
            let column = merge.column as usize;
            let value = match self.rows.get(first) {
                Some((row, cells)) if *row == merge.first => cells.get(column).cloned().unwrap_or_default(),
                _ => continue,
            };
            for (_, cells) in self.rows.get_mut(first + 1..end).unwrap_or_default() {
                let more = (column + 1).saturating_sub(cells.len()) * size_of::<String>() + value.len();
                *filled += 1;
                match self.room.checked_sub(more) {
                    Some(room) if *filled <= MOST_FILLED => self.room = room,
                    // a workbook made to fill the memory
                    _ => return,
                }
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if cells[column].is_empty() {
                    cells[column].clone_from(&value);
                }
            }
        }
    }
}

/// Cells below each other that are shown as one, by the first column of all that are merged.
#[derive(Debug)]
struct Merge {
    first: u32,
    last: u32,
    column: u32,
}

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

/// A number as Excel shows it in a cell of the format "General", or nearly so.
fn number(value: f64) -> String {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 1e15;
    if value.fract() == 0.0 && value.abs() < EXACT { format!("{value:.0}") } else { value.to_string() }
}
