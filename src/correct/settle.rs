//! Which decisions count where there are several on the same thing: the later one of a coder, and none where coders contradict
//! each other.

use super::find::Found;
use super::{Correction, Corrections};
use crate::dimension::Dimension;
use std::collections::BTreeMap;

/// A decision that counts, or why it does not.
pub(super) type Settled = Result<Found, String>;

/// The rows that decide the same thing, by their places in the corrections.
type Groups<K> = BTreeMap<K, Vec<usize>>;

pub(super) fn settle(corrections: &Corrections, mut found: Vec<Settled>) -> Vec<Settled> {
    // of what a recommendation has one: what each coder says last
    for (_, rows) in groups(&found, |row, one| {
        let coder = &corrections.rows[row].coder_key;
        (one.right && has_one(one.dimension)).then(|| (one.at, one.dimension, coder.clone()))
    }) {
        agree(corrections, &rows, |one| one.category.clone(), &mut found);
    }
    // whether a category is right
    let by_category = groups(&found, |_, one| Some((one.at, one.dimension, one.category.clone())));
    let mut open: BTreeMap<(usize, Dimension), String> = BTreeMap::new();
    for ((at, dimension, _), rows) in by_category {
        let contradiction = agree(corrections, &rows, |one| one.right, &mut found);
        if let Some(reason) = contradiction.filter(|_| has_one(dimension)) {
            open.entry((at, dimension)).or_insert(reason);
        }
    }
    // where that is open, it is open as well which one is right
    for one in found.iter_mut() {
        let of_one = one.as_ref().ok().filter(|one| one.right).map(|one| (one.at, one.dimension));
        if let Some(reason) = of_one.and_then(|of_one| open.get(&of_one)) {
            *one = Err(reason.clone());
        }
    }
    // two coders may both add one, and each another
    for (_, rows) in
        groups(&found, |_, one| (one.right && has_one(one.dimension)).then_some((one.at, one.dimension)))
    {
        agree(corrections, &rows, |one| one.category.clone(), &mut found);
    }
    found
}

/// The decisions that are still to be settled, by what they decide.
fn groups<K: Ord>(found: &[Settled], key: impl Fn(usize, &Found) -> Option<K>) -> Groups<K> {
    let mut groups: Groups<K> = BTreeMap::new();
    for (row, one) in found.iter().enumerate() {
        if let Some(key) = one.as_ref().ok().and_then(|one| key(row, one)) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}

/// Whether a recommendation has one category of this dimension at most.
pub(super) fn has_one(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Position | Dimension::ActionCategory)
}

/// Leaves the decisions of `rows` that count, and gives the others their reason. Where they contradict each other, returns the
/// reason for others that depend on them.
fn agree<C: PartialEq>(
    corrections: &Corrections,
    rows: &[usize],
    choice: impl Fn(&Found) -> C,
    found: &mut [Settled],
) -> Option<String> {
    let row = |at: usize| &corrections.rows[rows[at]];
    let choices: Vec<Option<C>> = rows.iter().map(|row| found[*row].as_ref().ok().map(&choice)).collect();
    let mut coders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 0..rows.len() {
        coders.entry(&row(at).coder_key).or_default().push(at);
    }
    // the one that counts of each coder, or all of those that contradict each other
    let mut last: Vec<usize> = Vec::new();
    for own in coders.values() {
        let mut of_file: BTreeMap<&str, usize> = BTreeMap::new();
        for at in own {
            // without a date, it is the earliest; of one date, the lower row is later
            let when = |at: usize| (row(at).decision.day(), row(at).line);
            let counts = of_file.entry(&row(*at).origin).or_insert(*at);
            if when(*at) >= when(*counts) {
                *counts = *at;
            }
        }
        let mut own_last: Vec<usize> = of_file.into_values().collect();
        own_last.sort_unstable();
        if own_last.iter().any(|at| choices[*at] != choices[own_last[0]]) {
            let latest = own_last.iter().map(|at| row(*at).decision.day()).max().flatten();
            own_last.retain(|at| row(*at).decision.day() == latest);
        }
        let kept = own_last[0];
        for at in own.iter().filter(|at| own_last.binary_search(at).is_err()) {
            let why = if choices[*at] == choices[kept] { "the same as" } else { "replaced by" };
            found[rows[*at]] = Err(format!("{why} {}", place(row(kept))));
        }
        // of equal decisions in several files one counts
        let equal = own_last.iter().all(|at| choices[*at] == choices[kept]);
        for at in own_last[1..].iter().filter(|_| equal) {
            found[rows[*at]] = Err(format!("the same as {}", place(row(kept))));
        }
        own_last.truncate(if equal { 1 } else { own_last.len() });
        last.extend(own_last);
    }
    // all choices differ from the first or from one that does
    let first = *last.first()?;
    let second = last.iter().copied().find(|at| choices[*at] != choices[first])?;
    let against = |at: usize| {
        let other = if choices[at] == choices[first] { second } else { first };
        format!("contradicts {} ({})", place(row(other)), row(other).coder)
    };
    for at in &last {
        found[rows[*at]] = Err(against(*at));
    }
    Some(against(first))
}

fn place(row: &Correction) -> String {
    format!("{}, line {}", row.file, row.line)
}
