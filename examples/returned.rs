//! What returned since the last cycle?
//!
//! `cargo run --release --example returned -- FILES --state-under-review Kenya` shows, for each cycle and the next one,
//! which recommendations came back and how, what disappeared, and what is new. Without `--state-under-review` all
//! States of the files are shown; without files, an invented list of two cycles.

use clap::Parser;
use std::fmt::Write as _;
use std::process::ExitCode;
use upr::compare::{LinkKind, Links, across_cycles};
use upr::read::Reader;
use upr::{State, Tagger};

#[path = "shared/mod.rs"]
mod shared;

/// Shows which recommendations of one cycle of the UN's Universal Periodic Review return in the next.
#[derive(Parser)]
#[command(name = "returned")]
struct Options {
    /// Lists of recommendations; without any, an invented list of two cycles
    files: Vec<std::path::PathBuf>,
    /// Only this State under review, in any usual form
    #[arg(long, value_name = "STATE")]
    state_under_review: Option<String>,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
}

fn main() -> ExitCode {
    shared::finish("returned", run(&Options::parse()))
}

fn run(options: &Options) -> shared::Result<()> {
    let list = match options.files.as_slice() {
        [] => Reader::new().bytes("fixtures/two-cycles.csv", include_bytes!("../fixtures/two-cycles.csv"))?,
        files => Reader::new().paths(files)?,
    };
    let coded = Tagger::named(&options.codebook)?.tag(list);
    // "Republic of Korea" and "South Korea" are one State
    let wanted = options
        .state_under_review
        .as_ref()
        .map(|name| State::resolve(name).map_or(name.as_str(), |state| state.name));
    let cycles = across_cycles(&coded);
    let shown: Vec<String> = cycles
        .iter()
        .filter(|cycle| wanted.is_none_or(|name| cycle.state_under_review.as_deref() == Some(name)))
        .map(of_cycles)
        .collect();
    shared::output::print(&match shown.as_slice() {
        [] => "no State under review with recommendations of two cycles\n".to_string(),
        shown => shown.concat(),
    })
}

fn of_cycles(links: &Links) -> String {
    let state = links.state_under_review.as_deref().unwrap_or_default();
    let [from, to] = [links.from_cycle, links.to_cycle].map(Option::unwrap_or_default);
    let (earlier, later) = (links.earlier.len(), links.later.len());
    let mut out = format!("{state}: cycle {from} ({earlier}), cycle {to} ({later})\nUnit: recommendations\n");
    for link in &links.links {
        let (earlier, later) = (&link.earlier.recommendation, &link.later.recommendation);
        let (kind, score) = (link.kind.as_str(), link.score);
        let texts = [earlier, later].map(|made| format!("    {}  {}\n", made.id, made.text)).concat();
        write!(out, "\n  {kind} ({score:.2})\n{texts}").expect("a text takes all");
    }
    for (what, list) in [
        ("disappeared", links.disappeared(LinkKind::SameIssueAndAction)),
        ("new", links.new_ones(LinkKind::SameIssueAndAction)),
    ] {
        write!(out, "\n  {what}: {}\n", list.len()).expect("a text takes all");
        for coded in list {
            out += &format!("    {}  {}\n", coded.recommendation.id, coded.recommendation.text);
        }
    }
    out + "\n"
}
