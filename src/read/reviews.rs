//! Long tables, review by review: holds one review at a time, and refuses one that comes back.

mod pieces;
#[cfg(test)]
mod tests;

use super::reader::Reader;
use super::table::Content;
use crate::error::{Error, Place, Result};
use crate::list::{FileRead, RecommendationList};
use crate::recommendation::Recommendation;
use crate::recommendation::id::review_key;
use pieces::Pieces;
use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most rows of one review; the longest of the first 20 sessions has 299.
const MAX_REVIEW_ROWS: usize = 20_000;

/// The least rows of an item, but for the last of a file: enough to keep several cores busy (not measured).
const MIN_PART_ROWS: usize = 4_000;

impl Reader {
    /// Reads tables that are too long for memory: an iterator whose items are [`RecommendationList`]s of whole reviews,
    /// merged and with their ids, as if all files had been read at once. Memory does not grow with the list: 2.6 million
    /// rows, 22 times the history of the UPR, took 111 MB.
    ///
    /// All rows of a review (one State under review in one session) must be together and in one file, as in UPR Info's
    /// export. Name the State and the session with [`Reader::state_under_review`] and [`Reader::session`] if the rows
    /// do not. Give each item to [`Tally::extend`](crate::Tally#impl-Extend) or to [`export::Folder`](crate::export::Folder),
    /// which writes the same bytes as an export in memory. Grouping, links and statistics need the whole list: read it
    /// with [`Reader::paths`].
    ///
    /// # Errors
    ///
    /// An item can be an error, and is then the last: what [`Reader::path`] reports of a file; a file that is not a table
    /// as text (CSV, TSV); a review that comes back after another one; a review of more than 20,000 rows; a State without a known
    /// session in several files.
    pub fn reviews<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Reviews {
        Reviews {
            reader: self.clone(),
            paths: paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect(),
            pieces: None,
            held: Held::default(),
            files: Vec::new(),
            part: MIN_PART_ROWS,
        }
    }
}

/// The reviews of long tables, as [`Reader::reviews`] returns them.
///
/// # Example
///
/// ```
/// use upr::{Dimension, Tagger, Tally, read::Reader};
///
/// let tagger = Tagger::core();
/// let mut tally = Tally::of(&tagger.tag(Default::default()), &[Dimension::Issue]);
/// let mut reviews = Reader::new().reviews(["fixtures/upr-info.csv"]);
/// for part in &mut reviews {
///     tally.merge(Tally::of(&tagger.tag(part?), &[Dimension::Issue]))?;
/// }
/// let list = upr::read::path("fixtures/upr-info.csv")?;
/// assert_eq!(tally.total().recommendations, list.recommendations.len() as u64);
/// assert_eq!(reviews.files()[0].rows, list.files[0].rows);
/// # Ok::<(), upr::Error>(())
/// ```
pub struct Reviews {
    reader: Reader,
    paths: VecDeque<PathBuf>,
    pieces: Option<Pieces>,
    held: Held,
    files: Vec<FileRead>,
    part: usize,
}

/// The rows that were read and not yet given.
#[derive(Default)]
struct Held {
    list: RecommendationList,
    /// The review of the last row.
    review: Option<String>,
    /// Where in the list it begins: recommendations and pledges.
    begin: (usize, usize),
    /// Where each review was last seen: file and row.
    seen: HashMap<String, (Arc<str>, u64)>,
    /// The first file of each State, and whether it is there without a known session.
    states: HashMap<String, (Arc<str>, bool)>,
    set_aside: u64,
    replaced: usize,
}

impl Reviews {
    /// Items of at least so many rows.
    #[cfg(test)]
    fn in_parts_of(self, part: usize) -> Reviews {
        Reviews { part, ..self }
    }

    /// The files that were read so far, with the number of rows returned.
    pub fn files(&self) -> &[FileRead] {
        &self.files
    }

    fn next_part(&mut self) -> Result<Option<RecommendationList>> {
        loop {
            let Some(pieces) = &mut self.pieces else {
                let Some(path) = self.paths.pop_front() else { return Ok(None) };
                let pieces = self.pieces.insert(Pieces::open(&self.reader, &path)?);
                // no rows of a file are merged with those of another one
                self.held.review = None;
                self.held.replaced = 0;
                self.files.push(pieces.about.clone());
                continue;
            };
            let held = &mut self.held;
            let file = pieces.about.file.clone();
            let more = pieces.read(|content| held.take(content, &file))?;
            let replaced = pieces.decoder.replaced;
            if !more {
                if let Some(total) = self.files.last_mut() {
                    total.warnings.clone_from(&pieces.about.warnings);
                }
                self.pieces = None;
                held.begin = (held.list.recommendations.len(), held.list.pledges.len());
            } else if held.begin.0 + held.begin.1 + held.list.rejects.len() < self.part {
                continue;
            }
            let tail = held.split();
            let mut part = std::mem::replace(&mut held.list, tail);
            if let Some(total) = self.files.last_mut() {
                let kept = part.recommendations.len() + part.pledges.len() + part.rejects.len();
                let set_aside = std::mem::take(&mut held.set_aside);
                let rows = kept as u64 + set_aside;
                let replaced = replaced - std::mem::replace(&mut held.replaced, replaced);
                part.files.push(FileRead { rows, set_aside, replaced, ..total.clone() });
                total.rows += rows;
                total.set_aside += set_aside;
                total.replaced += replaced;
            }
            return Ok(Some(part.settle(self.reader.rows_apart, self.reader.language)));
        }
    }
}

impl Iterator for Reviews {
    type Item = Result<RecommendationList>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.next_part();
        if part.is_err() {
            (self.pieces, self.held) = (None, Held::default());
            self.paths.clear();
        }
        part.transpose()
    }
}

impl Held {
    fn take(&mut self, content: Content, file: &Arc<str>) -> Result<()> {
        if let Content::Recommendation(made) | Content::Pledge(made) = &content {
            self.note_review(made, file)?;
        }
        content.add_to(&mut self.list, &mut self.set_aside);
        let held = self.list.recommendations.len() + self.list.pledges.len() - self.begin.0 - self.begin.1;
        if held > MAX_REVIEW_ROWS {
            let review = self.review.as_deref().unwrap_or_default();
            return Err(Error::unexpected(
                Place::file(&**file),
                format!("more than {MAX_REVIEW_ROWS} rows of the review {review}"),
                "the State under review and the session in each row; or read the list in memory (Reader::paths)",
            ));
        }
        Ok(())
    }

    /// Checks and remembers which review a row belongs to.
    fn note_review(&mut self, row: &Recommendation, file: &Arc<str>) -> Result<()> {
        let at = row.sources.first().map_or(0, |source| source.row);
        let review = review_key(row);
        if self.review.as_ref() == Some(&review) {
            if let Some(seen) = self.seen.get_mut(&review) {
                seen.1 = at;
            }
            return Ok(());
        }
        let refused = |found: String| {
            let expected = "the rows of a review together and in one file; sort the list, or read it in memory (Reader::paths)";
            Err(Error::unexpected(Place::file(&**file), format!("in row {at} {found}"), expected))
        };
        if let Some((before, row)) = self.seen.get(&review) {
            return refused(format!("the review {review} again, which ended in row {row} of {before}"));
        }
        if let Some(name) = &row.state_under_review {
            let unclear = row.session.as_ref().is_none_or(|session| session.number.is_none());
            let known = self.states.entry(name.name().to_string()).or_insert((file.clone(), unclear));
            if known.0 != *file && (known.1 || unclear) {
                let (name, before) = (name.name(), &known.0);
                return refused(format!("{name} again, which is also in {before}, once without a session"));
            }
            known.1 |= unclear;
        }
        self.seen.insert(review.clone(), (file.clone(), at));
        self.review = Some(review);
        self.begin = (self.list.recommendations.len(), self.list.pledges.len());
        Ok(())
    }

    /// Takes off the review that may go on.
    fn split(&mut self) -> RecommendationList {
        let (recommendations, pledges) = std::mem::take(&mut self.begin);
        RecommendationList {
            recommendations: self.list.recommendations.split_off(recommendations),
            pledges: self.list.pledges.split_off(pledges),
            ..RecommendationList::default()
        }
    }
}
