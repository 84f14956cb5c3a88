//! The records that reading returns: recommendations, pledges, replies, rejects, and how each file was read.
//! They know nothing of readers; [`read`](crate::read) fills them.

mod account;
mod beside;
mod form;
pub(crate) mod unresolved;

pub use account::Account;
pub use beside::{FileRead, Reject, Reply};
pub(crate) use form::Form;
pub use unresolved::{Spelling, Unresolved};

use crate::recommendation::Recommendation;
#[allow(unused_imports)] // named in the documentation
use crate::recommendation::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The recommendations of one or several files, and what else was in them. Every row of every file is
/// [accounted for](RecommendationList::account).
///
/// # Example
///
/// ```
/// let list = upr::read::path("fixtures/quirks.csv")?;
/// assert_eq!(list.recommendations[0].text, "Abolish the death penalty");
/// assert_eq!(&*list.files[0].file, "quirks.csv");
/// assert!(list.rejects.iter().all(|reject| !reject.reason.is_empty()));
/// assert!(list.account().balances());
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct RecommendationList {
    /// The recommendations, in the order of the source.
    pub recommendations: Vec<Recommendation>,
    /// Voluntary pledges of the State under review; they are not counted as recommendations.
    pub pledges: Vec<Recommendation>,
    /// Replies in addenda to recommendations that are in none of the files.
    pub replies: Vec<Reply>,
    /// Rows that are not recommendations, with the reason.
    pub rejects: Vec<Reject>,
    /// The files, and how they were read.
    pub files: Vec<FileRead>,
}

impl RecommendationList {
    /// What happened to each row.
    pub fn account(&self) -> Account {
        Account::of(&self.recommendations, &self.pledges, &self.rejects, &self.files)
    }

    /// Names and wordings that are not known, kept as written.
    pub fn unresolved(&self) -> Unresolved {
        Unresolved::of(&self.recommendations)
    }

    /// The misspelt names of States, as written, with the State that each was read as. Other forms, such as `Ivory
    /// Coast`, are not included.
    pub fn corrected(&self) -> BTreeMap<Arc<str>, Spelling> {
        let mut names = BTreeMap::new();
        unresolved::add_corrected(&mut names, &self.recommendations);
        names
    }
}

impl From<Vec<Recommendation>> for RecommendationList {
    fn from(recommendations: Vec<Recommendation>) -> RecommendationList {
        RecommendationList { recommendations, ..RecommendationList::default() }
    }
}
