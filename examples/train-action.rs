//! Learns the model of action categories that comes with the crate, and says how well such a model does on States
//! under review that it has not seen.
//!
//! `cargo run --release --example train-action -- FILES --out src/action/model.bin` reads lists with UPR Info's column
//! Action. Every row counts once. It prints the agreement of the written rules alone, by halves of the States (the
//! rules were written with the first in view), and that of the model over five folds by State, with its
//! confusions; then it learns from all rows and writes the model.

#[path = "shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{ACTION_MODEL, ACTION_ROWS, may_write, print, write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use upr::ActionCategory;
use upr::code::{Action, ActionCoder, ActionExample as Example, DecidedBy};
use upr::evaluate::Accuracy;
use upr::read::Reader;

/// Learns the model of action categories from recommendations coded by hand.
#[derive(Parser)]
struct Options {
    /// Lists with the column Action, such as UPR Info's export
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Writes the model, learned from all rows, into this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How many folds the States under review are dealt out to
    #[arg(long, value_name = "N", default_value_t = 5)]
    folds: usize,
    /// Writes each row with its categories, for reading the disagreements
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Lets --out and --rows replace files that upr did not write, too
    #[arg(long)]
    force: bool,
}

fn main() -> ExitCode {
    shared::finish("train-action", run(&Options::parse()))
}

fn run(options: &Options) -> shared::Result<()> {
    for (path, output) in [(&options.out, ACTION_MODEL), (&options.rows, ACTION_ROWS)] {
        path.as_ref().map_or(Ok(()), |path| may_write(path, output, options.force, &options.files))?;
    }
    let list = Reader::new().paths(&options.files)?;
    let mut examples = Vec::new();
    for recommendation in &list.recommendations {
        let (Some(label), Some(state)) = (&recommendation.labels.action, &recommendation.state_under_review)
        else {
            continue;
        };
        let example = Example {
            text: &recommendation.text,
            category: label.parse()?,
            state_under_review: &state.given,
        };
        // a joint recommendation stands in several rows
        examples.extend(recommendation.sources.iter().map(|_| example));
    }
    print(&format!("{} rows with an action category\n", examples.len()))?;

    let coder = ActionCoder::rules_only();
    let texts: Vec<&str> = examples.iter().map(|example| example.text).collect();
    let ruled = coder.code_all(&texts);
    let started = Instant::now();
    let learned = coder.out_of_fold(&examples, options.folds);
    print(&format!("{} folds learned and coded in {:.0?}\n", options.folds, started.elapsed()))?;
    for (name, coded) in [("rules alone", &ruled), ("rules and model, by folds", &learned)] {
        print(&format!("\n{name}\n"))?;
        for half in [0, 1] {
            report(&format!("half {} of the States", half + 1), &examples, coded, |state| {
                half_of(state) == half
            })?;
        }
        confusions(&report("all", &examples, coded, |_| true)?)?;
    }
    let against = learned.iter().filter(|action| action.decided_by == DecidedBy::Model).count();
    print(&format!("\nthe model decided against the rules in {against} rows\n"))?;
    if let Some(path) = &options.rows {
        write_rows(path, &examples, &ruled, &learned)?;
    }

    if let Some(path) = &options.out {
        let started = Instant::now();
        let learned = coder.train(&examples);
        let bytes = learned.model_bytes().unwrap_or_default();
        print(&format!(
            "learned from all rows in {:.0?}; {} bytes into {}\n",
            started.elapsed(),
            bytes.len(),
            path.display()
        ))?;
        write(path, &bytes)?;
        for (name, coder) in [("rules alone", &coder), ("rules and model", &learned)] {
            let fastest = (0..10).map(|_| {
                let started = Instant::now();
                coder.code_all(&texts);
                started.elapsed()
            });
            print(&format!(
                "{name}: {} texts coded in {:.0?}\n",
                texts.len(),
                fastest.min().unwrap_or_default()
            ))?;
        }
    }
    Ok(())
}

/// The halves by which the rules were written: bit 32 of the FNV-1a hash of the State's name as UPR Info writes it.
fn half_of(state: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    state.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 32 & 1
}

fn report(
    name: &str,
    examples: &[Example<'_>],
    coded: &[Action],
    wanted: impl Fn(&str) -> bool,
) -> shared::Result<Accuracy<ActionCategory>> {
    let pairs = examples.iter().zip(coded).filter(|(example, _)| wanted(example.state_under_review));
    let accuracy = Accuracy::of(pairs.map(|(example, action)| (example.category, Some(action.category))));
    print(&format!(
        "{name}: {} rows, accuracy {:.4}, macro-F1 {:.4}, kappa {:.4}\n",
        accuracy.recommendations(),
        accuracy.accuracy(),
        accuracy.macro_f1(),
        accuracy.kappa().unwrap_or(f64::NAN),
    ))?;
    Ok(accuracy)
}

fn confusions(accuracy: &Accuracy<ActionCategory>) -> shared::Result<()> {
    print("expected \\ given      1      2      3      4      5   precision recall f1\n")?;
    for expected in ActionCategory::ALL {
        let counts: Vec<String> = ActionCategory::ALL
            .iter()
            .map(|given| format!("{:>6}", accuracy.count(&expected, Some(given))))
            .collect();
        let figures = accuracy.category(&expected);
        let (precision, recall, f1) = (figures.precision, figures.recall, figures.f1);
        print(&format!("{expected:<15} {} {precision:.3} {recall:.3} {f1:.3}\n", counts.join(" ")))?;
    }
    Ok(())
}

fn write_rows(
    path: &Path,
    examples: &[Example<'_>],
    ruled: &[Action],
    learned: &[Action],
) -> shared::Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["half", "expected", "rules", "model", "rule", "verb_by_rules", "verb", "text"])?;
    for ((example, ruled), learned) in examples.iter().zip(ruled).zip(learned) {
        let verb = |action: &Action| action.verb.clone().map_or("", |span| &example.text[span]).to_string();
        writer.write_record([
            half_of(example.state_under_review).to_string(),
            example.category.number().to_string(),
            ruled.category.number().to_string(),
            learned.category.number().to_string(),
            ruled.rule.as_deref().unwrap_or("").to_string(),
            verb(ruled),
            verb(learned),
            example.text.to_string(),
        ])?;
    }
    write(path, &writer.into_inner()?)
}
