//! How is a list exported that is too long to be held in memory?
//!
//! `cargo run --release --example stream -- FILES --out FOLDER` writes the tables that `summary --out` writes of issues
//! and States, review by review, in the same memory however long the files are; without files, of a short invented list.
//! `upr::stream` says what the files must be like.

#[path = "shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{Output, may_write, print};
use std::path::PathBuf;
use std::process::ExitCode;
use upr::stream::{self, Reviews};
use upr::{Codebook, Tagger};

/// Exports lists of recommendations review by review.
#[derive(Parser)]
#[command(name = "stream", version)]
struct Options {
    /// Lists of recommendations; the rows of a review follow each other
    files: Vec<PathBuf>,
    /// Writes the tables into this folder; by default upr-stream in the folder for temporary files
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Lets --out replace files that upr did not write, too
    #[arg(long)]
    force: bool,
}

fn main() -> ExitCode {
    shared::finish("stream", run(Options::parse()))
}

fn run(mut options: Options) -> shared::Result<()> {
    let out = options.out.unwrap_or(std::env::temp_dir().join("upr-stream"));
    may_write(&out, Output::Export, options.force, &options.files)?;
    if options.files.is_empty() {
        options.files.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/upr-info.csv").into());
    }
    let tagger = Tagger::new(Codebook::core())?;
    let written = stream::folder(&out, Reviews::new(&options.files), &tagger)?;
    let account = written.account;
    let counts = [
        (account.rows, "rows"),
        (account.recommendations, "recommendations"),
        (account.recommendation_x_state, "recommendation x recommending State"),
        (account.merged, "rows merged into joint recommendations"),
        (account.pledges, "voluntary pledges"),
        (account.rejects, "rejected rows"),
        (written.unresolved.len() as u64, "names and wordings that are in no table"),
    ];
    let lines: String = counts.iter().map(|(count, what)| format!("{count:>9}  {what}\n")).collect();
    print(&format!("{lines}wrote {} files into {}\n", written.files.len(), out.display()))
}
