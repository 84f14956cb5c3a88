//! Links as tables.

use super::{CycleLinks, Kind, Links};
use crate::group::table::{Row, Table};

/// The header of [`Links::table`] and [`table`].
const HEADER: [&str; 14] = [
    "state_under_review",
    "from_cycle",
    "to_cycle",
    "status",
    "kind",
    "score",
    "earlier_id",
    "later_id",
    "earlier_position",
    "later_position",
    "actions",
    "issues",
    "shared",
    "shared_in_later",
];

/// A row for each link, for each recommendation that disappeared, and for each new one.
///
/// `status` is `returned`, `disappeared` or `new`; the last two by all kinds of links. Units: links, recommendations.
pub fn table(cycles: &[CycleLinks<'_>]) -> Table {
    let rows = cycles.iter().flat_map(|cycle| {
        let before =
            [cycle.state_under_review.clone(), cycle.from_cycle.to_string(), cycle.to_cycle.to_string()];
        rows(&cycle.links).into_iter().map(move |row| [before.to_vec(), row].concat())
    });
    Table { header: HEADER.to_vec(), rows: rows.collect() }
}

impl Links<'_> {
    /// The same for two lists, without State and cycles.
    pub fn table(&self) -> Table {
        Table { header: HEADER[3..].to_vec(), rows: rows(self) }
    }
}

fn rows(links: &Links<'_>) -> Vec<Row> {
    let position = |coded: &crate::CodedRecommendation| {
        coded.recommendation.position().map_or(String::new(), |position| position.as_str().to_string())
    };
    let mut rows: Vec<Row> = Vec::new();
    for link in &links.links {
        let (earlier, later) = (&link.earlier.recommendation, &link.later.recommendation);
        let phrases: Vec<&str> =
            link.shared.iter().map(|shared| &earlier.text[shared.span.clone()]).collect();
        let in_later: Vec<&str> =
            link.shared.iter().map(|shared| &later.text[shared.other.clone()]).collect();
        rows.push(vec![
            "returned".to_string(),
            link.kind.as_str().to_string(),
            format!("{:.2}", link.score),
            earlier.id.clone(),
            later.id.clone(),
            position(link.earlier),
            position(link.later),
            link.actions.map(Option::unwrap_or_default).join(" "),
            link.issues.join(" "),
            phrases.join(" … "),
            in_later.join(" … "),
        ]);
    }
    let alone = |status: &str, earlier: &str, later: &str, position: [String; 2]| -> Row {
        let [before, after] = position;
        let empty = String::new;
        let cells =
            [status.to_string(), empty(), empty(), earlier.to_string(), later.to_string(), before, after];
        cells.into_iter().chain(std::iter::repeat_with(empty).take(4)).collect()
    };
    for coded in links.disappeared(Kind::SameIssueAndAction) {
        rows.push(alone("disappeared", &coded.recommendation.id, "", [position(coded), String::new()]));
    }
    for coded in links.new_ones(Kind::SameIssueAndAction) {
        rows.push(alone("new", "", &coded.recommendation.id, [String::new(), position(coded)]));
    }
    rows
}
