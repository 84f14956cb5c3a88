//! A model that was learned, and what it says of a text.

use super::bytes;
use super::table::{Scores, Table};
use crate::Result;
use crate::codebook::CodebookName;
use crate::error::Error;
use crate::tag::Evidence;
use crate::words::Words;
use std::path::Path;
use std::sync::Arc;

/// What was learned from coded examples: how much each word, phrase and rule speaks for each label.
///
/// [`Learner::train`](super::Learner::train) makes one, [`Tagger::with_model`](crate::Tagger::with_model) tags with
/// it. It belongs to the codebooks that it was trained with, as they were then: their rules are among its features.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(super) codebooks: Vec<CodebookName>,
    pub(super) examples: u32,
    pub(super) labels: Vec<String>,
    pub(super) table: Table,
}

/// The most phrases of a model that are shown as evidence for one tag.
const MOST_PHRASES: usize = 3;

/// A phrase is shown if it weighs at least this part of the weightiest one.
const LEAST_PART: f32 = 0.25;

impl Model {
    /// Loads a model from a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or one that is not a model: another kind of file, one that was cut or changed, a
    /// model of another version of this crate.
    pub fn load(path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::unreadable(path, source))?;
        Model::from_bytes(&path.display().to_string(), &bytes)
    }

    /// Reads a model from memory; `origin` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As for [`Model::load`].
    ///
    /// # Example
    ///
    /// ```
    /// let error = upr::learn::Model::from_bytes("mine.model", b"To,From,Text").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "mine.model: found something else, expected a model, which begins with \"uprmodel\""
    /// );
    /// ```
    pub fn from_bytes(origin: &str, bytes: &[u8]) -> Result<Model> {
        bytes::read(origin, bytes)
    }

    /// The model as bytes: the same for the same model, on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// Saves the model.
    ///
    /// # Errors
    ///
    /// A path that cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        std::fs::write(path, self.to_bytes()).map_err(|source| Error::unwritable(path, source))
    }

    /// The model that comes with this crate, for the codebook [`upr-info`](crate::Codebook::upr_info).
    pub(crate) fn upr_info() -> Result<Model> {
        Model::from_bytes("the bundled model upr-info", include_bytes!("upr-info.model"))
    }

    /// The labels that it gives, in the order of the alphabet.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The codebooks whose rules it was trained with: the one whose issues are its labels, then those that were only
    /// [heard](crate::Tagger::hearing). It tags with no others, nor with another state of them.
    pub fn codebooks(&self) -> &[CodebookName] {
        &self.codebooks
    }

    /// How many examples it was trained on.
    pub fn examples(&self) -> usize {
        self.examples as usize
    }

    /// How many weights it has: pairs of a feature and a label.
    pub fn weights(&self) -> usize {
        self.table.cells.len()
    }

    /// The labels that the model gives: those that score above 0, or else the one that scores highest. A text
    /// without words has none.
    pub(super) fn given(&self, scores: &Scores, words: &Words) -> Vec<usize> {
        if words.words.is_empty() {
            return Vec::new();
        }
        let above: Vec<usize> =
            (0..scores.scores.len()).filter(|label| scores.scores[*label] > 0.0).collect();
        if !above.is_empty() {
            return above;
        }
        // of equal scores the first
        let highest =
            (0..scores.scores.len()).rev().max_by(|a, b| scores.scores[*a].total_cmp(&scores.scores[*b]));
        highest.into_iter().collect()
    }

    /// The phrases that weighed most for a label, in the order of the text: never none, and each a part of the text.
    pub(super) fn phrases(&self, label: usize, scores: &Scores, words: &Words) -> Vec<Evidence> {
        let mut phrases: Vec<(u32, u32, f32)> = Vec::new();
        for hit in &scores.hits {
            let cells = self.table.cells_of(hit.feature);
            let Ok(cell) = cells.binary_search_by_key(&label, |(label, _)| usize::from(*label)) else {
                continue;
            };
            let weight = f32::from(cells[cell].1) * scores.values[hit.block as usize];
            phrases.push((hit.words.start, hit.words.end, weight));
        }
        // several features may stand for the same words
        phrases.sort_by_key(|(start, end, _)| (*start, *end));
        phrases.dedup_by(|next, phrase| {
            let same = (next.0, next.1) == (phrase.0, phrase.1);
            if same {
                phrase.2 += next.2;
            }
            same
        });
        phrases.retain(|(_, _, weight)| *weight > 0.0);
        phrases.sort_by(|a, b| b.2.total_cmp(&a.2));
        let least = phrases.first().map_or(0.0, |(_, _, weight)| weight * LEAST_PART);
        let mut shown: Vec<(u32, u32)> = Vec::new();
        for (start, end, weight) in phrases {
            if weight < least || shown.len() == MOST_PHRASES {
                break;
            }
            if shown.iter().all(|(from, to)| end <= *from || *to <= start) {
                shown.push((start, end));
            }
        }
        shown.sort_unstable();
        if shown.is_empty() {
            let rule = Arc::from("model: the whole text");
            return vec![Evidence { rule, span: words.span(0..words.words.len()) }];
        }
        let evidence = |(start, end): (u32, u32)| {
            let range = start as usize..end as usize;
            Evidence {
                rule: Arc::from(format!("model: {}", phrase(words, range.clone()))),
                span: words.span(range),
            }
        };
        shown.into_iter().map(evidence).collect()
    }
}

/// Words as the model compares them: folded, with one blank between them.
fn phrase(words: &Words, range: std::ops::Range<usize>) -> &str {
    let start = words.words[range.start].in_line as usize;
    let last = words.words[range.end - 1].in_line as usize;
    let end = words.line[last..].find(' ').map_or(words.line.len(), |length| last + length);
    &words.line[start..end]
}
