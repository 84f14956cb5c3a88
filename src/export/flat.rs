//! The rows of `recommendations_flat.csv`: what a person sorts and filters by, in one row for each recommendation. On
//! request a column for each issue follows, with 1 or 0.

use super::dictionary::Table;
use super::rows::Said;
use super::sheet::Sheet;
use crate::codebook::{Aspect, Codebook, Codebooks};
use crate::coded::{CodedRecommendation, Coding, Selection};
use crate::dimension::Dimension;
use crate::state::RegionalGroup;
use std::borrow::Cow;
use std::collections::BTreeSet;

pub(super) fn rows(sheet: &mut Sheet, coded: &Selection<'_>, issue_columns: bool) {
    let codebooks = coded.codebooks();
    for coded in coded.iter() {
        let made = &coded.recommendation;
        let said = Said::of(made, codebooks.language());
        let [reviewed, _, session, cycle, document, paragraph] = &said.review;
        let groups = made.recommending_states.iter().filter_map(|name| name.state);
        let groups: BTreeSet<RegionalGroup> = groups.map(|state| state.regional_group).collect();
        let groups: Vec<&str> = groups.into_iter().map(RegionalGroup::as_str).collect();
        let action = action(coded, codebooks);
        let [issues, themes] = [Dimension::Issue, Dimension::Theme]
            .map(|dimension| labels(codebooks, dimension, Some(&coded.coding)));
        let [instruments, sdgs, persons, levels] =
            [Aspect::Instrument, Aspect::Sdg, Aspect::AffectedPersons, Aspect::GovernmentLevel]
                .map(|aspect| labels(codebooks, Dimension::Aspect(aspect), coded.aspect(aspect)));
        let groups = groups.join("; ");
        let mut cells: Vec<&str> = vec![
            &made.id,
            reviewed,
            session,
            cycle,
            document,
            paragraph,
            &made.text,
            &said.states,
            &groups,
            &said.number_of_states,
            said.position,
            &action,
            &issues,
            &themes,
            &instruments,
            &sdgs,
            &persons,
            &levels,
        ];
        if issue_columns {
            let has = |code: &str| if coded.coding.has(code) { "1" } else { "0" };
            cells.extend(codebooks.issues().issues().iter().map(|issue| has(&issue.code)));
        }
        sheet.row(&cells);
    }
}

/// `4 general`: in the order of the scale when it is sorted.
fn action(coded: &CodedRecommendation, codebooks: &Codebooks) -> String {
    let Some(action) = &coded.action else { return String::new() };
    let name = action.category.as_str();
    let label = codebooks.label(Dimension::ActionCategory, name).unwrap_or(Cow::Borrowed(name));
    format!("{} {label}", action.category.number())
}

/// The labels of a coding's codes, or of their themes, each once.
fn labels(codebooks: &Codebooks, dimension: Dimension, coding: Option<&Coding>) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for tag in coding.into_iter().flat_map(|coding| &coding.tags) {
        let code: &str = if dimension == Dimension::Theme { &tag.theme } else { &tag.code };
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let labels: Vec<_> = codes.into_iter().filter_map(|code| codebooks.label(dimension, code)).collect();
    labels.join("; ")
}

/// The columns of the issues, in the order of the codebook: header and description. The header is the code; where the table
/// itself has a column of this name, `issue=` comes before it.
pub(super) fn issue_columns(table: &Table, codebook: &Codebook) -> Vec<(String, String)> {
    let column = |issue: &crate::codebook::Issue| {
        let taken = table.columns.iter().any(|column| *column.name == *issue.code);
        let header = if taken { format!("issue={}", issue.code) } else { issue.code.to_string() };
        (header, format!("1 if the recommendation has the issue {}, otherwise 0", issue.label))
    };
    codebook.issues().iter().map(column).collect()
}
