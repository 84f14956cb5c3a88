//! A linear model, applied: how much each word, phrase and rule counts for each label.
//!
//! One kind of model serves issues ([`tag`](crate::code)) and actions ([`action`](crate::ActionCategory)); only the features
//! differ. [`feature`] says what a feature is, [`table`] computes scores, [`explanation`] finds the phrases that count
//! most, [`bytes`] loads and saves. `learn` trains models, and its page `MODELS.md` says how good they are.

mod bytes;
pub(crate) mod explanation;
pub(crate) mod feature;
mod index;
pub(crate) mod issue_features;
pub(crate) mod lexeme;
pub(crate) mod table;
pub(crate) mod tagger;

use crate::codebook::About;
use table::Table;

/// What was learned from coded examples: how much each word, phrase and rule counts for each label.
///
/// [`Learner::train`](crate::code::Learner::train) makes one, and [`Tagger::with_model`](crate::Tagger::with_model)
/// tags with it. It belongs to the codebooks that it was trained with, as they were then: their rules are among its
/// features.
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
    pub(crate) codebooks: Vec<About>,
    pub(crate) examples: u32,
    pub(crate) labels: Vec<String>,
    pub(crate) table: Table,
}

impl Model {
    /// The labels that it gives, in alphabetical order.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The codebooks whose rules it was trained with: first the one whose issues are its labels, then those whose rules
    /// are only [features](crate::Tagger::with_features_of). It tags with no others, nor with another version of them.
    pub fn codebooks(&self) -> &[About] {
        &self.codebooks
    }

    /// How many examples it was trained on.
    pub fn examples(&self) -> usize {
        self.examples as usize
    }

    /// How many weights it has: pairs of a feature and a label.
    pub fn weights(&self) -> usize {
        self.table.features().map(|(_, weights)| weights.cells().count()).sum()
    }
}
