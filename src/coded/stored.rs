//! A coded list that was stored as JSON, before it has its codebooks again.

use super::{CodedBy, CodedList, CodedRecommendation, Filtered, Outcome};
use crate::codebook::Codebooks;
use crate::error::{Error, Result};
use crate::list::{FileRead, RecommendationList, Reject, Reply};
use crate::recommendation::Recommendation;
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;

/// A [`CodedList`] that was written with serde, read back. It holds the names of its codebooks, and nothing is counted
/// before [`with`](StoredList::with) has given it the codebooks themselves.
///
/// # Example
///
/// ```
/// use upr::{Codebook, StoredList, Tagger};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
/// let json = serde_json::to_string(&coded)?;
/// let stored: StoredList = serde_json::from_str(&json)?;
/// assert_eq!(stored.with(Codebook::core())?, coded);
///
/// let stored: StoredList = serde_json::from_str(&json)?;
/// let error = stored.with(Codebook::upr_info()).unwrap_err().to_string();
/// assert!(error.starts_with("stored list: found a list coded with core"), "{error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
pub struct StoredList {
    coded_by: CodedBy,
    #[serde(default)]
    filtered: Option<Filtered>,
    recommendations: Vec<CodedRecommendation>,
    #[serde(default)]
    pledges: Vec<Recommendation>,
    #[serde(default)]
    replies: Vec<Reply>,
    #[serde(default)]
    rejects: Vec<Reject>,
    #[serde(default)]
    files: Vec<FileRead>,
    #[serde(default)]
    decisions: Vec<Outcome>,
}

impl StoredList {
    /// What the list was coded with, as [`CodedList::coded_by`] says it.
    pub fn coded_by(&self) -> String {
        self.coded_by.to_string()
    }

    /// The list with its codebooks, such as those of a [`Tagger`](crate::Tagger::codebooks).
    ///
    /// # Errors
    ///
    /// Codebooks of another name, version or content than those that the list was coded with.
    pub fn with(self, codebooks: impl Into<Codebooks>) -> Result<CodedList> {
        let StoredList { coded_by, filtered, recommendations, pledges, replies, rejects, files, decisions } =
            self;
        let list = RecommendationList { pledges, replies, rejects, files, ..RecommendationList::default() };
        let given = CodedList::of(Arc::new(codebooks.into()), list);
        let (found, expected) = (coded_by.codebook_names(), given.coded_by.codebook_names());
        if found != expected {
            let found = format!("a list coded with {found}");
            return Err(Error::mismatch("stored list", found, format!("one coded with {expected}")));
        }
        Ok(CodedList { coded_by, filtered, recommendations, decisions, ..given })
    }
}

impl CodedBy {
    /// The codebooks in words, for messages.
    pub(crate) fn codebook_names(&self) -> String {
        let aspects = self.aspects.iter().map(|(aspect, name)| format!("{name} for {aspect}"));
        std::iter::once(self.codebook.to_string()).chain(aspects).collect::<Vec<_>>().join(", ")
    }
}

/// `core 1.0.0 (1a2b…), the model 3c4d…`
impl fmt::Display for CodedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.codebook_names())?;
        let others = [("the model", &self.model), ("the action coder", &self.actions)];
        others.into_iter().try_for_each(|(name, hash)| match hash {
            Some(hash) => write!(f, ", {name} {hash}"),
            None => Ok(()),
        })
    }
}
