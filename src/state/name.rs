//! A State's name, as it stood and as it was read.

use super::{State, TRANSLATED, form};
use crate::text::language::Language;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A State's name as a source gives it, and the State it was read as.
///
/// # Example
///
/// ```
/// let name = upr::StateName::new("Burma");
/// assert_eq!(&*name.given, "Burma");
/// assert_eq!(name.state.map(|state| state.name), Some("Myanmar"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct StateName {
    /// The name as it stood.
    pub given: Arc<str>,
    /// The State, unless the name is not known.
    pub state: Option<&'static State>,
}

impl StateName {
    /// Reads a name.
    ///
    /// # Example
    ///
    /// ```
    /// let name = upr::StateName::new("the former Yugoslav Republic of Macedonia");
    /// assert_eq!((name.name(), name.iso3()), ("North Macedonia", "MKD"));
    /// let name = upr::StateName::new("Atlantis");
    /// assert_eq!((name.name(), name.iso3()), ("Atlantis", ""));
    /// ```
    pub fn new(given: &str) -> StateName {
        StateName { given: Arc::from(given), state: State::resolve(given) }
    }

    /// The State's short name, or the name as given where it is not known.
    pub fn name(&self) -> &str {
        self.state.map_or(&self.given, |state| state.name)
    }

    /// The State's short name in a language, or the name as given where it is not known.
    pub fn name_in(&self, language: Language) -> &str {
        match (self.state, language) {
            (_, Language::English) | (None, _) => self.name(),
            (Some(state), _) => state.name_in(language),
        }
    }

    /// The ISO 3166-1 alpha-3 code, or empty where the State is not known.
    pub fn iso3(&self) -> &'static str {
        self.state.map_or("", |state| state.iso3)
    }

    /// Adds the names of States that are not among `names`, each once.
    pub(crate) fn add_new(names: &mut Vec<StateName>, more: impl IntoIterator<Item = StateName>) {
        for name in more {
            if !names.iter().any(|known| known.is_same(&name)) {
                names.push(name);
            }
        }
    }

    /// Whether the name was misspelt, and was read as a State all the same: a misspelling that the table knows (`Spian`), or
    /// a damaged apostrophe. Other forms, former names, names in other languages and other cases are no mistakes.
    /// [`RecommendationList::corrected`](crate::read::RecommendationList::corrected) lists them.
    pub fn is_corrected(&self) -> bool {
        let usual = |state: &State| *self.given == *state.name || *self.given == *state.official_name;
        self.state.is_some_and(|state| !usual(state))
            && form(&self.given).is_some_and(|form| form.misspelt)
            && TRANSLATED.find(&self.given).is_none()
    }

    /// Whether both name the same State; unknown names are compared as given.
    pub fn is_same(&self, other: &StateName) -> bool {
        match (self.state, other.state) {
            (None, None) => self.given == other.given,
            (one, two) => one.map(|state| state.iso3) == two.map(|state| state.iso3),
        }
    }
}

impl fmt::Debug for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({})", self.given, if self.state.is_some() { self.iso3() } else { "unknown" })
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for StateName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("StateName", 2)?;
        fields.serialize_field("given", &self.given)?;
        fields.serialize_field("iso3", self.iso3())?;
        fields.end()
    }
}

/// The State is found anew from the name, so that a stored list follows the table of the version that reads it.
impl<'de> Deserialize<'de> for StateName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<StateName, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            given: String,
        }
        Ok(StateName::new(&Fields::deserialize(deserializer)?.given))
    }
}
