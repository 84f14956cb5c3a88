//! Addenda: the replies of a State under review to numbered recommendations, in prose or in lists.
//!
//! Three kinds are met. Cycle 1: prose under the numbers of the report (`32. Slovenia accepts ...`, `Recommendation
//! 14: ...`). Later: lists in a sentence or under a heading (`accepts the recommendations 126.1-126.15, 126.17`),
//! then comments under single numbers. `about` reads the front page, `numbers` finds the numbers, `pieces`
//! the headings and what is under them, `stance` reads the position from the words, `statements` puts them
//! together. What a list says of a number counts before what
//! a comment says, and that before a heading.
//!
//! Where to go next: [`replies`](super::replies) gives the positions to the recommendations.

mod about;
mod numbers;
mod page;
mod pieces;
mod stance;
mod statements;

use super::reader::Reader;
use crate::list::{FileRead, RecommendationList, Reject, Reply};
use crate::recommendation::{PositionGiven, Source};
use std::sync::Arc;

pub(super) use about::{is_addendum, symbols};

/// The replies of an addendum.
///
/// A row of `about` is one number that the State replied to. [`Source::row`] is the line of the text on which its
/// reply is; where the text has pages (a PDF), the page. An addendum that replies to no number becomes a [`Reject`].
pub(super) fn read(reader: &Reader, text: &str, mut about: FileRead) -> RecommendationList {
    let front = about::heading(text).or(&reader.given);
    let page = page::Text::new(text);
    let mut list = RecommendationList::default();
    for (number, said) in statements::statements(&page.text) {
        list.replies.push(Reply {
            state_under_review: front.state_under_review.clone(),
            session: front.session.clone(),
            document: front.document.clone(),
            paragraph: number.to_string(),
            position: PositionGiven {
                given: Arc::from(said.words),
                position: said.position,
                stated_in: front.document.as_deref().map(Arc::from),
            },
            source: Source { file: about.file.clone(), row: page.row(said.at) },
        });
    }
    if list.replies.is_empty() {
        let reason = "found no number of a recommendation, expected replies by number";
        let raw: String = page.text.chars().take(MAX_RAW_CHARS).collect();
        list.rejects.push(Reject::new(Source::new(about.file.clone(), 1), reason, raw));
    }
    about.replies = list.replies.len() as u64;
    about.rows = about.replies + list.rejects.len() as u64;
    list.files.push(about);
    list
}

/// As much of an addendum without numbers as shows what it is.
const MAX_RAW_CHARS: usize = 500;
