//! What is in a folder before an export is written there: files that upr wrote and that nobody has changed since, which the
//! next export replaces; files of someone else, which stay; and what stops an export.
//!
//! A file is upr's if it has a name that upr writes, and if `datapackage.json` has its hash. That file itself and `upr.json`
//! end with a hash of their own ([`Seal`]).

use super::dictionary::{self, statistics};
use super::package;
use super::seal::{Seal, hash_of};
use crate::error::{Error, Result, quoted};
use crate::files::output::{Target, is_temporary, place};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder of the statistics within that of an export.
pub(super) const STATISTICS: &str = "statistics";

/// The whole export as one document, where it is written beside the tables.
pub(super) const DOCUMENT: &str = "upr.json";

/// Which of the two folders it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Export,
    Statistics,
}

impl Part {
    /// The names that upr gives to files there.
    fn names(self) -> BTreeSet<String> {
        let description = [package::FILE.to_string()].into_iter();
        match self {
            Part::Export => {
                let tables = dictionary::all().map(|table| table.file.to_string());
                description.chain(tables).chain([DOCUMENT.to_string()]).collect()
            }
            Part::Statistics => description.chain(statistics::names()).collect(),
        }
    }
}

/// Checks that [`folder`](fn@super::folder) would be written: that it would replace nothing but an earlier export that nobody
/// has changed since. A program calls it before it reads a list; the functions that write check it again.
///
/// # Errors
///
/// - A file of a name that an export writes, which upr did not write or which was changed since: someone's own `tags.csv`, or a
///   table that was edited. [`overwrite`](super::overwrite) replaces them.
/// - A subfolder of someone else. Other files stay where they are, but a folder cannot be in the earlier export and in
///   the new one at once.
/// - A symbolic link in place of the folder, a folder that may only be read, and the folder that the program runs in.
///
/// # Example
///
/// ```
/// let folder = std::env::temp_dir().join("upr-may-replace-example");
/// # std::fs::remove_dir_all(&folder).ok();
/// std::fs::create_dir_all(&folder).unwrap();
/// upr::export::may_replace(&folder)?;
/// std::fs::write(folder.join("tags.csv"), "mine,and yours\n").unwrap();
/// let error = upr::export::may_replace(&folder).unwrap_err().to_string();
/// assert!(error.ends_with(
///     "found \"tags.csv\", which upr did not write, or which was changed since, expected a folder without such a file, or an \
///      earlier export"
/// ));
/// # std::fs::remove_dir_all(&folder).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn may_replace(folder: impl AsRef<Path>) -> Result<()> {
    let folder = folder.as_ref();
    Earlier::find(&Target { path: folder.to_path_buf(), overwrite: false }, folder, Part::Export).map(drop)
}

/// What is in a folder, by paths below it.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// What an export may replace, as it was when it was looked at.
    pub(super) ours: BTreeMap<PathBuf, Stamp>,
    /// What stays.
    pub(super) others: Vec<PathBuf>,
    /// Names that upr writes, and that upr did not write or that were changed since. None is left by [`Earlier::find`]
    /// unless the target may be overwritten; [`Earlier::settle`] says then which of them stay.
    foreign: Vec<PathBuf>,
    /// Subfolders of someone else.
    folders: Vec<PathBuf>,
}

/// By what a change of a file is seen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    number: u64,
}

impl Stamp {
    pub(super) fn of(about: &Metadata) -> Stamp {
        Stamp {
            bytes: about.len(),
            modified: about.modified().ok(),
            #[cfg(unix)]
            number: std::os::unix::fs::MetadataExt::ino(about),
        }
    }
}

impl Earlier {
    /// What is in `folder`, the place of the target; nothing where it is not there.
    ///
    /// # Errors
    ///
    /// As for [`may_replace`].
    pub(super) fn find(to: &Target, folder: &Path, part: Part) -> Result<Earlier> {
        let unreadable = |error| Error::unwritable(&to.path, error);
        let about = match fs::symlink_metadata(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Earlier::default()),
            about => about.map_err(unreadable)?,
        };
        let refused = |found: &str, expected: &str, next| {
            Err(Error::unexpected(place(&to.path), found, expected).advise(next))
        };
        if about.is_symlink() {
            let next = "name the folder that the link leads to";
            return refused("a symbolic link", "a folder, or no such folder", next);
        }
        if !about.is_dir() {
            return Err(Error::unwritable(&to.path, io::ErrorKind::NotADirectory.into()));
        }
        // elsewhere the mark says nothing of folders
        if cfg!(unix) && about.permissions().readonly() && !to.overwrite {
            let next = "name another one, or allow writing to it";
            return refused("a folder that may only be read", "a folder that may be written", next);
        }
        let here = std::env::current_dir().and_then(fs::canonicalize).ok();
        if here.zip(folder.canonicalize().ok()).is_some_and(|(here, folder)| here.starts_with(folder)) {
            let found = "the folder that the program runs in, or one above it";
            let next = "name a folder in it, such as counts: the export changes places with the earlier one as a whole";
            return refused(found, "a folder of its own", next);
        }
        let earlier = Earlier::look(folder, part).map_err(unreadable)?;
        let named = |path: &Path| quoted(&path.display().to_string());
        if let Some(path) = earlier.folders.first() {
            let found = format!("the folder {} in it, which upr did not write", named(path));
            let next = "move that folder elsewhere, or name another one for the export";
            return refused(&found, "files alone", next);
        }
        if let Some(path) = earlier.foreign.first().filter(|_| !to.overwrite) {
            let found = format!("{}, which upr did not write, or which was changed since", named(path));
            let expected = "a folder without such a file, or an earlier export";
            return Err(Error::unexpected(place(&to.path), found, expected));
        }
        Ok(earlier)
    }

    /// A file that may be overwritten is replaced if the new export has one of its name; otherwise it stays.
    pub(super) fn settle(&mut self, folder: &Path, has: impl Fn(&Path) -> bool) -> io::Result<()> {
        for path in std::mem::take(&mut self.foreign) {
            if has(&path) {
                let about = fs::symlink_metadata(folder.join(&path))?;
                self.ours.insert(path, Stamp::of(&about));
            } else {
                self.others.push(path);
            }
        }
        Ok(())
    }

    /// What is in a folder that is there, whatever it means.
    pub(super) fn look(folder: &Path, part: Part) -> io::Result<Earlier> {
        let mut earlier = Earlier::default();
        earlier.add(folder, Path::new(""), part)?;
        Ok(earlier)
    }

    fn add(&mut self, folder: &Path, below: &Path, part: Part) -> io::Result<()> {
        let described = described(folder);
        let names = part.names();
        let inner = folder.join(STATISTICS);
        let mut tables = Vec::new();
        let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        let mut entries: Vec<_> = entries.iter().map(|entry| (entry.file_name(), entry.path())).collect();
        entries.sort();
        for (name, path) in entries {
            let (about, relative) = (fs::symlink_metadata(&path)?, below.join(&name));
            let known = name.to_str().filter(|name| names.contains(*name));
            let is_statistics = part == Part::Export && name == STATISTICS;
            if part == Part::Export && about.is_dir() && is_temporary(&inner, &name) {
                // of statistics that were written on their own and killed: whoever writes the folder clears it
            } else if is_statistics && about.is_dir() {
                self.add(&path, &relative, Part::Statistics)?;
            } else if let Some(known) = known.filter(|_| about.is_file()) {
                let hash = described.as_ref().and_then(|hashes| hashes.get(known));
                tables.push((relative, path, about, hash));
            } else if about.is_dir() {
                self.folders.push(relative);
            } else if known.is_some() || is_statistics {
                self.foreign.push(relative);
            } else {
                self.others.push(relative);
            }
        }
        let checked: Vec<bool> =
            tables.par_iter().map(|(_, path, about, hash)| is_ours(path, about, *hash)).collect();
        for ((relative, _, about, _), ours) in tables.into_iter().zip(checked) {
            match ours {
                true => drop(self.ours.insert(relative, Stamp::of(&about))),
                false => self.foreign.push(relative),
            }
        }
        Ok(())
    }

    /// Of a folder that was never finished, whose tables nothing describes: all that has the name of a table.
    pub(super) fn all_named(self) -> BTreeSet<PathBuf> {
        self.ours.into_keys().chain(self.foreign).collect()
    }
}

/// An empty file has nothing that could be lost. What may only be read is protected by someone.
fn is_ours(path: &Path, about: &Metadata, hash: Option<&String>) -> bool {
    let sealed = || match path.file_name().and_then(|name| name.to_str()) {
        Some(package::FILE) => Seal::PrettyJson.is_on(path),
        Some(DOCUMENT) => Seal::Json.is_on(path),
        _ => hash.is_some_and(|hash| File::open(path).and_then(hash_of).is_ok_and(|found| found == *hash)),
    };
    !about.permissions().readonly() && (about.len() == 0 || sealed())
}

/// The hashes of the files that the folder's description names, if upr wrote it and nobody changed it.
pub(super) fn described(folder: &Path) -> Option<BTreeMap<String, String>> {
    /// Ours has some 50 KB.
    const MAX_BYTES: u64 = 8 << 20;
    let path = folder.join(package::FILE);
    let mut text = String::new();
    let is_file = fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
    if !is_file || !Seal::PrettyJson.is_on(&path) {
        return None;
    }
    File::open(path).ok()?.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    let resources = package["resources"].as_array()?.iter();
    let hash = |resource: &Value| {
        Some((resource["path"].as_str()?.to_string(), resource["hash"].as_str()?.to_string()))
    };
    Some(resources.filter_map(hash).collect())
}
