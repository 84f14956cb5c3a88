//! Are the statistics those that SciPy, statsmodels, pandas, mlxtend and scattertext compute? Their numbers, and the
//! script that wrote them, are in `fixtures/oracles/statistics`. What must hold for any list is in
//! `statistics_promises.rs`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use support::{Row, fixture, number, rows};
use upr::code::{Coding, Evidence, Tag};
use upr::read::Reader;
use upr::statistics::{
    Association, AssociationOptions, CoOccurrence, Confidence, Counting, CrossTabulation, Keyness,
    KeynessOptions, Network, Occurrence, PartlySupported, Prior, RateOptions, Rates, benjamini_hochberg,
    log_odds, wilson,
};
use upr::{Codebook, CodedList, CodedRecommendation, Dimension, Unit};

fn oracle(name: &str) -> Vec<Row> {
    let rows = rows(fixture("oracles/statistics").join(name));
    assert!(!rows.is_empty(), "{name}");
    rows
}

/// Keeps the largest difference, relative to the oracle's number where that is large.
#[derive(Default)]
struct Differences(f64);

impl Differences {
    #[track_caller]
    fn add(&mut self, ours: f64, row: &Row, column: &str) {
        let theirs: f64 = number(row, column);
        let difference = (ours - theirs).abs() / theirs.abs().max(1.0);
        assert!(difference < 1e-9, "{column}: {ours} for {row:?}");
        self.0 = self.0.max(difference);
    }

    fn tell(self, what: &str) {
        println!("{what}: largest difference from the oracle {:e}", self.0);
    }
}

/// The invented list of the oracles, with the issues that stand in it for tags.
pub(crate) fn list() -> CodedList {
    let list = Reader::new().path(fixture("oracles/statistics/list.csv")).expect("a list");
    assert_eq!((list.recommendations.len(), list.rejects.len()), (400, 0));
    let coded = list.recommendations.into_iter().map(|recommendation| {
        let tags = recommendation.labels.issues.iter().map(|issue| tag(issue, "theme")).collect();
        CodedRecommendation::new(recommendation, Coding { tags, suppressed: Vec::new() })
    });
    listed(coded.collect())
}

/// A list of these, coded with core, which is loaded once: the property tests ask for it hundreds of times.
pub(crate) fn listed(recommendations: Vec<CodedRecommendation>) -> CodedList {
    static EMPTY: OnceLock<CodedList> = OnceLock::new();
    let mut list = EMPTY.get_or_init(|| CodedList::new(Codebook::core(), Vec::new())).clone();
    list.recommendations = recommendations;
    list
}

pub(crate) fn tag(issue: &str, theme: &str) -> Tag {
    let evidence = vec![Evidence { rule: Arc::from("text"), span: 0..4 }];
    Tag { code: Arc::from(issue), theme: Arc::from(theme), evidence }
}

fn dimension(name: &str) -> Dimension {
    name.parse().expect("a dimension")
}

fn unit(name: &str) -> Unit {
    match name {
        "recommendations" => Unit::Recommendations,
        "recommendation_x_state" => Unit::RecommendationXState,
        other => panic!("{other}"),
    }
}

fn in_groups<'r, const N: usize>(
    rows: &'r [Row],
    columns: [&str; N],
) -> BTreeMap<[&'r str; N], Vec<&'r Row>> {
    let mut groups: BTreeMap<[&str; N], Vec<&Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(columns.map(|column| row[column].as_str())).or_default().push(row);
    }
    groups
}

#[test]
fn wilson_is_that_of_statsmodels() {
    let mut differences = Differences::default();
    for row in oracle("wilson.csv") {
        let confidence = Confidence::new(number(&row, "confidence")).expect("a level");
        let interval = wilson(number::<u64>(&row, "part"), number::<u64>(&row, "whole"), confidence)
            .expect("an interval");
        differences.add(interval.lower, &row, "lower");
        differences.add(interval.upper, &row, "upper");
    }
    differences.tell("wilson");
}

#[test]
fn false_discoveries_are_those_of_scipy() {
    let mut differences = Differences::default();
    for rows in in_groups(&oracle("benjamini-hochberg.csv"), ["family"]).values() {
        let p_values: Vec<f64> = rows.iter().map(|row| number(row, "p_value")).collect();
        for (row, q_value) in rows.iter().zip(benjamini_hochberg(&p_values)) {
            differences.add(q_value, row, "q_value");
        }
    }
    differences.tell("benjamini-hochberg");
}

#[test]
fn log_odds_are_those_of_scattertext_and_numpy() {
    let mut differences = Differences::default();
    for row in oracle("log-odds.csv") {
        let one = Occurrence { with: number::<u64>(&row, "with"), of: number::<u64>(&row, "of") };
        let other =
            Occurrence { with: number::<u64>(&row, "others_with"), of: number::<u64>(&row, "others_of") };
        let compared = log_odds(one, other, number(&row, "prior")).expect("a comparison");
        differences.add(compared.log_odds_ratio, &row, "log_odds_ratio");
        differences.add(compared.standard_error, &row, "standard_error");
        differences.add(compared.z, &row, "z");
        // of a small probability the digits count, not the distance
        let p_value: f64 = number(&row, "p_value");
        assert!((compared.p_value / p_value - 1.0).abs() < 1e-9, "{compared:?} for {row:?}");
    }
    differences.tell("log-odds");
}

#[test]
fn cross_tabulations_are_those_of_pandas() {
    let list = list();
    for (key, rows) in in_groups(&oracle("cross-tabulation.csv"), ["rows", "columns", "unit"]) {
        let unit = unit(key[2]);
        let table = CrossTabulation::of(&list, dimension(key[0]), dimension(key[1]), unit);
        assert_eq!(table.cells.len(), rows.len(), "{key:?}");
        for row in rows {
            let (name, column) = (&*row["row"], &*row["column"]);
            assert_eq!(table.count(name, column), number::<u64>(row, "count"), "{key:?} {row:?}");
            assert_eq!(table.row_total(name), number::<u64>(row, "row_total"), "{key:?} {row:?}");
            assert_eq!(table.column_total(column), number::<u64>(row, "column_total"), "{key:?} {row:?}");
            assert_eq!(table.total, number::<u64>(row, "total"), "{key:?} {row:?}");
        }
    }
}

#[test]
fn rates_are_those_of_pandas_and_statsmodels() {
    let list = list();
    let mut differences = Differences::default();
    for (key, rows) in in_groups(&oracle("rates.csv"), ["dimension", "unit", "partly_supported"]) {
        let partly = [PartlySupported::AsNoted, PartlySupported::AsSupported, PartlySupported::LeftOut];
        let partly_supported = partly.into_iter().find(|partly| partly.as_str() == key[2]).expect("a choice");
        let confidence = Confidence::new(0.9).expect("a level");
        let options = RateOptions { unit: unit(key[1]), partly_supported, confidence };
        let rates = Rates::of(&list, dimension(key[0]), &options);
        let occurring = rates.rates.iter().filter(|rate| rate.answered + rate.left_out > 0).count();
        assert_eq!(occurring, rows.len(), "{key:?}");
        for row in rows {
            let rate = rates.rate(&row["category"]).expect("a rate");
            let ours = (rate.supported, rate.answered, rate.left_out);
            assert_eq!(
                ours,
                (
                    number::<u64>(row, "supported"),
                    number::<u64>(row, "answered"),
                    number::<u64>(row, "left_out")
                ),
                "{row:?}"
            );
            let interval = rate.interval.expect("an interval");
            differences.add(interval.lower, row, "lower");
            differences.add(interval.upper, row, "upper");
        }
    }
    differences.tell("rates");
}

#[test]
fn associations_are_those_of_pandas_and_scattertext() {
    let list = list();
    let mut differences = Differences::default();
    for (key, rows) in in_groups(&oracle("association.csv"), ["groups", "unit"]) {
        let options = AssociationOptions { unit: unit(key[1]), prior: Prior::default() };
        let all = Association::of(&list, dimension(key[0]), Dimension::Issue, &options);
        assert_eq!(all.rows.len(), rows.len(), "{key:?}");
        assert!(all.rows.is_sorted_by(|one, two| one.log_odds.z >= two.log_odds.z));
        for row in rows {
            let ours =
                all.rows.iter().find(|ours| *ours.group == row["group"] && *ours.feature == row["feature"]);
            let ours = ours.unwrap_or_else(|| panic!("no row for {row:?}"));
            assert_eq!(
                (ours.here.with, ours.here.of),
                (number::<u64>(row, "with"), number::<u64>(row, "of")),
                "{row:?}"
            );
            let others = (ours.elsewhere.with, ours.elsewhere.of);
            assert_eq!(
                others,
                (number::<u64>(row, "others_with"), number::<u64>(row, "others_of")),
                "{row:?}"
            );
            differences.add(ours.log_odds.log_odds_ratio, row, "log_odds_ratio");
            differences.add(ours.log_odds.standard_error, row, "standard_error");
            differences.add(ours.log_odds.z, row, "z");
            differences.add(ours.log_odds.p_value, row, "p_value");
            differences.add(ours.q_value, row, "q_value");
        }
        // of one issue the comparisons are the same, and their q-values are of a smaller family
        let one = Association::of_category(&list, dimension(key[0]), Dimension::Issue, "torture", &options);
        let alone = all.rows.iter().filter(|row| &*row.feature == "torture");
        assert!(
            alone
                .map(|row| (&row.group, row.log_odds))
                .eq(one.rows.iter().map(|row| (&row.group, row.log_odds)))
        );
    }
    differences.tell("association");
}

#[test]
fn keyness_is_that_of_pandas_and_scattertext() {
    let list = list();
    let mut differences = Differences::default();
    for (key, rows) in in_groups(&oracle("keyness.csv"), ["counting"]) {
        let counting = match key[0] {
            "recommendations" => Counting::Recommendations,
            _ => Counting::Occurrences,
        };
        let options = KeynessOptions { counting, prior: Prior::default(), at_least: 1 };
        let these = list.select(|coded| coded.coding.has("torture"));
        let others = list.select(|coded| !coded.coding.has("torture"));
        let keyness = Keyness::of(&these, &others, &options);
        assert_eq!(keyness.words.len(), rows.len(), "{key:?}");
        for row in rows {
            let ours = keyness.words.iter().find(|word| *word.word == row["word"]).expect("a word");
            assert_eq!(
                (ours.here.with, ours.here.of),
                (number::<u64>(row, "with"), number::<u64>(row, "of")),
                "{row:?}"
            );
            let others = (ours.elsewhere.with, ours.elsewhere.of);
            assert_eq!(
                others,
                (number::<u64>(row, "others_with"), number::<u64>(row, "others_of")),
                "{row:?}"
            );
            differences.add(ours.log_odds.z, row, "z");
            differences.add(ours.log_odds.log_odds_ratio, row, "log_odds_ratio");
            differences.add(ours.q_value, row, "q_value");
        }
    }
    differences.tell("keyness");
}

#[test]
fn co_occurrence_is_that_of_mlxtend() {
    let together = CoOccurrence::of(&list(), Dimension::Issue);
    let rows = oracle("co-occurrence.csv");
    assert_eq!(together.pairs.len(), rows.len());
    let mut differences = Differences::default();
    for row in &rows {
        let same = |ours: &&upr::statistics::Together| {
            let names = [&*ours.first, &*ours.second];
            names == [&*row["first"], &*row["second"]] || names == [&*row["second"], &*row["first"]]
        };
        let ours = together.pairs.iter().find(same).expect("a pair");
        let counts = if *ours.first == *row["first"] {
            (ours.first_count, ours.second_count)
        } else {
            (ours.second_count, ours.first_count)
        };
        assert_eq!(
            counts,
            (number::<u64>(row, "first_count"), number::<u64>(row, "second_count")),
            "{row:?}"
        );
        assert_eq!(ours.both, number::<u64>(row, "both"), "{row:?}");
        differences.add(ours.lift, row, "lift");
        differences.add(ours.jaccard, row, "jaccard");
    }
    differences.tell("co-occurrence");
}

#[test]
fn the_network_is_that_of_pandas() {
    let list = list();
    let rows = oracle("network.csv");
    let all = Network::of(&list);
    let by_issue = Network::by(&list, Dimension::Issue);
    let ours = all.edges.iter().chain(&by_issue.edges).map(|edge| {
        let category = edge.category.as_deref().unwrap_or("");
        ([&*edge.source, &*edge.target, category], edge.weight)
    });
    let theirs = rows
        .iter()
        .map(|row| ([&*row["source"], &*row["target"], &*row["issue"]], number::<u64>(row, "weight")));
    assert_eq!(ours.collect::<BTreeMap<_, _>>(), theirs.collect::<BTreeMap<_, _>>());
}
