//! Counting: tallies over dimensions, filters, groups of recommendations, and counts by other categories than issues.
//!
//! | question | where to look |
//! | --- | --- |
//! | How many? | [`Tally`], [`Dimension`], [`Unit`] |
//! | Which recommendations, by issue, State or position? | [`CodedList::filter`](crate::CodedList::filter), [`Filter`] |
//! | Which recommendations have this theme or issue? | [`by_theme`], [`Group`] |
//! | Can I count by other categories, such as the SDGs, OHCHR's themes or my own? | [`Grouping`] |
//!
//! Shares, intervals and comparisons are in [`statistics`](crate::statistics); categories of one's own are explained in
//! [groupings](crate::documentation::groupings).

pub use crate::dimension::Dimension;
pub use crate::filter::Filter;
pub use crate::group::{Group, by_theme};
pub use crate::grouping::{Grouping, OUTSIDE, Reading};
pub use crate::tally::{
    CategoryCount, Count, NO_ORGANISATION, NOT_CODED, NOT_GIVEN, PositionCounts, Tally, UNKNOWN, UNTAGGED,
    Unit,
};
