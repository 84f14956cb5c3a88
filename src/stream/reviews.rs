//! Rows into whole reviews: holds one review at a time, and sees to it that none comes back.

use crate::error::{Error, Place, Result};
use crate::read::flow::Flow;
use crate::list::{FileRead, RecommendationList};
use crate::read::{Content, Reader};
use crate::recommendation::{Recommendation, review_key};
use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most rows of one review that are held: the longest of the first 20 sessions has 299.
///
/// # Example
///
/// ```
/// // a list that says neither State nor session is one review
/// let rows = "Join the ICC\n".repeat(upr::stream::MOST_ROWS + 1);
/// let path = std::env::temp_dir().join("upr-example-most-rows.csv");
/// std::fs::write(&path, format!("text\n{rows}"))?;
/// let error = upr::stream::Reviews::new([&path]).find_map(Result::err).expect("too long a review");
/// assert!(error.to_string().contains("found more than 20000 rows of the review"), "{error}");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub const MOST_ROWS: usize = 20_000;

/// The least rows of a part, but for the last of a file: as many as keep several cores busy for a moment.
const PART: usize = 4_000;

/// The reviews of long lists, in parts of whole reviews; see the [module's page](super) for what a list must be like.
///
/// Each part is a [`RecommendationList`], merged and with its ids as if all had been read at once. Its
/// [account](RecommendationList::account) is that of its own rows.
///
/// # Errors
///
/// Each part may instead be an error, which is the last item: what [`Reader::path`] says of a file; a file that is no
/// table as text; a review that comes back, or is too long to be held.
///
/// # Example
///
/// ```
/// use upr::stream::Reviews;
///
/// let mut recommendations = 0;
/// let mut reviews = Reviews::new(["fixtures/upr-info.csv"]);
/// for part in &mut reviews {
///     recommendations += part?.recommendations.len();
/// }
/// assert_eq!(recommendations, upr::read::path("fixtures/upr-info.csv")?.recommendations.len());
/// assert_eq!(&*reviews.files()[0].file, "upr-info.csv");
/// # Ok::<(), upr::Error>(())
/// ```
pub struct Reviews {
    reader: Reader,
    paths: VecDeque<PathBuf>,
    flow: Option<Flow>,
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
    /// The first file of each State, and whether it stands there without a known session.
    states: HashMap<String, (Arc<str>, bool)>,
    set_aside: u64,
    replaced: usize,
}

impl Reviews {
    /// The reviews of these files, one after the other.
    ///
    /// # Example
    ///
    /// ```
    /// let parts = upr::stream::Reviews::new(["fixtures/two-cycles.csv", "fixtures/climate-list.csv"]);
    /// let recommendations = parts.map(|part| part.map(|part| part.recommendations.len()));
    /// assert_eq!(recommendations.sum::<upr::Result<usize>>()?, 19 + 12);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Reviews {
        Reviews::with_reader(&Reader::new(), paths)
    }

    /// The same, with a reader that knows what the lists don't say.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{read::Reader, stream::Reviews};
    ///
    /// let reader = Reader::new().state_under_review("United States").session("36");
    /// let part = Reviews::with_reader(&reader, ["fixtures/usa-2020.csv"]).next().expect("a part")?;
    /// assert!(part.recommendations.iter().all(|made| made.id.starts_with("USA-36-")));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_reader<P: AsRef<Path>>(reader: &Reader, paths: impl IntoIterator<Item = P>) -> Reviews {
        Reviews {
            reader: reader.clone(),
            paths: paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect(),
            flow: None,
            held: Held::default(),
            files: Vec::new(),
            part: PART,
        }
    }

    /// Parts of at least so many rows.
    #[cfg(test)]
    pub(super) fn in_parts_of(self, part: usize) -> Reviews {
        Reviews { part, ..self }
    }

    /// The files that were read so far, with the rows that were given.
    ///
    /// # Example
    ///
    /// ```
    /// let mut reviews = upr::stream::Reviews::new(["fixtures/climate-list.csv"]);
    /// assert!(reviews.files().is_empty()); // nothing is read before it is asked for
    /// assert_eq!(reviews.by_ref().count(), 1);
    /// assert_eq!(reviews.files()[0].rows, 12);
    /// ```
    pub fn files(&self) -> &[FileRead] {
        &self.files
    }

    fn next_part(&mut self) -> Result<Option<RecommendationList>> {
        loop {
            let Some(flow) = &mut self.flow else {
                let Some(path) = self.paths.pop_front() else { return Ok(None) };
                let flow = self.flow.insert(Flow::open(&self.reader, &path)?);
                // no rows of a file are merged with those of another one
                self.held.review = None;
                self.held.replaced = 0;
                self.files.push(flow.about().clone());
                continue;
            };
            let about = flow.about();
            let held = &mut self.held;
            let file = about.file.clone();
            let more = flow.read(|content| held.take(content, &file))?;
            let replaced = flow.replaced();
            if !more {
                self.flow = None;
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
            return Ok(Some(self.reader.settled(part)));
        }
    }
}

impl Iterator for Reviews {
    type Item = Result<RecommendationList>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.next_part();
        if part.is_err() {
            (self.flow, self.held) = (None, Held::default());
            self.paths.clear();
        }
        part.transpose()
    }
}

impl Held {
    fn take(&mut self, content: Content, file: &Arc<str>) -> Result<()> {
        match content {
            Content::Recommendation(recommendation) => {
                self.meet(&recommendation, file)?;
                self.list.recommendations.push(recommendation);
            }
            Content::Pledge(pledge) => {
                self.meet(&pledge, file)?;
                self.list.pledges.push(pledge);
            }
            Content::Reject(reject) => self.list.rejects.push(reject),
            Content::OtherMechanism => self.set_aside += 1,
        }
        let held = self.list.recommendations.len() + self.list.pledges.len() - self.begin.0 - self.begin.1;
        if held > MOST_ROWS {
            let review = self.review.as_deref().unwrap_or_default();
            return Err(Error::unexpected(
                Place::file(&**file),
                format!("more than {MOST_ROWS} rows of the review {review}"),
                "a list that names State under review and session in each row, else read it in memory",
            ));
        }
        Ok(())
    }

    /// Notes to which review a row belongs.
    fn meet(&mut self, row: &Recommendation, file: &Arc<str>) -> Result<()> {
        let at = row.sources.first().map_or(0, |source| source.row);
        let review = review_key(row);
        if self.review.as_ref() == Some(&review) {
            if let Some(seen) = self.seen.get_mut(&review) {
                seen.1 = at;
            }
            return Ok(());
        }
        let refused = |found: String| {
            let expected = "the rows of a review together and in one file, else read the list in memory";
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
                return refused(format!(
                    "{name} again, which stands in {before} too, once without a session"
                ));
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
