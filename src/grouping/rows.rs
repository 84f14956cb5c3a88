//! What a table of groups consists of: the groups, and the rows that lead to them. `regroup` makes use of them.

use crate::names::names;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A group of issues, by the codes and labels of the frame that it belongs to.
///
/// # Example
///
/// ```
/// use upr::{Codebook, count::Grouping};
///
/// let climate = Codebook::load("fixtures/codebook-climate")?;
/// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
/// let nature = &grouping.groups()[0];
/// assert_eq!((&*nature.code, nature.label.as_str()), ("nature", "Nature and climate"));
/// assert_eq!(nature.also, ["Nature", "Climate"]); // what files may call it
/// assert_eq!(&*nature.theme, "climate-chapters");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDefinition {
    /// The code, such as `sdg-5` or `A12`.
    pub code: Arc<str>,
    /// The name that people read, and that files state as a label.
    pub label: String,
    /// What belongs to it, or empty.
    pub definition: String,
    /// Other forms of the label in files, such as `5 - GENDER EQUALITY`.
    pub also: Vec<String>,
    /// The code of the theme that it stands under where the groups are the issues of a codebook; else the name of the
    /// grouping.
    pub theme: Arc<str>,
}

/// A row of the table: an issue and a group that it belongs to.
///
/// # Example
///
/// ```
/// use upr::{Codebook, count::Grouping};
///
/// let climate = Codebook::load("fixtures/codebook-climate")?;
/// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
/// use upr::count::Relation;
///
/// let row = &grouping.assignments()[1];
/// assert_eq!((&*row.issue, row.group.as_deref(), row.line), ("climate-action", Some("A2"), 3));
/// assert_eq!((row.relation, row.note.as_str()), (Some(Relation::Overlaps), "a measure of today may be meant"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// The code of the group; none where the table says that the issue falls outside.
    pub group: Option<Arc<str>>,
    /// How the issue relates to the group, where the table says it.
    pub relation: Option<Relation>,
    /// Why, or empty.
    pub note: String,
    /// Its line in the table.
    pub line: u64,
}

/// How an issue relates to a group.
///
/// The four are those by which vocabularies are matched elsewhere: `exactMatch`, `broadMatch`, `narrowMatch` and
/// `relatedMatch` of SKOS (W3C, Simple Knowledge Organization System Reference, 2009, section 10).
///
/// # Example
///
/// ```
/// use upr::{Codebook, count::Grouping};
///
/// let climate = Codebook::load("fixtures/codebook-climate")?;
/// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
/// use upr::count::Relation;
///
/// let relations = grouping.assignments().iter().map(|row| row.relation);
/// assert_eq!(relations.collect::<Vec<_>>(), [Some(Relation::Same), Some(Relation::Overlaps), None]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Both mean one thing, but for cases at the edges.
    Same,
    /// The issue is a part of the group: what has the issue belongs to the group.
    Narrower,
    /// The group is a part of the issue: what has the issue may belong to the group or not.
    Broader,
    /// Each has something that the other hasn't; what they share is large enough to count by.
    Overlaps,
}

names! {
    Relation, "relation",
    Same = "same",
    Narrower = "narrower",
    Broader = "broader",
    Overlaps = "overlaps",
}

/// Which rows of a table count. A row without relation counts by every reading.
///
/// # Example
///
/// ```
/// use upr::{Codebook, count::Grouping};
///
/// let climate = Codebook::load("fixtures/codebook-climate")?;
/// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
/// use upr::count::Reading;
///
/// assert_eq!(grouping.groups_of("climate-action"), ["nature", "A2"]);
/// let implied = grouping.with_reading(Reading::Implied);
/// assert_eq!(implied.groups_of("climate-action"), ["nature"]); // it only overlaps A2
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Only `same` and `narrower`: the groups that follow from a tag.
    Implied,
    /// Also `overlaps`: the groups that a tag speaks for. Finds more than `implied`, and is less exact.
    #[default]
    Usual,
    /// Also `broader`: all groups that a tag leaves possible. It finds most, and much that is not meant.
    Possible,
}

names! {
    Reading, "reading",
    Implied = "implied",
    Usual = "usual",
    Possible = "possible",
}

impl Reading {
    pub(super) fn takes(self, relation: Option<Relation>) -> bool {
        match relation {
            None | Some(Relation::Same | Relation::Narrower) => true,
            Some(Relation::Overlaps) => self >= Reading::Usual,
            Some(Relation::Broader) => self == Reading::Possible,
        }
    }
}
