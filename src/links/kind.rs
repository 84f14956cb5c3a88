//! The kinds of links.

use crate::names::names;
use serde::Serialize;

/// How a recommendation returned, from the strongest kind to the weakest.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{LinkKind, across_cycles}};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let links = &across_cycles(&coded)[0];
/// let kind = |id| links.links.iter().find(|link| link.earlier.recommendation.id == id).map(|link| link.kind);
/// assert_eq!(kind("TUV-03-12.1"), Some(LinkKind::Exact)); // abolish the death penalty
/// assert_eq!(kind("TUV-03-12.2"), Some(LinkKind::Reworded)); // CAT by its long name, then by its short one
/// assert_eq!(kind("TUV-03-12.6"), None); // teach fishing crews first aid
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In the same words.
    Exact,
    /// As the same ask in other words.
    Reworded,
    /// As another ask on the same issue, for the same action.
    SameIssueAndAction,
}

names! {
    Kind, "kind of link",
    Exact = "exact",
    Reworded = "reworded",
    SameIssueAndAction = "same_issue_and_action",
}
