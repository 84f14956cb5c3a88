//! Recommendations under a code: what a [tally](crate::Tally) gives in numbers, with the recommendations themselves.

use crate::codebook::UNTAGGED;
use crate::coded::{CodedRecommendation, Selection};
use crate::dimension::Dimension;
use crate::tally::{Count, not_coded_in};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Recommendations under a theme, an issue, or a group of a [`Grouping`](crate::count::Grouping).
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, count::by_theme};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let climate = &by_theme(&coded)[0];
/// assert_eq!((&*climate.code, climate.count.recommendations), ("climate", 6));
/// assert_eq!(&*climate.groups[0].code, "climate-action"); // the issues of the theme
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Group<'r> {
    /// The code of the theme, issue or group.
    pub code: Arc<str>,
    /// Its label.
    pub label: String,
    /// How many recommendations it has.
    pub count: Count,
    /// The recommendations, in the order of the list; in JSON their ids.
    #[serde(serialize_with = "ids")]
    pub recommendations: Vec<&'r CodedRecommendation>,
    /// The issues of a theme, in the order of the codebook; empty for others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group<'r>>,
}

impl<'r> Group<'r> {
    pub(crate) fn new(code: Arc<str>, label: &str) -> Group<'r> {
        let (count, recommendations, groups) = (Count::default(), Vec::new(), Vec::new());
        Group { code, label: label.to_string(), count, recommendations, groups }
    }

    pub(crate) fn add(&mut self, coded: &'r CodedRecommendation) {
        self.count += Count::once(coded.recommendation.pairs());
        self.recommendations.push(coded);
    }

    /// Adds a recommendation that may be the last one that was added.
    fn add_once(&mut self, coded: &'r CodedRecommendation) {
        if !self.recommendations.last().is_some_and(|last| std::ptr::eq(*last, coded)) {
            self.add(coded);
        }
    }
}

/// Groups recommendations by the themes of their codebook, and within a theme by its issues; those without an issue come
/// last, under [`UNTAGGED`], and after them those in a language that the codebook has no rules for. A recommendation is in as many groups as it has themes.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger, count::by_theme};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let untagged = by_theme(&coded).pop().expect("the last group");
/// assert_eq!(untagged.recommendations[0].recommendation.text, "End the climate of fear in which journalists work");
/// # Ok::<(), upr::Error>(())
/// ```
pub fn by_theme<'r>(coded: impl Into<Selection<'r>>) -> Vec<Group<'r>> {
    let coded = coded.into();
    let codebook = coded.codebooks().issues();
    let mut groups: Vec<Group<'r>> =
        codebook.themes().iter().map(|theme| Group::new(theme.code.clone(), &theme.label)).collect();
    let themes: BTreeMap<Arc<str>, usize> =
        groups.iter().enumerate().map(|(at, theme)| (theme.code.clone(), at)).collect();
    let mut issues = BTreeMap::new();
    for issue in codebook.issues() {
        if let Some(theme) = themes.get(&issue.theme) {
            let of_theme = &mut groups[*theme].groups;
            issues.insert(&*issue.code, (*theme, of_theme.len()));
            of_theme.push(Group::new(issue.code.clone(), &issue.label));
        }
    }
    let label = coded.codebooks().label(Dimension::Theme, UNTAGGED).unwrap_or_default();
    let mut untagged = Group::new(Arc::from(UNTAGGED), &label);
    for coded in coded.iter() {
        if coded.coding.is_untagged() {
            untagged.add(coded);
        }
        for tag in &coded.coding.tags {
            if let Some(theme) = themes.get(&tag.theme) {
                groups[*theme].add_once(coded);
            }
            if let Some((theme, issue)) = issues.get(&*tag.code) {
                groups[*theme].groups[*issue].add_once(coded);
            }
        }
    }
    groups.push(untagged);
    groups.extend(not_coded(&coded));
    groups
}

/// The recommendations whose issues were not coded, by language.
pub(crate) fn not_coded<'r>(coded: &Selection<'r>) -> impl Iterator<Item = Group<'r>> {
    let mut groups: BTreeMap<_, Group<'r>> = BTreeMap::new();
    for made in coded.iter() {
        if let Some(language) = made.coding.not_coded {
            let code = not_coded_in(language);
            let label = || coded.codebooks().label(Dimension::Issue, code).unwrap_or_default();
            groups.entry(language).or_insert_with(|| Group::new(Arc::from(code), &label())).add(made);
        }
    }
    groups.into_values()
}

/// Recommendations as their ids: the texts are in the list.
pub(crate) fn ids<S: Serializer>(list: &[&CodedRecommendation], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(list.iter().map(|coded| &coded.recommendation.id))
}

/// A recommendation as its id.
pub(crate) fn id<S: Serializer>(coded: &&CodedRecommendation, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&coded.recommendation.id)
}
