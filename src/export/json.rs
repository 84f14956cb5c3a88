//! The content of an export as one JSON document, with the names of serde's `CodedList`.

use super::package::{about, about_aspects};
use super::seal::{Seal, Sealing};
use crate::codebook::{Aspect, Codebook};
use crate::coded::{
    CodedBy, CodedRecommendation, Coding, Evidence, Filtered, Outcome, Reviewed, Selection, Status,
};
use crate::dimension::Dimension;
use crate::error::{Error, Result};
use crate::files::output::{self, Destination};
use crate::list::unresolved::Spellings;
use crate::list::{Account, FileRead, Reject, Reply, Unresolved};
use crate::recommendation::Recommendation;
use crate::tally::Tally;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What the spans of evidence count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Offsets {
    #[default]
    Characters,
    Bytes,
    Utf16,
}

impl Offsets {
    fn of(self, text: &str, span: &Range<usize>) -> Range<usize> {
        let count = |part: &str| match self {
            Offsets::Characters => part.chars().count(),
            Offsets::Bytes => part.len(),
            Offsets::Utf16 => part.chars().map(char::len_utf16).sum(),
        };
        let start = count(&text[..span.start]);
        start..start + count(&text[span.clone()])
    }
}

/// How a list is written as JSON. Unless asked otherwise, the spans of evidence count characters (Unicode code points), as
/// Python and R do, and what does not occur is left out.
///
/// # Example
///
/// ```
/// use upr::export::JsonOptions;
///
/// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// let mut json = Vec::new();
/// upr::export::json(&mut json, &coded, &JsonOptions::default().in_utf16())?;
/// let document: serde_json::Value = serde_json::from_slice(&json).unwrap();
/// assert_eq!(document["offsets"], "utf16");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JsonOptions {
    offsets: Offsets,
    zeros: bool,
}

impl JsonOptions {
    /// Spans count bytes of UTF-8, as Rust does. A [`StoredList`](crate::StoredList) reads such a document back.
    pub fn in_bytes(self) -> JsonOptions {
        JsonOptions { offsets: Offsets::Bytes, ..self }
    }

    /// Spans count UTF-16 code units, as JavaScript and Java do.
    pub fn in_utf16(self) -> JsonOptions {
        JsonOptions { offsets: Offsets::Utf16, ..self }
    }

    /// Tallies have cells, and `labels` names, also for categories that do not occur.
    pub fn with_zeros(self) -> JsonOptions {
        JsonOptions { zeros: true, ..self }
    }
}

#[derive(Serialize)]
struct Document<'d> {
    coded_by: &'d CodedBy,
    codebook: serde_json::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    aspect_codebooks: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered: Option<&'d Filtered>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<Reviewed>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    decisions: &'d [Outcome],
    offsets: Offsets,
    account: Account,
    /// By dimension, the label of each code.
    labels: BTreeMap<&'static str, BTreeMap<&'d str, &'d str>>,
    unresolved: Unresolved,
    corrected: Spellings,
    tallies: Vec<Counts>,
    recommendations: Vec<Coded<'d>>,
    pledges: &'d [Recommendation],
    replies: &'d [Reply],
    rejects: &'d [Reject],
    files: &'d [FileRead],
}

/// A tally: what it was coded with is said once, at the beginning.
#[derive(Serialize)]
struct Counts {
    dimensions: Vec<Dimension>,
    total: crate::tally::Count,
    cells: Vec<(Vec<Arc<str>>, crate::tally::Count)>,
}

#[derive(Serialize)]
struct Coded<'d> {
    recommendation: &'d Recommendation,
    coding: Codes<'d>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aspects: BTreeMap<Aspect, Codes<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decided: Vec<Decided<'d>>,
}

#[derive(Serialize)]
struct Decided<'d> {
    dimension: Dimension,
    category: &'d str,
    status: Status,
    coders: &'d [Arc<str>],
    by_machine: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<Tag<'d>>,
}

#[derive(Serialize)]
struct Codes<'d> {
    tags: Vec<Tag<'d>>,
    suppressed: Vec<Suppressed<'d>>,
}

#[derive(Serialize)]
struct Tag<'d> {
    code: &'d str,
    theme: &'d str,
    evidence: Vec<Match<'d>>,
}

#[derive(Serialize)]
struct Suppressed<'d> {
    code: &'d str,
    evidence: Match<'d>,
    by: &'d str,
}

#[derive(Serialize)]
struct Match<'d> {
    rule: &'d str,
    span: Range<usize>,
    matched: &'d str,
}

/// The dimensions that are counted in the document, as in the CSV files.
const TALLIES: [&[Dimension]; 8] = [
    &[Dimension::Issue, Dimension::Position],
    &[Dimension::Theme, Dimension::Position],
    &[Dimension::RecommendingState, Dimension::Position],
    &[Dimension::RegionalGroup, Dimension::Position],
    &[Dimension::StateUnderReview, Dimension::Position],
    &[Dimension::Session, Dimension::Position],
    &[Dimension::Issue, Dimension::RecommendingState],
    &[Dimension::Issue, Dimension::RegionalGroup],
];

/// Writes the list, its codings, labels and tallies as JSON. The last key, `written_by`, has the SHA-256 of all bytes before it,
/// by which [`json_file`] knows a document that nobody has changed.
///
/// # Errors
///
/// A writer that fails.
///
/// # Example
///
/// ```
/// use upr::export::{self, JsonOptions};
///
/// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let mut written = Vec::new();
/// export::json(&mut written, &coded, &JsonOptions::default())?;
/// let document: serde_json::Value = serde_json::from_slice(&written).unwrap();
/// assert_eq!(document["account"]["recommendations"], 347);
/// assert_eq!(document["recommendations"][0]["recommendation"]["id"], "XXX-00-26.1");
/// assert_eq!(document["labels"]["issue"]["death-penalty"], "Death penalty");
/// # Ok::<(), upr::Error>(())
/// ```
pub fn json<'l>(writer: impl Write, coded: impl Into<Selection<'l>>, options: &JsonOptions) -> Result<()> {
    let written = write(writer, &coded.into(), options);
    written.map_err(|error| Error::unwritable(Path::new("the JSON document"), error))
}

/// The document, with its end by which upr knows it again.
pub(super) fn write(writer: impl Write, coded: &Selection<'_>, options: &JsonOptions) -> io::Result<()> {
    let list = coded.list();
    let aspects = || list.codebooks().aspects();
    let of_aspects = aspects().map(|(aspect, _)| vec![Dimension::Aspect(aspect), Dimension::Position]);
    let dimensions = TALLIES.iter().map(|dimensions| dimensions.to_vec()).chain(of_aspects);
    let document = Document {
        coded_by: coded.coded_by(),
        codebook: about(list.codebooks().issues()),
        aspect_codebooks: (aspects().len() > 0).then(|| about_aspects(list.codebooks())),
        filtered: coded.filter_passed(),
        reviewed: list.is_corrected().then(|| coded.reviewed()),
        decisions: &list.decisions,
        offsets: options.offsets,
        account: coded.account(),
        labels: labels(coded, options.zeros),
        unresolved: coded.unresolved(),
        corrected: coded.corrected(),
        tallies: dimensions.map(|dimensions| Counts::of(coded, dimensions, options.zeros)).collect(),
        recommendations: coded.iter().map(|coded| Coded::new(coded, options.offsets)).collect(),
        pledges: &list.pledges,
        replies: &list.replies,
        rejects: &list.rejects,
        files: &list.files,
    };
    let mut sealing = Sealing::new(writer);
    serde_json::to_writer(&mut sealing, &document)?;
    sealing.close()
}

/// Writes the same into a file, whole or not at all. An earlier document is replaced, unless it was changed since.
///
/// # Errors
///
/// A file that cannot be written; one that upr did not write, or that was changed since: [`overwrite`](super::overwrite) replaces
/// it.
///
/// # Example
///
/// ```
/// use upr::export::{JsonOptions, json_file};
///
/// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// let path = std::env::temp_dir().join("upr-example.json");
/// json_file(&path, &coded, &JsonOptions::default())?;
/// assert!(path.metadata().unwrap().len() < 60_000);
/// assert!(json_file("fixtures", &coded, &JsonOptions::default()).is_err()); // a folder
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn json_file<'l>(
    path: impl Destination,
    coded: impl Into<Selection<'l>>,
    options: &JsonOptions,
) -> Result<()> {
    let known = |path: &Path| Seal::Json.is_on(path);
    let expected = "an earlier document, or no such file";
    output::write(&path.target(), (known, expected), |writer| write(writer, &coded.into(), options))
}

impl Counts {
    fn of(coded: &Selection<'_>, dimensions: Vec<Dimension>, zeros: bool) -> Counts {
        let tally = Tally::of(coded, &dimensions);
        let tally = if zeros { tally.with_zeros() } else { tally };
        let cells = tally.iter().map(|(cell, count)| (cell.to_vec(), count)).collect();
        Counts { dimensions, total: tally.total(), cells }
    }
}

/// The labels of issues, themes and the codes of aspects: those that occur, or all.
fn labels<'l>(coded: &Selection<'l>, all: bool) -> BTreeMap<&'static str, BTreeMap<&'l str, &'l str>> {
    let codebooks = coded.list().codebooks();
    let codings =
        coded.iter().flat_map(|coded| coded.aspects().map(|(_, coding)| coding).chain([&coded.coding]));
    let tags = codings.flat_map(|coding| &coding.tags);
    let occurring: BTreeSet<&str> = tags.flat_map(|tag| [&*tag.code, &*tag.theme]).collect();
    let wanted = |code: &str| all || occurring.contains(code);
    let of_codes = |codebook: &'l Codebook| -> BTreeMap<&'l str, &'l str> {
        let issues = codebook.issues().iter().filter(|issue| wanted(&issue.code));
        issues.map(|issue| (&*issue.code, issue.label.as_str())).collect()
    };
    let themes = codebooks.issues().themes().iter().filter(|theme| wanted(&theme.code));
    let themes = themes.map(|theme| (&*theme.code, theme.label.as_str())).collect();
    let aspects = codebooks.aspects().map(|(aspect, codebook)| (aspect.as_str(), of_codes(codebook)));
    let first = [("issue", of_codes(codebooks.issues())), ("theme", themes)];
    first.into_iter().chain(aspects).collect()
}

impl<'d> Coded<'d> {
    fn new(coded: &'d CodedRecommendation, offsets: Offsets) -> Coded<'d> {
        let text = &coded.recommendation.text;
        let action = coded.action.as_ref().map(|action| {
            let mut value = serde_json::to_value(action).unwrap_or_default();
            value["decided_by"] = coded.action_decided_by().into();
            if let Some(verb) = &action.verb {
                let span = offsets.of(text, verb);
                value["verb"] = serde_json::json!({ "start": span.start, "end": span.end });
                value["matched"] = serde_json::json!(&text[verb.clone()]);
            }
            value
        });
        let decided = coded.decided().iter().map(|decided| Decided {
            dimension: decided.dimension,
            category: &decided.category,
            status: decided.status,
            coders: &decided.coders,
            by_machine: decided.by_machine,
            removed: decided.removed.as_ref().map(|tag| Tag::new(text, tag, offsets)),
        });
        Coded {
            recommendation: &coded.recommendation,
            coding: Codes::new(text, &coded.coding, offsets),
            aspects: coded
                .aspects()
                .map(|(aspect, coding)| (aspect, Codes::new(text, coding, offsets)))
                .collect(),
            action,
            decided: decided.collect(),
        }
    }
}

impl<'d> Codes<'d> {
    fn new(text: &'d str, coding: &'d Coding, offsets: Offsets) -> Codes<'d> {
        let suppressed = coding.suppressed.iter().map(|suppressed| Suppressed {
            code: &suppressed.code,
            evidence: Match::new(text, &suppressed.evidence, offsets),
            by: &suppressed.by,
        });
        let tags = coding.tags.iter().map(|tag| Tag::new(text, tag, offsets));
        Codes { tags: tags.collect(), suppressed: suppressed.collect() }
    }
}

impl<'d> Tag<'d> {
    fn new(text: &'d str, tag: &'d crate::coded::Tag, offsets: Offsets) -> Tag<'d> {
        let evidence = tag.evidence.iter().map(|evidence| Match::new(text, evidence, offsets));
        Tag { code: &tag.code, theme: &tag.theme, evidence: evidence.collect() }
    }
}

impl<'d> Match<'d> {
    fn new(text: &'d str, evidence: &'d Evidence, offsets: Offsets) -> Match<'d> {
        let (span, matched) = (offsets.of(text, &evidence.span), &text[evidence.span.clone()]);
        Match { rule: &evidence.rule, span, matched }
    }
}
