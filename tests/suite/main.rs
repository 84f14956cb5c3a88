//! What the library must do, on lists and cases written by us. Each file answers one question; `../README.md`
//! says which, and how to add a case without knowing Rust.

mod action;
mod addenda;
mod agreement;
mod asks;
mod aspects;
mod bad_input;
mod build;
mod cases;
mod cli;
mod codebooks;
mod damaged;
mod documented;
mod evaluate;
mod export;
mod export_statistics;
mod filters;
mod fuzzed;
mod grouping;
mod grouping_faults;
mod guide;
mod hostile;
mod interface;
mod layers;
mod limits;
mod lists;
mod misleading;
mod nearest;
mod office;
mod packaged;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod profile;
mod promises;
mod readme;
mod report_page;
mod reports;
mod same_bytes;
mod sources;
mod statistics;
mod statistics_promises;
mod stream;
mod tally;
mod trial;
mod versions;
