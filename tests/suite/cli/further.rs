//! The program's options beside the plain summary: `--statistics`, `--filter` and `--group-by`.

use serde_json::Value;
use std::process::Output;
use support::programs::{json, program, shown, text};
use support::{fixture, scratch};

fn run(arguments: &[&str]) -> Output {
    program("summary", arguments)
}

#[test]
fn statistics_are_shown_and_written_on_demand() {
    let plain = shown(&[]);
    let out = scratch("summary-statistics");
    let shown = shown(&["--statistics", "--out", out.to_str().expect("a path")]);
    let headings = [
        "Share supported, by issue\nUnit: recommendations; each counts under all of its issues\n",
        "Pressed more than others\nUnit: recommendation x recommending State\n",
        "Words typical of noted recommendations\nUnit: recommendations; those supported in part are left out\n",
    ];
    for heading in headings {
        assert!(!plain.contains(heading) && shown.contains(heading), "{shown}");
    }
    // 263 of 347, by Wilson.s formula in Python with z = 1.959964: 0.7102 to 0.8000
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.lines().any(|line| words(line) == "All recommendations 347 263 76% 71% to 80%"), "{shown}");
    assert!(out.join("recommendations.csv").exists() && out.join("statistics/rates_by_issue.csv").exists());
    // without the option, no such folder
    let out = scratch("summary-no-statistics");
    run(&["--out", out.to_str().expect("a path")]);
    assert!(out.join("recommendations.csv").exists() && !out.join("statistics").exists());
}

/// Counted and compared in Python, by the formula of Monroe and others with a prior of 50.
#[test]
fn the_words_of_what_was_noted() {
    let shown = shown(&["--statistics"]);
    let block = &shown[shown.find("\nWords typical of noted recommendations\n").expect("a block")..];
    let first = "  More in noted ones:     death (24 against 9), moratorium (21 against 3),\n    penalty (23 against 8), ";
    assert!(block.contains(first), "{block}");
    assert!(block.contains("how many of the 67 noted and of the 263 supported ones"), "{block}");
}

#[test]
fn statistics_as_json() {
    assert!(json(&["--json"]).get("statistics").is_none());
    let report = json(&["--json", "--statistics"]);
    let rates = &report["statistics"]["share_supported_by_issue"];
    assert_eq!((&rates["all"]["supported"], &rates["all"]["answered"]), (&263.into(), &347.into()));
    assert_eq!(rates["unit"], "recommendations");
    let pressed = &report["statistics"]["pressed_more_than_others"];
    assert_eq!(pressed["unit"], "recommendation_x_state");
    let mut before = f64::INFINITY;
    for row in pressed["rows"].as_array().expect("rows") {
        assert!(row["q_value"].as_f64().expect("a number") < 0.05, "{row}");
        assert!(row["log_odds_ratio"].as_f64().expect("a number") > 0.0, "{row}");
        let z = row["z"].as_f64().expect("a number");
        assert!(z <= before, "the surest first: {row}");
        before = z;
    }
}

#[test]
fn the_same_ask_is_shown_with_its_states() {
    let asks = shown(&["--statistics"]);
    let asks = &asks[asks.find("\nRecommendations that ask for the same thing\n").expect("a block")..];
    let begin = "\nRecommendations that ask for the same thing\nUnit: recommendations; each is in one ask, within its \
                 review\n347 recommendations make ";
    assert!(asks.starts_with(begin), "{asks}");
    let first: Vec<&str> = asks.lines().skip(4).take(4).collect();
    assert!(
        first[0].starts_with("     21  Introduce a federal and state moratorium on the death penalty"),
        "{first:?}"
    );
    assert!(first.iter().any(|line| line.trim_start().starts_with("21 States: ")), "{first:?}");
    assert!(!asks.contains("What returned"), "the bundled list has one cycle");
}

#[test]
fn what_returned_is_shown_where_a_state_has_two_cycles() {
    let list = fixture("two-cycles.csv");
    let list = list.to_str().expect("a path");
    let shown = shown(&[list, "--statistics"]);
    assert!(
        shown.contains(
            "\nWhat returned\nUnit: recommendations of the earlier cycle, and new ones of the later\n"
        ),
        "{shown}"
    );
    let report = json(&[list, "--statistics", "--json"]);
    let returned = &report["statistics"]["returned"][0];
    let count = |value: &Value| value.as_u64().expect("a count");
    let kinds = ["exact", "reworded", "same_issue_and_action"].map(|kind| count(&returned["returned"][kind]));
    assert_eq!(kinds.iter().sum::<u64>() + count(&returned["disappeared"]), count(&returned["earlier"]));
    assert_eq!((count(&returned["earlier"]), count(&returned["later"]), kinds[0]), (9, 10, 1));
    let row = format!(
        "Tuvalu, 1 to 2 9 {} {} {} {} {}",
        kinds[0], kinds[1], kinds[2], returned["disappeared"], returned["new"]
    );
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.lines().any(|line| words(line) == row), "{row}\n{shown}");
    assert!(
        shown.contains("    exact  Abolish the death penalty\n           now: Abolish the death penalty.\n"),
        "{shown}"
    );
    let asks = &report["statistics"]["same_ask"];
    assert_eq!(
        (asks["threshold"].as_f64(), asks["made_more_than_once"].as_array().map(Vec::len)),
        (Some(0.6), Some(0))
    );
}

#[test]
fn a_filter_holds_for_the_screen_the_json_and_the_export() {
    let filter = ["--filter", "issue=death-penalty", "--filter", "regional_group=WEOG"];
    let shown = shown(&[&filter[..], &["--filter", "regional_group=GRULAC"]].concat());
    let line = "Filter: issue=death-penalty,regional_group=GRULAC,regional_group=WEOG; ";
    assert!(shown.replace('\n', " ").contains(line), "{shown}");

    let out = scratch("summary-filtered");
    let report = json(&[&filter[..], &["--json", "--out", out.to_str().expect("a path")]].concat());
    let passed = report["filtered"]["passed"].as_u64().expect("a count");
    assert!(passed > 0 && passed < 36, "{passed}");
    assert_eq!(report["filtered"]["of"], 347);
    assert_eq!(report["recommendations"], passed);
    let mut recommendations = csv::Reader::from_path(out.join("recommendations.csv")).expect("a table");
    assert_eq!(recommendations.records().count() as u64, passed);
    let written = std::fs::read_to_string(out.join("upr.json")).expect("the JSON export");
    let written: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["filtered"]["conditions"], "issue=death-penalty,regional_group=WEOG");
}

#[test]
fn filters_that_cannot_be_followed() {
    for (filter, code, message) in [
        (
            "issue=death-penality",
            1,
            "filter: found the issue \"death-penality\", expected one of the codebook core, such as \"death-penalty\"\n  \
             next: --list-issues prints the codes and labels of all issues\n",
        ),
        (
            "issue=",
            2,
            "filter: found \"issue=\", expected a category after the =, such as issue=death-penalty",
        ),
        ("colour=blue", 2, "dimension: found \"colour\", expected one of "),
    ] {
        let output = run(&["--filter", filter]);
        let said = text(&output.stderr);
        assert!(said.contains(message), "{said}");
        assert_eq!(output.status.code(), Some(code), "{said}");
    }
}

/// A label with a comma is one category, also where nothing matches; a filter leaves no name unsaid.
#[test]
fn what_is_said_of_a_filter() {
    let output = run(&["--filter", "issue=Economic, social and cultural rights in general,position=pending"]);
    assert!(text(&output.stderr).contains("alone, issue=esc-rights matches 12 of 347"));
    let list = support::scratch("filter-names").with_extension("csv");
    std::fs::write(&list, "text,recommending states\nRatify it,Switzerand\nEnd it,Spain\n").expect("a file");
    let list = list.to_str().expect("a path");
    let shown = shown(&[list, "--filter", "recommending_state=Spain"]);
    assert!(shown.contains("kept as written: 1: \"Switzerand\" (Switzerland may be"), "{shown}");
    let folder = run(&["fixtures"]);
    assert_eq!(
        text(&folder.stderr),
        "summary: fixtures: found a folder, expected a list of recommendations\n  next: name the files in it, as in \
         FOLDER/*.csv\n"
    );
}

#[test]
fn counts_by_a_grouping() {
    let shown = shown(&["--group-by", "sdgs"]);
    assert!(shown.contains("Sustainable Development Goals (grouping sdgs 1.0.0)\n"), "{shown}");
    assert!(shown.contains("Unit: recommendations; each counts once under each of its groups\n"), "{shown}");
    assert!(
        shown.contains("\nOutside the grouping ") && shown.contains("\n6 Clean water and sanitation "),
        "{shown}"
    );

    let (codebook, grouping) = (fixture("codebook-climate"), fixture("grouping-climate"));
    let own =
        ["--codebook", codebook.to_str().expect("a path"), "--group-by", grouping.to_str().expect("a path")];
    let report = json(&[&own[..], &["--json"]].concat());
    let counts = report["groups"]["counts"].as_array().expect("counts");
    assert_eq!(counts.len(), 3 + 2);
    assert_eq!(counts[3]["category"], "outside");
    let recommendations = |count: &Value| count["recommendations"].as_u64().expect("a count");
    assert!(counts.iter().map(recommendations).sum::<u64>() >= 347);

    let output = run(&["--codebook", "upr-info", "--group-by", "five-stages"]);
    assert_eq!(output.status.code(), Some(1));
    let said = "summary: grouping five-stages: found no table for the codebook upr-info, expected the codebook \"core\"\n";
    assert_eq!(text(&output.stderr), said);
}
