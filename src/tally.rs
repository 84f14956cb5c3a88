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
//! so do themes, the codes of an [aspect](crate::Aspect), and organisations, for a State belongs to several. A
//! joint recommendation counts, as one recommendation, in the cell of each State and each regional group that
//! made it; its pairs are split among them, so over recommending States and regional groups the *pairs* add up
//! to the pairs of the list. Over all other dimensions both units add up. [`Tally::total`] is the list itself,
//! each recommendation once.
//!
//! What is missing has a name: [`UNTAGGED`] for a recommendation without issue, or without a code of the aspect;
//! [`NOT_CODED`] along an aspect that the tagger was not told to code, and with a language in which the codebook has no rules; [`NOT_GIVEN`] where the source is silent;
//! [`UNKNOWN`] for the group of a State that no table has; [`NO_ORGANISATION`] for a State in none. Names of
//! States and wordings of positions that are not known stand as they were given.
//!
//! Partial tallies [merge](Tally::merge) in any order, and are serde values, so that a list may be counted in parts, in
//! threads or on several machines. A tally knows what it was coded with, and refuses to be merged with one that was coded
//! with something else.

mod categories;
mod count;
mod labels;
mod positions;
mod stored;
mod unit;

pub use crate::codebook::{NOT_CODED, UNTAGGED};
pub use categories::{NO_ORGANISATION, NOT_GIVEN, UNKNOWN};
pub(crate) use categories::{is_nameless, nearest, not_coded_in};
pub(crate) use positions::in_order;
pub use positions::{CategoryCount, PositionCounts};
pub use unit::{Count, Unit};

use crate::coded::{CodedBy, Selection};
use crate::dimension::Dimension;
use crate::error::{Error, Result, quoted};
use labels::Labels;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The categories of one cell, in the order of the tally's dimensions.
type Cell = Vec<Arc<str>>;

/// Counts over one or several dimensions.
///
/// # Example
///
/// ```
/// use upr::{Dimension, Tagger, Tally, Unit};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::RegionalGroup]);
///
/// let count = tally.get(["death-penalty", "WEOG"])?;
/// assert!(count.of(Unit::Recommendations) >= 10);
/// assert_eq!(tally.total().of(Unit::Recommendations), 347);
/// # Ok::<(), upr::Error>(())
/// ```
///
/// As JSON a tally is its dimensions, what the list was coded with, the categories that are known beforehand along each
/// dimension, the total, and the cells that occur with their counts, in the order of their categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored")]
pub struct Tally {
    dimensions: Vec<Dimension>,
    coded_by: CodedBy,
    /// The known categories along each dimension.
    categories: Vec<Vec<Arc<str>>>,
    #[serde(skip)]
    labels: Labels,
    total: Count,
    // JSON knows no keys but text, so cells are stored as a list
    #[serde(serialize_with = "stored::cells")]
    cells: BTreeMap<Cell, Count>,
}

impl Tally {
    /// Counts a coded list, or a selection of it.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let noted = coded.filter("position=noted")?;
    /// let tally = Tally::of(&noted, &[Dimension::RecommendingState]);
    /// assert_eq!(tally.get(["Norway"])?.recommendations, 1);
    /// assert_eq!(tally.get(["Germany"])?.recommendations, 0); // what it recommended was supported
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'l>(coded: impl Into<Selection<'l>>, dimensions: &[Dimension]) -> Tally {
        let coded = coded.into();
        let known = |dimension: &Dimension| dimension.known_categories(coded.codebooks());
        let mut tally = Tally {
            dimensions: dimensions.to_vec(),
            coded_by: coded.coded_by().clone(),
            categories: dimensions.iter().map(known).collect(),
            labels: Labels::of(coded.list()),
            total: Count::default(),
            cells: BTreeMap::new(),
        };
        tally.add(&coded);
        tally
    }

    /// Counts more of what was coded in the same way.
    pub(crate) fn add(&mut self, coded: &Selection<'_>) {
        let mut counter = count::Counter::new(&self.dimensions);
        coded.iter().for_each(|recommendation| counter.add(recommendation));
        let (total, cells) = counter.finish();
        self.total += total;
        if self.cells.is_empty() {
            self.cells = cells;
            return;
        }
        for (cell, count) in cells {
            *self.cells.entry(cell).or_default() += count;
        }
    }

    /// Adds what another tally counted.
    ///
    /// # Errors
    ///
    /// A tally over other dimensions; one of a list that was coded with another codebook, another version of it, or
    /// another model; counts that add up to more than 2^64.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let [noted, supported] = ["position=noted", "position=supported"].map(|position| coded.filter(position));
    /// let mut tally = Tally::of(&noted?, &[Dimension::Issue]);
    /// tally.merge(Tally::of(&supported?, &[Dimension::Issue]))?;
    /// assert_eq!(tally, Tally::of(&coded, &[Dimension::Issue]));
    ///
    /// let core = Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let error = tally.merge(Tally::of(&core, &[Dimension::Issue])).unwrap_err().to_string();
    /// assert!(error.starts_with("tally: found one of a list coded with core"), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn merge(&mut self, other: Tally) -> Result<()> {
        let unlike = |found: String, expected: String| {
            Err(Error::mismatch("tally", format!("one {found}"), format!("one {expected}")))
        };
        if other.dimensions != self.dimensions {
            return unlike(
                format!("over {}", names(&other.dimensions)),
                format!("over {}", names(&self.dimensions)),
            );
        }
        if other.coded_by != self.coded_by {
            let coded = |by: &CodedBy| format!("of a list coded with {by}");
            return unlike(coded(&other.coded_by), coded(&self.coded_by));
        }
        let mut sum = self.clone();
        let too_large = || Error::argument("tally", "counts above 2^64", "counts of real lists");
        sum.total = sum.total.checked_add(other.total).ok_or_else(too_large)?;
        for (cell, count) in other.cells {
            let known = sum.cells.entry(cell).or_default();
            *known = known.checked_add(count).ok_or_else(too_large)?;
        }
        *self = sum;
        Ok(())
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
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded, &[Dimension::Position]);
    /// assert_eq!(tally.iter().count(), 2); // supported and noted,
    /// assert_eq!(tally.with_zeros().iter().count(), 4); // and nothing in part, nothing pending
    /// # Ok::<(), upr::Error>(())
    /// ```
    #[must_use]
    pub fn with_zeros(self) -> Tally {
        self.with_zeros_of(|_, _| true)
    }

    /// The same, with zeros for these categories and those that the codebook knows only.
    pub(crate) fn with_zeros_of(mut self, has_zeros: impl Fn(Dimension, &str) -> bool) -> Tally {
        let mut cells: Vec<Cell> = vec![Vec::new()];
        for (at, known) in self.categories.iter().enumerate() {
            let mut categories = known.clone();
            categories.extend(
                self.occurring(at).into_iter().filter(|category| has_zeros(self.dimensions[at], category)),
            );
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

    /// The categories that occur along the dimension at this place, in order.
    fn occurring(&self, at: usize) -> Vec<Arc<str>> {
        let mut occurring: Vec<Arc<str>> = self.cells.keys().map(|cell| cell[at].clone()).collect();
        occurring.sort_unstable();
        occurring.dedup();
        occurring
    }

    /// The dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// All that was counted, each recommendation once.
    pub fn total(&self) -> Count {
        self.total
    }

    /// The count of one cell: a category for each dimension, in their order. Categories are read as those of a
    /// [`Filter`](crate::count::Filter), labels included; a tally that was stored knows codes alone. What is known and never
    /// occurred counts zero.
    ///
    /// # Errors
    ///
    /// A cell with fewer or more categories than the tally has dimensions; a category that nobody knows, as the issue
    /// `death-penality`; categories in another order than the dimensions.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, Tally, Unit};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::Position]);
    /// assert_eq!(tally.get(["untagged", "noted"])?.of(Unit::Recommendations), 3);
    /// assert_eq!(tally.get(["climate-action", "noted"])?.of(Unit::Recommendations), 0);
    /// assert_eq!(
    ///     tally.get(["noted", "climate-action"]).unwrap_err().to_string(),
    ///     "tally: found the issue \"noted\", expected the categories in the order of the dimensions: issue, position"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn get<S: AsRef<str>>(&self, cell: impl AsRef<[S]>) -> Result<Count> {
        let given = cell.as_ref();
        let order = || names(&self.dimensions).replace(" and ", ", ");
        if given.len() != self.dimensions.len() {
            let found = format!("{} categories", given.len());
            let expected = format!("{}, one for each dimension: {}", self.dimensions.len(), order());
            return Err(Error::argument("tally", found, expected));
        }
        let mut cell = Cell::with_capacity(given.len());
        for (at, category) in given.iter().enumerate() {
            let category = self.dimensions[at].known_spelling(
                category.as_ref(),
                &self.categories[at],
                self.labels.codebooks(),
            );
            if !self.knows(at, &category) {
                return Err(self.unknown(at, given[at].as_ref(), order()));
            }
            cell.push(category);
        }
        Ok(self.cells.get(&cell).copied().unwrap_or_default())
    }

    fn knows(&self, at: usize, category: &Arc<str>) -> bool {
        let occurs = || self.cells.keys().any(|cell| cell[at] == *category);
        self.dimensions[at].is_known(category, &self.categories[at]) || occurs()
    }

    fn unknown(&self, at: usize, given: &str, order: String) -> Error {
        let misplaced = (0..self.dimensions.len())
            .any(|other| other != at && self.knows(other, &self.dimensions[other].read_category(given)));
        let dimension = self.dimensions[at];
        if misplaced {
            let found = format!("the {dimension} {}", quoted(given));
            let expected = format!("the categories in the order of the dimensions: {order}");
            return Error::argument("tally", found, expected);
        }
        let frame = match dimension {
            Dimension::Issue | Dimension::Theme => Some(&self.coded_by.codebook),
            Dimension::Aspect(aspect) => self.coded_by.aspects.get(&aspect),
            _ => None,
        };
        let frame = frame.map(|codebook| codebook.name.as_str());
        dimension.unknown("tally", given, frame, &self.categories[at], self.labels.codebooks())
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

fn names(dimensions: &[Dimension]) -> String {
    dimensions.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(" and ")
}
