//! The program's options, its help, and what they ask to be coded.

mod values;

use crate::shared::{
    self,
    output::{self, Output, may_write},
};
use clap::builder::Resettable;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use upr::code::{ActionCoder, Corrections};
use upr::count::{Filter, Grouping};
use upr::read::{Column, Encoding};
use upr::{Aspect, Codebook, Dimension, Language, Tagger, Unit};
pub(crate) use values::is_page;
use values::{position, project, session, sheet, shown_in, state};

/// Counts the recommendations of the UN's Universal Periodic Review: how many, on what, from whom, and how
/// they were answered.
#[derive(Parser)]
// what is printed in place of the summary: one of these at a time
#[command(name = "summary", version, override_help = HELP, after_long_help = EXAMPLES, group = clap::ArgGroup::new("in_place"))]
pub(crate) struct Options {
    /// Lists of recommendations (CSV, TSV, Excel, ODS, JSON, thematic lists in Word), bare lists (numbered recommendations
    /// with States in brackets: text, Word), reports of the Working Group and addenda (text, Word, and PDF if the program was
    /// built with it); if no file is given, the bundled list, United States 2020
    pub(crate) files: Vec<PathBuf>,
    /// Passes over files that cannot be read, as long as one can: they are named first and last, and in the exported
    /// warnings.csv; the rest is done, and the exit code is 1. Otherwise the first such file ends the program
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// The State under review, if the list doesn't name it: any usual form of its name, or its ISO code
    #[arg(long, value_name = "STATE", value_parser = state, help_heading = "What the list doesn't say")]
    pub(crate) state_under_review: Option<String>,
    /// The session of the UPR Working Group, if the list doesn't name it: 1 to 54, not a year
    #[arg(long, value_name = "NUMBER", value_parser = session, help_heading = "What the list doesn't say")]
    pub(crate) session: Option<String>,
    /// The position of the State under review, if the list doesn't name it: supported, noted, supported in part
    #[arg(long, value_name = "POSITION", value_parser = position, help_heading = "What the list doesn't say")]
    pub(crate) position: Option<String>,
    /// The symbol of the document, if the list doesn't name it
    #[arg(long, value_name = "SYMBOL", help_heading = "What the list doesn't say")]
    pub(crate) document: Option<String>,
    /// The encoding of text files, if it is detected wrongly: utf-8, utf-16le, utf-16be, windows-1252, mac-roman, cp850,
    /// windows-1251
    #[arg(long, value_name = "NAME", help_heading = "What the list doesn't say")]
    pub(crate) encoding: Option<Encoding>,
    /// The language of all texts, if it is detected wrongly: en, fr, es, or another one that the codebook has rules for
    #[arg(long, value_name = "LANGUAGE", help_heading = "What the list doesn't say")]
    pub(crate) text_language: Option<Language>,
    /// Says which header of the list is which column, such as text=Wording; may be repeated. Columns: text,
    /// state-under-review, recommending-states, position, session, document, paragraph, issues, action, themes,
    /// sdgs, affected-persons, recommending-body
    #[arg(long, value_name = "COLUMN=HEADER", value_parser = shared::column, help_heading = "What the list doesn't say")]
    pub(crate) column: Vec<(Column, String)>,
    /// The codebook: core, upr-info (with its model), or a folder of your own
    #[arg(long, value_name = "NAME|PATH", default_value = "core")]
    pub(crate) codebook: String,
    /// Keeps only recommendations that match all conditions, such as issue=death-penalty,regional_group=WEOG; codes or
    /// labels; may be repeated. Two categories of one dimension mean "or". All results then cover only these recommendations
    #[arg(long, value_name = "DIMENSION=CATEGORY,...", value_parser = Filter::parse)]
    filter: Vec<Filter>,
    /// Applies what people decided: a table with the columns id, issue, decision (confirm, add or remove), coder, date, note and
    /// text_hash, as the page's review writes it; written again before each further file. Counts then are those after the corrections
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["changed_since", "check_codebook", "compare_codebook"])]
    pub(crate) corrections: Vec<PathBuf>,
    /// The language of labels and names, here, in the tables and on the page: en, fr or es. Codes and figures stay the same
    #[arg(long, value_name = "LANGUAGE", value_parser = shown_in, default_value = "en")]
    pub(crate) language: Language,
    /// Prints the whole summary, also what does not fit one screen: all issues, themes, rejected rows, names, warnings
    #[arg(long, conflicts_with = "in_place")]
    pub(crate) all: bool,
    /// Prints instruments, Sustainable Development Goals, affected persons and levels of government as well; the
    /// tables and the JSON always contain them
    #[arg(long, conflicts_with = "in_place")]
    pub(crate) aspects: bool,
    /// Prints the share supported by issue, who raises an issue more often than the others, what asks for the same thing,
    /// and what returned from one cycle to the next; with --out, writes the folder DIR/statistics as well
    #[arg(long, conflicts_with = "in_place")]
    pub(crate) statistics: bool,
    /// Prints counts by the groups of upr-info, core, ohchr-themes, ohchr-themes-cycle-2, sdgs, blueprints-2021 or
    /// five-stages, or of a table of your own (a file or folder; src/grouping/GROUPINGS.md explains it)
    #[arg(long, value_name = "GROUPING|PATH", conflicts_with = "in_place")]
    pub(crate) group_by: Option<String>,
    /// How many recommending States are shown (default 5; with --all 10); with --by, how many of the largest rows; with --list, how many
    /// recommendations (on the screen 20); with --like, how many for each ask (5)
    #[arg(long, value_name = "N", conflicts_with_all = ["explain", "check_codebook"])]
    pub(crate) top: Option<usize>,
    /// Writes tables as CSV, and a file that describes them, into this folder; with --json, upr.json as well. The folder
    /// takes the place of an earlier export as a whole, including its statistics, or stays as it is; other files in it stay
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Writes a page to look at into this file: open it in any browser. An earlier page is replaced if nobody has changed it
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
    /// With --out, adds a column with 1 or 0 for each issue to recommendations_flat.csv, the table with one row for each
    /// recommendation
    #[arg(long, requires = "out")]
    pub(crate) issue_columns: bool,
    /// Writes the coded list as a project for MAXQDA, NVivo, ATLAS.ti, QualCoder and other programs (REFI-QDA): recommendations as texts,
    /// issues as codes, matched words as codings. With a name that ends with .qdc, the codebook alone
    #[arg(long, value_name = "FILE.qdpx|FILE.qdc", value_parser = project)]
    pub(crate) qda: Option<PathBuf>,
    /// Allows --out, --report, --qda and a page of --sheet to replace files that upr did not write, that were changed since, or
    /// that may only be read
    #[arg(long)]
    pub(crate) force: bool,
    /// Prints one table instead of the summary: counts by issue, theme, recommending_state, regional_group,
    /// organisation, state_under_review, session, cycle, position, action_category, instrument, sdg, affected_persons
    /// or government_level
    #[arg(long, group = "in_place", value_name = "DIMENSION", help_heading = "Instead of the summary")]
    pub(crate) by: Option<Dimension>,
    /// Crosses the table with another dimension
    #[arg(long, value_name = "DIMENSION", requires = "by", help_heading = "Instead of the summary")]
    pub(crate) and: Option<Dimension>,
    /// The unit of the table: a joint recommendation counts once, or once for each of its States
    #[arg(long, value_name = "UNIT", requires = "by", help_heading = "Instead of the summary")]
    unit: Option<UnitName>,
    /// Explains the coding of one recommendation: an id such as USA-36-26.161, its paragraph 26.161, or a part of the id
    /// that no other id has
    #[arg(long, group = "in_place", value_name = "ID", help_heading = "Instead of the summary")]
    pub(crate) explain: Option<String>,
    /// Prints the recommendations themselves, those that --filter selects: id, recommending States, position, text, issues
    #[arg(long, group = "in_place", conflicts_with = "group_by", help_heading = "Instead of the summary")]
    pub(crate) list: bool,
    /// Finds the recommendations that take up an ask, best first, with a score and the words that decided: a text, or a table
    /// (CSV with a column text or ask, perhaps id) with an ask in each row, such as an NGO's submission
    #[arg(
        long,
        group = "in_place",
        value_name = "TEXT|FILE",
        conflicts_with = "group_by",
        help_heading = "Instead of the summary"
    )]
    pub(crate) like: Option<String>,
    /// Prints the issues of --codebook with themes and definitions; no list is read
    #[arg(long, group = "in_place", conflicts_with_all = ["files", "filter", "top", "out", "report", "group_by"], help_heading = "Instead of the summary")]
    pub(crate) list_issues: bool,
    /// Lists what changed since an earlier version of the list, such as the draft of a report: texts, States, positions,
    /// numbers, and what was added or removed. What the lists don't say is said of both
    #[arg(
        long,
        group = "in_place",
        value_name = "FILE",
        conflicts_with = "filter",
        help_heading = "Instead of the summary"
    )]
    pub(crate) changed_since: Option<PathBuf>,
    /// Tries a codebook on the files: which of its examples (examples.csv) fail, and by which rule
    /// (then the exit code is 1); how often each rule matches, how often it is the only one, with which others, and examples;
    /// rules that never match, and issues without recommendations
    #[arg(
        long,
        group = "in_place",
        value_name = "NAME|PATH",
        conflicts_with = "codebook",
        help_heading = "Instead of the summary"
    )]
    pub(crate) check_codebook: Option<String>,
    /// Lists what --codebook codes differently from this codebook, such as an earlier version: each recommendation whose issues
    /// change, the rule that did it, and counts by issue. Both code by their rules alone
    #[arg(
        long,
        group = "in_place",
        value_name = "NAME|PATH",
        conflicts_with = "filter",
        help_heading = "Instead of the summary"
    )]
    pub(crate) compare_codebook: Option<String>,
    /// Proposes rules for an issue of --codebook, from texts that must have it and texts that must not: patterns to copy, with what
    /// they do in these texts, in texts held back, and in the list. No codebook is changed
    #[arg(
        long,
        group = "in_place",
        value_name = "ISSUE",
        conflicts_with = "filter",
        help_heading = "Instead of the summary"
    )]
    pub(crate) suggest: Option<String>,
    /// Lists what people changed in a project that --qda wrote: codes that they added and tags that they removed, as a table of
    /// corrections. Name the same list and codebook as then
    #[arg(
        long,
        group = "in_place",
        value_name = "FILE.qdpx",
        conflicts_with = "filter",
        help_heading = "Instead of the summary"
    )]
    pub(crate) corrections_from: Option<PathBuf>,
    /// The texts for --suggest: a table with the columns text, tagged and not_tagged (codes of issues); otherwise the codebook's
    /// own examples.csv
    #[arg(long, value_name = "FILE", requires = "suggest", help_heading = "Instead of the summary")]
    pub(crate) examples: Option<PathBuf>,
    /// Draws so many recommendations at random, for people to code without seeing the tags; with --sheet, writes the sheets. The
    /// same list, seed and number give the same sample on every machine
    #[arg(long, group = "in_place", value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Instead of the summary")]
    pub(crate) sample: Option<u32>,
    /// The seed of --sample: any whole number
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 1,
        requires = "sample",
        help_heading = "Instead of the summary"
    )]
    pub(crate) seed: u64,
    /// Draws about as many of each category of this dimension, such as issue, so that rare ones are in the sample. It is then no
    /// picture of the whole list
    #[arg(long, value_name = "DIMENSION", requires = "sample", help_heading = "Instead of the summary")]
    pub(crate) stratum: Option<Dimension>,
    /// Writes the sample as a coding sheet: a table for a spreadsheet, or a page on which issues are ticked in a browser; may be
    /// repeated. No --force replaces a table that was changed, since it may have been filled
    #[arg(long, value_name = "FILE.csv|FILE.html", requires = "sample", value_parser = sheet, help_heading = "Instead of the summary")]
    pub(crate) sheet: Vec<PathBuf>,
    /// The output format; csv only for a table, such as those of --by, --list, --sample
    #[arg(long, value_name = "FORMAT", default_value = "table", help_heading = "Output format")]
    format: Format,
    /// Prints all options with their values, examples and exit codes
    #[arg(long)]
    pub(crate) help_all: bool,
    /// Short for --format json
    #[arg(long, conflicts_with = "format", help_heading = "Output format")]
    json: bool,
}

/// The codebook on trial. All its faults are reported; the last one ends the program.
fn on_trial(name: &str) -> upr::Result<Codebook> {
    Codebook::named(name).map_err(|first| {
        let mut faults = if Path::new(name).is_dir() { Codebook::faults(name) } else { Vec::new() };
        let last = faults.pop().unwrap_or(first);
        faults.iter().for_each(|fault| output::notify(&format!("summary: {fault}")));
        last
    })
}

/// How the result is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// For spreadsheets and statistics
    Csv,
    /// For programs
    Json,
}

/// The units by the names that are typed.
#[derive(Clone, Copy, ValueEnum)]
enum UnitName {
    Recommendations,
    #[value(name = "recommendation-x-state")]
    RecommendationXState,
}

/// What `--help` prints: one screen.
const HELP: &str = include_str!("help.txt");
/// What `--help-all` prints after the options.
const EXAMPLES: &str = include_str!("examples.txt");

/// What `--help-all` prints.
pub(crate) fn help() -> String {
    Options::command().override_help(Resettable::Reset).render_long_help().to_string()
}

impl Options {
    /// Reads the command line; ends the program with code 2 where that makes no sense.
    pub(crate) fn read() -> Options {
        let options: Options = output::options();
        let twice =
            |at: usize| options.column[..at].iter().find(|(column, _)| *column == options.column[at].0);
        if let Some((first, at)) = (0..options.column.len()).find_map(|at| Some((twice(at)?, at))) {
            let message = format!(
                "--column names {} twice, with the headers {:?} and {:?}: a column has one header; write what both hold into one \
                 column of the list",
                first.0.as_str(),
                first.1,
                options.column[at].1
            );
            output::end_options::<Options>(ErrorKind::ArgumentConflict, &message);
        }
        if options.format == Format::Csv && !options.one_table() {
            let message = "--format csv prints one table: say which with --by DIMENSION, or write all tables with --out DIR";
            output::end_options::<Options>(ErrorKind::MissingRequiredArgument, message);
        }
        options
    }

    pub(crate) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    pub(crate) fn unit(&self) -> Unit {
        match self.unit {
            Some(UnitName::RecommendationXState) => Unit::RecommendationXState,
            _ => Unit::Recommendations,
        }
    }

    /// One filter of several: all conditions hold, and what is said of one dimension are alternatives.
    pub(crate) fn filter(&self) -> Filter {
        let conditions = self.filter.iter().flat_map(Filter::conditions);
        conditions.fold(Filter::new(), |filter, (dimension, categories)| {
            categories.fold(filter, |filter, category| filter.with(dimension, category))
        })
    }

    /// Whether one table is asked for in place of the summary.
    fn one_table(&self) -> bool {
        self.by.is_some()
            || self.list
            || self.like.is_some()
            || self.list_issues
            || self.changed_since.is_some()
            || self.check_codebook.is_some()
            || self.compare_codebook.is_some()
            || self.suggest.is_some()
            || self.corrections_from.is_some()
            || self.sample.is_some()
    }

    /// Whether the summary itself is asked for, and not one thing in its place.
    fn whole(&self) -> bool {
        self.explain.is_none() && (self.changed_since.is_some() || !self.one_table())
    }

    /// Refuses to replace files that are no output of this program, before anything is read.
    pub(crate) fn check_output(&self) -> shared::Result<()> {
        let codebooks = [
            Some(&self.codebook),
            self.check_codebook.as_ref(),
            self.compare_codebook.as_ref(),
            self.group_by.as_ref(),
        ];
        let mut inputs: Vec<PathBuf> = self.files.iter().chain(&self.corrections).cloned().collect();
        // a bundled name is not a folder, whatever is in a folder of that name
        let is_bundled = |name: &&String| match self.group_by.as_ref() == Some(*name) {
            true => Grouping::BUNDLED.contains(&name.as_str()),
            false => Path::new(name).exists() && Codebook::bundled(name).is_some(),
        };
        inputs.extend(codebooks.into_iter().flatten().filter(|name| !is_bundled(name)).map(PathBuf::from));
        inputs.extend(self.corrections_from.iter().chain(&self.changed_since).cloned());
        inputs.extend(self.like.iter().map(PathBuf::from).filter(|path| path.is_file()));
        let outputs = [(&self.out, Output::Export), (&self.report, Output::Page), (&self.qda, Output::File)];
        for (path, output) in outputs {
            path.as_ref().map_or(Ok(()), |path| may_write(path, output, self.force, &inputs))?;
        }
        for path in &self.sheet {
            let output = if is_page(path) { Output::Page } else { Output::File };
            may_write(path, output, self.force, &inputs)?;
        }
        Ok(())
    }

    /// The tagger for the codebook that is asked for. Aspects and action categories are coded where something asks for
    /// them: coding them takes as long as coding the issues.
    pub(crate) fn tagger(&self, corrections: &Corrections) -> upr::Result<Tagger> {
        let tagger = match &self.check_codebook {
            // rules are tried, compared and proposed without a model
            Some(name) => Tagger::new(on_trial(name)?)?,
            None if self.compare_codebook.is_some() || self.suggest.is_some() => {
                Tagger::new(Codebook::named(&self.codebook)?)?
            }
            None => Tagger::named(&self.codebook)?,
        };
        let filter = self.filter();
        let dimensions: Vec<Dimension> = filter
            .conditions()
            .map(|(dimension, _)| dimension)
            .chain(self.by)
            .chain(self.and)
            .chain(self.stratum)
            .chain(corrections.dimensions())
            .collect();
        let files = [&self.out, &self.report, &self.qda, &self.corrections_from];
        let everything = self.explain.is_some() || files.iter().any(|file| file.is_some());
        let all = everything || self.aspects || (self.whole() && self.format() == Format::Json);
        let wanted = |aspect: &Aspect| all || dimensions.contains(&Dimension::Aspect(*aspect));
        let aspects: Vec<Aspect> = Aspect::ALL.iter().copied().filter(wanted).collect();
        let aspects: Vec<_> = aspects.into_par_iter().map(|aspect| (aspect, aspect.codebook())).collect();
        let tagger = if aspects.is_empty() { tagger } else { tagger.with_aspects(aspects)? };
        let tagger = match everything || dimensions.contains(&Dimension::ActionCategory) {
            true => tagger.with_actions(ActionCoder::new()),
            false => tagger,
        };
        Ok(tagger.in_language(self.language))
    }
}
