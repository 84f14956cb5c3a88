//! Texts that a codebook must code as they say: `examples.csv`. They decide no coding, and are no part of the codebook's hash;
//! [`failing_examples`](crate::evaluate::failing_examples) runs them.

use super::faults::Faults;
use super::languages::Translation;
use super::tables::{EXAMPLES, Files, file_name};
use super::{Codebook, Issue};
use crate::error::{Result, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::text::guard::unguarded;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// In `not_tagged`: all issues that `tagged` does not name.
const ALL_OTHERS: &str = "*";

/// A row of `examples.csv`: a text, and what a codebook must say of it.
///
/// # Example
///
/// ```
/// let climate = upr::Codebook::load("fixtures/codebook-climate")?;
/// let example = &climate.examples()[0];
/// assert_eq!((example.text.as_str(), &*example.tagged[0]), ("Reduce greenhouse gas emissions by half", "climate-action"));
/// assert!(example.must_not_have("climate-displacement") && !example.must_not_have("climate-action"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The text.
    pub text: String,
    /// The codes of the issues that it must be given.
    pub tagged: Vec<Arc<str>>,
    /// The codes of those that it must not be given.
    pub not_tagged: Vec<Arc<str>>,
    /// Whether all issues but those in `tagged` must not be given: `*` in the column.
    pub no_others: bool,
    /// Why the example is there.
    pub note: String,
    /// The language of its file, such as `examples.fr.csv`; none for `examples.csv`, where the language is detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its line in the file.
    pub line: u64,
}

impl Expectation {
    /// Whether the text must be given this issue.
    pub fn must_have(&self, issue: &str) -> bool {
        self.tagged.iter().any(|code| **code == *issue)
    }

    /// The name of its file: `examples.csv`, or that of its language.
    pub fn file(&self) -> String {
        file_name(EXAMPLES.name, self.language)
    }

    /// Whether the text must not be given this issue.
    pub fn must_not_have(&self, issue: &str) -> bool {
        let named = self.not_tagged.iter().any(|code| **code == *issue);
        named || self.no_others && !self.must_have(issue)
    }
}

impl Codebook {
    /// The texts of `examples.csv`, in its order, then those of files such as `examples.fr.csv`: what the codebook must and must
    /// not give them. [`failing_examples`](crate::evaluate::failing_examples) compares that with what its rules do.
    pub fn examples(&self) -> &[Expectation] {
        self.examples.get_or_init(|| {
            let files = self.bundled.unwrap_or_default();
            let files = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
            // the tests check that the bundled files have no faults
            all(self.name(), &files, &self.issues, &self.translations, &mut Faults::new(1))
        })
    }

    /// Reads a table like `examples.csv` that belongs to no codebook, such as texts to [suggest](crate::code::suggest) rules
    /// from; `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// The first fault: a table without the columns `text` and `tagged`, an empty text, an issue that the codebook does not
    /// have.
    pub fn examples_in(&self, name: &str, bytes: &[u8]) -> Result<Vec<Expectation>> {
        let sheet = Sheet { name, ..EXAMPLES };
        let mut faults = Faults::new(1);
        let examples = read(&sheet.rows("", Some(bytes))?, None, &self.issues, &mut faults);
        faults.none(examples)
    }

    /// The same of a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read; and as for [`Codebook::examples_in`].
    pub fn examples_from(&self, path: impl AsRef<Path>) -> Result<Vec<Expectation>> {
        let path = path.as_ref();
        self.examples_in(&path.display().to_string(), &crate::files::file(path)?)
    }
}

/// The examples of all files of a codebook.
pub(super) fn all(
    origin: &str,
    files: &Files<'_>,
    issues: &[Issue],
    translations: &[Translation],
    faults: &mut Faults,
) -> Vec<Expectation> {
    let languages = std::iter::once(None).chain(translations.iter().map(|one| Some(one.language)));
    let mut examples = Vec::new();
    for language in languages {
        let name = file_name(EXAMPLES.name, language);
        let sheet = Sheet { name: &name, ..EXAMPLES };
        let rows = faults.take(sheet.rows(origin, files.get(sheet.name).copied()));
        examples.extend(read(&rows.unwrap_or_default(), language, issues, faults));
    }
    examples
}

fn read(
    rows: &[Cells],
    language: Option<Language>,
    issues: &[Issue],
    faults: &mut Faults,
) -> Vec<Expectation> {
    let mut examples = Vec::new();
    for row in rows {
        let [text, tagged, not_tagged, note] = row.cells.as_slice() else { continue };
        // a table that was exported guards its cells
        let text = unguarded(text).to_string();
        if text.is_empty() {
            faults.add(row.unexpected("text", "an empty cell", "the text of a recommendation"));
            continue;
        }
        let mut codes = |column: &str, cell: &str| -> Vec<Arc<str>> {
            let mut codes = Vec::new();
            for code in cell.split(';').map(str::trim).filter(|code| !code.is_empty()) {
                match issues.iter().find(|issue| *issue.code == *code) {
                    Some(issue) => codes.push(issue.code.clone()),
                    None if code == ALL_OTHERS && column == "not_tagged" => {}
                    None => faults.add(row.unexpected(column, quoted(code), "an issue of issues.csv")),
                }
            }
            codes
        };
        let no_others = not_tagged.split(';').any(|code| code.trim() == ALL_OTHERS);
        let (tagged, not_tagged) = (codes("tagged", tagged), codes("not_tagged", not_tagged));
        if let Some(both) = tagged.iter().find(|code| not_tagged.contains(code)) {
            let found = format!("{}, which is in tagged as well", quoted(both));
            faults.add(row.unexpected("not_tagged", found, "an issue in one of the two"));
        }
        if tagged.is_empty() && not_tagged.is_empty() && !no_others && !faults.any() {
            faults.add(row.unexpected("tagged", "no issue here or in not_tagged", "one at least"));
        }
        let (text, note) = (text.clone(), note.clone());
        examples.push(Expectation { text, tagged, not_tagged, no_others, note, language, line: row.line });
    }
    examples
}
