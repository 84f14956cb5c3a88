//! The data dictionary: every table of an export, and every column in it.
//!
//! The header of each file and the description in `datapackage.json` are both made from here, so they agree. The
//! tables of the aspects, which a list may have or not, are in `aspects`, the flat table is in `flat`, those of a corrected list
//! are in `reviewed`, those of the statistics in `statistics`.

mod aspects;
mod flat;
mod reviewed;
pub(super) mod statistics;

use crate::coded::CodedList;
use crate::dimension::Dimension;

/// A table of the export.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) file: &'static str,
    pub(super) title: &'static str,
    pub(super) content: Content,
    pub(super) columns: &'static [Column],
}

/// A column: its name, its type in Frictionless terms, and what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) description: &'static str,
}

/// Which rows a table has; `rows` knows how to make each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Recommendations,
    Flat,
    RecommendingStates,
    Tags,
    Evidence,
    Suppressed,
    SourceLabels,
    Issues,
    Counts(Dimension),
    IssueBy(Dimension),
    Pledges,
    UnmatchedReplies,
    Rejects,
    Warnings,
    Unresolved,
    Corrected,
    Decisions,
    Examples,
    Aspects,
    AspectEvidence,
    AspectSuppressed,
    AspectCodes,
}

/// The tables that this list is written into.
pub(super) fn tables(coded: &CodedList) -> Vec<&'static Table> {
    let of_aspects = aspects::TABLES.iter().filter(|table| match table.content {
        Content::Counts(Dimension::ActionCategory) => coded.coded_by.actions.is_some(),
        Content::Counts(Dimension::Aspect(aspect)) => coded.codebooks().aspect(aspect).is_some(),
        _ => coded.codebooks().aspects().len() > 0,
    });
    let of_reviewed = reviewed::TABLES.iter().filter(|_| coded.is_corrected());
    TABLES.iter().chain(of_aspects).chain(of_reviewed).collect()
}

/// Every table that an export may have.
pub(super) fn all() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().chain(aspects::TABLES).chain(reviewed::TABLES)
}

const fn text(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: "string", description }
}

const fn number(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: "integer", description }
}

const ID: Column =
    text("id", "The recommendation's stable id: State under review, session, paragraph or hash of the text");
const ISSUE: Column =
    text("issue", "Code of the issue in the codebook; untagged for recommendations without one");
const LABEL: Column = text("label", "Name of the issue or theme, for people");
const THEME: Column = text("theme", "Code of the issue's theme");
const STATUS: Column = text(
    "status",
    "Who decided: machine (nobody corrected it), confirmed (a person agreed), or added (a person alone)",
);
const RULE: Column = text("rule", "The rule's pattern, as written in the codebook");
const START: Column = number("start", "Where the match begins in text, in characters from 0");
const END: Column = number("end", "Where the match ends in text, in characters: text[start:end] == matched");
const MATCHED: Column = text("matched", "The words of the text that the rule matched");
const STATE: Column = text(
    "state",
    "The State's short name, or the name as written if it was not recognised; in counts, not_given if the source names none",
);
const ISO3: Column = text("iso3", "ISO 3166-1 alpha-3 code of the State, empty if it is not known");
const GROUP: Column = text(
    "regional_group",
    "UN regional group: Africa, Asia, EEG, GRULAC, WEOG, or Observer; in counts of groups, unknown for States that were not recognised, and not_given without a State",
);
const FILE: Column = text("source_file", "The file it was read from, without its folders");
const ROW: Column = number(
    "source_row",
    "The row in that file as a spreadsheet shows it (the header is row 1); in a document, the row of a table; in JSON, the record",
);
const PARAGRAPH: Column = text(
    "paragraph",
    "Number of the recommendation in the report, after \"para. \": a spreadsheet would show 6.10 alone as 6.1",
);
const REVIEWED: Column =
    text("state_under_review", "The State that received it: its short name, or the name as given");
const DOCUMENT: Column = text("document", "Symbol of the document");
const TEXT: Column = text("text", "The recommendation as written in the source");
const POSITION: Column = text(
    "position",
    "supported, supported_in_part, noted or pending; empty if the source gives none, or one in words that were not \
     recognised (recommendations.csv has them in position_given)",
);
const NUMBER_OF_STATES: Column =
    number("number_of_states", "How many States made it: its recommendation–State pairs");
const SESSION: Column =
    text("session", "Session of the UPR Working Group; in counts, not_given if the source names none");
const CYCLE: Column = number("cycle", "Cycle of the UPR that the session belongs to");
const RECOMMENDATIONS: Column = number("recommendations", "Unit: recommendations, a joint one counted once");
const PAIRS: Column = number(
    "recommendation_x_state",
    "Unit: recommendation x recommending State, a joint one counted for each State",
);

/// What every table of counts ends with: both units, and the positions.
const COUNTS: [Column; 8] = [
    RECOMMENDATIONS,
    PAIRS,
    number("supported", "Recommendations that enjoy the support of the State under review"),
    number("supported_in_part", "Recommendations supported in part"),
    number("noted", "Recommendations that were noted"),
    number("pending", "Recommendations that the State will answer later"),
    number("other_position", "Recommendations with a position in words that were not recognised"),
    number("not_given", "Recommendations for which the source gives no position"),
];

/// These columns, and those of the counts.
const fn counted<const FIRST: usize, const ALL: usize>(first: [Column; FIRST]) -> [Column; ALL] {
    assert!(ALL == FIRST + COUNTS.len());
    let mut columns = [RECOMMENDATIONS; ALL];
    let mut at = 0;
    while at < ALL {
        columns[at] = if at < FIRST { first[at] } else { COUNTS[at - FIRST] };
        at += 1;
    }
    columns
}

/// The tables of every list.
const TABLES: &[Table] = &[
    Table {
        file: "recommendations.csv",
        title: "The recommendations, one row each",
        content: Content::Recommendations,
        columns: &[
            ID,
            REVIEWED,
            text("sur_iso3", "ISO 3166-1 alpha-3 code of the State under review"),
            SESSION,
            CYCLE,
            DOCUMENT,
            PARAGRAPH,
            TEXT,
            POSITION,
            FILE,
            ROW,
            text("position_given", "The source's own words for the position"),
            text("position_stated_in", "The addendum that states the position, if it is another document"),
            text(
                "recommending_states",
                "The States that made it, separated by semicolons; recommending_states.csv has a row for each",
            ),
            NUMBER_OF_STATES,
            text(
                "merged_rows",
                "Other rows that state the same recommendation, as file:row, separated by blanks",
            ),
            number(
                "action_category",
                "What it asks to do: 1 minimal, 2 continuing, 3 considering, 4 general, 5 specific; empty if not coded",
            ),
            text("action_verb", "The words of the text that decided the category; empty if no verb did"),
            number("action_start", "Where they begin in text, in characters from 0"),
            number("action_end", "Where they end in text, in characters: text[start:end] == action_verb"),
            text(
                "action_decided_by",
                "rule (the written rules), model (a learned model, which decided otherwise), coder (a person), or no_verb",
            ),
            text(
                "language",
                "ISO 639-1 code of the language that the text is in, or other; empty if its words and those of its review \
                 do not tell. Texts in languages that the codebook has no rules for are not coded",
            ),
        ],
    },
    flat::TABLE,
    Table {
        file: "recommending_states.csv",
        title: "Who made each recommendation, one row for each recommendation and State",
        content: Content::RecommendingStates,
        columns: &[
            ID,
            STATE,
            ISO3,
            number("m49", "The UN's M49 code of the State, without zeros before it: 8 is 008, Albania"),
            GROUP,
            text("state_given", "The name as the source gives it"),
        ],
    },
    Table {
        file: "tags.csv",
        title: "What each recommendation is about, one row for each recommendation and issue",
        content: Content::Tags,
        columns: &[ID, ISSUE, THEME, STATUS],
    },
    Table {
        file: "evidence.csv",
        title: "Why it has these tags, one row for each match of a rule",
        content: Content::Evidence,
        columns: &[ID, ISSUE, RULE, START, END, MATCHED],
    },
    Table {
        file: "suppressed.csv",
        title: "Matches that an exclusion set aside",
        content: Content::Suppressed,
        columns: &[ID, ISSUE, RULE, START, END, MATCHED, text("by", "The pattern that set the match aside")],
    },
    Table {
        file: "source_labels.csv",
        title: "The labels that the source itself gives, one row each; not the tags of the codebook",
        content: Content::SourceLabels,
        columns: &[
            ID,
            text("kind", "heading, issue, theme, action, sdg or affected_persons"),
            text("label", "The label as the source gives it"),
        ],
    },
    Table {
        file: "issues.csv",
        title: "The issues of the codebook",
        content: Content::Issues,
        columns: &[ISSUE, LABEL, THEME, text("definition", "What is included and what is not")],
    },
    Table {
        file: "counts_by_issue.csv",
        title: "Counts by issue; a recommendation counts under each of its issues",
        content: Content::Counts(Dimension::Issue),
        columns: &counted::<3, 11>([ISSUE, LABEL, THEME]),
    },
    Table {
        file: "counts_by_theme.csv",
        title: "Counts by theme; a recommendation counts once under each theme of its issues",
        content: Content::Counts(Dimension::Theme),
        columns: &counted::<2, 10>([THEME, LABEL]),
    },
    Table {
        file: "counts_by_recommending_state.csv",
        title: "Counts by recommending State; a joint recommendation counts under each of its States",
        content: Content::Counts(Dimension::RecommendingState),
        columns: &counted::<3, 11>([STATE, ISO3, GROUP]),
    },
    Table {
        file: "counts_by_regional_group.csv",
        title: "Counts by regional group of the recommending States",
        content: Content::Counts(Dimension::RegionalGroup),
        columns: &counted::<1, 9>([GROUP]),
    },
    Table {
        file: "counts_by_state_under_review.csv",
        title: "Counts by State under review",
        content: Content::Counts(Dimension::StateUnderReview),
        columns: &counted::<3, 11>([STATE, ISO3, GROUP]),
    },
    Table {
        file: "counts_by_session.csv",
        title: "Counts by session of the UPR Working Group",
        content: Content::Counts(Dimension::Session),
        columns: &counted::<2, 10>([SESSION, CYCLE]),
    },
    Table {
        file: "issue_by_recommending_state.csv",
        title: "Counts by issue and recommending State, in long form, zeros included for the States of the UN",
        content: Content::IssueBy(Dimension::RecommendingState),
        columns: &[ISSUE, STATE, ISO3, RECOMMENDATIONS, PAIRS],
    },
    Table {
        file: "issue_by_regional_group.csv",
        title: "Counts by issue and regional group of the recommending States, in long form, zeros included",
        content: Content::IssueBy(Dimension::RegionalGroup),
        columns: &[ISSUE, GROUP, RECOMMENDATIONS, PAIRS],
    },
    Table {
        file: "voluntary_pledges.csv",
        title: "Voluntary pledges of States under review; not counted as recommendations",
        content: Content::Pledges,
        columns: &[
            ID,
            text("state_under_review", "The State that made the pledge"),
            text("sur_iso3", "Its ISO 3166-1 alpha-3 code"),
            SESSION,
            text("text", "The pledge as written in the source"),
            FILE,
            ROW,
        ],
    },
    Table {
        file: "unmatched_replies.csv",
        title: "Replies in addenda to recommendations that are in none of the files",
        content: Content::UnmatchedReplies,
        columns: &[
            text("state_under_review", "The State that replied"),
            SESSION,
            text("document", "Symbol of the addendum"),
            PARAGRAPH,
            text(
                "position",
                "supported, supported_in_part, noted, pending, or empty if the words were not recognised",
            ),
            text("position_given", "The addendum's own words for the position"),
            FILE,
            number("source_row", "The line of the addendum's text, or the page of a PDF, with the reply"),
        ],
    },
    Table {
        file: "rejects.csv",
        title: "Rows that could not be read",
        content: Content::Rejects,
        columns: &[
            FILE,
            ROW,
            text("reason", "What was found and what was expected"),
            text("raw", "The row as written"),
        ],
    },
    Table {
        file: "warnings.csv",
        title: "What may be wrong with a file or with how it was read",
        content: Content::Warnings,
        columns: &[
            FILE,
            text(
                "warning",
                "What is missing or contradicts itself, and what to do; or why the file was not read",
            ),
        ],
    },
    Table {
        file: "unresolved.csv",
        title: "Names and wordings that were not recognised, kept as written",
        content: Content::Unresolved,
        columns: &[
            text("kind", "state, position or session"),
            text("given", "The name or wording as the source gives it"),
            number("recommendations", "Recommendations that have it"),
            FILE,
            ROW,
            text(
                "suggestion",
                "The State with the most similar name, if there is one; a suggestion that no count uses",
            ),
            text("lookalike", "Which letter only looks like the right one, or is invisible"),
        ],
    },
    Table {
        file: "corrected.csv",
        title: "Other spellings of States' names, and the State that each was recognised as",
        content: Content::Corrected,
        columns: &[
            text("given", "The name as the source gives it"),
            text("read_as", "The short name of the State that it was recognised as"),
            ISO3,
            number("recommendations", "Recommendations that have it"),
            FILE,
            ROW,
        ],
    },
];
