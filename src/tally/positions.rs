//! Counts over one dimension with the positions beside them: the table that most questions ask for.

use super::{Count, NOT_GIVEN, Tally, is_nameless};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::recommendation::{Position, Recommendation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

/// One category, counted.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Dimension, Tagger, Tally};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let rows = Tally::with_positions(&coded, Dimension::Issue);
/// let action = &rows[0];
/// assert_eq!((&*action.category, action.count.recommendations), ("climate-action", 5));
/// assert_eq!((action.positions.supported, action.positions.noted), (5, 0));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCount {
    /// The category: a code, a State's name, a session.
    pub category: Arc<str>,
    /// How many, by both units.
    #[serde(flatten)]
    pub count: Count,
    /// How they were answered. Unit: recommendations.
    #[serde(flatten)]
    pub positions: PositionCounts,
}

/// How recommendations were answered. Unit: recommendations; the fields add up to their number.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};
///
/// let table = b"text,position\nAbolish the death penalty,Noted\nTrain the police,perhaps later\nPay teachers,\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(Reader::new().bytes("list.csv", table)?);
/// let row = &Tally::with_positions(&coded, Dimension::Theme).pop().unwrap();
/// let positions = row.positions;
/// assert_eq!((positions.noted, positions.other_position, positions.not_given), (1, 1, 1));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionCounts {
    /// Supported.
    pub supported: u64,
    /// Supported in part.
    pub supported_in_part: u64,
    /// Noted.
    pub noted: u64,
    /// To be answered later.
    pub pending: u64,
    /// Answered in words that are not known.
    pub other_position: u64,
    /// Without an answer in the source.
    pub not_given: u64,
}

impl PositionCounts {
    /// The counts in the order of the fields.
    pub fn all(self) -> [u64; 6] {
        [
            self.supported,
            self.supported_in_part,
            self.noted,
            self.pending,
            self.other_position,
            self.not_given,
        ]
    }

    /// Counts one recommendation more.
    pub(crate) fn add(&mut self, recommendation: &Recommendation) {
        *self.field(recommendation.position(), recommendation.position.is_some()) += 1;
    }

    /// The count of a position; of an answer in words that are not known there is none.
    fn field(&mut self, position: Option<Position>, given: bool) -> &mut u64 {
        match position {
            Some(Position::Supported) => &mut self.supported,
            Some(Position::SupportedInPart) => &mut self.supported_in_part,
            Some(Position::Noted) => &mut self.noted,
            Some(Position::Pending) => &mut self.pending,
            None if given => &mut self.other_position,
            None => &mut self.not_given,
        }
    }
}

impl AddAssign for PositionCounts {
    fn add_assign(&mut self, other: PositionCounts) {
        self.supported = self.supported.saturating_add(other.supported);
        self.supported_in_part = self.supported_in_part.saturating_add(other.supported_in_part);
        self.noted = self.noted.saturating_add(other.noted);
        self.pending = self.pending.saturating_add(other.pending);
        self.other_position = self.other_position.saturating_add(other.other_position);
        self.not_given = self.not_given.saturating_add(other.not_given);
    }
}

impl Tally {
    /// Counts over one dimension, with positions. Issues, themes and codes of aspects come in the order of their
    /// codebook, zeros included; other categories by name; what is missing (untagged, unknown, not given, not coded) last.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, Tagger, Tally};
    ///
    /// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let rows = Tally::with_positions(&coded, Dimension::RegionalGroup);
    /// assert_eq!(&*rows[0].category, "Africa");
    /// assert_eq!(rows[0].positions.all().iter().sum::<u64>(), rows[0].count.recommendations);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_positions<'l>(coded: impl Into<Selection<'l>>, dimension: Dimension) -> Vec<CategoryCount> {
        Tally::of(coded, &[dimension, Dimension::Position]).into_positions()
    }

    /// The rows of a tally over a dimension and the position.
    pub(crate) fn into_positions(self) -> Vec<CategoryCount> {
        let Some(&dimension) = self.dimensions.first() else { return Vec::new() };
        let tally = self.with_zeros();
        let mut rows: BTreeMap<Arc<str>, CategoryCount> = BTreeMap::new();
        for (cell, count) in tally.iter() {
            let row = rows.entry(cell[0].clone()).or_insert_with(|| CategoryCount {
                category: cell[0].clone(),
                count: Count::default(),
                positions: PositionCounts::default(),
            });
            row.count += count;
            let position = Position::ALL.iter().copied().find(|position| position.as_str() == &*cell[1]);
            *row.positions.field(position, &*cell[1] != NOT_GIVEN) += count.recommendations;
        }
        // an unanswered list has no cells over positions, and still its issues
        in_order(dimension, &tally.categories[0], rows.keys().cloned().collect())
            .into_iter()
            .filter_map(|category| rows.remove(&category))
            .collect()
    }

    /// The categories that occur along the dimension at `at`, in the order in which tables show them.
    pub(crate) fn ordered(&self, at: usize) -> Vec<Arc<str>> {
        in_order(self.dimensions[at], &self.categories[at], self.occurring(at))
    }
}

/// Categories in the order in which tables show them: those of a codebook, positions and action categories in their own
/// order, others by name; `known` are the [known categories](Dimension::known_categories).
pub(crate) fn in_order(
    dimension: Dimension,
    known: &[Arc<str>],
    mut categories: Vec<Arc<str>>,
) -> Vec<Arc<str>> {
    let by_name = matches!(dimension, Dimension::RegionalGroup | Dimension::Organisation);
    let known = if by_name { &[] } else { known };
    let place: BTreeMap<&str, usize> = known.iter().enumerate().map(|(at, code)| (&**code, at)).collect();
    categories.sort_by_cached_key(|category| {
        let nameless = is_nameless(category);
        // sessions and cycles are numbers, and 9 comes before 10
        let number = category.parse::<u16>().unwrap_or(u16::MAX);
        (nameless, place.get(&**category).copied().unwrap_or(known.len()), number, category.clone())
    });
    categories
}
