//! The solver against scikit-learn, and the same weights on any number of threads.

use super::*;

type Problem = (Rows, Vec<Vec<usize>>);

/// Whether the prior variances hold, the cost, the label, and its weights.
type Solution = (bool, f32, usize, Vec<f32>);

/// `fixtures/oracles/solver.csv`, written by the script beside it.
fn oracle() -> (Problem, Vec<f32>, Vec<Solution>) {
    let numbers = |text: &str| -> Vec<f32> {
        text.split(' ').map(|number| number.parse().expect("a number")).collect()
    };
    let (mut rows, mut stands, mut variances, mut weights) =
        (Rows::new(12), Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("../../../fixtures/oracles/solver.csv").lines() {
        match line.split(',').collect::<Vec<_>>().as_slice() {
            ["row", labels, cells] => {
                let cells: Vec<(u32, f32)> = cells
                    .split(' ')
                    .map(|cell| {
                        let (column, value) = cell.split_once(':').expect("column and value");
                        (column.parse().expect("a column"), value.parse().expect("a value"))
                    })
                    .collect();
                rows.push(&cells);
                stands.push(labels.split_whitespace().map(|label| label.parse().expect("a label")).collect());
            }
            ["variance", given] => variances = numbers(given),
            ["weights", name, cost, label, given] => weights.push((
                *name == "prior",
                cost.parse().expect("a cost"),
                label.parse().expect("a label"),
                numbers(given),
            )),
            other => panic!("{other:?}"),
        }
    }
    ((rows, stands), variances, weights)
}

#[test]
fn weights_are_those_of_scikit_learn() {
    let ((rows, stands), variances, expected) = oracle();
    assert_eq!((rows.len(), expected.len()), (60, 12));
    for (prior, cost, label, expected) in expected {
        let solver = Solver { cost, passes: 300, seed: 7 };
        let weights = solver.fit(&rows, &stands, 3, |column, _| if prior { variances[column] } else { 1.0 });
        for (column, expected) in expected.iter().enumerate() {
            let weight = weights.get(column, label);
            assert!(
                (weight - expected).abs() < 1e-3,
                "cost {cost}, label {label}, column {column}: {weight} against {expected}"
            );
        }
    }
}

/// Forty labels are three groups, the last of them not full.
fn many_labels() -> Problem {
    let mut rows = Rows::new(50);
    let mut stands = Vec::new();
    for row in 0..200usize {
        let cells: Vec<(u32, f32)> = (0..50)
            .filter(|column| (row * 31 + column * 17) % 7 == 0)
            .map(|column| (column as u32, 0.1 + (column % 5) as f32))
            .collect();
        rows.push(&cells);
        stands.push((0..40).filter(|label| (row + label * 3) % 11 == 0).collect());
    }
    (rows, stands)
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (rows, stands) = many_labels();
    let solver = Solver { cost: 0.5, passes: 10, seed: 3 };
    let fit = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| solver.fit(&rows, &stands, 40, |column, label| (1 + (column + label) % 3) as f32))
    };
    let one = fit(1);
    assert_eq!(one, fit(2));
    assert_eq!(one, fit(8));
    let other = Solver { seed: 4, ..solver }.fit(&rows, &stands, 40, |_, _| 1.0);
    assert_ne!(one, other, "the weights do change");
}

#[test]
fn a_column_without_variance_has_no_weight() {
    let (rows, stands) = many_labels();
    let solver = Solver { cost: 0.5, passes: 10, seed: 3 };
    let weights =
        solver.fit(&rows, &stands, 40, |column, label| if column == 3 && label == 39 { 0.0 } else { 1.0 });
    assert_eq!(weights.get(3, 39), 0.0);
    assert_ne!(weights.get(3, 38), 0.0);
}

#[test]
fn an_empty_problem_is_solved_too() {
    let solver = Solver { cost: 0.5, passes: 2, seed: 0 };
    assert_eq!(solver.fit(&Rows::new(0), &Vec::<Vec<usize>>::new(), 0, |_, _| 1.0), Weights::default());
    let mut rows = Rows::new(2);
    rows.push(&[(1, 1.0), (2, 1.0)]);
    rows.push(&[]);
    assert_eq!(rows.row(0), [(1, 1.0)], "a column out of bounds is left out");
    assert!(rows.row(1).is_empty());
    let weights = solver.fit(&rows, &[vec![0], vec![]], 1, |_, _| 1.0);
    assert!(weights.get(1, 0) > 0.0 && weights.get(0, 0) == 0.0);
}
