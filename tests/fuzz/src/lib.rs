//! What is fuzzed: a plain function of bytes for each way into the library.
//!
//! A target takes whatever bytes come and panics if a promise breaks; refusing a file with an error is fine. Two
//! things call them: libFuzzer, through the programs of this package (`../README.md` says how), and the ordinary
//! tests, which include this file (`tests/suite/fuzzed.rs`) and run every target over its seeds, over damaged copies
//! of them, and over the files in `regressions`.
//!
//! Where to go next: [`reading`] has the forms of files, [`containers`] what stands inside archives and old workbooks,
//! [`coding`] codebooks, patterns and texts, [`counting`] what is made of a list, [`seeds`] the first inputs.

#![allow(unreachable_pub, dead_code)] // the ordinary tests see this file as a module, and seed it themselves

pub mod coding;
pub mod containers;
pub mod counting;
pub mod reading;
pub mod seeds;

/// A target: it panics where a promise breaks.
pub type Target = fn(&[u8]);

/// All targets by name; `Cargo.toml` has a program for each.
pub const TARGETS: [(&str, Target); 22] = [
    ("file", reading::file),
    ("table", reading::table),
    ("json", reading::json),
    ("report", reading::report),
    ("addendum", reading::addendum),
    ("joined", reading::joined),
    ("repeated", reading::repeated),
    ("pdf", reading::pdf),
    ("word", containers::word),
    ("workbook", containers::workbook),
    ("old_workbook", containers::old_workbook),
    ("codebook", coding::codebook),
    ("pattern", coding::pattern),
    ("grouping", coding::grouping),
    ("verbs", coding::verbs),
    ("model", coding::model),
    ("tagger", coding::tagger),
    ("names", coding::names),
    ("filter", counting::filter),
    ("export", counting::export),
    ("statistics", counting::statistics),
    ("report_page", counting::report_page),
];

/// Runs a target.
///
/// # Panics
///
/// Where a promise breaks; and on a name that is no target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = target.unwrap_or_else(|| panic!("no target {name}"));
    target(bytes);
}

/// Before the first input. libFuzzer's hook ends the process at any panic; the readers of .xls and PDF catch those of the
/// crates below them and refuse the file, so here a panic may unwind; one that nobody catches ends the process still. What
/// a target makes once is made now, so that it doesn't count as the time of an input.
pub fn prepare(name: &str) {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // only ours are worth a line: the others are caught, or libFuzzer shows the input
        if !place.contains("/registry/") {
            eprintln!("{panic}");
        }
    }));
    run(name, b"");
}

/// Cuts bytes at the sign that separates the parts of an input (U+001E, the record separator).
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0x1E)
}

/// The next part as text, or an empty one.
fn text<'b>(parts: &mut impl Iterator<Item = &'b [u8]>) -> std::borrow::Cow<'b, str> {
    String::from_utf8_lossy(parts.next().unwrap_or_default())
}
