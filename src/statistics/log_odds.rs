//! Log-odds ratios with an informative Dirichlet prior: how much more often one side says something than the
//! other, and how sure that is.

use super::interval::two_sided;
use serde::{Deserialize, Serialize};

/// A comparison of two sides.
///
/// # Example
///
/// ```
/// use upr::statistics::log_odds;
///
/// let compared = log_odds((20, 100), (100, 1000), 10.0).unwrap();
/// assert!(compared.log_odds_ratio > 0.69); // odds more than twice as high
/// assert_eq!(compared.z, compared.log_odds_ratio / compared.standard_error);
/// assert!(compared.p_value < 0.01);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LogOdds {
    /// The logarithm of the odds on one side over the odds on the other, the prior included. Above zero: more
    /// than the other side; 0.69 is odds twice as high.
    pub log_odds_ratio: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The first over the second.
    pub z: f64,
    /// How probable a z at least as far from zero is by chance, on either side; under the normal distribution.
    pub p_value: f64,
}

/// Compares how often something is on one side and on the other: (how often, of how much). `prior` is the number of
/// imagined observations that each side gets, with the share that both sides have together.
///
/// With y of n on one side, y' of n' on the other, a = prior (y + y') / (n + n') and b = prior - a, the log-odds
/// ratio is log((y + a) / (n - y + b)) - log((y' + a) / (n' - y' + b)), and its variance is 1/(y + a) +
/// 1/(n - y + b) + 1/(y' + a) + 1/(n' - y' + b).
///
/// Returns `None` where there is nothing to compare: one side is empty, or all have it or none has; also for a part
/// larger than its whole, and for a prior that is not above zero.
///
/// Source: Monroe, Colaresi and Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying
/// the Content of Political Conflict", Political Analysis 16 (2008), section 3.4 with the informative Dirichlet
/// prior; the variance in full, without the simplification for rare words, since issues are not rare.
///
/// # Example
///
/// ```
/// use upr::statistics::log_odds;
/// // 30 of 300 recommendations of Spain, 970 of 24,700 of all others
/// let compared = log_odds((30, 300), (970, 24_700), 10.0).unwrap();
/// assert_eq!(format!("{:.2} {:.1}", compared.log_odds_ratio, compared.z), "0.98 5.0");
/// ```
pub fn log_odds(one: (u64, u64), other: (u64, u64), prior: f64) -> Option<LogOdds> {
    let (with, of) = (one.0.checked_add(other.0)?, one.1.checked_add(other.1)?);
    let sensible = one.0 <= one.1 && other.0 <= other.1 && prior > 0.0 && prior.is_finite();
    if !sensible || one.1 == 0 || other.1 == 0 || with == 0 || with == of {
        return None;
    }
    let having = prior * (with as f64 / of as f64);
    let lacking = prior * ((of - with) as f64 / of as f64);
    let side = |(with, of): (u64, u64)| {
        let (with, without) = (with as f64 + having, (of - with) as f64 + lacking);
        (libm::log(with / without), 1.0 / with + 1.0 / without)
    };
    let ((one, variance), (other, other_variance)) = (side(one), side(other));
    let log_odds_ratio = one - other;
    let standard_error = (variance + other_variance).sqrt();
    let z = log_odds_ratio / standard_error;
    let all = [log_odds_ratio, standard_error, z];
    all.iter().all(|number| number.is_finite()).then(|| LogOdds {
        log_odds_ratio,
        standard_error,
        z,
        p_value: two_sided(z),
    })
}
