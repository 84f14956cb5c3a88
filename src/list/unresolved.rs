//! What was read as text only, since no table has it.

use crate::recommendation::{Recommendation, Source};
use crate::state::State;
use crate::text::fold::{is_apostrophe, is_invisible};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names and wordings that are in no table. They are kept as text, and nothing is lost by them but their place in the
/// tables.
///
/// # Example
///
/// ```
/// let table = b"text,recommending_states,position\nJoin the ICC,Hondurass,perhaps later\n";
/// let unresolved = upr::read::Reader::new().bytes("list.csv", table)?.unresolved();
/// assert_eq!(unresolved.states["Hondurass"].suggestion.as_deref(), Some("Honduras"));
/// assert!(unresolved.positions.contains_key("perhaps later"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Unresolved {
    /// Names of States.
    pub states: BTreeMap<Arc<str>, Unknown>,
    /// Wordings of positions.
    pub positions: BTreeMap<Arc<str>, Unknown>,
    /// Sessions.
    pub sessions: BTreeMap<Arc<str>, Unknown>,
}

/// Where an unknown name or wording first occurs, and what may be meant.
///
/// # Example
///
/// ```
/// let table = b"text,recommending_states\nJoin the ICC,Spain\nEnd torture,Hondurass\n";
/// let unresolved = upr::read::Reader::new().bytes("list.csv", table)?.unresolved();
/// let unknown = &unresolved.states["Hondurass"];
/// assert_eq!((unknown.recommendations, unknown.first.row), (1, 3));
/// assert_eq!(unknown.lookalike, None); // misspelt, in Latin letters
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unknown {
    /// The recommendations that have it.
    pub recommendations: u64,
    /// Where it first occurs, in the order of the list.
    pub first: Source,
    /// The State whose name is nearest, where one is near: a hint for the reader, of which no figure makes use.
    pub suggestion: Option<String>,
    /// Why it is not the State that it looks like, where a letter only looks like another: `"Ѕ" (U+0405) is no Latin
    /// letter` of a name with a Cyrillic capital, `it holds U+200B, which is invisible` of one with a blank of no width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookalike: Option<String>,
}

impl Unresolved {
    pub(crate) fn of<'r>(recommendations: impl IntoIterator<Item = &'r Recommendation>) -> Unresolved {
        let mut unresolved = Unresolved::default();
        unresolved.add(recommendations);
        unresolved.suggest();
        unresolved
    }

    /// Counts what these recommendations have, after those before.
    pub(crate) fn add<'r>(&mut self, recommendations: impl IntoIterator<Item = &'r Recommendation>) {
        for recommendation in recommendations {
            let count = |to: &mut BTreeMap<Arc<str>, Unknown>, given: &Arc<str>| match to.get_mut(given) {
                Some(unknown) => unknown.recommendations += 1,
                None => {
                    let nowhere = || Source { file: Arc::from(""), row: 0 };
                    let first = recommendation.sources.first().cloned().unwrap_or_else(nowhere);
                    to.insert(
                        given.clone(),
                        Unknown { recommendations: 1, first, suggestion: None, lookalike: lookalike(given) },
                    );
                }
            };
            let names = recommendation.recommending_states.iter().chain(&recommendation.state_under_review);
            for name in names.filter(|name| name.state.is_none()) {
                count(&mut self.states, &name.given);
            }
            if let Some(position) = recommendation.position.as_ref().filter(|given| given.position.is_none())
            {
                count(&mut self.positions, &position.given);
            }
            if let Some(session) = recommendation.session.as_ref().filter(|given| given.number.is_none()) {
                count(&mut self.sessions, &session.given);
            }
        }
    }

    /// Says of unknown names which State may be meant.
    pub(crate) fn suggest(&mut self) {
        /// Each name is compared with all forms of all States; a list with more unknown names is not a list of States.
        const MAX_SUGGESTIONS: usize = 1000;
        for (given, unknown) in self.states.iter_mut().take(MAX_SUGGESTIONS) {
            unknown.suggestion = State::nearest(given).map(|state| state.name.to_string());
        }
    }

    /// The number of names and wordings, each once.
    ///
    /// # Example
    ///
    /// ```
    /// let table = b"text,recommending_states\nJoin the ICC,Atlantis; Eldorado\nEnd torture,Atlantis\n";
    /// assert_eq!(upr::read::Reader::new().bytes("list.csv", table)?.unresolved().len(), 2);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.states.len() + self.positions.len() + self.sessions.len()
    }

    /// Whether everything was understood.
    ///
    /// # Example
    ///
    /// ```
    /// assert!(upr::read::path("fixtures/usa-2020.csv")?.unresolved().is_empty());
    /// assert!(!upr::read::path("fixtures/quirks.csv")?.unresolved().is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Says which letter of a name only looks like the one that belongs there: a letter of another script among Latin ones,
/// or a character that nobody sees. Names in another script throughout look like nothing else.
fn lookalike(name: &str) -> Option<String> {
    if let Some(c) = name.trim().chars().find(|&c| is_invisible(c) && !c.is_whitespace()) {
        return Some(format!("it holds U+{:04X}, which is invisible", c as u32));
    }
    // Latin letters end with Latin Extended-B; further ones are Vietnamese, and the ligatures of PDFs
    let latin = |c: char| matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}');
    let mut letters = name.chars().filter(|c| c.is_alphabetic() && !is_apostrophe(*c));
    let other = letters.clone().find(|&c| !latin(c))?;
    letters.any(latin).then(|| format!("\"{other}\" (U+{:04X}) is no Latin letter", other as u32))
}
