//! Links as tables.

use super::{CycleLinks, Kind, Links};
use crate::CodedRecommendation;
use crate::table::{Cell, Table};

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
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::across_cycles};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let table = upr::compare::link_table(&across_cycles(&coded));
/// assert_eq!((table.header[3].as_str(), table.rows[0][3].text().as_str()), ("status", "returned"));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn table(cycles: &[CycleLinks<'_>]) -> Table {
    let mut table = Table::new(HEADER);
    for cycle in cycles {
        let cycles = [cycle.from_cycle, cycle.to_cycle].map(|cycle| Cell::from(u64::from(cycle)));
        let before = [&[Cell::from(&*cycle.state_under_review)], &cycles[..]].concat();
        table.rows.extend(rows(&cycle.links).into_iter().map(|row| [before.clone(), row].concat()));
    }
    table
}

impl Links<'_> {
    /// The same for two lists, without State and cycles.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Tagger, compare::across_cycles};
    ///
    /// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
    /// let table = across_cycles(&coded)[0].links.table();
    /// assert_eq!(table.header[0], "status");
    /// assert_eq!(table.rows[0][0].text(), "returned");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        Table { rows: rows(self), ..Table::new(&HEADER[3..]) }
    }
}

fn rows(links: &Links<'_>) -> Vec<Vec<Cell>> {
    let position = |coded: &CodedRecommendation| {
        Cell::from(coded.recommendation.position().map_or("", |position| position.as_str()))
    };
    let mut rows = Vec::new();
    for link in &links.links {
        let (earlier, later) = (&link.earlier.recommendation, &link.later.recommendation);
        let phrases: Vec<&str> =
            link.shared.iter().map(|shared| &earlier.text[shared.span.clone()]).collect();
        let in_later: Vec<&str> =
            link.shared.iter().map(|shared| &later.text[shared.other.clone()]).collect();
        rows.push(vec![
            Cell::from("returned"),
            Cell::from(link.kind.as_str()),
            Cell::from(link.score),
            Cell::from(&*earlier.id),
            Cell::from(&*later.id),
            position(link.earlier),
            position(link.later),
            Cell::from(link.actions.map(Option::unwrap_or_default).join(" ")),
            Cell::from(link.issues.join(" ")),
            Cell::from(phrases.join(" … ")),
            Cell::from(in_later.join(" … ")),
        ]);
    }
    let nothing = || Cell::from("");
    let alone = |status: &str, ids: [&str; 2], positions: [Cell; 2]| -> Vec<Cell> {
        let first = [Cell::from(status), nothing(), Cell::Number(None)];
        let last = std::iter::repeat_with(nothing).take(4);
        first.into_iter().chain(ids.map(Cell::from)).chain(positions).chain(last).collect()
    };
    for coded in links.disappeared(Kind::SameIssueAndAction) {
        rows.push(alone("disappeared", [&coded.recommendation.id, ""], [position(coded), nothing()]));
    }
    for coded in links.new_ones(Kind::SameIssueAndAction) {
        rows.push(alone("new", ["", &coded.recommendation.id], [nothing(), position(coded)]));
    }
    rows
}
