//! A table to write: header and rows of text.

#[cfg(feature = "export")]
use crate::error::{Error, Place};
use serde::Serialize;

/// A row: a cell for each column.
pub(super) type Row = Vec<String>;

/// A table as text, which becomes CSV with [`to_csv`](Table::to_csv) where the feature `export` is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<&'static str>,
    /// The rows, each with a cell for each column, as they are: what a spreadsheet would run is not yet guarded.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV in UTF-8 with `\n` line ends; cells that a spreadsheet would run are
    /// [guarded](crate::export::guarded).
    ///
    /// # Errors
    ///
    /// A row that someone gave more or fewer cells than the header has.
    #[cfg(feature = "export")]
    pub fn to_csv(&self) -> crate::Result<Vec<u8>> {
        let mut sheet = csv::Writer::from_writer(Vec::new());
        let unequal = || {
            let expected = format!("{} cells in each row", self.header.len());
            Error::unexpected(Place::file("table"), "a row of another length", expected)
        };
        sheet.write_record(&self.header).map_err(|_| unequal())?;
        for row in &self.rows {
            let guarded = row.iter().map(|cell| crate::export::guarded(cell));
            sheet.write_record(guarded.map(|cell| cell.into_owned())).map_err(|_| unequal())?;
        }
        sheet.into_inner().map_err(|_| unequal())
    }
}
