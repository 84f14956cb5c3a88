//! Groups of recommendations that ask for the same thing in other words. What that means, how it is decided and how good
//! it is: `asks/PAGE.md`, which [`compare`](crate::compare) shows.

pub(crate) mod candidates;
pub(crate) mod features;
pub(crate) mod lexicon;
pub(crate) mod reason;
mod rows;
pub(crate) mod score;
mod stars;
pub(crate) mod stem;
pub(crate) mod wordings;

pub(crate) use reason::Shared;
pub use rows::{member_table, table};

use crate::coded::{CodedRecommendation, Selection};
use crate::recommendation::Recommendation;
use crate::state::StateName;
use crate::tally::{Count, PositionCounts};
use rayon::prelude::*;
use score::WHOLE;
use serde::Serialize;
use std::collections::BTreeMap;
use wordings::Wordings;

/// The score from which two wordings are the same ask; chosen on the sample that [`compare`](crate::compare) describes.
///
/// # Example
///
/// ```
/// use upr::Tagger;
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let score = upr::compare::score(&coded.recommendations[0], &coded.recommendations[9]);
/// assert!(score >= upr::compare::THRESHOLD);
/// # Ok::<(), upr::Error>(())
/// ```
pub const THRESHOLD: f64 = 0.60;

pub(crate) const THRESHOLD_PARTS: u32 = 6_000;

/// Recommendations that ask for the same.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::same_asks_over_reviews};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let groups = same_asks_over_reviews(&coded);
/// let ask = groups.iter().find(|ask| ask.representative.coding.has("death-penalty")).unwrap();
/// assert_eq!((ask.count.recommendations, ask.reviews, ask.positions.noted), (2, 2, 1));
/// assert_eq!(ask.recommending_states[1].name(), "Sweden");
/// assert_eq!(ask.phrases, ["Abolish the death penalty"]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SameAsk<'r> {
    /// The recommendation with the most typical wording: the one that most of the others are near to.
    #[serde(serialize_with = "crate::group::id")]
    pub representative: &'r CodedRecommendation,
    /// All of them, the representative included, in the order of their ids. [`member_table`] says why each is here.
    #[serde(serialize_with = "crate::group::ids")]
    pub members: Vec<&'r CodedRecommendation>,
    /// One for each member.
    #[serde(skip)]
    reasons: Vec<Reason>,
    /// How many they are, by both units.
    pub count: Count,
    /// The States behind them, each once, in the order of their names.
    pub recommending_states: Vec<StateName>,
    /// How they were answered.
    pub positions: PositionCounts,
    /// In how many reviews the ask was made.
    pub reviews: usize,
    /// The words of the representative that at least half of the members share. Empty for one wording alone.
    pub phrases: Vec<String>,
}

/// Why a recommendation is in its group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reason {
    /// How alike it is to the representative, from [`THRESHOLD`] to 1.
    score: f64,
    /// What it shares with the representative.
    shared: Vec<Shared>,
    /// The verb that says how strongly it is asked, where there is one: `consider`, `continue` or `strive`.
    force: Option<&'static str>,
}

/// Groups recommendations by what they ask, within each review: the same State under review in the same session. Each is
/// in one group, alone where no other asks the same. The largest groups come first, equal ones in the order of their
/// representatives' ids. The order of the list has no meaning.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::same_asks};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let groups = same_asks(&coded);
/// assert_eq!(groups.iter().map(|ask| ask.members.len()).sum::<usize>(), coded.recommendations.len());
/// # Ok::<(), upr::Error>(())
/// ```
pub fn same<'r>(coded: impl Into<Selection<'r>>) -> Vec<SameAsk<'r>> {
    grouped(&coded.into(), review)
}

/// Groups recommendations by what they ask, as [`same`] does, over the whole list.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{same_asks, same_asks_over_reviews}};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// // "Abolish the death penalty" was recommended to Tuvalu in two reviews
/// assert_eq!(same_asks_over_reviews(&coded)[0].members.len(), 2);
/// assert_eq!(same_asks(&coded)[0].members.len(), 1);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn same_over_reviews<'r>(coded: impl Into<Selection<'r>>) -> Vec<SameAsk<'r>> {
    grouped(&coded.into(), |_| Default::default())
}

fn grouped<'r>(
    coded: &Selection<'r>,
    part: impl Fn(&Recommendation) -> (String, String),
) -> Vec<SameAsk<'r>> {
    let mut parts: BTreeMap<(String, String), Vec<&CodedRecommendation>> = BTreeMap::new();
    for coded in coded.iter() {
        parts.entry(part(&coded.recommendation)).or_default().push(coded);
    }
    let mut groups: Vec<SameAsk<'r>> =
        parts.into_par_iter().flat_map_iter(|(_, part)| groups(part)).collect();
    groups.sort_by(|one, two| {
        let key = |group: &SameAsk<'_>| std::cmp::Reverse(group.count.recommendations);
        key(one).cmp(&key(two)).then_with(|| wordings::order(one.representative, two.representative))
    });
    groups
}

/// How alike two recommendations are, from 0 to 1, by the formula that [`compare`](crate::compare) gives. It is the same in
/// either order, whatever else is in a list.
///
/// # Example
///
/// ```
/// use upr::Tagger;
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let [cat, accede] = [1, 10].map(|at| &coded.recommendations[at]);
/// assert_eq!(accede.recommendation.text, "Accede to CAT");
/// assert!(upr::compare::score(cat, accede) > 0.9);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn score(one: &CodedRecommendation, two: &CodedRecommendation) -> f64 {
    let profile = |coded| Wordings::of(vec![coded]).profiles.pop().unwrap_or_default();
    f64::from(score::score(&profile(one), &profile(two))) / f64::from(WHOLE)
}

fn groups<'r>(list: Vec<&'r CodedRecommendation>) -> Vec<SameAsk<'r>> {
    let wordings = Wordings::of(list);
    let mut of_representative: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (wording, (representative, score)) in wordings.stars().into_iter().enumerate() {
        of_representative.entry(representative).or_default().push((wording as u32, score));
    }
    let grouped: Vec<_> = of_representative.into_iter().collect();
    grouped.into_par_iter().map(|(center, members)| group(&wordings, center as usize, &members)).collect()
}

fn group<'r>(wordings: &Wordings<'r>, center: usize, parts: &[(u32, u32)]) -> SameAsk<'r> {
    let representative = wordings.members[center][0];
    let center_features = reason::in_order(&wordings.profiles[center]);
    let mut members = Vec::new();
    for &(wording, score) in parts {
        let (profile, coded_alike) =
            (&wordings.profiles[wording as usize], &wordings.members[wording as usize]);
        let shared = reason::shared(&reason::in_order(profile), &center_features);
        for &coded in coded_alike {
            // the places were counted in the first of them, and others may have another comma
            let shared = if coded.recommendation.text == coded_alike[0].recommendation.text {
                shared.clone()
            } else {
                reason::shared(&reason::in_order_of(coded), &center_features)
            };
            let force = profile.force.map(|at| lexicon::lexicon().families[usize::from(at)].name.as_str());
            members.push((coded, Reason { score: f64::from(score) / f64::from(WHOLE), shared, force }));
        }
    }
    members.sort_by(|(one, _), (two, _)| wordings::order(one, two));
    let (members, reasons): (Vec<&CodedRecommendation>, Vec<Reason>) = members.into_iter().unzip();
    let mut count = Count::default();
    let mut positions = PositionCounts::default();
    let mut states: BTreeMap<String, StateName> = BTreeMap::new();
    let mut reviews = std::collections::BTreeSet::new();
    for coded in &members {
        let recommendation = &coded.recommendation;
        count += Count::once(recommendation.pairs());
        positions.add(recommendation);
        for state in &recommendation.recommending_states {
            states.entry(state.name().to_string()).or_insert_with(|| state.clone());
        }
        reviews.insert(review(recommendation));
    }
    let phrases = reason::phrases(&representative.recommendation.text, &center_features, &reasons);
    let recommending_states = states.into_values().collect();
    SameAsk {
        representative,
        members,
        reasons,
        count,
        recommending_states,
        positions,
        reviews: reviews.len(),
        phrases,
    }
}

/// The review that a recommendation belongs to: State under review and session, empty where the list doesn't say.
pub(crate) fn review(recommendation: &Recommendation) -> (String, String) {
    let state =
        recommendation.state_under_review.as_ref().map_or(String::new(), |state| state.name().to_string());
    (state, recommendation.session.as_ref().map_or(String::new(), |session| session.to_string()))
}
