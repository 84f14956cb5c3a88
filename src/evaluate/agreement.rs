//! Agreement over sets of labels: what a recommendation should have, and what it was given.
//!
//! Pure counting, which knows neither files nor taggers: [`comparison`](super::comparison) makes the pairs.
//! Where to go next: [`accuracy`](super::accuracy) for one category instead of a set.

use crate::coded::Selection;
use crate::grouping::Grouping;
use crate::recommendation::Recommendation;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// How far the labels given agree with the labels expected, over any number of recommendations.
///
/// It holds counts only, so parts [merge](Agreement::merge) to the whole in any order, and it is a serde value.
///
/// # Example
///
/// ```
/// use upr::evaluate::Agreement;
///
/// let agreement = Agreement::of([
///     (vec!["Torture", "Detention"], vec!["Torture"]),
///     (vec!["Justice"], vec!["Justice", "Impunity"]),
/// ]);
/// let micro = agreement.micro();
/// assert_eq!((micro.precision, micro.recall), (2.0 / 3.0, 2.0 / 3.0));
/// assert_eq!(agreement.exact_match(), 0.0);
/// assert_eq!(agreement.label("Torture").unwrap().f1, 1.0);
/// // Detention and Impunity have no match, Justice and Torture nothing else
/// assert_eq!(agreement.macro_average().f1, 0.5);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    recommendations: u64,
    exact: u64,
    labels: BTreeMap<Arc<str>, Counts>,
    // JSON knows no keys but text, so pairs are stored as a list
    #[serde(with = "super::pairs")]
    confusions: BTreeMap<Pair, u64>,
}

/// A label missing and a label in its place; see [`Agreement::confusions`].
type Pair = (Option<Arc<str>>, Option<Arc<str>>);

/// In how many recommendations a label was expected, given, and both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    expected: u64,
    given: u64,
    right: u64,
}

/// Counts, and precision, recall and F1, each from 0 to 1, of one label or of all.
///
/// Where nothing was given the precision is 0, where nothing was expected the recall is 0, and F1 is 0 where both
/// are: scikit-learn's `zero_division=0`.
///
/// # Example
///
/// ```
/// // the labels expected of three recommendations, and those given
/// let agreement = upr::evaluate::Agreement::of([
///     (vec!["Justice"], vec!["Justice"]),
///     (vec!["Torture", "Detention"], vec!["Torture"]),
///     (vec!["Torture"], vec!["Detention"]),
/// ]);
/// let torture = agreement.label("Torture").unwrap();
/// assert_eq!((torture.support, torture.given, torture.right), (2, 1, 1));
/// assert_eq!((torture.precision, torture.recall), (1.0, 0.5));
/// assert!(torture.kappa.unwrap() > 0.0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figures {
    /// How many times a label was expected: of one label, the recommendations that it was expected for.
    pub support: u64,
    /// How many times a label was given.
    pub given: u64,
    /// How many times a label was given and expected.
    pub right: u64,
    /// Of the labels given, the share that was expected.
    pub precision: f64,
    /// Of the labels expected, the share that was given.
    pub recall: f64,
    /// The harmonic mean of the two: 2 x right / (expected + given).
    pub f1: f64,
    /// Of one label: Cohen's kappa for having it or not, which is agreement beyond chance, at most 1. None where it is not
    /// defined: both sides give the label to every recommendation, or to none. None also over several labels.
    pub kappa: Option<f64>,
}

impl Figures {
    pub(super) fn new(support: u64, given: u64, right: u64) -> Figures {
        let (precision, recall, f1) =
            (share(right, given), share(right, support), share(2 * right, support + given));
        Figures { support, given, right, precision, recall, f1, kappa: None }
    }
}

impl Counts {
    fn figures(self) -> Figures {
        Figures::new(self.expected, self.given, self.right)
    }

    fn kappa(self, recommendations: u64) -> Option<f64> {
        kappa(recommendations, self.expected, self.given, self.right)
    }

    fn add(&mut self, other: Counts) {
        self.expected += other.expected;
        self.given += other.given;
        self.right += other.right;
    }
}

impl Agreement {
    /// How far the groups agree with the labels that files state, such as OHCHR's themes: `labels` says where they
    /// stand. Recommendations without such a label are not compared; a label that no group has counts as missing, under
    /// its own name. For UPR Info's issues, and with each row apart, see [`Comparison`](crate::evaluate::Comparison) with
    /// [`Crosswalk::by_grouping`](crate::evaluate::Crosswalk::by_grouping).
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Tagger, count::Grouping, evaluate::Agreement};
    ///
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(upr::read::path("fixtures/thematic-list-cycle-4.docx")?);
    /// let themes = Grouping::bundled("ohchr-themes", tagger.codebook())?;
    /// let agreement = Agreement::with_grouping(&coded, &themes, |recommendation| &recommendation.labels.themes);
    /// assert_eq!(agreement.micro().precision, 1.0);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_grouping<'r>(
        coded: impl Into<Selection<'r>>,
        grouping: &Grouping,
        labels: impl Fn(&Recommendation) -> &[String],
    ) -> Agreement {
        let mut agreement = Agreement::new();
        let mut known: HashMap<&str, &str> = HashMap::new();
        for coded in coded.into().iter() {
            let stated = labels(&coded.recommendation);
            if stated.is_empty() {
                continue;
            }
            let group = |label| grouping.group_of_label(label).map_or(label, |group| group.label.as_str());
            let expected: Vec<&str> =
                stated.iter().map(|label| *known.entry(label).or_insert_with(|| group(label))).collect();
            agreement.add(expected, grouping.labels_of(&coded.coding));
        }
        agreement
    }

    /// An agreement over nothing, to add to.
    ///
    /// # Example
    ///
    /// ```
    /// let agreement = upr::evaluate::Agreement::new();
    /// assert_eq!((agreement.recommendations(), agreement.exact_match()), (0, 0.0));
    /// ```
    pub fn new() -> Agreement {
        Agreement::default()
    }

    /// Counts pairs: for each recommendation the labels expected, and the labels given.
    ///
    /// # Example
    ///
    /// ```
    /// let agreement = upr::evaluate::Agreement::of([(vec!["Torture"], vec!["Torture", "Detention"])]);
    /// assert_eq!((agreement.micro().precision, agreement.micro().recall), (0.5, 1.0));
    /// ```
    pub fn of<L: AsRef<str>, E, G>(pairs: impl IntoIterator<Item = (E, G)>) -> Agreement
    where
        E: IntoIterator<Item = L>,
        G: IntoIterator<Item = L>,
    {
        let mut agreement = Agreement::new();
        pairs.into_iter().for_each(|(expected, given)| agreement.add(expected, given));
        agreement
    }

    /// Counts one recommendation more. A label that occurs twice counts once.
    ///
    /// # Example
    ///
    /// ```
    /// let mut agreement = upr::evaluate::Agreement::new();
    /// agreement.add(["Torture"], ["Torture", "Torture"]);
    /// assert_eq!(agreement.label("Torture").unwrap().given, 1);
    /// ```
    pub fn add<L: AsRef<str>, M: AsRef<str>>(
        &mut self,
        expected: impl IntoIterator<Item = L>,
        given: impl IntoIterator<Item = M>,
    ) {
        let expected: BTreeSet<Arc<str>> =
            expected.into_iter().map(|label| self.known(label.as_ref())).collect();
        let given: BTreeSet<Arc<str>> = given.into_iter().map(|label| self.known(label.as_ref())).collect();
        self.recommendations += 1;
        self.exact += u64::from(expected == given);
        for label in expected.union(&given) {
            let (is_expected, is_given) = (expected.contains(label), given.contains(label));
            self.labels.entry(label.clone()).or_default().add(Counts {
                expected: u64::from(is_expected),
                given: u64::from(is_given),
                right: u64::from(is_expected && is_given),
            });
        }
        let missing = or_none(expected.difference(&given));
        let extra = or_none(given.difference(&expected));
        for pair in missing.iter().flat_map(|one| extra.iter().map(move |other| (one.clone(), other.clone())))
        {
            if pair != (None, None) {
                *self.confusions.entry(pair).or_insert(0) += 1;
            }
        }
    }

    /// The label as it is stored, so that a hundred thousand recommendations share one text.
    fn known(&self, label: &str) -> Arc<str> {
        self.labels.get_key_value(label).map_or_else(|| Arc::from(label), |(known, _)| known.clone())
    }

    /// Adds what another agreement counted, of other recommendations.
    pub fn merge(&mut self, other: Agreement) {
        self.recommendations += other.recommendations;
        self.exact += other.exact;
        for (label, counts) in other.labels {
            self.labels.entry(label).or_default().add(counts);
        }
        for (pair, count) in other.confusions {
            *self.confusions.entry(pair).or_insert(0) += count;
        }
    }

    /// The recommendations compared.
    pub fn recommendations(&self) -> u64 {
        self.recommendations
    }

    /// The share of the recommendations that were given the expected labels, all of them and no other; 0 of none.
    pub fn exact_match(&self) -> f64 {
        share(self.exact, self.recommendations)
    }

    /// The figures over all labels of all recommendations together: each label of each recommendation weighs the same.
    pub fn micro(&self) -> Figures {
        let mut sum = Counts::default();
        self.labels.values().for_each(|counts| sum.add(*counts));
        sum.figures()
    }

    /// The means of the labels' precision, recall and F1: each label weighs the same, however rare. The labels are those
    /// that were expected or given at least once, as scikit-learn takes them. The counts are those of all labels.
    pub fn macro_average(&self) -> Figures {
        let mut mean = Figures { precision: 0.0, recall: 0.0, f1: 0.0, ..self.micro() };
        for figures in self.labels.values().map(|counts| counts.figures()) {
            mean.precision += figures.precision;
            mean.recall += figures.recall;
            mean.f1 += figures.f1;
        }
        let labels = self.labels.len().max(1) as f64;
        Figures {
            precision: mean.precision / labels,
            recall: mean.recall / labels,
            f1: mean.f1 / labels,
            ..mean
        }
    }

    /// The agreement on each label that was expected or given, in alphabetical order.
    pub fn labels(&self) -> impl Iterator<Item = (&str, Figures)> {
        self.labels.iter().map(|(label, counts)| (&**label, self.on(*counts)))
    }

    /// The agreement on one label, if it was ever expected or given.
    pub fn label(&self, label: &str) -> Option<Figures> {
        self.labels.get(label).map(|counts| self.on(*counts))
    }

    fn on(&self, counts: Counts) -> Figures {
        Figures { kappa: counts.kappa(self.recommendations), ..counts.figures() }
    }

    /// Which label was given where another was expected, the most frequent first: the label expected and not given (none
    /// where a label was given in addition), the label given and not expected (none where a label is missing and nothing
    /// is in its place), and the recommendations where this is so.
    ///
    /// In a recommendation with several missing and several extra labels, each missing one counts with each extra one,
    /// since nobody says which belongs to which; so these counts add up to more than the recommendations.
    pub fn confusions(&self) -> Vec<(Option<&str>, Option<&str>, u64)> {
        let confusions = self.confusions.iter();
        let mut confusions: Vec<_> = confusions
            .map(|((expected, given), count)| (expected.as_deref(), given.as_deref(), *count))
            .collect();
        confusions.sort_by_key(|(_, _, recommendations)| std::cmp::Reverse(*recommendations));
        confusions
    }

    /// What is left without one part of it, as far as figures need it: no confusions.
    pub(super) fn without(&self, part: &Agreement) -> Agreement {
        let mut labels = self.labels.clone();
        for (label, counts) in &part.labels {
            let left = labels.entry(label.clone()).or_default();
            left.expected = left.expected.saturating_sub(counts.expected);
            left.given = left.given.saturating_sub(counts.given);
            left.right = left.right.saturating_sub(counts.right);
        }
        labels.retain(|_, counts| *counts != Counts::default());
        Agreement {
            recommendations: self.recommendations.saturating_sub(part.recommendations),
            exact: self.exact.saturating_sub(part.exact),
            labels,
            confusions: BTreeMap::new(),
        }
    }
}

/// Cohen's kappa of one label over so many texts: (observed - chance) / (1 - chance), both times the square of the number, so
/// that all are whole numbers until the division.
pub(super) fn kappa(texts: u64, one: u64, other: u64, both: u64) -> Option<f64> {
    let [all, one, other, both] = [texts, one, other, both].map(i128::from);
    let observed = all * (all - one - other + 2 * both);
    let chance = one * other + (all - one) * (all - other);
    let beyond = all * all - chance;
    (beyond != 0).then(|| (observed - chance) as f64 / beyond as f64)
}

/// A part of a whole; 0 where there is no whole, as scikit-learn has it with `zero_division=0`.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The labels, or none as the only item.
fn or_none<'l>(labels: impl Iterator<Item = &'l Arc<str>>) -> Vec<Option<Arc<str>>> {
    let labels: Vec<Option<Arc<str>>> = labels.cloned().map(Some).collect();
    if labels.is_empty() { vec![None] } else { labels }
}
