//! Reads coded recommendations through a grouping: codes, lists, counts, and the recommendations themselves.

use super::{Grouping, OUTSIDE};
use crate::codebook::{Codebook, Issue, Theme, UNTAGGED, UNTAGGED_LABEL};
use crate::coded::{CodedList, CodedRecommendation, Coding, Evidence, Selection, Tag};
use crate::dimension::Dimension;
use crate::error::{Error, Result};
use crate::group::{Group, not_coded};
use crate::recommendation::Recommendation;
use crate::tally::{CategoryCount, Tally, not_coded_in};
use std::sync::Arc;

/// The name for people of [`OUTSIDE`].
const OUTSIDE_LABEL: &str = "Outside the grouping";

impl Grouping {
    /// The codes of the groups that a coding belongs to, each once, in the order of the groups. [`OUTSIDE`] alone where
    /// none of its issues has a group, and `untagged` alone where it has no issue, or `not_coded_fr` where a text in French was not coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, count::Grouping};
    ///
    /// let tagger = Tagger::core();
    /// let chapters = Grouping::bundled("blueprints-2021", tagger.codebook())?;
    /// let codes = |text: &str| chapters.of(&tagger.code(text).coding).iter().map(|code| code.to_string()).collect::<Vec<_>>();
    /// assert_eq!(codes("Close Guantanamo and end police brutality"), ["racial-justice", "guantanamo"]);
    /// assert_eq!(codes("Abolish the death penalty"), ["outside"]);
    /// assert_eq!(codes("Thank you"), ["untagged"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of(&self, coding: &Coding) -> Vec<Arc<str>> {
        if coding.tags.is_empty() {
            return vec![Arc::from(coding.not_coded.map_or(UNTAGGED, not_coded_in))];
        }
        let places = self.places(coding);
        if places.is_empty() {
            return vec![Arc::from(OUTSIDE)];
        }
        places.into_iter().map(|at| self.groups[at].code.clone()).collect()
    }

    /// The labels of the groups of a coding; none where it has no group.
    pub(crate) fn labels_of(&self, coding: &Coding) -> impl Iterator<Item = &str> {
        self.places(coding).into_iter().map(|at| self.groups[at].label.as_str())
    }

    /// The places of a coding's groups, in order.
    fn places(&self, coding: &Coding) -> Vec<usize> {
        let groups = coding.tags.iter().filter_map(|tag| self.by_issue.get(&tag.code));
        let mut places: Vec<usize> = groups.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// What is counted alike has no evidence.
    fn tags(&self, coding: &Coding, with_evidence: bool) -> Vec<Tag> {
        let tag = |code: &Arc<str>, theme: &Arc<str>, of: &dyn Fn(&Tag) -> bool| {
            let tags = coding.tags.iter().filter(|tag| with_evidence && of(tag));
            let mut evidence: Vec<Evidence> = tags.flat_map(|tag| tag.evidence.iter().cloned()).collect();
            evidence.sort_by_key(|evidence| (evidence.span.start, evidence.span.end));
            evidence.dedup();
            Tag { code: code.clone(), theme: theme.clone(), evidence }
        };
        let places = self.places(coding);
        if places.is_empty() && !coding.tags.is_empty() {
            let outside = Arc::from(OUTSIDE);
            return vec![tag(&outside, &outside, &|_| true)];
        }
        let brings = |tag: &Tag, at: usize| {
            self.by_issue.get(&tag.code).is_some_and(|groups| groups.binary_search(&at).is_ok())
        };
        let group = |at: usize| {
            let Issue { code, theme, .. } = &self.groups[at];
            tag(code, theme, &|tag| brings(tag, at))
        };
        places.into_iter().map(group).collect()
    }

    /// A whole list, [regrouped](Grouping::regroup). [`Grouping::codebook`] is the codebook that goes with it.
    ///
    /// # Errors
    ///
    /// A list that was coded with another codebook than the one whose issues are grouped.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::{Options, Rates};
    /// use upr::{Codebook, Dimension, Tagger, count::Grouping};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let stages = Grouping::bundled("five-stages", tagger.codebook())?;
    /// let by_stage = stages.regroup(&coded)?;
    /// let options = Options::default();
    /// let rates = Rates::of(&by_stage, Dimension::Issue, &options);
    /// assert!(rates.rate("reengage").unwrap().answered > 20);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn regroup<'l>(&self, coded: impl Into<Selection<'l>>) -> Result<CodedList> {
        let coded = coded.into();
        self.check(&coded)?;
        // the codings by issues, most of a list, are not copied
        let regrouped = coded.to_list_of(|coded| {
            let CodedRecommendation { recommendation, coding, aspects, action, decided, machine: _ } = coded;
            // what was decided of an issue says nothing of a group
            let decided = decided.iter().filter(|one| one.dimension != Dimension::Issue);
            CodedRecommendation {
                recommendation: recommendation.clone(),
                coding: Coding {
                    tags: self.tags(coding, true),
                    not_coded: coding.not_coded,
                    ..Coding::default()
                },
                aspects: aspects.clone(),
                action: action.clone(),
                decided: decided.cloned().collect(),
                machine: None,
            }
        });
        Ok(regrouped.with_issues(self.codebook()))
    }

    /// Counts by group, with positions, as [`Tally::with_positions`] has them of the [regrouped](Grouping::regroup) list,
    /// which need not be made for them.
    pub(crate) fn with_positions(&self, coded: &Selection<'_>) -> Result<Vec<CategoryCount>> {
        self.check(coded)?;
        let counted = coded.to_list_of(|coded| {
            let Recommendation { recommending_states, position, .. } = &coded.recommendation;
            let (recommending_states, position) = (recommending_states.clone(), position.clone());
            let made = Recommendation { recommending_states, position, ..Recommendation::new("") };
            let CodedRecommendation { coding, .. } = coded;
            let tags = self.tags(coding, false);
            CodedRecommendation::new(made, Coding { tags, not_coded: coding.not_coded, ..Coding::default() })
        });
        Ok(Tally::with_positions(&counted.with_issues(self.codebook()), Dimension::Issue))
    }

    /// A list that was coded with another codebook has issues that no group knows.
    fn check(&self, coded: &Selection<'_>) -> Result<()> {
        let found = &coded.coded_by().codebook;
        if *found == self.codebook {
            return Ok(());
        }
        let found = format!("a list coded with {found}");
        let expected = format!("one coded with {}", self.codebook);
        Err(Error::mismatch(&format!("grouping {}", self.about.name), found, expected))
    }

    /// The groups as a codebook without rules, for whatever asks for one: its issues are the groups in their order and
    /// `outside` at the end.
    pub fn codebook(&self) -> Codebook {
        let outside: Arc<str> = Arc::from(OUTSIDE);
        let mut issues = self.groups.clone();
        let definition = format!("Recommendations none of whose issues has a group in {}.", self.about.name);
        issues.push(Issue {
            code: outside.clone(),
            label: OUTSIDE_LABEL.to_string(),
            theme: outside.clone(),
            definition: definition.clone(),
        });
        let mut themes = self.themes.clone();
        themes.push(Theme { code: outside, label: OUTSIDE_LABEL.to_string(), definition });
        Codebook::without_rules(self.about.clone(), themes, issues)
    }

    /// Sorts recommendations into the groups, in their order, then `outside` and `untagged`; groups without
    /// recommendations are there.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, count::Grouping};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let goals = Grouping::bundled("sdgs", tagger.codebook())?;
    /// let groups = goals.by_group(&coded)?;
    /// assert_eq!(groups.len(), 17 + 2);
    /// let peace = &groups[15];
    /// println!("{}: {}", peace.label, peace.recommendations[0].recommendation.text);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn by_group<'r>(&self, coded: impl Into<Selection<'r>>) -> Result<Vec<Group<'r>>> {
        let coded = coded.into();
        self.check(&coded)?;
        let mut groups: Vec<Group<'r>> =
            self.groups.iter().map(|group| Group::new(group.code.clone(), &group.label)).collect();
        let outside = groups.len();
        groups.push(Group::new(Arc::from(OUTSIDE), OUTSIDE_LABEL));
        groups.push(Group::new(Arc::from(UNTAGGED), UNTAGGED_LABEL));
        for coded in coded.iter().filter(|coded| coded.coding.not_coded.is_none()) {
            let mut places = self.places(&coded.coding);
            if places.is_empty() {
                places.push(outside + usize::from(coded.coding.tags.is_empty()));
            }
            places.into_iter().for_each(|at| groups[at].add(coded));
        }
        groups.extend(not_coded(&coded));
        Ok(groups)
    }
}
