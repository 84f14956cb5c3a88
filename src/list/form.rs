//! The forms in which recommendations are published.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The form in which recommendations are published.
///
/// # Example
///
/// ```
/// use upr::read::{Form, Reader};
///
/// // what is inside says it, not the name
/// let list = Reader::new().bytes("list.txt", br#"[{"text": "Abolish the death penalty"}]"#)?;
/// assert_eq!(list.files[0].form, Form::Json);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A CSV, TSV or semicolon file.
    Table,
    /// A report of the UPR Working Group.
    Report,
    /// A workbook of Excel (XLSX, XLS).
    Workbook,
    /// A JSON file.
    Json,
    /// OHCHR's thematic list of recommendations (DOCX).
    ThematicList,
    /// The replies of a State under review, in an addendum to the report.
    Addendum,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Form::Table => "table",
            Form::Report => "report",
            Form::Workbook => "workbook",
            Form::Json => "JSON",
            Form::ThematicList => "thematic list",
            Form::Addendum => "addendum",
        })
    }
}
