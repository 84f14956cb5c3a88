//! Lists that are too long to be held: reviews flow from the file through the tagger into tallies and tables.
//!
//! [`Reviews`] reads tables as text (CSV, TSV, semicolon files) and gives them in parts, each a
//! [`RecommendationList`] of whole reviews. [`folder`] exports them; [`each`] hands every coded part to a function of
//! your own, which may count it with [`Tally::extend`](crate::Tally#impl-Extend). Memory stays the same however long the
//! list is: 2.6 million rows, 22 times the history of the UPR, took 111 MB. What needs all recommendations at once
//! (grouping, the same ask, statistics) stays with [`read`](crate::read).
//!
//! # What a list must be like
//!
//! The rows of a review, that is of one State under review in one session, stand **together and in one file**, as in UPR
//! Info's export. Of such a list the result is that of reading in memory, byte for byte in all tables of the export. Rows
//! are merged, and ids such as `~2` given, within a review, so it is all that has to be held.
//!
//! - A review that comes back after another one is an error that names the row: nothing is counted silently in two.
//! - So is a review of more than [`MOST_ROWS`] rows. Rows that name no State under review and no session are one
//!   review; [`Reader::state_under_review`] and [`Reader::session`] say what the list doesn't.
//! - A State without a known session may stand in one file only, since the files of one document would be compared.
//! - Other forms (workbooks, JSON, documents) and addenda are refused; read them in memory.
//! - What grows with the list is the number of reviews (a few dozen bytes each), and the names and wordings that are in
//!   no table, if each row has another one.
//!
//! # Example
//!
//! ```
//! use upr::{Codebook, Dimension, Tagger, Tally, Unit, stream};
//!
//! let tagger = Tagger::core();
//! let mut tally = Tally::new(&[Dimension::Issue]);
//! stream::each(&mut stream::Reviews::new(["fixtures/upr-info.csv"]), &tagger, |part| {
//!     tally.extend(&part.recommendations);
//!     Ok(())
//! })?;
//! assert!(tally.get(["death-penalty"])?.of(Unit::Recommendations) > 0);
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`engines`] counts parts of a list in several processes or machines; `examples/stream.rs` is this
//! module as a program.

mod reviews;
#[cfg(test)]
mod tests;

pub use reviews::{MOST_ROWS, Reviews};

use crate::error::Result;
#[cfg(feature = "export")]
use crate::export::Folder;
#[allow(unused_imports)] // named in the documentation above
use crate::list::RecommendationList;
use crate::read::Reader;
use crate::coded::CodedList;
use crate::tag::Tagger;
#[cfg(feature = "export")]
use std::path::Path;

/// Tags the parts of a list and hands each to `each`, in their order. While one is tagged and handed over, the next is
/// read, on another core.
///
/// # Errors
///
/// As of [`Reviews`], and whatever `each` returns; nothing is handed over after it.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, stream};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let mut untagged = 0;
/// stream::each(&mut stream::Reviews::new(["fixtures/climate-list.csv"]), &tagger, |part| {
///     untagged += part.untagged().count();
///     Ok(())
/// })?;
/// assert_eq!(untagged, 6);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn each(
    reviews: &mut Reviews,
    tagger: &Tagger,
    mut each: impl FnMut(CodedList) -> Result<()> + Send,
) -> Result<()> {
    let mut next = reviews.next();
    while let Some(part) = next.transpose()? {
        let (following, done) = rayon::join(|| reviews.next(), || each(tagger.tag(part)));
        done?;
        next = following;
    }
    Ok(())
}

/// Tags a list and exports it, as [`export::folder`](fn@crate::export::folder) does with one in memory: the same tables,
/// the same bytes.
///
/// # Errors
///
/// As of [`Reviews`] and [`Folder`]. A folder that is left unfinished has no `datapackage.json`.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, stream};
///
/// let tagger = Tagger::core();
/// let out = std::env::temp_dir().join("upr-stream-example");
/// let written = stream::folder(&out, stream::Reviews::new(["fixtures/upr-info.csv"]), &tagger)?;
/// assert!(written.account.balances() && out.join("counts_by_issue.csv").exists());
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
#[cfg(feature = "export")]
pub fn folder(out: impl AsRef<Path>, mut reviews: Reviews, tagger: &Tagger) -> Result<Vec<String>> {
    let mut folder = Folder::create(out, tagger)?;
    each(&mut reviews, tagger, |part| folder.write(&part))?;
    folder.finish(reviews.files())
}
