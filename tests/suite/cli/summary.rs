//! Does the program `summary` count the bundled list and lists of one's own?

use std::process::Output;
use support::programs::{program, shown, text};
use support::{fixture, scratch};

fn run(arguments: &[&str]) -> Output {
    program("summary", arguments)
}

#[test]
fn without_files_it_shows_the_bundled_list() {
    let output = run(&["--all"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(shown.contains("    347  recommendations\n"), "{shown}");
    assert!(shown.contains("    357  recommendation–State pairs\n"), "{shown}");
    assert!(!shown.contains('\x1b'), "no colour but on a terminal");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

/// What a user sees without scrolling, whatever the list.
#[test]
fn the_summary_fits_one_screen() {
    let lists: [&[&str]; 6] = [
        &[],
        &["fixtures/reports/first-cycle.txt"],
        &["fixtures/upr-info.csv"],
        &["fixtures/quirks.csv"],
        &["--filter", "issue=Death penalty"],
        &["fixtures/languages/rapport-fr.txt", "--language", "fr"],
    ];
    for list in lists {
        let shown = shown(list);
        let lines = shown.lines().count();
        assert!(lines < 40, "{list:?}: {lines} lines\n{shown}");
        assert!(shown.contains("\nNext: "), "{list:?}\n{shown}");
    }
    let two = shown(&["fixtures/upr-info.csv"]);
    assert!(two.contains("\nUnder review: "), "{two}");
    let filtered = shown(&["--filter", "issue=Death penalty"]);
    assert!(filtered.contains("\nUSA-36-26.59  noted; Timor-Leste\n"), "{filtered}");
    assert!(filtered.contains(" more: --list prints them\n"), "{filtered}");
    assert!(filtered.ends_with("--filter 'issue=Death penalty' --all\n"), "{filtered}");
}

/// The commands at the end can be typed as they are.
#[test]
fn the_commands_that_go_on_work() {
    let shown = shown(&["fixtures/quirks.csv"]);
    let commands = shown.split_once("Next: ").expect("commands").1;
    for command in commands.lines() {
        let words: Vec<&str> = command.split_whitespace().collect();
        assert_eq!(words[0], "summary", "{command}");
        // a page would be written where the tests run
        if !words.contains(&"--report") {
            let output = run(&words[1..]);
            assert!(output.status.success(), "{command}: {}", text(&output.stderr));
        }
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

/// A reader who counts the numbers of a report must find the same.
#[test]
fn numbers_that_hold_several_recommendations_are_told() {
    let report = fixture("reports/first-cycle.txt");
    let report = report.to_str().expect("a path");
    let shown = text(&run(&[report]).stdout);
    assert!(
        shown.contains("15 recommendations, 22 recommendation–State pairs, 14 numbered paragraphs;"),
        "{shown}"
    );
    let shown = text(&run(&[report, "--all"]).stdout);
    let totals = "     15  recommendations\n     22  recommendation–State pairs\n     14  numbered paragraphs (some contain several recommendations)\n      1  rejected row\n";
    assert!(shown.contains(totals), "{shown}");
    assert!(!text(&run(&[]).stdout).contains("numbered paragraphs"), "one for each");
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
        second.starts_with("AUT-37-101.2,Austria,AUT,37,3,A/HRC/47/12,para. 101.2,Consider a moratorium"),
        "{second}"
    );
    assert!(text(&output.stdout).contains("; codebook climate 1.0.0"), "{}", text(&output.stdout));
}

#[test]
fn rejected_rows_are_shown_and_are_no_failure() {
    let list = fixture("quirks.csv").display().to_string();
    let short = text(&run(&[&list]).stdout);
    let rejected =
        "! rejected rows: 6, the first: quirks.csv, row 3: found 2 fields, expected 5 as\n  in the header\n";
    assert!(short.contains(rejected), "{short}");
    assert!(short.contains("! States not recognised, kept as written: 1: \"Atlantis\"\n"), "{short}");
    let output = run(&[&list, "--all"]);
    assert!(output.status.success());
    let shown = text(&output.stdout);
    assert!(shown.contains("quirks.csv, row 3: found 2 fields, expected 5 as in the header"), "{shown}");
    assert!(shown.contains("State \"Atlantis\" in 1 recommendation"), "{shown}");
}

/// A misspelt name is read, and said: on the screen, in the JSON and in the export. Another form is no mistake.
#[test]
fn corrected_names_are_shown() {
    let folder = scratch("summary-corrected");
    let path = folder.join("list.csv");
    let rows = "text,from\nRatify it,Ivory Coast\nAbolish it,\"Spian, Peru\"\nEnd it,Spian + Kenia\n";
    std::fs::write(&path, rows).expect("a file");
    let list = path.to_str().expect("a path");
    let out = folder.join("out");
    let short = text(&run(&[list]).stdout);
    assert!(short.contains("\n! other spellings recognised: 2, such as \"Kenia\" as Kenya\n"), "{short}");
    let shown = text(&run(&[list, "--all", "--out", out.to_str().expect("a path")]).stdout);
    let expected = "
Other spellings recognised (2)
  \"Spian\" as Spain: 2, first in list.csv, row 3
  \"Kenia\" as Kenya: 1, first in list.csv, row 4
";
    assert!(shown.ends_with(expected), "{shown}");
    assert_eq!(
        text(&run(&[list, "--by", "position"]).stderr),
        "summary: other spellings recognised: 2, such as \"Kenia\" as Kenya; summary --all lists them\n"
    );
    let report: serde_json::Value = serde_json::from_slice(&run(&[list, "--json"]).stdout).expect("JSON");
    assert_eq!(report["corrected"]["Spian"]["read_as"], "Spain");
    assert_eq!(report["corrected"].as_object().map(|names| names.len()), Some(2));
    assert_eq!(
        std::fs::read_to_string(out.join("corrected.csv")).expect("a table"),
        "\u{FEFF}given,read_as,iso3,recommendations,source_file,source_row\n\
         Kenia,Kenya,KEN,1,list.csv,4\nSpian,Spain,ESP,2,list.csv,3\n"
    );
}
