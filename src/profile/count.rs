//! Counts what a profile is made of, in one pass over the list.

use super::{Profile, Side};
use crate::codebook::{Codebook, UNTAGGED, UNTAGGED_LABEL};
use crate::coded::{CodedRecommendation, Selection};
use crate::error::{Error, Result, quoted};
use crate::state::{RegionalGroup, State, StateName};
use crate::statistics::{
    Counts, LogOdds, Options, Rate, answer, benjamini_hochberg, log_odds, quantile, share,
};
use crate::table::{Cell, Table};
use crate::tally::{Count, NOT_GIVEN, UNKNOWN, Unit};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub(super) fn profile(coded: &Selection<'_>, state: &str, options: &Options) -> Result<Profile> {
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
        if coded.coding.is_untagged() {
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
        partly_supported: options.partly_supported,
        confidence: options.confidence,
        prior: options.prior_or(Options::PRIOR),
        few: options.few,
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
    options: &'i Options,
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

    fn occurrence(&self, issue: usize) -> (u64, u64) {
        (self.issues[issue], self.total)
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

    fn side(self, unit: Unit, options: &Options, codebook: &Codebook) -> Side {
        let z = quantile(options.confidence);
        let total = |voices: &Voices| voices.answers.rate(Arc::from("total"), z);
        let few = |count: u64| Cell::from(if count < options.few { "true" } else { "false" });
        let parts = |name: &str, parts: Vec<(Arc<str>, (u64, Counts))>| {
            let mut table = Table::new([name, "count", "few"].into_iter().chain(Rate::COLUMNS));
            table.rows.extend(parts.into_iter().map(|(category, (count, answers))| {
                let mut row = vec![Cell::from(&category), count.into(), few(count)];
                row.extend(answers.rate(category, z).cells());
                row
            }));
            table
        };
        let largest_first = |name: &str, counts: BTreeMap<Arc<str>, (u64, Counts)>| {
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
            parts(name, counts)
        };
        let against = |others: &Voices| -> Vec<Against> {
            Against::of_all(&self.own, others, options.prior_or(Options::PRIOR))
        };
        let (group, world) = (against(&self.group), against(&self.world));
        let names =
            codebook.issues().iter().map(|issue| (issue.code.clone(), Arc::<str>::from(&*issue.label)));
        let mut issues: Vec<_> =
            names.chain([(Arc::from(UNTAGGED), Arc::from(UNTAGGED_LABEL))]).enumerate().collect();
        issues
            .sort_by_key(|(at, (issue, _))| (&**issue == UNTAGGED, std::cmp::Reverse(self.own.issues[*at])));
        let mut table =
            Table::new(["issue", "label", "count", "of", "share", "few"].into_iter().chain(Rate::COLUMNS));
        for side in ["group", "world"] {
            table.header.extend(Against::COLUMNS.map(|column| format!("{side}_{column}")));
        }
        table.rows.extend(issues.into_iter().map(|(at, (issue, label))| {
            let (with, of) = self.own.occurrence(at);
            let mut row = vec![
                (&issue).into(),
                (&label).into(),
                with.into(),
                of.into(),
                share(with, of).into(),
                few(with),
            ];
            row.extend(self.issue_answers[at].rate(issue, z).cells());
            row.extend(group[at].cells().into_iter().chain(world[at].cells()));
            row
        }));
        Side {
            unit,
            total: self.own.total,
            count: self.count,
            supported: total(&self.own),
            supported_in_group: total(&self.group),
            supported_in_world: total(&self.world),
            cycles: parts("cycle", self.cycles.into_iter().collect()),
            issues: table,
            partner_unit: Unit::RecommendationXState,
            partners: largest_first("state", self.partners),
            partner_groups: largest_first("regional_group", self.partner_groups),
        }
    }
}

/// A share beside that of others.
struct Against {
    mine: (u64, u64),
    others: (u64, u64),
    log_odds: Option<LogOdds>,
    q_value: Option<f64>,
}

impl Against {
    const COLUMNS: [&str; 10] = [
        "count",
        "of",
        "share",
        "difference",
        "ratio",
        "log_odds_ratio",
        "standard_error",
        "z",
        "p_value",
        "q_value",
    ];

    /// Each issue against the others, with q-values over all of them.
    fn of_all(own: &Voices, others: &Voices, prior: f64) -> Vec<Against> {
        let compare = |at| {
            let (mine, others) = (own.occurrence(at), others.occurrence(at));
            Against { mine, others, log_odds: log_odds(mine, others, prior), q_value: None }
        };
        let mut all: Vec<Against> = (0..own.issues.len()).map(compare).collect();
        let p_values: Vec<f64> = all.iter().filter_map(|one| one.log_odds.map(|odds| odds.p_value)).collect();
        let compared = all.iter_mut().filter(|one| one.log_odds.is_some());
        for (one, q_value) in compared.zip(benjamini_hochberg(&p_values)) {
            one.q_value = Some(q_value);
        }
        all
    }

    fn cells(&self) -> Vec<Cell> {
        let (with, of) = self.others;
        let theirs = share(with, of);
        let both = share(self.mine.0, self.mine.1).zip(theirs);
        let ratio = both.filter(|(_, theirs)| *theirs > 0.0).map(|(mine, theirs)| mine / theirs);
        let odds = |part: fn(LogOdds) -> f64| self.log_odds.map(part);
        let numbers = [
            theirs,
            both.map(|(mine, theirs)| mine - theirs),
            ratio,
            odds(|odds| odds.log_odds_ratio),
            odds(|odds| odds.standard_error),
            odds(|odds| odds.z),
            odds(|odds| odds.p_value),
            self.q_value,
        ];
        [Cell::from(with), of.into()].into_iter().chain(numbers.map(Cell::from)).collect()
    }
}

fn named(name: &StateName) -> Arc<str> {
    Arc::from(name.name())
}
