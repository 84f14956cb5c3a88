#![doc = include_str!("statistics/QUESTIONS.md")]

mod association;
mod co_occurrence;
mod column;
mod cross_tabulation;
mod discovery;
mod interval;
mod keyness;
mod log_odds;
mod network;
mod rate;

pub use crate::table::Cell;
pub use association::{Association, AssociationOptions, AssociationRow};
pub use co_occurrence::{CoOccurrence, Together};
pub use cross_tabulation::{CategoryTotal, CrossCell, CrossTabulation, Denominator};
pub use discovery::benjamini_hochberg;
pub(crate) use interval::quantile;
pub use interval::{Confidence, Interval, wilson};
pub use keyness::{Counting, KeyWord, Keyness, KeynessOptions};
pub use log_odds::{LogOdds, Occurrence, Prior, log_odds};
pub use network::{Edge, Network, Node};
pub(crate) use rate::{Counts, answer};
pub use rate::{PartlySupported, Rate, RateOptions, Rates};
