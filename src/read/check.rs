//! Whether the cells of a column are what its header says: a column `Position` may hold names of States.
//!
//! The first rows of a table are looked at before any of them is read. Where the cells show that a column was taken for
//! what it is not, reading stops with an error that says which option to give; where it may be right, there is a warning.
//! A column that the caller named is never refused. [`cells`] says what cells look like, [`text`] looks at texts, [`rivals`] compares
//! columns that could mean the same, and [`rows`] has what only all rows together show.

mod cells;
mod found;
mod headings;
mod numbers;
mod rivals;
pub(super) mod rows;
mod text;
mod unused;

use super::column::Column;
use super::columns::Columns;
use super::reader::Reader;
use crate::error::{Error, Place, Result, quoted};
use crate::files::delimited::Row;
use crate::recommendation::{Position, Session};
use cells::{Cells, is_nothing, named};
use csv::StringRecord;
pub(super) use text::column_of_lists;

/// Fewer filled cells say nothing about a column: two of two may be chance, and examples in documents have two rows.
pub(super) const MIN_CELLS: usize = 3;

/// Where more than one in so many names is unknown, they are in another language or form, and not just misspelt: of the 26,920
/// rows in UPR Info's export 9 have an unknown State.
const MANY_OF: usize = 10;

/// The rows that are looked at: a column holds the same kind of cells from the beginning to the end of a list. UPR
/// Info's longest review has 299 rows.
const MAX_SAMPLE_ROWS: usize = 1_000;

/// The rows that begin within so many bytes: a table that is read in pieces has as many in its first piece, so it is
/// judged by the same rows as in memory.
const MAX_SAMPLE_BYTES: usize = 512 << 10;

/// The first rows of a table.
pub(super) fn sample<'t>(table: &mut impl Iterator<Item = Row<'t>>) -> Vec<Row<'t>> {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while rows.len() < MAX_SAMPLE_ROWS && bytes < MAX_SAMPLE_BYTES {
        let Some(row) = table.next() else { break };
        bytes += row.raw.len();
        rows.push(row);
    }
    rows
}

/// The columns of a table and its first rows.
struct Check<'c> {
    reader: &'c Reader,
    name: &'c str,
    columns: &'c Columns,
    headers: &'c [String],
    records: Vec<&'c StringRecord>,
    held: Vec<Cells<'c>>,
    warnings: Vec<String>,
}

/// Compares each column with its meaning; the warnings, or an error where reading on would give wrong numbers.
pub(super) fn columns(
    reader: &Reader,
    name: &str,
    columns: &Columns,
    headers: &[String],
    rows: &[Row<'_>],
) -> Result<Vec<String>> {
    let is_body = |record: &&StringRecord| !headings::is_header_again(headers, record);
    let records: Vec<&StringRecord> =
        rows.iter().filter_map(|row| row.content.as_ref().ok()).filter(is_body).collect();
    if records.len() < MIN_CELLS {
        return Ok(Vec::new());
    }
    if headers.len() == 1 {
        one_column(name, headers, &records)?;
    }
    let cells = |at| Cells::of(records.iter().filter_map(|record| record.get(at)));
    let held = (0..headers.len()).map(cells).collect();
    let mut check = Check { reader, name, columns, headers, records, held, warnings: Vec::new() };
    check.position()?;
    check.states(Column::RecommendingStates)?;
    check.states(Column::StateUnderReview)?;
    check.text()?;
    check.sessions()?;
    check.rivals()?;
    check.recommends_to_itself()?;
    check.not_used();
    Ok(check.warnings)
}

/// Refuses a title `Recommendations` above a table whose own header is not known: each row has the same separators.
fn one_column(name: &str, headers: &[String], records: &[&StringRecord]) -> Result<()> {
    // a recommendation may end with a semicolon, and hold one
    for (separator, what, least) in [(';', "semicolons", 2), ('\t', "tabs", 1), ('|', "bars", 1)] {
        let of = |record: &StringRecord| record.get(0).unwrap_or_default().matches(separator).count();
        let count = records.first().map_or(0, |record| of(record));
        if count >= least && records.iter().all(|record| of(record) == count) {
            let found = format!("one header, and {count} {what} in each of {} rows", records.len());
            let expected = "a header for each column, and one for the text; or name it with --column text=HEADER (Reader::column)";
            return Err(Error::unexpected(Place::file(name).column(headers[0].clone()), found, expected));
        }
    }
    Ok(())
}

/// What a person types: `--column text=Wording`, in quotation marks where the header needs them.
fn option(column: Column, header: &str) -> String {
    let value = format!("{}={header}", column.as_str());
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '=' | '-' | '_' | '.'));
    if plain { format!("--column {value}") } else { format!("--column {}", quoted(&value)) }
}

/// What a column means, in a sentence.
fn meaning(column: Column) -> &'static str {
    match column {
        Column::Text => "the text of the recommendation",
        Column::StateUnderReview => "the State under review",
        Column::RecommendingStates => "the recommending States",
        Column::Position => "the position",
        Column::Session => "the session",
        Column::Document => "the document",
        Column::Paragraph => "the number",
        Column::Issues => "the issues",
        Column::Action => "the action category",
        Column::Themes => "the themes",
        Column::Sdgs => "the goals",
        Column::AffectedPersons => "the affected persons",
        Column::RecommendingBody => "the body that recommends",
    }
}

/// The warning about cells that name no known State.
fn unknown_states(header: &str, held: &Cells, column: Column) -> String {
    format!(
        "the column {header} was read as {}, but {} of {} cells name no known State, such as {}: they are kept as \
         written; write the names of States as the UN does, or name another column with --column {}=HEADER",
        meaning(column),
        held.filled - held.states,
        held.filled,
        quoted(held.example(|cell| !cells::names_states(cell))),
        column.as_str(),
    )
}

impl Check<'_> {
    /// The column's place, if it has one with enough cells.
    fn used(&self, column: Column) -> Option<usize> {
        self.columns.at(column).filter(|at| self.held.get(*at).is_some_and(|held| held.filled >= MIN_CELLS))
    }

    fn given(&self, column: Column) -> bool {
        self.reader.columns.contains_key(&column)
    }

    /// A column without a meaning of its own whose cells fit.
    fn other(&self, fits: impl Fn(&Cells) -> bool) -> Option<usize> {
        (0..self.held.len()).find(|at| {
            self.columns.meaning(*at).is_none() && self.held[*at].filled >= MIN_CELLS && fits(&self.held[*at])
        })
    }

    fn header(&self, at: usize) -> String {
        quoted(&self.headers[at])
    }

    fn options(&self, named: &[(Column, usize)]) -> String {
        let options: Vec<String> =
            named.iter().map(|(column, at)| option(*column, &self.headers[*at])).collect();
        options.join(" ")
    }

    /// Stops, since the column is not what it was taken for; only warns where the caller named the column.
    fn refuse(&mut self, column: Column, at: usize, found: String, expected: String) -> Result<()> {
        if self.given(column) {
            self.warnings
                .push(format!("the column {} holds {found}; expected are {expected}", self.header(at)));
            return Ok(());
        }
        let place = Place::file(self.name).column(self.headers[at].clone());
        Err(Error::unexpected(place, found, expected))
    }

    fn position(&mut self) -> Result<()> {
        let Some(at) = self.used(Column::Position) else { return Ok(()) };
        let held = &self.held[at];
        let positions = |held: &Cells| held.most(held.positions);
        if held.most(held.states) {
            let mut found = format!("names of States in {} of {} cells", held.states, held.filled);
            let recommending = self.columns.at(Column::RecommendingStates);
            let right =
                recommending.filter(|at| positions(&self.held[*at])).or_else(|| self.other(positions));
            let mut named: Vec<(Column, usize)> = right.iter().map(|at| (Column::Position, *at)).collect();
            if recommending.is_none_or(|states| Some(states) == right) {
                named.push((Column::RecommendingStates, at));
            }
            if let Some(right) = right {
                found += &format!(", and positions in the column {}", self.header(right));
            }
            let advice = match named.as_slice() {
                [] => "rename this column, or name the right one with --column position=HEADER".to_string(),
                named => format!("type {}", self.options(named)),
            };
            let expected = format!("positions such as \"supported\": {advice} (Reader::column)");
            return self.refuse(Column::Position, at, found, expected);
        }
        if positions(held) {
            return Ok(());
        }
        let (unknown, filled) = (held.filled - held.positions, held.filled);
        if let Some(right) = self.other(positions) {
            let found = format!(
                "no known position in {unknown} of {filled} cells, and positions in the column {}",
                self.header(right)
            );
            let named = self.options(&[(Column::Position, right)]);
            let expected = format!("positions such as \"supported\": type {named} (Reader::column)");
            return self.refuse(Column::Position, at, found, expected);
        }
        if held.most(unknown) {
            self.warnings.push(format!(
                "the column {} was read as the position, but {unknown} of {filled} cells hold no known position, such \
                 as {}: they are kept as written; replace them by supported, noted or supported in part, or name \
                 another column with --column position=HEADER",
                self.header(at),
                quoted(held.example(|cell| Position::from_wording(cell).is_none())),
            ));
        }
        Ok(())
    }

    /// A column for names of States, of those who recommend or of the State under review.
    fn states(&mut self, column: Column) -> Result<()> {
        let Some(at) = self.used(column) else { return Ok(()) };
        let held = &self.held[at];
        let (unknown, filled) = (held.filled - held.states, held.filled);
        if !held.most(unknown) {
            if unknown >= MIN_CELLS && unknown * MANY_OF > filled {
                self.warnings.push(unknown_states(&self.header(at), held, column));
            }
            return Ok(());
        }
        let expected = |named: &str| format!("names of States: type {named} (Reader::column)");
        if held.most(held.positions) {
            let found = format!("positions in {} of {filled} cells", held.positions);
            let named = match self.other(|held| held.most(held.states)) {
                Some(right) if self.columns.at(Column::Position).is_none() => {
                    self.options(&[(column, right), (Column::Position, at)])
                }
                Some(right) => self.options(&[(column, right)]),
                None => format!("--column {}=HEADER", column.as_str()),
            };
            return self.refuse(column, at, found, expected(&named));
        }
        // a column with the State under review is the same in every row of a review
        let several = column == Column::RecommendingStates;
        let fits = |held: &Cells| held.most(held.states) && (!several || held.distinct.len() > 1);
        if let Some(right) = self.other(fits) {
            let found = format!(
                "no known State in {unknown} of {filled} cells, and names of States in the column {}",
                self.header(right)
            );
            let named = self.options(&[(column, right)]);
            return self.refuse(column, at, found, expected(&named));
        }
        self.warnings.push(unknown_states(&self.header(at), held, column));
        Ok(())
    }

    fn sessions(&mut self) -> Result<()> {
        let Some(at) = self.used(Column::Session) else { return Ok(()) };
        let held = &self.held[at];
        // UPR Info's action categories are 1 to 5
        let action = self.used(Column::Action).filter(|at| {
            let larger = |cell: &&str| cell.parse().is_ok_and(|number: u32| number > 5);
            self.held[*at].distinct.iter().all(larger) && !held.distinct.iter().any(larger)
        });
        if let Some(action) = action {
            let found = format!("numbers up to 5, and larger ones in the column {}", self.header(action));
            let named = self.options(&[(Column::Session, action), (Column::Action, at)]);
            let expected = format!("sessions: the two look exchanged, so type {named} (Reader::column)");
            return self.refuse(Column::Session, at, found, expected);
        }
        let is_other = |cell: &str| Session::new(cell).number.is_none() && !Session::new(cell).names_cycle();
        if held.most(held.filled - held.sessions) && held.distinct.iter().any(|cell| is_other(cell)) {
            self.warnings.push(format!(
                "the column {} was read as the session, but {} of {} cells hold no known session, such as {}: they are kept as \
                 written; write its number, or name another column with --column session=HEADER",
                self.header(at),
                held.filled - held.sessions,
                held.filled,
                quoted(held.example(is_other)),
            ));
        }
        Ok(())
    }

    /// A column that names the State under review in each row was taken for the recommending States.
    fn recommends_to_itself(&mut self) -> Result<()> {
        let Some(at) = self.used(Column::RecommendingStates) else { return Ok(()) };
        let of = |column: Column, record: &StringRecord| {
            let cell = record.get(self.columns.at(column)?)?.trim();
            (!is_nothing(cell)).then(|| named(cell)).filter(|names| !names.is_empty())
        };
        let given = self.reader.given.state_under_review.as_ref().map(|name| name.name().to_string());
        let (mut own, mut rows) = (0, 0);
        for record in &self.records {
            let pledge = self.columns.at(Column::Position).and_then(|at| record.get(at));
            let pledge = pledge.is_some_and(|cell| cell.to_lowercase().contains("pledge"));
            let Some(from) = of(Column::RecommendingStates, record).filter(|_| !pledge) else { continue };
            let reviewed =
                of(Column::StateUnderReview, record).or_else(|| given.clone().map(|name| vec![name]));
            rows += 1;
            own += usize::from(reviewed == Some(from));
        }
        if own < rows || rows < MIN_CELLS {
            return Ok(());
        }
        let found = format!("the State under review itself in all of {rows} cells");
        let advice = if self.columns.has(Column::StateUnderReview) {
            "name the right column with --column recommending-states=HEADER".to_string()
        } else {
            format!("type {}", self.options(&[(Column::StateUnderReview, at)]))
        };
        let expected = format!("the States that recommend: {advice} (Reader::column)");
        self.refuse(Column::RecommendingStates, at, found, expected)
    }

    /// Whether two columns say the same of the State or States, in other words perhaps.
    fn says_the_same(&self, column: Column, one: &str, other: &str) -> bool {
        match column {
            Column::RecommendingStates | Column::StateUnderReview => named(one) == named(other),
            Column::Position => match Position::from_wording(one) {
                Some(position) => Position::from_wording(other) == Some(position),
                None => cells::key(one) == cells::key(other),
            },
            _ => cells::key(one) == cells::key(other),
        }
    }
}
