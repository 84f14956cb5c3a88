//! What a data folder says of itself in its first table, `codebook.csv` or `grouping.csv`: name, version, title and so on.

use crate::error::{Error, Result, listed, quoted};
use crate::files::sheet::{Cells, Sheet};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a codebook or a grouping says of itself. Coded lists and models keep the name, the version and the hash of a
/// codebook alone, its [identity](crate::Codebook::identity).
///
/// # Example
///
/// ```
/// let climate = upr::Codebook::load("fixtures/codebook-climate")?;
/// let about = climate.about();
/// assert_eq!((about.name.as_str(), about.version.as_str()), ("climate", "1.0.0"));
/// assert_eq!((about.title.as_str(), about.licence.as_str()), ("Climate and displacement", "CC0-1.0"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The name, such as `core`.
    pub name: String,
    /// The version that its authors gave it; empty for a grouping that is a table alone.
    pub version: String,
    /// The title, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is for, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The licence, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// A hash of all cells but those of `examples.csv`: `fnv1a64:` and 16 digits (Fowler-Noll-Vo 1a, 64 bits). It changes when
    /// a cell changes, and not when a spreadsheet writes other quotation marks or line ends. That of a grouping also depends on its groups where
    /// they are the issues of a codebook, and on its reading where that is not the usual one.
    pub hash: String,
}

impl About {
    /// Reads the rows of the first table of a folder; the hash is still empty. `also` is one more key that is allowed: the
    /// row that has it is returned.
    pub(crate) fn read<'r>(
        sheet: &Sheet<'_>,
        origin: &str,
        rows: &'r [Cells],
        also: Option<&'static str>,
    ) -> Result<(About, Option<&'r Cells>)> {
        let keys = ["name", "version", "title", "description", "licence"].into_iter().chain(also);
        let keys: Vec<&str> = keys.collect();
        let mut found: Vec<Option<&Cells>> = vec![None; keys.len()];
        for row in rows {
            let Some(at) = keys.iter().position(|key| *key == row.cells[0]) else {
                return Err(row.unexpected("key", quoted(&row.cells[0]), format!("one of {}", listed(keys))));
            };
            if found[at].is_some_and(|before| !before.cells[1].is_empty()) {
                return Err(row.unexpected("key", format!("{} again", quoted(keys[at])), "each key once"));
            }
            found[at] = Some(row);
        }
        let value = |at: usize| found[at].map(|row| row.cells[1].clone()).unwrap_or_default();
        let [name, version, title, description, licence] = std::array::from_fn(value);
        if let Some(at) = [&name, &version].iter().position(|value| value.is_empty()) {
            let found = format!("no {}", keys[at]);
            return Err(Error::unexpected(sheet.place(origin), found, "a name and a version"));
        }
        let about = About { name, version, title, description, licence, hash: String::new() };
        Ok((about, found.get(5).copied().flatten()))
    }

    /// Name, version and hash alone.
    pub(crate) fn identity(&self) -> About {
        let About { name, version, hash, .. } = self.clone();
        About { name, version, hash, ..About::default() }
    }
}

/// `core 1.0.0 (fnv1a64:…)`
impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.name, self.version, self.hash)
    }
}
