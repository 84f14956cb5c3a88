//! What the cells of a column look like: names of States, positions, sentences, numbers, dates.

use crate::read::cache::NameCache;
use crate::read::cells;
pub(super) use crate::read::cells::is_nothing;
use crate::recommendation::{Position, Session};
use crate::state::{State, StateName};
use crate::text::key::letters_and_digits;
use crate::text::pattern::patterns;
use std::collections::HashMap;

/// Texts of recommendations have some 20 words; codes, issues and themes seldom have more than four.
const MIN_SENTENCE_WORDS: usize = 5;

/// `Ratify OP-CAT` has two words, and so have most codes with a number.
const MAX_SHORT_WORDS: usize = 2;

/// Chinese and Japanese write no blanks; their words have some two characters.
const CHARACTERS_OF_A_WORD: usize = 2;

/// The longest formal name of a State has 52 bytes.
const MAX_NAME_BYTES: usize = 60;

/// Cells of 30 States with their formal names have so many bytes; longer ones are texts.
const MAX_STATES_BYTES: usize = 900;

/// How many of a column's cells look like what.
#[derive(Default)]
pub(super) struct Cells<'c> {
    pub(super) filled: usize,
    pub(super) states: usize,
    pub(super) positions: usize,
    pub(super) long: usize,
    pub(super) short: usize,
    pub(super) codes: usize,
    pub(super) numbers: usize,
    pub(super) sessions: usize,
    pub(super) symbols: usize,
    /// The different cells, in the order of the rows.
    pub(super) distinct: Vec<&'c str>,
}

impl<'c> Cells<'c> {
    pub(super) fn of(cells: impl Iterator<Item = &'c str>) -> Cells<'c> {
        let mut held = Cells::default();
        let mut rows: HashMap<&str, usize> = HashMap::new();
        let filled = cells.map(|cell| cell.trim().trim_start_matches("- ")).filter(|cell| !is_nothing(cell));
        for cell in filled {
            let rows = rows.entry(cell).or_default();
            if *rows == 0 {
                held.distinct.push(cell);
            }
            *rows += 1;
        }
        for cell in &held.distinct {
            let rows = rows[cell];
            let words = words(cell);
            let add = |count: &mut usize, is: bool| *count += if is { rows } else { 0 };
            add(&mut held.filled, true);
            add(&mut held.states, names_states(cell));
            add(&mut held.positions, is_position(cell));
            add(&mut held.long, words >= MIN_SENTENCE_WORDS);
            add(&mut held.short, words <= MAX_SHORT_WORDS);
            add(&mut held.codes, is_code(cell));
            add(&mut held.numbers, is_number_of_report(cell));
            add(&mut held.sessions, Session::new(cell).number.is_some());
            add(&mut held.symbols, cell.contains('/'));
        }
        held
    }

    /// Whether so many are most of the cells.
    pub(super) fn most(&self, cells: usize) -> bool {
        cells * 2 > self.filled
    }

    /// The first cell of this kind.
    pub(super) fn example(&self, is: impl Fn(&str) -> bool) -> &'c str {
        self.distinct.iter().find(|cell| is(cell)).copied().unwrap_or_default()
    }
}

/// The names of the States in a cell, sorted; nothing where no State is known or most names are not.
pub(super) fn named(cell: &str) -> Vec<String> {
    let mut names: Vec<String> = cells::states(cell, &mut NameCache::default())
        .iter()
        .filter(|name| name.state.is_some())
        .map(|name| name.name().to_string())
        .collect();
    names.sort_unstable();
    names
}

/// Whether a cell names a State, or a list of which most names are States.
pub(super) fn names_states(cell: &str) -> bool {
    if State::resolve(cell).is_some() {
        return true;
    }
    // a sentence is not searched for names: a longer cell begins with one
    let mark = |c: char| matches!(c, ',' | ';' | '/' | '|' | '\n' | '\r' | '(' | ')' | '+' | '&' | '-' | '–');
    let begins = || {
        let first = cell.split(mark).find(|part| !part.trim().is_empty()).unwrap_or_default();
        let first = first.split(" and ").next().unwrap_or_default();
        State::resolve(first.trim()).is_some()
    };
    if cell.len() > MAX_STATES_BYTES || (cell.len() > MAX_NAME_BYTES && !begins()) {
        return false;
    }
    let names: Vec<StateName> = cells::states(cell, &mut NameCache::default());
    names.iter().filter(|name| name.state.is_some()).count() * 2 > names.len()
}

/// Whether a cell is a known position, or says that the row is a pledge, which has no other position.
pub(super) fn is_position(cell: &str) -> bool {
    Position::from_wording(cell).is_some() || cell.to_lowercase().contains("pledge")
}

/// Whether a text is one word, or holds no word at all.
pub(super) fn is_code(cell: &str) -> bool {
    words(cell) <= 1 || !cell.contains(char::is_alphabetic)
}

/// The words of a cell, as far as they are counted.
fn words(cell: &str) -> usize {
    let is_han = |c: &char| ('\u{2e80}'..='\u{9fff}').contains(c);
    let characters = cell.chars().filter(is_han).take(MIN_SENTENCE_WORDS * CHARACTERS_OF_A_WORD).count();
    cell.split_whitespace().take(MIN_SENTENCE_WORDS).count() + characters / CHARACTERS_OF_A_WORD
}

/// Whether a cell is the number of a recommendation in a report, such as `26.161`.
pub(super) fn is_number_of_report(cell: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    cell.trim_end_matches('.').split_once('.').is_some_and(|(one, two)| digits(one) && digits(two))
}

/// The form in which two cells are compared.
pub(super) fn key(cell: &str) -> String {
    letters_and_digits(cell)
}

/// Whether a cell is a date, as spreadsheets make of numbers such as `26.1`.
pub(super) fn is_date(cell: &str) -> bool {
    DATE.is_match(cell) || MONTH.is_match(cell)
}

patterns! {
    /// `2010-01-26`, `2010-01-26 00:00:00`, `26/01/2010`, `26.1.2010`.
    DATE = r"^(?:\d{4}-\d{1,2}-\d{1,2}(?:[ T][\d:.]+Z?)?|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4})$";
    /// `26-Jan`, `26 Jan 2010`, `Jan-26`, with the months of English, French, Spanish and German.
    MONTH = r"(?i)^(?:\d{1,2}[-./ ]+M\p{L}*\.?(?:[- ]\d{2,4})?|M\p{L}*\.?[- ]\d{1,4})$"
        .replace('M', "(?:jan|ene|feb|fév|fev|mar|mär|apr|abr|avr|may|mai|jun|juin|jul|juil|aug|ago|aoû|sep|oct|okt|nov|dec|déc|dic|dez)");
}

/// Whether a text is the name of a State, an answer or a number: cells of a row that were exchanged.
pub(super) fn is_no_text(text: &str) -> bool {
    /// The longest names and answers have some 60 bytes.
    const MAX_BYTES: usize = 80;
    text.len() <= MAX_BYTES
        && (!text.contains(char::is_alphabetic)
            || State::resolve(text).is_some()
            || Position::from_wording(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cells_look_like() {
        for (cell, expected) in [
            ("Spain", "states"),
            ("Spain; Peru", "states"),
            ("Spain and Peru", "states"),
            ("- Austria\n- Chile", "states"),
            ("Iran (Islamic Republic of)", "states"),
            ("Ratify the treaty (Spain)", ""),
            ("Côte d'Ivoire/Peru", "states"),
            ("Supported", "position"),
            ("Voluntary Pledge", "position"),
            ("26.161.", "number"),
            ("26", ""),
            ("2010-01-26", "date"),
            ("2010-01-26 00:00:00", "date"),
            ("26/01/2010", "date"),
            ("26-Jan", "date"),
            ("26-janv.", "date"),
            ("Jan-26", "date"),
            ("26.1.2010", "date"),
            ("126-15", ""),
            ("26.1.3", ""),
        ] {
            let found = [
                ("states", names_states(cell)),
                ("position", is_position(cell)),
                ("number", is_number_of_report(cell)),
                ("date", is_date(cell)),
            ];
            let found: Vec<&str> = found.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
            assert_eq!(found.join(" "), expected, "{cell}");
        }
    }
}
