//! The figures for people: plain tables of at most 80 columns.

use crate::Evaluation;
use crate::shared::layout::Page;
use std::cmp::Reverse;
use std::sync::Arc;
use upr::evaluate::{Accuracy, Figures};
use upr::statistics::Interval;

/// More than this would be a list, not a summary; --json has all of them.
const MOST_CONFUSIONS: usize = 20;

pub(crate) fn text(evaluation: &Evaluation) -> String {
    let mut page = Page::default();
    totals(&mut page, evaluation);
    labels(&mut page, evaluation);
    confusions(&mut page, evaluation);
    match &evaluation.action {
        Some(accuracy) => action(&mut page, accuracy),
        None => page.heading("Action category: not compared, since the files state none", ""),
    }
    one_sided(&mut page, evaluation);
    page.text
}

fn share(share: f64) -> String {
    format!("{share:.3}")
}

fn or_nothing(label: Option<&str>) -> String {
    label.unwrap_or("(nothing)").to_string()
}

fn totals(page: &mut Page, evaluation: &Evaluation) {
    let Evaluation { coded, comparison, agreement, .. } = evaluation;
    let files: Vec<&str> = coded.files.iter().map(|file| &*file.file).collect();
    page.wrapped(&files.join(", "), "");
    page.line(format!("Codebook: {}", coded.codebooks().issues().identity()));
    page.line("");
    page.line(format!("{:>7}  rows compared with their labels", agreement.recommendations()));
    page.line(format!("{:>7}  rows without labels, not compared", comparison.without_labels()));
    page.line(format!("{:>7}  States under review", evaluation.states_under_review));
    let row = |name: &str, figures: Figures, interval: Option<Interval>| {
        let Figures { precision, recall, f1, .. } = figures;
        let interval =
            interval.map(|interval| format!("{} to {}", share(interval.lower), share(interval.upper)));
        vec![name.to_string(), share(precision), share(recall), share(f1), interval.unwrap_or_default()]
    };
    page.heading("Agreement", "rows of the files; the interval is that of F1 over States under review");
    page.table(
        1,
        &["average", "precision", "recall", "F1", "95% interval"],
        [
            row("micro: each label of each row alike", agreement.micro(), evaluation.micro_f1),
            row("macro: each label alike", agreement.macro_average(), evaluation.macro_f1),
        ],
    );
    page.line(format!("Exact match: {}", share(agreement.exact_match())));
}

fn labels(page: &mut Page, evaluation: &Evaluation) {
    page.heading("Labels", "rows of the files; each counts under all of its labels");
    let mut labels: Vec<_> = evaluation.agreement.labels().collect();
    labels.sort_by_key(|(_, figures)| Reverse(figures.support));
    let rows = labels.into_iter().map(|(label, figures)| {
        let kappa = figures.kappa.map_or("-".to_string(), share);
        let [precision, recall, f1] = [figures.precision, figures.recall, figures.f1].map(share);
        vec![label.to_string(), figures.support.to_string(), precision, recall, f1, kappa]
    });
    page.table(1, &["label", "expected", "precision", "recall", "F1", "kappa"], rows);
}

fn confusions(page: &mut Page, evaluation: &Evaluation) {
    let confusions = evaluation.agreement.confusions();
    page.heading("Which label was given where another was expected", "rows of the files");
    let shown = confusions.iter().take(MOST_CONFUSIONS).map(|(expected, given, recommendations)| {
        vec![or_nothing(*expected), or_nothing(*given), recommendations.to_string()]
    });
    page.table(2, &["expected", "given", "rows"], shown);
    if let Some(more) = confusions.len().checked_sub(MOST_CONFUSIONS).filter(|more| *more > 0) {
        page.line(format!("and {more} more pairs (--json has them)"));
    }
}

fn action(page: &mut Page, accuracy: &Accuracy<u8>) {
    page.heading("Action category", "rows of the files");
    let rows = accuracy.categories().into_iter().map(|category| {
        let Figures { precision, recall, f1, .. } = accuracy.category(category);
        vec![category.to_string(), share(precision), share(recall), share(f1)]
    });
    page.table(1, &["category", "precision", "recall", "F1"], rows);
    let (all, macro_f1) = (share(accuracy.accuracy()), share(accuracy.macro_f1()));
    page.line(format!("Accuracy {all}, macro-F1 {macro_f1}, {} rows", accuracy.recommendations()));
}

fn one_sided(page: &mut Page, evaluation: &Evaluation) {
    let comparison = evaluation.comparison;
    let without = comparison.labels_without_issue();
    let labels: Vec<String> = without.iter().map(|(label, rows)| format!("{label} ({rows})")).collect();
    named(page, "Labels that no issue corresponds to, counted as missing", &labels);
    let names = |codes: Vec<Arc<str>>| -> Vec<String> { codes.iter().map(ToString::to_string).collect() };
    let never = names(comparison.issues_never_expected());
    named(page, "Issues whose labels are in none of the files, counted as wrong where tagged", &never);
    let silent = names(comparison.issues_not_judged());
    named(page, "Issues that are not in the crosswalk, not compared", &silent);
}

fn named(page: &mut Page, title: &str, names: &[String]) {
    if !names.is_empty() {
        page.heading(&format!("{title}: {}", names.len()), "");
        page.wrapped(&names.join("; "), "");
    }
}
