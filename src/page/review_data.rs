//! What the script of the page reads: one JSON with the words of the script in the page's language, and for the review the
//! issues with their definitions, the rules that matched, and for each recommendation its id, the hash of its text and its
//! tags. Texts, States and positions are not in it: the script reads them from the rows of the table.
//!
//! [`review`](super::review) is the markup that shows them.

use super::html::shown_length;
use super::{MAX_RECOMMENDATIONS, Report};
use crate::coded::{CodedRecommendation, Status, Tag};
use crate::dimension::Dimension;
use crate::text::hash::Fnv;
use crate::wording;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The tags of a recommendation as the review begins with them, each with its status. Corrections that were applied before
/// the page was written come in here, and nowhere else.
fn tags(coded: &CodedRecommendation) -> impl Iterator<Item = (&Tag, Status)> {
    let given = coded.coding.tags.iter().map(|tag| (tag, coded.status(Dimension::Issue, &tag.code)));
    let of_issues = coded.decided().iter().filter(|decided| decided.dimension == Dimension::Issue);
    given.chain(of_issues.filter_map(|decided| Some((decided.removed.as_ref()?, decided.status))))
}

fn is_machine(status: &Status) -> bool {
    *status == Status::Machine
}

/// What is in the JSON.
#[derive(Serialize)]
pub(super) struct Data<'r> {
    /// The name of the list among all lists that a browser knows: a hash of the codebook's name, the ids and the texts.
    list: String,
    words: BTreeMap<&'static str, Cow<'static, str>>,
    issues: Vec<IssueData<'r>>,
    /// The patterns of the rules that matched, each once.
    rules: Vec<&'r str>,
    /// In the order of the rows of the table.
    recommendations: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct IssueData<'r> {
    code: &'r str,
    label: Cow<'r, str>,
    definition: &'r str,
}

#[derive(Serialize)]
struct Row<'r> {
    id: &'r str,
    text_hash: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<TagData>,
}

#[derive(Serialize)]
struct TagData {
    /// Its place among the issues.
    issue: usize,
    /// Rule, start and end, in the units of JavaScript's strings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<[usize; 3]>,
    #[serde(skip_serializing_if = "is_machine")]
    status: Status,
}

impl<'r> Report<'r> {
    pub(super) fn data(&'r self) -> Data<'r> {
        let codebook = self.codebooks.issues();
        let mut issues: Vec<IssueData> = codebook
            .issues()
            .iter()
            .map(|issue| IssueData {
                code: &issue.code,
                label: Cow::from(issue.label.as_str()),
                definition: &issue.definition,
            })
            .collect();
        let mut places: HashMap<&str, usize> =
            issues.iter().enumerate().map(|(at, issue)| (issue.code, at)).collect();
        let (mut rules, mut known) = (Vec::new(), HashMap::new());
        let mut list = Fnv::new().add_field(codebook.name());
        let mut recommendations = Vec::new();
        let reviewed = if self.is_reviewable() { MAX_RECOMMENDATIONS } else { 0 };
        for coded in self.coded.iter().take(reviewed) {
            let made = &coded.recommendation;
            let text_hash = made.text_hash();
            list = list.add_field(&made.id).add_field(&text_hash);
            let tags = tags(coded).map(|(tag, status)| {
                let issue = *places.entry(&tag.code).or_insert_with(|| {
                    // of a list that was stored, and coded with other issues
                    issues.push(IssueData { code: &tag.code, label: Cow::from(&*tag.code), definition: "" });
                    issues.len() - 1
                });
                let mut evidence = Vec::new();
                // matches are in the order of the text, so that each letter is counted once
                let mut counted = (0, 0);
                for found in &tag.evidence {
                    let Some(matched) = made.text.get(found.span.clone()) else { continue };
                    counted = match made.text.get(counted.0..found.span.start) {
                        Some(between) => (found.span.start, counted.1 + shown_length(between)),
                        None => (found.span.start, shown_length(&made.text[..found.span.start])),
                    };
                    let rule = *known.entry(&*found.rule).or_insert_with(|| {
                        rules.push(&*found.rule);
                        rules.len() - 1
                    });
                    let start = counted.1;
                    evidence.push([rule, start, start + shown_length(matched)]);
                }
                TagData { issue, evidence, status }
            });
            recommendations.push(Row { id: &made.id, text_hash, tags: tags.collect() });
        }
        let language = self.codebooks.language();
        let words = WORDS.iter().map(|(key, words)| (*key, wording::in_language(words, language)));
        Data { list: list.named(), words: words.collect(), issues, rules, recommendations }
    }
}

/// What the script says; it writes its numbers in place of each `#`.
const WORDS: [(&str, &str); 44] = [
    ("shown", "# of # recommendations shown"),
    ("reviewed", "# of # reviewed"),
    ("place", "Recommendation # of #"),
    ("counts", "Decisions: # confirmed, # removed, # added. Checked without an issue: #."),
    ("machine", "machine"),
    ("confirmed", "confirmed"),
    ("removed", "removed"),
    ("added", "added"),
    ("checked", "Confirmed that no issue fits."),
    ("is-confirmed", "Confirmed:"),
    ("is-removed", "Removed:"),
    ("is-added", "Added:"),
    ("taken-back", "Taken back:"),
    ("undone", "Undone:"),
    ("no-undo", "Nothing to undo."),
    ("all-reviewed", "Every recommendation of this filter is reviewed."),
    ("first", "This is the first recommendation of this filter."),
    ("last", "This is the last recommendation of this filter."),
    ("need-name", "Write your name or initials first: the file says who decided."),
    ("need-issue", "This recommendation has no issue. Add one, or confirm that none fits."),
    ("need-decision", "Confirm or remove this issue first: a note belongs to a decision."),
    ("decided", "You have decided so already."),
    ("noted", "The note is kept."),
    ("no-rule", "None: a person added this issue."),
    ("no-evidence", "None is known."),
    ("no-decision", "None yet."),
    ("earlier", "from corrections that were applied before this page was written"),
    ("unnamed", "coder not named"),
    ("note", "Note:"),
    ("all-issues", "all issues"),
    ("downloaded", "corrections.csv has # rows."),
    (
        "loaded",
        "The file was read. Decisions taken up: #, of which in place of an earlier one: #; left aside because a later one is \
         known: #; not placed: #.",
    ),
    ("columns", "Columns of the file that are not kept:"),
    (
        "not-a-file",
        "The file has no columns id, issue and decision. Choose a corrections.csv that was downloaded here.",
    ),
    ("not-utf8", "The file is not in UTF-8. Save it as CSV in UTF-8 and try again."),
    ("unplaced", "Rows that could not be placed: #. They are written into the download as they are."),
    ("why-id", "no recommendation has this id"),
    ("why-text", "the recommendation of this id has another text"),
    ("why-several", "several recommendations have this text, none of them this id"),
    ("why-issue", "the codebook has no such issue"),
    ("why-other", "not a decision about an issue"),
    ("why-decision", "the decision is not confirm, add or remove"),
    ("opened", "Press ? to see the keys."),
    (
        "unreadable",
        "What this browser had stored for this list cannot be read. It is kept under another name, and the review begins anew.",
    ),
];
