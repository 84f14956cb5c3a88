//! Do the short example programs do what they say: lists to JSON, texts coded by threads, files counted by processes, and
//! all in memory?

use std::io::Write;
use std::process::{Command, Stdio};
use support::fixture;
use support::programs::{example, program, text};
use upr::read::Reader;
use upr::{Dimension, Tagger, Tally};

#[test]
fn three_files_become_one_document() {
    let lists = ["upr-info.csv", "two-cycles.csv", "climate-list.csv"]
        .map(|name| fixture(name).display().to_string());
    let output = program("to_json", &lists.each_ref().map(String::as_str));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = Reader::new().paths(&lists).expect("lists").recommendations.len();
    assert_eq!(document["recommendations"].as_array().map(Vec::len), Some(expected));
    assert_eq!(document["account"]["recommendations"], expected);

    let output = program("to_json", &["no-list.csv"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("no-list.csv: cannot be read"), "{}", text(&output.stderr));
}

/// What `service` prints with this number of threads.
fn answers(threads: &str, texts: &str) -> String {
    let mut command = Command::new(example("service"));
    let command = command.arg(threads).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut service = command.spawn().expect("the program starts");
    let mut input = service.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // the answers fill their pipe while texts are still sent
        scope.spawn(move || input.write_all(texts.as_bytes()));
        let output = service.wait_with_output().expect("an end");
        assert!(output.status.success());
        text(&output.stdout)
    })
}

#[test]
fn threads_answer_in_the_order_of_the_texts() {
    let list = upr::read::path(fixture("usa-2020.csv")).expect("a list");
    let texts: Vec<String> = list.recommendations.iter().map(|made| made.text.replace('\n', " ")).collect();
    let input = texts.join("\n") + "\n";
    let one = answers("1", &input);
    assert_eq!(answers("4", &input), one);

    let tagger = Tagger::core();
    assert_eq!(one.lines().count(), texts.len());
    for (line, text) in one.lines().zip(&texts) {
        let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(answer["text"], text.as_str());
        let found: Vec<&str> = answer["issues"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|issue| issue["issue"].as_str())
            .collect();
        let coding = tagger.code(text.as_str()).coding;
        assert_eq!(found, coding.tags.iter().map(|tag| &*tag.code).collect::<Vec<_>>(), "{text}");
    }
}

/// It answers each text before it is sent the next one.
#[test]
fn a_text_is_answered_at_once() {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new(example("service"));
    let mut service =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = service.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(service.stdout.take().expect("a pipe")).lines();
    for wanted in ["Abolish the death penalty", "Train the police"] {
        writeln!(input, "{wanted}").expect("a reader");
        let answer = answers.next().expect("an answer").expect("UTF-8");
        assert!(answer.contains(wanted), "{answer}");
    }
    drop(input);
    assert!(service.wait().expect("an end").success());
}

#[test]
fn a_codebook_a_grouping_and_an_evaluation_need_no_files() {
    let output = program("in_memory", &[]);
    assert_eq!(
        text(&output.stdout),
        "toilets: 2 recommendations\n\
         goal-6: 3 recommendations\n\
         Toilets: precision 1.00, recall 0.67\n\
         Water: precision 1.00, recall 1.00\n\
         disagree: Repair the latrines of the main hospital\n"
    );
}

#[test]
fn processes_count_what_one_process_counts() {
    let lists = ["two-cycles.csv", "climate-list.csv"].map(|name| fixture(name).display().to_string());
    let output = program("processes", &lists.each_ref().map(String::as_str));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    let coded = Tagger::core().tag(Reader::new().paths(&lists).expect("lists"));
    let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::Position]);
    let expected =
        tally.iter().map(|(cell, count)| format!("{},{},{}\n", cell[0], cell[1], count.recommendations));
    assert_eq!(shown, "issue,position,recommendations\n".to_string() + &expected.collect::<String>());
    assert!(!program("processes", &["no-list.csv"]).status.success());
}
