//! The tagger: codes recommendations by rules, models, aspects and actions together.
//!
//! [`Tagger`] is made from a [`Codebook`](crate::Codebook); what it returns is in `coded.rs`. All codebooks are searched for
//! at once: `compile` builds the matcher, `find` runs it over a text, `decide` weighs what was found against the
//! exclusions. Where a model decides, `learn.rs` says how.

mod book;
mod compile;
mod decide;
mod find;
mod lookup;
mod memories;
mod named;
#[cfg(test)]
mod plain;
mod tagger;
#[cfg(test)]
mod tests;
mod trie;
mod wake;
mod weighed;

pub(crate) use tagger::Memory;
pub use tagger::Tagger;
pub use weighed::Weighed;
