//! Learns a [`Model`] from recommendations that were coded by hand.
//!
//! A linear support vector machine for each category against the others is fitted three times: with all features of
//! two texts or more; again, with more room for features that weighed much and less for the others (a step of
//! iteratively reweighted least squares towards few features); and again with the heaviest features only, which is
//! the model.
//!
//! Each fit is the mean of sixteen machines that see half of the features each, drawn anew (feature bagging: Sutton,
//! Sindelar and McCallum, "Reducing Weight Undertraining in Structured Discriminative Learning", NAACL 2006). Where
//! several features say the same, as verbs and the phrases around them do, a single machine leans on those that
//! were surest in its examples; the mean leans on all, and agrees better with the coders on other States: 0.9217 of
//! the rows, where one machine has 0.9191. A mean of linear models is a linear model, so coding takes no longer.
//!
//! The settings were chosen by five folds by State under review, once, and not by category or State.

use super::Example;
use super::features::{Feature, Finder, value};
use super::model::{CATEGORIES, Model, Weights as Bytes, numbers};
use super::rule::Rules;
use super::tokens::Tokens;
use super::verbs::Verbs;
use crate::learn::solver::{Rows, Solver, Weights};
use crate::text::words::Words;
use rayon::prelude::*;

/// The share of errors against the size of weights, in the first fit and in the later ones.
const COSTS: [f32; 2] = [1.0, 0.6];
const PASSES: usize = 8;
/// How many machines are averaged.
const MACHINES: u64 = 16;
/// In how many examples a feature must stand.
const FEWEST: u32 = 2;
/// The (feature, category) pairs that are kept.
const KEPT: usize = 100_000;
/// Bounds of the room of a weight, against the mean of its category.
const ROOM: (f32, f32) = (0.02, 5.0);

/// The features of a text, each once and by its hash, with their values.
pub(crate) type Row = Vec<(u32, f32)>;

pub(crate) fn rows(verbs: &Verbs, examples: &[Example<'_>]) -> Vec<Row> {
    examples
        .par_iter()
        .map_init(<(Words, Tokens, Finder)>::default, |(words, tokens, finder), example| {
            words.split(example.text);
            tokens.fill(words, verbs);
            let rules = Rules { verbs, words, text: tokens };
            finder.find(&rules, rules.decide().as_ref());
            row(&finder.features)
        })
        .collect()
}

fn row(features: &[Feature]) -> Row {
    let numbers = numbers(features);
    let value = |feature: &Feature| {
        let block = usize::from(feature.block);
        (feature.hash, value(block, numbers[block]))
    };
    let mut row: Row = features.iter().map(value).collect();
    row.sort_unstable_by_key(|(hash, _)| *hash);
    row
}

/// Learns from rows and their categories, as places in the scale.
pub(crate) fn train(verbs: &Verbs, rows: &[&Row], categories: &[usize]) -> Model {
    let mut counts: Vec<u32> = rows.iter().flat_map(|row| row.iter().map(|(hash, _)| *hash)).collect();
    counts.par_sort_unstable();
    let mut columns: Vec<(u32, u32)> = counts
        .chunk_by(|one, other| one == other)
        .map(|equal| (equal[0], equal.len() as u32))
        .filter(|(_, number)| *number >= FEWEST)
        .collect();
    let stands: Vec<[usize; 1]> = categories.iter().map(|category| [*category]).collect();
    let table = table(rows, &columns);
    let first = fit(COSTS[0], &table, &columns, &stands, |_, _| 1.0);
    let room = room(&first);
    let variance = |column: usize, category: usize| room[column][category];
    let second = fit(COSTS[1], &table, &columns, &stands, variance);

    let mut importance: Vec<(f32, u32, u8)> = Vec::new();
    let means = mean_values(&table, columns.len());
    for (column, (_, number)) in columns.iter().enumerate() {
        let factor = means[column] * (*number as f32).sqrt().sqrt();
        for (category, weight) in second[column].iter().enumerate() {
            importance.push((weight.abs() * factor, column as u32, category as u8));
        }
    }
    importance.par_sort_unstable_by(|one, other| {
        other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2))
    });
    importance.truncate(KEPT);
    let mut kept = vec![[false; CATEGORIES]; columns.len()];
    for (_, column, category) in importance {
        kept[column as usize][usize::from(category)] = true;
    }
    // only columns that are kept need be looked at again
    let mut left = kept.iter().map(|kept| kept.contains(&true));
    columns.retain(|_| left.next().unwrap_or(false));
    let both: Vec<_> = kept.iter().zip(&room).filter(|(kept, _)| kept.contains(&true)).collect();
    let table = self::table(rows, &columns);
    let variance = |column: usize, category: usize| {
        let (kept, room) = both[column];
        if kept[category] { room[category] } else { 0.0 }
    };
    let third = fit(COSTS[1], &table, &columns, &stands, variance);
    model(verbs, &third, &columns)
}

/// The mean of [`MACHINES`] machines, each with half of the columns; a column is drawn by its hash, not by its place.
fn fit(
    cost: f32,
    table: &Rows,
    columns: &[(u32, u32)],
    stands: &[[usize; 1]],
    variance: impl Fn(usize, usize) -> f32 + Sync,
) -> Vec<[f32; CATEGORIES]> {
    let machine = |seed: u64| {
        let drawn = |(hash, _): &(u32, u32)| {
            let mixed = u64::from(*hash) ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 63 == 1
        };
        let drawn: Vec<u32> =
            (0..).zip(columns).filter(|(_, column)| drawn(column)).map(|(at, _)| at).collect();
        let mut part = Rows::new(drawn.len());
        let mut place = vec![u32::MAX; columns.len()];
        (0..).zip(&drawn).for_each(|(at, column)| place[*column as usize] = at);
        let mut cells = Vec::new();
        for row in 0..table.len() {
            cells.clear();
            cells.extend(table.row(row).iter().map(|(column, value)| (place[*column as usize], *value)));
            // columns that were not drawn are out of its bounds, and left out
            part.push(&cells);
        }
        // twice the room makes up for the columns that are left out
        let variance = |column: usize, category: usize| 2.0 * variance(drawn[column] as usize, category);
        (Solver { cost, passes: PASSES, seed }.fit(&part, stands, CATEGORIES, variance), drawn)
    };
    let machines: Vec<(Weights, Vec<u32>)> = (1..=MACHINES).into_par_iter().map(machine).collect();
    let mut mean = vec![[0.0; CATEGORIES]; columns.len()];
    for (weights, drawn) in machines {
        for (at, column) in drawn.into_iter().enumerate() {
            for (category, mean) in mean[column as usize].iter_mut().enumerate() {
                *mean += weights.get(at, category) / MACHINES as f32;
            }
        }
    }
    mean
}

fn table(rows: &[&Row], columns: &[(u32, u32)]) -> Rows {
    let mut table = Rows::new(columns.len());
    let mut cells = Vec::new();
    for row in rows {
        cells.clear();
        for (hash, value) in row.iter() {
            if let Ok(column) = columns.binary_search_by_key(hash, |(hash, _)| *hash) {
                cells.push((column as u32, *value));
            }
        }
        table.push(&cells);
    }
    table
}

fn room(weights: &[[f32; CATEGORIES]]) -> Vec<[f32; CATEGORIES]> {
    let mean: [f32; CATEGORIES] = std::array::from_fn(|category| {
        let sum: f64 = weights.iter().map(|weights| f64::from(weights[category]).powi(2)).sum();
        ((sum / weights.len().max(1) as f64).sqrt() as f32).max(f32::MIN_POSITIVE)
    });
    let bounded = |weight: f32, category: usize| (weight.abs() / mean[category]).clamp(ROOM.0, ROOM.1);
    weights
        .iter()
        .map(|weights| std::array::from_fn(|category| bounded(weights[category], category)))
        .collect()
}

fn mean_values(table: &Rows, columns: usize) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0u32); columns];
    for row in 0..table.len() {
        for (column, value) in table.row(row) {
            let (sum, number) = &mut sums[*column as usize];
            *sum += value;
            *number += 1;
        }
    }
    sums.into_iter().map(|(sum, number)| sum / number.max(1) as f32).collect()
}

fn model(verbs: &Verbs, weights: &[[f32; CATEGORIES]], columns: &[(u32, u32)]) -> Model {
    let largest = |category: usize| {
        (0..columns.len()).map(|column| weights[column][category].abs()).fold(f32::MIN_POSITIVE, f32::max)
    };
    let scales: [f32; CATEGORIES] = std::array::from_fn(|category| largest(category) / 127.0);
    let features = columns.iter().enumerate().map(|(column, (hash, _))| {
        let bytes: Bytes =
            std::array::from_fn(|category| (weights[column][category] / scales[category]).round() as i8);
        (*hash, bytes)
    });
    Model::new(verbs.hash, scales, &features.collect::<Vec<_>>())
}
