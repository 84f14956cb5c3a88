//! The same ask, grouped. (page to be written)

mod candidates;
pub(crate) mod features;
pub(crate) mod lexicon;
pub(crate) mod reason;
mod rows;
pub(crate) mod score;
mod stars;
mod stem;
pub(crate) mod wordings;

pub use reason::Shared;
pub use rows::table;

use crate::recommendation::{Position, Recommendation};
use crate::state::StateName;
use crate::tag::CodedRecommendation;
use crate::tally::{Count, PositionCounts};
use candidates::neighbours;
use rayon::prelude::*;
use score::WHOLE;
use serde::{Serialize, Serializer};
use stars::stars;
use std::collections::BTreeMap;
use wordings::Wordings;

/// The score from which two wordings are the same ask; see [the page](self#how-good-it-is).
pub const THRESHOLD: f64 = 0.60;

pub(crate) const THRESHOLD_PARTS: u32 = 6_000;

/// Within what the same ask is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Within each review: the same State under review in the same session.
    Review,
    /// Over the whole list.
    List,
}

/// Recommendations that ask for the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SameAsk<'r> {
    /// The recommendation whose wording stands for all: the one that most of the others are near to.
    #[serde(serialize_with = "id_alone")]
    pub representative: &'r CodedRecommendation,
    /// All of them, the representative included, in the order of their ids.
    pub members: Vec<Member<'r>>,
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

/// A recommendation in its group, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member<'r> {
    /// The recommendation.
    #[serde(rename = "id", serialize_with = "id_alone")]
    pub coded: &'r CodedRecommendation,
    /// How alike it is to the representative, from [`THRESHOLD`] to 1.
    pub score: f64,
    /// What it shares with the representative.
    pub shared: Vec<Shared>,
    /// The verb that says how strongly it is asked, where there is one: `consider`, `continue` or `strive`.
    pub force: Option<&'static str>,
}

fn id_alone<S: Serializer>(coded: &&CodedRecommendation, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&coded.recommendation.id)
}

/// Groups recommendations by what they ask: each is in one group, alone where no other asks the same. The largest
/// groups come first, equal ones in the order of their representatives' ids. The order of the list has no meaning.
pub fn same(recommendations: &[CodedRecommendation], scope: Scope) -> Vec<SameAsk<'_>> {
    same_at(recommendations, scope, THRESHOLD_PARTS)
}

pub(crate) fn same_at(
    recommendations: &[CodedRecommendation],
    scope: Scope,
    threshold: u32,
) -> Vec<SameAsk<'_>> {
    let mut parts: BTreeMap<(String, String), Vec<&CodedRecommendation>> = BTreeMap::new();
    for coded in recommendations {
        let part = match scope {
            Scope::Review => review(&coded.recommendation),
            Scope::List => Default::default(),
        };
        parts.entry(part).or_default().push(coded);
    }
    let mut groups: Vec<SameAsk<'_>> =
        parts.into_par_iter().flat_map_iter(|(_, part)| groups(part, threshold)).collect();
    groups.sort_by(|one, two| {
        let key = |group: &SameAsk<'_>| std::cmp::Reverse(group.count.recommendations);
        key(one).cmp(&key(two)).then_with(|| wordings::order(one.representative, two.representative))
    });
    groups
}

fn groups<'r>(list: Vec<&'r CodedRecommendation>, threshold: u32) -> Vec<SameAsk<'r>> {
    let wordings = Wordings::of(list);
    let sizes: Vec<u32> = wordings.members.iter().map(|members| members.len() as u32).collect();
    let length = |members: &Vec<&CodedRecommendation>| members[0].recommendation.text.len() as u32;
    let lengths: Vec<u32> = wordings.members.iter().map(length).collect();
    let near = neighbours(&wordings.profiles, threshold);
    let mut of_representative: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (wording, (representative, score)) in stars(&sizes, &lengths, &near).into_iter().enumerate() {
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
            members.push(Member { coded, score: f64::from(score) / f64::from(WHOLE), shared, force });
        }
    }
    members.sort_by(|one, two| wordings::order(one.coded, two.coded));
    let mut count = Count::default();
    let mut positions = PositionCounts::default();
    let mut states: BTreeMap<String, StateName> = BTreeMap::new();
    let mut reviews = std::collections::BTreeSet::new();
    for Member { coded, .. } in &members {
        let recommendation = &coded.recommendation;
        count += Count { recommendations: 1, recommendation_x_state: recommendation.pairs() as u64 };
        *position_of(recommendation, &mut positions) += 1;
        for state in &recommendation.recommending_states {
            states.entry(state.name().to_string()).or_insert_with(|| state.clone());
        }
        reviews.insert(review(recommendation));
    }
    let phrases = reason::phrases(&representative.recommendation.text, &center_features, &members);
    let recommending_states = states.into_values().collect();
    SameAsk {
        representative,
        members,
        count,
        recommending_states,
        positions,
        reviews: reviews.len(),
        phrases,
    }
}

fn position_of<'c>(recommendation: &Recommendation, counts: &'c mut PositionCounts) -> &'c mut u64 {
    match (recommendation.position(), &recommendation.position) {
        (Some(Position::Supported), _) => &mut counts.supported,
        (Some(Position::SupportedInPart), _) => &mut counts.supported_in_part,
        (Some(Position::Noted), _) => &mut counts.noted,
        (Some(Position::Pending), _) => &mut counts.pending,
        (None, Some(_)) => &mut counts.other_position,
        (None, None) => &mut counts.not_given,
    }
}

/// The review that a recommendation belongs to: State under review and session, empty where the list doesn't say.
pub(crate) fn review(recommendation: &Recommendation) -> (String, String) {
    let state =
        recommendation.state_under_review.as_ref().map_or(String::new(), |state| state.name().to_string());
    (state, recommendation.session.as_ref().map_or(String::new(), |session| session.to_string()))
}

#[doc(hidden)]
#[allow(missing_docs)]
pub fn dump(recommendations: &[CodedRecommendation], what: &str) {
    use crate::words::Words;
    let lex = lexicon::lexicon();
    match what {
        "rarity" => {
            let mut df: BTreeMap<String, u32> = BTreeMap::new();
            let mut words = Words::default();
            for c in recommendations {
                let own = wordings::own(c).into_iter().collect();
                let names: std::collections::BTreeSet<String> = features::named_features(
                    lex,
                    &c.recommendation.text,
                    &own,
                    &mut words,
                    &mut Default::default(),
                )
                .into_iter()
                .map(|f| f.0)
                .collect();
                for n in names {
                    *df.entry(n).or_default() += 1;
                }
            }
            println!("word,weight");
            let n = recommendations.len() as f64;
            for (w, d) in df {
                if d >= 11 {
                    println!("{w},{}", ((n / f64::from(d)).ln() * 100.0).round() as u32);
                }
            }
        }
        "groups" | "review" => {
            let t = std::time::Instant::now();
            let g = same(recommendations, if what == "groups" { Scope::List } else { Scope::Review });
            if false {} eprintln!("{} groups of {} in {:?}", g.len(), recommendations.len(), t.elapsed());
            for g in g {
                println!(
                    "## {} [{}] {:?}",
                    g.count.recommendations, g.representative.recommendation.text, g.phrases
                );
                for m in &g.members {
                    if m.score < 1.0 {
                        println!("    {:.2} {}", m.score, m.coded.recommendation.text);
                    }
                }
            }
        }
        "pairs" => {
            // all pairs >= 0.2 sampled
            let w = wordings::Wordings::of(recommendations.iter().collect());
            let t = std::time::Instant::now();
            let near = neighbours(&w.profiles, 3_000);
            eprintln!("pairs at 0.3: {} in {:?}", near.iter().map(Vec::len).sum::<usize>() / 2, t.elapsed());
            for (a, n) in near.iter().enumerate() {
                for &(b, s) in n.iter().filter(|(b, _)| (*b as usize) > a) {
                    let (x, y) = (&w.members[a][0].recommendation, &w.members[b as usize][0].recommendation);
                    println!(
                        "{}\t{}\t{}\t{}\t{}",
                        s, x.sources[0].file, x.sources[0].row, y.sources[0].file, y.sources[0].row
                    );
                }
            }
        }
        "gold" => {
            let mut by = BTreeMap::new();
            for c in recommendations {
                for s in &c.recommendation.sources {
                    by.insert((s.file.to_string(), s.row.to_string()), c);
                }
            }
            let mut need: Vec<&CodedRecommendation> = Vec::new();
            {
                let mut reader = csv::Reader::from_path("tests/gold/asks-pairs.csv").unwrap();
                for r in reader.records() {
                    let r = r.unwrap();
                    need.push(by[&(r[0].to_string(), r[1].to_string())]);
                    need.push(by[&(r[3].to_string(), r[4].to_string())]);
                }
            }
            let w = wordings::Wordings::of(need);
            let mut at: BTreeMap<*const CodedRecommendation, usize> = BTreeMap::new();
            for (i, m) in w.members.iter().enumerate() {
                for c in m {
                    at.insert(*c as *const _, i);
                }
            }
            let mut reader = csv::Reader::from_path("tests/gold/asks-pairs.csv").unwrap();
            for r in reader.records() {
                let r = r.unwrap();
                let one = by[&(r[0].to_string(), r[1].to_string())];
                let two = by[&(r[3].to_string(), r[4].to_string())];
                let (p, q) = (&w.profiles[at[&(one as *const _)]], &w.profiles[at[&(two as *const _)]]);
                let lead = |p: &features::Profile| {
                    p.lead.map_or("-", |l| lex.families[usize::from(l)].name.as_str())
                };
                println!(
                    "{}\t{}\t{}\t{}/{}\t{}\t{}",
                    &r[6],
                    &r[7],
                    score::score(p, q),
                    lead(p),
                    lead(q),
                    one.recommendation.text,
                    two.recommendation.text
                );
            }
        }
        "links" => {
            let t = std::time::Instant::now();
            let all = crate::group::links::across_cycles(recommendations);
            eprintln!("{} pairs of cycles in {:?}", all.len(), t.elapsed());
            for c in &all { for l in &c.links.links {
                let (x, y) = (&l.earlier.recommendation, &l.later.recommendation);
                println!("{}\t{}\t{:.2}\t{}\t{}\t{}\t{}\t{}\t{}", c.state_under_review, l.kind.as_str(), l.score, x.sources[0].file, x.sources[0].row, y.sources[0].file, y.sources[0].row, x.text, y.text);
            } }
            for c in &all { eprintln!("{} {} -> {}: disappeared {}, new {}", c.state_under_review, c.links.earlier.len(), c.links.later.len(), c.links.disappeared(crate::group::links::Kind::Reworded).len(), c.links.new_ones(crate::group::links::Kind::Reworded).len()); }
        }
        "sample" => {
            let w = wordings::Wordings::of(recommendations.iter().collect());
            let mut seed = 20_261_122_u64;
            let mut below = |n: usize| {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                (seed % n as u64) as usize
            };
            let want = [30, 40, 60, 70, 70, 50, 30, 20];
            let mut got = [[0usize; 2]; 8];
            let mut tries = 0;
            while tries < 6000 {
                tries += 1;
                let a = below(w.members.len());
                let within = below(2);
                let ra = review(&w.members[a][0].recommendation);
                let mut bands: Vec<Vec<usize>> = vec![Vec::new(); 8];
                for b in 0..w.members.len() {
                    if b == a {
                        continue;
                    }
                    let inside = review(&w.members[b][0].recommendation) == ra;
                    if inside != (within == 1) {
                        continue;
                    }
                    let s = score::score(&w.profiles[a], &w.profiles[b]);
                    if s >= 2000 {
                        bands[((s / 1000) as usize - 2).min(7)].push(b);
                    }
                }
                let open: Vec<usize> =
                    (0..8).filter(|&k| !bands[k].is_empty() && got[k][within] * 2 < want[k]).collect();
                if open.is_empty() {
                    continue;
                }
                // the fullest need first: the highest open band
                let k = open[below(open.len())];
                let b = bands[k][below(bands[k].len())];
                got[k][within] += 1;
                let (x, y) = (&w.members[a][0].recommendation, &w.members[b][0].recommendation);
                println!(
                    "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                    x.sources[0].file,
                    x.sources[0].row,
                    y.sources[0].file,
                    y.sources[0].row,
                    score::score(&w.profiles[a], &w.profiles[b]),
                    within,
                    x.text,
                    y.text
                );
                if got.iter().zip(want).all(|(g, w)| g[0] * 2 >= w && g[1] * 2 >= w) {
                    break;
                }
            }
            eprintln!("{got:?} {tries}");
        }
        _ => {}
    }
}
#[doc(hidden)]
#[allow(missing_docs)]
pub fn singles() {
    lexicon::singles();
}
