//! Puts together what several files say of one recommendation: a report as text and as PDF, a report and OHCHR's
//! thematic list, a list with numbers and one without.
//!
//! What counts as one, and what is kept of each, is on the page of [`read`](crate::read#several-files-of-one-review). The
//! order of the files changes none of it. [`slips`](super::slips) compares the words.

use super::slips::{agree, words};
use crate::list::{FileRead, Form, RecommendationList};
use crate::recommendation::id::plain_number;
use crate::recommendation::{Position, PositionGiven, Recommendation};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The most recommendations under one number that are compared; 19 parts in each of a few files is a lot.
const MAX_COMPARED: usize = 400;

/// Puts versions together. Two recommendations of one file stay apart.
pub(super) fn unite(mut recommendations: Vec<Recommendation>, files: &[FileRead]) -> Vec<Recommendation> {
    let mut sources = recommendations.iter().flat_map(|made| &made.sources);
    let first = sources.next();
    if first.is_none_or(|first| sources.all(|source| source.file == first.file)) {
        return recommendations;
    }
    let reports: BTreeSet<&str> =
        files.iter().filter(|file| file.form == Form::Report).map(|file| &*file.file).collect();
    let mut gone = vec![false; recommendations.len()];
    for mut group in numbered(&recommendations) {
        group.sort_by_cached_key(|&at| {
            let source = recommendations[at].sources.first().cloned();
            let report = source.as_ref().is_some_and(|source| reports.contains(&*source.file));
            (!report, source)
        });
        pair(&mut recommendations, &group, &mut gone);
    }
    number_those_without(&mut recommendations, &mut gone);
    let mut gone = gone.into_iter();
    recommendations.retain(|_| !gone.next().unwrap_or(false));
    recommendations
}

/// The recommendations of one State under review and one number, where there are several, in the order of the first.
fn numbered(recommendations: &[Recommendation]) -> Vec<Vec<usize>> {
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, made) in recommendations.iter().enumerate() {
        let (Some(state), Some(number)) = (&made.state_under_review, &made.paragraph) else { continue };
        let group = *known.entry((state.name(), plain_number(number))).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(at);
    }
    groups.retain(|group| (2..=MAX_COMPARED).contains(&group.len()));
    groups
}

/// Pairs those with the same words first, then those whose words differ by slips.
fn pair(recommendations: &mut [Recommendation], group: &[usize], gone: &mut [bool]) {
    let words: Vec<Vec<String>> = group.iter().map(|&at| words(&recommendations[at].text)).collect();
    for same in [|one: &[String], other: &[String]| one == other, agree] {
        for first in 0..group.len() {
            for second in first + 1..group.len() {
                let (one, other) = (group[first], group[second]);
                if !gone[one]
                    && !gone[other]
                    && may_be_one(&recommendations[one], &recommendations[other])
                    && same(&words[first], &words[second])
                {
                    gone[other] = absorbed(recommendations, one, other);
                }
            }
        }
    }
}

/// Recommendations without a number go to the one that has their words.
fn number_those_without(recommendations: &mut [Recommendation], gone: &mut [bool]) {
    let state =
        |made: &Recommendation| made.state_under_review.as_ref().map(|state| state.name().to_string());
    let reviews: BTreeSet<Option<String>> = recommendations
        .iter()
        .filter(|made| made.paragraph.is_none() && made.state_under_review.is_some())
        .map(state)
        .collect();
    let mut by_words: HashMap<(Option<String>, Vec<String>), Vec<usize>> = HashMap::new();
    for (at, made) in recommendations.iter().enumerate() {
        if !gone[at] && made.paragraph.is_some() && reviews.contains(&state(made)) {
            by_words.entry((state(made), words(&made.text))).or_default().push(at);
        }
    }
    if by_words.is_empty() {
        return;
    }
    for at in 0..recommendations.len() {
        if gone[at] || recommendations[at].paragraph.is_some() {
            continue;
        }
        let key = (state(&recommendations[at]), words(&recommendations[at].text));
        let of_the_review = |one: &&usize| same_review(&recommendations[**one], &recommendations[at]);
        let candidates: Vec<usize> =
            by_words.get(&key).into_iter().flatten().filter(of_the_review).copied().collect();
        if let [one] = candidates[..]
            && may_be_one(&recommendations[one], &recommendations[at])
        {
            gone[at] = absorbed(recommendations, one, at);
        }
    }
}

/// Of different files and one review, with a State in common.
fn may_be_one(one: &Recommendation, other: &Recommendation) -> bool {
    let files: BTreeSet<&Arc<str>> = one.sources.iter().map(|source| &source.file).collect();
    let (by, also) = (&one.recommending_states, &other.recommending_states);
    // a name that is no State's is never that of a State
    let names: BTreeSet<&str> = by.iter().map(|name| name.name()).collect();
    let common = by.is_empty() || also.is_empty() || also.iter().any(|name| names.contains(name.name()));
    common && same_review(one, other) && !other.sources.iter().any(|source| files.contains(&source.file))
}

fn same_review(one: &Recommendation, other: &Recommendation) -> bool {
    let (Some(state), Some(also)) = (&one.state_under_review, &other.state_under_review) else {
        return false;
    };
    let session = |made: &Recommendation| made.session.as_ref().and_then(|session| session.number);
    let same_report = one.document.is_some() && one.document == other.document;
    state.is_same(also)
        && match (session(one), session(other)) {
            (Some(session), Some(also)) => session == also,
            _ => same_report,
        }
}

impl RecommendationList {
    /// The numbers of a review under which the files say different things: a text or a final answer that not all of
    /// the files have that have the number. Each comes with its recommendations, in the order of the list.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::{Reader, RecommendationList};
    ///
    /// let reader = Reader::new().state_under_review("Kenya").session("35");
    /// let one = reader.bytes("one.csv", b"paragraph,text\n142.1,Ratify CED\n142.2,Protect its judges\n")?;
    /// let two = reader.bytes("two.csv", b"paragraph,text\n142.1,Abolish torture\n142.2,protect its judges.\n")?;
    /// let list = RecommendationList::join([one, two]);
    /// assert_eq!(list.recommendations.len(), 3);
    /// let differing = list.differing();
    /// let ids: Vec<&str> = differing[0].iter().map(|made| made.id.as_str()).collect();
    /// assert_eq!((differing.len(), ids), (1, vec!["KEN-35-142.1~2", "KEN-35-142.1"]));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn differing(&self) -> Vec<Vec<&Recommendation>> {
        let files = |made: &Recommendation| -> BTreeSet<Arc<str>> {
            made.sources.iter().map(|source| source.file.clone()).collect()
        };
        let mut differing: Vec<Vec<&Recommendation>> = Vec::new();
        for group in numbered(&self.recommendations) {
            let mut reviews: Vec<Vec<&Recommendation>> = Vec::new();
            for made in group.into_iter().map(|at| &self.recommendations[at]) {
                match reviews.iter_mut().find(|review| same_review(review[0], made)) {
                    Some(review) => review.push(made),
                    None => reviews.push(vec![made]),
                }
            }
            reviews.retain(|review| {
                let all: BTreeSet<Arc<str>> = review.iter().flat_map(|made| files(made)).collect();
                review.iter().any(|made| files(made) != all)
            });
            differing.extend(reviews);
        }
        differing
    }
}

/// Whether `one` could take over the other.
fn absorbed(recommendations: &mut [Recommendation], one: usize, other: usize) -> bool {
    let Ok(position) = settled(&recommendations[one].position, &recommendations[other].position) else {
        return false;
    };
    let mut taken = recommendations[other].clone();
    // what another file says of it is no further row of a joint recommendation
    taken.repeated = taken.sources.len() as u32;
    recommendations[one].absorb(taken);
    recommendations[one].position = position;
    true
}

/// The position to keep of two; none may be kept where both are final, differ, and neither is later.
pub(super) fn settled(
    one: &Option<PositionGiven>,
    other: &Option<PositionGiven>,
) -> Result<Option<PositionGiven>, ()> {
    let weight = |position: &Option<PositionGiven>| match position {
        None => 0,
        Some(PositionGiven { position: None, .. }) => 1,
        Some(PositionGiven { position: Some(Position::Pending), .. }) => 2,
        Some(_) => 3,
    };
    let place =
        |position: &PositionGiven| position.stated_in.as_ref().map(|place| (place.len(), place.clone()));
    let (Some(first), Some(second)) = (one, other) else { return Ok(one.clone().or(other.clone())) };
    let later = (weight(one), place(first)) < (weight(other), place(second));
    let (keep, leave) = if later { (second, first) } else { (first, second) };
    if weight(one) != weight(other) || weight(one) < 3 || first.position == second.position {
        return Ok(Some(keep.clone()));
    }
    if place(first) == place(second) {
        return Err(());
    }
    Ok(Some(keep.after(leave)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let given = |position, place: Option<&str>| {
            Some(PositionGiven { stated_in: place.map(Arc::from), ..PositionGiven::new(position) })
        };
        let kept = |one: &Option<PositionGiven>, other: &Option<PositionGiven>| {
            let both = (settled(one, other), settled(other, one));
            assert_eq!(both.0, both.1);
            both.0.map(|kept| kept.map(|kept| kept.given.to_string()))
        };
        let (pending, noted) = (given("pending", None), given("noted", None));
        let (later, last) = (given("Supported", Some("A/1/Add.2")), given("Noted", Some("A/1/Add.10")));
        assert_eq!(kept(&None, &pending), Ok(Some("pending".into())));
        assert_eq!(kept(&pending, &noted), Ok(Some("noted".into())));
        assert_eq!(kept(&noted, &last), Ok(Some("Noted".into())));
        assert_eq!(kept(&noted, &later), Ok(Some("Supported [the report: noted]".into())));
        assert_eq!(kept(&later, &last), Ok(Some("Noted [A/1/Add.2: Supported]".into())));
        assert_eq!(kept(&noted, &given("supported", None)), Err(()));
        assert_eq!(kept(&None, &None), Ok(None));
    }
}
