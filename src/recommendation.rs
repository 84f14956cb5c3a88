//! The record of one recommendation, as written in its source.
//!
//! The essential types are [`Recommendation`], [`Position`] and [`Session`]. What was read from the source is
//! kept as written beside its interpretation: a position that is not known is still there as text.
//!
//! Where to go next: [`read`](crate::read) makes recommendations from files, [`tag`](crate::code) codes them.

pub(crate) mod id;
pub(crate) mod lookup;
mod position;
mod session;

pub use position::{Position, PositionGiven};
pub use session::Session;

use crate::state::StateName;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One recommendation that a State received in its review, made by one State or by several together.
///
/// # Ids
///
/// `USA-36-26.161` is the State under review (ISO 3166 alpha-3), the session and the paragraph. Where a source
/// numbers nothing, as UPR Info's export, the text replaces the paragraph: `TON-15-t3f8a60c1d2e4`, with the
/// first 12 digits of the FNV-1a hash of the text. What a list doesn't say is `XXX` for the State and `00` for
/// the session. Where two recommendations would have the same id (the record sometimes uses a number twice),
/// all but the first in the order of their texts get `~2`, `~3` and so on. So the row without `~2` need not be the first in
/// the file: an order that followed the rows would give a sorted list other ids than the same list unsorted.
///
/// # Example
///
/// ```
/// let list = upr::read::Reader::new().state_under_review("Kenya").session("35").bytes(
///     "list.csv",
///     b"paragraph,text,recommending_states,position\n7.1,Abolish the death penalty,Spain; Peru,Noted\n",
/// )?;
/// let made = &list.recommendations[0];
/// assert_eq!((made.id.as_str(), made.text.as_str()), ("KEN-35-7.1", "Abolish the death penalty"));
/// assert_eq!(made.recommending_states[1].name(), "Peru");
/// assert_eq!(made.position.as_ref().unwrap().position, Some(upr::Position::Noted));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recommendation {
    /// A stable name, the same whenever and wherever the recommendation is read: see [Ids](#ids).
    pub id: String,
    /// The State that was reviewed, if the source or the caller names it.
    pub state_under_review: Option<StateName>,
    /// The session of the UPR Working Group.
    pub session: Option<Session>,
    /// The symbol of the document, such as `A/HRC/46/15`.
    pub document: Option<String>,
    /// The number within the document, such as `26.161`.
    pub paragraph: Option<String>,
    /// The text as written, with HTML entities decoded, but without its number and the brackets at its end that name its
    /// States. Parts of one number in a report get the words that they [share](crate::read#parts-of-one-number).
    pub text: String,
    /// The language of the text. Where its own words do not tell, that of most texts of the review; none where those do
    /// not tell either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The States that made it, in the order of the source.
    #[serde(default)]
    pub recommending_states: Vec<StateName>,
    /// The answer of the State under review, if the source has one.
    pub position: Option<PositionGiven>,
    /// What the source itself says of the subject; not our tags.
    #[serde(default)]
    pub labels: SourceLabels,
    /// The rows it was read from: one, or several that were merged.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// How many of these rows name the same States as another one, and so repeat it: a list may have a row for each theme.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeated: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a source says of a recommendation's subject, in its own terms.
///
/// # Example
///
/// ```
/// let table = b"text,issue,action\nTrain the police,\"Justice,Women's rights\",4\n";
/// let list = upr::read::Reader::new().bytes("upr-info.csv", table)?;
/// let labels = &list.recommendations[0].labels;
/// assert_eq!(labels.issues, ["Justice", "Women's rights"]);
/// assert_eq!(labels.action.as_deref(), Some("4"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SourceLabels {
    /// The heading above it in a thematic list.
    pub heading: Option<String>,
    /// UPR Info's issues.
    pub issues: Vec<String>,
    /// OHCHR's themes.
    pub themes: Vec<String>,
    /// UPR Info's action category, 1 to 5.
    pub action: Option<String>,
    /// Sustainable Development Goals.
    pub sdgs: Vec<String>,
    /// Groups of persons.
    pub affected_persons: Vec<String>,
}

impl SourceLabels {
    /// The number of labels of each kind of which there can be several.
    pub(crate) fn lengths(&self) -> [usize; 4] {
        [&self.issues, &self.themes, &self.sdgs, &self.affected_persons].map(Vec::len)
    }
}

/// Where a recommendation was read.
///
/// # Example
///
/// ```
/// // two rows that say the same in one review are one recommendation
/// let table = b"text,recommending_states\nProtect journalists,Peru\nProtect journalists,Chile\n";
/// let list = upr::read::Reader::new().bytes("list.csv", table)?;
/// let sources = &list.recommendations[0].sources;
/// assert_eq!((&*sources[0].file, sources[0].row, sources[1].row), ("list.csv", 2, 3));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The file, as the caller named it, without its folders.
    pub file: Arc<str>,
    /// The row, as a spreadsheet shows it: the header is row 1. Of a thematic list, the row of its tables, counted
    /// through them from 1, headers and headings included; of JSON, the record, counted from 1; of a report, the line
    /// where the recommendation begins, or the page where the text has pages.
    pub row: u64,
}

impl Source {
    /// A row of a file.
    ///
    /// # Example
    ///
    /// ```
    /// let source = upr::Source::new("list.csv", 2);
    /// assert_eq!((&*source.file, source.row), ("list.csv", 2));
    /// ```
    pub fn new(file: impl Into<Arc<str>>, row: u64) -> Source {
        Source { file: file.into(), row }
    }
}

impl Recommendation {
    /// A recommendation of which only the text is known; every field can be set afterwards. It has no id until it is
    /// part of a list that was [joined](crate::read::RecommendationList::join).
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Recommendation, StateName};
    ///
    /// let mut made = Recommendation::new("Abolish the death penalty");
    /// made.recommending_states = vec![StateName::new("Spain")];
    /// assert_eq!((made.pairs(), made.position()), (1, None));
    /// ```
    pub fn new(text: impl Into<String>) -> Recommendation {
        Recommendation { text: text.into(), ..Recommendation::default() }
    }

    /// The States that it names: those that made it, and the one under review.
    pub(crate) fn state_names(&self) -> impl Iterator<Item = &StateName> {
        self.recommending_states.iter().chain(&self.state_under_review)
    }

    /// The hash of its text, by which corrections find it again where a list is numbered anew: `t` and 12 hexadecimal digits,
    /// the first of the 64-bit FNV-1a hash of the text on one line. White space between words makes no difference.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Recommendation;
    ///
    /// let made = Recommendation::new("Abolish the death\npenalty");
    /// assert_eq!(made.text_hash(), "t08dc1ccf37b9");
    /// assert_eq!(made.text_hash(), Recommendation::new("Abolish the death penalty").text_hash());
    /// ```
    pub fn text_hash(&self) -> String {
        id::text_hash(&self.text)
    }

    /// The number of recommendation–State pairs: one for each recommending State.
    pub fn pairs(&self) -> usize {
        self.recommending_states.len()
    }

    /// The position that the wording was read as.
    pub fn position(&self) -> Option<Position> {
        self.position.as_ref()?.position
    }

    /// The cycle that the session belongs to.
    pub fn cycle(&self) -> Option<u8> {
        self.session.as_ref()?.cycle()
    }

    /// Whether the State under review made it itself: a voluntary pledge, not a recommendation.
    pub(crate) fn is_pledge(&self) -> bool {
        let named = self.position.as_ref().is_some_and(|position| {
            let given = position.given.to_lowercase();
            given.contains("voluntary") && given.contains("pledge")
        });
        let own = match (&self.state_under_review, self.recommending_states.as_slice()) {
            (Some(reviewed), [only]) => reviewed.is_same(only),
            _ => false,
        };
        named || own
    }
}

/// A text alone.
impl From<&str> for Recommendation {
    fn from(text: &str) -> Recommendation {
        Recommendation::new(text)
    }
}
