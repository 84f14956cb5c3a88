//! Compares tags with the labels that human coders gave: how far they agree, and where they don't.
//!
//! The essential types are [`Agreement`], over sets of labels, and [`Accuracy`], over one category of several. Both
//! count pairs (expected, given), whether rules or a model gave the tags. [`Comparison`] makes the pairs from files that
//! state labels, such as UPR Info's export. Read them with [`Reader::rows_apart`](crate::read::Reader::rows_apart): each row
//! counts once, and a list with merged rows is an error. A [`Crosswalk`] maps the codebook's issues to the coders' labels.
//! [`Comparison::rules`] shows what each rule contributes. Without any labels, a [`Trial`] shows what each rule matches, and
//! [`failing_examples`] what a codebook codes differently from its own examples; [`recoded`] shows
//! what another version of the codebook changes.
//!
//! Where nobody coded the list yet, [`sample`] draws recommendations, [`coding_sheet`] makes the sheet for people to fill, and
//! [`Coders`] says how far they agree, with each other and with the tags.
//!
//! # What each figure means
//!
//! - **micro** precision, recall and F1: all labels of all recommendations in one pot. The frequent labels decide.
//! - **macro**: the mean of the labels' own figures. A rare label weighs as much as a frequent one. It runs over the
//!   labels that were expected or given at least once.
//! - **exact match**: the share of recommendations with all expected labels and no other.
//! - **kappa** (Cohen 1960): the agreement on one label beyond what chance would give; 1 is perfect, 0 is chance. It
//!   is not defined where both sides give the label to every recommendation, or to none.
//! - A label that was never given has precision 0, one that was never expected recall 0. scikit-learn does the same with
//!   `zero_division=0`. The tests compare all figures with scikit-learn's.
//!
//! Rules that were written for the rows they are measured on look better than they are. Measure on reviews that nobody
//! looked at while writing them, and part them by State under review: recommendations to one State repeat each other.
//!
//! `cargo run --release --example evaluate -- FILES` prints all of it, and `-- --coders SHEETS` the agreement of coders.
//!
//! # Example
//!
//! ```
//! use upr::evaluate::{Comparison, Crosswalk};
//! use upr::{Codebook, Tagger, read::Reader};
//!
//! let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
//! let coded = tagger.tag(Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?);
//! let crosswalk = Crosswalk::by_label(tagger.codebook());
//! let comparison = Comparison::of(&coded, &crosswalk)?;
//! let displacement = comparison.agreement().label("Climate displacement").unwrap();
//! assert_eq!((displacement.support, displacement.right), (2, 1)); // who flees from rising tides is missed
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`code`](crate::code) gives the tags and explains the rules.

mod accuracy;
mod agreement;
mod coders;
mod coding;
mod compared;
mod comparison;
mod crosswalk;
mod examples;
mod figures;
mod fired;
mod interval;
mod recoded;
mod reliability;
mod reviewed;
mod rules;
mod sample;
mod trial;

pub use accuracy::Accuracy;
pub use agreement::{Agreement, Figures};
pub use coders::Coders;
pub use comparison::Comparison;
pub use crosswalk::Crosswalk;
pub use examples::failing_examples;
pub use interval::jackknife;
pub use recoded::recoded;
pub use reviewed::reviewed;
pub use sample::{coding_sheet, sample};
pub use trial::{RuleTrial, Trial};

use crate::coded::{CodedRecommendation, Selection};
use crate::error::Result;

/// The agreement of a coded list with the issues that its files state, where the codebook's labels are the files' own.
/// [`Comparison`] gives more than the figures, and takes a [`Crosswalk`] for other labels.
///
/// # Errors
///
/// As for [`Comparison::of`].
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, evaluate, read::Reader};
///
/// let tagger = Tagger::new(Codebook::upr_info())?;
/// let coded = tagger.tag(Reader::new().rows_apart().path("fixtures/upr-info.csv")?);
/// let agreement = evaluate::issues(&coded)?;
/// assert_eq!(agreement.recommendations(), 8);
/// assert_eq!(agreement.label("Death penalty").unwrap().f1, 1.0);
///
/// let list = Reader::new().rows_apart().path("fixtures/usa-2020.csv")?;
/// assert_eq!(
///     evaluate::issues(&tagger.tag(list)).unwrap_err().to_string(),
///     "usa-2020.csv: found no row with labels of issues, expected a column with the issues that coders gave, such as \
///      UPR Info's Issue"
/// );
/// # Ok::<(), upr::Error>(())
/// ```
pub fn issues<'l>(coded: impl Into<Selection<'l>>) -> Result<Agreement> {
    let coded = coded.into();
    let crosswalk = Crosswalk::by_label(coded.codebooks().issues());
    Ok(Comparison::of(&coded, &crosswalk)?.agreement())
}

/// The agreement of action categories with those that the files state. `given` says what a recommendation was given;
/// none where nothing could be said, which counts as wrong. Recommendations for which the file states no category
/// from 1 to 5 are not compared.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, evaluate, read::Reader};
///
/// let coded = Tagger::core().tag(Reader::new().rows_apart().path("fixtures/upr-info.csv")?);
/// // a rule of thumb: what asks to ratify is specific
/// let ratify = |text: &str| if text.starts_with("Ratify") { Some(5) } else { None };
/// let action = evaluate::action(&coded, |coded| ratify(&coded.recommendation.text));
/// assert_eq!(action.category(&5).precision, 1.0);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn action<'r>(
    coded: impl Into<Selection<'r>>,
    mut given: impl FnMut(&CodedRecommendation) -> Option<u8>,
) -> Accuracy<u8> {
    let stated = |coded: &CodedRecommendation| -> Option<u8> {
        let category = coded.recommendation.labels.action.as_ref()?.trim().parse().ok()?;
        (1..=5).contains(&category).then_some(category)
    };
    let coded = coded.into();
    let pairs = coded.iter().filter_map(|coded| Some((stated(coded)?, given(coded))));
    Accuracy::of(pairs)
}

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
