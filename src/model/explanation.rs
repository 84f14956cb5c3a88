//! Why a label was given: the phrases that count most for it.

use super::issue_features::MAX_WORDS;
use super::table::{Scores, Table, Weighted};
use crate::coded::Evidence;
use crate::text::words::Words;
use std::ops::Range;
use std::sync::Arc;

/// At most so many phrases of a model are shown as evidence for one tag. This and the next two serve the reader; no
/// decision depends on them.
pub(crate) const MAX_PHRASES: usize = 3;

/// Longer phrases are not shown, though they count.
const MAX_PHRASE_WORDS: usize = 8;

/// A phrase is shown if it weighs at least this part of the weightiest one.
const MIN_PART: f32 = 0.25;

impl Scores {
    /// Chooses the labels of a text: those that score above 0, or else the one that scores highest. A text without words
    /// gets none.
    pub(crate) fn choose(&mut self, words: &Words) {
        self.given.clear();
        if words.words.is_empty() {
            return;
        }
        self.given.extend((0..self.scores.len()).filter(|label| self.scores[*label] > 0.0));
        if self.given.is_empty() {
            self.given.extend(self.highest());
        }
    }

    /// The label with the highest score, of equal ones the first.
    pub(crate) fn highest(&self) -> Option<usize> {
        (0..self.scores.len()).rev().max_by(|a, b| self.scores[*a].total_cmp(&self.scores[*b]))
    }
}

impl Table {
    /// Adds the phrases that count most for a label, in the order of the text: at least one, and each a part of the text.
    pub(crate) fn phrases(&self, label: usize, scores: &mut Scores, words: &Words, to: &mut Vec<Evidence>) {
        self.weightiest(label, scores, words);
        let Scores { shown, rule, .. } = scores;
        if shown.is_empty() {
            to.push(Evidence {
                rule: Arc::from("model: the whole text"),
                span: words.span(0..words.words.len()),
            });
        }
        to.extend(shown.iter().map(|(range, _)| {
            rule.clear();
            rule.push_str("model: ");
            rule.push_str(folded(words, range.clone()));
            Evidence { rule: Arc::from(rule.as_str()), span: words.span(range.clone()) }
        }));
    }

    /// The words that count most for a label, of equal ones the first; none where none count for it.
    pub(crate) fn heaviest(&self, label: usize, scores: &mut Scores, words: &Words) -> Option<Range<usize>> {
        self.weightiest(label, scores, words);
        let heaviest = scores.shown.iter().rev().max_by(|one, other| one.1.total_cmp(&other.1));
        heaviest.map(|(words, _)| words.clone())
    }

    /// Finds the words that count most for a label, with their weights, in the order of the text; none where only
    /// words that are further apart count for it.
    pub(crate) fn weightiest(&self, label: usize, scores: &mut Scores, words: &Words) {
        let Scores { hits, values, phrases, weighed, shown, .. } = scores;
        let room = words.words.len().min(MAX_WORDS) * MAX_PHRASE_WORDS;
        if phrases.len() < room {
            phrases.resize(room, 0.0);
        }
        for hit in hits.iter() {
            let length = (hit.words.end - hit.words.start) as usize;
            if length > MAX_PHRASE_WORDS {
                continue;
            }
            let weight = self.weight(hit, label);
            if weight != 0 {
                // several features may stand for the same words
                let place = hit.words.start as usize * MAX_PHRASE_WORDS + length - 1;
                if phrases[place] == 0.0 {
                    weighed.push(place);
                }
                phrases[place] += f32::from(weight) * values[hit.block as usize];
            }
        }
        shown.clear();
        let mut least = f32::MIN_POSITIVE;
        while shown.len() < MAX_PHRASES {
            let mut best: Option<(usize, f32)> = None;
            for &at in weighed.iter() {
                let (weight, words) = (phrases[at], phrase_at(at));
                // of equal weights the first
                let better = |(before, most)| weight > most || weight == most && at < before;
                let apart = |(other, _): &Weighted| words.end <= other.start || other.end <= words.start;
                if weight >= least && best.is_none_or(better) && shown.iter().all(apart) {
                    best = Some((at, weight));
                }
            }
            let Some((at, weight)) = best else { break };
            if shown.is_empty() {
                least = weight * MIN_PART;
            }
            shown.push((phrase_at(at), weight));
        }
        weighed.drain(..).for_each(|at| phrases[at] = 0.0);
        shown.sort_unstable_by_key(|(words, _)| words.start);
    }
}

/// The words of a place in the table of phrases: one row for each first word, one column for each length.
fn phrase_at(at: usize) -> Range<usize> {
    let start = at / MAX_PHRASE_WORDS;
    start..start + at % MAX_PHRASE_WORDS + 1
}

/// Words as they are compared: in lower case, without accents.
fn folded(words: &Words, range: Range<usize>) -> &str {
    &words.line[words.words[range.start].in_line as usize..words.words[range.end - 1].line_end as usize]
}
