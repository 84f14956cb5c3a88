//! Gives the positions of addenda to the recommendations that they answer.
//!
//! A reply belongs to a recommendation of the same review: the same State under review, the same session or the
//! report of which the addendum is a part (`A/HRC/28/15` and `A/HRC/28/15/Add.1`), and the same number. A reply
//! that names `5` only belongs to `115.5` if no other paragraph has a fifth recommendation, or no other is still
//! without an answer.

use crate::list::Reply;
use crate::recommendation::{Position, Recommendation};
use crate::state::StateName;
use std::collections::{BTreeSet, HashMap};

/// Applies the replies, in an order that does not depend on that of the files. Returns those that answer nothing.
pub(super) fn apply(recommendations: &mut [Recommendation], mut replies: Vec<Reply>) -> Vec<Reply> {
    if replies.is_empty() {
        return replies;
    }
    replies.sort_by_cached_key(order);
    let mut by_item: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, recommendation) in recommendations.iter().enumerate() {
        if let Some(number) = &recommendation.paragraph {
            by_item.entry(item(number).to_string()).or_default().push(at);
        }
    }
    replies.retain(|reply| {
        let candidates = by_item.get(item(&reply.paragraph)).map_or(&[][..], Vec::as_slice);
        let found = answered(recommendations, candidates, reply);
        for &at in &found {
            recommendations[at].take(reply);
        }
        found.is_empty()
    });
    replies
}

/// Later documents come later; `Add.10` after `Add.2`.
fn order(reply: &Reply) -> impl Ord + use<> {
    let document = reply.document.clone().unwrap_or_default();
    let numbers: Vec<u32> =
        reply.paragraph.split('.').map(|number| number.parse().unwrap_or(u32::MAX)).collect();
    let state = reply.state_under_review.as_ref().map(|name| name.name().to_string());
    (state, document.len(), document, numbers, reply.source.clone(), reply.position.given.clone())
}

fn plain(number: &str) -> &str {
    number.trim().trim_end_matches('.')
}

/// `5` of `115.5`.
fn item(number: &str) -> &str {
    plain(number).rsplit('.').next().unwrap_or("")
}

/// The recommendations that a reply answers.
fn answered(recommendations: &[Recommendation], candidates: &[usize], reply: &Reply) -> Vec<usize> {
    let number = plain(&reply.paragraph);
    let bare = !number.contains('.');
    let of = |at: usize| plain(recommendations[at].paragraph.as_deref().unwrap_or(""));
    let mut found = candidates.to_vec();
    found.retain(|&at| (bare || of(at) == number) && same_review(&recommendations[at], reply));
    let several = |found: &[usize]| found.iter().map(|&at| of(at)).collect::<BTreeSet<_>>().len() > 1;
    if several(&found) {
        found.retain(|&at| matches!(recommendations[at].position(), None | Some(Position::Pending)));
    }
    if several(&found) { Vec::new() } else { found }
}

fn same_review(recommendation: &Recommendation, reply: &Reply) -> bool {
    /// Whether two are the same; nothing where one is not known.
    fn same<T>(one: &Option<T>, other: &Option<T>, same: fn(&T, &T) -> bool) -> Option<bool> {
        Some(same(one.as_ref()?, other.as_ref()?))
    }
    let same_session =
        same(&recommendation.session, &reply.session, |one, other| match (one.number, other.number) {
            (Some(one), Some(other)) => one == other,
            _ => one.given == other.given,
        });
    let same_report =
        same(&recommendation.document, &reply.document, |one, other| report(one) == report(other));
    match same(&recommendation.state_under_review, &reply.state_under_review, StateName::is_same) {
        Some(false) => false,
        Some(true) => same_session.or(same_report).unwrap_or(true) || same_report == Some(true),
        None => same_report == Some(true),
    }
}

/// The symbol of the report that an addendum belongs to.
fn report(symbol: &str) -> &str {
    let symbol = symbol.trim();
    symbol.find("/Add.").map_or(symbol, |at| &symbol[..at])
}

impl Recommendation {
    /// Takes the position of a reply. A position that a later addendum, or another document than the report, has
    /// stated already stays; one of the report that differs stays visible among the words.
    fn take(&mut self, reply: &Reply) {
        let new = &reply.position;
        let Some(old) =
            self.position.as_ref().filter(|old| !matches!(old.position, None | Some(Position::Pending)))
        else {
            self.position = Some(new.clone());
            return;
        };
        let later = match (&old.stated_in, &new.stated_in) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(old), Some(new)) => (new.len(), new) > (old.len(), old),
        };
        if later && new.position.is_some() && old.position != new.position {
            self.position = Some(new.after(old));
        }
    }
}
