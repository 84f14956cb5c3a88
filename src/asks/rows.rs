//! Same asks as tables: the asks, and the recommendations in them.

use super::SameAsk;
use crate::state::StateName;
use crate::table::{Cell, Table};

/// A row for each ask, the largest first. Units: recommendations, and recommendation x recommending State; the
/// positions count recommendations.
///
/// `ask` is the id of the representative, by which [`member_table`] and other tables join, `text` its wording, and
/// `shared` the reason: the words of it that at least half of the members share, empty for an ask made once.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::same_asks};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let groups = same_asks(&coded);
/// let table = upr::compare::ask_table(&groups);
/// assert_eq!((table.header[0].as_str(), table.rows.len()), ("ask", groups.len()));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn table(groups: &[SameAsk<'_>]) -> Table {
    let mut table = Table::new([
        "ask",
        "text",
        "recommendations",
        "recommendation_x_state",
        "supported",
        "supported_in_part",
        "noted",
        "pending",
        "other_position",
        "not_given",
        "reviews",
        "number_of_states",
        "recommending_states",
        "shared",
    ]);
    table.rows.extend(groups.iter().map(|group| {
        let representative = &group.representative.recommendation;
        let mut row = vec![Cell::from(&*representative.id), Cell::from(&*representative.text)];
        row.extend([group.count.recommendations, group.count.recommendation_x_state].map(Cell::from));
        row.extend(group.positions.all().map(Cell::from));
        row.extend([group.reviews as u64, group.recommending_states.len() as u64].map(Cell::from));
        row.extend([names(&group.recommending_states), group.phrases.join(" … ")].map(Cell::from));
        row
    }));
    table
}

/// A row for each recommendation, with the ask that it belongs to. Unit: recommendations.
///
/// `ask` is the id of the representative, `size` the number of recommendations in the group, `score` how alike the
/// recommendation is to the representative (from [`THRESHOLD`](super::THRESHOLD) to 1), `force` the verb that says how
/// strongly it is asked (`consider`, `continue`, `strive`, or nothing), and `shared` what it shares with the
/// representative, in its own words. Groups of one are included, so that the rows are the list.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::same_asks};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let table = upr::compare::member_table(&same_asks(&coded));
/// assert_eq!((table.header[3].as_str(), table.rows.len()), ("id", 347));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn member_table(groups: &[SameAsk<'_>]) -> Table {
    let mut table = Table::new([
        "ask",
        "size",
        "reviews",
        "id",
        "score",
        "force",
        "position",
        "recommending_states",
        "shared",
        "text",
    ]);
    for group in groups {
        for (coded, reason) in group.members.iter().zip(&group.reasons) {
            let recommendation = &coded.recommendation;
            let shared: Vec<&str> =
                reason.shared.iter().map(|shared| &recommendation.text[shared.span.clone()]).collect();
            table.rows.push(vec![
                Cell::from(&*group.representative.recommendation.id),
                Cell::from(group.members.len() as u64),
                Cell::from(group.reviews as u64),
                Cell::from(&*recommendation.id),
                Cell::from(reason.score),
                Cell::from(reason.force.unwrap_or_default()),
                Cell::from(recommendation.position().map_or("", |position| position.as_str())),
                Cell::from(names(&recommendation.recommending_states)),
                Cell::from(shared.join(" … ")),
                Cell::from(&*recommendation.text),
            ]);
        }
    }
    table
}

fn names(states: &[StateName]) -> String {
    states.iter().map(|state| state.name()).collect::<Vec<_>>().join("; ")
}
