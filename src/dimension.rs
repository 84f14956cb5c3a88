//! What a tally may count over. The categories of a recommendation along each are in `tally/categories.rs`.

use crate::codebook::Aspect;
use crate::error::{Error, Result, quoted};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What a tally counts over.
///
/// # Example
///
/// ```
/// use upr::Dimension;
///
/// assert_eq!("recommending_state".parse::<Dimension>()?, Dimension::RecommendingState);
/// assert_eq!("Regional group".parse::<Dimension>()?, Dimension::RegionalGroup);
/// assert_eq!(Dimension::from(upr::Aspect::Sdg).to_string(), "sdg");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// The issues of the codebook: as many as the recommendation is about.
    Issue,
    /// The themes of those issues, each once.
    Theme,
    /// The States that made the recommendation.
    RecommendingState,
    /// The UN regional groups of those States.
    RegionalGroup,
    /// The organisations that those States belonged to when the session was held; see
    /// [`State::organisations_in`](crate::State::organisations_in). A State has several, or `none`.
    Organisation,
    /// The State that received it.
    StateUnderReview,
    /// The session of the UPR Working Group.
    Session,
    /// The cycle of the UPR.
    Cycle,
    /// The answer of the State under review.
    Position,
    /// What the recommendation asks to do, in five categories; see [`ActionCategory`](crate::ActionCategory).
    ActionCategory,
    /// The codes of an aspect: as many as the recommendation has.
    Aspect(Aspect),
}

impl Dimension {
    /// All dimensions, in the order in which tables show them.
    pub const ALL: &'static [Dimension] = &[
        Dimension::Issue,
        Dimension::Theme,
        Dimension::RecommendingState,
        Dimension::RegionalGroup,
        Dimension::Organisation,
        Dimension::StateUnderReview,
        Dimension::Session,
        Dimension::Cycle,
        Dimension::Position,
        Dimension::ActionCategory,
        Dimension::Aspect(Aspect::Instrument),
        Dimension::Aspect(Aspect::Sdg),
        Dimension::Aspect(Aspect::AffectedPersons),
        Dimension::Aspect(Aspect::GovernmentLevel),
    ];

    /// The name, such as `recommending_state`; also the header of its column in an export.
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Issue => "issue",
            Dimension::Theme => "theme",
            Dimension::RecommendingState => "recommending_state",
            Dimension::RegionalGroup => "regional_group",
            Dimension::Organisation => "organisation",
            Dimension::StateUnderReview => "state_under_review",
            Dimension::Session => "session",
            Dimension::Cycle => "cycle",
            Dimension::Position => "position",
            Dimension::ActionCategory => "action_category",
            Dimension::Aspect(aspect) => aspect.as_str(),
        }
    }

    /// Whether the recommending States of one recommendation may have different categories.
    pub(crate) fn is_of_the_state(self) -> bool {
        matches!(self, Dimension::RecommendingState | Dimension::RegionalGroup | Dimension::Organisation)
    }
}

impl From<Aspect> for Dimension {
    fn from(aspect: Aspect) -> Dimension {
        Dimension::Aspect(aspect)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Dimension {
    type Err = Error;

    /// The dimension of this name, in any case and with blanks, hyphens or underscores.
    ///
    /// # Errors
    ///
    /// A name that is not in [`Dimension::ALL`].
    fn from_str(name: &str) -> Result<Dimension> {
        let folded = name.trim().to_lowercase().replace([' ', '-'], "_");
        Dimension::ALL.iter().copied().find(|dimension| dimension.as_str() == folded).ok_or_else(|| {
            let known: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect();
            let expected = format!("one of {}", known.join(", "));
            Error::argument("dimension", quoted(name.trim()), expected)
        })
    }
}

/// Stored as its name.
impl Serialize for Dimension {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Dimension, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
