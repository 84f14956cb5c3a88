//! Summarises lists of recommendations: how many, on what, from whom, and how they were answered.
//!
//! `cargo run --release --example summary` runs on the bundled digest of the United States' review of 2020;
//! `-- --help` shows the options. It is a program as a user of the library would write it: it reads, tags,
//! counts and exports with `upr`, and adds nothing but the layout. `screen` prints for people, `report` for
//! programs; what both say of statistics and groups is computed in `further`.

mod further;
mod report;
mod screen;

use clap::Parser;
use further::{Further, Groups, Statistics};
use indicatif::ProgressBar;
use std::error::Error as _;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use upr::action::ActionCoder;
use upr::filter::Filter;
use upr::read::{Column, Progress, Reader, RecommendationList};
use upr::{Aspects, Codebook, Tagger, export};

/// Counts the recommendations of the UN's Universal Periodic Review: how many, on what, from whom, and how
/// they were answered.
#[derive(Parser)]
#[command(name = "summary", version, after_help = EXAMPLES)]
struct Options {
    /// Lists of recommendations (CSV, TSV, Excel, JSON, thematic lists in Word), reports of the Working Group and addenda
    /// (text, Word, and PDF in a build with it); without any, the bundled list of the US, 2020
    files: Vec<PathBuf>,
    /// The State under review, where the list doesn't name it
    #[arg(long, value_name = "STATE")]
    state_under_review: Option<String>,
    /// The session of the UPR Working Group, where the list doesn't name it
    #[arg(long, value_name = "NUMBER")]
    session: Option<String>,
    /// The symbol of the document, where the list doesn't name it
    #[arg(long, value_name = "SYMBOL")]
    document: Option<String>,
    /// Which header stands over a column, such as text=Wording; may be repeated. Columns: text,
    /// state-under-review, recommending-states, position, session, document, paragraph, issues, action, themes,
    /// sdgs, affected-persons, recommending-body
    #[arg(long, value_name = "COLUMN=HEADER", value_parser = column)]
    column: Vec<(Column, String)>,
    /// The codebook: core, upr-info, or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    codebook: String,
    /// Writes tables as CSV with their description into this folder; with --json, upr.json as well
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes a page to look at into this file: open it in any browser
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Prints the summary as JSON
    #[arg(long)]
    json: bool,
    /// Prints instruments, Sustainable Development Goals, affected persons and levels of government as well; the
    /// tables and the JSON always hold them
    #[arg(long)]
    aspects: bool,
    /// Takes only recommendations that meet all conditions, such as issue=death-penalty,regional_group=WEOG; may be
    /// repeated, and categories of one dimension are alternatives. All that is shown and written is of these
    #[arg(long, value_name = "DIMENSION=CATEGORY,...", value_parser = Filter::parse)]
    filter: Vec<Filter>,
    /// Prints the share supported by issue, and who presses an issue more than the others; with --out, writes the folder
    /// DIR/statistics as well
    #[arg(long)]
    statistics: bool,
    /// Prints counts by the groups of upr-info, core, ohchr-themes, ohchr-themes-cycle-2, sdgs, blueprints-2021 or
    /// five-stages, or of a table of your own (a file or folder; src/grouping/GROUPINGS.md explains it)
    #[arg(long, value_name = "GROUPING|PATH")]
    group_by: Option<String>,
    /// How many recommending States are shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
}

const EXAMPLES: &str = "\
Examples:
  summary
      the bundled list: 347 recommendations to the United States, November 2020
  summary sessions-*.csv --out counts
      UPR Info's export, with all tables written into the folder counts
  summary list.csv --state-under-review Kenya --session 35 --column text=Recommendation
      a list of one's own
  summary list.csv --report list.html
      a page with figures and a table to search, for any browser
  summary --filter issue=death-penalty --filter regional_group=WEOG,GRULAC --statistics --out counts
      part of a list, with statistics on the screen and in the folder counts/statistics
  summary list.csv --codebook my-codebook
      with a codebook of one's own (a folder; src/codebook/NOTATION.md explains it)

Exit codes: 0 done (rejected rows are listed, and no failure); 1 a file, the codebook or the grouping could not be
read, a filter asks for a category that nobody knows, or the output could not be written; 2 unknown options, or a
filter that cannot be understood.";

fn column(given: &str) -> Result<(Column, String), String> {
    let (name, header) = given.split_once('=').ok_or("expected COLUMN=HEADER, such as text=Wording")?;
    let name = name.trim().to_lowercase().replace([' ', '_'], "-");
    let known = Column::ALL.map(Column::as_str);
    match Column::ALL.into_iter().find(|column| column.as_str() == name) {
        Some(column) => Ok((column, header.to_string())),
        None => Err(format!("found the column \"{name}\", expected one of {}", known.join(", "))),
    }
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("summary: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> upr::Result<()> {
    let tagger = match (options.codebook.as_str(), Codebook::bundled(&options.codebook)) {
        // UPR Info's coding is reproduced best by its codebook and the model learned from its coders
        ("upr-info", _) => Tagger::upr_info()?,
        (_, Some(codebook)) => Tagger::new(codebook)?,
        (folder, None) => Tagger::new(Codebook::load(folder)?)?,
    };
    let tagger = tagger.with_aspects(Aspects::bundled())?.with_actions(ActionCoder::new());
    let filter = joined(&options.filter);
    filter.check(&tagger)?;
    let grouping =
        options.group_by.as_deref().map(|name| further::grouping(name, tagger.codebook())).transpose()?;
    let progress = progress(options.files.len());
    let list = read(options, progress.clone()).inspect_err(|_| progress.finish_and_clear())?;
    let differing: Vec<Vec<String>> =
        list.differing().iter().map(|group| group.iter().map(|made| made.id.clone()).collect()).collect();
    progress.set_message(format!("coding {} recommendations", list.recommendations.len()));
    let coded = tagger.tag_list(list);
    progress.finish_and_clear();
    let coded = filter.select_list(coded, &tagger)?;
    if let Some(folder) = &options.out {
        let files = export::folder(folder, &coded, &tagger)?;
        if options.json {
            let path = folder.join("upr.json");
            export::json_file(&path, &coded, &tagger)?;
        }
        eprintln!("wrote {} files into {}", files.len() + usize::from(options.json), folder.display());
        if options.statistics {
            let folder = folder.join("statistics");
            let files = export::statistics(&folder, &coded, &tagger)?;
            eprintln!("wrote {} files into {}", files.len(), folder.display());
        }
    }
    if let Some(path) = &options.report {
        upr::report::file(path, &coded, &tagger)?;
        eprintln!("wrote {}", path.display());
    }
    let further = Further {
        statistics: options.statistics.then(|| Statistics::of(&coded, &tagger)),
        groups: grouping.as_ref().map(|grouping| Groups::of(&coded, grouping)),
    };
    let text = match options.json {
        true => report::json(&coded, &tagger, &further),
        false => {
            screen::text(&coded, &tagger, &differing, &further, options, std::io::stdout().is_terminal())
        }
    };
    // a reader that has seen enough (`summary | head`) is no failure
    std::io::stdout().write_all(text.as_bytes()).ok();
    Ok(())
}

/// One filter of several: all conditions hold, and what is said of one dimension are alternatives.
fn joined(filters: &[Filter]) -> Filter {
    let conditions = filters.iter().flat_map(Filter::conditions);
    conditions.fold(Filter::new(), |filter, (dimension, categories)| {
        categories.fold(filter, |filter, category| filter.with(dimension, category))
    })
}

/// A sign of life on a terminal, for reports as PDF take a while; nothing where the output goes elsewhere.
fn progress(files: usize) -> ProgressBar {
    let progress = ProgressBar::new_spinner();
    progress.set_message(format!(
        "reading {}",
        if files > 1 { format!("{files} files") } else { "a file".to_string() }
    ));
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

fn read(options: &Options, progress: ProgressBar) -> upr::Result<RecommendationList> {
    let mut reader = Reader::new();
    let bundled = options.files.is_empty();
    let or_bundled = |given: &Option<String>, fact: &str| given.clone().or(bundled.then(|| fact.to_string()));
    if let Some(state) = or_bundled(&options.state_under_review, "United States of America") {
        reader = reader.state_under_review(state);
    }
    if let Some(session) = or_bundled(&options.session, "36") {
        reader = reader.session(session);
    }
    if let Some(symbol) = or_bundled(&options.document, "A/HRC/46/15") {
        reader = reader.document(symbol);
    }
    for (column, header) in &options.column {
        reader = reader.column(*column, header);
    }
    if bundled {
        return reader.bytes("fixtures/usa-2020.csv", include_bytes!("../../fixtures/usa-2020.csv"));
    }
    let said = move |begun: Progress<'_>| {
        let name = begun.path.file_name().unwrap_or(begun.path.as_os_str()).to_string_lossy();
        progress.set_message(format!("file {} of {}: {name}", begun.file, begun.of));
    };
    reader.progress(said).paths(&options.files)
}
