//! Decides which of the matches found in a text stand, and which an exclusion sets aside.
//!
//! Exclusions are asked first, of every match. Only then is evidence thinned: the matches of one rule that are
//! left don't overlap, the longest of those that begin together counts.

use super::compile::Machine;
use super::find::Found;
use crate::codebook::RuleKind;
use std::cmp::Reverse;

/// The matches of one issue: those that stand, and those set aside, with the rule that did it.
pub(super) struct Decision {
    pub(super) issue: usize,
    pub(super) stand: Vec<Found>,
    pub(super) aside: Vec<(Found, By)>,
}

/// What sets a match aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// An exclude rule.
    Rule(usize),
    /// The `without` of the match's own rule.
    Without,
}

impl Machine {
    /// Sorts `found` and decides, issue by issue. `matched` tells which conditions hold for the text.
    pub(super) fn decide(&self, found: &mut Vec<Found>, matched: &[bool]) -> Vec<Decision> {
        let holds = |condition: Option<usize>| condition.is_some_and(|condition| matched[condition]);
        // a rule whose `with` is missing says nothing at all
        found.retain(|found| {
            let with = self.rules[found.rule].with;
            with.is_none() || holds(with)
        });
        found
            .sort_unstable_by_key(|found| (self.rules[found.rule].issue, found.start, found.end, found.rule));
        found.dedup();
        let same_issue = |a: &Found, b: &Found| self.rules[a.rule].issue == self.rules[b.rule].issue;
        let mut decisions = Vec::new();
        for group in found.chunk_by(same_issue) {
            let rule = |found: &Found| &self.rules[found.rule];
            let excluding = group
                .iter()
                .filter(|found| rule(found).kind != RuleKind::Include && !holds(rule(found).without));
            let exclusions = Exclusions::of(excluding.map(|found| (found, rule(found).kind)));
            let mut decision =
                Decision { issue: rule(&group[0]).issue, stand: Vec::new(), aside: Vec::new() };
            for include in group.iter().filter(|found| rule(found).kind == RuleKind::Include) {
                let by = match holds(rule(include).without) {
                    true => Some(By::Without),
                    false => exclusions.over(include).map(By::Rule),
                };
                match by {
                    None => decision.stand.push(include.clone()),
                    Some(by) => decision.aside.push((include.clone(), by)),
                }
            }
            thin(&mut decision.stand, |found| found);
            thin(&mut decision.aside, |(found, _)| found);
            decisions.push(decision);
        }
        decisions
    }
}

/// Leaves each rule the first of its overlapping matches, in the order of the text.
fn thin<T>(matches: &mut Vec<T>, found: impl Fn(&T) -> &Found) {
    matches.sort_by_key(|item| (found(item).rule, found(item).start, Reverse(found(item).end)));
    let mut last = None;
    matches.retain(|item| {
        let Found { start, end, rule } = *found(item);
        let overlaps = last.is_some_and(|(before, end)| before == rule && start < end);
        if !overlaps {
            last = Some((rule, end));
        }
        !overlaps
    });
    matches.sort_by_key(|item| found(item).clone());
}

/// The exclusions of an issue, so arranged that each match is asked about in no time: a text made to be slow may
/// hold thousands of both.
struct Exclusions {
    /// A rule that excludes everything.
    all: Option<usize>,
    /// Starts in their order, each with the furthest end up to it and its rule.
    spans: Vec<(usize, usize, usize)>,
}

impl Exclusions {
    /// From matches in the order of their starts.
    fn of<'f>(found: impl Iterator<Item = (&'f Found, RuleKind)>) -> Exclusions {
        let mut exclusions = Exclusions { all: None, spans: Vec::new() };
        for (Found { start, end, rule }, kind) in found {
            if kind == RuleKind::ExcludeAll {
                exclusions.all = exclusions.all.or(Some(*rule));
                continue;
            }
            let furthest = match exclusions.spans.last() {
                Some((_, before, rule)) if before >= end => (*before, *rule),
                _ => (*end, *rule),
            };
            exclusions.spans.push((*start, furthest.0, furthest.1));
        }
        exclusions
    }

    /// The rule that excludes this match.
    fn over(&self, include: &Found) -> Option<usize> {
        let before = self.spans.partition_point(|(start, _, _)| *start < include.end);
        let overlapping = before.checked_sub(1).map(|last| self.spans[last]);
        let overlapping = overlapping.filter(|(_, end, _)| *end > include.start).map(|(_, _, rule)| rule);
        overlapping.or(self.all)
    }
}
