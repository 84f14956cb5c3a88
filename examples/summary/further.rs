//! What is computed on demand: statistics, asks, links, and counts by another frame. `screen` and `report` show the same.

use crate::asks::{Asks, Returned};
use serde::Serialize;
use upr::count::Grouping;
use upr::count::{CategoryCount, UNTAGGED};
use upr::statistics::{Options, Rates, Row, association, keyness_of_noted};
use upr::{CodedList, Dimension, Table, Tally, Unit};

/// Above this share of false discoveries, a difference is not told.
pub(crate) const Q_BELOW: f64 = 0.05;

/// What was asked for beside the summary.
#[derive(Serialize)]
pub(crate) struct Further<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statistics: Option<Statistics>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) groups: Option<Groups<'f>>,
}

#[derive(Serialize)]
pub(crate) struct Statistics {
    pub(crate) share_supported_by_issue: Rates,
    pub(crate) pressed_more_than_others: Pressed,
    /// Of noted recommendations against supported ones.
    pub(crate) words_of_noted: Table,
    pub(crate) same_ask: Asks,
    /// Empty where the list has no State under review in two cycles.
    pub(crate) returned: Vec<Returned>,
}

/// Who presses an issue more than all others.
#[derive(Serialize)]
pub(crate) struct Pressed {
    /// How it was computed.
    unit: Unit,
    prior: f64,
    /// All rows have a q-value below.
    q_below: f64,
    /// Regional groups and States; the most over-represented first.
    pub(crate) rows: Table,
}

impl Statistics {
    pub(crate) fn of(coded: &CodedList) -> Statistics {
        let options = Options::default().unit(Unit::RecommendationXState);
        let more = |row: &Row<'_>| {
            row.number("q_value").is_some_and(|q_value| q_value < Q_BELOW)
                && row.number("z") > Some(0.0)
                && row.text("issue") != Some(UNTAGGED)
        };
        let mut rows = Table::default();
        let mut by_z = Vec::new();
        for dimension in [Dimension::RegionalGroup, Dimension::RecommendingState] {
            let table = association(coded, dimension, Dimension::Issue, &options);
            let of_dimension = table.iter().zip(&table.rows).filter(|(row, _)| more(row));
            by_z.extend(of_dimension.map(|(row, cells)| {
                let cells = [&[dimension.as_str().into()], &cells[..]].concat();
                (row.number("z").unwrap_or_default(), cells)
            }));
            rows.header = ["dimension", "group"].map(str::to_string).to_vec();
            rows.header.extend_from_slice(&table.header[1..]);
        }
        by_z.sort_by(|(one, _), (two, _)| two.total_cmp(one));
        rows.rows = by_z.into_iter().map(|(_, cells)| cells).collect();
        Statistics {
            share_supported_by_issue: Rates::of(coded, Dimension::Issue, &Options::default()),
            pressed_more_than_others: Pressed {
                unit: Unit::RecommendationXState,
                prior: Options::PRIOR,
                q_below: Q_BELOW,
                rows,
            },
            words_of_noted: keyness_of_noted(coded, &Options::default()),
            same_ask: Asks::of(coded),
            returned: Returned::of(coded),
        }
    }
}

/// Counts by the groups of a grouping.
#[derive(Serialize)]
pub(crate) struct Groups<'g> {
    grouping: About<'g>,
    #[serde(skip)]
    pub(crate) heading: String,
    pub(crate) counts: Vec<GroupCount>,
}

#[derive(Serialize)]
struct About<'g> {
    name: &'g str,
    version: &'g str,
    hash: &'g str,
    reading: &'static str,
}

#[derive(Serialize)]
pub(crate) struct GroupCount {
    pub(crate) label: String,
    #[serde(flatten)]
    pub(crate) count: CategoryCount,
}

impl Groups<'_> {
    pub(crate) fn of<'g>(coded: &CodedList, grouping: &'g Grouping) -> upr::Result<Groups<'g>> {
        let codebook = grouping.codebook();
        let counts = Tally::with_positions(&grouping.regroup(coded)?, Dimension::Issue);
        let label = |code: &str| match codebook.issue(code) {
            Some(group) => group.label.clone(),
            None => "No issue of the codebook".to_string(),
        };
        let counts = counts.into_iter().map(|count| GroupCount { label: label(&count.category), count });
        Ok(Groups {
            heading: match grouping.about().title.as_str() {
                "" => grouping.name().to_string(),
                title => format!("{title} (grouping {} {})", grouping.name(), grouping.about().version),
            },
            grouping: About {
                name: grouping.name(),
                version: &grouping.about().version,
                hash: &grouping.about().hash,
                reading: grouping.reading().as_str(),
            },
            counts: counts.collect(),
        })
    }
}
