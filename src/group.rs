//! Puts recommendations together that belong together, and gives the recommendations themselves where a
//! [tally](crate::tally) gives numbers.
//!
//! | question | where |
//! | --- | --- |
//! | Which recommendations are on this theme, on this issue? | [`by_theme`] |
//! | Which ask for the same in other words? | [`asks`] |
//! | What of the last cycle came back in the next one, what is new, what is gone? | [`links`] |

pub mod asks;
pub mod links;
mod themes;

pub use themes::{IssueGroup, ThemeGroup, by_theme};
