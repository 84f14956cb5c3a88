//! Compares tags with the labels that human coders gave: how far they agree, and where they don't.
//!
//! The essential types are [`Agreement`], over sets of labels, and [`Accuracy`], over one category of several. Both
//! are plain counts of pairs (expected, given), of rules and of learned models alike.
//!
//! # What each figure means
//!
//! - **micro** precision, recall and F1: all labels of all recommendations in one pot. The frequent labels decide.
//! - **macro**: the mean of the labels' own figures. A rare label weighs as much as a frequent one. It runs over the
//!   labels that were expected or given at least once.
//! - **exact match**: the share of recommendations with all expected labels and no other.
//! - **kappa** (Cohen 1960): the agreement on one label beyond what chance would give; 1 is perfect, 0 is chance. It
//!   is not defined where both sides say the same of all recommendations.
//! - What was never given has precision 0, what was never expected recall 0, as scikit-learn has it with
//!   `zero_division=0`. The tests compare all figures with scikit-learn's.

mod accuracy;
mod agreement;
mod interval;

pub use accuracy::Accuracy;
pub use agreement::{Agreement, Confusion, Figures, LabelAgreement};
pub use interval::{Interval, jackknife};

/// Counts of pairs as a list, since JSON knows no keys but text.
mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<K: Serialize, S: Serializer>(
        pairs: &BTreeMap<K, u64>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(pairs.iter())
    }

    pub(super) fn deserialize<'de, K: Deserialize<'de> + Ord, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<K, u64>, D::Error> {
        Ok(Vec::<(K, u64)>::deserialize(from)?.into_iter().collect())
    }
}
