//! Coding sheets that people filled, read row by row: [`coders`](super::coders) joins them.

use crate::codebook::Codebook;
use crate::error::{Error, Place, Result, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::tally::nearest;
use crate::text::guard::unguarded;
use crate::text::key;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// What a coder writes where a text has no issue.
pub(super) const NONE: &str = "none";

/// What figures call the majority of the coders, and the tags.
pub(super) const CONSENSUS: &str = "consensus";
pub(super) const MACHINE: &str = "machine";

const SHEET: Sheet<'static> = Sheet {
    name: "",
    columns: &["id", "issues", "coder", "text", "text_hash"],
    required: 2,
    optional: false,
    others: true,
};

/// A row of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) coder: String,
    pub(super) text: String,
    pub(super) text_hash: String,
    /// The places of the issues in the codebook; none where the row is not coded.
    pub(super) issues: Option<BTreeSet<usize>>,
}

impl Coded {
    /// A fault of the row in this column.
    pub(super) fn unexpected(&self, column: &str, found: String, expected: impl Into<String>) -> Error {
        Error::unexpected(self.place.column(column), found, expected)
    }
}

/// The issues of a codebook by their codes, and by their labels in all its languages.
pub(super) struct Names<'c> {
    codebook: &'c Codebook,
    places: HashMap<String, usize>,
    /// Labels in other languages: most sheets have none, and to read them takes a moment.
    others: OnceLock<HashMap<String, usize>>,
}

impl<'c> Names<'c> {
    pub(super) fn new(codebook: &'c Codebook) -> Names<'c> {
        let mut places = labels(codebook);
        for (place, issue) in codebook.issues().iter().enumerate() {
            places.insert(key::label(&issue.code), place);
        }
        Names { codebook, places, others: OnceLock::new() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let name = key::label(name);
        let others = || {
            let languages = self.codebook.languages().iter();
            languages.flat_map(|language| labels(&self.codebook.clone().in_language(*language))).collect()
        };
        self.places.get(&name).or_else(|| self.others.get_or_init(others).get(&name)).copied()
    }

    /// The issues in a cell, none where it is empty.
    fn issues(&self, row: &Cells, cell: &str) -> Result<Option<BTreeSet<usize>>> {
        let names: Vec<&str> = cell.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        let is_none = |name: &&str| name.eq_ignore_ascii_case(NONE);
        if names.is_empty() {
            return Ok(None);
        }
        if names.iter().all(is_none) {
            return Ok(Some(BTreeSet::new()));
        }
        let place = |name: &&str| {
            if is_none(name) {
                let found = format!("{NONE} beside issues, {}", quoted(cell));
                return Err(row.unexpected("issues", found, format!("issues, or {NONE} alone")));
            }
            self.place(name).ok_or_else(|| {
                let codes = self.codebook.issues().iter().map(|issue| &issue.code);
                let nearest =
                    nearest(name, codes).map_or(String::new(), |code| format!(", such as {}", quoted(code)));
                let expected = format!(
                    "codes or labels of the codebook {}{nearest}, separated by semicolons, or {NONE}",
                    self.codebook.name()
                );
                row.unexpected("issues", format!("the issue {}", quoted(name)), expected)
            })
        };
        names.iter().map(place).collect::<Result<_>>().map(Some)
    }

    /// The rows of a sheet. Where nobody is named in the column `coder`, or it is not there, the file's name without its ending
    /// is the coder's.
    pub(super) fn read(&self, name: &str, bytes: &[u8]) -> Result<Vec<Coded>> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let mut rows = Vec::new();
        for row in (Sheet { name, ..SHEET }).rows("", Some(bytes))? {
            let cells: Vec<_> = row.cells.iter().map(|cell| unguarded(cell)).collect();
            let [id, issues, coder, text, text_hash] = cells.as_slice() else { continue };
            if id.is_empty() {
                return Err(row.unexpected("id", "an empty cell", "the id of a recommendation"));
            }
            let coder = if coder.is_empty() { file } else { coder.as_ref() };
            if [CONSENSUS, MACHINE].contains(&key::label(coder).as_str()) {
                let found = format!("the coder {}", quoted(coder));
                return Err(row.unexpected(
                    "coder",
                    found,
                    "another name: figures use this word for something else",
                ));
            }
            rows.push(Coded {
                place: Place { column: None, ..row.place("id") },
                id: id.to_string(),
                coder: coder.to_string(),
                text: text.to_string(),
                text_hash: text_hash.to_string(),
                issues: self.issues(&row, issues)?,
            });
        }
        Ok(rows)
    }
}

/// The issues by their labels in one language.
fn labels(codebook: &Codebook) -> HashMap<String, usize> {
    let issues = codebook.issues().iter().enumerate();
    issues.map(|(place, issue)| (key::label(&issue.label), place)).collect()
}
