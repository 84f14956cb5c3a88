//! Does the guide to a codebook of one's own show what its commands print, and do the pages quote figures that stand?
//!
//! The guide is done as a reader would do it: files are written where it says "Write into `FILE`:", lines are added where
//! it says "Add to `FILE`:" or replaced ("Make this the last line of `FILE`:"), commands run in that folder, and what it shows after a command, or of a file ("`FILE`
//! contains:"), must be there. An ellipsis on a line of its own stands for what is left out.

use std::path::Path;
use std::process::Command;
use support::programs::example;
use support::{fixture, scratch};

const GUIDE: &str = include_str!("../../src/codebook/GUIDE.md");

/// A fenced block: the paragraph before it, its language, its lines.
struct Block<'g> {
    before: String,
    language: &'g str,
    text: &'g str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut parts = page.split("```");
    let mut blocks = Vec::new();
    let mut before = parts.next().unwrap_or_default();
    while let (Some(block), Some(after)) = (parts.next(), parts.next()) {
        let (language, text) = block.split_once('\n').expect("a language and lines");
        let paragraph = before.trim_end().rsplit("\n\n").next().unwrap_or_default();
        let before_it = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        blocks.push(Block { before: before_it, language, text });
        before = after;
    }
    blocks
}

/// What is printed by a command of the guide, in a folder.
fn printed(command: &str, folder: &Path) -> String {
    let arguments =
        command.trim().strip_prefix("cargo run --release --example ").expect("a command of the guide");
    let (name, arguments) = arguments.split_once(" -- ").expect("an example and its arguments");
    let arguments = arguments.replace("\\\n", " ");
    let output = Command::new(example(name))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the program starts");
    [output.stdout, output.stderr].iter().map(|bytes| String::from_utf8_lossy(bytes)).collect()
}

/// Every part between ellipses is there, in this order.
#[track_caller]
fn holds(whole: &str, excerpt: &str, what: &str) {
    let mut rest = whole;
    for part in excerpt.split("…\n") {
        let at = rest.find(part).unwrap_or_else(|| panic!("{what}: no longer there:\n{part}\nbut:\n{whole}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_guide_shows_what_happens() {
    let folder = scratch("guide");
    for name in ["climate-list.csv", "evaluation/coded.csv", "evaluation/crosswalk.csv"] {
        let copy = folder.join("fixtures").join(name);
        std::fs::create_dir_all(copy.parent().expect("a folder")).expect("a writable target folder");
        std::fs::copy(fixture(name), copy).expect("a copy");
    }
    let (mut said, mut commands, mut compared) = (String::new(), 0, 0);
    for Block { before, language, text } in blocks(GUIDE) {
        let file = before.rsplit('`').nth(1).unwrap_or_default();
        let path = folder.join(file);
        let last = before.rsplit(". ").next().unwrap_or_default().trim_start();
        match language {
            "sh" => {
                said = printed(text, &folder);
                commands += 1;
            }
            "text" => {
                holds(&said, text, "printed");
                compared += 1;
            }
            "csv" if last.starts_with("Write into ") => {
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable target folder");
                std::fs::write(&path, text).expect("a file");
            }
            "csv" if last.starts_with("Add to ") => {
                let written = std::fs::read_to_string(&path).expect("a file that was written before");
                std::fs::write(&path, written + text).expect("a file");
            }
            "csv" if last.starts_with("Make this the last line of ") => {
                let written = std::fs::read_to_string(&path).expect("a file that was written before");
                let (kept, _) = written.trim_end().rsplit_once('\n').expect("a last line after others");
                std::fs::write(&path, format!("{kept}\n{text}")).expect("a file");
            }
            "csv" if last.ends_with(" contains:") => {
                holds(&std::fs::read_to_string(&path).expect("a file of the export"), text, file);
                compared += 1;
            }
            _ => panic!("the guide has a block of {language} after \"{last}\", and nobody runs it"),
        }
    }
    assert!(commands >= 5 && compared >= 5, "{commands} commands, {compared} shown outputs");
}

#[test]
fn the_guide_leads_to_the_fixture() {
    let written = |name: &str| {
        let introduction = format!("Write into `my-codebook/{name}`:");
        blocks(GUIDE).iter().rfind(|block| block.before.ends_with(&introduction)).map(|block| block.text)
    };
    for name in ["issues.csv", "lists.csv", "rules.csv"] {
        let fixture = std::fs::read_to_string(fixture("codebook-climate").join(name)).expect("a fixture");
        assert_eq!(written(name), Some(fixture.as_str()), "{name}");
    }
}

/// Pages repeat figures of `MEASURED.md`, which says how each was measured.
#[test]
fn the_pages_quote_measured_figures() {
    let measured = include_str!("../../MEASURED.md");
    for (page, least) in [
        (include_str!("../../src/RESEARCHERS.md"), 3),
        (include_str!("../../src/COMPARE.md"), 2),
        (include_str!("../../src/DESIGN.md"), 1),
        (include_str!("../../README.md"), 4),
    ] {
        let prose = page.split("# The figures of this page").next().unwrap_or_default();
        let decimals: Vec<&str> = prose
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|number| {
                number.starts_with("0.") && number.len() >= 5 && number.matches('.').count() == 1
            })
            .collect();
        assert!(decimals.len() >= least, "{decimals:?}");
        for figure in decimals {
            assert!(measured.contains(figure), "{figure} is not in MEASURED.md");
        }
    }
    for (figure, shown) in [
        ("polars 9.8 times as long", "polars took 9.8 times as long"),
        ("pandas 160 times", "pandas 160 times"),
        ("export, 26,298", "26,298 recommendations in 0.3 seconds"),
        ("took 300 (286 to 314)", "in 0.3 seconds"),
    ] {
        let page = include_str!("../../src/COMPARE.md").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(measured.contains(figure), "{figure} is not in MEASURED.md");
        assert!(page.contains(shown), "{shown} is not on the page");
    }
}

/// The page that compares with other programs says which test checks a claim.
#[test]
fn the_checks_that_the_page_names_are_there() {
    let page = include_str!("../../src/COMPARE.md");
    let named: Vec<&str> =
        page.split('`').filter(|code| code.starts_with("tests/") || code.starts_with("benches/")).collect();
    assert!(named.len() > 10, "{named:?}");
    for path in named {
        assert!(support::root().join(path).exists(), "{path}");
    }
}

/// What is cited is the version that was used.
#[test]
fn the_citation_names_this_version() {
    let citation = include_str!("../../CITATION.cff");
    let version = citation.lines().find_map(|line| line.strip_prefix("version: "));
    assert_eq!(version, Some(env!("CARGO_PKG_VERSION")));
    let page = include_str!("../../src/RESEARCHERS.md");
    assert!(
        page.contains(concat!("upr ", env!("CARGO_PKG_VERSION"), ", codebook core ")),
        "the example of a citation"
    );
}

/// The pages are read as files, too: there their links lead to files, and in rustdoc to items.
#[test]
fn the_links_of_the_pages_lead_somewhere() {
    let source = support::root().join("src");
    for (page, shown_by) in [
        ("RESEARCHERS.md", "documentation.rs"),
        ("codebook/GUIDE.md", "documentation.rs"),
        ("codebook/NOTATION.md", "documentation.rs"),
    ] {
        let text = std::fs::read_to_string(source.join(page)).expect("a page");
        let module = std::fs::read_to_string(source.join(shown_by)).expect("a module");
        assert!(!text.contains("](crate::"), "{page} has a link that only rustdoc knows");
        let links: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once("]: ")).collect();
        assert!(links.len() > 1, "{page}");
        for (name, file) in links {
            let folder = source.join(page).parent().expect("a folder").to_path_buf();
            assert!(folder.join(file).is_file(), "{page}: {name}] leads to {file}");
            assert!(
                module.contains(&format!(" {name}]: crate")),
                "{shown_by} does not say what {name}] is in {page}"
            );
        }
    }
}
