//! The solver under the models: many two-class linear support vector machines at once, one for each label.
//!
//! Rows are texts and columns are features; a row has a label or not. For each label `l` the weights `w` minimise
//!
//! ```text
//! 1/2 * sum over columns of w[c]^2 / variance(c, l)  +  cost * sum over rows of max(0, 1 - y * score)^2
//! ```
//!
//! where `score` is the sum of `value * w[column]` over the row, and `y` is 1 on the label's rows and -1 on all
//! others (one against the rest). It is the squared hinge of scikit-learn's `LinearSVC` and LIBLINEAR's solver 1, with
//! a prior variance for each column and label: 1 everywhere is the plain machine, 0 excludes a column, and more than
//! 1 allows it larger weights. There is no intercept; a column of ones serves as one, regularised like the others.
//!
//! The method is dual coordinate descent (Hsieh and others, "A Dual Coordinate Descent Method for Large-scale
//! Linear SVM", ICML 2008, algorithm 1 without shrinking). The order of the rows depends only on the seed
//! and the pass, and labels do not depend on each other, so the weights are the same bits on any number of threads.
//!
//! For classes that exclude each other, each row has one label and the largest score decides.

use rayon::prelude::*;

/// Labels are fitted in groups of this many: sixteen `f32` fill a cache line.
pub(crate) const LANES: usize = 16;

type Lane = [f32; LANES];

/// Sparse rows: for each text the columns that it has, and their values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    width: usize,
    ends: Vec<usize>,
    cells: Vec<(u32, f32)>,
}

impl Rows {
    /// No rows yet, of columns `0..width`.
    pub(crate) fn new(width: usize) -> Rows {
        Rows { width, ends: Vec::new(), cells: Vec::new() }
    }

    /// Adds a row. A column that is out of bounds is left out.
    pub(crate) fn push(&mut self, row: &[(u32, f32)]) {
        self.cells.extend(row.iter().filter(|(column, _)| (*column as usize) < self.width));
        self.ends.push(self.cells.len());
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The columns of a row, and their values.
    pub(crate) fn row(&self, row: usize) -> &[(u32, f32)] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start..self.ends[row]]
    }
}

/// How to fit; see the page of this module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Solver {
    /// What a row on the wrong side costs, against the size of the weights. Between 0.1 and 1 for texts.
    pub(crate) cost: f32,
    /// How often all rows are visited. Eight are enough for texts; an exact solution takes a hundred.
    pub(crate) passes: usize,
    /// Decides the order in which rows are visited.
    pub(crate) seed: u64,
}

/// A weight for each column and label.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Weights {
    groups: Vec<Vec<Lane>>,
}

impl Weights {
    /// The weight of a column for a label.
    pub(crate) fn get(&self, column: usize, label: usize) -> f32 {
        self.groups[label / LANES][column][label % LANES]
    }
}

/// A column's weights and prior variances side by side, since they are needed together.
#[derive(Clone, Copy)]
struct Column {
    weight: Lane,
    variance: Lane,
}

impl Solver {
    /// Fits the weights of `labels` labels. `given` holds the labels of each row;
    /// `variance(column, label)` is the prior variance, 0 or more.
    pub(crate) fn fit<S: AsRef<[usize]> + Sync>(
        &self,
        rows: &Rows,
        given: &[S],
        labels: usize,
        variance: impl Fn(usize, usize) -> f32 + Sync,
    ) -> Weights {
        let groups = (0..labels.div_ceil(LANES)).into_par_iter();
        let groups = groups.map(|group| {
            let first = group * LANES;
            let here = first..labels.min(first + LANES);
            // one bit for each label of the group
            let positive: Vec<u16> = given
                .iter()
                .map(|given| {
                    let inside = given.as_ref().iter().filter(|label| here.contains(label));
                    inside.fold(0, |bits, label| bits | 1 << (label - first))
                })
                .collect();
            let mut columns = vec![Column { weight: [0.0; LANES], variance: [0.0; LANES] }; rows.width()];
            for (index, column) in columns.iter_mut().enumerate() {
                for label in here.clone() {
                    column.variance[label - first] = variance(index, label).max(0.0);
                }
            }
            self.descend(rows, &positive, &mut columns);
            columns.into_iter().map(|column| column.weight).collect()
        });
        Weights { groups: groups.collect() }
    }

    fn descend(&self, rows: &Rows, positive: &[u16], columns: &mut [Column]) {
        let diagonal = 1.0 / (2.0 * self.cost);
        let mut curvature = vec![[diagonal; LANES]; rows.len()];
        for (index, curvature) in curvature.iter_mut().enumerate() {
            for &(column, value) in rows.row(index) {
                add(curvature, value * value, &columns[column as usize].variance);
            }
        }
        let mut dual = vec![[0.0f32; LANES]; rows.len()];
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        for pass in 0..self.passes {
            shuffle(&mut order, self.seed.wrapping_add(pass as u64));
            for &index in &order {
                let index = index as usize;
                let row = rows.row(index);
                let scores = score(row, |column| &columns[column].weight);
                let mut step = [0.0f32; LANES];
                let mut moved = false;
                for lane in 0..LANES {
                    let y = if positive[index] >> lane & 1 == 1 { 1.0 } else { -1.0 };
                    let before = dual[index][lane];
                    let gradient = y * scores[lane] - 1.0 + diagonal * before;
                    let after = (before - gradient / curvature[index][lane]).max(0.0);
                    dual[index][lane] = after;
                    step[lane] = (after - before) * y;
                    moved |= after != before;
                }
                if moved {
                    for &(column, value) in row {
                        let column = &mut columns[column as usize];
                        let moves =
                            step.iter().zip(&column.variance).map(|(step, variance)| step * value * variance);
                        column.weight.iter_mut().zip(moves).for_each(|(weight, by)| *weight += by);
                    }
                }
            }
        }
    }
}

fn score<'w>(row: &[(u32, f32)], weight: impl Fn(usize) -> &'w Lane) -> Lane {
    let mut scores = [0.0; LANES];
    for &(column, value) in row {
        add(&mut scores, value, weight(column as usize));
    }
    scores
}

fn add(to: &mut Lane, factor: f32, values: &Lane) {
    for lane in 0..LANES {
        to[lane] += factor * values[lane];
    }
}

/// Fisher and Yates, with numbers by Marsaglia's xorshift: the same on every machine and in every version.
fn shuffle(order: &mut [u32], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for end in (1..order.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(end, ((state >> 11) % (end as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests;
