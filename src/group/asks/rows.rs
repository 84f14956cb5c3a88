//! Same asks as a table.

use super::SameAsk;
use crate::group::table::Table;

/// A row for each recommendation, with the ask that it belongs to. Unit: recommendations.
///
/// `ask` is the id of the representative, `size` the number of recommendations in the group, `shared` what the
/// recommendation shares with the representative, in its own words. Groups of one are included, so that the rows are
/// the list.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, group::asks::{self, Scope}};
///
/// let coded = Tagger::new(Codebook::core())?.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
/// let table = asks::table(&asks::same(&coded.recommendations, Scope::Review));
/// assert_eq!((table.header[0], table.rows.len()), ("ask", 347));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn table(groups: &[SameAsk<'_>]) -> Table {
    let header = vec![
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
    ];
    let mut rows = Vec::new();
    for group in groups {
        for member in &group.members {
            let recommendation = &member.coded.recommendation;
            let states: Vec<&str> =
                recommendation.recommending_states.iter().map(|state| state.name()).collect();
            let shared: Vec<&str> =
                member.shared.iter().map(|shared| &recommendation.text[shared.span.clone()]).collect();
            rows.push(vec![
                group.representative.recommendation.id.clone(),
                group.members.len().to_string(),
                group.reviews.to_string(),
                recommendation.id.clone(),
                format!("{:.2}", member.score),
                member.force.unwrap_or_default().to_string(),
                recommendation.position().map_or("", |position| position.as_str()).to_string(),
                states.join("; "),
                shared.join(" … "),
                recommendation.text.clone(),
            ]);
        }
    }
    Table { header, rows }
}
