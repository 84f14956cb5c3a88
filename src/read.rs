//! Reads lists of recommendations. No row is lost: [`Account`] says how many became recommendations, were merged, are
//! pledges, replies or records of other UN mechanisms, or were rejected with a reason.
//!
//! [`path`] reads a file. A [`Reader`] also takes what the file does not say ([`Reader::state_under_review`],
//! [`Reader::session`]) and which column is which ([`Reader::column`]). Both return a [`RecommendationList`].
//! [`Reader::bytes`] reads from memory, [`Reader::paths`] several files, [`Reader::reviews`] very long tables;
//! [`Reader::rows_apart`] merges no rows, for a comparison with human coders.
//!
//! The format is detected from the content, not from the file name ([`FileRead::form`]):
//!
//! - **tables as text** (CSV, TSV, semicolons): UPR Info's and OHCHR's exports, and any table with a header. Encoding and
//!   delimiter are detected, columns are known by their headers ([`Column`]), and titles may precede the header. If no
//!   column names the recommending States, they are read from brackets at the end of the text (`Ratify it (Spain,
//!   Peru)`); a text with several such recommendations is left as it is, without States;
//! - **workbooks** of Excel (.xlsx, .xls) and LibreOffice (.ods): the first visible sheet with a column for the text; [`FileRead::unread_sheets`] names others like
//!   it. Numbers are read as they are shown (`26.10` in the format `0.00`), and hidden rows count, with a warning.
//!   Open .xls only from someone you trust: a malicious one can exhaust the memory;
//! - **JSON**: an array of records with the same headers as keys, or an object that contains one;
//! - **reports of the Working Group** (text, Word, PDF): the numbered recommendations with their States and positions;
//! - **addenda** with the replies of the State under review (text, Word, PDF). Their positions are given to the
//!   recommendations of the same review, in any order of files; replies without a recommendation are in
//!   [`replies`](RecommendationList::replies);
//! - **OHCHR's thematic lists** of the second to the fourth cycle (Word), with theme headings and the source of each
//!   position. Columns are known by their headers, in any order, and the recommending States may have one of their own. One
//!   number may contain several recommendations; each counts. Other tables in Word are read as those in text are;
//! - **bare lists**: numbered recommendations with their States in brackets and nothing else, in Word, as text that was
//!   copied from a PDF or a page, or in one column of a table. Lines may be broken, and numbers may be missing. What such a list
//!   does not say, you say: [`Reader::state_under_review`], [`Reader::session`], [`Reader::position`]. A section of a
//!   report that was copied with its introductions has its positions.
//!
//! A file holds one document. Two reports, two addenda, or a report and an addendum in one file are an error, since the
//! recommendations of one would go to the State of the other. So is a thematic list that was copied as text. A report that
//! breaks off, skips numbers, or is a draft is read with a [warning](FileRead::warnings).
//!
//! Workbooks, JSON and Word need the features `workbook`, `json` and `word` (on by default); PDF needs `pdf` (off).
//!
//! # What is checked in a table
//!
//! A header can mislead, so the cells of each column are compared with its meaning:
//!
//! - **An error** says which option to give if most cells have another meaning: names of States in the column of the
//!   position, codes in the column of the text while another column has sentences, the State under review in the column
//!   of the recommending States, no row of the UPR in the column of the recommending body. A column that you named
//!   yourself is only warned about.
//! - **A warning** ([`FileRead::warnings`]) says what may be wrong: two columns that could mean the same and differ,
//!   names or positions that are mostly unknown, unused columns with States or positions, States in brackets that differ
//!   from the column, more States under review than a session has, dates instead of numbers, cycles instead of
//!   sessions, a text alone in its row, a number `6.1` that
//!   was `6.10`, and numbers missing in a list that is otherwise complete.
//! - **A reject** is a repeated header, a total, or a heading (`A. Rights of women`) or a note (`Source: OHCHR`) that is
//!   alone in its row.
//!
//! Lists of fewer than three rows are not checked. `nan`, `NA`, `None`, `NULL` and `#N/A` count as empty cells.
//!
//! Rows with the same text in the same review become one joint recommendation with several recommending States
//! ([`Account::merged`] counts them; a row with the same States repeats it,
//! and is counted in [`Account::repeated`]; [`Recommendation::sources`] names each row), unless the State under review
//! answered them differently. Two lists show what to check: names of States that were
//! [misspelt](RecommendationList::corrected), and [names and wordings that are not known](RecommendationList::unresolved).
//!
//! # Several files of one review
//!
//! A report and its thematic list, a report as text and as PDF, a list with numbers and one without: each recommendation
//! is returned once, in any order of files. Two recommendations of different files are the same if review and number are the
//! same, they have a State in common, and the texts differ only by a misspelling, a joining word, a footnote's digit,
//! punctuation or white space. A row without a number joins the only numbered one with the same words. The result
//! has the States, labels and sources of all files, and the text of the report; without a report, that of the file whose
//! name comes first. If positions differ, a final one replaces a pending one, otherwise that of the later document counts; the earlier
//! wording is kept after it in brackets. Texts that really differ stay apart: the second gets `~2` after its id, and [`differing`](RecommendationList::differing) lists them.
//!
//! # Parts of one number
//!
//! In reports of the first cycle, several recommendations under one number can share words. Each gets them: in `To ratify CEDAW
//! (Peru); the Optional Protocol (Chad)` the second becomes `To ratify the Optional Protocol`. The shared words are those
//! before the treaty, before the first letter of a list, or up to a colon; a part that ends with a verb such as
//! `Consider signing` gets the treaty of the next. Nothing else is added, and only the joining word (`and`) is removed.
//!
//! # PDF
//!
//! [`pdf_text`] returns the text of a PDF, without another program. Compared with `pdftotext -layout` 22.12 on 62
//! reports of the Working Group (November 2026), it finds all 8,116 numbered items; 8,075 have the same text, 41 differ by a
//! footnote's digit or a raised `th`. The number of recommendations is right in all 62 reports. Limits: 32 MB, 600 pages, 256 MB
//! inflated, 4 million drawn objects. Encrypted files cannot be checked for these limits beforehand: open only those from
//! someone you trust.
//!
//! # Addenda
//!
//! For Slovenia's three addenda, the positions of cycles 2 and 4 are those of OHCHR's thematic lists, for all 163
//! and 254 recommendations. Cycle 1 has no such list: all 97 numbers are found, one without a position.
//!
//! # Example
//!
//! ```
//! use upr::read::Reader;
//!
//! let reader = Reader::new().state_under_review("United States of America").session(36);
//! let list = reader.path("fixtures/usa-2020.csv")?;
//! let first = &list.recommendations[0];
//! assert_eq!((first.id.as_str(), first.recommending_states[0].name()), ("USA-36-26.1", "Somalia"));
//! assert!(list.rejects.is_empty());
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`code`](crate::code) says what each recommendation is about.

mod addendum;
mod brackets;
mod cache;
mod cells;
mod check;
mod closing;
mod column;
mod columns;
mod container;
mod ellipsis;
mod foreign;
mod heading;
#[cfg(feature = "json")]
mod json;
#[cfg(any(feature = "word", feature = "workbook", feature = "qda"))]
#[cfg_attr(not(any(feature = "word", feature = "workbook")), allow(dead_code))]
pub(crate) mod office;
mod open;
mod pages;
mod paragraph;
mod pdf;
mod reader;
mod report;
mod reviews;
mod settle;
mod table;
#[cfg(feature = "word")]
mod thematic;
#[cfg(feature = "word")]
mod word;
#[cfg(feature = "workbook")]
mod workbook;

pub use crate::files::encoding::Encoding;
pub use crate::list::{Account, FileRead, RecommendationList, Reject, Reply, Spelling, Unresolved};
pub use column::Column;
pub use pdf::text as pdf_text;
pub use reader::Reader;
pub use reviews::Reviews;

use crate::error::Result;
#[allow(unused_imports)] // named in the documentation above
use crate::recommendation::Recommendation;
use std::path::Path;

/// Reads a file, without other information than the file itself.
///
/// # Errors
///
/// A file that cannot be opened; a folder; an empty, binary or unknown file; a table without a column for the
/// text. The message names the file and what was found.
///
/// # Example
///
/// ```
/// let list = upr::read::path("fixtures/usa-2020.csv")?;
/// assert_eq!(list.recommendations.len(), 347);
/// assert!(list.rejects.is_empty());
/// # Ok::<(), upr::Error>(())
/// ```
pub fn path(path: impl AsRef<Path>) -> Result<RecommendationList> {
    Reader::new().path(path)
}
