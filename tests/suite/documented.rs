//! Has every public type, function and constructor an example that runs and asserts something?
//!
//! The sources are scanned as text: what begins with `pub` needs a block of Rust in the documentation above it (of a
//! module, in its file). The lint `unreachable_pub` sees to it that only what is public is called so. Variants, fields,
//! constants and methods are shown by the example of their type, and a module that only shows items of other modules
//! by theirs.

use std::path::{Path, PathBuf};

/// Items that cannot have an example: the file, the item, and why.
const WITHOUT: [(&str, &str, &str); 1] =
    [("documentation.rs", "guide", "it shows commands and what they print; `guide.rs` runs them")];

/// How a public item begins: its kind, and what it is called.
fn item(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union"];
    let before = ["async", "unsafe", "extern"];
    let mut kind = words.find(|word| !before.contains(word))?;
    let mut name = kinds.contains(&kind).then(|| words.next()).flatten()?;
    while before.contains(&name) || name == "fn" {
        kind = name;
        name = words.next()?;
    }
    Some((kind, name))
}

/// Whether the function that begins here is a constructor of a type: so called, and not a method of a value.
fn is_constructor(name: &str, lines: &[&str]) -> bool {
    let end = lines.iter().position(|line| line.ends_with(['{', ';', '}'])).unwrap_or(0);
    let signature: String = lines[..=end].iter().map(|line| line.trim()).collect();
    let of_a_value = ["(self", "(mut self", "(&self", "(&mut self"].iter().any(|own| signature.contains(own));
    !of_a_value && (["new", "of", "load"].contains(&name) || name.starts_with("from_"))
}

/// Whether a module of this source has nothing of its own: it only shows items of other modules, or pages.
fn only_shows(module: &str) -> bool {
    !module.lines().filter_map(item).any(|(kind, _)| kind != "mod")
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

/// The public items of a file that need an example, and whether they have one.
fn items(path: &Path, source: &str) -> Vec<(String, bool)> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let is_above = |line: &&str| {
        let line = line.trim();
        line.starts_with("///") || line.starts_with("#[") || line.ends_with(")]")
    };
    let lines: Vec<&str> = source.lines().collect();
    let public = lines.iter().enumerate().filter_map(|(at, line)| Some((at, item(line)?)));
    let of_item = |(at, (kind, name)): (usize, (&str, &str))| {
        let first = lines[..at].iter().rposition(|line| !is_above(line)).map_or(0, |before| before + 1);
        let mut text = documentation(lines[first..at].iter().copied(), folder);
        match kind {
            "const" | "static" => return None,
            "fn" if lines[at].starts_with(' ') && !is_constructor(name, &lines[at..]) => return None,
            "mod" if lines[at].trim_end().ends_with(';') => {
                let own = if path.ends_with("lib.rs") { PathBuf::new() } else { path.with_extension("") };
                let file = folder.join(own).join(format!("{name}.rs"));
                let module = std::fs::read_to_string(&file).expect("the file of a module");
                if only_shows(&module) {
                    return None;
                }
                let head =
                    module.lines().take_while(|line| line.starts_with("//!") || line.starts_with("#![doc"));
                text.push_str(&documentation(head, file.parent().unwrap_or(folder)));
            }
            _ => {}
        }
        Some((name.to_string(), has_example(&text)))
    };
    public.filter_map(of_item).collect()
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
fn every_public_type_and_function_has_an_example_that_can_fail() {
    let root = support::root().join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut seen, mut missing) = (0, Vec::new());
    for path in files {
        let file =
            path.strip_prefix(&root).expect("a file below src").display().to_string().replace('\\', "/");
        for (name, has_example) in items(&path, &std::fs::read_to_string(&path).expect("UTF-8")) {
            seen += 1;
            let excepted = WITHOUT.iter().any(|(known, item, _)| *known == file && *item == name);
            if has_example == excepted {
                missing.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(seen > 120, "only {seen} public items were found: is the scan broken?");
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
        ("/// ```\n/// println!();\n/// ```\npub fn printed() {}", vec![("printed", false)]),
        (
            "/// ```text\n/// assert\n/// ```\npub struct Words {\n    pub field: u8,\n}",
            vec![("Words", false)],
        ),
        ("/// ```\n/// assert!(true);\n/// ```\nfn own() {}\npub const fn next() {}", vec![("next", false)]),
        ("pub(crate) fn inner() {}\npub use a::b;", vec![]),
        ("    pub fn name(&self) -> &str {\n        &self.name\n    }", vec![]),
        ("    pub fn with(self, b: u8) -> A {\n        A { b, ..self }\n    }", vec![]),
        (
            "    pub fn of(self, unit: Unit) -> u64 {\n    }\n    pub fn from_it(\n        &self,\n    ) {",
            vec![],
        ),
        ("pub const ONE: u8 = 1;\nimpl A {\n    pub const ALL: [A; 0] = [];\n    pub fn some() {", vec![]),
        (
            "    pub fn new() -> A {\n    }\n    pub const fn from_files<'a>(\n        name: &str,\n    ) {",
            vec![("new", false), ("from_files", false)],
        ),
    ] {
        let found = items(Path::new("src/some.rs"), source);
        let found: Vec<(&str, bool)> = found.iter().map(|(name, has)| (name.as_str(), *has)).collect();
        assert_eq!(found, expected, "{source}");
    }
}
