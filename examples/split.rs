//! How is a list counted in several processes, or on several machines?
//!
//! `cargo run --release --example split -- FILES --processes 4` deals the reviews of a list out to copies of itself,
//! merges what they counted, and prints it as JSON: the same bytes for any number of processes. An engine such as Ray or
//! Spark calls the same program for a partition of its rows (`upr::stream::engines` shows it):
//!
//! - `split --rows` reads rows of a table from standard input, a JSON object a line with the headers as keys, and prints
//!   their tallies in one line. The rows of a review stand together in one partition.
//! - `split --recommendations` does so with recommendations, as upr writes them as JSON.
//! - `split --merge` reads such lines of tallies and prints their sum.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write, stdin};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use upr::read::{Reader, RecommendationList};
use upr::stream::Reviews;
use upr::{Dimension, Recommendation, Tagger, Tally};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is counted.
const TALLIES: [[Dimension; 2]; 3] = [
    [Dimension::Issue, Dimension::Position],
    [Dimension::Issue, Dimension::RegionalGroup],
    [Dimension::StateUnderReview, Dimension::RecommendingState],
];

/// The recommendations that a process tags at once.
const AT_ONCE: usize = 4_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("--rows") => rows(),
        Some("--recommendations") => recommendations(),
        Some("--merge") => merge(stdin().lock().lines()),
        _ => deal_out(arguments),
    };
    match done {
        Ok(tallies) => {
            println!("{tallies}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("split: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The tallies of recommendations, as one line of JSON.
struct Counts {
    tagger: Tagger,
    tallies: Vec<Tally>,
}

impl Counts {
    fn new() -> Result<Counts> {
        let tagger = Tagger::core();
        let none = tagger.tag(RecommendationList::default());
        Ok(Counts { tallies: TALLIES.iter().map(|dimensions| Tally::of(&none, dimensions)).collect(), tagger })
    }

    fn add(&mut self, recommendations: Vec<Recommendation>) -> Result<()> {
        let coded = self.tagger.tag(recommendations.into());
        for (tally, dimensions) in self.tallies.iter_mut().zip(TALLIES) {
            tally.merge(Tally::of(&coded, &dimensions))?;
        }
        Ok(())
    }

    fn line(&self) -> Result<String> {
        Ok(serde_json::to_string(&self.tallies)?)
    }
}

fn rows() -> Result<String> {
    let rows: Vec<String> = stdin().lock().lines().collect::<std::io::Result<_>>()?;
    let mut counts = Counts::new()?;
    if !rows.is_empty() {
        let list = Reader::new().bytes("rows", format!("[{}]", rows.join(",")).as_bytes())?;
        // a partition that lost rows would count too few
        if let Some(reject) = list.rejects.first() {
            return Err(format!("row {} of {}: {}", reject.row, rows.len(), reject.reason).into());
        }
        counts.add(list.recommendations)?;
    }
    counts.line()
}

fn recommendations() -> Result<String> {
    let mut counts = Counts::new()?;
    let mut waiting = Vec::new();
    for line in stdin().lock().lines() {
        waiting.push(serde_json::from_str(&line?)?);
        if waiting.len() == AT_ONCE {
            counts.add(std::mem::take(&mut waiting))?;
        }
    }
    counts.add(waiting)?;
    counts.line()
}

fn merge(lines: impl Iterator<Item = std::io::Result<String>>) -> Result<String> {
    let mut sum = Counts::new()?.tallies;
    for line in lines {
        let part: Vec<Tally> = serde_json::from_str(&line?)?;
        for (sum, part) in sum.iter_mut().zip(part) {
            sum.merge(part)?;
        }
    }
    Ok(serde_json::to_string(&sum)?)
}

/// A copy of this program that counts, and what it is given.
struct Process {
    child: Child,
    input: BufWriter<ChildStdin>,
}

fn deal_out(mut arguments: Vec<String>) -> Result<String> {
    let mut processes = 2;
    if let Some(at) = arguments.iter().position(|argument| argument == "--processes") {
        let number = arguments.drain(at..arguments.len().min(at + 2)).nth(1).unwrap_or_default();
        processes = number.parse().map_err(|_| format!("found {number:?} processes, expected a number"))?;
    }
    if arguments.is_empty() {
        arguments.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/upr-info.csv").to_string());
    }
    let mut copies = Vec::new();
    for _ in 0..processes.max(1) {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--recommendations")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take().ok_or("a process without standard input")?;
        copies.push(Process { child, input: BufWriter::new(input) });
    }
    let mut dealt = 0;
    for part in Reviews::new(&arguments) {
        for recommendation in part?.recommendations.chunks(AT_ONCE / 8) {
            let to = dealt % copies.len();
            for recommendation in recommendation {
                serde_json::to_writer(&mut copies[to].input, recommendation)?;
                copies[to].input.write_all(b"\n")?;
            }
            dealt += 1;
        }
    }
    let mut counted = Vec::new();
    let waiting: Vec<Child> = copies
        .into_iter()
        // its input ends here, so that all of them count at once
        .map(|copy| copy.input.into_inner().map(|_| copy.child).map_err(|error| error.into_error()))
        .collect::<std::io::Result<_>>()?;
    for child in waiting {
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("a process ended with {}", output.status).into());
        }
        counted.push(String::from_utf8(output.stdout)?);
    }
    merge(counted.into_iter().map(|line| Ok(line.trim_end().to_string())))
}
