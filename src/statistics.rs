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
mod options;
mod rate;

pub use crate::table::{Cell, Row};
pub use association::{association, association_of};
pub use co_occurrence::co_occurrence;
pub use cross_tabulation::CrossTabulation;
pub(crate) use cross_tabulation::share;
pub use discovery::benjamini_hochberg;
pub(crate) use interval::quantile;
pub use interval::{Interval, wilson};
pub use keyness::{keyness, keyness_of_noted};
pub use log_odds::{LogOdds, log_odds};
pub use network::Network;
pub use options::{Options, PartlySupported};
pub(crate) use rate::{Counts, answer};
pub use rate::{Rate, Rates};
