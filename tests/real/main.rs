//! How well the library does on real lists, reports and labels: floors for the figures in `MEASURED.md`.
//!
//! The files are in `../shared/data` beside the project. Where that folder is absent, these tests are ignored, and `cargo
//! test` says so; where it is there, a file that is missing is a failure.

mod action;
mod asks;
mod aspects;
mod core;
mod crosswalk;
mod documents;
mod languages;
mod learned;
mod like;
mod lists;
mod reports;
mod translations;
mod upr_info;
