//! What a column of a table can hold, and the headers by which it is known.
//!
//! The headers in `columns.csv` are those of UPR Info's export and database, of OHCHR's Universal Human Rights Index
//! (with its misspellings, and without), of our own fixtures, and what people write into their own spreadsheets.

use crate::files::bundled::bundled_rows;
use crate::names::names;
use std::sync::LazyLock;

/// What a column of a list holds.
///
/// # Example
///
/// ```
/// use upr::read::Column;
///
/// assert_eq!("recommending-states".parse::<Column>()?, Column::RecommendingStates);
/// assert_eq!(Column::AffectedPersons.to_string(), "affected-persons");
/// assert_eq!(
///     "colour".parse::<Column>().unwrap_err().to_string(),
///     "column: found \"colour\", expected one of text, state-under-review, recommending-states, position, session, \
///      document, paragraph, issues, action, themes, sdgs, affected-persons, recommending-body"
/// );
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The recommendation's text. The only column that a list must have.
    Text,
    /// The State that was reviewed.
    StateUnderReview,
    /// The State or States that made the recommendation.
    RecommendingStates,
    /// The answer of the State under review.
    Position,
    /// The session of the UPR Working Group.
    Session,
    /// The symbol of the document.
    Document,
    /// The number within the document.
    Paragraph,
    /// Issues that the source gives, as UPR Info does.
    Issues,
    /// UPR Info's action category.
    Action,
    /// OHCHR's themes.
    Themes,
    /// Sustainable Development Goals.
    Sdgs,
    /// Groups of persons.
    AffectedPersons,
    /// The body that recommends, in lists that hold other bodies' recommendations as well.
    RecommendingBody,
}

names! {
    Column, "column",
    Text = "text",
    StateUnderReview = "state-under-review",
    RecommendingStates = "recommending-states",
    Position = "position",
    Session = "session",
    Document = "document",
    Paragraph = "paragraph",
    Issues = "issues",
    Action = "action",
    Themes = "themes",
    Sdgs = "sdgs",
    AffectedPersons = "affected-persons",
    RecommendingBody = "recommending-body",
}

/// The headers of `columns.csv` by which a column is known, letters and digits alone; the first that a table has counts. Those of `unused` are the other columns of UPR Info's and
/// UHRI's exports, those of `text-beside-number` name the text where another column numbers recommendations.
pub(super) fn headers_of(column: &str) -> impl Iterator<Item = &'static str> {
    static ROWS: LazyLock<Vec<[&str; 2]>> =
        LazyLock::new(|| bundled_rows(include_str!("columns.csv")).collect());
    ROWS.iter().filter(move |[known, _]| *known == column).map(|[_, header]| *header)
}
