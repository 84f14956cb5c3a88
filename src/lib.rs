//! Turns the recommendation lists of the UN's Universal Periodic Review (UPR) into counts a researcher can
//! defend: how many, on what, from whom, and how they were answered.
//!
//! Data flows one way: a list is read, coded, counted, compared and exported.
//!
//! | question | module | essential types |
//! | --- | --- | --- |
//! | How is a list read, and what happened to each row? | [`read`] | [`Reader`](read::Reader), [`RecommendationList`](read::RecommendationList) |
//! | What is a recommendation, a State, a position? | the root | [`Recommendation`], [`State`], [`Position`] |
//! | What is it about, and which words say so? | [`code`] | [`Codebook`], [`Tagger`], [`CodedList`] |
//! | How many, and which of them? | [`count`] | [`Tally`], [`Dimension`], [`Unit`], [`Filter`](count::Filter), [`Selection`] |
//! | Which ask for the same thing, what returned, what does a State make and receive? | [`compare`] | [`SameAsk`](compare::SameAsk), [`Links`](compare::Links), [`Profile`](compare::Profile) |
//! | How certain is that, and what occurs together? | [`statistics`] | [`Rates`](statistics::Rates), [`CrossTabulation`](statistics::CrossTabulation) |
//! | Do the tags agree with human coders? | [`evaluate`] | [`Agreement`](evaluate::Agreement), [`Trial`](evaluate::Trial) |
//! | How do other tools get them, or a page to look at? | [`export`] | [`export::folder`], [`export::json`], [`export::page`] |
//!
//! A [`Selection`] is a coded list, or the part of it that a filter chose; everything that counts takes one. An [`Error`] is
//! one sentence, and a [`Table`] is what statistics return.
//!
//! [`documentation`] has pages to read: [the guide](documentation::guide) to a codebook of your own, [the
//! notation](documentation::notation) of its rules, [what the numbers mean](documentation::for_researchers), why it is
//! [built](documentation::design) so, and [when to use something else](documentation::compare).
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
//! All features except `pdf` are on by default. A build without some of them is lighter, and an error names the feature that
//! is missing.
//!
//! - `export`: the module [`export`] with the page; it needs serde_json.
//! - `qda`: projects for programs of qualitative analysis (REFI-QDA), see [`export`]; it needs `export`, zip and quick-xml.
//! - `word`: Word files (DOCX): OHCHR's thematic lists, reports and addenda; it needs zip and quick-xml.
//! - `workbook`: Excel workbooks (XLSX, XLS), which need zip, quick-xml and calamine.
//! - `json`: lists as JSON, which need serde_json.
//! - `pdf`: reports and addenda as PDF, see [`read`](read#pdf). Needs Rust 1.92; everything else needs 1.88.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
// without the export, the links to it lead nowhere
#![cfg_attr(not(all(feature = "export", feature = "qda")), allow(rustdoc::broken_intra_doc_links))]

mod action;
mod asks;
mod changes;
pub mod code;
mod codebook;
mod coded;
pub mod compare;
mod correct;
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
mod like;
mod links;
mod list;
mod model;
mod names;
#[cfg(feature = "export")]
mod page;
mod profile;
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
mod wording;

pub use codebook::{Aspect, Codebook, Codebooks};
pub use coded::{ActionCategory, CodedList, CodedRecommendation, Coding, Selection, StoredList};
pub use dimension::Dimension;
pub use error::{Error, ErrorKind, Result};
pub use recommendation::{Position, PositionGiven, Recommendation, Session, Source, SourceLabels};
pub use state::{RegionalGroup, State, StateName};
pub use table::Table;
pub use tag::Tagger;
pub use tally::{Count, Tally, Unit};
pub use text::language::Language;

/// The README's examples run with the others.
#[cfg(all(doctest, feature = "export"))]
#[doc = include_str!("../README.md")]
struct Readme;
