//! Profiles of States: what a State is recommended and by whom, and what it recommends to others, each against its
//! regional group and the world.
//!
//! [`Profile::of`] gives both sides in one call. Each [`Side`] names its unit:
//!
//! - **as State under review**, by *recommendations*: a joint recommendation counts once, whoever made it. Who recommends
//!   is counted by *recommendation x recommending State*.
//! - **as recommending State**, by *recommendation x recommending State*: each recommendation that it made, alone or with
//!   others, counts once for it. Of its co-sponsors each counts on its own in the figures of the group and the world.
//!
//! # What a figure is compared with
//!
//! The *world* are all other States of the list, without the State itself: an average that holds the State would hide
//! part of the difference. The *group* are the other States of its UN regional group. Neither is the whole world if the
//! list isn't: a list of one session compares with that session. A comparison gives both counts, the difference of the
//! shares, their ratio, and [`log_odds`] with its standard error, drawn towards no difference where numbers are
//! small; `q_value` is that of all issues of this comparison together ([`benjamini_hochberg`]).
//!
//! A recommendation counts under each of its issues, so issues add up to more than the recommendations; cycles add up to
//! them, and partners add up to the pairs.
//!
//! # Small counts
//!
//! What fewer than [`ProfileOptions::few`] recommendations stand behind is flagged as `few`. Ten by default: a count of
//! ten has a standard error of about a third of itself (of n, 1/√n, as counts of independent events have), so that its
//! ratio to another share tells little.
//!
//! # Example
//!
//! ```
//! use upr::compare::{Profile, ProfileOptions};
//! use upr::{Codebook, Tagger};
//!
//! let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
//! let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
//! let options = ProfileOptions::default();
//! let tuvalu = Profile::of(&coded, "Tuvalu", &options)?.under_review;
//! assert_eq!((tuvalu.total, tuvalu.supported.supported), (12, 9));
//! assert_eq!(&*tuvalu.partner_groups[0].category, "WEOG"); // which recommended most
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`statistics`](crate::statistics) compares all States at once, [`filter`](crate::count) takes a
//! part of a list first, [`grouping`](crate::count) puts other groups in the place of issues.

mod count;

use crate::coded::Selection;
use crate::error::Result;
use crate::state::{RegionalGroup, StateName};
use crate::statistics::{
    Confidence, LogOdds, Occurrence, PartlySupported, Prior, Rate, benjamini_hochberg, log_odds,
};
use crate::tally::{Count, Unit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a profile is to be computed.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::compare::{Profile, ProfileOptions};
///
/// let options = ProfileOptions { few: 4, ..ProfileOptions::default() };
/// let tuvalu = Profile::of(&coded, "Tuvalu", &options)?;
/// let few = |issue| tuvalu.under_review.issue(issue).unwrap().few;
/// assert_eq!((few("climate-action"), few("climate-displacement")), (false, true)); // five, and three
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ProfileOptions {
    /// What a recommendation that was supported in part is to a share supported.
    pub partly_supported: PartlySupported,
    /// How sure intervals are to be.
    pub confidence: Confidence,
    /// How strongly small numbers are drawn towards no difference.
    pub prior: Prior,
    /// Below which count a figure is flagged.
    pub few: u64,
}

/// Partly supported as noted, 95%, a prior of ten recommendations, and counts below ten flagged.
impl Default for ProfileOptions {
    fn default() -> ProfileOptions {
        ProfileOptions {
            partly_supported: PartlySupported::default(),
            confidence: Confidence::default(),
            prior: Prior::default(),
            few: 10,
        }
    }
}

/// A State in the review, from both sides.
///
/// # Example
///
/// ```
/// use upr::compare::{Profile, ProfileOptions};
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::core();
/// let reader = upr::read::Reader::new().state_under_review("United States").session("36");
/// let coded = tagger.tag(reader.path("fixtures/usa-2020.csv")?);
/// let options = ProfileOptions::default();
/// let spain = Profile::of(&coded, "Spain", &options)?;
///
/// assert_eq!(spain.recommending.count.recommendations, spain.recommending.total);
/// assert_eq!(spain.under_review.total, 0, "the list is of another State");
/// let death_penalty = spain.recommending.issue("death-penalty").unwrap();
/// let (here, world) = (death_penalty.here, death_penalty.world.of);
/// println!("{} of {}, the others {} of {}", here.with, here.of, world.with, world.of);
/// assert!(death_penalty.few);
///
/// let united_states = Profile::of(&coded, "USA", &options)?;
/// assert_eq!(united_states.under_review.supported.supported, 263);
/// assert_eq!(united_states.under_review.cycles[0].category.as_ref(), "3");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// The State's short name, or the name as given where no table has it.
    pub state: Arc<str>,
    /// ISO 3166 alpha-3, or empty.
    pub iso3: &'static str,
    /// Its UN regional group, if it is known.
    pub regional_group: Option<RegionalGroup>,
    /// How it was computed.
    pub options: ProfileOptions,
    /// As State under review.
    pub under_review: Side,
    /// As recommending State.
    pub recommending: Side,
}

/// One side of a profile.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::compare::{Profile, ProfileOptions};
///
/// let tuvalu = Profile::of(&coded, "Tuvalu", &ProfileOptions::default())?;
/// let (side, other) = (tuvalu.under_review, tuvalu.recommending);
/// assert_eq!((side.unit, side.total, other.total), (upr::Unit::Recommendations, 12, 0));
/// assert_eq!((side.supported.supported, side.supported.answered), (9, 12));
/// assert_eq!(side.partners.iter().map(|part| part.count).sum::<u64>(), 13);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// The unit of all figures but `count` and the partners'.
    pub unit: Unit,
    /// How many recommendations it received, or made, by this unit.
    pub total: u64,
    /// The same by both units: of a joint recommendation that it made, the pairs of all States.
    pub count: Count,
    /// The share supported. Its category is `total`.
    pub supported: Rate,
    /// The share supported of the other States of its regional group: what they received, or made.
    pub supported_in_group: Rate,
    /// The share supported of all other States.
    pub supported_in_world: Rate,
    /// By cycle of the UPR, in order; what has none is `not_given`. They add up to the total.
    pub cycles: Vec<Part>,
    /// By issue, the most frequent first, equal ones in the order of the codebook; `untagged` last, and issues that
    /// never occur as well.
    pub issues: Vec<IssueProfile>,
    /// The unit of the partners: recommendation x recommending State.
    pub partner_unit: Unit,
    /// Who recommends to it, or to whom it recommends, the most frequent first, then by name. They add up to the pairs of
    /// what it received, or to what it made.
    pub partners: Vec<Part>,
    /// The partners by UN regional group, likewise; `unknown` where no table has the State, and `not_given` where the list
    /// doesn't name the State under review.
    pub partner_groups: Vec<Part>,
}

/// A part of what a State received or made.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::compare::{Profile, ProfileOptions};
///
/// let tuvalu = Profile::of(&coded, "Tuvalu", &ProfileOptions::default())?;
/// let cycle = &tuvalu.under_review.cycles[0];
/// assert_eq!((&*cycle.category, cycle.count, cycle.few), ("4", 12, false));
/// assert_eq!(cycle.supported.supported, 9);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The category: a cycle, a State, a regional group.
    pub category: Arc<str>,
    /// How many.
    pub count: u64,
    /// Whether that is few.
    pub few: bool,
    /// The share of them that was supported.
    pub supported: Rate,
}

/// An issue that a State hears of, or speaks of.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::compare::{Profile, ProfileOptions};
///
/// let tuvalu = Profile::of(&coded, "Tuvalu", &ProfileOptions::default())?;
/// let issue = &tuvalu.under_review.issues[0];
/// assert_eq!((issue.label.as_str(), issue.here.with, issue.here.of), ("Climate action", 5, 12));
/// assert_eq!((issue.share, issue.few, issue.supported.supported), (Some(5.0 / 12.0), true, 5));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueProfile {
    /// The code of the issue, or `untagged`.
    pub issue: Arc<str>,
    /// Its name for people.
    pub label: String,
    /// How many of its recommendations have it.
    pub here: Occurrence,
    /// The share; none of nothing.
    pub share: Option<f64>,
    /// Whether they are few.
    pub few: bool,
    /// The share of them that was supported.
    pub supported: Rate,
    /// Against the other States of its regional group.
    pub group: Against,
    /// Against all other States.
    pub world: Against,
}

/// A share beside that of others.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::compare::{Profile, ProfileOptions};
///
/// let fiji = Profile::of(&coded, "Fiji", &ProfileOptions::default())?;
/// // the one recommendation of Fiji speaks of displacement, and two of the other twelve
/// let world = fiji.recommending.issue("climate-displacement").unwrap().world.clone();
/// assert_eq!((world.of.with, world.of.of), (3, 12));
/// assert_eq!((world.difference, world.ratio), (Some(0.75), Some(4.0)));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Against {
    /// How many of the others' recommendations have the issue.
    pub of: Occurrence,
    /// The others' share; none of nothing.
    pub share: Option<f64>,
    /// The State's share less the others'. 0.05 is five percentage points more.
    pub difference: Option<f64>,
    /// The State's share over the others'; none where theirs is zero.
    pub ratio: Option<f64>,
    /// The comparison; none where there is nothing to compare.
    pub log_odds: Option<LogOdds>,
    /// The share of false discoveries among issues with a p-value as small as this one's, in this comparison.
    pub q_value: Option<f64>,
}

impl Profile {
    /// The profile of a State in a list. The State may be named in
    /// any usual form, or by its ISO code.
    ///
    /// # Errors
    ///
    /// A name that no table has, and that no recommendation has either. A State that merely doesn't occur has a profile
    /// of zeros.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::compare::{Profile, ProfileOptions};
    /// let none = upr::CodedList::new(upr::Codebook::core(), Vec::new());
    /// let error = Profile::of(&none, "Atlantis", &ProfileOptions::default()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "state: found \"Atlantis\", expected a State of the table, or one that a recommendation of the list names"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>, state: &str, options: &ProfileOptions) -> Result<Profile> {
        count::profile(&coded.into(), state, options)
    }
}

impl Side {
    /// An issue by its code.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// use upr::compare::{Profile, ProfileOptions};
    ///
    /// let kenya = Profile::of(&coded, "Kenya", &ProfileOptions::default())?;
    /// assert_eq!(kenya.recommending.issue("climate-action").unwrap().here.with, 0);
    /// assert!(kenya.recommending.issue("torture").is_none()); // no issue of this codebook
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn issue(&self, code: &str) -> Option<&IssueProfile> {
        self.issues.iter().find(|issue| &*issue.issue == code)
    }

    /// The issues that stand out against the world, the most over-represented first (by z); those with few
    /// recommendations are left out.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::compare::{Profile, ProfileOptions};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let options = ProfileOptions { few: 1, ..ProfileOptions::default() };
    /// let fiji = Profile::of(&coded, "Fiji", &options)?;
    /// assert_eq!(&*fiji.recommending.most_pressed()[0].issue, "climate-displacement");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn most_pressed(&self) -> Vec<&IssueProfile> {
        let z = |issue: &IssueProfile| issue.world.log_odds.map_or(0.0, |odds| odds.z);
        let mut issues: Vec<&IssueProfile> =
            self.issues.iter().filter(|issue| !issue.few && z(issue) > 0.0).collect();
        issues.sort_by(|one, two| z(two).total_cmp(&z(one)));
        issues
    }
}

impl Against {
    fn of(here: Occurrence, others: Occurrence, prior: Prior) -> Against {
        let (mine, theirs) = (share(here), share(others));
        Against {
            of: others,
            share: theirs,
            difference: mine.zip(theirs).map(|(mine, theirs)| mine - theirs),
            ratio: mine.zip(theirs).filter(|(_, theirs)| *theirs > 0.0).map(|(mine, theirs)| mine / theirs),
            log_odds: log_odds(here, others, prior.recommendations()),
            q_value: None,
        }
    }
}

/// Sets the q-values of one comparison over all issues.
fn set_q_values<'i>(comparisons: impl Iterator<Item = &'i mut Against>) {
    let mut comparisons: Vec<&mut Against> = comparisons.filter(|one| one.log_odds.is_some()).collect();
    let p_values: Vec<f64> =
        comparisons.iter().filter_map(|one| one.log_odds.map(|odds| odds.p_value)).collect();
    for (comparison, q_value) in comparisons.iter_mut().zip(benjamini_hochberg(&p_values)) {
        comparison.q_value = Some(q_value);
    }
}

fn share(occurrence: Occurrence) -> Option<f64> {
    (occurrence.of > 0).then(|| occurrence.with as f64 / occurrence.of as f64)
}

fn named(name: &StateName) -> Arc<str> {
    Arc::from(name.name())
}
