//! Loads and checks the files of a codebook. What a user may have got wrong is said with file, line and column;
//! the first fault ends the loading, since later ones often follow from it.

use super::notation::{self, Element, Lists, Pattern};
use super::{Codebook, Issue, Rule, RuleKind, RulePatterns, Theme, UNTAGGED};
use crate::Result;
use crate::error::{Error, Place, listed, quoted};
use crate::hash::Fnv;
use crate::input::decode::decode;
use crate::input::delimited::Delimited;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The codebooks that come with this crate, by name.
pub(crate) const BUNDLED: [(&str, [(&str, &str); 5]); 2] = [
    (
        "core",
        [
            ("codebook.csv", include_str!("core/codebook.csv")),
            ("themes.csv", include_str!("core/themes.csv")),
            ("issues.csv", include_str!("core/issues.csv")),
            ("lists.csv", include_str!("core/lists.csv")),
            ("rules.csv", include_str!("core/rules.csv")),
        ],
    ),
    (
        "upr-info",
        [
            ("codebook.csv", include_str!("upr-info/codebook.csv")),
            ("themes.csv", include_str!("upr-info/themes.csv")),
            ("issues.csv", include_str!("upr-info/issues.csv")),
            ("lists.csv", include_str!("upr-info/lists.csv")),
            ("rules.csv", include_str!("upr-info/rules.csv")),
        ],
    ),
];

/// A file of a codebook, or of a grouping: its columns, those that may be left out last.
pub(crate) struct Sheet<'n> {
    pub(crate) name: &'n str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) required: usize,
    /// Whether a codebook can do without the file.
    pub(crate) optional: bool,
}

impl Sheet<'_> {
    /// The file in messages; `origin` is its folder.
    fn place(&self, origin: &str) -> Place {
        if origin.is_empty() {
            Place::file(self.name)
        } else {
            Place::file(format!("{origin}/{}", self.name))
        }
    }
}

const CODEBOOK: Sheet<'static> =
    Sheet { name: "codebook.csv", columns: &["key", "value"], required: 2, optional: false };
const THEMES: Sheet<'static> =
    Sheet { name: "themes.csv", columns: &["theme", "label", "definition"], required: 2, optional: true };
const ISSUES: Sheet<'static> = Sheet {
    name: "issues.csv",
    columns: &["issue", "label", "theme", "definition"],
    required: 3,
    optional: false,
};
const LISTS: Sheet<'static> =
    Sheet { name: "lists.csv", columns: &["list", "term"], required: 2, optional: true };
const RULES: Sheet<'static> = Sheet {
    name: "rules.csv",
    columns: &["issue", "kind", "pattern", "with", "without", "note"],
    required: 3,
    optional: false,
};
const SHEETS: [&Sheet<'static>; 5] = [&CODEBOOK, &THEMES, &ISSUES, &LISTS, &RULES];

/// The most rows of a file of a codebook or a grouping: the longest that comes with this crate has 2,335 rules.
pub(crate) const MOST_ROWS: usize = 100_000;

/// The most issues of a codebook: the bundled ones have up to 145. Each is looked for among the others.
const MOST_ISSUES: usize = 5_000;

/// The most phrases of all patterns of a codebook together, as [`notation::MOST_PHRASES`] counts them for one: it bounds
/// the time to prepare a tagger. The rules of `core` have 17,208.
const MOST_PHRASES: usize = 5_000_000;

/// The most places of all regular expressions of a codebook together, as `notation` counts them for one;
/// the 22 of `core` have some 700. It bounds what a text made for them can cost.
const MOST_PLACES: usize = 5_000;

/// A row of a sheet: its cells, trimmed, in the order of the sheet's columns.
pub(crate) struct Cells {
    place: Place,
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Cells {
    pub(crate) fn unexpected(
        &self,
        column: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Error {
        Error::unexpected(self.place.line(self.line).column(column), found, expected)
    }
}

/// What someone asked for is neither bundled nor a folder.
pub(super) fn nowhere(name: &str) -> Error {
    let bundled = listed(BUNDLED.map(|(name, _)| name));
    let files = listed(SHEETS.iter().filter(|sheet| !sheet.optional).map(|sheet| sheet.name));
    let found = format!("neither a name nor a folder {}", quoted(name));
    Error::unexpected(Place::file("codebook"), found, format!("{bundled}, or a folder with {files}"))
}

pub(crate) fn folder(folder: &Path) -> Result<Codebook> {
    if !folder.is_dir() {
        let found = if folder.exists() { "a file" } else { "nothing" };
        let expected = format!("a folder with {}", listed(SHEETS.map(|sheet| sheet.name)));
        return Err(Error::unexpected(Place::file(folder.display().to_string()), found, expected));
    }
    let mut files = BTreeMap::new();
    for sheet in SHEETS {
        let path = folder.join(sheet.name);
        if sheet.optional && !path.exists() {
            continue;
        }
        let bytes = crate::input::file(&path)?;
        files.insert(sheet.name.to_string(), bytes);
    }
    load(&folder.display().to_string(), &files)
}

pub(crate) fn load(origin: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Codebook> {
    let mut hash = Fnv::new();
    let mut sheet = |sheet: &Sheet<'_>| -> Result<Vec<Cells>> {
        let rows = rows(origin, sheet, files.get(sheet.name))?;
        hash = hash.add_field(sheet.name);
        for row in &rows {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
        }
        Ok(rows)
    };
    let (about, themes, issues, lists, rules) =
        (sheet(&CODEBOOK)?, sheet(&THEMES)?, sheet(&ISSUES)?, sheet(&LISTS)?, sheet(&RULES)?);
    let [name, version, title, description, licence] = describe(origin, &about)?;
    let (themes, issues) = issues_in_themes(&themes, &issues)?;
    let lists = read_lists(&lists)?;
    let (rules, patterns) = read_rules(&rules, &issues, &lists)?;
    let hash = format!("fnv1a64:{:016x}", hash.value());
    Ok(Codebook { name, version, title, description, licence, hash, themes, issues, rules, patterns })
}

/// The rows of a file, checked for its columns; empty rows are left out.
pub(crate) fn rows(origin: &str, sheet: &Sheet<'_>, bytes: Option<&Vec<u8>>) -> Result<Vec<Cells>> {
    let place = sheet.place(origin);
    let expected = listed(sheet.columns);
    let Some(bytes) = bytes else {
        if sheet.optional {
            return Ok(Vec::new());
        }
        return Err(Error::unexpected(place, "no such file", format!("one with the columns {expected}")));
    };
    let decoded = decode(bytes, None);
    if let Some(at) = decoded.text.find('\u{FFFD}').filter(|_| decoded.replaced > 0) {
        let before = decoded.text[..at].replace("\r\n", "\n");
        let line = before.matches(['\n', '\r']).count() as u64 + 1;
        let found = format!("bytes that are no {}", decoded.encoding);
        return Err(Error::unexpected(place.line(line), found, "a file saved as UTF-8"));
    }
    let text = decoded.text;
    let known = |headers: &[String]| {
        headers.iter().filter(|h| sheet.columns.contains(&h.to_ascii_lowercase().as_str())).count()
    };
    let table = Delimited::open(&text, known)
        .map_err(|found| Error::unexpected(place.clone(), found, format!("the columns {expected}")))?;
    let header = place.line(1);
    let mut positions = vec![None; sheet.columns.len()];
    for (at, name) in table.headers.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let Some(column) = sheet.columns.iter().position(|column| column.eq_ignore_ascii_case(name)) else {
            return Err(Error::unexpected(header, format!("the column {}", quoted(name)), expected));
        };
        if positions[column].replace(at).is_some() {
            return Err(Error::unexpected(header, format!("the column {} twice", quoted(name)), expected));
        }
    }
    if let Some(missing) = positions[..sheet.required].iter().position(Option::is_none) {
        let found = format!("no column {}", quoted(sheet.columns[missing]));
        return Err(Error::unexpected(header, found, expected));
    }
    let mut rows = Vec::new();
    for row in table {
        let record = row.content.map_err(|reason| {
            let (found, expected) = reason.split_once(", expected ").unwrap_or((&reason, "a row of cells"));
            Error::unexpected(place.line(row.number), found.trim_start_matches("found "), expected)
        })?;
        if rows.len() == MOST_ROWS {
            let found = format!("more than {MOST_ROWS} rows");
            return Err(Error::unexpected(place.line(row.number), found, "a smaller table"));
        }
        let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").trim().to_string();
        let cells: Vec<String> = positions.iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Cells { place: place.clone(), line: row.number, cells });
        }
    }
    Ok(rows)
}

fn describe(origin: &str, rows: &[Cells]) -> Result<[String; 5]> {
    const KEYS: [&str; 5] = ["name", "version", "title", "description", "licence"];
    let mut values: [String; 5] = Default::default();
    for row in rows {
        match KEYS.iter().position(|key| *key == row.cells[0]) {
            Some(key) if !values[key].is_empty() => {
                return Err(row.unexpected("key", format!("{} again", quoted(KEYS[key])), "each key once"));
            }
            Some(key) => values[key] = row.cells[1].clone(),
            None => return Err(row.unexpected("key", quoted(&row.cells[0]), listed(KEYS))),
        }
    }
    if let Some(key) = values[..2].iter().position(String::is_empty) {
        let place = Place::file(format!("{origin}/{}", CODEBOOK.name));
        return Err(Error::unexpected(place, format!("no {}", KEYS[key]), "a name and a version"));
    }
    Ok(values)
}

/// A code is used in file names, columns and commands, so it is plain.
fn code(row: &Cells, column: &str, seen: &mut BTreeMap<String, u64>) -> Result<Arc<str>> {
    let code = &row.cells[0];
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if code == UNTAGGED {
        let expected = "another code, since this one stands for what has no issue";
        return Err(row.unexpected(column, quoted(code), expected));
    }
    if code.is_empty() || !code.chars().all(plain) {
        return Err(row.unexpected(column, quoted(code), "a code of small letters, digits and hyphens"));
    }
    if let Some(first) = seen.insert(code.clone(), row.line) {
        let found = format!("{} again (first in line {first})", quoted(code));
        return Err(row.unexpected(column, found, "a code that is used once"));
    }
    Ok(Arc::from(code.as_str()))
}

fn issues_in_themes(theme_rows: &[Cells], issue_rows: &[Cells]) -> Result<(Vec<Theme>, Vec<Issue>)> {
    let mut seen = BTreeMap::new();
    let mut themes = Vec::new();
    for row in theme_rows {
        let code = code(row, "theme", &mut seen)?;
        let [_, label, definition] = row.cells.as_slice() else { continue };
        themes.push(Theme { code, label: label.clone(), definition: definition.clone() });
    }
    let mut seen = BTreeMap::new();
    let mut issues = Vec::new();
    for row in issue_rows {
        let code = code(row, "issue", &mut seen)?;
        if issues.len() == MOST_ISSUES {
            return Err(row.unexpected("issue", format!("more than {MOST_ISSUES} issues"), "fewer"));
        }
        let [_, label, theme, definition] = row.cells.as_slice() else { continue };
        if theme.is_empty() {
            return Err(row.unexpected("theme", "an empty cell", "a theme"));
        }
        let theme = match themes.iter().find(|known| *known.code == **theme) {
            Some(known) => known.code.clone(),
            // without themes.csv, the themes are what issues.csv names
            None if theme_rows.is_empty() => {
                let theme: Arc<str> = Arc::from(theme.as_str());
                themes.push(Theme {
                    code: theme.clone(),
                    label: theme.to_string(),
                    definition: String::new(),
                });
                theme
            }
            None => {
                let known = listed(themes.iter().map(|theme| &theme.code));
                return Err(row.unexpected(
                    "theme",
                    quoted(theme),
                    format!("a theme of themes.csv: {known}"),
                ));
            }
        };
        issues.push(Issue { code, label: label.clone(), theme, definition: definition.clone() });
    }
    Ok((themes, issues))
}

fn read_lists(rows: &[Cells]) -> Result<Lists> {
    let mut lists: BTreeMap<String, Element> = BTreeMap::new();
    for row in rows {
        let [name, term] = row.cells.as_slice() else { continue };
        if name.is_empty() || name.contains(['(', ')', '{', '}', '<', '>', '|']) {
            return Err(row.unexpected("list", quoted(name), "a name without brackets"));
        }
        if let Some(at) = term.find(['(', '<', '{', '|', '/']) {
            let found = format!("{} in a term", quoted(&term[at..=at]));
            return Err(row.unexpected("term", found, "words; gaps and choices belong into rules.csv"));
        }
        let phrase =
            notation::phrase(term).map_err(|(found, expected)| row.unexpected("term", found, expected))?;
        Arc::make_mut(lists.entry(name.clone()).or_default()).push(phrase);
    }
    Ok(lists)
}

fn read_rules(rows: &[Cells], issues: &[Issue], lists: &Lists) -> Result<(Vec<Rule>, Vec<RulePatterns>)> {
    let mut seen: BTreeMap<(usize, RuleKind, &str), u64> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut patterns = Vec::new();
    let (mut phrases, mut places) = (0, 0);
    for row in rows {
        let [issue, kind, pattern, with, without, note] = row.cells.as_slice() else { continue };
        let Some(at) = issues.iter().position(|known| *known.code == **issue) else {
            return Err(row.unexpected("issue", quoted(issue), "an issue of issues.csv"));
        };
        let kinds = [RuleKind::Include, RuleKind::Exclude, RuleKind::ExcludeAll];
        let Some(kind) = kinds.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(kind)) else {
            return Err(row.unexpected("kind", quoted(kind), listed(kinds.map(RuleKind::as_str))));
        };
        if let Some(first) = seen.insert((at, kind, pattern), row.line) {
            let found = format!("{} again for {issue} (first in line {first})", quoted(pattern));
            return Err(row.unexpected("pattern", found, "a pattern that is used once for an issue"));
        }
        let mut parse = |column: &str, pattern: &str| {
            let pattern = notation::parse(pattern, lists)
                .map_err(|(found, expected)| row.unexpected(column, found, expected))?;
            match &pattern {
                Pattern::Regex(regex) => places += notation::places(regex),
                Pattern::Sequences(_) => phrases += pattern.phrases(),
            }
            if places > MOST_PLACES {
                let found = format!("regular expressions of more than {MOST_PLACES} places up to here");
                return Err(row.unexpected(
                    column,
                    found,
                    "fewer or shorter ones; most can be said in words",
                ));
            }
            if phrases > MOST_PHRASES {
                let found = format!("more than {MOST_PHRASES} phrases up to here, choices written out");
                return Err(row.unexpected(column, found, "fewer rules, choices or terms"));
            }
            Ok(pattern)
        };
        let pattern_of_rule = parse("pattern", pattern)?;
        let mut condition = |column: &str, text: &str| match text {
            "" => Ok(None),
            text => parse(column, text).map(Some),
        };
        patterns.push(RulePatterns {
            issue: at,
            pattern: pattern_of_rule,
            with: condition("with", with)?,
            without: condition("without", without)?,
        });
        rules.push(Rule {
            issue: issues[at].code.clone(),
            kind,
            pattern: Arc::from(pattern.as_str()),
            with: with.clone(),
            without: without.clone(),
            note: note.clone(),
            line: row.line,
        });
    }
    Ok((rules, patterns))
}
