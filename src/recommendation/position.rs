//! Positions: the answer of the State under review, as written and as one of four values.

use crate::files::bundled::bundled_rows;
use crate::names::names;
use crate::text::key;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The answer of the State under review to a recommendation.
///
/// # Example
///
/// ```
/// use upr::Position;
///
/// // UN practice knows no other refusal than to note
/// assert_eq!(Position::from_wording("Rejected"), Some(Position::Noted));
/// assert_eq!(Position::Noted.to_string(), "noted");
/// assert_eq!("Supported in part".parse::<Position>()?, Position::SupportedInPart);
/// assert_eq!(
///     "rejected".parse::<Position>().unwrap_err().to_string(),
///     "position: found \"rejected\", expected one of supported, supported_in_part, noted, pending"
/// );
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// It enjoys the State's support (`Supported`, and UPR Info's `Accepted`).
    Supported,
    /// It was noted (`Noted`, `Not supported`, `Rejected`): UN practice knows no other refusal.
    Noted,
    /// Parts were supported and the rest noted.
    SupportedInPart,
    /// The State will answer later.
    Pending,
}

impl Position {
    /// Reads the wording of a source, in any case and with blanks, hyphens or underscores, in English, or in the most
    /// usual words in French and Spanish.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Position;
    /// assert_eq!(Position::from_wording("Accepted"), Some(Position::Supported));
    /// assert_eq!(Position::from_wording("supported_noted"), Some(Position::SupportedInPart));
    /// assert_eq!(Position::from_wording("In part"), Some(Position::SupportedInPart));
    /// assert_eq!(Position::from_wording("Notée"), Some(Position::Noted));
    /// assert_eq!(Position::from_wording("perhaps"), None);
    /// assert_eq!(Position::from_wording("accepted in principle"), None); // some States mean yes by it, some no
    /// ```
    pub fn from_wording(wording: &str) -> Option<Position> {
        WORDINGS.get(key::joined(&key::folded(wording), ' ').as_str()).copied()
    }
}

/// What each known wording means: lower case, words and numbers alone, without accents.
static WORDINGS: LazyLock<HashMap<&str, Position>> = LazyLock::new(|| {
    let rows = bundled_rows(include_str!("positions.csv"));
    rows.filter_map(|[wording, position]| Some((wording, position.parse().ok()?))).collect()
});

names! {
    Position, "position",
    Supported = "supported",
    SupportedInPart = "supported_in_part",
    Noted = "noted",
    Pending = "pending",
}

/// The source's own words for a position, and what they were read as.
///
/// # Example
///
/// ```
/// let given = upr::PositionGiven::new("We will think about it");
/// assert_eq!(given.position, None); // not guessed,
/// assert_eq!(&*given.given, "We will think about it"); // and kept as written
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PositionGiven {
    /// As written. Where an addendum changed what the report says, the report's words follow in square brackets.
    pub given: Arc<str>,
    /// The position, unless the wording is not known.
    pub position: Option<Position>,
    /// Where it is stated, if elsewhere: the addendum, such as `A/HRC/28/15/Add.1, para. 3`.
    pub stated_in: Option<Arc<str>>,
}

impl PositionGiven {
    /// Reads a wording.
    ///
    /// # Example
    ///
    /// ```
    /// let given = upr::PositionGiven::new("Partially supported");
    /// assert_eq!(given.position, Some(upr::Position::SupportedInPart));
    /// ```
    pub fn new(given: &str) -> PositionGiven {
        PositionGiven { given: Arc::from(given), position: Position::from_wording(given), stated_in: None }
    }

    /// The name of the position, or the words where it is not known.
    pub(crate) fn as_read(&self) -> &str {
        self.position.map_or(&*self.given, |position| position.as_str())
    }

    /// The position, with the words of an earlier one behind its own.
    pub(crate) fn after(&self, earlier: &PositionGiven) -> PositionGiven {
        let place = earlier.stated_in.as_deref().unwrap_or("the report");
        let given = Arc::from(format!("{} [{place}: {}]", self.given, earlier.given));
        PositionGiven { given, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_wordings_is_read() {
        assert_eq!(WORDINGS.len() + 1, include_str!("positions.csv").lines().count());
    }
}
