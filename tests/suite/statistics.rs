//! Are the statistics those that SciPy, statsmodels, pandas, mlxtend and scattertext compute? Their numbers, and the
//! script that wrote them, are in `fixtures/oracles/statistics`. What must hold for any list is in
//! `statistics_promises.rs`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use support::{Row, fixture, number, rows};
use upr::code::{Coding, Evidence, Tag};
use upr::read::Reader;
use upr::statistics::{
    CrossTabulation, Network, Options, PartlySupported, Rates, Row as Line, association, association_of,
    benjamini_hochberg, co_occurrence, keyness, log_odds, wilson,
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
        CodedRecommendation::new(recommendation, Coding { tags, ..Coding::default() })
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
        let confidence = number(&row, "confidence");
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
        let side = |with, of| (number::<u64>(&row, with), number::<u64>(&row, of));
        let (one, other) = (side("with", "of"), side("others_with", "others_of"));
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
        assert_eq!(table.iter().count(), rows.len(), "{key:?}");
        for row in rows {
            let (name, column) = (&*row["row"], &*row["column"]);
            assert_eq!(table.count(name, column), Some(number::<u64>(row, "count")), "{key:?} {row:?}");
            assert_eq!(table.row_total(name), Some(number::<u64>(row, "row_total")), "{key:?} {row:?}");
            assert_eq!(
                table.column_total(column),
                Some(number::<u64>(row, "column_total")),
                "{key:?} {row:?}"
            );
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
        let options = Options::default().unit(unit(key[1])).partly_supported(partly_supported);
        let options = options.confidence(0.9).expect("a level");
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

/// Counts, and the figures that the oracle has.
#[track_caller]
fn same_comparison(differences: &mut Differences, ours: &Line, row: &Row) {
    for (column, theirs) in
        [("count", "with"), ("of", "of"), ("others_count", "others_with"), ("others_of", "others_of")]
    {
        assert_eq!(ours.count(column), Some(number::<u64>(row, theirs)), "{row:?}");
    }
    for column in ["log_odds_ratio", "standard_error", "z", "p_value", "q_value"] {
        if row.contains_key(column) {
            differences.add(ours.number(column).expect("a number"), row, column);
        }
    }
}

#[test]
fn associations_are_those_of_pandas_and_scattertext() {
    let list = list();
    let mut differences = Differences::default();
    for (key, rows) in in_groups(&oracle("association.csv"), ["groups", "unit"]) {
        let options = Options::default().unit(unit(key[1]));
        let groups = dimension(key[0]);
        let all = association(&list, groups, Dimension::Issue, &options);
        assert_eq!(all.rows.len(), rows.len(), "{key:?}");
        assert!(all.iter().is_sorted_by(|one, two| one.number("z") >= two.number("z")));
        for row in rows {
            let ours = all.row([&*row["group"], &*row["feature"]]);
            let ours = ours.unwrap_or_else(|| panic!("no row for {row:?}"));
            same_comparison(&mut differences, &ours, row);
        }
        // of one issue the comparisons are the same, and their q-values are of a smaller family
        let one = association_of(&list, groups, Dimension::Issue, "torture", &options);
        let compared =
            |row: &Line| (row.text(groups.as_str()).map(String::from), row.number("log_odds_ratio"));
        let alone = all.iter().filter(|row| row.text("issue") == Some("torture"));
        assert!(alone.map(|row| compared(&row)).eq(one.iter().map(|row| compared(&row))));
    }
    differences.tell("association");
}

#[test]
fn keyness_is_that_of_pandas_and_scattertext() {
    let list = list();
    let mut differences = Differences::default();
    for (key, rows) in in_groups(&oracle("keyness.csv"), ["counting"]) {
        let options = Options::default().prior(10.0).expect("above zero").at_least(1);
        let options = if key[0] == "recommendations" { options } else { options.every_occurrence() };
        let these = list.select(|coded| coded.coding.has("torture"));
        let others = list.select(|coded| !coded.coding.has("torture"));
        let words = keyness(&these, &others, &options);
        assert_eq!(words.rows.len(), rows.len(), "{key:?}");
        for row in rows {
            let ours = words.row([&*row["word"]]).expect("a word");
            same_comparison(&mut differences, &ours, row);
        }
    }
    differences.tell("keyness");
}

#[test]
fn co_occurrence_is_that_of_mlxtend() {
    let together = co_occurrence(&list(), Dimension::Issue);
    let rows = oracle("co-occurrence.csv");
    assert_eq!(together.rows.len(), rows.len());
    let mut differences = Differences::default();
    for row in &rows {
        let [first, second] = [&*row["first"], &*row["second"]];
        let (ours, turned) = match together.row([first, second]) {
            Some(ours) => (ours, false),
            None => (together.row([second, first]).expect("a pair"), true),
        };
        let [one, two] = ["first_count", "second_count"].map(|column| Some(number::<u64>(row, column)));
        let counts = if turned { (two, one) } else { (one, two) };
        assert_eq!((ours.count("count_1"), ours.count("count_2")), counts, "{row:?}");
        assert_eq!(ours.count("both"), Some(number::<u64>(row, "both")), "{row:?}");
        differences.add(ours.number("lift").expect("a number"), row, "lift");
        differences.add(ours.number("jaccard").expect("a number"), row, "jaccard");
    }
    differences.tell("co-occurrence");
}

#[test]
fn the_network_is_that_of_pandas() {
    let list = list();
    let rows = oracle("network.csv");
    let (all, by_issue) =
        (Network::of(&list).edge_table(), Network::by(&list, Dimension::Issue).edge_table());
    let ours = all.iter().chain(by_issue.iter()).map(|edge| {
        let words = |column| edge.text(column).unwrap_or_default();
        ([words("source"), words("target"), words("issue")], edge.count("weight").expect("a weight"))
    });
    let theirs = rows
        .iter()
        .map(|row| ([&*row["source"], &*row["target"], &*row["issue"]], number::<u64>(row, "weight")));
    assert_eq!(ours.collect::<BTreeMap<_, _>>(), theirs.collect::<BTreeMap<_, _>>());
}
