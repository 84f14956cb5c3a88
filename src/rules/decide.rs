//! Decides which of the matches found in a text stand, and which an exclusion sets aside.
//!
//! Exclusions are asked first, of every match. Only then is evidence thinned: the matches of one rule that are
//! left don't overlap, the longest of those that begin together counts.

use super::compile::Machine;
use super::find::Found;
use crate::codebook::RuleKind;
use std::cmp::Reverse;
use std::ops::Range;

/// What is decided of one issue.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) issue: usize,
    stand: Range<usize>,
    aside: Range<usize>,
}

/// What is decided of one text, issue by issue; kept for the next one, with its buffers.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    /// In the order of the issues.
    pub(crate) issues: Vec<Decision>,
    stand: Vec<Found>,
    aside: Vec<(Found, By)>,
    exclusions: Exclusions,
}

impl Decisions {
    /// The matches that stand.
    pub(crate) fn stand(&self, decision: &Decision) -> &[Found] {
        &self.stand[decision.stand.clone()]
    }

    /// The matches that were set aside, with what did it.
    pub(crate) fn aside(&self, decision: &Decision) -> &[(Found, By)] {
        &self.aside[decision.aside.clone()]
    }
}

/// What sets a match aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// An exclude rule.
    Rule(usize),
    /// The `without` of the match's own rule.
    Without,
}

impl Machine {
    /// Sorts `found` and decides, issue by issue. `matched` says which conditions hold for the text.
    pub(crate) fn decide(&self, found: &mut Vec<Found>, matched: &[bool], decisions: &mut Decisions) {
        let holds = |condition: Option<usize>| condition.is_some_and(|condition| matched[condition]);
        // a rule whose `with` is missing says nothing at all
        found.retain(|found| {
            let with = self.rules[found.rule].with;
            with.is_none() || holds(with)
        });
        found
            .sort_unstable_by_key(|found| (self.rules[found.rule].issue, found.start, found.end, found.rule));
        found.dedup();
        let Decisions { issues, stand, aside, exclusions } = decisions;
        issues.clear();
        stand.clear();
        aside.clear();
        let same_issue = |a: &Found, b: &Found| self.rules[a.rule].issue == self.rules[b.rule].issue;
        for group in found.chunk_by(same_issue) {
            let rule = |found: &Found| &self.rules[found.rule];
            let excluding = group
                .iter()
                .filter(|found| rule(found).kind != RuleKind::Include && !holds(rule(found).without));
            exclusions.fill(excluding.map(|found| (found, rule(found).kind)));
            let from = (stand.len(), aside.len());
            for include in group.iter().filter(|found| rule(found).kind == RuleKind::Include) {
                let by = match holds(rule(include).without) {
                    true => Some(By::Without),
                    false => exclusions.over(include).map(By::Rule),
                };
                match by {
                    None => stand.push(include.clone()),
                    Some(by) => aside.push((include.clone(), by)),
                }
            }
            thin(stand, from.0, |found| found);
            thin(aside, from.1, |(found, _)| found);
            let issue = rule(&group[0]).issue;
            issues.push(Decision { issue, stand: from.0..stand.len(), aside: from.1..aside.len() });
        }
    }
}

/// Leaves each rule the first of its overlapping matches among those after `from`, in the order of the text.
fn thin<T>(matches: &mut Vec<T>, from: usize, found: impl Fn(&T) -> &Found) {
    if matches.len() < from + 2 {
        return;
    }
    matches[from..].sort_by_key(|item| (found(item).rule, found(item).start, Reverse(found(item).end)));
    let (mut at, mut last) = (0, None);
    matches.retain(|item| {
        at += 1;
        if at <= from {
            return true;
        }
        let Found { start, end, rule } = *found(item);
        let overlaps = last.is_some_and(|(before, end)| before == rule && start < end);
        if !overlaps {
            last = Some((rule, end));
        }
        !overlaps
    });
    matches[from..].sort_by_key(|item| found(item).clone());
}

/// The exclusions of an issue, so arranged that each match is asked about in no time: a text made to be slow may
/// hold thousands of both.
#[derive(Debug, Default)]
struct Exclusions {
    /// A rule that excludes everything.
    all: Option<usize>,
    /// Starts in their order, each with the furthest end up to it and its rule.
    spans: Vec<(usize, usize, usize)>,
}

impl Exclusions {
    /// Takes those of another issue, from matches in the order of their starts.
    fn fill<'f>(&mut self, found: impl Iterator<Item = (&'f Found, RuleKind)>) {
        self.all = None;
        self.spans.clear();
        for (Found { start, end, rule }, kind) in found {
            if kind == RuleKind::ExcludeAll {
                self.all = self.all.or(Some(*rule));
                continue;
            }
            let furthest = match self.spans.last() {
                Some((_, before, rule)) if before >= end => (*before, *rule),
                _ => (*end, *rule),
            };
            self.spans.push((*start, furthest.0, furthest.1));
        }
    }

    /// The rule that excludes this match.
    fn over(&self, include: &Found) -> Option<usize> {
        let before = self.spans.partition_point(|(start, _, _)| *start < include.end);
        let overlapping = before.checked_sub(1).map(|last| self.spans[last]);
        let overlapping = overlapping.filter(|(_, end, _)| *end > include.start).map(|(_, _, rule)| rule);
        overlapping.or(self.all)
    }
}
