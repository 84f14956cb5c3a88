//! What people decided of a coding: the records that corrections leave in a coded list.
//! [`correct`](crate::code::Corrections) makes them.

use super::{CodedList, CodedRecommendation, Selection, Tag};
use crate::dimension::Dimension;
use crate::names::names;
use crate::table::{Cell, Table};
use crate::text::key::folded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
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
    /// Counts the decisions that were applied to more recommendations.
    pub(crate) fn add(&mut self, coded: &Selection<'_>) {
        let decisions = &coded.list().decisions;
        if decisions.is_empty() {
            return;
        }
        // of a list that was sorted into groups, the recommendations no longer know what was decided of issues
        let ids: HashSet<&str> = coded.plain().map(|made| made.id.as_str()).collect();
        for applied in decisions.iter().filter(|one| ids.contains(one.applied_to.as_str())) {
            self.decisions += 1;
            match applied.status.parse() {
                Ok(Status::Confirmed) => self.confirmed += 1,
                Ok(Status::Added) => self.added += 1,
                Ok(Status::Removed) => self.removed += 1,
                _ => {}
            }
            // capitals and accents make no other coder; the first spelling is kept
            let coder = applied.decision.coder();
            if !self.coders.iter().any(|known| folded(known) == folded(coder)) {
                self.coders.insert(Arc::from(coder));
            }
        }
    }

    /// Whether nobody decided anything.
    pub fn is_empty(&self) -> bool {
        self.decisions == 0
    }
}

/// The cells of a row of a file of corrections, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Decision {
    pub(crate) id: String,
    pub(crate) issue: String,
    pub(crate) decision: String,
    pub(crate) coder: String,
    pub(crate) date: String,
    pub(crate) note: String,
    pub(crate) text_hash: String,
}

impl Decision {
    /// The cells in the order of the columns.
    pub(crate) fn cells(&self) -> [&str; 7] {
        let Decision { id, issue, decision, coder, date, note, text_hash } = self;
        [id, issue, decision, coder, date, note, text_hash]
    }

    /// The coder's name; all rows without one are of one person.
    pub(crate) fn coder(&self) -> &str {
        if self.coder.is_empty() { "unnamed" } else { &self.coder }
    }

    /// The date, if it is one that can be compared.
    pub(crate) fn day(&self) -> Option<&str> {
        is_day(&self.date).then_some(&self.date)
    }
}

/// Whether a date is written as `2026-11-30`, so that dates sort as they follow each other.
pub(crate) fn is_day(date: &str) -> bool {
    let fits =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    date.len() == 10 && date.bytes().enumerate().all(fits)
}

/// A decision with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) decision: Decision,
    pub(crate) file: Arc<str>,
    pub(crate) row: u64,
    /// What tells two files of one name apart.
    pub(crate) origin: Arc<str>,
    /// The recommendation; empty where the decision was not applied.
    pub(crate) applied_to: String,
    /// Empty where the decision was not applied.
    pub(crate) status: String,
    /// `applied`, or why not.
    pub(crate) outcome: String,
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

impl CodedList {
    /// Every decision that [`CodedList::correct`] was given, a row each, with its outcome. The columns are those of a file of
    /// corrections, then `file`, `row`, `applied_to` (the id; empty where it was not applied), `status` and `outcome` (`applied`, or
    /// why not). It can be read as a file of corrections again. Of several files with one name, all but one have a number behind it.
    pub fn decisions(&self) -> Table {
        let columns = ["id", "issue", "decision", "coder", "date", "note", "text_hash", "file", "row"];
        let mut table = Table::new(columns.into_iter().chain(["applied_to", "status", "outcome"]));
        let names = self.decision_files();
        table.rows.extend(self.decisions.iter().map(|outcome| {
            let cells = outcome.decision.cells().into_iter().map(Cell::from);
            let place = [Cell::from(names[&outcome.origin].as_str()), outcome.row.into()];
            let Outcome { applied_to, status, outcome, .. } = outcome;
            let became = [applied_to, status, outcome].map(|cell| Cell::from(cell.as_str()));
            cells.chain(place).chain(became).collect()
        }));
        table
    }

    /// The names of the files of the decisions by what tells them apart, each another one.
    pub(crate) fn decision_files(&self) -> BTreeMap<&Arc<str>, String> {
        let files: BTreeSet<(&Arc<str>, &Arc<str>)> =
            self.decisions.iter().map(|one| (&one.file, &one.origin)).collect();
        let mut names: BTreeMap<&Arc<str>, String> = BTreeMap::new();
        let mut taken: HashSet<String> = HashSet::new();
        let plain: HashSet<&str> = files.iter().map(|(file, _)| &***file).collect();
        for (file, origin) in &files {
            let mut name = file.to_string();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{file} ({number})");
                while plain.contains(name.as_str()) {
                    number += 1;
                    name = format!("{file} ({number})");
                }
                number += 1;
            }
            names.insert(origin, name);
        }
        names
    }

    /// The dates of decisions that are not written as `2026-11-30`. They are kept, and count as no date.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Corrections;
    ///
    /// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let rows = b"id,issue,decision,date\nTUV-43-90.1,housing,add,30/11/2026\nTUV-43-90.1,food,add,2026-11-30\n";
    /// let coded = coded.correct(&Corrections::read("ana.csv", rows)?);
    /// assert_eq!(coded.unread_dates(), ["30/11/2026"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn unread_dates(&self) -> Vec<&str> {
        let dates = self.decisions.iter().map(|one| one.decision.date.as_str());
        dates.filter(|date| !date.is_empty() && !is_day(date)).collect()
    }

    /// Whether people corrected it.
    pub fn is_corrected(&self) -> bool {
        !self.decisions.is_empty()
    }
}

impl Selection<'_> {
    /// How many decisions of how many people are part of the codings.
    pub fn reviewed(&self) -> Reviewed {
        let mut reviewed = Reviewed::default();
        reviewed.add(self);
        reviewed
    }
}
