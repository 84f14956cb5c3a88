//! The cells of one sheet, with a bound for what they take.

use super::shown::{Decimal, number, zeros};
use crate::error::{Error, Place, Result};
use std::collections::BTreeSet;

/// UHRI's export has 12 columns; an own list may have some dozens.
const MAX_COLUMNS: u32 = 1024;

/// Excel's own limit.
const MAX_ROWS: u32 = 1 << 20;

/// Bytes of all cells, as cells may share one text a million times: all 117,000 recommendations of the UPR would
/// be some 150 MB.
const MAX_MEMORY_BYTES: usize = 512 << 20;

/// Numbers with decimals of a sheet whose formats are looked at: more than it has rows are not the numbers of a list alone.
const MAX_DECIMALS: usize = MAX_ROWS as usize;

/// A value that a merge repeats at most so often in a workbook: the longest list has some 26,000 rows.
const MAX_FILLED_CELLS: usize = 1 << 20;

/// The cells of a sheet, row after row; rows and columns count from 0.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The name on its tab.
    pub(super) name: String,
    pub(super) rows: Vec<(u32, Vec<String>)>,
    /// How many more bytes cells may take.
    pub(super) room: usize,
    /// What people do not see: the sheet itself, some of its rows, some of its columns.
    pub(super) hidden: bool,
    pub(super) hidden_rows: BTreeSet<u32>,
    pub(super) hidden_columns: BTreeSet<u32>,
    decimals: Vec<Decimal>,
}

impl Sheet {
    /// An empty one, after those that came before it in the workbook.
    pub(super) fn after(sheets: &[Sheet], name: &str) -> Sheet {
        Sheet {
            name: name.to_string(),
            rows: Vec::new(),
            room: sheets.last().map_or(MAX_MEMORY_BYTES, |sheet| sheet.room),
            hidden: false,
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
            decimals: Vec::new(),
        }
    }

    /// Notes a row that is hidden; one beyond what a list can have is an error where it has cells.
    pub(super) fn hide_row(&mut self, row: u32) {
        self.hidden_rows.extend((row < MAX_ROWS).then_some(row));
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.extend(first..=last.min(MAX_COLUMNS));
    }

    /// Puts a cell where it belongs. A cell beyond what a list can have is an error, as a row of it would need room
    /// for all cells between; so are cells out of order.
    pub(super) fn put(&mut self, place: &Place, row: u32, column: u32, value: Value) -> Result<()> {
        match value {
            Value::Text(text) => self.put_text(place, row, column, text),
            Value::Number(value, shown) => {
                self.put_text(place, row, column, number(value))?;
                if value.fract() != 0.0 && self.decimals.len() <= MAX_DECIMALS {
                    self.decimals.push(Decimal { row, column, shown });
                }
                Ok(())
            }
        }
    }

    /// Gives numbers the zeros that their formats show.
    pub(super) fn as_shown(&mut self) {
        let numbers = std::mem::take(&mut self.decimals);
        if numbers.len() > MAX_DECIMALS {
            return;
        }
        let stored = |number: &Decimal| {
            let at = self.rows.binary_search_by_key(&number.row, |(row, _)| *row).ok()?;
            Some(self.rows[at].1.get(number.column as usize)?.as_str())
        };
        for (number, shown) in zeros(&numbers, stored) {
            let at = self.rows.binary_search_by_key(&number.row, |(row, _)| *row);
            let cells = at.ok().and_then(|at| self.rows.get_mut(at));
            if let Some(cell) = cells.and_then(|(_, cells)| cells.get_mut(number.column as usize)) {
                *cell = shown;
            }
        }
    }

    fn put_text(&mut self, place: &Place, row: u32, column: u32, value: String) -> Result<()> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            let found = format!("a cell in row {}, column {}", u64::from(row) + 1, u64::from(column) + 1);
            let expected = format!("no more than {MAX_ROWS} rows and {MAX_COLUMNS} columns");
            return Err(Error::unexpected(place.clone(), found, expected));
        }
        if value.trim().is_empty() {
            return Ok(());
        }
        match self.rows.last() {
            Some((last, _)) if row < *last => {
                let found = format!("row {} after row {}", row + 1, last + 1);
                return Err(Error::unexpected(place.clone(), found, "rows in order"));
            }
            Some((last, _)) if row == *last => {}
            _ => self.rows.push((row, Vec::new())),
        }
        let cells = self.rows.last_mut().map(|(_, cells)| cells);
        match cells.and_then(|cells| cell(cells, column, &value, &mut self.room)) {
            Some(cell) => *cell = value,
            None => {
                let found = format!("cells of more than {} MB", MAX_MEMORY_BYTES >> 20);
                return Err(Error::unexpected(place.clone(), found, "a smaller workbook"));
            }
        }
        Ok(())
    }

    /// Gives the cells below the first of a merge its value, as people see it: one recommendation beside the States that made
    /// it, a row each. Rows that hold nothing else stay away, and so do merges across columns alone, which are titles.
    pub(super) fn fill_down(&mut self, merges: &[Merge], filled: &mut usize) {
        for merge in merges {
            let row = |number: u32| self.rows.partition_point(|(row, _)| *row < number);
            let (first, end) = (row(merge.first), row(merge.last.saturating_add(1)));
            let value = match self.rows.get(first) {
                Some((row, cells)) if *row == merge.first => cells.get(merge.column as usize).cloned(),
                _ => continue,
            };
            let value = value.unwrap_or_default();
            for (_, cells) in self.rows.get_mut(first + 1..end).unwrap_or_default() {
                *filled += 1;
                // a workbook made to fill the memory
                if *filled > MAX_FILLED_CELLS {
                    return;
                }
                match cell(cells, merge.column, &value, &mut self.room) {
                    Some(cell) if cell.is_empty() => cell.clone_from(&value),
                    Some(_) => {}
                    None => return,
                }
            }
        }
    }
}

/// The cell of a row in this column, if there is room for it with this value.
fn cell<'c>(
    cells: &'c mut Vec<String>,
    column: u32,
    value: &str,
    room: &mut usize,
) -> Option<&'c mut String> {
    let column = column as usize;
    let more = (column + 1).saturating_sub(cells.len()) * size_of::<String>() + value.len();
    *room = room.checked_sub(more)?;
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells.get_mut(column)
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// With the decimals that its format shows.
    Number(f64, Option<u8>),
}

/// Cells below each other that are shown as one, by the first column of all that are merged.
#[derive(Debug)]
pub(super) struct Merge {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) column: u32,
}
