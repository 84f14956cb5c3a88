//! What statistics and groups of recommendations return for people, spreadsheets and programs: a header and rows, in a
//! documented order.

use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A table: a header and rows of the same length.
///
/// # Example
///
/// ```
/// use upr::{Table, statistics::Cell};
///
/// let header = vec!["issue".to_string(), "recommendations".to_string()];
/// let table = Table { header, rows: vec![vec![Cell::from("death-penalty"), Cell::from(36)]] };
/// assert_eq!(table.to_csv(), "issue,recommendations\ndeath-penalty,36\n");
/// assert_eq!(table.row(["death-penalty"]).and_then(|row| row.count("recommendations")), Some(36));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// What is in one place of a [`Table`].
///
/// # Example
///
/// ```
/// use upr::statistics::Cell;
///
/// assert_eq!(Cell::from("Spain"), Cell::Text("Spain".into()));
/// assert_eq!(Cell::from(36), Cell::Count(36));
/// assert_eq!(Cell::from(0.5), Cell::Number(Some(0.5)));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words: a category, a name, the text of a recommendation.
    Text(Arc<str>),
    /// A count.
    Count(u64),
    /// A number that was computed; nothing where there was nothing to compute it from.
    Number(Option<f64>),
}

impl Cell {
    /// The cell as a spreadsheet, R or pandas read it: a number with all its digits and a point, the smallest
    /// with an exponent (`1.5e-9`); nothing where there is none.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Cell;
    ///
    /// assert_eq!(Cell::Number(Some(1.0 / 3.0)).text(), "0.3333333333333333");
    /// assert_eq!(Cell::Number(None).text(), "");
    /// ```
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::Number(None) => String::new(),
            Cell::Number(Some(number)) if *number != 0.0 && number.abs() < 1e-4 => format!("{number:e}"),
            Cell::Number(Some(number)) => number.to_string(),
        }
    }
}

/// A row of a [`Table`]: its cells by the names of the columns. A name that no column has gives `None`, and so does a cell
/// of another kind.
///
/// # Example
///
/// ```
/// use upr::{Dimension, Tagger, statistics::{Options, Rates}};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let table = Rates::of(&coded, Dimension::RegionalGroup, &Options::default()).table();
/// let row = table.iter().next().unwrap();
/// assert_eq!((row.text("regional_group"), row.count("supported")), (Some("Africa"), Some(51)));
/// assert!(row.number("share_supported") > Some(0.5));
/// assert_eq!(row.count("accepted"), None);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'t> {
    header: &'t [String],
    cells: &'t [Cell],
}

impl<'t> Row<'t> {
    /// The cell of a column.
    pub fn get(&self, column: &str) -> Option<&'t Cell> {
        self.cells.get(self.header.iter().position(|name| name == column)?)
    }

    /// The words of a cell.
    pub fn text(&self, column: &str) -> Option<&'t str> {
        match self.get(column)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The count of a cell.
    pub fn count(&self, column: &str) -> Option<u64> {
        match self.get(column)? {
            Cell::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The computed number of a cell; `None` also where there was nothing to compute it from.
    pub fn number(&self, column: &str) -> Option<f64> {
        match self.get(column)? {
            Cell::Number(number) => *number,
            _ => None,
        }
    }
}

/// A row is written as its cells by the names of their columns.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.header.iter().zip(self.cells))
    }
}

/// A table is written as a list of its rows.
impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl Table {
    /// The rows, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { header: &self.header, cells })
    }

    /// The first row that begins with these words.
    pub fn row<'w>(&self, first: impl IntoIterator<Item = &'w str>) -> Option<Row<'_>> {
        let first: Vec<&str> = first.into_iter().collect();
        let begins = |row: &Row<'_>| {
            let is = |(cell, word): (&Cell, &&str)| matches!(cell, Cell::Text(text) if **text == **word);
            row.cells.len() >= first.len() && row.cells.iter().zip(&first).all(is)
        };
        self.iter().find(begins)
    }

    pub(crate) fn new<S: AsRef<str>>(header: impl IntoIterator<Item = S>) -> Table {
        Table { header: header.into_iter().map(|name| name.as_ref().to_string()).collect(), rows: Vec::new() }
    }

    /// The table as CSV, UTF-8 with `\n` line ends. Words that a spreadsheet would run as a formula or change are
    /// [guarded](crate::export::guarded); negative numbers stay numbers. A row that somebody gave more or fewer cells
    /// than the header has is written as it is.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Table, statistics::Cell};
    ///
    /// let rows = vec![vec![Cell::from("=1+1"), Cell::from(7), Cell::from(-0.5)]];
    /// let table = Table { header: ["words", "count", "number"].map(String::from).to_vec(), rows };
    /// assert_eq!(table.to_csv(), "words,count,number\n'=1+1,7,-0.5\n");
    /// ```
    #[cfg(feature = "export")]
    pub fn to_csv(&self) -> String {
        use crate::text::guard::guarded;
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        // rows may have any length and memory refuses no write, so nothing can fail here
        let header: Vec<_> = self.header.iter().map(|name| guarded(name)).collect();
        writer.write_record(header.iter().map(|name| name.as_bytes())).ok();
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text).into_owned(),
                number => number.text(),
            });
            writer.write_record(cells).ok();
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

impl From<&Arc<str>> for Cell {
    fn from(text: &Arc<str>) -> Cell {
        Cell::Text(text.clone())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(Arc::from(text))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(Arc::from(text))
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Cell {
        Cell::Count(count)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(Some(number))
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        Cell::Number(number)
    }
}
