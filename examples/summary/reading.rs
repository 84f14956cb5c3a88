//! Reads the files that were named, with a sign of life on a terminal.

use crate::corrections;
use crate::options::Options;
use crate::shared;
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::time::Duration;
use upr::count::Filter;
use upr::read::{FileRead, Reader, RecommendationList};
use upr::{CodedList, Dimension, Tally, Unit};

/// From so many bytes on, reading and coding take more than a moment.
const LONG_WORK: u64 = 1 << 20;

/// A sign of life on long work, on a terminal's stderr; nothing where the work is short, or stderr goes elsewhere.
pub(crate) fn progress(files: &[PathBuf]) -> ProgressBar {
    let size = |file: &PathBuf| std::fs::metadata(file).map_or(0, |about| about.len());
    let pdf = |file: &PathBuf| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if files.iter().map(size).sum::<u64>() < LONG_WORK && !files.iter().any(pdf) {
        return ProgressBar::hidden();
    }
    let progress = ProgressBar::new_spinner();
    progress.set_message(match files {
        [_] => "reading a file".to_string(),
        files => format!("reading {} files", files.len()),
    });
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

/// Reads the files, or the bundled list where there are none.
pub(crate) fn read(
    options: &Options,
    files: &[PathBuf],
    progress: ProgressBar,
) -> upr::Result<RecommendationList> {
    let mut reader = Reader::new();
    for (column, header) in &options.column {
        reader = reader.column(*column, header);
    }
    if options.keep_going {
        let progress = progress.clone();
        reader = reader.keep_going(move |_, error| progress.suspend(|| shared::report("summary", error)));
    }
    if !files.is_empty() {
        reader = reader.progress(move |path, file, of| {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            progress.set_message(format!("file {file} of {of}: {name}"));
        });
    }
    let given = |reader: Reader| {
        let reader = match &options.state_under_review {
            Some(state) => reader.state_under_review(state),
            None => reader,
        };
        let reader = match &options.session {
            Some(session) => reader.session(session),
            None => reader,
        };
        let reader = match &options.position {
            Some(words) => reader.position(words),
            None => reader,
        };
        let reader = match options.encoding {
            Some(encoding) => reader.encoding(encoding),
            None => reader,
        };
        let reader = match options.text_language {
            Some(language) => reader.language(language),
            None => reader,
        };
        match &options.document {
            Some(symbol) => reader.document(symbol),
            None => reader,
        }
    };
    shared::read(reader, files, given)
}

/// The columns of each file that were not used; where no State was read, with the option that may be missing.
pub(crate) fn unused_columns(coded: &CodedList) -> Vec<String> {
    // what a filter left does not tell what a file holds
    let all = coded.filtered().is_none();
    let no_states = all && coded.account().recommendation_x_state == 0;
    let files = coded.files.iter().filter(|file| !file.unused_columns.is_empty());
    let said = files.map(|file| {
        let unused = file.unused_columns.join("\", \"");
        let option = match (no_states, all && reviews_unknown(coded)) {
            (true, _) => format!(", as in --column \"recommending-states={}\"", file.unused_columns[0]),
            (false, true) => {
                format!(", as in --column \"state-under-review={}\"", file.unused_columns[0])
            }
            (false, false) => String::new(),
        };
        format!(
            "{}: columns not used: \"{unused}\" (--column says what a column contains{option})",
            file.file
        )
    });
    said.collect()
}

/// Whether the list has recommendations, and says of none who received it.
pub(crate) fn reviews_unknown(coded: &CodedList) -> bool {
    let mut list = coded.recommendations.iter().map(|coded| &coded.recommendation).peekable();
    list.peek().is_some() && list.all(|recommendation| recommendation.state_under_review.is_none())
}

/// Rows with one text are one recommendation of several States only if they are of one review.
pub(crate) fn merged_in_the_dark(coded: &CodedList) -> Option<String> {
    let account = coded.account();
    let merged = account.merged + account.repeated;
    let of_rows = match merged {
        1 => "1 row was".to_string(),
        rows => format!("{rows} rows were"),
    };
    (merged > 0 && reviews_unknown(coded)).then(|| {
        format!(
            "{of_rows} merged with others of the same text, as of one review, since no State under review is known: \
             --state-under-review NAME, or --column \"state-under-review=HEADER\" where a column names it."
        )
    })
}

/// What is missing where a report leaves answers open.
pub(crate) fn without_addendum(coded: &CodedList) -> Option<String> {
    let positions = Tally::of(coded, &[Dimension::Position]);
    let pending = positions.get(["pending"]).map_or(0, |count| count.recommendations);
    let read = |form| coded.files.iter().any(|file| file.form() == form);
    (pending > 0 && read("report") && !read("addendum"))
        .then(|| "Replies are usually in the State's addendum: add that file.".to_string())
}

/// The sheets of each workbook that hold lists as well and were not read.
pub(crate) fn unread_sheets(coded: &CodedList) -> Vec<String> {
    let files = coded.files.iter().filter(|file| !file.unread_sheets.is_empty());
    let said = files.map(|file| {
        let sheets = file.unread_sheets.join("\", \"");
        format!(
            "{}: other sheets that look like lists and were not read: \"{sheets}\" (save each as a file)",
            file.file
        )
    });
    said.collect()
}

/// The files that were read, and those that could not be read and were passed over.
pub(crate) fn read_or_not(coded: &CodedList) -> [Vec<&str>; 2] {
    let (not_read, read): (Vec<_>, Vec<_>) = coded.files.iter().partition(|file| is_not_read(file));
    [read, not_read].map(|files| files.into_iter().map(|file| &*file.file).collect())
}

fn is_not_read(file: &FileRead) -> bool {
    file.form() == "not read"
}

/// What may be wrong with the files.
pub(crate) fn warnings(coded: &CodedList) -> Vec<String> {
    coded.files.iter().flat_map(warnings_of).collect()
}

fn warnings_of(file: &FileRead) -> impl Iterator<Item = String> {
    file.warnings.iter().map(|warning| format!("{}: {warning}", file.file))
}

/// What a reader of one table must know and the whole summary would say.
pub(crate) fn notices(coded: &CodedList) -> Vec<String> {
    let mut notices = corrections::notices(coded);
    notices.extend(unused_columns(coded));
    notices.extend(unread_sheets(coded));
    let corrected = coded.corrected();
    if let Some((given, name)) = corrected.iter().next() {
        let (names, read_as) = (corrected.len(), name.read_as.as_deref().unwrap_or_default());
        notices.push(format!(
            "other spellings recognised: {names}, such as \"{given}\" as {read_as}; summary --all lists them"
        ));
    }
    if !coded.rejects.is_empty() {
        let rows = coded.rejects.len();
        notices.push(format!("rejected rows: {rows}; summary --all says why"));
    }
    // what was not read is said before and after
    let read = coded.files.iter().filter(|file| !is_not_read(file));
    notices.extend(read.flat_map(warnings_of).map(|warning| format!("warning: {warning}")));
    notices
}

/// What a reader must know of a filter, before the list is filtered: that nothing matches it, and what would; or that the
/// States beside those asked for are counted as well.
pub(crate) fn of_filter(options: &Options, filter: &Filter, coded: &CodedList) -> upr::Result<Vec<String>> {
    /// As many categories as fit into a line or two.
    const MOST: usize = 5;
    if filter.is_empty() {
        return Ok(Vec::new());
    }
    let passed = coded.filter(filter)?;
    let of_states = |dimension: Dimension| {
        matches!(dimension, Dimension::RecommendingState | Dimension::RegionalGroup | Dimension::Organisation)
    };
    if !passed.is_empty() {
        let joint = passed.iter().filter(|coded| coded.recommendation.pairs() > 1).count();
        let asked = filter.conditions().any(|(dimension, _)| of_states(dimension));
        let shown = match options.by {
            Some(by) => {
                of_states(by) || options.and.is_some_and(of_states) || options.unit() != Unit::Recommendations
            }
            None => options.explain.is_none() && options.check_codebook.is_none(),
        };
        let notice = format!(
            "if one State of a joint recommendation matches the filter, all of its States are counted, also those \
             outside the filter; joint: {joint} of {}",
            passed.len()
        );
        return Ok(if asked && shown && joint > 0 { vec![notice] } else { Vec::new() });
    }
    // in the spelling of the codebook, where a label has a comma
    let spelt = passed.filtered().and_then(|(conditions, _)| Filter::parse(conditions).ok());
    let filter = spelt.as_ref().unwrap_or(filter);
    let mut notices = vec![format!("no recommendation matches the filter {filter}, so all counts are 0")];
    for (dimension, categories) in filter.conditions() {
        let alone = categories.fold(Filter::new(), |alone, category| alone.with(dimension, category));
        let meet = coded.recommendations.iter().filter(|coded| alone.matches(coded)).count();
        let mut notice = format!("alone, {alone} matches {meet} of {}", coded.recommendations.len());
        if meet == 0 {
            let tally = Tally::of(coded, &[dimension]);
            let counts = tally.largest_first(Unit::Recommendations);
            let most = counts
                .iter()
                .take(MOST)
                .map(|(cell, count)| format!("{} ({})", cell[0], count.recommendations));
            let most: Vec<String> = most.collect();
            if !most.is_empty() {
                notice += &format!("; the most frequent of the list: {}", most.join(", "));
            }
        }
        notices.push(notice);
    }
    Ok(notices)
}
