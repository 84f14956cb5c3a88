//! action
mod category;
mod features;
mod inflect;
mod model;
mod rule;
mod tokens;
mod train;
mod verbs;

use crate::Result;
use crate::error::{Error, Place};
pub use category::ActionCategory;
use features::Finder;
use model::Model;
use rayon::prelude::*;
use rule::Rules;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use tokens::Tokens;
use verbs::Verbs;

/// x
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// x
    pub category: ActionCategory,
    /// x
    pub verb: Option<Range<usize>>,
    /// x
    pub decided_by: DecidedBy,
    /// x
    pub rule: Option<Arc<str>>,
    /// x
    pub by_rule: ActionCategory,
}

/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// x
    Rule,
    /// x
    Model,
    /// x
    NoVerb,
}

/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'t> {
    /// x
    pub text: &'t str,
    /// x
    pub category: ActionCategory,
    /// x
    pub state_under_review: &'t str,
}

/// x
#[derive(Debug, Clone)]
pub struct ActionCoder {
    verbs: Verbs,
    model: Option<Model>,
}

#[derive(Default)]
struct Memory {
    tokens: Tokens,
    finder: Finder,
    known: Vec<(u32, features::Feature)>,
}

impl ActionCoder {
    /// x
    pub fn rules() -> ActionCoder {
        ActionCoder { verbs: Verbs::bundled(), model: None }
    }
    /// x
    pub fn load(path: impl AsRef<Path>) -> Result<ActionCoder> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| Error::unreadable(path, error))?;
        Ok(ActionCoder { verbs: Verbs::read(&path.display().to_string(), &bytes)?, model: None })
    }
    /// x
    pub fn code(&self, text: &str) -> Action {
        self.code_with(text, &mut Memory::default())
    }
    /// x
    pub fn code_all<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Vec<Action> {
        texts.par_iter().map_init(Memory::default, |memory, text| self.code_with(text.as_ref(), memory)).collect()
    }

    fn code_with(&self, text: &str, memory: &mut Memory) -> Action {
        let Memory { tokens, finder, known } = memory;
        tokens.split(text, &self.verbs);
        let decision = Rules { verbs: &self.verbs, text: tokens }.decide();
        let mut action = match &decision {
            Some(decision) => Action {
                category: decision.category,
                verb: Some(tokens.span(decision.verb.clone())),
                decided_by: DecidedBy::Rule,
                rule: Some(self.verbs.entries[decision.entry].name.clone()),
                by_rule: decision.category,
            },
            None => Action {
                category: ActionCategory::General,
                verb: None,
                decided_by: DecidedBy::NoVerb,
                rule: None,
                by_rule: ActionCategory::General,
            },
        };
        if let Some(model) = self.model.as_ref().filter(|_| !tokens.tokens.is_empty()) {
            finder.find(&self.verbs, tokens, decision.as_ref());
            let choice = model.choose(&finder.features, known);
            if choice.category != action.category {
                action.category = choice.category;
                action.decided_by = DecidedBy::Model;
                if let Some(verb) = choice.verb {
                    action.verb = Some(tokens.span(verb..verb + 1));
                }
            }
        }
        action
    }

    /// x
    pub fn train(&self, examples: &[Example<'_>]) -> ActionCoder {
        let rows = train::rows(&self.verbs, examples);
        let categories: Vec<usize> = examples.iter().map(|e| e.category as usize).collect();
        let model = train::train(&self.verbs, &rows.iter().collect::<Vec<_>>(), &categories);
        ActionCoder { verbs: self.verbs.clone(), model: Some(model) }
    }

    /// x
    pub fn out_of_fold(&self, examples: &[Example<'_>], folds: usize) -> Vec<Action> {
        let folds = folds.max(2);
        let mut states: Vec<(u64, &str)> = examples
            .iter()
            .map(|example| (crate::hash::Fnv::new().add(example.state_under_review.as_bytes()).value(), example.state_under_review))
            .collect();
        states.sort_unstable();
        states.dedup();
        let fold = |state: &str| states.iter().position(|(_, known)| *known == state).unwrap_or(0) % folds;
        let folds_of: Vec<usize> = examples.iter().map(|example| fold(example.state_under_review)).collect();
        let rows = train::rows(&self.verbs, examples);
        let coded: Vec<Vec<(usize, Action)>> = (0..folds)
            .into_par_iter()
            .map(|fold| {
                let inside = |at: &usize| folds_of[*at] == fold;
                let learned: Vec<usize> = (0..examples.len()).filter(|at| !inside(at)).collect();
                let categories: Vec<usize> = learned.iter().map(|at| examples[*at].category as usize).collect();
                let own: Vec<&train::Row> = learned.iter().map(|at| &rows[*at]).collect();
                let model = train::train(&self.verbs, &own, &categories);
                let coder = ActionCoder { verbs: self.verbs.clone(), model: Some(model) };
                let mut memory = Memory::default();
                let judged = (0..examples.len()).filter(inside);
                judged.map(|at| (at, coder.code_with(examples[at].text, &mut memory))).collect()
            })
            .collect();
        let mut coded: Vec<(usize, Action)> = coded.into_iter().flatten().collect();
        coded.sort_by_key(|(at, _)| *at);
        coded.into_iter().map(|(_, action)| action).collect()
    }

    /// x
    pub fn model_to_bytes(&self) -> Option<Vec<u8>> {
        self.model.as_ref().map(Model::to_bytes)
    }

    /// x
    pub fn with_model(self, origin: &str, bytes: &[u8]) -> Result<ActionCoder> {
        let model = Model::from_bytes(origin, bytes)?;
        if model.verbs() != self.verbs.hash {
            return Err(Error::unexpected(
                Place::file(origin),
                "a model that was trained with other verbs",
                "one trained with the verbs of this coder; train it again",
            ));
        }
        Ok(ActionCoder { model: Some(model), ..self })
    }
}
