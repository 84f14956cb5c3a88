//! Which decisions count where there are several on the same thing: the later one of a coder, and none where coders contradict
//! each other.

use super::find::Found;
use super::{Correction, Corrections};
use crate::dimension::Dimension;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A decision that counts, or why it does not.
pub(super) type Settled = Result<Found, String>;

/// The rows that decide the same thing, by their places in the corrections.
type Groups<K> = BTreeMap<K, Vec<usize>>;

pub(super) fn settle(corrections: &Corrections, mut found: Vec<Settled>) -> Vec<Settled> {
    let mut of_category: Groups<(usize, Dimension, Arc<str>)> = BTreeMap::new();
    for (row, one) in found.iter().enumerate() {
        if let Ok(one) = one {
            of_category.entry((one.at, one.dimension, one.category.clone())).or_default().push(row);
        }
    }
    for rows in of_category.values() {
        let choices: Vec<bool> =
            rows.iter().map(|row| found[*row].as_ref().is_ok_and(|one| one.right)).collect();
        agree(corrections, rows, &choices, &mut found);
    }
    // of what a recommendation has one, two coders may both add, and each something else
    let mut of_one: Groups<(usize, Dimension)> = BTreeMap::new();
    for (row, one) in found.iter().enumerate() {
        match one {
            Ok(one) if one.right && has_one(one.dimension) => {
                of_one.entry((one.at, one.dimension)).or_default().push(row);
            }
            _ => {}
        }
    }
    for rows in of_one.values() {
        let choices: Vec<Arc<str>> =
            rows.iter().filter_map(|row| found[*row].as_ref().ok().map(|one| one.category.clone())).collect();
        agree(corrections, rows, &choices, &mut found);
    }
    found
}

/// Whether a recommendation has one category of this dimension at most.
pub(super) fn has_one(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Position | Dimension::ActionCategory)
}

/// Leaves the decisions of `rows` that count, and gives the others their reason.
fn agree<C: PartialEq>(corrections: &Corrections, rows: &[usize], choices: &[C], found: &mut [Settled]) {
    let row = |at: usize| &corrections.rows[rows[at]];
    let mut coders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 0..rows.len() {
        coders.entry(&row(at).coder).or_default().push(at);
    }
    // the one that counts of each coder, or all of those that contradict each other
    let mut last: Vec<usize> = Vec::new();
    for own in coders.values() {
        let mut of_file: BTreeMap<&str, usize> = BTreeMap::new();
        for at in own {
            let newer = |before: usize| match (date(row(before)), date(row(*at))) {
                (Some(before), Some(now)) => now >= before,
                _ => true,
            };
            let counts = of_file.entry(&row(*at).origin).or_insert(*at);
            if newer(*counts) {
                *counts = *at;
            }
        }
        let mut own_last: Vec<usize> = of_file.into_values().collect();
        if own_last.iter().any(|at| choices[*at] != choices[own_last[0]]) {
            let latest = own_last.iter().filter_map(|at| date(row(*at))).max();
            if own_last.iter().all(|at| date(row(*at)).is_some()) {
                own_last.retain(|at| date(row(*at)) == latest);
            }
        }
        let kept = own_last[0];
        for at in own.iter().filter(|at| !own_last.contains(at)) {
            let why = if choices[*at] == choices[kept] { "the same as" } else { "replaced by" };
            found[rows[*at]] = Err(format!("{why} {}", place(row(kept))));
        }
        last.extend(own_last);
    }
    let other = |at: usize| last.iter().copied().find(|other| choices[*other] != choices[at]);
    let against: Vec<(usize, Option<usize>)> = last.iter().map(|at| (*at, other(*at))).collect();
    if against.iter().any(|(_, other)| other.is_some()) {
        for (at, other) in against {
            let other = other.map_or_else(String::new, |other| {
                format!("contradicts {} ({})", place(row(other)), row(other).coder)
            });
            found[rows[at]] = Err(other);
        }
        return;
    }
    // of equal decisions of one coder in several files one counts
    for own in coders.values() {
        let mut own = own.iter().filter(|at| last.contains(at));
        let Some(kept) = own.next() else { continue };
        for at in own {
            found[rows[*at]] = Err(format!("the same as {}", place(row(*kept))));
        }
    }
}

fn place(row: &Correction) -> String {
    format!("{}, line {}", row.file, row.line)
}

/// The date, if it is one that sorts: `2026-11-30`.
fn date(row: &Correction) -> Option<&str> {
    let date = row.cells[4].as_str();
    let is_digits = |range: std::ops::Range<usize>| {
        date.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let shape = date.len() == 10 && is_digits(0..4) && is_digits(5..7) && is_digits(8..10);
    (shape && &date[4..5] == "-" && &date[7..8] == "-").then_some(date)
}
