//! Counts coded recommendations, always by a named unit.
//!
//! A [`Tally`] counts over one [`Dimension`] or over several at once (a cross-tabulation). Each cell holds a
//! [`Count`] with both units:
//!
//! - **recommendations**: one for each recommendation, however many States made it together;
//! - **recommendation x recommending State**: one for each State that made it, as UPR Info counts.
//!
//! # What sums up to what
//!
//! A recommendation has as many issues as it is about, so the cells over issues add up to more than the list;
//! so do themes, the codes of an [aspect](crate::aspect), and organisations, for a State belongs to several. A
//! joint recommendation stands, as one recommendation, in the cell of each State and each regional group that
//! made it; its pairs are split among them, so over recommending States and regional groups the *pairs* add up
//! to the pairs of the list. Over all other dimensions both units add up. [`Tally::total`] is the list itself,
//! each recommendation once.
//!
//! What is missing has a name: [`UNTAGGED`] for a recommendation without issue, or without a code of the aspect;
//! [`NOT_CODED`] along an aspect that the tagger was not told to code; [`NOT_GIVEN`] where the source is silent;
//! [`UNKNOWN`] for the group of a State that no table has; [`NO_ORGANISATION`] for a State in none. Names of
//! States and wordings of positions that are not known stand as they were given.
//!
//! Partial tallies [merge](Tally::merge) in any order, and are serde values, so that a list may be counted in
//! parts, in threads or on several machines.

mod dimension;
mod positions;

pub use crate::codebook::UNTAGGED;
pub(crate) use dimension::NAMELESS;
pub use dimension::{Dimension, NO_ORGANISATION, NOT_CODED, NOT_GIVEN, UNKNOWN};
pub(crate) use positions::in_order;
pub use positions::{CategoryCount, PositionCounts};

use crate::Result;
use crate::aspect::Codebooks;
use crate::error::{Error, Place};
use crate::tag::CodedRecommendation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Recommendations: a joint one counts once.
    Recommendations,
    /// Recommendation x recommending State: a joint one counts once for each State.
    RecommendationXState,
}

impl Unit {
    /// `recommendations`, or `recommendation x recommending State`.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Recommendations => "recommendations",
            Unit::RecommendationXState => "recommendation x recommending State",
        }
    }
}

/// A count by both units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Count {
    /// Recommendations.
    pub recommendations: u64,
    /// Recommendation x recommending State.
    pub recommendation_x_state: u64,
}

impl Count {
    /// The count by one unit.
    pub fn of(self, unit: Unit) -> u64 {
        match unit {
            Unit::Recommendations => self.recommendations,
            Unit::RecommendationXState => self.recommendation_x_state,
        }
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.recommendations += other.recommendations;
        self.recommendation_x_state += other.recommendation_x_state;
    }
}

/// The categories of one cell, in the order of the tally's dimensions.
pub type Cell = Vec<Arc<str>>;

/// Counts over one or several dimensions.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, Unit};
///
/// let list = upr::read::path("fixtures/usa-2020.csv")?;
/// let coded = Tagger::new(Codebook::core())?.tag_list(list);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::Issue, Dimension::RegionalGroup]);
///
/// let count = tally.count(&["death-penalty", "WEOG"]);
/// assert!(count.of(Unit::Recommendations) >= 10);
/// assert_eq!(tally.total().of(Unit::Recommendations), 347);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    dimensions: Vec<Dimension>,
    total: Count,
    // JSON knows no keys but text, so cells are stored as a list
    #[serde(with = "cells")]
    cells: BTreeMap<Cell, Count>,
}

impl Tally {
    /// A tally of nothing, to add to.
    pub fn new(dimensions: &[Dimension]) -> Tally {
        Tally { dimensions: dimensions.to_vec(), total: Count::default(), cells: BTreeMap::new() }
    }

    /// Counts recommendations: a list, or the part of one that passes a filter.
    pub fn of<'r>(
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
        dimensions: &[Dimension],
    ) -> Tally {
        let mut tally = Tally::new(dimensions);
        recommendations.into_iter().for_each(|recommendation| tally.add(recommendation));
        tally
    }

    /// Counts one recommendation more.
    pub fn add(&mut self, coded: &CodedRecommendation) {
        let pairs = coded.recommendation.pairs() as u64;
        self.total += Count { recommendations: 1, recommendation_x_state: pairs };
        let mut here: Vec<(Cell, u64)> = Vec::new();
        // without a recommending State there is a recommendation, but no pair
        for state in 0..coded.recommendation.pairs().max(1) {
            let mut cells: Vec<Cell> = vec![Vec::new()];
            for dimension in &self.dimensions {
                let categories = dimension.categories(coded, state);
                cells = cells
                    .into_iter()
                    .flat_map(|cell| {
                        categories.iter().map(move |category| {
                            let mut cell = cell.clone();
                            cell.push(category.clone());
                            cell
                        })
                    })
                    .collect();
            }
            for cell in cells {
                match here.iter_mut().find(|(known, _)| *known == cell) {
                    Some((_, states)) => *states += 1,
                    None => here.push((cell, 1)),
                }
            }
        }
        for (cell, states) in here {
            let recommendation_x_state = states.min(pairs);
            *self.cells.entry(cell).or_default() += Count { recommendations: 1, recommendation_x_state };
        }
    }

    /// Adds what another tally counted.
    ///
    /// # Errors
    ///
    /// A tally over other dimensions.
    pub fn merge(&mut self, other: Tally) -> Result<()> {
        if other.dimensions != self.dimensions {
            let names = |tally: &Tally| -> String {
                tally.dimensions.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(" and ")
            };
            let expected = format!("one over {}", names(self));
            return Err(Error::unexpected(
                Place::file("tally"),
                format!("one over {}", names(&other)),
                expected,
            ));
        }
        self.total += other.total;
        for (cell, count) in other.cells {
            *self.cells.entry(cell).or_default() += count;
        }
        Ok(())
    }

    /// Adds a cell of zero for each category that the codebooks or the UN know and nobody mentioned: issues,
    /// themes, codes of aspects, regional groups (the observers' only where they occur), positions. Over the other dimensions the
    /// categories are those that occur.
    pub fn with_zeros<'c>(mut self, codebooks: impl Into<Codebooks<'c>>) -> Tally {
        let codebooks = codebooks.into();
        let mut cells: Vec<Cell> = vec![Vec::new()];
        for (at, dimension) in self.dimensions.iter().enumerate() {
            let mut categories = dimension.known_categories(codebooks);
            let mut occurring: Vec<Arc<str>> = self.cells.keys().map(|cell| cell[at].clone()).collect();
            occurring.sort_unstable();
            occurring.dedup();
            categories.extend(occurring);
            categories.sort_unstable();
            categories.dedup();
            let extended = |cell: Cell| {
                categories
                    .iter()
                    .map(move |category| [cell.as_slice(), std::slice::from_ref(category)].concat())
            };
            cells = cells.into_iter().flat_map(extended).collect();
        }
        for cell in cells {
            self.cells.entry(cell).or_default();
        }
        self
    }

    /// The dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// All that was counted, each recommendation once.
    pub fn total(&self) -> Count {
        self.total
    }

    /// The count of one cell; zero for one that never occurred.
    pub fn count<S: AsRef<str>>(&self, cell: &[S]) -> Count {
        let cell: Cell = cell.iter().map(|category| Arc::from(category.as_ref())).collect();
        self.cells.get(&cell).copied().unwrap_or_default()
    }

    /// The cells in the order of their categories.
    pub fn iter(&self) -> impl Iterator<Item = (&[Arc<str>], Count)> {
        self.cells.iter().map(|(cell, count)| (cell.as_slice(), *count))
    }

    /// The cells by count, the largest first; equal ones in the order of their categories.
    pub fn largest_first(&self, unit: Unit) -> Vec<(&[Arc<str>], Count)> {
        let mut cells: Vec<_> = self.iter().collect();
        cells.sort_by_key(|(_, count)| std::cmp::Reverse(count.of(unit)));
        cells
    }
}

mod cells {
    use super::{Cell, Count};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<S: Serializer>(cells: &BTreeMap<Cell, Count>, to: S) -> Result<S::Ok, S::Error> {
        cells.iter().collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Cell, Count>, D::Error> {
        Ok(Vec::<(Cell, Count)>::deserialize(from)?.into_iter().collect())
    }
}
