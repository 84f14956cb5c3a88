//! A model of issues beside the codebooks that it was trained with: their rules become features, its labels issues.

use super::Model;
use super::feature::Feature;
use super::issue_features::{BLOCKS, Finder, RuleFeatures};
use super::table::Scores;
use crate::codebook::{About, Codebook, Issue};
use crate::coded::Evidence;
use crate::error::{Error, Result, quoted};
use crate::rules::{Decision, Decisions};
use crate::table::{Cell, Table};
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::sync::Arc;

/// A model that was checked against its codebooks.
#[derive(Debug, Clone)]
pub(crate) struct ModelTagger {
    pub(crate) model: Model,
    pub(crate) rules: RuleHashes,
    /// For each issue of the codebook its label in the model; none for an issue that the rules alone decide.
    label_of: Vec<Option<usize>>,
    /// By this name the model suppresses matches.
    pub(crate) name: Arc<str>,
}

/// Buffers for one text, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct ModelBuffers {
    pub(crate) rules: RuleFeatures,
    pub(crate) features: Vec<Feature>,
    finder: Finder,
    scores: Scores,
}

/// Issues and rules as features: hashes of their content, so that a rule keeps its weight where it moves to
/// another line.
#[derive(Debug, Clone)]
pub(crate) struct RuleHashes {
    pub(crate) issues: Vec<u64>,
    pub(crate) rules: Vec<u64>,
    /// The first issue that is paired with words.
    pub(crate) paired_from: usize,
}

impl RuleHashes {
    /// Those of several codebooks, one after the other.
    pub(crate) fn of(codebooks: &[&Codebook]) -> RuleHashes {
        let mut hashes = RuleHashes { issues: Vec::new(), rules: Vec::new(), paired_from: 0 };
        if let [own, _, ..] = codebooks {
            hashes.paired_from = own.issues().len();
        }
        for codebook in codebooks {
            let hash = |fields: &[&str]| {
                let start = Fnv::new().add_field(codebook.name());
                fields.iter().fold(start, |hash, field| hash.add_field(field)).value()
            };
            hashes.issues.extend(codebook.issues().iter().map(|issue| hash(&[&issue.code])));
            hashes.rules.extend(codebook.rules().iter().map(|rule| {
                hash(&[&rule.issue, rule.kind.as_str(), &rule.pattern, &rule.with, &rule.without])
            }));
        }
        hashes
    }
}

impl RuleFeatures {
    /// What the rules say of a text: some of its decisions.
    pub(crate) fn set(&mut self, some: &[Decision], decisions: &Decisions, hashes: &RuleHashes) {
        self.clear();
        for decision in some {
            let (matches, suppressed) = (decisions.stand(decision), decisions.aside(decision));
            let issue = hashes.issues[decision.issue];
            if !matches.is_empty() {
                self.issues.push(issue);
                if decision.issue >= hashes.paired_from {
                    self.paired.push(issue);
                }
            }
            if !suppressed.is_empty() {
                self.suppressed.push(issue);
            }
            self.rules.extend(matches.iter().map(|found| hashes.rules[found.rule]));
            self.suppressed.extend(suppressed.iter().map(|(found, _)| hashes.rules[found.rule]));
        }
    }
}

impl ModelBuffers {
    /// Finds the features of a text whose [`RuleFeatures`] are known.
    pub(crate) fn find(&mut self, words: &Words) {
        for hashes in [&mut self.rules.rules, &mut self.rules.suppressed] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        self.finder.find(words, &self.rules, &mut self.features);
    }

    /// The labels that a model gives to a text whose features were found.
    pub(crate) fn labels(&mut self, model: &Model, words: &Words) -> &[usize] {
        model.table.score(&BLOCKS, &self.features, &mut self.scores);
        self.scores.choose(words);
        &self.scores.given
    }
}

impl ModelTagger {
    /// Checks that a model and codebooks belong together: the issues are those of the first, the rules of the others
    /// are features.
    pub(crate) fn new(model: Model, codebooks: &[&Codebook]) -> Result<ModelTagger> {
        let wrong = |found: String, expected: String| Err(Error::mismatch("model", found, expected));
        let identities: Vec<About> = codebooks.iter().map(|codebook| codebook.learned_identity()).collect();
        let Some(codebook) = codebooks.first().filter(|_| model.codebooks == identities) else {
            let named =
                |names: &[About]| names.iter().map(About::to_string).collect::<Vec<_>>().join(" and ");
            return wrong(
                format!("one that was trained with {}", named(&model.codebooks)),
                format!(
                    "one for {}; train it again with `cargo run --release --example train -- FILES --out MODEL`",
                    named(&identities)
                ),
            );
        };
        let mut label_of = vec![None; codebook.issues().len()];
        for (at, label) in model.labels.iter().enumerate() {
            let is_named = |issue: &Issue| issue.label == *label || *issue.code == **label;
            match codebook.issues().iter().position(is_named) {
                Some(issue) if label_of[issue].is_none() => label_of[issue] = Some(at),
                Some(issue) => {
                    let code = &codebook.issues()[issue].code;
                    let found = format!("{} for {code}, which has a label", quoted(label));
                    return wrong(found, "one label for each issue".to_string());
                }
                None => {
                    let expected = format!("labels or codes of issues of the codebook {}", codebook.name());
                    return wrong(format!("the label {}", quoted(label)), expected);
                }
            }
        }
        let rules = RuleHashes::of(codebooks);
        Ok(ModelTagger { model, rules, label_of, name: Arc::from("model") })
    }

    /// Scores a text whose [`RuleFeatures`] are known.
    pub(crate) fn score(&self, buffers: &mut ModelBuffers, words: &Words) {
        buffers.find(words);
        buffers.labels(&self.model, words);
    }

    /// Whether the text that was scored has an issue; none if the model does not know the issue.
    pub(crate) fn has(&self, issue: usize, buffers: &ModelBuffers) -> Option<bool> {
        self.label_of[issue].map(|label| buffers.scores.given.contains(&label))
    }

    /// Adds the phrases that count most for an issue.
    pub(crate) fn phrases(
        &self,
        issue: usize,
        buffers: &mut ModelBuffers,
        words: &Words,
        to: &mut Vec<Evidence>,
    ) {
        if let Some(label) = self.label_of[issue] {
            self.model.table.phrases(label, &mut buffers.scores, words, to);
        }
    }

    /// What the model says of each issue that it knows, the highest score first; see
    /// [`Tagger::weighed`](crate::Tagger::weighed).
    pub(crate) fn weighed(
        &self,
        codebook: &Codebook,
        buffers: &mut ModelBuffers,
        words: &Words,
        text: &str,
    ) -> Table {
        let labels: Vec<(&Issue, usize)> = codebook
            .issues()
            .iter()
            .zip(&self.label_of)
            .filter_map(|(issue, label)| Some((issue, (*label)?)))
            .collect();
        let mut by_score: Vec<_> =
            labels.into_iter().map(|(issue, label)| (issue, label, buffers.scores.scores[label])).collect();
        by_score.sort_by(|(.., one), (.., two)| two.total_cmp(one));
        let mut table = Table::new(["issue", "score", "phrase", "start", "end", "weight"]);
        for (issue, label, score) in by_score {
            self.model.table.weightiest(label, &mut buffers.scores, words);
            let mut row = |phrase: &str, start: Cell, end: Cell, weight: Cell| {
                let (issue, score) = (Cell::from(&issue.code), Cell::from(f64::from(score)));
                table.rows.push(vec![issue, score, phrase.into(), start, end, weight]);
            };
            if buffers.scores.shown.is_empty() {
                row("", Cell::Number(None), Cell::Number(None), Cell::Number(None));
            }
            for (range, weight) in &buffers.scores.shown {
                let span = words.span(range.clone());
                let (phrase, start) = (&text[span.clone()], text[..span.start].chars().count() as u64);
                // weights are stored in the unit of their label
                let weight = self.model.table.scales[label] * weight;
                row(
                    phrase,
                    start.into(),
                    (start + phrase.chars().count() as u64).into(),
                    f64::from(weight).into(),
                );
            }
        }
        table
    }
}
