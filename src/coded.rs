//! What coding gives: plain records that know nothing of readers, taggers or exports.

pub(crate) mod action;
