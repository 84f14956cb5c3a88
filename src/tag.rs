//! The tagger: codes recommendations by rules, models, aspects and actions together.
//!
//! [`Tagger`] is made from a [`Codebook`](crate::Codebook); what it returns is in `coded.rs`. The rules are in `rules.rs`;
//! where a model decides, `learn.rs` says how.

mod buffers;
mod lookup;
mod tagger;
#[cfg(test)]
mod tests;
mod weighed;

pub(crate) use buffers::Buffers;
pub use tagger::Tagger;
