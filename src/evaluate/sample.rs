//! A sample of recommendations for people to code, and the sheet in which they do it. Where to go next:
//! [`coders`](super::Coders) reads the sheets back.

use crate::coded::{CodedRecommendation, Selection};
use crate::dimension::Dimension;
use crate::random::Random;
use crate::recommendation::id::cited;
use crate::table::{Cell, Table};
use crate::text::hash::Fnv;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The columns of a coding sheet.
pub(crate) const COLUMNS: [&str; 10] = [
    "id",
    "state_under_review",
    "session",
    "paragraph",
    "recommending_states",
    "text",
    "issues",
    "note",
    "coder",
    "text_hash",
];

/// A random sample of so many recommendations, or all of them where there are fewer.
///
/// Each recommendation gets a number from `seed` and its id, and those with the smallest numbers are drawn, in the order of
/// these numbers. So the sample is the same on every machine and with the rows in any order. A larger sample contains the
/// smaller one with the same seed, and begins with it.
///
/// # By stratum
///
/// With a dimension, the sample has about the same number of recommendations of each category, so that rare issues are
/// in it as well. Category by category, the one with the fewest recommendations in the sample so far gets its next one;
/// a recommendation counts for all of its categories, and `untagged` is a category too. Here the order is by other numbers,
/// since the numbers drawn would give away the strata: the largest are those of rare categories. A larger sample contains
/// the smaller one here as well.
///
/// A sample by issue, or by any other dimension, is not a picture of the list. Its figures by category are usable, but a
/// figure over all categories weighs the rare ones more than the list does. To estimate that, draw without a stratum.
///
/// # Example
///
/// ```
/// use upr::{Dimension, Position, Tagger, evaluate};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let sample = evaluate::sample(&coded, 30, 1, None);
/// assert_eq!(sample.len(), 30);
///
/// // 17 of 347 were supported in part, but a third of this sample
/// let sample = evaluate::sample(&coded, 30, 1, Some(Dimension::Position));
/// let in_part = sample.select(|coded| coded.recommendation.position() == Some(Position::SupportedInPart));
/// assert_eq!(in_part.len(), 10);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn sample<'l>(
    coded: impl Into<Selection<'l>>,
    number: usize,
    seed: u64,
    by: Option<Dimension>,
) -> Selection<'l> {
    let all = coded.into();
    let mut recommendations = in_random_order(all.iter(), seed);
    match by {
        None => recommendations.truncate(number),
        Some(dimension) => {
            let chosen = by_stratum(&recommendations, number, seed, dimension);
            let mut chosen = chosen.iter();
            recommendations.retain(|_| chosen.next() == Some(&true));
            recommendations = in_random_order(recommendations.into_iter(), !seed);
        }
    }
    all.with(recommendations)
}

fn in_random_order<'l>(
    recommendations: impl Iterator<Item = &'l CodedRecommendation>,
    seed: u64,
) -> Vec<&'l CodedRecommendation> {
    let mut drawn: Vec<_> =
        recommendations.map(|coded| (drawn_at(seed, &coded.recommendation.id), coded)).collect();
    // ids differ, unless somebody made the list by hand
    drawn.sort_by(|(one, a), (other, b)| {
        let (a, b) = (&a.recommendation, &b.recommendation);
        (one, &a.id, &a.text).cmp(&(other, &b.id, &b.text))
    });
    drawn.into_iter().map(|(_, coded)| coded).collect()
}

/// The number by which a thing is drawn. FNV-1a alone barely changes the high digits with the last letter, so its value is
/// mixed.
fn drawn_at(seed: u64, name: &str) -> u64 {
    Random::new(Fnv::new().add(&seed.to_le_bytes()).add(name.as_bytes()).value()).number()
}

/// The categories of a recommendation, those of all its States, each once.
pub(crate) fn categories(coded: &CodedRecommendation, dimension: Dimension) -> Vec<Arc<str>> {
    let states = 0..coded.recommendation.pairs().max(1);
    let mut categories: Vec<Arc<str>> = states.flat_map(|state| dimension.categories(coded, state)).collect();
    categories.sort_unstable();
    categories.dedup();
    categories
}

/// Which of the recommendations, in the order in which they would be drawn, are in the sample.
fn by_stratum(
    recommendations: &[&CodedRecommendation],
    number: usize,
    seed: u64,
    dimension: Dimension,
) -> Vec<bool> {
    struct Stratum {
        waiting: Vec<usize>,
        chosen: usize,
    }
    let of_each: Vec<Vec<Arc<str>>> =
        recommendations.iter().map(|coded| categories(coded, dimension)).collect();
    let mut members: BTreeMap<(u64, Arc<str>), Vec<usize>> = BTreeMap::new();
    // from the last on, so that the next one is at the end
    for (at, categories) in of_each.iter().enumerate().rev() {
        for category in categories {
            members.entry((drawn_at(seed, category), category.clone())).or_default().push(at);
        }
    }
    // where two have as few, the seed decides which comes first
    let places: HashMap<Arc<str>, usize> =
        members.keys().enumerate().map(|(place, (_, category))| (category.clone(), place)).collect();
    let mut strata: Vec<Stratum> =
        members.into_values().map(|waiting| Stratum { waiting, chosen: 0 }).collect();
    let mut chosen = vec![false; recommendations.len()];
    for _ in 0..number.min(recommendations.len()) {
        for stratum in &mut strata {
            while stratum.waiting.last().is_some_and(|at| chosen[*at]) {
                stratum.waiting.pop();
            }
        }
        let open = strata.iter().filter(|stratum| !stratum.waiting.is_empty());
        let Some(at) = open.min_by_key(|stratum| stratum.chosen).and_then(|next| next.waiting.last()) else {
            break;
        };
        let at = *at;
        chosen[at] = true;
        of_each[at].iter().for_each(|category| strata[places[category]].chosen += 1);
    }
    chosen
}

/// The sheet in which a person codes recommendations, a row each in their order, without the tags: the coder does not
/// see them, and cannot follow them.
///
/// The columns are `id`, `state_under_review`, `session`, `paragraph` (as `para. 26.161`), `recommending_states`, `text`,
/// `issues`, `note`, `coder`, `text_hash` (see [`Recommendation::text_hash`](crate::Recommendation::text_hash)). The coder fills
/// `issues`, `note` and `coder`: [`Coders`](super::Coders) says how.
///
/// # Example
///
/// ```
/// use upr::{Tagger, evaluate};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let sheet = evaluate::coding_sheet(&evaluate::sample(&coded, 200, 1, None));
/// let row = sheet.iter().next().unwrap();
/// assert_eq!((sheet.rows.len(), row.text("issues"), row.text("coder")), (200, Some(""), Some("")));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn coding_sheet<'l>(coded: impl Into<Selection<'l>>) -> Table {
    let coded = coded.into();
    let language = coded.codebooks().language();
    let mut table = Table::new(COLUMNS);
    for made in coded.plain() {
        let states: Vec<&str> = made.recommending_states.iter().map(|name| name.name_in(language)).collect();
        let cells = [
            made.id.clone(),
            made.state_under_review.as_ref().map_or("", |name| name.name_in(language)).to_string(),
            made.session.as_ref().map_or(String::new(), ToString::to_string),
            made.paragraph.as_deref().map_or(String::new(), cited),
            states.join("; "),
            made.text.clone(),
            String::new(),
            String::new(),
            String::new(),
            made.text_hash(),
        ];
        table.rows.push(cells.map(Cell::from).to_vec());
    }
    table
}
