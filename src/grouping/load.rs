//! Loads and checks the files of a grouping, as codebooks are loaded: the first fault ends it, reported with file, line and
//! column.

use super::rows::{Assignment, Relation};
use super::{Grouping, OUTSIDE, Reading};
use crate::codebook::{About, Codebook, Issue, Theme, UNTAGGED};
use crate::error::{Result, listed, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::text::hash::Fnv;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const GROUPING: Sheet<'static> =
    Sheet { name: "grouping.csv", columns: &["key", "value"], required: 2, optional: false, others: false };
const GROUPS: Sheet<'static> = Sheet {
    name: "groups.csv",
    columns: &["group", "label", "definition", "also"],
    required: 2,
    optional: true,
    others: false,
};
const TABLE: Sheet<'static> = Sheet {
    name: "table.csv",
    columns: &["issue", "group", "relation", "note", "label", "definition"],
    required: 2,
    optional: false,
    others: false,
};

pub(super) fn path(path: &Path, codebook: &Codebook) -> Result<Grouping> {
    let shown = path.display().to_string();
    if !path.is_dir() {
        let bytes = crate::files::file(path)?;
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let table = Sheet { name: &shown, ..TABLE }.rows("", Some(&bytes))?;
        let about = About { name, ..About::default() };
        let parts = Parts { about, groups_of: String::new(), groups: None, table, hash: Fnv::new() };
        return parts.check(codebook);
    }
    let mut files = BTreeMap::new();
    for name in [GROUPING.name.to_string(), GROUPS.name.to_string(), table_name(codebook), TABLE.name.into()]
    {
        let file = path.join(&name);
        if file.exists() {
            let bytes = crate::files::file(&file)?;
            files.insert(name, bytes);
        }
    }
    folder(&shown, &files, codebook)
}

/// The table for one codebook where a folder has several.
fn table_name(codebook: &Codebook) -> String {
    format!("{}.csv", codebook.name())
}

pub(super) fn folder(
    origin: &str,
    files: &BTreeMap<String, Vec<u8>>,
    codebook: &Codebook,
) -> Result<Grouping> {
    let bytes = |sheet: &Sheet<'_>| files.get(sheet.name).map(Vec::as_slice);
    let about_rows = GROUPING.rows(origin, bytes(&GROUPING))?;
    let (about, groups_of) = About::read(&GROUPING, origin, &about_rows, Some("groups"))?;
    let groups_of = groups_of.filter(|row| !row.cells[1].is_empty());
    if let Some(row) = groups_of.filter(|row| !Codebook::BUNDLED.contains(&row.cells[1].as_str())) {
        let expected = format!("a bundled codebook, one of {}", listed(Codebook::BUNDLED));
        return Err(row.unexpected("value", quoted(&row.cells[1]), expected));
    }
    let own = table_name(codebook);
    let is_table = own != GROUPING.name && own != GROUPS.name && files.contains_key(&own);
    let sheet = if is_table { Sheet { name: &own, ..TABLE } } else { TABLE };
    let table = sheet.rows(origin, bytes(&sheet))?;
    let mut groups = bytes(&GROUPS).map(|bytes| GROUPS.rows(origin, Some(bytes))).transpose()?;
    if groups_of.is_some()
        && let Some(row) = groups.take().as_ref().and_then(|rows| rows.first())
    {
        let expected = "no groups.csv where grouping.csv names a codebook as groups";
        return Err(row.unexpected("group", quoted(&row.cells[0]), expected));
    }
    let cells = about_rows.iter().flat_map(|row| &row.cells);
    let hash = cells.fold(Fnv::new(), |hash, cell| hash.add_field(cell));
    let groups_of = groups_of.map(|row| row.cells[1].clone()).unwrap_or_default();
    Parts { about, groups_of, groups, table, hash }.check(codebook)
}

/// What was read, before the parts are checked against each other and against the codebook.
struct Parts {
    about: About,
    /// The codebook whose issues are the groups, or empty.
    groups_of: String,
    /// The rows of `groups.csv`, if there is one.
    groups: Option<Vec<Cells>>,
    table: Vec<Cells>,
    hash: Fnv,
}

impl Parts {
    fn check(self, codebook: &Codebook) -> Result<Grouping> {
        let Parts { about, groups_of, groups: group_rows, table, mut hash } = self;
        for row in group_rows.iter().flatten().chain(&table) {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
        }
        let theme = if about.title.is_empty() { &about.name } else { &about.title };
        let mut themes = vec![Theme {
            code: Arc::from(about.name.as_str()),
            label: theme.clone(),
            definition: about.description.clone(),
        }];
        let (mut groups, mut also) = (Vec::new(), Vec::new());
        // the groups come from groups.csv, from a codebook, or from the table itself
        let from_table = match (&group_rows, Codebook::bundled(&groups_of)) {
            (Some(rows), _) => {
                (groups, also) = read_groups(rows, &themes[0].code)?;
                false
            }
            (None, Some(other)) => {
                hash = hash.add_field(&other.about().hash);
                themes = other.themes().to_vec();
                groups = other.issues().to_vec();
                false
            }
            (None, None) => true,
        };
        let known = if groups_of.is_empty() {
            "a group of groups.csv".to_string()
        } else {
            format!("an issue of the codebook {groups_of}")
        };
        let mut assignments: Vec<Assignment> = Vec::new();
        let mut seen: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for row in &table {
            let [issue, group, relation, note, label, definition] = row.cells.as_slice() else { continue };
            let Some(issue) = codebook.issue(issue).map(|issue| issue.code.clone()) else {
                let expected = format!("an issue of the codebook {}", codebook.name());
                return Err(row.unexpected("issue", quoted(issue), expected));
            };
            if let Some(first) = seen.insert((&row.cells[0], group), row.line) {
                let found = format!("{} again for {issue} (first in line {first})", quoted(group));
                return Err(row.unexpected("group", found, "each group once for an issue"));
            }
            if let Some(other) = assignments
                .iter()
                .find(|other| other.issue == issue && other.group.is_none() != (group == OUTSIDE))
            {
                let found = format!("{} for {issue}, which is in line {}", quoted(group), other.line);
                return Err(row.unexpected("group", found, format!("either groups or {OUTSIDE}")));
            }
            if !from_table && [label, definition].iter().any(|cell| !cell.is_empty()) {
                let (column, cell) =
                    if label.is_empty() { ("definition", definition) } else { ("label", label) };
                return Err(row.unexpected(
                    column,
                    quoted(cell),
                    "an empty cell, for the groups are given elsewhere",
                ));
            }
            if from_table && group != OUTSIDE {
                add_from_table(row, &themes[0].code, &mut groups)?;
            }
            let group = match groups.iter().find(|known| *known.code == **group) {
                Some(known) => Some(known.code.clone()),
                None if group == OUTSIDE => None,
                None => return Err(row.unexpected("group", quoted(group), format!("{known}, or {OUTSIDE}"))),
            };
            assignments.push(Assignment {
                issue,
                relation: read_relation(row, relation, group.is_none())?,
                group,
                note: note.clone(),
                line: row.line,
            });
        }
        also.resize(groups.len(), Vec::new());
        let grouping = Grouping {
            cells_hash: hash.named(),
            about,
            codebook: codebook.identity(),
            themes,
            groups,
            also,
            assignments,
            reading: Reading::Usual,
            by_issue: BTreeMap::new(),
        };
        Ok(grouping.with_reading(Reading::Usual))
    }
}

fn read_relation(row: &Cells, relation: &str, outside: bool) -> Result<Option<Relation>> {
    if relation.is_empty() {
        return Ok(None);
    }
    if outside {
        return Err(row.unexpected("relation", quoted(relation), format!("an empty cell beside {OUTSIDE}")));
    }
    match Relation::NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(relation)) {
        Some((_, known)) => Ok(Some(*known)),
        None => {
            let expected = format!("{}, or an empty cell", listed(Relation::NAMES.map(|(name, _)| name)));
            Err(row.unexpected("relation", quoted(relation), expected))
        }
    }
}

/// The groups of `groups.csv`, and what else files call them.
fn read_groups(rows: &[Cells], theme: &Arc<str>) -> Result<(Vec<Issue>, Vec<Vec<String>>)> {
    let mut seen = BTreeMap::new();
    let (mut groups, mut also) = (Vec::new(), Vec::new());
    for row in rows {
        let [code, label, definition, forms] = row.cells.as_slice() else { continue };
        check_code(row, code)?;
        if let Some(first) = seen.insert(code, row.line) {
            let found = format!("{} again (first in line {first})", quoted(code));
            return Err(row.unexpected("group", found, "a code that is used once"));
        }
        let forms = forms.split('|').map(str::trim).filter(|form| !form.is_empty());
        also.push(forms.map(str::to_string).collect());
        groups.push(Issue {
            code: Arc::from(code.as_str()),
            label: label.clone(),
            theme: theme.clone(),
            definition: definition.clone(),
        });
    }
    Ok((groups, also))
}

/// Without `groups.csv` the groups are what the table names; the first label and definition of a group are kept.
fn add_from_table(row: &Cells, theme: &Arc<str>, groups: &mut Vec<Issue>) -> Result<()> {
    let [_, code, _, _, label, definition] = row.cells.as_slice() else { return Ok(()) };
    check_code(row, code)?;
    match groups.iter_mut().find(|group| *group.code == **code) {
        None => groups.push(Issue {
            code: Arc::from(code.as_str()),
            label: if label.is_empty() { code.clone() } else { label.clone() },
            theme: theme.clone(),
            definition: definition.clone(),
        }),
        Some(group) => {
            if !label.is_empty() && *group.code == *group.label {
                group.label = label.clone();
            }
            if group.definition.is_empty() {
                group.definition = definition.clone();
            }
        }
    }
    Ok(())
}

/// A code is used in file names, columns and commands, so it is plain; capitals are allowed for codes as others publish
/// them, such as `A12`.
fn check_code(row: &Cells, code: &str) -> Result<()> {
    if code == OUTSIDE || code == UNTAGGED {
        let expected = "another code, since this one stands for what has no group";
        return Err(row.unexpected("group", quoted(code), expected));
    }
    if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(row.unexpected("group", quoted(code), "a code of letters, digits and hyphens"));
    }
    Ok(())
}
