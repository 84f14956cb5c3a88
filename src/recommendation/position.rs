//! Positions: what the State under review said, in the source's words and as one of four.

use crate::text::key;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// What the State under review said to a recommendation.
///
/// # Example
///
/// ```
/// use upr::Position;
///
/// // UN practice knows no other refusal than to note
/// assert_eq!(Position::from_wording("Rejected"), Some(Position::Noted));
/// assert_eq!(Position::Noted.to_string(), "noted");
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
    /// All positions, in the order in which tables show them.
    ///
    /// # Example
    ///
    /// ```
    /// let columns = upr::Position::ALL.map(upr::Position::as_str);
    /// assert_eq!(columns, ["supported", "supported_in_part", "noted", "pending"]);
    /// ```
    pub const ALL: [Position; 4] =
        [Position::Supported, Position::SupportedInPart, Position::Noted, Position::Pending];

    /// `supported`, `supported_in_part`, `noted` or `pending`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Position::SupportedInPart.as_str(), "supported_in_part");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Position::Supported => "supported",
            Position::Noted => "noted",
            Position::SupportedInPart => "supported_in_part",
            Position::Pending => "pending",
        }
    }

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
        Some(match key::joined(wording, ' ').as_str() {
            "supported"
            | "accepted"
            | "support"
            | "accept"
            | "supports"
            | "accepts"
            | "accepted in full"
            | "supported in full"
            | "acceptée"
            | "accepté"
            | "acceptées"
            | "acceptés"
            | "aceptada"
            | "aceptado"
            | "aceptadas"
            | "aceptados"
            | "enjoys support"
            | "enjoys the support"
            | "enjoy the support"
            | "enjoyed the support"
            | "enjoy its support"
            | "enjoys its support"
            | "enjoyed its support"
            | "enjoy support"
            | "fully supported"
            | "fully accepted" => Position::Supported,
            "noted"
            | "not supported"
            | "not accepted"
            | "rejected"
            | "does not support"
            | "does not accept"
            | "notes"
            | "notée"
            | "noté"
            | "notées"
            | "notés"
            | "anotada"
            | "anotado"
            | "anotadas"
            | "anotados"
            | "does not enjoy support"
            | "does not enjoy the support"
            | "do not enjoy the support"
            | "did not enjoy the support"
            | "did not enjoy its support"
            | "are noted"
            | "were noted"
            | "unsupported" => Position::Noted,
            "supported noted"
            | "supported in part"
            | "in part"
            | "partially"
            | "partly"
            | "accepts in part"
            | "supports in part"
            | "partiellement acceptée"
            | "partiellement accepté"
            | "acceptée partiellement"
            | "parcialmente aceptada"
            | "aceptada parcialmente"
            | "partially supported"
            | "partly supported"
            | "accepted in part"
            | "partially accepted"
            | "partly accepted"
            | "noted supported"
            | "supported partially"
            | "accepted noted" => Position::SupportedInPart,
            "pending"
            | "will be examined"
            | "will be further examined"
            | "will be considered"
            | "under consideration"
            | "to be examined"
            | "no response"
            | "in abeyance"
            | "deferred" => Position::Pending,
            _ => return None,
        })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The source's own words for a position, and what they were read as.
///
/// # Example
///
/// ```
/// let given = upr::PositionGiven::new("We will think about it");
/// assert_eq!(given.position, None); // nobody guesses,
/// assert_eq!(&*given.given, "We will think about it"); // and nothing is lost
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionGiven {
    /// As it stood. Where an addendum changed what the report says, the report's words follow in square brackets.
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
}
