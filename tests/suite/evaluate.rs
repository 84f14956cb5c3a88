//! Are tags compared row by row with the labels in the files, and does the program say what it found? The list and
//! its labels are in `fixtures/evaluation`; the figures here were worked out by hand.

use serde_json::Value;
use std::process::Output;
use support::programs::{program, text};
use support::{fixture, scratch};
use upr::evaluate::{self, Comparison, Crosswalk};
use upr::read::Reader;
use upr::{Codebook, CodedList, Tagger};

fn coded(reader: Reader) -> (Tagger, CodedList) {
    let codebook = Codebook::load(fixture("codebook-climate")).expect("a codebook");
    let tagger = Tagger::new(codebook).expect("a tagger");
    let coded = tagger.tag(reader.path(fixture("evaluation/coded.csv")).expect("a list"));
    (tagger, coded)
}

fn names<T: ToString>(labels: impl IntoIterator<Item = T>) -> Vec<String> {
    labels.into_iter().map(|label| label.to_string()).collect()
}

#[test]
fn each_row_counts_once_with_its_own_labels() {
    let (tagger, coded) = coded(Reader::new().rows_apart());
    assert_eq!(coded.recommendations.len(), 8);
    assert!(coded.account().balances());
    let crosswalk = Crosswalk::by_label(tagger.codebook());
    let comparison = Comparison::of(&coded, &crosswalk).expect("a list with labels");
    let agreement = comparison.agreement();
    assert_eq!((agreement.recommendations(), comparison.without_labels()), (7, 1));
    assert_eq!(agreement.micro().precision, 4.0 / 5.0);
    assert_eq!(agreement.micro().recall, 4.0 / 7.0);
    assert_eq!(agreement.exact_match(), 3.0 / 7.0);
    let action = agreement.label("Climate action").expect("a label");
    assert_eq!((action.support, action.given, action.right, action.kappa), (3, 4, 3, Some(0.72)));
    assert!((agreement.macro_average().f1 - 8.0 / 21.0).abs() < 1e-12);
    assert_eq!(
        comparison.labels_without_issue(),
        [("Fisheries".into(), 1), ("Other".into(), 1)],
        "named, and counted as missing"
    );
    assert!(comparison.issues_never_expected().is_empty() && comparison.issues_not_judged().is_empty());
    assert_eq!(evaluate::issues(&coded).expect("the same"), agreement);
    let states = comparison.by_state_under_review();
    assert_eq!(names(states.keys()), ["Fiji", "Palau"]);
    let mut whole = evaluate::Agreement::new();
    states.into_values().for_each(|state| whole.merge(state));
    assert_eq!(whole, agreement);
}

#[test]
fn a_crosswalk_gives_labels_of_other_names() {
    let (tagger, coded) = coded(Reader::new().rows_apart());
    let compare = |table: &str| {
        let crosswalk = Crosswalk::from_bytes("crosswalk.csv", table.as_bytes(), tagger.codebook());
        let crosswalk = crosswalk.expect("a crosswalk");
        let comparison = Comparison::of(&coded, &crosswalk).expect("a list with labels");
        let rows = comparison.table();
        let given: Vec<String> =
            rows.iter().map(|row| row.text("given").expect("labels").to_string()).collect();
        let (never, silent) = (comparison.issues_never_expected(), comparison.issues_not_judged());
        (given, names(never), names(silent))
    };
    let (given, never, silent) =
        compare("issue;label\nclimate-displacement;Fisheries\nclimate-displacement;CLIMATE ACTION\n");
    assert_eq!(given, ["", "", "Climate action; Fisheries", "", "", "", ""]);
    assert_eq!((never, silent), (vec![], vec!["climate-action".to_string()]));
    let (given, never, silent) = compare("issue;label\nuntagged;Other\nclimate-action;Weather\n");
    assert_eq!(given, ["Weather", "Weather", "Weather", "Weather", "Other", "Other", "Other"]);
    assert_eq!(never, ["climate-action"]);
    assert_eq!(silent, ["climate-displacement"]);
}

#[test]
fn rules_are_counted_by_rows() {
    let (tagger, coded) = coded(Reader::new().rows_apart());
    let crosswalk =
        Crosswalk::load(fixture("evaluation/crosswalk.csv"), tagger.codebook()).expect("a crosswalk");
    let comparison = Comparison::of(&coded, &crosswalk).expect("a list with labels");
    let rules = comparison.rules();
    let uses: Vec<_> = rules
        .iter()
        .map(|rule| {
            let counts =
                ["fires", "alone", "right", "alone_right"].map(|column| rule.count(column).expect("a count"));
            (rule.text("rule").expect("a pattern"), counts)
        })
        .collect();
    let rule = |name, fires, alone, right, alone_right| (name, [fires, alone, right, alone_right]);
    assert_eq!(
        uses,
        [
            rule("{climate}", 2, 1, 1, 0),
            rule("climate <2> (action|adaptation|mitigation|policy|policies|plan*)", 0, 0, 0, 0),
            rule("(reduc*|cut*) <4> emissions", 2, 2, 2, 2),
            rule("Paris Agreement", 1, 0, 1, 0),
            rule("climate of (fear|impunity|trust|intimidation)", 1, 1, 1, 1),
            rule("{moving} <8> ({climate}|disaster*|climate)", 1, 1, 1, 1),
            rule("({climate}|climate) <8> {moving}", 0, 0, 0, 0),
        ]
    );
}

#[test]
fn actions_are_compared_where_the_file_states_one() {
    let (_, coded) = coded(Reader::new().rows_apart());
    let five = evaluate::action(&coded, |_| Some(5));
    assert_eq!((five.recommendations(), five.accuracy()), (8, 5.0 / 8.0));
    let list = b"Text,Action\na,5\nb,6\nc,\nd,five\n";
    let list = Reader::new().rows_apart().bytes("a.csv", list).expect("a list");
    let coded = Tagger::new(Codebook::core()).expect("a tagger").tag(list);
    assert_eq!(evaluate::action(&coded, |_| Some(5)).recommendations(), 1);
}

#[test]
fn faults_are_told_in_one_sentence() {
    let (tagger, merged) = coded(Reader::new());
    let crosswalk = Crosswalk::by_label(tagger.codebook());
    let compare = |coded: &CodedList| Comparison::of(coded, &crosswalk).expect_err("a fault").to_string();
    assert_eq!(
        compare(&merged),
        "coded.csv: found 1 merged row, expected each row apart (Reader::rows_apart)"
    );
    let list = Reader::new().rows_apart().bytes("mine.csv", b"text\nPlant mangroves\n").expect("a list");
    assert_eq!(
        compare(&tagger.tag(list)),
        "mine.csv: found no row with labels of issues, expected a column with the issues that coders gave, such as \
         UPR Info's Issue"
    );
    let crosswalk = |table: &str| {
        let read = Crosswalk::from_bytes("mine.csv", table.as_bytes(), tagger.codebook());
        read.expect_err("a fault").to_string()
    };
    assert_eq!(
        crosswalk("issue,name\nclimate-action,Climate\n"),
        "mine.csv, line 1: found no column \"label\", expected the columns \"issue\" and \"label\""
    );
    assert_eq!(
        crosswalk("issue,label\nclimate-action,\n"),
        "mine.csv, line 2, column label: found an empty cell, expected a label"
    );
    assert_eq!(
        crosswalk("issue,label\nclimate,Climate\n"),
        "mine.csv, line 2, column issue: found \"climate\", expected an issue of the codebook climate, or untagged"
    );
    assert_eq!(crosswalk(""), "mine.csv: found an empty file, expected the columns \"issue\" and \"label\"");
}

fn run(arguments: &[&str]) -> Output {
    program("evaluate", arguments)
}

/// The program's arguments for the list of `fixtures/evaluation`, and more.
fn run_on_fixture(more: &[&str]) -> Output {
    let paths = [fixture("evaluation/coded.csv"), fixture("codebook-climate")];
    let [list, codebook] = paths.each_ref().map(|path| path.to_str().expect("a path"));
    run(&[&[list, "--codebook", codebook], more].concat())
}

#[test]
fn the_program_gives_the_figures_as_json() {
    let output = run_on_fixture(&["--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["recommendations"], 7);
    assert_eq!(report["micro"]["precision"], 0.8);
    assert_eq!(report["micro"]["recall"], 4.0 / 7.0);
    assert_eq!(report["micro"]["f1"], 2.0 / 3.0);
    assert_eq!(report["exact_match"], 3.0 / 7.0);
    assert!((report["macro_f1"].as_f64().expect("a number") - 8.0 / 21.0).abs() < 1e-12);
    let label = &report["labels"][0];
    assert_eq!((label["label"].as_str(), label["support"].as_u64()), (Some("Climate action"), Some(3)));
    assert_eq!(
        (label["precision"].as_f64(), label["recall"].as_f64(), label["kappa"].as_f64()),
        (Some(0.75), Some(1.0), Some(0.72))
    );
    assert_eq!(report["labels"].as_array().map(Vec::len), Some(4));
    assert_eq!(report["codebook"]["name"], "climate");
    assert!(report["micro_f1_interval"]["lower"].is_number());
}

#[test]
fn the_program_shows_figures_and_writes_what_is_to_be_read() {
    let out = scratch("evaluate");
    let (differ, rules) = (out.join("disagreements.csv"), out.join("rules.csv"));
    let crosswalk = fixture("evaluation/crosswalk.csv");
    let output = run_on_fixture(&[
        "--crosswalk",
        crosswalk.to_str().expect("a path"),
        "--disagreements",
        differ.to_str().expect("a path"),
        "--rules",
        rules.to_str().expect("a path"),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
    assert!(shown.contains("      7  rows compared with their labels\n"), "{shown}");
    assert!(shown.contains("Climate action              3     0.750  1.000 0.857 0.720\n"), "{shown}");
    assert!(shown.contains("Fisheries            Other             1\n"), "{shown}");
    assert!(shown.contains("counted as missing: 1\nFisheries (1)\n"), "{shown}");
    let differ = std::fs::read_to_string(differ).expect("a table");
    let rows: Vec<&str> = differ.lines().collect();
    assert_eq!(rows.len(), 4, "{differ}");
    assert!(rows[1].contains(",coded.csv,4,Fiji,Plan for the relocation"), "{}", rows[1]);
    let evidence = "climate-action: \"\"climate change\"\" [{climate}]; climate-displacement: \"\"relocation of villages \
                    threatened by climate\"\" [{moving} <8> ({climate}|disaster*|climate)]";
    assert!(rows[1].contains(evidence), "{}", rows[1]);
    let rules = std::fs::read_to_string(rules).expect("a table");
    assert!(rules.contains("\nclimate-action,include,(reduc*|cut*) <4> emissions,4,2,2,2,2\n"), "{rules}");
}

#[test]
fn the_program_takes_a_bundled_grouping_for_a_crosswalk() {
    let list = fixture("upr-info.csv");
    let list = list.to_str().expect("a path");
    let output = run(&[list, "--codebook", "core", "--crosswalk", "upr-info", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let labels = report["labels"].as_array().expect("labels");
    let death_penalty =
        labels.iter().find(|label| label["label"] == "Death penalty").expect("a label of UPR Info");
    assert_eq!(death_penalty["f1"], 1.0);
}

#[test]
fn the_program_tells_faults_in_one_sentence() {
    let fails = |arguments: &[&str], code: i32, message: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(code));
        let said = text(&output.stderr);
        assert!(said.starts_with(message), "{said}");
    };
    let list = fixture("usa-2020.csv");
    let list = list.to_str().expect("a path");
    fails(
        &[list],
        1,
        "evaluate: usa-2020.csv: found no row with labels of issues, expected a column with the issues that coders \
         gave, such as UPR Info's Issue\n",
    );
    fails(
        &[list, "--codebook", "no-such-codebook"],
        1,
        "evaluate: codebook: found neither a name nor a folder \"no-such-codebook\", expected one of \"core\" and \"upr-info\", or a folder",
    );
    fails(&[list, "--crosswalk", "no-such-table"], 1, "evaluate: no-such-table: cannot be read\n  because: ");
    fails(&[], 2, "error: the following required arguments were not provided:\n  <FILES>...");
}
