//! The rows of a comparison, with what coders and tags say of each.

use crate::coded::CodedRecommendation;
use crate::table::{Cell, Table};
use std::sync::Arc;

/// A recommendation with the labels expected and given, each in alphabetical order.
#[derive(Debug, Clone)]
pub(super) struct Compared<'c> {
    pub(super) coded: &'c CodedRecommendation,
    pub(super) expected: Vec<Arc<str>>,
    pub(super) given: Vec<Arc<str>>,
}

pub(super) fn table<'c>(rows: impl IntoIterator<Item = &'c Compared<'c>>) -> Table {
    let mut table = Table::new([
        "id",
        "file",
        "row",
        "state_under_review",
        "text",
        "expected",
        "given",
        "missing",
        "extra",
        "evidence",
        "set_aside",
    ]);
    table.rows.extend(rows.into_iter().map(|Compared { coded, expected, given }| {
        let recommendation = &coded.recommendation;
        let source = recommendation.sources.first();
        vec![
            Cell::from(&*recommendation.id),
            source.map_or("", |source| &source.file).into(),
            source.map_or(Cell::from(""), |source| source.row.into()),
            recommendation.state_under_review.as_ref().map_or("", |name| name.name()).into(),
            (&*recommendation.text).into(),
            joined(expected).into(),
            joined(given).into(),
            joined(expected.iter().filter(|label| !given.contains(label))).into(),
            joined(given.iter().filter(|label| !expected.contains(label))).into(),
            evidence(coded).into(),
            set_aside(coded).into(),
        ]
    }));
    table
}

fn joined<'l>(labels: impl IntoIterator<Item = &'l Arc<str>>) -> String {
    labels.into_iter().map(|label| &**label).collect::<Vec<_>>().join("; ")
}

/// For each issue given, the words that gave it, and the rule in square brackets.
fn evidence(coded: &CodedRecommendation) -> String {
    let text = &coded.recommendation.text;
    let tags = coded.coding.tags.iter().map(|tag| {
        let matches = tag.evidence.iter();
        let matches: Vec<String> = matches
            .map(|evidence| format!("\"{}\" [{}]", &text[evidence.span.clone()], evidence.rule))
            .collect();
        format!("{}: {}", tag.code, matches.join(", "))
    });
    tags.collect::<Vec<_>>().join("; ")
}

/// What an exclusion set aside, with both rules.
fn set_aside(coded: &CodedRecommendation) -> String {
    let text = &coded.recommendation.text;
    let matches = coded.coding.suppressed.iter().map(|aside| {
        let words = &text[aside.evidence.span.clone()];
        format!("{}: \"{words}\" [{}] by [{}]", aside.code, aside.evidence.rule, aside.by)
    });
    matches.collect::<Vec<_>>().join("; ")
}
