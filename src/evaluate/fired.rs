//! Which rules fired on one text, and which of them alone: what [`Comparison::rules`](super::Comparison::rules) and
//! [`RuleTrial`](super::RuleTrial) count.

use crate::coded::Coding;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A rule that fired on a text.
pub(super) struct Fired<'c> {
    pub(super) issue: &'c Arc<str>,
    pub(super) rule: &'c Arc<str>,
    /// Whether it gave the issue; otherwise it set a match of the issue aside.
    pub(super) include: bool,
    /// Whether the text would be coded otherwise without it.
    pub(super) alone: bool,
    /// The other rules that gave the issue, or set something of it aside.
    pub(super) with: Vec<&'c Arc<str>>,
}

/// The rules that fired, each once for its issue.
pub(super) fn fired(coding: &Coding) -> Vec<Fired<'_>> {
    let mut fired = Vec::new();
    for tag in &coding.tags {
        let rules: BTreeSet<&Arc<str>> = tag.evidence.iter().map(|evidence| &evidence.rule).collect();
        for rule in &rules {
            let with: Vec<&Arc<str>> = rules.iter().filter(|other| *other != rule).copied().collect();
            fired.push(Fired { issue: &tag.code, rule, include: true, alone: with.is_empty(), with });
        }
    }
    let excluded: BTreeSet<(&Arc<str>, &Arc<str>)> =
        coding.suppressed.iter().map(|aside| (&aside.code, &aside.by)).collect();
    for (issue, rule) in &excluded {
        let of_issue = excluded.iter().filter(|(other, by)| other == issue && by != rule);
        let with: Vec<&Arc<str>> = of_issue.map(|(_, by)| *by).collect();
        let alone = with.is_empty() && !coding.has(issue);
        fired.push(Fired { issue, rule, include: false, alone, with });
    }
    fired
}
