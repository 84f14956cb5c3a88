//! Which labels of human coders the issues of a codebook mean.
//!
//! The files and the codebook may use other words for one thing, or cut the field into other pieces. A crosswalk is
//! a table with the columns `issue` (a code of the codebook) and `label` (as the files state it); an issue may mean
//! for several labels, and a label may be given by several issues.

use crate::codebook::{Codebook, UNTAGGED};
use crate::error::{Result, quoted};
use crate::files::sheet::Sheet;
use crate::grouping::Grouping;
use crate::text::key;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Which labels each issue of a codebook means.
///
/// # Example
///
/// ```
/// use upr::Codebook;
/// use upr::evaluate::Crosswalk;
///
/// let table = b"issue,label\nicc,Justice\nicc,International instruments\nuntagged,Other\n";
/// let crosswalk = Crosswalk::from_bytes("mine.csv", table, &Codebook::core())?;
/// assert_eq!(crosswalk.labels("icc").len(), 2);
/// assert!(crosswalk.labels("housing").is_empty());
///
/// let error = Crosswalk::from_bytes("mine.csv", b"issue,label\nicd,Justice\n", &Codebook::core()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "mine.csv, line 2, column issue: found \"icd\", expected an issue of the codebook core, or untagged"
/// );
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    labels: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

const TABLE: Sheet<'static> =
    Sheet { name: "crosswalk", columns: &["issue", "label"], required: 2, optional: false, others: true };

impl Crosswalk {
    /// Without a table: each issue means its own label.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, evaluate::Crosswalk};
    /// let own = Crosswalk::by_label(&Codebook::upr_info());
    /// assert_eq!(&*own.labels("death-penalty")[0], "Death penalty");
    /// ```
    pub fn by_label(codebook: &Codebook) -> Crosswalk {
        let own =
            |issue: &crate::codebook::Issue| (issue.code.clone(), vec![Arc::from(issue.label.as_str())]);
        Crosswalk { labels: codebook.issues().iter().map(own).collect() }
    }

    /// Loads a table: CSV as codebooks are, with the columns `issue` and `label`; other columns are for people. The
    /// code `untagged` means recommendations without any issue.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or lacks a column; an issue that the codebook doesn't have; an empty label.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, evaluate::Crosswalk};
    ///
    /// let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", &climate)?;
    /// assert_eq!(&*crosswalk.labels("untagged")[0], "Other");
    ///
    /// let error = Crosswalk::load("fixtures/evaluation/crosswalk.csv", &Codebook::core()).unwrap_err();
    /// assert_eq!(error.line(), Some(2)); // core has no such issue
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>, codebook: &Codebook) -> Result<Crosswalk> {
        let path = path.as_ref();
        let bytes = crate::files::file(path)?;
        Crosswalk::from_bytes(&path.display().to_string(), &bytes, codebook)
    }

    /// The same from memory. `name` replaces the file in messages.
    ///
    /// # Errors
    ///
    /// As for [`Crosswalk::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, evaluate::Crosswalk};
    ///
    /// let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let crosswalk = Crosswalk::from_bytes("mine.csv", b"issue,label\nclimate-action,Environment\n", &climate)?;
    /// assert_eq!(&*crosswalk.labels("climate-action")[0], "Environment");
    /// let error = Crosswalk::from_bytes("mine.csv", b"issue,label\nclimate-action,\n", &climate).unwrap_err();
    /// assert_eq!((error.file(), error.line()), (Some("mine.csv"), Some(2)));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8], codebook: &Codebook) -> Result<Crosswalk> {
        let mut labels: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
        for row in (Sheet { name, ..TABLE }).rows("", Some(bytes))? {
            let [issue, label] = row.cells.as_slice() else { continue };
            if issue != UNTAGGED && codebook.issue(issue).is_none() {
                let expected = format!("an issue of the codebook {}, or {UNTAGGED}", codebook.name());
                return Err(row.unexpected("issue", quoted(issue), expected));
            }
            if label.is_empty() {
                return Err(row.unexpected("label", "an empty cell", "a label"));
            }
            let known = labels.entry(Arc::from(issue.as_str())).or_default();
            if !known.iter().any(|other| key::label(other) == key::label(label)) {
                known.push(Arc::from(label.as_str()));
            }
        }
        Ok(Crosswalk { labels })
    }

    /// A grouping as a crosswalk: each issue means the labels of its groups. It leaves out issues that fall
    /// outside the grouping. The tables that come with this crate are read so: UPR Info's labels from the tags of
    /// `core`, for instance.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::evaluate::Crosswalk;
    /// use upr::count::Grouping;
    ///
    /// let upr_info = Grouping::bundled("upr-info", &upr::Codebook::core())?;
    /// let crosswalk = Crosswalk::by_grouping(&upr_info);
    /// assert_eq!(crosswalk.labels("icc"), ["International instruments".into(), "Justice".into()]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn by_grouping(grouping: &Grouping) -> Crosswalk {
        let mut labels: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
        for (issue, group) in grouping.memberships() {
            labels.entry(issue.clone()).or_default().push(Arc::from(group.label.as_str()));
        }
        Crosswalk { labels }
    }

    /// The labels that an issue means; none where it is not in the crosswalk.
    pub fn labels(&self, issue: &str) -> &[Arc<str>] {
        self.labels.get(issue).map_or(&[], Vec::as_slice)
    }

    /// All labels that an issue, or being untagged, means.
    pub(super) fn all_labels(&self) -> impl Iterator<Item = &Arc<str>> {
        self.labels.values().flatten()
    }
}
