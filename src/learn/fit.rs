//! From features to weights: which features are used, how large their weights may be, and which weights are kept.
//!
//! 1. **Features** that too few examples have are left out.
//! 2. **Prior**: a feature that occurs with a label more often than by chance (or less often) may weigh more for it. With `n` examples that have the feature, `p` of them with the label, and the label's
//!    share `s` of all examples, `z = (p - n s) / sqrt(n s (1 - s) + 0.5)`, and the prior variance of
//!    [`solver`](super::solver) is `|z| / 4`, between 0.1 and 3.
//! 3. **A first solution** with all of them: the mean of several machines, if the [`Recipe`] has several.
//! 4. **Pruning**: the pairs of feature and label that matter most are kept, by `|weight|` x mean value x (examples
//!    with the feature)^(1/4), and the problem is solved again with these alone.
//! 5. **Lenience**: where a text may have several labels, a label is given a little below the threshold of the machine,
//!    see [`lenience`].
//! 6. **Rounding** to whole numbers between -127 and 127, with one scale for each label.

use super::solver::{Rows, Solver};
use crate::model::feature::{Block, Feature, MAX_BLOCKS, mixed};
use crate::model::table::Table;
use rayon::prelude::*;
use std::collections::HashMap;

/// The features of a text as the fit needs them: each once, in order, and how many of each block were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketch {
    features: Vec<(u32, u8)>,
    numbers: [u32; MAX_BLOCKS],
}

impl Sketch {
    pub(super) fn of(features: &[Feature]) -> Sketch {
        let mut sketch = Sketch::default();
        for feature in features {
            sketch.numbers[usize::from(feature.block)] += 1;
            sketch.features.push((feature.hash, feature.block));
        }
        sketch.features.sort_unstable();
        sketch.features.dedup_by_key(|(hash, _)| *hash);
        sketch
    }
}

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    pub(super) solver: Solver,
    /// How many pairs of feature and label are kept.
    pub(super) weights: usize,
    /// With several, each machine sees half of the features, and their mean is the model (feature bagging: Sutton,
    /// Sindelar and McCallum, "Reducing Weight Undertraining in Structured Discriminative Learning", NAACL 2006).
    /// Where several features say the same, a single machine relies on those that were surest in its examples; the
    /// mean relies on all of them.
    pub(super) machines: usize,
    /// Whether a text may have several labels.
    pub(super) several_labels: bool,
    pub(super) blocks: &'static [Block],
}

/// The columns of a problem: column 0 is the constant.
struct Columns {
    of: HashMap<u32, u32>,
    hashes: Vec<u32>,
}

impl Columns {
    fn of(hashes: Vec<u32>) -> Columns {
        let of = hashes.iter().zip(1..).map(|(hash, column)| (*hash, column)).collect();
        Columns { of, hashes }
    }

    fn choose(sketches: &[&Sketch], blocks: &[Block]) -> Columns {
        let mut counts: HashMap<u32, (u32, u8)> = HashMap::new();
        for (hash, block) in sketches.iter().flat_map(|sketch| &sketch.features) {
            counts.entry(*hash).or_insert((0, *block)).0 += 1;
        }
        let often =
            |(_, (count, block)): &(&u32, &(u32, u8))| *count >= blocks[usize::from(*block)].min_examples;
        let mut hashes: Vec<u32> = counts.iter().filter(often).map(|(hash, _)| *hash).collect();
        hashes.sort_unstable();
        Columns::of(hashes)
    }

    fn rows(&self, sketches: &[&Sketch], blocks: &[Block]) -> Rows {
        let row = |sketch: &&Sketch| -> Vec<(u32, f32)> {
            let value = |(block, number): (&Block, u32)| block.value(number as usize);
            let values: Vec<f32> = blocks.iter().zip(sketch.numbers).map(value).collect();
            let cell = |(hash, block): &(u32, u8)| Some((*self.of.get(hash)?, values[usize::from(*block)]));
            std::iter::once((0, 1.0)).chain(sketch.features.iter().filter_map(cell)).collect()
        };
        let made: Vec<Vec<(u32, f32)>> = sketches.par_iter().map(row).collect();
        let mut rows = Rows::new(self.hashes.len() + 1);
        made.iter().for_each(|row| rows.push(row));
        rows
    }
}

/// How often a column occurs, with which values, and with which labels.
struct Counts {
    examples: Vec<f32>,
    values: Vec<f32>,
    with_label: Vec<f32>,
    labels: Vec<f32>,
    rows: f32,
}

impl Counts {
    fn of(rows: &Rows, given: &[&[usize]], labels: usize) -> Counts {
        let mut counts = Counts {
            examples: vec![0.0; rows.width()],
            values: vec![0.0; rows.width()],
            with_label: vec![0.0; rows.width() * labels],
            labels: vec![0.0; labels],
            rows: rows.len() as f32,
        };
        for (row, given) in given.iter().enumerate() {
            given.iter().for_each(|label| counts.labels[*label] += 1.0);
            for &(column, value) in rows.row(row) {
                let column = column as usize;
                counts.examples[column] += 1.0;
                counts.values[column] += value;
                given.iter().for_each(|label| counts.with_label[column * labels + label] += 1.0);
            }
        }
        counts
    }

    fn prior(&self, column: usize, label: usize) -> f32 {
        if column == 0 {
            return 1.0;
        }
        let (examples, share) = (self.examples[column], self.labels[label] / self.rows);
        let expected = examples * share;
        let found = self.with_label[column * self.labels.len() + label];
        let z = (found - expected) / (expected * (1.0 - share) + 0.5).sqrt();
        (z.abs() / 4.0).clamp(0.1, 3.0)
    }
}

/// Fits a table of weights. `given` holds the labels of each text.
pub(super) fn fit(sketches: &[&Sketch], given: &[&[usize]], labels: usize, recipe: &Recipe) -> Table {
    let columns = Columns::choose(sketches, recipe.blocks);
    let rows = columns.rows(sketches, recipe.blocks);
    let counts = Counts::of(&rows, given, labels);
    let first = recipe.solve(&rows, &columns, given, labels, |column, label| counts.prior(column, label));

    let width = rows.width();
    let matters: Vec<f32> = (labels..width * labels)
        .into_par_iter()
        .map(|pair| {
            let (column, label) = (pair / labels, pair % labels);
            let examples = counts.examples[column];
            first(column, label).abs() * counts.values[column] / examples * examples.sqrt().sqrt()
        })
        .collect();
    let least = least_of_the_largest(&matters, recipe.weights);
    let stays = |column: usize, label: usize| {
        column == 0 || matters[(column - 1) * labels + label] >= least && least > 0.0
    };
    drop(first);

    // without the columns that no label keeps, the second solution takes a fraction of the time
    let before: Vec<usize> =
        (0..width).filter(|column| (0..labels).any(|label| stays(*column, label))).collect();
    let kept = Columns::of(before[1..].iter().map(|column| columns.hashes[column - 1]).collect());
    let rows = kept.rows(sketches, recipe.blocks);
    let weights = recipe.solve(&rows, &kept, given, labels, |column, label| {
        let column = before[column];
        if stays(column, label) { counts.prior(column, label) } else { 0.0 }
    });
    Table::rounded(&kept.hashes, labels, |column, label| match column {
        0 if recipe.several_labels => weights(0, label) + lenience(counts.labels[label], counts.rows),
        _ => weights(column, label),
    })
}

impl Recipe {
    /// The weight of each column and label: the mean of the machines. Each machine has labels of its own in one problem,
    /// since the solver fits many labels in the time of one.
    fn solve(
        &self,
        rows: &Rows,
        columns: &Columns,
        given: &[&[usize]],
        labels: usize,
        variance: impl Fn(usize, usize) -> f32 + Sync,
    ) -> impl Fn(usize, usize) -> f32 + Sync {
        let machines = self.machines;
        // a column is drawn by its hash, so that the draw does not depend on the other columns
        let drawn = |column: usize, machine: usize| match column {
            0 => 1.0,
            // twice the variance makes up for the columns that are left out
            _ => 2.0 * (mixed(machine as u64, &[u64::from(columns.hashes[column - 1])]) >> 31) as f32,
        };
        let of_machines = |labels_of_row: &&[usize]| -> Vec<usize> {
            (0..machines).flat_map(|m| labels_of_row.iter().map(move |label| m * labels + label)).collect()
        };
        let given: Vec<Vec<usize>> = given.iter().map(of_machines).collect();
        let weights = self.solver.fit(rows, &given, labels * machines, |column, label| {
            let share = if machines == 1 { 1.0 } else { drawn(column, label / labels) };
            share * variance(column, label % labels)
        });
        move |column, label| {
            let sum: f32 = (0..machines).map(|machine| weights.get(column, machine * labels + label)).sum();
            sum / machines as f32
        }
    }
}

/// By how much a label may miss the threshold. A machine that makes the fewest errors is too strict for the best F1, whose
/// threshold is half of that F1 as a probability (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers
/// to Maximize F1 Measure", ECML PKDD 2014), and the rarer a label, the stricter it is. Thresholds fitted to each label
/// by inner folds did worse on other States than this one rule. The exact numbers hardly matter: with each of the two a
/// fifth higher or lower, micro-F1 stays within 0.0002 and macro-F1 within 0.0011.
fn lenience(with_label: f32, examples: f32) -> f32 {
    let rare = (100.0 / with_label.max(1.0)).sqrt().min(1.0);
    0.05 + 0.25 * rare * (1.0 - 2.0 * with_label / examples.max(1.0)).max(0.0)
}

/// The smallest of the `number` largest values.
fn least_of_the_largest(values: &[f32], number: usize) -> f32 {
    match values.len().checked_sub(number) {
        None | Some(0) => f32::MIN_POSITIVE,
        Some(_) if number == 0 => f32::INFINITY,
        Some(at) => *values.to_vec().select_nth_unstable_by(at, f32::total_cmp).1,
    }
}
