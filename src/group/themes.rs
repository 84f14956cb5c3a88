//! Sorts coded recommendations into the themes and issues of their codebook.
//!
//! What has no issue stands in a group of its own, at the end, under the name [`UNTAGGED`].

use crate::codebook::Codebook;
use crate::recommendation::Recommendation;
use crate::tag::CodedRecommendation;
use crate::tally::{Count, UNTAGGED};
use serde::Serialize;
use std::sync::Arc;

/// The recommendations of one theme.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let groups = upr::group::by_theme(tagger.codebook(), &coded.recommendations);
/// let climate = &groups[0];
/// assert_eq!((&*climate.theme, climate.count.recommendations), ("climate", 6));
/// assert_eq!(climate.recommendations[0].recommendation.id, "TUV-43-90.1");
/// assert_eq!(&*groups[1].theme, "untagged");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeGroup<'r> {
    /// The code of the theme, or `untagged`.
    pub theme: Arc<str>,
    /// Its name for people.
    pub label: String,
    /// How many they are, each once, by both units.
    pub count: Count,
    /// The recommendations, each once, in the order of the list.
    pub recommendations: Vec<&'r CodedRecommendation>,
    /// The same by issue, in the order of the codebook, those without recommendations included. A
    /// recommendation stands under each of its issues.
    pub issues: Vec<IssueGroup<'r>>,
}

/// The recommendations of one issue.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let groups = upr::group::by_theme(tagger.codebook(), &coded.recommendations);
/// let displacement = &groups[0].issues[1];
/// assert_eq!((displacement.label.as_str(), displacement.count.recommendations), ("Climate displacement", 3));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueGroup<'r> {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// Its name for people.
    pub label: String,
    /// How many they are, by both units.
    pub count: Count,
    /// The recommendations, in the order of the list.
    pub recommendations: Vec<&'r CodedRecommendation>,
}

/// Groups recommendations by the themes of `codebook`, with which they were coded: a group for each theme, in
/// the order of the codebook, and one for what is untagged.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, group};
///
/// let tagger = Tagger::new(Codebook::core())?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
/// let groups = group::by_theme(tagger.codebook(), &coded.recommendations);
///
/// let housing = groups.iter().flat_map(|group| &group.issues).find(|group| &*group.issue == "housing").unwrap();
/// assert_eq!(housing.count.recommendations as usize, housing.recommendations.len());
/// assert_eq!(&*groups.last().unwrap().theme, "untagged");
/// # Ok::<(), upr::Error>(())
/// ```
pub fn by_theme<'r>(
    codebook: &Codebook,
    recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
) -> Vec<ThemeGroup<'r>> {
    let mut groups: Vec<ThemeGroup<'r>> =
        codebook.themes().iter().map(|theme| ThemeGroup::new(theme.code.clone(), &theme.label)).collect();
    for issue in codebook.issues() {
        if let Some(group) = groups.iter_mut().find(|group| group.theme == issue.theme) {
            group.issues.push(IssueGroup::new(issue.code.clone(), &issue.label));
        }
    }
    let mut untagged = ThemeGroup::new(Arc::from(UNTAGGED), "No issue of the codebook");
    for coded in recommendations {
        if coded.coding.tags.is_empty() {
            untagged.add(coded);
        }
        for group in &mut groups {
            if coded.coding.tags.iter().any(|tag| tag.theme == group.theme) {
                group.add(coded);
            }
        }
    }
    groups.push(untagged);
    groups
}

impl<'r> ThemeGroup<'r> {
    fn new(theme: Arc<str>, label: &str) -> ThemeGroup<'r> {
        let (count, recommendations, issues) = (Count::default(), Vec::new(), Vec::new());
        ThemeGroup { theme, label: label.to_string(), count, recommendations, issues }
    }

    fn add(&mut self, coded: &'r CodedRecommendation) {
        self.count += once(&coded.recommendation);
        self.recommendations.push(coded);
        for group in self.issues.iter_mut().filter(|group| coded.coding.has(&group.issue)) {
            group.count += once(&coded.recommendation);
            group.recommendations.push(coded);
        }
    }
}

impl IssueGroup<'_> {
    fn new(issue: Arc<str>, label: &str) -> Self {
        IssueGroup { issue, label: label.to_string(), count: Count::default(), recommendations: Vec::new() }
    }
}

fn once(recommendation: &Recommendation) -> Count {
    Count { recommendations: 1, recommendation_x_state: recommendation.pairs() as u64 }
}
