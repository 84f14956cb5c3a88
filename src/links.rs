//! What of one cycle's recommendations returns in the next. The kinds of links, and how good they are: `links/PAGE.md`,
//! which [`compare`](crate::compare) shows. Where to go next: `kind.rs`, and `rows.rs` for the table.

mod kind;
mod rows;

pub use kind::Kind;
pub use rows::table;

use crate::asks::candidates::Index;
use crate::asks::features::{Profile, profile, wording};
use crate::asks::lexicon::lexicon;
use crate::asks::reason::{in_order, shared};
use crate::asks::score::WHOLE;
use crate::asks::wordings::{order, own};
use crate::asks::{Shared, THRESHOLD_PARTS};
use crate::coded::{CodedRecommendation, Selection};
use crate::recommendation::Recommendation;
use crate::text::hash::Map;
use crate::text::words::Words;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The score that a link of the third kind reaches at least.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::across_cycles};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let links = &across_cycles(&coded)[0];
/// assert!(links.links.iter().all(|link| link.score >= upr::compare::NEAR));
/// # Ok::<(), upr::Error>(())
/// ```
pub const NEAR: f64 = 0.30;

const NEAR_PARTS: u32 = 3_000;

/// An earlier recommendation and the later one in which it returns.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::across_cycles};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let links = &across_cycles(&coded)[0];
/// let link = &links.links[0];
/// assert_eq!(link.earlier.recommendation.text, "Abolish the death penalty");
/// assert_eq!(link.later.recommendation.recommending_states[0].name(), "Sweden");
/// assert_eq!((link.score, &link.issues[..]), (1.0, &["death-penalty".to_string()][..]));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link<'r> {
    /// The earlier one.
    #[serde(serialize_with = "crate::group::id")]
    pub earlier: &'r CodedRecommendation,
    /// The later one.
    #[serde(serialize_with = "crate::group::id")]
    pub later: &'r CodedRecommendation,
    /// How it returned.
    pub kind: Kind,
    /// How alike they are, from [`NEAR`] to 1.
    pub score: f64,
    #[serde(skip)]
    shared: Vec<Shared>,
    /// The issues that both are about.
    pub issues: Vec<String>,
    /// The families of the verbs that lead the earlier and the later one, where they have one.
    pub actions: [Option<&'static str>; 2],
}

/// Two lists of one State under review, compared: from one cycle to the next that it was reviewed in.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{LinkKind, across_cycles}};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let links = &across_cycles(&coded)[0];
/// assert_eq!((links.state_under_review.as_deref(), links.from_cycle, links.to_cycle), (Some("Tuvalu"), Some(1), Some(2)));
/// assert_eq!((links.earlier.len(), links.later.len()), (9, 10));
/// assert!(links.links.iter().any(|link| link.kind == LinkKind::Reworded));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Links<'r> {
    /// The State's short name, or the name as given; none where [`between`] compared the lists.
    pub state_under_review: Option<String>,
    /// The earlier cycle, from 1; likewise.
    pub from_cycle: Option<u8>,
    /// The later one.
    pub to_cycle: Option<u8>,
    /// All links, in the order of the earlier recommendations' ids, the strongest first.
    pub links: Vec<Link<'r>>,
    /// The earlier recommendations, in the order of their ids.
    #[serde(serialize_with = "crate::group::ids")]
    pub earlier: Vec<&'r CodedRecommendation>,
    /// The later ones.
    #[serde(serialize_with = "crate::group::ids")]
    pub later: Vec<&'r CodedRecommendation>,
}

impl Link<'_> {
    /// The phrases that both share, in the words of the earlier and of the later one.
    pub fn shared(&self) -> impl Iterator<Item = (&str, &str)> {
        let (earlier, later) = (&self.earlier.recommendation.text, &self.later.recommendation.text);
        self.shared.iter().map(|shared| (&earlier[shared.span.clone()], &later[shared.other.clone()]))
    }
}

impl<'r> Links<'r> {
    /// The earlier recommendations that have no link of this kind or a stronger one.
    pub fn disappeared(&self, weakest: Kind) -> Vec<&'r CodedRecommendation> {
        self.without(&self.earlier, weakest, |link| link.earlier)
    }

    /// The later recommendations that have no link of this kind or a stronger one.
    pub fn new_ones(&self, weakest: Kind) -> Vec<&'r CodedRecommendation> {
        self.without(&self.later, weakest, |link| link.later)
    }

    fn without(
        &self,
        all: &[&'r CodedRecommendation],
        weakest: Kind,
        side: impl Fn(&Link<'r>) -> &'r CodedRecommendation,
    ) -> Vec<&'r CodedRecommendation> {
        let linked: BTreeSet<*const CodedRecommendation> = self
            .links
            .iter()
            .filter(|link| link.kind <= weakest)
            .map(|link| std::ptr::from_ref(side(link)))
            .collect();
        all.iter().filter(|&&coded| !linked.contains(&std::ptr::from_ref(coded))).copied().collect()
    }
}

/// Compares earlier recommendations to a State under review with later ones to the same State. That they are of one
/// State is for the caller to see to; [`across_cycles`] does. The order of the lists has no meaning.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{LinkKind, between}};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let earlier = coded.filter("cycle=1")?;
/// let links = between(&earlier, &coded.filter("cycle=2")?);
/// assert!(links.links.iter().any(|link| link.kind == LinkKind::Exact));
/// assert!(links.disappeared(LinkKind::Reworded).len() < earlier.len());
/// # Ok::<(), upr::Error>(())
/// ```
pub fn between<'r>(earlier: impl Into<Selection<'r>>, later: impl Into<Selection<'r>>) -> Links<'r> {
    let by_id = |selection: Selection<'r>| {
        let mut list: Vec<&CodedRecommendation> = selection.iter().collect();
        list.sort_by(|one, two| order(one, two));
        list
    };
    compare(by_id(earlier.into()), by_id(later.into()))
}

/// Compares each cycle of each State under review with the next one in which it was reviewed; States in the order of
/// their names. Recommendations without State under review or known session are left out.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::across_cycles};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/two-cycles.csv")?);
/// let cycles = across_cycles(&coded);
/// assert_eq!((cycles.len(), cycles[0].earlier.len()), (1, 9));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn across_cycles<'r>(coded: impl Into<Selection<'r>>) -> Vec<Links<'r>> {
    let mut states: BTreeMap<String, BTreeMap<u8, Vec<&CodedRecommendation>>> = BTreeMap::new();
    for coded in coded.into().iter() {
        let Recommendation { state_under_review, .. } = &coded.recommendation;
        let (Some(state), Some(cycle)) = (state_under_review, coded.recommendation.cycle()) else { continue };
        states.entry(state.name().to_string()).or_default().entry(cycle).or_default().push(coded);
    }
    let mut pairs = Vec::new();
    for (state, cycles) in states {
        let mut before: Option<(u8, Vec<&CodedRecommendation>)> = None;
        for (cycle, mut list) in cycles {
            list.sort_by(|one, two| order(one, two));
            if let Some((from, earlier)) = before.take() {
                pairs.push((state.clone(), from, cycle, earlier, list.clone()));
            }
            before = Some((cycle, list));
        }
    }
    pairs
        .into_par_iter()
        .map(|(state, from, to, earlier, later)| Links {
            state_under_review: Some(state),
            from_cycle: Some(from),
            to_cycle: Some(to),
            ..compare(earlier, later)
        })
        .collect()
}

/// What is compared of a recommendation.
struct Side<'r> {
    coded: &'r CodedRecommendation,
    wording: String,
    profile: Profile,
    issues: BTreeSet<&'r str>,
}

impl<'r> Side<'r> {
    fn of(coded: &'r CodedRecommendation, words: &mut Words) -> Side<'r> {
        let own = own(coded).into_iter().collect();
        let text = &coded.recommendation.text;
        let issues: BTreeSet<&str> = coded.coding.tags.iter().map(|tag| &*tag.code).collect();
        let listed: Vec<&str> = issues.iter().copied().collect();
        let profile = profile(lexicon(), text, &own, &listed, words);
        Side { coded, wording: wording(text, words), profile, issues }
    }
}

fn compare<'r>(earlier: Vec<&'r CodedRecommendation>, later: Vec<&'r CodedRecommendation>) -> Links<'r> {
    let sides = |list: &[&'r CodedRecommendation]| -> Vec<Side<'r>> {
        let mut words = Words::default();
        list.iter().map(|coded| Side::of(coded, &mut words)).collect()
    };
    let (before, after) = (sides(&earlier), sides(&later));
    let mut same_wording: Map<&str, Vec<usize>> = Map::default();
    for (two, second) in after.iter().enumerate() {
        same_wording.entry(&second.wording).or_default().push(two);
    }
    // most pairs share no rare word, and need not be compared
    let index = Index::of(after.iter().map(|side| &side.profile), NEAR_PARTS);
    let mut seen = index.unseen();
    let mut found: Vec<Pair> = Vec::new();
    for (one, first) in before.iter().enumerate() {
        let alike = same_wording.get(first.wording.as_str()).map_or(&[][..], Vec::as_slice);
        let alike = if alike.len() <= MAX_LINKS { alike } else { &alike[some(one, alike.len())] };
        found.extend(alike.iter().map(|&two| Pair { one, two, kind: Kind::Exact, score: WHOLE }));
        let mut near = index.near(&first.profile, 0, &mut seen, one as u32);
        if near.len() > MAX_LINKS {
            near.sort_by_key(|(two, score)| (std::cmp::Reverse(*score), *two));
            near.truncate(MAX_LINKS);
        }
        for (two, score) in near {
            let (two, second) = (two as usize, &after[two as usize]);
            let kind = kind(first, second, score).filter(|_| first.wording != second.wording);
            found.extend(kind.map(|kind| Pair { one, two, kind, score }));
        }
    }
    let near_before = nearest(&found, before.len(), |pair| pair.one);
    let near_after = nearest(&found, after.len(), |pair| pair.two);
    found.retain(|pair| {
        let wanted = near_before[pair.one] == Some(pair.score) || near_after[pair.two] == Some(pair.score);
        pair.kind < Kind::SameIssueAndAction || wanted
    });
    found.sort_by_key(|pair| (pair.one, pair.kind, std::cmp::Reverse(pair.score), pair.two));
    let links = found.into_iter().map(|pair| link(&before[pair.one], &after[pair.two], pair)).collect();
    Links { links, earlier, later, ..Links::default() }
}

/// The most links of a recommendation of one kind. In the export of UPR Info one has 13 at most; thousands of rows of one text in
/// two cycles would have millions of links.
const MAX_LINKS: usize = 50;

/// Which of too many, from another place on for each, so that all of the other side are linked.
fn some(one: usize, all: usize) -> std::ops::Range<usize> {
    let from = one * MAX_LINKS % all;
    from..(from + MAX_LINKS).min(all)
}

/// A link by the numbers of its sides.
#[derive(Clone, Copy)]
struct Pair {
    one: usize,
    two: usize,
    kind: Kind,
    score: u32,
}

/// For each recommendation of one side that has no exact or reworded link, the score of its nearest.
fn nearest(found: &[Pair], count: usize, side: impl Fn(&Pair) -> usize) -> Vec<Option<u32>> {
    let mut best = vec![None; count];
    found.iter().for_each(|pair| best[side(pair)] = best[side(pair)].max(Some(pair.score)));
    found.iter().filter(|pair| pair.kind < Kind::SameIssueAndAction).for_each(|pair| best[side(pair)] = None);
    best
}

fn link<'r>(first: &Side<'r>, second: &Side<'r>, pair: Pair) -> Link<'r> {
    Link {
        earlier: first.coded,
        later: second.coded,
        kind: pair.kind,
        score: f64::from(pair.score) / f64::from(WHOLE),
        shared: shared(&in_order(&first.profile), &in_order(&second.profile)),
        issues: first.issues.intersection(&second.issues).map(|issue| issue.to_string()).collect(),
        actions: [leading(first), leading(second)],
    }
}

/// How two of different wordings are linked that have this score, of at least [`NEAR_PARTS`].
fn kind(one: &Side<'_>, two: &Side<'_>, score: u32) -> Option<Kind> {
    if score >= THRESHOLD_PARTS {
        return Some(Kind::Reworded);
    }
    (same_action(one, two) && same_issues(one, two)).then_some(Kind::SameIssueAndAction)
}

/// At least half of the issues of the one that has fewer are issues of both.
fn same_issues(one: &Side<'_>, two: &Side<'_>) -> bool {
    let both = one.issues.intersection(&two.issues).count();
    both > 0 && 2 * both >= one.issues.len().min(two.issues.len())
}

/// Whether both ask for the same kind of action: leading verbs of one family, aims rather than measures on both sides,
/// or no verb that the table knows on one of them. A finer action category of its own may take this place.
fn same_action(one: &Side<'_>, two: &Side<'_>) -> bool {
    let (first, second) = (&one.profile, &two.profile);
    let silent = first.lead.is_none() || second.lead.is_none();
    silent || first.lead == second.lead || !(first.specific || second.specific)
}

fn leading(side: &Side<'_>) -> Option<&'static str> {
    side.profile.lead.map(|lead| lexicon().families[usize::from(lead)].name.as_str())
}
