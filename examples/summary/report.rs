//! The summary for programs: JSON.

use crate::further::Further;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use upr::code::Reviewed;
use upr::count::CategoryCount;
use upr::read::{Account, FileRead, Reject, Reply, Spelling, Unresolved};
use upr::{Aspect, Codebook, CodedList, Dimension, Table, Tagger, Tally};

#[derive(Serialize)]
struct Report<'r> {
    codebook: About<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered: Option<Filtered<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<Reviewed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<Table>,
    #[serde(flatten)]
    account: Account,
    untagged: usize,
    positions: Vec<CategoryCount>,
    issues: Vec<Named<'r>>,
    themes: Vec<Named<'r>>,
    recommending_states: Vec<CategoryCount>,
    regional_groups: Vec<CategoryCount>,
    aspects: BTreeMap<&'r str, Along<'r>>,
    unresolved: Unresolved,
    corrected: BTreeMap<Arc<str>, Spelling>,
    files: &'r [FileRead],
    unmatched_replies: &'r [Reply],
    rejected_rows: &'r [Reject],
    #[serde(flatten)]
    further: &'r Further<'r>,
}

/// The filter that chose the recommendations.
#[derive(Serialize)]
pub(crate) struct Filtered<'r> {
    conditions: &'r str,
    passed: usize,
    of: u64,
}

impl Filtered<'_> {
    pub(crate) fn of(coded: &CodedList) -> Option<Filtered<'_>> {
        let passed = coded.recommendations.len();
        coded.filtered().map(|(conditions, of)| Filtered { conditions, passed, of })
    }
}

#[derive(Serialize)]
struct About<'r> {
    name: &'r str,
    version: &'r str,
    hash: &'r str,
}

/// One aspect, counted by the codes of its codebook.
#[derive(Serialize)]
struct Along<'r> {
    codebook: About<'r>,
    counts: Vec<Named<'r>>,
}

/// An issue or a theme, counted, with its name.
#[derive(Serialize)]
struct Named<'r> {
    label: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'r str>,
    #[serde(flatten)]
    count: CategoryCount,
}

pub(crate) fn json(coded: &CodedList, tagger: &Tagger, further: &Further) -> String {
    let codebook = tagger.codebook();
    let by = |dimension| Tally::with_positions(coded, dimension);
    let issue = |count| coded_as(codebook, count);
    let theme = |count: CategoryCount| {
        let label = codebook.theme(&count.category).map_or("No issue of the codebook", |theme| &theme.label);
        Named { label, theme: None, count }
    };
    let along = |(aspect, codebook): (Aspect, _)| {
        let counts =
            by(Dimension::Aspect(aspect)).into_iter().map(|count| coded_as(codebook, count)).collect();
        (aspect.as_str(), Along { codebook: About::new(codebook), counts })
    };
    let is_reviewed = coded.is_corrected();
    let report = Report {
        codebook: About::new(codebook),
        filtered: Filtered::of(coded),
        reviewed: is_reviewed.then(|| coded.reviewed()),
        decisions: is_reviewed.then(|| coded.decisions()),
        account: coded.account(),
        untagged: coded.untagged().count(),
        positions: by(Dimension::Position),
        issues: by(Dimension::Issue).into_iter().map(issue).collect(),
        themes: by(Dimension::Theme).into_iter().map(theme).collect(),
        recommending_states: by(Dimension::RecommendingState),
        regional_groups: by(Dimension::RegionalGroup),
        aspects: tagger.codebooks().aspects().map(along).collect(),
        unresolved: coded.unresolved(),
        corrected: coded.corrected(),
        files: &coded.files,
        unmatched_replies: &coded.replies,
        rejected_rows: &coded.rejects,
        further,
    };
    serde_json::to_string_pretty(&report).expect("text keys only") + "\n"
}

/// A count under the name of its code.
fn coded_as(codebook: &Codebook, count: CategoryCount) -> Named<'_> {
    let issue = codebook.issue(&count.category);
    let label = issue.map_or("No issue of the codebook", |issue| &issue.label);
    Named { label, theme: issue.map(|issue| &*issue.theme), count }
}

impl About<'_> {
    fn new(codebook: &Codebook) -> About<'_> {
        let about = codebook.about();
        About { name: &about.name, version: &about.version, hash: &about.hash }
    }
}
