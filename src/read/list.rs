//! What reading gives: recommendations, pledges and rejects, and an account of every row.

use super::{Account, Corrected, Encoding, Form, Unresolved, corrected, replies, versions};
use crate::input::decode::Decoded;
use crate::recommendation::{PositionGiven, Recommendation, Session, Source, assign_ids, collapsed};
use crate::state::StateName;
use crate::text::hash::Fnv;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The recommendations of one or several files, and what else was in them. Every row of every file is
/// [accounted for](RecommendationList::account).
///
/// # Example
///
/// ```
/// let list = upr::read::path("fixtures/quirks.csv")?;
/// assert_eq!(list.recommendations[0].text, "Abolish the death penalty");
/// assert_eq!(&*list.files[0].file, "quirks.csv");
/// assert!(list.rejects.iter().all(|reject| !reject.reason.is_empty()));
/// assert!(list.account().balances());
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecommendationList {
    /// The recommendations, in the order of the source.
    pub recommendations: Vec<Recommendation>,
    /// What the State under review pledged of its own accord: not recommendations, and not counted as such.
    pub pledges: Vec<Recommendation>,
    /// What States under review replied in addenda to recommendations that no file of the list holds.
    pub replies: Vec<Reply>,
    /// What could not be read, with the reason.
    pub rejects: Vec<Reject>,
    /// The files, and how they were read.
    pub files: Vec<FileRead>,
}

/// The reply of a State under review to a numbered recommendation, from an addendum to the report.
///
/// # Example
///
/// ```
/// // an addendum without the report or the list that it answers
/// let list = upr::read::path("fixtures/addenda/column.txt")?;
/// let reply = &list.replies[0];
/// assert!(list.recommendations.is_empty());
/// assert_eq!((reply.paragraph.as_str(), reply.position.position), ("1", Some(upr::Position::Supported)));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The State under review.
    pub state_under_review: Option<StateName>,
    /// The session of the UPR Working Group.
    pub session: Option<Session>,
    /// The symbol of the addendum, such as `A/HRC/28/15/Add.1`.
    pub document: Option<String>,
    /// The number of the recommendation in the report, such as `115.12`.
    pub paragraph: String,
    /// The position, in the addendum's words.
    pub position: PositionGiven,
    /// Where it stands.
    pub source: Source,
}

/// A row that is no recommendation.
///
/// # Example
///
/// ```
/// let table = b"text,recommending_states\n,Spain\n";
/// let reject = &upr::read::Reader::new().bytes("list.csv", table)?.rejects[0];
/// assert_eq!((&*reject.file, reject.row, reject.raw.as_str()), ("list.csv", 2, ",Spain"));
/// assert_eq!(reject.reason, "found an empty text, expected a recommendation");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// The file, without its folders.
    pub file: Arc<str>,
    /// The row, as in [`Source::row`].
    pub row: u64,
    /// What was found and what was expected.
    pub reason: String,
    /// The row as it stood; that of a workbook or a document as its cells, joined by tabs.
    pub raw: String,
}

/// How a file was read.
///
/// # Example
///
/// ```
/// use upr::read::{Form, Reader};
///
/// let file = &Reader::new().bytes("list.csv", b"text,Colour\nAbolish the death penalty,blue\n")?.files[0];
/// assert_eq!((file.form, file.rows, file.replaced), (Form::Table, 1, 0));
/// assert_eq!(file.unused_columns, ["Colour"]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// The file, without its folders.
    pub file: Arc<str>,
    /// What it was found to be.
    pub form: Form,
    /// The headers of columns that were not used, since nobody said what they hold.
    pub unused_columns: Vec<String>,
    /// Further sheets of a workbook that look like lists as well, and were not read: the first one alone is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_sheets: Vec<String>,
    /// The encoding that it was found to have, if it is text.
    pub encoding: Option<Encoding>,
    /// The rows under the header, blank lines apart; of a document, the recommendations (one number may hold several)
    /// or replies.
    pub rows: u64,
    /// The invalid bytes or characters that were replaced by U+FFFD.
    pub replaced: usize,
    /// The replies of an addendum, whether a recommendation was found for them or not.
    pub replies: u64,
    /// The records of other mechanisms (treaty bodies, special procedures), which stay aside.
    pub set_aside: u64,
}

impl FileRead {
    /// An account of the file of this name and form, in which nothing is counted yet.
    pub(super) fn new(name: &str, form: Form) -> FileRead {
        let file = Path::new(name).file_name().map_or(name.into(), |file| file.to_string_lossy());
        FileRead {
            file: Arc::from(file),
            form,
            unused_columns: Vec::new(),
            unread_sheets: Vec::new(),
            encoding: None,
            rows: 0,
            replaced: 0,
            replies: 0,
            set_aside: 0,
        }
    }

    /// The same for a file of text.
    pub(super) fn of_text(name: &str, form: Form, decoded: &Decoded) -> FileRead {
        let (encoding, replaced) = (Some(decoded.encoding), decoded.replaced);
        FileRead { encoding, replaced, ..FileRead::new(name, form) }
    }
}

impl RecommendationList {
    /// Puts lists together: what two files both state becomes one recommendation, and ids stay unique. The replies
    /// of an addendum give their positions to the recommendations of the same review, whichever list came first.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::{self, RecommendationList};
    ///
    /// let one = read::path("fixtures/usa-2020.csv")?;
    /// let list = RecommendationList::join([one.clone(), one]);
    /// let account = list.account();
    /// assert_eq!((account.rows, account.recommendations, account.merged), (694, 347, 347));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn join(lists: impl IntoIterator<Item = RecommendationList>) -> RecommendationList {
        RecommendationList::beside(lists).settle()
    }

    /// Puts lists one after the other, with nothing settled.
    pub(super) fn beside(lists: impl IntoIterator<Item = RecommendationList>) -> RecommendationList {
        let mut joined = RecommendationList::default();
        for list in lists {
            joined.recommendations.extend(list.recommendations);
            joined.pledges.extend(list.pledges);
            joined.replies.extend(list.replies);
            joined.rejects.extend(list.rejects);
            joined.files.extend(list.files);
        }
        joined
    }

    /// Gives the replies of addenda to the recommendations, merges what is the same, and gives the ids.
    pub(super) fn settle(self) -> RecommendationList {
        self.settled_by(|recommendations, files| versions::unite(merge(recommendations), files))
    }

    /// The same, and merges nothing: each row stays a recommendation.
    pub(super) fn settle_apart(self) -> RecommendationList {
        self.settled_by(|recommendations, _| recommendations)
    }

    fn settled_by(
        mut self,
        merge: fn(Vec<Recommendation>, &[FileRead]) -> Vec<Recommendation>,
    ) -> RecommendationList {
        self.replies = replies::apply(&mut self.recommendations, self.replies);
        self.recommendations = merge(self.recommendations, &self.files);
        assign_ids(&mut self.recommendations);
        assign_ids(&mut self.pledges);
        self
    }

    /// What became of every row.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,recommending_states\nJoin the ICC,Spain\nJoin the ICC,Peru\n,Chile\n";
    /// let account = upr::read::Reader::new().bytes("list.csv", table)?.account();
    /// assert_eq!((account.rows, account.recommendations, account.merged, account.rejects), (3, 1, 1, 1));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn account(&self) -> Account {
        Account::of(&self.recommendations, &self.pledges, &self.rejects, &self.files)
    }

    /// What was read as text only, since nobody knows it.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,session\nAbolish the death penalty,last autumn\n";
    /// let unresolved = upr::read::Reader::new().bytes("list.csv", table)?.unresolved();
    /// assert_eq!(unresolved.sessions["last autumn"].recommendations, 1);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn unresolved(&self) -> Unresolved {
        Unresolved::of(&self.recommendations)
    }

    /// The names of States that were misspelt, as they were given, with the State that each was read as. What has another
    /// form, such as `Ivory Coast`, is not among them.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,from\nRatify it,Spian\nEnd it,Ivory Coast\n";
    /// let list = upr::read::Reader::new().bytes("a.csv", table)?;
    /// let corrected = list.corrected();
    /// let spian = &corrected["Spian"];
    /// assert_eq!((corrected.len(), spian.read_as.as_str(), spian.first.row), (1, "Spain", 2));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn corrected(&self) -> BTreeMap<Arc<str>, Corrected> {
        let mut names = BTreeMap::new();
        corrected::add(&mut names, &self.recommendations);
        names
    }
}

/// Puts rows of one recommendation together: the same review, number, text and answer.
fn merge(recommendations: Vec<Recommendation>) -> Vec<Recommendation> {
    let hashes: Vec<u64> = recommendations.par_iter().map(|made| Sameness::of(made).hash()).collect();
    let mut merged: Vec<Recommendation> = Vec::with_capacity(recommendations.len());
    let mut known: HashMap<u64, usize> = HashMap::with_capacity(recommendations.len());
    for (recommendation, mut hash) in recommendations.into_iter().zip(hashes) {
        // two that only hash alike stand under neighbouring numbers
        while let Some(&at) = known.get(&hash)
            && Sameness::of(&merged[at]) != Sameness::of(&recommendation)
        {
            hash = hash.wrapping_add(1);
        }
        // one that is full gives its place to the next
        match known.get(&hash).filter(|at| merged[**at].has_room()) {
            Some(&at) => {
                // of one position, the statement of a later document
                if let Ok(position) = versions::settled(&merged[at].position, &recommendation.position) {
                    merged[at].position = position;
                }
                merged[at].absorb(recommendation);
            }
            None => {
                known.insert(hash, merged.len());
                merged.push(recommendation);
            }
        }
    }
    merged
}

/// What two rows of one recommendation share. States and sessions count by what they were read as, the text
/// without regard to line breaks and doubled blanks. Where no State under review is named, the document or the
/// file stands for the review: two such lists may come from two reviews.
#[derive(PartialEq)]
struct Sameness<'r> {
    review: &'r str,
    session: Result<u16, &'r str>,
    paragraph: Option<&'r str>,
    text: Cow<'r, str>,
    position: &'r str,
}

impl<'r> Sameness<'r> {
    fn of(recommendation: &'r Recommendation) -> Sameness<'r> {
        Sameness {
            review: match (&recommendation.state_under_review, &recommendation.document) {
                (Some(name), _) => name.name(),
                (None, Some(document)) => document,
                (None, None) => recommendation.sources.first().map_or("", |source| &source.file),
            },
            session: recommendation
                .session
                .as_ref()
                .map_or(Err(""), |session| session.number.ok_or(&*session.given)),
            paragraph: recommendation.paragraph.as_deref(),
            text: collapsed(&recommendation.text),
            position: recommendation.position.as_ref().map_or("", |position| match position.position {
                Some(position) => position.as_str(),
                None => &position.given,
            }),
        }
    }

    fn hash(&self) -> u64 {
        let session = self.session.map_or_else(str::to_string, |number| number.to_string());
        Fnv::new()
            .add_field(self.review)
            .add_field(&session)
            .add_field(self.position)
            .add_field(self.paragraph.unwrap_or(""))
            .add_field(&self.text)
            .value()
    }
}

/// The most recommending States that a recommendation made of several rows has before the next row begins another, and
/// the most labels of a kind: whoever is added is looked for among those who are there.
const MOST_ABSORBED: usize = 500;

impl Recommendation {
    fn has_room(&self) -> bool {
        let labels = &self.labels;
        [labels.issues.len(), labels.themes.len(), labels.sdgs.len(), labels.affected_persons.len()]
            .into_iter()
            .chain([self.recommending_states.len()])
            .all(|number| number < MOST_ABSORBED)
    }

    /// Takes over what another row says of the same recommendation.
    pub(super) fn absorb(&mut self, other: Recommendation) {
        for name in other.recommending_states {
            if !self.recommending_states.iter().any(|known| known.is_same(&name)) {
                self.recommending_states.push(name);
            }
        }
        let add = |to: &mut Vec<String>, from: Vec<String>| {
            if to.is_empty() {
                *to = from;
                return;
            }
            for label in from {
                if !to.contains(&label) {
                    to.push(label);
                }
            }
        };
        self.labels.heading = self.labels.heading.take().or(other.labels.heading);
        add(&mut self.labels.issues, other.labels.issues);
        add(&mut self.labels.themes, other.labels.themes);
        add(&mut self.labels.sdgs, other.labels.sdgs);
        add(&mut self.labels.affected_persons, other.labels.affected_persons);
        self.labels.action = self.labels.action.take().or(other.labels.action);
        self.document = self.document.take().or(other.document);
        self.sources.extend(other.sources);
    }
}
