//! The values that options take: each is checked before anything is read.

use std::path::{Path, PathBuf};
use upr::{Language, Session, State};

/// A State, in a form that the reader understands.
pub(super) fn state(given: &str) -> Result<String, upr::Error> {
    let state = State::named(given)?;
    // a code stands for the name; a name stays as it was typed
    Ok(if State::resolve(given).is_some() { given.to_string() } else { state.name.to_string() })
}

/// A project or a codebook for other programs, which know it by the end of its name.
pub(super) fn project(given: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(given);
    let end = path.extension().unwrap_or_default().to_ascii_lowercase();
    if end == "qdpx" || end == "qdc" {
        return Ok(path);
    }
    Err("expected a name that ends with .qdpx (a project) or .qdc (the codebook alone)".to_string())
}

/// A language that labels can be shown in.
pub(super) fn shown_in(given: &str) -> Result<Language, String> {
    match given.parse() {
        Ok(language @ (Language::English | Language::French | Language::Spanish)) => Ok(language),
        _ => Err("expected en, fr or es".to_string()),
    }
}

pub(super) fn position(given: &str) -> Result<String, String> {
    match upr::Position::from_wording(given) {
        Some(_) => Ok(given.to_string()),
        None => Err("expected supported, noted, supported in part or pending".to_string()),
    }
}

pub(super) fn session(given: &str) -> Result<String, upr::Error> {
    given.parse::<Session>().map(|_| given.to_string())
}

/// Whether a coding sheet is a page.
pub(crate) fn is_page(sheet: &Path) -> bool {
    sheet.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"))
}

/// A file for a coding sheet.
pub(super) fn sheet(given: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(given);
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("html") => Ok(path),
        _ => Err("expected a file that ends in .csv (a table) or .html (a page)".to_string()),
    }
}
