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
//! Where to go next: [`read`](crate::read) finds out what the text is.

#[cfg(feature = "pdf")]
mod bounds;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod lines;

#[cfg(feature = "pdf")]
use crate::error::listed;
use crate::error::{Error, Place, Result};
use std::borrow::Cow;

/// The text of a PDF, a form feed between its pages. Messages use `name` as the file name.
///
/// A glyph without a known character becomes U+FFFD.
///
/// # Errors
///
/// Bytes that are no PDF, or one that is damaged beyond repair, needs a password, has more than 32 MB or 600 pages,
/// inflates to more than 256 MB or draws without end; a PDF without any text, such as a scanned one; and every PDF where
/// this crate was built without the feature `pdf`.
///
/// # Example
///
/// ```
/// let error = upr::read::pdf_text("letter.pdf", b"Dear Madam, dear Sir").unwrap_err().to_string();
/// # #[cfg(feature = "pdf")]
/// assert_eq!(error, "letter.pdf: found no readable PDF, expected an undamaged PDF");
/// # #[cfg(not(feature = "pdf"))]
/// assert!(error.starts_with("letter.pdf: found a PDF, expected upr built with the feature pdf"));
/// ```
pub fn text(name: &str, bytes: &[u8]) -> Result<String> {
    read(name, bytes).map(|(text, _)| text)
}

/// The text, and what may be wrong with it.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<(String, Vec<String>)> {
    pages(bytes).map_err(|(found, expected)| Error::unexpected(Place::file(name), found, expected))
}

/// The text of a PDF with warnings, or what was found and what was expected.
#[cfg(feature = "pdf")]
fn pages(bytes: &[u8]) -> Result<(String, Vec<String>), (String, &'static str)> {
    let bounds = bounds::check(bytes).map_err(|found| (found, "a report or an addendum"))?;
    let mut warnings = bounds.warnings();
    let drawn = glyphs::pages(bytes).map_err(|found| (found, "an undamaged PDF"))?;
    warnings.extend(drawn.warning());
    let mut text = String::new();
    let mut columns = Vec::new();
    for (number, page) in (1..).zip(drawn.pages()) {
        if number > 1 {
            text.push('\u{c}');
        }
        if lines::write(page, &mut text) {
            columns.push(number.to_string());
        }
    }
    if let [first, ..] = columns.as_slice() {
        let pages = if columns.len() == 1 {
            format!("page {first} has")
        } else {
            format!("pages {} have", listed(&columns))
        };
        warnings.push(format!(
            "{pages} two columns of text side by side, whose lines are read across: save the PDF as Word or as text, and \
             check that each recommendation is whole"
        ));
    }
    if text.trim().is_empty() {
        return Err(("a PDF without text".to_string(), "one that holds its text and not a picture of it"));
    }
    Ok((text, warnings))
}

#[cfg(not(feature = "pdf"))]
fn pages(_: &[u8]) -> Result<(String, Vec<String>), (String, &'static str)> {
    let expected = "upr built with the feature pdf (--features pdf), or the document as text";
    Err(("a PDF".to_string(), expected))
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
