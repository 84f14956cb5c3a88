//! What a tally may count over. The categories of a recommendation along each are in `tally/categories.rs`.

use crate::codebook::Aspect;
use crate::error::{Error, Result, quoted};
use crate::text::edits::edits;
use crate::text::key::letters_and_digits;
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

/// What people call some dimensions.
const OTHER_NAMES: [(&str, Dimension); 11] = [
    ("sustainable development goal", Dimension::Aspect(Aspect::Sdg)),
    ("level of government", Dimension::Aspect(Aspect::GovernmentLevel)),
    ("levels of government", Dimension::Aspect(Aspect::GovernmentLevel)),
    ("persons affected", Dimension::Aspect(Aspect::AffectedPersons)),
    ("affected person", Dimension::Aspect(Aspect::AffectedPersons)),
    ("organization", Dimension::Organisation),
    ("recommending country", Dimension::RecommendingState),
    ("country under review", Dimension::StateUnderReview),
    ("states under review", Dimension::StateUnderReview),
    ("response", Dimension::Position),
    ("action", Dimension::ActionCategory),
];

/// `recommendingstates` of `recommendingstate`, `actioncategories` of `actioncategory`.
fn plural(key: &str) -> String {
    match key.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{key}s"),
    }
}

impl std::str::FromStr for Dimension {
    type Err = Error;

    /// The dimension of this name, in any case, with blanks, hyphens or underscores, in the singular or the plural; and by
    /// what people call it: `Sustainable Development Goals`, `level of government`, `organization`.
    ///
    /// # Errors
    ///
    /// A name that is not in [`Dimension::ALL`]. The message says which is nearest, where one is near.
    fn from_str(name: &str) -> Result<Dimension> {
        let wanted = letters_and_digits(name);
        let called = |name: &str| {
            let key = letters_and_digits(name);
            key == wanted || plural(&key) == wanted
        };
        let other = OTHER_NAMES.iter().find(|(name, _)| called(name)).map(|(_, dimension)| *dimension);
        let found = Dimension::ALL.iter().copied().find(|dimension| called(dimension.as_str())).or(other);
        found.ok_or_else(|| {
            let known: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect();
            let near = known.iter().map(|known| (edits(&letters_and_digits(known), &wanted), known));
            let near = near.filter(|(distance, _)| distance * 3 <= wanted.len()).min();
            let near = near.map_or(String::new(), |(_, known)| format!("; {} is nearest", quoted(known)));
            let expected = format!("one of {}{near}", known.join(", "));
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
