//! What returned since the last cycle, and was it supported less often than what did not?
//!
//! `cargo run --release --example returned -- FILES --state-under-review Kenya` shows, for each cycle and the next one,
//! which recommendations came back and how, and the share supported of those that returned, disappeared and are new.

use clap::Parser;
use upr::compare::{LinkKind, across_cycles};
use upr::read::Reader;
use upr::statistics::{self, Rates};
use upr::{CodedRecommendation, Dimension, State, Tagger};

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
}

fn main() -> std::process::ExitCode {
    shared::finish("returned", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let list = match options.files.as_slice() {
        [] => Reader::new().bytes("fixtures/two-cycles.csv", include_bytes!("../fixtures/two-cycles.csv"))?,
        files => Reader::new().paths(files)?,
    };
    let coded = Tagger::core().tag(list);
    let wanted = options.state_under_review.as_deref().map(State::named).transpose()?;
    let (by, mut out) = (statistics::Options::default(), String::new());
    for links in across_cycles(&coded) {
        let state = links.state_under_review.as_deref().unwrap_or_default();
        if wanted.is_some_and(|wanted| wanted.name != state) {
            continue;
        }
        let [from, to] = [links.from_cycle, links.to_cycle].map(Option::unwrap_or_default);
        let (earlier, later) = (links.earlier.len(), links.later.len());
        out += &format!("{state}: cycle {from} ({earlier}), cycle {to} ({later})\nUnit: recommendations\n");
        for link in &links.links {
            let texts = line(link.earlier) + &line(link.later);
            out += &format!("\n  {} ({:.2})\n{texts}", link.kind.as_str(), link.score);
        }
        let (gone, new) =
            (links.disappeared(LinkKind::SameIssueAndAction), links.new_ones(LinkKind::SameIssueAndAction));
        let returned = links.earlier.iter().filter(|coded| !gone.contains(coded)).copied().collect();
        for (what, these) in [("returned", returned), ("disappeared", gone), ("new", new)] {
            let rate = Rates::of(coded.select(|coded| these.contains(&coded)), Dimension::Position, &by).all;
            out +=
                &format!("\n  {what}: {}, supported {} of {}\n", these.len(), rate.supported, rate.answered);
            // those that returned are among the links
            out.extend(these.into_iter().filter(|_| what != "returned").map(line));
        }
        out += "\n";
    }
    shared::output::show(match out.as_str() {
        "" => "no State under review with recommendations of two cycles\n",
        out => out,
    })
}

fn line(coded: &CodedRecommendation) -> String {
    format!("    {}  {}\n", coded.recommendation.id, coded.recommendation.text)
}
