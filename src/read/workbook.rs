//! Workbooks (XLSX, XLS, ODS): UHRI's export, UPR Info's, and anyone's own list.
//!
//! The first visible sheet with a column for the text is read, and further ones are named
//! ([`FileRead::unread_sheets`]); titles may be above its header. What is hidden is warned about: sheets that were left out,
//! rows and columns that were read. Of an .xlsx, cells merged over several rows count for
//! each of them. Its rows go the way of a CSV's ([`table::from_rows`]), numbered as Excel shows them; a reject's raw row is
//! its cells, joined by tabs. A number is as Excel shows it: 26.10 typed as a number is 26.1 in the format "General", and
//! 26.10 in the format `0.00` ([`shown`]). Dates are the serial numbers that they are in the file.
//!
//! .xlsx are read by [`xlsx`] and .ods by [`ods`], safe for any file; .xls by calamine behind the checks of [`xls`], which says what is left.

mod compound;
mod ods;
mod sheet;
mod shown;
mod xls;
mod xlsx;

use super::columns::{Columns, known};
use super::office::Package;
use super::reader::Reader;
use super::report::bare;
use super::table;
use crate::error::{self, Error, Place, Result, quoted};
use crate::files::delimited::{
    Row,
    titles::{filled, is_wide},
};
use crate::list::{FileRead, Form, RecommendationList};
use csv::StringRecord;
use sheet::Sheet;
use std::borrow::Cow;

/// Titles, dates and notes are above a header, in no more than a few rows.
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

/// Reads an .ods.
pub(super) fn read_open(reader: &Reader, name: &str, package: &mut Package) -> Result<RecommendationList> {
    list(reader, name, ods::sheets(name, package)?)
}

fn list(reader: &Reader, name: &str, mut sheets: Vec<Sheet>) -> Result<RecommendationList> {
    sheets.sort_by_key(|sheet| sheet.hidden);
    let header = |(at, sheet): (usize, &Sheet)| Some((at, header(reader, name, sheet)?));
    let lists: Vec<(usize, usize)> = sheets.iter().enumerate().filter_map(header).collect();
    let known = |(at, header): &(usize, usize)| known(reader, &sheets[*at].rows[*header].1);
    // a header by its one word "Recommendations" may be above a bare list
    if lists.iter().map(known).max().unwrap_or(0) < 2
        && let Some(list) = sheets.iter().find_map(|sheet| bare_list(reader, name, sheet))
        && (lists.is_empty() || list.recommendations.iter().any(|made| made.paragraph.is_some()))
    {
        return Ok(list);
    }
    let Some(&(first, header)) = lists.first() else { return Err(no_header(reader, name, &sheets)) };
    let mut about = FileRead::new(name, Form::Workbook);
    let others = || lists[1..].iter().map(|(at, _)| &sheets[*at]);
    about.unread_sheets = others().filter(|sheet| !sheet.hidden).map(|sheet| sheet.name.clone()).collect();
    about.warnings.extend(hidden_sheets(&sheets[first], others().filter(|sheet| sheet.hidden)));
    let sheet = sheets.swap_remove(first);
    let above = sheet.rows[..header].iter().filter(|(_, cells)| is_wide(cells)).count();
    about.warnings.extend(table::rows_above(above));
    let headers = sheet.rows[header].1.clone();
    about.warnings.extend(hidden_rows(&sheet, header + 1));
    if let Ok(columns) = Columns::find(reader, name, &headers) {
        let used =
            |at: &usize| columns.meaning(*at).is_some() && sheet.hidden_columns.contains(&(*at as u32));
        let used: Vec<&String> = (0..headers.len()).filter(used).map(|at| &headers[at]).collect();
        if !used.is_empty() {
            about.warnings.push(format!(
                "in the sheet {} these columns are hidden and were used: {}; show them and check them, or delete them",
                quoted(&sheet.name),
                error::listed(used),
            ));
        }
    }
    drop(sheets);
    let rows = sheet.rows.into_iter().skip(header + 1).map(|(row, cells)| Row {
        number: u64::from(row) + 1,
        raw: Cow::Owned(cells.join("\t")),
        content: Ok(StringRecord::from(cells)),
    });
    table::from_rows(reader, name, about, &headers, rows)
}

/// The warnings that the sheet that was read is hidden, and that other hidden ones have lists as well.
fn hidden_sheets<'s>(read: &Sheet, others: impl Iterator<Item = &'s Sheet>) -> Vec<String> {
    let mut warnings = Vec::new();
    if read.hidden {
        warnings.push(format!(
            "the sheet {} was read, though it is hidden, since no visible sheet has a list: check whether it is the right one",
            quoted(&read.name)
        ));
    }
    let names: Vec<&String> = others.map(|sheet| &sheet.name).collect();
    if !names.is_empty() {
        warnings.push(format!(
            "hidden sheets have lists too, and were not read: {}; save each as a file of its own if it should count",
            error::listed(names)
        ));
    }
    warnings
}

/// The warning about hidden rows from this one on, such as those that a filter sets aside.
fn hidden_rows(sheet: &Sheet, from: usize) -> Option<String> {
    let rows = sheet.rows.iter().skip(from).map(|(row, _)| row).filter(|row| sheet.hidden_rows.contains(row));
    let rows: Vec<String> = rows.map(|row| (u64::from(*row) + 1).to_string()).collect();
    let (row, are) = if rows.len() == 1 { ("row", "is") } else { ("rows", "are") };
    (!rows.is_empty()).then(|| {
        format!(
            "{} {row} of the sheet {} {are} hidden and counted ({row} {}): remove the filter or show all rows, and delete what \
             should not count",
            rows.len(),
            quoted(&sheet.name),
            error::few(&rows),
        )
    })
}

/// A sheet of one column with recommendations, or of two with their numbers in the first.
fn bare_list(reader: &Reader, name: &str, sheet: &Sheet) -> Option<RecommendationList> {
    let (mut lines, mut at) = (String::new(), 0);
    for (row, cells) in &sheet.rows {
        (at..*row).for_each(|_| lines.push('\n'));
        at = *row;
        table::cells_as_line(cells.iter().map(String::as_str), &mut lines)?;
    }
    bare::read(reader, &lines, || {
        let mut about = FileRead::new(name, Form::BareList);
        about.warnings.extend(hidden_sheets(sheet, std::iter::empty()));
        about.warnings.extend(hidden_rows(sheet, 0));
        about
    })
}

/// Which row of a sheet is its header: one with two known names or more, then one of several cells, the first of equals.
fn header(reader: &Reader, name: &str, sheet: &Sheet) -> Option<usize> {
    let rows = sheet.rows.iter().take(HEADER_WITHIN).enumerate();
    let headers = rows.filter(|(_, (_, cells))| Columns::find(reader, name, cells).is_ok());
    headers
        .rev()
        .max_by_key(|(_, (_, cells))| (known(reader, cells).min(2), filled(cells) > 1))
        .map(|(at, _)| at)
}

/// What was found instead of a header, and which mapping doesn't fit: it shows the row with the most known names, of equals
/// that with the most cells, since a title above it has one. As many of the cells as a person reads.
fn no_header(reader: &Reader, name: &str, sheets: &[Sheet]) -> Error {
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(HEADER_WITHIN));
    let shown = |(_, cells): &(u32, Vec<String>)| -> Vec<String> {
        cells.iter().filter(|cell| !cell.is_empty()).take(SHOWN).cloned().collect()
    };
    match rows.map(shown).rev().max_by_key(|cells| (known(reader, cells), cells.len())) {
        Some(headers) => Columns::find(reader, name, &headers)
            .err()
            .unwrap_or_else(|| Error::unexpected(Place::file(name), error::listed(headers), "a header")),
        None => Error::unexpected(Place::file(name), "an empty workbook", "a header and rows"),
    }
}
