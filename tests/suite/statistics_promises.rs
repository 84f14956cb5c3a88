//! Do the statistics keep what their pages promise, for any list? Totals, order, limits, and what a stranger's file may
//! hold. The numbers themselves are compared in `statistics.rs`.

use crate::statistics::{list, listed, tag};
use proptest::prelude::*;
use support::usa;
use upr::code::Coding;
use upr::read::Reader;
use upr::statistics::{
    CrossTabulation, Network, Options, Rates, association, benjamini_hochberg, co_occurrence, keyness,
    log_odds, wilson,
};
use upr::{CodedList, CodedRecommendation, Dimension, Table, Tagger, Tally, Unit};

/// All nodes and edges stand there, and nothing breaks out of its place.
#[test]
fn graphml_is_well_formed_whatever_states_are_called() {
    let name = "<Atlantis> & \"Co\" ]]>";
    let mut list = list();
    for coded in &mut list.recommendations {
        for state in &mut coded.recommendation.recommending_states {
            if state.state.is_none() {
                *state = upr::StateName::new(name);
            }
        }
    }
    let network = Network::by(&list, Dimension::Issue);
    let xml = network.to_graphml();
    assert!(!xml.contains("<Atlantis>"), "{xml}");
    assert!(xml.contains("&lt;Atlantis&gt; &amp; &quot;Co&quot; ]]&gt;"));
    assert_eq!(xml.matches("<node ").count(), network.node_table().rows.len());
    assert_eq!(xml.matches("<edge ").count(), network.edge_table().rows.len());
    assert_eq!(xml.matches("<data ").count(), xml.matches("</data>").count());
}

/// On the bundled list: 347 recommendations, 357 pairs.
#[test]
fn totals_are_those_of_the_list() {
    let (tagger, coded) = usa();
    let codebook = tagger.codebook();
    for &rows in Dimension::ALL {
        for (unit, total) in [(Unit::Recommendations, 347), (Unit::RecommendationXState, 357)] {
            let table = CrossTabulation::of(&coded, rows, Dimension::Issue, unit);
            assert_eq!(table.total, total);
            let options = Options::default().unit(unit);
            let rates = Rates::of(&coded, rows, &options);
            assert_eq!(rates.all.answered + rates.all.left_out, total);
        }
    }
    let table =
        CrossTabulation::of(&coded, Dimension::Issue, Dimension::RegionalGroup, Unit::Recommendations);
    assert_eq!(table.row_totals().count(), codebook.issues().len() + 1, "zeros stay");
    assert_eq!(table.table().rows.len(), table.row_totals().count() + 1, "and the total");
    assert!(table.explanation().contains("The rows (issue) total"), "{}", table.explanation());
}

#[test]
fn words_from_a_file_are_no_formula_and_negative_numbers_are_numbers() {
    let text = "text,from,position\nAbolish torture,=cmd,Noted\nRatify the Rome Statute,Spain,Supported\n";
    let list = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
    let coded = Tagger::core().tag(list);
    let options = Options::default();
    let groups = Dimension::RecommendingState;
    let csv = association(&coded, groups, Dimension::Position, &options).to_csv();
    assert!(csv.contains("\n'=cmd,supported,0,1,1,1,-"), "{csv}");
    let csv =
        CrossTabulation::of(&coded, Dimension::Position, groups, Unit::Recommendations).table().to_csv();
    assert!(csv.starts_with("position,'=cmd,Spain,total\n"), "{csv}");
}

#[test]
fn every_result_is_a_json_value() {
    let (_, coded) = usa();
    let list = &coded;
    let (issue, group) = (Dimension::Issue, Dimension::RegionalGroup);
    let table = CrossTabulation::of(list, issue, group, Unit::Recommendations);
    let share = table.share_of_row("icc", "WEOG").expect("a share");
    let json = serde_json::to_value(&table).expect("JSON");
    assert_eq!(json["total"], 347);
    assert!(share > 0.0 && share < 1.0);
    let rates = serde_json::to_value(Rates::of(list, group, &Options::default())).expect("JSON");
    assert_eq!(rates["confidence"], 0.95);
    assert_eq!(rates["all"]["interval"]["value"], 263.0 / 347.0);
    let options = Options::default();
    let rows = serde_json::to_value(association(list, group, issue, &options)).expect("JSON");
    assert!(rows[0]["q_value"].is_number() && rows[0]["regional_group"].is_string());
    for (confidence, good) in [(0.9, true), (95.0, false), (f64::NAN, false)] {
        assert_eq!(Options::default().confidence(confidence).is_ok(), good);
        assert_eq!(wilson(1, 2, confidence).is_some(), good);
    }
}

#[test]
fn nothing_comes_from_nothing() {
    let none = listed(Vec::new());
    let (issue, state) = (Dimension::Issue, Dimension::RecommendingState);
    assert_eq!(CrossTabulation::of(&none, issue, state, Unit::Recommendations).total, 0);
    assert_eq!(Rates::of(&none, state, &Options::default()).all.interval, None);
    assert!(association(&none, state, issue, &Options::default()).rows.is_empty());
    assert!(keyness(&none, &list(), &Options::default()).rows.is_empty());
    assert!(co_occurrence(&none, issue).rows.is_empty());
    assert!(Network::of(&none).node_table().rows.is_empty());
    assert_eq!(benjamini_hochberg(&[]), [0.0; 0]);
    let some = (1, 2);
    for (one, other, prior) in [
        (some, (0, 0), 1.0),
        (some, (3, 2), 1.0),
        ((0, 2), (0, 2), 1.0),
        ((2, 2), (2, 2), 1.0),
        (some, some, 0.0),
        (some, some, f64::NAN),
        (some, (u64::MAX, u64::MAX), 1.0),
    ] {
        assert_eq!(log_odds(one, other, prior), None, "{one:?} {other:?} {prior}");
    }
}

/// Recommendations with any issues, States under review and positions.
pub(crate) fn any_list() -> impl Strategy<Value = CodedList> {
    let states = ["Spain", "Peru", "Kenya", "Atlantis", "Holy See"];
    let issues =
        [("policing", "justice-and-policing"), ("housing", "social-rights"), ("icc", "justice-and-policing")];
    let one = (
        proptest::sample::subsequence(states.to_vec(), 0..=states.len()),
        proptest::sample::subsequence(issues.to_vec(), 0..=issues.len()),
        proptest::sample::select(vec!["", "Supported", "Noted", "Supported in part", "Pending", "perhaps"]),
        proptest::sample::select(vec!["", "5", "36", "autumn"]),
        proptest::sample::select(vec!["", "Austria", "Lemuria", "Fiji"]),
    );
    proptest::collection::vec(one, 0..15).prop_map(|rows| {
        let mut list = Vec::new();
        for (number, (states, issues, position, session, reviewed)) in rows.into_iter().enumerate() {
            let states = states.join(";");
            let text = format!(
                "text,from,position,session,to\ntext {number},{states},{position},{session},{reviewed}\n"
            );
            let read = Reader::new().bytes("any.csv", text.as_bytes()).expect("a list");
            let tags = issues.into_iter().map(|(issue, theme)| tag(issue, theme)).collect();
            let coding = Coding { tags, ..Coding::default() };
            list.push(CodedRecommendation::new(read.recommendations[0].clone(), coding));
        }
        listed(list)
    })
}

const UNITS: [Unit; 2] = [Unit::Recommendations, Unit::RecommendationXState];

proptest! {
    #[test]
    fn wilson_holds_the_share(whole in 1_u64..100_000, part in 0_u64..100_000, level in 0.001_f64..0.9999) {
        let part = part.min(whole);
        let interval = wilson(part, whole, level).expect("an interval");
        prop_assert!(0.0 <= interval.lower && interval.lower <= interval.value);
        prop_assert!(interval.value <= interval.upper && interval.upper <= 1.0);
        // turned around, it is that of what was not supported
        let rest = wilson(whole - part, whole, level).expect("an interval");
        prop_assert!((interval.lower + rest.upper - 1.0).abs() < 1e-12);
    }

    #[test]
    fn q_values_keep_the_order_of_p_values(p_values in proptest::collection::vec(0.0_f64..=1.0, 0..40)) {
        let q_values = benjamini_hochberg(&p_values);
        for (p, q) in p_values.iter().zip(&q_values) {
            prop_assert!(p <= q && *q <= 1.0, "{p} {q}");
            for (other_p, other_q) in p_values.iter().zip(&q_values) {
                prop_assert!(p > other_p || q <= other_q, "{p} {q}, {other_p} {other_q}");
            }
        }
    }

    #[test]
    fn log_odds_turn_with_their_sides(one in (0_u64..500, 1_u64..500), other in (0_u64..500, 1_u64..500)) {
        let side = |(with, without): (u64, u64)| (with, with + without);
        let (one, other) = (side(one), side(other));
        let (Some(here), Some(there)) = (log_odds(one, other, 10.0), log_odds(other, one, 10.0)) else {
            prop_assert_eq!(one.0 + other.0, 0);
            return Ok(());
        };
        prop_assert_eq!(here.z, -there.z);
        prop_assert_eq!(here.p_value, there.p_value);
        prop_assert!(here.p_value > 0.0 && here.p_value <= 1.0);
        // more on this side than on the other, by shares, is above zero
        let more = one.0 as u128 * other.1 as u128;
        let less = other.0 as u128 * one.1 as u128;
        prop_assert!(here.z.abs() < 1e-9 || (here.z > 0.0) == (more > less), "{here:?}");
    }
}

proptest! {
    // each reads a list and counts it over many dimensions
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rates_are_made_of_positions(list in any_list()) {
        for &dimension in Dimension::ALL {
            let table = Tally::of(&list, &[dimension, Dimension::Position]);
            for unit in UNITS {
                let options = Options::default().unit(unit);
                let rates = Rates::of(&list, dimension, &options);
                let all = rates.all.answered + rates.all.left_out;
                prop_assert_eq!(all, Tally::of(&list, &[dimension]).total().of(unit));
                for rate in &rates.rates {
                    let of = |position: &str| table.get([&*rate.category, position]).unwrap().of(unit);
                    prop_assert_eq!(rate.supported, of("supported"));
                    prop_assert_eq!(rate.answered, of("supported") + of("noted") + of("supported_in_part"));
                    prop_assert_eq!(rate.interval.is_some(), rate.answered > 0);
                }
            }
        }
    }

    #[test]
    fn associations_split_the_list(list in any_list()) {
        for (groups, unit) in [
            (Dimension::RecommendingState, UNITS[0]),
            (Dimension::Organisation, UNITS[0]),
            (Dimension::RegionalGroup, UNITS[1]),
            (Dimension::RegionalGroup, UNITS[0]),
        ] {
            let options = Options::default().unit(unit);
            for features in [Dimension::Issue, Dimension::Position, Dimension::RecommendingState] {
                let table = association(&list, groups, features, &options);
                let feature = if groups == features { format!("{}_2", features.as_str()) } else { features.to_string() };
                let total = Tally::of(&list, &[features]).total().of(unit);
                let by_feature = Tally::of(&list, &[features]);
                for row in table.iter() {
                    let sum = |one, other| row.count(one).unwrap() + row.count(other).unwrap();
                    let having = by_feature.get([row.text(&feature).unwrap()]).unwrap().of(unit);
                    prop_assert_eq!((sum("of", "others_of"), sum("count", "others_count")), (total, having));
                    prop_assert!(row.number("q_value") >= row.number("p_value"));
                }
            }
        }
    }

    #[test]
    fn the_weights_of_a_network_are_the_pairs(list in any_list()) {
        let network = Network::of(&list);
        let pairs: u64 = list.recommendations.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
        let sum = |table: &Table, column| table.iter().map(|row| row.count(column).unwrap()).sum::<u64>();
        let (nodes, weights) = (network.node_table(), sum(&network.edge_table(), "weight"));
        prop_assert_eq!(weights + network.without_state_under_review(), pairs);
        prop_assert_eq!((sum(&nodes, "made"), sum(&nodes, "received")), (weights, weights));
        let by_cycle = Network::by(&list, Dimension::Cycle).edge_table();
        prop_assert_eq!(sum(&by_cycle, "weight"), weights, "every recommendation has one cycle");
        let ids: Vec<&str> = nodes.iter().map(|node| node.text("id").unwrap()).collect();
        prop_assert!(ids.is_sorted_by(|one, two| one < two));
    }

    #[test]
    fn what_stands_together_stands_alone(list in any_list()) {
        let together = co_occurrence(&list, Dimension::Issue);
        let tally = Tally::of(&list, &[Dimension::Issue]);
        for pair in together.iter() {
            let [first, second] = ["issue_1", "issue_2"].map(|column| pair.text(column).unwrap());
            let of = |issue| Some(tally.get([issue]).unwrap().recommendations);
            prop_assert_eq!((pair.count("count_1"), pair.count("count_2")), (of(first), of(second)));
            let has_both = list.select(|c| c.coding.has(first) && c.coding.has(second));
            prop_assert_eq!(pair.count("both"), Some(has_both.len() as u64));
            prop_assert!(pair.number("jaccard") > Some(0.0) && pair.number("jaccard") <= Some(1.0));
        }
    }

    /// Nothing depends on the order of a list but the order of lists of recommendations.
    #[test]
    fn any_order_gives_the_same(list in any_list()) {
        let mut turned = list.clone();
        turned.recommendations.reverse();
        let (issue, state) = (Dimension::Issue, Dimension::RecommendingState);
        let all = |list: &CodedList| {
            let these = list.select(|coded| coded.coding.has("icc"));
            let others = list.select(|coded| !coded.coding.has("icc"));
            let options = Options::default().at_least(1);
            [
                CrossTabulation::of(list, issue, state, UNITS[1]).table().to_csv(),
                Rates::of(list, state, &Options::default()).table().to_csv(),
                association(list, state, issue, &Options::default()).to_csv(),
                keyness(&these, &others, &options).to_csv(),
                co_occurrence(list, state).to_csv(),
                Network::by(list, issue).to_graphml(),
            ]
        };
        prop_assert_eq!(all(&list), all(&turned));
    }
}

proptest! {
    // 81 pairs of dimensions, by both units
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn cross_tabulations_count_what_tallies_count(list in any_list()) {
        for &rows in Dimension::ALL {
            for &columns in Dimension::ALL {
                let tally = Tally::of(&list, &[rows, columns]);
                for unit in UNITS {
                    let table = CrossTabulation::of(&list, rows, columns, unit);
                    prop_assert_eq!(table.total, tally.total().of(unit));
                    for (cell, count) in tally.iter() {
                        prop_assert_eq!(table.count(&cell[0], &cell[1]), Some(count.of(unit)));
                    }
                    let sum: u64 = table.iter().map(|(_, _, count)| count).sum();
                    prop_assert_eq!(sum, tally.iter().map(|(_, count)| count.of(unit)).sum::<u64>());
                    for (row, total) in Tally::of(&list, &[rows]).iter() {
                        prop_assert_eq!(table.row_total(&row[0]), Some(total.of(unit)));
                    }
                    // no cell is larger than its totals, and no row holds less than its total
                    for (row, column, count) in table.iter() {
                        prop_assert!(Some(count) <= table.row_total(row).min(table.column_total(column)));
                    }
                    for (row, total) in table.row_totals() {
                        let cells = table.iter().filter(|(of, _, _)| *of == row);
                        prop_assert!(cells.map(|(_, _, count)| count).sum::<u64>() >= total);
                    }
                    let turned = CrossTabulation::of(&list, columns, rows, unit);
                    for (row, column, count) in table.iter() {
                        prop_assert_eq!(turned.count(column, row), Some(count));
                    }
                }
            }
        }
    }
}
