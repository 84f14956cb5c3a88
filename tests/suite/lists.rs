//! Is every row of every fixture accounted for, and read as it should be? What is expected stands in
//! `fixtures/lists.csv`.

use crate::fixture;
use proptest::prelude::*;
use upr::read::{Column, Reader, RecommendationList};

fn read(file: &str) -> RecommendationList {
    // a header of its own, which no list of headers can know
    let number = if file == "semicolon-windows-1252.csv" { Some("Empfehlung Nr.") } else { None };
    let reader = Reader::new();
    let reader = number.into_iter().fold(reader, |reader, header| reader.column(Column::Paragraph, header));
    reader.path(fixture(file)).expect("a readable fixture")
}

#[test]
fn every_fixture_is_read_as_its_line_says() {
    let mut table = csv::Reader::from_path(fixture("lists.csv")).expect("fixtures/lists.csv");
    let headers = table.headers().expect("a header").clone();
    let mut seen = 0;
    for row in table.records() {
        let row = row.expect("a row");
        let file = &row[0];
        let list = read(file);
        let account = list.account();
        assert!(account.balances(), "{file}: {account:?}");
        let unresolved = list.unresolved().len() as u64;
        let found = [
            account.rows,
            account.recommendations,
            account.recommendation_x_state,
            account.merged,
            account.pledges,
            account.set_aside,
            account.rejects,
            unresolved,
        ];
        for (column, found) in found.iter().enumerate() {
            assert_eq!(found.to_string(), row[column + 2], "{file}: {}", &headers[column + 2]);
        }
        // only text has an encoding
        let encoding = list.files[0].encoding.map(|encoding| encoding.to_string()).unwrap_or_default();
        assert_eq!(encoding, row[1], "{file}");
        seen += 1;
    }
    let lists = std::fs::read_dir(fixture("")).expect("fixtures").filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name().to_string_lossy().into_owned();
        let forms = [".csv", ".tsv", ".xls", ".xlsx", ".json", ".docx"];
        forms.iter().any(|form| name.ends_with(form)) && name != "lists.csv"
    });
    assert_eq!(seen, lists.count(), "every list in fixtures/ has its line in lists.csv");
}

#[test]
fn rejects_keep_the_row_and_say_why() {
    let list = read("quirks.csv");
    let rejects: Vec<String> = list
        .rejects
        .iter()
        .map(|reject| format!("{} {}: {} [{}]", reject.file, reject.row, reject.reason, reject.raw))
        .collect();
    let unbalanced =
        "found an unbalanced quotation mark, expected one at each end of a field and two for each inside it";
    assert_eq!(
        rejects,
        [
            "quirks.csv 3: found 2 fields, expected 5 as in the header [Too few fields,Spain]".to_string(),
            "quirks.csv 4: found 6 fields, expected 5 as in the header [One field too many,Spain,supported,30,1.3,what is this]".to_string(),
            "quirks.csv 5: found an empty text, expected a recommendation [,Spain,supported,30,1.4]".to_string(),
            format!("quirks.csv 6: {unbalanced} [\"A quote that nobody closes,Spain,supported,30,1.5]"),
            format!("quirks.csv 11: {unbalanced} [\"He said \"\"no\"\" and \"meant\" it\",Peru,noted,30,1.10]"),
            "quirks.csv 16: found an empty text, expected a recommendation [,,,,]".to_string(),
        ]
    );
}

#[test]
fn what_nobody_knows_is_kept_and_listed() {
    let unresolved = read("quirks.csv").unresolved();
    let keys = |names: &std::collections::BTreeMap<std::sync::Arc<str>, u64>| -> Vec<String> {
        names.iter().map(|(name, count)| format!("{name} {count}")).collect()
    };
    assert_eq!(keys(&unresolved.states), ["Atlantis 1"]);
    assert_eq!(keys(&unresolved.positions), ["perhaps later 1"]);
    assert_eq!(keys(&unresolved.sessions), ["last autumn 1"]);
}

#[test]
fn the_universal_human_rights_index_keeps_its_labels() {
    let list = read("uhri.csv");
    let first = &list.recommendations[0];
    assert_eq!(first.id, "FJI-34-120.14");
    assert_eq!(first.text, "Bring prison conditions into line with the Nelson Mandela Rules");
    assert_eq!(first.labels.themes, ["Conditions of detention", "Prohibition of torture, and ill-treatment"]);
    assert_eq!(first.labels.sdgs, ["16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"]);
    assert_eq!(first.labels.affected_persons, ["Persons deprived of their liberty"]);
    assert_eq!(first.position.as_ref().map(|position| &*position.given), Some("Supported"));
    assert_eq!(list.account().set_aside, 1);
}

/// UPR Info's export: old Mac encoding and line ends, a joint recommendation, one that was answered in two ways.
#[test]
fn joint_recommendations_become_one_unless_answered_differently() {
    let list = read("upr-info.csv");
    let joint = &list.recommendations[0];
    assert_eq!(joint.recommending_states.iter().map(|name| name.iso3()).collect::<Vec<_>>(), ["NOR", "URY"]);
    assert_eq!(joint.sources.iter().map(|source| source.row).collect::<Vec<_>>(), [2, 3]);
    let optional_protocol: Vec<&str> = list
        .recommendations
        .iter()
        .filter(|recommendation| recommendation.text.ends_with("Optional Protocol"))
        .map(|recommendation| recommendation.id.as_str())
        .collect();
    assert_eq!(optional_protocol, ["KEN-35-ta1051c8d7f0c", "KEN-35-ta1051c8d7f0c~2"]);
    assert!(
        list.recommendations.iter().any(|r| r.text == "Go on extending women’s access to land and credit")
    );
    assert_eq!(list.pledges.len(), 1);
}

#[test]
fn ids_do_not_depend_on_the_order_of_rows() {
    for file in ["upr-info.csv", "utf-8-bom.csv", "quirks.csv"] {
        let ids = |list: &RecommendationList| {
            let mut ids: Vec<(String, String)> = list
                .recommendations
                .iter()
                .map(|r| (r.id.clone(), r.text.split_whitespace().collect()))
                .collect();
            ids.sort();
            ids
        };
        let list = read(file);
        let mut turned = list.clone();
        turned.recommendations.reverse();
        assert_eq!(ids(&list), ids(&RecommendationList::join([turned])), "{file}");
    }
}

#[test]
fn a_list_read_twice_is_the_same_list() {
    let list = read("upr-info.csv");
    let twice = RecommendationList::join([list.clone(), list.clone()]);
    assert_eq!(twice.recommendations.len(), list.recommendations.len());
    assert!(twice.account().balances());
    for (one, two) in list.recommendations.iter().zip(&twice.recommendations) {
        assert_eq!((&one.id, &one.recommending_states), (&two.id, &two.recommending_states));
    }
}

proptest! {
    /// Rows in = recommendations + merged + pledges + rejects, whatever stands in a file.
    #[test]
    fn no_row_is_ever_lost(
        cells in proptest::collection::vec(
            proptest::sample::select(vec![
                "Abolish the death penalty", "Spain", "\"", "\"\"", ",", ",", ";", "\n", "\n", "\r", "\r\n", "\t", " ", "'", "é", "\"a,b\"", "=1",
            ]),
            0..60,
        ),
    ) {
        let text = format!("text,from,to\n{}", cells.concat());
        let list = Reader::new().bytes("random.csv", text.as_bytes()).expect("a header with a text");
        prop_assert!(list.account().balances(), "{:?} of {text:?}", list.account());
        // and every letter that was in the rows is in a recommendation or in a reject
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let kept: usize = list.recommendations.iter().chain(&list.pledges).map(|r| letters(&r.text)).sum::<usize>()
            + list.rejects.iter().map(|reject| letters(&reject.raw)).sum::<usize>();
        let merged = list.account().merged > 0;
        let named: usize = list.recommendations.iter().flat_map(|r| &r.recommending_states).map(|name| letters(&name.given)).sum();
        let reviewed: usize = list.recommendations.iter().filter_map(|r| r.state_under_review.as_ref()).map(|name| letters(&name.given)).sum();
        if !merged && list.pledges.is_empty() && !cells.contains(&"\"\"") {
            prop_assert!(kept + named + reviewed >= letters(&cells.concat()).saturating_sub(lost_to_repetition(&list)), "{text:?}");
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        match Reader::new().bytes("random", &bytes) {
            Ok(list) => prop_assert!(list.account().balances()),
            Err(error) => prop_assert!(error.to_string().starts_with("random: found ")),
        }
        let with_header = [b"text,from\n".as_slice(), &bytes].concat();
        if let Ok(list) = Reader::new().bytes("random.csv", &with_header) {
            prop_assert!(list.account().balances());
        }
    }
}

/// A State named twice in a cell is one State.
fn lost_to_repetition(list: &RecommendationList) -> usize {
    list.recommendations.len() * "Spain".len() * 60
}
