//! What the example programs share: the bundled list, the parser of `--column`, and how an error is reported, with what
//! to do next. `layout` has lines and tables, `output` all that is written.

#![allow(dead_code)] // each program takes what it needs

pub(crate) mod layout;
pub(crate) mod nearest;
pub(crate) mod output;

use nearest::nearest_file;
use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;
use upr::read::{Column, Reader, RecommendationList};

/// Reads the files, or without any the bundled list of the United States, 2020. `given` sets in the reader what the user
/// says, against what is known of the bundled list.
pub(crate) fn read(
    reader: Reader,
    files: &[PathBuf],
    given: impl Fn(Reader) -> Reader,
) -> upr::Result<RecommendationList> {
    match files {
        [] => {
            let bundled = include_bytes!("../../fixtures/usa-2020.csv");
            let reader = reader.state_under_review("United States of America").session(36);
            given(reader.document("A/HRC/46/15")).bytes("fixtures/usa-2020.csv", bundled)
        }
        files => given(reader).paths(files),
    }
}

/// What `--column` takes: `text=Wording`.
pub(crate) fn column(given: &str) -> std::result::Result<(Column, String), String> {
    let (name, header) = given.split_once('=').ok_or("expected COLUMN=HEADER, such as text=Wording")?;
    let column = name.parse::<Column>().map_err(|error| error.to_string())?;
    Ok((column, header.to_string()))
}

/// The result of what a program does.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// An error of a program itself, not of the library.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) next: Option<&'static str>,
    pub(crate) source: Option<std::io::Error>,
}

impl Refused {
    pub(crate) fn boxed(message: String, next: &'static str) -> Box<dyn Error> {
        Box::new(Refused { message, next: Some(next), source: None })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

pub(crate) use upr::export::visible;

/// The end of a program: 0, or 1 with what is wrong, why, and what to do next. 1 also where notices could not be written.
pub(crate) fn finish(program: &str, result: Result<()>) -> ExitCode {
    let Err(error) = result else { return output::code() };
    report(program, &*error);
    ExitCode::FAILURE
}

/// Says what is wrong, why, and what to do next.
pub(crate) fn report(program: &str, error: &(dyn Error + 'static)) {
    output::notify(&format!("{program}: {error}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        output::notify(&format!("  because: {error}"));
        cause = error.source();
    }
    let refused = || error.downcast_ref::<Refused>().and_then(|refused| refused.next).map(str::to_string);
    if let Some(next) = error.downcast_ref().map_or_else(refused, |error| next(program, error)) {
        output::notify(&format!("  next: {next}"));
    }
}

/// What to do about a fault, where a program can say so.
fn next(program: &str, error: &upr::Error) -> Option<String> {
    let (message, file) = (error.to_string(), error.file().unwrap_or_default());
    let missing = error.source().and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let missing = missing.is_some_and(|cause| cause.kind() == ErrorKind::NotFound);
    if missing
        && error.kind() == upr::ErrorKind::Unreadable
        && let Some(near) = nearest_file(file)
    {
        return Some(format!("did you mean {}? Otherwise give the whole path", near.display()));
    }
    let refused = [
        "or an earlier export",
        "or no such file",
        "a file that may be written",
        "a folder that may be written",
    ];
    if refused.iter().any(|end| message.ends_with(end)) {
        return Some("name another one, or add --force to replace what is there".to_string());
    }
    if message.ends_with("or a column mapping (text=HEADER)") {
        return Some("name the header of the text with --column \"text=HEADER\"".to_string());
    }
    if message.ends_with("expected upr built with the feature pdf (--features pdf), or the document as text")
    {
        let command = format!("cargo run --release --features pdf --example {program} -- {file}");
        return Some(format!("run `{command}`, which needs Rust 1.92 and two minutes more to build"));
    }
    if program == "summary" && message.starts_with("filter: found the issue ") {
        return Some("--list-issues prints the codes and labels of all issues".to_string());
    }
    if message.ends_with(": found a folder, expected a list of recommendations") {
        return Some("name the files in it, as in FOLDER/*.csv".to_string());
    }
    error.hint().map(str::to_string)
}
