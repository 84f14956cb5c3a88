//! Sessions of the UPR Working Group, and the cycles that they belong to.

use crate::error::{Error, Result, quoted};
use crate::state::sessions::sessions;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A session of the UPR Working Group, as written in the source.
///
/// # Example
///
/// ```
/// let session = upr::Session::new("36th session");
/// assert_eq!((&*session.given, session.number, session.cycle()), ("36th session", Some(36), Some(3)));
/// assert_eq!(session.to_string(), "36");
/// assert_eq!(upr::Session::new("last autumn").to_string(), "last autumn");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Session {
    /// As written.
    pub given: Arc<str>,
    /// Its number, from 1 (April 2008) on, unless it was not understood.
    pub number: Option<u16>,
}

impl Session {
    /// Reads a session: the number alone, or the one beside the word "session" (`Session 36`, `36th session
    /// (November 2020)`), or that of a document of the Working Group (`A/HRC/WG.6/36/USA/1`). Where several numbers
    /// are given, and none of them in this way, the session is not understood.
    ///
    /// # Example
    ///
    /// ```
    /// let session = upr::Session::new("36th session, November 2020");
    /// assert_eq!((session.number, session.cycle()), (Some(36), Some(3)));
    /// assert_eq!(upr::Session::new("2-13 May 2016, session 25").number, Some(25));
    /// assert_eq!(upr::Session::new("9 November 2020").number, None);
    /// assert_eq!(upr::Session::new("51.0").number, Some(51)); // as spreadsheets write it
    /// assert_eq!(upr::Session::new("Cycle 3").number, None); // sessions 27 to 40
    /// ```
    pub fn new(given: &str) -> Session {
        Session { given: Arc::from(given), number: session_number(given) }
    }

    /// The cycle of the UPR: 1 is sessions 1 to 12 (2008-2011), 2 is 13 to 26 (2012-2016), 3 is 27 to 40
    /// (2017-2022), 4 begins with session 41 (November 2022).
    ///
    /// Source: OHCHR, calendars of the four cycles.
    pub fn cycle(&self) -> Option<u8> {
        let sessions = sessions();
        let at = usize::from(self.number?).clamp(1, sessions.len());
        Some(sessions[at - 1].cycle)
    }

    /// Whether it is a cycle that was written, such as `Cycle 3`, and no session.
    pub(crate) fn names_cycle(&self) -> bool {
        let lower = self.given.to_lowercase();
        self.number.is_none() && lower.split(|c: char| !c.is_alphabetic()).any(is_cycle)
    }
}

fn session_number(given: &str) -> Option<u16> {
    let lower = given.to_lowercase();
    let in_calendar = |number: &u16| (1..=last_session()).contains(number);
    if let Some((_, after)) = lower.split_once("wg.6/") {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        return digits.parse().ok().filter(in_calendar);
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number =
        |word: &str| -> Option<u16> { word.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok() };
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.starts_with("session")) {
        let before = at.checked_sub(1).and_then(|at| number(words[at]));
        let after = words.get(at + 1).and_then(|word| number(word));
        let glued = word.strip_prefix("session").and_then(number);
        if let Some(number) = [before, glued, after].into_iter().flatten().find(in_calendar) {
            return Some(number);
        }
    }
    // spreadsheets and pandas write 51 as 51.0
    if let Some((whole, zeros)) = given.trim().split_once('.')
        && !zeros.is_empty()
        && zeros.bytes().all(|byte| byte == b'0')
    {
        return whole.parse().ok().filter(in_calendar);
    }
    // the number of a cycle is not that of a session
    let of_cycle = |at: usize| {
        let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        beside.filter_map(|at| words.get(at)).any(|word| is_cycle(word))
    };
    let numbers = words.iter().enumerate().filter(|(at, _)| !of_cycle(*at));
    match numbers.filter_map(|(_, word)| number(word)).collect::<Vec<_>>().as_slice() {
        [only] => Some(*only).filter(in_calendar),
        _ => None,
    }
}

/// Whether a word, in lower case, is "cycle" in English, French or Spanish.
fn is_cycle(word: &str) -> bool {
    ["cycle", "cycles", "ciclo", "ciclos"].contains(&word)
}

impl std::str::FromStr for Session {
    type Err = Error;

    /// The session that a user means, in any form that [`Session::new`] understands.
    ///
    /// # Errors
    ///
    /// A text that is not a session, such as the year `2020`.
    fn from_str(given: &str) -> Result<Session> {
        let session = Session::new(given.trim());
        if session.number.is_some() {
            return Ok(session);
        }
        let last = last_session();
        let expected =
            format!("the number of a session of the UPR Working Group, from 1 to {last}, such as 36");
        Err(Error::argument("session", quoted(given), expected))
    }
}

/// The last session of the calendar; a larger number is not a session.
fn last_session() -> u16 {
    sessions().last().map_or(0, |held| held.number)
}

impl From<u16> for Session {
    /// ```
    /// assert_eq!(upr::Session::from(36).cycle(), Some(3));
    /// ```
    fn from(number: u16) -> Session {
        Session::new(&number.to_string())
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            Some(number) => f.pad(&number.to_string()),
            None => f.pad(&self.given),
        }
    }
}
