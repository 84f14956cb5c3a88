//! Puts recommendations together that belong together, and gives the recommendations themselves where a
//! [tally](crate::tally) gives numbers.
//!
//! | question | where |
//! | --- | --- |
//! | Which recommendations are on this theme, on this issue? | [`by_theme`] |
//! | Which ask for the same in other words? | [`asks`] |
//! | What of the last cycle came back in the next one, what is new, what is gone? | [`links`] |
//!
//! # Example
//!
//! ```
//! use upr::{Codebook, Tagger, group};
//!
//! let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
//! let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
//! let untagged = group::by_theme(tagger.codebook(), &coded.recommendations).pop().expect("the last group");
//! assert_eq!(untagged.recommendations[0].recommendation.text, "End the climate of fear in which journalists work");
//! # Ok::<(), upr::Error>(())
//! ```

pub mod asks;
pub mod links;
mod themes;

pub use themes::{IssueGroup, ThemeGroup, by_theme};
