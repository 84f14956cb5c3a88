//! Tags recommendations: which issues of a codebook each is about, and which words say so.
//!
//! [`Tagger::new`] takes a [`Codebook`](crate::Codebook); [`Tagger::tag`] takes a text and gives a [`Coding`], which holds a
//! [`Tag`] for each issue, with all its evidence: the rule, and the span of the unchanged text. What an
//! exclusion set aside is kept in [`Coding::suppressed`], with the rule that did it.
//!
//! # Example
//!
//! ```
//! use upr::{Codebook, Tagger};
//!
//! let text = "Reduce emissions, as the Paris Agreement asks";
//! let coding = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.tag(text);
//! for tag in &coding.tags {
//!     for evidence in &tag.evidence {
//!         println!("{}: {} by the rule {}", tag.issue, &text[evidence.span.clone()], evidence.rule);
//!     }
//! }
//! assert_eq!((coding.tags.len(), coding.tags[0].evidence.len()), (1, 2));
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`tally`](crate::tally) counts coded recommendations, [`group`](crate::group) sorts them
//! into themes, [`codebook`](crate::codebook) explains the notation of the rules.

mod lookup;
mod memory;
mod named;
mod tagger;
#[cfg(test)]
mod tests;
mod weighed;

pub use crate::model::explanation::Weighed;
pub(crate) use memory::Memory;
pub use tagger::Tagger;

use crate::aspect::{Aspect, AspectCodings};
use crate::codebook::CodebookName;
use crate::coded::action::Action;
use crate::filter::Filtered;
use crate::list::{Account, Corrected, FileRead, Reject, Reply, Unresolved, corrected};
use crate::recommendation::Recommendation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a tagger says of one text: its tags in the order of the codebook's issues.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coding = tagger.tag("Give up the climate of fear policy, and reduce emissions");
/// assert_eq!(&*coding.tags[0].issue, "climate-action");
/// // for the emissions alone: the climate of fear was set aside
/// assert_eq!((coding.tags[0].evidence.len(), coding.suppressed.len()), (1, 1));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// The issues that the text is about. Empty if the codebook knows none of them: the text is untagged.
    pub tags: Vec<Tag>,
    /// What would have been evidence but for an exclusion.
    pub suppressed: Vec<Suppressed>,
}

/// An issue that a text is about.
///
/// # Example
///
/// ```
/// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
/// let coding = upr::Tagger::new(codebook)?.tag("Reduce emissions as the Paris Agreement asks");
/// let tag = &coding.tags[0];
/// assert_eq!((&*tag.issue, &*tag.theme), ("climate-action", "climate"));
/// assert_eq!(tag.evidence.len(), 2);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// The code of its theme.
    pub theme: Arc<str>,
    /// Why: every match of a rule, in the order of the text. Never empty.
    pub evidence: Vec<Evidence>,
}

/// A match of a rule.
///
/// # Example
///
/// ```
/// let text = "Honour the Paris Agreement";
/// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
/// let evidence = &tagger.tag(text).tags[0].evidence[0];
/// assert_eq!((&*evidence.rule, &text[evidence.span.clone()]), ("Paris Agreement", "Paris Agreement"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The rule's pattern, as written in the codebook.
    pub rule: Arc<str>,
    /// The bytes of the text that it matched.
    pub span: Range<usize>,
}

impl Evidence {
    /// Where the match begins and ends in `text`, counted in characters, as Python and R count them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    /// let text = "Côte d’Ivoire: abolish the death penalty";
    /// let coding = Tagger::new(Codebook::core())?.tag(text);
    /// let tag = coding.tag("death-penalty").unwrap();
    /// let (start, end) = tag.evidence.last().unwrap().characters(text);
    /// let matched: String = text.chars().skip(start).take(end - start).collect();
    /// assert_eq!(matched, "death penalty");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn characters(&self, text: &str) -> (usize, usize) {
        let start = text[..self.span.start].chars().count();
        (start, start + text[self.span.clone()].chars().count())
    }
}

/// A match that an exclusion set aside.
///
/// # Example
///
/// ```
/// let text = "Give up the climate of fear policy";
/// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
/// let coding = tagger.tag(text);
/// assert!(coding.tags.is_empty());
/// let suppressed = &coding.suppressed[0];
/// assert_eq!(&text[suppressed.evidence.span.clone()], "climate of fear policy");
/// assert_eq!(&*suppressed.by, "climate of (fear|impunity|trust|intimidation)");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The code of the issue that was not given on this ground.
    pub issue: Arc<str>,
    /// The match.
    pub evidence: Evidence,
    /// The pattern that set it aside: an exclude rule, or the include rule's own `without`.
    pub by: Arc<str>,
}

/// A recommendation and what a tagger says of it.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let relocate = &coded.recommendations[0];
/// assert_eq!(relocate.recommendation.id, "TUV-43-90.1");
/// assert!(relocate.coding.has("climate-displacement"));
/// assert!(relocate.action.is_none()); // the tagger was not told to code it
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedRecommendation {
    /// The recommendation, unchanged.
    pub recommendation: Recommendation,
    /// Its tags.
    pub coding: Coding,
    /// What was coded beside the issues.
    #[serde(default)]
    pub aspects: AspectCodings,
    /// What it asks to do; none where the tagger was not told to code it.
    #[serde(default)]
    pub action: Option<Action>,
}

/// A list whose recommendations are coded, and what else was in its files.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// assert_eq!((coded.recommendations.len(), coded.rejects.len()), (12, 0));
/// assert_eq!((coded.codebook.name.as_str(), coded.model), ("climate", None));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CodedList {
    /// The codebook that they were coded with.
    pub codebook: CodebookName,
    /// The hash of the model that decided, if one did; see [`Model::hash`](crate::learn::Model::hash).
    #[serde(default)]
    pub model: Option<String>,
    /// The aspects that were coded as well, with the codebook of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aspect_codebooks: BTreeMap<Aspect, CodebookName>,
    /// The hash of the verbs and the model by which the action categories were coded, if they were; see
    /// [`ActionCoder::hash`](crate::action::ActionCoder::hash).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_coder: Option<String>,
    /// The filter that chose the recommendations, if one did; see [`Filter::select_list`](crate::filter::Filter::select_list).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filtered: Option<Filtered>,
    /// The recommendations with their tags, in the order of the source.
    pub recommendations: Vec<CodedRecommendation>,
    /// What the State under review pledged of its own accord; it is not coded.
    pub pledges: Vec<Recommendation>,
    /// What States under review replied in addenda to recommendations that no file of the list holds.
    pub replies: Vec<Reply>,
    /// What could not be read, with the reason.
    pub rejects: Vec<Reject>,
    /// The files, and how they were read.
    pub files: Vec<FileRead>,
}

impl CodedRecommendation {
    /// A recommendation with its issues, and nothing else coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{CodedRecommendation, Coding};
    ///
    /// // of a coding that was made elsewhere, or of none
    /// let list = upr::read::path("fixtures/climate-list.csv")?;
    /// let coded: Vec<CodedRecommendation> =
    ///     list.recommendations.into_iter().map(|made| CodedRecommendation::new(made, Coding::default())).collect();
    /// assert!(coded.iter().all(|coded| coded.coding.tags.is_empty()));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new(recommendation: Recommendation, coding: Coding) -> CodedRecommendation {
        CodedRecommendation { recommendation, coding, aspects: AspectCodings::default(), action: None }
    }
}

impl CodedList {
    /// What became of every row. Of a [filtered](CodedList::filtered) list it counts the rows of the files and the
    /// recommendations that passed.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let account = coded.account();
    /// assert_eq!((account.rows, account.recommendations, account.recommendation_x_state), (12, 12, 13));
    /// assert!(account.balances());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn account(&self) -> Account {
        let recommendations = self.recommendations.iter().map(|coded| &coded.recommendation);
        Account::of(recommendations, &self.pledges, &self.rejects, &self.files)
    }

    /// What was read as text only, since nobody knows it.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,recommending_states\nJoin the ICC,Atlantis\n";
    /// let list = upr::read::Reader::new().bytes("list.csv", table)?;
    /// let coded = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?.tag_list(list);
    /// assert!(coded.unresolved().states.contains_key("Atlantis"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn unresolved(&self) -> Unresolved {
        Unresolved::of(self.recommendations.iter().map(|coded| &coded.recommendation))
    }

    /// The names of States that were misspelt, as in [`RecommendationList::corrected`](crate::read::RecommendationList::corrected),
    /// in what a filter left.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::Reader::new().bytes("a.csv", b"text,from\nEnd it,Kenia\nJoin it,Spian\n")?;
    /// let coded = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?.tag_list(list);
    /// assert_eq!(coded.corrected()["Spian"].read_as, "Spain");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn corrected(&self) -> BTreeMap<Arc<str>, Corrected> {
        let mut names = BTreeMap::new();
        corrected::add(&mut names, self.recommendations.iter().map(|coded| &coded.recommendation));
        names
    }

    /// The recommendations that have no issue.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let mut untagged = coded.untagged().map(|coded| coded.recommendation.text.as_str());
    /// assert!(untagged.any(|text| text == "Abolish the death penalty"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn untagged(&self) -> impl Iterator<Item = &CodedRecommendation> {
        self.recommendations.iter().filter(|coded| coded.coding.tags.is_empty())
    }
}

impl Coding {
    /// The tag of this issue, if the text has it.
    ///
    /// # Example
    ///
    /// ```
    /// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
    /// let coding = upr::Tagger::new(codebook)?.tag("Reduce emissions by half");
    /// assert_eq!(coding.tag("climate-action").unwrap().evidence[0].span, 0..16);
    /// assert!(coding.tag("climate-displacement").is_none());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag(&self, issue: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| &*tag.issue == issue)
    }

    /// Whether the text has this issue.
    ///
    /// # Example
    ///
    /// ```
    /// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
    /// let coding = upr::Tagger::new(codebook)?.tag("Relocate villages threatened by climate change");
    /// assert!(coding.has("climate-action") && coding.has("climate-displacement"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn has(&self, issue: &str) -> bool {
        self.tag(issue).is_some()
    }
}
