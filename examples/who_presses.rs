//! Who presses an issue, how they were answered, and who presses it more than others.
//!
//! `cargo run --release --example who_presses -- FILES --issue death-penalty`; without files it reads the bundled
//! digest of the United States' review of 2020.

use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};
use std::process::ExitCode;
use upr::count::Filter;
use upr::read::Reader;
use upr::statistics::{self, Rate, Rates, association_of};
use upr::{CodedList, Dimension, Selection, Tagger, Unit};

#[path = "shared/mod.rs"]
mod shared;

/// Shows which States and groups press an issue in the UN's Universal Periodic Review.
#[derive(Parser)]
#[command(name = "who_presses")]
struct Options {
    /// Lists of recommendations; without any, the bundled list of the United States, 2020
    files: Vec<std::path::PathBuf>,
    /// The code of the issue, such as death-penalty, housing or icc
    #[arg(long, default_value = "death-penalty")]
    issue: String,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
    /// How many States are shown
    #[arg(long, default_value_t = 15)]
    top: usize,
}

fn main() -> ExitCode {
    shared::finish("who_presses", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let tagger = Tagger::named(&options.codebook)?;
    let filter = Filter::new().with(Dimension::Issue, &options.issue);
    filter.check(tagger.codebooks())?;
    let list = shared::read(Reader::new(), &options.files, |reader| reader)?;
    let coded = tagger.tag(list);
    let selected = coded.filter(&filter)?;
    let all = coded.recommendations.len();
    let mut out = format!("{}: {} of {all} recommendations\n\n", options.issue, selected.len());
    for dimension in [Dimension::RecommendingState, Dimension::RegionalGroup, Dimension::Organisation] {
        out += &show(dimension, options, &coded, &selected);
    }
    out += &format!(
        "Unit: {}; a State counts under each of its organisations.\nShare: of what was answered, supported in full, \
         with its 95% interval (Wilson).\nOdds: against those of all others, drawn towards 1 where numbers are small \
         (Monroe and others 2008).\nq: among rows with q below 0.05, one in twenty is chance (Benjamini-Hochberg).\n",
        Unit::RecommendationXState.as_str()
    );
    shared::output::show(&out)
}

/// Who presses the issue, along one dimension: those who press it more than the others first.
fn show(dimension: Dimension, options: &Options, all: &CodedList, selected: &Selection) -> String {
    let by_pairs = statistics::Options::default().unit(Unit::RecommendationXState);
    let rates = Rates::of(selected, dimension, &by_pairs);
    let pressing = statistics::Options::default();
    let association = association_of(all, dimension, Dimension::Issue, &options.issue, &pressing);

    let name = dimension.as_str().replace('_', " ");
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header([&*name, "all", "on it", "odds", "q", "supported"]);
    for row in association.iter().take(options.top) {
        let number = |column| row.number(column).unwrap_or(f64::NAN);
        let group = row.text(dimension.as_str()).unwrap_or_default();
        let count = |column| row.count(column).unwrap_or_default().to_string();
        let odds = format!("{:.2}", number("log_odds_ratio").exp());
        let q_value = match number("q_value") {
            small if small < 0.001 => "<0.001".to_string(),
            q_value => format!("{q_value:.3}"),
        };
        let supported = rates.rate(group).map_or(String::new(), share);
        table.add_row([group.to_string(), count("of"), count("count"), odds, q_value, supported]);
    }
    for column in 1..=4 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    lines + "\n"
}

fn share(rate: &Rate) -> String {
    rate.interval.map_or(String::new(), |interval| {
        let percent = |share: f64| format!("{:.0}%", 100.0 * share);
        let (lower, upper) = (percent(interval.lower), percent(interval.upper));
        format!("{} of {} = {} ({lower} to {upper})", rate.supported, rate.answered, percent(interval.value))
    })
}
