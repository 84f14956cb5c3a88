//! Does `summary` print one table in place of the summary, by any two dimensions, and is it the library's?

use support::programs::{json, program, shown, summary};
use support::usa;
use upr::code::ActionCoder;
use upr::statistics::CrossTabulation;
use upr::{Aspect, Dimension, Unit};

/// What is printed for a spreadsheet, after the byte-order mark.
#[track_caller]
fn printed_as_csv(arguments: &[&str]) -> String {
    let printed = summary(&[arguments, &["--format", "csv"]].concat());
    printed.strip_prefix('\u{FEFF}').expect("a byte-order mark").to_string()
}

#[test]
fn two_dimensions_are_crossed_with_totals_and_the_unit() {
    let table = shown(&["--filter", "issue=death-penalty", "--by", "regional_group", "--and", "position"]);
    let expected = "
Regional group by position
Unit: recommendations; 36 in all, each counted once in every total.
regional group supported supported noted total
                           in part
Africa                 1         0     1     2
Asia                   2         0     2     4
EEG                    1         0     6     7
GRULAC                 2         1     1     4
WEOG                   4         1    14    19
total                 10         2    24    36
  1 column without recommendations is hidden
";
    assert!(table.ends_with(expected), "{table}");
    let pairs = shown(&["--by", "regional group", "--and", "position", "--unit", "recommendation-x-state"]);
    let unit = "Unit: recommendation x recommending State; 357 in all, each counted once in every total.";
    assert!(pairs.replace('\n', " ").contains(unit), "{pairs}");
}

/// Columns that don't fit stand in blocks, each with the names of the rows; no line is cut.
#[test]
fn wide_tables_come_in_blocks() {
    let table =
        shown(&["--filter", "issue=housing,policing", "--by", "recommending_state", "--and", "issue"]);
    assert!(table.contains("\nColumns 1 to "), "{table}");
    assert_eq!(table.matches("\nAzerbaijan ").count(), table.matches("\nColumns ").count(), "{table}");
    assert_eq!(table.matches(" total\n").count(), 1, "the totals stand in the last block: {table}");
}

/// Every pair of dimensions, by both units: the CSV is the library's.
#[test]
fn any_two_dimensions_are_the_librarys_table() {
    let (tagger, _) = usa();
    let tagger = tagger.with_aspects(Aspect::bundled()).expect("a tagger").with_actions(ActionCoder::new());
    let list = upr::read::Reader::new().state_under_review("USA").session("36").document("A/HRC/46/15");
    let list = list.path(support::fixture("usa-2020.csv")).expect("the bundled list");
    let coded = tagger.tag(list);
    for (at, &by) in Dimension::ALL.iter().enumerate() {
        let and = Dimension::ALL[(at + 3) % Dimension::ALL.len()];
        let (unit, name) = match at % 2 {
            0 => (Unit::Recommendations, "recommendations"),
            _ => (Unit::RecommendationXState, "recommendation-x-state"),
        };
        let csv = printed_as_csv(&["--by", by.as_str(), "--and", and.as_str(), "--unit", name]);
        let expected = CrossTabulation::of(&coded, by, and, unit).long_table().to_csv();
        let with_unit: Vec<String> = expected
            .lines()
            .enumerate()
            .map(|(at, line)| format!("{line},{}", if at == 0 { "unit" } else { unit.as_str() }))
            .collect();
        assert_eq!(csv.lines().collect::<Vec<_>>(), with_unit, "{by:?} {and:?}");
    }
}

#[test]
fn one_dimension_alone() {
    let csv = printed_as_csv(&["--by", "position"]);
    let expected = "position,count,total,share_of_total,unit\nsupported,263,347,0.7579250720461095,recommendations\n\
                    supported_in_part,17,347,0.04899135446685879,recommendations\nnoted,67,347,0.19308357348703170,recommendations\n\
                    pending,0,347,0,recommendations\n";
    // shares by Python: 263 / 347 and so on
    let numbers = |csv: &str| -> Vec<Vec<String>> {
        let cell =
            |cell: &str| cell.parse::<f64>().map_or(cell.to_string(), |number| format!("{number:.12}"));
        csv.lines().map(|line| line.split(',').map(cell).collect()).collect()
    };
    assert_eq!(numbers(&csv), numbers(expected));
    let report = json(&["--by", "sdg", "--json"]);
    assert_eq!(
        (&report["dimension"], &report["unit"], &report["total"]),
        (&"sdg".into(), &"recommendations".into(), &347.into())
    );
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(18), "17 goals, and untagged");
    assert!(
        shown(&["--by", "sdg"]).contains("\nSustainable Development Goal\nUnit: recommendations; 347 in all")
    );
}

#[test]
fn a_table_as_json_names_codebook_filter_and_unit() {
    let report = json(&["--filter", "issue=icc", "--by", "issue", "--and", "session", "--format", "json"]);
    assert_eq!(report["codebook"]["name"], "core");
    assert_eq!(report["filtered"]["conditions"], "issue=icc");
    assert_eq!(
        (&report["rows"], &report["columns"], &report["unit"]),
        (&"issue".into(), &"session".into(), &"recommendations".into())
    );
    assert!(report["explanation"].as_str().is_some_and(|text| text.starts_with("Unit: recommendations; ")));
    assert_eq!(report["total"], report["filtered"]["passed"]);
    // --json is short for it
    let output =
        program("summary", &["--filter", "issue=icc", "--by", "issue", "--and", "session", "--json"]);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON"), report);
}

/// `--top` leaves the largest rows of a table, and all totals.
#[test]
fn the_largest_rows_of_a_table() {
    let table = shown(&["--by", "recommending_state", "--top", "3"]);
    assert!(table.contains("The 3 largest of "), "{table}");
    assert_eq!(table.split("recommending State").last().unwrap_or_default().lines().count(), 5, "{table}");
    let csv = printed_as_csv(&["--by", "regional_group", "--and", "position", "--top", "1"]);
    assert!(csv.lines().skip(1).all(|line| line.starts_with("Asia,") && line.contains(",347,")), "{csv}");
}
