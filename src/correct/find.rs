//! Finds the recommendation of each decision: by its id and the hash of its text.

use super::Corrections;
use crate::coded::CodedList;
use crate::dimension::Dimension;
use crate::error::quoted;
use crate::recommendation::id::{plain_number, review_of};
use crate::recommendation::lookup::Lookup;
use crate::tally::is_nameless;
use std::collections::HashMap;
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
    /// Whether the text led to it, which has another id now.
    pub(super) moved: bool,
}

/// The recommendation of each decision, or why there is none.
pub(super) fn find(coded: &CodedList, corrections: &Corrections) -> Vec<Result<Found, String>> {
    let lookup = Lookup::new(coded.recommendations.iter().map(|coded| &coded.recommendation));
    let mut known: HashMap<Dimension, Vec<Arc<str>>> = HashMap::new();
    let mut spelt: HashMap<(Dimension, String), Arc<str>> = HashMap::new();
    // needed only where an id is not one of the list
    let mut parts: Option<Parts> = None;
    let mut of_row = |row: &super::Correction| {
        let (wanted, mut moved) = (row.wanted.clone()?, false);
        let (id, hash) = (&row.decision.id, &row.decision.text_hash);
        let of_id = lookup.id(id);
        let at = match of_id {
            Some(_) if lookup.is_twice(id) => return Err("the list has this id twice".to_string()),
            Some(at) if hash.is_empty() || lookup.has_text(at, hash) => at,
            None if hash.is_empty() => parts.get_or_insert_with(|| Parts::of(coded)).one(id)?,
            _ => {
                let parts = parts.get_or_insert_with(|| Parts::of(coded));
                let of_part = if of_id.is_none() { parts.meant(id) } else { &[] };
                let mut of_part = of_part.iter().filter(|at| lookup.has_text(**at, hash));
                match (of_part.next(), of_part.next()) {
                    (Some(at), None) => *at,
                    _ => {
                        moved = true;
                        by_text(coded, id, of_id, lookup.with_text(hash))?
                    }
                }
            }
        };
        let known = known
            .entry(wanted.dimension)
            .or_insert_with(|| wanted.dimension.known_categories(coded.codebooks()));
        let name = (wanted.dimension, wanted.category.clone());
        let spelling = || wanted.dimension.known_spelling(&wanted.category, known, Some(coded.codebooks()));
        let category = spelt.entry(name).or_insert_with(spelling).clone();
        let found = Found { at, dimension: wanted.dimension, category, right: wanted.right, moved };
        of_category(coded, found, known)
    };
    corrections.rows.iter().map(&mut of_row).collect()
}

/// Recommendations by parts of their ids: the paragraph, as `26.161` or `para. 26.161`, or what follows a hyphen.
struct Parts<'l>(&'l CodedList, HashMap<String, Vec<usize>>);

impl<'l> Parts<'l> {
    fn of(coded: &'l CodedList) -> Parts<'l> {
        let mut parts: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, coded) in coded.recommendations.iter().enumerate() {
            let id = coded.recommendation.id.to_lowercase();
            let own = id[review_of(&id).len()..].trim_start_matches('-');
            let own = own.split_once('~').map_or(own, |(own, _)| own);
            let after_hyphens = id.match_indices('-').map(|(at, _)| id[at + 1..].to_string());
            let mut keys: Vec<String> = after_hyphens.chain([id.clone(), own.to_string()]).collect();
            keys.extend(as_cell(own));
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| parts.entry(key).or_default().push(at));
        }
        Parts(coded, parts)
    }

    /// What a part of an id may mean.
    fn meant(&self, part: &str) -> &[usize] {
        let part = part.trim().to_lowercase();
        let cited =
            part.strip_prefix("para").map(|number| plain_number(number.trim_start_matches(['.', ' '])));
        let key = match cited {
            Some(number) => number,
            None => {
                let asked = plain_number(&part);
                match as_cell(&asked) {
                    // a spreadsheet removes zeros: what still ends in one is as it was written
                    Some(_) if asked.ends_with('0') => asked,
                    Some(cell) => cell,
                    None => part,
                }
            }
        };
        self.1.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The one recommendation that a part of an id means.
    fn one(&self, part: &str) -> Result<usize, String> {
        match self.meant(part) {
            [at] => Ok(*at),
            [] => Err("no recommendation of the list has this id".to_string()),
            several => Err(format!(
                "the id may mean {} recommendations: {}; write the whole id",
                several.len(),
                named(self.0, several)
            )),
        }
    }
}

/// The number of a paragraph as a spreadsheet may leave it: it makes 26.1 of 26.10 and of 26.100, so 26.1 may mean each of them.
fn as_cell(number: &str) -> Option<String> {
    let is_number = number.contains('.') && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then(|| format!("{}#", number.trim_end_matches('0').trim_end_matches('.')))
}

/// The first ids of several recommendations.
fn named(coded: &CodedList, several: &[usize]) -> String {
    let names: Vec<&str> = several
        .iter()
        .take(MAX_NAMED)
        .map(|at| coded.recommendations[*at].recommendation.id.as_str())
        .collect();
    let more = if several.len() > MAX_NAMED { ", ..." } else { "" };
    names.join(", ") + more
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
            Err(format!("{} recommendations have this text: {}", several.len(), named(coded, several)))
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
