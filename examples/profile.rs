//! The profile of a State in the Universal Periodic Review: what is recommended to it and by whom, and what it recommends to others, each
//! against its regional group and the world.
//!
//! `cargo run --release --example profile -- sessions-*.csv --state France`; without files it reads the bundled digest of
//! the United States' review of 2020, `--by sdgs` shows the Sustainable Development Goals instead of issues.

use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};
use std::process::ExitCode;
use upr::Tagger;
use upr::compare::{Profile, Side};
use upr::count::Grouping;
use upr::read::Reader;
use upr::statistics::{self, Rate, Row};

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
    /// A grouping instead of issues: sdgs, ohchr-themes, upr-info, or a file or folder of your own
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
    shared::finish("profile", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let tagger = Tagger::named(&options.codebook)?;
    let grouping = options.by.as_deref().map(|name| Grouping::named(name, tagger.codebook())).transpose()?;
    let list = shared::read(Reader::new(), &options.files, |reader| reader)?;
    let mut coded = tagger.tag(list);
    if let Some(grouping) = &grouping {
        coded = grouping.regroup(&coded)?;
    }
    let profile = Profile::of(&coded, &options.state, &statistics::Options::default())?;
    let group = profile.regional_group.map_or("no known group", |group| group.as_str());
    let mut out = String::new();
    line!(out, "{} ({group})", profile.state);
    let sides = [
        ("As State under review: what is recommended to it", "by", &profile.under_review),
        ("As recommending State: what it recommends to others", "to", &profile.recommending),
    ];
    sides
        .into_iter()
        .for_each(|(title, preposition, side)| show(&mut out, title, preposition, side, options.top));
    line!(
        out,
        "\nGroup: the other States of {group}; world: all other States of the list.\nOdds: against theirs, drawn towards 1 \
         where numbers are small; q: among rows with q\nbelow 0.05, one in twenty is chance. *: fewer than {} \
         recommendations.",
        profile.few
    );
    shared::output::show(&out)
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
    for row in side.cycles.iter() {
        let (cycle, count) = (row.text("cycle").unwrap_or_default(), row.count("count").unwrap_or_default());
        line!(out, "{count:>7}  in cycle {cycle}; supported {}", share_of(&row));
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
    for issue in side.issues.iter().filter(|issue| issue.count("count") > Some(0)).take(top) {
        let [own, group, world, supported] = ["share", "group_share", "world_share", "share_supported"]
            .map(|column| percent(issue.number(column)));
        let decimals =
            |number: Option<f64>, digits| number.map_or(String::new(), |it| format!("{it:.digits$}"));
        let odds = decimals(issue.number("world_log_odds_ratio").map(f64::exp), 2);
        let label = issue.text("label").unwrap_or_default().chars().take(28).collect();
        let q_value = decimals(issue.number("world_q_value"), 3);
        table.add_row([label, counted(&issue), own, group, world, odds, q_value, supported]);
    }
    line!(out);
    aligned(out, table);
    line!(out, "\nUnit: {}\n", side.partner_unit.as_str());
    for (name, column, parts) in
        [("States", "state", &side.partners), ("groups", "regional_group", &side.partner_groups)]
    {
        let parts = parts.iter().take(top);
        let parts: Vec<String> = parts
            .map(|part| format!("{} {}", part.text(column).unwrap_or_default(), counted(&part)))
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

/// A count, with a star where it is small.
fn counted(row: &Row) -> String {
    let few = if row.text("few") == Some("true") { "*" } else { "" };
    format!("{}{few}", row.count("count").unwrap_or_default())
}

fn percent(share: Option<f64>) -> String {
    share.map_or(String::new(), |share| format!("{:.0}%", 100.0 * share))
}

fn share(rate: &Rate) -> String {
    let interval = rate.interval.map(|interval| [interval.value, interval.lower, interval.upper]);
    with_interval(rate.supported, rate.answered, interval)
}

fn share_of(row: &Row) -> String {
    let [supported, answered] = ["supported", "answered"].map(|column| row.count(column).unwrap_or_default());
    let number = |column| row.number(column);
    let share = number("share_supported").zip(number("lower")).zip(number("upper"));
    with_interval(supported, answered, share.map(|((share, lower), upper)| [share, lower, upper]))
}

fn with_interval(supported: u64, answered: u64, interval: Option<[f64; 3]>) -> String {
    interval.map_or("-".to_string(), |interval| {
        let [share, lower, upper] = interval.map(|share| format!("{:.0}%", 100.0 * share));
        format!("{supported} of {answered} = {share} ({lower} to {upper})")
    })
}
