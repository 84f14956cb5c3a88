//! The program's options beside the plain summary: `--statistics`, `--filter` and `--group-by`.

use crate::summary::{run, text};
use crate::{fixture, scratch};
use serde_json::Value;

fn shown(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
    shown
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn statistics_are_shown_and_written_on_demand() {
    let plain = shown(&[]);
    let out = scratch("summary-statistics");
    let shown = shown(&["--statistics", "--out", out.to_str().expect("a path")]);
    let headings = [
        "Share supported, by issue\nUnit: recommendations; each counts under all of its issues\n",
        "Pressed more than others\nUnit: recommendation x recommending State\n",
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

#[test]
fn statistics_as_json() {
    assert!(json(&["--json"]).get("statistics").is_none());
    let report = json(&["--json", "--statistics"]);
    let rates = &report["statistics"]["share_supported_by_issue"];
    assert_eq!((&rates["all"]["supported"], &rates["all"]["answered"]), (&263.into(), &347.into()));
    assert_eq!(rates["options"]["unit"], "recommendations");
    let pressed = &report["statistics"]["pressed_more_than_others"];
    assert_eq!(pressed["options"]["unit"], "recommendation_x_state");
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
            "filter: found the issue \"death-penality\", expected one of the codebook core, such as \"death-penalty\"",
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
