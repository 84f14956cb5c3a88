//! Trains models: from examples to features, and from features to weights.

use super::fit::{Recipe, Sketch, fit};
use super::solver::Solver;
use crate::action::{self, ActionCoder};
use crate::codebook::{Codebook, CodebookName};
use crate::coded::action::ActionCategory;
use crate::error::{Error, Place, Result, quoted};
use crate::model::Model;
use crate::model::issue_features;
use crate::model::table::MAX_LABELS;
use crate::tag::{Memory, Tagger};
use crate::text::hash::Fnv;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A text and the labels that a human coder gave it.
///
/// # Example
///
/// ```
/// use upr::learn::Example;
///
/// let example = Example::new("Build dykes", ["Climate action"]).in_group("Tuvalu");
/// assert_eq!((example.text.as_str(), example.group.as_str()), ("Build dykes", "Tuvalu"));
/// assert_eq!(example.labels, ["Climate action"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// The text, unchanged.
    pub text: String,
    /// The labels, as issues are called in the codebook: their labels or codes.
    pub labels: Vec<String>,
    /// Examples of one group stay in one fold when a model is judged: the State under review. May be empty.
    pub group: String,
}

impl Example {
    /// An example without a group.
    ///
    /// # Example
    ///
    /// ```
    /// let example = upr::learn::Example::new("Build dykes", ["Climate action", "Climate displacement"]);
    /// assert_eq!((example.labels.len(), example.group.as_str()), (2, ""));
    /// ```
    pub fn new<L: Into<String>>(text: impl Into<String>, labels: impl IntoIterator<Item = L>) -> Example {
        Example {
            text: text.into(),
            labels: labels.into_iter().map(Into::into).collect(),
            group: String::new(),
        }
    }

    /// The same example in a group, such as its State under review.
    ///
    /// # Example
    ///
    /// ```
    /// let example = upr::learn::Example::new("Build dykes", ["Climate action"]);
    /// assert_eq!(example.in_group("Tuvalu").group, "Tuvalu");
    /// ```
    pub fn in_group(self, group: impl Into<String>) -> Example {
        Example { group: group.into(), ..self }
    }
}

/// The fold that a group falls into, from 0 to `folds - 1`: the FNV-1a hash (64 bits) of its name, modulo `folds`. It
/// depends on the name alone, so a State stays in its fold whatever other States there are.
///
/// # Example
///
/// ```
/// use upr::learn::fold_of;
/// assert_eq!(fold_of("Slovenia", 5), fold_of("Slovenia", 5));
/// assert!((0..5).contains(&fold_of("Kenya", 5)));
/// ```
pub fn fold_of(group: &str, folds: usize) -> usize {
    (Fnv::new().add(group.as_bytes()).value() % folds.max(1) as u64) as usize
}

/// How a model is trained. The defaults were chosen once on UPR Info's export and serve lists of a few hundred to some
/// ten thousand examples; the outcome hardly depends on them.
///
/// # Example
///
/// ```
/// let small = upr::learn::Learner::new().weights(20_000).passes(12);
/// assert_ne!(small, upr::learn::Learner::new());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learner {
    cost: f32,
    passes: usize,
    weights: usize,
    seed: u64,
}

/// Verbs and the phrases around them often say the same, which is where averaging helps.
const ACTION_MACHINES: usize = 16;

impl Default for Learner {
    fn default() -> Learner {
        Learner::new()
    }
}

impl Learner {
    /// The defaults: cost 0.4, 8 passes, 80,000 weights, seed 1.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::learn::Learner;
    ///
    /// assert_eq!(Learner::new(), Learner::new().cost(0.4).passes(8).weights(80_000).seed(1));
    /// ```
    pub fn new() -> Learner {
        Learner { cost: 0.4, passes: 8, weights: 80_000, seed: 1 }
    }

    /// What an example on the wrong side costs against the size of the weights: higher follows the examples more closely,
    /// lower generalises more. Above 0; 0.4 unless set.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::learn::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let error = Learner::new().cost(0.0).train(&tagger, &examples).unwrap_err();
    /// assert_eq!(error.to_string(), "examples: found a cost of 0, expected a number above 0");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn cost(self, cost: f32) -> Learner {
        Learner { cost, ..self }
    }

    /// How often all examples are visited; 8 unless set.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::learn::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let once = Learner::new().passes(1).train(&tagger, &examples)?;
    /// assert_ne!(once, Learner::new().train(&tagger, &examples)?);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn passes(self, passes: usize) -> Learner {
        Learner { passes, ..self }
    }

    /// How many weights are kept, two bytes each in the file: 80,000 unless set, which is a third of a megabyte with
    /// their features. On UPR Info's export 300,000 agree with the coders no better than by 0.001.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::learn::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let model = Learner::new().weights(3).train(&tagger, &examples)?;
    /// assert!(model.weights() <= 3);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn weights(self, weights: usize) -> Learner {
        Learner { weights, ..self }
    }

    /// Decides the order in which examples are visited; 1 unless set. The same seed gives the same model.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::learn::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let model = |seed| Learner::new().seed(seed).train(&tagger, &examples);
    /// assert_eq!(model(7)?, model(7)?);
    /// # Ok::<(), upr::Error>(())
    /// ```
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
    /// use upr::learn::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let examples = [
    ///     Example::new("Build dykes", ["Climate action"]),
    ///     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// assert!(tagger.with_model(model)?.tag("Build more dykes").has("climate-action"));
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
    /// use upr::action::ActionCoder;
    /// use upr::learn::{Example, Learner};
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
    /// use upr::learn::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
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
        self.lesson(tagger, examples)?.out_of_fold(examples, folds, |model, text, memory: &mut Memory| {
            tagger.find_features(text, &rules, memory);
            memory.labels(model).to_vec()
        })
    }

    /// The same for action categories, by their names; each example gets one.
    ///
    /// # Errors
    ///
    /// As for [`Learner::train_actions`], and fewer than two folds with examples.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::action::ActionCoder;
    /// use upr::learn::{Example, Learner};
    ///
    /// let states = ["Ghana", "Kenya", "Mali", "Niger", "Togo", "Chad"];
    /// let examples = states.map(|state| Example::new("Ratify CEDAW", ["specific"]).in_group(state));
    /// let given = Learner::new().out_of_fold_actions(&ActionCoder::rules_only(), &examples, 3)?;
    /// assert_eq!(given[0], ["specific"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn out_of_fold_actions(
        &self,
        coder: &ActionCoder,
        examples: &[Example],
        folds: usize,
    ) -> Result<Vec<Vec<String>>> {
        let lesson = self.lesson_of_actions(coder, examples)?;
        lesson.out_of_fold(examples, folds, |model, text, memory: &mut action::Memory| {
            coder.find_features(text, memory);
            memory.label(model).into_iter().collect()
        })
    }

    fn lesson_of_actions(&self, coder: &ActionCoder, examples: &[Example]) -> Result<Lesson> {
        let mut named = Vec::new();
        for example in examples {
            let [label] = example.labels.as_slice() else {
                let found =
                    format!("{} action categories of {}", example.labels.len(), quoted(&example.text));
                return Err(Error::unexpected(Place::file("examples"), found, "one"));
            };
            let category: ActionCategory = label.parse()?;
            named.push(Example::new(example.text.as_str(), [category.as_str()]));
        }
        let recipe = Recipe {
            machines: ACTION_MACHINES,
            several_labels: false,
            blocks: &action::BLOCKS,
            ..self.recipe()
        };
        Lesson::new(recipe, vec![coder.identity()], &named, |text, memory: &mut action::Memory| {
            coder.find_features(text, memory);
            Sketch::of(&memory.features)
        })
    }

    fn recipe(&self) -> Recipe {
        Recipe {
            solver: Solver { cost: self.cost, passes: self.passes, seed: self.seed },
            weights: self.weights,
            machines: 1,
            several_labels: true,
            blocks: &issue_features::BLOCKS,
        }
    }

    fn lesson(&self, tagger: &Tagger, examples: &[Example]) -> Result<Lesson> {
        let rules = tagger.rule_hashes();
        let codebooks = tagger.learned_from().map(Codebook::identity).collect();
        Lesson::new(self.recipe(), codebooks, examples, |text, memory: &mut Memory| {
            tagger.find_features(text, &rules, memory);
            Sketch::of(memory.features())
        })
    }
}

/// Examples, turned into what a fit needs; made once for all folds.
struct Lesson {
    recipe: Recipe,
    codebooks: Vec<CodebookName>,
    labels: Vec<String>,
    sketches: Vec<Sketch>,
    /// The labels of each example.
    given: Vec<Vec<usize>>,
    /// A hash of each text.
    keys: Vec<u64>,
}

impl Lesson {
    fn new<M: Default>(
        recipe: Recipe,
        codebooks: Vec<CodebookName>,
        examples: &[Example],
        sketch: impl Fn(&str, &mut M) -> Sketch + Sync + Send,
    ) -> Result<Lesson> {
        let wrong =
            |found: String, expected: &str| Err(Error::unexpected(Place::file("examples"), found, expected));
        let cost = recipe.solver.cost;
        if cost.is_nan() || cost <= 0.0 {
            return wrong(format!("a cost of {cost}"), "a number above 0");
        }
        let labels: BTreeSet<&String> = examples.iter().flat_map(|example| &example.labels).collect();
        let labels: Vec<String> = labels.into_iter().cloned().collect();
        if labels.is_empty() || labels.len() > MAX_LABELS {
            return wrong(format!("{} labels", labels.len()), "1 to 256");
        }
        const MAX_LABEL_BYTES: usize = 1_000;
        if let Some(label) = labels.iter().find(|label| label.is_empty() || label.len() > MAX_LABEL_BYTES) {
            return wrong(format!("the label {}", quoted(label)), "a label of 1 to 1000 bytes");
        }
        let given = examples.iter().map(|example| {
            let own = example.labels.iter().filter_map(|label| labels.binary_search(label).ok());
            own.collect::<BTreeSet<usize>>().into_iter().collect()
        });
        let given = given.collect();
        let sketches = examples
            .par_iter()
            .map_init(M::default, |memory, example| sketch(&example.text, memory))
            .collect();
        let keys = examples.iter().map(|example| Fnv::new().add(example.text.as_bytes()).value()).collect();
        Ok(Lesson { recipe, codebooks, labels, sketches, given, keys })
    }

    /// Trains on all examples.
    fn train(&self) -> Model {
        self.train_on((0..self.sketches.len()).collect())
    }

    fn train_on(&self, mut rows: Vec<usize>) -> Model {
        // a model must not depend on the order in which a shell lists the files
        rows.sort_by_key(|row| (self.keys[*row], &self.given[*row]));
        let sketches: Vec<&Sketch> = rows.iter().map(|row| &self.sketches[*row]).collect();
        let given: Vec<&[usize]> = rows.iter().map(|row| self.given[*row].as_slice()).collect();
        Model {
            codebooks: self.codebooks.clone(),
            examples: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            labels: self.labels.clone(),
            table: fit(&sketches, &given, self.labels.len(), &self.recipe),
        }
    }

    /// The labels of each example by a model that was trained on the other folds.
    fn out_of_fold<M: Default>(
        &self,
        examples: &[Example],
        folds: usize,
        label: impl Fn(&Model, &str, &mut M) -> Vec<usize> + Sync + Send,
    ) -> Result<Vec<Vec<String>>> {
        let fold: Vec<usize> = examples.iter().map(|example| fold_of(&example.group, folds)).collect();
        let used: BTreeSet<usize> = fold.iter().copied().collect();
        if used.len() < 2 {
            let found = format!("examples in {} of {folds} folds", used.len());
            return Err(Error::unexpected(Place::file("examples"), found, "groups in at least two folds"));
        }
        let mut all = vec![Vec::new(); examples.len()];
        for held_out in used {
            let (own, others): (Vec<usize>, Vec<usize>) =
                (0..examples.len()).partition(|row| fold[*row] == held_out);
            let model = self.train_on(others);
            let labels: Vec<Vec<usize>> = own
                .par_iter()
                .map_init(M::default, |memory, row| label(&model, &examples[*row].text, memory))
                .collect();
            for (row, labels) in own.into_iter().zip(labels) {
                all[row] = labels.into_iter().map(|label| self.labels[label].clone()).collect();
            }
        }
        Ok(all)
    }
}
