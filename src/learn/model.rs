//! A model that was learned, and what it says of a text.

use super::bytes;
use super::features::MOST_WORDS;
use super::table::{Scores, Table};
use crate::codebook::CodebookName;
use crate::coded::Evidence;
use crate::error::{Error, Result};
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What was learned from coded examples: how much each word, phrase and rule speaks for each label.
///
/// [`Learner::train`](super::Learner::train) makes one, [`Tagger::with_model`](crate::Tagger::with_model) tags with
/// it. It belongs to the codebooks that it was trained with, as they were then: their rules are among its features.
///
/// # Example
///
/// ```
/// use upr::code::{Example, Learner};
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let examples = [
///     Example::new("Build dykes", ["Climate action"]),
///     Example::new("Find new homes for islanders", ["Climate displacement"]),
/// ];
/// let model = Learner::new().train(&tagger, &examples)?;
/// assert_eq!(model.labels(), ["Climate action", "Climate displacement"]);
/// assert_eq!((model.examples(), model.codebooks()[0].name.as_str()), (2, "climate"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(super) codebooks: Vec<CodebookName>,
    pub(super) examples: u32,
    pub(super) labels: Vec<String>,
    pub(super) table: Table,
}

/// The most phrases of a model that are shown as evidence for one tag.
pub(crate) const MOST_PHRASES: usize = 3;

/// The longest phrase that is shown, in words. What stands further apart is learned from as well.
const LONGEST_PHRASE: usize = 8;

/// A phrase is shown if it weighs at least this part of the weightiest one.
const LEAST_PART: f32 = 0.25;

/// A stretch of a text, in words or in bytes, and how much it speaks for a label.
pub(super) type Weighted = (Range<usize>, f32);

impl Model {
    /// Loads a model from a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or one that is not a model: another kind of file, one that was cut or changed, a
    /// model of another version of this crate.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// use upr::code::Model;
    ///
    /// let path = std::env::temp_dir().join("upr-example-load.model");
    /// Learner::new().train(&tagger, &examples)?.save(&path)?;
    /// assert_eq!(Model::load(&path)?.examples(), 2);
    /// # std::fs::remove_file(&path).ok();
    ///
    /// let error = Model::load("fixtures/usa-2020.csv").unwrap_err();
    /// assert!(error.to_string().starts_with("fixtures/usa-2020.csv: found"), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let bytes = crate::files::file(path)?;
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
    /// let error = upr::code::Model::from_bytes("mine.model", b"To,From,Text").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "mine.model: found something else, expected a model, which begins with \"uprmodel\""
    /// );
    /// ```
    pub fn from_bytes(origin: &str, bytes: &[u8]) -> Result<Model> {
        bytes::read(origin, bytes)
    }

    /// The model as bytes: the same for the same model, on every machine.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// use upr::code::Model;
    ///
    /// let bytes = Learner::new().train(&tagger, &examples)?.to_bytes();
    /// assert_eq!(Model::from_bytes("memory", &bytes)?.to_bytes(), bytes);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// Saves the model.
    ///
    /// # Errors
    ///
    /// A path that cannot be written.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// let path = std::env::temp_dir().join("upr-example-save.model");
    /// model.save(&path)?;
    /// assert_eq!(std::fs::read(&path).unwrap(), model.to_bytes());
    /// assert!(model.save("fixtures").is_err()); // a folder
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        std::fs::write(path, self.to_bytes()).map_err(|source| Error::unwritable(path, source))
    }

    /// The model that comes with this crate, for the codebook [`upr-info`](crate::Codebook::upr_info).
    pub(crate) fn upr_info() -> Result<Model> {
        Model::from_bytes("the bundled model upr-info", include_bytes!("upr-info.model"))
    }

    /// The labels that it gives, in the order of the alphabet.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let model = Learner::new().train(&tagger, &examples[..1])?;
    /// assert_eq!(model.labels(), ["Climate action"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The codebooks whose rules it was trained with: the one whose issues are its labels, then those that were only
    /// [heard](crate::Tagger::hearing). It tags with no others, nor with another state of them.
    ///
    /// # Example
    ///
    /// ```
    /// let model = upr::Tagger::upr_info()?.model().cloned().expect("the bundled model");
    /// let names: Vec<&str> = model.codebooks().iter().map(|codebook| codebook.name.as_str()).collect();
    /// assert_eq!(names, ["upr-info", "core"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn codebooks(&self) -> &[CodebookName] {
        &self.codebooks
    }

    /// A hash of the whole model, `fnv1a64:` and 16 digits, so that a coded list can say which model decided.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let learner = Learner::new();
    /// let (one, two) = (learner.train(&tagger, &examples)?, learner.train(&tagger, &examples[1..])?);
    /// assert_ne!(one.hash(), two.hash());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn hash(&self) -> String {
        format!("fnv1a64:{:016x}", Fnv::new().add(&self.to_bytes()).value())
    }

    /// How many examples it was trained on.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::upr_info()?;
    /// assert_eq!(tagger.model().unwrap().examples(), 26_298);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn examples(&self) -> usize {
        self.examples as usize
    }

    /// How many weights it has: pairs of a feature and a label.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::code::{Example, Learner};
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let examples = [
    /// #     Example::new("Build dykes", ["Climate action"]),
    /// #     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// # ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// assert!(model.weights() < 80_000); // two examples have few words
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn weights(&self) -> usize {
        self.table.cells.len()
    }

    /// Notes the labels that the model gives: those that score above 0, or else the one that scores highest. A text
    /// without words has none.
    pub(super) fn give(&self, scores: &mut Scores, words: &Words) {
        let Scores { scores, given, .. } = scores;
        given.clear();
        if words.words.is_empty() {
            return;
        }
        given.extend((0..scores.len()).filter(|label| scores[*label] > 0.0));
        if given.is_empty() {
            // of equal scores the first
            given.extend((0..scores.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b])));
        }
    }

    /// Adds the phrases that weighed most for a label, in the order of the text: never none, and each a part of the text.
    pub(super) fn phrases(&self, label: usize, scores: &mut Scores, words: &Words, to: &mut Vec<Evidence>) {
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

    /// Notes the words that weighed most for a label, with their weights, in the order of the text; none where only
    /// what stands further apart speaks for it.
    pub(super) fn weightiest(&self, label: usize, scores: &mut Scores, words: &Words) {
        let Scores { hits, values, phrases, weighed, shown, .. } = scores;
        let room = words.words.len().min(MOST_WORDS) * LONGEST_PHRASE;
        if phrases.len() < room {
            phrases.resize(room, 0.0);
        }
        for hit in hits.iter() {
            let length = (hit.words.end - hit.words.start) as usize;
            if length > LONGEST_PHRASE {
                continue;
            }
            let weight = self.table.weight(hit, label);
            if weight != 0 {
                // several features may stand for the same words
                let place = hit.words.start as usize * LONGEST_PHRASE + length - 1;
                if phrases[place] == 0.0 {
                    weighed.push(place);
                }
                phrases[place] += f32::from(weight) * values[hit.block as usize];
            }
        }
        shown.clear();
        let mut least = f32::MIN_POSITIVE;
        while shown.len() < MOST_PHRASES {
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
                least = weight * LEAST_PART;
            }
            shown.push((phrase_at(at), weight));
        }
        weighed.drain(..).for_each(|at| phrases[at] = 0.0);
        shown.sort_unstable_by_key(|(words, _)| words.start);
    }
}

/// The words of a place in the table of phrases: one row for each first word, one column for each length.
fn phrase_at(at: usize) -> Range<usize> {
    let start = at / LONGEST_PHRASE;
    start..start + at % LONGEST_PHRASE + 1
}

/// Words as they are compared: in lower case, without accents.
fn folded(words: &Words, range: Range<usize>) -> &str {
    &words.line[words.words[range.start].in_line as usize..words.words[range.end - 1].line_end as usize]
}
