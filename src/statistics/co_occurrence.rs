//! Which issues are in one recommendation together, more often than by chance.

use super::column::{Column, counted};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use crate::tally::Unit;

/// How often two categories of a dimension are in one recommendation: a row for each pair that occurs, the most
/// frequent first; equal ones in the order of the categories in tables. The first of a pair is the one that comes first
/// there. Unit: recommendations, each once.
///
/// - `count_1`, `count_2`, `both`: how many recommendations have the first, the second, and both.
/// - `lift`: how many times as often as if they had nothing to do with each other: both × all / (first × second). Of
///   rare categories it is large by chance.
/// - `jaccard`: of those that have one of them, the share that has both: both / (first + second - both). Source:
///   Jaccard, "The Distribution of the Flora in the Alpine Zone", New Phytologist 11 (1912).
///
/// Over [`Dimension::RecommendingState`] it shows which States make recommendations together.
///
/// # Example
///
/// ```
/// use upr::statistics::co_occurrence;
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let table = co_occurrence(&coded, Dimension::Issue);
/// let both = table.row(["climate-action", "climate-displacement"]).unwrap();
/// assert_eq!((both.count("count_1"), both.count("count_2"), both.count("both")), (Some(5), Some(3), Some(2)));
/// assert_eq!((both.number("lift"), both.number("jaccard")), (Some(2.0 * 12.0 / (5.0 * 3.0)), Some(2.0 / 6.0)));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn co_occurrence<'r>(coded: impl Into<Selection<'r>>, dimension: Dimension) -> Table {
    let list = coded.into();
    let column = Column::of(&list, dimension, false);
    let totals = column.totals(Unit::Recommendations);
    let (mut keys, mut here) = (Vec::new(), Vec::new());
    for recommendation in 0..column.len() {
        column.distinct(recommendation, &mut here);
        for (at, first) in here.iter().enumerate() {
            keys.extend(here[at + 1..].iter().map(|second| (*first, *second)));
        }
    }
    let mut pairs = counted(keys);
    pairs.sort_by_key(|(_, both)| std::cmp::Reverse(*both));
    let name = dimension.as_str();
    let columns = ["count_1", "count_2", "both", "lift", "jaccard"].map(str::to_string);
    let mut table = Table::new([format!("{name}_1"), format!("{name}_2")].into_iter().chain(columns));
    let all = list.len() as f64;
    table.rows.extend(pairs.into_iter().map(|((first, second), both)| {
        let (first, second) = (first as usize, second as usize);
        let (first_count, second_count) = (totals[first], totals[second]);
        vec![
            Cell::from(&column.categories[first]),
            (&column.categories[second]).into(),
            first_count.into(),
            second_count.into(),
            both.into(),
            (both as f64 * all / (first_count as f64 * second_count as f64)).into(),
            (both as f64 / (first_count + second_count - both) as f64).into(),
        ]
    }));
    table
}
