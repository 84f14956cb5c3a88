//! How is a list exported that is too long to be held?
//!
//! `cargo run --release --example stream -- FILES --out FOLDER` writes the tables that `summary --out` writes of issues
//! and States, review by review, in the same memory however long the files are; without files, of an invented list. What
//! the files must be like is told in `upr::stream`.

use std::process::ExitCode;
use upr::stream::{self, Reviews};
use upr::Tagger;

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stream: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<String>) -> upr::Result<()> {
    let mut out = None;
    if let Some(at) = arguments.iter().position(|argument| argument == "--out") {
        out = arguments.drain(at..arguments.len().min(at + 2)).nth(1);
    }
    let out = out.map_or(std::env::temp_dir().join("upr-stream"), Into::into);
    if arguments.is_empty() {
        arguments.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/upr-info.csv").to_string());
    }
    let tagger = Tagger::core();
    let written = stream::folder(&out, Reviews::new(&arguments), &tagger)?;
    println!("wrote {} files into {}", written.len(), out.display());
    Ok(())
}
