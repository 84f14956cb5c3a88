//! Many questions at once: how many of the answers are chance?

/// The q-values of a family of p-values, in the same order: the share of false discoveries to expect among all
/// those that are at least as small (Benjamini-Hochberg).
///
/// The i-th smallest of m p-values becomes the least of p(j) m / j over all j from i on, 1 at most. A p-value
/// that is not a number stays one, and counts as 1 for the others.
///
/// Source: Benjamini and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal Statistical
/// Society B 57 (1995). It holds for independent tests and for tests that depend positively; tests over one list
/// are neither exactly, so read q as a guide.
///
/// # Example
///
/// ```
/// use upr::statistics::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.01, 0.5, 0.02, 0.04]), [0.04, 0.5, 0.04, 0.16 / 3.0]);
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|one, two| p_values[*one].total_cmp(&p_values[*two]));
    let family = p_values.len() as f64;
    let mut q_values = vec![f64::NAN; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        if p_values[at].is_nan() {
            continue;
        }
        // the last p-value times m over m is itself, whatever rounding says
        least = least.min((p_values[at] * family / (rank + 1) as f64).max(p_values[at]));
        q_values[at] = least;
    }
    q_values
}
