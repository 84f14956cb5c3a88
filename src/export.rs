//! Writes coded lists for other tools: a folder of tidy CSV files with their description, or JSON.
//!
//! [`folder`] writes UTF-8 files with a byte-order mark and `\n` line ends, one table each, and `datapackage.json` ([Frictionless Data]
//! v1), which describes every column and names the codebooks with their versions and hashes. The same list gives the
//! same bytes, whatever the number of threads. A [`Folder`] is written in parts, for lists that are too long to be
//! held. [`json`] writes the same content as one JSON document. [`statistics`] writes a folder of further tables: rates,
//! associations, co-occurrence, the network of States, counts by other frames, which recommendations are the same ask,
//! and what returned from one cycle to the next. [`table_file`] writes those of an
//! [evaluation](crate::evaluate). [`page`] makes an HTML page to look at, and [`coding_page`] one to code a sample on. [`qda_file`]
//! writes a project for MAXQDA, NVivo and other programs for qualitative analysis, and [`qda_corrections`] reads what people changed
//! there.
//!
//! # What is written, and what is replaced
//!
//! - **Whole or not at all.** A folder or file is written beside its place, brought to the disk, and then takes its place. An
//!   error, a full disk, a kill or a power failure leaves the earlier one as it was. While it is written, both need room.
//! - **Only what upr wrote.** A table, a page or a document of an earlier export is replaced if nobody has changed it since:
//!   `datapackage.json` has the SHA-256 of each table; the description itself, `upr.json` and pages end with their own. A
//!   single table, a project or a codebook is replaced by the same bytes only. All else is an error; with [`overwrite`] in place
//!   of the path it is replaced.
//! - **Files of someone else stay** in the folder, under a hard link in the new one. A subfolder other than `statistics`
//!   is an error, since a folder has one place.
//! - **No symbolic link is followed**, neither in place of the folder or file nor inside the folder. A link above them is.
//! - **One run at a time.** A second one into the same folder is an error; into the same file, it waits up to 10 seconds.
//!
//! The folder changes as a whole, so a program whose working folder is the earlier export has to enter it again. What exactly is
//! promised on which system, and what a killed run leaves, is in `src/export/staged.rs` and `src/files/output.rs`.
//! [`may_replace`] and [`may_replace_page`] check beforehand what can be checked then.
//!
//! # What is missing
//!
//! In tables with a row for each recommendation, State or tag, an unknown value is an empty cell (`null` in JSON). The code of
//! a State that is not recognised is empty too. In counts it has a name: `not_given` (the source says nothing), `unknown` (the
//! group of a State that is not recognised), `untagged` (no issue or code). `summary` prints the same names to people, with blanks. The description in
//! `datapackage.json` says so as well.
//!
//! `recommendations_flat.csv` has all that a person sorts and filters by in one row for each recommendation; the other tables
//! have one thing a row, for programs. They join on `id`. Offsets in `evidence.csv` count characters (Unicode code points), as Python and R
//! do, so that `text[start:end] == matched` in Python and `substr(text, start + 1, end)` in R.
//!
//! Where [aspects](crate::Aspect) were coded, `aspects.csv`, `aspect_evidence.csv`, `aspect_suppressed.csv` and
//! `aspect_codes.csv` hold them, and `counts_by_instrument.csv` and its siblings count them.
//!
//! # Cells that a spreadsheet would change
//!
//! The tables are made to open by double click in Excel and LibreOffice, and in pandas and R without options:
//!
//! - Each CSV file begins with a byte-order mark, by which Excel knows UTF-8. Python's `csv` module needs the encoding
//!   `utf-8-sig`; base R skips the mark in a UTF-8 locale.
//! - `paragraph` is written as the UN cites it, `para. 6.10`: the number 6.10 alone becomes 6.1. A list with such a column
//!   is read as if it had the number alone. JSON has the number.
//! - Other words that a spreadsheet would make a number or a date of (`16.10`, `1-2`, `008`, `6E10`, `May 2012`) get an
//!   apostrophe in front. Whole numbers such as a session stay as they are.
//! - A cell that begins with `=`, `+`, `-`, `@` (or a wide form of these), a tab, a carriage return or a line feed may be a
//!   formula to a spreadsheet, and a text from a stranger's file must not run. It gets an apostrophe as well.
//! - Where Excel separates lists by semicolons, as in German, French and Spanish, it splits the lines of these files at the
//!   semicolons in their cells. So within a cell, a piece after a semicolon, a tab or a line end gets an apostrophe where it
//!   begins with such a sign, blanks and quotation marks passed over: `Ensure;=1+1` is written as `Ensure;'=1+1`.
//!
//! A cell that already has apostrophes before one of these, or before a digit and nothing but letters, digits and
//! `.,:/()%$-`, gets one more, and so does a piece with apostrophes; so [`unguarded`] can always restore the original. Offsets refer to
//! the text without the added apostrophes.
//!
//! # Example
//!
//! ```
//! use upr::{Tagger, export};
//!
//! let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
//! let out = std::env::temp_dir().join("upr-export");
//! let files = export::folder(&out, &coded)?;
//! let table = std::fs::read_to_string(out.join("evidence.csv")).expect("a table");
//! assert!(files.contains(&"evidence.csv".to_string()) && table.starts_with("\u{FEFF}id,issue,rule,"));
//! # std::fs::remove_dir_all(&out).ok();
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! [Frictionless Data]: https://specs.frictionlessdata.io/data-package/

mod dictionary;
mod earlier;
mod flat;
mod folder;
mod json;
mod package;
#[cfg(feature = "qda")]
mod qda;
mod rows;
pub(crate) mod seal;
mod sheet;
mod staged;
mod statistics;

pub use crate::page::{
    coding_page, coding_page_file, file as page_file, may_replace as may_replace_page, page,
};
pub use earlier::may_replace;
pub use folder::Folder;
pub use json::{JsonOptions, json, json_file};
#[cfg(feature = "qda")]
pub use qda::{qda_corrections, qda_file, qdc_file};
pub use statistics::statistics;

pub use crate::text::guard::{guarded, unguarded};

use crate::coded::Selection;
use crate::error::Result;
use crate::files::output::{self, Destination, Target};
use crate::table::Table;
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

/// A file or folder whose content may be replaced, whoever wrote it. All functions that write take it in place of a path.
///
/// A table of a folder is replaced if the export has one of its name; other files in the folder stay. A symbolic link is
/// replaced, not the file that it leads to.
///
/// # Example
///
/// ```
/// use upr::{Tagger, export};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// let path = std::env::temp_dir().join("upr-overwrite-example.html");
/// std::fs::write(&path, "<h1>My own page</h1>").unwrap();
/// assert!(export::page_file(&path, &coded).is_err());
/// export::page_file(export::overwrite(&path), &coded)?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), export::page(&coded));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn overwrite(path: impl AsRef<Path>) -> impl Destination {
    overwrite_if(true, path)
}

/// [`overwrite`] if the condition holds, otherwise the path alone: for a program with an option such as `--force`.
///
/// # Example
///
/// ```
/// use upr::{Tagger, export};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// let path = std::env::temp_dir().join("upr-overwrite-if-example.html");
/// std::fs::write(&path, "<h1>My own page</h1>").unwrap();
/// let write = |force| export::page_file(export::overwrite_if(force, &path), &coded);
/// assert!(write(false).is_err() && write(true).is_ok());
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn overwrite_if(condition: bool, path: impl AsRef<Path>) -> impl Destination {
    Target { path: path.as_ref().to_path_buf(), overwrite: condition }
}

/// Writes the folder, and those above it that aren't there. It takes the place of an earlier export as a whole, with its `upr.json`
/// and its folder `statistics`; files of someone else stay. Returns the names of the files written.
///
/// # Errors
///
/// A folder or file that cannot be written, such as one below a file; files of someone else that are in the way, as for
/// [`may_replace`]; another run that writes there. An earlier export then stays as it was.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let out = std::env::temp_dir().join("upr-export-example");
/// let files = export::folder(&out, &coded)?;
/// assert!(files.contains(&"recommendations.csv".to_string()));
/// assert!(out.join("datapackage.json").exists());
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn folder<'l>(folder: impl Destination, coded: impl Into<Selection<'l>>) -> Result<Vec<String>> {
    written(folder, &coded.into(), false)
}

/// [`folder`](fn@folder) with one more column for each issue of the codebook in `recommendations_flat.csv`: 1 if the
/// recommendation has it, otherwise 0. The header is the code of the issue.
///
/// # Errors
///
/// As for [`folder`](fn@folder).
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let out = std::env::temp_dir().join("upr-issue-columns-example");
/// export::folder_with_issue_columns(&out, &coded)?;
/// let table = std::fs::read_to_string(out.join("recommendations_flat.csv")).expect("a table");
/// assert!(table.lines().next().unwrap().ends_with(",climate-action,climate-displacement"));
/// assert!(table.lines().nth(1).unwrap().ends_with(",1,1"));
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn folder_with_issue_columns<'l>(
    folder: impl Destination,
    coded: impl Into<Selection<'l>>,
) -> Result<Vec<String>> {
    written(folder, &coded.into(), true)
}

fn written(folder: impl Destination, coded: &Selection<'_>, issue_columns: bool) -> Result<Vec<String>> {
    let mut open = Folder::for_list(folder, coded, issue_columns)?;
    open.write(coded)?;
    open.finish(&coded.list().files)
}

/// Writes a table of an [evaluation](crate::evaluate) or of a [statistic](crate::statistics) as a CSV file that a
/// spreadsheet opens by double click: [`to_csv`](Table::to_csv) after a byte-order mark. The file is written whole or not at all.
///
/// # Errors
///
/// A file that cannot be written; one that is there and holds something else, since a person may have worked in it:
/// [`overwrite`] replaces it.
///
/// # Example
///
/// ```
/// use upr::{Table, export, statistics::Cell};
///
/// let header = ["state", "recommendations"].map(String::from).to_vec();
/// let table = Table { header, rows: vec![vec![Cell::from("Türkiye"), Cell::from(7)]] };
/// let path = std::env::temp_dir().join("upr-example-table.csv");
/// export::table_file(&path, &table)?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), "\u{FEFF}state,recommendations\nTürkiye,7\n");
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn table_file(path: impl Destination, table: &Table) -> Result<()> {
    output::write(&path.target(), SAME, |writer| writer.write_all(csv(table).as_bytes()))
}

/// A text in which all characters that nobody sees are written as `\u{202e}` or `\n`: those that steer a terminal, end a line, or
/// turn the direction of what follows. Texts of lists and names of files are a stranger's; tables and JSON hold them unchanged.
/// Messages of this crate's [errors](crate::Error) pass it.
///
/// # Example
///
/// ```
/// use upr::export::visible;
///
/// assert_eq!(visible("Côte d’Ivoire"), "Côte d’Ivoire");
/// assert_eq!(visible("\x1b[2Jlist\n.csv"), "\\u{1b}[2Jlist\\n.csv");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    crate::text::visible::visible(text)
}

/// Where nothing in a file says that upr wrote it, it is replaced by the same bytes only.
const SAME: (fn(&Path) -> bool, &str) = (|_| false, "the same bytes, or no such file");

/// A table as a file for spreadsheets.
fn csv(table: &Table) -> String {
    format!("{}{}", sheet::MARK, table.to_csv())
}
