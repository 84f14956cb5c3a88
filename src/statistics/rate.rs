//! Which share of recommendations was supported, and how sure that share is.

use super::column::Column;
use super::interval::{Interval, quantile, wilson_at};
use super::options::{Options, PartlySupported};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::recommendation::Position;
use crate::table::{Cell, Table};
use crate::tally::Unit;
use serde::Serialize;
use std::sync::Arc;

/// The share supported of each category of a dimension, with Wilson score intervals ([`wilson`](super::wilson)).
///
/// The denominator is what was answered: what is pending, answered in words that nobody knows, or without
/// answer in the source is left out, and counted aside. By [`Unit::RecommendationXState`] a joint
/// recommendation counts for each of its States although it was answered once, so those intervals are a
/// little too narrow.
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, Rates};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let options = Options::default();
/// let rates = Rates::of(&coded, Dimension::Issue, &options);
///
/// assert_eq!((rates.all.supported, rates.all.answered), (263, 347));
/// let death_penalty = rates.rate("death-penalty").unwrap();
/// let interval = death_penalty.interval.unwrap();
/// assert!(interval.upper < rates.all.interval.unwrap().lower, "supported less often than others");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rates {
    /// The dimension of the categories.
    pub dimension: Dimension,
    /// What was counted.
    pub unit: Unit,
    /// What a recommendation that was supported in part is.
    pub partly_supported: PartlySupported,
    /// How sure the intervals are.
    pub confidence: f64,
    /// All recommendations, each once; its category is `total`.
    pub all: Rate,
    /// A rate for each category in the order of [`Tally::with_positions`](crate::Tally::with_positions), those
    /// that nobody mentioned included. Where a recommendation has several categories, the rows add up to more
    /// than the total.
    pub rates: Vec<Rate>,
}

/// The share supported of one category.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// use upr::{Dimension, statistics::{Options, Rates}};
///
/// let rates = Rates::of(&coded, Dimension::Issue, &Options::default());
/// let untagged = rates.rates.last().unwrap();
/// assert_eq!(&*untagged.category, "untagged");
/// assert_eq!((untagged.supported, untagged.answered, untagged.left_out), (3, 6, 0));
/// assert_eq!(untagged.interval.unwrap().value, 0.5);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rate {
    /// The category.
    pub category: Arc<str>,
    /// How many were supported.
    pub supported: u64,
    /// How many were answered: the denominator.
    pub answered: u64,
    /// How many were left out, for their answer is not known or not decided.
    pub left_out: u64,
    /// The share with its interval; nothing where nothing was answered.
    pub interval: Option<Interval>,
}

impl Rates {
    /// Computes the rates of one dimension. The order of the categories is that of `codebook`, with which the
    /// recommendations were coded.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, statistics::{Options, Rates}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let rates = Rates::of(&coded, Dimension::RegionalGroup, &Options::default());
    /// assert_eq!((&*rates.all.category, rates.all.supported, rates.all.answered), ("total", 9, 12));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>, dimension: Dimension, options: &Options) -> Rates {
        let unit = options.unit.unwrap_or(Unit::Recommendations);
        let list = coded.into();
        let column = Column::of(&list, dimension, true);
        let mut counts = vec![Counts::default(); column.categories.len()];
        let mut all = Counts::default();
        let mut here = Vec::new();
        for (at, coded) in list.iter().enumerate() {
            let answer = answer(coded.recommendation.position(), options.partly_supported);
            match unit {
                Unit::Recommendations => {
                    all.add(answer, 1);
                    column.distinct(at, &mut here);
                    here.iter().for_each(|category| counts[*category as usize].add(answer, 1));
                }
                Unit::RecommendationXState => {
                    all.add(answer, column.pairs(at).len() as u64);
                    for voice in column.pairs(at) {
                        column
                            .at(voice)
                            .iter()
                            .for_each(|category| counts[*category as usize].add(answer, 1));
                    }
                }
            }
        }
        let z = quantile(options.confidence);
        let rates = column.categories.iter().zip(counts);
        Rates {
            dimension,
            unit,
            partly_supported: options.partly_supported,
            confidence: options.confidence,
            all: all.rate(Arc::from("total"), z),
            rates: rates.map(|(category, counts)| counts.rate(category.clone(), z)).collect(),
        }
    }

    /// The rate of one category.
    pub fn rate(&self, category: &str) -> Option<&Rate> {
        self.rates.iter().find(|rate| &*rate.category == category)
    }

    /// A row for each category, in their order, and one for the total.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Dimension, Tagger, statistics::{Options, Rates}};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let rates = Rates::of(&coded, Dimension::Issue, &Options::default());
    /// assert_eq!(rates.table().rows.len(), rates.rates.len() + 1); // the total is the last row
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let mut table = Table::new([self.dimension.as_str()].into_iter().chain(Rate::COLUMNS));
        table.rows.extend(self.rates.iter().chain([&self.all]).map(|rate| {
            let mut row = vec![Cell::from(&rate.category)];
            row.extend(rate.cells());
            row
        }));
        table
    }
}

impl Rate {
    /// The columns of every table of rates, after the category.
    pub(crate) const COLUMNS: [&str; 6] =
        ["supported", "answered", "left_out", "share_supported", "lower", "upper"];

    /// What is in [`Rate::COLUMNS`].
    pub(crate) fn cells(&self) -> impl Iterator<Item = Cell> {
        let counts = [self.supported, self.answered, self.left_out].map(Cell::from);
        let share = self.interval.map(|interval| [interval.value, interval.lower, interval.upper]);
        counts.into_iter().chain([0, 1, 2].map(|at| share.map(|share| share[at]).into()))
    }
}

/// What an answer is to a rate.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Supported,
    NotSupported,
    LeftOut,
}

pub(crate) fn answer(position: Option<Position>, partly: PartlySupported) -> Answer {
    match (position, partly) {
        (Some(Position::Supported), _) => Answer::Supported,
        (Some(Position::Noted), _) => Answer::NotSupported,
        (Some(Position::SupportedInPart), PartlySupported::AsSupported) => Answer::Supported,
        (Some(Position::SupportedInPart), PartlySupported::AsNoted) => Answer::NotSupported,
        (Some(Position::SupportedInPart), PartlySupported::LeftOut) => Answer::LeftOut,
        (Some(Position::Pending) | None, _) => Answer::LeftOut,
    }
}

/// How many answers of each kind there are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    supported: u64,
    answered: u64,
    left_out: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, answer: Answer, times: u64) {
        match answer {
            Answer::Supported => {
                self.supported += times;
                self.answered += times;
            }
            Answer::NotSupported => self.answered += times,
            Answer::LeftOut => self.left_out += times,
        }
    }

    pub(crate) fn rate(self, category: Arc<str>, z: f64) -> Rate {
        let Counts { supported, answered, left_out } = self;
        Rate { category, supported, answered, left_out, interval: wilson_at(supported, answered, z) }
    }
}
