//! Puts the lists of several files together: replies go to the recommendations they answer, and what is the same
//! becomes one recommendation.
//!
//! [`replies`] applies addenda, [`versions`] compares the files of one review, [`twice`] warns of a list that is there twice.

mod languages;
mod replies;
mod slips;
mod twice;
mod versions;

use crate::list::RecommendationList;
use crate::recommendation::id::assign_ids;
use crate::recommendation::{PositionGiven, Recommendation};
use crate::state::StateName;
use crate::text::hash::Fnv;
use crate::text::language::Language;
use crate::text::line::one_line;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

impl RecommendationList {
    /// Joins lists: what two files both contain becomes one recommendation, and ids stay unique. The positions in an
    /// addendum go to the recommendations of the same review, in any order of lists.
    pub fn join(lists: impl IntoIterator<Item = RecommendationList>) -> RecommendationList {
        RecommendationList::beside(lists).settle(false, None)
    }

    /// Puts lists one after the other, with nothing settled.
    pub(super) fn beside(lists: impl IntoIterator<Item = RecommendationList>) -> RecommendationList {
        let mut joined = RecommendationList::default();
        for list in lists {
            joined.recommendations.extend(list.recommendations);
            joined.pledges.extend(list.pledges);
            joined.replies.extend(list.replies);
            joined.rejects.extend(list.rejects);
            joined.files.extend(list.files);
        }
        joined
    }

    /// Gives the replies of addenda to the recommendations, merges what is the same unless rows stay apart, and gives the ids
    /// and the languages: this one, or those that are detected.
    pub(super) fn settle(mut self, rows_apart: bool, language: Option<Language>) -> RecommendationList {
        self.replies = replies::apply(&mut self.recommendations, self.replies);
        if !rows_apart {
            self.recommendations = versions::unite(merge(self.recommendations), &self.files);
        }
        twice::warn(&mut self);
        for recommendations in [&mut self.recommendations, &mut self.pledges] {
            assign_ids(recommendations);
            match language {
                Some(_) => recommendations.iter_mut().for_each(|made| made.language = language),
                None => languages::detect(recommendations),
            }
        }
        self
    }
}

/// Puts rows of one recommendation together: the same review, number, text and answer.
fn merge(recommendations: Vec<Recommendation>) -> Vec<Recommendation> {
    let hashes: Vec<u64> = recommendations.par_iter().map(|made| Sameness::of(made).hash()).collect();
    let mut merged: Vec<Recommendation> = Vec::with_capacity(recommendations.len());
    let mut known: HashMap<u64, usize> = HashMap::with_capacity(recommendations.len());
    let mut named: HashMap<usize, BTreeSet<u64>> = HashMap::new();
    for (recommendation, mut hash) in recommendations.into_iter().zip(hashes) {
        // two that only hash alike have neighbouring numbers
        while let Some(&at) = known.get(&hash)
            && Sameness::of(&merged[at]) != Sameness::of(&recommendation)
        {
            hash = hash.wrapping_add(1);
        }
        // one that is full gives its place to the next
        match known.get(&hash).filter(|at| merged[**at].has_room()) {
            Some(&at) => {
                // of one position, the statement of a later document
                if let Ok(position) = versions::settled(&merged[at].position, &recommendation.position) {
                    merged[at].position = position;
                }
                let named = named.entry(at).or_insert_with(|| BTreeSet::from([states(&merged[at])]));
                merged[at].repeated += u32::from(!named.insert(states(&recommendation)));
                merged[at].absorb(recommendation);
            }
            None => {
                known.insert(hash, merged.len());
                merged.push(recommendation);
            }
        }
    }
    merged
}

/// A hash of the States that a row names, in any order.
fn states(recommendation: &Recommendation) -> u64 {
    let names: BTreeSet<&str> = recommendation.recommending_states.iter().map(StateName::name).collect();
    names.into_iter().fold(Fnv::new(), Fnv::add_field).value()
}

/// What two rows of one recommendation share. States and sessions count by what they were read as, the text
/// without regard to line breaks and doubled blanks. Where no State under review is named, the document or the
/// file stands for the review: two such lists may come from two reviews.
#[derive(PartialEq)]
struct Sameness<'r> {
    review: &'r str,
    session: Result<u16, &'r str>,
    paragraph: Option<&'r str>,
    text: Cow<'r, str>,
    position: &'r str,
}

impl<'r> Sameness<'r> {
    fn of(recommendation: &'r Recommendation) -> Sameness<'r> {
        Sameness {
            review: match (&recommendation.state_under_review, &recommendation.document) {
                (Some(name), _) => name.name(),
                (None, Some(document)) => document,
                (None, None) => recommendation.sources.first().map_or("", |source| &source.file),
            },
            session: recommendation
                .session
                .as_ref()
                .map_or(Err(""), |session| session.number.ok_or(&*session.given)),
            paragraph: recommendation.paragraph.as_deref(),
            text: one_line(&recommendation.text),
            position: recommendation.position.as_ref().map_or("", PositionGiven::as_read),
        }
    }

    fn hash(&self) -> u64 {
        let session = self.session.map_or_else(str::to_string, |number| number.to_string());
        Fnv::new()
            .add_field(self.review)
            .add_field(&session)
            .add_field(self.position)
            .add_field(self.paragraph.unwrap_or(""))
            .add_field(&self.text)
            .value()
    }
}

/// The most recommending States that a recommendation made of several rows has before the next row begins another, and
/// the most labels of a kind: whoever is added is looked for among those who are there.
const MAX_ABSORBED: usize = 500;

impl Recommendation {
    fn has_room(&self) -> bool {
        let lengths = self.labels.lengths().into_iter().chain([self.recommending_states.len()]);
        lengths.max().is_none_or(|most| most < MAX_ABSORBED)
    }

    /// Takes over what another row says of the same recommendation.
    pub(super) fn absorb(&mut self, other: Recommendation) {
        StateName::add_new(&mut self.recommending_states, other.recommending_states);
        let add = |to: &mut Vec<String>, from: Vec<String>| {
            if to.is_empty() {
                return *to = from;
            }
            for label in from {
                if !to.contains(&label) {
                    to.push(label);
                }
            }
        };
        self.labels.heading = self.labels.heading.take().or(other.labels.heading);
        add(&mut self.labels.issues, other.labels.issues);
        add(&mut self.labels.themes, other.labels.themes);
        add(&mut self.labels.sdgs, other.labels.sdgs);
        add(&mut self.labels.affected_persons, other.labels.affected_persons);
        self.labels.action = self.labels.action.take().or(other.labels.action);
        self.document = self.document.take().or(other.document);
        self.sources.extend(other.sources);
        self.repeated += other.repeated;
    }
}
