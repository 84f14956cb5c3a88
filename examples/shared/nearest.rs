//! Which file may be meant by a name that no file has.

use std::path::{Path, PathBuf};

/// The file in the folder of `path` whose name is nearest to that of `path`, for a message about a file that isn't
/// there: capitals and the ending of the name count little, and no more than one letter in three may differ. None where
/// no name is near, where the folder isn't there, or where `path` is there.
pub(crate) fn nearest_file(path: impl AsRef<Path>) -> Option<PathBuf> {
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

/// The letters that are put in, left out or changed between two words (Levenshtein's distance).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (also, d) in other.iter().enumerate() {
            let changed = diagonal + usize::from(c != *d);
            diagonal = row[also + 1];
            row[also + 1] = changed.min(row[also] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
