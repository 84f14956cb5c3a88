//! How is a list counted in several processes, or on several machines?
//!
//! `cargo run --release --example split -- FILES --processes 4` deals the reviews of a list out to copies of itself,
//! merges what they counted, and prints it as JSON: the same bytes for any number of processes. An engine such as Ray or
//! Spark calls the same program for a partition of its rows (`upr::read::engines` shows how):
//!
//! - `split --rows` reads rows of a table from standard input, a JSON object a line with the headers as keys, and prints
//!   their tallies in one line. All rows of a review are in one partition.
//! - `split --recommendations` does so with recommendations, as upr writes them as JSON.
//! - `split --merge` reads such lines of tallies and prints their sum. It refuses tallies of different codebooks.

#[path = "shared/mod.rs"]
mod shared;

use clap::Parser;
use serde::{Deserialize, Serialize};
use shared::output::print;
use shared::{Refused, Result};
use std::io::{BufRead, BufWriter, Write, stdin};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use upr::code::ActionCoder;
use upr::read::{Reader, RecommendationList};
use upr::{Aspect, Dimension, Recommendation, Tagger, Tally};

/// Counts lists of recommendations in several processes, and adds their tallies up.
#[derive(Parser)]
#[command(name = "split", version)]
struct Options {
    /// Lists of recommendations, the rows of a review one after the other; without any, a short invented list
    files: Vec<PathBuf>,
    /// How many copies of this program count the files
    #[arg(long, value_name = "N", default_value_t = 2)]
    processes: usize,
    /// Counts rows from standard input: a JSON object a line, with the headers as keys
    #[arg(long, conflicts_with_all = ["files", "recommendations", "merge"])]
    rows: bool,
    /// Counts recommendations from standard input, as upr writes them as JSON, one a line
    #[arg(long, conflicts_with_all = ["files", "merge"])]
    recommendations: bool,
    /// Adds up lines of tallies from standard input
    #[arg(long, conflicts_with = "files")]
    merge: bool,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
    /// The dimensions of a tally, such as issue,position; for several tallies, repeat it
    #[arg(long, value_name = "DIMENSION,...", default_values = ["issue,position", "issue,regional_group", "state_under_review,recommending_state"])]
    by: Vec<String>,
}

/// The recommendations that a process tags at once.
const AT_ONCE: usize = 4_000;

fn main() -> ExitCode {
    shared::finish("split", run(&Options::parse()))
}

fn run(options: &Options) -> Result<()> {
    let counted = match options {
        Options { rows: true, .. } => rows(options)?,
        Options { recommendations: true, .. } => recommendations(options)?,
        Options { merge: true, .. } => merge(stdin().lock().lines())?,
        _ => deal_out(options)?,
    };
    print(&(serde_json::to_string(&counted)? + "\n"))
}

/// A line of JSON: tallies, and what coded the recommendations in them.
#[derive(Serialize, Deserialize)]
struct Counted {
    coded_by: String,
    tallies: Vec<Tally>,
}

/// Codes recommendations and counts them.
struct Counter {
    tagger: Tagger,
    tallies: Vec<Tally>,
}

impl Counter {
    fn new(options: &Options) -> Result<Counter> {
        let by = options.by.iter().map(|by| by.split(',').map(str::parse).collect());
        let by: Vec<Vec<Dimension>> = by.collect::<upr::Result<_>>()?;
        let asked = |dimension| by.iter().any(|dimensions| dimensions.contains(&dimension));
        let aspects = Aspect::ALL.iter().filter(|aspect| asked(Dimension::Aspect(**aspect)));
        let aspects = aspects.map(|aspect| (*aspect, aspect.codebook()));
        let tagger = Tagger::named(&options.codebook)?.with_aspects(aspects)?;
        let actions = asked(Dimension::ActionCategory);
        let tagger = if actions { tagger.with_actions(ActionCoder::new()) } else { tagger };
        let none = tagger.tag(RecommendationList::default());
        let tallies = by.iter().map(|dimensions| Tally::of(&none, dimensions)).collect();
        Ok(Counter { tagger, tallies })
    }

    fn add(&mut self, recommendations: Vec<Recommendation>) -> Result<()> {
        let coded = self.tagger.tag(recommendations.into());
        for tally in &mut self.tallies {
            tally.merge(Tally::of(&coded, tally.dimensions()))?;
        }
        Ok(())
    }

    fn counted(self) -> Counted {
        let coded_by = self.tagger.tag(RecommendationList::default()).coded_by();
        Counted { coded_by, tallies: self.tallies }
    }
}

fn rows(options: &Options) -> Result<Counted> {
    let rows: Vec<String> = stdin().lock().lines().collect::<std::io::Result<_>>()?;
    let mut counter = Counter::new(options)?;
    if !rows.is_empty() {
        let list = Reader::new().bytes("rows", format!("[{}]", rows.join(",")).as_bytes())?;
        // a partition that lost rows would count too few
        if let Some(reject) = list.rejects.first() {
            return Err(format!("row {} of {}: {}", reject.row, rows.len(), reject.reason).into());
        }
        counter.add(list.recommendations)?;
    }
    Ok(counter.counted())
}

fn recommendations(options: &Options) -> Result<Counted> {
    let mut counter = Counter::new(options)?;
    let mut waiting = Vec::new();
    for line in stdin().lock().lines() {
        waiting.push(serde_json::from_str(&line?)?);
        if waiting.len() == AT_ONCE {
            counter.add(std::mem::take(&mut waiting))?;
        }
    }
    counter.add(waiting)?;
    Ok(counter.counted())
}

fn merge(lines: impl Iterator<Item = std::io::Result<String>>) -> Result<Counted> {
    let mut sum: Option<Counted> = None;
    for (number, line) in (1..).zip(lines) {
        let part: Counted = serde_json::from_str(&line?)
            .map_err(|error| format!("standard input, line {number}: found no tallies of split ({error})"))?;
        let Some(sum) = &mut sum else {
            sum = Some(part);
            continue;
        };
        if sum.coded_by != part.coded_by || sum.tallies.len() != part.tallies.len() {
            let (found, expected) = (part.coded_by, &sum.coded_by);
            let (these, those) = (part.tallies.len(), sum.tallies.len());
            return Err(Refused::boxed(
                format!(
                    "standard input, line {number}: found {these} tallies coded with {found}, expected {those} coded with \
                     {expected}, as in line 1"
                ),
                "count all parts with the same --codebook and --by",
            ));
        }
        sum.tallies.iter_mut().zip(part.tallies).try_for_each(|(sum, part)| sum.merge(part))?;
    }
    sum.ok_or_else(|| "standard input is empty, expected lines of tallies".into())
}

/// A copy of this program that counts, and what it is sent.
struct Process {
    child: Child,
    input: BufWriter<ChildStdin>,
}

fn deal_out(options: &Options) -> Result<Counted> {
    let mut files = options.files.clone();
    if files.is_empty() {
        files.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/upr-info.csv").into());
    }
    let mut copies = Vec::new();
    for _ in 0..options.processes.max(1) {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--recommendations", "--codebook", &options.codebook])
            .args(options.by.iter().flat_map(|by| ["--by", by]))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take().ok_or("a process without standard input")?;
        copies.push(Process { child, input: BufWriter::new(input) });
    }
    let mut dealt = 0;
    for part in Reader::new().reviews(&files) {
        for some in part?.recommendations.chunks(AT_ONCE / 8) {
            let to = dealt % copies.len();
            for recommendation in some {
                serde_json::to_writer(&mut copies[to].input, recommendation)?;
                copies[to].input.write_all(b"\n")?;
            }
            dealt += 1;
        }
    }
    let waiting: Vec<Child> = copies
        .into_iter()
        // its input ends here, so that all of them count at once
        .map(|copy| copy.input.into_inner().map(|_| copy.child).map_err(|error| error.into_error()))
        .collect::<std::io::Result<_>>()?;
    let mut counted = Vec::new();
    for child in waiting {
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("a process ended with {}", output.status).into());
        }
        counted.push(Ok(String::from_utf8(output.stdout)?));
    }
    merge(counted.into_iter())
}
