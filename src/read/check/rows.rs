//! What only all rows of a table show: dates for numbers, cycles for sessions, States that contradict the text.

use super::cells::{is_date, is_no_text, is_number_of_report};
use super::found::{Found, SHOWN};
use super::headings::{is_alone, is_header_again, is_heading, is_note, is_second_header};
use super::numbers::{MAX_REVIEWED, Numbers};
use super::{MIN_CELLS, option};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::delimited::Row;
use crate::files::encoding::Encoding;
use crate::list::{FileRead, Reject};
use crate::read::brackets;
use crate::read::cells::is_nothing;
use crate::read::closing;
use crate::read::column::Column;
use crate::read::columns::Columns;
use crate::read::reader::Reader;
use crate::recommendation::Recommendation;
use crate::recommendation::id::review_key;
use crate::state::{State, StateName};
use crate::text::key::letters_and_digits;
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Rows of one State each share a text with the States of a joint recommendation; so many texts are remembered.
const MAX_TEXTS: usize = 100_000;

/// The days of 2000 to 2050 as Excel numbers them: so a workbook holds a date.
const EXCEL_DAYS: std::ops::RangeInclusive<u32> = 36_526..=55_152;

/// Where three in four rows fill cells beside the text, a text alone in its row may be a heading: under a heading are three
/// recommendations or more. In the shared lists all rows fill other cells.
const NEARLY_ALL: (usize, usize) = (3, 4);

/// A text that is in several rows, one for each of its States: what the column and the brackets say.
struct Joint {
    in_text: BTreeSet<String>,
    in_column: BTreeSet<String>,
    rows: Found,
}

/// What was noted of the rows.
pub(in crate::read) struct Noted {
    headers: Vec<String>,
    /// Whether a text alone in its row is no recommendation.
    rows_are_full: bool,
    rows: usize,
    aside: usize,
    bodies: BTreeSet<String>,
    rejects: usize,
    reason: String,
    dates: Found,
    /// Dates as Excel numbers them, and numbers as in a report beside them: alone they may be numbers of another kind.
    days: Found,
    dotted: usize,
    cycles: Found,
    /// The States under review in each session.
    reviewed: BTreeMap<u16, BTreeSet<&'static str>>,
    alone: Found,
    without_states: Found,
    differ: Found,
    /// Texts with a name in brackets at their end that is not known.
    unnamed: Found,
    /// Texts of several recommendations.
    several: Found,
    joint: HashMap<String, Joint>,
    numbers: Numbers,
    /// Unknown names of States with letters beyond ASCII.
    garbled: Found,
    /// Texts that are what another column holds.
    no_texts: Found,
}

impl Noted {
    pub(in crate::read) fn new(columns: &Columns, headers: &[String], sample: &[Row<'_>]) -> Noted {
        let text = |record: &&StringRecord| {
            let text = columns.cell(Column::Text, record).unwrap_or_default();
            !text.is_empty() && !is_heading(&text) && !is_note(&text) && !is_header_again(headers, record)
        };
        let records: Vec<&StringRecord> =
            sample.iter().filter_map(|row| row.content.as_ref().ok()).filter(text).collect();
        let full = records.iter().filter(|record| !is_alone(columns, record)).count();
        Noted {
            headers: headers.to_vec(),
            rows_are_full: full >= MIN_CELLS && full * NEARLY_ALL.1 >= records.len() * NEARLY_ALL.0,
            rows: 0,
            aside: 0,
            bodies: BTreeSet::new(),
            rejects: 0,
            reason: String::new(),
            dates: Found::default(),
            days: Found::default(),
            dotted: 0,
            cycles: Found::default(),
            reviewed: BTreeMap::new(),
            alone: Found::default(),
            without_states: Found::default(),
            differ: Found::default(),
            unnamed: Found::default(),
            several: Found::default(),
            joint: HashMap::new(),
            numbers: Numbers::default(),
            garbled: Found::default(),
            no_texts: Found::default(),
        }
    }

    /// Why a row is no recommendation, though it may have a text; or whether it has nothing else, as other rows have.
    pub(in crate::read) fn refused(&self, columns: &Columns, record: &StringRecord) -> Result<bool, String> {
        if is_header_again(&self.headers, record) {
            return Err("found the header again, expected a recommendation".to_string());
        }
        if is_second_header(columns, record) {
            return Err("found a second header, expected a recommendation".to_string());
        }
        let text = columns.cell(Column::Text, record).unwrap_or_default();
        if is_nothing(&text) && text.contains(char::is_alphabetic) {
            let found = format!("found {}, which programs write into an empty cell", quoted(&text));
            return Err(format!("{found}, expected a recommendation"));
        }
        if !is_alone(columns, record) || text.is_empty() {
            return Ok(false);
        }
        if is_note(&text) {
            return Err(format!("found {}, a note about the list, expected a recommendation", quoted(&text)));
        }
        if self.rows_are_full && is_heading(&text) {
            return Err(format!(
                "found {} alone in its row, a heading, expected a recommendation",
                quoted(&text)
            ));
        }
        Ok(self.rows_are_full)
    }

    /// Notes a row of a text alone.
    pub(in crate::read) fn alone(&mut self, row: u64, text: &str) {
        self.alone.add(row, text);
    }

    pub(in crate::read) fn row(&mut self) {
        self.rows += 1;
    }

    pub(in crate::read) fn set_aside(&mut self, body: &str) {
        self.aside += 1;
        if self.bodies.len() < SHOWN {
            self.bodies.insert(body.to_string());
        }
    }

    pub(in crate::read) fn rejected(&mut self, reject: &Reject) {
        self.rejects += 1;
        if self.reason.is_empty() {
            self.reason.clone_from(&reject.reason);
        }
    }

    /// Notes a recommendation, with the States in brackets at the end of its text where there is a column as well.
    pub(in crate::read) fn made(&mut self, made: &Recommendation, in_text: Option<Vec<StateName>>, row: u64) {
        if let Some(number) = made.paragraph.as_deref() {
            self.dotted += usize::from(is_number_of_report(number));
            if is_date(number) {
                self.dates.add(row, number);
            } else if number.parse().is_ok_and(|day: u32| EXCEL_DAYS.contains(&day)) {
                self.days.add(row, number);
            }
        }
        if let Some(session) = made.session.as_ref().filter(|session| session.names_cycle()) {
            self.cycles.add(row, &session.given);
        }
        let session = made.session.as_ref().and_then(|session| session.number);
        let state = made.state_under_review.as_ref().filter(|name| name.state.is_some());
        if let (Some(session), Some(state)) = (session, state.and_then(|name| State::resolve(name.name()))) {
            self.reviewed.entry(session).or_default().insert(state.name);
        }
        self.numbers.note(made);
        if let (true, Some(name)) =
            (made.recommending_states.is_empty(), brackets::name_at_the_end(&made.text))
        {
            self.unnamed.add(row, name);
        }
        if is_no_text(&made.text) {
            self.no_texts.add(row, &made.text);
        }
        if closing::holds_several(&made.text) {
            self.several.add(row, &made.text);
        }
        let garbled = |name: &&StateName| name.state.is_none() && !name.given.is_ascii();
        if let Some(name) = made.recommending_states.iter().find(garbled) {
            self.garbled.add(row, &name.given);
        }
        let Some(in_text) = in_text else { return };
        let names = |states: &[StateName]| -> BTreeSet<String> {
            states.iter().map(|name| name.name().to_string()).collect()
        };
        let (in_text, in_column) = (names(&in_text), names(&made.recommending_states));
        if in_column == in_text {
            return;
        }
        if in_column.is_empty() {
            self.without_states.add(row, "");
        } else if in_column.is_subset(&in_text) && self.joint.len() < MAX_TEXTS {
            let key = format!("{} {}", review_key(made), letters_and_digits(&made.text));
            let joint = self.joint.entry(key).or_insert_with(|| Joint {
                in_text,
                in_column: BTreeSet::new(),
                rows: Found::default(),
            });
            joint.in_column.extend(in_column);
            joint.rows.add(row, "");
        } else {
            self.differ.add(row, "");
        }
    }

    /// What all rows together show, once they are read.
    pub(in crate::read) fn finish(
        mut self,
        reader: &Reader,
        name: &str,
        columns: &Columns,
        about: &mut FileRead,
    ) -> Result<()> {
        let header = |column: Column| {
            let at = columns.at(column).unwrap_or_default();
            self.headers.get(at).cloned().unwrap_or_default()
        };
        let mut warnings = Vec::new();
        let guessed = about.encoding.filter(|encoding| {
            // what shows the others is certain
            matches!(encoding, Encoding::Windows1252 | Encoding::MacRoman) && reader.encoding.is_none()
        });
        if let Some(encoding) = guessed.filter(|_| self.garbled.rows > 0) {
            warnings.push(format!(
                "the encoding was taken to be {encoding}, and names of States with letters beyond ASCII are unknown, such as {} \
                 ({}): give the encoding, as in --encoding cp850 (Reader::encoding), or save the list as UTF-8",
                self.garbled.example(),
                self.garbled.named(),
            ));
        }
        if self.rows >= MIN_CELLS && self.aside == self.rows {
            let column = header(Column::RecommendingBody);
            let found = format!("no row of the UPR: all {} rows have {}", self.rows, listed(&self.bodies));
            if reader.columns.contains_key(&Column::RecommendingBody) {
                warnings.push(format!("the column {} has {found}", quoted(&column)));
            } else {
                let expected = format!(
                    "\"UPR\" in the column of the body that recommends; if {} is something else, rename the column",
                    quoted(&column)
                );
                return Err(Error::unexpected(Place::file(name).column(column), found, expected));
            }
        }
        if self.rows >= MIN_CELLS && self.rejects == self.rows {
            let reason = std::mem::take(&mut self.reason);
            warnings.push(format!("none of the {} rows was read; of the first: {reason}", self.rows));
        }
        for dates in [&self.dates, &self.days].into_iter().filter(|dates| dates.rows > 0) {
            if dates.rows == self.days.rows && self.dotted == 0 && self.dates.rows == 0 {
                continue;
            }
            warnings.push(format!(
                "the column {} holds dates, such as {} ({}): a spreadsheet may have made them of numbers such as 26.1; \
                 format the column as text, and write the numbers again",
                quoted(&header(Column::Paragraph)),
                dates.example(),
                dates.named(),
            ));
        }
        if self.cycles.rows > 0 && columns.has(Column::Session) {
            warnings.push(format!(
                "the column {} holds cycles, such as {} ({}), and not sessions: they are kept as written; give the session, \
                 as in --session 35, or {} (Reader::session)",
                quoted(&header(Column::Session)),
                self.cycles.example(),
                self.cycles.named(),
                option(Column::Session, "HEADER"),
            ));
        }
        let most = self.reviewed.iter().max_by_key(|(_, states)| states.len());
        if let Some((session, states)) = most.filter(|(_, states)| states.len() > MAX_REVIEWED)
            && columns.has(Column::StateUnderReview)
        {
            warnings.push(format!(
                "session {session} has {} States under review, and no session reviewed more than 16: check whether the column {} \
                 names who recommends, and choose with {} (Reader::column)",
                states.len(),
                quoted(&header(Column::StateUnderReview)),
                option(Column::StateUnderReview, "HEADER"),
            ));
        }
        if self.alone.rows > 0 {
            warnings.push(format!(
                "{} {}, and other rows fill more cells: delete what is a heading, and complete what is a recommendation",
                self.alone.named(),
                if self.alone.rows == 1 {
                    format!("holds nothing but the text {}", self.alone.example())
                } else {
                    format!("hold nothing but a text, such as {}", self.alone.example())
                },
            ));
        }
        if self.no_texts.rows > 0 {
            warnings.push(format!(
                "the text of {} is the name of a State, an answer or a number, such as {}: check whether cells were exchanged",
                self.no_texts.named(),
                self.no_texts.example(),
            ));
        }
        if self.several.rows > 0 {
            warnings.push(format!(
                "the text of {} holds several recommendations, each with its States in brackets, such as {}: it counts as one; write \
                 each recommendation in a row of its own",
                self.several.named(),
                self.several.example(),
            ));
        }
        for joint in std::mem::take(&mut self.joint).into_values() {
            if joint.in_column != joint.in_text {
                self.differ.rows += joint.rows.rows;
                self.differ.first.extend(joint.rows.first);
            }
        }
        self.differ.first.sort_unstable();
        self.differ.first.truncate(SHOWN);
        if self.unnamed.rows >= MIN_CELLS && !columns.has(Column::RecommendingStates) {
            warnings.push(format!(
                "{} of {} rows end with a name in brackets that is no known State, such as {} ({}): these recommendations \
                 have no recommending State",
                self.unnamed.rows,
                self.rows,
                self.unnamed.example(),
                self.unnamed.named(),
            ));
        }
        if columns.has(Column::RecommendingStates) {
            let column = quoted(&header(Column::RecommendingStates));
            let brackets = "the brackets at the end of the text";
            if self.differ.rows > 0 {
                warnings.push(format!(
                    "in {} of {} rows the column {column} names other States than {brackets} ({}): the column was \
                     used; check these rows",
                    self.differ.rows,
                    self.rows,
                    self.differ.named(),
                ));
            }
            if self.without_states.rows > 0 {
                warnings.push(format!(
                    "in {} of {} rows the column {column} is empty, and {brackets} name States ({}): these \
                     recommendations have no States; fill the column, or delete it to read the brackets",
                    self.without_states.rows,
                    self.rows,
                    self.without_states.named(),
                ));
            }
        }
        warnings.extend(self.numbers.warnings());
        about.warnings.extend(warnings);
        Ok(())
    }
}
