//! The sheets of an .xlsx, cell by cell.
//!
//! Read here and not by calamine (0.38), whose memory follows what a file claims: a sheet of two cells, A1 and
//! XFD1048576, or a shared table that says to hold 10^15 texts, ends the process. Here, room is made for what is
//! there. A cell's value is its text or number as saved, formulas by their last result; the format says how many decimals of
//! a number are shown.

use super::sheet::{Merge, Sheet, Value};
use super::shown::{built_in, decimals};
use crate::error::{Error, Place, Result};
use crate::read::office::{Element, Node, Package, Xml};
use std::collections::HashMap;

/// The sheets with cells, in the order of their tabs.
pub(super) fn sheets(name: &str, package: &mut Package) -> Result<Vec<Sheet>> {
    let place = Place::file(name);
    let targets = package.read("xl/_rels/workbook.xml.rels", targets)?;
    let ids = package.read("xl/workbook.xml", sheet_ids)?;
    let shared = package.read("xl/sharedStrings.xml", |xml| {
        let mut texts = Vec::new();
        xml.each("si", |xml, _| {
            texts.push(text(xml)?);
            Ok(())
        })?;
        Ok(texts)
    })?;
    let styles = package.read("xl/styles.xml", styles)?;
    let (mut sheets, mut filled) = (Vec::new(), 0);
    for (part, tab) in ids.iter().filter_map(|tab| Some((targets.get(&tab.id)?, tab))) {
        let mut empty = Sheet::after(&sheets, &tab.name);
        empty.hidden = tab.hidden;
        sheets.extend(package.read(part, |xml| {
            let (mut sheet, merges) = sheet(xml, &place, &Shared { texts: &shared, styles: &styles }, empty)?;
            sheet.as_shown();
            sheet.fill_down(&merges, &mut filled);
            Ok(Some(sheet))
        })?);
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    Ok(sheets)
}

/// Relationship ids and the parts that they lead to.
fn targets(xml: Xml) -> Result<HashMap<String, String>> {
    let mut targets = HashMap::new();
    xml.each("Relationship", |_, element| {
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
            let part = match target.strip_prefix('/') {
                Some(whole) => whole.to_string(),
                None => format!("xl/{}", target.trim_start_matches("./")),
            };
            targets.insert(id, part);
        }
        Ok(())
    })?;
    Ok(targets)
}

/// A tab of the workbook.
#[derive(Default)]
struct Tab {
    /// The id of the relationship that leads to the sheet.
    id: String,
    name: String,
    hidden: bool,
}

fn sheet_ids(xml: Xml) -> Result<Vec<Tab>> {
    let mut tabs: Vec<Tab> = Vec::new();
    // the attribute is r:id, in the namespace of relationships; sheetId is another
    xml.each("sheet", |_, element| {
        let name = element.attribute("name").unwrap_or_default();
        let hidden = element.attribute("state").is_some_and(|state| state != "visible");
        let id = element.attribute("id").filter(|id| !tabs.iter().any(|known| known.id == *id));
        tabs.extend(id.map(|id| Tab { id, name, hidden }));
        Ok(())
    })?;
    Ok(tabs)
}

/// How many decimals the format of each style shows, if it says so.
fn styles(mut xml: Xml) -> Result<Vec<Option<u8>>> {
    let (mut formats, mut styles, mut of_cells) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "numFmt" => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
                let format = element.attribute("formatCode").unwrap_or_default();
                formats.extend(id.map(|id| (id, decimals(&format))));
            }
            Node::Open(element) if element.name() == "cellXfs" => of_cells = true,
            Node::Close(element) if element.name() == "cellXfs" => of_cells = false,
            Node::Open(element) if of_cells && element.name() == "xf" => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                styles.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            Node::End => return Ok(styles),
            _ => {}
        }
    }
}

/// The text within the element that has just begun, of all its runs; not how it is pronounced.
fn text(xml: &mut Xml) -> Result<String> {
    let mut text = String::new();
    let (mut depth, mut in_text) = (1, false);
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) if element.name() == "rPh" => xml.skip()?,
            Node::Open(element) => {
                depth += 1;
                in_text = element.name() == "t";
            }
            Node::Close(_) => (depth, in_text) = (depth - 1, false),
            Node::Text(part) if in_text => text.push_str(&part),
            Node::Text(_) => {}
            Node::End => break,
        }
    }
    Ok(unescaped(&text))
}

/// Excel writes a control character as `_x000D_`, and an underscore that would look like it as `_x005F_`.
fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_string();
    }
    let mut to = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        to.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let (c, length) = match code.and_then(char::from_u32) {
            Some(c) => (c, 7),
            None => ('_', 1),
        };
        to.push(c);
        rest = &rest[length..];
    }
    to.push_str(rest);
    to
}

/// What cells refer to.
struct Shared<'s> {
    texts: &'s [String],
    styles: &'s [Option<u8>],
}

fn sheet(mut xml: Xml, place: &Place, shared: &Shared, mut sheet: Sheet) -> Result<(Sheet, Vec<Merge>)> {
    let mut merges = Vec::new();
    let (mut row, mut column) = (0_u32, 0_u32);
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "row" => {
                if let Some(number) = element.attribute("r").and_then(|number| number.parse::<u32>().ok()) {
                    row = number.saturating_sub(1);
                }
                column = 0;
                if is_set(&element, "hidden") {
                    sheet.hide_row(row);
                }
            }
            Node::Close(element) if element.name() == "row" => row = row.saturating_add(1),
            Node::Open(element) if element.name() == "c" => {
                if let Some(reference) = element.attribute("r") {
                    (row, column) = position(&reference).ok_or_else(|| {
                        let found = format!("a cell {}", crate::error::quoted(&reference));
                        Error::unexpected(place.clone(), found, "a reference such as \"B7\"")
                    })?;
                }
                let value = value(&mut xml, &element, shared, place)?;
                sheet.put(place, row, column, value)?;
                column = column.saturating_add(1);
            }
            Node::Open(element) if element.name() == "col" && is_set(&element, "hidden") => {
                let number = |name| element.attribute(name).and_then(|number| number.parse::<u32>().ok());
                if let (Some(first @ 1..), Some(last)) = (number("min"), number("max")) {
                    sheet.hide_columns(first - 1, last.saturating_sub(1));
                }
            }
            Node::Open(element) if element.name() == "mergeCell" => {
                let range = element.attribute("ref").and_then(|range| merge(&range));
                merges.extend(range.filter(|merge| merge.last > merge.first));
            }
            Node::End => return Ok((sheet, merges)),
            _ => {}
        }
    }
}

/// `B7:C9` as what is below each other.
fn merge(range: &str) -> Option<Merge> {
    let (first, last) = range.split_once(':')?;
    let ((first, column), (last, _)) = (position(first)?, position(last)?);
    Some(Merge { first, last, column })
}

/// `B7` as row 6, column 1.
fn position(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0_u32;
    for letter in reference[..digits].bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(letter)?;
    }
    let row: u32 = reference[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

fn is_set(element: &Element, name: &str) -> bool {
    element.attribute(name).is_some_and(|value| value == "1" || value == "true")
}

/// The value of the cell that has just begun.
fn value(xml: &mut Xml, cell: &Element, shared: &Shared, place: &Place) -> Result<Value> {
    let kind = cell.attribute("t").unwrap_or_default();
    let (mut value, mut in_value) = (String::new(), false);
    loop {
        match xml.next()? {
            Node::Open(element) => match element.name() {
                "v" => in_value = true,
                "is" => value = text(xml)?,
                _ => xml.skip()?,
            },
            Node::Text(text) if in_value => value.push_str(&text),
            Node::Text(_) => {}
            Node::Close(element) if element.name() == "v" => in_value = false,
            Node::Close(_) | Node::End => break,
        }
    }
    Ok(Value::Text(match kind.as_str() {
        "s" => match value.trim().parse::<usize>().ok().and_then(|index| shared.texts.get(index)) {
            Some(text) => text.clone(),
            None if value.is_empty() => value,
            None => {
                let found = format!("a cell with the shared text {}", crate::error::quoted(&value));
                let expected = format!("one of the {} that the file holds", shared.texts.len());
                return Err(Error::unexpected(place.clone(), found, expected));
            }
        },
        "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_string(),
        "str" | "inlineStr" => unescaped(&value),
        "" | "n" => match value.trim().parse() {
            Ok(number) => {
                let style = cell.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                return Ok(Value::Number(number, shared.styles.get(style).copied().flatten()));
            }
            Err(_) => value,
        },
        // an error (#N/A), or a date in words
        _ => value,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_cells() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "7", "A0", "1A", "É1", "ZZZZZZZZ1", "A99999999999"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_excel_escapes() {
        assert_eq!(unescaped("a_x000D_b_x005F_x000D_ _x_ _xé_"), "a\rb_x000D_ _x_ _xé_");
    }
}
