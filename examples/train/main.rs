//! Trains a model on recommendations coded by hand, and measures how well it codes States under review that it has not
//! seen.
//!
//! The two models that come with `upr` are made by these commands, the same bytes each time; with `--folds 5` they
//! are judged first. `-- --help` shows the options.
//!
//! ```text
//! cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --out src/model/upr-info.model
//! cargo run --release --example train -- ../shared/data/upr-info/sessions-*.csv --actions --out src/action/action.model
//! ```

#[path = "../shared/mod.rs"]
mod shared;

use clap::Parser;
use shared::output::{Output, may_write, show};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use upr::ActionCategory;
use upr::code::{ActionCoder, Example, Learner, Model, fold_of};
use upr::evaluate::{Accuracy, Agreement, jackknife};
use upr::export::overwrite_if;
use upr::read::Reader;
use upr::{Codebook, Recommendation, Tagger};

/// Trains a model on coded recommendations; each row of the files counts once.
#[derive(Parser)]
#[command(name = "train", version)]
struct Options {
    /// Lists of recommendations with issues or action categories, such as UPR Info's export
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Trains on the action categories (column Action) instead of the issues
    #[arg(long, conflicts_with_all = ["codebook", "hear"])]
    actions: bool,
    /// The codebook whose rules the model may use: core, upr-info, or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "upr-info")]
    codebook: String,
    /// Further codebooks whose rules the model may use; `--hear none` for none
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    hear: Vec<String>,
    /// Saves the model, trained on all rows, in this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Judges the model: divides the States under review into folds by the hash of their names, and labels each fold with
    /// a model trained on the others
    #[arg(long, value_name = "NUMBER")]
    folds: Option<usize>,
    /// The cost of a row on the wrong side, against the size of the weights
    #[arg(long, default_value_t = 0.4)]
    cost: f32,
    /// How often all rows are visited
    #[arg(long, default_value_t = 8)]
    passes: usize,
    /// How many weights are kept; by default 80,000 for issues, 30,000 for actions
    #[arg(long, value_name = "NUMBER")]
    weights: Option<usize>,
    /// Decides the order in which rows are visited
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Allows --out to replace a file that is not a model
    #[arg(long)]
    force: bool,
}

fn main() -> ExitCode {
    shared::finish("train", run(&shared::output::options::<Options>()))
}

fn run(options: &Options) -> shared::Result<()> {
    let mut inputs = options.files.clone();
    inputs.extend([&options.codebook].into_iter().chain(&options.hear).map(PathBuf::from));
    options.out.as_ref().map_or(Ok(()), |out| may_write(out, Output::File, options.force, &inputs))?;
    let list = Reader::new().rows_apart().paths(&options.files)?;
    let labels = |recommendation: &Recommendation| match options.actions {
        true => recommendation.labels.action.iter().cloned().collect(),
        false => recommendation.labels.issues.clone(),
    };
    let examples = list.recommendations.iter().map(|recommendation| {
        let reviewed = recommendation.state_under_review.as_ref();
        let reviewed = reviewed.map(|state| state.to_string()).unwrap_or_default();
        Example::new(recommendation.text.as_str(), labels(recommendation)).in_group(reviewed)
    });
    let examples: Vec<Example> = examples.filter(|example| !example.labels.is_empty()).collect();
    show(&format!(
        "{} coded rows, {} others\n",
        examples.len(),
        list.recommendations.len() - examples.len()
    ))?;

    let learner = Learner::new().cost(options.cost).passes(options.passes).seed(options.seed);
    let learner = options.weights.map_or(learner, |weights| learner.weights(weights));
    if options.actions { actions(options, learner, &examples) } else { issues(options, learner, &examples) }
}

fn issues(options: &Options, learner: Learner, examples: &[Example]) -> shared::Result<()> {
    let mut tagger = Tagger::new(Codebook::named(&options.codebook)?)?;
    for name in options.hear.iter().filter(|name| *name != "none" && **name != options.codebook) {
        tagger = tagger.with_features_of(Codebook::named(name)?)?;
    }
    if let Some(folds) = options.folds {
        let start = Instant::now();
        let given = learner.out_of_fold(&tagger, examples, folds)?;
        judge(examples, &given, folds)?;
        show(&format!("{folds} models in {:.1} s\n", start.elapsed().as_secs_f64()))?;
    }
    if let Some(out) = &options.out {
        save(out, options.force, || learner.train(&tagger, examples))?;
        // what was saved is what a user will load
        tagger.with_model(Model::load(out)?)?;
    }
    Ok(())
}

fn actions(options: &Options, learner: Learner, examples: &[Example]) -> shared::Result<()> {
    let coder = ActionCoder::rules_only();
    if let Some(folds) = options.folds {
        let rules: Vec<String> = examples.iter().map(|e| coder.code(&e.text).category.to_string()).collect();
        judge_actions("written rules alone", examples, &rules)?;
        let start = Instant::now();
        let given = learner.out_of_fold_actions(&coder, examples, folds)?;
        let given: Vec<String> = given.into_iter().flatten().collect();
        judge_actions(&format!("rules and model, in {folds} folds"), examples, &given)?;
        let against = rules.iter().zip(&given).filter(|(rule, given)| rule != given).count();
        show(&format!("the model decided against the rules in {against} rows\n"))?;
        show(&format!("{folds} models in {:.1} s\n", start.elapsed().as_secs_f64()))?;
    }
    if let Some(out) = &options.out {
        save(out, options.force, || learner.train_actions(&coder, examples))?;
        coder.with_model(Model::load(out)?)?;
    }
    Ok(())
}

fn save(out: &Path, force: bool, train: impl FnOnce() -> upr::Result<Model>) -> shared::Result<()> {
    let start = Instant::now();
    let model = train()?;
    model.save(overwrite_if(force, out))?;
    show(&format!(
        "{}: {} labels, {} weights, {} bytes, in {:.1} s\n",
        out.display(),
        model.labels().len(),
        model.weights(),
        std::fs::metadata(out)?.len(),
        start.elapsed().as_secs_f64()
    ))?;
    Ok(())
}

fn judge_actions(name: &str, examples: &[Example], given: &[String]) -> shared::Result<()> {
    let category = |label: &String| label.parse::<ActionCategory>();
    let mut pairs = Vec::new();
    for (example, given) in examples.iter().zip(given) {
        pairs.push((category(&example.labels[0])?, Some(category(given)?)));
    }
    let accuracy = Accuracy::of(pairs);
    show(&format!(
        "\n{name}: {} rows, accuracy {:.4}, macro-F1 {:.4}, kappa {:.4}\n",
        accuracy.recommendations(),
        accuracy.accuracy(),
        accuracy.macro_f1(),
        accuracy.kappa().unwrap_or(f64::NAN)
    ))?;
    show("coded as \\ given      1      2      3      4      5   precision recall F1\n")?;
    for &expected in ActionCategory::ALL {
        let count = |given| format!("{:>6}", accuracy.count(&expected, Some(given)));
        let counts: Vec<String> = ActionCategory::ALL.iter().map(count).collect();
        let figures = accuracy.category(&expected);
        let (precision, recall, f1) = (figures.precision, figures.recall, figures.f1);
        show(&format!("{expected:<16} {} {precision:.3} {recall:.3} {f1:.3}\n", counts.join(" ")))?;
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
    show(&format!("\n{} States under review in {folds} folds\n", states.len()))?;
    for fold in 0..folds {
        let mut here = Agreement::new();
        let in_fold = states.iter().zip(&parts).filter(|(state, _)| fold_of(state, folds) == fold);
        in_fold.for_each(|(_, part)| here.merge(part.clone()));
        show(&format!(
            "fold {fold}: {} rows, micro-F1 {:.4}, macro-F1 {:.4}\n",
            here.recommendations(),
            here.micro().f1,
            here.macro_average().f1
        ))?;
    }
    show("\n| label | rows | precision | recall | F1 | kappa |\n| --- | --- | --- | --- | --- | --- |\n")?;
    for (label, on) in all.labels() {
        let (precision, recall, f1) = (on.precision, on.recall, on.f1);
        let kappa = on.kappa.map(|kappa| format!("{kappa:.3}")).unwrap_or_default();
        show(&format!(
            "| {} | {} | {precision:.3} | {recall:.3} | {f1:.3} | {kappa} |\n",
            label, on.support
        ))?;
    }
    let (micro, macro_average) = (all.micro(), all.macro_average());
    show(&format!(
        "\nmicro:  precision {:.4}, recall {:.4}, F1 {:.4}\n",
        micro.precision, micro.recall, micro.f1
    ))?;
    show(&format!(
        "macro:  precision {:.4}, recall {:.4}, F1 {:.4}\n",
        macro_average.precision, macro_average.recall, macro_average.f1
    ))?;
    show(&format!("exact match: {:.4} of {} rows\n", all.exact_match(), all.recommendations()))?;
    if let Some(interval) = jackknife(&parts, |agreement| agreement.micro().f1) {
        show(&format!(
            "95% interval of the micro-F1 over States: {:.4} to {:.4}\n",
            interval.lower, interval.upper
        ))?;
    }
    Ok(())
}
