//! A tally as it is stored: checked when it is read, since any program may have written it.

use super::labels::Labels;
use super::{Cell, Count, Tally};
use crate::coded::CodedBy;
use crate::dimension::Dimension;
use crate::error::quoted;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Stored {
    dimensions: Vec<Dimension>,
    coded_by: CodedBy,
    categories: Vec<Vec<Arc<str>>>,
    total: Count,
    cells: Vec<(Cell, Count)>,
}

impl TryFrom<Stored> for Tally {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Tally, String> {
        let Stored { dimensions, coded_by, categories, total, cells } = stored;
        if categories.len() != dimensions.len() {
            let (found, expected) = (categories.len(), dimensions.len());
            return Err(format!(
                "found {found} lists of categories, expected {expected}, one for each dimension"
            ));
        }
        let mut tally = Tally {
            dimensions,
            coded_by,
            categories,
            labels: Labels::default(),
            total,
            cells: BTreeMap::new(),
        };
        for (cell, count) in cells {
            if cell.len() != tally.dimensions.len() {
                let (found, expected) = (cell.len(), tally.dimensions.len());
                return Err(format!(
                    "found a cell of {found} categories, expected {expected}, one for each dimension"
                ));
            }
            for ((dimension, known), category) in tally.dimensions.iter().zip(&tally.categories).zip(&cell) {
                if dimension.is_closed() && !dimension.is_known(category, known) {
                    let found = quoted(category);
                    return Err(format!(
                        "found the {dimension} {found} in a cell, expected one of its categories"
                    ));
                }
            }
            let known = tally.cells.entry(cell).or_default();
            *known =
                known.checked_add(count).ok_or("found counts above 2^64, expected counts of real lists")?;
        }
        Ok(tally)
    }
}

/// JSON knows no keys but text, so cells are stored as a list.
pub(super) fn cells<S: Serializer>(cells: &BTreeMap<Cell, Count>, to: S) -> Result<S::Ok, S::Error> {
    cells.iter().collect::<Vec<_>>().serialize(to)
}
