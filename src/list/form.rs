//! The forms in which recommendations are published.

use crate::names::names;
use serde::{Deserialize, Serialize};

/// The form in which recommendations are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Form {
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
    /// Numbered recommendations with their States in brackets, and nothing else.
    BareList,
    /// The replies of a State under review, in an addendum to the report.
    Addendum,
    /// A file that could not be read, and was passed over.
    NotRead,
}

names! {
    Form, "form",
    Table = "table",
    Report = "report",
    Workbook = "workbook",
    Json = "JSON",
    ThematicList = "thematic list",
    BareList = "bare list",
    Addendum = "addendum",
    NotRead = "not read",
}
