//! Misspelt names of States that were recognised, so that a reader can check them.

use crate::recommendation::{Recommendation, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The State that a misspelt name was read as, and where the name first occurs.
///
/// # Example
///
/// ```
/// let list = upr::read::Reader::new().bytes("a.csv", b"text,from\nRatify it,Spian\nEnd it,Spian\n")?;
/// let spian = &list.corrected()["Spian"];
/// assert_eq!((spian.read_as.as_str(), spian.iso3.as_str(), spian.recommendations), ("Spain", "ESP", 2));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Corrected {
    /// The short name of the State that it was read as.
    pub read_as: String,
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: String,
    /// The recommendations that have it.
    pub recommendations: u64,
    /// Where it first occurs, in the order of the list.
    pub first: Source,
}

/// Counts the misspelt names of these recommendations, after those before. Each name stands as it was given.
pub(crate) fn add<'r>(
    corrected: &mut BTreeMap<Arc<str>, Corrected>,
    recommendations: impl IntoIterator<Item = &'r Recommendation>,
) {
    for recommendation in recommendations {
        let names = recommendation.recommending_states.iter().chain(&recommendation.state_under_review);
        for name in names.filter(|name| name.is_corrected()) {
            let nowhere = || Source { file: Arc::from(""), row: 0 };
            let first = || recommendation.sources.first().cloned().unwrap_or_else(nowhere);
            let known = corrected.entry(name.given.clone()).or_insert_with(|| Corrected {
                read_as: name.name().to_string(),
                iso3: name.iso3().to_string(),
                recommendations: 0,
                first: first(),
            });
            known.recommendations += 1;
        }
    }
}
