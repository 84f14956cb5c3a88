//! Which file may be meant by a name that no file has.

use crate::text::edits::edits;
use std::path::{Path, PathBuf};

/// The file in the folder of `path` whose name is nearest to that of `path`, for a message about a file that isn't
/// there: capitals and the ending of the name count little, and no more than one letter in three may differ. None where
/// no name is near, where the folder isn't there, or where `path` is there.
///
/// # Example
///
/// ```
/// use std::path::Path;
/// use upr::read::nearest_file;
///
/// assert_eq!(nearest_file("fixtures/usa2020.csv").as_deref(), Some(Path::new("fixtures/usa-2020.csv")));
/// assert_eq!(nearest_file("fixtures/own-list").as_deref(), Some(Path::new("fixtures/own-list.xlsx")));
/// assert_eq!(nearest_file("fixtures/nothing-like-it.csv"), None);
/// ```
pub fn nearest_file(path: impl AsRef<Path>) -> Option<PathBuf> {
    let path = path.as_ref();
    if path.exists() {
        return None;
    }
    let (wanted, wanted_stem) =
        (path.file_name()?.to_str()?.to_lowercase(), path.file_stem()?.to_str()?.to_lowercase());
    let parent = path.parent().unwrap_or(Path::new(""));
    let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let mut nearest: Option<(usize, String)> = None;
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let file = Path::new(&entry.file_name()).to_path_buf();
        let (Some(name), Some(stem)) = (file.to_str(), file.file_stem().and_then(|stem| stem.to_str()))
        else {
            continue;
        };
        if entry.path().is_dir() {
            continue;
        }
        // another ending is one slip, however long it is
        let by_stem = edits(&wanted_stem, &stem.to_lowercase()) + 1;
        let distance = edits(&wanted, &name.to_lowercase()).min(by_stem);
        let near = distance * 3 <= wanted_stem.chars().count().max(3);
        let candidate = (distance, name.to_string());
        if near && nearest.as_ref().is_none_or(|known| candidate < *known) {
            nearest = Some(candidate);
        }
    }
    nearest.map(|(_, name)| parent.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_names_of_files() {
        for (path, expected) in [
            ("fixtures/usa2020.csv", Some("fixtures/usa-2020.csv")),
            ("fixtures/USA-2020.CSV", Some("fixtures/usa-2020.csv")),
            ("fixtures/own-list", Some("fixtures/own-list.xlsx")),
            // another ending is one slip; of three files the first by name
            ("fixtures/uhri.text", Some("fixtures/uhri.csv")),
            ("fixtures/uhr.json", Some("fixtures/uhri.json")),
            ("fixtures/uh.json", None),
            ("fixtures/utf16.tsv", Some("fixtures/utf-16.tsv")),
            // a folder is no file
            ("fixtures/actions", None),
            ("no-such-folder/usa-2020.csv", None),
        ] {
            assert_eq!(nearest_file(path).as_deref(), expected.map(Path::new), "{path}");
        }
    }
}
