//! Learning a model from codings, and judging it on States under review that it has not seen.

use super::train::{Row, rows, train};
use super::{Action, ActionCategory, ActionCoder, Memory, Model};
use crate::error::{Error, Place, Result};
use crate::text::hash::Fnv;
use crate::text::words::Words;
use rayon::prelude::*;
use std::path::Path;

/// A text that was coded by hand.
///
/// # Example
///
/// ```
/// use upr::ActionCategory;
/// use upr::code::{ActionCoder, Example};
///
/// let by_hand = |text| Example { text, category: ActionCategory::Specific, state_under_review: "Kenya" };
/// let examples = [by_hand("Plant trees along the river"), by_hand("Plant trees in the capital")];
/// let coder = ActionCoder::rules_only().train(&examples);
/// assert_eq!(coder.code("Plant trees along the roads").category, examples[0].category);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'t> {
    /// The recommendation.
    pub text: &'t str,
    /// Its category.
    pub category: ActionCategory,
    /// The State under review, by which [`ActionCoder::out_of_fold`] sets examples apart. The model never sees it.
    pub state_under_review: &'t str,
}

impl ActionCoder {
    /// Learns a model from examples, with the verbs of this coder. The same examples give the same model, in any order
    /// and on any machine. 26,298 examples take some ten seconds on two cores.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::ActionCategory;
    /// use upr::code::{ActionCoder, Example};
    ///
    /// let example = |text, category| Example { text, category, state_under_review: "Kenya" };
    /// let examples = [
    ///     example("Plant trees along the river", ActionCategory::Specific),
    ///     example("Plant hope among the young", ActionCategory::General),
    /// ];
    /// let coder = ActionCoder::rules_only().train(&examples);
    /// assert_eq!(coder.code("Plant trees").category, ActionCategory::Specific);
    /// ```
    pub fn train(&self, examples: &[Example<'_>]) -> ActionCoder {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        in_order(examples, &mut order);
        let rows = rows(&self.verbs, examples);
        let categories: Vec<usize> = order.iter().map(|at| examples[*at].category as usize).collect();
        let rows: Vec<&Row> = order.iter().map(|at| &rows[*at]).collect();
        ActionCoder { verbs: self.verbs.clone(), model: Some(train(&self.verbs, &rows, &categories)) }
    }

    /// Codes each example by a model that has seen no example of the same State under review: the States are dealt out
    /// to `folds` folds (2 or more), and each fold is coded by a model learned from the others. Recommendations to one
    /// State resemble one another, so setting rows apart at random would flatter the model.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::{ActionCoder, Example};
    ///
    /// let example = |text, state_under_review| {
    ///     Example { text, category: upr::ActionCategory::Specific, state_under_review }
    /// };
    /// let examples = [example("Plant trees", "Kenya"), example("Ratify CEDAW", "Fiji")];
    /// let coded = ActionCoder::rules_only().out_of_fold(&examples, 2);
    /// assert_eq!(coded.len(), 2); // in the order of the examples
    /// ```
    pub fn out_of_fold(&self, examples: &[Example<'_>], folds: usize) -> Vec<Action> {
        let folds = folds.max(2);
        let hash = |state: &str| Fnv::new().add(state.as_bytes()).value();
        let key = |example: &Example<'_>| {
            (hash(example.state_under_review), example.state_under_review.to_string())
        };
        let mut states: Vec<(u64, String)> = examples.iter().map(key).collect();
        states.sort_unstable();
        states.dedup();
        let fold = |example: &Example<'_>| states.binary_search(&key(example)).unwrap_or(0) % folds;
        let own: Vec<usize> = examples.iter().map(fold).collect();
        let rows = rows(&self.verbs, examples);
        let judge = |fold: usize| -> Vec<(usize, Action)> {
            let mut others: Vec<usize> = (0..examples.len()).filter(|at| own[*at] != fold).collect();
            in_order(examples, &mut others);
            let seen: Vec<&Row> = others.iter().map(|at| &rows[*at]).collect();
            let categories: Vec<usize> = others.iter().map(|at| examples[*at].category as usize).collect();
            let model = train(&self.verbs, &seen, &categories);
            let coder = ActionCoder { verbs: self.verbs.clone(), model: Some(model) };
            let (mut words, mut memory) = (Words::default(), Memory::default());
            let judged = (0..examples.len()).filter(|at| own[*at] == fold);
            judged.map(|at| (at, coder.code_with(examples[at].text, &mut words, &mut memory))).collect()
        };
        let mut coded: Vec<(usize, Action)> = (0..folds).into_par_iter().flat_map_iter(judge).collect();
        coded.sort_unstable_by_key(|(at, _)| *at);
        coded.into_iter().map(|(_, action)| action).collect()
    }

    /// The model as bytes, to be saved; none if there is no model. They hold the hash of the verbs, and a check.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    ///
    /// assert!(ActionCoder::new().model_bytes().is_some());
    /// assert!(ActionCoder::rules_only().model_bytes().is_none());
    /// ```
    pub fn model_bytes(&self) -> Option<Vec<u8>> {
        self.model.as_ref().map(Model::to_bytes)
    }

    /// This coder with a model that was saved.
    ///
    /// # Errors
    ///
    /// A file that can't be read, is no model or was changed; a model that was learned with other verbs.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    ///
    /// let path = std::env::temp_dir().join("upr-example-action.model");
    /// std::fs::write(&path, ActionCoder::new().model_bytes().expect("the bundled model"))?;
    /// assert_eq!(ActionCoder::rules_only().with_model(&path)?.hash(), ActionCoder::new().hash());
    /// # std::fs::remove_file(&path)?;
    ///
    /// let error = ActionCoder::rules_only().with_model("fixtures/upr-info.csv").unwrap_err();
    /// assert!(error.to_string().starts_with("fixtures/upr-info.csv: found"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_model(self, path: impl AsRef<Path>) -> Result<ActionCoder> {
        let path = path.as_ref();
        let bytes = crate::files::file(path)?;
        let origin = path.display().to_string();
        let model = Model::from_bytes(&origin, &bytes)?;
        if model.verbs() != self.verbs.hash {
            let expected = "one learned with the verbs of this coder";
            return Err(Error::unexpected(
                Place::file(origin),
                "a model that was learned with other verbs",
                expected,
            ));
        }
        Ok(ActionCoder { model: Some(model), ..self })
    }
}

/// Puts examples into an order of their own, since the solver visits them one after the other.
fn in_order(examples: &[Example<'_>], order: &mut [usize]) {
    order.sort_by_cached_key(|at| {
        let example = &examples[*at];
        (Fnv::new().add(example.text.as_bytes()).value(), example.text, example.category)
    });
}
