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

use crate::coded::{CodedList, Decision, Outcome};
use crate::dimension::Dimension;
use crate::error::{Error, Place, Result, quoted};
use crate::files::sheet::Sheet;
use crate::table::{Cell, Table};
use crate::text::guard::unguarded;
use crate::text::hash::Fnv;
use crate::text::key;
use std::path::Path;
use std::sync::Arc;

/// The columns of a file of corrections; the first three are required. The last two are those of an exported `decisions.csv`, by which
/// decisions of several files are told apart again.
const COLUMNS: [&str; 9] = ["id", "issue", "decision", "coder", "date", "note", "text_hash", "file", "row"];

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
/// let decisions = coded.decisions();
/// let lost = decisions.iter().last().unwrap();
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
    /// The name and a hash of the content: two files are never taken for one.
    origin: Arc<str>,
    /// Without its folders, for people.
    file: Arc<str>,
    line: u64,
    /// As written.
    decision: Decision,
    coder: Arc<str>,
    /// Capitals and accents make no other coder.
    coder_key: String,
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
    /// A file that cannot be read, one without a column `id`, `issue` or `decision`, one with more than 100,000 rows or with a row
    /// of more cells than columns. A row with another fault is not an error: it is listed with its reason in [`CodedList::decisions`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, code::Corrections};
    ///
    /// let corrections = Corrections::load("fixtures/corrections/decisions.csv")?;
    /// assert_eq!(corrections.len(), 49);
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
    ///     "ana.csv, line 1: found no column \"decision\", expected the columns \"id\", \"issue\", \"decision\", \"coder\", \"date\", \"note\", \"text_hash\", \"file\" and \"row\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn read(name: &str, bytes: &[u8]) -> Result<Corrections> {
        if bytes.starts_with(b"PK\x03\x04") {
            let expected = "a table as CSV: open it in the spreadsheet and save it as CSV";
            return Err(Error::unexpected(Place::file(name), "a workbook or another packed file", expected));
        }
        let sheet = Sheet { name, columns: &COLUMNS, required: 3, optional: false, others: true };
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let content = Fnv::new().add(bytes).value();
        let rows = sheet.rows("", Some(bytes))?.into_iter().map(|row| {
            let mut given = row.cells.iter().map(|cell| unguarded(cell).to_string());
            let mut next = || given.next().unwrap_or_default();
            let [id, issue, decision, coder, date, note, text_hash, named, line] =
                std::array::from_fn(|_| next());
            let decision = Decision { id, issue, decision, coder, date, note, text_hash };
            // of decisions that were exported, the file and the line where they were written; rows of the file itself are another
            // origin, also where it has the same name
            let (file, line, within) = match (named.is_empty(), line.parse::<u64>()) {
                (false, Ok(line)) => (Arc::from(named), line, " in "),
                _ => (Arc::from(file), row.line, " "),
            };
            Correction::new(Arc::from(format!("{file}{within}{content:016x}")), file, line, decision)
        });
        Ok(Corrections { rows: rows.collect() })
    }

    /// These corrections and those of another file. The order of the files makes no difference.
    pub fn and(mut self, other: Corrections) -> Corrections {
        self.rows.extend(other.rows);
        let order = |row: &Correction| (row.file.clone(), row.origin.clone(), row.line);
        self.rows.sort_by_cached_key(order);
        // the same file twice is one
        self.rows.dedup_by(|one, two| {
            (&one.origin, one.line, &one.decision) == (&two.origin, two.line, &two.decision)
        });
        self
    }

    /// Decisions that are a table already, such as that of [`qda_corrections`](crate::export::qda_corrections) or rows that
    /// a program made; the columns are those of a file, and `name` is the file in messages.
    ///
    /// # Errors
    ///
    /// As for [`Corrections::read`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Corrections;
    /// use upr::statistics::Cell;
    ///
    /// let header = ["id", "issue", "decision", "coder"].map(String::from).to_vec();
    /// let table = upr::Table { header, rows: vec![["USA-36-26.1", "housing", "add", "Ana"].map(Cell::from).to_vec()] };
    /// let corrections = Corrections::from_table("ours", &table)?;
    /// let rows = corrections.table();
    /// assert_eq!(rows.row(["USA-36-26.1"]).unwrap().text("coder"), Some("Ana"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    #[cfg(feature = "export")]
    pub fn from_table(name: &str, table: &Table) -> Result<Corrections> {
        Corrections::read(name, table.to_csv().as_bytes())
    }

    /// The decisions, a row each, with the columns of a file and the `file` and `row` that each was read from. What a decision
    /// comes to is in [`CodedList::decisions`].
    ///
    /// # Example
    ///
    /// As for [`Corrections::from_table`].
    pub fn table(&self) -> Table {
        let mut table = Table::new(COLUMNS);
        table.rows.extend(self.rows.iter().map(|row| {
            let cells = row.decision.cells().into_iter().map(Cell::from);
            cells.chain([Cell::from(&row.file), row.line.into()]).collect()
        }));
        table
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

impl Correction {
    fn new(origin: Arc<str>, file: Arc<str>, line: u64, decision: Decision) -> Correction {
        let coder = Arc::from(decision.coder());
        let (coder_key, wanted) = (key::label(&coder), Wanted::of(&decision));
        Correction { coder, coder_key, origin, file, line, wanted, decision }
    }
}

impl Wanted {
    fn of(decision: &Decision) -> Result<Wanted, String> {
        let Decision { id, issue, decision, .. } = decision;
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
    /// Called again, it is as if all corrections had been given at once.
    ///
    /// # Example
    ///
    /// As for [`Corrections`].
    pub fn correct(mut self, corrections: &Corrections) -> CodedList {
        if corrections.is_empty() {
            return self;
        }
        let earlier = std::mem::take(&mut self.decisions).into_iter();
        let earlier = earlier.map(|one| Correction::new(one.origin, one.file, one.row, one.decision));
        let all = Corrections { rows: earlier.collect() }.and(corrections.clone());
        for coded in &mut self.recommendations {
            if let Some(machine) = coded.machine.take() {
                *coded = *machine;
            }
        }
        let settled = settle::settle(&all, find::find(&self, &all));
        let outcomes = apply::apply(&mut self, &all, settled);
        let outcomes =
            all.rows.into_iter().zip(outcomes).map(|(row, (applied_to, status, outcome))| Outcome {
                decision: row.decision,
                file: row.file,
                row: row.line,
                origin: row.origin,
                applied_to,
                status: status.to_string(),
                outcome,
            });
        self.decisions = outcomes.collect();
        self
    }
}
