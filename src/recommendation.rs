//! The record: one recommendation, as its source gives it.
//!
//! The essential types are [`Recommendation`], [`Position`] and [`Session`]. What was read from the source is
//! kept as it stood beside what it was read as: a position that nobody knows is still there, as text.
//!
//! # Ids
//!
//! `USA-36-26.161` is the State under review (ISO 3166 alpha-3), the session and the paragraph. Where a source
//! numbers nothing, as UPR Info's export, the text stands for the paragraph: `TON-15-t3f8a60c1d2e4`, with the
//! first 12 digits of the FNV-1a hash of the text. What a list doesn't say is `XXX` for the State and `00` for
//! the session. Where two recommendations would have the same id (the record sometimes uses a number twice),
//! all but the first in the order of their texts get `~2`, `~3` and so on. So the row without `~2` need not be the first in
//! the file: an order that followed the rows would give a sorted list other ids than the same list unsorted.
//!
//! # Example
//!
//! ```
//! use upr::{Position, read::Reader};
//!
//! let table = b"paragraph,text,recommending_states,position\n26.1,Abolish the death penalty,Spain,Rejected\n";
//! let list = Reader::new().state_under_review("USA").session("36").bytes("list.csv", table)?;
//! let made = &list.recommendations[0];
//! assert_eq!(made.id, "USA-36-26.1");
//! assert_eq!((made.position(), made.cycle()), (Some(Position::Noted), Some(3)));
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`read`](crate::read) makes recommendations from files, [`tag`](crate::tag) codes them.

mod id;

pub(crate) use id::{assign_ids, collapsed, review_key};

use crate::Result;
use crate::error::{Error, Place, quoted};
use crate::state::StateName;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// One recommendation that a State received in its review, made by one State or by several together.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// A stable name, the same whenever and wherever the recommendation is read; see the page of this module.
    pub id: String,
    /// The State that was reviewed, where the source or the caller says it.
    pub state_under_review: Option<StateName>,
    /// The session of the UPR Working Group.
    pub session: Option<Session>,
    /// The symbol of the document, such as `A/HRC/46/15`.
    pub document: Option<String>,
    /// The number within the document, such as `26.161`.
    pub paragraph: Option<String>,
    /// The text as it stood, HTML entities decoded, without blanks at its ends.
    pub text: String,
    /// The States that made it, in the order of the source.
    pub recommending_states: Vec<StateName>,
    /// The answer of the State under review, where the source gives one.
    pub position: Option<PositionGiven>,
    /// What the source itself says of the subject; not our tags.
    pub labels: SourceLabels,
    /// The rows it was read from: one, or several that were merged.
    pub sources: Vec<Source>,
}

/// What the State under review said to a recommendation.
///
/// # Example
///
/// ```
/// use upr::Position;
///
/// // UN practice knows no other refusal than to note
/// assert_eq!(Position::from_wording("Rejected"), Some(Position::Noted));
/// assert_eq!(Position::Noted.to_string(), "noted");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// It enjoys the State's support (`Supported`, and UPR Info's `Accepted`).
    Supported,
    /// It was noted (`Noted`, `Not supported`, `Rejected`): UN practice knows no other refusal.
    Noted,
    /// Parts were supported and the rest noted.
    SupportedInPart,
    /// The State will answer later.
    Pending,
}

impl Position {
    /// All positions, in the order in which tables show them.
    ///
    /// # Example
    ///
    /// ```
    /// let columns = upr::Position::ALL.map(upr::Position::as_str);
    /// assert_eq!(columns, ["supported", "supported_in_part", "noted", "pending"]);
    /// ```
    pub const ALL: [Position; 4] =
        [Position::Supported, Position::SupportedInPart, Position::Noted, Position::Pending];

    /// `supported`, `supported_in_part`, `noted` or `pending`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Position::SupportedInPart.as_str(), "supported_in_part");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Position::Supported => "supported",
            Position::Noted => "noted",
            Position::SupportedInPart => "supported_in_part",
            Position::Pending => "pending",
        }
    }

    /// Reads the wording of a source, in any case and with blanks, hyphens or underscores.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Position;
    /// assert_eq!(Position::from_wording("Accepted"), Some(Position::Supported));
    /// assert_eq!(Position::from_wording("supported_noted"), Some(Position::SupportedInPart));
    /// assert_eq!(Position::from_wording("perhaps"), None);
    /// ```
    pub fn from_wording(wording: &str) -> Option<Position> {
        let mut words = String::new();
        for c in wording.chars() {
            if c.is_alphanumeric() {
                words.extend(c.to_lowercase());
            } else if !words.ends_with(' ') {
                words.push(' ');
            }
        }
        Some(match words.trim() {
            "supported"
            | "accepted"
            | "support"
            | "accept"
            | "supports"
            | "enjoys support"
            | "enjoys the support"
            | "enjoy the support"
            | "enjoyed the support"
            | "enjoy its support"
            | "enjoys its support"
            | "enjoyed its support"
            | "enjoy support"
            | "fully supported"
            | "fully accepted" => Position::Supported,
            "noted"
            | "not supported"
            | "not accepted"
            | "rejected"
            | "does not support"
            | "does not enjoy support"
            | "does not enjoy the support"
            | "do not enjoy the support"
            | "did not enjoy the support"
            | "did not enjoy its support"
            | "are noted"
            | "were noted"
            | "unsupported" => Position::Noted,
            "supported noted"
            | "supported in part"
            | "partially supported"
            | "partly supported"
            | "accepted in part"
            | "partially accepted"
            | "partly accepted"
            | "noted supported"
            | "supported partially"
            | "accepted noted" => Position::SupportedInPart,
            "pending"
            | "will be examined"
            | "will be further examined"
            | "will be considered"
            | "under consideration"
            | "to be examined"
            | "no response"
            | "in abeyance"
            | "deferred" => Position::Pending,
            _ => return None,
        })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The source's own words for a position, and what they were read as.
///
/// # Example
///
/// ```
/// let given = upr::PositionGiven::new("We will think about it");
/// assert_eq!(given.position, None); // nobody guesses,
/// assert_eq!(&*given.given, "We will think about it"); // and nothing is lost
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionGiven {
    /// As it stood. Where an addendum changed what the report says, the report's words follow in square brackets.
    pub given: Arc<str>,
    /// The position, unless the wording is not known.
    pub position: Option<Position>,
    /// Where it is stated, if elsewhere: the addendum, such as `A/HRC/28/15/Add.1, para. 3`.
    pub stated_in: Option<Arc<str>>,
}

impl PositionGiven {
    /// Reads a wording.
    ///
    /// # Example
    ///
    /// ```
    /// let given = upr::PositionGiven::new("Partially supported");
    /// assert_eq!(given.position, Some(upr::Position::SupportedInPart));
    /// ```
    pub fn new(given: &str) -> PositionGiven {
        PositionGiven { given: Arc::from(given), position: Position::from_wording(given), stated_in: None }
    }
}

/// A session of the UPR Working Group, as the source gives it.
///
/// # Example
///
/// ```
/// let session = upr::Session::new("36th session");
/// assert_eq!((&*session.given, session.number), ("36th session", Some(36)));
/// assert_eq!(session.to_string(), "36");
/// assert_eq!(upr::Session::new("last autumn").to_string(), "last autumn");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Session {
    /// As it stood.
    pub given: Arc<str>,
    /// Its number, from 1 (April 2008) on, unless it was not understood.
    pub number: Option<u16>,
}

impl Session {
    /// Reads a session: the number alone, or the one beside the word "session" (`Session 36`, `36th session
    /// (November 2020)`), or that of a document of the Working Group (`A/HRC/WG.6/36/USA/1`). Where several numbers
    /// stand and none of them so, the session is not understood.
    ///
    /// # Example
    ///
    /// ```
    /// let session = upr::Session::new("36th session, November 2020");
    /// assert_eq!((session.number, session.cycle()), (Some(36), Some(3)));
    /// assert_eq!(upr::Session::new("2-13 May 2016, session 25").number, Some(25));
    /// assert_eq!(upr::Session::new("9 November 2020").number, None);
    /// ```
    pub fn new(given: &str) -> Session {
        Session { given: Arc::from(given), number: session_number(given) }
    }

    /// The cycle of the UPR: 1 is sessions 1 to 12 (2008-2011), 2 is 13 to 26 (2012-2016), 3 is 27 to 40
    /// (2017-2022), 4 begins with session 41 (November 2022).
    ///
    /// Source: OHCHR, calendars of the four cycles.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Session;
    /// assert_eq!(Session::new("36th session").cycle(), Some(3));
    /// assert_eq!(Session::new("November 2020").cycle(), None);
    /// ```
    pub fn cycle(&self) -> Option<u8> {
        Some(match self.number? {
            ..=12 => 1,
            13..=26 => 2,
            27..=40 => 3,
            _ => 4,
        })
    }
}

fn session_number(given: &str) -> Option<u16> {
    let lower = given.to_lowercase();
    if let Some((_, after)) = lower.split_once("wg.6/") {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        return digits.parse().ok().filter(|number| (1..=LAST_SESSION).contains(number));
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| -> Option<u16> {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse().ok()
    };
    let in_calendar = |number: &u16| (1..=LAST_SESSION).contains(number);
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.starts_with("session")) {
        let before = at.checked_sub(1).and_then(|at| number(words[at]));
        let after = words.get(at + 1).and_then(|word| number(word));
        let glued = word.strip_prefix("session").and_then(number);
        if let Some(number) = [before, glued, after].into_iter().flatten().find(in_calendar) {
            return Some(number);
        }
    }
    match words.iter().filter_map(|word| number(word)).collect::<Vec<_>>().as_slice() {
        [only] => Some(*only).filter(in_calendar),
        _ => None,
    }
}

impl std::str::FromStr for Session {
    type Err = Error;

    /// The session that a user means, in any form that [`Session::new`] understands.
    ///
    /// # Errors
    ///
    /// What is no session, such as the year `2020`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!("36th session".parse::<upr::Session>()?.number, Some(36));
    /// assert_eq!(
    ///     "2020".parse::<upr::Session>().unwrap_err().to_string(),
    ///     "session: found \"2020\", expected the number of a session of the UPR Working Group, from 1 to 54, such as 36"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    fn from_str(given: &str) -> Result<Session> {
        let session = Session::new(given.trim());
        match session.number {
            Some(_) => Ok(session),
            None => {
                let expected = format!(
                    "the number of a session of the UPR Working Group, from 1 to {LAST_SESSION}, such as 36"
                );
                Err(Error::unexpected(Place::file("session"), quoted(given), expected))
            }
        }
    }
}

/// The fourth cycle ends with session 54 in 2027; a larger number is not a session of today's calendar.
const LAST_SESSION: u16 = 54;

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            Some(number) => f.pad(&number.to_string()),
            None => f.pad(&self.given),
        }
    }
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
pub struct SourceLabels {
    /// The heading under which it stands in a thematic list.
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The file, as the caller named it, without its folders.
    pub file: Arc<str>,
    /// The row, as a spreadsheet shows it: the header is row 1. Of a thematic list, the row of its tables, counted
    /// through them from 1, headers and headings included; of JSON, the record, counted from 1; of a report, the line
    /// where the recommendation begins, or the page where the text has pages.
    pub row: u64,
}

impl Recommendation {
    /// The number of recommendation x recommending State pairs that it stands for: one for each State.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::path("fixtures/usa-2020.csv")?;
    /// let joint = list.recommendations.iter().find(|made| made.paragraph.as_deref() == Some("26.49")).unwrap();
    /// assert_eq!(joint.pairs(), 6);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn pairs(&self) -> usize {
        self.recommending_states.len()
    }

    /// The position that the wording was read as.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,position\nAbolish the death penalty,Rejected\nJoin the ICC,perhaps later\n";
    /// let list = upr::read::Reader::new().bytes("list.csv", table)?;
    /// assert_eq!(list.recommendations[0].position(), Some(upr::Position::Noted));
    /// assert_eq!(list.recommendations[1].position(), None);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn position(&self) -> Option<Position> {
        self.position.as_ref()?.position
    }

    /// The cycle that the session belongs to.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::Reader::new().session("14").bytes("list.csv", b"text\nJoin the ICC\n")?;
    /// assert_eq!(list.recommendations[0].cycle(), Some(2));
    /// # Ok::<(), upr::Error>(())
    /// ```
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
