//! Bare lists: numbered recommendations with their States in brackets and nothing else, as people cut reports down before
//! they share them: `6.1 Ratify the Convention (Chile);`, a line or a paragraph each, or broken into lines by a page.
//!
//! A section that was copied with its introductions has its positions, and is read as in a report. A list of numbers
//! alone is read here, line by line: some numbers may be missing (of 300 paragraphs of one real list 135 have none), so
//! a line that follows a closed recommendation and begins like one is one. What such a list does not say, the caller
//! says; what is missing is a warning.

use super::blocks::{self, Block, MAX_ITEM_BYTES};
use super::lines::{self, Line};
use super::numbers::{Number, may_begin_a_text};
use super::states::{MAX_BRACKET_BYTES, Names};
use super::{Made, is_end, positions};
use crate::error::{Error, Place, Result, are_missing};
use crate::list::{FileRead, RecommendationList};
use crate::read::brackets;
use crate::read::column::{Column, headers_of};
use crate::read::reader::Reader;
use crate::recommendation::{Position, PositionGiven};
use crate::text::key::letters_and_digits;
use crate::text::pattern::patterns;

/// A list has at least so many recommendations: fewer numbered lines are found in any letter.
const MIN_ENTRIES: usize = 3;

/// Of ten entries of a bare list, headings apart, so many end with States. In three real ones all do, but for names that a copy broke.
const CLOSED_OF_TEN: usize = 8;

/// A recommendation with its number, or what comes between two recommendations.
#[derive(Debug)]
struct Entry<'t> {
    number: Option<Number>,
    lines: Vec<Line<'t>>,
    /// Whether it ends with recommending States.
    closed: bool,
}

/// The recommendations of a text that is a bare list, not yet merged; none of any other text.
pub(in crate::read) fn read(
    reader: &Reader,
    text: &str,
    about: impl Fn() -> FileRead,
) -> Option<RecommendationList> {
    // most texts are not bare lists, and end here
    if !text.contains([')', '）']) {
        return None;
    }
    let lines = lines::body(text)?;
    let entries = entries(&lines);
    let closed = entries.iter().filter(|entry| entry.closed).count();
    // headings have neither a number nor States
    let open = entries.iter().filter(|entry| entry.number.is_some() && !entry.closed).count();
    let headings = entries.len() - closed - open;
    if closed < MIN_ENTRIES || closed * 10 < (closed + open) * CLOSED_OF_TEN || headings > 2 * closed {
        return None;
    }
    let mut about = about();
    let mut made = Made::new(reader.given.clone(), &about);
    let end = lines.iter().position(|line| is_end(line.text)).unwrap_or(lines.len());
    let blocks = blocks::read(&lines[..end]);
    let introduces =
        |block: &Block| !block.items.is_empty() && positions::position(&block.introduction).is_some();
    if blocks.iter().any(introduces) {
        made.blocks(&blocks);
    } else {
        made.entries(&entries, &mut about);
    }
    let positions = made.list.recommendations.iter().any(|made| made.position.is_some());
    about.warnings.extend(not_said(reader, positions));
    Some(made.finish(about))
}

/// What neither the list nor the caller says.
fn not_said(reader: &Reader, positions: bool) -> Option<String> {
    let said = [
        (reader.given.state_under_review.is_some(), "the State under review", "--state-under-review"),
        (reader.given.session.is_some(), "the session", "--session"),
        (positions || reader.position.is_some(), "the positions", "--position"),
    ];
    let missing: Vec<_> = said.into_iter().filter(|(said, ..)| !said).collect();
    let (what, options): (Vec<&str>, Vec<&str>) =
        missing.iter().map(|(_, what, option)| (*what, *option)).unzip();
    (!missing.is_empty()).then(|| {
        format!("a bare list does not name {}; give them with {}", what.join(", "), options.join(", "))
    })
}

/// Refuses a thematic list that was copied as text: its columns run into each other, and a reader could only guess which
/// position belongs to which number.
pub(in crate::read) fn refuse_a_copy(name: &str, text: &str) -> Result<()> {
    /// Once or twice it may be cited.
    const MIN_SOURCES: usize = 3;
    if SOURCE_OF_POSITION.find_iter(text).take(MIN_SOURCES).count() < MIN_SOURCES {
        return Ok(());
    }
    let found =
        "a thematic list of recommendations that was copied as text, so that its columns run into each other";
    let expected = "the Word file itself, or the table saved as CSV or Excel";
    Err(Error::unexpected(Place::file(name), found, expected))
}

patterns! {
    SOURCE_OF_POSITION = r"(?i)\bsource\s+of\s+position\b";
}

/// The text as entries.
fn entries<'t>(lines: &[Line<'t>]) -> Vec<Entry<'t>> {
    let mut names = Names::default();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut last: Option<Number> = None;
    let mut lines = lines.iter().peekable();
    // the header of a column
    lines.next_if(|line| {
        headers_of(Column::Text.as_str()).any(|known| known == letters_and_digits(line.text))
    });
    for &line in lines {
        let number = Number::at_start(line.text).filter(|number| is_one(number, &line.text[number.length..]));
        let follows = match (last, number) {
            (Some(last), Some(number)) => comes_after(last, number),
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let closed = entries.last().is_none_or(|entry| {
            entry.closed || entry.lines.last().is_some_and(|line| ends_with_a_name(line.text))
        });
        let opens = match number {
            Some(_) => closed || follows,
            // "Noted" below a title is a heading of its own
            None => {
                // a number that a copy broke: `157 - 17 6`
                let broken = closed && line.text.starts_with(char::is_numeric) && names.close(line.text);
                begins(line.text) && (closed || Position::from_wording(line.text).is_some()) || broken
            }
        };
        let rest = Line {
            text: line.text[number.filter(|_| opens).map_or(0, |number| number.length)..].trim(),
            ..line
        };
        match entries.last_mut().filter(|_| !opens) {
            Some(entry) => {
                entry.lines.push(rest);
                entry.closed = names.close(rest.text)
                    || ends_broken(rest.text) && names.close(&last_lines(&entry.lines));
            }
            None => {
                last = number.or(last);
                entries.push(Entry { number, closed: names.close(rest.text), lines: vec![rest] });
            }
        }
    }
    entries
}

/// As many lines as the longest bracket can have, joined.
fn last_lines(lines: &[Line<'_>]) -> String {
    let mut bytes = 0;
    let is_within = |line: &&Line<'_>| {
        let within = bytes <= MAX_BRACKET_BYTES;
        bytes += line.text.len();
        within
    };
    let number = lines.iter().rev().take_while(is_within).count();
    lines::join(&lines[lines.len() - number..], MAX_ITEM_BYTES).unwrap_or_default()
}

/// `6.1 Ratify`, or `12. Ratify` with its full stop; `6.1` may be on a line of its own.
fn is_one(number: &Number, rest: &str) -> bool {
    (number.item.is_some() || number.dotted) && begins(rest) || number.item.is_some() && rest.is_empty()
}

fn begins(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_uppercase() || may_begin_a_text(c) || matches!(c, '“' | '"' | '(' | '‘' | '*' | '«')
    })
}

/// Whether the bracket that ends a line may have opened in the line before.
fn ends_broken(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | ','));
    text.ends_with(')') && text.matches(')').count() > text.matches('(').count()
}

/// Whether a line ends with what may be the name of a State that is not known, misspelt or in another language, and the
/// semicolon or full stop after it: what begins on the next line is another recommendation.
fn ends_with_a_name(text: &str) -> bool {
    text.trim_end().ends_with([';', '.', '؛', '；']) && brackets::name_at_the_end(text).is_some()
}

/// Whether a number is the next one.
fn comes_after(last: Number, number: Number) -> bool {
    match (last.item, number.item) {
        (Some(before), Some(item)) => number.paragraph == last.paragraph && item == before + 1,
        (None, None) => number.paragraph == last.paragraph + 1,
        _ => false,
    }
}

/// The last part of a number, and its first where it has two.
fn parts(number: Number) -> (Option<u32>, u32) {
    match number.item {
        Some(item) => (Some(number.paragraph), item),
        None => (None, number.paragraph),
    }
}

fn shown((paragraph, item): (Option<u32>, u32)) -> String {
    paragraph.map_or(item.to_string(), |paragraph| format!("{paragraph}.{item}"))
}

/// The number of each entry. If as many entries without one are between two numbers as are missing there, they have those;
/// where none is missing they belong to the number before; elsewhere they have none.
fn numbers(entries: &[Entry<'_>]) -> Vec<Option<(Option<u32>, u32)>> {
    let mut numbers: Vec<_> = entries.iter().map(|entry| entry.number.map(parts)).collect();
    let known: Vec<usize> = (0..numbers.len()).filter(|at| numbers[*at].is_some()).collect();
    for two in known.windows(2) {
        let (Some((paragraph, before)), Some((of, after))) = (numbers[two[0]], numbers[two[1]]) else {
            continue;
        };
        let between: Vec<usize> = (two[0] + 1..two[1]).filter(|at| entries[*at].closed).collect();
        let missing = (after.saturating_sub(before + 1)) as usize;
        if paragraph != of || between.is_empty() || (missing != 0 && missing != between.len()) {
            continue;
        }
        for (at, item) in between.into_iter().zip(before + 1..) {
            numbers[at] = Some((paragraph, if missing == 0 { before } else { item }));
        }
    }
    numbers
}

impl Made {
    fn entries(&mut self, entries: &[Entry<'_>], about: &mut FileRead) {
        let numbers = numbers(entries);
        let mut position: Option<PositionGiven> = None;
        for (entry, number) in entries.iter().zip(&numbers) {
            let row = entry.lines[0].row;
            let text = lines::join(&entry.lines, MAX_ITEM_BYTES);
            if entry.number.is_none() && !entry.closed {
                let words = text.unwrap_or_default();
                match Position::from_wording(&words)
                    .map(|_| PositionGiven::new(&words))
                    .or(positions::position(&words))
                {
                    Some(heading) => position = Some(heading),
                    None => {
                        let reason =
                            "found neither a number nor recommending States, expected a recommendation";
                        self.reject(row, reason, words);
                    }
                }
                continue;
            }
            let item = blocks::Item { number: number.map_or(String::new(), shown), row, text };
            self.item(&item, position.as_ref());
        }
        about.warnings.extend(gaps(&numbers));
        let without =
            numbers.iter().zip(entries).filter(|(number, entry)| number.is_none() && entry.closed).count();
        // a list may have no numbers at all
        if without > 0 && numbers.iter().any(Option::is_some) {
            let have = if without == 1 { "recommendation has" } else { "recommendations have" };
            about.warnings.push(format!("{without} {have} no number, and those around do not tell it"));
        }
    }
}

/// The warning about numbers that are missing from a list that has nearly all.
fn gaps(numbers: &[Option<(Option<u32>, u32)>]) -> Option<String> {
    let mut missing = Vec::new();
    let known: Vec<_> = numbers.iter().flatten().collect();
    for two in known.windows(2) {
        let ((paragraph, before), (of, after)) = (two[0], two[1]);
        if paragraph == of && *after > before + 1 {
            missing.extend((before + 1..*after).map(|item| shown((*paragraph, item))));
        }
    }
    // an extract of a list has gaps everywhere
    if missing.is_empty() || missing.len() * 10 > known.len() {
        return None;
    }
    Some(format!("{}: compare the list with the report", are_missing(&missing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_list(text: &str) -> Option<(Vec<String>, Vec<String>)> {
        let about = || FileRead::new("list.txt", crate::list::Form::BareList);
        let reader = Reader::new().state_under_review("Peru").session(52).position("noted");
        let list = read(&reader, text, about)?;
        let shown = list.recommendations.iter().map(|made| {
            let states: Vec<&str> = made.recommending_states.iter().map(|name| name.name()).collect();
            let position = made.position().map_or(String::new(), |position| format!(" {position}"));
            format!(
                "{} {} [{}]{position}",
                made.paragraph.as_deref().unwrap_or("-"),
                made.text,
                states.join(", ")
            )
        });
        let mut said: Vec<String> = list.rejects.iter().map(|reject| reject.raw.clone()).collect();
        said.extend(list.files[0].warnings.clone());
        Some((shown.collect(), said))
    }

    #[track_caller]
    fn is(text: &str, expected: &[&str], said: &[&str]) {
        let (found, warned) = read_list(text).expect("a bare list");
        assert_eq!(found, expected);
        assert_eq!(warned, said);
    }

    #[test]
    fn a_line_each() {
        is(
            "6.1\tRatify OP-CAT (Chile) (Spain);\n6.2 End it (Togo, Mali);\n6.3. Free them; publish it (Ghana).\n",
            &[
                "6.1 Ratify OP-CAT [Chile, Spain]",
                "6.2 End it [Togo, Mali]",
                "6.3 Free them; publish it [Ghana]",
            ],
            &[],
        );
    }

    #[test]
    fn lines_that_a_page_broke() {
        is(
            "6.1 Ratify the Convention against\nTorture (Chile, Bosnia and\nHerzegovina);\n6.2 End it in line with paragraph\n6.1 above \
             (Togo);\n6.3 Free them (Ghana);\n",
            &[
                "6.1 Ratify the Convention against Torture [Chile, Bosnia and Herzegovina]",
                "6.2 End it in line with paragraph 6.1 above [Togo]",
                "6.3 Free them [Ghana]",
            ],
            &[],
        );
    }

    #[test]
    fn missing_numbers() {
        is(
            "6.1 Ratify it (Chile);\nEnd it (Togo);\n6.3 Free them (Ghana);\nHear them (Mali);\n6.4 Pay (Spain);\nBuild (Peru);\n6.7 Plant (Iran);\n",
            &[
                "6.1 Ratify it [Chile]",
                "6.2 End it [Togo]",
                "6.3 Free them [Ghana]",
                "6.3 Hear them [Mali]",
                "6.4 Pay [Spain]",
                "- Build [Peru]",
                "6.7 Plant [Iran]",
            ],
            &["1 recommendation has no number, and those around do not tell it"],
        );
    }

    #[test]
    fn headings_give_positions_or_are_rejects() {
        is(
            "Recommendations to Peru\nSupported\n6.1 Ratify it (Chile);\nB. Rights of women\n6.2 End it (Togo);\nNoted\n6.3 Free them (Ghana);\n",
            &[
                "6.1 Ratify it [Chile] supported",
                "6.2 End it [Togo] supported",
                "6.3 Free them [Ghana] noted",
            ],
            &["Recommendations to Peru", "B. Rights of women"],
        );
    }

    #[test]
    fn a_section_with_its_introductions() {
        is(
            "6. The following recommendations enjoy the support of Peru:\n6.1. Ratify it (Chile);\n6.2. End it (Togo);\n\
             7. The following recommendations are noted by Peru:\n7.1. Free them (Ghana);\n7.2. Pay (Mali).\n",
            &[
                "6.1 Ratify it [Chile] supported",
                "6.2 End it [Togo] supported",
                "7.1 Free them [Ghana] noted",
                "7.2 Pay [Mali] noted",
            ],
            &[],
        );
    }

    #[test]
    fn what_is_no_bare_list() {
        for text in [
            "text,states\nRatify it,Chile\nEnd it,Togo\n",
            "Dear all,\nthe meeting (Monday) is off.\nRegards (Ann)\n",
            "1. Milk (fresh)\n2. Bread (brown)\n3. Tea (green)\n",
            "6.1 Ratify it (Chile);\n",
            "",
        ] {
            assert!(read_list(text).is_none(), "{text:?}");
        }
    }
}
