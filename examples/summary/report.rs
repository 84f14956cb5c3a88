//! The summary for programs: JSON.

use serde::Serialize;
use upr::read::{Account, FileRead, Reject, Reply, Unresolved};
use upr::tally::CategoryCount;
use upr::{Codebook, CodedList, Dimension, Tally};

#[derive(Serialize)]
struct Report<'r> {
    codebook: About<'r>,
    #[serde(flatten)]
    account: Account,
    untagged: usize,
    positions: Vec<CategoryCount>,
    issues: Vec<Named<'r>>,
    themes: Vec<Named<'r>>,
    recommending_states: Vec<CategoryCount>,
    regional_groups: Vec<CategoryCount>,
    unresolved: Unresolved,
    files: &'r [FileRead],
    unmatched_replies: &'r [Reply],
    rejected_rows: &'r [Reject],
}

#[derive(Serialize)]
struct About<'r> {
    name: &'r str,
    version: &'r str,
    hash: &'r str,
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

pub(crate) fn json(coded: &CodedList, codebook: &Codebook) -> String {
    let by = |dimension| Tally::with_positions(&coded.recommendations, dimension, codebook);
    let issue = |count: CategoryCount| {
        let issue = codebook.issue(&count.category);
        let label = issue.map_or("No issue of the codebook", |issue| &issue.label);
        Named { label, theme: issue.map(|issue| &*issue.theme), count }
    };
    let theme = |count: CategoryCount| {
        let label = codebook.theme(&count.category).map_or("No issue of the codebook", |theme| &theme.label);
        Named { label, theme: None, count }
    };
    let report = Report {
        codebook: About { name: codebook.name(), version: codebook.version(), hash: codebook.hash() },
        account: coded.account(),
        untagged: coded.untagged().count(),
        positions: by(Dimension::Position),
        issues: by(Dimension::Issue).into_iter().map(issue).collect(),
        themes: by(Dimension::Theme).into_iter().map(theme).collect(),
        recommending_states: by(Dimension::RecommendingState),
        regional_groups: by(Dimension::RegionalGroup),
        unresolved: coded.unresolved(),
        files: &coded.files,
        unmatched_replies: &coded.replies,
        rejected_rows: &coded.rejects,
    };
    serde_json::to_string_pretty(&report).expect("text keys only") + "\n"
}
