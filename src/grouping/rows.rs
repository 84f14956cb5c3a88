//! The rows of a table of groups, and which of them count. `regroup` makes use of them.

use crate::names::names;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A row of the table: an issue and a group that it belongs to.
#[derive(Debug, Clone)]
pub(super) struct Assignment {
    pub(super) issue: Arc<str>,
    /// None where the table says that the issue falls outside.
    pub(super) group: Option<Arc<str>>,
    pub(super) relation: Option<Relation>,
    /// Why, or empty.
    pub(super) note: String,
    /// Its line in the table.
    pub(super) line: u64,
}

/// How an issue relates to a group.
///
/// The four are those by which vocabularies are matched elsewhere: `exactMatch`, `broadMatch`, `narrowMatch` and
/// `relatedMatch` of SKOS (W3C, Simple Knowledge Organization System Reference, 2009, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// Both mean one thing, but for cases at the edges.
    Same,
    /// The issue is a part of the group: what has the issue belongs to the group.
    Narrower,
    /// The group is a part of the issue: what has the issue may belong to the group or not.
    Broader,
    /// Each has something that the other hasn't; what they share is large enough to count by.
    Overlaps,
}

impl Relation {
    pub(super) const NAMES: [(&str, Relation); 4] = [
        ("same", Relation::Same),
        ("narrower", Relation::Narrower),
        ("broader", Relation::Broader),
        ("overlaps", Relation::Overlaps),
    ];

    pub(super) fn as_str(self) -> &'static str {
        Relation::NAMES[self as usize].0
    }
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
