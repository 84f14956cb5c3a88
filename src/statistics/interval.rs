//! Shares with the uncertainty that their numbers leave.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// How sure an interval is to be: 0.95 unless another level is asked for.
///
/// # Example
///
/// ```
/// use upr::statistics::{Confidence, wilson};
///
/// // the surer an interval is to be, the wider it is
/// let width = |level| wilson(10, 36, level).map(|interval| interval.upper - interval.lower);
/// assert!(width(Confidence::new(0.99)?) > width(Confidence::default()));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    /// A level between 0 and 1.
    ///
    /// # Errors
    ///
    /// A level that is none, such as 95, 0, 1 or NaN.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Confidence;
    /// assert_eq!(Confidence::new(0.9)?.level(), 0.9);
    /// assert_eq!(
    ///     Confidence::new(95.0).unwrap_err().to_string(),
    ///     "confidence level: found 95, expected a number between 0 and 1, such as 0.95"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new(level: f64) -> Result<Confidence> {
        if level > 0.0 && level < 1.0 {
            return Ok(Confidence(level));
        }
        let expected = "a number between 0 and 1, such as 0.95";
        Err(Error::argument("confidence level", level.to_string(), expected))
    }

    /// The level, such as 0.95.
    pub fn level(self) -> f64 {
        self.0
    }

    /// The quantile of the normal distribution beyond which half of what is left out lies: 1.96 for 0.95. Found
    /// by halving, which ends at the number whose tail is nearest, on every machine the same.
    fn quantile(self) -> f64 {
        let (mut low, mut high) = (0.0_f64, 40.0_f64);
        loop {
            let middle = (low + high) / 2.0;
            if middle <= low || middle >= high {
                return middle;
            }
            if two_sided(middle) > 1.0 - self.0 { low = middle } else { high = middle }
        }
    }
}

impl Default for Confidence {
    fn default() -> Confidence {
        Confidence(0.95)
    }
}

impl TryFrom<f64> for Confidence {
    type Error = Error;
    fn try_from(level: f64) -> Result<Confidence> {
        Confidence::new(level)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> f64 {
        confidence.level()
    }
}

/// A figure, such as a share, and the interval around it.
///
/// # Example
///
/// ```
/// use upr::statistics::{Confidence, wilson};
///
/// // none of four was supported: that tells little
/// let interval = wilson(0, 4, Confidence::default()).unwrap();
/// assert_eq!((interval.value, interval.lower), (0.0, 0.0));
/// assert!(interval.upper > 0.4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The figure itself, from 0 to 1.
    pub value: f64,
    /// The lower limit, 0 at least.
    pub lower: f64,
    /// The upper limit, 1 at most.
    pub upper: f64,
    /// The standard error, where the interval was made with one: by [`jackknife`](crate::evaluate::jackknife).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// The share `part` of `whole` with its Wilson score interval; nothing for a share of nothing, or for a part
/// larger than its whole.
///
/// With p = part / whole, n = whole and z the quantile of the normal distribution, its limits are
/// (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
///
/// Sources: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
/// American Statistical Association 22 (1927); recommended for small and large n by Brown, Cai and DasGupta,
/// "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001).
///
/// # Example
///
/// ```
/// use upr::statistics::{Confidence, wilson};
/// let interval = wilson(10, 36, Confidence::default()).unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", interval.value, interval.lower, interval.upper), "0.278 0.158 0.440");
/// assert_eq!(wilson(0, 0, Confidence::default()), None);
/// ```
pub fn wilson(part: u64, whole: u64, confidence: Confidence) -> Option<Interval> {
    wilson_at(part, whole, confidence.quantile())
}

/// [`wilson`] with the quantile at hand, for a table needs it once.
pub(super) fn wilson_at(part: u64, whole: u64, z: f64) -> Option<Interval> {
    if whole == 0 || part > whole {
        return None;
    }
    let n = whole as f64;
    let share = part as f64 / n;
    let square = z * z;
    let centre = share + square / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let width = 1.0 + square / n;
    // at the ends the limit is 0 or 1 exactly, and rounding must not put the share outside
    let lower = if part == 0 { 0.0 } else { ((centre - half) / width).clamp(0.0, share) };
    let upper = if part == whole { 1.0 } else { ((centre + half) / width).clamp(share, 1.0) };
    Some(Interval { value: share, lower, upper, standard_error: None })
}

/// The quantile of a confidence level.
pub(crate) fn quantile(confidence: Confidence) -> f64 {
    confidence.quantile()
}

/// How probable a normal deviate at least as far from zero is, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}
