//! Over- and under-representation: which States, groups or organisations press an issue more than the others
//! do, and which less.

use super::column::{Column, cells, met};
use super::discovery::benjamini_hochberg;
use super::log_odds::{LogOdds, log_odds};
use super::options::Options;
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use crate::tally::Unit;
use std::collections::HashMap;
use std::sync::Arc;

/// How much more, or less, than all others each category of one dimension (such as recommending States) speaks of
/// each category of another (such as issues): a row for each of both, by z, the most over-represented first.
///
/// Each row compares a group with the rest of the list by [`log_odds`]. `count` of `of` recommendations (or pairs) of
/// the group have the feature, and `others_count` of `others_of` of all others. `q_value` is that of all rows together
/// ([`benjamini_hochberg`]): among rows with q below 0.05, expect 5% to be chance. Over-representation is found more
/// readily than under-representation: small numbers say little about the latter.
///
/// Groups that made all recommendations or none, and features that all recommendations have or none, cannot be
/// compared and have no row.
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, association};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let (groups, features) = (Dimension::RegionalGroup, Dimension::Position);
/// let table = association(&coded, groups, features, &Options::default());
/// let row = table.row(["WEOG", "noted"]).unwrap();
/// assert_eq!((row.count("count"), row.count("of")), (Some(2), Some(6)));
/// assert_eq!((row.count("others_count"), row.count("others_of")), (Some(1), Some(7)));
/// assert!(row.number("log_odds_ratio") > Some(0.0) && row.number("q_value") > Some(0.05)); // more, and by chance
/// # Ok::<(), upr::Error>(())
/// ```
pub fn association<'r>(
    coded: impl Into<Selection<'r>>,
    groups: Dimension,
    features: Dimension,
    options: &Options,
) -> Table {
    compare(&coded.into(), groups, features, None, options)
}

/// Compares every group with the rest for one feature, such as the issue `death-penalty`, as [`association`] does for
/// all: the q-values are of these comparisons only. A feature that never occurs has no rows.
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, association_of};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let (groups, options) = (Dimension::RegionalGroup, Options::default());
/// let pressing = association_of(&coded, groups, Dimension::Issue, "death-penalty", &options);
/// let first = pressing.iter().next().unwrap();
/// assert_eq!((first.text("regional_group"), first.count("count"), first.count("of")), (Some("WEOG"), Some(19), Some(86)));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn association_of<'r>(
    coded: impl Into<Selection<'r>>,
    groups: Dimension,
    features: Dimension,
    category: &str,
    options: &Options,
) -> Table {
    compare(&coded.into(), groups, features, Some(category), options)
}

/// One group and one feature.
struct Compared {
    group: Arc<str>,
    feature: Arc<str>,
    sides: Sides,
}

fn compare(
    list: &Selection<'_>,
    groups: Dimension,
    features: Dimension,
    only: Option<&str>,
    options: &Options,
) -> Table {
    let unit = options.unit.unwrap_or(Unit::RecommendationXState);
    let prior = options.prior_or(Options::PRIOR);
    let group = Column::of(list, groups, false);
    let feature = Column::of(list, features, false);
    let total = group.total(unit);
    let (group_totals, feature_totals) = (group.totals(unit), feature.totals(unit));
    let both: HashMap<(u32, u32), u64> = match unit {
        // "has no part in it" is said of whole recommendations
        Unit::Recommendations => met(&group, &feature),
        Unit::RecommendationXState => cells(&group, &feature, unit),
    }
    .into_iter()
    .map(|(group, feature, count)| ((group, feature), count))
    .collect();
    let chosen: Vec<usize> = match only {
        None => (0..feature.categories.len()).collect(),
        Some(category) => feature.position(category).map(|number| number as usize).into_iter().collect(),
    };
    let mut rows = Vec::new();
    for feature_at in chosen {
        for (group_at, &of) in group_totals.iter().enumerate() {
            let with = both.get(&(group_at as u32, feature_at as u32)).copied().unwrap_or(0);
            let here = (with, of);
            let elsewhere = (feature_totals[feature_at] - with, total - of);
            if let Some(sides) = Sides::compare(here, elsewhere, prior) {
                let (group, feature) =
                    (group.categories[group_at].clone(), feature.categories[feature_at].clone());
                rows.push(Compared { group, feature, sides });
            }
        }
    }
    rows.sort_by(|one, two| two.sides.log_odds.z.total_cmp(&one.sides.log_odds.z));
    let mut table = Table::new([groups.as_str(), features.as_str()]);
    if groups == features {
        table.header[1] += "_2";
    }
    table.header.extend(Sides::COLUMNS.map(str::to_string));
    let q_values = q_values(rows.iter().map(|row| &row.sides));
    table.rows.extend(rows.iter().zip(q_values).map(|(row, q_value)| {
        let mut line = vec![Cell::from(&row.group), (&row.feature).into()];
        line.extend(row.sides.cells(q_value));
        line
    }));
    table
}

/// What one side says against what the other says, for a row of a table.
pub(super) struct Sides {
    here: (u64, u64),
    elsewhere: (u64, u64),
    pub(super) log_odds: LogOdds,
}

impl Sides {
    /// The last columns of every table of comparisons.
    pub(super) const COLUMNS: [&str; 9] = [
        "count",
        "of",
        "others_count",
        "others_of",
        "log_odds_ratio",
        "standard_error",
        "z",
        "p_value",
        "q_value",
    ];

    pub(super) fn compare(here: (u64, u64), elsewhere: (u64, u64), prior: f64) -> Option<Sides> {
        log_odds(here, elsewhere, prior).map(|log_odds| Sides { here, elsewhere, log_odds })
    }

    /// What is in [`Sides::COLUMNS`].
    pub(super) fn cells(&self, q_value: f64) -> impl Iterator<Item = Cell> {
        let LogOdds { log_odds_ratio, standard_error, z, p_value } = self.log_odds;
        let counts = [self.here.0, self.here.1, self.elsewhere.0, self.elsewhere.1].map(Cell::from);
        let numbers = [log_odds_ratio, standard_error, z, p_value, q_value].map(Cell::from);
        counts.into_iter().chain(numbers)
    }
}

/// The q-value of each comparison, all of them together.
pub(super) fn q_values<'s>(sides: impl Iterator<Item = &'s Sides>) -> Vec<f64> {
    benjamini_hochberg(&sides.map(|sides| sides.log_odds.p_value).collect::<Vec<f64>>())
}
