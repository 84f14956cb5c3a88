//! The figures for people: plain tables of at most 80 columns.

use crate::Evaluation;
use comfy_table::{CellAlignment, ColumnConstraint, Table, Width, presets};
use std::cmp::Reverse;
use std::sync::Arc;
use upr::evaluate::{Accuracy, Figures, Interval};

/// A terminal's least width.
const WIDTH: u16 = 80;
/// More than this would be a list, not a summary; --json has all of them.
const MOST_CONFUSIONS: usize = 20;

struct Screen(String);

pub(crate) fn text(evaluation: &Evaluation) -> String {
    let mut screen = Screen(String::new());
    screen.totals(evaluation);
    screen.labels(evaluation);
    screen.confusions(evaluation);
    match &evaluation.action {
        Some(accuracy) => screen.action(accuracy),
        None => screen.line("\nAction category: not compared, since the files state none"),
    }
    screen.one_sided(evaluation);
    screen.0
}

fn share(share: f64) -> String {
    format!("{share:.3}")
}

fn or_nothing(label: &Option<Arc<str>>) -> String {
    label.as_deref().unwrap_or("(nothing)").to_string()
}

impl Screen {
    /// Control characters of a list must not steer the terminal.
    fn line(&mut self, line: impl AsRef<str>) {
        let shown = |c: char| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c };
        self.0.extend(line.as_ref().chars().map(shown));
        self.0.push('\n');
    }

    /// Rows under their headers; the first `texts` columns are text, the others are numbers.
    fn table(&mut self, texts: usize, headers: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_width(WIDTH).set_header(headers);
        rows.into_iter().for_each(|row| {
            table.add_row(row);
        });
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 1));
            if at >= texts {
                column.set_cell_alignment(CellAlignment::Right);
            } else {
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(36)));
            }
        }
        for line in table.lines() {
            self.line(line.trim_end());
        }
    }

    fn totals(&mut self, evaluation: &Evaluation) {
        let Evaluation { coded, comparison, agreement, .. } = evaluation;
        let files: Vec<&str> = coded.files.iter().map(|file| &*file.file).collect();
        self.wrapped(&files.join(", "));
        self.line(format!("Codebook: {}", coded.codebook));
        self.line(format!("\n{:>7}  rows compared with their labels", agreement.recommendations()));
        self.line(format!("{:>7}  rows without labels, not compared", comparison.without_labels()));
        self.line(format!("{:>7}  States under review", evaluation.states_under_review));
        let row = |name: &str, figures: Figures, interval: Option<Interval>| {
            let Figures { precision, recall, f1 } = figures;
            let interval =
                interval.map(|interval| format!("{} to {}", share(interval.low), share(interval.high)));
            vec![name.to_string(), share(precision), share(recall), share(f1), interval.unwrap_or_default()]
        };
        self.line(
            "\nAgreement\nUnit: rows of the files; the interval is that of F1 over States under review",
        );
        self.table(
            1,
            &["average", "precision", "recall", "F1", "95% interval"],
            [
                row("micro: each label of each row alike", agreement.micro(), evaluation.micro_f1),
                row("macro: each label alike", agreement.macro_average(), evaluation.macro_f1),
            ],
        );
        self.line(format!("Exact match: {}", share(agreement.exact_match())));
    }

    fn labels(&mut self, evaluation: &Evaluation) {
        self.line("\nLabels\nUnit: rows of the files; each counts under all of its labels");
        let mut labels: Vec<_> = evaluation.agreement.labels().collect();
        labels.sort_by_key(|label| Reverse(label.support));
        let rows = labels.into_iter().map(|label| {
            let kappa = label.kappa.map_or("-".to_string(), share);
            let figures = [label.precision, label.recall, label.f1].map(share);
            let [precision, recall, f1] = figures;
            vec![label.label.to_string(), label.support.to_string(), precision, recall, f1, kappa]
        });
        self.table(1, &["label", "expected", "precision", "recall", "F1", "kappa"], rows);
    }

    fn confusions(&mut self, evaluation: &Evaluation) {
        let confusions = evaluation.agreement.confusions();
        self.line("\nWhich label was given where another was expected\nUnit: rows of the files");
        let shown = confusions.iter().take(MOST_CONFUSIONS).map(|confusion| {
            let (expected, given) = (or_nothing(&confusion.expected), or_nothing(&confusion.given));
            vec![expected, given, confusion.recommendations.to_string()]
        });
        self.table(2, &["expected", "given", "rows"], shown);
        if let Some(more) = confusions.len().checked_sub(MOST_CONFUSIONS).filter(|more| *more > 0) {
            self.line(format!("and {more} more pairs (--json has them)"));
        }
    }

    fn action(&mut self, accuracy: &Accuracy<u8>) {
        self.line("\nAction category\nUnit: rows of the files");
        let rows = accuracy.categories().into_iter().map(|category| {
            let Figures { precision, recall, f1 } = accuracy.category(category);
            vec![category.to_string(), share(precision), share(recall), share(f1)]
        });
        self.table(1, &["category", "precision", "recall", "F1"], rows);
        let (all, macro_f1) = (share(accuracy.accuracy()), share(accuracy.macro_f1()));
        self.line(format!("Accuracy {all}, macro-F1 {macro_f1}, {} rows", accuracy.recommendations()));
    }

    fn one_sided(&mut self, evaluation: &Evaluation) {
        let comparison = evaluation.comparison;
        let without = comparison.labels_without_issue();
        let labels: Vec<String> = without.iter().map(|(label, rows)| format!("{label} ({rows})")).collect();
        self.named("Labels of the files that no issue stands for, counted as missing", &labels);
        let names = |codes: Vec<Arc<str>>| -> Vec<String> { codes.iter().map(ToString::to_string).collect() };
        let never = names(comparison.issues_never_expected());
        self.named("Issues whose labels no file states, counted as wrong where given", &never);
        let silent = names(comparison.issues_not_judged());
        self.named("Issues that the crosswalk is silent on, not judged", &silent);
    }

    fn named(&mut self, title: &str, names: &[String]) {
        if !names.is_empty() {
            self.line(format!("\n{title}: {}", names.len()));
            self.wrapped(&names.join("; "));
        }
    }

    fn wrapped(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > usize::from(WIDTH) {
                self.line(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(line);
    }
}
