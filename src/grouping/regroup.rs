//! Reads coded recommendations through a grouping: codes, lists, counts, and the recommendations themselves.

use super::{Group, Grouping, OUTSIDE};
use crate::codebook::{Codebook, Issue, Theme, UNTAGGED};
use crate::error::Error;
use crate::error::Result;
use crate::evaluate::Agreement;
use crate::recommendation::Recommendation;
use crate::tag::{CodedList, CodedRecommendation, Coding, Evidence, Tag};
use crate::tally::{Count, Dimension, Tally};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// The name for people of [`OUTSIDE`].
const OUTSIDE_LABEL: &str = "Outside the grouping";

/// The recommendations of one group.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// # let grouping = upr::grouping::Grouping::load("fixtures/grouping-climate", tagger.codebook())?;
/// let groups = grouping.by_group(&coded.recommendations);
/// let nature = &groups[0];
/// assert_eq!((&*nature.group, nature.count.recommendations), ("nature", 5));
/// assert_eq!(nature.recommendations[0].recommendation.id, "TUV-43-90.1");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupedRecommendations<'r> {
    /// The code of the group, `outside`, or `untagged`.
    pub group: Arc<str>,
    /// Its name for people.
    pub label: String,
    /// How many they are, each once, by both units.
    pub count: Count,
    /// The recommendations, each once, in the order of the list.
    pub recommendations: Vec<&'r CodedRecommendation>,
}

impl Grouping {
    /// The codes of the groups that a coding belongs to, each once, in the order of the groups. [`OUTSIDE`] alone where
    /// none of its issues has a group, and `untagged` alone where it has no issue.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, grouping::Grouping};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let chapters = Grouping::bundled("blueprints-2021", tagger.codebook())?;
    /// let codes = |text: &str| chapters.of(&tagger.tag(text)).iter().map(|code| code.to_string()).collect::<Vec<_>>();
    /// assert_eq!(codes("Close Guantanamo and end police brutality"), ["racial-justice", "guantanamo"]);
    /// assert_eq!(codes("Abolish the death penalty"), ["outside"]);
    /// assert_eq!(codes("Thank you"), ["untagged"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of(&self, coding: &Coding) -> Vec<Arc<str>> {
        if coding.tags.is_empty() {
            return vec![Arc::from(UNTAGGED)];
        }
        let places = self.places(coding);
        if places.is_empty() {
            return vec![Arc::from(OUTSIDE)];
        }
        places.into_iter().map(|at| self.groups[at].code.clone()).collect()
    }

    /// The places of a coding's groups, in order.
    fn places(&self, coding: &Coding) -> Vec<usize> {
        let groups = coding.tags.iter().filter_map(|tag| self.by_issue.get(&tag.issue));
        let mut places: Vec<usize> = groups.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The same recommendation with groups for issues: each group is a tag, with the evidence of all issues that
    /// brought it. `outside` is a tag, with the evidence of all its issues, where none of them has a group. What exclusions
    /// set aside was said of issues, and is left out.
    ///
    /// Everything that counts issues counts groups then: tallies, rates, cross-tabulations, exports.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// # let grouping = upr::grouping::Grouping::load("fixtures/grouping-climate", tagger.codebook())?;
    /// let groups = |coded| -> Vec<String> {
    ///     grouping.regroup(coded).coding.tags.iter().map(|tag| tag.issue.to_string()).collect()
    /// };
    /// // displacement is outside: so is what speaks of nothing else
    /// assert_eq!(groups(&coded.recommendations[0]), ["nature", "A2"]);
    /// assert_eq!(groups(&coded.recommendations[1]), ["outside"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn regroup(&self, coded: &CodedRecommendation) -> CodedRecommendation {
        let mut regrouped = coded.clone();
        regrouped.coding.suppressed.clear();
        regrouped.coding.tags = self.tags(&coded.coding);
        regrouped
    }

    fn tags(&self, coding: &Coding) -> Vec<Tag> {
        let tag = |code: &Arc<str>, theme: &Arc<str>, of: &dyn Fn(&Tag) -> bool| {
            let tags = coding.tags.iter().filter(|tag| of(tag));
            let mut evidence: Vec<Evidence> = tags.flat_map(|tag| tag.evidence.iter().cloned()).collect();
            evidence.sort_by_key(|evidence| (evidence.span.start, evidence.span.end));
            evidence.dedup();
            Tag { issue: code.clone(), theme: theme.clone(), evidence }
        };
        let places = self.places(coding);
        if places.is_empty() && !coding.tags.is_empty() {
            let outside = Arc::from(OUTSIDE);
            return vec![tag(&outside, &outside, &|_| true)];
        }
        let brings = |tag: &Tag, at: usize| {
            self.by_issue.get(&tag.issue).is_some_and(|groups| groups.binary_search(&at).is_ok())
        };
        let group = |at: usize| {
            let Group { code, theme, .. } = &self.groups[at];
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
    /// use upr::statistics::{RateOptions, Rates};
    /// use upr::{Codebook, Dimension, Tagger, grouping::Grouping};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let stages = Grouping::bundled("five-stages", tagger.codebook())?;
    /// let by_stage = stages.regroup_list(&coded)?;
    /// let options = RateOptions::default();
    /// let rates = Rates::of(&by_stage.recommendations, Dimension::Issue, &options, &stages.codebook());
    /// assert!(rates.rate("reengage").unwrap().answered > 20);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn regroup_list(&self, coded: &CodedList) -> Result<CodedList> {
        if coded.codebook != self.codebook {
            let found = format!("a list coded with {}", coded.codebook);
            return Err(Error::mismatch(
                &format!("grouping {}", self.about.name),
                found,
                format!("one coded with {}", self.codebook),
            ));
        }
        let mut regrouped = coded.clone();
        regrouped.codebook = self.identity();
        for coded in &mut regrouped.recommendations {
            coded.coding.suppressed.clear();
            coded.coding.tags = self.tags(&coded.coding);
        }
        Ok(regrouped)
    }

    /// The groups as a codebook without rules, for whatever asks for one: its issues are the groups in their order and
    /// `outside` at the end.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, grouping::Grouping};
    ///
    /// let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// let codebook = grouping.codebook();
    /// assert_eq!((codebook.issues().len(), codebook.rules().len()), (4, 0));
    /// assert_eq!(&*codebook.issues()[3].code, "outside");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn codebook(&self) -> Codebook {
        let issue = |group: &Group| Issue {
            code: group.code.clone(),
            label: group.label.clone(),
            theme: group.theme.clone(),
            definition: group.definition.clone(),
        };
        let outside: Arc<str> = Arc::from(OUTSIDE);
        let mut issues: Vec<Issue> = self.groups.iter().map(issue).collect();
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

    /// Counts recommendations by group: each once under each of its groups, under `outside` or under `untagged`. Groups
    /// without recommendations are there with zero. The tally's dimension is [`Dimension::Issue`], for the groups stand
    /// in the place of issues.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, Unit, grouping::Grouping};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let chapters = Grouping::bundled("blueprints-2021", tagger.codebook())?;
    /// let tally = chapters.tally(&coded.recommendations);
    /// assert!(tally.count(&["guantanamo"]).of(Unit::Recommendations) > 0);
    /// assert!(tally.count(&["outside"]).of(Unit::Recommendations) > 100);
    /// assert_eq!(tally.total().of(Unit::Recommendations), 347);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tally<'r>(&self, recommendations: impl IntoIterator<Item = &'r CodedRecommendation>) -> Tally {
        let mut tally = Tally::new(&[Dimension::Issue]);
        for coded in recommendations {
            tally.add(&self.regroup(coded));
        }
        tally.with_zeros(&self.codebook())
    }

    /// Sorts recommendations into the groups, in their order, then `outside` and `untagged`; groups without
    /// recommendations are there.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, grouping::Grouping};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let goals = Grouping::bundled("sdgs", tagger.codebook())?;
    /// let groups = goals.by_group(&coded.recommendations);
    /// assert_eq!(groups.len(), 17 + 2);
    /// let peace = &groups[15];
    /// println!("{}: {}", peace.label, peace.recommendations[0].recommendation.text);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn by_group<'r>(
        &self,
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
    ) -> Vec<GroupedRecommendations<'r>> {
        let empty = |code: &Arc<str>, label: &str| GroupedRecommendations {
            group: code.clone(),
            label: label.to_string(),
            count: Count::default(),
            recommendations: Vec::new(),
        };
        let mut groups: Vec<GroupedRecommendations<'r>> =
            self.groups.iter().map(|group| empty(&group.code, &group.label)).collect();
        let outside = groups.len();
        groups.push(empty(&Arc::from(OUTSIDE), OUTSIDE_LABEL));
        groups.push(empty(&Arc::from(UNTAGGED), "No issue of the codebook"));
        for coded in recommendations {
            let mut places = self.places(&coded.coding);
            if places.is_empty() {
                places.push(outside + usize::from(coded.coding.tags.is_empty()));
            }
            for at in places {
                let recommendation_x_state = coded.recommendation.pairs() as u64;
                groups[at].count += Count { recommendations: 1, recommendation_x_state };
                groups[at].recommendations.push(coded);
            }
        }
        groups
    }

    /// How far the groups agree with the labels that files state, such as OHCHR's themes: `labels` says where they
    /// stand. Recommendations without such a label are not compared; a label that no group has counts as missing, under
    /// its own name. For UPR Info's issues, and with each row apart, see [`Comparison`](crate::evaluate::Comparison) with
    /// [`Crosswalk::by_grouping`](crate::evaluate::Crosswalk::by_grouping).
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, grouping::Grouping};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/thematic-list-cycle-4.docx")?);
    /// let themes = Grouping::bundled("ohchr-themes", tagger.codebook())?;
    /// let agreement = themes.agreement(&coded.recommendations, |recommendation| &recommendation.labels.themes);
    /// assert_eq!(agreement.micro().precision, 1.0);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn agreement<'r>(
        &self,
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
        labels: impl Fn(&Recommendation) -> &[String],
    ) -> Agreement {
        let mut agreement = Agreement::new();
        let mut known: HashMap<&str, &str> = HashMap::new();
        for coded in recommendations {
            let stated = labels(&coded.recommendation);
            if stated.is_empty() {
                continue;
            }
            let expected: Vec<&str> = stated
                .iter()
                .map(|label| {
                    *known.entry(label).or_insert_with(|| {
                        self.group_of_label(label).map_or(label.as_str(), |group| group.label.as_str())
                    })
                })
                .collect();
            let given = self.places(&coded.coding).into_iter().map(|at| self.groups[at].label.as_str());
            agreement.add(expected, given);
        }
        agreement
    }
}
