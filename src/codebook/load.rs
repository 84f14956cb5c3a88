//! Loads and checks the files of a codebook. What a user may have got wrong is said with file, line and column: the first
//! fault by [`Codebook::load`], all that can be told at once by [`Codebook::faults`]. What follows from a fault is no fault
//! of its own: rules are not checked where the issues or lists cannot be read, and a faulty issue is known to its rules.

use super::faults::Faults;
use super::tables::{BundledFiles, CODEBOOK, Files, ISSUES, LISTS, RULES, SHEETS, THEMES};
use super::{About, Codebook, Issue, Theme, UNTAGGED, examples, languages, rules, tables};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::text::hash::Fnv;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

type Bundled = (&'static str, BundledFiles);

/// The files of a codebook in a folder beside this file: those that every codebook has here, its labels in French and
/// Spanish, its rules in them, and those named.
macro_rules! bundled {
    ($folder:literal, LABELS $(, $more:literal)*) => {
        bundled!(
            $folder; "issues.fr.csv", "themes.fr.csv", "issues.es.csv", "themes.es.csv" $(, $more)*
        )
    };
    ($folder:literal, LABELS RULES $(, $more:literal)*) => {
        bundled!(
            $folder, LABELS, "rules.fr.csv", "lists.fr.csv", "rules.es.csv", "lists.es.csv" $(, $more)*
        )
    };
    ($folder:literal; $($more:literal),*) => {
        (
            $folder,
            &[
                bundled!(@ $folder, "codebook.csv"),
                bundled!(@ $folder, "themes.csv"),
                bundled!(@ $folder, "issues.csv"),
                bundled!(@ $folder, "lists.csv"),
                bundled!(@ $folder, "rules.csv"),
                bundled!(@ $folder, "examples.csv"),
                $(bundled!(@ $folder, $more)),*
            ],
        )
    };
    (@ $folder:literal, $file:literal) => {
        ($file, include_str!(concat!($folder, "/", $file)))
    };
}

/// The codebooks of issues that come with this crate, by name.
pub(crate) const BUNDLED: [Bundled; 2] =
    [bundled!("core", LABELS RULES, "examples.fr.csv", "examples.es.csv"), bundled!("upr-info", LABELS)];

/// Those of the aspects, in the order of [`Aspect::ALL`](super::Aspect::ALL).
pub(super) const ASPECTS: [Bundled; 4] = [
    bundled!("instruments", LABELS RULES),
    bundled!("sdgs", LABELS RULES),
    bundled!("affected-persons", LABELS RULES),
    bundled!("government-level", LABELS RULES),
];

/// A bundled codebook. Its examples and what it has in other languages than English are read when they are asked for.
pub(super) fn bundled((name, files): &'static Bundled) -> Codebook {
    let by_name = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    // the files are part of the program and every test loads them, so this cannot fail for a user
    check(&format!("codebook {name}"), &by_name, 1, Some(files)).expect("the bundled codebook is valid")
}

/// The most issues of a codebook: the bundled ones have up to 145. Each is looked for among the others, and a text that has
/// them all is in the square of their number of cells of a cross-tabulation.
const MAX_ISSUES: usize = 1_000;

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

/// The files of a folder, by name: those of [`SHEETS`], and those of other languages.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    if !folder.is_dir() {
        let found = if folder.exists() { "a file" } else { "nothing" };
        let place = Place::file(folder.display().to_string());
        return Err(Error::unexpected(place, found, folder_of_files()));
    }
    let names = SHEETS.iter().map(|sheet| (sheet.name.to_string(), sheet.optional));
    let mut files = BTreeMap::new();
    for (name, optional) in names.chain(tables::file_names().map(|name| (name, true))) {
        let path = folder.join(&name);
        if !optional || path.exists() {
            files.insert(name, crate::files::file(&path)?);
        }
    }
    match unknown_language(folder) {
        Some(error) => Err(error),
        None => Ok(files),
    }
}

/// A file in a language that is never detected would be left out without a word.
fn unknown_language(folder: &Path) -> Option<Error> {
    let names =
        std::fs::read_dir(folder).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let unknown = names.filter(|name| {
        tables::language_of(name).is_some_and(|language| language.parse::<Language>().is_err())
    });
    let name = unknown.min()?;
    let found = format!("the language {}", quoted(tables::language_of(&name).unwrap_or_default()));
    let known = listed(Language::ALL.iter().map(|language| language.as_str()));
    Some(Error::unexpected(
        Place::file(folder.join(&name).display().to_string()),
        found,
        format!("one of {known}"),
    ))
}

pub(crate) fn folder(folder: &Path) -> Result<Codebook> {
    let files = files(folder)?;
    load(&folder.display().to_string(), files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// All faults of a folder that can be told at once, in the order in which they would end the loading.
pub(crate) fn faults(folder: &Path) -> Vec<Error> {
    let files = match files(folder) {
        Ok(files) => files,
        Err(error) => return vec![error],
    };
    let by_name = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    check(&folder.display().to_string(), &by_name, MAX_FAULTS, None).err().unwrap_or_default()
}

pub(crate) fn load<'f>(
    origin: &str,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Codebook> {
    check(origin, &files.into_iter().collect(), 1, None).map_err(|faults| {
        let first = faults.into_iter().next();
        // without a codebook there is a fault
        first.unwrap_or_else(|| Error::unexpected(Place::file(origin), "no codebook", "one"))
    })
}

/// More faults than a person corrects before trying again.
const MAX_FAULTS: usize = 20;

/// Reads and checks the files; those of a bundled codebook in other languages, and its examples, are left for later.
fn check(
    origin: &str,
    files: &Files<'_>,
    most: usize,
    bundled: Option<BundledFiles>,
) -> std::result::Result<Codebook, Vec<Error>> {
    let mut faults = Faults::new(most);
    let mut hash = Fnv::new();
    let mut sheet = |sheet: &Sheet<'_>, faults: &mut Faults| -> Option<Vec<Cells>> {
        let bytes = files.get(sheet.name).copied();
        let rows = match (bundled, bytes) {
            (Some(_), Some(bytes)) => sheet.rows_of_ours(origin, bytes),
            _ => faults.take(sheet.rows(origin, bytes))?,
        };
        hash = hash.add_field(sheet.name);
        for row in &rows {
            hash = row.cells.iter().fold(hash, |hash, cell| hash.add_field(cell));
        }
        Some(rows)
    };
    let [about, themes, issues, lists, rules] =
        [&CODEBOOK, &THEMES, &ISSUES, &LISTS, &RULES].map(|one| sheet(one, &mut faults));
    // before other languages: models learn from these
    let learned_from = hash.named();
    let about = about.and_then(|rows| {
        let read = About::read(&CODEBOOK, origin, &rows, Some("language"));
        let read = read.and_then(|(about, language)| Ok((about, languages(language)?)));
        faults.take(read)
    });
    let language = about.as_ref().and_then(|(_, languages)| languages.first().copied());
    let language = language.unwrap_or(Language::English);
    let subjects = themes.zip(issues).map(|(themes, issues)| issues_in_themes(&themes, &issues, &mut faults));
    let lists = lists.map(|lists| rules::read_lists(language, &lists, bundled.is_some(), &mut faults));
    let rules = match (rules, &subjects, &lists) {
        (Some(rules), Some((_, issues)), Some(lists)) => {
            Some(rules::read_rules(&rules, None, issues, lists, &mut faults))
        }
        _ => None,
    };
    let (Some((about, mut languages)), Some((themes, issues)), Some(rules)) = (about, subjects, rules) else {
        return Err(faults.advised());
    };
    let translations =
        languages::read(origin, files, &mut hash, (&themes, &issues, &languages), bundled, &mut faults);
    languages.extend(translations.iter().filter(|one| one.has_rules()).map(|one| one.language));
    let examples = OnceLock::new();
    if bundled.is_none() {
        let _ = examples.set(examples::all(origin, files, &issues, &translations, &mut faults));
    }
    if faults.any() {
        return Err(faults.advised());
    }
    let about = About { hash: hash.named(), ..about };
    let replaced_labels = Default::default();
    Ok(Codebook {
        about,
        learned_from,
        languages,
        themes,
        issues,
        rules,
        translations,
        replaced_labels,
        examples,
        bundled,
    })
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
