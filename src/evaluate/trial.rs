//! A codebook on trial: what each rule does on real recommendations, without anyone having coded them by hand.

use super::fired::{Fired, fired};
use crate::codebook::{About, RuleKind};
use crate::coded::{CodedRecommendation, Evidence, Selection};
use crate::error::{Error, Result};
use crate::table::{Cell, Table};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many examples and companions of a rule are kept.
const MOST_EXAMPLES: usize = 3;
const MOST_WITH: usize = 3;

/// What the rules of a codebook do on a list that was coded with it. Unit: recommendations.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, evaluate::Trial};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let trial = Trial::of(&coded)?;
///
/// let agreement = trial.rules.iter().find(|rule| &*rule.rule == "Paris Agreement").expect("a rule of climate-action");
/// assert!(agreement.fires > 0 && agreement.alone <= agreement.fires);
/// let (_, [_, matched, _]) = agreement.examples().next().unwrap();
/// assert_eq!(matched, "Paris Agreement");
/// assert!(trial.silent().any(|rule| &*rule.issue == "climate-displacement"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trial {
    /// The codebook.
    pub codebook: About,
    /// How many recommendations it was tried on.
    pub recommendations: u64,
    /// How many of them have none of its issues.
    pub untagged: u64,
    /// The rules, in the order of the codebook.
    pub rules: Vec<RuleTrial>,
    /// The codes of the issues that no recommendation has.
    pub issues_without_recommendations: Vec<Arc<str>>,
}

/// What one rule does. Unit: recommendations.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let trial = upr::evaluate::Trial::of(&coded)?;
/// let fear = trial.rules.iter().find(|rule| rule.line == 6).unwrap();
/// assert_eq!((&*fear.issue, fear.kind()), ("climate-action", "exclude"));
/// assert_eq!((fear.fires, fear.examples().count()), (0, 0)); // nothing had to be set aside
/// let paris = trial.rules.iter().find(|rule| &*rule.rule == "Paris Agreement").unwrap();
/// assert_eq!(paris.with().collect::<Vec<_>>(), [("{climate}", 1)]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrial {
    /// The code of its issue.
    pub issue: Arc<str>,
    kind: RuleKind,
    /// The pattern.
    pub rule: Arc<str>,
    /// Its line in `rules.csv`.
    pub line: u64,
    /// Where it gave the issue, or, of an exclude rule, set a match of the issue aside. An exclude rule that matches
    /// where there is nothing to set aside does nothing, and doesn't fire.
    pub fires: u64,
    /// Where it fired and no other rule did the same: without it these would be coded otherwise.
    pub alone: u64,
    /// Of an include rule: where an exclusion set its match aside.
    pub set_aside: u64,
    with: Vec<With>,
    examples: Vec<Excerpt>,
}

/// Another rule that fired on the same recommendations.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct With {
    rule: Arc<str>,
    recommendations: u64,
}

/// A match in the words around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Excerpt {
    /// The id of the recommendation.
    id: String,
    before: String,
    matched: String,
    after: String,
}

impl RuleTrial {
    /// What it does: see [`Rule::kind`](crate::code::Rule::kind).
    pub fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    /// The rules of the same issue with which it fired most often, at most three, and on how many recommendations.
    pub fn with(&self) -> impl Iterator<Item = (&str, u64)> {
        self.with.iter().map(|with| (&*with.rule, with.recommendations))
    }

    /// What it caught, at most three examples, of different words where there are any: the id of the recommendation, and
    /// the [excerpt](crate::code::Evidence::excerpt).
    pub fn examples(&self) -> impl Iterator<Item = (&str, [&str; 3])> {
        self.examples.iter().map(|one| (&*one.id, [&*one.before, &*one.matched, &*one.after]))
    }
}

#[derive(Default)]
struct Seen {
    fires: u64,
    alone: u64,
    with: BTreeMap<Arc<str>, u64>,
    /// Examples of words that were not seen before, and others.
    examples: Vec<Excerpt>,
    alike: Vec<Excerpt>,
}

impl Seen {
    fn example(&mut self, coded: &CodedRecommendation, evidence: &Evidence) {
        if self.examples.len() == MOST_EXAMPLES {
            return;
        }
        let recommendation = &coded.recommendation;
        let [before, matched, after] = evidence.excerpt(&recommendation.text);
        let excerpt = Excerpt { id: recommendation.id.clone(), before, matched, after };
        let words = excerpt.matched.to_lowercase();
        match self.examples.iter().any(|known| known.matched.to_lowercase() == words) {
            true if self.alike.len() < MOST_EXAMPLES => self.alike.push(excerpt),
            true => {}
            false => self.examples.push(excerpt),
        }
    }
}

/// Issue, pattern, and whether the rule includes.
type Name = (Arc<str>, Arc<str>, bool);

impl Trial {
    /// Tries a codebook on a list that was coded with it, by its rules alone.
    ///
    /// # Errors
    ///
    /// A list that was coded with another codebook (or with an earlier state of this one), or with a model, such as the
    /// bundled one of `upr-info`.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, evaluate::Trial};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let trial = Trial::of(&coded)?;
    /// assert_eq!((trial.recommendations, trial.untagged), (12, 6));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>) -> Result<Trial> {
        let coded = coded.into();
        let codebook = coded.codebooks().issues();
        if coded.coded_by().model.is_some() {
            let found = format!("a list coded with {} and a model", coded.coded_by().codebook);
            let expected = format!("one coded with {} alone", codebook.identity());
            return Err(Error::mismatch("trial", found, expected));
        }
        let mut seen: BTreeMap<Name, Seen> = BTreeMap::new();
        let mut set_aside: BTreeMap<(Arc<str>, Arc<str>), u64> = BTreeMap::new();
        for coded in coded.iter() {
            let coding = &coded.coding;
            for Fired { issue, rule, include, alone, with } in fired(coding) {
                let seen = seen.entry((issue.clone(), rule.clone(), include)).or_default();
                seen.fires += 1;
                seen.alone += u64::from(alone);
                with.into_iter().for_each(|other| *seen.with.entry(other.clone()).or_default() += 1);
                let evidence = match include {
                    true => {
                        coding.tag(issue).and_then(|tag| tag.evidence.iter().find(|one| one.rule == *rule))
                    }
                    false => {
                        let mut aside = coding.suppressed.iter();
                        aside.find(|one| one.code == *issue && one.by == *rule).map(|one| &one.evidence)
                    }
                };
                if let Some(evidence) = evidence {
                    seen.example(coded, evidence);
                }
            }
            let mut names: Vec<_> = coding
                .suppressed
                .iter()
                .map(|aside| (aside.code.clone(), aside.evidence.rule.clone()))
                .collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().for_each(|name| *set_aside.entry(name).or_default() += 1);
        }
        let languages = coded.iter().map(|coded| coded.recommendation.language);
        let rules = codebook.rules_for(languages).map(|rule| {
            let name = (rule.issue.clone(), rule.pattern.clone(), rule.kind == RuleKind::Include);
            let aside =
                set_aside.get(&(rule.issue.clone(), rule.pattern.clone())).copied().unwrap_or_default();
            let Seen { fires, alone, with, examples, alike } = seen.remove(&name).unwrap_or_default();
            let mut with: Vec<With> =
                with.into_iter().map(|(rule, recommendations)| With { rule, recommendations }).collect();
            with.sort_by_key(|with| std::cmp::Reverse(with.recommendations));
            with.truncate(MOST_WITH);
            RuleTrial {
                issue: rule.issue.clone(),
                kind: rule.kind,
                rule: rule.pattern.clone(),
                line: rule.line,
                fires,
                alone,
                set_aside: if rule.kind == RuleKind::Include { aside } else { 0 },
                with,
                examples: examples.into_iter().chain(alike).take(MOST_EXAMPLES).collect(),
            }
        });
        let rules: Vec<RuleTrial> = rules.collect();
        let issues = codebook.issues().iter().map(|issue| &issue.code);
        let without = issues.filter(|code| !coded.iter().any(|coded| coded.coding.has(code))).cloned();
        Ok(Trial {
            codebook: codebook.identity(),
            recommendations: coded.len() as u64,
            untagged: coded.iter().filter(|coded| coded.coding.is_untagged()).count() as u64,
            rules,
            issues_without_recommendations: without.collect(),
        })
    }

    /// The rules that never match.
    pub fn silent(&self) -> impl Iterator<Item = &RuleTrial> {
        self.rules.iter().filter(|rule| rule.fires == 0)
    }

    /// A row for each rule, in the order of the codebook, with its examples as text. Unit: recommendations.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, evaluate::Trial};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let table = Trial::of(&coded)?.table();
    /// assert_eq!((table.header[0].as_str(), table.rows.len()), ("issue", 7));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let mut table = Table::new([
            "issue",
            "kind",
            "rule",
            "line",
            "fires",
            "alone",
            "set_aside",
            "with",
            "example_1",
            "example_2",
            "example_3",
        ]);
        table.rows.extend(self.rules.iter().map(|rule| {
            let with = rule.with().map(|(rule, recommendations)| format!("{rule} ({recommendations})"));
            let mut row = vec![
                Cell::from(&rule.issue),
                Cell::from(rule.kind.as_str()),
                Cell::from(&rule.rule),
                Cell::from(rule.line),
                Cell::from(rule.fires),
                Cell::from(rule.alone),
                Cell::from(rule.set_aside),
                Cell::from(with.collect::<Vec<_>>().join("; ")),
            ];
            let examples =
                rule.examples().map(|(_, [before, matched, after])| format!("{before}[{matched}]{after}"));
            let examples: Vec<String> = examples.collect();
            let example = |at: usize| examples.get(at).map_or("", String::as_str);
            row.extend((0..MOST_EXAMPLES).map(|at| Cell::from(example(at))));
            row
        }));
        table
    }
}
