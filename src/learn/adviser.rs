//! Brings a model and a codebook together: the rules become features, and the labels issues.

use super::features::{Feature, Finder, Signs};
use super::model::{Model, Weighted};
use super::table::Scores;
use crate::codebook::{Codebook, CodebookName};
use crate::coded::Evidence;
use crate::error::{Error, Place, Result, quoted};
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::sync::Arc;

/// A model that was checked against a codebook.
#[derive(Debug)]
pub(crate) struct Adviser {
    model: Model,
    pub(crate) rules: RuleHashes,
    /// For each issue of the codebook its label in the model, unless the rules alone decide.
    label_of: Vec<Option<usize>>,
    name: Arc<str>,
}

/// What is noted of one text before a model is asked, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) signs: Signs,
    pub(crate) features: Vec<Feature>,
    finder: Finder,
    scores: Scores,
}

/// Issues and rules as features: hashes of their content, so that a rule keeps its weight where it moves to
/// another line.
#[derive(Debug)]
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

impl Notes {
    /// Finds the features of a text whose signs were noted.
    pub(crate) fn find(&mut self, words: &Words) {
        for signs in [&mut self.signs.rules, &mut self.signs.aside] {
            signs.sort_unstable();
            signs.dedup();
        }
        self.finder.find(words, &self.signs, &mut self.features);
    }
}

impl Adviser {
    /// Checks that a model and codebooks belong together: the first gives the tags, the others are heard.
    pub(crate) fn new(model: Model, codebooks: &[&Codebook]) -> Result<Adviser> {
        let place = || Place::file("model");
        let identities: Vec<CodebookName> = codebooks.iter().map(|codebook| codebook.identity()).collect();
        let [codebook, ..] = codebooks else {
            return Err(Error::unexpected(place(), "no codebook", "the one that it was trained with"));
        };
        if model.codebooks != identities {
            let named = |names: &[CodebookName]| {
                names.iter().map(CodebookName::to_string).collect::<Vec<_>>().join(" and ")
            };
            let found = format!("one that was trained with {}", named(&model.codebooks));
            let expected = format!(
                "one for {}; train it again with `cargo run --release --example train -- FILES --out MODEL`",
                named(&identities)
            );
            return Err(Error::unexpected(place(), found, expected));
        }
        let mut label_of = vec![None; codebook.issues().len()];
        for (at, label) in model.labels.iter().enumerate() {
            let is_named = |issue: &crate::codebook::Issue| issue.label == *label || *issue.code == **label;
            match codebook.issues().iter().position(is_named) {
                Some(issue) if label_of[issue].is_none() => label_of[issue] = Some(at),
                Some(issue) => {
                    let found =
                        format!("{} for {}, which has a label", quoted(label), codebook.issues()[issue].code);
                    return Err(Error::unexpected(place(), found, "one label for each issue"));
                }
                None => {
                    let found = format!("the label {}", quoted(label));
                    let expected = format!("labels or codes of issues of the codebook {}", codebook.name());
                    return Err(Error::unexpected(place(), found, expected));
                }
            }
        }
        let rules = RuleHashes::of(codebooks);
        Ok(Adviser { model, rules, label_of, name: Arc::from("model") })
    }

    /// The name under which it overrules.
    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    pub(crate) fn into_model(self) -> Model {
        self.model
    }

    /// Reads a text whose signs were noted.
    pub(crate) fn consider(&self, notes: &mut Notes, words: &Words) {
        notes.find(words);
        self.model.table.score(&notes.features, &mut notes.scores);
        self.model.give(&mut notes.scores, words);
    }

    /// Whether the text that was considered has an issue; none if the model doesn't know the issue.
    pub(crate) fn gives(&self, issue: usize, notes: &Notes) -> Option<bool> {
        self.label_of[issue].map(|label| notes.scores.given.contains(&label))
    }

    /// Adds the phrases that weighed most for an issue.
    pub(crate) fn phrases(&self, issue: usize, notes: &mut Notes, words: &Words, to: &mut Vec<Evidence>) {
        if let Some(label) = self.label_of[issue] {
            self.model.phrases(label, &mut notes.scores, words, to);
        }
    }

    /// The score of an issue in the text that was considered, and the phrases that weighed most with their weights.
    pub(crate) fn weights(
        &self,
        issue: usize,
        notes: &mut Notes,
        words: &Words,
    ) -> Option<(f32, Vec<Weighted>)> {
        let label = self.label_of[issue]?;
        let score = notes.scores.scores.get(label).copied()?;
        self.model.weightiest(label, &mut notes.scores, words);
        let phrases = notes.scores.shown.iter().cloned();
        // weights are stored in the unit of their label
        let scale = self.model.table.scales[label];
        Some((score, phrases.map(|(range, weight)| (words.span(range), scale * weight)).collect()))
    }
}
