//! What an NGO asks for: a text, typed in or a row of a table. [`super::like`] finds the recommendations that take it up.

use crate::error::{Error, Place, Result, quoted};
use crate::files::sheet::Sheet;
use std::collections::BTreeSet;
use std::path::Path;

/// The longest ask: a page or two, where a submission has some hundred words for each.
pub(super) const MAX_BYTES: usize = 10_000;

/// The most asks in one call. A submission has some 30, a coalition's some hundred.
pub(super) const MAX_ASKS: usize = 10_000;

/// One thing that somebody asks of a State, in their own words, with or without reasons.
///
/// # Example
///
/// ```
/// use upr::compare::Ask;
///
/// let ask = Ask::new("1", "Shut the camp at Guantánamo Bay, and charge or free those who are still there.");
/// assert_eq!(ask.id, "1");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What names it in results.
    pub id: String,
    /// What is asked for.
    pub text: String,
}

impl Ask {
    /// An ask with this id and text.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::compare::Ask::new("a", "Repeal the law on assemblies.").id, "a");
    /// ```
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Ask {
        Ask { id: id.into(), text: text.into() }
    }

    /// Reads asks from a table (CSV or TSV, UTF-8): a column `text` or `ask`, and perhaps `id`; other columns are not used.
    /// Without ids the asks are numbered from 1. Rows with an empty text and nothing else in `id` are passed over.
    ///
    /// # Errors
    ///
    /// A file that cannot be read; a table without a column `text` or `ask`, or with both; no ask; an id that is there twice;
    /// an id without text.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::compare::Ask;
    ///
    /// let asks = Ask::read("fixtures/like/asks.csv")?;
    /// assert_eq!((asks.len(), asks[0].id.as_str()), (6, "death-penalty"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn read(path: impl AsRef<Path>) -> Result<Vec<Ask>> {
        let path = path.as_ref();
        Ask::from_bytes(&path.display().to_string(), &crate::files::file(path)?)
    }

    /// The same from bytes in memory; `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As for [`Ask::read`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::compare::Ask;
    ///
    /// let asks = Ask::from_bytes("asks.csv", b"ask\nAbolish the death penalty\nClose Guantanamo\n")?;
    /// assert_eq!((asks[1].id.as_str(), asks[1].text.as_str()), ("2", "Close Guantanamo"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Ask>> {
        let columns: &[&str] = &["text", "ask", "id"];
        let sheet = Sheet { name, columns, required: 0, optional: false, others: true };
        let mut rows = sheet.rows("", Some(bytes))?;
        if rows.is_empty() {
            let found = "no row with a text";
            let expected = "a table with a column \"text\" or \"ask\", an ask in each row";
            return Err(Error::unexpected(Place::file(name), found, expected));
        }
        let has = |at: usize| rows.iter().any(|row| !row.cells[at].is_empty());
        if has(0) == has(1) {
            let found = if has(0) {
                "a column \"text\" and a column \"ask\""
            } else {
                "no column \"text\" or \"ask\""
            };
            return Err(Error::unexpected(
                Place::file(name).line(1),
                found,
                "one of them, with an ask in each row",
            ));
        }
        let text = usize::from(has(1));
        let mut asks = Vec::with_capacity(rows.len());
        let mut ids = BTreeSet::new();
        for row in &mut rows {
            let [said, id] = [text, 2].map(|at| std::mem::take(&mut row.cells[at]));
            if said.is_empty() {
                if id.is_empty() {
                    continue;
                }
                let column = columns[text];
                return Err(row.unexpected(
                    column,
                    "an empty cell",
                    format!("the text of the ask {}", quoted(&id)),
                ));
            }
            let id = if id.is_empty() { (asks.len() + 1).to_string() } else { id };
            if !ids.insert(id.clone()) {
                let expected = "each id once; leave the column out to have the asks numbered";
                return Err(row.unexpected("id", format!("{} again", quoted(&id)), expected));
            }
            asks.push(Ask { id, text: said });
        }
        Ok(asks)
    }
}

/// Refuses what would take too long, and what says nothing.
pub(super) fn check(asks: &[Ask]) -> Result<()> {
    if asks.len() > MAX_ASKS {
        return Err(Error::argument(
            "asks",
            format!("{} asks", asks.len()),
            format!("at most {MAX_ASKS}; split the table"),
        ));
    }
    for ask in asks {
        let name = format!("the ask {}", quoted(&ask.id));
        if ask.text.trim().is_empty() {
            return Err(Error::argument(
                "asks",
                format!("{name} without text"),
                "some words that say what is asked for",
            ));
        }
        if ask.text.len() > MAX_BYTES {
            let found = format!("{name} of {} bytes", ask.text.len());
            let expected = format!(
                "at most {MAX_BYTES}: one ask, not a whole submission; write one ask a row into a table"
            );
            return Err(Error::argument("asks", found, expected));
        }
    }
    Ok(())
}
