//! Profiles of States. What they hold, and what a figure is compared with: `profile/PAGE.md`, which
//! [`compare`](crate::compare) shows. Where to go next: `count.rs`, which counts in one pass.

mod count;

use crate::coded::Selection;
use crate::error::Result;
use crate::state::RegionalGroup;
use crate::statistics::{Options, PartlySupported, Rate};
use crate::table::{Row, Table};
use crate::tally::{Count, Unit};
use serde::Serialize;
use std::sync::Arc;

/// A State in the review, from both sides.
///
/// # Example
///
/// ```
/// use upr::{compare::Profile, statistics::Options};
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::core();
/// let reader = upr::read::Reader::new().state_under_review("United States").session("36");
/// let coded = tagger.tag(reader.path("fixtures/usa-2020.csv")?);
/// let options = Options::default();
/// let spain = Profile::of(&coded, "Spain", &options)?;
///
/// assert_eq!(spain.recommending.count.recommendations, spain.recommending.total);
/// assert_eq!(spain.under_review.total, 0, "the list is of another State");
/// let death_penalty = spain.recommending.issues.row(["death-penalty"]).unwrap();
/// assert!(death_penalty.count("count") < death_penalty.count("world_count"));
/// assert_eq!(death_penalty.text("few"), Some("true"));
///
/// let united_states = Profile::of(&coded, "USA", &options)?;
/// assert_eq!(united_states.under_review.supported.supported, 263);
/// assert!(united_states.under_review.cycles.row(["3"]).is_some());
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
    /// What a recommendation that was supported in part is to a share supported.
    pub partly_supported: PartlySupported,
    /// How sure the intervals are.
    pub confidence: f64,
    /// How many recommendations the prior weighs that draws small numbers towards no difference.
    pub prior: f64,
    /// Below which count a figure is flagged.
    pub few: u64,
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
/// use upr::{compare::Profile, statistics::Options};
///
/// let tuvalu = Profile::of(&coded, "Tuvalu", &Options::default())?;
/// let (side, other) = (tuvalu.under_review, tuvalu.recommending);
/// assert_eq!((side.unit, side.total, other.total), (upr::Unit::Recommendations, 12, 0));
/// assert_eq!((side.supported.supported, side.supported.answered), (9, 12));
/// assert_eq!(side.partners.iter().filter_map(|partner| partner.count("count")).sum::<u64>(), 13);
/// // five of its twelve recommendations are on climate action, all supported
/// let issue = side.issues.iter().next().unwrap();
/// assert_eq!((issue.text("label"), issue.count("count"), issue.count("of")), (Some("Climate action"), Some(5), Some(12)));
/// assert_eq!((issue.number("share"), issue.text("few"), issue.count("supported")), (Some(5.0 / 12.0), Some("true"), Some(5)));
/// // the one recommendation of Fiji is on displacement, and three of the other twelve
/// let fiji = Profile::of(&coded, "Fiji", &Options::default())?.recommending;
/// let displacement = fiji.issues.row(["climate-displacement"]).unwrap();
/// assert_eq!((displacement.count("world_count"), displacement.count("world_of")), (Some(3), Some(12)));
/// assert_eq!((displacement.number("world_difference"), displacement.number("world_ratio")), (Some(0.75), Some(4.0)));
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
    /// By cycle of the UPR, in order; what has none is `not_given`. They add up to the total. Columns: `cycle`, `count`,
    /// `few` (`true` or `false`), and those of [`Rates::table`](crate::statistics::Rates::table).
    pub cycles: Table,
    /// By issue, the most frequent first, equal ones in the order of the codebook; `untagged` last, and issues that
    /// never occur as well. Columns: `issue`, `label`, `count` of `of`, their `share`, `few`, and those of
    /// [`Rates::table`](crate::statistics::Rates::table). Against the other States of its regional group (`group_…`) and
    /// against all other States (`world_…`): how many of theirs have the issue (`count` of `of`, `share`), the
    /// `difference` of the shares (0.05 is five percentage points more), their `ratio`, the [`log_odds`](crate::statistics::log_odds), and the
    /// `q_value` over all issues of this comparison.
    pub issues: Table,
    /// The unit of the partners: recommendation x recommending State.
    pub partner_unit: Unit,
    /// Who recommends to it, or to whom it recommends, the most frequent first, then by name. They add up to the pairs of
    /// what it received, or to what it made.
    /// Columns as those of `cycles`, with `state` first.
    pub partners: Table,
    /// The partners by UN regional group, likewise; `unknown` where no table has the State, and `not_given` where the list
    /// doesn't name the State under review.
    /// Columns likewise, with `regional_group` first.
    pub partner_groups: Table,
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
    /// use upr::{compare::Profile, statistics::Options};
    /// let none = upr::CodedList::new(upr::Codebook::core(), Vec::new());
    /// let error = Profile::of(&none, "Atlantis", &Options::default()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "state: found \"Atlantis\", expected a State of the table, or one that a recommendation of the list names"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>, state: &str, options: &Options) -> Result<Profile> {
        count::profile(&coded.into(), state, options)
    }
}

impl Side {
    /// The issues that stand out against the world, the most over-represented first (by z); those with few
    /// recommendations are left out.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{compare::Profile, statistics::Options};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let options = Options::default().few(1);
    /// let fiji = Profile::of(&coded, "Fiji", &options)?;
    /// assert_eq!(fiji.recommending.most_pressed()[0].text("issue"), Some("climate-displacement"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn most_pressed(&self) -> Vec<Row<'_>> {
        let z = |issue: &Row<'_>| issue.number("world_z").unwrap_or(0.0);
        let mut issues: Vec<Row<'_>> =
            self.issues.iter().filter(|issue| issue.text("few") == Some("false") && z(issue) > 0.0).collect();
        issues.sort_by(|one, two| z(two).total_cmp(&z(one)));
        issues
    }
}
