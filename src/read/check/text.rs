//! Whether the column of the text holds texts, and no codes, themes or names while another column has the texts.

use super::cells::{self, Cells, is_nothing};
use super::{Check, MIN_CELLS, option};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::delimited::Row;
use crate::read::cache::NameCache;
use crate::read::closing;
use crate::read::column::Column;
use crate::read::reader::Reader;

/// How many headers a message shows.
const SHOWN: usize = 30;

/// A column of codes has at least this many rows for each different cell; issues and themes in the shared lists have 20.
const REPEATS: usize = 4;

/// A text has its own labels, so there are no more different labels than texts. Where a column of labels has half as many
/// again as the column of the text, the two were swapped.
const MORE_LABELS: (usize, usize) = (3, 2);

/// The error about a table without a known header of which one column holds recommendations with their States in brackets: it
/// says how to name that column.
pub(in crate::read) fn column_of_lists(
    reader: &Reader,
    name: &str,
    headers: &[String],
    rows: &[Row<'_>],
) -> Option<Error> {
    if reader.columns.contains_key(&Column::Text) || headers.len() < 2 {
        return None;
    }
    let mut known = NameCache::default();
    let records = || rows.iter().filter_map(|row| row.content.as_ref().ok());
    let column = (0..headers.len()).filter(|at| !headers[*at].is_empty()).find(|at| {
        let cells = || records().filter_map(|record| record.get(*at)).filter(|cell| !is_nothing(cell.trim()));
        // a cell of several lines is a list by itself
        let held =
            cells().filter(|cell| !cell.trim().contains('\n') && closing::states(cell, &mut known).is_some());
        let held = held.count();
        held >= MIN_CELLS && held * 2 > cells().count()
    })?;
    let found = format!(
        "the headers {}, and recommendations with States in brackets in the column {}",
        listed(headers.iter().take(SHOWN)),
        quoted(&headers[column])
    );
    let named = option(Column::Text, &headers[column]);
    let expected =
        format!("a column with the header \"text\" or \"recommendation\": type {named} (Reader::column)");
    Some(Error::unexpected(Place::file(name), found, expected))
}

impl Check<'_> {
    pub(super) fn text(&mut self) -> Result<()> {
        let Some(at) = self.used(Column::Text) else { return Ok(()) };
        let held = &self.held[at];
        let repeats = held.distinct.len() * REPEATS <= held.filled;
        let sentences = |other: &Cells, times: (usize, usize)| {
            other.most(other.long) && other.distinct.len() * times.1 >= held.distinct.len() * times.0
        };
        if held.most(held.long) {
            // one text in many rows may be a joint recommendation, or the theme of several
            if let Some(right) = self.other(|other| sentences(other, (REPEATS, 1))).filter(|_| repeats) {
                self.warnings.push(format!(
                    "the column {} was read as the text, and holds {} different texts in {} rows; the column {} holds {}: type {} \
                     if the recommendations are there (Reader::column)",
                    self.header(at),
                    held.distinct.len(),
                    held.filled,
                    self.header(right),
                    self.held[right].distinct.len(),
                    self.options(&[(Column::Text, right)]),
                ));
            }
            return Ok(());
        }
        let (short, filled) = (held.short, held.filled);
        let codes = held.most(short) || repeats;
        let swapped = || {
            let times = |column: &Column| match column {
                Column::Text => None,
                // answers may be sentences, unless the answers are in the column of the text
                Column::Position => held.most(held.positions).then_some((1, 1)),
                Column::Issues | Column::Themes | Column::Sdgs | Column::AffectedPersons => Some(MORE_LABELS),
                _ => codes.then_some((1, 1)),
            };
            let used = Column::ALL.iter().filter_map(|column| Some((self.used(*column)?, times(column)?)));
            used.filter(|(at, times)| sentences(&self.held[*at], *times)).map(|(at, _)| at).next()
        };
        let other = self.other(|other| sentences(other, (1, 1))).filter(|_| codes);
        if let Some(right) = other.or_else(swapped) {
            let what = if held.most(short) {
                format!("no more than two words in {short} of {filled} cells")
            } else {
                format!("{} different texts in {filled} cells", held.distinct.len())
            };
            let found = format!("{what}, and sentences in the column {}", self.header(right));
            let mut named = vec![(Column::Text, right)];
            named.extend(self.columns.meaning(right).map(|column| (column, at)));
            let named = self.options(&named);
            let expected =
                format!("the texts of recommendations: type {named} if they are there (Reader::column)");
            return self.refuse(Column::Text, at, found, expected);
        }
        if held.most(held.codes) {
            self.warnings.push(format!(
                "the column {} was read as the text, but {} of {filled} cells hold one word or a code, such as {}: \
                 name another column with --column text=HEADER if the texts are there",
                self.header(at),
                held.codes,
                quoted(held.example(cells::is_code)),
            ));
        }
        Ok(())
    }
}
