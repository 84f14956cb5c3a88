//! The figures for programs: JSON.

use crate::Evaluation;
use serde::Serialize;
use std::sync::Arc;
use upr::code::About;
use upr::evaluate::{Accuracy, Figures};
use upr::statistics::Interval;

#[derive(Serialize)]
struct Report<'r> {
    codebook: About,
    files: Vec<&'r str>,
    recommendations: u64,
    without_labels: u64,
    states_under_review: usize,
    micro: Figures,
    #[serde(rename = "macro")]
    macro_average: Figures,
    macro_f1: f64,
    exact_match: f64,
    micro_f1_interval: Option<Interval>,
    macro_f1_interval: Option<Interval>,
    labels: Vec<OfLabel<'r>>,
    action: Option<Action>,
    confusions: Vec<Confusion<&'r str>>,
    labels_without_issue: Vec<Label>,
    issues_never_expected: Vec<Arc<str>>,
    issues_not_judged: Vec<Arc<str>>,
}

#[derive(Serialize)]
struct OfLabel<'r> {
    label: &'r str,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct Label {
    label: Arc<str>,
    recommendations: u64,
}

#[derive(Serialize)]
struct Action {
    recommendations: u64,
    accuracy: f64,
    macro_f1: f64,
    kappa: Option<f64>,
    categories: Vec<Category>,
    confusions: Vec<Confusion<u8>>,
}

#[derive(Serialize)]
struct Category {
    category: u8,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct Confusion<C> {
    expected: Option<C>,
    given: Option<C>,
    recommendations: u64,
}

pub(crate) fn json(evaluation: &Evaluation) -> String {
    let Evaluation { coded, comparison, agreement, .. } = evaluation;
    let without = comparison.labels_without_issue().into_iter();
    let report = Report {
        codebook: coded.codebooks().issues().identity(),
        files: coded.files.iter().map(|file| &*file.file).collect(),
        recommendations: agreement.recommendations(),
        without_labels: comparison.without_labels(),
        states_under_review: evaluation.states_under_review,
        micro: agreement.micro(),
        macro_average: agreement.macro_average(),
        macro_f1: agreement.macro_average().f1,
        exact_match: agreement.exact_match(),
        micro_f1_interval: evaluation.micro_f1,
        macro_f1_interval: evaluation.macro_f1,
        labels: agreement.labels().map(|(label, figures)| OfLabel { label, figures }).collect(),
        action: evaluation.action.as_ref().map(action),
        confusions: agreement
            .confusions()
            .into_iter()
            .map(|(expected, given, recommendations)| Confusion { expected, given, recommendations })
            .collect(),
        labels_without_issue: without
            .map(|(label, recommendations)| Label { label, recommendations })
            .collect(),
        issues_never_expected: comparison.issues_never_expected(),
        issues_not_judged: comparison.issues_not_judged(),
    };
    serde_json::to_string_pretty(&report).expect("text keys only") + "\n"
}

fn action(accuracy: &Accuracy<u8>) -> Action {
    let categories = accuracy.categories().into_iter();
    let wrong = accuracy.iter().filter(|(expected, given, _)| *given != Some(*expected));
    Action {
        recommendations: accuracy.recommendations(),
        accuracy: accuracy.accuracy(),
        macro_f1: accuracy.macro_f1(),
        kappa: accuracy.kappa(),
        categories: categories
            .map(|category| Category { category: *category, figures: accuracy.category(category) })
            .collect(),
        confusions: wrong
            .map(|(expected, given, recommendations)| Confusion {
                expected: Some(*expected),
                given: given.copied(),
                recommendations,
            })
            .collect(),
    }
}
