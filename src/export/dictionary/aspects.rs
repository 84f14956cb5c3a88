//! The tables of the aspects and of the action category: written only for lists that were coded along one, and counts for those only.

use super::{Column, Content, END, ID, MATCHED, RULE, START, Table, counted, number, text};
use crate::codebook::Aspect;
use crate::dimension::Dimension;

const ASPECT: Column = text("aspect", "instrument, sdg, affected_persons or government_level");
const CODE: Column = text("code", "Code in the aspect's codebook");
const LABEL: Column = text("label", "Name of the code, for people");
const THEME: Column = text("theme", "Code of its theme in the codebook");

pub(super) const TABLES: &[Table] = &[
    Table {
        file: "aspects.csv",
        title: "Instruments, goals, persons and levels of government, one row for each recommendation and code",
        content: Content::Aspects,
        columns: &[ID, ASPECT, CODE, LABEL],
    },
    Table {
        file: "aspect_evidence.csv",
        title: "Why it has these codes, one row for each match of a rule",
        content: Content::AspectEvidence,
        columns: &[ID, ASPECT, CODE, RULE, START, END, MATCHED],
    },
    Table {
        file: "aspect_suppressed.csv",
        title: "Matches of the aspects' rules that an exclusion set aside",
        content: Content::AspectSuppressed,
        columns: &[
            ID,
            ASPECT,
            CODE,
            RULE,
            START,
            END,
            MATCHED,
            text("by", "The pattern that set the match aside"),
        ],
    },
    Table {
        file: "aspect_codes.csv",
        title: "The codes of the aspects' codebooks",
        content: Content::AspectCodes,
        columns: &[ASPECT, CODE, LABEL, THEME, text("definition", "What is included and what is not")],
    },
    Table {
        file: "counts_by_action_category.csv",
        title: "Counts by action category; each recommendation has one",
        content: Content::Counts(Dimension::ActionCategory),
        columns: &counted::<2, 10>([
            number("action_category", "1 to 5; empty for recommendations that were not coded"),
            text("action_name", "minimal, continuing, considering, general or specific"),
        ]),
    },
    Table {
        file: "counts_by_instrument.csv",
        title: "Counts by instrument or mechanism named; a recommendation counts under each",
        content: Content::Counts(Dimension::Aspect(Aspect::Instrument)),
        columns: &counted::<3, 11>([
            text(
                "instrument",
                "Code of the instrument or mechanism; untagged for recommendations that name none",
            ),
            LABEL,
            THEME,
        ]),
    },
    Table {
        file: "counts_by_sdg.csv",
        title: "Counts by Sustainable Development Goal; a recommendation counts under each",
        content: Content::Counts(Dimension::Aspect(Aspect::Sdg)),
        columns: &counted::<3, 11>([
            text("sdg", "Code of the goal; untagged for recommendations without one"),
            LABEL,
            THEME,
        ]),
    },
    Table {
        file: "counts_by_affected_persons.csv",
        title: "Counts by group of affected persons; a recommendation counts under each",
        content: Content::Counts(Dimension::Aspect(Aspect::AffectedPersons)),
        columns: &counted::<3, 11>([
            text(
                "affected_persons",
                "Code of the group of persons; untagged for recommendations without one",
            ),
            LABEL,
            THEME,
        ]),
    },
    Table {
        file: "counts_by_government_level.csv",
        title: "Counts by level of government addressed; a recommendation counts under each",
        content: Content::Counts(Dimension::Aspect(Aspect::GovernmentLevel)),
        columns: &counted::<3, 11>([
            text(
                "government_level",
                "Code of the level of government; untagged for recommendations that address none by name",
            ),
            LABEL,
            THEME,
        ]),
    },
];
