//! The content of an export as one JSON document.

use super::package::{about, about_aspects};
use crate::Result;
use crate::aspect::{Aspect, Codebooks};
use crate::coded::action::Action;
use crate::error::Error;
use crate::filter::Filtered;
use crate::list::{Account, Corrected, FileRead, Reject, Reply, Unresolved};
use crate::recommendation::Recommendation;
use crate::tag::{CodedList, CodedRecommendation, Coding, Evidence};
use crate::tally::{Dimension, Tally};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// What is written: the same as in the CSV files, with what belongs to a recommendation inside it.
#[derive(Serialize)]
struct Document<'d> {
    codebook: serde_json::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    aspect_codebooks: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_coder: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered: Option<&'d Filtered>,
    account: Account,
    unresolved: Unresolved,
    corrected: BTreeMap<Arc<str>, Corrected>,
    files: &'d [FileRead],
    tallies: Vec<Tally>,
    recommendations: Vec<Coded<'d>>,
    pledges: &'d [Recommendation],
    unmatched_replies: &'d [Reply],
    rejects: &'d [Reject],
}

#[derive(Serialize)]
struct Coded<'d> {
    #[serde(flatten)]
    recommendation: &'d Recommendation,
    tags: Vec<Tag<'d>>,
    suppressed: Vec<Suppressed<'d>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aspects: BTreeMap<&'static str, Along<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Asked<'d>>,
}

/// What it asks to do, and the verb that says so.
#[derive(Serialize)]
struct Asked<'d> {
    category: u8,
    name: &'static str,
    decided_by: &'static str,
    by_rule: u8,
    verb: Option<Verb<'d>>,
}

#[derive(Serialize)]
struct Verb<'d> {
    start: usize,
    end: usize,
    matched: &'d str,
}

/// What was coded along one aspect.
#[derive(Serialize)]
struct Along<'d> {
    codes: Vec<Code<'d>>,
    suppressed: Vec<SuppressedCode<'d>>,
}

#[derive(Serialize)]
struct Code<'d> {
    code: &'d str,
    theme: &'d str,
    evidence: Vec<Match<'d>>,
}

#[derive(Serialize)]
struct SuppressedCode<'d> {
    code: &'d str,
    by: &'d str,
    #[serde(flatten)]
    evidence: Match<'d>,
}

#[derive(Serialize)]
struct Tag<'d> {
    issue: &'d str,
    theme: &'d str,
    evidence: Vec<Match<'d>>,
}

#[derive(Serialize)]
struct Suppressed<'d> {
    issue: &'d str,
    by: &'d str,
    #[serde(flatten)]
    evidence: Match<'d>,
}

/// Evidence with its offsets in characters.
#[derive(Serialize)]
struct Match<'d> {
    rule: &'d str,
    start: usize,
    end: usize,
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

/// Writes the list, its tags and its tallies as JSON. Offsets count characters, as in `evidence.csv`.
///
/// # Errors
///
/// A writer that fails; another codebook than the list's.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export};
///
/// let tagger = Tagger::new(Codebook::core())?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
/// let mut written = Vec::new();
/// export::json(&mut written, &coded, tagger.codebook())?;
/// let document: serde_json::Value = serde_json::from_slice(&written).unwrap();
/// assert_eq!(document["account"]["recommendations"], 347);
/// assert_eq!(document["recommendations"][0]["id"], "XXX-00-26.1");
/// # Ok::<(), upr::Error>(())
/// ```
pub fn json<'c>(
    mut writer: impl Write,
    coded: &CodedList,
    codebooks: impl Into<Codebooks<'c>>,
) -> Result<()> {
    let codebooks = codebooks.into();
    super::check(coded, codebooks)?;
    let tally =
        |dimensions: &[Dimension]| Tally::of(&coded.recommendations, dimensions).with_zeros(codebooks);
    let of_aspects = coded.aspect_codebooks.keys().map(|aspect| [aspect.dimension(), Dimension::Position]);
    let document = Document {
        codebook: about(codebooks.issues),
        aspect_codebooks: (!coded.aspect_codebooks.is_empty()).then(|| about_aspects(codebooks)),
        model: coded.model.as_deref(),
        action_coder: coded.action_coder.as_deref(),
        filtered: coded.filtered.as_ref(),
        account: coded.account(),
        unresolved: coded.unresolved(),
        corrected: coded.corrected(),
        files: &coded.files,
        tallies: TALLIES
            .iter()
            .map(|dimensions| tally(dimensions))
            .chain(of_aspects.map(|dimensions| tally(&dimensions)))
            .collect(),
        recommendations: coded.recommendations.iter().map(Coded::new).collect(),
        pledges: &coded.pledges,
        unmatched_replies: &coded.replies,
        rejects: &coded.rejects,
    };
    let unwritable = |error: std::io::Error| Error::unwritable(Path::new("the JSON document"), error);
    serde_json::to_writer(&mut writer, &document).map_err(|error| unwritable(error.into()))?;
    writer.write_all(b"\n").map_err(unwritable)
}

/// Writes the same into a file.
///
/// # Errors
///
/// A file that cannot be written.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let path = std::env::temp_dir().join("upr-example.json");
/// upr::export::json_file(&path, &coded, &tagger)?;
/// let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
/// assert_eq!(json["recommendations"][0]["id"], "TUV-43-90.1");
/// assert!(upr::export::json_file("fixtures", &coded, &tagger).is_err()); // a folder
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn json_file<'c>(
    path: impl AsRef<Path>,
    coded: &CodedList,
    codebooks: impl Into<Codebooks<'c>>,
) -> Result<()> {
    let path = path.as_ref();
    let unwritable = |error| Error::unwritable(path, error);
    let mut writer = std::io::BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
    json(&mut writer, coded, codebooks)?;
    writer.flush().map_err(unwritable)
}

impl<'d> Coded<'d> {
    fn new(coded: &'d CodedRecommendation) -> Coded<'d> {
        let text = &coded.recommendation.text;
        let tag = |tag: &'d crate::tag::Tag| Tag {
            issue: &tag.issue,
            theme: &tag.theme,
            evidence: tag.evidence.iter().map(|evidence| Match::new(text, evidence)).collect(),
        };
        let suppressed = |suppressed: &'d crate::tag::Suppressed| Suppressed {
            issue: &suppressed.issue,
            by: &suppressed.by,
            evidence: Match::new(text, &suppressed.evidence),
        };
        let along = |aspect: Aspect| Some((aspect.as_str(), Along::new(text, coded.aspects.of(aspect)?)));
        let asked = |action: &Action| Asked {
            category: action.category.number(),
            name: action.category.as_str(),
            decided_by: action.decided_by.as_str(),
            by_rule: action.by_rule.number(),
            verb: action.verb_in(text).map(|(start, end, matched)| Verb { start, end, matched }),
        };
        Coded {
            action: coded.action.as_ref().map(asked),
            aspects: Aspect::ALL.into_iter().filter_map(along).collect(),
            recommendation: &coded.recommendation,
            tags: coded.coding.tags.iter().map(tag).collect(),
            suppressed: coded.coding.suppressed.iter().map(suppressed).collect(),
        }
    }
}

impl<'d> Along<'d> {
    fn new(text: &'d str, coding: &'d Coding) -> Along<'d> {
        let code = |tag: &'d crate::tag::Tag| Code {
            code: &tag.issue,
            theme: &tag.theme,
            evidence: tag.evidence.iter().map(|evidence| Match::new(text, evidence)).collect(),
        };
        let suppressed = |suppressed: &'d crate::tag::Suppressed| SuppressedCode {
            code: &suppressed.issue,
            by: &suppressed.by,
            evidence: Match::new(text, &suppressed.evidence),
        };
        Along {
            codes: coding.tags.iter().map(code).collect(),
            suppressed: coding.suppressed.iter().map(suppressed).collect(),
        }
    }
}

impl<'d> Match<'d> {
    fn new(text: &'d str, evidence: &'d Evidence) -> Match<'d> {
        let (start, end) = evidence.characters(text);
        Match { rule: &evidence.rule, start, end, matched: &text[evidence.span.clone()] }
    }
}
