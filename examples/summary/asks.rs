//! Which recommendations ask for the same, and what returned from one cycle to the next. `screen` and `report` show it.

use serde::Serialize;
use std::collections::BTreeMap;
use upr::CodedList;
use upr::compare::{self, SameAsk, same_asks};
use upr::compare::{LinkKind, Links, across_cycles};

/// The asks that are made more than once, within their review.
#[derive(Serialize)]
pub(crate) struct Asks {
    /// The score from which two recommendations are one ask.
    threshold: f64,
    /// How many asks the recommendations make.
    pub(crate) asks: usize,
    /// Those that several recommendations make, the one made most often first.
    pub(crate) made_more_than_once: Vec<Ask>,
}

#[derive(Serialize)]
pub(crate) struct Ask {
    /// The recommendation whose wording stands for all.
    ask: String,
    pub(crate) text: String,
    pub(crate) recommendations: u64,
    recommendation_x_state: u64,
    /// Ids of the recommendations.
    members: Vec<String>,
    pub(crate) recommending_states: Vec<String>,
    /// The words that most of them share.
    pub(crate) shared: Vec<String>,
}

impl Asks {
    pub(crate) fn of(coded: &CodedList) -> Asks {
        let groups = same_asks(coded);
        let several = groups.iter().filter(|group| group.members.len() > 1);
        Asks {
            threshold: compare::THRESHOLD,
            asks: groups.len(),
            made_more_than_once: several.map(Ask::of).collect(),
        }
    }
}

impl Ask {
    fn of(group: &SameAsk) -> Ask {
        let representative = &group.representative.recommendation;
        Ask {
            ask: representative.id.clone(),
            text: representative.text.clone(),
            recommendations: group.count.recommendations,
            recommendation_x_state: group.count.recommendation_x_state,
            members: group.members.iter().map(|member| member.recommendation.id.clone()).collect(),
            recommending_states: group
                .recommending_states
                .iter()
                .map(|state| state.name().to_string())
                .collect(),
            shared: group.phrases.clone(),
        }
    }
}

/// What of one cycle's recommendations to a State returned in the next.
#[derive(Serialize)]
pub(crate) struct Returned {
    pub(crate) state_under_review: String,
    pub(crate) from_cycle: u8,
    pub(crate) to_cycle: u8,
    pub(crate) earlier: usize,
    pub(crate) later: usize,
    /// The earlier ones by the strongest link that they have; with those that disappeared they are all.
    pub(crate) returned: BTreeMap<LinkKind, usize>,
    pub(crate) disappeared: usize,
    pub(crate) new: usize,
    pub(crate) links: Vec<Link>,
}

#[derive(Serialize)]
pub(crate) struct Link {
    earlier_id: String,
    later_id: String,
    pub(crate) kind: LinkKind,
    score: f64,
    pub(crate) earlier_text: String,
    pub(crate) later_text: String,
    /// What both share, in the words of the earlier one.
    shared: Vec<String>,
}

impl Returned {
    /// For each State under review that has two cycles in the list.
    pub(crate) fn of(coded: &CodedList) -> Vec<Returned> {
        across_cycles(coded).iter().map(Returned::of_cycles).collect()
    }

    fn of_cycles(links: &Links) -> Returned {
        let without = |weakest| links.disappeared(weakest).len();
        let mut left = links.earlier.len();
        let returned = LinkKind::ALL.iter().map(|&kind| {
            let before = std::mem::replace(&mut left, without(kind));
            (kind, before - left)
        });
        Returned {
            state_under_review: links.state_under_review.clone().unwrap_or_default(),
            from_cycle: links.from_cycle.unwrap_or_default(),
            to_cycle: links.to_cycle.unwrap_or_default(),
            earlier: links.earlier.len(),
            later: links.later.len(),
            returned: returned.collect(),
            disappeared: left,
            new: links.new_ones(LinkKind::SameIssueAndAction).len(),
            links: links.links.iter().map(Link::of).collect(),
        }
    }
}

impl Link {
    fn of(link: &compare::Link) -> Link {
        let (earlier, later) = (&link.earlier.recommendation, &link.later.recommendation);
        Link {
            earlier_id: earlier.id.clone(),
            later_id: later.id.clone(),
            kind: link.kind,
            score: link.score,
            earlier_text: earlier.text.clone(),
            later_text: later.text.clone(),
            shared: link.shared().map(|(in_earlier, _)| in_earlier.to_string()).collect(),
        }
    }
}
