//! What did a final report change in its draft? The lists and the changes to find are in `fixtures/changes`.

use support::programs::{program, shown, summary, text};
use support::{fixture, rows};
use upr::Table;
use upr::compare::changes;
use upr::read::{Reader, RecommendationList};

fn list(name: &str) -> RecommendationList {
    let reader = Reader::new().state_under_review("Nauru").session(50);
    reader.path(fixture("changes").join(name)).expect("a list")
}

/// Kind, before and after of each change.
fn found(table: &Table) -> Vec<[String; 3]> {
    let cell = |row: &upr::statistics::Row<'_>, column: &str| row.text(column).expect("a text").to_string();
    table.iter().map(|row| ["change", "earlier", "later"].map(|column| cell(&row, column))).collect()
}

#[test]
fn every_change_is_listed() {
    let expected: Vec<[String; 3]> = rows(fixture("changes/expected.csv"))
        .iter()
        .map(|row| ["change", "earlier", "later"].map(|column| row[column].clone()))
        .collect();
    let table = changes(&list("draft.csv"), &list("report.csv"));
    assert_eq!(found(&table), expected);
    let first = table.iter().next().expect("a change");
    assert_eq!(
        (first.text("earlier_id"), first.text("later_id")),
        (Some("NRU-50-6.1"), Some("NRU-50-140.1"))
    );
    assert_eq!((first.text("state_under_review"), first.text("session")), (Some("Nauru"), Some("50")));
}

#[test]
fn nothing_changes_in_the_same_list_in_another_order() {
    let one = list("draft.csv");
    let mut other = one.clone();
    other.recommendations.reverse();
    assert_eq!(changes(&one, &one).rows.len(), 0);
    assert_eq!(changes(&one, &other).rows.len(), 0);
}

/// What is added on the way there is removed on the way back.
#[test]
fn back_is_the_reverse() {
    let (draft, report) = (list("draft.csv"), list("report.csv"));
    let sorted = |table: &Table, back: bool| {
        let mut found: Vec<[String; 3]> = found(table);
        for [change, earlier, later] in &mut found {
            if back {
                std::mem::swap(earlier, later);
                *change = match change.as_str() {
                    "added" => "removed".to_string(),
                    "removed" => "added".to_string(),
                    other => other.to_string(),
                };
            }
        }
        found.sort();
        found
    };
    assert_eq!(sorted(&changes(&draft, &report), false), sorted(&changes(&report, &draft), true));
}

/// A list of all States is compared review by review.
#[test]
fn reviews_are_compared_with_themselves() {
    let read = |table: &str| Reader::new().bytes("list.csv", table.as_bytes()).expect("a list");
    let before = read("to,session,text,from\nKenya,35,Abolish torture,Chad\nPeru,35,Abolish torture,Togo\n");
    let after = read("to,session,text,from\nPeru,35,Abolish torture,Togo\nKenya,49,Abolish torture,Chad\n");
    let table = changes(&before, &after);
    let kinds: Vec<_> = table.iter().map(|row| row.text("change").expect("a kind").to_string()).collect();
    assert_eq!(kinds, ["added", "removed"]);
}

#[test]
fn the_program_shows_an_overview() {
    let [draft, report] = ["draft.csv", "report.csv"].map(|name| fixture("changes").join(name));
    let [draft, report] = [&draft, &report].map(|path| path.to_str().expect("a path in UTF-8"));
    let options = ["--changed-since", draft, "--state-under-review", "Nauru", "--session", "50"];
    let all = shown(&[&[report], &options[..]].concat());
    let expected = "\
Changes since draft.csv
Unit: recommendations
      8  before
      8  now
      5  with the same words and States

Added (1)
  NRU-50-140.9: Open the archives of the transition

Removed (1)
  NRU-50-6.4: Free all journalists who are detained for their work

Other words (1)
  NRU-50-140.3: Train the police and prison staff in human rights, in every
    province of the country [before: Train the police in human rights, in every
    province]

Other recommending States (1)
  NRU-50-140.1: Chad [before: Chad; Togo]

Other positions (6)
  5 supported [before: none]
  1 noted [before: none]

Other numbers (7)
  5 numbers are 140.N [before: 6.N]
  NRU-50-140.4: 140.4 [before: 6.5]
  NRU-50-140.5: 140.5 [before: 6.7]
";
    assert!(all.ends_with(expected), "{all}");
    let csv = summary(&[&[report], &options[..], &["--format", "csv"]].concat());
    let table = changes(&list("draft.csv"), &list("report.csv")).to_csv();
    assert_eq!(csv.trim_start_matches('\u{feff}'), table);
    let output = program("summary", &[report, "--changed-since", "no-such.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("summary: no-such.csv: cannot be read"));
}
