//! The flat table. The columns of issues that may follow its own are in `export/flat.rs`.

use super::{
    CYCLE, Content, DOCUMENT, ID, NUMBER_OF_STATES, PARAGRAPH, POSITION, REVIEWED, SESSION, TEXT, Table, text,
};

// read again as a list, a header such as issues or action_category would be that of the source's own labels
pub(super) const TABLE: Table = Table {
    file: "recommendations_flat.csv",
    title: "The recommendations, one row each, with States and codes by name, to sort and filter in a spreadsheet",
    content: Content::Flat,
    columns: &[
        ID,
        REVIEWED,
        SESSION,
        CYCLE,
        DOCUMENT,
        PARAGRAPH,
        TEXT,
        text("recommending_states", "The States that made it, separated by semicolons"),
        text(
            "regional_groups",
            "The UN regional groups of these States, each once, separated by semicolons; empty if none is known",
        ),
        NUMBER_OF_STATES,
        POSITION,
        text(
            "action_label",
            "What it asks to do: 1 minimal, 2 continuing, 3 considering, 4 general, 5 specific; empty if not coded",
        ),
        text("issue_labels", "Its issues by name, separated by semicolons; empty if it has none"),
        text("theme_labels", "The themes of these issues by name, each once, separated by semicolons"),
        text(
            "instrument_labels",
            "The instruments and mechanisms that it names, separated by semicolons; empty also if they were not coded",
        ),
        text(
            "sdg_labels",
            "The Sustainable Development Goals that it is relevant to, separated by semicolons; empty also if not coded",
        ),
        text(
            "affected_persons_labels",
            "The groups of persons whose rights it is about, separated by semicolons; empty also if not coded",
        ),
        text(
            "government_level_labels",
            "The levels of government that it addresses by name, separated by semicolons; empty also if not coded",
        ),
    ],
};
