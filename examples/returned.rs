//! What returned since the last cycle?
//!
//! `cargo run --release --example returned -- FILES --state-under-review Kenya` shows, for each cycle and the next one,
//! which recommendations came back and how, what disappeared, and what is new. Without `--state-under-review` all
//! States of the files are shown; without files, an invented list of two cycles.

use std::process::ExitCode;
use upr::group::links::{self, Kind};
use upr::{Codebook, State, Tagger};

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<String>) -> upr::Result<()> {
    let mut wanted = None;
    if let Some(at) = arguments.iter().position(|argument| argument == "--state-under-review") {
        wanted = arguments.drain(at..arguments.len().min(at + 2)).nth(1);
    }
    if arguments.is_empty() {
        arguments.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/two-cycles.csv").to_string());
    }
    // "Republic of Korea" and "South Korea" are one State
    let wanted =
        wanted.map(|name| State::resolve(&name).map_or(name.clone(), |state| state.name.to_string()));

    let list = upr::read::Reader::new().paths(&arguments)?;
    let coded = Tagger::new(Codebook::core())?.tag_list(list);
    let mut shown = 0;
    for cycle in links::across_cycles(&coded.recommendations) {
        if wanted.as_ref().is_some_and(|name| *name != cycle.state_under_review) {
            continue;
        }
        shown += 1;
        let (from, to, links) = (cycle.from_cycle, cycle.to_cycle, &cycle.links);
        println!(
            "{}: cycle {from} ({}), cycle {to} ({})",
            cycle.state_under_review,
            links.earlier.len(),
            links.later.len()
        );
        println!("Unit: recommendations");
        for link in &links.links {
            let (earlier, later) = (&link.earlier.recommendation, &link.later.recommendation);
            println!("\n  {} ({:.2})", link.kind.as_str(), link.score);
            println!("    {}  {}", earlier.id, earlier.text);
            println!("    {}  {}", later.id, later.text);
        }
        for (what, list) in [
            ("disappeared", links.disappeared(Kind::SameIssueAndAction)),
            ("new", links.new_ones(Kind::SameIssueAndAction)),
        ] {
            println!("\n  {what}: {}", list.len());
            list.iter()
                .for_each(|coded| println!("    {}  {}", coded.recommendation.id, coded.recommendation.text));
        }
        println!();
    }
    if shown == 0 {
        println!("no State under review with recommendations of two cycles");
    }
    Ok(())
}
