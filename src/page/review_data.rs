//! What the script of the page reads: one JSON with the words of the script in the page's language, and for the review the
//! issues with their definitions, the rules that matched, and for each recommendation its id, the hash of its text and its
//! tags. Texts, States and positions are not in it: the script reads them from the rows of the table.
//!
//! [`review`](super::review) is the markup that shows them.

use super::html::shown_length;
use super::{MAX_RECOMMENDATIONS, Report};
use crate::coded::Outcome;
use crate::dimension::Dimension;
use crate::text::hash::Fnv;
use crate::wording;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

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
    /// Whether the list has recommendations that are not on the page.
    part: bool,
    /// The decisions that the page was written with, as the program was given them.
    decisions: Vec<Decision<'r>>,
    coders: Vec<&'r str>,
    files: Vec<String>,
    /// A hash of these decisions.
    given: String,
}

/// Id, issue, decision, coder, date, note, hash of the text, file and line. Coder and file are places in their lists, and the
/// hash is 0 where it is that of the recommendation with the id. Last the id that it was applied to, where that is another.
#[derive(Serialize)]
struct Decision<'r>(&'r str, &'r str, &'r str, usize, &'r str, &'r str, Hash<'r>, usize, u64, &'r str);

#[derive(Serialize)]
#[serde(untagged)]
enum Hash<'r> {
    OfTheText(u8),
    Other(&'r str),
}

#[derive(Serialize)]
struct IssueData<'r> {
    code: &'r str,
    label: Cow<'r, str>,
    definition: &'r str,
    /// Its labels in all languages, in the form in which they are compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
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
                names: Vec::new(),
            })
            .collect();
        let mut places: HashMap<&str, usize> =
            issues.iter().enumerate().map(|(at, issue)| (issue.code, at)).collect();
        for (name, code) in self.codebooks.codes_by_label(Dimension::Issue) {
            if let Some(at) = places.get(&*code) {
                issues[*at].names.push(name);
            }
        }
        let (mut rules, mut known) = (Vec::new(), HashMap::new());
        let mut list = Fnv::new().add_field(codebook.name());
        let mut recommendations = Vec::new();
        let reviewed = if self.is_reviewable() { MAX_RECOMMENDATIONS } else { 0 };
        for coded in self.coded.iter().take(reviewed) {
            let made = &coded.recommendation;
            let text_hash = made.text_hash();
            list = list.add_field(&made.id).add_field(&text_hash);
            // what people decided comes apart
            let tags = coded.by_machine().coding.tags.iter().map(|tag| {
                let issue = *places.entry(&tag.code).or_insert_with(|| {
                    // of a list that was stored, and coded with other issues
                    let (label, names) = (Cow::from(&*tag.code), Vec::new());
                    issues.push(IssueData { code: &tag.code, label, definition: "", names });
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
                TagData { issue, evidence }
            });
            recommendations.push(Row { id: &made.id, text_hash, tags: tags.collect() });
        }
        let language = self.codebooks.language();
        let words = WORDS.iter().map(|(key, words)| (*key, wording::in_language(words, language)));
        let whole = self.coded.list().recommendations.len();
        let part = whole > recommendations.len() || self.coded.filtered().is_some();
        let hashes: HashMap<&str, &str> =
            recommendations.iter().map(|row| (row.id, row.text_hash.as_str())).collect();
        let (coders, files, decisions, given) = self.decisions(&hashes);
        Data {
            list: list.named(),
            words: words.collect(),
            issues,
            rules,
            part,
            decisions,
            coders,
            files,
            given,
            recommendations,
        }
    }

    /// The decisions that the list was corrected with: coders, files, the decisions themselves, and a hash of them.
    fn decisions(
        &self,
        hashes: &HashMap<&str, &str>,
    ) -> (Vec<&'r str>, Vec<String>, Vec<Decision<'r>>, String) {
        let (mut coders, mut files) = (Vec::new(), Vec::new());
        let (mut rows, mut hash) = (Vec::new(), Fnv::new());
        if !self.is_reviewable() {
            return (coders, files, rows, hash.named());
        }
        let list = self.coded.list();
        let names = list.decision_files();
        for Outcome { decision, origin, row, applied_to, .. } in &list.decisions {
            let cells = decision.cells();
            hash = cells.iter().fold(hash, |hash, cell| hash.add_field(cell)).add_field(&names[origin]);
            let [id, issue, said, coder, date, note, text_hash] = cells;
            let own = hashes.get(id).is_some_and(|own| *own == text_hash);
            let text_hash = if own { Hash::OfTheText(0) } else { Hash::Other(text_hash) };
            let coder = place(&mut coders, coder);
            let file = place(&mut files, names[origin].clone());
            let applied_to = if applied_to == id { "" } else { applied_to.as_str() };
            rows.push(Decision(id, issue, said, coder, date, note, text_hash, file, *row, applied_to));
        }
        (coders, files, rows, hash.named())
    }
}

/// The place of a name in a list of them; it is added if it is not there.
fn place<N: PartialEq>(names: &mut Vec<N>, name: N) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// What the script says; it writes its numbers in place of each `#`.
const WORDS: [(&str, &str); 54] = [
    ("shown", "# of # recommendations shown"),
    ("reviewed", "# of # reviewed"),
    ("place", "Recommendation # of #"),
    (
        "counts",
        "Decisions: # confirmed, # removed, # added. Contradicted issues: #. Checked without an issue: #.",
    ),
    ("machine", "machine"),
    ("confirmed", "confirmed"),
    ("removed", "removed"),
    ("added", "added"),
    ("contradicted", "contradicted"),
    ("checked", "Confirmed that no issue fits."),
    ("is-confirmed", "Confirmed:"),
    ("is-removed", "Removed:"),
    ("is-added", "Added:"),
    ("is-contradicted", "Decided, and contradicted by another coder:"),
    ("taken-back", "Taken back:"),
    ("undone", "Undone:"),
    ("no-undo", "Nothing to undo."),
    ("all-reviewed", "Every recommendation of this filter is reviewed."),
    ("no-contradiction", "Nowhere do coders contradict each other."),
    ("enter", "Enter leads to it."),
    ("first-of-all", "This is the first recommendation."),
    ("last-of-all", "This is the last recommendation."),
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
    ("replaced", "replaced by a later decision"),
    ("unnamed", "coder not named"),
    ("note", "Note:"),
    ("all-issues", "all issues"),
    ("downloaded", "corrections.csv has # rows."),
    ("downloaded-one", "corrections.csv has # row."),
    (
        "loaded",
        "The file was read. New decisions: #; already known: #; not placed: #. Issues on which coders contradict each other: #.",
    ),
    ("no-rows", "There are no decisions in this file."),
    ("columns", "Columns of the file that are not kept:"),
    (
        "not-a-file",
        "The file has no columns id, issue and decision. Choose a corrections.csv that was downloaded here.",
    ),
    ("not-utf8", "The file is not in UTF-8. Save it as CSV in UTF-8 and try again."),
    ("unplaced", "Rows that could not be placed: #. They are written into the download as they are."),
    ("why-id", "no recommendation of this page has this id"),
    ("why-twice", "several recommendations have this id"),
    ("why-meant", "several recommendations may be meant: write the whole id"),
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
