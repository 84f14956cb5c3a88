//! The sheets of an OpenDocument spreadsheet (.ods), as LibreOffice and Google Sheets write it, cell by cell.
//!
//! Rows and cells are stored once and counted: the empty ones that fill a sheet up to its last row are passed over. A cell
//! is read as it is shown; a number with the decimals that are shown.

use super::sheet::{Merge, Sheet, Value};
use crate::error::{Error, Place, Result};
use crate::read::office::{Element, Node, Package, Xml};
use std::collections::HashSet;

/// At most this many blanks for one element; more are there to fill the memory.
const MAX_BLANKS: usize = 16;

/// The sheets with cells, in the order of their tabs.
pub(super) fn sheets(name: &str, package: &mut Package) -> Result<Vec<Sheet>> {
    let place = Place::file(name);
    if package.contains("META-INF/manifest.xml", "encryption-data") {
        let expected = "one without: open it and save it without a password";
        return Err(Error::unexpected(place, "a file locked with a password", expected));
    }
    let mut sheets = package.read("content.xml", |xml| Reading::new(xml, &place).sheets())?;
    sheets.retain(|sheet| !sheet.rows.is_empty());
    Ok(sheets)
}

/// A cell or a run of cells that are the same.
struct Run {
    column: u32,
    columns: u32,
    /// The rows that are merged into its first.
    rows: u32,
    value: Value,
}

struct Reading<'x> {
    xml: Xml<'x>,
    place: &'x Place,
    /// The styles of sheets that are not displayed.
    hidden: HashSet<String>,
    filled: usize,
}

fn number<T: std::str::FromStr>(element: &Element, name: &str) -> Option<T> {
    element.attribute(name)?.parse().ok()
}

/// How often a column, row or cell is repeated.
fn repeated(element: &Element, name: &str) -> u32 {
    number(element, name).unwrap_or(1)
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("visibility").is_some_and(|visibility| visibility != "visible")
}

impl<'x> Reading<'x> {
    fn new(xml: Xml<'x>, place: &'x Place) -> Reading<'x> {
        Reading { xml, place, hidden: HashSet::new(), filled: 0 }
    }

    fn sheets(mut self) -> Result<Vec<Sheet>> {
        let mut sheets = Vec::new();
        let mut style = String::new();
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.name() {
                    "style" => style = element.attribute("name").unwrap_or_default(),
                    "table-properties" if element.attribute("display").is_some_and(|is| is == "false") => {
                        self.hidden.insert(style.clone());
                    }
                    // what was deleted is kept here
                    "tracked-changes" => self.xml.skip()?,
                    "table" => {
                        let mut sheet = Sheet::after(&sheets, &element.attribute("name").unwrap_or_default());
                        sheet.hidden =
                            element.attribute("style-name").is_some_and(|style| self.hidden.contains(&style));
                        sheets.push(self.sheet(sheet)?);
                    }
                    _ => {}
                },
                Node::End => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// The sheet that has just begun.
    fn sheet(&mut self, mut sheet: Sheet) -> Result<Sheet> {
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut merges = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.name() {
                    "table-column" => {
                        let end = column.saturating_add(repeated(&element, "number-columns-repeated"));
                        if is_hidden(&element) && end > column {
                            sheet.hide_columns(column, end - 1);
                        }
                        column = end;
                    }
                    "table-row" => {
                        let rows = repeated(&element, "number-rows-repeated");
                        let cells = self.row()?;
                        for row in row..row.saturating_add(if cells.is_empty() { 0 } else { rows }) {
                            if is_hidden(&element) {
                                sheet.hide_row(row);
                            }
                            self.put(&mut sheet, row, &cells, &mut merges)?;
                        }
                        row = row.saturating_add(rows);
                    }
                    "shapes" | "annotation" | "forms" => self.xml.skip()?,
                    _ => {}
                },
                Node::Close(element) if element.name() == "table" => break,
                Node::End => break,
                _ => {}
            }
        }
        sheet.as_shown();
        sheet.fill_down(&merges, &mut self.filled);
        Ok(sheet)
    }

    fn put(&self, sheet: &mut Sheet, row: u32, cells: &[Run], merges: &mut Vec<Merge>) -> Result<()> {
        for run in cells {
            for column in run.column..run.column.saturating_add(run.columns) {
                sheet.put(self.place, row, column, run.value.clone())?;
            }
            if run.rows > 1 {
                let last = row.saturating_add(run.rows - 1);
                merges.push(Merge { first: row, last, column: run.column });
            }
        }
        Ok(())
    }

    /// The filled cells of the row that has just begun.
    fn row(&mut self) -> Result<Vec<Run>> {
        let (mut runs, mut column) = (Vec::new(), 0_u32);
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.name() {
                    "table-cell" => {
                        let columns = repeated(&element, "number-columns-repeated");
                        let rows = repeated(&element, "number-rows-spanned");
                        let value = self.cell(&element)?;
                        runs.extend(value.map(|value| Run { column, columns, rows, value }));
                        column = column.saturating_add(columns);
                    }
                    // below or beside a merged cell
                    "covered-table-cell" => {
                        column = column.saturating_add(repeated(&element, "number-columns-repeated"));
                        self.xml.skip()?;
                    }
                    _ => {}
                },
                Node::Close(element) if element.name() == "table-row" => return Ok(runs),
                Node::End => return Ok(runs),
                _ => {}
            }
        }
    }

    /// What the cell that has just begun shows, if anything.
    fn cell(&mut self, cell: &Element) -> Result<Option<Value>> {
        let (mut text, mut paragraphs, mut within) = (String::new(), 0, 0_usize);
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.name() {
                    "annotation" | "table" | "frame" => self.xml.skip()?,
                    "p" => {
                        text.push_str(if paragraphs > 0 { "\n" } else { "" });
                        (paragraphs, within) = (paragraphs + 1, within + 1);
                    }
                    "s" => {
                        let blanks = number(&element, "c").unwrap_or(1).min(MAX_BLANKS);
                        text.push_str(&" ".repeat(blanks));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    _ => {}
                },
                Node::Close(element) => match element.name() {
                    "p" => within = within.saturating_sub(1),
                    "table-cell" => break,
                    _ => {}
                },
                Node::Text(part) if within > 0 => text.push_str(&part.replace(['\n', '\r', '\t'], " ")),
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        let is_number = cell.attribute("value-type").is_some_and(|kind| kind == "float");
        let value: Option<f64> = number(cell, "value").filter(|_| is_number);
        Ok(match value {
            Some(value) => Some(Value::Number(value, decimals(&text, value))),
            None => Some(text).filter(|text| !text.trim().is_empty()).map(Value::Text),
        })
    }
}

/// The decimals of a number as it is shown, with a point or a comma; nothing where another number is shown.
fn decimals(text: &str, value: f64) -> Option<u8> {
    let shown = text.trim().replace(',', ".");
    let decimals = shown.split_once('.')?.1.len();
    let same = shown.parse::<f64>().is_ok_and(|shown| (shown - value).abs() < 1e-9);
    u8::try_from(decimals).ok().filter(|_| same)
}
