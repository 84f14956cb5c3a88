//! Do the imports go one way? No file imports itself by way of others, and no module imports one above it.
//!
//! The `use` lines of `src` are read as text. A name that a module only passes on (`pub use about::About`) counts as an
//! import of the file that declares it. Imports of unit tests do not count: those of `tests.rs` files, and those inside
//! a module of a file.

use crate::sources::{Files, crate_files, declared, used};
use std::collections::BTreeSet;

/// The modules of the crate, from bottom to top: data flows upwards, so a module may import those before it, and those
/// on its own line.
const LAYERS: [&[&str]; 20] = [
    &["text", "names", "error", "random"],
    &["files", "table", "wording"],
    &["state"],
    &["recommendation"],
    &["list"],
    &["codebook", "dimension"],
    &["coded"],
    &["read"],
    &["rules"],
    &["model"],
    &["action"],
    &["tag"],
    &["group", "tally", "filter", "grouping"],
    &["statistics", "asks", "correct"],
    &["links", "like", "changes", "profile"],
    &["learn"],
    &["evaluate"],
    &["export", "page"],
    &["code", "count", "compare", "documentation"],
    &["lib"],
];

/// At most this many imports may go against the direction.
const MAX_EXCEPTIONS: usize = 2;

/// Imports against the direction: the file, the module it imports, and why it may.
const EXCEPTIONS: [(&str, &str, &str); 0] = [];

/// The imports between files: those by paths from the root, or from the module above.
fn imports(files: &Files) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (module, source) in files {
        for (path, _) in used(source) {
            if !matches!(path.first().map(String::as_str), Some("crate" | "super")) {
                continue;
            }
            let file = declared(files, module, &path, 0).expect("a path from the root leads to a file");
            if file != *module {
                found.insert((module.clone(), file));
            }
        }
    }
    found
}

/// A circle of files that import each other, if there is one.
fn circle(imports: &BTreeSet<(String, String)>) -> Option<Vec<String>> {
    fn visit<'i>(
        file: &'i str,
        imports: &'i BTreeSet<(String, String)>,
        path: &mut Vec<&'i str>,
        done: &mut BTreeSet<&'i str>,
    ) -> Option<Vec<String>> {
        if let Some(at) = path.iter().position(|seen| *seen == file) {
            return Some(path[at..].iter().map(|seen| (*seen).to_string()).collect());
        }
        if !done.contains(file) {
            path.push(file);
            for (_, to) in imports.iter().filter(|(from, _)| from == file) {
                if let Some(circle) = visit(to, imports, path, done) {
                    return Some(circle);
                }
            }
            path.pop();
            done.insert(file);
        }
        None
    }
    let mut done = BTreeSet::new();
    imports.iter().find_map(|(from, _)| visit(from, imports, &mut Vec::new(), &mut done))
}

/// The imports of modules that are above the importing one, as file and module.
fn against(imports: &BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    let top = |file: &str| file.split("::").next().unwrap_or(file).to_string();
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let upwards = |(from, to): &&(String, String)| layer(&top(from)) < layer(&top(to));
    imports.iter().filter(upwards).map(|(from, to)| (from.clone(), top(to))).collect()
}

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let imports = imports(&crate_files());
    assert!(imports.len() > 300, "only {} imports were found: is the scan broken?", imports.len());
    assert_eq!(circle(&imports), None, "these files import each other in a circle");
}

#[test]
fn no_module_imports_one_above_it() {
    let files = crate_files();
    for module in files.keys().filter(|module| !module.contains("::")) {
        assert!(LAYERS.iter().any(|layer| layer.contains(&module.as_str())), "{module} is missing in LAYERS");
    }
    let expected =
        EXCEPTIONS.iter().map(|(file, module, _)| ((*file).to_string(), (*module).to_string())).collect();
    assert_eq!(against(&imports(&files)), expected, "imports against the direction, and the known ones");
    const { assert!(EXCEPTIONS.len() <= MAX_EXCEPTIONS) };
}

#[test]
fn the_scan_knows_circles_and_the_direction() {
    let files = |sources: &[(&str, &str)]| -> Files {
        sources.iter().map(|(file, source)| ((*file).to_string(), (*source).to_string())).collect()
    };
    let one_way = files(&[
        ("lib", "mod text;\npub use tag::Tagger;\n"),
        ("text", "pub(crate) mod fold;\n"),
        ("text::fold", "use std::fmt;\nmod tests {\n    use super::*;\n    use crate::tag::Tagger;\n}\n"),
        ("tag", "mod tagger;\npub use tagger::Tagger;\n"),
        ("tag::tagger", "use crate::text::{\n    fold::{a, b as c},\n    fold,\n};\nfn f() {}\n"),
    ]);
    let expect = |pairs: &[(&str, &str)]| -> BTreeSet<(String, String)> {
        pairs.iter().map(|(from, to)| ((*from).to_string(), (*to).to_string())).collect()
    };
    assert_eq!(imports(&one_way), expect(&[("tag::tagger", "text::fold")]));
    assert_eq!((circle(&imports(&one_way)), against(&imports(&one_way))), (None, expect(&[])));

    // upwards, by a name that the root passes on
    let upwards = files(&[
        ("lib", "pub use tag::Tagger;\n"),
        ("tag", ""),
        ("list", "use crate::Tagger;\n"),
        ("read", "pub(crate) use super::lib;\n"),
    ]);
    assert_eq!(imports(&upwards), expect(&[("list", "tag"), ("read", "lib")]));
    assert_eq!(against(&imports(&upwards)), expect(&[("list", "tag"), ("read", "lib")]));

    // two files of a module that import each other through it
    let round = files(&[
        ("tag", "pub use one::One;\npub use two::Two;\n"),
        ("tag::one", "use super::Two;\n"),
        ("tag::two", "use super::one::One;\n"),
    ]);
    assert_eq!(circle(&imports(&round)), Some(vec!["tag::one".to_string(), "tag::two".to_string()]));
    assert_eq!(against(&imports(&round)), expect(&[]));
}
