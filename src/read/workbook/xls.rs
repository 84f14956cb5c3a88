//! The sheets of an old workbook (.xls), through calamine.
//!
//! calamine (0.38) makes room for what a workbook claims: damaged at random, a file of 6 kB asked for 1.9 TB and the
//! process ended. So the workbook's records are looked through beforehand: the claims about a sheet's size are
//! struck out, sheets are distinguished and the rectangle of their cells is bounded, and calamine gets a
//! [`compound`] file of ours. A panic is caught, and reported as an error. What else a file made to harm may find
//! is not known, so .xls should come from someone you trust.

use super::compound;
use super::sheet::{Sheet, number};
use crate::error::{Error, Place, Result};
use calamine::{Data, Reader as _, Xls};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Cells, empty ones between them included, for which room is made: 65,536 rows of 128 columns, some 500 MB.
const MAX_CELLS: u64 = 1 << 23;

/// An .xls has no more columns.
const COLUMNS: u16 = 256;

pub(super) fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>> {
    let place = Place::file(name);
    let Some(mut stream) = compound::stream(bytes, &["Workbook", "Book"]) else {
        let holds = |stream| compound::stream(bytes, &[stream]).is_some();
        let (found, expected) = match (holds("EncryptedPackage"), holds("WordDocument")) {
            (true, _) => {
                ("a file locked with a password", "one without: open it and save it without a password")
            }
            (false, true) => ("an old Word file (.doc)", "a new one: open it in Word and save it as .docx"),
            (false, false) => (
                "an old Office file that is damaged or not a workbook",
                "a new one: open it in Excel or Word and save it as .xlsx or .docx",
            ),
        };
        return Err(Error::unexpected(place, found, expected));
    };
    let damaged = || {
        Error::unexpected(
            place.clone(),
            "a damaged .xls workbook",
            "an undamaged one; open it in Excel and save it as .xlsx",
        )
    };
    let cells = mend(&mut stream).ok_or_else(damaged)?;
    if cells > MAX_CELLS {
        let found = format!("sheets with room for {cells} cells");
        return Err(Error::unexpected(place, found, format!("no more than {MAX_CELLS}, or an .xlsx")));
    }
    let file = compound::around(&stream).ok_or_else(damaged)?;
    drop(stream);
    // the closure owns what it changes, so nothing half-done is left behind
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Xls::new(Cursor::new(file)).ok()?;
        let names = workbook.sheet_names();
        let sheets = names.into_iter().map(|name| Some((workbook.worksheet_range(&name).ok()?, name)));
        sheets.collect::<Option<Vec<_>>>()
    }));
    let mut sheets = Vec::new();
    for (range, tab) in read.ok().flatten().ok_or_else(damaged)? {
        let mut sheet = Sheet::after(&sheets, &tab);
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

// records, by their numbers in [MS-XLS] 2.3
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const SEVERAL_NUMBERS: u16 = 0x00BD;
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, SEVERAL_NUMBERS];

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// Strikes out the claims about sizes, and counts the cells for which room will be made. Gives nothing where the
/// records break off, or a sheet begins where none does.
fn mend(stream: &mut [u8]) -> Option<u64> {
    let (mut begins, mut sheets) = (BTreeSet::new(), BTreeSet::new());
    let mut at = 0;
    while at < stream.len() {
        let (kind, length) = match (short(stream, at), short(stream, at + 2)) {
            (Some(kind), Some(length)) => (kind, usize::from(length)),
            // what fills the last sector up
            _ => break,
        };
        let data = at + 4;
        if data + length > stream.len() {
            break;
        }
        match kind {
            BEGIN => {
                begins.insert(at);
            }
            SHEET if length >= 4 => {
                let four: [u8; 4] = stream[data..data + 4].try_into().ok()?;
                // twice the same sheet would be read twice
                if !sheets.insert(u32::from_le_bytes(four) as usize) {
                    return None;
                }
            }
            DIMENSIONS => stream[at..at + 2].fill(0),
            _ => {}
        }
        at = data + length;
    }
    let mut cells = 0_u64;
    for sheet in sheets {
        if !begins.contains(&sheet) {
            return None;
        }
        cells = cells.saturating_add(room(stream, sheet)?);
        if cells > MAX_CELLS {
            break;
        }
    }
    Some(cells)
}

/// The cells in the rectangle of a sheet, which begins at `at`.
fn room(stream: &[u8], mut at: usize) -> Option<u64> {
    let (mut depth, mut first, mut last) = (0_u32, (u16::MAX, u16::MAX), (0_u16, 0_u16));
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let data = stream.get(at + 4..at + 4 + usize::from(length))?;
        at += 4 + usize::from(length);
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if CELLS.contains(&kind) => {
                let (row, column) = (short(data, 0)?, short(data, 2)?);
                let several = if kind == SEVERAL_NUMBERS { length.checked_sub(12)? / 6 } else { 0 };
                let to = column.checked_add(several).filter(|column| *column < COLUMNS)?;
                first = (first.0.min(row), first.1.min(column));
                last = (last.0.max(row), last.1.max(to));
            }
            _ => {}
        }
    }
    let side = |first: u16, last: u16| u64::from(last.saturating_sub(first)) + 1;
    Some(if first.0 > last.0 { 0 } else { side(first.0, last.0) * side(first.1, last.1) })
}
