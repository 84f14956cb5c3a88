//! Compares our tags with the labels that human coders gave: how far they agree, and where they don't.
//!
//! `cargo run --release --example evaluate -- sessions-*.csv` runs on UPR Info's export, or on any list with a column
//! of issues; `-- --help` shows the options. It reads, tags and compares with `upr`, and adds nothing but the layout:
//! `screen` prints for people, `report` for programs. `-- --coders SHEETS` measures how far people agree who filled coding
//! sheets: `coders` prints that.

mod coders;
mod report;
mod screen;
#[path = "../shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{Output, may_write, print, show};
use std::path::PathBuf;
use std::process::ExitCode;
use upr::code::ActionCoder;
use upr::count::Grouping;
use upr::evaluate::{Accuracy, Agreement, Comparison, Crosswalk, jackknife};
use upr::export::{overwrite_if, table_file};
use upr::read::{Column, Reader};
use upr::statistics::Interval;
use upr::{Codebook, CodedList, Tagger, evaluate};

/// Compares tags with the labels that human coders gave, row by row: precision, recall, F1, exact match, kappa,
/// confusions.
#[derive(Parser)]
#[command(name = "evaluate", version, after_help = EXAMPLES)]
struct Options {
    /// Lists of recommendations with the labels of coders, such as UPR Info's export
    #[arg(required_unless_present = "coders", conflicts_with = "coders")]
    files: Vec<PathBuf>,
    /// Sheets that people filled (summary --sample writes them): how far they agree. Columns: id; issues (codes or
    /// labels with semicolons between, none for no issue, empty where not coded); coder, or else the file's name
    #[arg(long, value_name = "SHEET.csv", num_args = 1.., help_heading = "Agreement among coders")]
    coders: Vec<PathBuf>,
    /// The list that the sample was drawn from: its tags are compared with each coder and with the majority of the coders
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "coders", help_heading = "Agreement among coders")]
    list: Vec<PathBuf>,
    /// The State under review of --list, as it was given to summary
    #[arg(long, value_name = "STATE", requires = "list", help_heading = "Agreement among coders")]
    state_under_review: Option<String>,
    /// The session of --list, as it was given to summary
    #[arg(long, value_name = "NUMBER", requires = "list", help_heading = "Agreement among coders")]
    session: Option<String>,
    /// Writes all figures with their intervals
    #[arg(long, value_name = "FILE.csv", requires = "coders", help_heading = "Agreement among coders")]
    figures: Option<PathBuf>,
    /// The codebook: upr-info (the default), core (the default with --coders), or a folder of your own
    #[arg(long, value_name = "NAME|PATH")]
    codebook: Option<String>,
    /// Uses only written rules, without the learned models, for the issues of upr-info and the action categories
    #[arg(long)]
    rules_only: bool,
    /// A table with the columns issue,label: which labels of the files each issue of the codebook means; the code
    /// untagged means no issue. Or a bundled grouping, such as upr-info. Without it, an issue means its own label
    #[arg(long, value_name = "NAME|FILE.csv", conflicts_with = "coders")]
    crosswalk: Option<PathBuf>,
    /// The header of a column, such as issues=Codes or text=Wording; may be repeated
    #[arg(long, value_name = "COLUMN=HEADER", value_parser = shared::column)]
    column: Vec<(Column, String)>,
    /// Prints the figures as JSON
    #[arg(long)]
    json: bool,
    /// Writes the rows where tags and labels differ, with the words and rules behind the tags; with --coders, what they have
    /// to settle: the text, the issue, who said yes and who said no
    #[arg(long, value_name = "FILE.csv")]
    disagreements: Option<PathBuf>,
    /// Writes for every rule how often it matches, how often alone, and how often correctly
    #[arg(long, value_name = "FILE.csv", conflicts_with = "coders")]
    rules: Option<PathBuf>,
    /// Allows --disagreements, --figures and --rules to replace files with another content
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  evaluate sessions-*.csv
      UPR Info's export, with the codebook upr-info and its model. On sessions 1 to 20 the figures are too good,
      since the model was learned from these rows; MEASURED.md has those by States that it had not seen
  evaluate sessions-*.csv --rules-only
      the written rules of the codebook alone
  evaluate sessions-*.csv --codebook my-codebook --crosswalk my-crosswalk.csv
      with a codebook of one's own, whose issues have other names
  evaluate sessions-*.csv --codebook core --crosswalk upr-info
      the codebook core, its tags read as UPR Info's issues
  evaluate coded.xlsx --column issues=Codes --disagreements disagreements.csv --rules rules.csv
      a list that you coded by hand

  evaluate --coders ana.csv ben.csv chloe.csv
      agreement among people who coded one sample with core: by issue and over all, with intervals
  evaluate --coders ana.csv ben.csv chloe.csv --list list.csv --disagreements settle.csv --figures figures.csv
      the same, with the tags of the list, and what the coders have to settle

Unit: rows of the files; with --coders, texts. A joint recommendation that a file writes as several rows counts as several.

Exit codes: 0 done; 1 a file, the codebook or the crosswalk could not be read, the files have no labels, the sheets
contradict each other or the list, or the output not written; 2 unknown options.";

/// What is shown, in whatever layout.
struct Evaluation<'e> {
    coded: &'e CodedList,
    comparison: &'e Comparison<'e>,
    agreement: Agreement,
    states_under_review: usize,
    micro_f1: Option<Interval>,
    macro_f1: Option<Interval>,
    action: Option<Accuracy<u8>>,
}

fn main() -> ExitCode {
    shared::finish("evaluate", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let default = if options.coders.is_empty() { "upr-info" } else { "core" };
    let codebook = options.codebook.as_deref().unwrap_or(default);
    let mut inputs = [&options.files[..], &options.coders, &options.list].concat();
    inputs.extend(options.crosswalk.iter().cloned().chain([PathBuf::from(codebook)]));
    for path in [&options.disagreements, &options.rules, &options.figures].into_iter().flatten() {
        may_write(path, Output::File, options.force, &inputs)?;
    }
    let tagger = match options.rules_only {
        true => Tagger::new(Codebook::named(codebook)?)?,
        false => Tagger::named(codebook)?,
    };
    if !options.coders.is_empty() {
        return coders::run(options, &tagger);
    }
    let actions = match options.rules_only {
        true => ActionCoder::rules_only(),
        false => ActionCoder::new(),
    };
    let tagger = tagger.with_actions(actions);
    let crosswalk = match &options.crosswalk {
        Some(name) if Grouping::BUNDLED.iter().any(|bundled| name.as_os_str() == *bundled) => {
            let grouping = Grouping::bundled(&name.to_string_lossy(), tagger.codebook())?;
            Crosswalk::by_grouping(&grouping)
        }
        Some(path) => Crosswalk::load(path, tagger.codebook())?,
        None => Crosswalk::by_label(tagger.codebook()),
    };
    let mut reader = Reader::new().rows_apart();
    for (column, header) in &options.column {
        reader = reader.column(*column, header);
    }
    let coded = tagger.tag(reader.paths(&options.files)?);
    let comparison = Comparison::of(&coded, &crosswalk)?;
    let states = comparison.by_state_under_review();
    let action =
        evaluate::action(&coded, |coded| coded.action.as_ref().map(|action| action.category.number()));
    let evaluation = Evaluation {
        coded: &coded,
        comparison: &comparison,
        agreement: comparison.agreement(),
        states_under_review: states.len(),
        micro_f1: jackknife(states.values(), |agreement| agreement.micro().f1),
        macro_f1: jackknife(states.values(), |agreement| agreement.macro_average().f1),
        action: Some(action).filter(|accuracy| accuracy.recommendations() > 0),
    };
    if let Some(path) = &options.disagreements {
        table_file(overwrite_if(options.force, path), &comparison.disagreements())?;
    }
    if let Some(path) = &options.rules {
        table_file(overwrite_if(options.force, path), &comparison.rules())?;
    }
    match options.json {
        true => print(&report::json(&evaluation)),
        false => show(&screen::text(&evaluation)),
    }
}
