//! Finds the recommendation of each decision: by its id and the hash of its text.

use super::Corrections;
use crate::coded::CodedList;
use crate::dimension::Dimension;
use crate::error::quoted;
use crate::recommendation::id::review_of;
use crate::tally::is_nameless;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Of so many recommendations with the same text the ids are named.
const MAX_NAMED: usize = 5;

/// A decision with its recommendation, by its place in the list, and its category as tallies name it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) at: usize,
    pub(super) dimension: Dimension,
    pub(super) category: Arc<str>,
    pub(super) right: bool,
}

/// The recommendation of each decision, or why there is none.
pub(super) fn find(coded: &CodedList, corrections: &Corrections) -> Vec<Result<Found, String>> {
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(coded.recommendations.len());
    // a list that was put together by hand may have an id twice
    let mut twice: HashSet<&str> = HashSet::new();
    for (at, coded) in coded.recommendations.iter().enumerate() {
        if ids.insert(&coded.recommendation.id, at).is_some() {
            twice.insert(&coded.recommendation.id);
        }
    }
    // hashes are needed only where an id or a text is another one now
    let mut by_hash: Option<HashMap<String, Vec<usize>>> = None;
    let mut known: HashMap<Dimension, Vec<Arc<str>>> = HashMap::new();
    let mut spelt: HashMap<(Dimension, String), Arc<str>> = HashMap::new();
    let mut of_row = |row: &super::Correction| {
        let wanted = row.wanted.clone()?;
        let (id, hash) = (&row.cells[0], &row.cells[6]);
        let of_id = ids.get(id.as_str()).copied();
        let at = match of_id {
            Some(_) if twice.contains(id.as_str()) => return Err("the list has this id twice".to_string()),
            Some(at) if hash.is_empty() => at,
            Some(at) if coded.recommendations[at].recommendation.text_hash() == *hash => at,
            None if hash.is_empty() => return Err("no recommendation of the list has this id".to_string()),
            _ => {
                let by_hash = by_hash.get_or_insert_with(|| hashes(coded));
                by_text(coded, id, of_id, by_hash.get(hash).map_or(&[], Vec::as_slice))?
            }
        };
        let known = known
            .entry(wanted.dimension)
            .or_insert_with(|| wanted.dimension.known_categories(coded.codebooks()));
        let name = (wanted.dimension, wanted.category.clone());
        let spelling = || wanted.dimension.known_spelling(&wanted.category, known, Some(coded.codebooks()));
        let category = spelt.entry(name).or_insert_with(spelling).clone();
        of_category(coded, Found { at, dimension: wanted.dimension, category, right: wanted.right }, known)
    };
    corrections.rows.iter().map(&mut of_row).collect()
}

fn hashes(coded: &CodedList) -> HashMap<String, Vec<usize>> {
    let mut all: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, coded) in coded.recommendations.iter().enumerate() {
        all.entry(coded.recommendation.text_hash()).or_default().push(at);
    }
    all
}

/// The one recommendation of the same review that has the text; the review counts as the same where one side does not name it.
fn by_text(coded: &CodedList, id: &str, of_id: Option<usize>, with_text: &[usize]) -> Result<usize, String> {
    let review = review_of(id);
    let id_at = |at: usize| coded.recommendations[at].recommendation.id.as_str();
    let same = |at: &usize| may_be_the_same(review, review_of(id_at(*at)));
    let candidates: Vec<usize> = with_text.iter().copied().filter(same).collect();
    match (candidates.as_slice(), of_id) {
        ([at], _) => Ok(*at),
        ([], Some(_)) => {
            Err("this id now has another text, and no other recommendation of its review has the text"
                .to_string())
        }
        ([], None) => {
            Err("no recommendation of the list has this id, and none of its review this text".to_string())
        }
        (several, _) => {
            let names: Vec<&str> = several.iter().take(MAX_NAMED).map(|at| id_at(*at)).collect();
            Err(format!("{} recommendations have this text: {}", several.len(), names.join(", ")))
        }
    }
}

/// Whether two reviews, as ids begin, can be one: `XXX` is an unknown State, `00` an unknown session.
fn may_be_the_same(one: &str, two: &str) -> bool {
    let parts = |review: &str| -> Option<(String, String)> {
        review.split_once('-').map(|(state, session)| (state.to_string(), session.to_string()))
    };
    match (parts(one), parts(two)) {
        (Some((state, session)), Some((other_state, other_session))) => {
            let states = state == other_state || [&state, &other_state].iter().any(|state| *state == "XXX");
            let sessions =
                session == other_session || [&session, &other_session].iter().any(|one| *one == "00");
            states && sessions
        }
        _ => one == two,
    }
}

/// The decision, if its category is one that the recommendation can have.
fn of_category(coded: &CodedList, found: Found, known: &[Arc<str>]) -> Result<Found, String> {
    let Found { at, dimension, category, .. } = &found;
    let (record, dimension) = (&coded.recommendations[*at], *dimension);
    let is_coded = match dimension {
        Dimension::Aspect(aspect) => record.aspect(aspect).is_some(),
        Dimension::ActionCategory => record.action.is_some(),
        _ => true,
    };
    if !is_coded {
        return Err(format!("the list was not coded by {dimension}"));
    }
    let occurs = || match dimension {
        Dimension::RecommendingState => {
            record.recommendation.recommending_states.iter().any(|name| name.name() == &**category)
        }
        _ => false,
    };
    if is_nameless(category) || !(dimension.is_known(category, known) || occurs()) {
        let frame = coded.codebooks().of(dimension);
        return Err(match frame {
            Some(codebook) => {
                format!("the codebook {} has no {dimension} {}", codebook.name(), quoted(category))
            }
            None => format!("there is no {dimension} {}", quoted(category)),
        });
    }
    Ok(found)
}
