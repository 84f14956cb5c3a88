//! The sheets of an old workbook (.xls), through calamine.
//!
//! calamine (0.38) makes room for what a workbook claims: damaged at random, a file of 6 kB asked for 1.9 TB and the
//! process ended. So the workbook's records are looked through beforehand: the claims about a sheet's size are
//! struck out, sheets are distinguished and the rectangle of their cells is bounded, and calamine gets a
//! [`compound`] file of ours. A panic is caught, and reported as an error. What else a file made to harm may find
//! is not known, so .xls should come from someone you trust.

use super::compound;
use super::sheet::{Sheet, Value};
use super::shown::{built_in, decimals, number};
use crate::error::{Error, Place, Result};
use calamine::{Data, Reader as _, SheetVisible, Xls};
use std::collections::{BTreeSet, HashMap};
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
        let (found, expected) = if holds("EncryptedPackage") {
            ("a file locked with a password", "one without: open it and save it without a password")
        } else if holds("WordDocument") {
            ("an old Word file (.doc)", "a new one: open it in Word and save it as .docx")
        } else if holds("__properties_version1.0") {
            let expected = "the file that came with it, or its text: save it as .docx, .xlsx or .txt";
            ("a mail of Outlook (.msg)", expected)
        } else if holds("PowerPoint Document") {
            ("an old PowerPoint file (.ppt)", "the list itself, as Word or Excel")
        } else {
            (
                "an old Office file that is damaged or not a workbook",
                "a new one: open it in Excel or Word and save it as .xlsx or .docx",
            )
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
    let Mended { cells, sheets: begins, styles } = mend(&mut stream).ok_or_else(damaged)?;
    if cells > MAX_CELLS {
        let found = format!("sheets with room for {cells} cells");
        return Err(Error::unexpected(place, found, format!("no more than {MAX_CELLS}, or an .xlsx")));
    }
    let file = compound::around(&stream).ok_or_else(damaged)?;
    let looks: Vec<Looks> = begins.into_iter().map(|begin| looks(&stream, begin, &styles)).collect();
    drop(stream);
    // the closure owns what it changes, so nothing half-done is left behind
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Xls::new(Cursor::new(file)).ok()?;
        let tabs = workbook.sheets_metadata().to_vec();
        let sheets = tabs.into_iter().map(|tab| Some((workbook.worksheet_range(&tab.name).ok()?, tab)));
        sheets.collect::<Option<Vec<_>>>()
    }));
    let mut sheets = Vec::new();
    let mut looks = looks.into_iter();
    for (range, tab) in read.ok().flatten().ok_or_else(damaged)? {
        let Looks { rows, columns, decimals } = looks.next().unwrap_or_default();
        let mut sheet = Sheet::after(&sheets, &tab.name);
        sheet.hidden = tab.visible != SheetVisible::Visible;
        (sheet.hidden_rows, sheet.hidden_columns) = (rows, columns);
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            let value = match value {
                Data::Float(value) => Value::Number(*value, decimals.get(&(row, column)).copied()),
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    Value::Text(text.clone())
                }
                Data::Int(value) => Value::Text(value.to_string()),
                Data::Bool(value) => Value::Text(if *value { "TRUE" } else { "FALSE" }.to_string()),
                Data::DateTime(date) => Value::Text(number(date.as_f64())),
                Data::Error(error) => Value::Text(error.to_string()),
                Data::Empty => continue,
            };
            sheet.put(&place, row, column, value)?;
        }
        sheet.as_shown();
        sheets.push(sheet);
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    Ok(sheets)
}

// records, by their numbers in [MS-XLS] 2.3
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const ROW: u16 = 0x0208;
const COLUMNS_LOOK: u16 = 0x007D;
const DIMENSIONS: u16 = 0x0200;
const SEVERAL_NUMBERS: u16 = 0x00BD;
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, SEVERAL_NUMBERS];

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// What was found on the way through a workbook.
struct Mended {
    /// The cells for which room will be made.
    cells: u64,
    /// Where the sheets begin, in the order of their tabs.
    sheets: Vec<usize>,
    /// How many decimals the format of each style shows, if it says so.
    styles: Vec<Option<u8>>,
}

/// Strikes out the claims about sizes, and counts the cells for which room will be made. Gives nothing where the
/// records break off, or a sheet begins where none does.
fn mend(stream: &mut [u8]) -> Option<Mended> {
    let (mut begins, mut sheets, mut tabs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let (mut formats, mut styles) = (HashMap::new(), Vec::new());
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
                let begin = u32::from_le_bytes(four) as usize;
                tabs.push(begin);
                // twice the same sheet would be read twice
                if !sheets.insert(begin) {
                    return None;
                }
            }
            FORMAT => {
                let format = short(stream, data).zip(text(&stream[data..data + length]));
                formats.extend(format.map(|(id, format)| (u32::from(id), decimals(&format))));
            }
            STYLE => styles.push(short(stream, data + 2).map_or(0, u32::from)),
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
    let shown = |id: u32| formats.get(&id).copied().unwrap_or_else(|| built_in(id));
    Some(Mended { cells, sheets: tabs, styles: styles.into_iter().map(shown).collect() })
}

/// The format in a record of Excel 97 and later: its number, its length, how it is written, its characters.
fn text(record: &[u8]) -> Option<String> {
    let length = usize::from(short(record, 2)?);
    let characters = record.get(5..)?;
    Some(match record.get(4)? & 1 {
        0 => characters.iter().take(length).map(|byte| char::from(*byte)).collect(),
        _ => {
            let units = characters.chunks_exact(2).take(length);
            let units: Vec<u16> = units.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
    })
}

/// What the records of a sheet say of its looks.
#[derive(Default)]
struct Looks {
    /// The hidden rows and columns.
    rows: BTreeSet<u32>,
    columns: BTreeSet<u32>,
    /// How many decimals are shown of numbers, by their row and column.
    decimals: HashMap<(u32, u32), u8>,
}

/// How the sheet looks that begins at `at`.
fn looks(stream: &[u8], mut at: usize, styles: &[Option<u8>]) -> Looks {
    let (mut looks, mut depth) = (Looks::default(), 0_u32);
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let Some(data) = stream.get(at + 4..at + 4 + usize::from(length)) else { break };
        at += 4 + usize::from(length);
        let number = |at| short(data, at).map_or(0, u32::from);
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // the bit that says "height zero"
            ROW if number(12) & 0x20 != 0 => looks.rows.extend([number(0)]),
            COLUMNS_LOOK if number(8) & 1 != 0 => {
                looks.columns.extend(number(0)..=number(2).min(u32::from(COLUMNS)));
            }
            _ if CELLS.contains(&kind) => {
                // of several numbers each has its style and four bytes
                let several = if kind == SEVERAL_NUMBERS { data.len().saturating_sub(6) / 6 } else { 1 };
                for (nth, column) in (0..several).zip(number(2)..) {
                    let shown = styles.get(number(4 + 6 * nth) as usize).copied().flatten();
                    looks.decimals.extend(shown.map(|shown| ((number(0), column), shown)));
                }
            }
            _ => {}
        }
    }
    looks
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
