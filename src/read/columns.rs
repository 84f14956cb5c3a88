//! Which column of a table means what, by its header.
//!
//! The headers are those of UPR Info's export and database, of OHCHR's Universal Human Rights Index (with its
//! misspellings, and without), of our own fixtures, and what people write into their own spreadsheets.

use super::Reader;

use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::bundled::bundled_rows;
use crate::state::State;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// What a column of a list holds.
///
/// # Example
///
/// ```
/// use upr::read::Column;
///
/// assert_eq!("recommending-states".parse::<Column>()?, Column::RecommendingStates);
/// assert!("colour".parse::<Column>().unwrap_err().to_string().contains("\"colour\""));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The recommendation's text. The only column that a list must have.
    Text,
    /// The State that was reviewed.
    StateUnderReview,
    /// The State or States that made the recommendation.
    RecommendingStates,
    /// The answer of the State under review.
    Position,
    /// The session of the UPR Working Group.
    Session,
    /// The symbol of the document.
    Document,
    /// The number within the document.
    Paragraph,
    /// Issues that the source gives, as UPR Info does.
    Issues,
    /// UPR Info's action category.
    Action,
    /// OHCHR's themes.
    Themes,
    /// Sustainable Development Goals.
    Sdgs,
    /// Groups of persons.
    AffectedPersons,
    /// The body that recommends, in lists that hold other bodies' recommendations as well.
    RecommendingBody,
}

impl Column {
    /// All columns.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::Column;
    ///
    /// assert_eq!(Column::ALL[..2], [Column::Text, Column::StateUnderReview]);
    /// ```
    pub const ALL: &[Column] = &[
        Column::Text,
        Column::StateUnderReview,
        Column::RecommendingStates,
        Column::Position,
        Column::Session,
        Column::Document,
        Column::Paragraph,
        Column::Issues,
        Column::Action,
        Column::Themes,
        Column::Sdgs,
        Column::AffectedPersons,
        Column::RecommendingBody,
    ];

    /// The name by which commands call it, such as `state-under-review`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::read::Column::AffectedPersons.as_str(), "affected-persons");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Text => "text",
            Column::StateUnderReview => "state-under-review",
            Column::RecommendingStates => "recommending-states",
            Column::Position => "position",
            Column::Session => "session",
            Column::Document => "document",
            Column::Paragraph => "paragraph",
            Column::Issues => "issues",
            Column::Action => "action",
            Column::Themes => "themes",
            Column::Sdgs => "sdgs",
            Column::AffectedPersons => "affected-persons",
            Column::RecommendingBody => "recommending-body",
        }
    }

    /// The headers by which it is known, letters and digits alone; the first that a table has counts.
    fn headers(self) -> impl Iterator<Item = &'static str> {
        headers_of(self.as_str())
    }
}

/// The headers of `columns.csv` for a column, in their order. Those of `unused` are the other columns of UPR Info's and
/// UHRI's exports.
fn headers_of(column: &str) -> impl Iterator<Item = &'static str> {
    static ROWS: LazyLock<Vec<[&str; 2]>> =
        LazyLock::new(|| bundled_rows(include_str!("columns.csv")).collect());
    ROWS.iter().filter(move |[known, _]| *known == column).map(|[_, header]| *header)
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Column {
    type Err = Error;

    /// The column of this name, in any case and with blanks, hyphens or underscores.
    ///
    /// # Errors
    ///
    /// A name that is not in [`Column::ALL`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::Column;
    ///
    /// assert_eq!("Recommending States".parse::<Column>()?, Column::RecommendingStates);
    /// assert_eq!(
    ///     "colour".parse::<Column>().unwrap_err().to_string(),
    ///     "column: found \"colour\", expected one of text, state-under-review, recommending-states, position, session, \
    ///      document, paragraph, issues, action, themes, sdgs, affected-persons, recommending-body"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    fn from_str(name: &str) -> Result<Column> {
        let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
        Column::ALL.iter().copied().find(|column| column.as_str() == plain).ok_or_else(|| {
            let known = Column::ALL.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(", ");
            Error::unexpected(Place::file("column"), quoted(name.trim()), format!("one of {known}"))
        })
    }
}

/// The positions of the columns in a table.
#[derive(Debug)]
pub(super) struct Columns(BTreeMap<Column, usize>);

/// A header in the form in which it is compared.
fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a header says, in words of its own, that the State's answer stands below it: `Kenya's response`, `Government
/// position`, `Response of the State under review`. One word for an answer, and beside it only words for who answers what.
fn is_position(header: &str) -> bool {
    const ANSWER: [&str; 4] = ["position", "response", "answer", "reply"];
    const BESIDE: &str = "of by from to the a s on in upr state states country government governments national official final under \
        review reviewed concerned delegation recommendation recommendations";
    /// No header of this kind is longer.
    const MOST_WORDS: usize = 16;
    let lower = header.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let answers = words.iter().filter(|word| ANSWER.contains(word)).count();
    if answers != 1 || words.len() > MOST_WORDS {
        return false;
    }
    let others: Vec<&str> = words.into_iter().filter(|word| !ANSWER.contains(word)).collect();
    let beside = |words: &[&str]| words.iter().all(|word| BESIDE.split(' ').any(|known| known == *word));
    // a State's name may hold such words itself
    let is_state = |from: usize, to: usize| {
        beside(&others[..from])
            && beside(&others[to..])
            && State::resolve(&others[from..to].join(" ")).is_some()
    };
    beside(&others) || (0..others.len()).any(|from| (from + 1..=others.len()).any(|to| is_state(from, to)))
}

/// How many of these headers are known; it decides which delimiter a table has.
pub(super) fn known(reader: &Reader, headers: &[String]) -> usize {
    let plain_headers: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let by_name = |column: &Column| {
        column.headers().any(|name| plain_headers.iter().any(|h| h == name))
            || *column == Column::Position && headers.iter().any(|header| is_position(header))
    };
    let given = reader.columns.values().filter(|header| plain_headers.contains(&plain(header))).count();
    Column::ALL.iter().filter(|column| by_name(column)).count() + given
}

/// Whether a row can be the header of a list.
pub(super) fn is_header(reader: &Reader, headers: &[String]) -> bool {
    Columns::find(reader, "", headers).is_ok()
}

/// The headers in a message: as many as a person reads.
fn found(headers: &[String]) -> String {
    const SHOWN: usize = 30;
    let more = headers.len().saturating_sub(SHOWN);
    let shown = listed(headers.iter().take(SHOWN));
    if more == 0 { format!("the headers {shown}") } else { format!("the headers {shown}, and {more} more") }
}

impl Columns {
    pub(super) fn find(reader: &Reader, file: &str, headers: &[String]) -> Result<Columns> {
        let place = Place::file(file);
        let plain_headers: Vec<String> = headers.iter().map(|header| plain(header)).collect();
        let mut positions = BTreeMap::new();
        for (&column, header) in &reader.columns {
            let Some(at) = plain_headers.iter().position(|name| *name == plain(header)) else {
                let expected = format!("{} for {}", quoted(header), column.as_str());
                return Err(Error::unexpected(place, found(headers), expected));
            };
            positions.insert(column, at);
        }
        for &column in Column::ALL {
            if positions.contains_key(&column) {
                continue;
            }
            let taken = |at: &usize| positions.values().any(|taken| taken == at);
            let position = |name: &str| plain_headers.iter().position(|header| header == name);
            if let Some(at) = column.headers().filter_map(position).find(|at| !taken(at)) {
                positions.insert(column, at);
            }
        }
        if !positions.contains_key(&Column::Text) {
            // "Recommendation (English)"
            let before = |header: &String| header.split_once('(').map(|(before, _)| plain(before));
            let is_text = |header: &String| {
                before(header).is_some_and(|name| Column::Text.headers().any(|known| known == name))
            };
            let at = headers.iter().position(is_text);
            let at = at.filter(|at| !positions.values().any(|taken| taken == at));
            positions.extend(at.map(|at| (Column::Text, at)));
        }
        let free =
            |at: &usize, positions: &BTreeMap<Column, usize>| !positions.values().any(|taken| taken == at);
        if !positions.contains_key(&Column::Position) {
            let mut answers =
                (0..headers.len()).filter(|at| is_position(&headers[*at]) && free(at, &positions));
            // of several, such as a first and a final one, nobody knows which counts
            if let (Some(at), None) = (answers.next(), answers.next()) {
                positions.insert(Column::Position, at);
            }
        }
        // where it is known who is under review, a bare "Country" is who recommends
        let reviewed =
            reader.given.state_under_review.is_some() || positions.contains_key(&Column::StateUnderReview);
        if reviewed && !positions.contains_key(&Column::RecommendingStates) {
            let bare = |header: &String| ["country", "countries", "state"].contains(&header.as_str());
            if let Some(at) = plain_headers.iter().position(bare).filter(|at| free(at, &positions)) {
                positions.insert(Column::RecommendingStates, at);
            }
        }
        if !positions.contains_key(&Column::Text) {
            let known = listed(["text", "recommendation"]);
            let expected = format!("one for the text, such as {known}, or a column mapping (text=HEADER)");
            return Err(Error::unexpected(place, found(headers), expected));
        }
        Ok(Columns(positions))
    }

    /// The cell of this column, trimmed; nothing where it is empty or there is no such column.
    pub(super) fn cell<'r>(&self, column: Column, record: &'r csv::StringRecord) -> Option<&'r str> {
        let cell = record.get(*self.0.get(&column)?)?.trim();
        let nothing = cell.len() <= 3 && ["", "-", "–", "—", "n/a", "N/A"].contains(&cell);
        (!nothing || (column == Column::Text && !cell.is_empty())).then_some(cell)
    }

    /// The headers of the columns that are not used. Those that UPR Info's and UHRI's exports have beside the
    /// used ones are left out: nobody misses them.
    pub(super) fn unused(&self, headers: &[String]) -> Vec<String> {
        let used = |at: usize| self.0.values().any(|used| *used == at);
        let unused = headers.iter().enumerate().filter(|(at, header)| !used(*at) && !header.is_empty());
        unused
            .map(|(_, header)| header.clone())
            .filter(|header| headers_of("unused").all(|known| known != plain(header)))
            .collect()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains_key(&column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_words_of_their_own() {
        for header in [
            "Kenya's response",
            "Kenya’s response",
            "Response of Kenya",
            "Response (Kenya)",
            "Government position",
            "Government's position",
            "State's position",
            "Position of the Government",
            "Response of the State under review",
            "Final response by the United States of America",
            "RESPONSE TO THE RECOMMENDATION",
            "Reply from the country concerned",
        ] {
            assert!(is_position(header), "{header}");
        }
        for header in [
            "Response deadline",
            "Date of response",
            "Position number",
            "Status of implementation",
            "Response of civil society",
            "State under review",
            "Position and response",
            "Kenya",
            "",
        ] {
            assert!(!is_position(header), "{header}");
        }
    }
}
