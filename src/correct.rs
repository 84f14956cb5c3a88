//! Corrections: what people decided of tags, positions, States and action categories, applied to a coded list.
//!
//! [`Corrections`] reads the files, and [`CodedList::correct`] applies them. `find` looks for the recommendation of each decision,
//! `settle` for the decision that counts where there are several, `apply` changes the records. Nothing is dropped: what cannot be
//! applied is listed with the reason in [`CodedList::decisions`].
//!
//! Where to go next: `CORRECTIONS.md` beside these files is for people who correct.

mod apply;
mod examples;
mod find;
mod settle;

use crate::coded::CodedList;
use crate::dimension::Dimension;
use crate::error::{Result, quoted};
use crate::files::sheet::Sheet;
use crate::table::{Cell, Table};
use crate::text::guard::unguarded;
use std::path::Path;
use std::sync::Arc;

/// The columns of a file of corrections; the first three are required.
const COLUMNS: [&str; 7] = ["id", "issue", "decision", "coder", "date", "note", "text_hash"];

/// The columns that [`CodedList::decisions`] has after them.
const OUTCOMES: [&str; 5] = ["file", "row", "applied_to", "status", "outcome"];

/// What a decision can be of, beside the aspects.
const CORRECTABLE: [Dimension; 4] =
    [Dimension::Issue, Dimension::Position, Dimension::RecommendingState, Dimension::ActionCategory];

/// Decisions of people, from one file or several.
///
/// # The file
///
/// A CSV with the columns `id`, `issue` and `decision`, and if you like `coder`, `date`, `note` and `text_hash`; others are allowed
/// and not read. `issue` is the code of an issue, or `dimension=category` as in a [filter](crate::count::Filter):
/// `position=noted`, `recommending_state=Spain`, `action_category=specific`, `sdg=sdg-5`. `decision` is `confirm`, `add` or `remove`.
/// `date` is written `2026-11-30`; another date is kept and not understood. `text_hash` is
/// [`Recommendation::text_hash`](crate::Recommendation::text_hash): with it a decision finds its recommendation where a list is
/// numbered anew, and is not applied to another text.
///
/// # Which decision counts
///
/// - `confirm` and `add` both say that the category is right, `remove` that it is not, whatever the machine says now. So
///   decisions survive a new version of the codebook.
/// - Of one coder's decisions on the same thing the later one counts: by date, and within a file without dates by row.
/// - Where two coders contradict each other, neither decision is applied.
/// - A recommendation has one position and one action category: to add one replaces the other.
///
/// # Example
///
/// ```
/// use upr::code::{Corrections, Status};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let ana = b"id,issue,decision,coder,date\n\
///     TUV-43-90.1,climate-displacement,confirm,Ana,2026-11-30\n\
///     TUV-43-90.1,position=noted,add,Ana,2026-11-30\n\
///     TUV-43-99.9,climate-action,add,Ana,2026-11-30\n";
/// let coded = coded.correct(&Corrections::read("ana.csv", ana)?);
///
/// let relocate = &coded.recommendations[0];
/// assert_eq!(relocate.status(Dimension::Issue, "climate-displacement"), Status::Confirmed);
/// assert_eq!(relocate.recommendation.position(), Some(upr::Position::Noted));
/// assert_eq!(coded.reviewed().decisions, 2);
/// let lost = coded.decisions().iter().last().unwrap();
/// assert_eq!(lost.text("outcome"), Some("no recommendation of the list has this id"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    rows: Vec<Correction>,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Correction {
    /// As it was named, with its folders: two files are never taken for one.
    origin: Arc<str>,
    /// Without its folders, for people.
    file: Arc<str>,
    line: u64,
    /// As written, in the order of [`COLUMNS`].
    cells: Vec<String>,
    coder: Arc<str>,
    /// What is wrong with the row itself, if anything is.
    wanted: Result<Wanted, String>,
}

/// What a row decides.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    dimension: Dimension,
    category: String,
    /// Whether the category is right.
    right: bool,
}

impl Corrections {
    /// Reads a file of corrections.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, one without a column `id`, `issue` or `decision`, one with more than 100,000 rows. A row with a
    /// fault is not an error: it is listed with its reason in [`CodedList::decisions`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, code::Corrections};
    ///
    /// let corrections = Corrections::load("fixtures/corrections/decisions.csv")?;
    /// assert_eq!(corrections.len(), 40);
    /// assert!(corrections.dimensions().contains(&Dimension::Position));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<Corrections> {
        let path = path.as_ref();
        Corrections::read(&path.display().to_string(), &crate::files::file(path)?)
    }

    /// The same from memory; `name` is the file in messages.
    ///
    /// # Errors
    ///
    /// As for [`Corrections::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Corrections;
    ///
    /// let error = Corrections::read("ana.csv", b"id,issue\nUSA-36-26.1,housing\n").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "ana.csv, line 1: found no column \"decision\", expected the columns \"id\", \"issue\", \"decision\", \"coder\", \"date\", \"note\" and \"text_hash\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn read(name: &str, bytes: &[u8]) -> Result<Corrections> {
        let sheet = Sheet { name, columns: &COLUMNS, required: 3, optional: false, others: true };
        let origin: Arc<str> = Arc::from(name);
        let file: Arc<str> = Arc::from(name.rsplit(['/', '\\']).next().unwrap_or(name));
        let rows = sheet.rows("", Some(bytes))?.into_iter().map(|row| {
            let cells: Vec<String> = row.cells.iter().map(|cell| unguarded(cell).to_string()).collect();
            let coder = if cells[3].is_empty() { "unnamed" } else { &cells[3] };
            let wanted = Wanted::of(&cells);
            Correction {
                origin: origin.clone(),
                file: file.clone(),
                line: row.line,
                coder: Arc::from(coder),
                wanted,
                cells,
            }
        });
        Ok(Corrections { rows: rows.collect() })
    }

    /// These corrections and those of another file. The order of the files makes no difference.
    pub fn and(mut self, other: Corrections) -> Corrections {
        self.rows.extend(other.rows);
        self.rows.sort_by(|one, two| (&one.origin, one.line).cmp(&(&two.origin, two.line)));
        self
    }

    /// The number of decisions.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the decisions are of, each once: a list must be coded along an aspect before decisions of it can be applied.
    pub fn dimensions(&self) -> Vec<Dimension> {
        let wanted = self.rows.iter().filter_map(|row| row.wanted.as_ref().ok());
        let all: std::collections::BTreeSet<Dimension> = wanted.map(|wanted| wanted.dimension).collect();
        all.into_iter().collect()
    }
}

impl Wanted {
    fn of(cells: &[String]) -> Result<Wanted, String> {
        let [id, issue, decision, ..] = cells else { return Err("the row has too few cells".to_string()) };
        for (column, cell) in [("id", id), ("issue", issue), ("decision", decision)] {
            if cell.is_empty() {
                return Err(format!("the cell {column} is empty"));
            }
        }
        let right = match decision.to_lowercase().as_str() {
            "confirm" | "add" => true,
            "remove" => false,
            _ => {
                return Err(format!("the decision is {}, expected confirm, add or remove", quoted(decision)));
            }
        };
        let (dimension, category) = match issue.split_once('=') {
            None => (Dimension::Issue, issue.as_str()),
            Some((name, category)) => {
                (name.parse().map_err(|error: crate::error::Error| error.to_string())?, category.trim())
            }
        };
        match dimension {
            Dimension::ActionCategory if !right => {
                Err("every recommendation has an action category: add the right one instead".to_string())
            }
            Dimension::Theme => Err("themes follow from issues: correct the issue".to_string()),
            Dimension::Aspect(_) => Ok(()),
            _ if CORRECTABLE.contains(&dimension) => Ok(()),
            _ => Err(format!(
                "{dimension} cannot be corrected, only an issue, a position, a recommending_state, an action_category, and \
                 the aspects"
            )),
        }?;
        Ok(Wanted { dimension, category: category.to_string(), right })
    }
}

impl CodedList {
    /// The list with these corrections; counts, tables and pages use what people decided. Every tag then has a
    /// [`Status`](crate::code::Status), and [`CodedList::decisions`] says of every decision whether it was applied, and why not.
    ///
    /// Decisions that were applied before stay. To apply a changed file, begin with the list as the machine coded it.
    ///
    /// # Example
    ///
    /// As for [`Corrections`].
    pub fn correct(mut self, corrections: &Corrections) -> CodedList {
        let found = find::find(&self, corrections);
        let settled = settle::settle(corrections, found);
        let outcomes = apply::apply(&mut self, corrections, settled);
        if self.decisions.header.is_empty() {
            self.decisions = Table::new(COLUMNS.iter().chain(&OUTCOMES));
        }
        let rows = corrections.rows.iter().zip(outcomes).map(|(row, (id, status, outcome))| {
            let given = row.cells.iter().map(|cell| Cell::from(cell.as_str()));
            let file = [Cell::from(&row.file), row.line.into()];
            given.chain(file).chain([id.into(), status.into(), outcome.into()]).collect()
        });
        self.decisions.rows.extend(rows);
        self
    }
}
