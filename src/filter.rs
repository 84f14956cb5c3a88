//! Filters: the recommendations of an issue, a State, a group or a position, before anything is counted.
//!
//! [`Filter::parse`] reads `issue=death-penalty,regional_group=WEOG`; [`CodedList::filter`] returns the recommendations
//! that pass.
//!
//! Where to go next: [`tally`](crate::count) and [`statistics`](crate::statistics) count it.

use crate::codebook::{Codebook, Codebooks};
use crate::coded::{CodedList, CodedRecommendation, Selection};
use crate::dimension::Dimension;
use crate::error::{Error, Result, quoted};
use crate::text::key::letters_and_digits;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Which recommendations to take: those that have, of each dimension named, one of the categories named.
///
/// A recommendation passes or doesn't pass as a whole, with all States that made it. It passes if one of its States
/// meets all conditions: `recommending_state=Spain,regional_group=GRULAC` matches nothing, although Spain and Peru
/// together recommend. So a filter takes as many recommendations as the cell of a [`Tally`](crate::Tally) over the
/// same categories counts. A filter without conditions takes everything.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Dimension, Tagger, Tally, Unit, count::Filter};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let filter = Filter::parse("issue=death-penalty,regional_group=WEOG,regional_group=EEG")?;
/// let selected = coded.filter(&filter)?;
/// let by_position = Tally::of(&selected, &[Dimension::Position]);
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
const MAX_CONDITIONS: usize = 1_000;

impl Filter {
    /// A filter that takes everything.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, count::Filter};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// assert!(coded.recommendations.iter().all(|coded| Filter::new().matches(coded)));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new() -> Filter {
        Filter::default()
    }

    /// Reads conditions such as `issue=death-penalty,regional_group=WEOG`.
    ///
    /// Conditions are separated by commas. A category that contains one is put into double quotes; the label of an issue, a theme or a
    /// code is understood without them. Several categories of one dimension are written as several
    /// conditions, or one after the other: `issue=death-penalty,issue=torture` and
    /// `issue=death-penalty,torture` are the same. Dimensions may be written with capitals, blanks or
    /// hyphens; for categories see [`Filter::with`].
    ///
    /// # Errors
    ///
    /// A dimension that nobody knows, as in `colour=blue`; a condition without category, as in `issue=`; a
    /// category before any dimension.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::count::Filter;
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
        for part in parts(text)? {
            let (dimension, category) = match part.split_once('=').filter(|_| !part.starts_with('"')) {
                Some((name, category)) => (name.parse()?, unquoted(category)),
                None => match last {
                    Some(dimension) => (dimension, unquoted(part)),
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
            if conditions > MAX_CONDITIONS {
                let found = format!("more than {MAX_CONDITIONS} conditions");
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
    /// session as `36` or `36th session`, a position by any known wording, a regional group by its full name; capitals
    /// don't matter in what the codebook or the UN knows. The label of an issue, a theme or a code will do, in any language
    /// of the codebook: [`CodedList::filter`] looks it up, [`Filter::matches`] knows codes alone.
    pub fn with(mut self, dimension: Dimension, category: &str) -> Filter {
        self.conditions.entry(dimension).or_default().insert(dimension.read_category(category));
        self
    }

    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// The conditions: each dimension with the categories that pass.
    pub fn conditions(&self) -> impl Iterator<Item = (Dimension, impl Iterator<Item = &str>)> {
        self.conditions
            .iter()
            .map(|(dimension, categories)| (*dimension, categories.iter().map(|category| &**category)))
    }

    /// Whether a recommendation passes.
    pub fn matches(&self, coded: &CodedRecommendation) -> bool {
        let meets = |state: usize| {
            self.conditions.iter().all(|(dimension, categories)| {
                dimension.categories(coded, state).iter().any(|category| categories.contains(category))
            })
        };
        (0..coded.recommendation.pairs().max(1)).any(meets)
    }

    /// Checks the categories of which a codebook knows all: issues, themes, and the codes of aspects.
    /// [`CodedList::filter`] does it, too; this is for a program that wants to say so before it reads large files.
    ///
    /// # Errors
    ///
    /// An issue, a theme or a code that the codebook doesn't have, as in `issue=death-penality` or `sdg=sdg-18`.
    pub fn check(&self, codebooks: &Codebooks) -> Result<()> {
        self.spelt_as_in(codebooks).check_in(codebooks, &mut |dimension, _| codebooks.of(dimension).is_none())
    }

    /// The same conditions, with codes in the spelling of their codebook. Where a category is not known, it may be a part of a
    /// label with a comma, whose other parts are categories as well.
    fn spelt_as_in(&self, codebooks: &Codebooks) -> Filter {
        let spelt = self.conditions.iter().map(|(dimension, categories)| {
            let known = dimension.known_categories(codebooks);
            let spelling = |category: &Arc<str>| dimension.known_spelling(category, &known, Some(codebooks));
            let mut spelt: BTreeSet<Arc<str>> = categories.iter().map(spelling).collect();
            let is_unknown = |category: &Arc<str>| !dimension.is_known(category, &known);
            if spelt.iter().any(is_unknown) {
                for (parts, code) in codebooks.labels_with_commas(*dimension) {
                    let part =
                        |one: &String| spelt.iter().find(|given| letters_and_digits(given) == *one).cloned();
                    let Some(given) = parts.iter().map(part).collect::<Option<Vec<_>>>() else { continue };
                    if given.iter().any(is_unknown) {
                        given.iter().for_each(|part| _ = spelt.remove(part));
                        spelt.insert(code);
                    }
                }
            }
            (*dimension, spelt)
        });
        Filter { conditions: spelt.collect() }
    }

    /// The same for all categories: those that nobody knows must `occur`.
    fn check_in(
        &self,
        codebooks: &Codebooks,
        occurs: &mut dyn FnMut(Dimension, &Arc<str>) -> bool,
    ) -> Result<()> {
        for (&dimension, categories) in &self.conditions {
            let known = dimension.known_categories(codebooks);
            let frame = codebooks.of(dimension).map(Codebook::name);
            for category in categories {
                if !dimension.is_known(category, &known) && !occurs(dimension, category) {
                    return Err(dimension.unknown("filter", category, frame, &known, Some(codebooks)));
                }
            }
        }
        Ok(())
    }
}

/// The conditions of a text, at the commas outside of double quotes.
fn parts(text: &str) -> Result<Vec<&str>> {
    let mut quote = false;
    let at_commas = text.split(|c| {
        quote ^= c == '"';
        c == ',' && !quote
    });
    let parts = at_commas.map(str::trim).filter(|part| !part.is_empty()).collect();
    if text.matches('"').count() % 2 == 1 {
        return Err(Error::argument(
            "filter",
            "a double quote that is not closed",
            "one before and one after a category",
        ));
    }
    Ok(parts)
}

fn unquoted(category: &str) -> &str {
    let category = category.trim();
    let inside = category.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(category).trim()
}

/// Conditions for a filter: a [`Filter`], or text such as `issue=death-penalty,regional_group=WEOG`.
impl TryFrom<&str> for Filter {
    type Error = Error;

    fn try_from(text: &str) -> Result<Filter> {
        Filter::parse(text)
    }
}

impl From<&Filter> for Filter {
    fn from(filter: &Filter) -> Filter {
        filter.clone()
    }
}

impl CodedList {
    /// The recommendations that meet all conditions: those of a [`Filter`], or of text as [`Filter::parse`] reads it.
    /// A filter without conditions takes all.
    ///
    /// # Errors
    ///
    /// As [`Filter::parse`]; a category that neither the codebook nor a table of the UN knows, and that no recommendation
    /// has: a misspelt issue, a State named `Atlantis`. What is known and merely doesn't occur selects nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// assert!(coded.filter("issue=death-penalty,position=supported")?.len() > 0);
    /// assert_eq!(
    ///     coded.filter("issue=death-penality").unwrap_err().to_string(),
    ///     "filter: found the issue \"death-penality\", expected one of the codebook core, such as \"death-penalty\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn filter<F: TryInto<Filter, Error: Into<Error>>>(&self, filter: F) -> Result<Selection<'_>> {
        Selection::from(self).filter(filter)
    }
}

impl<'l> Selection<'l> {
    /// Those of them that meet further conditions; see [`CodedList::filter`].
    ///
    /// # Errors
    ///
    /// As [`CodedList::filter`].
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let both = coded.filter("position=noted")?.filter("recommending_state=Norway")?;
    /// assert_eq!(both.filtered().unwrap().0, "position=noted and recommending_state=Norway");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn filter<F: TryInto<Filter, Error: Into<Error>>>(&self, filter: F) -> Result<Selection<'l>> {
        let filter: Filter = filter.try_into().map_err(Into::into)?;
        if filter.is_empty() {
            return Ok(self.clone());
        }
        let codebooks = self.codebooks();
        let filter = filter.spelt_as_in(codebooks);
        filter.check(codebooks)?;
        filter.check_in(codebooks, &mut |dimension, category| {
            self.iter().any(|coded| {
                (0..coded.recommendation.pairs().max(1))
                    .any(|state| dimension.categories(coded, state).contains(category))
            })
        })?;
        Ok(self.passed(filter.to_string(), |coded| filter.matches(coded)))
    }
}

/// As [`Filter::parse`] reads it.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (dimension, categories) in &self.conditions {
            for category in categories {
                let quote = if category.contains(',') { "\"" } else { "" };
                write!(f, "{separator}{}={quote}{category}{quote}", dimension.as_str())?;
                separator = ",";
            }
        }
        Ok(())
    }
}
