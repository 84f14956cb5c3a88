//! Counts over one dimension with the positions beside them: the table that most questions ask for.

use super::{Count, Dimension, NAMELESS, NOT_GIVEN, Tally};
use crate::aspect::Codebooks;
use crate::coded::action::ActionCategory;
use crate::recommendation::Position;
use crate::tag::CodedRecommendation;
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
/// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let rows = Tally::with_positions(&coded.recommendations, Dimension::Issue, &tagger);
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
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let row = &Tally::with_positions(&coded.recommendations, Dimension::Theme, &tagger).pop().unwrap();
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
    ///
    /// # Example
    ///
    /// ```
    /// let positions = upr::tally::PositionCounts { supported: 9, noted: 3, ..Default::default() };
    /// assert_eq!(positions.all(), [9, 0, 3, 0, 0, 0]);
    /// ```
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

    /// This many recommendations, all answered alike.
    fn of(category: &str, recommendations: u64) -> PositionCounts {
        let mut counts = PositionCounts::default();
        let position = Position::ALL.iter().copied().find(|position| position.as_str() == category);
        let field = match position {
            Some(Position::Supported) => &mut counts.supported,
            Some(Position::SupportedInPart) => &mut counts.supported_in_part,
            Some(Position::Noted) => &mut counts.noted,
            Some(Position::Pending) => &mut counts.pending,
            None if category == NOT_GIVEN => &mut counts.not_given,
            None => &mut counts.other_position,
        };
        *field = recommendations;
        counts
    }
}

impl AddAssign for PositionCounts {
    fn add_assign(&mut self, other: PositionCounts) {
        self.supported += other.supported;
        self.supported_in_part += other.supported_in_part;
        self.noted += other.noted;
        self.pending += other.pending;
        self.other_position += other.other_position;
        self.not_given += other.not_given;
    }
}

impl Tally {
    /// Counts over one dimension, with positions. Issues, themes and codes of aspects come in the order of
    /// their codebook, zeros included; other categories by name; what has no name of its own (untagged, unknown, not given, not coded)
    /// last.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Dimension, Tagger, Tally};
    ///
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let rows = Tally::with_positions(&coded.recommendations, Dimension::RegionalGroup, tagger.codebook());
    /// assert_eq!(&*rows[0].category, "Africa");
    /// assert_eq!(rows[0].positions.all().iter().sum::<u64>(), rows[0].count.recommendations);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_positions<'r, 'c>(
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
        dimension: Dimension,
        codebooks: impl Into<Codebooks<'c>>,
    ) -> Vec<CategoryCount> {
        Tally::of(recommendations, &[dimension, Dimension::Position]).into_positions(codebooks.into())
    }

    /// The rows of a tally over a dimension and the position.
    pub(crate) fn into_positions(self, codebooks: Codebooks) -> Vec<CategoryCount> {
        let Some(&dimension) = self.dimensions.first() else { return Vec::new() };
        let tally = self.with_zeros(codebooks);
        let mut rows: BTreeMap<Arc<str>, CategoryCount> = BTreeMap::new();
        for (cell, count) in tally.iter() {
            let row = rows.entry(cell[0].clone()).or_insert_with(|| CategoryCount {
                category: cell[0].clone(),
                count: Count::default(),
                positions: PositionCounts::default(),
            });
            row.count += count;
            row.positions += PositionCounts::of(&cell[1], count.recommendations);
        }
        // an unanswered list has no cells over positions, and still its issues
        in_order(dimension, codebooks, rows.keys().cloned().collect())
            .into_iter()
            .filter_map(|category| rows.remove(&category))
            .collect()
    }
}

/// Categories in the order in which tables show them.
pub(crate) fn in_order(
    dimension: Dimension,
    codebooks: Codebooks,
    mut categories: Vec<Arc<str>>,
) -> Vec<Arc<str>> {
    let known: Vec<&str> = match dimension {
        Dimension::ActionCategory => ActionCategory::ALL.into_iter().map(ActionCategory::as_str).collect(),
        Dimension::Position => Position::ALL.iter().copied().map(Position::as_str).collect(),
        Dimension::Theme => codebooks.issues.themes().iter().map(|theme| &*theme.code).collect(),
        other => codebooks
            .of(other)
            .map_or(Vec::new(), |codebook| codebook.issues().iter().map(|issue| &*issue.code).collect()),
    };
    let place: BTreeMap<&str, usize> = known.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    categories.sort_by_cached_key(|category| {
        let nameless = NAMELESS.contains(&&**category);
        // sessions and cycles are numbers, and 9 comes before 10
        let number = category.parse::<u16>().unwrap_or(u16::MAX);
        (nameless, place.get(&**category).copied().unwrap_or(known.len()), number, category.clone())
    });
    categories
}
