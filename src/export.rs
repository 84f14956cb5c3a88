//! Writes coded lists for other tools: a folder of tidy CSV files with their description, or JSON.
//!
//! [`folder`] writes UTF-8 files with `\n` line ends, one table each, and `datapackage.json` ([Frictionless Data]
//! v1), which describes every column and names the codebook with its version and hash. The same list gives the
//! same bytes, whatever the number of threads. [`json`] writes the same content as one JSON document.
//! [`disagreements`] and [`rule_uses`] write the tables of an [evaluation](crate::evaluate).
//!
//! The tables join on `id`. Offsets in `evidence.csv` count characters (Unicode code points), as Python and R
//! do, so that `text[start:end] == matched` in Python and `substr(text, start + 1, end)` in R.
//!
//! # Cells that a spreadsheet would run
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a spreadsheet, and a
//! text from a stranger's file must not run. Such a cell gets an apostrophe in front. So does a cell that begins
//! with apostrophes before one of these, so that the way back is always the same: [`unguarded`]. Offsets refer
//! to the text without the added apostrophe.
//!
//! [Frictionless Data]: https://specs.frictionlessdata.io/data-package/

mod dictionary;
mod evaluation;
mod json;
mod package;
mod rows;

pub use evaluation::{disagreements, rule_uses};
pub use json::{json, json_file};
pub use rows::{guarded, unguarded};

use crate::Result;
use crate::codebook::Codebook;
use crate::error::{Error, Place};
use crate::tag::CodedList;
use rayon::prelude::*;
use std::path::Path;

/// Writes the folder; it is made if it isn't there, and files of the same names are replaced. Returns the names
/// of the files written.
///
/// `codebook` is the one that the list was coded with.
///
/// # Errors
///
/// A folder or file that cannot be written, such as one below a file; another codebook than the list's.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export};
///
/// let tagger = Tagger::new(Codebook::core())?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
/// let out = std::env::temp_dir().join("upr-export-example");
/// let files = export::folder(&out, &coded, tagger.codebook())?;
/// assert!(files.contains(&"recommendations.csv".to_string()));
/// assert!(out.join("datapackage.json").exists());
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn folder(folder: impl AsRef<Path>, coded: &CodedList, codebook: &Codebook) -> Result<Vec<String>> {
    check(coded, codebook)?;
    let folder = folder.as_ref();
    std::fs::create_dir_all(folder).map_err(|error| Error::unwritable(folder, error))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| Error::unwritable(&path, error))
    };
    dictionary::TABLES
        .par_iter()
        .try_for_each(|table| write(table.file, &rows::table(table, coded, codebook)))?;
    write(package::FILE, package::describe(coded, codebook).as_bytes())?;
    let tables = dictionary::TABLES.iter().map(|table| table.file.to_string());
    Ok(tables.chain([package::FILE.to_string()]).collect())
}

/// The tables name the codebook, so it must be the right one.
fn check(coded: &CodedList, codebook: &Codebook) -> Result<()> {
    if coded.codebook == codebook.identity() {
        return Ok(());
    }
    let found = format!("a list coded with {}", coded.codebook);
    Err(Error::unexpected(Place::file("export"), found, format!("one coded with {}", codebook.identity())))
}
