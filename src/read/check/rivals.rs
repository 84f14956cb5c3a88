//! Two columns that could mean the same, such as `Text` and `Recommendation`: only one of them is used.

use super::cells::{self, Cells, is_nothing};
use super::{Check, MIN_CELLS, meaning, option};
use crate::error::{Result, listed, quoted};
use crate::read::column::Column;

/// Of 20 rows in which two columns are filled, one may differ by a slip: they still say the same.
const SAME_OF: usize = 20;

impl Check<'_> {
    pub(super) fn rivals(&mut self) -> Result<()> {
        for &column in Column::ALL {
            if self.given(column) {
                continue;
            }
            let Some(taken) = self.columns.at(column) else {
                self.undecided(column);
                continue;
            };
            for other in self.columns.rivals(self.reader, column, self.headers) {
                self.compare(column, taken, other)?;
            }
        }
        Ok(())
    }

    /// Of several answers, such as a first and a final one, none is used.
    fn undecided(&mut self, column: Column) {
        let rivals = self.columns.rivals(self.reader, column, self.headers);
        let filled: Vec<usize> = rivals.into_iter().filter(|at| self.held[*at].filled >= MIN_CELLS).collect();
        if column == Column::Position && filled.len() > 1 {
            self.warnings.push(format!(
                "the columns {} could each be the position, and none is used: choose one, as in {} (Reader::column)",
                listed(filled.iter().map(|at| &self.headers[*at])),
                option(column, &self.headers[filled[filled.len() - 1]]),
            ));
        }
    }

    fn compare(&mut self, column: Column, taken: usize, other: usize) -> Result<()> {
        let (one, two) = (&self.held[taken], &self.held[other]);
        if two.filled < MIN_CELLS {
            return Ok(());
        }
        // the State under review in every row is no recommending State
        let reviewed = self.reader.given.state_under_review.as_ref();
        if column == Column::RecommendingStates
            && let ([only], Some(reviewed)) = (two.distinct.as_slice(), reviewed)
            && cells::named(only) == [reviewed.name()]
        {
            return Ok(());
        }
        let (one_fits, two_fits) = (fits(column, one), fits(column, two));
        let one_empty = one.filled < MIN_CELLS;
        if one_fits && !two_fits && !one_empty {
            return Ok(());
        }
        let both = self.records.iter().filter_map(|record| {
            let cell = |at: usize| record.get(at).filter(|cell| !is_nothing(cell.trim()));
            Some((cell(taken)?, cell(other)?))
        });
        let both: Vec<(&str, &str)> = both.collect();
        let differ = both.iter().filter(|(one, two)| !self.says_the_same(column, one, two)).count();
        let (first, second) = (self.header(taken), self.header(other));
        let same_header = cells::key(&self.headers[taken]) == cells::key(&self.headers[other]);
        let choose = if same_header {
            "rename or delete one of them".to_string()
        } else {
            format!("type {} (Reader::column)", option(column, &self.headers[other]))
        };
        if one_empty || (!one_fits && two_fits) {
            let found = if one_empty {
                format!("nothing in the column {first}, and {} in the column {second}", meaning(column))
            } else {
                format!(
                    "{} in the column {second}, and something else, such as {}, in the column {first}",
                    meaning(column),
                    quoted(one.example(|_| true))
                )
            };
            return self.refuse(
                column,
                taken,
                found,
                format!("one column for {}: {choose}", meaning(column)),
            );
        }
        if differ * SAME_OF <= both.len() {
            return Ok(());
        }
        self.warnings.push(format!(
            "the columns {first} and {second} could both be {}, and differ in {differ} of {} rows: {first} was used; for the \
             other, {choose}",
            meaning(column),
            both.len(),
        ));
        Ok(())
    }
}

/// Whether the cells look like what the column means, where that can be seen.
fn fits(column: Column, held: &Cells) -> bool {
    match column {
        Column::Text => held.most(held.filled - held.codes) && held.most(held.filled - held.numbers),
        Column::StateUnderReview | Column::RecommendingStates => held.most(held.states),
        Column::Position => held.most(held.positions),
        Column::Session => held.most(held.sessions),
        Column::Document => held.most(held.symbols),
        Column::Paragraph => held.most(held.numbers),
        _ => true,
    }
}
