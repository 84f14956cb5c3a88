//! Rows of a table into recommendations.

use super::cache::{Cache, NameCache};
use super::check::rows::Noted;
use super::column::Column;
use super::columns::{Columns, is_header, known};
use super::heading::Heading;
use super::reader::Reader;
use super::{cells, check, closing, paragraph};
use crate::error::{Error, Place, Result, quoted};
use crate::files::decode::Decoded;
use crate::files::delimited::{Delimited, Row};
use crate::list::{FileRead, Form, RecommendationList, Reject};
use crate::recommendation::{PositionGiven, Recommendation, Session, Source, SourceLabels};
use crate::state::StateName;
use crate::text::pattern::patterns;
use csv::StringRecord;
use std::borrow::Cow;
use std::sync::Arc;

/// The most rows of one file: 36 times the whole history of the UPR, 117,000 recommendations. A row takes some 450 bytes
/// of memory, whatever its content, so a file of nothing but short lines would take a thousand times its size.
pub(super) const MAX_ROWS: u64 = 1 << 22;

/// The longest text of a recommendation, in bytes: the longest of 26,298 in UPR Info's export has 2,409, and an item of
/// a report is cut off here too.
const MAX_TEXT_BYTES: usize = 100_000;

/// The most recommending States of one row: the United Nations have 193 members.
const MAX_STATES: usize = 500;

/// The most labels of a kind in one row: UPR Info gives up to ten issues, OHCHR some dozens of themes.
pub(super) const MAX_LABELS: usize = 500;

/// What many rows share, made once.
pub(super) struct Rows {
    columns: Columns,
    given: Heading,
    file: Arc<str>,
    states: NameCache,
    reviewed: NameCache,
    positions: Cache<PositionGiven>,
    sessions: Cache<Session>,
    noted: Noted,
    numbers_in_texts: bool,
}

/// What a row turns out to be.
pub(crate) enum Content {
    Recommendation(Recommendation),
    Pledge(Recommendation),
    OtherMechanism,
    Reject(Reject),
}

impl Content {
    pub(super) fn of(made: Recommendation) -> Content {
        if made.is_pledge() { Content::Pledge(made) } else { Content::Recommendation(made) }
    }

    pub(super) fn add_to(self, list: &mut RecommendationList, set_aside: &mut u64) {
        match self {
            Content::Recommendation(recommendation) => list.recommendations.push(recommendation),
            Content::Pledge(pledge) => list.pledges.push(pledge),
            Content::OtherMechanism => *set_aside += 1,
            Content::Reject(reject) => list.rejects.push(reject),
        }
    }
}

pub(super) fn read(reader: &Reader, name: &str, decoded: &Decoded) -> Result<RecommendationList> {
    let table = Delimited::open(&decoded.text, |row| known(reader, row), |row| is_header(reader, row))
        .map_err(|found| Error::unexpected(Place::file(name), found, "a header and rows"))?;
    let headers = table.headers.clone();
    let mut about = FileRead::of_text(name, Form::Table, decoded);
    about.warnings.extend(rows_above(table.above));
    from_rows(reader, name, about, &headers, table)
}

/// The rows of the tables in a Word file, under the header that knows most columns; none where no header knows two.
#[cfg(feature = "word")]
pub(super) fn of_word(
    reader: &Reader,
    name: &str,
    document: &super::word::Document,
    about: FileRead,
) -> Result<Option<RecommendationList>> {
    /// Titles and notes are above a header, in no more than a few rows.
    const HEADER_WITHIN: usize = 50;
    let rows: Vec<Vec<String>> =
        document.rows().map(|cells| cells.iter().map(|cell| cell.join("\n")).collect()).collect();
    let is_header = |cells: &&Vec<String>| is_header(reader, cells) && known(reader, cells) > 1;
    let headers = rows.iter().take(HEADER_WITHIN).enumerate().filter(|(_, cells)| is_header(cells));
    let Some((at, headers)) = headers.rev().max_by_key(|(_, cells)| known(reader, cells)) else {
        return Ok(None);
    };
    let below = (1..).zip(&rows).skip(at + 1).filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let below = below.map(|(number, cells)| Row {
        number,
        raw: Cow::Owned(cells.join("\t")),
        content: Ok(StringRecord::from(cells.clone())),
    });
    from_rows(reader, name, about, headers, below).map(Some)
}

/// How many columns of a text are known by its header, if it has one.
pub(super) fn known_columns(reader: &Reader, text: &str) -> usize {
    let table = Delimited::open(text, |row| known(reader, row), |row| is_header(reader, row));
    table.map_or(0, |table| known(reader, &table.headers))
}

/// Whether a text is a table of several columns: its first rows have as many fields as its header, whose fields are short.
pub(super) fn is_wide(text: &str) -> bool {
    const MIN_COLUMNS: usize = 3;
    const MIN_ROWS: usize = 3;
    const MAX_ROWS: usize = 50;
    const MAX_HEADER_WORDS: usize = 8;
    let is_header = |fields: &StringRecord| {
        let is_one = |field: &str| {
            field.contains(char::is_alphabetic)
                && field.split_whitespace().count() <= MAX_HEADER_WORDS
                && !field.trim_start().starts_with(|c: char| c.is_ascii_digit())
        };
        fields.len() >= MIN_COLUMNS && fields.iter().all(is_one)
    };
    b",;\t|".iter().any(|&delimiter| {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true).delimiter(delimiter);
        let mut rows =
            reader.from_reader(text.as_bytes()).into_records().take(MAX_ROWS).map_while(Result::ok);
        let Some(header) = rows.next().filter(is_header) else { return false };
        let (mut fit, mut all) = (0, 0);
        for row in rows {
            (fit, all) = (fit + usize::from(row.len() == header.len()), all + 1);
        }
        all >= MIN_ROWS && fit * 10 >= all * 9
    })
}

patterns! {
    /// A cell in quotation marks that begins with a number, or a number that a separator follows.
    CELL = r#"(?m)^(?:"\s*\d|\d{1,3}(?:\.\d{1,3})?[,;\t]["A-Z])"#;
}

/// The cells of a table of one or two columns as lines, by each delimiter that fits; none for wider tables and for texts that are no
/// table.
pub(super) fn cells_as_lines(text: &str) -> impl Iterator<Item = String> {
    let delimiters: &[u8] = if CELL.is_match(text) { b",;\t" } else { &[] };
    let lines = |delimiter: &u8| {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader =
            reader.has_headers(false).flexible(true).delimiter(*delimiter).from_reader(text.as_bytes());
        let mut lines = String::new();
        for (at, record) in reader.records().enumerate() {
            let record = record.ok()?;
            lines.push_str(if at == 0 { "" } else { "\n" });
            cells_as_line(record.iter(), &mut lines)?;
        }
        Some(lines)
    };
    delimiters.iter().filter_map(lines)
}

/// Adds a row of one or two filled cells as a line without its end; none for a wider row.
pub(super) fn cells_as_line<'c>(cells: impl Iterator<Item = &'c str>, to: &mut String) -> Option<()> {
    let filled: Vec<&str> = cells.map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let [cells @ .., last] = filled.as_slice() else { return Some(()) };
    if cells.len() > 1 {
        return None;
    }
    cells.iter().for_each(|cell| to.extend([*cell, "\t"]));
    last.split(['\n', '\r']).for_each(|line| to.extend([line, " "]));
    Some(())
}

/// The warning about rows above the header that are not titles.
pub(super) fn rows_above(count: usize) -> Option<String> {
    let rows = if count == 1 { "row above the header was" } else { "rows above the header were" };
    (count > 0).then(|| {
        format!(
            "{count} {rows} not read: a table has one header, above all of its rows; remove the second header"
        )
    })
}

/// Rows under headers into recommendations, wherever the rows come from. `about` is completed with their number.
pub(super) fn from_rows<'t>(
    reader: &Reader,
    name: &str,
    mut about: FileRead,
    headers: &[String],
    mut table: impl Iterator<Item = Row<'t>>,
) -> Result<RecommendationList> {
    let sample = check::sample(&mut table);
    let mut rows = Rows::new(reader, name, &mut about, headers, &sample)?;
    let mut list = RecommendationList::default();
    for row in sample.into_iter().chain(table) {
        about.rows += 1;
        if row.number > MAX_ROWS {
            return Err(too_many_rows(name));
        }
        rows.read(row).add_to(&mut list, &mut about.set_aside);
    }
    rows.finish(reader, name, &mut about)?;
    list.files.push(about);
    Ok(list)
}

/// What is said of a file with more rows than any list has.
pub(super) fn too_many_rows(name: &str) -> Error {
    let expected = "a list of recommendations, in several files where it is longer";
    Error::unexpected(Place::file(name), format!("more than {MAX_ROWS} rows"), expected)
}

/// The row of a reject; of one that is too long for any row, the beginning.
fn kept(raw: Cow<'_, str>) -> String {
    match raw.char_indices().nth(MAX_TEXT_BYTES) {
        Some((end, _)) => raw[..end].to_string(),
        None => raw.into_owned(),
    }
}

impl Rows {
    /// Finds the columns, compares them with the first rows ([`check`]), and says in `about` which are not used.
    pub(super) fn new(
        reader: &Reader,
        name: &str,
        about: &mut FileRead,
        headers: &[String],
        sample: &[Row<'_>],
    ) -> Result<Rows> {
        let columns = Columns::find(reader, name, headers)
            .map_err(|error| check::column_of_lists(reader, name, headers, sample).unwrap_or(error))?;
        about.unused_columns = columns.unused(headers);
        about.warnings.extend(check::columns(reader, name, &columns, headers, sample)?);
        let noted = Noted::new(&columns, headers, sample);
        let numbers_in_texts = paragraph::are_in_texts(&columns, sample);
        Ok(Rows {
            columns,
            given: reader.given.clone(),
            file: about.file.clone(),
            states: Cache::default(),
            reviewed: Cache::default(),
            positions: Cache::default(),
            sessions: Cache::default(),
            noted,
            numbers_in_texts,
        })
    }

    pub(super) fn read(&mut self, row: Row) -> Content {
        self.noted.row();
        let content = row.content.map_err(|fault| fault.to_string());
        content.and_then(|record| self.content(&record, row.number)).unwrap_or_else(|reason| {
            let reject = Reject::new(Source::new(self.file.clone(), row.number), reason, kept(row.raw));
            self.noted.rejected(&reject);
            Content::Reject(reject)
        })
    }

    /// Says in `about` what all rows together show.
    pub(super) fn finish(self, reader: &Reader, name: &str, about: &mut FileRead) -> Result<()> {
        self.noted.finish(reader, name, &self.columns, about)
    }

    fn content(&mut self, record: &StringRecord, row: u64) -> Result<Content, String> {
        let is_alone = self.noted.refused(&self.columns, record)?;
        let cell = |column| self.columns.cell(column, record).map(cells::without_entities);
        if let Some(body) = cell(Column::RecommendingBody).filter(|body| !is_upr(body)) {
            self.noted.set_aside(&body);
            return Ok(Content::OtherMechanism);
        }
        let text = cell(Column::Text).ok_or("found an empty text, expected a recommendation")?.into_owned();
        let mut text = text.trim().to_string();
        if !text.contains(char::is_alphabetic) {
            // the sum under a list, or a row of dashes
            return Err("found a text without letters, expected a recommendation".to_string());
        }
        if is_total(&text) {
            return Err(format!("found {}, the sum under a list, expected a recommendation", quoted(&text)));
        }
        if text.len() > MAX_TEXT_BYTES {
            let found = format!("found a text of {} bytes, of which the beginning is kept", text.len());
            return Err(format!("{found}, expected at most {MAX_TEXT_BYTES}"));
        }
        let mut number = cell(Column::Paragraph).map(|number| paragraph::in_cell(number.trim()).to_string());
        // UHRI writes the number in front of the text, and people copy it so
        if number.is_none()
            && (self.numbers_in_texts || self.columns.has(Column::RecommendingBody))
            && let Some((found, rest)) = paragraph::before_text(&text)
        {
            (number, text) = (Some(found.to_string()), rest.to_string());
        }
        let list = |column, separators: &[char]| {
            cell(column).map_or(Vec::new(), |cell| cells::items(&cell, separators))
        };
        let labels = SourceLabels {
            heading: None,
            issues: list(Column::Issues, &[',', ';']),
            // OHCHR's themes hold commas
            themes: list(Column::Themes, &[';', '|']),
            action: cell(Column::Action).map(|action| action.into_owned()),
            sdgs: list(Column::Sdgs, &[';', '|']),
            affected_persons: list(Column::AffectedPersons, &[';', '|']),
        };
        if let Some(found) = labels.lengths().into_iter().find(|length| *length > MAX_LABELS) {
            return Err(format!("found {found} labels in a cell, expected at most {MAX_LABELS}"));
        }
        // UHRI writes even a single value as a list
        let value = |column| cell(column).and_then(|cell| cells::value(&cell));
        let session = value(Column::Session).map(|session| self.sessions.read(&session, Session::new));
        let review = Heading {
            document: value(Column::Document),
            // "Cycle 3" does not say which session
            session: session.filter(|session| !(session.names_cycle() && self.given.session.is_some())),
            state_under_review: value(Column::StateUnderReview)
                .map(|name| self.reviewed.read(&name, StateName::new)),
        };
        let position = value(Column::Position).map(|given| self.positions.read(&given, PositionGiven::new));
        let from = cell(Column::RecommendingStates);
        let mut recommending_states = from.map_or(Vec::new(), |from| cells::states(&from, &mut self.states));
        let mut in_text = None;
        if let Some((end, states)) = closing::states(&text, &mut self.states) {
            if self.columns.has(Column::RecommendingStates) {
                in_text = Some(states);
            } else {
                text.truncate(end);
                recommending_states = states;
            }
        }
        if recommending_states.len() > MAX_STATES {
            let found = recommending_states.len();
            return Err(format!("found {found} recommending States, expected at most {MAX_STATES}"));
        }
        let made = Recommendation {
            paragraph: number.filter(|number| !number.is_empty()),
            recommending_states,
            position,
            labels,
            ..review.or(&self.given).recommendation(text, Source::new(self.file.clone(), row))
        };
        if is_alone {
            self.noted.alone(row, &made.text);
        }
        self.noted.made(&made, in_text, row);
        Ok(Content::of(made))
    }
}

/// Whether a body is the Universal Periodic Review, in English, French or Spanish.
fn is_upr(body: &str) -> bool {
    let body = body.to_lowercase();
    ["universal periodic review", "examen périodique univers", "examen periódico universal"]
        .iter()
        .any(|name| body.contains(name))
        || body.split(|c: char| !c.is_alphanumeric()).any(|word| ["upr", "epu"].contains(&word))
}

/// `Total`, `TOTAL: 18 recommendations`, `115 recommendations`: numbers and the words of a sum, and nothing else.
fn is_total(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is = |word: &str, known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    let sums = ["total", "totals", "subtotal", "sum"];
    let beside = ["grand", "number", "of", "all", "the", "recommendation", "recommendations", "rows"];
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let of_many = || words().any(is_number) && words().any(|word| is(word, &["recommendations", "rows"]));
    (words().any(|word| is(word, &sums)) || of_many())
        && words().all(|word| is(word, &sums) || is(word, &beside) || is_number(word))
}
