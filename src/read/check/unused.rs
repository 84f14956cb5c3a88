//! Columns that nobody reads, though their cells show what they hold.

use super::cells::{Cells, named};
use super::{Check, MIN_CELLS, meaning};
use crate::read::column::Column;
use csv::StringRecord;

impl Check<'_> {
    /// Columns that are not known by their header, though their cells show what they hold.
    pub(super) fn not_used(&mut self) {
        let has = |column| self.columns.has(column);
        let states = |held: &Cells| held.most(held.states);
        let several = |held: &Cells| states(held) && held.distinct.len() > 1;
        let reviewed = has(Column::StateUnderReview) || self.reader.given.state_under_review.is_some();
        let mut missed: Vec<(usize, &str, Vec<Column>)> = Vec::new();
        let recommending = self.other(several).filter(|_| !has(Column::RecommendingStates));
        match (recommending, reviewed) {
            (Some(at), true) => missed.push((at, "names of States", vec![Column::RecommendingStates])),
            (Some(at), false) => {
                missed.push((
                    at,
                    "names of States",
                    vec![Column::RecommendingStates, Column::StateUnderReview],
                ));
            }
            (None, false) => {
                let at = self.other(states).filter(|_| !has(Column::StateUnderReview));
                missed.extend(at.map(|at| (at, "names of States", vec![Column::StateUnderReview])));
            }
            (None, true) => {}
        }
        self.states_beside(several);
        // of several answers one has to be chosen, as another warning says
        if !has(Column::Position)
            && self.columns.rivals(self.reader, Column::Position, self.headers).is_empty()
        {
            let at = self.other(|held| held.most(held.positions));
            missed.extend(at.map(|at| (at, "positions", vec![Column::Position])));
        }
        for (at, what, columns) in missed {
            let option =
                |column: &Column| format!("{} if it is {}", self.options(&[(*column, at)]), meaning(*column));
            let options = columns.iter().map(option).collect::<Vec<_>>().join(", or ");
            let header = self.header(at);
            self.warnings.push(format!(
                "the column {header} holds {what} and is not used: type {options} (Reader::column)"
            ));
        }
    }

    /// A second column of States, such as `Recommending State 2`: those of the first alone would count.
    fn states_beside(&mut self, several: impl Fn(&Cells) -> bool) {
        let Some(used) = self.used(Column::RecommendingStates) else { return };
        // of two that are known by their headers one has to be chosen, as another warning says
        let rivals = self.columns.rivals(self.reader, Column::RecommendingStates, self.headers);
        let Some(at) = self.other(several).filter(|_| rivals.is_empty()) else { return };
        let names = |record: &StringRecord, at| record.get(at).map_or(Vec::new(), named);
        let differ = |record: &&&StringRecord| {
            let (own, others) = (names(record, used), names(record, at));
            !others.is_empty() && others.iter().any(|name| !own.contains(name))
        };
        let rows = self.records.iter().filter(differ).count();
        if rows >= MIN_CELLS {
            let (own, other) = (self.header(used), self.header(at));
            self.warnings.push(format!(
                "the column {other} holds names of States too, in {rows} rows others than the column {own}, and is not used: write all \
                 recommending States of a row into one cell, such as \"Spain; Peru\""
            ));
        }
    }
}
