//! What the programs print and write, and what they say when something is wrong. A file for each question; the programs
//! that show one function of the library are tested beside it (`profile.rs`, `evaluate.rs`, `asks.rs`, `stream.rs`).

mod explain;
mod faults;
mod further;
mod help;
mod keep_going;
mod output;
mod programs;
mod strangers;
mod summary;
mod tables;
mod who_presses;
mod whole;
