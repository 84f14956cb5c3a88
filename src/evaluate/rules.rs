//! What each rule of a codebook contributes: how often it fires, how often alone, how often rightly.

use super::Comparison;
use super::fired::{Fired, fired};
use crate::codebook::{Rule, RuleKind};
use crate::table::{Cell, Table};
use crate::text::key;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Default, Clone, Copy)]
struct Uses {
    fires: u64,
    alone: u64,
    right: u64,
    alone_right: u64,
}

impl Uses {
    fn add(&mut self, alone: bool, right: bool) {
        self.fires += 1;
        self.alone += u64::from(alone);
        self.right += u64::from(right);
        self.alone_right += u64::from(alone && right);
    }
}

/// Issue, pattern, and whether the rule includes.
type Name = (Arc<str>, Arc<str>, bool);

impl Comparison<'_> {
    /// What each rule of the codebook contributes, in the order of the codebook. Unit: rows of the files.
    ///
    /// - `issue`, `kind`, `rule`, `line`: the rule; `kind` and `line` are empty for what is not a rule of the codebook, such
    ///   as a learned phrase.
    /// - `fires`: the rows where it gave the issue, or, of an exclude rule, set a match of the issue aside.
    /// - `alone`: those of them where no other rule gave the issue. Of an exclude rule: where the issue was not given, and no
    ///   other rule set anything of it aside. Without the rule these rows would be coded otherwise.
    /// - `right`, `alone_right`: those where it fired rightly; empty where the issue is not judged. An include rule is right
    ///   where one of the labels that its issue means is expected; an exclude rule where none of them is.
    pub fn rules(&self) -> Table {
        let crosswalk = self.crosswalk();
        let codes = self.codebook().issues().iter().map(|issue| &issue.code);
        let keys = |code: &Arc<str>| -> BTreeSet<String> {
            crosswalk.labels(code).iter().map(|label| key::label(label)).collect()
        };
        let stands_for: BTreeMap<Arc<str>, BTreeSet<String>> =
            codes.map(|code| (code.clone(), keys(code))).collect();
        let mut found: BTreeMap<Name, Uses> = BTreeMap::new();
        for row in self.rows() {
            let expected: BTreeSet<String> = row.expected.iter().map(|label| key::label(label)).collect();
            let is_expected =
                |issue: &Arc<str>| stands_for.get(issue).is_some_and(|labels| !labels.is_disjoint(&expected));
            for Fired { issue, rule, include, alone, .. } in fired(&row.coded.coding) {
                let name = (issue.clone(), rule.clone(), include);
                found.entry(name).or_default().add(alone, is_expected(issue) == include);
            }
        }
        let judged = |issue: &Arc<str>| stands_for.get(issue).is_some_and(|labels| !labels.is_empty());
        let header = ["issue", "kind", "rule", "line", "fires", "alone", "right", "alone_right"];
        let mut table = Table::new(header);
        let none = || Cell::Number(None);
        let mut add = |(issue, pattern, _): &Name, rule: Option<&Rule>, uses: Uses| {
            let right = [uses.right, uses.alone_right];
            let right = right.map(|count| if judged(issue) { Cell::from(count) } else { none() });
            let mut row =
                vec![Cell::from(issue), rule.map_or("", |rule| rule.kind.as_str()).into(), pattern.into()];
            row.push(rule.map_or_else(none, |rule| rule.line.into()));
            row.extend([uses.fires, uses.alone].map(Cell::from).into_iter().chain(right));
            table.rows.push(row);
        };
        let languages = self.rows().iter().map(|row| row.coded.recommendation.language);
        for rule in self.codebook().rules_for(languages) {
            let name = (rule.issue.clone(), rule.pattern.clone(), rule.kind == RuleKind::Include);
            let known = found.remove(&name).unwrap_or_default();
            add(&name, Some(rule), known);
        }
        // what is left over is not a rule of its own: a learned phrase, or the `without` of an include rule
        for (name, known) in found.iter().filter(|((_, _, include), _)| *include) {
            add(name, None, *known);
        }
        table
    }
}
