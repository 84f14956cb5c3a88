//! Letters and words: splitting, folding, hashing and comparing texts. Nothing here knows of recommendations.

pub(crate) mod distinct;
pub(crate) mod edits;
pub(crate) mod fold;
pub(crate) mod guard;
pub(crate) mod hash;
pub(crate) mod key;
pub(crate) mod line;
pub(crate) mod pattern;
pub(crate) mod vocabulary;
pub(crate) mod words;
