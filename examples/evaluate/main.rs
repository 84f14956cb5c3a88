//! Compares our tags with the labels that human coders gave: how far they agree, and where they don't.
//!
//! `cargo run --release --example evaluate -- sessions-*.csv` runs on UPR Info's export, or on any list with a column
//! of issues; `-- --help` shows the options. It reads, tags and compares with `upr`, and adds nothing but the layout:
//! `screen` prints for people, `report` for programs.

mod report;
mod screen;
#[path = "../shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{DISAGREEMENTS, RULES, may_write, print};
use std::path::PathBuf;
use std::process::ExitCode;
use upr::code::ActionCoder;
use upr::count::Grouping;
use upr::evaluate::{Accuracy, Agreement, Comparison, Crosswalk, jackknife};
use upr::export::table_file;
use upr::read::{Column, Reader};
use upr::statistics::Interval;
use upr::{Codebook, CodedList, Tagger, evaluate};

/// Compares tags with the labels that human coders gave, row by row: precision, recall, F1, exact match, kappa,
/// confusions.
#[derive(Parser)]
#[command(name = "evaluate", version, after_help = EXAMPLES)]
struct Options {
    /// Lists of recommendations with the labels of coders, such as UPR Info's export
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The codebook: upr-info, core, or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "upr-info")]
    codebook: String,
    /// Uses only written rules, without the learned models, for the issues of upr-info and the action categories
    #[arg(long)]
    rules_only: bool,
    /// A table with the columns issue,label: which labels of the files each issue of the codebook means; the code
    /// untagged means no issue. Or a bundled grouping, such as upr-info. Without it, an issue means its own label
    #[arg(long, value_name = "NAME|FILE.csv")]
    crosswalk: Option<PathBuf>,
    /// The header of a column, such as issues=Codes or text=Wording; may be repeated
    #[arg(long, value_name = "COLUMN=HEADER", value_parser = shared::column)]
    column: Vec<(Column, String)>,
    /// Prints the figures as JSON
    #[arg(long)]
    json: bool,
    /// Writes the rows where tags and labels differ, with the words and rules behind the tags
    #[arg(long, value_name = "FILE.csv")]
    disagreements: Option<PathBuf>,
    /// Writes for every rule how often it matches, how often alone, and how often correctly
    #[arg(long, value_name = "FILE.csv")]
    rules: Option<PathBuf>,
    /// Allows --disagreements and --rules to replace files that upr did not write
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

Unit: rows of the files. A joint recommendation that a file writes as several rows counts as several.

Exit codes: 0 done; 1 a file, the codebook or the crosswalk could not be read, the files have no labels, or the
output not written; 2 unknown options.";

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
    shared::finish("evaluate", run(&Options::parse()))
}

fn run(options: &Options) -> shared::Result<()> {
    let mut inputs = options.files.clone();
    inputs.extend(options.crosswalk.iter().cloned().chain([PathBuf::from(&options.codebook)]));
    for (path, output) in [(&options.disagreements, DISAGREEMENTS), (&options.rules, RULES)] {
        path.as_ref().map_or(Ok(()), |path| may_write(path, output, options.force, &inputs))?;
    }
    let tagger = match options.rules_only {
        true => Tagger::new(Codebook::named(&options.codebook)?)?,
        false => Tagger::named(&options.codebook)?,
    };
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
        table_file(path, &comparison.disagreements())?;
    }
    if let Some(path) = &options.rules {
        table_file(path, &comparison.rules())?;
    }
    let text = match options.json {
        true => report::json(&evaluation),
        false => screen::text(&evaluation),
    };
    print(&text)
}
