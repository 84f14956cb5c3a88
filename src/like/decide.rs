//! Whether a recommendation takes up an ask: what both are compared by, and the weights of it; the page of [`like`](super) says
//! what each is. Whole numbers, in thousandths.

use super::meaning::Meaning;
use crate::files::bundled::bundled_rows;
use std::sync::OnceLock;

/// What is compared, in the order of [`measures`]. `weights.csv` has a weight for each, learned by `tests/gold/weights.py`.
pub(super) const MEASURES: [&str; 12] = [
    "asked-covered",
    "asked-covered-closely",
    "other-covered-closely",
    "same-words",
    "direction",
    "themes",
    "some-issue-shared",
    "issues-missing",
    "score",
    "stands-out",
    "behind-the-sixth",
    "demand",
];

/// Words of a nearness below this, in thousandths, have nothing to do with each other.
const NEAR: i64 = 300;

/// From this nearness on, words are of one meaning rather than of one theme.
const CLOSE: i64 = 550;

/// What each recommendation of the list is compared by with an ask.
pub(super) struct Stands {
    pub(super) score: i64,
    pub(super) direction: i64,
    pub(super) themes: i64,
    /// How many standard deviations these three are above the mean of the list, on average, in thousandths.
    pub(super) out: i64,
    /// The same of the sixth best of the list.
    pub(super) sixth: i64,
    /// How many issues of the ask the recommendation has, and how many the ask has.
    pub(super) issues: [i64; 2],
}

/// How many standard deviations each is above the mean, in thousandths.
pub(super) fn standing_out(values: &[i64]) -> Vec<i64> {
    let count = values.len() as i128;
    let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let squares: i128 = values.iter().map(|value| i128::from(*value).pow(2)).sum();
    let spread = (count * squares - sum * sum).max(0).isqrt() as i64;
    // a value is at most 10,000, so that this is exact for a hundred million recommendations
    let (count, sum) = (count as i64, sum as i64);
    let one = |value: &i64| if spread == 0 { 0 } else { (value * count - sum) * 1000 / spread };
    values.iter().map(one).collect()
}

/// What `weights.csv` has weights for.
pub(super) fn measures(ask: &Meaning, other: &Meaning, stands: &Stands) -> [i64; MEASURES.len()] {
    let mut nearest_of_other = vec![0_i64; other.words.len()];
    let (mut asked, mut same) = ([0_i64; 2], 0);
    for word in &ask.words {
        let mut nearest = 0;
        for (other, nearest_of_other) in other.words.iter().zip(&mut nearest_of_other) {
            let near = word.near(other);
            nearest = nearest.max(near);
            *nearest_of_other = near.max(*nearest_of_other);
        }
        for (sum, from) in asked.iter_mut().zip([NEAR, CLOSE]) {
            *sum += above(nearest, from) * word.asked;
        }
        same += if nearest == 1000 { 1000 * word.asked } else { 0 };
    }
    let all_asked = ask.words.iter().map(|word| word.asked).sum::<i64>().max(1);
    let all_other = other.words.iter().map(|word| word.asked).sum::<i64>().max(1);
    let of_other =
        nearest_of_other.iter().zip(&other.words).map(|(near, word)| above(*near, CLOSE) * word.asked);
    let [shared, issues] = stands.issues;
    [
        asked[0] / all_asked,
        asked[1] / all_asked,
        of_other.sum::<i64>() / all_other,
        same / all_asked,
        stands.direction,
        stands.themes,
        shared.min(1) * 1000,
        (issues - shared) * 1000,
        // 0.14 becomes 1.12: the difference between 0 and 0.1 matters more than that between 0.3 and 0.4
        (stands.score * 900).max(0).isqrt(),
        stands.out,
        stands.out - stands.sixth,
        ask.words.iter().map(|word| word.demanded).sum(),
    ]
}

/// What is left of a nearness above `from`, in thousandths.
fn above(near: i64, from: i64) -> i64 {
    (near - from).max(0) * 1000 / (1000 - from)
}

/// The weights, in thousandths, and what is added to their sum.
pub(super) fn weights() -> &'static ([i64; MEASURES.len()], i64) {
    static WEIGHTS: OnceLock<([i64; MEASURES.len()], i64)> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let (mut weights, mut added) = ([0; MEASURES.len()], 0);
        for [measure, weight] in bundled_rows(include_str!("weights.csv")) {
            let weight = weight.parse().unwrap_or_default();
            match MEASURES.iter().position(|name| *name == measure) {
                Some(at) => weights[at] = weight,
                None => added = weight,
            }
        }
        (weights, added)
    })
}

/// How far the measures speak for it that the ask is taken up, in thousandths: above zero rather than not.
pub(super) fn decide(measures: &[i64; MEASURES.len()]) -> i64 {
    let (weights, added) = weights();
    weights.iter().zip(measures).map(|(weight, measure)| weight * measure).sum::<i64>() / 1000 + added
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_out_is_counted_in_standard_deviations() {
        assert_eq!(standing_out(&[1, 1, 1, 1, 6]), [-500, -500, -500, -500, 2000]);
        assert_eq!(standing_out(&[7, 7]), [0, 0]);
        assert_eq!(standing_out(&[]), [0; 0]);
    }

    #[test]
    fn nearness_counts_from_where_it_means_something() {
        assert_eq!(
            [above(1000, CLOSE), above(775, CLOSE), above(550, CLOSE), above(0, CLOSE)],
            [1000, 500, 0, 0]
        );
    }

    #[test]
    fn each_measure_has_a_weight() {
        let table: Vec<[&str; 2]> = bundled_rows(include_str!("weights.csv")).collect();
        let names: Vec<&str> = table.iter().map(|[name, _]| *name).collect();
        assert_eq!(names, [&MEASURES[..], &["added"]].concat());
        assert!(table.iter().all(|[_, weight]| weight.parse::<i64>().is_ok()));
        assert_eq!(decide(&[0; MEASURES.len()]), weights().1);
    }
}
