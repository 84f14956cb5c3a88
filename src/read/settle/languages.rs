//! Tells the language of each text: by its own words, or else by the other texts of its review.

use crate::recommendation::Recommendation;
use crate::recommendation::id::review_key;
use crate::text::language::Language;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Tells the languages. Of two that a review uses equally often, the first of [`Language::ALL`] counts. What was told of a
/// part of the review is forgotten, so that the order of its files has no say.
pub(super) fn tell(recommendations: &mut [Recommendation]) {
    let told: Vec<(String, Option<Language>)> = recommendations
        .par_iter_mut()
        .map(|made| {
            made.language = Language::of(&made.text);
            (review_key(made), made.language)
        })
        .collect();
    let mut reviews: HashMap<&str, BTreeMap<Language, usize>> = HashMap::new();
    for (review, language) in &told {
        if let Some(language) = language {
            *reviews.entry(review).or_default().entry(*language).or_default() += 1;
        }
    }
    for (made, (review, language)) in recommendations.iter_mut().zip(&told) {
        if language.is_none() {
            let most = reviews.get(&**review).into_iter().flatten();
            made.language =
                most.max_by_key(|(language, texts)| (**texts, Reverse(**language))).map(|(most, _)| *most);
        }
    }
}
