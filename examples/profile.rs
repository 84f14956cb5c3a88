//! The profile of a State in the Universal Periodic Review: what it is told and by whom, and what it tells others, each
//! against its regional group and the world.
//!
//! `cargo run --release --example profile -- sessions-*.csv --state France`; without files it reads the bundled digest of
//! the United States' review of 2020, `--by sdgs` shows the Sustainable Development Goals in the place of issues.

use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};
use std::process::ExitCode;
use upr::Tagger;
use upr::compare::{Against, Part, Profile, ProfileOptions, Side};
use upr::count::Grouping;
use upr::read::Reader;
use upr::statistics::Rate;

#[path = "shared/mod.rs"]
mod shared;

/// Shows a State from both sides of the UN's Universal Periodic Review.
#[derive(Parser)]
#[command(name = "profile")]
struct Options {
    /// Lists of recommendations; without any, the bundled list of the United States, 2020
    files: Vec<std::path::PathBuf>,
    /// The State, in any usual form or as an ISO code
    #[arg(long, default_value = "United States")]
    state: String,
    /// A grouping in the place of issues: sdgs, ohchr-themes, upr-info, or a file or folder of your own
    #[arg(long, value_name = "NAME|PATH")]
    by: Option<String>,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
    /// How many issues and States are shown
    #[arg(long, default_value_t = 12)]
    top: usize,
}

/// Adds a line to the text.
macro_rules! line {
    ($out:expr $(, $($what:tt)*)?) => {{
        $($out.push_str(&format!($($what)*));)?
        $out.push('\n');
    }};
}

fn main() -> ExitCode {
    shared::finish("profile", run(&Options::parse()))
}

fn run(options: &Options) -> shared::Result<()> {
    let tagger = Tagger::named(&options.codebook)?;
    let grouping = options.by.as_deref().map(|name| Grouping::named(name, tagger.codebook())).transpose()?;
    let list = shared::read(Reader::new(), &options.files, |reader| reader)?;
    let mut coded = tagger.tag(list);
    if let Some(grouping) = &grouping {
        coded = grouping.regroup(&coded)?;
    }
    let profile = Profile::of(&coded, &options.state, &ProfileOptions::default())?;
    let group = profile.regional_group.map_or("no known group", |group| group.as_str());
    let mut out = String::new();
    line!(out, "{} ({group})", profile.state);
    let sides = [
        ("As State under review: what it is told", "by", &profile.under_review),
        ("As recommending State: what it tells others", "to", &profile.recommending),
    ];
    sides
        .into_iter()
        .for_each(|(title, preposition, side)| show(&mut out, title, preposition, side, options.top));
    line!(
        out,
        "\nGroup: the other States of {group}; world: all other States of the list.\nOdds: against theirs, drawn towards 1 \
         where numbers are small; q: among rows with q\nbelow 0.05, one in twenty is chance. *: fewer than {} \
         recommendations.",
        profile.options.few
    );
    shared::output::print(&out)
}

fn show(out: &mut String, title: &str, preposition: &str, side: &Side, top: usize) {
    line!(out, "\n{title}\nUnit: {}\n", side.unit.as_str());
    if side.total == 0 {
        line!(out, "Nothing in this list.");
        return;
    }
    line!(out, "{:>7}  in all; supported {}", side.total, share(&side.supported));
    line!(out, "         supported in its group {}", share(&side.supported_in_group));
    line!(out, "         supported in the world {}", share(&side.supported_in_world));
    for Part { category, count, supported, .. } in &side.cycles {
        line!(out, "{count:>7}  in cycle {category}; supported {}", share(supported));
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header([
        "issue",
        "",
        "share",
        "group",
        "world",
        "odds",
        "q",
        "supported",
    ]);
    for issue in side.issues.iter().filter(|issue| issue.here.with > 0).take(top) {
        let few = if issue.few { "*" } else { "" };
        table.add_row([
            issue.label.chars().take(28).collect(),
            format!("{}{few}", issue.here.with),
            percent(issue.share),
            percent(issue.group.share),
            percent(issue.world.share),
            odds(&issue.world),
            issue.world.q_value.map_or(String::new(), |q| format!("{q:.3}")),
            percent(issue.supported.interval.map(|interval| interval.share)),
        ]);
    }
    line!(out);
    aligned(out, table);
    line!(out, "\nUnit: {}\n", side.partner_unit.as_str());
    for (name, parts) in [("States", &side.partners), ("groups", &side.partner_groups)] {
        let parts: Vec<String> = parts
            .iter()
            .take(top)
            .map(|part| format!("{} {}{}", part.category, part.count, if part.few { "*" } else { "" }))
            .collect();
        line!(out, "{preposition} {name}: {}", parts.join(", "));
    }
}

fn aligned(out: &mut String, mut table: Table) {
    for at in 1..8 {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    line!(out, "{table}");
}

fn odds(against: &Against) -> String {
    against.log_odds.map_or(String::new(), |odds| format!("{:.2}", odds.log_odds_ratio.exp()))
}

fn percent(share: Option<f64>) -> String {
    share.map_or(String::new(), |share| format!("{:.0}%", 100.0 * share))
}

fn share(rate: &Rate) -> String {
    rate.interval.map_or("-".to_string(), |interval| {
        let percent = |share: f64| format!("{:.0}%", 100.0 * share);
        let (lower, upper) = (percent(interval.lower), percent(interval.upper));
        format!("{} of {} = {} ({lower} to {upper})", rate.supported, rate.answered, percent(interval.share))
    })
}
