//! What is in a folder before an export is written there: an earlier export, which goes as a whole, so that no table of
//! another list or filter is left beside the new ones; or files of someone else, which a careful program asks about first.

use super::dictionary::{self, Content};
use super::package;
use super::sheet::MARK;
use crate::error::{Error, Place, Result, quoted};
use serde_json::Value;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The folder of the statistics within that of an export, by custom.
const STATISTICS: &str = "statistics";

/// The whole export as one document, where a program writes it beside the tables.
const DOCUMENT: &str = "upr.json";

/// How such a document begins, in this version and in 0.1.
const DOCUMENT_BEGINS: [&str; 2] = ["{\"coded_by\":{", "{\"codebook\":{"];

/// Checks that [`folder`](fn@super::folder), [`json_file`](super::json_file) (`upr.json`) and
/// [`statistics`](super::statistics) (in the folder `statistics`) would replace nothing but what an export wrote: a file
/// that the folder's `datapackage.json` describes, or a table with the header of ours. For a program whose user names the
/// folder; the functions themselves replace without asking.
///
/// # Errors
///
/// A file of a name that an export writes, and that no export wrote: someone's own `tags.csv`, or the `datapackage.json`
/// of other tables.
///
/// # Example
///
/// ```
/// let folder = std::env::temp_dir().join("upr-may-replace-example");
/// std::fs::create_dir_all(&folder).unwrap();
/// upr::export::may_replace(&folder)?;
/// std::fs::write(folder.join("tags.csv"), "mine,and yours\n").unwrap();
/// let error = upr::export::may_replace(&folder).unwrap_err().to_string();
/// assert!(error.ends_with(
///     "found \"tags.csv\", which no export wrote, expected a folder without such a file, or an earlier export"
/// ));
/// # std::fs::remove_dir_all(&folder).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn may_replace(folder: impl AsRef<Path>) -> Result<()> {
    let folder = folder.as_ref();
    let foreign = |folder: &Path, name: &str| {
        let found = format!("{}, which no export wrote", quoted(name));
        let expected = "a folder without such a file, or an earlier export";
        Err(Error::unexpected(Place::file(folder.display().to_string()), found, expected))
    };
    let described = described(folder);
    if described.is_none() && folder.join(package::FILE).exists() {
        return foreign(folder, package::FILE);
    }
    let described = described.unwrap_or_default();
    for table in dictionary::all() {
        let (name, path) = (table.file, folder.join(table.file));
        let header = table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
        let line = header.clone() + "\n";
        // an empty one was begun and never written
        let empty = || fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() == 0);
        // columns of issues may follow
        let more = |header: &str| table.content == Content::Flat && begins(&path, &format!("{header},"));
        let ours = || {
            described.iter().any(|known| known == name) || begins(&path, &line) || empty() || more(&header)
        };
        if path.exists() && !ours() {
            return foreign(folder, name);
        }
    }
    let document = folder.join(DOCUMENT);
    if document.exists() && !is_document(&document) {
        return foreign(folder, DOCUMENT);
    }
    let statistics = folder.join(STATISTICS);
    if statistics.join(package::FILE).exists() && self::described(&statistics).is_none() {
        return foreign(&statistics, package::FILE);
    }
    Ok(())
}

/// Removes what an earlier export left in the folder: its tables, `upr.json` and its statistics. What no export wrote stays.
pub(super) fn clear(folder: &Path) -> Result<()> {
    let Some(tables) = described(folder) else { return Ok(()) };
    for name in tables {
        remove(&folder.join(name))?;
    }
    let document = folder.join(DOCUMENT);
    if is_document(&document) {
        remove(&document)?;
    }
    let statistics = folder.join(STATISTICS);
    if let Some(tables) = described(&statistics) {
        for name in tables.iter().map(String::as_str).chain([package::FILE]) {
            remove(&statistics.join(name))?;
        }
        // it stays where something else is in it
        fs::remove_dir(&statistics).ok();
    }
    Ok(())
}

/// The files that the folder's description names, if an export wrote it.
fn described(folder: &Path) -> Option<Vec<String>> {
    /// Ours has some 40 KB.
    const MAX_BYTES: u64 = 8 << 20;
    let mut text = String::new();
    fs::File::open(folder.join(package::FILE)).ok()?.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    if !package["created_with"].as_str()?.starts_with("upr ") {
        return None;
    }
    let paths = package["resources"].as_array()?.iter().filter_map(|resource| resource["path"].as_str());
    // a name alone, so that nothing outside of the folder is touched
    let plain = |path: &&str| !path.starts_with('.') && !path.contains(['/', '\\', ':']) && !path.is_empty();
    Some(paths.filter(plain).map(str::to_string).collect())
}

fn is_document(path: &Path) -> bool {
    DOCUMENT_BEGINS.iter().any(|beginning| begins(path, beginning))
}

/// Whether a file begins so, after a byte-order mark or without one, as in 0.1.
fn begins(path: &Path, with: &str) -> bool {
    let mut beginning = Vec::new();
    let bytes = (MARK.len() + with.len()) as u64;
    let read = fs::File::open(path).and_then(|file| file.take(bytes).read_to_end(&mut beginning));
    let beginning = beginning.strip_prefix(MARK.as_bytes()).unwrap_or(&beginning);
    read.is_ok() && beginning.starts_with(with.as_bytes())
}

pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::unwritable(path, error)),
        _ => Ok(()),
    }
}
