//! Which column of a table means what, by its header.
//!
//! [`column`](super::column) has the known headers; here the columns of a table are matched to them.

use super::cells::is_nothing;
use super::column::{Column, headers_of};
use super::reader::Reader;
use crate::error::{Error, Place, Result, listed, quoted};
use crate::state::State;
use crate::text::guard::unguarded;
use crate::text::key;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The positions of the columns in a table, in the order of [`Column::ALL`], which is that of the enum.
#[derive(Debug)]
pub(super) struct Columns(Vec<Option<usize>>);

/// The most headers in which a State's name is looked for. A list has a column or two for answers; 1,024 headers that only
/// look so took 44 seconds.
const MAX_ANSWERS: usize = 8;

/// The places of the headers that say that an answer is below them.
fn answers(headers: &[impl AsRef<str>]) -> impl Iterator<Item = usize> {
    let mut looked_up = 0;
    headers
        .iter()
        .enumerate()
        .filter(move |(_, header)| says_answer(header.as_ref(), &mut looked_up))
        .map(|(at, _)| at)
}

/// Whether a header says, in words of its own, that the State's answer is below it: `Kenya's response`, `Government
/// position`, `Response of the State under review`. One word for an answer, and beside it only words for who answers what.
fn says_answer(header: &str, looked_up: &mut usize) -> bool {
    const ANSWER: [&str; 4] = ["position", "response", "answer", "reply"];
    const BESIDE: &str = "of by from to the a s on in upr state states country government governments national official final under \
        review reviewed concerned delegation recommendation recommendations";
    /// No header of this kind is longer.
    const MAX_WORDS: usize = 16;
    let lower = header.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let answers = words.iter().filter(|word| ANSWER.contains(word)).count();
    if answers != 1 || words.len() > MAX_WORDS {
        return false;
    }
    let others: Vec<&str> = words.into_iter().filter(|word| !ANSWER.contains(word)).collect();
    let is_beside = |word: &&str| BESIDE.split(' ').any(|known| known == *word);
    let Some(first) = others.iter().position(|word| !is_beside(word)) else { return true };
    let last = others.iter().rposition(|word| !is_beside(word)).unwrap_or(first);
    *looked_up += 1;
    // a State's name may hold words of the others as well, before and after its own
    let is_state = |from: usize, to: usize| State::resolve(&others[from..to].join(" ")).is_some();
    *looked_up <= MAX_ANSWERS
        && (0..=first).any(|from| (last + 1..=others.len()).any(|to| is_state(from, to)))
}

fn plain(headers: &[String]) -> Vec<String> {
    headers.iter().map(|header| key::letters_and_digits(header)).collect()
}

/// `Recommendation` of `Recommendation (English)`.
fn before_bracket(header: &str) -> Option<String> {
    Some(key::letters_and_digits(header.split_once('(')?.0))
}

/// Whether a header, letters and digits alone, names a State without saying which of the two sides.
fn is_bare_country(plain: &str) -> bool {
    ["country", "countries", "state", "pays", "pais", "paises"].contains(&plain)
}

/// Whether a header is a line of a text that is not a table: `6.1 Ratify the Convention (Chile);`.
fn is_sentence(header: &str) -> bool {
    const MAX_WORDS: usize = 30;
    let number = header.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = number.len() < header.trim_start().len()
        && number.split_whitespace().count() > 2
        && number.starts_with(char::is_whitespace);
    let ends = header.trim_end().trim_end_matches([';', '.', ',']).trim_end();
    let states = ends.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    numbered
        || header.split_whitespace().count() > MAX_WORDS
        || states.is_some_and(|(_, states)| states.split(',').all(|name| State::resolve(name).is_some()))
}

/// How many of these headers are known; it decides which delimiter a table has.
pub(super) fn known(reader: &Reader, headers: &[String]) -> usize {
    let plain = plain(headers);
    let by_name = |column: &&Column| {
        headers_of(column.as_str()).any(|name| plain.iter().any(|header| header == name))
            || **column == Column::Position && answers(headers).next().is_some()
    };
    let given = reader.columns.values().filter(|header| plain.contains(&key::letters_and_digits(header)));
    Column::ALL.iter().filter(by_name).count() + given.count()
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

/// Gives a column the first of these places that no other one has, unless it has a place.
fn take(places: &mut BTreeMap<Column, usize>, column: Column, at: impl IntoIterator<Item = usize>) {
    if !places.contains_key(&column)
        && let Some(at) = at.into_iter().find(|at| !places.values().any(|taken| taken == at))
    {
        places.insert(column, at);
    }
}

impl Columns {
    pub(super) fn find(reader: &Reader, file: &str, headers: &[String]) -> Result<Columns> {
        let place = Place::file(file);
        let plain = plain(headers);
        let named = |name: &str| plain.iter().position(|header| header == name);
        let mut places = BTreeMap::new();
        for (&column, header) in &reader.columns {
            let Some(at) = named(&key::letters_and_digits(header)) else {
                let expected = format!("{} for {}", quoted(header), column.as_str());
                return Err(Error::unexpected(place, found(headers), expected));
            };
            if is_sentence(&headers[at]) {
                let found = format!("{} as the header for {}", quoted(&headers[at]), column.as_str());
                let expected = "a table with a header; this is a line of its text";
                return Err(Error::unexpected(place, found, expected));
            }
            places.insert(column, at);
        }
        for &column in Column::ALL {
            take(&mut places, column, headers_of(column.as_str()).filter_map(named));
        }
        let is_text = |header: &String| {
            let name = before_bracket(header);
            name.is_some_and(|name| headers_of(Column::Text.as_str()).any(|known| known == name))
        };
        take(&mut places, Column::Text, headers.iter().position(is_text));
        // a tracker calls the text a name, beside a column whose header says that it numbers recommendations
        if places.get(&Column::Paragraph).is_some_and(|at| plain[*at].contains("recomm")) {
            take(&mut places, Column::Text, headers_of("text-beside-number").filter_map(named));
        }
        let free = |at: &usize| !places.values().any(|taken| taken == at);
        let answers = answers(headers).filter(free);
        // of several, such as a first and a final one, nobody knows which counts
        if let [only] = answers.collect::<Vec<_>>()[..] {
            take(&mut places, Column::Position, [only]);
        }
        // where it is known who is under review, a bare "Country" is who recommends
        if reader.given.state_under_review.is_some() || places.contains_key(&Column::StateUnderReview) {
            let bare = plain.iter().position(|header| is_bare_country(header));
            take(&mut places, Column::RecommendingStates, bare);
        }
        if let ([only], false) = (headers, places.contains_key(&Column::Text)) {
            let found = format!("one column or a text, which begins with {}", quoted(only));
            let expected = "a table with a header for the text, such as \"text\" or \"recommendation\", or numbered \
                            recommendations with their States in brackets";
            return Err(Error::unexpected(place, found, expected));
        }
        if !places.contains_key(&Column::Text) {
            const EXPECTED: &str = "a column with the recommendation text, such as \"text\" or \"recommendation\", or a column \
                                    mapping (text=HEADER)";
            return Err(Error::unexpected(place, found(headers), EXPECTED));
        }
        Ok(Columns(Column::ALL.iter().map(|column| places.get(column).copied()).collect()))
    }

    /// The cell of this column, trimmed, without the apostrophes that an export put into it; nothing where it is empty or
    /// there is no such column.
    pub(super) fn cell<'r>(&self, column: Column, record: &'r csv::StringRecord) -> Option<Cow<'r, str>> {
        let cell = unguarded(record.get(self.at(column)?)?.trim());
        (!is_nothing(&cell) || (column == Column::Text && !cell.is_empty())).then_some(cell)
    }

    /// The headers of the columns that are not used. Those that UPR Info's and UHRI's exports have beside the
    /// used ones are left out: nobody misses them.
    pub(super) fn unused(&self, headers: &[String]) -> Vec<String> {
        let missed = |(at, header): &(usize, &String)| {
            !self.0.contains(&Some(*at))
                && !header.is_empty()
                && headers_of("unused").all(|known| known != key::letters_and_digits(header))
        };
        headers.iter().enumerate().filter(missed).map(|(_, header)| header.clone()).collect()
    }

    /// The columns without a use whose headers are known for this one as well, in their order.
    pub(super) fn rivals(&self, reader: &Reader, column: Column, headers: &[String]) -> Vec<usize> {
        let reviewed = reader.given.state_under_review.is_some() || self.has(Column::StateUnderReview);
        let positions: Vec<usize> =
            if column == Column::Position { answers(headers).collect() } else { Vec::new() };
        let is_known = |at: &usize| {
            let header = &headers[*at];
            let plain = key::letters_and_digits(header);
            let is = |name: &str| headers_of(column.as_str()).any(|known| known == name);
            let as_text = || column == Column::Text && before_bracket(header).is_some_and(|name| is(&name));
            let as_country = || column == Column::RecommendingStates && reviewed && is_bare_country(&plain);
            is(&plain) || as_text() || positions.contains(at) || as_country()
        };
        (0..headers.len()).filter(|at| self.meaning(*at).is_none() && is_known(at)).collect()
    }

    /// What the column at this place is used for.
    pub(super) fn meaning(&self, at: usize) -> Option<Column> {
        Column::ALL.iter().copied().find(|column| self.at(*column) == Some(at))
    }

    pub(super) fn at(&self, column: Column) -> Option<usize> {
        self.0.get(column as usize).copied().flatten()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.at(column).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_position(header: &str) -> bool {
        answers(std::slice::from_ref(&header)).next().is_some()
    }

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
