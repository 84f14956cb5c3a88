//! Which recommendations take up what somebody asks for. What that means, how it is decided and how good it is:
//! `like/PAGE.md`, which [`compare`](crate::compare) shows. `like/ask.rs` reads asks, `like/score.rs` has the formula,
//! `like/rows.rs` the table.

mod ask;
mod decide;
#[cfg(test)]
mod learn;
mod meaning;
mod rows;
mod score;

pub use ask::Ask;
pub use rows::table;

use crate::asks::wordings;
use crate::coded::{CodedRecommendation, Selection};
use crate::error::{Error, Result};
use crate::tag::Tagger;
use decide::{MEASURES, Stands, decide, measures, standing_out};
use meaning::cosine;
use rayon::prelude::*;
use score::{Maker, Text, score};
use std::collections::{BTreeSet, HashMap};

/// The score from which a recommendation takes up an ask. When lists were held out in turn, nine in ten asks that none takes up
/// stayed without a mark from there on (`tests/gold/weights.py`).
pub const TAKEN_UP: f64 = 0.8;

/// So many recommendations that stand out are compared word by word: twelve times as many as are shown, and the time grows with
/// them.
const COMPARED: usize = 60;

/// From this nearness on, in thousandths, a word is shown as shared: synonyms and forms of a word, not all of one theme.
const SHOWN_AS_SHARED: i64 = 650;

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
/// assert_eq!(found[0].takes_up(), found[0].score >= TAKEN_UP);
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

    /// What the recommendations that stand out are compared by. `shared` has a zero for each recommendation, and again after.
    fn measured(&self, ask: &Text, most: usize, shared: &mut [u32]) -> Vec<(u32, [i64; MEASURES.len()])> {
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
        let mut scores = vec![0_i64; self.texts.len()];
        for at in touched {
            let shared = std::mem::take(&mut shared[at as usize]);
            scores[at as usize] = i64::from(score(shared, ask, self.texts[at as usize].total));
        }
        let near = |of: fn(&meaning::Meaning) -> &meaning::Vector| -> Vec<i64> {
            self.texts.iter().map(|text| cosine(of(&ask.meaning), of(&text.meaning))).collect()
        };
        let all = [scores, near(|meaning| &meaning.direction), near(|meaning| &meaning.themes)];
        let out = all.each_ref().map(|values| standing_out(values));
        let mean: Vec<i64> =
            (0..self.texts.len()).map(|at| (out[0][at] + out[1][at] + out[2][at]) / 3).collect();
        let mut best: Vec<u32> = (0..self.texts.len() as u32).collect();
        let order = |one: &u32, two: &u32| {
            mean[*two as usize].cmp(&mean[*one as usize]).then_with(|| self.order(*one, *two))
        };
        let most = most.max(COMPARED);
        if best.len() > most {
            best.select_nth_unstable_by(most, order);
            best.truncate(most);
        }
        best.sort_by(order);
        let of =
            |rank: usize| best.get(rank.min(best.len().saturating_sub(1))).map_or(0, |at| mean[*at as usize]);
        let sixth = of(5);
        let mut found = Vec::with_capacity(best.len());
        for at in best {
            let here = at as usize;
            let other = &self.texts[here];
            let shared = ask.issues.iter().filter(|issue| other.issues.contains(issue)).count();
            let stands = Stands {
                score: all[0][here],
                direction: all[1][here],
                themes: all[2][here],
                out: mean[here],
                sixth,
                issues: [shared as i64, ask.issues.len() as i64],
            };
            let measures = measures(&ask.meaning, &other.meaning, &stands);
            // nothing in common at all
            if measures[0] > 0 || stands.score > 0 {
                found.push((at, measures));
            }
        }
        found
    }

    fn order(&self, one: u32, two: u32) -> std::cmp::Ordering {
        wordings::order(self.coded[one as usize], self.coded[two as usize])
    }

    fn most_alike(&self, ask: &Text, most: usize, shared: &mut [u32]) -> Vec<Alike<'r>> {
        let measured = self.measured(ask, most, shared);
        let mut decided: Vec<(i64, u32)> =
            measured.iter().map(|(at, measures)| (decide(measures), *at)).collect();
        decided.sort_by(|one, two| two.0.cmp(&one.0).then_with(|| self.order(one.1, two.1)));
        decided.truncate(most);
        decided.into_iter().map(|(decided, at)| self.alike(ask, decided, at as usize)).collect()
    }

    fn alike(&self, ask: &Text, decided: i64, at: usize) -> Alike<'r> {
        let coded = self.coded[at];
        let text = &coded.recommendation.text;
        let asked: BTreeSet<u64> = ask.named.iter().map(|named| named.key).collect();
        let named = self.texts[at].named.iter().filter(|named| named.end > 0 && asked.contains(&named.key));
        let near = |meant: &&meaning::Meant| {
            ask.meaning.words.iter().any(|word| word.near(meant) >= SHOWN_AS_SHARED)
        };
        let near = self.texts[at].meaning.words.iter().filter(near).map(|meant| (meant.start, meant.end));
        let mut places: Vec<(u32, u32)> = named.map(|named| (named.start, named.end)).chain(near).collect();
        places.sort_unstable();
        // words that follow each other in the recommendation are one phrase
        let mut phrases: Vec<(usize, usize)> = Vec::new();
        for (start, end) in places.into_iter().map(|(start, end)| (start as usize, end as usize)) {
            match phrases.last_mut() {
                Some((_, last))
                    if start <= *last || text.get(*last..start).is_some_and(|gap| gap.trim().is_empty()) =>
                {
                    *last = end.max(*last);
                }
                _ => phrases.push((start, end)),
            }
        }
        let words = phrases.into_iter().filter_map(|(start, end)| text.get(start..end));
        Alike { coded, score: as_share(decided), shared: words.map(str::to_string).collect() }
    }
}

/// The share from 0 to 1 that a logarithm of odds, in thousandths, is, with four decimals.
fn as_share(decided: i64) -> f64 {
    let share = 1.0 / (1.0 + libm::exp(-(decided as f64) / 1000.0));
    (share * 10_000.0).round() / 10_000.0
}
