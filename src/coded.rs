//! What coding returns: records that know nothing of taggers, filters or exports.
//!
//! [`CodedList`] holds the recommendations with their codings, what else was in the files, and the codebooks.
//! A [`Selection`] is some of its recommendations; everything that counts takes a list or a selection.

mod action;
mod coding;
mod decided;
mod not_coded;
mod selection;
mod stored;

pub use action::{Action, ActionCategory};
pub use coding::{Coding, Evidence, Suppressed, Tag};
pub use decided::{Decided, Reviewed, Status};
pub(crate) use decided::{Decision, Outcome, is_day};
pub(crate) use not_coded::NotCoded;
pub(crate) use selection::Filtered;
pub use selection::Selection;
pub use stored::StoredList;

use crate::codebook::{About, Aspect, Codebook, Codebooks};
use crate::list::{Account, FileRead, RecommendationList, Reject, Reply, Spelling, Unresolved};
use crate::recommendation::Recommendation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A recommendation with its codings.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let relocate = &coded.recommendations[0];
/// assert_eq!(relocate.recommendation.id, "TUV-43-90.1");
/// assert!(relocate.coding.has("climate-displacement"));
/// assert!(relocate.action.is_none()); // the tagger was not asked to code it
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedRecommendation {
    /// The recommendation, unchanged.
    pub recommendation: Recommendation,
    /// Its issues.
    pub coding: Coding,
    /// What was coded beside the issues, in the order of the aspects; a map would take 552 bytes for four.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty", with = "as_map")]
    pub(crate) aspects: Box<[(Aspect, Coding)]>,
    /// What it asks to do; none where the tagger was not asked to code it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// What people decided of its codings, in the order of dimensions and categories.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) decided: Box<[Decided]>,
    /// What the machine made of it, where people corrected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<Box<CodedRecommendation>>,
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
        CodedRecommendation {
            recommendation,
            coding,
            aspects: Box::default(),
            action: None,
            decided: Box::default(),
            machine: None,
        }
    }

    /// The coding of an aspect, without tags where nothing was found; none where the aspect was not coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let tagger = tagger.with_aspects([(Aspect::Sdg, Aspect::Sdg.codebook())])?;
    /// let coded = tagger.code("Cut emissions");
    /// assert_eq!(coded.aspect(Aspect::Sdg).map(|coding| coding.has("sdg-13")), Some(true));
    /// assert_eq!(coded.aspect(Aspect::Instrument), None);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn aspect(&self, aspect: Aspect) -> Option<&Coding> {
        self.aspects().find(|(coded, _)| *coded == aspect).map(|(_, coding)| coding)
    }

    /// What was coded beside the issues: a coding for each aspect that the tagger was asked for.
    pub fn aspects(&self) -> impl Iterator<Item = (Aspect, &Coding)> {
        self.aspects.iter().map(|(aspect, coding)| (*aspect, coding))
    }

    /// The same with these codings beside the issues; an aspect that comes twice has the last.
    pub fn with_aspects(self, aspects: impl IntoIterator<Item = (Aspect, Coding)>) -> CodedRecommendation {
        let aspects: BTreeMap<Aspect, Coding> = aspects.into_iter().collect();
        CodedRecommendation { aspects: aspects.into_iter().collect(), ..self }
    }
}

/// Codings by aspect as serde writes a map.
mod as_map {
    use super::{Aspect, BTreeMap, Coding, Deserialize};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(aspects: &[(Aspect, Coding)], to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(aspects.iter().map(|(aspect, coding)| (aspect, coding)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Box<[(Aspect, Coding)]>, D::Error> {
        Ok(BTreeMap::deserialize(from)?.into_iter().collect())
    }
}

/// What a list was coded with, by name, version and hash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodedBy {
    /// The codebook of the issues.
    pub(crate) codebook: About,
    /// The hash of the model that decided, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) model: Option<String>,
    /// The aspects that were coded as well, with the codebook of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) aspects: BTreeMap<Aspect, About>,
    /// The hash of the verbs and the model by which the action categories were coded, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) actions: Option<String>,
}

impl CodedBy {
    /// By the rules of these codebooks alone.
    pub(crate) fn of(codebooks: &Codebooks) -> CodedBy {
        let (codebook, aspects) = (codebooks.issues().identity(), codebooks.aspect_names());
        CodedBy { codebook, aspects, ..CodedBy::default() }
    }
}

/// A list whose recommendations are coded, what else was in its files, and the codebooks.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// assert_eq!((coded.recommendations.len(), coded.rejects.len()), (12, 0));
/// assert_eq!(coded.codebooks().issues().name(), "climate");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CodedList {
    #[serde(skip)]
    codebooks: Arc<Codebooks>,
    pub(crate) coded_by: CodedBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered: Option<Filtered>,
    /// The recommendations with their codings, in the order of the source.
    pub recommendations: Vec<CodedRecommendation>,
    /// What the State under review pledged of its own accord; it is not coded.
    pub pledges: Vec<Recommendation>,
    /// What States under review replied in addenda to recommendations that no file of the list holds.
    pub replies: Vec<Reply>,
    /// What could not be read, with the reason.
    pub rejects: Vec<Reject>,
    /// The files, and how they were read.
    pub files: Vec<FileRead>,
    /// Every decision that was to be applied, with its outcome.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) decisions: Vec<Outcome>,
}

impl CodedList {
    /// A list of recommendations that were coded elsewhere, by people for example, with these codebooks.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, CodedList, CodedRecommendation, Coding};
    ///
    /// let list = upr::read::path("fixtures/climate-list.csv")?;
    /// let coded = list.recommendations.into_iter().map(|made| CodedRecommendation::new(made, Coding::default()));
    /// let coded = CodedList::new(Codebook::core(), coded.collect());
    /// assert_eq!(coded.untagged().count(), 12);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new(codebooks: impl Into<Codebooks>, recommendations: Vec<CodedRecommendation>) -> CodedList {
        let list = CodedList::of(Arc::new(codebooks.into()), RecommendationList::default());
        CodedList { recommendations, ..list }
    }

    /// What a list holds beside its recommendations.
    pub(crate) fn of(codebooks: Arc<Codebooks>, list: RecommendationList) -> CodedList {
        let RecommendationList { pledges, replies, rejects, files, .. } = list;
        let coded_by = CodedBy::of(&codebooks);
        let (filtered, recommendations, decisions) = (None, Vec::new(), Vec::new());
        CodedList {
            codebooks,
            coded_by,
            filtered,
            recommendations,
            pledges,
            replies,
            rejects,
            files,
            decisions,
        }
    }

    /// The same list, whose issues are now those of another codebook.
    pub(crate) fn with_issues(mut self, issues: Codebook) -> CodedList {
        self.coded_by.codebook = issues.identity();
        let aspects = self.codebooks.aspects();
        let codebooks =
            aspects.fold(Codebooks::new(issues), |all, (aspect, book)| all.with(aspect, book.clone()));
        CodedList { codebooks: Arc::new(codebooks), ..self }
    }

    /// The codebooks that the list was coded with.
    pub fn codebooks(&self) -> &Codebooks {
        &self.codebooks
    }

    pub(crate) fn shared_codebooks(&self) -> Arc<Codebooks> {
        self.codebooks.clone()
    }

    /// What the list was coded with, by names, versions and hashes: the codebooks, the model and the action coder, as far as
    /// they had a say.
    pub fn coded_by(&self) -> String {
        self.coded_by.to_string()
    }

    /// The hash of the model that decided, if one did; see [`Model::hash`](crate::code::Model::hash).
    pub fn model_hash(&self) -> Option<&str> {
        self.coded_by.model.as_deref()
    }

    /// The hash of what coded the action categories, if anything did; see
    /// [`ActionCoder::hash`](crate::code::ActionCoder::hash).
    pub fn actions_hash(&self) -> Option<&str> {
        self.coded_by.actions.as_deref()
    }

    /// The filter that chose the recommendations, if one did, as [`Selection::filtered`] says it.
    pub fn filtered(&self) -> Option<(&str, u64)> {
        self.filtered.as_ref().map(Filtered::shown)
    }

    /// The recommendations for which `wanted` returns true. [`CodedList::filter`] takes conditions as text.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let long = coded.select(|coded| coded.recommendation.text.len() > 60);
    /// assert!(long.len() < coded.recommendations.len());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn select(&self, wanted: impl FnMut(&CodedRecommendation) -> bool) -> Selection<'_> {
        Selection::from(self).select(wanted)
    }

    /// What became of every row. Of a [filtered](CodedList::filtered) list it counts the rows of the files and the
    /// recommendations that passed.
    pub fn account(&self) -> Account {
        Selection::from(self).account()
    }

    /// Names and wordings that were not recognised; they are kept as written.
    pub fn unresolved(&self) -> Unresolved {
        Selection::from(self).unresolved()
    }

    /// The misspelt names of States that were recognised, as in
    /// [`RecommendationList::corrected`](crate::read::RecommendationList::corrected).
    pub fn corrected(&self) -> BTreeMap<Arc<str>, Spelling> {
        Selection::from(self).corrected()
    }

    /// How many decisions of how many people are part of the codings.
    pub fn reviewed(&self) -> Reviewed {
        Selection::from(self).reviewed()
    }

    /// The recommendations without an issue.
    pub fn untagged(&self) -> impl Iterator<Item = &CodedRecommendation> {
        self.recommendations.iter().filter(|coded| coded.coding.is_untagged())
    }
}
