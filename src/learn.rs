//! Learns from recommendations that were coded by hand.

pub(crate) mod solver;
