//! Where all programs write: to standard output with [`print`] and [`show`], to standard error with [`notify`], and into
//! files only after [`may_write`] was asked.
//!
//! The library says what may be replaced: a file that upr wrote and that nobody has changed since. With `--force` any other
//! file may be replaced as well, but never a file that the program reads.

use super::{Refused, Result, visible};
use clap::error::ErrorKind as OptionError;
use clap::{CommandFactory, Parser};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, exit};
use std::sync::atomic::{AtomicBool, Ordering};
use upr::{Table, export};

/// What a program writes.
#[derive(Clone, Copy)]
pub(crate) enum Output {
    /// A folder of tables with `datapackage.json`.
    Export,
    /// A page, which says that upr wrote it.
    Page,
    /// Any other file: whether it may be replaced is known when its bytes are.
    File,
}

/// Whether `path` may be written, as far as that is known before anything is read. What the program reads (`inputs`: files,
/// and folders of codebooks) is never replaced.
pub(crate) fn may_write(path: &Path, output: Output, force: bool, inputs: &[PathBuf]) -> Result<()> {
    let replaces = |input: &&PathBuf| match output {
        Output::Export => is_replaced_by_export(input, path, force),
        _ => {
            is_same(path, input)
                || path.parent().is_some_and(|folder| path.exists() && is_same(folder, input))
        }
    };
    if let Some(input) = inputs.iter().find(replaces) {
        let message =
            format!("{}: this command reads it, and would replace it by its output", input.display());
        return Err(Refused::boxed(message, "name another file or folder for the output"));
    }
    match output {
        Output::Export if !force => Ok(export::may_replace(path)?),
        Output::Page if !force => Ok(export::may_replace_page(path)?),
        _ => Ok(()),
    }
}

/// An export removes the tables that the folder's description names, and with `force` any file with the name of a table.
fn is_replaced_by_export(input: &Path, folder: &Path, force: bool) -> bool {
    if is_same(input, folder) || is_same(input, &folder.join("statistics")) {
        return true;
    }
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    let above = input.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    let Some(above) = above.filter(|_| input.exists()) else { return false };
    [folder.to_path_buf(), folder.join("statistics")].iter().any(|folder| {
        let described = || std::fs::read_to_string(folder.join("datapackage.json")).unwrap_or_default();
        is_same(above, folder)
            && (force || name == "upr.json" || described().contains(&format!("\"path\": \"{name}\"")))
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// What begins a CSV file for a spreadsheet: without it, Excel shows `CÃ´te d'Ivoire`.
const MARK: &str = "\u{FEFF}";

/// A table as CSV to print: many a one is written into a file and opened by double click.
pub(crate) fn csv(table: &Table) -> String {
    format!("{MARK}{}", table.to_csv())
}

/// Whether something that was said on standard error did not arrive.
static UNHEARD: AtomicBool = AtomicBool::new(false);

/// Prints data to the end, or as far as the reader wants to read: `summary | head` is a success. Anything else that hinders,
/// such as a full disk, is an error.
pub(crate) fn print(text: &str) -> Result<()> {
    put(text.as_bytes()).map(drop)
}

/// [`print`] for bytes. Returns whether somebody still reads.
pub(crate) fn put(bytes: &[u8]) -> Result<bool> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true).map_err(|error| unwritable("standard output", error)),
    }
}

/// [`print`] for people: the texts of a list must not control the terminal.
pub(crate) fn show(text: &str) -> Result<()> {
    print(&text.split('\n').map(visible).collect::<Vec<_>>().join("\n"))
}

/// Says on standard error what belongs into no result. If it cannot, the work goes on, and [`code`] is 1 at the end.
pub(crate) fn notify(notice: &str) {
    let written = writeln!(io::stderr(), "{}", visible(notice));
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        UNHEARD.store(true, Ordering::Relaxed);
    }
}

/// The exit code of a program that has done its work: 1 where something that it said could not be written.
pub(crate) fn code() -> ExitCode {
    if UNHEARD.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The options of the command line. Ends the program where they make no sense, or ask for help or the version.
pub(crate) fn options<P: Parser>() -> P {
    P::try_parse().unwrap_or_else(|error| end(&error))
}

/// Ends the program because of its options: with code 2 and the reason on standard error.
pub(crate) fn end_options<P: CommandFactory>(kind: OptionError, message: &str) -> ! {
    end(&P::command().error(kind, message))
}

/// Prints help or a fault of the options, and ends the program.
fn end(error: &clap::Error) -> ! {
    match error.print().and_then(|()| io::stdout().flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            notify("standard output: cannot be written");
            notify(&format!("  because: {fault}"));
            exit(1)
        }
        _ => exit(error.exit_code()),
    }
}

fn unwritable(what: &str, error: io::Error) -> Box<dyn std::error::Error> {
    Refused { message: format!("{what}: cannot be written"), next: None, source: Some(error) }.into()
}
