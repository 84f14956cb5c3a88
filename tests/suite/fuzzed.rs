//! Do the fuzzing targets keep their promises without a fuzzer?
//!
//! `tests/fuzz` holds the targets as plain functions of bytes. Here each runs over its seeds, over damaged copies of
//! them, and over everything in `tests/fuzz/regressions`: inputs that once broke something. To keep one, put it into the
//! folder of its target; no Rust is needed. Regressions go through the readers of all forms, too.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::root;
use targets::{TARGETS, run, seeds::seeds};

/// Far more than any input here needs, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

fn in_time(target: &str, what: &str, bytes: &[u8]) {
    let begun = Instant::now();
    let ran = std::panic::catch_unwind(|| run(target, bytes));
    assert!(ran.is_ok(), "{target} breaks on {what}");
    assert!(begun.elapsed() < LONGEST, "{target} on {what} takes {:?}", begun.elapsed());
}

/// Seeds of a target, as they are and damaged: bytes changed, cut out, doubled, or taken from another seed.
fn seeds_and_damaged(target: &str, damaged: usize) {
    let seeds = seeds(root(), target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let mut seed = 7_u64;
    let mut below = move |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % end.max(1)
    };
    for (at, bytes) in seeds.iter().enumerate() {
        in_time(target, &format!("seed {at}"), bytes);
    }
    for number in 0..damaged {
        let mut bytes = seeds[below(seeds.len())].clone();
        for _ in 0..1 + below(6) {
            let (from, other) = (below(bytes.len()), &seeds[below(seeds.len())]);
            let to = (from + 1 + below(40)).min(bytes.len());
            let part = other.get(below(other.len())..).map_or(&[][..], |rest| &rest[..rest.len().min(40)]);
            match below(4) {
                0 => bytes[from..to.min(from + 1)].fill(below(256) as u8),
                1 => drop(bytes.drain(from..to)),
                2 => bytes.extend_from_within(from..to),
                _ => drop(bytes.splice(from..from, part.iter().copied())),
            }
            if bytes.is_empty() {
                break;
            }
        }
        in_time(target, &format!("damaged copy {number}"), &bytes);
    }
}

#[test]
fn files_of_every_form() {
    for target in ["file", "table", "json", "report", "addendum", "joined", "pdf", "repeated"] {
        seeds_and_damaged(target, 120);
    }
}

#[test]
fn what_archives_hold() {
    for target in ["word", "workbook", "old_workbook"] {
        seeds_and_damaged(target, 150);
    }
}

#[test]
fn codebooks_patterns_and_texts() {
    for target in ["codebook", "pattern", "grouping", "verbs", "model", "tagger", "names", "filter"] {
        seeds_and_damaged(target, 60);
    }
}

#[test]
fn what_is_made_of_lists() {
    for target in ["export", "statistics", "report_page"] {
        seeds_and_damaged(target, 12);
    }
}

#[test]
fn no_target_is_forgotten() {
    let here = include_str!("fuzzed.rs");
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (target, _) in TARGETS {
        assert!(here.contains(&format!("\"{target}\"")), "{target} is not run here");
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} has no program");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// What once broke something breaks nothing now, in whatever form it comes.
#[test]
fn regressions() {
    let folders = files(&root().join("tests/fuzz/regressions"));
    for folder in folders.iter().filter(|path| path.is_dir()) {
        let own = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for path in files(folder) {
            let bytes = std::fs::read(&path).expect("a file");
            let what = path.display().to_string();
            in_time(&own, &what, &bytes);
            for target in ["file", "table", "json", "report", "addendum", "joined", "word", "workbook"] {
                in_time(target, &what, &bytes);
            }
        }
    }
}
