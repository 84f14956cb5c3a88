//! Turns the recommendation lists of the UN's Universal Periodic Review (UPR) into counts a researcher can
//! defend: how many, on what, from whom, and how they were answered.
//!
//! Data flows one way, and each module is one station on it:
//!
//! | question | module | essential types |
//! | --- | --- | --- |
//! | How is a list read, and what became of each row? | [`read`] | [`Reader`](read::Reader), [`RecommendationList`](read::RecommendationList) |
//! | What is a recommendation? | [`recommendation`] | [`Recommendation`], [`Position`], [`Session`] |
//! | Which State is meant by a name? | [`state`] | [`State`], [`StateName`], [`RegionalGroup`] |
//! | Which issues are there, and by which rules? | [`codebook`] | [`Codebook`] |
//! | What is a recommendation about, and which words say so? | [`tag`] | [`Tagger`], [`CodedList`], [`Coding`] |
//! | Which instruments, goals, persons and levels of government? | [`aspect`] | [`Aspect`], [`Aspects`], [`AspectCodings`] |
//! | What would the people have said who coded others by hand? | [`learn`] | [`Learner`](learn::Learner), [`Model`](learn::Model) |
//! | What does it ask to do, and which verb says so? | [`action`] | [`ActionCoder`](action::ActionCoder), [`Action`](action::Action), [`ActionCategory`] |
//! | How many? | [`tally`] | [`Tally`], [`Dimension`], [`Unit`] |
//! | Which of them, by issue, State or position? | [`filter`] | [`Filter`](filter::Filter) |
//! | How sure is that, who says more of it, what stands together? | [`statistics`] | [`CrossTabulation`](statistics::CrossTabulation), [`Rates`](statistics::Rates), [`Association`](statistics::Association) |
//! | Which recommendations are they? | [`group`] | [`ThemeGroup`](group::ThemeGroup) |
//! | Which ask for the same, and which returned since the last cycle? | [`group::asks`], [`group::links`] | [`SameAsk`](compare::SameAsk), [`Links`](compare::Links) |
//! | How does it look by another frame: SDGs, OHCHR's themes, one of my own? | [`grouping`] | [`Grouping`](grouping::Grouping) |
//! | Who is this State in the review: what it is told, and what it tells others? | [`profile`] | [`Profile`](profile::Profile) |
//! | Do the tags agree with human coders? | [`evaluate`] | [`Agreement`](evaluate::Agreement), [`Accuracy`](evaluate::Accuracy) |
//! | How does it all look, on one page? | [`report`] | [`report::page`], [`report::file`] |
//! | What does each rule of my codebook catch? | [`evaluate`] | [`Trial`](evaluate::Trial) |
//! | How do other tools get them? | [`export`] | [`export::folder`], [`export::statistics`] |
//!
//! [`codebook::guide`] makes a codebook of one's own in ten minutes; [`for_researchers`] says what the numbers mean, and
//! how to cite them.
//!
//! # Example
//!
//! ```
//! use upr::{Codebook, Dimension, Tagger, Tally, Unit};
//!
//! let list = upr::read::Reader::new()
//!     .state_under_review("United States of America")
//!     .session("36")
//!     .path("fixtures/usa-2020.csv")?;
//! let tagger = Tagger::core();
//! let coded = tagger.tag(list);
//!
//! let by_issue = Tally::of(&coded, &[Dimension::Issue]);
//! let death_penalty = by_issue.get(["death-penalty"])?;
//! println!("{} {}", death_penalty.of(Unit::Recommendations), Unit::Recommendations.as_str());
//! assert!(death_penalty.of(Unit::Recommendations) > 30);
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! # Features
//!
//! All but `pdf` are on by default; a build without them is lighter, and its errors name what it lacks.
//!
//! - `export`: the modules [`export`], which needs serde_json, and [`report`], which needs nothing more.
//! - `word`: OHCHR's thematic lists of recommendations (DOCX), which need zip and quick-xml.
//! - `workbook`: Excel workbooks (XLSX, XLS), which need zip, quick-xml and calamine.
//! - `json`: lists as JSON, which need serde_json.
//! - `pdf`: reports and addenda as PDF, see [`read::pdf`]. Needs Rust 1.92; everything else needs 1.88.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
// without the export, the links to it lead nowhere
#![cfg_attr(not(feature = "export"), allow(rustdoc::broken_intra_doc_links))]

mod action;
mod asks;
pub mod code;
mod codebook;
mod coded;
pub mod compare;
pub mod count;
mod dimension;
pub mod documentation;
mod error;
pub mod evaluate;
#[cfg(feature = "export")]
pub mod export;
mod files;
mod filter;
mod group;
mod grouping;
mod learn;
mod links;
mod list;
mod model;
mod names;
#[cfg(feature = "export")]
mod page;
mod profile;
#[cfg(test)]
mod random;
pub mod read;
mod recommendation;
mod rules;
mod state;
pub mod statistics;
mod table;
mod tag;
mod tally;
mod text;

pub use codebook::{Aspect, Codebook, Codebooks};
pub use coded::{ActionCategory, CodedList, CodedRecommendation, Coding, Selection, StoredList};
pub use dimension::Dimension;
pub use error::{Error, ErrorKind, Result};
pub use recommendation::{Position, PositionGiven, Recommendation, Session, Source, SourceLabels};
pub use state::{RegionalGroup, State, StateName};
pub use table::Table;
pub use tag::Tagger;
pub use tally::{Count, Tally, Unit};

/// The README's examples run with the others.
#[cfg(all(doctest, feature = "export"))]
#[doc = include_str!("../README.md")]
struct Readme;
