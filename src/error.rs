//! The one error of this crate.
//!
//! It is opaque, so that new kinds of failure never break a caller. The message is a plain sentence that
//! names the file, the line and the column where they are known, what was found and what was expected. Where
//! another error caused it, that error is in [`source`](std::error::Error::source), and not in the message.
//!
//! A bad row in a list of recommendations is not an error: it becomes a [`Reject`](crate::read::Reject).

use crate::text::fold::is_invisible;
use std::fmt;
use std::path::Path;

/// What went wrong, in one plain sentence.
///
/// # Example
///
/// ```
/// let error = upr::read::path("no-such-list.csv").unwrap_err();
/// assert_eq!(error.to_string(), "no-such-list.csv: cannot be read");
/// assert_eq!(error.file(), Some("no-such-list.csv"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

/// The result of everything in this crate that can fail.
///
/// # Example
///
/// ```
/// fn issues(folder: &str) -> upr::Result<usize> {
///     Ok(upr::Codebook::load(folder)?.issues().len())
/// }
/// assert_eq!(issues("fixtures/codebook-climate")?, 2);
/// assert!(issues("no-such-folder").is_err());
/// # Ok::<(), upr::Error>(())
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("{file}: cannot be {what}")]
    Io { file: String, what: &'static str, source: std::io::Error },
    #[error("{place}: found {found}, expected {expected}")]
    Unexpected { place: Place, found: String, expected: String },
}

/// A place in a file, as a person would name it: `rules.csv, line 7, column pattern`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<String>,
}

impl Place {
    pub(crate) fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), line: None, column: None }
    }

    pub(crate) fn line(&self, line: u64) -> Place {
        Place { line: Some(line), ..self.clone() }
    }

    pub(crate) fn column(&self, column: impl Into<String>) -> Place {
        Place { column: Some(column.into()), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        Ok(())
    }
}

impl Error {
    pub(crate) fn unreadable(file: &Path, source: std::io::Error) -> Error {
        Error::io(file, "read", source)
    }

    pub(crate) fn unwritable(file: &Path, source: std::io::Error) -> Error {
        Error::io(file, "written", source)
    }

    fn io(file: &Path, what: &'static str, source: std::io::Error) -> Error {
        Error(Box::new(Kind::Io { file: file.display().to_string(), what, source }))
    }

    pub(crate) fn unexpected(place: Place, found: impl Into<String>, expected: impl Into<String>) -> Error {
        Error(Box::new(Kind::Unexpected { place, found: found.into(), expected: expected.into() }))
    }

    /// The file that the error is about, as the caller named it.
    ///
    /// # Example
    ///
    /// ```
    /// let error = upr::Codebook::load("fixtures/codebook-broken").unwrap_err();
    /// assert_eq!(error.file(), Some("fixtures/codebook-broken/rules.csv"));
    /// ```
    pub fn file(&self) -> Option<&str> {
        match &*self.0 {
            Kind::Io { file, .. } => Some(file),
            Kind::Unexpected { place, .. } if place.file.is_empty() => None,
            Kind::Unexpected { place, .. } => Some(&place.file),
        }
    }

    /// The line in that file, counted from 1, where it is known.
    ///
    /// # Example
    ///
    /// ```
    /// let error = upr::Codebook::load("fixtures/codebook-broken").unwrap_err();
    /// assert_eq!(error.line(), Some(3));
    /// ```
    pub fn line(&self) -> Option<u64> {
        match &*self.0 {
            Kind::Io { .. } => None,
            Kind::Unexpected { place, .. } => place.line,
        }
    }
}

/// For conversions that cannot fail.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Error {
        match never {}
    }
}

/// `"text"` in quotation marks, cut to a length that fits into a message.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short = String::new();
    for c in text.chars().take(LONGEST) {
        if is_invisible(c) {
            short.extend(c.escape_default());
        } else {
            short.push(c);
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    format!("\"{short}\"")
}

/// `"a", "b" and "c"`: a list for a message.
pub(crate) fn listed<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| quoted(item.as_ref())).collect();
    match items.split_last() {
        None => "none".to_string(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
