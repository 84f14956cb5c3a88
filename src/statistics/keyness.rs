//! Keyness: the words that tell one set of recommendations from another.

use super::association::{COMPARISON, comparison};
use super::discovery::benjamini_hochberg;
use super::log_odds::{LogOdds, Occurrence, Prior, log_odds};
use crate::coded::{CodedRecommendation, Selection};
use crate::recommendation::Position;
use crate::table::{Cell, Table};
use crate::text::words::Words;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// How often a word counts.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::statistics::{Counting, Keyness, KeynessOptions};
///
/// let of = |counting| {
///     let these = coded.select(|coded| coded.coding.has("climate-action"));
///     let others = coded.select(|coded| !coded.coding.has("climate-action"));
///     Keyness::of(&these, &others, &KeynessOptions { counting, ..KeynessOptions::default() }).words[0].here.of
/// };
/// assert_eq!(of(Counting::Recommendations), 5);
/// assert!(of(Counting::Occurrences) > 40); // words
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Once for each recommendation that has it; the whole is the number of recommendations. A word that one
    /// text repeats says no more than one that it has once.
    #[default]
    Recommendations,
    /// As often as it stands there; the whole is the number of words.
    Occurrences,
}

/// How keyness is to be computed.
///
/// # Example
///
/// ```
/// use upr::statistics::{Counting, KeynessOptions};
///
/// let options = KeynessOptions { at_least: 5, ..KeynessOptions::default() };
/// assert_eq!((options.counting, options.prior.recommendations()), (Counting::Recommendations, 50.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct KeynessOptions {
    /// How often a word counts.
    pub counting: Counting,
    /// How strongly small numbers are drawn towards the share in both sets together. By occurrences it weighs
    /// as many words as so many recommendations have on average.
    pub prior: Prior,
    /// In how many recommendations, of both sets together, a word must stand to be compared.
    pub at_least: u64,
}

/// Once for each recommendation, words in five recommendations or more, and a prior of fifty. With ten, a word
/// that one side never uses ranks below common ones (*federal* above *penalty* in the 36 recommendations on the
/// death penalty of the US list); with 500, no word of so small a set stands out much.
impl Default for KeynessOptions {
    fn default() -> KeynessOptions {
        KeynessOptions { counting: Counting::default(), prior: Prior::OF_WORDS, at_least: 5 }
    }
}

/// The words of one set of recommendations, compared with those of another.
///
/// Words are folded: small letters, no accents. Single letters, numbers and the `'s` of possessives are no words
/// here. A joint recommendation is one text.
///
/// # Example
///
/// ```
/// use upr::statistics::{Keyness, KeynessOptions};
/// use upr::{Codebook, Tagger};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let these = coded.filter("issue=death-penalty")?;
/// let others = coded.select(|coded| !coded.coding.has("death-penalty"));
/// let keyness = Keyness::of(&these, &others, &KeynessOptions::default());
/// assert_eq!((&*keyness.words[0].word, &*keyness.words[1].word), ("death", "penalty"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keyness {
    /// How it was computed.
    pub options: KeynessOptions,
    /// By z, the words of the first set first; equal ones by the alphabet.
    pub words: Vec<KeyWord>,
}

/// One word, compared.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::statistics::{Keyness, KeynessOptions};
///
/// let these = coded.filter("issue=climate-action")?;
/// let others = coded.select(|coded| !coded.coding.has("climate-action"));
/// let keyness = Keyness::of(&these, &others, &KeynessOptions { at_least: 2, ..Default::default() });
/// let climate = keyness.words.iter().find(|word| &*word.word == "climate").unwrap();
/// assert_eq!((climate.here.with, climate.here.of, climate.elsewhere.with), (2, 5, 1));
/// assert!(climate.log_odds.z > 0.0);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyWord {
    /// The word, folded.
    pub word: Arc<str>,
    /// How often in the first set, of how much.
    pub here: Occurrence,
    /// How often in the other.
    pub elsewhere: Occurrence,
    /// The comparison.
    #[serde(flatten)]
    pub log_odds: LogOdds,
    /// The share of false discoveries among words with a p-value as small as this one's.
    pub q_value: f64,
}

impl Keyness {
    /// Compares the words of `these` with those of `others` by [`log_odds`]. A recommendation should stand in
    /// one of the sets only. Words that all recommendations have, and all words where a set is empty, are
    /// left out.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, statistics::{Keyness, KeynessOptions}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let these = coded.filter("position=noted")?;
    /// let others = coded.filter("position=supported")?;
    /// let words = Keyness::of(&these, &others, &KeynessOptions { at_least: 6, ..Default::default() }).words;
    /// assert!(words.iter().all(|word| word.here.with + word.elsewhere.with >= 6));
    /// let none = coded.filter("position=pending")?;
    /// assert!(Keyness::of(&these, &none, &KeynessOptions::default()).words.is_empty()); // nothing to compare with
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(
        these: impl Into<Selection<'r>>,
        others: impl Into<Selection<'r>>,
        options: &KeynessOptions,
    ) -> Keyness {
        let (these, others) = (these.into(), others.into());
        let mut counts: HashMap<String, [Count; 2]> = HashMap::new();
        for (side, set) in [&these, &others].into_iter().enumerate() {
            for (word, count) in words(set.as_slice()) {
                counts.entry(word).or_default()[side] = count;
            }
        }
        let mut counts: Vec<(String, [Count; 2])> = counts.into_iter().collect();
        counts.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        let recommendations = [these.len() as u64, others.len() as u64];
        let occurrences =
            [0, 1].map(|side| counts.iter().map(|(_, sides)| sides[side].occurrences).sum::<u64>());
        let (whole, prior) = match options.counting {
            Counting::Recommendations => (recommendations, options.prior.recommendations()),
            Counting::Occurrences => {
                let (words, texts) =
                    (occurrences[0] + occurrences[1], recommendations[0] + recommendations[1]);
                (occurrences, options.prior.recommendations() * words as f64 / texts.max(1) as f64)
            }
        };
        let compared = counts.into_iter().filter_map(|(word, sides)| {
            let side = |at: usize| Occurrence { with: sides[at].by(options.counting), of: whole[at] };
            let (here, elsewhere) = (side(0), side(1));
            if sides[0].recommendations + sides[1].recommendations < options.at_least {
                return None;
            }
            let log_odds = log_odds(here, elsewhere, prior)?;
            Some(KeyWord { word: Arc::from(word), here, elsewhere, log_odds, q_value: f64::NAN })
        });
        let mut words: Vec<KeyWord> = compared.collect();
        let p_values: Vec<f64> = words.iter().map(|word| word.log_odds.p_value).collect();
        for (word, q_value) in words.iter_mut().zip(benjamini_hochberg(&p_values)) {
            word.q_value = q_value;
        }
        words.sort_by(|one, two| two.log_odds.z.total_cmp(&one.log_odds.z));
        Keyness { options: *options, words }
    }

    /// Compares the words of noted recommendations with those of supported ones. Recommendations supported in part,
    /// pending or without an answer are in neither set.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::{Keyness, KeynessOptions};
    /// use upr::{Codebook, Tagger};
    ///
    /// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// let keyness = Keyness::of_noted(&coded, &KeynessOptions::default());
    /// let first: Vec<&str> = keyness.words.iter().take(3).map(|word| &*word.word).collect();
    /// assert_eq!(first, ["death", "moratorium", "penalty"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of_noted<'r>(coded: impl Into<Selection<'r>>, options: &KeynessOptions) -> Keyness {
        let coded = coded.into();
        let answered = |position| coded.select(|coded| coded.recommendation.position() == Some(position));
        Keyness::of(answered(Position::Noted), answered(Position::Supported), options)
    }

    /// A row for each word, in their order.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, statistics::{Keyness, KeynessOptions}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let keyness = Keyness::of_noted(&coded, &KeynessOptions::default());
    /// let table = keyness.table();
    /// assert_eq!((table.header[0].as_str(), table.rows.len()), ("word", keyness.words.len()));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let names = ["word", "count", "of", "others_count", "others_of"];
        let mut table = Table::new(names.into_iter().chain(COMPARISON));
        table.rows.extend(self.words.iter().map(|word| {
            let mut line = vec![Cell::from(&word.word)];
            line.extend(comparison(word.here, word.elsewhere, &word.log_odds, word.q_value));
            line
        }));
        table
    }
}

#[derive(Clone, Copy, Default)]
struct Count {
    recommendations: u64,
    occurrences: u64,
    /// The last text that had the word, counted from 1.
    last: u64,
}

impl Count {
    fn by(self, counting: Counting) -> u64 {
        match counting {
            Counting::Recommendations => self.recommendations,
            Counting::Occurrences => self.occurrences,
        }
    }
}

/// Counts words on all cores; sums of whole numbers are the same in any order.
fn words(set: &[&CodedRecommendation]) -> HashMap<String, Count> {
    const TEXTS_AT_ONCE: usize = 2048;
    let parts = set.par_chunks(TEXTS_AT_ONCE).map(|texts| {
        let (mut counts, mut words) = (HashMap::<String, Count>::new(), Words::default());
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

/// Commas and full stops stand in the line too, and the `'s` of possessives.
fn is_word(word: &str) -> bool {
    let mut characters = word.chars();
    let two = characters.next().is_some() && characters.next().is_some();
    two && word != "'s" && word.chars().any(char::is_alphabetic)
}
