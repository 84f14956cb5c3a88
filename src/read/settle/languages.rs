//! Detects the language of each text: by its own words, or else by the other texts of its review.

use crate::recommendation::Recommendation;
use crate::recommendation::id::review_of;
use crate::text::language::Language;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Detects the languages; the ids name the reviews. If a review uses two equally often, the first of [`Language::ALL`] counts.
/// What was detected in a part of the review is forgotten, so that the order of its files changes nothing.
pub(super) fn detect(recommendations: &mut [Recommendation]) {
    recommendations.par_iter_mut().for_each(|made| made.language = Language::of(&made.text));
    let mut reviews: HashMap<&str, BTreeMap<Language, usize>> = HashMap::new();
    for made in &*recommendations {
        if let Some(language) = made.language {
            *reviews.entry(review_of(&made.id)).or_default().entry(language).or_default() += 1;
        }
    }
    let most = |made: &Recommendation| {
        let languages = reviews.get(review_of(&made.id)).into_iter().flatten();
        languages.max_by_key(|(language, texts)| (**texts, Reverse(**language))).map(|(most, _)| *most)
    };
    let of_review: Vec<(usize, Option<Language>)> = recommendations
        .iter()
        .enumerate()
        .filter(|(_, made)| made.language.is_none())
        .map(|(at, made)| (at, most(made)))
        .collect();
    for (at, language) in of_review {
        recommendations[at].language = language;
    }
}
