//! Where all programs write: to standard output with [`print`], and into files only after [`may_write`] was asked.
//!
//! One rule says what may be replaced: a file that upr wrote, known by its content. With `--force` any other file may be
//! replaced as well, but never a file that the program reads.

use super::{Refused, Result};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use upr::{Table, export};

/// What a program writes, and so how an earlier one is known.
#[derive(Clone, Copy)]
pub(crate) enum Output {
    /// A folder of tables with `datapackage.json`.
    Export,
    /// The page of `--report`.
    Page,
    /// A project of `--qda`, in which people may have worked: none is replaced without `--force`.
    Project,
    /// A sheet that a person may have filled since: nothing replaces it, not even `--force`.
    Once,
    /// A file that begins with these bytes: the header of a table, the first bytes of a model.
    File(&'static str),
}

/// The header of `evaluate --disagreements`.
pub(crate) const DISAGREEMENTS: Output =
    Output::File("id,file,row,state_under_review,text,expected,given,missing,extra,evidence,set_aside\n");
/// The header of `evaluate --rules`.
pub(crate) const RULES: Output = Output::File("issue,kind,rule,line,fires,alone,right,alone_right\n");
/// The first bytes of a model.
pub(crate) const MODEL: Output = Output::File("uprmodel");
/// Whether `path` may be written: nothing is there, or an earlier output of the same kind, or `force` is given. Ask before
/// anything is read. What the program reads (`inputs`: files, and folders of codebooks) is never replaced.
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
        Output::Once if path.metadata().is_ok_and(|about| about.is_file() && about.len() > 0) => {
            let message = format!("{}: found a file that may have been filled by a coder", path.display());
            Err(Refused::boxed(message, "name another one, or remove this one yourself"))
        }
        Output::Once => Ok(()),
        _ if force => Ok(()),
        Output::Export => Ok(export::may_replace(path)?),
        Output::Page => Ok(export::may_replace_page(path)?),
        Output::Project if path.metadata().map_or(true, |about| about.len() == 0) => Ok(()),
        Output::Project => {
            let message =
                format!("{}: this file is there already, and people may have worked in it", path.display());
            Err(Refused::boxed(message, "name another one, or add --force to replace what is there"))
        }
        Output::File(start) if is_replaceable(path, start) => Ok(()),
        Output::File(_) => {
            let message = format!("{}: found a file that upr did not write", path.display());
            Err(Refused::boxed(message, "name another one, or add --force to replace what is there"))
        }
    }
}

/// An export removes the tables that the folder's description names, and with `force` any file with the name of a table.
fn is_replaced_by_export(input: &Path, folder: &Path, force: bool) -> bool {
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

/// Nothing is there, or nothing is in it, or it begins as ours do. Devices such as `/dev/stdout` keep nothing.
fn is_replaceable(path: &Path, start: &str) -> bool {
    let Ok(about) = path.metadata() else { return true };
    if !about.is_file() || about.len() == 0 {
        return true;
    }
    let (mut found, bytes) = (Vec::new(), MARK.len() + start.len());
    let read = File::open(path).and_then(|file| file.take(bytes as u64).read_to_end(&mut found));
    read.is_ok() && found.strip_prefix(MARK.as_bytes()).unwrap_or(&found).starts_with(start.as_bytes())
}

/// What begins a CSV file for a spreadsheet: without it, Excel shows `CÃ´te d'Ivoire`.
const MARK: &str = "\u{FEFF}";

/// A table as CSV to print: many a one is written into a file and opened by double click.
pub(crate) fn csv(table: &Table) -> String {
    format!("{MARK}{}", table.to_csv())
}

/// Prints to the end, or as far as the reader wants to read: `summary | head` is a success. Anything else that hinders,
/// such as a full disk, is an error.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable("standard output", error)),
        _ => Ok(()),
    }
}

/// Says on stderr what belongs into no result. If nobody can hear it, the work goes on.
pub(crate) fn notify(notice: &str) {
    writeln!(io::stderr(), "{notice}").ok();
}

fn unwritable(what: &str, error: io::Error) -> Box<dyn std::error::Error> {
    Refused { message: format!("{what}: cannot be written"), next: None, source: Some(error) }.into()
}
