//! Trains models on recommendations that were coded by hand, for issues and for action categories, and proposes rules from such
//! texts (`suggest.rs`). `MODELS.md` beside the files of this module says what a model does, and how good it is.

mod example;
mod fit;
mod learner;
mod lesson;
mod solver;
mod suggest;
#[cfg(test)]
mod tests;

pub use example::{Example, fold_of};
pub use learner::Learner;
pub use suggest::suggest;
