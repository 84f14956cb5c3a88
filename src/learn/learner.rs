//! Trains models: from examples to features, and from features to weights.

use super::adviser::{Notes, RuleHashes};
use super::features::{Block, hash_of};
use super::fit::{Settings, Sketch, fit};
use super::model::Model;
use super::solver::Solver;
use super::table::{MOST_LABELS, Scores};
use crate::codebook::Codebook;
use crate::error::{Error, Place, Result, quoted};
use crate::tag::{Memory, Tagger};
use crate::text::hash::Fnv;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A text and the labels that a human coder gave it.
///
/// # Example
///
/// ```
/// use upr::code::Example;
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
    /// What must not be torn apart when the model is judged: the State under review. May be empty.
    pub group: String,
}

impl Example {
    /// An example without a group.
    ///
    /// # Example
    ///
    /// ```
    /// let example = upr::code::Example::new("Build dykes", ["Climate action", "Climate displacement"]);
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
    /// let example = upr::code::Example::new("Build dykes", ["Climate action"]);
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
/// use upr::code::fold_of;
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
/// let small = upr::code::Learner::new().weights(20_000).passes(12);
/// assert_ne!(small, upr::code::Learner::new());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learner {
    cost: f32,
    passes: usize,
    weights: usize,
    seed: u64,
}

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
    /// use upr::code::Learner;
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
    /// # use upr::code::{Example, Learner};
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
    /// # use upr::code::{Example, Learner};
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
    /// # use upr::code::{Example, Learner};
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
    /// # use upr::code::{Example, Learner};
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
    /// the tagger may have has no part in it.
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
        let lesson = self.prepare(tagger, examples)?;
        Ok(self.fit(tagger, &lesson, &(0..examples.len()).collect::<Vec<_>>()))
    }

    /// Labels each example by a model that was trained on other groups alone: the examples of each fold by one
    /// trained on the other folds. What comes out stands beside the examples, to be compared with their labels.
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
        let lesson = self.prepare(tagger, examples)?;
        let fold: Vec<usize> = examples.iter().map(|example| fold_of(&example.group, folds)).collect();
        let used: BTreeSet<usize> = fold.iter().copied().collect();
        if used.len() < 2 {
            let found = format!("examples in {} of {folds} folds", used.len());
            return Err(Error::unexpected(Place::file("examples"), found, "groups in at least two folds"));
        }
        let mut given = vec![Vec::new(); examples.len()];
        for held_out in used {
            let rows: Vec<usize> = (0..examples.len()).filter(|row| fold[*row] != held_out).collect();
            let model = self.fit(tagger, &lesson, &rows);
            let labelled: Vec<(usize, Vec<String>)> = (0..examples.len())
                .into_par_iter()
                .filter(|row| fold[*row] == held_out)
                .map_init(
                    || (Memory::default(), Scores::default()),
                    |(memory, scores), row| {
                        tagger.note(&examples[row].text, &lesson.rules, memory);
                        model.table.score(&memory.notes.features, scores);
                        model.give(scores, memory.words());
                        (row, scores.given.iter().map(|label| model.labels[*label].clone()).collect())
                    },
                )
                .collect();
            labelled.into_iter().for_each(|(row, labels)| given[row] = labels);
        }
        Ok(given)
    }

    fn prepare(&self, tagger: &Tagger, examples: &[Example]) -> Result<Lesson> {
        let wrong =
            |found: String, expected: &str| Err(Error::unexpected(Place::file("examples"), found, expected));
        if self.cost.is_nan() || self.cost <= 0.0 {
            return wrong(format!("a cost of {}", self.cost), "a number above 0");
        }
        let labels: BTreeSet<&String> = examples.iter().flat_map(|example| &example.labels).collect();
        let labels: Vec<String> = labels.into_iter().cloned().collect();
        if labels.is_empty() || labels.len() > MOST_LABELS {
            return wrong(format!("{} labels", labels.len()), "1 to 256");
        }
        const LONGEST: usize = 1_000;
        if let Some(label) = labels.iter().find(|label| label.is_empty() || label.len() > LONGEST) {
            return wrong(format!("the label {}", quoted(label)), "a label of 1 to 1000 bytes");
        }
        let stands = examples.iter().map(|example| {
            let mut stands: Vec<usize> =
                example.labels.iter().filter_map(|label| labels.binary_search(label).ok()).collect();
            stands.sort_unstable();
            stands.dedup();
            stands
        });
        let stands = stands.collect();
        let rules = RuleHashes::of(&tagger.learned_from().collect::<Vec<_>>());
        let sketches = examples.par_iter().map_init(Memory::default, |memory, example| {
            tagger.note(&example.text, &rules, memory);
            sketch(&memory.notes)
        });
        let keys = examples.iter().map(|example| hash_of(example.text.as_bytes())).collect();
        Ok(Lesson { sketches: sketches.collect(), stands, keys, labels, rules })
    }

    fn fit(&self, tagger: &Tagger, lesson: &Lesson, rows: &[usize]) -> Model {
        // a model must not depend on the order in which a shell lists the files
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| (lesson.keys[*row], &lesson.stands[*row]));
        let sketches: Vec<&Sketch> = rows.iter().map(|row| &lesson.sketches[*row]).collect();
        let stands: Vec<&[usize]> = rows.iter().map(|row| lesson.stands[*row].as_slice()).collect();
        let solver = Solver { cost: self.cost, passes: self.passes, seed: self.seed };
        let settings = Settings { solver, weights: self.weights };
        Model {
            codebooks: tagger.learned_from().map(Codebook::identity).collect(),
            examples: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            labels: lesson.labels.clone(),
            table: fit(&sketches, &stands, lesson.labels.len(), &settings),
        }
    }
}

/// Examples, turned into what a fit needs; made once for all folds.
struct Lesson {
    sketches: Vec<Sketch>,
    stands: Vec<Vec<usize>>,
    /// A hash of each text.
    keys: Vec<u64>,
    labels: Vec<String>,
    rules: RuleHashes,
}

fn sketch(notes: &Notes) -> Sketch {
    let mut sketch = Sketch::default();
    for feature in &notes.features {
        sketch.numbers[feature.block as usize] += 1;
        sketch.features.push((feature.block, feature.hash));
    }
    sketch.features.sort_unstable_by_key(|(block, hash): &(Block, u32)| (*hash, *block));
    sketch.features.dedup_by_key(|(_, hash)| *hash);
    sketch
}
