//! Trains models: from examples to features, and from features to weights.

use super::example::Example;
use super::fit::{Recipe, Sketch};
use super::lesson::Lesson;
use super::solver::Solver;
use crate::action::{self, ActionCoder};
use crate::codebook::Codebook;
use crate::coded::ActionCategory;
use crate::error::{Error, Result, quoted};
use crate::model::{Model, issue_features};
use crate::tag::{Buffers, Tagger};

/// How a model is trained. The defaults were chosen once on UPR Info's export. They suit lists of a few hundred to some
/// ten thousand examples; the outcome hardly depends on them.
///
/// # Example
///
/// ```
/// let small = upr::code::Learner::new().weights(20_000).passes(12);
/// assert_ne!(small, upr::code::Learner::new());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learner {
    cost: f32,
    passes: usize,
    weights: Option<usize>,
    seed: u64,
}

/// Verbs and the phrases around them often say the same, which is where averaging helps.
const ACTION_MACHINES: usize = 16;

/// How many weights are kept, where nothing else is asked for; [`Learner::weights`] gives the evidence.
const ISSUE_WEIGHTS: usize = 80_000;
const ACTION_WEIGHTS: usize = 30_000;

impl Default for Learner {
    fn default() -> Learner {
        Learner::new()
    }
}

impl Learner {
    /// The defaults: cost 0.4, 8 passes, seed 1, and 80,000 weights for issues, 30,000 for actions.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Learner;
    ///
    /// assert_eq!(Learner::new(), Learner::new().cost(0.4).passes(8).seed(1));
    /// ```
    pub fn new() -> Learner {
        Learner { cost: 0.4, passes: 8, weights: None, seed: 1 }
    }

    /// The cost of an example on the wrong side, against the size of the weights: a higher cost follows the examples more
    /// closely, a lower one generalises more. Above 0; the default is 0.4.
    pub fn cost(self, cost: f32) -> Learner {
        Learner { cost, ..self }
    }

    /// How often all examples are visited; the default is 8.
    pub fn passes(self, passes: usize) -> Learner {
        Learner { passes, ..self }
    }

    /// How many weights are kept. The default is 80,000 for issues, which is a third of a megabyte in the file, and 30,000
    /// for actions. On UPR Info's export 300,000 agree with the coders better by at most 0.001 (issues), and 80,000 by
    /// 0.0002 (actions).
    pub fn weights(self, weights: usize) -> Learner {
        Learner { weights: Some(weights), ..self }
    }

    /// Decides the order in which examples are visited; the default is 1. The same seed gives the same model.
    pub fn seed(self, seed: u64) -> Learner {
        Learner { seed, ..self }
    }

    /// Trains a model on examples, whose labels may be any texts; the tagger's rules are among its features. A model that
    /// the tagger may have is not used.
    ///
    /// # Errors
    ///
    /// No example with a label; more than 256 labels; an empty label; a cost that is not above 0.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let examples = [
    ///     Example::new("Build dykes", ["Climate action"]),
    ///     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// assert!(tagger.with_model(model)?.code("Build more dykes").coding.has("climate-action"));
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let error = Learner::new().train(&tagger, &[]).unwrap_err();
    /// assert_eq!(error.to_string(), "examples: found 0 labels, expected 1 to 256");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn train(&self, tagger: &Tagger, examples: &[Example]) -> Result<Model> {
        Ok(self.lesson(tagger, examples)?.train())
    }

    /// Trains a model of action categories on examples with one label each: the name of a category or its number. The
    /// verbs of the coder and what its written rules decide are among the features.
    ///
    /// # Errors
    ///
    /// No example; one without a label or with several; a label that is not a category; a cost that is not above 0.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    /// use upr::code::{Example, Learner};
    ///
    /// let examples = [Example::new("Plant trees", ["5"]), Example::new("Plant hope", ["general"])];
    /// let model = Learner::new().train_actions(&ActionCoder::rules_only(), &examples)?;
    /// assert_eq!(model.labels(), ["general", "specific"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn train_actions(&self, coder: &ActionCoder, examples: &[Example]) -> Result<Model> {
        Ok(self.lesson_of_actions(coder, examples)?.train())
    }

    /// Labels each example by a model that was trained on other groups alone: the examples of each fold by one
    /// trained on the other folds. Returns the labels in the order of the examples.
    ///
    /// # Errors
    ///
    /// As for [`Learner::train`], and fewer than two folds with examples.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::core();
    /// let mut examples = Vec::new();
    /// for state in ["Ghana", "Kenya", "Mali", "Niger", "Togo", "Chad"] {
    ///     examples.push(Example::new("Abolish the death penalty", ["Death penalty"]).in_group(state));
    ///     examples.push(Example::new("Enrol all girls in school", ["Right to education"]).in_group(state));
    /// }
    /// let given = Learner::new().out_of_fold(&tagger, &examples, 3)?;
    /// assert_eq!(given[0], ["Death penalty"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn out_of_fold(
        &self,
        tagger: &Tagger,
        examples: &[Example],
        folds: usize,
    ) -> Result<Vec<Vec<String>>> {
        let rules = tagger.rule_hashes();
        self.lesson(tagger, examples)?.out_of_fold(examples, folds, |model, text, buffers: &mut Buffers| {
            tagger.find_features(text, &rules, buffers);
            buffers.labels(model).to_vec()
        })
    }

    /// The same for action categories, by their names; each example gets one.
    ///
    /// # Errors
    ///
    /// As for [`Learner::train_actions`], and fewer than two folds with examples.
    pub fn out_of_fold_actions(
        &self,
        coder: &ActionCoder,
        examples: &[Example],
        folds: usize,
    ) -> Result<Vec<Vec<String>>> {
        let lesson = self.lesson_of_actions(coder, examples)?;
        lesson.out_of_fold(examples, folds, |model, text, buffers: &mut action::Buffers| {
            coder.find_features(text, buffers);
            buffers.label(model).into_iter().collect()
        })
    }

    fn lesson_of_actions(&self, coder: &ActionCoder, examples: &[Example]) -> Result<Lesson> {
        let mut named = Vec::new();
        for example in examples {
            let [label] = example.labels.as_slice() else {
                let found =
                    format!("{} action categories of {}", example.labels.len(), quoted(&example.text));
                return Err(Error::argument("examples", found, "one"));
            };
            let category: ActionCategory = label.parse()?;
            named.push(Example::new(example.text.as_str(), [category.as_str()]));
        }
        let recipe = Recipe {
            machines: ACTION_MACHINES,
            several_labels: false,
            blocks: &action::BLOCKS,
            weights: self.weights.unwrap_or(ACTION_WEIGHTS),
            ..self.recipe()
        };
        Lesson::new(recipe, vec![coder.identity()], &named, |text, buffers: &mut action::Buffers| {
            coder.find_features(text, buffers);
            Sketch::of(&buffers.features)
        })
    }

    fn recipe(&self) -> Recipe {
        Recipe {
            solver: Solver { cost: self.cost, passes: self.passes, seed: self.seed },
            weights: self.weights.unwrap_or(ISSUE_WEIGHTS),
            machines: 1,
            several_labels: true,
            blocks: &issue_features::BLOCKS,
        }
    }

    fn lesson(&self, tagger: &Tagger, examples: &[Example]) -> Result<Lesson> {
        let rules = tagger.rule_hashes();
        let codebooks = tagger.learned_from().map(Codebook::learned_identity).collect();
        Lesson::new(self.recipe(), codebooks, examples, |text, buffers: &mut Buffers| {
            tagger.find_features(text, &rules, buffers);
            Sketch::of(buffers.features())
        })
    }
}
