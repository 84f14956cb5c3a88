//! Gives recommendations their stable ids, by the rule in the documentation of [`Recommendation`].

use super::Recommendation;
use crate::text::hash::Fnv;
use crate::text::key;
use crate::text::line::one_line;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// The review that a recommendation belongs to: State under review and session, as they appear in an id.
pub(crate) fn review_key(recommendation: &Recommendation) -> String {
    let state = match &recommendation.state_under_review {
        None => "XXX".to_string(),
        Some(name) if name.state.is_some() => name.iso3().to_string(),
        Some(name) => slug(&name.given),
    };
    match recommendation.session.as_ref().map(|session| (session.number, &session.given)) {
        None => format!("{state}-00"),
        Some((Some(number), _)) => format!("{state}-{number:02}"),
        Some((None, given)) => format!("{state}-{}", slug(given)),
    }
}

fn slug(text: &str) -> String {
    let slug = key::joined(text, '_');
    if slug.is_empty() { "XXX".to_string() } else { slug }
}

/// The review in an id, as [`review_key`] put it there: neither the code of a State nor a session has a hyphen.
pub(crate) fn review_of(id: &str) -> &str {
    id.match_indices('-').nth(1).map_or(id, |(at, _)| &id[..at])
}

/// The number of a paragraph as it is compared: without blanks and the full stop at its end.
pub(crate) fn plain_number(paragraph: &str) -> String {
    let mut number: String = paragraph.chars().filter(|c| !c.is_whitespace()).collect();
    number.truncate(number.trim_end_matches('.').len());
    number
}

/// A number as the UN cites it. Alone, 6.10 is the number 6.1 to a spreadsheet, to pandas and to R.
pub(crate) fn cited(paragraph: &str) -> String {
    format!("para. {paragraph}")
}

fn plain_id(recommendation: &Recommendation) -> String {
    let review = review_key(recommendation);
    match &recommendation.paragraph {
        Some(paragraph) => format!("{review}-{}", plain_number(paragraph)),
        None => format!("{review}-{}", text_hash(&recommendation.text)),
    }
}

/// The first 12 of the 16 digits of the hash of a text on one line, after a `t`.
pub(crate) fn text_hash(text: &str) -> String {
    format!("t{:012x}", Fnv::new().add(one_line(text).as_bytes()).value() >> 16)
}

/// Gives each recommendation its id. Which of several with one id gets which number depends on what they say,
/// not on the order in which they were read.
pub(crate) fn assign_ids(recommendations: &mut [Recommendation]) {
    recommendations.par_iter_mut().for_each(|recommendation| recommendation.id = plain_id(recommendation));
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(recommendations.len());
    let mut several: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, recommendation) in recommendations.iter().enumerate() {
        if let Some(&known) = first.get(&*recommendation.id) {
            several.entry(known).or_insert_with(|| vec![known]).push(index);
        } else {
            first.insert(&recommendation.id, index);
        }
    }
    for mut same in several.into_values() {
        same.sort_by(|&a, &b| distinction(&recommendations[a]).cmp(&distinction(&recommendations[b])));
        for (number, index) in same.into_iter().enumerate().skip(1) {
            recommendations[index].id += &format!("~{}", number + 1);
        }
    }
}

/// What recommendations of one id are ordered by: what they say, not who read them first.
fn distinction(recommendation: &Recommendation) -> impl Ord {
    let position = recommendation.position.as_ref().map(|position| position.as_read().to_string());
    let mut states: Vec<String> =
        recommendation.recommending_states.iter().map(|state| state.name().to_string()).collect();
    states.sort_unstable();
    (one_line(&recommendation.text).into_owned(), position, states, recommendation.sources.first().cloned())
}
