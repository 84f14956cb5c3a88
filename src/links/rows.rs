//! Links as tables.

use super::{Kind, Links};
use crate::coded::CodedRecommendation;
use crate::table::{Cell, Table};

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
/// `status` is `returned`, `disappeared` or `new`; the last two by all kinds of links. `shared` are the phrases of the
/// earlier recommendation that the later one shares, `shared_in_later` the same in its words. State and cycles are empty
/// for lists that [`between`](super::between) compared. Units: links, recommendations.
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
pub fn table(cycles: &[Links<'_>]) -> Table {
    let mut table = Table::new(HEADER);
    for links in cycles {
        let cycle =
            |cycle: Option<u8>| cycle.map_or(Cell::Number(None), |cycle| Cell::from(u64::from(cycle)));
        let state = Cell::from(links.state_under_review.as_deref().unwrap_or_default());
        let before = [state, cycle(links.from_cycle), cycle(links.to_cycle)];
        table.rows.extend(rows(links).into_iter().map(|row| [&before[..], &row].concat()));
    }
    table
}

fn rows(links: &Links<'_>) -> Vec<Vec<Cell>> {
    let position = |coded: &CodedRecommendation| {
        Cell::from(coded.recommendation.position().map_or("", |position| position.as_str()))
    };
    let mut rows = Vec::new();
    for link in &links.links {
        let (in_earlier, in_later): (Vec<&str>, Vec<&str>) = link.shared().unzip();
        rows.push(vec![
            Cell::from("returned"),
            Cell::from(link.kind.as_str()),
            Cell::from(link.score),
            Cell::from(&*link.earlier.recommendation.id),
            Cell::from(&*link.later.recommendation.id),
            position(link.earlier),
            position(link.later),
            Cell::from(link.actions.map(Option::unwrap_or_default).join(" ")),
            Cell::from(link.issues.join(" ")),
            Cell::from(in_earlier.join(" … ")),
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
