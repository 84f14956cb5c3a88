//! Runs the example programs, which `cargo test` builds beside the tests.

use crate::root;
use std::path::PathBuf;
use std::process::{Command, Output};

/// An example.
pub fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test binary");
    let folder = test.parent().and_then(|deps| deps.parent()).expect("target/debug");
    let program = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{} is not there: run `cargo build --examples`", program.display());
    program
}

/// Runs an example in the project's folder.
pub fn program(name: &str, arguments: &[&str]) -> Output {
    Command::new(example(name)).args(arguments).current_dir(root()).output().expect("the program starts")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What `summary` prints where all is well.
#[track_caller]
pub fn summary(arguments: &[&str]) -> String {
    let output = program("summary", arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The same, for people: no line is wider than a terminal.
#[track_caller]
pub fn shown(arguments: &[&str]) -> String {
    let shown = summary(arguments);
    assert!(!shown.contains('\x1b'), "no colour but on a terminal");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
    shown
}

/// The same, for programs.
#[track_caller]
pub fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&summary(arguments)).expect("JSON")
}
