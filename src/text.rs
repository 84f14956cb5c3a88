//! Letters and words: splitting, folding, hashing and comparing texts. Nothing here knows of recommendations.

pub(crate) mod cache;
pub(crate) mod distinct;
pub(crate) mod edits;
pub(crate) mod fold;
#[cfg_attr(not(feature = "export"), allow(dead_code, unreachable_pub))] // only exports guard cells
pub(crate) mod guard;
pub(crate) mod hash;
pub(crate) mod key;
pub(crate) mod language;
pub(crate) mod line;
pub(crate) mod pattern;
pub(crate) mod visible;
pub(crate) mod vocabulary;
pub(crate) mod words;
pub(crate) mod xml;
