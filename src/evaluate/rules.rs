//! What each rule of a codebook contributes: how often it fires, how often alone, how often rightly.

use super::Comparison;
use super::fired::{Fired, fired};
use crate::codebook::RuleKind;
use crate::text::key;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How often a rule fires on labelled recommendations, and how often that is right. Unit: rows of the files.
///
/// An include rule is right where one of the labels that its issue stands for is expected; an exclude rule is right
/// where none of them is.
///
/// # Example
///
/// ```
/// # use upr::evaluate::{Comparison, Crosswalk};
/// # use upr::{Codebook, Tagger, read::Reader};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
/// let coded = tagger.tag(list);
/// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
/// let comparison = Comparison::of(&coded, &crosswalk)?;
/// use upr::code::RuleKind;
///
/// let paris = comparison.rules().into_iter().find(|rule| &*rule.rule == "Paris Agreement").unwrap();
/// assert_eq!((paris.kind, paris.line, &*paris.issue), (Some(RuleKind::Include), Some(5), "climate-action"));
/// assert_eq!((paris.fires, paris.right), (1, Some(1)));
/// assert_eq!((paris.alone, paris.alone_right), (0, Some(0))); // the row names climate change, too
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleUse {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// What the rule does; none if it is no rule of the codebook, such as a learned phrase.
    pub kind: Option<RuleKind>,
    /// The pattern.
    pub rule: Arc<str>,
    /// Its line in `rules.csv`, if it stands there.
    pub line: Option<u64>,
    /// The rows where it gave the issue, or, of an exclude rule, set a match of the issue aside.
    pub fires: u64,
    /// Those of them where no other rule gave the issue. Of an exclude rule: where the issue was not given, and no other
    /// rule set anything of it aside. Without the rule these rows would be coded otherwise.
    pub alone: u64,
    /// The rows where it fired rightly; none where the issue is not judged.
    pub right: Option<u64>,
    /// The rows where it fired alone and rightly; none where the issue is not judged.
    pub alone_right: Option<u64>,
}

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

pub(super) fn uses(comparison: &Comparison<'_>) -> Vec<RuleUse> {
    let crosswalk = comparison.crosswalk();
    let codes = comparison.codebook().issues().iter().map(|issue| &issue.code);
    let keys = |code: &Arc<str>| -> BTreeSet<String> {
        crosswalk.labels(code).iter().map(|label| key::label(label)).collect()
    };
    let stands_for: BTreeMap<Arc<str>, BTreeSet<String>> =
        codes.map(|code| (code.clone(), keys(code))).collect();
    let mut found: BTreeMap<Name, Uses> = BTreeMap::new();
    for row in comparison.rows() {
        let expected: BTreeSet<String> = row.expected.iter().map(|label| key::label(label)).collect();
        let is_expected =
            |issue: &Arc<str>| stands_for.get(issue).is_some_and(|labels| !labels.is_disjoint(&expected));
        for Fired { issue, rule, include, alone, .. } in fired(&row.coded.coding) {
            let name = (issue.clone(), rule.clone(), include);
            found.entry(name).or_default().add(alone, is_expected(issue) == include);
        }
    }
    let judged = |issue: &Arc<str>| stands_for.get(issue).is_some_and(|labels| !labels.is_empty());
    let rule_use = |(issue, rule, _): Name, kind, line, uses: Uses| {
        let Uses { fires, alone, right, alone_right } = uses;
        let judged = judged(&issue);
        let (right, alone_right) = (judged.then_some(right), judged.then_some(alone_right));
        RuleUse { issue, kind, rule, line, fires, alone, right, alone_right }
    };
    let mut uses = Vec::new();
    for rule in comparison.codebook().rules() {
        let name = (rule.issue.clone(), rule.pattern.clone(), rule.kind == RuleKind::Include);
        let known = found.remove(&name).unwrap_or_default();
        uses.push(rule_use(name, Some(rule.kind), Some(rule.line), known));
    }
    // what is left over is no rule of its own: a learned phrase, or the `without` of an include rule
    let learned = found.into_iter().filter(|((_, _, include), _)| *include);
    uses.extend(learned.map(|(name, known)| rule_use(name, None, None, known)));
    uses
}
