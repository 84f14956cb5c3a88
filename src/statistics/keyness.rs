//! Keyness: the words that tell one set of recommendations from another.

use super::association::{Sides, q_values};
use super::options::Options;
use crate::coded::{CodedRecommendation, Selection};
use crate::recommendation::Position;
use crate::table::{Cell, Table};
use crate::text::hash::Map;
use crate::text::words::Words;
use rayon::prelude::*;

/// The words of one set of recommendations, compared with those of another by [`log_odds`](super::log_odds): a row for
/// each word, by z, the words of `these` first; equal ones by the alphabet.
///
/// Words are folded: small letters, no accents. Single letters, numbers and the `'s` of possessives are not words here. A
/// joint recommendation is one text. A recommendation should be in one of the sets only. Words that all recommendations
/// have, and all words where a set is empty, are left out. The columns are those of
/// [`association`](super::association): `count` of `of` in the first set, `others_count` of `others_of` in the other.
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, keyness};
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let these = coded.filter("issue=climate-action")?;
/// let others = coded.select(|coded| !coded.coding.has("climate-action"));
/// let table = keyness(&these, &others, &Options::default().at_least(2));
/// let climate = table.row(["climate"]).unwrap();
/// assert_eq!((climate.count("count"), climate.count("of"), climate.count("others_count")), (Some(2), Some(5), Some(1)));
/// assert!(climate.number("z") > Some(0.0));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn keyness<'r>(
    these: impl Into<Selection<'r>>,
    others: impl Into<Selection<'r>>,
    options: &Options,
) -> Table {
    let (these, others) = (these.into(), others.into());
    let mut counts: Map<String, [Count; 2]> = Map::default();
    for (side, set) in [&these, &others].into_iter().enumerate() {
        for (word, count) in words(set.as_slice()) {
            counts.entry(word).or_default()[side] = count;
        }
    }
    let mut counts: Vec<(String, [Count; 2])> = counts.into_iter().collect();
    counts.sort_unstable_by(|one, two| one.0.cmp(&two.0));
    let recommendations = [these.len() as u64, others.len() as u64];
    let occurrences = [0, 1].map(|side| counts.iter().map(|(_, sides)| sides[side].occurrences).sum::<u64>());
    let prior = options.prior_or(Options::PRIOR_OF_WORDS);
    let (whole, prior) = match options.every_occurrence {
        false => (recommendations, prior),
        true => {
            let texts = recommendations[0] + recommendations[1];
            (occurrences, prior * (occurrences[0] + occurrences[1]) as f64 / texts.max(1) as f64)
        }
    };
    let compared = counts.into_iter().filter_map(|(word, sides)| {
        let count =
            |side: &Count| if options.every_occurrence { side.occurrences } else { side.recommendations };
        let side = |at: usize| (count(&sides[at]), whole[at]);
        let frequent = sides[0].recommendations + sides[1].recommendations >= options.at_least;
        frequent.then(|| Sides::compare(side(0), side(1), prior)).flatten().map(|sides| (word, sides))
    });
    let mut words: Vec<(String, Sides)> = compared.collect();
    words.sort_by(|(_, one), (_, two)| two.log_odds.z.total_cmp(&one.log_odds.z));
    let mut table = Table::new(["word"].into_iter().chain(Sides::COLUMNS));
    let q_values = q_values(words.iter().map(|(_, sides)| sides));
    table.rows.extend(words.into_iter().zip(q_values).map(|((word, sides), q_value)| {
        let mut line = vec![Cell::from(word)];
        line.extend(sides.cells(q_value));
        line
    }));
    table
}

/// Compares the words of noted recommendations with those of supported ones, as [`keyness`] does. Recommendations
/// supported in part, pending or without an answer are in neither set.
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, keyness_of_noted};
/// use upr::{Codebook, Tagger};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let words = keyness_of_noted(&coded, &Options::default());
/// let first: Vec<&str> = words.iter().take(3).filter_map(|word| word.text("word")).collect();
/// assert_eq!(first, ["death", "moratorium", "penalty"]);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn keyness_of_noted<'r>(coded: impl Into<Selection<'r>>, options: &Options) -> Table {
    let coded = coded.into();
    let answered = |position| coded.select(|coded| coded.recommendation.position() == Some(position));
    keyness(answered(Position::Noted), answered(Position::Supported), options)
}

#[derive(Clone, Copy, Default)]
struct Count {
    recommendations: u64,
    occurrences: u64,
    /// The last text that had the word, counted from 1.
    last: u64,
}

/// Counts words on all cores; sums of whole numbers are the same in any order.
fn words(set: &[&CodedRecommendation]) -> Map<String, Count> {
    const TEXTS_AT_ONCE: usize = 2048;
    let parts = set.par_chunks(TEXTS_AT_ONCE).map(|texts| {
        let (mut counts, mut words) = (Map::<String, Count>::default(), Words::default());
        for (coded, text) in texts.iter().zip(1_u64..) {
            words.split(&coded.recommendation.text);
            for word in words.line.split_ascii_whitespace().filter(|word| is_word(word)) {
                let count = match counts.get_mut(word) {
                    Some(count) => count,
                    None => counts.entry(word.to_string()).or_default(),
                };
                count.occurrences += 1;
                count.recommendations += u64::from(count.last != text);
                count.last = text;
            }
        }
        counts
    });
    parts
        .reduce_with(|mut one, two| {
            for (word, count) in two {
                let sum = one.entry(word).or_default();
                sum.recommendations += count.recommendations;
                sum.occurrences += count.occurrences;
            }
            one
        })
        .unwrap_or_default()
}

/// Commas and full stops are in the line too, and the `'s` of possessives.
fn is_word(word: &str) -> bool {
    let mut characters = word.chars();
    let two = characters.next().is_some() && characters.next().is_some();
    two && word != "'s" && word.chars().any(char::is_alphabetic)
}
