//! What a tally may count over, and the categories of a recommendation along each.

use crate::aspect::{Aspect, Codebooks};
use crate::codebook::UNTAGGED;
use crate::coded::action::ActionCategory;
use crate::error::{Error, quoted};
use crate::recommendation::Position;
use crate::state::{RegionalGroup, State, StateName};
use crate::tag::{CodedRecommendation, Coding, Tag};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// The category where the source says nothing.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};
///
/// let table = b"text\nAbolish the death penalty\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::Position]);
/// assert_eq!(tally.count(&[upr::tally::NOT_GIVEN]).recommendations, 1); // the list has no answers
/// # Ok::<(), upr::Error>(())
/// ```
pub const NOT_GIVEN: &str = "not_given";
/// The regional group, or the organisation, of a State that no table has.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};
///
/// let table = b"text,recommending_states\nAbolish the death penalty,Atlantis\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::RegionalGroup]);
/// assert_eq!(tally.count(&[upr::tally::UNKNOWN]).recommendations, 1);
/// # Ok::<(), upr::Error>(())
/// ```
pub const UNKNOWN: &str = "unknown";
/// The category along an [aspect](crate::aspect) that the recommendation was not coded for.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};
///
/// let table = b"text\nEnd poverty\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::Sdg]);
/// assert_eq!(tally.count(&[upr::tally::NOT_CODED]).recommendations, 1); // the tagger codes no aspect
/// # Ok::<(), upr::Error>(())
/// ```
pub const NOT_CODED: &str = "not_coded";
/// The organisation of a State that belongs to none of those in the table.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};
///
/// let table = b"text,recommending_states,session\nAbolish the death penalty,Switzerland,36\n";
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag_list(Reader::new().bytes("list.csv", table)?);
/// let tally = Tally::of(&coded.recommendations, &[Dimension::Organisation]);
/// assert_eq!(tally.iter().map(|(cell, _)| &*cell[0]).collect::<Vec<_>>(), ["OIF"]);
/// # Ok::<(), upr::Error>(())
/// ```
pub const NO_ORGANISATION: &str = "none";

/// The categories that stand for no code, State or group; a filter may always ask for them.
pub(crate) const NAMELESS: [&str; 5] = [UNTAGGED, NOT_GIVEN, UNKNOWN, NOT_CODED, NO_ORGANISATION];

/// What a tally counts over.
///
/// # Example
///
/// ```
/// use upr::Dimension;
///
/// assert_eq!("recommending_state".parse::<Dimension>()?, Dimension::RecommendingState);
/// assert_eq!("Regional group".parse::<Dimension>()?, Dimension::RegionalGroup);
/// assert!("colour".parse::<Dimension>().unwrap_err().to_string().contains("\"colour\""));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// What the recommendation asks to do, in five categories; see [`action`](crate::action).
    ActionCategory,
    /// The instruments and mechanisms that the recommendation names: as many as it names.
    Instrument,
    /// The Sustainable Development Goals that it is relevant to.
    Sdg,
    /// The groups of persons whose rights it is about.
    AffectedPersons,
    /// The levels of government that it addresses.
    GovernmentLevel,
}

impl Dimension {
    /// All dimensions.
    ///
    /// # Example
    ///
    /// ```
    /// let aspects = upr::Dimension::ALL.into_iter().filter(|dimension| dimension.aspect().is_some());
    /// assert_eq!(aspects.count(), 4);
    /// ```
    pub const ALL: [Dimension; 14] = [
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
        Dimension::Instrument,
        Dimension::Sdg,
        Dimension::AffectedPersons,
        Dimension::GovernmentLevel,
    ];

    /// The name, such as `recommending_state`; also the header of its column in an export.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Dimension::StateUnderReview.as_str(), "state_under_review");
    /// ```
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
            Dimension::Instrument => Aspect::Instrument.as_str(),
            Dimension::Sdg => Aspect::Sdg.as_str(),
            Dimension::AffectedPersons => Aspect::AffectedPersons.as_str(),
            Dimension::GovernmentLevel => Aspect::GovernmentLevel.as_str(),
        }
    }

    /// The aspect that is counted, where it is one.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Dimension::Sdg.aspect(), Some(upr::Aspect::Sdg));
    /// assert_eq!(upr::Dimension::Issue.aspect(), None);
    /// ```
    pub fn aspect(self) -> Option<Aspect> {
        Aspect::ALL.into_iter().find(|aspect| aspect.dimension() == self)
    }

    /// The categories of a recommendation, as far as the recommending State at `state` is concerned; each once.
    pub(crate) fn categories(self, coded: &CodedRecommendation, state: usize) -> Vec<Arc<str>> {
        let mut categories = Vec::new();
        self.each(coded, state, |category| categories.push(category.shared()));
        categories
    }

    /// Whether the recommending States of one recommendation may have different categories.
    pub(super) fn is_of_the_state(self) -> bool {
        matches!(self, Dimension::RecommendingState | Dimension::RegionalGroup | Dimension::Organisation)
    }

    /// Gives [these categories](Dimension::categories) to `to`, without copying their names.
    pub(super) fn each<'r>(
        self,
        coded: &'r CodedRecommendation,
        state: usize,
        mut to: impl FnMut(Category<'r>),
    ) {
        let recommendation = &coded.recommendation;
        let recommending = recommendation.recommending_states.get(state);
        let one = match self {
            Dimension::Issue => return codes(&coded.coding, |tag| &tag.issue, to),
            Dimension::Theme => return codes(&coded.coding, |tag| &tag.theme, to),
            Dimension::Instrument
            | Dimension::Sdg
            | Dimension::AffectedPersons
            | Dimension::GovernmentLevel => {
                let coding = self.aspect().and_then(|aspect| coded.aspects.of(aspect));
                return match coding {
                    Some(coding) => codes(coding, |tag| &tag.issue, to),
                    None => to(Category::Fixed(NOT_CODED)),
                };
            }
            Dimension::ActionCategory => Some(Category::Fixed(match &coded.action {
                Some(action) => action.category.as_str(),
                None => NOT_CODED,
            })),
            Dimension::RecommendingState => recommending.map(state_category),
            Dimension::StateUnderReview => recommendation.state_under_review.as_ref().map(state_category),
            Dimension::RegionalGroup => recommending.map(|name| {
                Category::Fixed(name.state.map_or(UNKNOWN, |state| state.regional_group.as_str()))
            }),
            Dimension::Organisation => match recommending.map(|name| name.state) {
                Some(Some(state)) => {
                    let session = recommendation.session.as_ref().and_then(|session| session.number);
                    let organisations = state.organisations_in(session);
                    if !organisations.is_empty() {
                        return organisations.into_iter().map(Category::Fixed).for_each(to);
                    }
                    Some(Category::Fixed(NO_ORGANISATION))
                }
                unknown => unknown.map(|_| Category::Fixed(UNKNOWN)),
            },
            Dimension::Session => recommendation.session.as_ref().map(|session| match session.number {
                Some(number) => Category::Number(number),
                None => Category::Shared(&session.given),
            }),
            Dimension::Cycle => recommendation.cycle().map(|cycle| Category::Number(u16::from(cycle))),
            Dimension::Position => recommendation.position.as_ref().map(|given| match given.position {
                Some(position) => Category::Fixed(position.as_str()),
                None => Category::Shared(&given.given),
            }),
        };
        to(one.unwrap_or(Category::Fixed(NOT_GIVEN)));
    }

    /// The categories that are known before anything is counted.
    pub(crate) fn known_categories(self, codebooks: Codebooks) -> Vec<Arc<str>> {
        match self {
            Dimension::Theme => {
                let codes = codebooks.issues.themes().iter().map(|theme| theme.code.clone());
                codes.chain([fixed(UNTAGGED)]).collect()
            }
            Dimension::Issue
            | Dimension::Instrument
            | Dimension::Sdg
            | Dimension::AffectedPersons
            | Dimension::GovernmentLevel => codebooks.of(self).map_or(Vec::new(), |codebook| {
                let codes = codebook.issues().iter().map(|issue| issue.code.clone());
                codes.chain([fixed(UNTAGGED)]).collect()
            }),
            Dimension::RegionalGroup => RegionalGroup::ALL
                .iter()
                .filter(|group| **group != RegionalGroup::Observer)
                .map(|group| fixed(group.as_str()))
                .collect(),
            Dimension::Organisation => State::all_organisations().into_iter().map(fixed).collect(),
            Dimension::ActionCategory => {
                ActionCategory::ALL.into_iter().map(|category| fixed(category.as_str())).collect()
            }
            Dimension::Position => {
                Position::ALL.iter().copied().map(|position| fixed(position.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl std::str::FromStr for Dimension {
    type Err = Error;

    /// The dimension of this name, in any case and with blanks, hyphens or underscores.
    ///
    /// # Errors
    ///
    /// A name that is not in [`Dimension::ALL`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Dimension;
    ///
    /// assert_eq!("Regional group".parse::<Dimension>()?, Dimension::RegionalGroup);
    /// assert_eq!(
    ///     "colour".parse::<Dimension>().unwrap_err().to_string(),
    ///     "dimension: found \"colour\", expected one of issue, theme, recommending_state, regional_group, organisation, \
    ///      state_under_review, session, cycle, position, action_category, instrument, sdg, affected_persons, \
    ///      government_level"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    fn from_str(name: &str) -> Result<Dimension, Error> {
        let folded = name.trim().to_lowercase().replace([' ', '-'], "_");
        Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == folded).ok_or_else(|| {
            let known = Dimension::ALL.map(Dimension::as_str).join(", ");
            Error::argument("dimension", quoted(name.trim()), format!("one of {known}"))
        })
    }
}

/// A category, named where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Category<'r> {
    Shared(&'r Arc<str>),
    Fixed(&'static str),
    Number(u16),
}

impl Category<'_> {
    pub(super) fn shared(self) -> Arc<str> {
        match self {
            Category::Shared(name) => name.clone(),
            Category::Fixed(name) => fixed(name),
            Category::Number(number) => Arc::from(number.to_string()),
        }
    }
}

/// The codes of a coding, each once.
fn codes<'r>(coding: &'r Coding, code: impl Fn(&'r Tag) -> &'r Arc<str>, mut to: impl FnMut(Category<'r>)) {
    for (at, tag) in coding.tags.iter().enumerate() {
        let here = code(tag);
        if !coding.tags[..at].iter().any(|before| Arc::ptr_eq(code(before), here) || code(before) == here) {
            to(Category::Shared(here));
        }
    }
    if coding.tags.is_empty() {
        to(Category::Fixed(UNTAGGED));
    }
}

fn state_category(name: &StateName) -> Category<'_> {
    match name.state {
        Some(state) => Category::Fixed(state.name),
        None => Category::Shared(&name.given),
    }
}

/// Names that are known beforehand are made once and shared: a tally asks for them millions of times.
fn fixed(name: &'static str) -> Arc<str> {
    use std::collections::HashMap;
    static NAMES: OnceLock<HashMap<&'static str, Arc<str>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let states = State::all().iter().map(|state| state.name);
        let groups = RegionalGroup::ALL.iter().copied().map(RegionalGroup::as_str);
        let positions = Position::ALL.iter().copied().map(Position::as_str);
        let organisations = State::all_organisations();
        let actions = ActionCategory::ALL.into_iter().map(ActionCategory::as_str);
        let all = states.chain(groups).chain(positions).chain(actions).chain(organisations).chain(NAMELESS);
        all.map(|name| (name, Arc::from(name))).collect()
    });
    names.get(name).cloned().unwrap_or_else(|| Arc::from(name))
}
