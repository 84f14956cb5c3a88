//! Trains models on recommendations that were coded by hand, for issues and for action categories.
//!
//! The rules of a codebook hold what its authors thought of; coded examples hold the rest. A [`Learner`] trains a
//! [`Model`] on them in seconds, and [`Tagger::with_model`](crate::Tagger::with_model) or
//! [`ActionCoder::with_model`](crate::code::ActionCoder::with_model) codes with it. A model is linear: each word, phrase
//! and rule that matches adds its own weight for or against a label, and a text gets the labels whose sum is above
//! zero. So every tag still has evidence to read: the matches of the issue's rules, and the phrases that weighed most,
//! which begin with `model:`.
//!
//! # What a model does
//!
//! - It looks at the text alone: not at the State that recommends, nor at the session, nor at the other rows.
//! - It reproduces the habits of the coders it was trained on, including their inconsistencies.
//! - Where it decides against a rule, the match is in [`Coding::suppressed`](crate::Coding::suppressed), suppressed by
//!   `model`. An issue of the codebook without examples is left to the rules.
//! - A text that scores above zero for no label gets the label with the highest score, as the coders left no
//!   recommendation without one. A text without words gets none.
//! - If only the length of the text or rules of other issues count for a tag, its evidence is the whole text,
//!   `model: the whole text`.
//! - It belongs to the codebooks whose rules it was trained with. When a cell of them changes, train it again: other
//!   versions refuse it, and a test checks the bundled models.
//!
//! # How good is it?
//!
//! Measure it on States under review that it has not seen. Recommendations to one State repeat each other, so a model
//! judged on rows drawn at random looks better than it is. [`Learner::out_of_fold`] trains on four fifths of the States
//! and labels the last fifth, five times; [`evaluate`](crate::evaluate) compares the outcome with the coders. Issues
//! and actions use the same folds, by the hash of the State's name ([`fold_of`]).
//!
//! The rules must not know those States either. Those of the codebook `upr-info` were written with the errors of half of
//! the States in view, and there the model agrees better than on the other half: expect the figures of the other half.
//! `MEASURED.md` has them, and those of each issue.
//!
//! It does badly on issues for what fits nowhere else (`Other`, `General`), on those that the coders drew unevenly
//! (`Justice`, `Development`, `Public security`, `Right to land`), and on rare ones.
//!
//! # The bundled models
//!
//! [`Tagger::upr_info`](crate::Tagger::upr_info) tags with the codebook `upr-info` and a model that was trained on UPR
//! Info's coding of 26,298 rows of sessions 1 to 20. The rules of the codebook `core` are among its features, though they
//! give no tags. [`ActionCoder::new`](crate::code::ActionCoder::new) has a model that was trained on the same rows. Each
//! is made by one command, the same bytes each time; with `--folds 5` the command first judges what it makes.
//!
//! ```text
//! cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --out src/model/upr-info.model
//! cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --actions --out src/action/action.model
//! ```
//!
//! Where to go next: [`Learner`] for the settings, [`evaluate`](crate::evaluate) for the agreement with coders,
//! [`tag`](crate::code) for what a tag is.

mod example;
mod fit;
mod learner;
mod lesson;
mod solver;
#[cfg(test)]
mod tests;

pub use example::{Example, fold_of};
pub use learner::Learner;
