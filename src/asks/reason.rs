//! Why two recommendations are the same ask: the words that both have.

use super::Reason;
use super::features::{Feature, Profile, profile};
use super::lexicon::lexicon;
use super::wordings::own;
use crate::coded::CodedRecommendation;
use crate::text::words::Words;
use std::collections::BTreeSet;
use std::ops::Range;

/// A phrase that two texts share, in the words of each: "capital punishment" and "the death penalty" are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Its bytes in the text itself.
    pub(crate) span: Range<usize>,
    /// Its bytes in the text that it is compared with.
    pub(crate) other: Range<usize>,
}

/// The features that are in a text, in its order.
pub(crate) fn in_order(profile: &Profile) -> Vec<Feature> {
    let mut features: Vec<Feature> =
        profile.features.iter().filter(|feature| feature.end > 0).copied().collect();
    features.sort_by_key(|feature| (feature.start, feature.end, feature.key));
    features
}

/// The same, for a text that has no profile yet.
pub(super) fn in_order_of(coded: &CodedRecommendation) -> Vec<Feature> {
    let own: BTreeSet<&'static str> = own(coded).into_iter().collect();
    in_order(&profile(lexicon(), &coded.recommendation.text, &own, &[], &mut Words::default()))
}

/// What a text shares with another: words that follow each other in both occur together as a phrase.
pub(crate) fn shared(here: &[Feature], there: &[Feature]) -> Vec<Shared> {
    let mut phrases: Vec<(Shared, usize, usize)> = Vec::new();
    for (at, feature) in here.iter().enumerate() {
        let Some(at_other) = there.iter().position(|known| known.key == feature.key) else { continue };
        let (span, other) = (bytes(feature), bytes(&there[at_other]));
        match phrases.last_mut() {
            Some((phrase, last, last_other)) if *last + 1 == at && *last_other + 1 == at_other => {
                phrase.span.end = span.end;
                phrase.other.end = other.end;
                (*last, *last_other) = (at, at_other);
            }
            _ => phrases.push((Shared { span, other }, at, at_other)),
        }
    }
    phrases.into_iter().map(|(phrase, ..)| phrase).collect()
}

/// The words of the representative that at least half of the members have.
pub(super) fn phrases(text: &str, features: &[Feature], reasons: &[Reason]) -> Vec<String> {
    if reasons.len() < 2 {
        return Vec::new();
    }
    let mut phrases: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        let here = bytes(feature);
        let inside = |shared: &Shared| shared.other.start <= here.start && here.end <= shared.other.end;
        let having = reasons.iter().filter(|reason| reason.shared.iter().any(inside)).count();
        if having * 2 < reasons.len() {
            continue;
        }
        match phrases.last_mut() {
            Some((span, last)) if *last + 1 == at => (span.end, *last) = (here.end, at),
            _ => phrases.push((here, at)),
        }
    }
    phrases.into_iter().map(|(span, _)| text[span].to_string()).collect()
}

fn bytes(feature: &Feature) -> Range<usize> {
    feature.start as usize..feature.end as usize
}
