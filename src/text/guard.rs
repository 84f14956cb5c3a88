//! An apostrophe in front of cells that a spreadsheet would run or change, and the way back.
//!
//! Where the list separator is a semicolon, as in German, French and Spanish, Excel splits the lines of a file with commas
//! at the semicolons and line ends in its cells: quotation marks count only where a piece begins with them. So each such
//! piece that would be a formula gets an apostrophe of its own.

use std::borrow::Cow;

/// The characters with which a spreadsheet lets a formula begin, or skips before one; the wide ones where Excel is set to
/// Japanese or Chinese.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What else may end a cell where a table with commas is split otherwise.
const SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// What a spreadsheet may skip before a formula within a piece: blanks, and quotation marks, which the table doubles.
const SKIPPED: [char; 3] = [' ', '\u{A0}', '"'];

/// What numbers, dates, times and amounts are written with, beside digits and letters.
const BETWEEN: &[u8] = b" .,:/()%$-";

/// A longer cell is words: `30 September 2020, 12:30:15 pm` has 30 bytes.
const MAX_BYTES: usize = 32;

/// A spreadsheet keeps 15 digits of a number (IEEE 754).
const MAX_DIGITS: usize = 15;

/// English months: whole or by the first three letters, a spreadsheet makes a date of `May 2012`. Ids begin with codes of
/// States, and two of these are months as well: MAR (Morocco) here, AGO (Angola) in Spanish, Portuguese and Italian.
const MONTHS: [&str; 13] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "ago",
];

/// A cell made harmless; see the [module's page](crate::export#cells-that-a-spreadsheet-would-change).
///
/// # Example
///
/// ```
/// use upr::export::{guarded, unguarded};
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("16.10"), "'16.10"); // a target of a goal, and not 16.1
/// assert_eq!(guarded("Ensure;=1+1;x"), "Ensure;'=1+1;x"); // where a spreadsheet splits at semicolons
/// assert_eq!(unguarded("''=1+1"), "'=1+1");
/// assert_eq!(guarded("Abolish the death penalty"), "Abolish the death penalty");
/// ```
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let changed = match cell.as_bytes().first() {
        None => false,
        Some(b'\'') => may_be_guarded(cell.trim_start_matches('\'')),
        // most cells begin with a letter or a digit, and a whole export has a million of them
        Some(first) => {
            (!first.is_ascii_alphanumeric() && cell.starts_with(FORMULA)) || is_number_or_date(cell)
        }
    };
    let mut starts = piece_starts(cell).peekable();
    if starts.peek().is_none() {
        return if changed { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) };
    }
    let mut made = String::from(if changed { "'" } else { "" });
    let mut from = 0;
    for start in starts {
        made.extend([&cell[from..start], "'"]);
        from = start;
    }
    made.push_str(&cell[from..]);
    Cow::Owned(made)
}

/// The cell that [`guarded`](crate::export::guarded) was given.
///
/// # Example
///
/// ```
/// use upr::export::unguarded;
/// assert_eq!(unguarded("'=1+1"), "=1+1");
/// assert_eq!(unguarded("Ensure;'=1+1"), "Ensure;=1+1");
/// assert_eq!(unguarded("'Free' elections"), "'Free' elections"); // never guarded
/// ```
pub fn unguarded(cell: &str) -> Cow<'_, str> {
    let rest = match cell.strip_prefix('\'') {
        Some(rest) if may_be_guarded(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    };
    let mut starts = piece_starts(rest).filter(|start| rest[*start..].starts_with('\'')).peekable();
    if starts.peek().is_none() {
        return Cow::Borrowed(rest);
    }
    let (mut made, mut from) = (String::new(), 0);
    for start in starts {
        made.push_str(&rest[from..start]);
        from = start + 1;
    }
    made.push_str(&rest[from..]);
    Cow::Owned(made)
}

/// Where pieces begin that would be formulas without an apostrophe: after a separator, whatever apostrophes are there
/// already.
fn piece_starts(cell: &str) -> impl Iterator<Item = usize> {
    let separator = |byte: &u8| matches!(byte, b';' | b'\t' | b'\n' | b'\r');
    // without a way out of the loop, the compiler looks at many bytes at once; most cells have none
    let any = cell.as_bytes().iter().fold(false, |any, byte| any | separator(byte));
    let starts = cell.match_indices(SEPARATORS).map(|(at, _)| at + 1);
    starts.take(if any { usize::MAX } else { 0 }).filter(|start| {
        let piece = cell[*start..].trim_start_matches('\'').trim_start_matches(SKIPPED);
        piece.starts_with(FORMULA) && !piece.starts_with(SEPARATORS)
    })
}

/// Whether an apostrophe before this is ours. More than what gets one, so that one expression says it in any language:
/// a beginning of a formula, or a digit and nothing but letters, digits and the signs of numbers.
fn may_be_guarded(cell: &str) -> bool {
    cell.starts_with(FORMULA) || is_of_digits(cell)
}

fn is_of_digits(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || BETWEEN.contains(&byte))
}

/// Whether a spreadsheet makes a number or a date of the cell and shows something else: `6.10`, `008`, `1-2`, `3/4`, `6E10`,
/// `May 2012`. Numbers without a point stay as they are.
fn is_number_or_date(cell: &str) -> bool {
    let is_one = |word: &str, of: &[&str]| of.iter().any(|one| word.eq_ignore_ascii_case(one));
    let is_month = |word: &str| MONTHS.iter().any(|month| is_one(word, &[month, &month[..3]]));
    let is_part = |word: &str| is_one(word, &["e", "am", "pm", "sept"]) || is_month(word);
    // most cells begin with a word that is in no date, and need not be read further
    let word = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    if cell.len() > MAX_BYTES || (word > 0 && !is_part(&cell[..word])) || !is_of_digits(cell) {
        return false;
    }
    let is_whole = cell.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole && cell.len() <= MAX_DIGITS && (cell == "0" || !cell.starts_with('0')) {
        return false;
    }
    let lower = cell.to_ascii_lowercase();
    // a code, such as a theme of OHCHR; an exponent follows digits
    if lower.starts_with('e') {
        return false;
    }
    // `MAR-27-12` is an id and a date, `MAR-27-12.1` an id alone
    let numbers = lower.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let is_id = lower.get(3..4) == Some("-") && is_month(&lower[..3]) && numbers > 2;
    !is_id && lower.split(|c: char| !c.is_ascii_alphabetic()).all(|word| word.is_empty() || is_part(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::for_each;

    #[test]
    fn cells_that_a_spreadsheet_would_change() {
        for cell in [
            "6.10",
            "26.161",
            "6.10.",
            "1,000",
            "008",
            "00",
            "1-2",
            "3/4",
            "3/4/20",
            "2020-01-02",
            "1.2.2020",
            "6E10",
            "1e5",
            "12:30",
            "2:30 pm",
            "50%",
            "$5",
            "(5)",
            "1 1/2",
            "May 2012",
            "9 November 2020",
            "1 Sept",
            "MAR-27-12",
            "AGO-20-5",
            "1234567890123456",
            ".5",
            "-5",
            "=1",
            "＝1",
        ] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in [
            "",
            "MAR-01-75.1",
            "0",
            "36",
            "123456789012345",
            "para. 6.10",
            "KEN-35-142.1",
            "AFG-27-12",
            "USA-36-t0123456789ab",
            "sdg-5",
            "E1",
            "Article 5",
            "36th session",
            "A/HRC/46/15",
            "list.csv:5",
            "3rd cycle",
            "Spain",
            "(a)",
            "May",
            "é 5",
            "'Free' elections",
            "the 2030 Agenda",
            "9 November 2020 in Geneva",
        ] {
            assert_eq!(guarded(cell), cell);
        }
    }

    /// Pieces that LibreOffice ran as formulas where it was told to split at semicolons (`tests/spreadsheet/run`), and others.
    #[test]
    fn pieces_that_would_be_formulas() {
        for (cell, expected) in [
            ("Ensure;=1+1;x", "Ensure;'=1+1;x"),
            ("Ensure, a;=1+1", "Ensure, a;'=1+1"),
            ("Ensure;\"=1+1&\";x", "Ensure;'\"=1+1&\";x"),
            ("Ensure; =1+1;\u{A0}@x", "Ensure;' =1+1;'\u{A0}@x"),
            ("Ensure\n=1+1\r\n- x", "Ensure\n'=1+1\r\n'- x"),
            ("Ensure\t+1", "Ensure\t'+1"),
            ("=1;=2", "'=1;'=2"),
            ("a;'=1;''=1;＝1", "a;''=1;'''=1;'＝1"),
            ("a;=", "a;'="),
            ("\n=1", "'\n'=1"),
            ("a;;\n-1", "a;;\n'-1"),
            ("(a) Ratify; (b) train; c", "(a) Ratify; (b) train; c"),
            ("a;'b';\"c\";1-2;;", "a;'b';\"c\";1-2;;"),
            ("Spain; Peru", "Spain; Peru"),
            ("a,=1", "a,=1"),
        ] {
            assert_eq!(guarded(cell), expected, "{cell:?}");
            assert_eq!(unguarded(expected), cell, "{cell:?}");
        }
    }

    #[test]
    fn no_piece_begins_as_a_formula() {
        for_each(4096, |random| {
            let cell = random.text("'\"=-; \n\ta,", 10);
            for piece in guarded(&cell).split(SEPARATORS).skip(1) {
                let formula = piece.trim_start_matches(SKIPPED).starts_with(['=', '-']);
                assert!(!formula, "{cell:?}: {piece:?}");
            }
        });
    }

    #[test]
    fn every_cell_comes_back() {
        for_each(8192, |random| {
            let cell = random.text("''=-.15/ eMay;\n\"", 9);
            assert_eq!(unguarded(&guarded(&cell)), cell);
        });
        for cell in ["'=1", "''=1", "'", "'Article 5", "''6.10", "'90s", "'quoted'"] {
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
    }
}
