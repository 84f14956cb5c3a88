//! Summarises lists of recommendations: how many, on what, from whom, and how they were answered.
//!
//! `cargo run --release --example summary` runs on the bundled digest of the United States' review of 2020;
//! `-- --help` shows the options. It is a program as a user of the library would write it: it reads, tags,
//! counts and exports with `upr`, and adds nothing but the layout. `options` has the options, `short` prints for
//! people what fits a screen, `screen` all of it, `report` for programs; what they say of statistics, asks and groups is
//! computed in `further` and `asks`. What replaces the summary: `cross` a table, `explain` one recommendation, `list` the recommendations and the issues, `like` what takes
//! up an ask, `changes` since another version of a list, `check` a codebook on trial, what is `recoded` by another codebook,
//! `suggest` for rules proposed from texts, a `sample` to code, and what people changed in a `project` of a QDA program.
//! `corrections` reads what people decided.

mod asks;
mod changes;
mod check;
mod corrections;
mod cross;
mod explain;
mod further;
mod like;
mod list;
mod options;
mod project;
mod reading;
mod recoded;
mod report;
mod sample;
mod screen;
#[path = "../shared/mod.rs"]
mod shared;
mod short;
mod suggest;

use further::{Further, Groups, Statistics};
use options::{Format, Options};
use shared::Refused;
use shared::output::{self, print};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use upr::count::Grouping;
use upr::export::{self, Folder, JsonOptions, overwrite_if};
use upr::{Codebook, CodedList, Tagger};

fn main() -> ExitCode {
    shared::finish("summary", run(&Options::read()))
}

fn run(options: &Options) -> shared::Result<()> {
    if options.help_all {
        return print(&options::help());
    }
    options.check_output()?;
    let corrections = corrections::read(options)?;
    if options.list_issues {
        return print(&list::issues(options, options.tagger(&corrections)?.codebooks().issues()));
    }
    let asks = options.like.as_deref().map(like::given).transpose()?;
    let filter = options.filter();
    let prepare = || {
        let tagger = options.tagger(&corrections)?;
        filter.check(tagger.codebooks())?;
        let grouping = options.group_by.as_deref().map(|name| Grouping::named(name, tagger.codebook()));
        Ok((tagger, grouping.transpose()?))
    };
    let progress = reading::progress(&options.files);
    let read = |files: &[PathBuf]| {
        reading::read(options, files, progress.clone()).inspect_err(|_| progress.finish_and_clear())
    };
    // the codebooks are read while the list is read
    let (prepared, list) = rayon::join(prepare, || read(&options.files));
    let (tagger, grouping): (Tagger, Option<Grouping>) =
        prepared.inspect_err(|_: &upr::Error| progress.finish_and_clear())?;
    let earlier = options.changed_since.as_ref().map(|file| read(std::slice::from_ref(file))).transpose()?;
    let list = list?;
    let differing: Vec<Vec<String>> =
        list.differing().iter().map(|group| group.iter().map(|made| made.id.clone()).collect()).collect();
    progress.set_message(format!("coding {} recommendations", list.recommendations.len()));
    let before =
        options.compare_codebook.as_deref().map(|name| Tagger::new(Codebook::named(name)?)).transpose()?;
    let later = (earlier.is_some() || before.is_some()).then(|| list.clone());
    let coded = tagger.tag(list).correct(&corrections);
    progress.finish_and_clear();
    let of_filter = reading::of_filter(options, &filter, &coded)?;
    let names = (!filter.is_empty()).then(|| short::names(&coded));
    let coded = if filter.is_empty() { coded } else { coded.filter(&filter)?.to_list() };
    of_filter.iter().for_each(|notice| notify(notice));
    write(options, &coded)?;
    let failing = if options.check_codebook.is_some() { check::failing(&tagger) } else { Vec::new() };
    let text = if let Some(by) = options.by {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        cross::text(options, by, &coded, &tagger)
    } else if options.list {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        list::text(options, &coded, &tagger)
    } else if let Some(asks) = &asks {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        like::text(options, asks, &coded, &tagger)?
    } else if let Some(id) = &options.explain {
        explain::text(options, coded.find(id)?, &coded, &tagger)
    } else if let (Some(earlier), Some(later)) = (&earlier, &later) {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        changes::text(options, earlier, later, &coded, &tagger)
    } else if let (Some(before), Some(list)) = (&before, later) {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        recoded::text(options, before, list, &coded, &tagger)?
    } else if let Some(issue) = &options.suggest {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        suggest::text(options, issue, &coded, &tagger)?
    } else if let Some(project) = &options.corrections_from {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        project::text(options, project, &coded, &tagger)?
    } else if let Some(number) = options.sample {
        reading::notices(&coded).iter().for_each(|notice| notify(notice));
        sample::text(options, number as usize, &coded, &tagger)?
    } else if options.check_codebook.is_some() {
        check::text(options, &coded, &tagger, &failing)?
    } else {
        let further = Further {
            statistics: options.statistics.then(|| Statistics::of(&coded)),
            groups: grouping.as_ref().map(|grouping| Groups::of(&coded, grouping)).transpose()?,
        };
        match options.format() {
            Format::Json => report::json(&coded, &tagger, &further),
            _ if !options.all => short::text(&coded, &tagger, &differing, names, &further, options),
            _ => screen::text(&coded, &tagger, &differing, &further, options),
        }
    };
    let printed =
        print(&text).and_then(|()| all_read(&coded)).and_then(|()| check::all_pass(options, &failing));
    // the process ends here, and to free a large list piece by piece would take a thirtieth of its time
    std::mem::forget((coded, tagger));
    printed
}

/// Whether all files were read. Said last, where `--keep-going` passed over some.
fn all_read(coded: &CodedList) -> shared::Result<()> {
    let [_, not_read] = reading::read_or_not(coded);
    let message = format!(
        "files not read, and not counted ({} of {}): {}",
        not_read.len(),
        coded.files.len(),
        not_read.join(", ")
    );
    let next = "the reasons are above: correct these files, or leave them out";
    if not_read.is_empty() { Ok(()) } else { Err(Refused::boxed(message, next)) }
}

/// Writes the page and the folders that are asked for.
fn write(options: &Options, coded: &CodedList) -> upr::Result<()> {
    if let Some(path) = &options.report {
        export::page_file(overwrite_if(options.force, path), coded)?;
        output::notify(&format!("wrote {}", path.display()));
    }
    if let Some(path) = &options.qda {
        match path.extension().is_some_and(|end| end.eq_ignore_ascii_case("qdc")) {
            true => export::qdc_file(overwrite_if(options.force, path), coded.codebooks().issues())?,
            false => export::qda_file(overwrite_if(options.force, path), coded)?,
        }
        output::notify(&format!("wrote {}", path.display()));
    }
    let Some(folder) = &options.out else { return Ok(()) };
    let mut open = Folder::for_list(overwrite_if(options.force, folder), coded, options.issue_columns)?;
    open.write(coded)?;
    let json = options.format() == Format::Json;
    if json {
        open.write_json(coded, &JsonOptions::default())?;
    }
    let statistics = options.statistics.then(|| open.write_statistics(coded)).transpose()?;
    // all of it takes its place at once
    let files = open.finish(&coded.files)?;
    output::notify(&format!("wrote {} files into {}", files.len() + usize::from(json), folder.display()));
    if let Some(files) = statistics {
        output::notify(&format!("wrote {} files into {}", files.len(), folder.join("statistics").display()));
    }
    Ok(())
}

/// Says on stderr what belongs to no table.
fn notify(notice: &str) {
    output::notify(&format!("summary: {notice}"));
}

/// Whether what is printed may be bold: on a terminal whose user wants colours.
fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
