//! Reads lists of recommendations. Nothing is lost: what is not a recommendation is a reject with its reason.
//!
//! [`path`] reads a file as it comes; a [`Reader`] is told what the file doesn't say, or which column is which.
//! Both give a [`RecommendationList`], and lists of several files [join](RecommendationList::join) into one.
//!
//! What a file is shows its content, not its name ([`Form`]):
//!
//! - tables as text: UPR Info's export, OHCHR's and any other CSV, TSV or semicolon file with a header. The
//!   encoding and the delimiter are found out, the columns known by their names ([`Column`]); the header may stand below
//!   titles. Where no column names the recommending States, they
//!   are taken from brackets at the end of a text: `Ratify it (Spain, Peru)`. A text with several such recommendations stays as it
//!   is, without States;
//! - Excel workbooks: the first sheet with a column for the text; [`FileRead::unread_sheets`] names further ones. .xlsx may come
//!   from anywhere; .xls should come from someone you trust, since a file made to harm can exhaust the memory;
//! - JSON: an array of records with such names as keys, or an object that holds one;
//! - reports of the Working Group, as text or Word: the numbered recommendations with their States and positions;
//! - addenda with the replies of the State under review, as text or Word: their positions go to the recommendations
//!   of the same review, in whatever order the files come. A reply that no recommendation waits for stays in
//!   [`replies`](RecommendationList::replies);
//! - OHCHR's thematic lists of recommendations (Word), of the second to the fourth cycle, with theme headings and
//!   the source of each position. One number may hold several recommendations; each counts.
//!
//! Workbooks, JSON and Word files need the features `workbook`, `json` and `word`, which are on by default;
//! reports and addenda as PDF the feature `pdf`, which is not.
//!
//! Rows that state the same text in the same review become one recommendation with several recommending
//! States; [`Account::merged`] counts them, and [`Recommendation::sources`] names each row. Rows
//! that the State under review answered differently stay apart.
//!
//! What was read in another way than it stands is told: names of States that were
//! [misspelt](RecommendationList::corrected), and what [no table knows](RecommendationList::unresolved).
//!
//! # Several files of one review
//!
//! A report and its thematic list, a report as text and as PDF, a list with numbers and one without give one record,
//! in whatever order they come. Recommendations of different files are one if review and number are the same, they have
//! a State in common, and the texts differ by no more than a misspelling, a joining word, a footnote's digit,
//! punctuation or white space. A row without a number joins the only numbered one that has its words. The text of the
//! report is kept (without one, that of the file whose name comes first), the States, labels and sources of all, and
//! of the positions the final one before a pending one, then that of the later document, with the other's words
//! behind it. What really differs stays apart under ids such as `~2`, and
//! [`differing`](RecommendationList::differing) lists it.
//!
//! # Parts of one number
//!
//! Where several recommendations with States of their own share words under one number, as in reports of the first
//! cycle, each gets them: of `To ratify CEDAW (Peru); the Optional Protocol (Chad)` the second reads `To ratify the
//! Optional Protocol`. The shared words are those before the treaty, before the first letter of a list, or up to a
//! colon; a part that ends with a verb such as `Consider signing` gets the treaty of the next. The word that joined two
//! parts (`and`) falls away; nothing else is added or lost, and whole parts stay as they stand.
//!
//! # PDF
//!
//! With the feature `pdf`, [`pdf::text`] gives the text of a PDF, with a library in Rust and no other program. It was
//! compared with `pdftotext -layout` 22.12 on 62 reports of the Working Group (November 2026): all 8,116 numbered
//! items of their sections of recommendations were found, and 8,075 have the same text after white space is folded;
//! the other 41 differ by a footnote's digit or a raised `th`, which stands on another line there. What is read of the
//! reports is the same from both texts: the number of recommendations is right in all 62.
//! What a file can cost is bounded: 32 MB, 600 pages, 256 MB inflated, 4 million things drawn. The streams of an
//! encrypted file cannot be counted beforehand; such a file should come from someone you trust.
//!
//! # Addenda
//!
//! For the three addenda of Slovenia, the positions of cycles 2 and 4 are those of OHCHR's thematic lists, for all 163
//! and 254 recommendations; of cycle 1, for which there is none, all 97 numbers are found, and for one of them the
//! words give no position.
//!
//! # Example
//!
//! ```
//! use upr::read::Reader;
//!
//! let reader = Reader::new().state_under_review("United States of America").session("36");
//! let list = reader.path("fixtures/usa-2020.csv")?;
//! let first = &list.recommendations[0];
//! assert_eq!((first.id.as_str(), first.recommending_states[0].name()), ("USA-36-26.1", "Somalia"));
//! assert!(list.rejects.is_empty());
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`tag`](crate::tag) says what each recommendation is about.

mod addendum;
mod cache;
mod cells;
mod closing;
mod columns;
mod container;
mod ellipsis;
#[cfg(feature = "json")]
mod json;
mod nearest;
#[cfg(any(feature = "word", feature = "workbook"))]
mod office;
mod open;
mod options;
mod pdf;
mod report;
mod reviews;
mod settle;
mod table;
#[cfg(feature = "word")]
mod thematic;
#[cfg(feature = "word")]
mod word;
#[cfg(feature = "workbook")]
mod workbook;

pub use crate::files::encoding::Encoding;
pub use crate::list::{
    Account, Corrected, FileRead, Form, RecommendationList, Reject, Reply, Unknown, Unresolved,
};
pub use columns::Column;
pub use nearest::nearest_file;
pub use reviews::Reviews;

#[allow(unused_imports)] // named in the documentation above
use crate::Recommendation;
use crate::error::{Error, Place, Result};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The largest file that is read: the whole history of the UPR, 117,000 recommendations, is some 30 MB.
///
/// # Example
///
/// ```
/// let size = std::fs::metadata("fixtures/usa-2020.csv")?.len();
/// assert!(size < upr::read::LARGEST_FILE);
/// # Ok::<(), std::io::Error>(())
/// ```
pub const LARGEST_FILE: u64 = 1 << 30;

/// Reads a file, knowing nothing but what it says itself.
///
/// # Errors
///
/// A file that cannot be opened; a folder; an empty, binary or unknown file; a table without a column for the
/// text. The message names the file and what was found.
///
/// # Example
///
/// ```
/// let list = upr::read::path("fixtures/usa-2020.csv")?;
/// assert_eq!(list.recommendations.len(), 347);
/// assert!(list.rejects.is_empty());
/// # Ok::<(), upr::Error>(())
/// ```
pub fn path(path: impl AsRef<Path>) -> Result<RecommendationList> {
    Reader::new().path(path)
}

/// Reads files of which more is known than they say.
///
/// # Example
///
/// ```
/// use upr::read::{Column, Reader};
///
/// let list = Reader::new()
///     .state_under_review("United States of America")
///     .session("36")
///     .document("A/HRC/46/15")
///     .column(Column::Text, "Wording")
///     .bytes("mine.csv", b"Wording;From\nAbolish the death penalty;Spain\n")?;
/// let recommendation = &list.recommendations[0];
/// assert_eq!(recommendation.recommending_states[0].iso3(), "ESP");
/// assert_eq!(recommendation.cycle(), Some(3));
/// assert!(recommendation.id.starts_with("USA-36-t"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reader {
    given: Given,
    columns: BTreeMap<Column, String>,
    encoding: Option<Encoding>,
    rows_apart: bool,
    listener: Listener,
}

/// A file that is about to be read, one of several.
///
/// # Example
///
/// ```
/// use upr::read::{Progress, Reader};
///
/// let listener = |begun: Progress<'_>| {
///     assert_eq!((begun.file, begun.of), (1, 1));
///     assert!(begun.path.ends_with("climate-list.csv"));
/// };
/// Reader::new().progress(listener).paths(["fixtures/climate-list.csv"])?;
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'p> {
    /// How many have been begun, with this one.
    pub file: usize,
    /// How many there are.
    pub of: usize,
    /// The file.
    pub path: &'p Path,
}

type Told = dyn Fn(Progress<'_>) + Send + Sync;

/// Who wants to know of the progress, if anyone does.
#[derive(Clone, Default)]
struct Listener(Option<Arc<Told>>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener(..)" } else { "Listener" })
    }
}

/// What the caller says of a list. It stands where a row says nothing of its own.
#[derive(Debug, Clone, Default)]
struct Given {
    state_under_review: Option<String>,
    session: Option<String>,
    document: Option<String>,
}

impl Reader {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// As for [`path`]; and a header given with [`Reader::column`] that the file doesn't have.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::Reader::new().session("44").path("fixtures/climate-list.csv")?;
    /// assert_eq!(list.recommendations.len(), 12);
    /// assert_eq!(list.recommendations[0].id, "TUV-43-90.1"); // the list says the session itself
    ///
    /// let error = upr::read::Reader::new().path("fixtures").unwrap_err();
    /// assert_eq!(error.file(), Some("fixtures"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn path(&self, path: impl AsRef<Path>) -> Result<RecommendationList> {
        Ok(self.settled(self.unsettled(path.as_ref())?))
    }

    pub(crate) fn settled(&self, list: RecommendationList) -> RecommendationList {
        if self.rows_apart { list.settle_apart() } else { list.settle() }
    }

    fn unsettled(&self, path: &Path) -> Result<RecommendationList> {
        let unreadable = |error| Error::unreadable(path, error);
        let place = || Place::file(path.display().to_string());
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(Error::unexpected(place(), "a folder", "a list of recommendations"));
        }
        let mut bytes = Vec::with_capacity(about.len().min(LARGEST_FILE) as usize);
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        self.parse(&path.display().to_string(), &bytes)
    }

    /// Reads several files, on all cores, and [joins](RecommendationList::join) them in the order given.
    ///
    /// # Errors
    ///
    /// That of the first file, in the order given, which cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::Reader::new().paths(["fixtures/usa-2020.csv", "fixtures/upr-info.csv"])?;
    /// assert_eq!(list.files.len(), 2);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn paths<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Result<RecommendationList> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect();
        let begun = AtomicUsize::new(0);
        let read = |path: &PathBuf| {
            let file = begun.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(listener) = &self.listener.0 {
                listener(Progress { file, of: paths.len(), path });
            }
            self.unsettled(path)
        };
        let lists: Vec<Result<RecommendationList>> = paths.par_iter().map(read).collect();
        Ok(self.settled(RecommendationList::beside(lists.into_iter().collect::<Result<Vec<_>>>()?)))
    }

    /// Reads whatever gives bytes: a response, a part of an archive. `name` stands for the file.
    ///
    /// # Errors
    ///
    /// As for [`Reader::path`].
    ///
    /// # Example
    ///
    /// ```
    /// let file = std::fs::File::open("fixtures/climate-list.csv").expect("a file of this project");
    /// let list = upr::read::Reader::new().from_reader("climate-list.csv", file)?;
    /// assert_eq!(list.recommendations.len(), 12);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn from_reader(&self, name: &str, mut reader: impl Read) -> Result<RecommendationList> {
        let mut bytes = Vec::new();
        let unreadable = |error| Error::unreadable(Path::new(name), error);
        reader.by_ref().take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        self.bytes(name, &bytes)
    }

    /// Reads bytes in memory. `name` stands for the file.
    ///
    /// # Errors
    ///
    /// As for [`Reader::path`].
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text;recommending states\nAbolish the death penalty;Spain\n;Peru\n";
    /// let list = upr::read::Reader::new().bytes("list.csv", table)?;
    /// assert_eq!((list.recommendations.len(), list.rejects.len()), (1, 1)); // the second has no text
    ///
    /// let error = upr::read::Reader::new().bytes("empty.csv", b"").unwrap_err();
    /// assert_eq!(error.file(), Some("empty.csv"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn bytes(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        Ok(self.settled(self.parse(name, bytes)?))
    }
}
