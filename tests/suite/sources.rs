//! The sources of the crate as text: its files by the path of their module, what their `use` lines name, and which
//! file declares it.

use std::collections::BTreeMap;

/// The files of the crate by the path of their module (`codebook::load`, `lib` for the root), with their source.
pub(crate) type Files = BTreeMap<String, String>;

/// The paths that the `use` lines of a source name, each with all its segments, and the name it has here.
pub(crate) fn used(source: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let mut after = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "]
            .iter()
            .find_map(|begin| line.strip_prefix(begin));
        let mut tree = String::new();
        while let Some(part) = after {
            tree.push_str(part.trim());
            after = if part.ends_with(';') { None } else { lines.next() };
        }
        paths(tree.trim_end_matches(';'), &[], &mut found);
    }
    found
}

/// The paths of a tree such as `crate::text::{fold, words::{Break, Words as W}}`.
fn paths(tree: &str, before: &[String], found: &mut Vec<(Vec<String>, String)>) {
    if let Some((path, group)) = tree.split_once('{') {
        let mut segments = before.to_vec();
        segments.extend(path.split("::").map(str::trim).filter(|part| !part.is_empty()).map(String::from));
        let (mut depth, mut first) = (0, 0);
        let group = group.strip_suffix('}').unwrap_or(group);
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    paths(group[first..at].trim(), &segments, found);
                    first = at + 1;
                }
                _ => {}
            }
        }
        paths(group[first..].trim(), &segments, found);
    } else if !tree.is_empty() {
        let (path, renamed) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut segments = before.to_vec();
        segments.extend(path.split("::").map(|part| part.trim().to_string()).filter(|part| part != "self"));
        let name =
            if renamed.is_empty() { segments.last().cloned().unwrap_or_default() } else { renamed.into() };
        found.push((segments, name));
    }
}

/// The file that declares what a path names, seen from a module.
pub(crate) fn declared(files: &Files, module: &str, path: &[String], depth: usize) -> Option<String> {
    let mut at: Vec<&str> = if module == "lib" { Vec::new() } else { module.split("::").collect() };
    let mut rest = path;
    while let Some(("crate" | "super", after)) = rest.split_first().map(|(first, after)| (&**first, after)) {
        match rest[0].as_str() {
            "crate" => at.clear(),
            _ => drop(at.pop()),
        }
        rest = after;
    }
    while let Some(next) = rest.first() {
        let deeper = [&at[..], &[next.as_str()]].concat().join("::");
        if !files.contains_key(&deeper) {
            break;
        }
        at.push(next);
        rest = &rest[1..];
    }
    if rest.len() == path.len() {
        return None; // another crate, or a name of this file
    }
    let here = if at.is_empty() { "lib".to_string() } else { at.join("::") };
    // a name that the file only passes on
    if let Some(name) = rest.first().filter(|_| depth < 8) {
        for (path, _) in used(&files[&here]).iter().filter(|(_, known)| known == name) {
            if let Some(file) = declared(files, &here, path, depth + 1) {
                return Some(file);
            }
        }
    }
    Some(here)
}

/// The sources of the crate, without those of unit tests.
pub(crate) fn crate_files() -> Files {
    let root = support::root().join("src");
    let mut folders = vec![root.clone()];
    let mut files = Files::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let module = path.with_extension("");
                let module: Vec<&str> = module
                    .strip_prefix(&root)
                    .expect("below src")
                    .iter()
                    .filter_map(|part| part.to_str())
                    .collect();
                if !module.last().is_some_and(|name| ["tests", "plain"].contains(name)) {
                    files.insert(module.join("::"), std::fs::read_to_string(&path).expect("UTF-8"));
                }
            }
        }
    }
    files
}
