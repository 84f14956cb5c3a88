//! Loads and checks the files of a codebook. What a user may have got wrong is said with file, line and column: the first
//! fault by [`Codebook::load`], all that can be told at once by [`Codebook::faults`]. What follows from a fault is no fault
//! of its own: rules are not checked where the issues or lists cannot be read, and a faulty issue is known to its rules.

use super::examples::{self, EXAMPLES};
use super::faults::Faults;
use super::notation::{self, Element, Lists, Pattern};
use super::{About, Codebook, Issue, Rule, RuleKind, RulePatterns, Theme, UNTAGGED};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::text::hash::Fnv;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

type Bundled = (&'static str, [(&'static str, &'static str); 6]);

/// The files of a codebook in a folder beside this file.
macro_rules! bundled {
    ($folder:literal) => {
        (
            $folder,
            [
                ("codebook.csv", include_str!(concat!($folder, "/codebook.csv"))),
                ("themes.csv", include_str!(concat!($folder, "/themes.csv"))),
                ("issues.csv", include_str!(concat!($folder, "/issues.csv"))),
                ("lists.csv", include_str!(concat!($folder, "/lists.csv"))),
                ("rules.csv", include_str!(concat!($folder, "/rules.csv"))),
                ("examples.csv", include_str!(concat!($folder, "/examples.csv"))),
            ],
        )
    };
}

/// The codebooks of issues that come with this crate, by name.
pub(crate) const BUNDLED: [Bundled; 2] = [bundled!("core"), bundled!("upr-info")];

/// Those of the aspects, in the order of [`Aspect::ALL`](super::Aspect::ALL).
pub(super) const ASPECTS: [Bundled; 4] =
    [bundled!("instruments"), bundled!("sdgs"), bundled!("affected-persons"), bundled!("government-level")];

pub(super) fn bundled((name, files): &Bundled) -> Codebook {
    let files = files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
    // the files are part of the program and every test loads them, so this cannot fail for a user
    load(&format!("codebook {name}"), &BTreeMap::from(files)).expect("the bundled codebook is valid")
}

/// A table of a codebook.
const fn sheet(
    name: &'static str,
    columns: &'static [&'static str],
    required: usize,
    optional: bool,
) -> Sheet<'static> {
    Sheet { name, columns, required, optional, others: false }
}

const CODEBOOK: Sheet<'static> = sheet("codebook.csv", &["key", "value"], 2, false);
const THEMES: Sheet<'static> = sheet("themes.csv", &["theme", "label", "definition"], 2, true);
const ISSUES: Sheet<'static> = sheet("issues.csv", &["issue", "label", "theme", "definition"], 3, false);
const LISTS: Sheet<'static> = sheet("lists.csv", &["list", "term"], 2, true);
const RULES: Sheet<'static> =
    sheet("rules.csv", &["issue", "kind", "pattern", "with", "without", "note"], 3, false);
const SHEETS: [&Sheet<'static>; 6] = [&CODEBOOK, &THEMES, &ISSUES, &LISTS, &RULES, &EXAMPLES];

/// The most issues of a codebook: the bundled ones have up to 145. Each is looked for among the others.
const MAX_ISSUES: usize = 5_000;

/// The most phrases of all patterns of a codebook together, as [`notation::MAX_PHRASES`] counts them for one: it bounds
/// the time to prepare a tagger. 2,335 rules of `core` had 17,208.
const MAX_PHRASES: usize = 5_000_000;

/// The most places of all regular expressions of a codebook together, as `notation` counts them for one;
/// the 22 of `core` have some 700. It bounds what a text made for them can cost.
const MAX_PLACES: usize = 5_000;

/// What someone asked for is neither bundled nor a folder.
pub(super) fn nowhere(name: &str) -> Error {
    let bundled = format!("one of {}", listed(BUNDLED.map(|(name, _)| name)));
    let found = format!("neither a name nor a folder {}", quoted(name));
    Error::argument("codebook", found, format!("{bundled}, or {}", folder_of_files()))
}

/// What a folder must hold to be a codebook.
fn folder_of_files() -> String {
    let files = SHEETS.iter().filter(|sheet| !sheet.optional).map(|sheet| sheet.name);
    format!("a folder with {}", listed(files))
}

/// The files of a folder, by name.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    if !folder.is_dir() {
        let found = if folder.exists() { "a file" } else { "nothing" };
        let place = Place::file(folder.display().to_string());
        return Err(Error::unexpected(place, found, folder_of_files()));
    }
    let mut files = BTreeMap::new();
    for sheet in SHEETS {
        let path = folder.join(sheet.name);
        if sheet.optional && !path.exists() {
            continue;
        }
        let bytes = crate::files::file(&path)?;
        files.insert(sheet.name.to_string(), bytes);
    }
    Ok(files)
}

pub(crate) fn folder(folder: &Path) -> Result<Codebook> {
    load(&folder.display().to_string(), &files(folder)?)
}

/// All faults of a folder that can be told at once, in the order in which they would end the loading.
pub(crate) fn faults(folder: &Path) -> Vec<Error> {
    match files(folder) {
        Ok(files) => check(&folder.display().to_string(), &files, MAX_FAULTS).err().unwrap_or_default(),
        Err(error) => vec![error],
    }
}

pub(crate) fn load(origin: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Codebook> {
    check(origin, files, 1).map_err(|faults| {
        let first = faults.into_iter().next();
        // without a codebook there is a fault
        first.unwrap_or_else(|| Error::unexpected(Place::file(origin), "no codebook", "one"))
    })
}

/// More faults than a person corrects before trying again.
const MAX_FAULTS: usize = 20;

fn check(
    origin: &str,
    files: &BTreeMap<String, Vec<u8>>,
    most: usize,
) -> std::result::Result<Codebook, Vec<Error>> {
    let mut faults = Faults::new(most);
    let mut hash = Fnv::new();
    let mut sheet = |sheet: &Sheet<'_>, faults: &mut Faults| -> Option<Vec<Cells>> {
        let bytes = files.get(sheet.name).map(Vec::as_slice);
        let rows = faults.take(sheet.rows(origin, bytes))?;
        hash = hash.add_field(sheet.name);
        for row in &rows {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
        }
        Some(rows)
    };
    let [about, themes, issues, lists, rules] =
        [&CODEBOOK, &THEMES, &ISSUES, &LISTS, &RULES].map(|one| sheet(one, &mut faults));
    let about = about.and_then(|rows| {
        let read = About::read(&CODEBOOK, origin, &rows, Some("language"));
        let read = read.and_then(|(about, language)| Ok((about, languages(language)?)));
        faults.take(read)
    });
    let subjects = themes.zip(issues).map(|(themes, issues)| issues_in_themes(&themes, &issues, &mut faults));
    let lists = lists.map(|lists| read_lists(&lists, &mut faults));
    let rules = match (rules, &subjects, &lists) {
        (Some(rules), Some((_, issues)), Some(lists)) => Some(read_rules(&rules, issues, lists, &mut faults)),
        _ => None,
    };
    let examples = faults.take(EXAMPLES.rows(origin, files.get(EXAMPLES.name).map(Vec::as_slice)));
    let examples = examples.zip(subjects.as_ref());
    let examples = examples.map(|(rows, (_, issues))| examples::read(&rows, issues, &mut faults));
    match (about, subjects, rules, examples) {
        (Some((about, languages)), Some((themes, issues)), Some((rules, patterns)), Some(examples))
            if faults.found.is_empty() =>
        {
            let about = About { hash: hash.named(), ..about };
            Ok(Codebook { about, languages, themes, issues, rules, patterns, examples })
        }
        _ => Err(faults.found.into_iter().map(|error| error.advise(HINT)).collect()),
    }
}

/// The languages in the row of `codebook.csv` that names them, English where none does.
fn languages(row: Option<&Cells>) -> Result<Vec<Language>> {
    let Some(row) = row.filter(|row| !row.cells[1].is_empty()) else { return Ok(vec![Language::English]) };
    let mut languages = Vec::new();
    for code in row.cells[1].split([' ', ',', ';']).filter(|code| !code.is_empty()) {
        let language = Language::ALL.iter().find(|language| language.as_str().eq_ignore_ascii_case(code));
        let expected = || {
            format!(
                "codes of languages, such as \"en fr\": {}",
                listed(Language::ALL.iter().map(|language| language.as_str()))
            )
        };
        languages.push(*language.ok_or_else(|| row.unexpected("value", quoted(code), expected()))?);
    }
    Ok(languages)
}

const HINT: &str = "correct that cell and run again; src/codebook/NOTATION.md explains the notation";

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

fn issues_in_themes(
    theme_rows: &[Cells],
    issue_rows: &[Cells],
    faults: &mut Faults,
) -> (Vec<Theme>, Vec<Issue>) {
    let mut seen = BTreeMap::new();
    let mut themes = Vec::new();
    for row in theme_rows {
        let code =
            faults.take(code(row, "theme", &mut seen)).unwrap_or_else(|| Arc::from(row.cells[0].as_str()));
        let [_, label, definition] = row.cells.as_slice() else { continue };
        themes.push(Theme { code, label: label.clone(), definition: definition.clone() });
    }
    let mut seen = BTreeMap::new();
    let mut issues = Vec::new();
    for row in issue_rows {
        if faults.full() {
            break;
        }
        let code =
            faults.take(code(row, "issue", &mut seen)).unwrap_or_else(|| Arc::from(row.cells[0].as_str()));
        if issues.len() == MAX_ISSUES {
            faults.add(row.unexpected("issue", format!("more than {MAX_ISSUES} issues"), "fewer"));
            break;
        }
        let [_, label, theme, definition] = row.cells.as_slice() else { continue };
        // without themes.csv, the themes are what issues.csv names
        if theme_rows.is_empty() && !theme.is_empty() && !themes.iter().any(|known| *known.code == **theme) {
            let code: Arc<str> = Arc::from(theme.as_str());
            themes.push(Theme { code, label: theme.to_string(), definition: String::new() });
        }
        let known = themes.iter().find(|known| *known.code == **theme).map(|known| known.code.clone());
        let theme = faults.take(known.ok_or_else(|| match theme.as_str() {
            "" => row.unexpected("theme", "an empty cell", "a theme"),
            theme => {
                let known = listed(themes.iter().map(|theme| &theme.code));
                row.unexpected("theme", quoted(theme), format!("a theme of themes.csv: {known}"))
            }
        }));
        let (label, definition) = (label.clone(), definition.clone());
        issues.push(Issue { code, label, theme: theme.unwrap_or_default(), definition });
    }
    (themes, issues)
}

fn read_lists(rows: &[Cells], faults: &mut Faults) -> Lists {
    let mut lists: BTreeMap<String, Element> = BTreeMap::new();
    for row in rows {
        let [name, term] = row.cells.as_slice() else { continue };
        if name.is_empty() || name.contains(['(', ')', '{', '}', '<', '>', '|']) {
            faults.add(row.unexpected("list", quoted(name), "a name without brackets"));
            continue;
        }
        let number = lists.len() as u32;
        let list = lists.entry(name.clone());
        let list = list.or_insert_with(|| Element { phrases: Arc::default(), list: Some(number) });
        if let Some(at) = term.find(['(', '<', '{', '|', '/']) {
            let found = format!("{} in a term", quoted(&term[at..=at]));
            let expected = "words; gaps and choices belong into rules.csv";
            faults.add(row.unexpected("term", found, expected));
            continue;
        }
        let phrase = notation::phrase(term).map_err(|fault| fault.at(row.place("term")));
        Arc::make_mut(&mut list.phrases).extend(faults.take(phrase));
    }
    lists
}

fn read_rules(
    rows: &[Cells],
    issues: &[Issue],
    lists: &Lists,
    faults: &mut Faults,
) -> (Vec<Rule>, Vec<RulePatterns>) {
    let mut seen: BTreeMap<(usize, RuleKind, &str), u64> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut patterns = Vec::new();
    let (mut phrases, mut places) = (0, 0);
    for row in rows {
        // what costs too much altogether is the fault of no single row
        if faults.full() || places > MAX_PLACES || phrases > MAX_PHRASES {
            break;
        }
        let [issue, kind, pattern, with, without, note] = row.cells.as_slice() else { continue };
        let at = issues.iter().position(|known| *known.code == **issue);
        let at = at.ok_or_else(|| row.unexpected("issue", quoted(issue), "an issue of issues.csv"));
        let Some(at) = faults.take(at) else { continue };
        let kinds = RuleKind::ALL.iter().copied();
        let known = kinds.clone().find(|known| known.as_str().eq_ignore_ascii_case(kind));
        let known = known.ok_or_else(|| {
            row.unexpected("kind", quoted(kind), format!("one of {}", listed(kinds.map(RuleKind::as_str))))
        });
        let Some(kind) = faults.take(known) else { continue };
        if let Some(first) = seen.insert((at, kind, pattern), row.line) {
            let found = format!("{} again for {issue} (first in line {first})", quoted(pattern));
            let expected = "a pattern that is used once for an issue";
            faults.add(row.unexpected("pattern", found, expected));
            continue;
        }
        let mut parse = |column: &str, pattern: &str| {
            let pattern = notation::parse(pattern, lists).map_err(|fault| fault.at(row.place(column)))?;
            match &pattern {
                Pattern::Regex(regex) => places += notation::places(regex),
                Pattern::Sequences(_) => phrases += pattern.phrases(),
            }
            if places > MAX_PLACES {
                let found = format!("regular expressions of more than {MAX_PLACES} places up to here");
                return Err(row.unexpected(
                    column,
                    found,
                    "fewer or shorter ones; most can be said in words",
                ));
            }
            if phrases > MAX_PHRASES {
                let found = format!("more than {MAX_PHRASES} phrases up to here, choices written out");
                return Err(row.unexpected(column, found, "fewer rules, choices or terms"));
            }
            Ok(pattern)
        };
        let pattern_of_rule = faults.take(parse("pattern", pattern));
        let mut condition = |column: &str, text: &str| match text {
            "" => Ok(None),
            text => parse(column, text).map(Some),
        };
        let with_and_without = [("with", with), ("without", without)].map(|(column, text)| {
            let read = condition(column, text);
            faults.take(read)
        });
        let (Some(pattern_of_rule), [Some(with_pattern), Some(without_pattern)]) =
            (pattern_of_rule, with_and_without)
        else {
            continue;
        };
        patterns.push(RulePatterns {
            issue: at,
            pattern: pattern_of_rule,
            with: with_pattern,
            without: without_pattern,
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
    (rules, patterns)
}
