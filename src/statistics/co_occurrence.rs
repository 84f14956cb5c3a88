//! Which issues stand together in one recommendation, more often than by chance.

use super::column::{Column, counted};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use crate::tally::Unit;
use serde::Serialize;
use std::sync::Arc;

/// How often two categories of a dimension stand in one recommendation. Unit: recommendations, each once.
///
/// Over [`Dimension::RecommendingState`] it tells which States make recommendations together.
///
/// # Example
///
/// ```
/// use upr::statistics::CoOccurrence;
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let together = CoOccurrence::of(&coded, Dimension::Issue);
/// let first = &together.pairs[0];
/// println!("{} and {}: {} times, lift {:.1}", first.first, first.second, first.both, first.lift);
/// assert!(first.jaccard > 0.0 && first.jaccard <= 1.0);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoOccurrence {
    /// The dimension.
    pub dimension: Dimension,
    /// How many recommendations there are, those without any of the categories included.
    pub recommendations: u64,
    /// The pairs that occur, the most frequent first; equal ones in the order of the categories in tables.
    /// The first of a pair is the one that comes first there.
    pub pairs: Vec<Together>,
}

/// Two categories in one recommendation.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::{Dimension, statistics::CoOccurrence};
///
/// let pairs = CoOccurrence::of(&coded, Dimension::Issue).pairs;
/// let both = &pairs[0];
/// assert_eq!((&*both.first, &*both.second), ("climate-action", "climate-displacement"));
/// assert_eq!((both.first_count, both.second_count, both.both), (5, 3, 2));
/// assert_eq!((both.lift, both.jaccard), (2.0 * 12.0 / (5.0 * 3.0), 2.0 / 6.0));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// The first category.
    pub first: Arc<str>,
    /// The second category.
    pub second: Arc<str>,
    /// How many recommendations have the first.
    pub first_count: u64,
    /// How many have the second.
    pub second_count: u64,
    /// How many have both.
    pub both: u64,
    /// How many times as often as if they had nothing to do with each other: both × all / (first × second). Of
    /// rare categories it is large by chance.
    pub lift: f64,
    /// Of those that have one of them, the share that has both: both / (first + second - both), from 0 to 1.
    ///
    /// Source: Jaccard, "The Distribution of the Flora in the Alpine Zone", New Phytologist 11 (1912).
    pub jaccard: f64,
}

impl CoOccurrence {
    /// Counts the pairs of categories of a dimension.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, statistics::CoOccurrence};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// // Fiji and New Zealand made one together
    /// let together = CoOccurrence::of(&coded, Dimension::RecommendingState);
    /// assert_eq!((together.recommendations, together.pairs.len()), (12, 1));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>, dimension: Dimension) -> CoOccurrence {
        let list = coded.into();
        let column = Column::of(&list, dimension, false);
        let totals = column.totals(Unit::Recommendations);
        let (mut keys, mut here) = (Vec::new(), Vec::new());
        for recommendation in 0..column.len() {
            column.distinct(recommendation, &mut here);
            for (at, first) in here.iter().enumerate() {
                keys.extend(here[at + 1..].iter().map(|second| (*first, *second)));
            }
        }
        let all = list.len() as f64;
        let together = counted(keys).into_iter().map(|((first, second), both)| {
            let (first, second) = (first as usize, second as usize);
            let (first_count, second_count) = (totals[first], totals[second]);
            Together {
                first: column.categories[first].clone(),
                second: column.categories[second].clone(),
                first_count,
                second_count,
                both,
                lift: both as f64 * all / (first_count as f64 * second_count as f64),
                jaccard: both as f64 / (first_count + second_count - both) as f64,
            }
        });
        let mut pairs: Vec<Together> = together.collect();
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.both));
        CoOccurrence { dimension, recommendations: list.len() as u64, pairs }
    }

    /// A row for each pair, in their order.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, statistics::CoOccurrence};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let table = CoOccurrence::of(&coded, Dimension::RecommendingState).table();
    /// assert_eq!((table.rows[0][0].text(), table.rows[0][1].text()), ("Fiji".into(), "New Zealand".into()));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let name = self.dimension.as_str();
        let mut table = Table::new([
            format!("{name}_1"),
            format!("{name}_2"),
            "count_1".into(),
            "count_2".into(),
            "both".into(),
            "lift".into(),
            "jaccard".into(),
        ]);
        table.rows.extend(self.pairs.iter().map(|pair| {
            vec![
                Cell::from(&pair.first),
                (&pair.second).into(),
                pair.first_count.into(),
                pair.second_count.into(),
                pair.both.into(),
                pair.lift.into(),
                pair.jaccard.into(),
            ]
        }));
        table
    }
}
