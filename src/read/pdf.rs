//! The text of a PDF as lines in reading order, behind the feature `pdf`.
//!
//! A PDF holds no lines and no words, only glyphs with their places. `glyphs` collects them page by page, and
//! `lines` puts them in order: one line for each baseline, a blank where the gap says so, three where a column
//! begins, a form feed between pages. Raised digits (footnotes) come out as `¹²³`, so that whoever reads on can
//! tell them from the text. Hyphens at the end of a line stay.
//!
//! Compared with `pdftotext -layout` 22.12 on 62 reports of the Working Group: see the
//! [section on PDF](crate::read#pdf) for the figures.
//!
//! # Example
//!
//! ```
//! // that a file is called a PDF doesn't make it one
//! assert!(upr::read::pdf_text("letter.pdf", b"Dear Madam, dear Sir").is_err());
//! ```
//!
//! Where to go next: [`read`](crate::read) finds out what the text is.

#[cfg(feature = "pdf")]
mod bounds;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod lines;

use crate::error::{Error, Place, Result};
use std::borrow::Cow;

/// The text of a PDF, a form feed between its pages. Messages use `name` as the file name.
///
/// A glyph without a known character becomes U+FFFD.
///
/// # Errors
///
/// Bytes that are no PDF, or one that is damaged beyond repair, needs a password, has more than 32 MB or 600 pages,
/// inflates to more than 256 MB or draws without end; a PDF without any text, such as a scanned one; and every PDF where this crate was built
/// without the feature `pdf`.
///
/// # Example
///
/// ```
/// let error = upr::read::pdf_text("letter.pdf", b"Dear Madam, dear Sir").unwrap_err();
/// # #[cfg(feature = "pdf")]
/// assert_eq!(error.to_string(), "letter.pdf: found no readable PDF, expected an undamaged PDF");
/// ```
#[cfg(feature = "pdf")]
pub fn text(name: &str, bytes: &[u8]) -> Result<String> {
    let unexpected = |found: &str, expected| Error::unexpected(Place::file(name), found, expected);
    bounds::check(bytes).map_err(|found| unexpected(&found, "a report or an addendum"))?;
    let pages = glyphs::pages(bytes).map_err(|found| unexpected(&found, "an undamaged PDF"))?;
    let mut text = String::new();
    for (number, page) in pages.into_iter().enumerate() {
        if number > 0 {
            text.push('\u{c}');
        }
        lines::write(page, &mut text);
    }
    if text.trim().is_empty() {
        return Err(unexpected("a PDF without text", "one that holds its text and not a picture of it"));
    }
    Ok(text)
}

/// Without the feature `pdf`, an error that names it.
///
/// # Errors
///
/// Always: this crate was built without the feature `pdf`.
///
/// # Example
///
/// ```
/// # #[cfg(not(feature = "pdf"))] {
/// let error = upr::read::pdf_text("report.pdf", b"%PDF-1.7").unwrap_err();
/// assert!(error.to_string().starts_with("report.pdf: found a PDF, expected upr built with the feature pdf"));
/// # }
/// ```
#[cfg(not(feature = "pdf"))]
pub fn text(name: &str, _: &[u8]) -> Result<String> {
    let expected = "upr built with the feature pdf (--features pdf), or the document as text";
    Err(Error::unexpected(Place::file(name), "a PDF", expected))
}

/// The text without the raised digits that point to footnotes. Where one opens a line, it is the number of the
/// footnote itself, and stays as a plain digit.
pub(super) fn without_footnote_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(RAISED) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut opens = true;
    for c in text.chars() {
        match RAISED.iter().zip('0'..).find(|(raised, _)| **raised == c) {
            Some((_, digit)) if opens => plain.push(digit),
            Some(_) => {}
            None => {
                if opens && c.is_alphabetic() && plain.ends_with(|c: char| c.is_ascii_digit()) {
                    plain.push(' ');
                }
                plain.push(c);
                opens = matches!(c, '\n' | '\u{c}');
            }
        }
    }
    Cow::Owned(plain)
}

/// Raised digits, from 0 to 9.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
