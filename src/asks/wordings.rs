//! The wordings of a list: recommendations with the same words are one, in an order that depends on the words alone.

use super::features::{Profile, profile, wording};
use super::lexicon::lexicon;
use crate::coded::CodedRecommendation;
use crate::text::words::Words;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The wordings in the order of their words: who has them, and what they are compared by.
pub(crate) struct Wordings<'r> {
    pub(crate) members: Vec<Vec<&'r CodedRecommendation>>,
    pub(crate) profiles: Vec<Profile>,
}

impl<'r> Wordings<'r> {
    pub(crate) fn of(list: Vec<&'r CodedRecommendation>) -> Wordings<'r> {
        let lines: Vec<String> = list
            .par_iter()
            .map_init(Words::default, |words, coded| wording(&coded.recommendation.text, words))
            .collect();
        let mut by_line: BTreeMap<String, Vec<&CodedRecommendation>> = BTreeMap::new();
        for (line, coded) in lines.into_iter().zip(list) {
            by_line.entry(line).or_default().push(coded);
        }
        let mut members: Vec<Vec<&CodedRecommendation>> = by_line.into_values().collect();
        members.par_iter_mut().for_each(|members| members.sort_by(|one, two| order(one, two)));
        let profiles = members
            .par_iter()
            .map_init(Words::default, |words, members| {
                // what the members say of themselves counts for the wording, so that it has one profile
                let own: BTreeSet<&'static str> = members.iter().filter_map(|coded| own(coded)).collect();
                let issues: BTreeSet<&str> =
                    members.iter().flat_map(|coded| coded.coding.tags.iter().map(|tag| &*tag.code)).collect();
                let issues: Vec<&str> = issues.into_iter().collect();
                profile(lexicon(), &members[0].recommendation.text, &own, &issues, words)
            })
            .collect();
        Wordings { members, profiles }
    }
}

/// The State under review, whose name says nothing in its own recommendations.
pub(crate) fn own(coded: &CodedRecommendation) -> Option<&'static str> {
    let state = coded.recommendation.state_under_review.as_ref()?.state?;
    Some(state.iso3)
}

/// The order of recommendations that depends on what they say alone, not on where they are in a list.
pub(crate) fn order(one: &CodedRecommendation, two: &CodedRecommendation) -> Ordering {
    let (one, two) = (&one.recommendation, &two.recommendation);
    let key = |recommendation: &'_ crate::Recommendation| {
        let states: Vec<String> =
            recommendation.recommending_states.iter().map(|state| state.given.to_string()).collect();
        (states, recommendation.position.as_ref().map(|position| position.given.to_string()))
    };
    one.id
        .cmp(&two.id)
        .then_with(|| one.text.cmp(&two.text))
        .then_with(|| one.sources.cmp(&two.sources))
        .then_with(|| key(one).cmp(&key(two)))
}
