//! Do the links of the published pages lead to files that are published?

use std::path::{Component, Path, PathBuf};
use support::root;

/// The pages in a folder, without those that `Cargo.toml` excludes, and what is no part of the project.
fn pages(folder: &Path, excluded: &[PathBuf], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || path.ends_with("target") || excluded.contains(&path) {
            continue;
        }
        match path.extension() {
            _ if path.is_dir() => pages(&path, excluded, found),
            Some(extension) if extension == "md" => found.push(path),
            _ => {}
        }
    }
}

/// Where a relative link of a page leads; nothing for links to the web, within the page, and to items of rustdoc.
fn target(page: &Path, link: &str) -> Option<PathBuf> {
    let file = link.split('#').next().unwrap_or_default();
    let outside = file.contains(':') || file.is_empty() || !file.contains(['.', '/']);
    if outside {
        return None;
    }
    let mut path = PathBuf::new();
    for part in page.parent().expect("a folder").join(file).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    Some(path)
}

#[test]
fn published_pages_link_to_published_files() {
    let cargo = std::fs::read_to_string(root().join("Cargo.toml")).expect("the package");
    let list =
        cargo.split_once("\nexclude = [\"/").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0;
    let excluded: Vec<PathBuf> =
        list.split('"').step_by(2).map(|path| root().join(path.trim_start_matches('/'))).collect();
    assert!(excluded.iter().all(|path| path.exists()), "{excluded:?}");
    let (mut found, mut links, mut wrong) = (Vec::new(), 0, Vec::new());
    pages(root(), &excluded, &mut found);
    for page in &found {
        let text = std::fs::read_to_string(page).expect("a page");
        // blocks of code have no links
        let prose: String = text.split("```").step_by(2).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some(target) = target(page, link) else { continue };
            links += 1;
            if !target.exists() || excluded.iter().any(|folder| target.starts_with(folder)) {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(found.len() > 10 && links > 10, "{} pages, {links} links", found.len());
    assert!(wrong.is_empty(), "links to files that are not published:\n{}", wrong.join("\n"));
}
