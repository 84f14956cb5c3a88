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
//! parts, in threads or on several machines; [`read::engines`](crate::read::engines) shows how. As JSON a tally is
//! its dimensions, the total, and the cells that occur with their counts, in the order of their categories:
//!
//! ```
//! # use upr::Tally;
//! let json = r#"{"dimensions":["issue","regional_group"],
//!   "total":{"recommendations":2,"recommendation_x_state":3},
//!   "cells":[[["housing","Africa"],{"recommendations":1,"recommendation_x_state":2}],
//!            [["icc","WEOG"],{"recommendations":1,"recommendation_x_state":1}]]}"#;
//! let mut tally: Tally = serde_json::from_str(json)?;
//! tally.merge(tally.clone())?;
//! assert_eq!(tally.count(&["housing", "Africa"]).recommendation_x_state, 4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod count;
mod dimension;
mod positions;
mod unit;

pub use crate::codebook::UNTAGGED;
pub(crate) use dimension::NAMELESS;
pub use dimension::{Dimension, NO_ORGANISATION, NOT_CODED, NOT_GIVEN, UNKNOWN};
pub(crate) use positions::in_order;
pub use positions::{CategoryCount, PositionCounts};
pub use unit::{Count, Unit};

use crate::Result;
use crate::aspect::Codebooks;
use crate::error::Error;
use crate::tag::CodedRecommendation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The categories of one cell, in the order of the tally's dimensions.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Dimension, Tagger, Tally};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::Issue, Dimension::Position]);
/// let cell: upr::tally::Cell = vec!["climate-action".into(), "supported".into()];
/// assert_eq!(tally.count(&cell).recommendations, 5);
/// # Ok::<(), upr::Error>(())
/// ```
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
#[serde(try_from = "Stored")]
pub struct Tally {
    dimensions: Vec<Dimension>,
    total: Count,
    // JSON knows no keys but text, so cells are stored as a list
    #[serde(serialize_with = "cells::serialize")]
    cells: BTreeMap<Cell, Count>,
}

impl Tally {
    /// A tally of nothing, to add to.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, Tally, Unit};
    ///
    /// let tally = Tally::new(&[Dimension::Issue]);
    /// assert_eq!(tally.total().of(Unit::Recommendations), 0);
    /// ```
    pub fn new(dimensions: &[Dimension]) -> Tally {
        Tally { dimensions: dimensions.to_vec(), total: Count::default(), cells: BTreeMap::new() }
    }

    /// Counts recommendations: a list, or the part of one that passes a filter.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let noted = upr::filter::Filter::parse("position=noted")?.select(&coded.recommendations, &tagger)?;
    /// let tally = Tally::of(noted, &[Dimension::RecommendingState]);
    /// assert_eq!(tally.count(&["Norway"]).recommendations, 1);
    /// assert_eq!(tally.count(&["Germany"]).recommendations, 0); // what it recommended was supported
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
        dimensions: &[Dimension],
    ) -> Tally {
        let mut tally = Tally::new(dimensions);
        tally.extend(recommendations);
        tally
    }

    /// Counts one recommendation more. Many at once are counted faster by [`extend`](Extend::extend).
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let mut tally = Tally::new(&[Dimension::RegionalGroup]);
    /// tally.add(&coded.recommendations[0]); // by Fiji and New Zealand
    /// assert_eq!((tally.count(&["Asia"]).recommendations, tally.count(&["WEOG"]).recommendations), (1, 1));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn add(&mut self, coded: &CodedRecommendation) {
        self.extend([coded]);
    }

    /// Adds what another tally counted.
    ///
    /// # Errors
    ///
    /// A tally over other dimensions.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let (first, second) = coded.recommendations.split_at(5);
    /// let mut tally = Tally::of(first, &[Dimension::Issue]);
    /// tally.merge(Tally::of(second, &[Dimension::Issue]))?;
    /// assert_eq!(tally, Tally::of(&coded.recommendations, &[Dimension::Issue]));
    /// assert!(tally.merge(Tally::new(&[Dimension::Theme])).is_err());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn merge(&mut self, other: Tally) -> Result<()> {
        if other.dimensions != self.dimensions {
            let names = |tally: &Tally| -> String {
                tally.dimensions.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(" and ")
            };
            let expected = format!("one over {}", names(self));
            return Err(Error::mismatch("tally", format!("one over {}", names(&other)), expected));
        }
        self.total += other.total;
        self.take(other.cells);
        Ok(())
    }

    fn take(&mut self, cells: BTreeMap<Cell, Count>) {
        if self.cells.is_empty() {
            self.cells = cells;
            return;
        }
        for (cell, count) in cells {
            *self.cells.entry(cell).or_default() += count;
        }
    }

    /// Adds a cell of zero for each category that the codebooks or the UN know and nobody mentioned: issues,
    /// themes, codes of aspects, regional groups (the observers' only where they occur), positions. Over the other dimensions the
    /// categories are those that occur.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded.recommendations, &[Dimension::Position]);
    /// assert_eq!(tally.iter().count(), 2); // supported and noted,
    /// assert_eq!(tally.with_zeros(&tagger).iter().count(), 4); // and nothing in part, nothing pending
    /// # Ok::<(), upr::Error>(())
    /// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, Tally};
    ///
    /// let tally = Tally::new(&[Dimension::Issue, Dimension::Cycle]);
    /// assert_eq!(tally.dimensions(), [Dimension::Issue, Dimension::Cycle]);
    /// ```
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// All that was counted, each recommendation once.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let total = Tally::of(&coded.recommendations, &[Dimension::Issue]).total();
    /// assert_eq!((total.recommendations, total.recommendation_x_state), (12, 13));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn total(&self) -> Count {
        self.total
    }

    /// The count of one cell; zero for one that never occurred.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally, Unit};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded.recommendations, &[Dimension::Issue, Dimension::Position]);
    /// assert_eq!(tally.count(&["untagged", "noted"]).of(Unit::Recommendations), 3);
    /// assert_eq!(tally.count(&["climate-action", "noted"]).of(Unit::Recommendations), 0);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn count<S: AsRef<str>>(&self, cell: &[S]) -> Count {
        let cell: Cell = cell.iter().map(|category| Arc::from(category.as_ref())).collect();
        self.cells.get(&cell).copied().unwrap_or_default()
    }

    /// The cells in the order of their categories.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded.recommendations, &[Dimension::Position]);
    /// let cells: Vec<(&str, u64)> = tally.iter().map(|(cell, count)| (&*cell[0], count.recommendations)).collect();
    /// assert_eq!(cells, [("noted", 3), ("supported", 9)]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&[Arc<str>], Count)> {
        self.cells.iter().map(|(cell, count)| (cell.as_slice(), *count))
    }

    /// The cells by count, the largest first; equal ones in the order of their categories.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally, Unit};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded.recommendations, &[Dimension::RegionalGroup]);
    /// let (cell, count) = tally.largest_first(Unit::RecommendationXState)[0];
    /// assert_eq!((&*cell[0], count.recommendation_x_state), ("WEOG", 6));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn largest_first(&self, unit: Unit) -> Vec<(&[Arc<str>], Count)> {
        let mut cells: Vec<_> = self.iter().collect();
        cells.sort_by_key(|(_, count)| std::cmp::Reverse(count.of(unit)));
        cells
    }
}

/// Counts recommendations more, such as the next part of a list that is read in [parts](crate::read::Reader::reviews).
impl<'r> Extend<&'r CodedRecommendation> for Tally {
    fn extend<T: IntoIterator<Item = &'r CodedRecommendation>>(&mut self, recommendations: T) {
        let mut counter = count::Counter::new(&self.dimensions);
        recommendations.into_iter().for_each(|recommendation| counter.add(recommendation));
        let (total, cells) = counter.finish();
        self.total += total;
        self.take(cells);
    }
}

/// A tally as it was stored, by this program or by another one.
#[derive(Deserialize)]
struct Stored {
    dimensions: Vec<Dimension>,
    total: Count,
    cells: Vec<(Cell, Count)>,
}

impl TryFrom<Stored> for Tally {
    type Error = String;

    fn try_from(stored: Stored) -> std::result::Result<Tally, String> {
        let Stored { dimensions, total, cells } = stored;
        let mut tally = Tally { total, ..Tally::new(&dimensions) };
        for (cell, count) in cells {
            if cell.len() != dimensions.len() {
                let (found, expected) = (cell.len(), dimensions.len());
                return Err(format!(
                    "found a cell of {found} categories, expected {expected}, one for each dimension"
                ));
            }
            *tally.cells.entry(cell).or_default() += count;
        }
        Ok(tally)
    }
}

mod cells {
    use super::{Cell, Count};
    use serde::{Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<S: Serializer>(cells: &BTreeMap<Cell, Count>, to: S) -> Result<S::Ok, S::Error> {
        cells.iter().collect::<Vec<_>>().serialize(to)
    }
}
