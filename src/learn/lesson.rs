//! Examples made ready for training, once for all folds.

use super::example::{Example, fold_of};
use super::fit::{Recipe, Sketch, fit};
use crate::codebook::About;
use crate::error::{Error, Result, quoted};
use crate::model::Model;
use crate::model::table::MAX_LABELS;
use crate::text::hash::Fnv;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Examples, turned into what a fit needs; made once for all folds.
pub(super) struct Lesson {
    recipe: Recipe,
    codebooks: Vec<About>,
    labels: Vec<String>,
    sketches: Vec<Sketch>,
    /// The labels of each example.
    given: Vec<Vec<usize>>,
    /// A hash of each text.
    keys: Vec<u64>,
}

impl Lesson {
    pub(super) fn new<M: Default>(
        recipe: Recipe,
        codebooks: Vec<About>,
        examples: &[Example],
        sketch: impl Fn(&str, &mut M) -> Sketch + Sync + Send,
    ) -> Result<Lesson> {
        let wrong = |found: String, expected: &str| Err(Error::argument("examples", found, expected));
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
            .map_init(M::default, |buffers, example| sketch(&example.text, buffers))
            .collect();
        let keys = examples.iter().map(|example| Fnv::new().add(example.text.as_bytes()).value()).collect();
        Ok(Lesson { recipe, codebooks, labels, sketches, given, keys })
    }

    /// Trains on all examples.
    pub(super) fn train(&self) -> Model {
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
    pub(super) fn out_of_fold<M: Default>(
        &self,
        examples: &[Example],
        folds: usize,
        label: impl Fn(&Model, &str, &mut M) -> Vec<usize> + Sync + Send,
    ) -> Result<Vec<Vec<String>>> {
        let fold: Vec<usize> = examples.iter().map(|example| fold_of(&example.group, folds)).collect();
        let used: BTreeSet<usize> = fold.iter().copied().collect();
        if used.len() < 2 {
            let found = format!("examples in {} of {folds} folds", used.len());
            return Err(Error::argument("examples", found, "groups in at least two folds"));
        }
        let mut all = vec![Vec::new(); examples.len()];
        for held_out in used {
            let (own, others): (Vec<usize>, Vec<usize>) =
                (0..examples.len()).partition(|row| fold[*row] == held_out);
            let model = self.train_on(others);
            let labels: Vec<Vec<usize>> = own
                .par_iter()
                .map_init(M::default, |buffers, row| label(&model, &examples[*row].text, buffers))
                .collect();
            for (row, labels) in own.into_iter().zip(labels) {
                all[row] = labels.into_iter().map(|label| self.labels[label].clone()).collect();
            }
        }
        Ok(all)
    }
}
