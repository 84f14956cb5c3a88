//! Some recommendations of a coded list, as filters choose them: what everything that counts takes.

use super::{CodedBy, CodedList, CodedRecommendation};
use crate::codebook::Codebooks;
use crate::list::unresolved::add_corrected;
use crate::list::{Account, RecommendationList, Spelling, Unresolved};
use crate::recommendation::Recommendation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Recommendations of a coded list: all, or those that a filter passed. The rest of the list (pledges, replies, rejects,
/// files) stays with it.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let noted = coded.filter("position=noted")?;
/// assert_eq!((noted.len(), noted.filtered()), (3, Some(("position=noted", 12))));
/// assert_eq!(Tally::of(&noted, &[Dimension::Issue]).total().recommendations, 3);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Selection<'l> {
    list: &'l CodedList,
    recommendations: Vec<&'l CodedRecommendation>,
    filtered: Option<Filtered>,
}

/// Which filter a list went through, so that its figures are not taken for those of all recommendations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Filtered {
    /// The conditions, as [`Filter::parse`](crate::count::Filter::parse) reads them; those of several filters one
    /// after the other are joined by `and`.
    pub(crate) conditions: String,
    /// How many recommendations passed.
    pub(crate) passed: u64,
    /// Of how many.
    pub(crate) of: u64,
}

impl Filtered {
    pub(super) fn shown(&self) -> (&str, u64) {
        (&self.conditions, self.of)
    }
}

impl<'l> Selection<'l> {
    pub(crate) fn new(list: &'l CodedList, recommendations: Vec<&'l CodedRecommendation>) -> Selection<'l> {
        Selection { list, recommendations, filtered: list.filtered.clone() }
    }

    /// Those of them for which `wanted` returns true.
    pub fn select(&self, mut wanted: impl FnMut(&CodedRecommendation) -> bool) -> Selection<'l> {
        let recommendations = self.iter().filter(|coded| wanted(coded)).collect();
        Selection { recommendations, ..self.clone() }
    }

    /// The recommendations that pass, and the conditions that they passed.
    pub(crate) fn passed(
        &self,
        conditions: String,
        passes: impl FnMut(&&'l CodedRecommendation) -> bool,
    ) -> Selection<'l> {
        let recommendations: Vec<_> = self.iter().filter(passes).collect();
        let (conditions, of) = match &self.filtered {
            Some(first) => (format!("{} and {conditions}", first.conditions), first.of),
            None => (conditions, self.len() as u64),
        };
        let filtered = Some(Filtered { conditions, passed: recommendations.len() as u64, of });
        Selection { list: self.list, recommendations, filtered }
    }

    /// These of its recommendations, in this order.
    pub(crate) fn with(&self, recommendations: Vec<&'l CodedRecommendation>) -> Selection<'l> {
        Selection { recommendations, ..self.clone() }
    }

    /// The recommendations, in the order of the list; those of a [sample](crate::evaluate::sample) in the order drawn.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'l CodedRecommendation> + Clone + use<'l, '_> {
        self.recommendations.iter().copied()
    }

    pub(crate) fn as_slice(&self) -> &[&'l CodedRecommendation] {
        &self.recommendations
    }

    /// The number of recommendations.
    pub fn len(&self) -> usize {
        self.recommendations.len()
    }

    /// Whether there is no recommendation.
    pub fn is_empty(&self) -> bool {
        self.recommendations.is_empty()
    }

    /// The list that it was selected from.
    pub fn list(&self) -> &'l CodedList {
        self.list
    }

    /// The filter that chose the recommendations, if one did: its conditions (those of several filters one after the other
    /// are joined by `and`), and of how many recommendations it chose them.
    pub fn filtered(&self) -> Option<(&str, u64)> {
        self.filtered.as_ref().map(Filtered::shown)
    }

    pub(crate) fn filter_passed(&self) -> Option<&Filtered> {
        self.filtered.as_ref()
    }

    /// A list of these recommendations alone, with all else that was in the files.
    pub fn to_list(&self) -> CodedList {
        self.to_list_of(Clone::clone)
    }

    /// The same list with something made of each recommendation.
    pub(crate) fn to_list_of(
        &self,
        recommendation: impl Fn(&CodedRecommendation) -> CodedRecommendation,
    ) -> CodedList {
        CodedList {
            codebooks: self.list.codebooks.clone(),
            coded_by: self.list.coded_by.clone(),
            filtered: self.filtered.clone(),
            recommendations: self.iter().map(recommendation).collect(),
            pledges: self.list.pledges.clone(),
            replies: self.list.replies.clone(),
            rejects: self.list.rejects.clone(),
            files: self.list.files.clone(),
            decisions: self.list.decisions.clone(),
        }
    }

    /// The list without anything in it, for its codebooks and its filter.
    pub(crate) fn about(&self) -> CodedList {
        let empty = CodedList::of(self.list.codebooks.clone(), RecommendationList::default());
        CodedList {
            coded_by: self.list.coded_by.clone(),
            filtered: self.filtered.clone(),
            decisions: self.list.decisions.clone(),
            ..empty
        }
    }

    /// What became of every row of the files, with the recommendations that were selected.
    pub fn account(&self) -> Account {
        Account::of(self.plain(), &self.list.pledges, &self.list.rejects, &self.list.files)
    }

    /// Names and wordings that were not recognised; they are kept as written.
    pub fn unresolved(&self) -> Unresolved {
        Unresolved::of(self.plain())
    }

    /// The misspelt names of States that were recognised.
    pub fn corrected(&self) -> BTreeMap<Arc<str>, Spelling> {
        let mut names = BTreeMap::new();
        add_corrected(&mut names, self.plain());
        names
    }

    /// The recommendations without an issue.
    pub fn untagged(&self) -> impl Iterator<Item = &'l CodedRecommendation> + use<'l, '_> {
        self.iter().filter(|coded| coded.coding.is_untagged())
    }

    pub(crate) fn plain(&self) -> impl Iterator<Item = &'l Recommendation> + use<'l, '_> {
        self.iter().map(|coded| &coded.recommendation)
    }

    pub(crate) fn codebooks(&self) -> &'l Codebooks {
        &self.list.codebooks
    }

    pub(crate) fn coded_by(&self) -> &'l CodedBy {
        &self.list.coded_by
    }
}

impl<'l> From<&'l CodedList> for Selection<'l> {
    fn from(list: &'l CodedList) -> Selection<'l> {
        Selection::new(list, list.recommendations.iter().collect())
    }
}

impl<'l> From<&Selection<'l>> for Selection<'l> {
    fn from(selection: &Selection<'l>) -> Selection<'l> {
        selection.clone()
    }
}
