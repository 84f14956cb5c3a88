//! How statistics are to be computed: one set of options for all of them.

use crate::error::{Error, Result};
use crate::names::names;
use crate::tally::Unit;
use serde::{Deserialize, Serialize};

/// How statistics are to be computed. Each function reads what concerns it and has defaults of its own:
///
/// | option | read by | default |
/// | --- | --- | --- |
/// | [`unit`](Options::unit) | [`Rates`](super::Rates) | recommendations |
/// | | [`association`](super::association) | recommendation x recommending State, for it is States that press an issue |
/// | [`partly_supported`](Options::partly_supported) | `Rates`, [`Profile`](crate::compare::Profile) | as noted |
/// | [`confidence`](Options::confidence) | `Rates`, `Profile` | 0.95 |
/// | [`prior`](Options::prior) | `association`, `Profile` | 10 recommendations |
/// | | [`keyness`](super::keyness) | 50 recommendations |
/// | [`at_least`](Options::at_least) | `keyness` | 5 recommendations |
/// | [`every_occurrence`](Options::every_occurrence) | `keyness` | each word once for each recommendation |
/// | [`few`](Options::few) | `Profile` | 10 recommendations |
///
/// # Example
///
/// ```
/// use upr::statistics::{Options, Rates};
/// use upr::{Dimension, Tagger, Unit};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let options = Options::default().unit(Unit::RecommendationXState).confidence(0.9)?;
/// let rates = Rates::of(&coded, Dimension::RegionalGroup, &options);
/// assert_eq!((rates.unit, rates.confidence, rates.all.answered), (Unit::RecommendationXState, 0.9, 357));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    pub(super) unit: Option<Unit>,
    pub(crate) partly_supported: PartlySupported,
    pub(crate) confidence: f64,
    prior: Option<f64>,
    pub(crate) at_least: u64,
    pub(super) every_occurrence: bool,
    pub(crate) few: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            unit: None,
            partly_supported: PartlySupported::default(),
            confidence: 0.95,
            prior: None,
            at_least: 5,
            every_occurrence: false,
            few: 10,
        }
    }
}

impl Options {
    /// The prior where none was chosen, as measured on UPR Info's export (sessions 1 to 20, its own issues). With the
    /// issue *Death penalty* dealt out at random, a prior of 10 gives 3.4% of the States with 20 recommendations or more a
    /// p-value below 0.05, and 0.08% of all States one below 0.001. A prior of 1 gives 0.19% below 0.001, too many; one of
    /// 100 gives 1.2% below 0.05, and overlooks much. With the issues as they are, 681 pairs of State and issue have q
    /// below 0.05, 633 of them among the 869 that Fisher's exact test finds; a prior of 100 finds 481.
    pub const PRIOR: f64 = 10.0;

    /// That of [`keyness`](super::keyness). With ten, a word that one side never uses ranks below common ones (*federal*
    /// above *penalty* in the 36 recommendations on the death penalty of the US list); with 500, no word of so small a set
    /// stands out much.
    pub const PRIOR_OF_WORDS: f64 = 50.0;

    /// What is counted. By [`Unit::Recommendations`], [`association`](super::association) compares a group with the
    /// recommendations in which it has no part; by [`Unit::RecommendationXState`] with all pairs that are not its own.
    pub fn unit(self, unit: Unit) -> Options {
        Options { unit: Some(unit), ..self }
    }

    /// What a recommendation that was supported in part is to a share supported.
    pub fn partly_supported(self, partly_supported: PartlySupported) -> Options {
        Options { partly_supported, ..self }
    }

    /// How sure intervals are to be: a level between 0 and 1.
    ///
    /// # Errors
    ///
    /// A level that is none, such as 95, 0, 1 or NaN.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Options;
    ///
    /// assert_eq!(
    ///     Options::default().confidence(95.0).unwrap_err().to_string(),
    ///     "confidence level: found 95, expected a number between 0 and 1, such as 0.95"
    /// );
    /// ```
    pub fn confidence(self, level: f64) -> Result<Options> {
        if level > 0.0 && level < 1.0 {
            return Ok(Options { confidence: level, ..self });
        }
        let expected = "a number between 0 and 1, such as 0.95";
        Err(Error::argument("confidence level", level.to_string(), expected))
    }

    /// How strongly small numbers are drawn towards what all recommendations have in common: as if each side had made
    /// this many recommendations more, with the mixture of the whole list. Where
    /// [every occurrence](Options::every_occurrence) of a word counts, as many words as so many recommendations have on
    /// average.
    ///
    /// # Errors
    ///
    /// A number that is not above zero, or not finite.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Options;
    ///
    /// assert_eq!(
    ///     Options::default().prior(0.0).unwrap_err().to_string(),
    ///     "prior: found 0, expected a number of recommendations above 0, such as 10"
    /// );
    /// ```
    pub fn prior(self, recommendations: f64) -> Result<Options> {
        if recommendations > 0.0 && recommendations.is_finite() {
            return Ok(Options { prior: Some(recommendations), ..self });
        }
        let expected = "a number of recommendations above 0, such as 10";
        Err(Error::argument("prior", recommendations.to_string(), expected))
    }

    /// The prior, or the default of the function that asks.
    pub(crate) fn prior_or(&self, default: f64) -> f64 {
        self.prior.unwrap_or(default)
    }

    /// In how many recommendations, of both sets together, a word must be to be compared.
    pub fn at_least(self, recommendations: u64) -> Options {
        Options { at_least: recommendations, ..self }
    }

    /// A word counts as often as it occurs, and the whole is the number of words. Otherwise it counts once for each
    /// recommendation that has it, and the whole is the number of recommendations: a word that one text repeats says no
    /// more than one that it has once.
    pub fn every_occurrence(self) -> Options {
        Options { every_occurrence: true, ..self }
    }

    /// Below which count a figure is flagged as `few`.
    pub fn few(self, recommendations: u64) -> Options {
        Options { few: recommendations, ..self }
    }
}

/// What a recommendation that was supported in part is to a rate.
///
/// # Example
///
/// ```
/// use upr::statistics::{PartlySupported, Options, Rates};
/// use upr::{Codebook, Dimension, Tagger};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let supported = |partly_supported| {
///     let options = Options::default().partly_supported(partly_supported);
///     let all = Rates::of(&coded, Dimension::Issue, &options).all;
///     (all.supported, all.answered)
/// };
/// // 17 of the 347 were supported in part
/// assert_eq!(supported(PartlySupported::AsNoted), (263, 347));
/// assert_eq!(supported(PartlySupported::AsSupported), (280, 347));
/// assert_eq!(supported(PartlySupported::LeftOut), (263, 330));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartlySupported {
    /// Answered, and not supported. What does not enjoy support as it stands is noted (Human Rights Council,
    /// resolution 5/1, annex, paragraph 32), and UPR Info's export knows two answers only, *Accepted* and
    /// *Noted*.
    #[default]
    AsNoted,
    /// Answered, and supported.
    AsSupported,
    /// No answer: left out, as what is pending.
    LeftOut,
}

names! {
    PartlySupported, "partly supported",
    AsNoted = "as_noted",
    AsSupported = "as_supported",
    LeftOut = "left_out",
}
