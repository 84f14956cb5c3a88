//! The reader and its options. [`open`](super::open) reads the files.

use super::column::Column;
use super::heading::Heading;
use crate::error::Error;
use crate::files::encoding::Encoding;
use crate::recommendation::{PositionGiven, Session};
use crate::state::StateName;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Reads files, with what the files do not say themselves.
///
/// # Example
///
/// ```
/// use upr::read::{Column, Reader};
///
/// let list = Reader::new()
///     .state_under_review("United States of America")
///     .session(36)
///     .document("A/HRC/46/15")
///     .column(Column::Text, "Wording")
///     .bytes("mine.csv", b"Wording;From\nAbolish the death penalty;Spain\n")?;
/// let recommendation = &list.recommendations[0];
/// assert_eq!(recommendation.recommending_states[0].iso3(), "ESP");
/// assert_eq!(recommendation.cycle(), Some(3));
/// assert!(recommendation.id.starts_with("USA-36-t"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reader {
    pub(super) given: Heading,
    pub(super) position: Option<PositionGiven>,
    pub(super) columns: BTreeMap<Column, String>,
    pub(super) encoding: Option<Encoding>,
    pub(super) language: Option<Language>,
    pub(super) rows_apart: bool,
    pub(super) progress: Listener<OfFile>,
    pub(super) not_read: Listener<OfFault>,
}

type OfFile = dyn Fn(&Path, usize, usize) + Send + Sync;
type OfFault = dyn Fn(&Path, &Error) + Send + Sync;

/// A function of the caller, if there is one.
pub(super) struct Listener<F: ?Sized>(pub(super) Option<Arc<F>>);

impl<F: ?Sized> Clone for Listener<F> {
    fn clone(&self) -> Self {
        Listener(self.0.clone())
    }
}

impl<F: ?Sized> Default for Listener<F> {
    fn default() -> Self {
        Listener(None)
    }
}

impl<F: ?Sized> fmt::Debug for Listener<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener(..)" } else { "Listener" })
    }
}

impl Reader {
    /// A reader without options.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::Reader;
    ///
    /// // as upr::read::path
    /// let list = Reader::new().path("fixtures/climate-list.csv")?;
    /// assert_eq!(list, upr::read::path("fixtures/climate-list.csv")?);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new() -> Reader {
        Reader::default()
    }

    /// The State under review, for rows that do not name it.
    pub fn state_under_review(mut self, name: impl Into<String>) -> Reader {
        self.given.state_under_review = Some(StateName::new(&name.into()));
        self
    }

    /// The session of the UPR Working Group, for rows that do not name it.
    pub fn session(mut self, session: impl ToString) -> Reader {
        self.given.session = Some(Session::new(&session.to_string()));
        self
    }

    /// The symbol of the document, for rows that do not name it.
    pub fn document(mut self, symbol: impl Into<String>) -> Reader {
        self.given.document = Some(symbol.into());
        self
    }

    /// The position of the State under review, in its words, for recommendations of which the file says none: a list of what
    /// was supported rarely says so in each row.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Position, read::Reader};
    ///
    /// let text = b"6.1 Ratify OP-CAT (Chile);\n6.2 Free them (Togo);\n6.3 Publish the report (Ghana);\n";
    /// let reader = Reader::new().state_under_review("Peru").session(52).position("supported");
    /// let list = reader.bytes("list.txt", text)?;
    /// assert!(list.recommendations.iter().all(|made| made.position() == Some(Position::Supported)));
    /// assert_eq!(list.files[0].form(), "bare list");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn position(mut self, words: &str) -> Reader {
        self.position = Some(PositionGiven::new(words));
        self
    }

    /// Names the header of a column. Case and punctuation do not matter.
    pub fn column(mut self, column: Column, header: impl Into<String>) -> Reader {
        self.columns.insert(column, header.into());
        self
    }

    /// The encoding, if it would be detected wrongly.
    pub fn encoding(mut self, encoding: Encoding) -> Reader {
        self.encoding = Some(encoding);
        self
    }

    /// The language of all texts, if it would be detected wrongly. [`RecommendationList::join`](crate::read::RecommendationList::join)
    /// detects them anew.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Language, read::Reader};
    ///
    /// let table = "text,recommending states\nDépénaliser l'avortement,Espagne\n".as_bytes();
    /// let list = Reader::new().language(Language::French).bytes("liste.csv", table)?;
    /// assert_eq!(list.recommendations[0].language, Some(Language::French));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn language(mut self, language: Language) -> Reader {
        self.language = Some(language);
        self
    }

    /// Keeps each row as a recommendation of its own, even if several rows have the same text in the same review.
    /// For work on rows, such as [`evaluate`](crate::evaluate): each keeps its own labels. (UPR Info's
    /// export of sessions 1 to 20 has 26,298 rows, of which 689 state what another row states; 4 of these 437 groups
    /// differ in their issues, 2 in their action category.) The ids are the same, with `~2` and so on for what would
    /// have been merged.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::Reader;
    /// let table = b"To,Text,From,Issue\nKenya,Ratify OPCAT,Spain,Torture\nKenya,Ratify OPCAT,Peru,Detention\n";
    /// assert_eq!(Reader::new().bytes("a.csv", table)?.recommendations.len(), 1);
    /// let list = Reader::new().rows_apart().bytes("a.csv", table)?;
    /// assert_eq!(list.recommendations.len(), 2);
    /// assert_eq!(list.recommendations[1].labels.issues, ["Detention"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn rows_apart(mut self) -> Reader {
        self.rows_apart = true;
        self
    }

    /// Calls `listener` before each file of [`Reader::paths`] is read, to show progress on long runs: with its path, how many
    /// have been begun with this one, and how many there are. Files are read on all cores: calls come from several
    /// threads, and not always in the order of the files.
    pub fn progress(mut self, listener: impl Fn(&Path, usize, usize) + Send + Sync + 'static) -> Reader {
        self.progress = Listener(Some(Arc::new(listener)));
        self
    }

    /// Passes over the files of [`Reader::paths`] that cannot be read, as long as one can. Each of them is in
    /// [`RecommendationList::files`](crate::read::RecommendationList::files) with the form `not read` and a warning, and so
    /// in every export. `listener` is called with its path and what is wrong, in the order of the files.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::read::Reader;
    ///
    /// let reader = Reader::new().keep_going(|_, error| eprintln!("{error}"));
    /// let list = reader.paths(["fixtures/climate-list.csv", "no-such-list.csv"])?;
    /// let passed_over = &list.files[1];
    /// assert_eq!((&*passed_over.file, passed_over.form(), passed_over.rows), ("no-such-list.csv", "not read", 0));
    /// assert!(passed_over.warnings[0].starts_with("not read, so nothing of it is counted: cannot be read ("));
    /// assert!(reader.paths(["no-such-list.csv"]).is_err());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn keep_going(mut self, listener: impl Fn(&Path, &Error) + Send + Sync + 'static) -> Reader {
        self.not_read = Listener(Some(Arc::new(listener)));
        self
    }
}
