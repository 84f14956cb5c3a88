//! The tables of a list that people corrected.

use super::{Content, Table, number, text};

/// The columns of the decisions before `file` are those of a file of corrections.
pub(super) const TABLES: &[Table] = &[
    Table {
        file: "decisions.csv",
        title: "What people decided, one row for each decision, with what became of it",
        content: Content::Decisions,
        columns: &[
            text("id", "The recommendation, as the file of corrections names it"),
            text("issue", "What was decided of: an issue, or dimension=category, such as position=noted"),
            text("decision", "confirm, add or remove"),
            text("coder", "Who decided"),
            text("date", "When, as written"),
            text("note", "Why, as written"),
            text("text_hash", "Hash of the text that the decision is about"),
            text("file", "The file of corrections"),
            number("row", "The line in that file"),
            text(
                "applied_to",
                "The recommendation that was corrected; empty where the decision was not applied",
            ),
            text(
                "status",
                "What became of it: confirmed, added or removed; empty where the decision was not applied",
            ),
            text("outcome", "applied, or why not"),
        ],
    },
    Table {
        file: "examples.csv",
        title: "What people decided of issues, as examples for the folder of a codebook",
        content: Content::Examples,
        columns: &[
            text("text", "The text of the recommendation"),
            text("tagged", "Codes of the issues that it must be given, with ; between them"),
            text("not_tagged", "Codes of the issues that it must not be given, with ; between them"),
            text(
                "note",
                "The recommendation's id, and the language of its text if it is not English: French ones belong into examples.fr.csv",
            ),
        ],
    },
];
