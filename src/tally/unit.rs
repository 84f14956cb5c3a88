//! What is counted, and a count by both units.

use serde::{Deserialize, Serialize};

/// What is counted.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, Unit, read::Reader};
///
/// let table = b"text,recommending_states\nAbolish the death penalty,Spain; Peru and Chile\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let total = Tally::of(&coded.recommendations, &[Dimension::Position]).total();
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
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Unit::RecommendationXState.as_str(), "recommendation x recommending State");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Recommendations => "recommendations",
            Unit::RecommendationXState => "recommendation x recommending State",
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
    ///
    /// # Example
    ///
    /// ```
    /// let joint = upr::Count { recommendations: 1, recommendation_x_state: 3 };
    /// assert_eq!(joint.of(upr::Unit::RecommendationXState), 3);
    /// ```
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
