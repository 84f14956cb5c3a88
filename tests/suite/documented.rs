//! Has every public item an example that runs and asserts something?
//!
//! The sources are scanned as text: each line that begins with `pub` and is neither a field nor a `use` needs a block of
//! Rust in the documentation above it (of a module, in its file). The lint `unreachable_pub` sees to it that only what is
//! public is called so. Variants and fields are shown by the example of their type, and so are methods of one line that
//! take nothing but `self`.

use std::path::{Path, PathBuf};

/// How a public item begins, and what it is called.
fn item(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union"];
    let before = ["async", "unsafe", "extern"];
    let kind = words.find(|word| !before.contains(word))?;
    kinds.contains(&kind).then(|| words.find(|word| *word != "fn")).flatten()
}

/// Whether the method that begins here takes nothing but itself, and has one line.
fn is_getter(lines: &[&str]) -> bool {
    let [first, _, last, ..] = lines else { return false };
    let alone = ["(&self)", "(self)"].iter().any(|alone| first.contains(alone));
    alone && first.ends_with('{') && last.trim() == "}"
}

/// Whether a text has a block of Rust that runs, and asserts something.
fn has_example(text: &str) -> bool {
    let mut blocks = text.split("```").skip(1).step_by(2);
    blocks.any(|block| block.starts_with('\n') && block.contains("assert"))
}

/// The documentation in lines of comments and attributes; pages that they include are read from `folder`.
fn documentation<'l>(lines: impl Iterator<Item = &'l str>, folder: &Path) -> String {
    let mut text = String::new();
    for line in lines.map(str::trim) {
        let comment = line.strip_prefix("///").or(line.strip_prefix("//!"));
        let page = line.split_once("include_str!(\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((page, _)) = page {
            text.push_str(&std::fs::read_to_string(folder.join(page)).expect("an included page"));
        }
        text.push_str(comment.unwrap_or_default());
        text.push('\n');
    }
    text
}

/// The public items of a file, and whether they have an example.
fn items(path: &Path, source: &str) -> Vec<(String, bool)> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let is_above = |line: &&str| {
        let line = line.trim();
        line.starts_with("///") || line.starts_with("#[") || line.ends_with(")]")
    };
    let lines: Vec<&str> = source.lines().collect();
    let public = lines.iter().enumerate().filter_map(|(at, line)| Some((at, item(line)?)));
    let public = public.filter(|(at, _)| !is_getter(&lines[*at..]));
    let of_item = |(at, name): (usize, &str)| {
        let first = lines[..at].iter().rposition(|line| !is_above(line)).map_or(0, |before| before + 1);
        let mut text = documentation(lines[first..at].iter().copied(), folder);
        if lines[at].trim_end().ends_with(';') && lines[at].trim_start().starts_with("pub mod ") {
            let own = if path.ends_with("lib.rs") { PathBuf::new() } else { path.with_extension("") };
            let file = folder.join(own).join(format!("{name}.rs"));
            let module = std::fs::read_to_string(&file).expect("the file of a module");
            let head =
                module.lines().take_while(|line| line.starts_with("//!") || line.starts_with("#![doc"));
            text.push_str(&documentation(head, file.parent().unwrap_or(folder)));
        }
        (name.to_string(), has_example(&text))
    };
    public.map(of_item).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        match path.extension() {
            _ if path.is_dir() => sources(&path, found),
            Some(extension) if extension == "rs" => found.push(path),
            _ => {}
        }
    }
    found.sort();
}

#[test]
fn every_public_item_has_an_example_that_can_fail() {
    let root = support::root().join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut seen, mut missing) = (0, Vec::new());
    for path in files {
        let file =
            path.strip_prefix(&root).expect("a file below src").display().to_string().replace('\\', "/");
        for (name, has_example) in items(&path, &std::fs::read_to_string(&path).expect("UTF-8")) {
            seen += 1;
            if !has_example {
                missing.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(seen > 200, "only {seen} public items were found: is the scan broken?");
    assert!(
        missing.is_empty(),
        "public items without an example that asserts something:\n{}",
        missing.join("\n")
    );
}

#[test]
fn the_scan_knows_an_example_from_none() {
    for (source, expected) in [
        ("/// Text.\npub fn bare() {}", vec![("bare", false)]),
        ("/// ```\n/// assert!(true);\n/// ```\n#[must_use]\npub fn shown() {}", vec![("shown", true)]),
        ("/// ```\n/// println!();\n/// ```\npub const PRINTED: u8 = 1;", vec![("PRINTED", false)]),
        (
            "/// ```text\n/// assert\n/// ```\npub struct Words {\n    pub field: u8,\n}",
            vec![("Words", false)],
        ),
        (
            "/// ```\n/// assert!(true);\n/// ```\nfn own() {}\n    pub const fn next() {}",
            vec![("next", false)],
        ),
        ("pub(crate) fn inner() {}\npub use a::b;", vec![]),
        ("    pub fn name(&self) -> &str {\n        &self.name\n    }", vec![]),
        ("    pub fn with(self, b: u8) -> A {\n        A { b, ..self }\n    }", vec![("with", false)]),
    ] {
        let found = items(Path::new("src/some.rs"), source);
        let found: Vec<(&str, bool)> = found.iter().map(|(name, has)| (name.as_str(), *has)).collect();
        assert_eq!(found, expected, "{source}");
    }
}
