//! Does the codebook `upr-info` code as UPR Info's staff did? Reads their export from `../shared/data`.
//!
//! The rules were written with the errors of 68 of the 130 States under review in view, and never with those of the
//! other 62. This test takes every fifth State in the order of their names, so that it is quick without
//! optimisation too; its floors stand a little under what was measured.

use std::collections::{BTreeMap, BTreeSet};
use upr::read::{Reader, RecommendationList};
use upr::{Codebook, Recommendation, Tagger};

fn recommendations() -> Vec<Recommendation> {
    Reader::new().paths(support::sessions()).expect("the export as it comes").recommendations
}

/// What was given rightly, wrongly, and not given though it should.
#[derive(Default, Clone, Copy)]
struct Agreement {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Agreement {
    fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 1.0 } else { 2.0 * self.right as f64 / all as f64 }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn its_issues_are_those_of_the_export() {
    let recommendations = recommendations();
    let used: BTreeSet<&str> =
        recommendations.iter().flat_map(|one| &one.labels.issues).map(String::as_str).collect();
    let codebook = Codebook::upr_info();
    let known: BTreeSet<&str> = codebook.issues().iter().map(|issue| issue.label.as_str()).collect();
    assert_eq!(known, used);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn it_agrees_with_the_coding_by_hand() {
    let recommendations = recommendations();
    let state = |one: &Recommendation| one.state_under_review.as_ref().map(ToString::to_string);
    let states: BTreeSet<Option<String>> = recommendations.iter().map(state).collect();
    let sample: BTreeSet<Option<String>> = states.into_iter().step_by(5).collect();
    let tagger = Tagger::new(Codebook::upr_info()).expect("the bundled codebook");
    let sampled: Vec<_> = recommendations.into_iter().filter(|one| sample.contains(&state(one))).collect();
    let list = RecommendationList::from(sampled);

    let mut by_issue: BTreeMap<&str, Agreement> = BTreeMap::new();
    let mut rows = 0;
    for coded in tagger.tag(list).recommendations {
        // each row of the export counts once
        let weight = coded.recommendation.sources.len();
        rows += weight;
        for issue in tagger.codebook().issues() {
            let agreement = by_issue.entry(&issue.code).or_default();
            match (coded.coding.has(&issue.code), coded.recommendation.labels.issues.contains(&issue.label)) {
                (true, true) => agreement.right += weight,
                (true, false) => agreement.wrong += weight,
                (false, true) => agreement.missed += weight,
                (false, false) => {}
            }
        }
    }
    let mut all = Agreement::default();
    for agreement in by_issue.values() {
        all.right += agreement.right;
        all.wrong += agreement.wrong;
        all.missed += agreement.missed;
    }
    let macro_f1 = by_issue.values().map(|agreement| agreement.f1()).sum::<f64>() / by_issue.len() as f64;
    println!("{rows} rows: micro-F1 {:.4}, macro-F1 {macro_f1:.4}", all.f1());
    assert!(rows > 4_000, "{rows} rows");
    assert!(all.f1() >= 0.895, "micro-F1 {:.4}", all.f1());
    assert!(macro_f1 >= 0.85, "macro-F1 {macro_f1:.4}");
    for (issue, agreement) in by_issue {
        let support = agreement.right + agreement.missed;
        let f1 = agreement.f1();
        // "General" and "Other" are what is left when nothing else is given, which no words say
        let rest = ["general", "other"].contains(&issue);
        assert!(support <= 50 || f1 >= 0.5 || rest, "{issue}: F1 {f1:.3} of {support}");
    }
}
