//! What people decided of a coding: the records that corrections leave in a coded list.
//! [`correct`](crate::code::Corrections) makes them.

use super::{CodedRecommendation, Selection, Tag};
use crate::dimension::Dimension;
use crate::names::names;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a tag comes from: the machine alone, or what people decided of it.
///
/// # Example
///
/// ```
/// use upr::code::Status;
///
/// assert_eq!("confirmed".parse::<Status>()?, Status::Confirmed);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Given by rules or a model; nobody decided.
    #[default]
    Machine,
    /// Given by the machine, and a person agreed.
    Confirmed,
    /// Given by a person alone.
    Added,
    /// A person says that it is wrong. It is not counted.
    Removed,
}

names! {
    Status, "status",
    Machine = "machine",
    Confirmed = "confirmed",
    Added = "added",
    Removed = "removed",
}

/// What people decided of one category of one recommendation.
///
/// # Example
///
/// ```
/// use upr::code::{Corrections, Status};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let coded = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?
///     .tag(upr::read::path("fixtures/climate-list.csv")?);
/// let rows = b"id,issue,decision,coder\nTUV-43-90.1,climate-displacement,remove,Ana\n";
/// let coded = coded.correct(&Corrections::read("ana.csv", rows)?);
/// let decided = &coded.recommendations[0].decided()[0];
/// assert_eq!((decided.dimension, &*decided.category), (Dimension::Issue, "climate-displacement"));
/// assert_eq!((decided.status, &*decided.coders[0]), (Status::Removed, "Ana"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decided {
    /// What the category belongs to: the issues, an aspect, the position, the recommending State or the action category.
    pub dimension: Dimension,
    /// The category, as tallies name it.
    pub category: Arc<str>,
    /// The outcome; never [`Status::Machine`].
    pub status: Status,
    /// Who decided so, in the order of their names; once each.
    pub coders: Vec<Arc<str>>,
    /// Whether the machine gave it.
    pub by_machine: bool,
    /// The tag that was removed, with its evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Tag>,
}

/// How many decisions are part of a list's codings, and how many people made them. A decision is of one person, on one category
/// of one recommendation.
///
/// # Example
///
/// ```
/// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// assert!(coded.reviewed().is_empty()); // nobody has corrected it
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reviewed {
    /// The decisions that were applied.
    pub decisions: u64,
    /// Those that agree with the machine.
    pub confirmed: u64,
    /// Those that gave what the machine did not.
    pub added: u64,
    /// Those that say that a category is wrong, whether the machine gave it or not.
    pub removed: u64,
    /// The people, by name.
    pub coders: BTreeSet<Arc<str>>,
}

impl Reviewed {
    /// Counts the decisions of more recommendations.
    pub(crate) fn add<'r>(&mut self, recommendations: impl Iterator<Item = &'r CodedRecommendation>) {
        for decided in recommendations.flat_map(|coded| coded.decided()) {
            let decisions = decided.coders.len() as u64;
            self.decisions += decisions;
            match decided.status {
                Status::Confirmed => self.confirmed += decisions,
                Status::Added => self.added += decisions,
                Status::Removed => self.removed += decisions,
                Status::Machine => {}
            }
            self.coders.extend(decided.coders.iter().cloned());
        }
    }

    /// Whether nobody decided anything.
    pub fn is_empty(&self) -> bool {
        self.decisions == 0
    }
}

/// A decision with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Named", from = "Named")]
pub(crate) struct Outcome {
    /// The cells of the file of corrections: id, issue, decision, coder, date, note, text_hash.
    pub(crate) cells: [String; 7],
    /// What tells two files of one name apart.
    pub(crate) origin: Arc<str>,
    pub(crate) file: Arc<str>,
    pub(crate) row: u64,
    /// The recommendation; empty where the decision was not applied.
    pub(crate) applied_to: String,
    /// Empty where the decision was not applied.
    pub(crate) status: String,
    /// `applied`, or why not.
    pub(crate) outcome: String,
}

/// The same as it is stored, with the names of the columns.
#[derive(Serialize, Deserialize)]
struct Named {
    id: String,
    issue: String,
    decision: String,
    coder: String,
    date: String,
    note: String,
    text_hash: String,
    file: Arc<str>,
    row: u64,
    origin: Arc<str>,
    applied_to: String,
    status: String,
    outcome: String,
}

impl From<Outcome> for Named {
    fn from(Outcome { cells, origin, file, row, applied_to, status, outcome }: Outcome) -> Named {
        let [id, issue, decision, coder, date, note, text_hash] = cells;
        Named {
            id,
            issue,
            decision,
            coder,
            date,
            note,
            text_hash,
            file,
            row,
            origin,
            applied_to,
            status,
            outcome,
        }
    }
}

impl From<Named> for Outcome {
    fn from(named: Named) -> Outcome {
        let Named {
            id,
            issue,
            decision,
            coder,
            date,
            note,
            text_hash,
            file,
            row,
            origin,
            applied_to,
            status,
            outcome,
        } = named;
        let cells = [id, issue, decision, coder, date, note, text_hash];
        Outcome { cells, origin, file, row, applied_to, status, outcome }
    }
}

impl CodedRecommendation {
    /// The recommendation as the machine coded it: itself where nobody corrected it.
    pub fn by_machine(&self) -> &CodedRecommendation {
        self.machine.as_deref().unwrap_or(self)
    }

    /// What people decided of its codings.
    pub fn decided(&self) -> &[Decided] {
        &self.decided
    }

    /// The status of a category, such as an issue: [`Status::Machine`] where nobody decided.
    pub fn status(&self, dimension: Dimension, category: &str) -> Status {
        let decided =
            self.decided.iter().find(|one| one.dimension == dimension && *one.category == *category);
        decided.map_or(Status::Machine, |decided| decided.status)
    }

    /// What decided the action category: `coder` where a person set it, otherwise as
    /// [`Action::decided_by`](crate::code::Action::decided_by) says it; empty where it was not coded.
    pub fn action_decided_by(&self) -> &'static str {
        match &self.action {
            None => "",
            Some(action)
                if self.status(Dimension::ActionCategory, action.category.as_str()) == Status::Added =>
            {
                "coder"
            }
            Some(action) => action.decided_by(),
        }
    }
}

impl Selection<'_> {
    /// How many decisions of how many people are part of the codings.
    pub fn reviewed(&self) -> Reviewed {
        let mut reviewed = Reviewed::default();
        reviewed.add(self.iter());
        reviewed
    }
}
