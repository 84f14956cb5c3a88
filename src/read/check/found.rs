//! Rows of a kind that a message counts, and names the first of.

use crate::error::quoted;

/// How many rows or cells a message names.
pub(super) const SHOWN: usize = 3;

/// Rows of a kind: how many, and the first.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rows: usize,
    pub(super) first: Vec<(u64, String)>,
}

impl Found {
    pub(super) fn add(&mut self, row: u64, cell: &str) {
        self.rows += 1;
        if self.first.len() < SHOWN {
            self.first.push((row, cell.to_string()));
        }
    }

    /// `row 3`, `rows 3, 4 and 7`, `rows 3, 4, 7 and 12 more`.
    pub(super) fn named(&self) -> String {
        let mut rows: Vec<String> = self.first.iter().map(|(row, _)| row.to_string()).collect();
        if let more @ 1.. = self.rows.saturating_sub(SHOWN) {
            return format!("rows {} and {more} more", rows.join(", "));
        }
        let last = rows.pop().unwrap_or_default();
        if rows.is_empty() { format!("row {last}") } else { format!("rows {} and {last}", rows.join(", ")) }
    }

    pub(super) fn example(&self) -> String {
        quoted(self.first.first().map_or("", |(_, cell)| cell))
    }
}
