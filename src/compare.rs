//! Comparing recommendations: which ask for the same thing, what returned between cycles, what a State makes and receives.
//!
//! | question | where to look |
//! | --- | --- |
//! | Which recommendations ask for the same thing in other words? | [`same_asks`], [`SameAsk`] |
//! | What came back since the last cycle, what is new, what disappeared? | [`across_cycles`], [`Links`] |
//! | Which recommendations take up what an NGO asks for? | [`like`], [`Ask`] |
//! | What does a final report change in its draft? | [`changes`] |
//! | What is recommended to a State, and what does it recommend to others? | [`Profile`] |
//!
#![doc = include_str!("asks/PAGE.md")]
//!
#![doc = include_str!("like/PAGE.md")]
//!
#![doc = include_str!("links/PAGE.md")]
//!
#![doc = include_str!("profile/PAGE.md")]

pub use crate::asks::{
    SameAsk, THRESHOLD, member_table, same as same_asks, same_over_reviews as same_asks_over_reviews, score,
    table as ask_table,
};
pub use crate::changes::changes;
pub use crate::like::{Alike, Ask, TAKEN_UP, like, table as like_table};
pub use crate::links::{Kind as LinkKind, Link, Links, NEAR, across_cycles, between, table as link_table};
pub use crate::profile::{Profile, Side};
