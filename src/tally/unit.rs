//! What is counted, and a count by both units.

use crate::error::{Error, Result, quoted};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is counted.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, Unit, read::Reader};
///
/// let table = b"text,recommending_states\nAbolish the death penalty,Spain; Peru and Chile\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(Reader::new().bytes("list.csv", table)?);
/// let total = Tally::of(&coded, &[Dimension::Position]).total();
/// assert_eq!((total.of(Unit::Recommendations), total.of(Unit::RecommendationXState)), (1, 3));
/// # Ok::<(), upr::Error>(())
/// ```
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

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Unit {
    type Err = Error;

    /// The unit by the name of its column: `recommendations` or `recommendation_x_state`, with `_`, `-` or blanks.
    fn from_str(name: &str) -> Result<Unit> {
        match name.trim().to_lowercase().replace([' ', '-'], "_").as_str() {
            "recommendations" => Ok(Unit::Recommendations),
            "recommendation_x_state" => Ok(Unit::RecommendationXState),
            _ => {
                let expected = "recommendations or recommendation_x_state";
                Err(Error::argument("unit", quoted(name), expected))
            }
        }
    }
}

/// A count by both units.
///
/// # Example
///
/// ```
/// let mut count = upr::Count { recommendations: 1, recommendation_x_state: 3 };
/// count += upr::Count { recommendations: 1, recommendation_x_state: 1 };
/// assert_eq!((count.recommendations, count.recommendation_x_state), (2, 4));
/// ```
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

    /// What a recommendation with so many recommending States counts.
    pub(crate) fn once(pairs: usize) -> Count {
        Count { recommendations: 1, recommendation_x_state: pairs as u64 }
    }

    pub(super) fn checked_add(self, other: Count) -> Option<Count> {
        Some(Count {
            recommendations: self.recommendations.checked_add(other.recommendations)?,
            recommendation_x_state: self.recommendation_x_state.checked_add(other.recommendation_x_state)?,
        })
    }
}

/// Adds up; a sum above 2^64 stays at 2^64.
impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.recommendations = self.recommendations.saturating_add(other.recommendations);
        self.recommendation_x_state =
            self.recommendation_x_state.saturating_add(other.recommendation_x_state);
    }
}
