//! How is a list counted in several processes, or on several machines?
//!
//! `split 2019.csv > 2019.json` counts a part, `cat *.json | split --merge` adds the parts up: the same bytes as of one
//! process. Ray or Spark call it with `--rows` (`upr::documentation::engines` shows how).
//! All rows of a review must be in one part, since a joint recommendation is counted once within its part.

use clap::Parser;
use std::fmt::Display;
use std::io::{Read, stdin};
use upr::{Aspect, Dimension, Tagger, Tally, code::ActionCoder, read::Reader, read::RecommendationList};

#[path = "shared/mod.rs"]
mod shared;

/// Counts a part of the lists of the Universal Periodic Review as a line of JSON, and merges such lines.
#[derive(Parser)]
#[command(name = "split", version)]
struct Options {
    /// Lists of recommendations
    #[arg(required_unless_present_any = ["rows", "merge"])]
    files: Vec<std::path::PathBuf>,
    /// Counts rows from standard input: one JSON object per line, with the headers as keys
    #[arg(long, conflicts_with_all = ["files", "merge"])]
    rows: bool,
    /// Adds up lines of tallies from standard input
    #[arg(long, conflicts_with = "files")]
    merge: bool,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
    /// The dimensions of a tally, such as issue,position; repeat it for several tallies
    #[arg(long, value_name = "DIMENSION,...", default_values = ["issue,position", "issue,regional_group", "state_under_review,recommending_state"])]
    by: Vec<String>,
}

fn main() -> std::process::ExitCode {
    shared::finish("split", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let mut input = String::new();
    if options.rows || options.merge {
        stdin().read_to_string(&mut input)?;
    }
    let tallies = match options.merge {
        true => merge(&input)?,
        false if options.rows => count(options, rows(&input)?)?,
        false => count(options, Reader::new().paths(&options.files)?)?,
    };
    shared::output::print(&(serde_json::to_string(&tallies)? + "\n"))
}

fn rows(input: &str) -> shared::Result<RecommendationList> {
    if input.is_empty() {
        return Ok(RecommendationList::default());
    }
    let json = format!("[{}]", input.lines().collect::<Vec<_>>().join(","));
    let list = Reader::new().bytes("rows", json.as_bytes())?;
    match list.rejects.first() {
        // a part that lost rows would count too few
        Some(reject) => Err(format!("row {}: {}", reject.row, reject.reason).into()),
        None => Ok(list),
    }
}

fn count(options: &Options, list: RecommendationList) -> shared::Result<Vec<Tally>> {
    let dimensions = |by: &String| by.split(',').map(str::parse).collect();
    let by = options.by.iter().map(dimensions).collect::<upr::Result<Vec<Vec<Dimension>>>>()?;
    let mut tagger = Tagger::named(&options.codebook)?;
    // coding them takes time, so only where they are counted
    if by.concat().iter().any(|by| matches!(by, Dimension::Aspect(_) | Dimension::ActionCategory)) {
        tagger = tagger.with_aspects(Aspect::bundled())?.with_actions(ActionCoder::new());
    }
    let coded = tagger.tag(list);
    Ok(by.iter().map(|dimensions| Tally::of(&coded, dimensions)).collect())
}

fn merge(input: &str) -> shared::Result<Vec<Tally>> {
    let mut sum: Option<Vec<Tally>> = None;
    for (number, line) in (1..).zip(input.lines()) {
        let place = |error: &dyn Display| format!("standard input, line {number}: {error}");
        let part: Vec<Tally> = serde_json::from_str(line).map_err(|error| place(&error))?;
        let Some(sum) = &mut sum else {
            sum = Some(part);
            continue;
        };
        if part.len() != sum.len() {
            let tallies = if part.len() == 1 { "tally" } else { "tallies" };
            return Err(place(&format!("found {} {tallies}, expected {}", part.len(), sum.len())).into());
        }
        sum.iter_mut()
            .zip(part)
            .try_for_each(|(sum, part)| sum.merge(part))
            .map_err(|error| place(&error))?;
    }
    sum.ok_or_else(|| "standard input is empty, expected lines of tallies".into())
}
