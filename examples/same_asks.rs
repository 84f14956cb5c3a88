//! Which recommendations ask for the same thing?
//!
//! `cargo run --release --example same_asks` groups the bundled list; `-- FILES` groups lists of your own, each review
//! for itself, or with `--over-reviews` over all of them. `--table` prints every recommendation with its group as CSV.

use clap::Parser;
use std::fmt::Write as _;
use std::process::ExitCode;
use upr::Tagger;
use upr::compare::{self, SameAsk, same_asks, same_asks_over_reviews};
use upr::read::Reader;

#[path = "shared/mod.rs"]
mod shared;

/// Groups recommendations of the UN's Universal Periodic Review that ask for the same thing in other words.
#[derive(Parser)]
#[command(name = "same_asks")]
struct Options {
    /// Lists of recommendations; without any, the bundled list of the United States, 2020
    files: Vec<std::path::PathBuf>,
    /// Groups over all reviews, not within each
    #[arg(long)]
    over_reviews: bool,
    /// Prints every recommendation with its group as CSV
    #[cfg(feature = "export")]
    #[arg(long)]
    table: bool,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
}

fn main() -> ExitCode {
    shared::finish("same_asks", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let list = shared::read(Reader::new(), &options.files, |reader| reader)?;
    let coded = Tagger::named(&options.codebook)?.tag(list);
    let groups = if options.over_reviews { same_asks_over_reviews(&coded) } else { same_asks(&coded) };
    #[cfg(feature = "export")]
    if options.table {
        return shared::output::print(&shared::output::csv(&compare::member_table(&groups)));
    }
    shared::output::show(&shown(coded.recommendations.len(), &groups))
}

fn shown(recommendations: usize, groups: &[SameAsk]) -> String {
    let mut out = format!("{recommendations} recommendations, {} asks\n", groups.len());
    out += "Unit: recommendations; groups of one are not shown\n";
    for group in groups.iter().filter(|group| group.members.len() > 1) {
        let states: Vec<&str> = group.recommending_states.iter().map(|state| state.name()).collect();
        let positions = group.positions;
        let others = positions.pending + positions.other_position + positions.not_given;
        let (supported, in_part, noted) = (positions.supported, positions.supported_in_part, positions.noted);
        let (size, text) = (group.members.len(), &group.representative.recommendation.text);
        let (states, shared) = (states.join(", "), group.phrases.join(" … "));
        write!(
            out,
            "\n{size:>4}  {text}\n      States: {states}\n      supported {supported}, in part {in_part}, noted {noted}, \
             other {others}\n      shared: {shared}\n"
        )
        .expect("a text takes all");
    }
    out
}
