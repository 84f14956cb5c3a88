//! Does the folder of statistics hold what the library computes, described in full, the same bytes each time?

use std::collections::BTreeSet;
use std::path::Path;
use support::{Row, bytes_of, fixture, number, rows, scratch, usa};
use upr::count::{Filter, Grouping};
use upr::{
    Codebook, CodedList, CodedRecommendation, Coding, Dimension, StoredList, Tagger, Tally, Unit, export,
};

fn package(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    serde_json::from_str(&text).expect("JSON")
}

fn exported(name: &str) -> (std::path::PathBuf, Tagger, CodedList) {
    let (tagger, coded) = usa();
    let folder = scratch(name);
    export::statistics(&folder, &coded).expect("statistics");
    (folder, tagger, coded)
}

#[test]
fn every_file_and_every_column_is_described() {
    let (_, coded) = usa();
    let folder = scratch("statistics-package");
    let files: BTreeSet<String> =
        export::statistics(&folder, &coded).expect("statistics").into_iter().collect();
    assert_eq!(files, bytes_of(&folder).into_keys().collect());
    let mut described = BTreeSet::from(["datapackage.json".to_string()]);
    for resource in package(&folder)["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        described.insert(path.to_string());
        let about = resource["description"].as_str().expect("a description");
        assert!(
            about.contains("Unit: ") || about.contains("Each recommendation counts once"),
            "{path}: {about}"
        );
        let Some(fields) = resource["schema"]["fields"].as_array() else {
            assert_eq!(path, "network.graphml");
            continue;
        };
        let mut reader = csv::Reader::from_path(folder.join(path)).expect("the file it describes");
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_string).collect();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect();
        assert_eq!(header, names, "{path}");
        let mut rows = 0;
        for row in reader.records() {
            rows += 1;
            for (field, cell) in fields.iter().zip(row.expect("a row").iter()) {
                let name = &field["name"];
                assert!(
                    field["description"].as_str().is_some_and(|about| !about.is_empty()),
                    "{path}: {name}"
                );
                // negative numbers have no apostrophe in front
                let fits = match field["type"].as_str() {
                    Some("integer") => cell.parse::<u64>().is_ok(),
                    Some("number") => cell.is_empty() || cell.parse::<f64>().is_ok_and(f64::is_finite),
                    _ => true,
                };
                assert!(fits, "{path}: {name} holds {cell}");
            }
        }
        assert!(rows > 0, "{path} is empty");
    }
    assert_eq!(described, files);
}

#[test]
fn what_is_pressed_less_is_a_negative_number() {
    let (folder, ..) = exported("statistics-negative");
    for file in ["regional_groups_and_issues.csv", "recommending_states_and_issues.csv"] {
        let rows = rows(folder.join(file));
        let negative = rows.iter().filter(|row| row["log_odds_ratio"].starts_with('-')).count();
        assert!(negative > 0 && negative < rows.len(), "{file}: {negative} of {}", rows.len());
    }
}

#[test]
fn totals_agree_with_the_tally() {
    let (folder, _, coded) = exported("statistics-totals");
    for (dimension, file) in [
        (Dimension::Issue, "rates_by_issue.csv"),
        (Dimension::RecommendingState, "rates_by_recommending_state.csv"),
        (Dimension::RegionalGroup, "rates_by_regional_group.csv"),
    ] {
        let tally = Tally::of(&coded, &[dimension]);
        for row in rows(folder.join(file)) {
            let expected = match &*row[dimension.as_str()] {
                "total" => tally.total(),
                category => tally.get([category]).unwrap(),
            };
            let found = number::<u64>(&row, "answered") + number::<u64>(&row, "left_out");
            assert_eq!(found, expected.of(Unit::Recommendations), "{file}: {row:?}");
        }
    }
    let pairs = Tally::of(&coded, &[Dimension::RegionalGroup, Dimension::Issue]);
    for row in rows(folder.join("regional_groups_and_issues.csv")) {
        let count = pairs.get([&row["regional_group"], &row["issue"]]).unwrap();
        assert_eq!(number::<u64>(&row, "count"), count.of(Unit::RecommendationXState), "{row:?}");
        let all = pairs.total().of(Unit::RecommendationXState);
        assert_eq!(number::<u64>(&row, "of") + number::<u64>(&row, "others_of"), all, "{row:?}");
    }
    let weights: u64 =
        rows(folder.join("network_edges.csv")).iter().map(|row| number::<u64>(row, "weight")).sum();
    assert_eq!(weights, pairs.total().of(Unit::RecommendationXState));
    let nodes = rows(folder.join("network_nodes.csv"));
    for column in ["made", "received"] {
        assert_eq!(nodes.iter().map(|row| number::<u64>(row, column)).sum::<u64>(), weights, "{column}");
    }
    let issues = Tally::of(&coded, &[Dimension::Issue]);
    for row in rows(folder.join("issue_co_occurrence.csv")) {
        let [both, first, second] = ["both", "count_1", "count_2"].map(|column| number::<u64>(&row, column));
        assert!(both >= 1 && both <= first.min(second), "{row:?}");
        assert_eq!(first, issues.get([&row["issue_1"]]).unwrap().of(Unit::Recommendations), "{row:?}");
    }
}

#[test]
fn groups_agree_with_the_grouping() {
    let (folder, tagger, coded) = exported("statistics-groups");
    let mut found = 0;
    for name in Grouping::BUNDLED {
        let file = format!("groups_{name}.csv");
        let Ok(grouping) = Grouping::bundled(name, tagger.codebook()) else {
            assert!(!folder.join(file).exists(), "{name} has no table for the codebook");
            continue;
        };
        found += 1;
        let regrouped = grouping.regroup(&coded).expect("a list coded with core");
        let tally = Tally::of(&regrouped, &[Dimension::Issue]).with_zeros();
        let rows = rows(folder.join(&file));
        assert_eq!(rows.len(), grouping.groups().len() + 2, "{name}: outside and untagged have a row");
        let outside = rows.iter().find(|row| row["group"] == "outside").expect("outside");
        assert_eq!(outside["label"], "Outside the grouping");
        for row in &rows {
            let count = tally.get([&row["group"]]).unwrap();
            assert_eq!(
                number::<u64>(row, "recommendations"),
                count.of(Unit::Recommendations),
                "{name}: {row:?}"
            );
            assert_eq!(
                number::<u64>(row, "recommendation_x_state"),
                count.of(Unit::RecommendationXState),
                "{name}"
            );
            let positions =
                ["supported", "supported_in_part", "noted", "pending", "other_position", "not_given"];
            let answers: u64 = positions.iter().map(|position| number::<u64>(row, position)).sum();
            assert_eq!(answers, number::<u64>(row, "recommendations"), "{name}: {row:?}");
            assert!(!row["label"].is_empty(), "{name}: {row:?}");
        }
        let at_least: u64 = rows.iter().map(|row| number::<u64>(row, "recommendations")).sum();
        assert!(at_least >= coded.recommendations.len() as u64, "{name}: every recommendation is somewhere");
    }
    assert!(found > 3, "the bundled codebook has groupings");
    let named = package(&folder)["groupings"].as_array().map(Vec::len);
    assert_eq!(named, Some(found));
}

/// Each recommendation is in one ask, and the sums are those of the list.
#[test]
fn asks_hold_every_recommendation_once() {
    let (folder, _, coded) = exported("statistics-asks");
    let (asks, members) = (rows(folder.join("asks.csv")), rows(folder.join("ask_members.csv")));
    let ids: BTreeSet<&String> = members.iter().map(|row| &row["id"]).collect();
    let list: BTreeSet<&String> =
        coded.recommendations.iter().map(|coded| &coded.recommendation.id).collect();
    assert_eq!((members.len(), ids), (list.len(), list));
    let total = Tally::of(&coded, &[]).total();
    let sum = |column: &str| asks.iter().map(|row| number::<u64>(row, column)).sum::<u64>();
    assert_eq!(sum("recommendations"), total.of(Unit::Recommendations));
    assert_eq!(sum("recommendation_x_state"), total.of(Unit::RecommendationXState));
    let mut before = u64::MAX;
    for ask in &asks {
        let of_it: Vec<&Row> = members.iter().filter(|row| row["ask"] == ask["ask"]).collect();
        let size = number::<u64>(ask, "recommendations");
        assert_eq!(of_it.len() as u64, size, "{ask:?}");
        assert!(size <= before, "the one made most often first: {ask:?}");
        before = size;
        assert!(of_it.iter().any(|row| row["id"] == ask["ask"] && row["text"] == ask["text"]), "{ask:?}");
        assert_eq!(
            number::<u64>(ask, "number_of_states"),
            ask["recommending_states"].split("; ").count() as u64
        );
        assert_eq!(size > 1, !ask["shared"].is_empty(), "the reason: {ask:?}");
    }
    assert!(!folder.join("links.csv").exists(), "one cycle has no links");
}

/// Of two cycles: every earlier recommendation returned or disappeared, every later one is linked or new.
#[test]
fn links_are_written_where_a_state_has_two_cycles() {
    let (tagger, _) = usa();
    let coded = tagger.tag(upr::read::path(fixture("two-cycles.csv")).expect("a list"));
    let folder = scratch("statistics-links");
    let files = export::statistics(&folder, &coded).expect("statistics");
    assert!(files.contains(&"links.csv".to_string()), "{files:?}");
    let links = rows(folder.join("links.csv"));
    let ids = |column: &str| -> BTreeSet<String> {
        links.iter().map(|row| row[column].clone()).filter(|id| !id.is_empty()).collect()
    };
    let of_cycle = |cycle: u8| -> BTreeSet<String> {
        let list = coded.recommendations.iter().map(|coded| &coded.recommendation);
        list.filter(|made| made.cycle() == Some(cycle)).map(|made| made.id.clone()).collect()
    };
    assert_eq!((ids("earlier_id"), ids("later_id")), (of_cycle(1), of_cycle(2)));
    let fields = package(&folder);
    let described =
        fields["resources"].as_array().expect("resources").iter().find(|r| r["path"] == "links.csv");
    let fields = described.expect("a description")["schema"]["fields"].as_array().expect("fields").len();
    assert_eq!(fields, links[0].len());
    for row in &links {
        assert_eq!(
            (&*row["state_under_review"], &*row["from_cycle"], &*row["to_cycle"]),
            ("Tuvalu", "1", "2")
        );
        let returned = row["status"] == "returned";
        assert_eq!(returned, row["score"].parse::<f64>().is_ok_and(|score| (0.3..=1.0).contains(&score)));
        assert_eq!(returned, !row["kind"].is_empty() && !row["shared"].is_empty(), "{row:?}");
    }
    let exact = links.iter().find(|row| row["kind"] == "exact").expect("one that came back word for word");
    assert_eq!(
        (&*exact["earlier_id"], &*exact["later_id"], &*exact["score"]),
        ("TUV-03-12.1", "TUV-16-82.1", "1")
    );
}

/// Only the groupings that have a table for the list's codebook are written.
#[test]
fn a_codebook_of_ones_own_has_statistics_without_groupings() {
    let climate = Codebook::load(fixture("codebook-climate")).expect("a codebook");
    let tagger = Tagger::new(climate).expect("a tagger");
    let coded = tagger.tag(upr::read::path(fixture("usa-2020.csv")).expect("the bundled list"));
    let files = export::statistics(scratch("statistics-climate"), &coded).expect("statistics");
    assert!(files.iter().all(|file| !file.starts_with("groups_")), "{files:?}");
    assert!(files.contains(&"rates_by_issue.csv".to_string()));
}

#[test]
fn the_same_bytes_twice_and_with_any_number_of_threads() {
    let export = |threads: usize, run: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let (folder, ..) = exported(&format!("statistics-threads-{threads}-{run}"));
            bytes_of(&folder)
        })
    };
    let one = export(1, 1);
    assert!(one.values().all(|bytes| !bytes.contains(&b'\r')), "line ends are \\n everywhere");
    assert_eq!(one, export(1, 2));
    assert_eq!(one, export(2, 1));
}

/// A recommendation of nobody, without review, answer or issue; and no recommendation at all.
#[test]
fn lists_that_say_little_or_nothing_have_statistics() {
    let (_, mut coded) = usa();
    coded.recommendations.clear();
    let folder = scratch("statistics-empty");
    export::statistics(&folder, &coded).expect("statistics of nothing");
    assert_eq!(
        number::<u64>(rows(folder.join("rates_by_issue.csv")).last().expect("a total"), "answered"),
        0
    );

    let list = upr::read::Reader::new().bytes("bare.csv", b"text\nThank you\n").expect("a list");
    let bare = list.recommendations.into_iter().next().expect("a recommendation");
    coded.recommendations.push(CodedRecommendation::new(bare, Coding::default()));
    let folder = scratch("statistics-bare");
    export::statistics(&folder, &coded).expect("statistics of little");
    assert!(rows(folder.join("network_edges.csv")).is_empty());
    let sdgs = rows(folder.join("groups_sdgs.csv"));
    let untagged = sdgs.iter().find(|row| row["group"] == "untagged").expect("untagged");
    assert_eq!(number::<u64>(untagged, "recommendations"), 1);
}

#[test]
fn a_filtered_list_says_so_wherever_it_goes() {
    let (tagger, coded) = usa();
    let unfiltered = coded.filter(Filter::new()).expect("all").to_list();
    assert_eq!(unfiltered, coded);
    let selected = unfiltered.filter("issue=death-penalty").expect("a selection").to_list();
    let count = Tally::of(&coded, &[Dimension::Issue]).get(["death-penalty"]).unwrap();
    assert_eq!(selected.recommendations.len() as u64, count.of(Unit::Recommendations));
    let twice = selected.filter("position=noted").expect("fewer").to_list();
    assert_eq!(twice.filtered(), Some(("issue=death-penalty and position=noted", 347)));

    let (tables, statistics) = (scratch("filtered"), scratch("filtered-statistics"));
    export::folder(&tables, &twice).expect("an export");
    export::statistics(&statistics, &twice).expect("statistics");
    for folder in [&tables, &statistics] {
        assert_eq!(package(folder)["filtered"]["conditions"], "issue=death-penalty and position=noted");
        assert_eq!(package(folder)["filtered"]["passed"], twice.recommendations.len());
    }
    assert!(rows(tables.join("recommendations.csv")).iter().all(|row| row["position"] == "noted"));
    let text = serde_json::to_string(&twice).expect("JSON");
    let stored: StoredList = serde_json::from_str(&text).expect("what was written");
    assert_eq!(stored.with(tagger.codebooks().clone()).expect("the same back"), twice);
}

#[test]
fn a_folder_that_cannot_be_written() {
    let (_, coded) = usa();
    let below_a_file = fixture("usa-2020.csv").join("out");
    let error = export::statistics(&below_a_file, &coded).expect_err("a fault");
    assert_eq!(error.to_string(), format!("{}: cannot be written", below_a_file.display()));
}
