//! Cross-tabulations: how many recommendations stand in each combination of two dimensions, with totals that
//! are those of the list.

use super::column::{Column, cells};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use crate::tally::Unit;
use serde::Serialize;
use std::sync::Arc;

/// Counts over two dimensions.
///
/// A total counts each recommendation (or pair) once, so it is not always the sum of its cells: a
/// recommendation with three issues stands in three cells of the issues, and once in each total.
/// [`explanation`](CrossTabulation::explanation) says of a table whether its cells add up.
///
/// # Example
///
/// ```
/// use upr::statistics::{CrossTabulation, Denominator};
/// use upr::{Codebook, Dimension, Tagger, Unit};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let (rows, columns) = (Dimension::RegionalGroup, Dimension::Position);
/// let unit = Unit::RecommendationXState;
/// let table = CrossTabulation::of(&coded, rows, columns, unit);
///
/// assert_eq!(table.total, 357);
/// let of_weog = table.share("WEOG", "noted", Denominator::Row).unwrap();
/// assert_eq!(of_weog, table.count("WEOG", "noted") as f64 / table.row_total("WEOG") as f64);
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
    /// The categories of the rows in the order of [`Tally::with_positions`](crate::Tally::with_positions),
    /// those that nobody mentioned included, each with its recommendations or pairs, each once.
    pub row_totals: Vec<CategoryTotal>,
    /// The same for the columns.
    pub column_totals: Vec<CategoryTotal>,
    /// The cells that are not zero, row by row, in the order of the totals.
    pub cells: Vec<CrossCell>,
    #[serde(skip)]
    starts: Vec<usize>,
}

/// A row or column of a [`CrossTabulation`], and how many it holds.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
/// let table = CrossTabulation::of(&coded, rows, columns, unit);
/// let first = &table.row_totals[0];
/// assert_eq!((&*first.category, first.count), ("climate-action", 5));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryTotal {
    /// The category.
    pub category: Arc<str>,
    /// Its recommendations or pairs, each once.
    pub count: u64,
}

/// A cell of a [`CrossTabulation`].
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
/// let table = CrossTabulation::of(&coded, rows, columns, unit);
/// let first = &table.cells[0];
/// assert_eq!((&*first.row, &*first.column, first.count), ("climate-action", "supported", 5));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrossCell {
    /// The category of the row.
    pub row: Arc<str>,
    /// The category of the column.
    pub column: Arc<str>,
    /// How many.
    pub count: u64,
}

/// What a share is a share of.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::{Dimension, Unit, statistics::{CrossTabulation, Denominator}};
///
/// let (rows, columns) = (Dimension::RegionalGroup, Dimension::Position);
/// let table = CrossTabulation::of(&coded, rows, columns, Unit::RecommendationXState);
/// let noted_of_weog = |of| table.share("WEOG", "noted", of);
/// assert_eq!(noted_of_weog(Denominator::Row), Some(2.0 / 6.0)); // of what WEOG recommended
/// assert_eq!(noted_of_weog(Denominator::Column), Some(2.0 / 3.0)); // of what was noted
/// assert_eq!(noted_of_weog(Denominator::Total), Some(2.0 / 13.0)); // of all
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The total of the row: of what WEOG recommended, how much was noted.
    Row,
    /// The total of the column: of what was noted, how much did WEOG recommend.
    Column,
    /// The total of the list.
    Total,
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
    /// assert_eq!((table.count("Spain", "WEOG"), table.count("Spain", "GRULAC")), (1, 0));
    /// assert_eq!((table.row_total("Peru"), table.total), (1, 1));
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
            starts: numbers.map(|number| counted.partition_point(|cell| cell.0 < number)).collect(),
            cells: counted
                .into_iter()
                .map(|(first, second, count)| CrossCell {
                    row: row.categories[first as usize].clone(),
                    column: column.categories[second as usize].clone(),
                    count,
                })
                .collect(),
        }
    }

    /// The count of a cell; zero for one that never occurred.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit);
    /// assert_eq!(table.count("climate-displacement", "supported"), 3);
    /// assert_eq!(table.count("climate-displacement", "noted"), 0);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn count(&self, row: &str, column: &str) -> u64 {
        let Some(at) = self.row_totals.iter().position(|total| &*total.category == row) else { return 0 };
        self.row(at).iter().find(|cell| &*cell.column == column).map_or(0, |cell| cell.count)
    }

    fn row(&self, at: usize) -> &[CrossCell] {
        &self.cells[self.starts[at]..self.starts[at + 1]]
    }

    /// The recommendations or pairs of a row, each once.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// // a recommendation on both issues counts once under their theme
    /// # let (rows, columns, unit) = (Dimension::Theme, Dimension::Issue, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit);
    /// assert_eq!(table.count("climate", "climate-action") + table.count("climate", "climate-displacement"), 8);
    /// assert_eq!(table.row_total("climate"), 6);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn row_total(&self, row: &str) -> u64 {
        total(&self.row_totals, row)
    }

    /// The recommendations or pairs of a column, each once.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::CrossTabulation};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit);
    /// assert_eq!((table.column_total("supported"), table.column_total("noted")), (9, 3));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn column_total(&self, column: &str) -> u64 {
        total(&self.column_totals, column)
    }

    /// The share of a cell in the total named; nothing where that is zero.
    ///
    /// Shares of one row need not add up to 1, for the reason that its cells need not add up to its total.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Unit, statistics::{CrossTabulation, Denominator}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (rows, columns, unit) = (Dimension::Issue, Dimension::Position, Unit::Recommendations);
    /// let table = CrossTabulation::of(&coded, rows, columns, unit);
    /// assert_eq!(table.share("untagged", "noted", Denominator::Column), Some(1.0));
    /// assert_eq!(table.share("climate-action", "pending", Denominator::Column), None); // nothing is pending
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn share(&self, row: &str, column: &str, of: Denominator) -> Option<f64> {
        let all = match of {
            Denominator::Row => self.row_total(row),
            Denominator::Column => self.column_total(column),
            Denominator::Total => self.total,
        };
        share(self.count(row, column), all)
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
    /// let noted = table.count("WEOG", "noted");
    /// table.keep_largest_rows(2);
    /// let rows: Vec<&str> = table.row_totals.iter().map(|row| &*row.category).collect();
    /// assert_eq!((rows, table.total), (vec!["Asia", "WEOG"], 347));
    /// assert_eq!((table.count("WEOG", "noted"), table.count("Africa", "noted")), (noted, 0));
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
    ///      The rows (issue) add up to 2: one recommendation may stand in several."
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn explanation(&self) -> String {
        let unit = self.unit.as_str();
        let mut text = format!("Unit: {unit}; {} in all, each counted once in every total.", self.total);
        let of_one = match self.unit {
            Unit::Recommendations => "one recommendation",
            Unit::RecommendationXState => "one recommendation of one State",
        };
        for (what, dimension, totals) in
            [("rows", self.rows, &self.row_totals), ("columns", self.columns, &self.column_totals)]
        {
            let sum: u64 = totals.iter().map(|total| total.count).sum();
            if sum != self.total {
                let name = dimension.as_str();
                text += &format!(" The {what} ({name}) add up to {sum}: {of_one} may stand in several.");
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
            let mut line = vec![Cell::from(&row.category)];
            for column in &self.column_totals {
                // both in the same order
                let cell = cells.next_if(|cell| cell.column == column.category);
                line.push(cell.map_or(0, |cell| cell.count).into());
            }
            line.push(row.count.into());
            table.rows.push(line);
        }
        let mut line = vec![Cell::from("total")];
        line.extend(self.column_totals.iter().map(|column| Cell::from(column.count)));
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
    /// assert_eq!(long.rows.len(), table.cells.len());
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

fn total(totals: &[CategoryTotal], category: &str) -> u64 {
    totals.iter().find(|total| &*total.category == category).map_or(0, |total| total.count)
}

/// A part of a whole; nothing where there is no whole.
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
