//! Counts what a profile is made of, in one pass over the list.

use super::{Against, IssueProfile, Part, Profile, ProfileOptions, Side, named, set_q_values, share};
use crate::codebook::{Codebook, UNTAGGED};
use crate::coded::{CodedRecommendation, Selection};
use crate::error::{Error, Result, quoted};
use crate::group::UNTAGGED_LABEL;
use crate::state::{RegionalGroup, State, StateName};
use crate::statistics::{Counts, Occurrence, answer, quantile};
use crate::tally::{Count, NOT_GIVEN, UNKNOWN, Unit};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub(super) fn profile(coded: &Selection<'_>, state: &str, options: &ProfileOptions) -> Result<Profile> {
    let codebook = coded.codebooks().issues();
    let by_code = State::by_iso3(state.trim()).map(|state| StateName::new(state.name));
    let state = by_code.unwrap_or_else(|| StateName::new(state.trim()));
    let group = state.state.map(|state| state.regional_group);
    let issues: HashMap<&str, usize> =
        codebook.issues().iter().enumerate().map(|(at, issue)| (&*issue.code, at)).collect();
    let mut under_review = Counting::new(issues.len());
    let mut recommending = Counting::new(issues.len());
    let mut occurs = state.state.is_some();
    let mut here: Vec<usize> = Vec::new();
    for coded in coded.iter() {
        let recommendation = &coded.recommendation;
        // each issue once, though a tagger gives none twice
        here.clear();
        here.extend(coded.coding.tags.iter().filter_map(|tag| issues.get(&*tag.code).copied()));
        here.sort_unstable();
        here.dedup();
        if here.is_empty() {
            here.push(issues.len());
        }
        let item = Item { coded, issues: &here, options };
        let of_group =
            |other: &StateName| group.is_some() && other.state.map(|other| other.regional_group) == group;
        let reviewed = recommendation.state_under_review.as_ref();
        match reviewed {
            Some(reviewed) if reviewed.is_same(&state) => {
                occurs = true;
                under_review.own(&item, 1);
                for partner in &recommendation.recommending_states {
                    under_review.partner(&item, named(partner), group_of(partner));
                }
            }
            // a recommendation to nobody knows whom may be to the State itself
            None => {}
            Some(other) => under_review.others(&item, 1, u64::from(of_group(other))),
        }
        let states = &recommendation.recommending_states;
        if states.iter().any(|other| other.is_same(&state)) {
            occurs = true;
            recommending.own(&item, 1);
            let (partner, partner_group) = match reviewed {
                Some(reviewed) => (named(reviewed), group_of(reviewed)),
                None => (Arc::from(NOT_GIVEN), NOT_GIVEN),
            };
            recommending.partner(&item, partner, partner_group);
        }
        let others = || states.iter().filter(|other| !other.is_same(&state));
        let in_group = others().filter(|other| of_group(other)).count() as u64;
        recommending.others(&item, others().count() as u64, in_group);
    }
    if !occurs {
        let expected = "a State of the table, or one that a recommendation of the list names";
        return Err(Error::argument("state", quoted(&state.given), expected));
    }
    Ok(Profile {
        state: named(&state),
        iso3: state.iso3(),
        regional_group: group,
        options: *options,
        under_review: under_review.side(Unit::Recommendations, options, codebook),
        recommending: recommending.side(Unit::RecommendationXState, options, codebook),
    })
}

fn group_of(name: &StateName) -> &'static str {
    name.state.map_or(UNKNOWN, |state| RegionalGroup::as_str(state.regional_group))
}

/// A recommendation with what is counted of it.
struct Item<'i> {
    coded: &'i CodedRecommendation,
    /// The places of its issues in the codebook; beyond the last where it has none.
    issues: &'i [usize],
    options: &'i ProfileOptions,
}

/// Counts of some States: how many, with which issues, and how answered.
#[derive(Default)]
struct Voices {
    total: u64,
    issues: Vec<u64>,
    answers: Counts,
}

impl Voices {
    fn add(&mut self, item: &Item<'_>, times: u64) {
        self.total += times;
        item.issues.iter().for_each(|at| self.issues[*at] += times);
        let position = item.coded.recommendation.position();
        self.answers.add(answer(position, item.options.partly_supported), times);
    }

    fn occurrence(&self, issue: usize) -> Occurrence {
        Occurrence { with: self.issues[issue], of: self.total }
    }
}

/// What one side of a profile counts.
struct Counting {
    count: Count,
    own: Voices,
    group: Voices,
    world: Voices,
    issue_answers: Vec<Counts>,
    cycles: BTreeMap<Arc<str>, (u64, Counts)>,
    partners: BTreeMap<Arc<str>, (u64, Counts)>,
    partner_groups: BTreeMap<Arc<str>, (u64, Counts)>,
}

impl Counting {
    fn new(issues: usize) -> Counting {
        let voices = || Voices { issues: vec![0; issues + 1], ..Voices::default() };
        Counting {
            count: Count::default(),
            own: voices(),
            group: voices(),
            world: voices(),
            issue_answers: vec![Counts::default(); issues + 1],
            cycles: BTreeMap::new(),
            partners: BTreeMap::new(),
            partner_groups: BTreeMap::new(),
        }
    }

    fn own(&mut self, item: &Item<'_>, times: u64) {
        let recommendation = &item.coded.recommendation;
        self.count += Count::once(recommendation.pairs());
        self.own.add(item, times);
        let answer = answer(recommendation.position(), item.options.partly_supported);
        item.issues.iter().for_each(|at| self.issue_answers[*at].add(answer, times));
        let cycle = recommendation.cycle().map_or_else(|| NOT_GIVEN.to_string(), |cycle| cycle.to_string());
        let (count, answers) = self.cycles.entry(Arc::from(cycle)).or_default();
        *count += times;
        answers.add(answer, times);
    }

    fn partner(&mut self, item: &Item<'_>, partner: Arc<str>, group: &'static str) {
        let answer = answer(item.coded.recommendation.position(), item.options.partly_supported);
        for (parts, key) in [(&mut self.partners, partner), (&mut self.partner_groups, Arc::from(group))] {
            let (count, answers) = parts.entry(key).or_default();
            *count += 1;
            answers.add(answer, 1);
        }
    }

    fn others(&mut self, item: &Item<'_>, world: u64, group: u64) {
        self.world.add(item, world);
        self.group.add(item, group);
    }

    fn side(self, unit: Unit, options: &ProfileOptions, codebook: &Codebook) -> Side {
        let z = quantile(options.confidence);
        let total = || Arc::from("total");
        let part = |(category, (count, answers)): (Arc<str>, (u64, Counts))| Part {
            supported: answers.rate(category.clone(), z),
            few: count < options.few,
            category,
            count,
        };
        let largest_first = |parts: BTreeMap<Arc<str>, (u64, Counts)>| {
            let mut parts: Vec<Part> = parts.into_iter().map(part).collect();
            parts.sort_by_key(|part| std::cmp::Reverse(part.count));
            parts
        };
        let names = codebook.issues().iter().map(|issue| (issue.code.clone(), issue.label.clone()));
        let untagged = (Arc::from(UNTAGGED), UNTAGGED_LABEL.to_string());
        let mut issues: Vec<IssueProfile> = names
            .chain([untagged])
            .enumerate()
            .map(|(at, (issue, label))| {
                let here = self.own.occurrence(at);
                IssueProfile {
                    supported: self.issue_answers[at].rate(issue.clone(), z),
                    issue,
                    label,
                    here,
                    share: share(here),
                    few: here.with < options.few,
                    group: Against::of(here, self.group.occurrence(at), options.prior),
                    world: Against::of(here, self.world.occurrence(at), options.prior),
                }
            })
            .collect();
        set_q_values(issues.iter_mut().map(|issue| &mut issue.group));
        set_q_values(issues.iter_mut().map(|issue| &mut issue.world));
        issues.sort_by_key(|issue| (&*issue.issue == UNTAGGED, std::cmp::Reverse(issue.here.with)));
        Side {
            unit,
            total: self.own.total,
            count: self.count,
            supported: self.own.answers.rate(total(), z),
            supported_in_group: self.group.answers.rate(total(), z),
            supported_in_world: self.world.answers.rate(total(), z),
            cycles: self.cycles.into_iter().map(part).collect(),
            issues,
            partner_unit: Unit::RecommendationXState,
            partners: largest_first(self.partners),
            partner_groups: largest_first(self.partner_groups),
        }
    }
}
