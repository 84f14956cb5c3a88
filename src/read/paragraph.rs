//! The numbers of recommendations in tables: in a column of their own, or in front of the texts.

use super::check::MIN_CELLS;
use super::column::Column;
use super::columns::Columns;
use crate::files::delimited::Row;
use crate::text::pattern::patterns;
use std::borrow::Cow;

patterns! {
    /// `R144.44P1`: the first part of recommendation 144.44, as a tracker numbers it.
    CODE = r"^R(\d+\.\d+)(?:P\d+)?$";
}

/// `26.1` of `26.1.` and of `para. 26.1`, and `15` of `15.0`, as spreadsheets and pandas write it: no report has a number 0.
pub(super) fn in_cell(cell: &str) -> &str {
    const CITED: [&str; 4] = ["paragraph ", "para. ", "para ", "para."];
    let is = |word: &&str| cell.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    let cited = CITED.iter().find(|word| is(word)).map_or(0, |word| word.len());
    let number = cell[cited..].trim_start().trim_end_matches('.');
    if let Some(code) = CODE.captures(number).and_then(|code| code.get(1)) {
        return code.as_str();
    }
    match number.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        _ => number,
    }
}

/// `26.161 Abolish ...` into number and text.
pub(super) fn before_text(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = text[..end].trim_end_matches('.');
    let rest = text[end..].trim_start();
    // "2030 Agenda" begins with no paragraph
    let apart = text[end..].starts_with(char::is_whitespace) && text[..end].contains('.');
    (apart && number.starts_with(|c: char| c.is_ascii_digit()) && !rest.is_empty()).then_some((number, rest))
}

/// Whether the texts of a table without a column for numbers begin with them: nine of ten do.
pub(super) fn are_in_texts(columns: &Columns, sample: &[Row<'_>]) -> bool {
    let records = sample.iter().filter_map(|row| row.content.as_ref().ok());
    let texts: Vec<Cow<'_, str>> = records.filter_map(|record| columns.cell(Column::Text, record)).collect();
    let numbered = texts.iter().filter(|text| before_text(text.trim()).is_some()).count();
    !columns.has(Column::Paragraph) && numbered >= MIN_CELLS && numbered * 10 >= texts.len() * 9
}
