//! Names and wordings to check: those that no table has, and misspelt names of States that were recognised.

use crate::recommendation::{Recommendation, Source};
use crate::state::State;
use crate::text::fold::{is_apostrophe, is_invisible};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Spellings as written, with what is known of each.
pub(crate) type Spellings = BTreeMap<Arc<str>, Spelling>;

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
/// assert_eq!(unresolved.len(), 2);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Unresolved {
    /// Names of States.
    pub states: BTreeMap<Arc<str>, Spelling>,
    /// Wordings of positions.
    pub positions: BTreeMap<Arc<str>, Spelling>,
    /// Sessions.
    pub sessions: BTreeMap<Arc<str>, Spelling>,
}

/// A spelling that a reader should check: where it first occurs, and what it was read as or may mean.
///
/// # Example
///
/// ```
/// let table = b"text,from\nJoin the ICC,Spian\nEnd torture,Hondurass\n";
/// let list = upr::read::Reader::new().bytes("list.csv", table)?;
/// let (corrected, unresolved) = (list.corrected(), list.unresolved());
/// assert_eq!(corrected["Spian"].read_as.as_deref(), Some("Spain"));
/// let unknown = &unresolved.states["Hondurass"];
/// assert_eq!((unknown.recommendations, unknown.first.row), (1, 3));
/// assert_eq!((&unknown.read_as, &unknown.lookalike), (&None, &None)); // misspelt, in Latin letters
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Spelling {
    /// The short name of the State that it was read as, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// The recommendations that have it.
    pub recommendations: u64,
    /// Where it first occurs, in the order of the list.
    pub first: Source,
    /// If it was read as no State, the State whose name is nearest, where one is near: a hint for the reader, of which no
    /// figure makes use.
    pub suggestion: Option<String>,
    /// Why it is not the State that it looks like, where a letter only looks like another: `"Ѕ" (U+0405) is no Latin
    /// letter` of a name with a Cyrillic capital, `it holds U+200B, which is invisible` of one with a blank of no width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookalike: Option<String>,
}

/// Counts a spelling of a recommendation.
fn count<'s>(to: &'s mut Spellings, given: &Arc<str>, of: &Recommendation) -> &'s mut Spelling {
    let known = to.entry(given.clone()).or_insert_with(|| Spelling {
        read_as: None,
        recommendations: 0,
        first: of.sources.first().cloned().unwrap_or_default(),
        suggestion: None,
        lookalike: None,
    });
    known.recommendations += 1;
    known
}

/// Counts the misspelt names of these recommendations, after those before.
pub(crate) fn add_corrected<'r>(
    corrected: &mut Spellings,
    recommendations: impl IntoIterator<Item = &'r Recommendation>,
) {
    for recommendation in recommendations {
        for name in recommendation.state_names().filter(|name| name.is_corrected()) {
            count(corrected, &name.given, recommendation).read_as = Some(name.name().to_string());
        }
    }
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
            for name in recommendation.state_names().filter(|name| name.state.is_none()) {
                count(&mut self.states, &name.given, recommendation);
            }
            if let Some(position) = recommendation.position.as_ref().filter(|given| given.position.is_none())
            {
                count(&mut self.positions, &position.given, recommendation);
            }
            if let Some(session) = recommendation.session.as_ref().filter(|given| given.number.is_none()) {
                count(&mut self.sessions, &session.given, recommendation);
            }
        }
    }

    /// Says of unknown names which State may be meant, and which letter keeps them from being one.
    pub(crate) fn suggest(&mut self) {
        /// Each name is compared with all forms of all States; a list with more unknown names is not a list of States.
        const MAX_SUGGESTIONS: usize = 1000;
        for (given, unknown) in self.states.iter_mut().take(MAX_SUGGESTIONS) {
            unknown.suggestion = State::nearest(given).map(|state| state.name.to_string());
        }
        for names in [&mut self.states, &mut self.positions, &mut self.sessions] {
            names.iter_mut().for_each(|(given, unknown)| unknown.lookalike = lookalike(given));
        }
    }

    /// The number of names and wordings, each once.
    pub fn len(&self) -> usize {
        self.states.len() + self.positions.len() + self.sessions.len()
    }

    /// Whether everything was understood.
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
