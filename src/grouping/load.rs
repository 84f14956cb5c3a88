//! Loads and checks the files of a grouping, as codebooks are loaded: the first fault ends it, told with file, line and
//! column.

use super::{Assignment, GroupDefinition, Grouping, OUTSIDE, Reading, Relation};
use crate::codebook::load::{Cells, Sheet, rows};
use crate::codebook::{Codebook, Theme, UNTAGGED};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::text::hash::Fnv;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const GROUPING: Sheet<'static> =
    Sheet { name: "grouping.csv", columns: &["key", "value"], required: 2, optional: false };
const GROUPS: Sheet<'static> = Sheet {
    name: "groups.csv",
    columns: &["group", "label", "definition", "also"],
    required: 2,
    optional: true,
};
const TABLE: Sheet<'static> = Sheet {
    name: "table.csv",
    columns: &["issue", "group", "relation", "note", "label", "definition"],
    required: 2,
    optional: false,
};

pub(super) fn path(path: &Path, codebook: &Codebook) -> Result<Grouping> {
    let shown = path.display().to_string();
    if !path.is_dir() {
        let bytes = crate::files::file(path)?;
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let table = rows("", &Sheet { name: &shown, ..TABLE }, Some(&bytes))?;
        let about = About { name, ..About::default() };
        return Parts { about, groups: None, table, hash: Fnv::new() }.check(codebook);
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
    let about = About::read(origin, &rows(origin, &GROUPING, files.get(GROUPING.name))?)?;
    let own = table_name(codebook);
    let is_table = own != GROUPING.name && own != GROUPS.name && files.contains_key(&own);
    let sheet = if is_table { Sheet { name: &own, ..TABLE } } else { TABLE };
    let table = rows(origin, &sheet, files.get(sheet.name))?;
    let groups = match files.get(GROUPS.name) {
        Some(bytes) if !about.groups.is_empty() => {
            // the file is read so that the fault is told with its line
            let rows = rows(origin, &GROUPS, Some(bytes))?;
            let expected = "no groups.csv where grouping.csv names a codebook as groups";
            if let Some(row) = rows.first() {
                return Err(row.unexpected("group", quoted(&row.cells[0]), expected));
            }
            None
        }
        Some(bytes) => Some(rows(origin, &GROUPS, Some(bytes))?),
        None => None,
    };
    Parts { hash: about.hash, about, groups, table }.check(codebook)
}

/// What `grouping.csv` says.
struct About {
    name: String,
    version: String,
    title: String,
    description: String,
    licence: String,
    /// The codebook whose issues are the groups, or empty.
    groups: String,
    hash: Fnv,
}

impl Default for About {
    fn default() -> About {
        let [name, version, title, description, licence, groups] = Default::default();
        About { name, version, title, description, licence, groups, hash: Fnv::new() }
    }
}

impl About {
    fn read(origin: &str, rows: &[Cells]) -> Result<About> {
        const KEYS: [&str; 6] = ["name", "version", "title", "description", "licence", "groups"];
        let mut values: [String; 6] = Default::default();
        let mut hash = Fnv::new();
        for row in rows {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
            match KEYS.iter().position(|key| *key == row.cells[0]) {
                Some(key) if !values[key].is_empty() => {
                    return Err(row.unexpected(
                        "key",
                        format!("{} again", quoted(KEYS[key])),
                        "each key once",
                    ));
                }
                Some(5) if !Codebook::BUNDLED.contains(&row.cells[1].as_str()) => {
                    let expected = format!("a bundled codebook: {}", listed(Codebook::BUNDLED));
                    return Err(row.unexpected("value", quoted(&row.cells[1]), expected));
                }
                Some(key) => values[key] = row.cells[1].clone(),
                None => return Err(row.unexpected("key", quoted(&row.cells[0]), listed(KEYS))),
            }
        }
        if let Some(key) = values[..2].iter().position(String::is_empty) {
            let place = Place::file(format!("{origin}/{}", GROUPING.name));
            return Err(Error::unexpected(place, format!("no {}", KEYS[key]), "a name and a version"));
        }
        let [name, version, title, description, licence, groups] = values;
        Ok(About { name, version, title, description, licence, groups, hash })
    }
}

/// What was read, before the parts are checked against each other and against the codebook.
struct Parts {
    about: About,
    /// The rows of `groups.csv`, if there is one.
    groups: Option<Vec<Cells>>,
    table: Vec<Cells>,
    hash: Fnv,
}

impl Parts {
    fn check(self, codebook: &Codebook) -> Result<Grouping> {
        let Parts { about, groups: group_rows, table, mut hash } = self;
        for row in group_rows.iter().flatten().chain(&table) {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
        }
        let theme = if about.title.is_empty() { &about.name } else { &about.title };
        let mut themes = vec![Theme {
            code: Arc::from(about.name.as_str()),
            label: theme.clone(),
            definition: about.description.clone(),
        }];
        let mut groups = Vec::new();
        // the groups come from groups.csv, from a codebook, or from the table itself
        let from_table = match (&group_rows, Codebook::bundled(&about.groups)) {
            (Some(rows), _) => {
                read_groups(rows, &themes[0].code, &mut groups)?;
                false
            }
            (None, Some(other)) => {
                hash = hash.add_field(other.hash());
                themes = other.themes().to_vec();
                groups.extend(other.issues().iter().map(|issue| GroupDefinition {
                    code: issue.code.clone(),
                    label: issue.label.clone(),
                    definition: issue.definition.clone(),
                    also: Vec::new(),
                    theme: issue.theme.clone(),
                }));
                false
            }
            (None, None) => true,
        };
        let known = if about.groups.is_empty() {
            "a group of groups.csv".to_string()
        } else {
            format!("an issue of the codebook {}", about.groups)
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
                let found = format!("{} for {issue}, which stands in line {}", quoted(group), other.line);
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
        let hash = format!("fnv1a64:{:016x}", hash.value());
        let grouping = Grouping {
            name: about.name,
            version: about.version,
            title: about.title,
            description: about.description,
            licence: about.licence,
            cells_hash: hash.clone(),
            hash,
            codebook: codebook.identity(),
            themes,
            groups,
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
    match Relation::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(relation)) {
        Some(known) => Ok(Some(known)),
        None => {
            let expected = format!("{}, or an empty cell", listed(Relation::ALL.map(Relation::as_str)));
            Err(row.unexpected("relation", quoted(relation), expected))
        }
    }
}

fn read_groups(rows: &[Cells], theme: &Arc<str>, groups: &mut Vec<GroupDefinition>) -> Result<()> {
    let mut seen = BTreeMap::new();
    for row in rows {
        let [code, label, definition, also] = row.cells.as_slice() else { continue };
        check_code(row, code)?;
        if let Some(first) = seen.insert(code, row.line) {
            let found = format!("{} again (first in line {first})", quoted(code));
            return Err(row.unexpected("group", found, "a code that is used once"));
        }
        let also = also.split('|').map(str::trim).filter(|form| !form.is_empty());
        groups.push(GroupDefinition {
            code: Arc::from(code.as_str()),
            label: label.clone(),
            definition: definition.clone(),
            also: also.map(str::to_string).collect(),
            theme: theme.clone(),
        });
    }
    Ok(())
}

/// Without `groups.csv` the groups are what the table names; the first label and definition of a group stand.
fn add_from_table(row: &Cells, theme: &Arc<str>, groups: &mut Vec<GroupDefinition>) -> Result<()> {
    let [_, code, _, _, label, definition] = row.cells.as_slice() else { return Ok(()) };
    check_code(row, code)?;
    match groups.iter_mut().find(|group| *group.code == **code) {
        None => groups.push(GroupDefinition {
            code: Arc::from(code.as_str()),
            label: if label.is_empty() { code.clone() } else { label.clone() },
            definition: definition.clone(),
            also: Vec::new(),
            theme: theme.clone(),
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
