//! Shares with the uncertainty that their numbers leave.

use serde::{Deserialize, Serialize};

/// A figure, such as a share, and the interval around it.
///
/// # Example
///
/// ```
/// use upr::statistics::wilson;
///
/// // none of four was supported: that says little
/// let interval = wilson(0, 4, 0.95).unwrap();
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

/// The share `part` of `whole` with its Wilson score interval, at a confidence level such as 0.95. Returns `None` for a
/// share of nothing, for a part larger than its whole, and for a level that is not between 0 and 1.
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
/// use upr::statistics::wilson;
/// let interval = wilson(10, 36, 0.95).unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", interval.value, interval.lower, interval.upper), "0.278 0.158 0.440");
/// assert_eq!(wilson(0, 0, 0.95), None);
/// ```
pub fn wilson(part: u64, whole: u64, confidence: f64) -> Option<Interval> {
    (confidence > 0.0 && confidence < 1.0).then(|| wilson_at(part, whole, quantile(confidence)))?
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

/// The quantile of the normal distribution beyond which half of what a confidence level leaves out lies: 1.96 for 0.95.
/// Found by halving, which ends at the number whose tail is nearest, on every machine the same.
pub(crate) fn quantile(confidence: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 40.0_f64);
    loop {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if two_sided(middle) > 1.0 - confidence { low = middle } else { high = middle }
    }
}

/// How probable a normal deviate at least as far from zero is, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}
