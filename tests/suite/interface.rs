//! What does the crate offer? Its public modules and types are those of `interface.txt`, and few enough to be read.
//!
//! They are taken from the sources: the public modules of `lib.rs`, what these pass on with `pub use`, and what they
//! declare themselves. Functions, constants and type aliases named `Result` are not counted.

use crate::sources::{Files, crate_files, declared, used};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// At most this many public modules, so that their table in `lib.rs` fits on a screen.
const MAX_MODULES: usize = 8;

/// At most this many public types: 80 before lists in several languages, a codebook's examples, corrections, coders, and asks.
const MAX_TYPES: usize = 89;

/// The public types that a source declares outside of any module or block.
fn declared_types(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let kinds = ["pub struct ", "pub enum ", "pub trait ", "pub type "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        (name != "Result").then_some(name)
    })
}

/// The public modules of the crate.
fn modules(files: &Files) -> Vec<String> {
    let name = |line: &str| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_string);
    files["lib"].lines().filter_map(name).collect()
}

/// The public types by file and name, with the modules that offer them; the root is called `upr`.
fn types(files: &Files) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for module in modules(files).into_iter().chain(["lib".to_string()]) {
        let shown = if module == "lib" { "upr".to_string() } else { module.clone() };
        let own =
            declared_types(&files[&module]).map(|name| (module.clone(), name.to_string(), name.to_string()));
        let passed_on = public(&files[&module]);
        let passed_on = used(&passed_on).into_iter().filter_map(|(path, name)| {
            Some((declared(files, &module, &path, 0)?, path.last()?.clone(), name))
        });
        for (file, original, name) in own.chain(passed_on) {
            if declared_types(&files[&file]).any(|declared| declared == original) {
                found.entry((name, file)).or_default().insert(shown.clone());
            }
        }
    }
    found
}

/// The `pub use` lines of a source alone.
fn public(source: &str) -> String {
    let mut lines = source.lines();
    let mut found = String::new();
    while let Some(line) = lines.next() {
        if line.starts_with("pub use ") {
            let mut line = line;
            while !line.ends_with(';') {
                writeln!(found, "{line}").expect("memory");
                let Some(next) = lines.next() else { break };
                line = next;
            }
            writeln!(found, "{line}").expect("memory");
        }
    }
    found
}

/// The interface as `interface.txt` shows it.
fn shown(files: &Files) -> String {
    let mut text = String::from("Public modules:\n");
    modules(files).iter().for_each(|module| writeln!(text, "- {module}").expect("memory"));
    text.push_str("\nPublic types, and the modules that offer them:\n");
    for ((name, _), modules) in types(files) {
        let modules: Vec<String> = modules.into_iter().collect();
        writeln!(text, "- {name}: {}", modules.join(", ")).expect("memory");
    }
    text
}

#[test]
fn the_interface_is_the_one_that_was_agreed() {
    let found = shown(&crate_files());
    let expected =
        std::fs::read_to_string(support::root().join("tests/suite/interface.txt")).expect("the list");
    if found != expected.replace("\r\n", "\n") {
        let copy = support::scratch("interface").join("interface.txt");
        std::fs::write(&copy, &found).expect("a writable folder");
        let lines = |text: &str| -> BTreeSet<String> { text.lines().map(String::from).collect() };
        let new: Vec<String> = lines(&found).difference(&lines(&expected)).cloned().collect();
        let gone: Vec<String> = lines(&expected).difference(&lines(&found)).cloned().collect();
        panic!(
            "the public interface changed: new {new:?}, gone {gone:?}. If that is meant, copy {} to \
             tests/suite/interface.txt, and say so in CHANGELOG.md",
            copy.display()
        );
    }
}

#[test]
fn the_interface_is_small() {
    let files = crate_files();
    let (modules, types) = (modules(&files).len(), types(&files).len());
    assert!(modules <= MAX_MODULES, "{modules} public modules, at most {MAX_MODULES}");
    assert!(types <= MAX_TYPES, "{types} public types, at most {MAX_TYPES}");
}

#[test]
fn the_scan_knows_what_is_public() {
    let files: Files = [
        ("lib", "mod inner;\npub mod outer;\npub use inner::{Shown, shown, Result};\nuse inner::Hidden;\n"),
        ("inner", "mod deep;\npub use deep::Deep;\npub struct Shown;\npub enum Hidden {}\npub fn shown() {}\npub type Result = ();\n"),
        ("inner::deep", "pub trait Deep {\n    type Of;\n}\n    pub struct InABlock;\npub(crate) struct Own;\n"),
        ("outer", "pub use crate::inner::{\n    Deep as Renamed,\n    Shown,\n};\npub type Alias<T> = Vec<T>;\npub(crate) use crate::inner::Hidden;\n"),
    ]
    .into_iter()
    .map(|(file, source)| (file.to_string(), source.to_string()))
    .collect();
    assert_eq!(
        shown(&files),
        "Public modules:\n- outer\n\nPublic types, and the modules that offer them:\n- Alias: outer\n- Renamed: outer\n- \
         Shown: outer, upr\n"
    );
}
