//! What the library must do, on lists and cases written by us. Each file answers one question; `../README.md`
//! says which, and how to add a case without knowing Rust.

mod action;
mod agreement;
mod asks;
mod aspects;
mod bad_input;
mod build;
mod cases;
mod codebooks;
mod documented;
mod evaluate;
mod export;
mod export_statistics;
mod filters;
mod fuzzed;
mod grouping;
mod grouping_faults;
mod guide;
mod hostile;
mod limits;
mod lists;
mod nearest;
mod office;
mod output;
mod page;
mod profile;
mod programs;
mod promises;
mod readme;
mod report_page;
mod reports;
mod same_bytes;
mod statistics;
mod statistics_promises;
mod stream;
mod summary;
mod summary_explain;
mod summary_faults;
mod summary_further;
mod summary_tables;
mod tally;
mod trial;
mod versions;
mod who_presses;

use std::path::{Path, PathBuf};

/// A path in `fixtures/`.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A folder of this run's own, emptied.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    folder
}

/// The bundled list of the United States, coded with the core codebook.
fn usa() -> (upr::Tagger, upr::CodedList) {
    let tagger = upr::Tagger::new(upr::Codebook::core()).expect("the bundled codebook");
    let reader = upr::read::Reader::new().state_under_review("United States").session("36");
    let list = reader.path(fixture("usa-2020.csv")).expect("the bundled list");
    let coded = tagger.tag(list);
    (tagger, coded)
}
