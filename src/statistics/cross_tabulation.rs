//! Cross-tabulations: how many recommendations are in each combination of two dimensions, with totals that
//! are those of the list.

use super::column::{Column, cells};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::Table;
use crate::tally::Unit;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Counts over two dimensions.
///
/// A total counts each recommendation (or pair) once, so it is not always the sum of its cells: a
/// recommendation with three issues is in three cells of the issues, and once in each total.
/// [`explanation`](CrossTabulation::explanation) says of a table whether its cells add up.
///
/// # Example
///
/// ```
/// use upr::statistics::CrossTabulation;
/// use upr::{Codebook, Dimension, Tagger, Unit};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let (rows, columns) = (Dimension::RegionalGroup, Dimension::Position);
/// let unit = Unit::RecommendationXState;
/// let table = CrossTabulation::of(&coded, rows, columns, unit);
///
/// assert_eq!(table.total, 357);
/// let (noted, all) = (table.count("WEOG", "noted").unwrap(), table.row_total("WEOG").unwrap());
/// assert_eq!(table.share_of_row("WEOG", "noted"), Some(noted as f64 / all as f64));
/// assert_eq!(table.count("WEOG", "accepted"), None); // not a position
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossTabulation {
    /// The dimension of the rows.
    pub rows: Dimension,
    /// The dimension of the columns.
    pub columns: Dimension,
    /// What is counted.
    pub unit: Unit,
    /// All that was counted, each once.
    pub total: u64,
    row_totals: Vec<CategoryTotal>,
    column_totals: Vec<CategoryTotal>,
    /// The cells that are not zero, row by row, in the order of the totals.
    cells: Vec<Cell>,
    #[serde(skip)]
    starts: Vec<usize>,
    /// Where each row and each column is, by its category.
    #[serde(skip)]
    places: [HashMap<Arc<str>, usize>; 2],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CategoryTotal {
    category: Arc<str>,
    /// Its recommendations or pairs, each once.
    count: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Cell {
    row: Arc<str>,
    column: Arc<str>,
    count: u64,
    /// The place of the column.
    #[serde(skip)]
    at: u32,
}

impl CrossTabulation {
    /// Counts recommendations by `unit`. The order of rows and columns, and the rows of zero, are those of
    /// `codebook`, with which they were coded.
    ///
    /// A cell holds what one recommending State's part of a recommendation has of both dimensions, as in a
    /// [`Tally`](crate::Tally): Spain and Peru together give no cell of Spain and GRULAC.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::CrossTabulation;
    /// use upr::{Codebook, Dimension, Tagger, Unit, read::Reader};
    ///
    /// let list = "text,recommending states\nAbolish the death penalty,Spain; Peru\n";
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(Reader::new().bytes("joint.csv", list.as_bytes())?);
    /// let (states, groups) = (Dimension::RecommendingState, Dimension::RegionalGroup);
    /// let table =
    ///     CrossTabulation::of(&coded, states, groups, Unit::Recommendations);
    /// assert_eq!((table.count("Spain", "WEOG"), table.count("Spain", "GRULAC")), (Some(1), Some(0)));
    /// assert_eq!((table.row_total("Peru"), table.total), (Some(1), 1));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(
        coded: impl Into<Selection<'r>>,
        rows: Dimension,
        columns: Dimension,
        unit: Unit,
    ) -> CrossTabulation {
        let list = coded.into();
        let (row, column) = (Column::of(&list, rows, true), Column::of(&list, columns, true));
        let totals = |column: &Column| -> Vec<CategoryTotal> {
            let totals = column.categories.iter().cloned().zip(column.totals(unit));
            totals.map(|(category, count)| CategoryTotal { category, count }).collect()
        };
        let counted = cells(&row, &column, unit);
        let numbers = 0..=row.categories.len() as u32;
        CrossTabulation {
            rows,
            columns,
            unit,
            total: row.total(unit),
            row_totals: totals(&row),
            column_totals: totals(&column),
            places: [places(&row.categories), places(&column.categories)],
            starts: numbers.map(|number| counted.partition_point(|cell| cell.0 < number)).collect(),
            cells: counted
                .into_iter()
                .map(|(first, second, count)| Cell {
                    row: row.categories[first as usize].clone(),
                    column: column.categories[second as usize].clone(),
                    count,
                    at: second,
                })
                .collect(),
        }
    }

    /// The rows, each with its total: the categories in the order of
    /// [`Tally::with_positions`](crate::Tally::with_positions), those that never occur included.
    pub fn row_totals(&self) -> impl Iterator<Item = (&str, u64)> {
        self.row_totals.iter().map(|row| (&*row.category, row.count))
    }

    /// The columns, each with its total, likewise.
    pub fn column_totals(&self) -> impl Iterator<Item = (&str, u64)> {
        self.column_totals.iter().map(|column| (&*column.category, column.count))
    }

    /// The cells that are not zero, row by row: row, column and count.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.cells.iter().map(|cell| (&*cell.row, &*cell.column, cell.count))
    }

    /// The count of a cell; `None` where the table has no such row or column.
    pub fn count(&self, row: &str, column: &str) -> Option<u64> {
        let cells = self.row(*self.places[0].get(row)?);
        let column = *self.places[1].get(column)? as u32;
        // the cells of a row are in the order of the columns
        let found = cells.binary_search_by_key(&column, |cell| cell.at);
        Some(found.map_or(0, |found| cells[found].count))
    }

    fn row(&self, at: usize) -> &[Cell] {
        &self.cells[self.starts[at]..self.starts[at + 1]]
    }

    /// The recommendations or pairs of a row, each once; `None` where the table has no such row.
    pub fn row_total(&self, row: &str) -> Option<u64> {
        self.places[0].get(row).map(|at| self.row_totals[*at].count)
    }

    /// The recommendations or pairs of a column, each once; `None` where the table has no such column.
    pub fn column_total(&self, column: &str) -> Option<u64> {
        self.places[1].get(column).map(|at| self.column_totals[*at].count)
    }

    /// The share of a cell in the total of its row: of what WEOG recommended, how much was noted. `None` where that total
    /// is zero, and where the table has no such row or column.
    ///
    /// Shares of one row need not add up to 1, for the reason that its cells need not add up to its total.
    pub fn share_of_row(&self, row: &str, column: &str) -> Option<f64> {
        share(self.count(row, column)?, self.row_total(row)?)
    }

    /// The share of a cell in the total of its column: of what was noted, how much WEOG recommended. Otherwise as
    /// [`share_of_row`](CrossTabulation::share_of_row).
    pub fn share_of_column(&self, row: &str, column: &str) -> Option<f64> {
        share(self.count(row, column)?, self.column_total(column)?)
    }

    /// Leaves the `most` largest rows, in their order; of equal ones the first. All totals stay those of the whole table,
    /// so ask for its [`explanation`](CrossTabulation::explanation) before.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let (groups, positions) = (Dimension::RegionalGroup, Dimension::Position);
    /// let mut table =
    ///     CrossTabulation::of(&coded, groups, positions, Unit::Recommendations);
    /// table.keep_largest_rows(2);
    /// let rows: Vec<&str> = table.row_totals().map(|(row, _)| row).collect();
    /// assert_eq!((rows, table.total), (vec!["Asia", "WEOG"], 347));
    /// assert_eq!(table.count("Africa", "noted"), None);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn keep_largest_rows(&mut self, most: usize) {
        let mut largest: Vec<usize> = (0..self.row_totals.len()).collect();
        largest.sort_by_key(|&at| std::cmp::Reverse(self.row_totals[at].count));
        largest.truncate(most);
        largest.sort_unstable();
        let mut cells = Vec::new();
        let mut starts = vec![0];
        for &at in &largest {
            cells.extend_from_slice(self.row(at));
            starts.push(cells.len());
        }
        self.row_totals = largest.into_iter().map(|at| self.row_totals[at].clone()).collect();
        self.places[0] = places(self.row_totals.iter().map(|row| &row.category));
        (self.cells, self.starts) = (cells, starts);
    }

    /// Sentences that say what is counted, and whether rows and columns add up to the total.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    ///
    /// let list = upr::read::Reader::new().bytes("a.csv", b"text,position\nAbolish torture and the death penalty,Noted\n")?;
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(list);
    /// let table = CrossTabulation::of(
    ///     &coded, Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// assert_eq!(
    ///     table.explanation(),
    ///     "Unit: recommendations; 1 in all, each counted once in every total. \
    ///      The rows (issue) total 2 because a recommendation can appear in several."
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn explanation(&self) -> String {
        let unit = self.unit.as_str();
        let mut text = format!("Unit: {unit}; {} in all, each counted once in every total.", self.total);
        let of_one = match self.unit {
            Unit::Recommendations => "a recommendation",
            Unit::RecommendationXState => "a recommendation of one State",
        };
        for (what, dimension, totals) in
            [("rows", self.rows, &self.row_totals), ("columns", self.columns, &self.column_totals)]
        {
            let sum: u64 = totals.iter().map(|total| total.count).sum();
            if sum != self.total {
                let name = dimension.as_str();
                text += &format!(" The {what} ({name}) total {sum} because {of_one} can appear in several.");
            }
        }
        text
    }

    /// The table as people print it: a row for each category of the first dimension, a column for each of the
    /// second, and the totals at the end of both.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit).table();
    /// assert_eq!(table.header, ["issue", "supported", "supported_in_part", "noted", "pending", "total"]);
    /// let first: Vec<String> = table.rows[0].iter().map(|cell| cell.text()).collect();
    /// assert_eq!(first, ["climate-action", "5", "0", "0", "0", "5"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let columns = self.column_totals.iter().map(|column| &*column.category);
        let mut table = Table::new([self.rows.as_str()].into_iter().chain(columns).chain(["total"]));
        for (at, row) in self.row_totals.iter().enumerate() {
            let mut cells = self.row(at).iter().peekable();
            let mut line = vec![(&row.category).into()];
            for column in &self.column_totals {
                // both in the same order
                let cell = cells.next_if(|cell| cell.column == column.category);
                line.push(cell.map_or(0, |cell| cell.count).into());
            }
            line.push(row.count.into());
            table.rows.push(line);
        }
        let mut line = vec!["total".into()];
        line.extend(self.column_totals.iter().map(|column| column.count.into()));
        line.push(self.total.into());
        table.rows.push(line);
        table
    }

    /// The table as programs read it: a row for each cell that is not zero, with its totals and its shares of
    /// them.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit);
    /// let long = table.long_table();
    /// assert_eq!(long.header[..3], ["issue", "position", "count"]);
    /// assert_eq!(long.rows.len(), table.iter().count());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn long_table(&self) -> Table {
        let mut table = Table::new([
            self.rows.as_str(),
            self.columns.as_str(),
            "count",
            "row_total",
            "column_total",
            "total",
            "share_of_row",
            "share_of_column",
            "share_of_total",
        ]);
        if self.rows == self.columns {
            table.header[1] += "_2";
        }
        for (at, row) in self.row_totals.iter().enumerate() {
            let mut columns = self.column_totals.iter();
            for cell in self.row(at) {
                let column =
                    columns.find(|column| column.category == cell.column).map_or(0, |column| column.count);
                table.rows.push(vec![
                    (&cell.row).into(),
                    (&cell.column).into(),
                    cell.count.into(),
                    row.count.into(),
                    column.into(),
                    self.total.into(),
                    share(cell.count, row.count).into(),
                    share(cell.count, column).into(),
                    share(cell.count, self.total).into(),
                ]);
            }
        }
        table
    }
}

fn places<'c>(categories: impl IntoIterator<Item = &'c Arc<str>>) -> HashMap<Arc<str>, usize> {
    categories.into_iter().enumerate().map(|(at, category)| (category.clone(), at)).collect()
}

/// A part of a whole; nothing where there is no whole.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
