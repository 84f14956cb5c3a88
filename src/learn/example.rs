//! Examples to learn from, and the fold that each falls into.

use crate::text::hash::Fnv;

/// A text and the labels that a human coder gave it.
///
/// # Example
///
/// ```
/// use upr::code::Example;
///
/// let example = Example::new("Build dykes", ["Climate action"]).in_group("Tuvalu");
/// assert_eq!((example.text.as_str(), example.group.as_str()), ("Build dykes", "Tuvalu"));
/// assert_eq!(example.labels, ["Climate action"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// The text, unchanged.
    pub text: String,
    /// The labels, as issues are called in the codebook: their labels or codes.
    pub labels: Vec<String>,
    /// Examples of one group stay in one fold when a model is judged: the State under review. May be empty.
    pub group: String,
}

impl Example {
    /// An example without a group.
    ///
    /// # Example
    ///
    /// ```
    /// let example = upr::code::Example::new("Build dykes", ["Climate action", "Climate displacement"]);
    /// assert_eq!((example.labels.len(), example.group.as_str()), (2, ""));
    /// ```
    pub fn new<L: Into<String>>(text: impl Into<String>, labels: impl IntoIterator<Item = L>) -> Example {
        Example {
            text: text.into(),
            labels: labels.into_iter().map(Into::into).collect(),
            group: String::new(),
        }
    }

    /// The same example in a group, such as its State under review.
    pub fn in_group(self, group: impl Into<String>) -> Example {
        Example { group: group.into(), ..self }
    }
}

/// The fold that a group falls into, from 0 to `folds - 1`: the FNV-1a hash (64 bits) of its name, modulo `folds`. It
/// depends on the name alone, so a State stays in its fold whatever other States there are.
///
/// # Example
///
/// ```
/// use upr::code::fold_of;
/// assert_eq!(fold_of("Slovenia", 5), fold_of("Slovenia", 5));
/// assert!((0..5).contains(&fold_of("Kenya", 5)));
/// ```
pub fn fold_of(group: &str, folds: usize) -> usize {
    (Fnv::new().add(group.as_bytes()).value() % folds.max(1) as u64) as usize
}
