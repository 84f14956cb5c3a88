//! Over- and under-representation: which States, groups or organisations press an issue more than the others
//! do, and which less.

use super::column::{Column, cells, met};
use super::discovery::benjamini_hochberg;
use super::log_odds::{LogOdds, Occurrence, Prior, log_odds};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use crate::tally::Unit;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// How associations are to be computed.
///
/// # Example
///
/// ```
/// use upr::statistics::AssociationOptions;
///
/// let options = AssociationOptions { unit: upr::Unit::Recommendations, ..AssociationOptions::default() };
/// assert_eq!(options.prior.recommendations(), 10.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AssociationOptions {
    /// What is counted. By [`Unit::Recommendations`] a group is compared with the recommendations in which it has
    /// no part; by [`Unit::RecommendationXState`] with all pairs that are not its own.
    pub unit: Unit,
    /// How strongly small numbers are drawn towards the share of the whole list.
    pub prior: Prior,
}

/// Pairs, for it is States that press an issue, and a prior of ten.
impl Default for AssociationOptions {
    fn default() -> AssociationOptions {
        AssociationOptions { unit: Unit::RecommendationXState, prior: Prior::default() }
    }
}

/// How much more, or less, than all others each category of one dimension (such as recommending States) speaks of
/// a category of another (such as issues).
///
/// Each row compares a group with the rest of the list by [`log_odds`]. Its q-value is that of all rows
/// together ([`benjamini_hochberg`]): among rows with q below 0.05, expect 5% to be chance. Over-representation is
/// found more readily than under-representation, of which small numbers say little.
///
/// # Example
///
/// ```
/// use upr::statistics::{Association, AssociationOptions};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let (groups, features) = (Dimension::RegionalGroup, Dimension::Issue);
/// let options = AssociationOptions::default();
/// let association =
///     Association::of_category(&coded, groups, features, "icc", &options);
///
/// let first = &association.rows[0];
/// println!("{} {}: {} of {}, q = {:.3}", first.group, first.feature, first.here.with, first.here.of, first.q_value);
/// assert!(association.rows.iter().all(|row| &*row.feature == "icc" && row.log_odds.z <= first.log_odds.z));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Association {
    /// The dimension of those who speak.
    pub groups: Dimension,
    /// The dimension of what they speak of.
    pub features: Dimension,
    /// How it was computed.
    pub options: AssociationOptions,
    /// By z, the most over-represented first; equal ones by the order of features and groups in tables.
    pub rows: Vec<AssociationRow>,
}

/// One group and one feature.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::{Dimension, statistics::{Association, AssociationOptions}};
///
/// let (groups, features) = (Dimension::RegionalGroup, Dimension::Position);
/// let options = AssociationOptions::default();
/// let association = Association::of(&coded, groups, features, &options);
/// let mut rows = association.rows.iter();
/// let row = rows.find(|row| &*row.group == "WEOG" && &*row.feature == "noted").unwrap();
/// assert_eq!((row.here.with, row.here.of, row.elsewhere.with, row.elsewhere.of), (2, 6, 1, 7));
/// assert!(row.log_odds.log_odds_ratio > 0.0 && row.q_value > 0.05); // more, and by chance
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssociationRow {
    /// The category of those who speak.
    pub group: Arc<str>,
    /// The category of what they speak of.
    pub feature: Arc<str>,
    /// How many of the group's own recommendations (or pairs) have the feature.
    pub here: Occurrence,
    /// How many of all others have it.
    pub elsewhere: Occurrence,
    /// The comparison.
    #[serde(flatten)]
    pub log_odds: LogOdds,
    /// The share of false discoveries among rows with a p-value as small as this one's.
    pub q_value: f64,
}

impl Association {
    /// Compares every group with the rest, for every feature: the q-values are of all these comparisons.
    ///
    /// Groups that made all recommendations or none, and features that all recommendations have or none, cannot be
    /// compared and have no row.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// use upr::{Dimension, statistics::{Association, AssociationOptions}};
    ///
    /// let association = Association::of(
    ///     &coded, Dimension::RegionalGroup, Dimension::Issue, &AssociationOptions::default());
    /// let first = &association.rows[0];
    /// assert_eq!((&*first.group, &*first.feature), ("WEOG", "climate-action"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(
        coded: impl Into<Selection<'r>>,
        groups: Dimension,
        features: Dimension,
        options: &AssociationOptions,
    ) -> Association {
        Association::compare(coded, groups, features, None, options)
    }

    /// Compares every group with the rest for one feature, such as the issue `death-penalty`: the q-values
    /// are of these comparisons only. A feature that never occurs gives no rows.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::{Association, AssociationOptions};
    /// use upr::{Codebook, Dimension, Tagger};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let groups = Dimension::RegionalGroup;
    /// let options = AssociationOptions::default();
    /// let pressing = Association::of_category(
    ///     &coded, groups, Dimension::Issue, "death-penalty", &options);
    /// let first = &pressing.rows[0];
    /// assert_eq!((&*first.group, first.here.with, first.here.of), ("WEOG", 19, 86));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of_category<'r>(
        coded: impl Into<Selection<'r>>,
        groups: Dimension,
        features: Dimension,
        category: &str,
        options: &AssociationOptions,
    ) -> Association {
        Association::compare(coded, groups, features, Some(category), options)
    }

    fn compare<'r>(
        coded: impl Into<Selection<'r>>,
        groups: Dimension,
        features: Dimension,
        only: Option<&str>,
        options: &AssociationOptions,
    ) -> Association {
        let list = coded.into();
        let group = Column::of(&list, groups, false);
        let feature = Column::of(&list, features, false);
        let total = group.total(options.unit);
        let (group_totals, feature_totals) = (group.totals(options.unit), feature.totals(options.unit));
        let both: HashMap<(u32, u32), u64> = match options.unit {
            // "has no part in it" is said of whole recommendations
            Unit::Recommendations => met(&group, &feature),
            Unit::RecommendationXState => cells(&group, &feature, options.unit),
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
                let here = Occurrence { with, of };
                let elsewhere = Occurrence { with: feature_totals[feature_at] - with, of: total - of };
                let Some(log_odds) = log_odds(here, elsewhere, options.prior.recommendations()) else {
                    continue;
                };
                rows.push(AssociationRow {
                    group: group.categories[group_at].clone(),
                    feature: feature.categories[feature_at].clone(),
                    here,
                    elsewhere,
                    log_odds,
                    q_value: f64::NAN,
                });
            }
        }
        let p_values: Vec<f64> = rows.iter().map(|row| row.log_odds.p_value).collect();
        for (row, q_value) in rows.iter_mut().zip(benjamini_hochberg(&p_values)) {
            row.q_value = q_value;
        }
        rows.sort_by(|one, two| two.log_odds.z.total_cmp(&one.log_odds.z));
        Association { groups, features, options: *options, rows }
    }

    /// A row for each comparison, in their order.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, statistics::{Association, AssociationOptions}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// # let (groups, features) = (Dimension::RegionalGroup, Dimension::Issue);
    /// let association =
    ///     Association::of(&coded, groups, features, &AssociationOptions::default());
    /// let table = association.table();
    /// assert_eq!(table.header[..2], ["regional_group", "issue"]);
    /// assert_eq!(table.rows.len(), association.rows.len());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let mut table = Table::new([self.groups.as_str(), self.features.as_str()]);
        if self.groups == self.features {
            table.header[1] += "_2";
        }
        let names = ["count", "of", "others_count", "others_of"];
        table.header.extend(names.into_iter().chain(COMPARISON).map(str::to_string));
        table.rows.extend(self.rows.iter().map(|row| {
            let mut line = vec![Cell::from(&row.group), (&row.feature).into()];
            line.extend(comparison(row.here, row.elsewhere, &row.log_odds, row.q_value));
            line
        }));
        table
    }
}

/// The last columns of every table of comparisons.
pub(super) const COMPARISON: [&str; 5] = ["log_odds_ratio", "standard_error", "z", "p_value", "q_value"];

pub(super) fn comparison(
    here: Occurrence,
    elsewhere: Occurrence,
    log_odds: &LogOdds,
    q_value: f64,
) -> [Cell; 9] {
    let LogOdds { log_odds_ratio, standard_error, z, p_value } = *log_odds;
    [
        here.with.into(),
        here.of.into(),
        elsewhere.with.into(),
        elsewhere.of.into(),
        log_odds_ratio.into(),
        standard_error.into(),
        z.into(),
        p_value.into(),
        q_value.into(),
    ]
}
