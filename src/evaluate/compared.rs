//! One recommendation of a comparison, with what coders and tags say of it.

use crate::coded::CodedRecommendation;
use std::sync::Arc;

/// A recommendation with the labels expected and given, each in alphabetical order.
///
/// # Example
///
/// ```
/// # use upr::evaluate::{Comparison, Crosswalk};
/// # use upr::{Codebook, Tagger, read::Reader};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
/// let coded = tagger.tag(list);
/// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
/// let comparison = Comparison::of(&coded, &crosswalk)?;
/// let row = &comparison.rows()[0];
/// assert_eq!(row.coded.recommendation.text, "Reduce its greenhouse gas emissions by half");
/// assert_eq!((&*row.expected[0], &*row.given[0]), ("Climate action", "Climate action"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Compared<'c> {
    /// The recommendation with its tags.
    pub coded: &'c CodedRecommendation,
    /// The labels that the file states.
    pub expected: Vec<Arc<str>>,
    /// The labels that its tags stand for.
    pub given: Vec<Arc<str>>,
}

impl Compared<'_> {
    /// The labels expected and not given.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::evaluate::{Comparison, Crosswalk};
    /// # use upr::{Codebook, Tagger, read::Reader};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
    /// let coded = tagger.tag(list);
    /// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
    /// let comparison = Comparison::of(&coded, &crosswalk)?;
    /// let missed: Vec<&str> = comparison.rows().iter().flat_map(|row| row.missing()).map(|label| &**label).collect();
    /// assert_eq!(missed, ["Climate displacement", "Fisheries"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn missing(&self) -> impl Iterator<Item = &Arc<str>> {
        self.expected.iter().filter(|label| !self.given.contains(label))
    }

    /// The labels given and not expected.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::evaluate::{Comparison, Crosswalk};
    /// # use upr::{Codebook, Tagger, read::Reader};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
    /// let coded = tagger.tag(list);
    /// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
    /// let comparison = Comparison::of(&coded, &crosswalk)?;
    /// let extra: Vec<&str> = comparison.rows().iter().flat_map(|row| row.extra()).map(|label| &**label).collect();
    /// assert_eq!(extra, ["Climate action", "Other", "Other"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn extra(&self) -> impl Iterator<Item = &Arc<str>> {
        self.given.iter().filter(|label| !self.expected.contains(label))
    }

    /// Whether both sides say the same.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::evaluate::{Comparison, Crosswalk};
    /// # use upr::{Codebook, Tagger, read::Reader};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
    /// let coded = tagger.tag(list);
    /// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
    /// let comparison = Comparison::of(&coded, &crosswalk)?;
    /// let agree: Vec<bool> = comparison.rows().iter().map(|row| row.agrees()).collect();
    /// assert_eq!(agree[..2], [true, true]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn agrees(&self) -> bool {
        self.expected == self.given
    }
}
