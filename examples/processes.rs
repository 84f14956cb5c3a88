//! Counts each file in a process of its own, and adds up what they counted: the same as of all files in one process.
//!
//! `cargo run --release --example processes -- session-31.csv session-32.csv` prints a table of issues and positions.
//!
//! All rows of a review must be in one file, since a joint recommendation is counted once within its file.

use std::process::{Command, ExitCode, Stdio};
use upr::{Dimension, Tagger, Tally};

#[path = "shared/mod.rs"]
mod shared;

fn main() -> ExitCode {
    shared::finish("processes", run())
}

fn run() -> shared::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, file] = arguments.as_slice()
        && option == "--part"
    {
        return part(file);
    }
    // all of them are started before the first is waited for
    let start = |file: &String| {
        let program = std::env::current_exe()?;
        Command::new(program).args(["--part", file]).stdout(Stdio::piped()).spawn()
    };
    let processes = arguments.iter().map(start).collect::<Result<Vec<_>, std::io::Error>>()?;
    let mut sum: Option<Tally> = None;
    for (process, file) in processes.into_iter().zip(&arguments) {
        let output = process.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("{file} was not counted").into());
        }
        let tally: Tally = serde_json::from_slice(&output.stdout)?;
        match &mut sum {
            Some(sum) => sum.merge(tally)?,
            None => sum = Some(tally),
        }
    }
    let sum = sum.ok_or("name the files to count")?;
    let mut table = String::from("issue,position,recommendations\n");
    for (cell, count) in sum.iter() {
        table += &format!("{},{},{}\n", cell[0], cell[1], count.recommendations);
    }
    shared::output::print(&table)
}

/// Counts one file, and prints the tally for the process that asked.
fn part(file: &str) -> shared::Result<()> {
    let coded = Tagger::core().tag(upr::read::path(file)?);
    let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::Position]);
    shared::output::print(&(serde_json::to_string(&tally)? + "\n"))
}
