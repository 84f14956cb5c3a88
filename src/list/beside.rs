//! What reading returns beside recommendations: replies, rejected rows, and how each file was read.

use super::form::Form;
use crate::error::Error;
use crate::files::decode::Decoded;
use crate::files::encoding::Encoding;
use crate::recommendation::{PositionGiven, Session, Source};
use crate::state::StateName;
use serde::{Deserialize, Serialize};
use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;

/// The reply of a State under review to a numbered recommendation, from an addendum to the report.
///
/// # Example
///
/// ```
/// // an addendum without the report or the list that it answers
/// let list = upr::read::path("fixtures/addenda/column.txt")?;
/// let reply = &list.replies[0];
/// assert!(list.recommendations.is_empty());
/// assert_eq!((reply.paragraph.as_str(), reply.position.position), ("1", Some(upr::Position::Supported)));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reply {
    /// The State under review.
    pub state_under_review: Option<StateName>,
    /// The session of the UPR Working Group.
    pub session: Option<Session>,
    /// The symbol of the addendum, such as `A/HRC/28/15/Add.1`.
    pub document: Option<String>,
    /// The number of the recommendation in the report, such as `115.12`.
    pub paragraph: String,
    /// The position, in the addendum's words.
    pub position: PositionGiven,
    /// Where it was read.
    pub source: Source,
}

/// A row that is not a recommendation.
///
/// # Example
///
/// ```
/// let table = b"text,recommending_states\n,Spain\n";
/// let reject = &upr::read::Reader::new().bytes("list.csv", table)?.rejects[0];
/// assert_eq!((&*reject.file, reject.row, reject.raw.as_str()), ("list.csv", 2, ",Spain"));
/// assert_eq!(reject.reason, "found an empty text, expected a recommendation");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reject {
    /// The file, without its folders.
    pub file: Arc<str>,
    /// The row, as in [`Source::row`].
    pub row: u64,
    /// What was found and what was expected.
    pub reason: String,
    /// The row as written; for a workbook or a document its cells, joined by tabs.
    pub raw: String,
}

impl Reject {
    /// A row that was refused for this reason.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Source, read::Reject};
    ///
    /// let reject = Reject::new(Source::new("list.csv", 2), "found nothing, expected a text", ",Spain");
    /// assert_eq!((reject.row, reject.raw.as_str()), (2, ",Spain"));
    /// ```
    pub fn new(source: Source, reason: impl Into<String>, raw: impl Into<String>) -> Reject {
        Reject { file: source.file, row: source.row, reason: reason.into(), raw: raw.into() }
    }
}

/// How a file was read.
///
/// # Example
///
/// ```
/// use upr::read::Reader;
///
/// let file = &Reader::new().bytes("list.csv", b"text,Colour\nAbolish the death penalty,blue\n")?.files[0];
/// assert_eq!((file.form(), file.rows, file.replaced), ("table", 1, 0));
/// assert_eq!(file.unused_columns, ["Colour"]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileRead {
    /// The file, without its folders.
    pub file: Arc<str>,
    pub(crate) form: Form,
    /// The headers of columns that were not used, because their meaning is not known.
    #[serde(default)]
    pub unused_columns: Vec<String>,
    /// Further sheets of a workbook that look like lists as well, and were not read: the first one alone is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_sheets: Vec<String>,
    /// What may be wrong with the file or with how it was read, a sentence each: what is missing, what contradicts
    /// itself, and what to do. A program that must not count such a file looks here first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The encoding that it was found to have, if it is text.
    pub encoding: Option<Encoding>,
    /// The rows under the header, blank lines apart; of a document, the recommendations (one number may hold several)
    /// or replies.
    pub rows: u64,
    /// The invalid bytes or characters that were replaced by U+FFFD.
    pub replaced: usize,
    /// The replies of an addendum, whether a recommendation was found for them or not.
    #[serde(default)]
    pub replies: u64,
    /// The records of other mechanisms (treaty bodies, special procedures), which stay aside.
    #[serde(default)]
    pub set_aside: u64,
}

impl FileRead {
    /// The form in which the recommendations were published, as found from the content: `table` (CSV, TSV, semicolons),
    /// `report` of the UPR Working Group, `workbook` (XLSX, XLS), `JSON`, OHCHR's `thematic list` (DOCX), a
    /// `bare list` of recommendations with their States in brackets, or `addendum` with the replies of a State under
    /// review. A file that [`Reader::keep_going`](crate::read::Reader::keep_going) passed over is `not read`.
    pub fn form(&self) -> &'static str {
        self.form.as_str()
    }
}

impl FileRead {
    /// An account of the file of this name and form, in which nothing is counted yet.
    pub(crate) fn new(name: &str, form: Form) -> FileRead {
        let file = Path::new(name).file_name().map_or(name.into(), |file| file.to_string_lossy());
        FileRead {
            file: Arc::from(file),
            form,
            unused_columns: Vec::new(),
            unread_sheets: Vec::new(),
            warnings: Vec::new(),
            encoding: None,
            rows: 0,
            replaced: 0,
            replies: 0,
            set_aside: 0,
        }
    }

    /// A file that could not be read, for this reason.
    pub(crate) fn not_read(path: &Path, error: &Error) -> FileRead {
        let about = FileRead::new(&path.display().to_string(), Form::NotRead);
        // the file is named beside the warning, and an export names no folder
        let message = error.to_string().replace(&path.display().to_string(), &about.file);
        let message = message.strip_prefix(&format!("{}: ", about.file)).unwrap_or(&message);
        let cause = error.source().map_or(String::new(), |cause| format!(" ({cause})"));
        FileRead {
            warnings: vec![format!("not read, so nothing of it is counted: {message}{cause}")],
            ..about
        }
    }

    /// The same for a file of text.
    pub(crate) fn of_text(name: &str, form: Form, decoded: &Decoded) -> FileRead {
        let (encoding, replaced) = (Some(decoded.encoding), decoded.replaced);
        FileRead { encoding, replaced, ..FileRead::new(name, form) }
    }
}
