//! Numbers as a spreadsheet shows them: 126.10 typed as a number is stored as 126.1, and its format `0.00` shows the zero.
//!
//! A format can also be that of a whole column, and then shows 126.1 as 126.10 too. So the zeros that formats add to a column
//! are believed only where the numbers beside them agree; otherwise the numbers stay as stored, and what comes twice is
//! warned about as in any table.

use std::collections::{BTreeMap, HashSet};

/// A number with decimals: where it is, and how many decimals its format shows, if the format says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) shown: Option<u8>,
}

/// A number as the format "General" shows it, or nearly so.
pub(super) fn number(value: f64) -> String {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 1e15;
    if value.fract() == 0.0 && value.abs() < EXACT {
        return format!("{value:.0}");
    }
    // Excel computes with 15 digits, and may save 126.11 as 126.10999999999999
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    f64::to_string(&rounded)
}

/// The decimals of a format: two of `0.00`, `#,##0.00` and `0.00_ ;[Red]-0.00`. Nothing for `General`, dates, per cent and
/// fractions.
pub(super) fn decimals(format: &str) -> Option<u8> {
    let positive = format.split(';').next().unwrap_or_default();
    // a colour, and room beside the number
    let digits = positive.rsplit(']').next().unwrap_or_default().split('_').next().unwrap_or_default();
    let (whole, decimals) = digits.trim().split_once('.')?;
    let is_whole = !whole.is_empty() && whole.bytes().all(|byte| matches!(byte, b'0' | b'#' | b','));
    let is_fixed = !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0');
    u8::try_from(decimals.len()).ok().filter(|_| is_whole && is_fixed)
}

/// The format of one of the numbers that stand for formats in every workbook (ECMA-376, 18.8.30).
pub(super) fn built_in(format: u32) -> Option<u8> {
    matches!(format, 2 | 4 | 39 | 40).then_some(2)
}

/// `126.10` of `126.1` with two decimals. No digit is taken away.
fn padded(number: &str, decimals: Option<u8>) -> Option<String> {
    let has = number.split_once('.')?.1.len();
    let more = usize::from(decimals?).checked_sub(has).filter(|more| *more > 0)?;
    Some(format!("{number}{}", "0".repeat(more)))
}

/// The places of the numbers that get zeros, with what they become. `stored` returns the number in a cell.
pub(super) fn zeros<'s>(
    numbers: &[Decimal],
    stored: impl Fn(&Decimal) -> Option<&'s str>,
) -> Vec<(Decimal, String)> {
    let mut columns: BTreeMap<u32, Vec<(Decimal, &str)>> = BTreeMap::new();
    for number in numbers {
        if let Some(stored) = stored(number) {
            columns.entry(number.column).or_default().push((*number, stored));
        }
    }
    columns.into_values().flat_map(|column| zeros_of_column(&column)).collect()
}

fn zeros_of_column(column: &[(Decimal, &str)]) -> Vec<(Decimal, String)> {
    let padded: Vec<Option<String>> =
        column.iter().map(|(number, stored)| padded(stored, number.shown)).collect();
    let shown =
        || column.iter().zip(&padded).map(|((_, stored), padded)| padded.as_deref().unwrap_or(stored));
    let parts = |number: &str| {
        let (paragraph, item) = number.split_once('.')?;
        Some((paragraph.to_string(), item.parse::<u32>().ok()?))
    };
    let all: HashSet<(String, u32)> = shown().filter_map(parts).collect();
    let has_neighbour = |number: &str| {
        parts(number).is_some_and(|(paragraph, item)| {
            let next = |item: Option<u32>| item.is_some_and(|item| all.contains(&(paragraph.clone(), item)));
            next(item.checked_sub(1)) || next(item.checked_add(1))
        })
    };
    let differ = column.iter().any(|(number, _)| number.shown != column[0].0.shown);
    // two recommendations under one number are below each other
    let (mut seen, mut last) = (HashSet::new(), "");
    let is_apart = shown().zip(&padded).all(|(number, padded)| {
        let again = !seen.insert(number) && number != last;
        last = number;
        !(again && padded.is_some())
    });
    let believed = is_apart && (differ || padded.iter().flatten().all(|number| has_neighbour(number)));
    let with_zeros = column.iter().zip(padded).filter_map(|((number, _), padded)| Some((*number, padded?)));
    if believed { with_zeros.collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_formats() {
        for (format, expected) in [
            ("0.0", Some(1)),
            ("0.00", Some(2)),
            ("0.000", Some(3)),
            ("#,##0.00", Some(2)),
            ("0.00_ ;[Red]\\-0.00\\ ", Some(2)),
            ("[Blue]0.00", Some(2)),
            ("General", None),
            ("0", None),
            ("0.##", None),
            ("0.00%", None),
            ("0.00E+00", None),
            ("dd.mm.yyyy", None),
            ("@", None),
            ("", None),
        ] {
            assert_eq!(decimals(format), expected, "{format}");
        }
    }

    #[test]
    fn numbers_in_general() {
        for (value, expected) in
            [(126.109_999_999_999_99, "126.11"), (126.1, "126.1"), (45_000.0, "45000"), (1e300, "1")]
        {
            assert!(number(value).starts_with(expected), "{value}");
        }
    }

    /// Numbers as stored, with the decimals of their formats, and how they are read.
    #[track_caller]
    fn are_read(numbers: &[(&str, u8)], expected: &str) {
        let places: Vec<Decimal> = (0..)
            .zip(numbers)
            .map(|(row, (_, shown))| Decimal {
                row,
                column: 0,
                shown: Some(*shown).filter(|shown| *shown > 0),
            })
            .collect();
        let zeros = zeros(&places, |place| Some(numbers[place.row as usize].0));
        let mut read: Vec<String> = numbers.iter().map(|(number, _)| number.to_string()).collect();
        zeros.into_iter().for_each(|(place, number)| read[place.row as usize] = number);
        assert_eq!(read.join(" "), expected);
    }

    #[test]
    fn zeros_are_believed_where_the_numbers_beside_them_agree() {
        are_read(&[("6.1", 0), ("6.9", 0), ("6.1", 2), ("6.11", 2), ("6.2", 2)], "6.1 6.9 6.10 6.11 6.20");
        // an extract, in a column of one format
        are_read(&[("6.1", 2), ("6.11", 2), ("6.19", 2), ("6.2", 2)], "6.10 6.11 6.19 6.20");
        are_read(&[("6.1", 2), ("6.1", 2), ("6.11", 2)], "6.10 6.10 6.11");
        // a format that makes 6.10 of 6.1 as well
        are_read(&[("6.1", 2), ("6.2", 2), ("6.3", 2)], "6.1 6.2 6.3");
        are_read(&[("6.1", 2), ("6.11", 2), ("6.1", 2)], "6.1 6.11 6.1");
        are_read(&[("6.1", 1), ("6.2", 1)], "6.1 6.2");
        are_read(&[("6.161", 2)], "6.161");
    }
}
