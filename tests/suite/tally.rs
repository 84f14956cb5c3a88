//! Do the totals agree, and do parts add up to the whole?

use crate::statistics_promises::any_list;
use proptest::prelude::*;
use std::collections::BTreeSet;

use support::usa;

use upr::count::by_theme;
use upr::read::Reader;
use upr::{Aspect, Codebook, CodedList, Dimension, Tally, Unit};

#[test]
fn the_pairs_of_states_and_groups_add_up_to_the_list() {
    let (_, coded) = usa();
    for &dimension in Dimension::ALL {
        let tally = Tally::of(&coded, &[dimension]);
        assert_eq!(tally.total().of(Unit::Recommendations), 347);
        assert_eq!(tally.total().of(Unit::RecommendationXState), 357);
        let sum = |unit| tally.iter().map(|(_, count)| count.of(unit)).sum::<u64>();
        match dimension {
            Dimension::Issue | Dimension::Theme | Dimension::Organisation => {
                assert!(sum(Unit::Recommendations) >= 347)
            }
            Dimension::RecommendingState | Dimension::RegionalGroup => {
                assert_eq!(sum(Unit::RecommendationXState), 357)
            }
            _ => {
                assert_eq!(sum(Unit::Recommendations), 347, "{dimension:?}");
                assert_eq!(sum(Unit::RecommendationXState), 357, "{dimension:?}");
            }
        }
    }
}

/// Counted by hand from the paragraphs of A/HRC/46/15 named here.
#[test]
fn a_joint_recommendation_counts_once_and_for_each_state() {
    let text = "text,recommending states,paragraph\nRatify the Rome Statute,\"Rwanda; Bahamas; Namibia; Morocco\",26.47\nRatify the Rome Statute,Spain,26.48\n";
    let list = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
    let tagger = upr::Tagger::new(Codebook::core()).expect("a tagger");
    let coded = tagger.tag(list);
    let count = |dimensions: &[Dimension], cell: &[&str]| {
        let count = Tally::of(&coded, dimensions).get(cell).expect("known categories");
        (count.recommendations, count.recommendation_x_state)
    };
    assert_eq!(count(&[Dimension::Issue], &["icc"]), (2, 5));
    assert_eq!(count(&[Dimension::RegionalGroup], &["Africa"]), (1, 3));
    assert_eq!(count(&[Dimension::Issue, Dimension::RegionalGroup], &["icc", "GRULAC"]), (1, 1));
    assert_eq!(count(&[Dimension::Issue, Dimension::RecommendingState], &["icc", "Morocco"]), (1, 1));
    assert_eq!(count(&[Dimension::Position], &["not_given"]), (2, 5));
    assert_eq!(count(&[Dimension::Issue], &["housing"]), (0, 0));
}

#[test]
fn zeros_stay_and_the_untagged_have_a_name() {
    let list = Reader::new().bytes("a.csv", b"text\nWhatever it may be\n").expect("a list");
    let tagger = upr::Tagger::new(Codebook::core()).expect("a tagger");
    let coded = tagger.tag(list);
    let rows = Tally::with_positions(&coded, Dimension::Issue);
    assert_eq!(rows.len(), tagger.codebook().issues().len() + 1);
    let last = rows.last().expect("the untagged");
    assert_eq!(
        (&*last.category, last.count.recommendations, last.count.recommendation_x_state),
        ("untagged", 1, 0)
    );
    assert!(rows.iter().rev().skip(1).all(|row| row.count.recommendations == 0));
    let groups = by_theme(&coded);
    assert_eq!(groups.last().map(|group| (&*group.code, group.recommendations.len())), Some(("untagged", 1)));
}

/// What the UN or a codebook knows has a row before anything was counted; what can only occur has none.
#[test]
fn an_empty_list_has_the_categories_that_are_known() {
    let codebook = Codebook::core();
    let nothing = CodedList::new(codebook.clone(), Vec::new());
    let organisations: BTreeSet<&str> =
        upr::State::all().iter().flat_map(|state| state.organisations.clone()).collect();
    for (dimension, known) in [
        (Dimension::Issue, codebook.issues().len() + 1),
        (Dimension::Theme, codebook.themes().len() + 1),
        (Dimension::RegionalGroup, 5),
        (Dimension::Position, 4),
        (Dimension::ActionCategory, 5),
        (Dimension::Organisation, organisations.len()),
        (Dimension::RecommendingState, 0),
        (Dimension::Session, 0),
        (Dimension::Aspect(Aspect::Instrument), 0),
    ] {
        let rows = Tally::with_positions(&nothing, dimension);
        assert_eq!(rows.len(), known, "{dimension:?}");
    }
}

#[test]
fn each_answer_is_counted_in_its_column() {
    let answers = ["Supported", "Partially supported", "Noted", "Pending", "perhaps", ""];
    let rows = (1..).zip(answers).flat_map(|(times, answer)| {
        (0..times).map(move |time| format!("Ratify number {times}{time},{answer}\n"))
    });
    let text = format!("text,position\n{}", rows.collect::<String>());
    let list = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
    let coded = upr::Tagger::new(Codebook::core()).expect("a tagger").tag(list);
    let rows = Tally::with_positions(&coded, Dimension::Cycle);
    assert_eq!(rows[0].positions.all(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn groups_hold_what_tallies_count() {
    let (_, coded) = usa();
    let issues = Tally::of(&coded, &[Dimension::Issue]);
    let themes = Tally::of(&coded, &[Dimension::Theme]);
    for group in by_theme(&coded) {
        assert_eq!(group.count, themes.get([&group.code]).unwrap(), "{}", group.code);
        for group in group.groups {
            assert_eq!(group.count, issues.get([&group.code]).unwrap(), "{}", group.code);
            let paragraphs: Vec<_> =
                group.recommendations.iter().map(|c| c.recommendation.sources[0].row).collect();
            assert!(paragraphs.is_sorted(), "{}: in the order of the list", group.code);
        }
    }
}

#[test]
fn tallies_of_other_dimensions_do_not_merge() {
    let none = CodedList::new(Codebook::core(), Vec::new());
    let mut tally = Tally::of(&none, &[Dimension::Issue]);
    let error = tally.merge(Tally::of(&none, &[Dimension::Issue, Dimension::Cycle])).expect_err("a fault");
    assert_eq!(error.to_string(), "tally: found one over issue and cycle, expected one over issue");
}

/// A tally that another program wrote, or a hand changed.
#[test]
fn a_stored_tally_is_read_with_care() {
    let read = |cells: &str| -> Result<Tally, String> {
        let total = r#"{"recommendations":3,"recommendation_x_state":3}"#;
        let coded_by = r#"{"codebook":{"name":"mine","version":"1","hash":"0"}}"#;
        let known = r#"[["icc","untagged"],["noted","pending"]]"#;
        let json = format!(
            r#"{{"dimensions":["issue","position"],"coded_by":{coded_by},"categories":{known},"total":{total},"cells":[{cells}]}}"#
        );
        serde_json::from_str(&json).map_err(|error| error.to_string())
    };
    let cell = |names: &str| format!(r#"[[{names}],{{"recommendations":1,"recommendation_x_state":1}}]"#);
    let (noted, pending) = (cell(r#""icc","noted""#), cell(r#""icc","pending""#));
    let tally = read(&[noted.as_str(), &pending, &noted].join(",")).expect("a tally");
    assert_eq!(
        tally.get(["icc", "noted"]).unwrap().recommendations,
        2,
        "cells that stand there twice add up"
    );
    let refused = read(&cell(r#""icc""#)).expect_err("a cell that lacks a category");
    let message = "found a cell of 1 categories, expected 2, one for each dimension";
    assert!(refused.starts_with(message), "{refused}");
    let refused = read(&cell(r#""ic","noted""#)).expect_err("an issue that no codebook has");
    let message = "found the issue \"ic\" in a cell, expected one of its categories";
    assert!(refused.starts_with(message), "{refused}");
}

/// A slip of the pen is no zero.
#[test]
fn categories_that_nobody_knows_are_no_zeros() {
    let (_, coded) = usa();
    let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::RegionalGroup]);
    let message = |cell: &[&str]| tally.get(cell).expect_err("a fault").to_string();
    assert_eq!(
        message(&["justise", "WEOG"]),
        "tally: found the issue \"justise\", expected one of the codebook core, such as \"justice\""
    );
    assert_eq!(
        message(&["WEOG", "icc"]),
        "tally: found the issue \"WEOG\", expected the categories in the order of the dimensions: issue, regional_group"
    );
    assert_eq!(
        message(&["icc"]),
        "tally: found 1 categories, expected 2, one for each dimension: issue, regional_group"
    );
    // in other letters, and known though nobody has it
    assert_eq!(tally.get([" ICC ", "weog"]).expect("known"), tally.get(["icc", "WEOG"]).expect("known"));
    assert_eq!(tally.get(["icc", "unknown"]).expect("known").recommendations, 0);
}

proptest! {
    #[test]
    fn parts_merge_to_the_whole_in_any_order(list in any_list(), cut in 0usize..12) {
        let (first, second) = list.recommendations.split_at(cut.min(list.recommendations.len()));
        let [before, after] = [first.to_vec(), second.to_vec()].map(|part| {
            let mut list = list.clone();
            list.recommendations = part;
            list
        });
        for &one in Dimension::ALL {
            for &two in Dimension::ALL {
                let dimensions = [one, two];
                let whole = Tally::of(&list, &dimensions);
                let mut first = Tally::of(&before, &dimensions);
                let second = Tally::of(&after, &dimensions);
                // through JSON, as between machines
                let text = serde_json::to_string(&second).expect("a serde value");
                let second: Tally = serde_json::from_str(&text).expect("the same back");
                let mut turned = second.clone();
                turned.merge(first.clone()).expect("the same dimensions");
                first.merge(second).expect("the same dimensions");
                prop_assert_eq!(&first, &whole);
                prop_assert_eq!(&turned, &whole);
            }
        }
    }

    #[test]
    fn sums_are_what_the_documentation_says(list in any_list()) {
        let pairs: u64 = list.recommendations.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
        for &dimension in Dimension::ALL {
            let tally = Tally::of(&list, &[dimension]);
            prop_assert_eq!(tally.total().of(Unit::Recommendations), list.recommendations.len() as u64);
            prop_assert_eq!(tally.total().of(Unit::RecommendationXState), pairs);
            let sum = |unit| tally.iter().map(|(_, count)| count.of(unit)).sum::<u64>();
            let several_issues =
                matches!(dimension, Dimension::Issue | Dimension::Theme | Dimension::Organisation);
            let several_states = matches!(dimension, Dimension::RecommendingState | Dimension::RegionalGroup);
            if !several_issues {
                prop_assert_eq!(sum(Unit::RecommendationXState), pairs, "{:?}", dimension);
            }
            if !several_issues && !several_states {
                prop_assert_eq!(sum(Unit::Recommendations), list.recommendations.len() as u64, "{:?}", dimension);
            }
            // a cross-tabulation's cells add up to those of its dimensions
            let both = Tally::of(&list, &[dimension, Dimension::Position]);
            for (cell, count) in tally.iter() {
                let row: u64 = both.iter().filter(|(both, _)| both[0] == cell[0]).map(|(_, c)| c.recommendations).sum();
                prop_assert_eq!(row, count.recommendations);
            }
        }
    }
}
