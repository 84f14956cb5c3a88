//! The sheets of an old workbook (.xls), through calamine.
//!
//! **For trusted files only.** calamine makes room for the rectangle between the outermost cells of each sheet
//! (at most 65,536 rows of 256 columns, some 400 MB), and a file that was made to harm may hold many such sheets.
//! A panic on a damaged file is caught, and told as an error.

use super::{Sheet, number};
use crate::Result;
use crate::error::{Error, Place};
use calamine::{Data, Reader as _, Xls};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>> {
    let place = Place::file(name);
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if !holds("Workbook") && !holds("Book") {
        let found = match (holds("EncryptedPackage"), holds("WordDocument")) {
            (true, _) => "a file that is locked with a password",
            (false, true) => "a file of Word 97 to 2003",
            (false, false) => "an old Office file without a workbook",
        };
        return Err(Error::unexpected(place, found, "an open file, saved as .xlsx or .docx"));
    }
    let damaged = || Error::unexpected(place.clone(), "a damaged .xls workbook", "a whole one, or an .xlsx");
    // the closure owns what it changes, so nothing half-done is left behind
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Xls::new(Cursor::new(bytes)).ok()?;
        let names = workbook.sheet_names();
        names.iter().map(|sheet| workbook.worksheet_range(sheet).ok()).collect::<Option<Vec<_>>>()
    }));
    let mut sheets = Vec::new();
    for range in read.ok().flatten().ok_or_else(damaged)? {
        let mut sheet = Sheet::default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let value = match value {
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Float(value) => number(*value),
                Data::Int(value) => value.to_string(),
                Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_string(),
                Data::DateTime(date) => number(date.as_f64()),
                Data::Error(error) => error.to_string(),
                Data::Empty => continue,
            };
            sheet.put(&place, top + row as u32, left + column as u32, value)?;
        }
        sheets.push(sheet);
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    Ok(sheets)
}
