//! Filters: the recommendations of an issue, a State, a group or a position, before anything is counted.
//!
//! [`Filter::parse`] reads `issue=death-penalty,regional_group=WEOG`, [`Filter::select`] gives what passes, and
//! [`Filter::select_list`] a list that says how it was filtered.
//!
//! # Example
//!
//! ```
//! use upr::{Codebook, Dimension, Tagger, Tally, filter::Filter};
//!
//! let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
//! let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
//! let filter = Filter::parse("issue=climate-action,regional_group=WEOG")?;
//! let by_state = Tally::of(filter.select(&coded.recommendations, &tagger)?, &[Dimension::RecommendingState]);
//! assert_eq!(by_state.count(&["Germany"]).recommendations, 1);
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`tally`](crate::tally) and [`statistics`](crate::statistics) count it.

use crate::aspect::Codebooks;
use crate::error::{Error, listed, quoted};
use crate::recommendation::Session;
use crate::state::State;
use crate::tag::{CodedList, CodedRecommendation};
use crate::tally::{Dimension, NAMELESS};
use crate::{Position, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Which recommendations to take: those that have, of each dimension named, one of the categories named.
///
/// A recommendation passes or doesn't pass as a whole, with all States that made it. It passes if one of its States
/// meets all conditions: `recommending_state=Spain,regional_group=GRULAC` takes nothing, although Spain and Peru
/// together recommend. So a filter takes as many recommendations as the cell of a [`Tally`](crate::Tally) over the
/// same categories counts. A filter without conditions takes everything.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, Unit, filter::Filter};
///
/// let tagger = Tagger::new(Codebook::core())?;
/// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
/// let filter = Filter::parse("issue=death-penalty,regional_group=WEOG,regional_group=EEG")?;
/// let selected = filter.select(&coded.recommendations, tagger.codebook())?;
/// let by_position = Tally::of(selected.iter().copied(), &[Dimension::Position]);
/// assert_eq!(by_position.total().of(Unit::Recommendations), selected.len() as u64);
///
/// let filter = Filter::new().with(Dimension::RecommendingState, "Spain");
/// assert_eq!(filter.to_string(), "recommending_state=Spain");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    conditions: BTreeMap<Dimension, BTreeSet<Arc<str>>>,
}

/// The most conditions of a filter that is given as text: one for each State and each issue of `core` are some 300. Each
/// that no codebook knows is looked for in the whole list.
const MOST_CONDITIONS: usize = 1_000;

impl Filter {
    /// A filter that takes everything.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, filter::Filter};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// assert!(coded.recommendations.iter().all(|coded| Filter::new().matches(coded)));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new() -> Filter {
        Filter::default()
    }

    /// Reads conditions such as `issue=death-penalty,regional_group=WEOG`.
    ///
    /// Conditions are separated by commas. Several categories of one dimension are written as several
    /// conditions, or one after the other: `issue=death-penalty,issue=torture` and
    /// `issue=death-penalty,torture` are the same. Dimensions may be written with capitals, blanks or
    /// hyphens; for categories see [`Filter::with`]. A category that contains a comma can only be given
    /// there.
    ///
    /// # Errors
    ///
    /// A dimension that nobody knows, as in `colour=blue`; a condition without category, as in `issue=`; a
    /// category before any dimension.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::filter::Filter;
    /// let filter = Filter::parse("Issue=death-penalty, torture, Recommending State=the Netherlands")?;
    /// assert_eq!(filter.to_string(), "issue=death-penalty,issue=torture,recommending_state=Netherlands");
    /// assert_eq!(
    ///     Filter::parse("issue=").unwrap_err().to_string(),
    ///     "filter: found \"issue=\", expected a category after the =, such as issue=death-penalty"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Filter> {
        let mut filter = Filter::new();
        let mut last = None;
        let mut conditions = 0;
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (dimension, category) = match part.split_once('=') {
                Some((name, category)) => (name.parse()?, category.trim()),
                None => match last {
                    Some(dimension) => (dimension, part),
                    None => {
                        let expected = "a dimension and a category, such as issue=death-penalty";
                        return Err(Error::argument("filter", quoted(part), expected));
                    }
                },
            };
            if category.is_empty() {
                let expected = "a category after the =, such as issue=death-penalty";
                return Err(Error::argument("filter", quoted(part), expected));
            }
            conditions += 1;
            if conditions > MOST_CONDITIONS {
                let found = format!("more than {MOST_CONDITIONS} conditions");
                return Err(Error::argument("filter", found, "fewer"));
            }
            filter = filter.with(dimension, category);
            last = Some(dimension);
        }
        Ok(filter)
    }

    /// Adds a category that a recommendation may have of this dimension; the first makes it a condition.
    ///
    /// Categories are those of a [`Tally`](crate::Tally): codes of issues and themes, `WEOG`, `EU`,
    /// `supported`, `untagged`, `not_given`. A State may be named in any usual form or by its ISO code, a
    /// session as `36` or `36th session`, a position by any known wording; capitals don't matter in what the
    /// codebook or the UN knows.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, filter::Filter};
    ///
    /// let filter = Filter::new().with(Dimension::RecommendingState, "ESP").with(Dimension::Position, "Rejected");
    /// assert_eq!(filter.to_string(), "recommending_state=Spain,position=noted");
    /// ```
    pub fn with(mut self, dimension: Dimension, category: &str) -> Filter {
        self.conditions.entry(dimension).or_default().insert(read(dimension, category));
        self
    }

    /// Whether there is no condition.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::filter::Filter;
    ///
    /// assert!(Filter::parse("")?.is_empty());
    /// assert!(!Filter::parse("cycle=3")?.is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// The conditions: each dimension with the categories that pass.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Dimension, filter::Filter};
    ///
    /// let filter = Filter::parse("issue=torture,death-penalty,cycle=3")?;
    /// let (dimension, categories) = filter.conditions().next().unwrap();
    /// assert_eq!((dimension, categories.collect::<Vec<_>>()), (Dimension::Issue, vec!["death-penalty", "torture"]));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn conditions(&self) -> impl Iterator<Item = (Dimension, impl Iterator<Item = &str>)> {
        self.conditions
            .iter()
            .map(|(dimension, categories)| (*dimension, categories.iter().map(|category| &**category)))
    }

    /// Whether a recommendation passes.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, filter::Filter};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
    /// let filter = Filter::parse("recommending_state=New Zealand,position=supported")?;
    /// assert!(filter.matches(&coded.recommendations[0])); // by Fiji and New Zealand
    /// assert!(!filter.matches(&coded.recommendations[1])); // by Kenya
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn matches(&self, coded: &CodedRecommendation) -> bool {
        let meets = |state: usize| {
            self.conditions.iter().all(|(dimension, categories)| {
                dimension.categories(coded, state).iter().any(|category| categories.contains(category))
            })
        };
        (0..coded.recommendation.pairs().max(1)).any(meets)
    }

    /// Checks the categories of which a codebook knows all: issues, themes, and the codes of aspects. [`select`](Filter::select)
    /// does it, too; this is for a program that wants to say so before it reads large files.
    ///
    /// # Errors
    ///
    /// An issue, a theme or a code that the codebook doesn't have, as in `issue=death-penality` or `sdg=sdg-18`.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, filter::Filter};
    ///
    /// let climate = Codebook::load("fixtures/codebook-climate")?;
    /// assert!(Filter::parse("issue=climate-action")?.check(&climate).is_ok());
    /// let error = Filter::parse("issue=climate-acton")?.check(&climate).unwrap_err().to_string();
    /// assert!(error.ends_with("expected one of the codebook climate, such as \"climate-action\""), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn check<'c>(&self, codebooks: impl Into<Codebooks<'c>>) -> Result<()> {
        let codebooks = codebooks.into();
        for (dimension, categories) in &self.conditions {
            if codebooks.of(*dimension).is_some() {
                let known = dimension.known_categories(codebooks);
                if let Some(category) = categories.iter().find(|category| !known.contains(category)) {
                    return Err(unknown(*dimension, category, codebooks, &known));
                }
            }
        }
        Ok(())
    }

    /// The recommendations that pass, in the order of the list; `codebooks` are those that they were coded with: the codebook, or the tagger.
    ///
    /// # Errors
    ///
    /// A category that neither the codebook nor a table of the UN knows, and that no recommendation has: a
    /// misspelt issue, a State named `Atlantis`. What is known and merely doesn't occur selects nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, filter::Filter};
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let error = Filter::parse("issue=death-penality")?
    ///     .select(&coded.recommendations, tagger.codebook())
    ///     .unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "filter: found the issue \"death-penality\", expected one of the codebook core, such as \"death-penalty\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn select<'r, 'c>(
        &self,
        recommendations: impl IntoIterator<Item = &'r CodedRecommendation>,
        codebooks: impl Into<Codebooks<'c>>,
    ) -> Result<Vec<&'r CodedRecommendation>> {
        let codebooks = codebooks.into();
        self.check(codebooks)?;
        let list: Vec<&CodedRecommendation> = recommendations.into_iter().collect();
        for (dimension, categories) in &self.conditions {
            let known = dimension.known_categories(codebooks);
            for category in categories.iter().filter(|category| !is_known(*dimension, category, &known)) {
                let has = |coded: &&CodedRecommendation| {
                    (0..coded.recommendation.pairs().max(1))
                        .any(|state| dimension.categories(coded, state).contains(category))
                };
                if !list.iter().any(has) {
                    return Err(unknown(*dimension, category, codebooks, &known));
                }
            }
        }
        Ok(list.into_iter().filter(|coded| self.matches(coded)).collect())
    }

    /// The list with the recommendations that pass; what else was in its files (pledges, replies, rejects) stays.
    /// [`CodedList::filtered`] says what was asked for, and how many of how many passed. A filter without conditions
    /// leaves the list as it is.
    ///
    /// # Errors
    ///
    /// As for [`select`](Filter::select).
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, filter::Filter};
    /// let tagger = Tagger::new(Codebook::core())?;
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let filter = Filter::parse("issue=death-penalty,position=supported")?;
    /// let supported = filter.select_list(coded, tagger.codebook())?;
    /// let filtered = supported.filtered.unwrap();
    /// assert_eq!((filtered.passed, filtered.of), (supported.recommendations.len() as u64, 347));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn select_list<'c>(
        &self,
        mut coded: CodedList,
        codebooks: impl Into<Codebooks<'c>>,
    ) -> Result<CodedList> {
        if self.is_empty() {
            return Ok(coded);
        }
        self.select(&coded.recommendations, codebooks)?;
        let before = coded.recommendations.len() as u64;
        coded.recommendations.retain(|coded| self.matches(coded));
        let (conditions, of) = match coded.filtered.take() {
            Some(first) => (format!("{} and {self}", first.conditions), first.of),
            None => (self.to_string(), before),
        };
        let passed = coded.recommendations.len() as u64;
        coded.filtered = Some(Filtered { conditions, passed, of });
        Ok(coded)
    }
}

/// Which filter a list went through, so that its figures are not taken for those of all recommendations.
///
/// # Example
///
/// ```
/// # use upr::{Codebook, Tagger, filter::Filter};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// # let coded = tagger.tag_list(upr::read::path("fixtures/climate-list.csv")?);
/// let noted = Filter::parse("position=noted")?.select_list(coded, &tagger)?;
/// let filtered = noted.filtered.unwrap();
/// assert_eq!((filtered.conditions.as_str(), filtered.passed, filtered.of), ("position=noted", 3, 12));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filtered {
    /// The conditions, as [`Filter::parse`] reads them; those of several filters one after the other are joined by
    /// `and`.
    pub conditions: String,
    /// How many recommendations passed.
    pub passed: u64,
    /// Of how many.
    pub of: u64,
}

/// As [`Filter::parse`] reads it.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (dimension, categories) in &self.conditions {
            for category in categories {
                write!(f, "{separator}{}={category}", dimension.as_str())?;
                separator = ",";
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Filter {
    type Err = Error;
    fn from_str(text: &str) -> Result<Filter> {
        Filter::parse(text)
    }
}

/// A category as tallies name it.
fn read(dimension: Dimension, category: &str) -> Arc<str> {
    let category = category.trim();
    if let Some(nameless) = NAMELESS.into_iter().find(|known| known.eq_ignore_ascii_case(category)) {
        return Arc::from(nameless);
    }
    let same = |known: &str| known.eq_ignore_ascii_case(category);
    match dimension {
        Dimension::Issue | Dimension::Theme => Arc::from(category.to_ascii_lowercase()),
        Dimension::RecommendingState | Dimension::StateUnderReview => {
            let state = State::resolve(category).or_else(|| State::by_iso3(&category.to_ascii_uppercase()));
            state.map_or_else(|| Arc::from(category), |state| Arc::from(state.name))
        }
        Dimension::RegionalGroup => {
            let group = crate::RegionalGroup::ALL
                .iter()
                .copied()
                .map(|group| group.as_str())
                .find(|group| same(group));
            group.map_or_else(|| Arc::from(category), Arc::from)
        }
        Dimension::Organisation => {
            let organisation = State::all_organisations().into_iter().find(|organisation| same(organisation));
            organisation.map_or_else(|| Arc::from(category), Arc::from)
        }
        Dimension::Session => Arc::from(Session::new(category).to_string()),
        Dimension::Position => {
            let position = Position::from_wording(category);
            position.map_or_else(|| Arc::from(category), |position| Arc::from(position.as_str()))
        }
        _ => Arc::from(category),
    }
}

/// Whether a category may be asked for although no recommendation has it.
fn is_known(dimension: Dimension, category: &str, known: &[Arc<str>]) -> bool {
    let of_the_un = match dimension {
        Dimension::RecommendingState | Dimension::StateUnderReview => State::resolve(category).is_some(),
        Dimension::RegionalGroup => crate::RegionalGroup::ALL.iter().any(|group| group.as_str() == category),
        Dimension::Session => Session::new(category).number.is_some(),
        Dimension::Cycle => matches!(category, "1" | "2" | "3" | "4"),
        _ => false,
    };
    of_the_un || NAMELESS.contains(&category) || known.iter().any(|known| &**known == category)
}

fn unknown(dimension: Dimension, category: &str, codebooks: Codebooks<'_>, known: &[Arc<str>]) -> Error {
    let name = dimension.as_str();
    let found = format!("the {name} {}", quoted(category));
    let expected = match codebooks.of(dimension) {
        Some(codebook) => {
            let nearest =
                known.iter().max_by_key(|code| (alike(category, code), std::cmp::Reverse(code.len())));
            let nearest = nearest.map_or(String::new(), |code| format!(", such as {}", quoted(code)));
            format!("one of the codebook {}{nearest}", codebook.name())
        }
        None if known.is_empty() => "one that a recommendation of the list has".to_string(),
        None => format!("{}, or one that a recommendation of the list has", listed(known)),
    };
    Error::argument("filter", found, expected)
}

/// How many letters two codes have in common from their beginnings on, and to their ends. Codes are compounds: counted in
/// edits, `justise` would be nearer to any short code than to `justice-and-policing`.
fn alike(one: &str, two: &str) -> usize {
    let begin = one.chars().zip(two.chars()).take_while(|(one, two)| one == two).count();
    let end = one.chars().rev().zip(two.chars().rev()).take_while(|(one, two)| one == two).count();
    begin + end
}
