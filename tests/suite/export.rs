//! Does the export hold what was read, in files that other tools understand, the same bytes each time?

use std::collections::{BTreeMap, BTreeSet};
use support::{Row, bytes_of, fixture, rows, scratch, usa};
use upr::export::{self, JsonOptions, guarded, unguarded};
use upr::{Codebook, CodedList, StoredList, Tagger};

fn coded(file: &str) -> (Tagger, CodedList) {
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let list = upr::read::path(fixture(file)).expect("a fixture");
    let coded = tagger.tag(list);
    (tagger, coded)
}

#[test]
fn tables_begin_with_the_columns_that_were_promised() {
    let (_, coded) = usa();
    let folder = scratch("columns");
    export::folder(&folder, &coded).expect("an export");
    for (file, columns) in [
        (
            "recommendations.csv",
            "id,state_under_review,sur_iso3,session,cycle,document,paragraph,text,position,source_file,source_row",
        ),
        (
            "recommendations_flat.csv",
            "id,state_under_review,session,cycle,document,paragraph,text,recommending_states,regional_groups,\
             number_of_states,position,action_label,issue_labels,theme_labels,instrument_labels,sdg_labels",
        ),
        ("recommending_states.csv", "id,state,iso3,m49,regional_group"),
        ("tags.csv", "id,issue,theme,status"),
        ("evidence.csv", "id,issue,rule,start,end,matched"),
        ("rejects.csv", "source_file,source_row,reason,raw"),
        ("warnings.csv", "source_file,warning"),
        ("counts_by_issue.csv", "issue,label,theme,recommendations,recommendation_x_state"),
        ("counts_by_theme.csv", "theme,label,recommendations,recommendation_x_state"),
        (
            "counts_by_recommending_state.csv",
            "state,iso3,regional_group,recommendations,recommendation_x_state",
        ),
        ("counts_by_regional_group.csv", "regional_group,recommendations,recommendation_x_state"),
        ("issue_by_recommending_state.csv", "issue,state,iso3,recommendations,recommendation_x_state"),
        ("issue_by_regional_group.csv", "issue,regional_group,recommendations,recommendation_x_state"),
    ] {
        let text = std::fs::read_to_string(folder.join(file)).expect("a table in UTF-8");
        let header = text.lines().next().and_then(|line| line.strip_prefix('\u{FEFF}'));
        let header = header.expect("a header after a byte-order mark");
        assert!(header == columns || header.starts_with(&format!("{columns},")), "{file}: {header}");
    }
}

/// Every column of every file is described, and nothing else.
#[test]
fn the_data_package_describes_every_column() {
    let (tagger, coded) = usa();
    let folder = scratch("package");
    let files = export::folder(&folder, &coded).expect("an export");
    let text = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(package["codebook"]["name"], "core");
    assert_eq!(package["codebook"]["version"], tagger.codebook().about().version);
    assert_eq!(package["codebook"]["hash"], tagger.codebook().about().hash);
    let resources = package["resources"].as_array().expect("resources");
    let mut described: BTreeSet<String> = BTreeSet::from(["datapackage.json".to_string()]);
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        described.insert(path.to_string());
        let mut reader = csv::Reader::from_path(folder.join(path)).expect("the file it describes");
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_string).collect();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<String> =
            fields.iter().map(|f| f["name"].as_str().expect("a name").to_string()).collect();
        assert_eq!(header, names, "{path}");
        for row in reader.records() {
            let row = row.expect("a row");
            for (field, cell) in fields.iter().zip(row.iter()) {
                assert!(!field["description"].as_str().expect("a description").is_empty());
                let number = field["type"] == "integer";
                assert!(
                    !number || cell.is_empty() || cell.parse::<u64>().is_ok(),
                    "{path}: {field} holds {cell}"
                );
            }
        }
    }
    assert_eq!(described, files.iter().cloned().collect());
    assert_eq!(described, bytes_of(&folder).into_keys().collect());
}

#[test]
fn offsets_count_characters_and_lead_to_the_words() {
    for file in ["usa-2020.csv", "upr-info.csv", "quirks.csv", "semicolon-windows-1252.csv"] {
        let (_, coded) = coded(file);
        let folder = scratch(&format!("offsets-{file}"));
        export::folder(&folder, &coded).expect("an export");
        let texts: BTreeMap<String, Vec<char>> = rows(folder.join("recommendations.csv"))
            .into_iter()
            .map(|row| (row["id"].clone(), unguarded(&row["text"]).chars().collect()))
            .collect();
        let mut tagged = BTreeSet::new();
        for row in rows(folder.join("evidence.csv")) {
            let [start, end] = ["start", "end"].map(|column| row[column].parse::<usize>().expect("a number"));
            let matched: String = texts[&row["id"]][start..end].iter().collect();
            assert_eq!(matched, unguarded(&row["matched"]));
            tagged.insert((row["id"].clone(), row["issue"].clone()));
        }
        let tags = rows(folder.join("tags.csv"));
        assert_eq!(tags.len(), tagged.len(), "{file}: every tag has its evidence");
        assert!(tags.iter().all(|row| tagged.contains(&(row["id"].clone(), row["issue"].clone()))));
    }
}

/// The tables of counts, counted again from the other tables as a notebook would.
#[test]
fn counts_can_be_counted_again_from_the_rows() {
    let (_, coded) = usa();
    let folder = scratch("recount");
    export::folder(&folder, &coded).expect("an export");
    let states = rows(folder.join("recommending_states.csv"));
    let tags = rows(folder.join("tags.csv"));
    let positions: BTreeMap<String, String> = rows(folder.join("recommendations.csv"))
        .into_iter()
        .map(|row| (row["id"].clone(), row["position"].clone()))
        .collect();
    for row in rows(folder.join("counts_by_issue.csv")).iter().filter(|row| row["issue"] != "untagged") {
        let ids: BTreeSet<&String> =
            tags.iter().filter(|tag| tag["issue"] == row["issue"]).map(|tag| &tag["id"]).collect();
        let pairs = states.iter().filter(|state| ids.contains(&state["id"])).count();
        assert_eq!(row["recommendations"], ids.len().to_string(), "{}", row["issue"]);
        assert_eq!(row["recommendation_x_state"], pairs.to_string(), "{}", row["issue"]);
        for position in ["supported", "supported_in_part", "noted"] {
            let count = ids.iter().filter(|id| positions[**id] == position).count();
            assert_eq!(row[position], count.to_string(), "{} {position}", row["issue"]);
        }
    }
    for row in
        rows(folder.join("issue_by_regional_group.csv")).iter().filter(|row| row["issue"] != "untagged")
    {
        let tagged: BTreeSet<&String> =
            tags.iter().filter(|tag| tag["issue"] == row["issue"]).map(|tag| &tag["id"]).collect();
        let here: Vec<&Row> = states
            .iter()
            .filter(|state| state["regional_group"] == row["regional_group"] && tagged.contains(&state["id"]))
            .collect();
        let ids: BTreeSet<&String> = here.iter().map(|state| &state["id"]).collect();
        assert_eq!(row["recommendations"], ids.len().to_string(), "{row:?}");
        assert_eq!(row["recommendation_x_state"], here.len().to_string(), "{row:?}");
    }
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let export = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let (_, coded) = usa();
            let folder = scratch(&format!("threads-{threads}"));
            export::folder(&folder, &coded).expect("an export");
            export::json_file(folder.join("upr.json"), &coded, &JsonOptions::default()).expect("JSON");
            bytes_of(&folder)
        })
    };
    let one = export(1);
    assert!(one.values().all(|bytes| !bytes.contains(&b'\r')), "line ends are \\n everywhere");
    assert_eq!(one, export(2));
    assert_eq!(one, export(8));
}

#[test]
fn formulas_are_made_harmless_and_come_back() {
    let (_, coded) = coded("quirks.csv");
    let folder = scratch("formulas");
    export::folder(&folder, &coded).expect("an export");
    let texts: Vec<String> =
        rows(folder.join("recommendations.csv")).into_iter().map(|row| row["text"].clone()).collect();
    let formula = "=HYPERLINK(\"http://example.org\",\"Protect children\")";
    assert!(texts.contains(&format!("'{formula}")));
    for cell in ["=1", "+1", "-1", "@a", "\tx", "\rx", "'=1", "''=1", "'", "", "a=1", "'quoted'", "é"] {
        assert_eq!(unguarded(&guarded(cell)), cell, "{cell:?}");
        assert!(!guarded(cell).starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
}

/// What a spreadsheet would change, in every column that takes words from the file.
const CHANGEABLE: &str = "\
state under review,session,paragraph,recommending states,text,position,sdgs
Côte d'Ivoire,33,6.10,Türkiye; Bosnia and Herzegovina,Abolish the death penalty,noted,16.10
Côte d'Ivoire,33,6.1,Türkiye,\"- Ratify, and implement, the Convention against Torture\",supported in part,16.1
Côte d'Ivoire,33,6.100,Nowhere-land,Meet the target of 0.7%,supported,1-2
Morocco,27,12,Albania,Train the police in human rights,3/4,008
Morocco,9 November 2020,,Peru,=1+1 reforms of prisons,,6E10
";

#[test]
fn cells_that_a_spreadsheet_would_change_are_words() {
    let list = upr::read::Reader::new().bytes("list.csv", CHANGEABLE.as_bytes()).expect("a list");
    let folder = scratch("changeable");
    export::folder(&folder, &Tagger::core().tag(list)).expect("an export");
    let column = |file: &str, name: &str| -> Vec<String> {
        rows(folder.join(file)).into_iter().map(|row| row[name].clone()).collect()
    };
    let paragraphs = column("recommendations.csv", "paragraph");
    assert_eq!(paragraphs, ["para. 6.10", "para. 6.1", "para. 6.100", "para. 12", ""]);
    let sessions = column("recommendations.csv", "session");
    assert_eq!(sessions, ["33", "33", "33", "27", "'9 November 2020"]);
    let ids = column("recommendations.csv", "id");
    assert_eq!(ids[..4], ["CIV-33-6.10", "CIV-33-6.1", "CIV-33-6.100", "'MAR-27-12"]);
    assert_eq!(
        column("recommendations.csv", "position_given"),
        ["noted", "supported in part", "supported", "'3/4", ""]
    );
    assert_eq!(column("source_labels.csv", "label"), ["'16.10", "'16.1", "'1-2", "'008", "'6E10"]);
    let codes = column("recommending_states.csv", "m49");
    assert_eq!(codes, ["792", "70", "792", "", "8", "604"]);
}

/// A list that a person made of an export, in a spreadsheet, is the list that was exported.
#[test]
fn an_export_is_read_again() {
    for (name, bytes) in [
        ("list.csv", CHANGEABLE.as_bytes().to_vec()),
        ("usa-2020.csv", std::fs::read(fixture("usa-2020.csv")).expect("a fixture")),
        ("quirks.csv", std::fs::read(fixture("quirks.csv")).expect("a fixture")),
    ] {
        let first = upr::read::Reader::new().bytes(name, &bytes).expect("a list");
        let folder = scratch(&format!("again-{name}"));
        export::folder(&folder, &Tagger::core().tag(first.clone())).expect("an export");
        let again = upr::read::path(folder.join("recommendations.csv")).expect("the list again");
        let said = |list: &upr::read::RecommendationList| -> Vec<String> {
            let of_one = |made: &upr::Recommendation| {
                let states: Vec<&str> = made.recommending_states.iter().map(|state| state.name()).collect();
                let position = made.position.as_ref().and_then(|given| given.position);
                let session = made.session.as_ref().map(|session| session.to_string());
                let reviewed = made.state_under_review.as_ref().map(|state| state.name().to_string());
                format!(
                    "{} {reviewed:?} {session:?} {:?} {} {states:?} {position:?}",
                    made.id, made.paragraph, made.text
                )
            };
            list.recommendations.iter().map(of_one).collect()
        };
        assert_eq!(said(&again), said(&first), "{name}");
    }
    for paragraph in ["6.10", "para. 6.10", "Para 6.10.", "para.6.10", "PARAGRAPH 6.10", "'6.10"] {
        let list = format!("paragraph,text\n{paragraph},Abolish the death penalty\n");
        let list = upr::read::Reader::new().bytes("list.csv", list.as_bytes()).expect("a list");
        assert_eq!(list.recommendations[0].paragraph.as_deref(), Some("6.10"), "{paragraph}");
    }
}

#[test]
fn json_says_the_same_as_the_tables() {
    let (tagger, coded) = usa();
    let mut written = Vec::new();
    export::json(&mut written, &coded, &JsonOptions::default()).expect("JSON");
    let document: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
    let recommendations = document["recommendations"].as_array().expect("a list");
    assert_eq!(recommendations.len(), 347);
    assert_eq!(recommendations[0]["recommendation"]["id"], "USA-36-26.1");
    assert_eq!(recommendations[0]["recommendation"]["recommending_states"][0]["iso3"], "SOM");
    for recommendation in recommendations {
        let text: Vec<char> =
            recommendation["recommendation"]["text"].as_str().expect("a text").chars().collect();
        for evidence in recommendation["coding"]["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|tag| tag["evidence"].as_array())
            .flatten()
        {
            let [start, end] =
                ["start", "end"].map(|key| evidence["span"][key].as_u64().expect("a number") as usize);
            assert_eq!(evidence["matched"], text[start..end].iter().collect::<String>());
        }
    }
    // the coded list itself is a serde value, and comes back as it was
    let text = serde_json::to_string(&coded).expect("JSON");
    let stored: StoredList = serde_json::from_str(&text).expect("what was written");
    assert_eq!(stored.with(tagger.codebooks().clone()).expect("the same back"), coded);
}

#[test]
fn a_list_is_read_back_with_its_own_codebook() {
    let (_, coded) = usa();
    let climate = Codebook::load(fixture("codebook-climate")).expect("a codebook");
    let text = serde_json::to_string(&coded).expect("JSON");
    let stored: StoredList = serde_json::from_str(&text).expect("what was written");
    let (core, expected) = (Codebook::core().identity(), climate.identity());
    let error = stored.with(climate).expect_err("a fault");
    assert_eq!(
        error.to_string(),
        format!("stored list: found a list coded with {core}, expected one coded with {expected}")
    );
}

#[test]
fn a_folder_that_cannot_be_written() {
    let (_, coded) = coded("upr-info.csv");
    let below_a_file = fixture("usa-2020.csv").join("out");
    let error = export::folder(&below_a_file, &coded).expect_err("a fault");
    assert_eq!(error.to_string(), format!("{}: cannot be written", below_a_file.display()));
}

#[test]
fn action_categories_stand_beside_their_verbs() {
    let (tagger, _) = coded("usa-2020.csv");
    let tagger = tagger.with_actions(upr::code::ActionCoder::new());
    let list = tagger.tag(upr::read::path(fixture("usa-2020.csv")).expect("a fixture"));
    let folder = scratch("export-actions");
    export::folder(&folder, &list).expect("a folder that can be written");
    let mut by_category: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows(folder.join("recommendations.csv")) {
        let offset = |column: &str| row[column].parse::<usize>().expect("a number");
        if !row["action_verb"].is_empty() {
            let (start, end) = (offset("action_start"), offset("action_end"));
            let text: String =
                export::unguarded(&row["text"]).chars().skip(start).take(end - start).collect();
            assert_eq!(text, row["action_verb"], "{}", row["id"]);
        }
        *by_category.entry(row["action_category"].clone()).or_default() += 1;
    }
    assert_eq!(by_category.values().sum::<u64>(), 347);
    for row in rows(folder.join("counts_by_action_category.csv")) {
        let counted = by_category.get(&row["action_category"]).copied().unwrap_or_default();
        assert_eq!(row["recommendations"], counted.to_string(), "{}", row["action_name"]);
    }
    let package = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    assert!(package.contains("\"action_coder\""));
}
