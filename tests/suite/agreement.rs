//! Are the figures of agreement those of scikit-learn, and do parts add up to the whole? The cases are data:
//! `fixtures/oracles/agreement`.

use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use support::fixture;
use upr::evaluate::{Accuracy, Agreement, jackknife};

/// The rows of a file by their case: expected and given, as the cells stand.
fn cases(name: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut cases: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let file = fixture("oracles/agreement").join(name);
    for row in csv::Reader::from_path(file).expect("a readable file").records() {
        let row = row.expect("a row of three cells");
        cases.entry(row[0].to_string()).or_default().push((row[1].to_string(), row[2].to_string()));
    }
    cases
}

fn oracle() -> Value {
    let text = std::fs::read(fixture("oracles/agreement/expected.json")).expect("the oracle's answers");
    serde_json::from_slice(&text).expect("JSON")
}

fn split(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|label| !label.is_empty()).collect()
}

#[track_caller]
fn same(case: &str, what: &str, found: Option<f64>, expected: &Value) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() < 1e-12,
                "{case}: {what} is {found}, scikit-learn has {expected}"
            )
        }
        (found, _) => {
            assert!(
                found.is_none() && expected.is_null(),
                "{case}: {what} is {found:?}, scikit-learn has {expected}"
            )
        }
    }
}

#[test]
fn labels_agree_as_scikit_learn_says() {
    let oracle = oracle();
    let cases = cases("labels.csv");
    assert_eq!(cases.len(), oracle["labels"].as_object().expect("cases").len(), "run oracle.py");
    for (case, rows) in cases {
        let agreement = Agreement::of(rows.iter().map(|(expected, given)| (split(expected), split(given))));
        let expected = &oracle["labels"][&case];
        assert_eq!(agreement.recommendations(), expected["recommendations"], "{case}");
        for (name, figures) in [("micro", agreement.micro()), ("macro", agreement.macro_average())] {
            for (figure, value) in
                [("precision", figures.precision), ("recall", figures.recall), ("f1", figures.f1)]
            {
                same(&case, &format!("{name} {figure}"), Some(value), &expected[name][figure]);
            }
        }
        same(&case, "exact match", Some(agreement.exact_match()), &expected["exact_match"]);
        let labels = expected["labels"].as_array().expect("labels");
        assert_eq!(agreement.labels().count(), labels.len(), "{case}");
        for ((label, found), expected) in agreement.labels().zip(labels) {
            assert_eq!(label, expected["label"], "{case}");
            assert_eq!(found.support, expected["support"], "{case}: {label}");
            let figures = [
                ("precision", Some(found.precision)),
                ("recall", Some(found.recall)),
                ("f1", Some(found.f1)),
                ("kappa", found.kappa),
            ];
            for (figure, value) in figures {
                same(&case, &format!("{figure} of {}", label), value, &expected[figure]);
            }
        }
    }
}

#[test]
fn categories_agree_as_scikit_learn_says() {
    let oracle = oracle();
    let cases = cases("categories.csv");
    assert_eq!(cases.len(), oracle["categories"].as_object().expect("cases").len(), "run oracle.py");
    for (case, rows) in cases {
        let category = |cell: &str| cell.parse::<u8>().expect("a category");
        let pairs = rows.iter().map(|(expected, given)| (category(expected), Some(category(given))));
        let accuracy = Accuracy::of(pairs);
        let expected = &oracle["categories"][&case];
        assert_eq!(accuracy.recommendations(), expected["recommendations"], "{case}");
        same(&case, "accuracy", Some(accuracy.accuracy()), &expected["accuracy"]);
        same(&case, "macro-F1", Some(accuracy.macro_f1()), &expected["macro_f1"]);
        same(&case, "kappa", accuracy.kappa(), &expected["kappa"]);
    }
}

#[test]
fn a_missing_label_counts_against_each_extra_one() {
    let agreement = Agreement::of([
        (vec!["Torture", "Justice"], vec!["Detention", "Impunity"]),
        (vec!["Torture"], vec!["Detention"]),
        (vec!["Labour"], vec![]),
        (vec![], vec!["Other"]),
        (vec!["General"], vec!["General"]),
    ]);
    let found: Vec<String> = agreement
        .confusions()
        .iter()
        .map(|(expected, given, recommendations)| {
            format!("{} > {}: {recommendations}", expected.unwrap_or("-"), given.unwrap_or("-"))
        })
        .collect();
    let expected = [
        "Torture > Detention: 2",
        "- > Other: 1",
        "Justice > Detention: 1",
        "Justice > Impunity: 1",
        "Labour > -: 1",
        "Torture > Impunity: 1",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_was_given_nothing_is_wrong() {
    let accuracy = Accuracy::of([(4_u8, None), (4, Some(4))]);
    assert_eq!((accuracy.accuracy(), accuracy.recommendations()), (0.5, 2));
    assert_eq!(accuracy.category(&4).precision, 1.0);
    assert_eq!(accuracy.count(&4, None), 1);
}

type Row = (Vec<&'static str>, Vec<&'static str>);

/// Recommendations with any labels expected and given.
fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let labels = vec!["Torture", "Justice", "Labour", "Other"];
    let set = move || proptest::sample::subsequence(labels.clone(), 0..=4);
    proptest::collection::vec((set(), set()), 0..25)
}

fn agreement(rows: &[Row]) -> Agreement {
    Agreement::of(rows.iter().cloned())
}

proptest! {
    #[test]
    fn parts_merge_to_the_whole_in_any_order(rows in any_rows(), cut in 0usize..25) {
        let (first, second) = rows.split_at(cut.min(rows.len()));
        let text = serde_json::to_string(&agreement(second)).expect("a serde value");
        let second: Agreement = serde_json::from_str(&text).expect("the same back");
        let mut turned = second.clone();
        turned.merge(agreement(first));
        let mut merged = agreement(first);
        merged.merge(second);
        prop_assert_eq!(&merged, &agreement(&rows));
        prop_assert_eq!(&turned, &merged);
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(agreement(&reversed), merged);
    }

    #[test]
    fn figures_stay_between_0_and_1(rows in any_rows()) {
        let agreement = agreement(&rows);
        let between = |figure: f64| (0.0..=1.0).contains(&figure);
        for figures in [agreement.micro(), agreement.macro_average()] {
            prop_assert!(between(figures.precision) && between(figures.recall) && between(figures.f1));
        }
        for (_, label) in agreement.labels() {
            prop_assert!(label.support + label.given > 0);
            prop_assert!(label.right <= label.support.min(label.given));
            prop_assert!(label.kappa.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)));
        }
        prop_assert!(between(agreement.exact_match()));
    }

    #[test]
    fn perfect_agreement_is_1_everywhere(rows in any_rows()) {
        let same: Vec<Row> = rows.into_iter().map(|(expected, _)| (expected.clone(), expected)).collect();
        let agreement = agreement(&same);
        prop_assert_eq!(agreement.exact_match(), if same.is_empty() { 0.0 } else { 1.0 });
        let one = if agreement.labels().next().is_none() { 0.0 } else { 1.0 };
        for figures in [agreement.micro(), agreement.macro_average()] {
            prop_assert_eq!([figures.precision, figures.recall, figures.f1], [one; 3]);
        }
        for (_, label) in agreement.labels() {
            prop_assert_eq!((label.precision, label.recall, label.f1), (1.0, 1.0, 1.0));
            prop_assert_eq!(label.kappa, (label.support < same.len() as u64).then_some(1.0));
        }
        prop_assert!(agreement.confusions().is_empty());
    }

    #[test]
    fn kappa_is_the_same_from_either_side(rows in any_rows()) {
        let turned: Vec<Row> = rows.iter().cloned().map(|(expected, given)| (given, expected)).collect();
        for ((_, one), (_, other)) in agreement(&rows).labels().zip(agreement(&turned).labels()) {
            prop_assert_eq!(one.kappa, other.kappa);
            prop_assert_eq!((one.precision, one.recall, one.f1), (other.recall, other.precision, other.f1));
        }
    }

    #[test]
    fn accuracies_merge_and_agree_with_themselves(
        rows in proptest::collection::vec((1u8..6, proptest::option::of(1u8..6)), 1..30),
        cut in 0usize..30,
    ) {
        let (first, second) = rows.split_at(cut.min(rows.len()));
        let text = serde_json::to_string(&Accuracy::of(second.iter().copied())).expect("a serde value");
        let mut merged: Accuracy<u8> = serde_json::from_str(&text).expect("the same back");
        merged.merge(Accuracy::of(first.iter().copied()));
        prop_assert_eq!(&merged, &Accuracy::of(rows.iter().copied()));
        let right = rows.iter().filter(|(expected, given)| *given == Some(*expected)).count();
        prop_assert_eq!(merged.accuracy(), right as f64 / rows.len() as f64);
        let perfect = Accuracy::of(rows.iter().map(|(expected, _)| (*expected, Some(*expected))));
        prop_assert_eq!((perfect.accuracy(), perfect.macro_f1()), (1.0, 1.0));
        prop_assert_eq!(perfect.kappa(), (perfect.categories().len() > 1).then_some(1.0));
    }

    /// The figure lies in its interval, which closes where all parts say the same.
    #[test]
    fn an_interval_holds_its_figure(rows in any_rows()) {
        let parts: Vec<Agreement> = rows.chunks(3).map(agreement).collect();
        let interval = jackknife(&parts, |agreement| agreement.micro().f1);
        prop_assert_eq!(interval.is_some(), parts.len() > 1);
        if let Some(interval) = interval {
            prop_assert!(interval.lower <= interval.value && interval.value <= interval.upper);
            prop_assert_eq!(interval.value, agreement(&rows).micro().f1);
        }
        if let (Some(part), true) = (parts.first(), parts.len() > 1) {
            let alike = jackknife([part, part, part], |agreement| agreement.micro().f1).expect("three parts");
            prop_assert!(alike.standard_error.expect("a jackknife has one") < 1e-9);
        }
    }
}
