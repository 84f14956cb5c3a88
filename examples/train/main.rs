//! Trains a model on recommendations coded by hand, and says how well it codes States under review that it hasn't seen.
//!
//! The model that comes with `upr` is made by
//! `cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --out src/learn/upr-info.model`, the
//! same bytes each time; with `--folds 5` it is judged first. `-- --help` shows the options.

#[path = "../shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{MODEL, may_write, print};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use upr::code::{Example, Learner, fold_of};
use upr::evaluate::{Agreement, Figures, jackknife};
use upr::read::Reader;
use upr::{Codebook, Tagger};

/// Trains a model on recommendations whose issues are coded, each row of the files counting once.
#[derive(Parser)]
#[command(name = "train", version)]
struct Options {
    /// Lists of recommendations that state the issues, such as UPR Info's export
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The codebook whose rules the model may use: core, upr-info, or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "upr-info")]
    codebook: String,
    /// Further codebooks whose rules the model may use; `--hear none` for none
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    hear: Vec<String>,
    /// Saves the model, trained on all rows, in this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Judges the model: parts the States under review into folds by the hash of their names, and labels each fold
    /// with a model trained on the others
    #[arg(long, value_name = "NUMBER")]
    folds: Option<usize>,
    /// What a row on the wrong side costs against the size of the weights
    #[arg(long, default_value_t = 0.4)]
    cost: f32,
    /// How often all rows are visited
    #[arg(long, default_value_t = 8)]
    passes: usize,
    /// How many weights are kept
    #[arg(long, default_value_t = 80_000)]
    weights: usize,
    /// Decides the order in which rows are visited
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Lets --out replace a file that upr did not write, too
    #[arg(long)]
    force: bool,
}

fn main() -> ExitCode {
    shared::finish("train", run(&Options::parse()))
}

fn run(options: &Options) -> shared::Result<()> {
    let mut inputs = options.files.clone();
    inputs.extend([&options.codebook].into_iter().chain(&options.hear).map(PathBuf::from));
    options.out.as_ref().map_or(Ok(()), |out| may_write(out, MODEL, options.force, &inputs))?;
    let list = Reader::new().rows_apart().paths(&options.files)?;
    let coded = list.recommendations.iter().filter(|recommendation| !recommendation.labels.issues.is_empty());
    let examples: Vec<Example> = coded
        .map(|recommendation| {
            let reviewed = recommendation.state_under_review.as_ref();
            let reviewed = reviewed.map(|state| state.to_string()).unwrap_or_default();
            Example::new(recommendation.text.as_str(), &recommendation.labels.issues).in_group(reviewed)
        })
        .collect();
    print(&format!(
        "{} rows with issues, {} without\n",
        examples.len(),
        list.recommendations.len() - examples.len()
    ))?;

    let mut tagger = Tagger::new(Codebook::named(&options.codebook)?)?;
    for heard in options.hear.iter().filter(|heard| *heard != "none" && **heard != options.codebook) {
        tagger = tagger.hearing(Codebook::named(heard)?)?;
    }
    let learner =
        Learner::new().cost(options.cost).passes(options.passes).weights(options.weights).seed(options.seed);
    if let Some(folds) = options.folds {
        let start = Instant::now();
        let given = learner.out_of_fold(&tagger, &examples, folds)?;
        judge(&examples, &given, folds)?;
        print(&format!("{folds} models in {:.1} s\n", start.elapsed().as_secs_f64()))?;
    }
    if let Some(out) = &options.out {
        let start = Instant::now();
        let model = learner.train(&tagger, &examples)?;
        model.save(out)?;
        let size = std::fs::metadata(out)?.len();
        print(&format!(
            "{}: {} labels, {} weights, {size} bytes, in {:.1} s\n",
            out.display(),
            model.labels().len(),
            model.weights(),
            start.elapsed().as_secs_f64()
        ))?;
        // what was saved is what a user will load
        tagger.with_model(upr::code::Model::load(out)?)?;
    }
    Ok(())
}

fn judge(examples: &[Example], given: &[Vec<String>], folds: usize) -> shared::Result<()> {
    let mut states: Vec<&str> = examples.iter().map(|example| example.group.as_str()).collect();
    states.sort_unstable();
    states.dedup();
    let of_state = |state: &str| {
        let rows = examples.iter().zip(given).filter(|(example, _)| example.group == state);
        Agreement::of(rows.map(|(example, given)| (&example.labels, given)))
    };
    let parts: Vec<Agreement> = states.iter().map(|state| of_state(state)).collect();
    let mut all = Agreement::new();
    parts.iter().for_each(|part| all.merge(part.clone()));
    print(&format!("\n{} States under review in {folds} folds\n", states.len()))?;
    for fold in 0..folds {
        let mut here = Agreement::new();
        let in_fold = states.iter().zip(&parts).filter(|(state, _)| fold_of(state, folds) == fold);
        in_fold.for_each(|(_, part)| here.merge(part.clone()));
        print(&format!(
            "fold {fold}: {} rows, micro-F1 {:.4}, macro-F1 {:.4}\n",
            here.recommendations(),
            here.micro().f1,
            here.macro_average().f1
        ))?;
    }
    print("\n| label | rows | precision | recall | F1 | kappa |\n| --- | --- | --- | --- | --- | --- |\n")?;
    for on in all.labels() {
        let Figures { precision, recall, f1 } =
            Figures { precision: on.precision, recall: on.recall, f1: on.f1 };
        let kappa = on.kappa.map(|kappa| format!("{kappa:.3}")).unwrap_or_default();
        print(&format!(
            "| {} | {} | {precision:.3} | {recall:.3} | {f1:.3} | {kappa} |\n",
            on.label, on.support
        ))?;
    }
    let (micro, macro_average) = (all.micro(), all.macro_average());
    print(&format!(
        "\nmicro:  precision {:.4}, recall {:.4}, F1 {:.4}\n",
        micro.precision, micro.recall, micro.f1
    ))?;
    print(&format!(
        "macro:  precision {:.4}, recall {:.4}, F1 {:.4}\n",
        macro_average.precision, macro_average.recall, macro_average.f1
    ))?;
    print(&format!("exact match: {:.4} of {} rows\n", all.exact_match(), all.recommendations()))?;
    if let Some(interval) = jackknife(&parts, |agreement| agreement.micro().f1) {
        print(&format!(
            "95% interval of the micro-F1 over States: {:.4} to {:.4}\n",
            interval.low, interval.high
        ))?;
    }
    Ok(())
}
