//! Learns from recommendations that were coded by hand, and tags others as those coders would have.
//!
//! The rules of a codebook say what its authors thought of. Coded examples say the rest: a [`Learner`] takes them and
//! a [`Tagger`](crate::Tagger), and trains a [`Model`] in seconds; [`Tagger::with_model`](crate::Tagger::with_model) then tags with the model's decisions. The
//! model is linear: each word, each phrase and each rule that matched speaks for or against a label with a weight
//! of its own, and a label is given if the sum is above zero. So every tag still has evidence that can be read: the
//! matches of the issue's rules, and the phrases that weighed most, which begin with `model:`.
//!
//! # What a model knows, and what not
//!
//! - It looks at the text alone: not at the State that recommends, nor at the session, nor at the other rows.
//! - It reproduces the habits of the coders it learned from, their inconsistencies included.
//! - Where it overrules a rule, the match stands in [`Coding::suppressed`](crate::Coding::suppressed), set aside by
//!   `model`. An issue of the codebook that no example has is given by the rules alone.
//! - A text that scores above zero for no label gets the label that scores highest, as the coders left no
//!   recommendation without one. A text without words gets none.
//! - A tag for which no phrase speaks, but the length of the text or a rule of another issue, has the whole
//!   text as its evidence, `model: the whole text`.
//! - It belongs to the codebooks whose rules it was trained with; when a cell of them changes, it is trained again.
//!   [`Tagger::with_model`](crate::Tagger::with_model) refuses it otherwise, and a test holds the bundled one to the bundled codebooks.
//!
//! # How good is it?
//!
//! Ask it about States under review that it has not seen. Recommendations to one State repeat each other, so a model
//! judged on rows drawn at random looks better than it is. [`Learner::out_of_fold`] trains on four fifths of the States
//! and labels the last fifth, five times; [`evaluate`](crate::evaluate) compares the outcome with the coders.
//!
//! The rules must not know those States either. Those of the codebook `upr-info` were written with the errors of half of
//! the States in view, and there the model agrees better than on the other half: take the figures of the other half
//! for what to expect. `MEASURED.md` has them, and those of each issue.
//!
//! Where it fails: in issues that say what is left when nothing else fits (`Other`, `General`), in those whose border the
//! coders drew now here, now there (`Justice`, `Development`, `Public security`, `Right to land`), and in rare ones.
//!
//! # The bundled model
//!
//! [`Tagger::upr_info`](crate::Tagger::upr_info) tags with the codebook `upr-info` and a model that was trained on UPR Info's coding of 26,298
//! rows of sessions 1 to 20. It hears the codebook `core`, whose rules help it: they give no tags of their own, but the model
//! learned what they mean. It is made by one command, the same bytes each time:
//!
//! ```text
//! cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --out src/learn/upr-info.model
//! ```
//!
//! With `--folds 5` the command judges first what it makes.
//!
//! # Example
//!
//! ```
//! use upr::code::{Example, Learner};
//! use upr::{Codebook, Tagger};
//!
//! let examples: Vec<Example> = [
//!     ("Relocate villages threatened by the rising sea", "Climate displacement"),
//!     ("Prepare the relocation of islanders", "Climate displacement"),
//!     ("Move coastal villages before the storms come", "Climate displacement"),
//!     ("Cut the emissions of power stations", "Climate action"),
//!     ("Reduce emissions from cement", "Climate action"),
//!     ("Put a price on emissions", "Climate action"),
//! ]
//! .map(|(text, label)| Example::new(text, [label]))
//! .into();
//! let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
//! let model = Learner::new().train(&tagger, &examples)?;
//! let tagger = tagger.with_model(model)?;
//!
//! let text = "Plan where the villages on the coast shall move";
//! let coding = tagger.code(text).coding;
//! assert!(coding.has("climate-displacement"));
//! let evidence = &coding.tags[0].evidence[0];
//! assert_eq!((&*evidence.rule, &text[evidence.span.clone()]), ("model: villages", "villages"));
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`Learner`] for the settings, [`evaluate`](crate::evaluate) for the agreement with coders,
//! [`tag`](crate::tag) for what a tag is.

mod adviser;
mod bytes;
mod features;
mod fit;
mod index;
mod learner;
mod model;
pub(crate) mod solver;
mod stem;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use adviser::{Adviser, Notes, RuleHashes};
pub use learner::{Example, Learner, fold_of};
pub(crate) use model::MOST_PHRASES;
pub use model::Model;
