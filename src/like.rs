//! Which recommendations take up what somebody asks for. What that means, how it is decided and how good it is:
//! `like/PAGE.md`, which [`compare`](crate::compare) shows. `like/ask.rs` reads asks, `like/score.rs` has the formula,
//! `like/rows.rs` the table.

mod ask;
mod rows;
mod score;

pub use ask::Ask;
pub use rows::table;

use crate::asks::wordings;
use crate::coded::{CodedRecommendation, Selection};
use crate::error::{Error, Result};
use crate::tag::Tagger;
use rayon::prelude::*;
use score::{Maker, Named, Text, WHOLE, score};
use std::collections::{BTreeSet, HashMap};

/// The score from which a recommendation takes up an ask; see [`like`] for what a score is.
pub const TAKEN_UP: f64 = 0.14;

/// A recommendation that is like an ask.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{Ask, TAKEN_UP, like}};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let ask = Ask::new("1", "Nobody should be put to death by the federal government any more.");
/// let found = &like(&coded, &tagger, &[ask], 3)?[0];
/// assert!(found[0].takes_up() && found[0].score >= TAKEN_UP);
/// assert!(found[0].coded.coding.has("death-penalty"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Alike<'r> {
    /// The recommendation.
    pub coded: &'r CodedRecommendation,
    /// How far it takes up the ask, from 0 to 1.
    pub score: f64,
    /// What it shares with the ask, in its own words and their order.
    pub shared: Vec<String>,
}

impl Alike<'_> {
    /// Whether the score reaches [`TAKEN_UP`].
    pub fn takes_up(&self) -> bool {
        self.score >= TAKEN_UP
    }
}

/// For each ask the `most` recommendations that are most like it, best first; equal ones in the order of their ids.
/// Recommendations that share nothing with the ask are not among them. [`Alike::takes_up`] says which of them are alike
/// enough to take it up; often none is.
///
/// `tagger` codes the asks. It must be the one that coded the list, or one of the same codebook.
///
/// # Errors
///
/// A tagger of another codebook, or of another version; an ask without text, or of more than 10,000 bytes; more than
/// 10,000 asks.
///
/// # Example
///
/// ```
/// use upr::{Tagger, compare::{Ask, like}};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let asks = [
///     Ask::new("camp", "Shut the camp at Guantánamo Bay, and charge or free those who are still there."),
///     Ask::new("telescope", "Stop building the telescope on the summit of Mauna Kea."),
/// ];
/// let found = like(&coded, &tagger, &asks, 5)?;
/// assert!(found[0][0].coded.recommendation.text.contains("Guantanamo"));
/// assert!(!found[1].iter().any(|alike| alike.takes_up()));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn like<'r>(
    coded: impl Into<Selection<'r>>,
    tagger: &Tagger,
    asks: &[Ask],
    most: usize,
) -> Result<Vec<Vec<Alike<'r>>>> {
    let coded = coded.into();
    ask::check(asks)?;
    let [of_tagger, of_list] =
        [tagger.codebook(), coded.codebooks().issues()].map(|codebook| codebook.identity());
    if of_tagger != of_list {
        let of = |about: &crate::codebook::About| format!("{} {}", about.name, about.version);
        let (found, expected) = (of(&of_tagger), of(&of_list));
        return Err(Error::mismatch(
            "like",
            format!("a tagger of {found}"),
            format!("one of {expected}, as coded the list"),
        ));
    }
    let list = List::of(coded.as_slice());
    let asked: Vec<Vec<Alike<'r>>> = asks
        .par_iter()
        .map_init(
            || (Maker::default(), vec![0; coded.len()]),
            |(maker, shared), ask| {
                let issues = tagger.code(ask.text.as_str()).coding;
                let issues = issues.tags.iter().map(|tag| &*tag.code);
                list.most_alike(&maker.ask(&ask.text, &list.own, issues), most, shared)
            },
        )
        .collect();
    Ok(asked)
}

/// The recommendations, and by each thing that is named those that name it.
struct List<'s, 'r> {
    coded: &'s [&'r CodedRecommendation],
    texts: Vec<Text>,
    index: HashMap<u64, Vec<u32>>,
    /// The State under review, where there is one alone: asks name it, and it says nothing.
    own: BTreeSet<&'static str>,
}

impl<'s, 'r> List<'s, 'r> {
    fn of(coded: &'s [&'r CodedRecommendation]) -> List<'s, 'r> {
        let texts: Vec<Text> = coded
            .par_iter()
            .map_init(Maker::default, |maker, coded| {
                let own = wordings::own(coded).into_iter().collect();
                let issues = coded.coding.tags.iter().map(|tag| &*tag.code);
                maker.recommendation(&coded.recommendation.text, &own, issues)
            })
            .collect();
        let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, text) in texts.iter().enumerate() {
            text.named.iter().for_each(|named| index.entry(named.key).or_default().push(at as u32));
        }
        let own: BTreeSet<&'static str> = coded.iter().filter_map(|coded| wordings::own(coded)).collect();
        let own = if own.len() == 1 { own } else { BTreeSet::new() };
        List { coded, texts, index, own }
    }

    /// `shared` has a zero for each recommendation, and again after.
    fn most_alike(&self, ask: &Text, most: usize, shared: &mut [u32]) -> Vec<Alike<'r>> {
        let mut touched: Vec<u32> = Vec::new();
        for named in &ask.named {
            for &at in self.index.get(&named.key).map_or(&[][..], Vec::as_slice) {
                if shared[at as usize] == 0 {
                    touched.push(at);
                }
                // a weight of nothing would be touched twice
                shared[at as usize] += named.weight.max(1);
            }
        }
        let mut scored: Vec<(u32, u32)> = touched
            .iter()
            .map(|&at| {
                let shared = std::mem::take(&mut shared[at as usize]);
                (score(shared, ask, self.texts[at as usize].total), at)
            })
            .collect();
        let better = |one: &(u32, u32), two: &(u32, u32)| {
            let [first, second] = [one, two].map(|(_, at)| self.coded[*at as usize]);
            two.0.cmp(&one.0).then_with(|| wordings::order(first, second))
        };
        if scored.len() > most {
            scored.select_nth_unstable_by(most, better);
            scored.truncate(most);
        }
        scored.sort_by(better);
        scored.into_iter().map(|(score, at)| self.alike(ask, score, at as usize)).collect()
    }

    fn alike(&self, ask: &Text, score: u32, at: usize) -> Alike<'r> {
        let coded = self.coded[at];
        let text = &coded.recommendation.text;
        let asked: BTreeSet<u64> = ask.named.iter().map(|named| named.key).collect();
        // words that follow each other in the recommendation are one phrase
        let mut phrases: Vec<(&Named, &Named)> = Vec::new();
        let mut last = usize::MAX;
        let mut named: Vec<&Named> = self.texts[at].named.iter().filter(|named| named.end > 0).collect();
        named.sort_by_key(|named| (named.start, named.end));
        for (place, named) in named.into_iter().enumerate().filter(|(_, named)| asked.contains(&named.key)) {
            match phrases.last_mut() {
                Some((_, end)) if last.checked_add(1) == Some(place) => *end = named,
                _ => phrases.push((named, named)),
            }
            last = place;
        }
        let words =
            phrases.into_iter().filter_map(|(from, to)| text.get(from.start as usize..to.end as usize));
        Alike {
            coded,
            score: f64::from(score) / f64::from(WHOLE),
            shared: words.map(str::to_string).collect(),
        }
    }
}
