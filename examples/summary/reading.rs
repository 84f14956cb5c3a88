//! Reads the files that were named, with a sign of life on a terminal.

use crate::options::Options;
use crate::shared;
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::time::Duration;
use upr::CodedList;
use upr::read::{Progress, Reader, RecommendationList};

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

pub(crate) fn read(options: &Options, progress: ProgressBar) -> upr::Result<RecommendationList> {
    let mut reader = Reader::new();
    for (column, header) in &options.column {
        reader = reader.column(*column, header);
    }
    if !options.files.is_empty() {
        reader = reader.progress(move |begun: Progress<'_>| {
            let name = begun.path.file_name().unwrap_or(begun.path.as_os_str()).to_string_lossy();
            progress.set_message(format!("file {} of {}: {name}", begun.file, begun.of));
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
        match &options.document {
            Some(symbol) => reader.document(symbol),
            None => reader,
        }
    };
    shared::read(reader, &options.files, given)
}

/// The columns of each file that were not used; where no State was read, with the option that may be missing.
pub(crate) fn unused_columns(coded: &CodedList) -> Vec<String> {
    let no_states = coded.account().recommendation_x_state == 0;
    let files = coded.files.iter().filter(|file| !file.unused_columns.is_empty());
    let said = files.map(|file| {
        let unused = file.unused_columns.join("\", \"");
        let option = match no_states {
            true => format!(", as in --column \"recommending-states={}\"", file.unused_columns[0]),
            false => String::new(),
        };
        format!("{}: columns not used: \"{unused}\" (--column says what one holds{option})", file.file)
    });
    said.collect()
}

/// What a reader of one table must know and the whole summary would say.
pub(crate) fn notices(coded: &CodedList) -> Vec<String> {
    let mut notices = unused_columns(coded);
    if !coded.rejects.is_empty() {
        let rows = coded.rejects.len();
        notices.push(format!("rejected rows: {rows}; the whole summary, without --by, tells why"));
    }
    notices
}
