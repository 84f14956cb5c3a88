//! The tables of a codebook: their names and columns, in its own language and in others.

use crate::files::sheet::Sheet;
use crate::text::language::Language;
use std::collections::BTreeMap;

/// The files of a codebook, by name.
pub(super) type Files<'f> = BTreeMap<&'f str, &'f [u8]>;

/// Those of a codebook that comes with this crate.
pub(super) type BundledFiles = &'static [(&'static str, &'static str)];

const fn sheet(
    name: &'static str,
    columns: &'static [&'static str],
    required: usize,
    optional: bool,
) -> Sheet<'static> {
    Sheet { name, columns, required, optional, others: false }
}

pub(super) const CODEBOOK: Sheet<'static> = sheet("codebook.csv", &["key", "value"], 2, false);
pub(super) const THEMES: Sheet<'static> = sheet("themes.csv", &["theme", "label", "definition"], 2, true);
pub(super) const ISSUES: Sheet<'static> =
    sheet("issues.csv", &["issue", "label", "theme", "definition"], 3, false);
pub(super) const LISTS: Sheet<'static> = sheet("lists.csv", &["list", "term"], 2, true);
pub(super) const RULES: Sheet<'static> =
    sheet("rules.csv", &["issue", "kind", "pattern", "with", "without", "note"], 3, false);
pub(super) const SHEETS: [&Sheet<'static>; 6] = [&CODEBOOK, &THEMES, &ISSUES, &LISTS, &RULES, &EXAMPLES];

pub(super) const EXAMPLES: Sheet<'static> = Sheet {
    name: "examples.csv",
    columns: &["text", "tagged", "not_tagged", "note"],
    required: 2,
    optional: true,
    others: false,
};

pub(super) const THEME_LABELS: Sheet<'static> =
    sheet("themes.csv", &["theme", "label", "definition"], 2, true);
pub(super) const ISSUE_LABELS: Sheet<'static> =
    sheet("issues.csv", &["issue", "label", "definition"], 2, true);

/// The tables that a codebook may have in one more language.
pub(super) const OF_LANGUAGE: [&Sheet<'static>; 5] =
    [&THEME_LABELS, &ISSUE_LABELS, &LISTS, &RULES, &EXAMPLES];

/// The name of a table, `rules.csv`, or in another language `rules.fr.csv`.
pub(super) fn file_name(table: &str, language: Option<Language>) -> String {
    match language {
        Some(language) => table.replace(".csv", &format!(".{language}.csv")),
        None => table.to_string(),
    }
}

/// The language of a file that is named like those of other languages, such as `nl` of `rules.nl.csv`.
pub(super) fn language_of(file: &str) -> Option<&str> {
    let (table, language) = file.strip_suffix(".csv")?.split_once('.')?;
    let named = |sheet: &&Sheet<'_>| sheet.name.strip_suffix(".csv") == Some(table);
    (OF_LANGUAGE.iter().any(named) && language.len() == 2).then_some(language)
}

/// All names that such files may have.
pub(super) fn file_names() -> impl Iterator<Item = String> {
    Language::ALL.iter().flat_map(|language| OF_LANGUAGE.map(|sheet| file_name(sheet.name, Some(*language))))
}
