//! Does the bundled program do what the README shows?

use crate::{fixture, scratch};
use std::path::PathBuf;
use std::process::{Command, Output};

/// The example, which `cargo test` builds beside the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test binary");
    let folder = test.parent().and_then(|deps| deps.parent()).expect("target/debug");
    folder.join("examples").join(format!("summary{}", std::env::consts::EXE_SUFFIX))
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    let program = program();
    assert!(program.exists(), "{} is built by `cargo test`; run it without --test", program.display());
    Command::new(program).args(arguments).output().expect("the program starts")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn without_files_it_shows_the_bundled_list() {
    let output = run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(shown.contains("    347  recommendations\n"), "{shown}");
    assert!(shown.contains("    357  recommendation x recommending State\n"), "{shown}");
    assert!(!shown.contains('\x1b'), "no colour but on a terminal");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

/// What the README shows of the program's output is what it prints.
#[test]
fn the_readme_shows_what_it_prints() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let shown = text(&run(&[]).stdout);
    let excerpt =
        readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an excerpt");
    let mut rest = shown.as_str();
    for part in excerpt.split("…\n") {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("the README shows what is no longer printed:\n{part}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn as_json_it_holds_the_same_counts() {
    let output = run(&["--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["recommendations"], 347);
    assert_eq!(report["recommendation_x_state"], 357);
    assert_eq!(report["codebook"]["name"], "core");
    let issues = report["issues"].as_array().expect("issues");
    let housing = issues.iter().find(|issue| issue["category"] == "housing").expect("housing");
    let positions = ["supported", "supported_in_part", "noted", "pending", "other_position", "not_given"];
    let sum: u64 = positions.iter().map(|position| housing[position].as_u64().expect("a count")).sum();
    assert_eq!(housing["recommendations"], sum);
    let instruments = report["aspects"]["instrument"]["counts"].as_array().expect("instruments");
    let crc = instruments.iter().find(|count| count["category"] == "crc").expect("the Convention");
    assert!(crc["recommendations"].as_u64().is_some_and(|count| count > 5), "{crc}");
    assert_eq!(report["aspects"]["government_level"]["codebook"]["name"], "government-level");
}

#[test]
fn aspects_are_shown_on_demand() {
    let heading =
        "Levels of government addressed\nUnit: recommendations; each counts under all of its codes\n";
    assert!(!text(&run(&[]).stdout).contains(heading));
    let shown = text(&run(&["--aspects"]).stdout);
    assert!(shown.contains(heading), "{shown}");
    assert!(shown.contains("Sustainable Development Goals\n"), "{shown}");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

#[test]
fn a_list_and_a_codebook_of_ones_own() {
    let out = scratch("summary-out");
    let list = fixture("semicolon-windows-1252.csv");
    let output = run(&[
        list.to_str().expect("a path"),
        "--state-under-review=Austria",
        "--session=37",
        "--document=A/HRC/47/12",
        "--column=paragraph=Empfehlung Nr.",
        "--codebook",
        fixture("codebook-climate").to_str().expect("a path"),
        "--out",
        out.to_str().expect("a path"),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let recommendations = std::fs::read_to_string(out.join("recommendations.csv")).expect("an export");
    let second = recommendations.lines().nth(2).expect("a second recommendation");
    assert!(
        second.starts_with("AUT-37-101.2,Austria,AUT,37,3,A/HRC/47/12,101.2,Consider a moratorium"),
        "{second}"
    );
    assert!(text(&output.stdout).contains("Codebook: climate 1.0.0"), "{}", text(&output.stdout));
}

#[test]
fn rejected_rows_are_shown_and_are_no_failure() {
    let output = run(&[fixture("quirks.csv").to_str().expect("a path")]);
    assert!(output.status.success());
    let shown = text(&output.stdout);
    assert!(shown.contains("quirks.csv, row 3: found 2 fields, expected 5 as in the header"), "{shown}");
    assert!(shown.contains("State \"Atlantis\" in 1 recommendation"), "{shown}");
}

#[test]
fn faults_are_told_in_one_sentence_with_exit_code_1() {
    let fails = |arguments: &[&str], code: i32, message: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(code));
        let said = text(&output.stderr);
        assert!(said.starts_with(message), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    };
    fails(&["no-such-list.csv"], 1, "summary: no-such-list.csv: cannot be read\n  because: ");
    fails(
        &["--codebook", "no-such-codebook"],
        1,
        "summary: no-such-codebook: found nothing, expected a folder with",
    );
    fails(&["--column", "colour=Blue"], 2, "error: invalid value 'colour=Blue'");
    let empty = scratch("empty").join("empty.csv");
    std::fs::write(&empty, b"").expect("a file");
    let empty = empty.to_str().expect("a path");
    fails(
        &[empty],
        1,
        &format!("summary: {empty}: found an empty file, expected a list of recommendations as CSV"),
    );
}
