//! Asks and the recommendations that take them up as a table.

use super::{Alike, Ask};
use crate::table::{Cell, Table};

/// A row for each ask and recommendation that is like it, best first; an ask like none has one row, with `rank` 0 and nothing
/// after it. Unit: pairs of an ask and a recommendation.
///
/// `ask` is the id of the ask, `rank` 1 for the best, `score` from 0 to 1, `takes_up` `yes` from [`TAKEN_UP`](super::TAKEN_UP)
/// on and otherwise `no`, `shared` what both have, in the words of the recommendation.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{Ask, like, like_table}};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let asks = Ask::read("fixtures/like/asks.csv")?;
/// let table = like_table(&asks, &like(&coded, &tagger, &asks, 5)?);
/// let first = table.iter().next().unwrap();
/// assert_eq!((first.text("ask"), first.count("rank")), (Some("death-penalty"), Some(1)));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn table(asks: &[Ask], found: &[Vec<Alike<'_>>]) -> Table {
    let columns = [
        "ask",
        "ask_text",
        "rank",
        "score",
        "takes_up",
        "id",
        "recommending_states",
        "position",
        "shared",
        "text",
    ];
    let mut table = Table::new(columns);
    for (ask, found) in asks.iter().zip(found) {
        let row = |rank: usize, score: Option<f64>| {
            vec![Cell::from(&*ask.id), Cell::from(&*ask.text), Cell::from(rank as u64), Cell::from(score)]
        };
        let before = table.rows.len();
        for (at, alike) in found.iter().enumerate() {
            let recommendation = &alike.coded.recommendation;
            let states: Vec<&str> =
                recommendation.recommending_states.iter().map(|state| state.name()).collect();
            let mut row = row(at + 1, Some(alike.score));
            row.extend([
                Cell::from(if alike.takes_up() { "yes" } else { "no" }),
                Cell::from(&*recommendation.id),
                Cell::from(states.join("; ")),
                Cell::from(recommendation.position().map_or("", |position| position.as_str())),
                Cell::from(alike.shared.join(" … ")),
                Cell::from(&*recommendation.text),
            ]);
            table.rows.push(row);
        }
        if table.rows.len() == before {
            let mut row = row(0, None);
            row.extend([""; 6].map(Cell::from));
            table.rows.push(row);
        }
    }
    table
}
