//! Changes the records of a coded list by the decisions that count.

use super::Corrections;
use super::find::Found;
use super::settle::Settled;
use crate::codebook::Codebook;
use crate::coded::{ActionCategory, CodedList, CodedRecommendation, Coding, Decided, Status, Tag};
use crate::dimension::Dimension;
use crate::recommendation::{Position, PositionGiven};
use crate::state::StateName;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of each row of the corrections: the id that it was applied to, the status and the outcome.
pub(super) type Outcome = (String, &'static str, String);

pub(super) fn apply(coded: &mut CodedList, corrections: &Corrections, settled: Vec<Settled>) -> Vec<Outcome> {
    let mut groups: BTreeMap<(usize, Dimension, bool, Arc<str>), Vec<usize>> = BTreeMap::new();
    for (row, one) in settled.iter().enumerate() {
        if let Ok(Found { at, dimension, category, right, .. }) = one {
            // what is wrong goes before what replaces it
            groups.entry((*at, *dimension, *right, category.clone())).or_default().push(row);
        }
    }
    let codebooks = coded.shared_codebooks();
    let mut statuses: Vec<Option<Status>> = vec![None; settled.len()];
    for ((at, dimension, right, category), rows) in groups {
        let record = &mut coded.recommendations[at];
        if record.machine.is_none() {
            record.machine = Some(Box::new(record.clone()));
        }
        let (by_machine, removed) = decide(record, dimension, &category, right, codebooks.of(dimension));
        let status = match (by_machine, right) {
            (true, true) => Status::Confirmed,
            (false, true) => Status::Added,
            (_, false) => Status::Removed,
        };
        rows.iter().for_each(|row| statuses[*row] = Some(status));
        let coders: BTreeMap<&str, &Arc<str>> = rows
            .iter()
            .map(|row| (corrections.rows[*row].coder_key.as_str(), &corrections.rows[*row].coder))
            .collect();
        let coders = coders.into_values().cloned().collect();
        let decided = Decided { dimension, category, status, coders, by_machine, removed };
        record.decided =
            std::mem::take(&mut record.decided).into_vec().into_iter().chain([decided]).collect();
    }
    let outcome = |(row, one): (usize, Settled)| match one {
        Ok(found) => {
            let id = coded.recommendations[found.at].recommendation.id.clone();
            let outcome = if found.moved { "applied: it has another id now" } else { "applied" };
            (id, statuses[row].map_or("", Status::as_str), outcome.to_string())
        }
        Err(reason) => (String::new(), "", reason),
    };
    settled.into_iter().enumerate().map(outcome).collect()
}

/// Changes the record; says whether the machine gave the category, with the tag that was removed.
fn decide(
    record: &mut CodedRecommendation,
    dimension: Dimension,
    category: &Arc<str>,
    right: bool,
    codebook: Option<&Codebook>,
) -> (bool, Option<Tag>) {
    let (had, removed) = match dimension {
        Dimension::Issue => code(&mut record.coding, category, right, codebook),
        Dimension::Aspect(aspect) => match record.aspects.iter_mut().find(|(coded, _)| *coded == aspect) {
            Some((_, coding)) => code(coding, category, right, codebook),
            None => (false, None),
        },
        Dimension::Position => (position(record, category, right), None),
        Dimension::ActionCategory => (action(record, category), None),
        _ => (state(record, category, right), None),
    };
    (had, removed)
}

/// Adds or removes a code; whether the coding had it, and its tag if it was removed.
fn code(
    coding: &mut Coding,
    category: &Arc<str>,
    right: bool,
    codebook: Option<&Codebook>,
) -> (bool, Option<Tag>) {
    let at = coding.tags.iter().position(|tag| tag.code == *category);
    match (at, right) {
        (Some(at), false) => (true, Some(coding.tags.remove(at))),
        (Some(_), true) => (true, None),
        (None, false) => (false, None),
        (None, true) => {
            let order = |code: &str| {
                codebook.and_then(|codebook| codebook.issues().iter().position(|issue| *issue.code == *code))
            };
            let issue = codebook.and_then(|codebook| codebook.issue(category));
            let theme = issue.map_or_else(|| Arc::from(""), |issue| issue.theme.clone());
            coding.tags.push(Tag { code: category.clone(), theme, evidence: Vec::new() });
            // tags are in the order of the codebook
            coding.tags.sort_by_key(|tag| order(&tag.code));
            coding.not_coded = None;
            (false, None)
        }
    }
}

fn position(record: &mut CodedRecommendation, category: &str, right: bool) -> bool {
    let made = &mut record.recommendation;
    let had = made.position().is_some_and(|position| position.as_str() == category);
    match (had, right, category.parse::<Position>()) {
        (false, true, Ok(position)) => {
            // the words of the source stay
            let source = record.machine.as_ref().and_then(|machine| machine.recommendation.position.clone());
            let given = source.unwrap_or_else(|| PositionGiven::new(""));
            made.position = Some(PositionGiven { position: Some(position), ..given });
        }
        (true, false, _) => made.position = None,
        _ => {}
    }
    had
}

/// To say that a category is wrong is not enough: every text has one.
fn action(record: &mut CodedRecommendation, category: &str) -> bool {
    let Some(action) = &mut record.action else { return false };
    let had = action.category.as_str() == category;
    if let Ok(category) = category.parse::<ActionCategory>() {
        action.category = category;
    }
    had
}

fn state(record: &mut CodedRecommendation, category: &str, right: bool) -> bool {
    let states = &mut record.recommendation.recommending_states;
    let had = states.iter().any(|name| name.name() == category);
    match (had, right) {
        (false, true) => states.push(StateName::new(category)),
        (true, false) => states.retain(|name| name.name() != category),
        _ => {}
    }
    had
}
