//! How sure a figure is: an interval from leaving out one State under review at a time.
//!
//! Recommendations to one State resemble each other, so that drawing single recommendations, as a plain bootstrap
//! does, would promise too much. The jackknife leaves out one State after the other, needs no random numbers, and
//! gives the same interval everywhere.
//!
//! Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), equation 11.5, with clusters left out
//! instead of single observations.

use super::Agreement;
use crate::statistics::Interval;

/// The two-sided 95% point of the normal distribution.
const NORMAL_95: f64 = 1.96;

/// The 95% interval of a figure over parts that were drawn independently, such as the States under review: 1.96 standard
/// errors below and above, and not below 0 or above 1. None of fewer than two parts.
///
/// With few parts, below 20 or so, the interval is too narrow.
///
/// # Example
///
/// ```
/// use upr::evaluate::{Agreement, jackknife};
///
/// let part = |given: [&'static str; 2]| Agreement::of([(["Torture"], [given[0]]), (["Justice"], [given[1]])]);
/// let parts = [part(["Torture", "Justice"]), part(["Torture", "General"]), part(["Torture", "Justice"])];
/// let interval = jackknife(&parts, |agreement| agreement.micro().recall).unwrap();
/// assert_eq!(interval.value, 5.0 / 6.0);
/// // leaving one out gives 3/4, 1 and 3/4
/// assert!((interval.standard_error.unwrap() - 1.0 / 6.0).abs() < 1e-12);
/// ```
pub fn jackknife<'a>(
    parts: impl IntoIterator<Item = &'a Agreement>,
    figure: impl Fn(&Agreement) -> f64,
) -> Option<Interval> {
    let parts: Vec<&Agreement> = parts.into_iter().collect();
    if parts.len() < 2 {
        return None;
    }
    let mut whole = Agreement::new();
    parts.iter().for_each(|part| whole.merge((*part).clone()));
    let left: Vec<f64> = parts.iter().map(|part| figure(&whole.without(part))).collect();
    let number = parts.len() as f64;
    let mean = left.iter().sum::<f64>() / number;
    let squares: f64 = left.iter().map(|figure| (figure - mean).powi(2)).sum();
    let standard_error = ((number - 1.0) / number * squares).sqrt();
    let value = figure(&whole);
    let reach = NORMAL_95 * standard_error;
    let (lower, upper) = ((value - reach).max(0.0), (value + reach).min(1.0));
    Some(Interval { value, lower, upper, standard_error: Some(standard_error) })
}
