//! The one error of this crate.
//!
//! It is opaque, so that new kinds of failure never break a caller.

use crate::text::visible::visible;
use std::fmt;
use std::io;
use std::path::Path;

/// What went wrong, in one plain sentence: the file, the line and the column where they are known, what was found, and
/// what was expected. A file that the system cannot read or write is only named: its [`source`](std::error::Error::source)
/// says why, and [`hint`](Error::hint) what to do next. `{:?}` prints all three, and so does a `main` that returns an error.
///
/// A bad row in a list of recommendations is not an error: it becomes a [`Reject`](crate::read::Reject).
///
/// # Example
///
/// ```
/// let error = upr::read::path("no-such-list.csv").unwrap_err();
/// assert_eq!(error.to_string(), "no-such-list.csv: cannot be read");
/// assert!(format!("{error:?}").starts_with("no-such-list.csv: cannot be read (No such file"));
/// assert_eq!(error.file(), Some("no-such-list.csv"));
/// ```
pub struct Error(Box<Parts>);

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

/// Whose fault it is: what a service needs to know to answer its caller.
///
/// # Example
///
/// ```
/// use upr::{Codebook, ErrorKind, State};
///
/// let kind = |error: upr::Error| error.kind();
/// assert_eq!(upr::read::path("no-such-list.csv").map_err(kind).err(), Some(ErrorKind::Unreadable));
/// assert_eq!(Codebook::load("fixtures/codebook-broken").map_err(kind).err(), Some(ErrorKind::Content));
/// assert_eq!(State::named("Narnia").map_err(kind).err(), Some(ErrorKind::Argument));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The system cannot read a file or folder, such as one that does not exist.
    Unreadable,
    /// The system cannot write a file or folder, such as one below a file.
    Unwritable,
    /// What a file holds is not what was expected.
    Content,
    /// A value that the caller passed is not valid, such as the name of a State or a filter.
    Argument,
    /// Two valid things do not belong together, such as a model and a codebook that it was not learned with.
    Mismatch,
}

struct Parts {
    kind: ErrorKind,
    place: Place,
    what: What,
    hint: Option<&'static str>,
}

enum What {
    Io(io::Error),
    Fault(Fault),
}

/// What was found, and what was expected instead. With a [`Place`] it is an [`Error`], without one a reject's reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) found: String,
    pub(crate) expected: String,
}

impl Fault {
    pub(crate) fn new(found: impl Into<String>, expected: impl Into<String>) -> Fault {
        Fault { found: found.into(), expected: expected.into() }
    }

    pub(crate) fn at(self, place: Place) -> Error {
        Error::new(ErrorKind::Content, place, What::Fault(self))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
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
        f.write_str(&visible(&self.file))?;
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
    fn new(kind: ErrorKind, place: Place, what: What) -> Error {
        Error(Box::new(Parts { kind, place, what, hint: None }))
    }

    fn io(kind: ErrorKind, file: &Path, source: io::Error) -> Error {
        Error::new(kind, Place::file(file.display().to_string()), What::Io(source))
    }

    pub(crate) fn unreadable(file: &Path, source: io::Error) -> Error {
        Error::io(ErrorKind::Unreadable, file, source)
    }

    pub(crate) fn unwritable(file: &Path, source: io::Error) -> Error {
        Error::io(ErrorKind::Unwritable, file, source)
    }

    /// What a file holds is not what was expected.
    pub(crate) fn unexpected(place: Place, found: impl Into<String>, expected: impl Into<String>) -> Error {
        Fault::new(found, expected).at(place)
    }

    /// A value that the caller passed; `name` says which, such as `State`.
    pub(crate) fn argument(name: &str, found: impl Into<String>, expected: impl Into<String>) -> Error {
        Error::unexpected(Place::file(name), found, expected).of_kind(ErrorKind::Argument)
    }

    /// Two things that do not belong together; `name` says where they met, such as `export`.
    pub(crate) fn mismatch(name: &str, found: impl Into<String>, expected: impl Into<String>) -> Error {
        Error::unexpected(Place::file(name), found, expected).of_kind(ErrorKind::Mismatch)
    }

    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Error {
        self.0.kind = kind;
        self
    }

    /// Says what to do next.
    pub(crate) fn advise(mut self, hint: &'static str) -> Error {
        self.0.hint = Some(hint);
        self
    }

    /// Which kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file that the error is about: its path where it could not be opened, otherwise its name. Several names are joined
    /// by commas.
    pub fn file(&self) -> Option<&str> {
        let about_file = !matches!(self.0.kind, ErrorKind::Argument | ErrorKind::Mismatch);
        (about_file && !self.0.place.file.is_empty()).then_some(&self.0.place.file)
    }

    /// The line in that file, counted from 1, where it is known.
    pub fn line(&self) -> Option<u64> {
        self.0.place.line
    }

    /// The name of the column of the table in that file, where it is known.
    pub fn column(&self) -> Option<&str> {
        self.0.place.column.as_deref()
    }

    /// What to do next, where the message itself does not say it.
    ///
    /// # Example
    ///
    /// ```
    /// let error = upr::read::path("no-such-list.csv").unwrap_err();
    /// assert_eq!(error.hint(), Some("check the name and the folder, or give the whole path"));
    /// ```
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.or(match (&self.0.what, self.0.kind) {
            (What::Io(cause), ErrorKind::Unreadable) if cause.kind() == io::ErrorKind::NotFound => {
                Some("check the name and the folder, or give the whole path")
            }
            (What::Io(_), ErrorKind::Unwritable) => {
                Some("name a file or folder that you may write to, in a folder that exists")
            }
            _ => None,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { kind, place, what, .. } = &*self.0;
        match what {
            // names of files and texts of lists are a stranger's
            What::Fault(fault) => f.write_str(&visible(&format!("{place}: {fault}"))),
            What::Io(_) if *kind == ErrorKind::Unwritable => write!(f, "{place}: cannot be written"),
            What::Io(_) => write!(f, "{place}: cannot be read"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        if let What::Io(cause) = &self.0.what {
            write!(f, " ({cause})")?;
        }
        match self.hint() {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.what {
            What::Io(cause) => Some(cause),
            What::Fault(_) => None,
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
    const MAX_LETTERS: usize = 60;
    let short: String = text.chars().take(MAX_LETTERS).collect();
    let mut short = visible(&short).into_owned();
    if text.chars().nth(MAX_LETTERS).is_some() {
        short.push('…');
    }
    format!("\"{short}\"")
}

/// The first of many items in a message: `126.1, 126.2, 126.3 and 4 more`.
pub(crate) fn few<S: AsRef<str>>(items: &[S]) -> String {
    /// As many as a reader looks up.
    const SHOWN: usize = 8;
    let shown: Vec<&str> = items.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match items.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// `number 6.9 is missing`, `the numbers 6.9, 6.10 and 4 more are missing`.
pub(crate) fn are_missing(numbers: &[String]) -> String {
    let (number, are) = if numbers.len() == 1 { ("number", "is") } else { ("the numbers", "are") };
    format!("{number} {} {are} missing", few(numbers))
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
