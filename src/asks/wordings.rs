//! The wordings of a list: recommendations with the same words are one, in an order that depends on the words alone.

use super::THRESHOLD_PARTS;
use super::candidates::neighbours;
use super::features::{Profile, profile, wording};
use super::lexicon::lexicon;
use super::stars::{Node, stars};
use crate::coded::CodedRecommendation;
use crate::text::words::Words;
use rayon::prelude::*;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

    /// For each wording the representative of its group, and the score with it. Wordings that are compared by the same, such
    /// as the same words in another order, have the same neighbours and score 1 with each other: they are compared once.
    pub(crate) fn stars(&self) -> Vec<(u32, u32)> {
        let mut places: HashMap<_, usize> = HashMap::new();
        let mut alike: Vec<Vec<u32>> = Vec::new();
        let mut of_wording = Vec::new();
        for (at, profile) in self.profiles.iter().enumerate() {
            // where there is nothing to compare, nothing is alike
            let alone = if profile.total == 0 { at } else { usize::MAX };
            // all that the score depends on, and not where the words are
            let features: Vec<(u64, u32)> =
                profile.features.iter().map(|feature| (feature.key, feature.weight)).collect();
            let key = (features, profile.lead, profile.specific, alone);
            let place = *places.entry(key).or_insert_with(|| {
                alike.push(Vec::new());
                alike.len() - 1
            });
            alike[place].push(at as u32);
            of_wording.push(place);
        }
        let size = |at: u32| self.members[at as usize].len() as u32;
        // of equals the wording that more use, then the shorter, then the first in their order
        let rank = |at: &u32| {
            let text = &self.members[*at as usize][0].recommendation.text;
            (size(*at), Reverse(text.len() as u32), Reverse(*at))
        };
        let nodes: Vec<Node> = alike
            .iter()
            .map(|alike| Node {
                size: alike.iter().map(|at| size(*at)).sum(),
                rank: alike.iter().map(rank).max().unwrap_or_default(),
            })
            .collect();
        let profiles: Vec<&Profile> = alike.iter().map(|alike| &self.profiles[alike[0] as usize]).collect();
        let stars = stars(&nodes, &neighbours(&profiles, THRESHOLD_PARTS));
        let representative = |place: usize| {
            let (node, score) = stars[place];
            let (_, _, Reverse(at)) = nodes[node as usize].rank;
            (at, score)
        };
        of_wording.into_iter().map(representative).collect()
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
