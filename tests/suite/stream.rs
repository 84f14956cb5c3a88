//! Is a streamed list what it is in memory, and are parts what the whole is?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::programs::example;
use support::programs::text;
use support::{bytes_of, fixture, scratch};
use upr::export::{self, Folder};
use upr::read::Reader;
use upr::{Codebook, Tagger, Tally};

/// An export of reviews as they come.
fn export_in_parts(out: &Path, lists: &[PathBuf], tagger: &Tagger) -> upr::Result<Vec<String>> {
    let mut folder = Folder::create(out, tagger)?;
    let mut reviews = Reader::new().reviews(lists);
    for part in &mut reviews {
        folder.write(&tagger.tag(part?))?;
    }
    folder.finish(reviews.files())
}

/// All tables, aspects and actions too.
#[test]
fn streamed_tables_have_the_bytes_of_those_in_memory() {
    let coder = upr::code::ActionCoder::new();
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let tagger =
        tagger.with_aspects(upr::Aspect::bundled()).expect("the bundled aspects").with_actions(coder);
    for lists in [
        ["usa-2020.csv"].as_slice(),
        &["semicolon-windows-1252.csv", "utf-8-bom.csv"],
        &["utf-16.tsv", "lists.csv"],
        &["upr-info.csv", "uhri.csv"],
        &["two-cycles.csv"],
    ] {
        let paths: Vec<PathBuf> = lists.iter().map(|name| fixture(name)).collect();
        let (held, flowed) = (scratch("held"), scratch("flowed"));
        let coded = tagger.tag(Reader::new().paths(&paths).expect("a list"));
        let files = export::folder(&held, &coded).expect("an export");
        let written =
            export_in_parts(&flowed, &paths, &tagger).unwrap_or_else(|error| panic!("{lists:?}: {error}"));
        assert_eq!(written, files, "{lists:?}");
        let package = std::fs::read(flowed.join("datapackage.json")).expect("a description");
        let package: serde_json::Value = serde_json::from_slice(&package).expect("JSON");
        assert_eq!(package["account"], serde_json::to_value(coded.account()).expect("JSON"), "{lists:?}");
        let (held, flowed) = (bytes_of(&held), bytes_of(&flowed));
        assert_eq!(held.keys().collect::<Vec<_>>(), flowed.keys().collect::<Vec<_>>());
        for (file, bytes) in held {
            assert_eq!(text(&bytes), text(&flowed[&file]), "{file} of {lists:?}");
        }
    }
}

/// An export that broke off must not look like one that is finished, nor replace one that is.
#[test]
fn a_list_that_breaks_off_leaves_the_earlier_export() {
    let folder = scratch("broken-off");
    let list = folder.join("list.csv");
    std::fs::write(&list, "To,Session,Text\nChad,35,Ratify CED\nPeru,35,Ratify CED\nChad,35,Ratify CAT\n")
        .expect("a file");
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let out = folder.join("out");
    export_in_parts(&out, &[fixture("upr-info.csv")], &tagger).expect("an export");
    assert!(out.join("datapackage.json").exists());
    let before = bytes_of(&out);
    let error = export_in_parts(&out, &[list], &tagger).expect_err("a review that comes back");
    assert!(error.to_string().contains("the review TCD-35 again"), "{error}");
    assert_eq!(bytes_of(&out), before);
    let left: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

fn run_split(arguments: &[&str], input: &str) -> std::process::Output {
    let mut child = Command::new(example("split"))
        .args(arguments)
        .current_dir(support::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // a program that refuses its options does not read
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), input.as_bytes()).ok();
    child.wait_with_output().expect("an end")
}

fn split(arguments: &[&str], input: &str) -> String {
    let output = run_split(arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn refused(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let output = run_split(arguments, input);
    assert!(!output.status.success(), "{arguments:?}");
    (output.status.code(), text(&output.stderr))
}

/// One process, three processes, and the library in this one.
#[test]
fn processes_count_what_one_counts() {
    let lists =
        ["upr-info.csv", "two-cycles.csv", "usa-2020.csv"].map(|name| fixture(name).display().to_string());
    let one = split(&lists.each_ref().map(String::as_str), "");
    let parts: String = lists.iter().map(|list| split(&[list], "")).collect();
    assert_eq!(split(&["--merge"], &parts), one);
    let tallies: Vec<Tally> = serde_json::from_str(&one).expect("tallies");
    let coded = Tagger::core().tag(Reader::new().paths(&lists).expect("lists"));
    for tally in &tallies {
        assert_eq!(*tally, Tally::of(&coded, tally.dimensions()));
    }
    assert_eq!((tallies.len(), tallies[0].total().recommendations), (3, coded.recommendations.len() as u64));
}

/// What is coded beside the issues is coded where it is counted.
#[test]
fn parts_are_counted_by_aspects_and_actions_too() {
    let list = fixture("upr-info.csv").display().to_string();
    let counted = split(&[&list, "--by", "sdg", "--by", "action_category,position"], "");
    let tallies: Vec<Tally> = serde_json::from_str(&counted).expect("tallies");
    for tally in &tallies {
        assert!(tally.iter().all(|(cell, _)| &*cell[0] != upr::count::NOT_CODED), "{:?}", tally.dimensions());
    }
    assert_eq!(tallies.len(), 2);
}

/// As an engine calls it: rows of whole reviews in, a line of tallies out, and the lines merged.
#[test]
fn partitions_of_rows_merge_to_the_whole() {
    let lists = [fixture("upr-info.csv"), fixture("two-cycles.csv")];
    let held = Reader::new().paths(&lists).expect("lists");
    let mut reviews: BTreeMap<(String, String), String> = BTreeMap::new();
    for made in &held.recommendations {
        let session = made.session.as_ref().expect("a session").to_string();
        let under_review = made.state_under_review.as_ref().expect("a State").name().to_string();
        // a joint recommendation is a row for each of its States, as in the export
        for from in &made.recommending_states {
            let row = serde_json::json!({
                "To": under_review,
                "Session": session,
                "Number": made.paragraph,
                "Text": made.text,
                "From": from.given,
                "Response": made.position.as_ref().map(|position| position.given.clone()),
            });
            *reviews.entry((under_review.clone(), session.clone())).or_default() += &format!("{row}\n");
        }
    }
    assert!(reviews.len() > 1);
    let lines: String =
        reviews.values().map(|rows| split(&["--rows"], rows)).chain([split(&["--rows"], "")]).collect();
    assert_eq!(
        split(&["--merge"], &lines),
        split(&lists.each_ref().map(|list| list.to_str().expect("a name")), "")
    );
}

/// Tallies of different codebooks are not added up.
#[test]
fn tallies_of_different_codebooks_do_not_merge() {
    let row = "{\"To\": \"Chad\", \"Session\": \"5\", \"Text\": \"Abolish the death penalty\"}\n";
    let climate = ["--rows", "--codebook", "fixtures/codebook-climate"];
    let lines = split(&["--rows"], row) + &split(&climate, row);
    let (code, said) = refused(&["--merge"], &lines);
    assert_eq!(code, Some(1));
    let expected = "split: standard input, line 2: tally: found one of a list coded with climate ";
    assert!(
        said.starts_with(expected) && said.contains(", expected one of a list coded with core "),
        "{said}"
    );
    let (_, said) =
        refused(&["--merge"], &(split(&["--rows"], row) + &split(&["--rows", "--by", "issue"], row)));
    assert_eq!(said, "split: standard input, line 2: found 1 tally, expected 3\n");
    let (_, said) = refused(&["--rows", "--by", "issue,colour"], "");
    assert!(said.contains("\"colour\""), "{said}");
    let (_, said) = refused(&["--merge"], "{}\n");
    assert!(said.starts_with("split: standard input, line 1: "), "{said}");
}

/// What the page on engines shows is the program that `tests/engines/run` runs.
#[test]
fn the_page_on_engines_shows_the_program() {
    let read =
        |name: &str| std::fs::read_to_string(support::root().join(name)).expect("a file").replace('\r', "");
    let (page, program) = (read("src/read/ENGINES.md"), read("examples/split_engines.py"));
    let shown: Vec<&str> =
        page.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(shown.len(), 3);
    for shown in shown {
        assert!(program.contains(shown), "examples/split_engines.py does not hold\n{shown}");
    }
}
