//! Does the table with one row for each recommendation say what the other tables say?

use std::collections::{BTreeMap, BTreeSet};
use support::{Row, bytes_of, fixture, rows, scratch};
use upr::{Tagger, export};

/// One row each, with what the other tables say in several; on request a column for each issue.
#[test]
fn the_flat_table_says_what_the_others_say() {
    let aspects = upr::Aspect::bundled();
    let tagger = Tagger::core().with_aspects(aspects).expect("bundled codebooks");
    let tagger = tagger.with_actions(upr::code::ActionCoder::new());
    let list = upr::read::path(fixture("usa-2020.csv")).expect("a fixture");
    let coded = tagger.tag(list.clone());
    let folder = scratch("flat");
    export::folder(&folder, &coded).expect("an export");
    let plain = std::fs::read_to_string(folder.join("recommendations_flat.csv")).expect("the table");
    // an export with other columns is one of ours, and its description has each of them
    let files = export::folder_with_issue_columns(&folder, &coded).expect("an export");
    export::may_replace(&folder).expect("an earlier export");
    let text = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    let flat = resources.iter().find(|one| one["path"] == "recommendations_flat.csv").expect("the table");
    let described: Vec<&str> = flat["schema"]["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let table = std::fs::read_to_string(folder.join("recommendations_flat.csv")).expect("the table");
    let header: Vec<&str> =
        table.trim_start_matches('\u{FEFF}').lines().next().expect("a header").split(',').collect();
    assert_eq!(header, described);
    let issues = coded.codebooks().issues().issues();
    let own = plain.trim_start_matches('\u{FEFF}').lines().next().expect("a header").split(',').count();
    assert_eq!(header[own..], issues.iter().map(|issue| &*issue.code).collect::<Vec<_>>());
    let in_parts = scratch("flat-parts");
    let mut parts = export::Folder::create_with_issue_columns(&in_parts, &tagger).expect("a folder");
    parts.write(&coded).expect("a part");
    assert_eq!(parts.finish(&coded.files).expect("an export"), files);
    assert!(bytes_of(&in_parts) == bytes_of(&folder));

    let several = rows(folder.join("recommendations.csv"));
    let labels: BTreeMap<String, String> = rows(folder.join("issues.csv"))
        .into_iter()
        .map(|row| (row["issue"].clone(), row["label"].clone()))
        .collect();
    let tags = rows(folder.join("tags.csv"));
    let states = rows(folder.join("recommending_states.csv"));
    let coded_as = rows(folder.join("aspects.csv"));
    let flat = rows(folder.join("recommendations_flat.csv"));
    assert_eq!(flat.len(), several.len());
    for (row, other) in flat.iter().zip(&several) {
        for column in [
            "id",
            "state_under_review",
            "session",
            "cycle",
            "document",
            "paragraph",
            "text",
            "position",
            "recommending_states",
        ] {
            assert_eq!(row[column], other[column], "{}", row["id"]);
        }
        assert_eq!(row["action_label"][..1], other["action_category"]);
        let joined = |cells: Vec<&String>| cells.into_iter().cloned().collect::<Vec<_>>().join("; ");
        let own: Vec<&Row> = tags.iter().filter(|tag| tag["id"] == row["id"]).collect();
        assert_eq!(row["issue_labels"], joined(own.iter().map(|tag| &labels[&tag["issue"]]).collect()));
        for issue in issues {
            let has = own.iter().any(|tag| tag["issue"] == *issue.code);
            assert_eq!(row[&*issue.code], if has { "1" } else { "0" }, "{} {}", row["id"], issue.code);
        }
        let of = |aspect: &str| {
            let own = coded_as.iter().filter(|one| one["id"] == row["id"] && one["aspect"] == aspect);
            joined(own.map(|one| &one["label"]).collect())
        };
        assert_eq!((&row["sdg_labels"], &row["instrument_labels"]), (&of("sdg"), &of("instrument")));
        let groups: BTreeSet<&String> = states
            .iter()
            .filter(|state| state["id"] == row["id"])
            .map(|state| &state["regional_group"])
            .collect();
        assert_eq!(
            row["regional_groups"].split("; ").map(str::to_string).collect::<BTreeSet<_>>(),
            groups.into_iter().cloned().collect()
        );
    }
    // read again as a list, its labels are not taken for those of the source
    let again = upr::read::path(folder.join("recommendations_flat.csv")).expect("the list again");
    assert_eq!(again.recommendations.len(), list.recommendations.len());
    assert!(again.recommendations.iter().zip(&list.recommendations).all(|(again, first)| {
        (&again.id, &again.text, &again.labels) == (&first.id, &first.text, &first.labels)
    }));
}
