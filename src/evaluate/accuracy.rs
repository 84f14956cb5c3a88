//! Agreement over one category, such as the action category from 1 to 5: what a recommendation should have, and
//! what it was given. The counterpart of [`agreement`](super::agreement) for sets of labels.

use super::Figures;
use super::agreement::share;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How far the category given agrees with the category expected, over any number of recommendations.
///
/// It holds counts only, so parts [merge](Accuracy::merge) to the whole in any order, and it is a serde value.
///
/// # Example
///
/// ```
/// use upr::evaluate::Accuracy;
///
/// // the action category expected, and the one given; none where nothing could be said
/// let accuracy = Accuracy::of([(5_u8, Some(5)), (4, Some(5)), (4, Some(4)), (2, None)]);
/// assert_eq!(accuracy.accuracy(), 0.5);
/// assert_eq!(accuracy.count(&4, Some(&5)), 1);
/// assert_eq!(accuracy.category(&4).recall, 0.5);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "C: Ord + Deserialize<'de>", serialize = "C: Serialize"))]
pub struct Accuracy<C> {
    // JSON knows no keys but text, so pairs are stored as a list
    #[serde(with = "super::pairs")]
    pairs: BTreeMap<(C, Option<C>), u64>,
}

impl<C> Default for Accuracy<C> {
    fn default() -> Accuracy<C> {
        Accuracy { pairs: BTreeMap::new() }
    }
}

impl<C: Ord + Clone> Accuracy<C> {
    /// An accuracy over nothing, to add to.
    ///
    /// # Example
    ///
    /// ```
    /// let accuracy = upr::evaluate::Accuracy::<u8>::new();
    /// assert_eq!((accuracy.recommendations(), accuracy.accuracy()), (0, 0.0));
    /// ```
    pub fn new() -> Accuracy<C> {
        Accuracy::default()
    }

    /// Counts pairs: for each recommendation the category expected, and the category given, if any.
    ///
    /// # Example
    ///
    /// ```
    /// let accuracy = upr::evaluate::Accuracy::of([("specific", Some("specific")), ("general", None)]);
    /// assert_eq!(accuracy.recommendations(), 2);
    /// ```
    pub fn of(pairs: impl IntoIterator<Item = (C, Option<C>)>) -> Accuracy<C> {
        let mut accuracy = Accuracy::new();
        pairs.into_iter().for_each(|(expected, given)| accuracy.add(expected, given));
        accuracy
    }

    /// Counts one recommendation more. One that was given nothing counts as wrong.
    pub fn add(&mut self, expected: C, given: Option<C>) {
        *self.pairs.entry((expected, given)).or_insert(0) += 1;
    }

    /// Adds what another accuracy counted, of other recommendations.
    pub fn merge(&mut self, other: Accuracy<C>) {
        for (pair, count) in other.pairs {
            *self.pairs.entry(pair).or_insert(0) += count;
        }
    }

    /// The recommendations compared.
    pub fn recommendations(&self) -> u64 {
        self.pairs.values().sum()
    }

    /// The share of the recommendations that were given the expected category; 0 of none.
    pub fn accuracy(&self) -> f64 {
        let right: u64 = self.sum(|expected, given| given == Some(expected));
        share(right, self.recommendations())
    }

    /// Cohen's kappa: agreement beyond chance, at most 1. None where it is not defined, since both sides say one
    /// category of every recommendation, or there is none. Where nothing was given counts as a category of its own.
    pub fn kappa(&self) -> Option<f64> {
        let all = i128::from(self.recommendations());
        let right = i128::from(self.sum(|expected, given| given == Some(expected)));
        let by = |of: &C| {
            let expected = self.sum(|expected, _| expected == of);
            let given = self.sum(|_, given| given == Some(of));
            i128::from(expected) * i128::from(given)
        };
        let chance: i128 = self.categories().into_iter().map(by).sum();
        let beyond = all * all - chance;
        (beyond != 0).then(|| (all * right - chance) as f64 / beyond as f64)
    }

    /// The figures of one category: of those given it how many should have it, and the other way round.
    pub fn category(&self, category: &C) -> Figures {
        let expected = self.sum(|expected, _| expected == category);
        let given = self.sum(|_, given| given == Some(category));
        let right = self.count(category, Some(category));
        Figures::new(expected, given, right)
    }

    /// The mean of the categories' F1: each category that was expected or given weighs the same, however rare.
    pub fn macro_f1(&self) -> f64 {
        let categories = self.categories();
        let mean = |sum: f64| sum / categories.len().max(1) as f64;
        mean(categories.iter().map(|category| self.category(category).f1).sum())
    }

    /// The categories that were expected or given, in their order.
    pub fn categories(&self) -> BTreeSet<&C> {
        let expected = self.pairs.keys().map(|(expected, _)| expected);
        expected.chain(self.pairs.keys().filter_map(|(_, given)| given.as_ref())).collect()
    }

    /// The recommendations that should have the one category and were given the other, or none.
    pub fn count(&self, expected: &C, given: Option<&C>) -> u64 {
        self.pairs.get(&(expected.clone(), given.cloned())).copied().unwrap_or(0)
    }

    /// All pairs that occurred, expected and given, with the number of their recommendations.
    pub fn iter(&self) -> impl Iterator<Item = (&C, Option<&C>, u64)> {
        self.pairs.iter().map(|((expected, given), count)| (expected, given.as_ref(), *count))
    }

    fn sum(&self, where_so: impl Fn(&C, Option<&C>) -> bool) -> u64 {
        self.iter().filter(|(expected, given, _)| where_so(expected, *given)).map(|(_, _, count)| count).sum()
    }
}
