//! The labels that files state, row by row, beside the labels that our tags mean.

use super::Agreement;
use super::compared::{self, Compared};
use super::crosswalk::Crosswalk;
use crate::codebook::{Codebook, UNTAGGED};
use crate::coded::Selection;
use crate::error::{Error, Place, Result, quoted};
use crate::table::Table;
use crate::tally::NOT_GIVEN;
use crate::text::key;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The recommendations whose issues human coders labelled, each with the labels expected and the labels given.
///
/// Unit: rows of the files. Read them with [`Reader::rows_apart`](crate::read::Reader::rows_apart): where UPR Info
/// writes a joint recommendation as several rows, each row has labels of its own, which may differ.
///
/// # Labels that only one side has
///
/// - A label of the files that no issue means ([`labels_without_issue`](Comparison::labels_without_issue)) counts
///   as missing wherever it is expected: leaving out what is hard is not agreement.
/// - An issue whose labels the files never state ([`issues_never_expected`](Comparison::issues_never_expected)) counts
///   as wrong wherever it is given.
/// - An issue that the crosswalk is silent on ([`issues_not_judged`](Comparison::issues_not_judged)) gives no label and
///   is not judged.
/// - Rows without any label ([`without_labels`](Comparison::without_labels)) were not coded, and are not compared.
///
/// # Example
///
/// ```
/// use upr::evaluate::{Comparison, Crosswalk};
/// use upr::{Codebook, Tagger, read::Reader};
///
/// let list = Reader::new().rows_apart().path("fixtures/upr-info.csv")?;
/// let tagger = Tagger::core();
/// let coded = tagger.tag(list);
/// let crosswalk = Crosswalk::from_bytes(
///     "mine.csv",
///     b"issue,label\ndeath-penalty,Death penalty\nhousing,Right to housing\n",
///     tagger.codebook(),
/// )?;
/// let comparison = Comparison::of(&coded, &crosswalk)?;
/// let agreement = comparison.agreement();
/// assert_eq!(agreement.label("Death penalty").unwrap().recall, 1.0);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Comparison<'c> {
    codebook: &'c Codebook,
    crosswalk: &'c Crosswalk,
    rows: Vec<Compared<'c>>,
    without_labels: u64,
    expected: BTreeMap<Arc<str>, u64>,
}

impl<'c> Comparison<'c> {
    /// Compares a coded list with the labels in its files. Labels that differ in case, accents and blanks only are the
    /// same; the first spelling in the files is kept.
    ///
    /// # Errors
    ///
    /// Files in which no recommendation has labels of issues, such as the bundled digest; a list in which rows were
    /// merged, so that the labels of single rows are lost (read it with
    /// [`rows_apart`](crate::read::Reader::rows_apart)); a crosswalk whose labels the files never have.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::evaluate::{Comparison, Crosswalk};
    /// # use upr::{Codebook, Tagger, read::Reader};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
    /// let coded = tagger.tag(list);
    /// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
    /// let comparison = Comparison::of(&coded, &crosswalk)?;
    /// assert_eq!((comparison.table().rows.len(), comparison.disagreements().rows.len()), (7, 3));
    /// let rules = comparison.rules();
    /// let paris = rules.iter().find(|rule| rule.text("rule") == Some("Paris Agreement")).unwrap();
    /// assert_eq!((paris.text("issue"), paris.count("line"), paris.count("fires")), (Some("climate-action"), Some(5), Some(1)));
    /// assert_eq!((paris.count("right"), paris.count("alone")), (Some(1), Some(0))); // the row names climate change, too
    ///
    /// // a list without labels has nothing to compare with
    /// let bare = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let error = Comparison::of(&bare, &crosswalk).unwrap_err();
    /// assert!(error.to_string().contains("labels"), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of(coded: impl Into<Selection<'c>>, crosswalk: &'c Crosswalk) -> Result<Comparison<'c>> {
        let coded = coded.into();
        let codebook = coded.codebooks().issues();
        let place = || {
            let files: Vec<&str> = coded.list().files.iter().map(|file| &*file.file).collect();
            Place::file(files.join(", "))
        };
        let recommendations = coded.iter();
        let merged: usize =
            recommendations.map(|one| one.recommendation.sources.len().saturating_sub(1)).sum();
        if merged > 0 {
            let found = format!("{merged} merged {}", if merged == 1 { "row" } else { "rows" });
            return Err(Error::unexpected(place(), found, "each row apart (Reader::rows_apart)"));
        }
        let mut labels = Labels::default();
        let mut comparison = Comparison {
            codebook,
            crosswalk,
            rows: Vec::new(),
            without_labels: 0,
            expected: BTreeMap::new(),
        };
        // the files first, since their spelling is kept
        for label in coded.iter().flat_map(|coded| &coded.recommendation.labels.issues) {
            labels.known(label);
        }
        for coded in coded.iter() {
            let stated = &coded.recommendation.labels.issues;
            if stated.is_empty() {
                comparison.without_labels += 1;
                continue;
            }
            let expected = sorted(stated.iter().map(|label| labels.known(label)));
            for label in &expected {
                *comparison.expected.entry(label.clone()).or_insert(0) += 1;
            }
            let issues = coded.coding.tags.iter().map(|tag| &*tag.code);
            let untagged = coded.coding.is_untagged().then_some(UNTAGGED);
            let given = issues.chain(untagged).flat_map(|issue| crosswalk.labels(issue));
            let given = sorted(given.map(|label| labels.known(label)));
            comparison.rows.push(Compared { coded, expected, given });
        }
        if comparison.rows.is_empty() {
            let expected = "a column with the issues that coders gave, such as UPR Info's Issue";
            return Err(Error::unexpected(place(), "no row with labels of issues", expected));
        }
        let labels: BTreeSet<String> = crosswalk.all_labels().map(|label| key::label(label)).collect();
        if let Some(stated) = comparison.expected.keys().next()
            && !comparison.expected.keys().any(|label| labels.contains(&key::label(label)))
        {
            let found = format!("labels such as {}, none of them in the crosswalk", quoted(stated));
            let expected = match crosswalk.all_labels().next() {
                Some(label) => format!("at least one of its labels, such as {}", quoted(label)),
                None => format!("a crosswalk for the codebook {}", codebook.name()),
            };
            return Err(Error::unexpected(place(), found, expected));
        }
        Ok(comparison)
    }

    /// The rows compared, in the order of the list: `id`, `file`, `row`, `state_under_review`, `text`; the labels
    /// `expected`, `given`, `missing` and `extra`; as `evidence` the issues given with the words that gave them and their
    /// rules, and as `set_aside` what exclusions kept from being evidence.
    pub fn table(&self) -> Table {
        compared::table(&self.rows)
    }

    /// Those rows of [`table`](Comparison::table) where the two sides differ.
    pub fn disagreements(&self) -> Table {
        compared::table(self.rows.iter().filter(|row| row.expected != row.given))
    }

    pub(super) fn rows(&self) -> &[Compared<'c>] {
        &self.rows
    }

    /// The codebook that the list was coded with.
    pub fn codebook(&self) -> &'c Codebook {
        self.codebook
    }

    /// Which labels the issues mean.
    pub fn crosswalk(&self) -> &'c Crosswalk {
        self.crosswalk
    }

    /// The agreement over all rows.
    pub fn agreement(&self) -> Agreement {
        Agreement::of(self.rows.iter().map(|row| (&row.expected, &row.given)))
    }

    /// The agreement for each State under review, by its name; for intervals, and to see where tags fail.
    pub fn by_state_under_review(&self) -> BTreeMap<Arc<str>, Agreement> {
        let mut states: BTreeMap<Arc<str>, Agreement> = BTreeMap::new();
        for row in &self.rows {
            let state = row.coded.recommendation.state_under_review.as_ref();
            let state = Arc::from(state.map_or(NOT_GIVEN, |name| name.name()));
            states.entry(state).or_default().add(&row.expected, &row.given);
        }
        states
    }

    /// The rows without any label, which were not compared.
    pub fn without_labels(&self) -> u64 {
        self.without_labels
    }

    /// The labels of the files that no issue means, with the rows that have them.
    pub fn labels_without_issue(&self) -> Vec<(Arc<str>, u64)> {
        let known: BTreeSet<String> = self.crosswalk.all_labels().map(|label| key::label(label)).collect();
        let without = self.expected.iter().filter(|(label, _)| !known.contains(&key::label(label)));
        without.map(|(label, rows)| (label.clone(), *rows)).collect()
    }

    /// The codes of the issues that mean labels of which the files state none.
    pub fn issues_never_expected(&self) -> Vec<Arc<str>> {
        let stated: BTreeSet<String> = self.expected.keys().map(|label| key::label(label)).collect();
        self.issues_where(|labels| {
            !labels.is_empty() && !labels.iter().any(|label| stated.contains(&key::label(label)))
        })
    }

    /// The codes of the issues that the crosswalk is silent on.
    pub fn issues_not_judged(&self) -> Vec<Arc<str>> {
        self.issues_where(<[_]>::is_empty)
    }

    fn issues_where(&self, so: impl Fn(&[Arc<str>]) -> bool) -> Vec<Arc<str>> {
        let codes = self.codebook.issues().iter().map(|issue| &issue.code);
        codes.filter(|code| so(self.crosswalk.labels(code))).cloned().collect()
    }
}

/// One spelling for each label: the first in the files, or else the crosswalk's.
#[derive(Default)]
struct Labels {
    by_key: HashMap<String, Arc<str>>,
    by_spelling: HashMap<String, Arc<str>>,
}

impl Labels {
    fn known(&mut self, label: &str) -> Arc<str> {
        if let Some(known) = self.by_spelling.get(label) {
            return known.clone();
        }
        let known = self.by_key.entry(key::label(label)).or_insert_with(|| Arc::from(label)).clone();
        self.by_spelling.insert(label.to_string(), known.clone());
        known
    }
}

fn sorted(labels: impl Iterator<Item = Arc<str>>) -> Vec<Arc<str>> {
    let mut labels: Vec<Arc<str>> = labels.collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}
