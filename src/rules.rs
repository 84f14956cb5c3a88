//! Applies the rules of codebooks to a text: which rules match it, where, and which matches an exclusion sets aside.
//!
//! [`compile()`] puts the patterns of all codebooks into one [`Machine`]; [`Machine::find`] runs it over a text, with `trie`
//! for words and `literals` for regular expressions; [`Machine::decide`] applies the exclusions; `book` turns what is left
//! into tags. Nothing here knows of models or of the tagger. The notation of patterns is read in
//! [`codebook`](crate::code).

mod book;
mod compile;
mod decide;
mod find;
mod literals;
#[cfg(test)]
pub(crate) mod plain;
mod trie;

pub(crate) use book::Book;
pub(crate) use compile::{Machine, compile};
pub(crate) use decide::{Decision, Decisions};
pub(crate) use find::{Found, Scratch};
