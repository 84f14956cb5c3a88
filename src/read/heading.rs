//! What a document says of itself, or the caller says of it: the State under review, the session, the symbol.

use crate::recommendation::{Recommendation, Session, Source};
use crate::state::StateName;

/// The review that the recommendations of a document belong to.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    pub(super) state_under_review: Option<StateName>,
    pub(super) session: Option<Session>,
    /// The symbol of the document.
    pub(super) document: Option<String>,
}

impl Heading {
    /// A recommendation of this review.
    pub(super) fn recommendation(self, text: String, source: Source) -> Recommendation {
        let Heading { state_under_review, session, document } = self;
        let sources = vec![source];
        Recommendation { text, state_under_review, session, document, sources, ..Recommendation::default() }
    }

    /// What the document says, and where it says nothing, what the caller has given.
    pub(super) fn or(self, given: &Heading) -> Heading {
        Heading {
            state_under_review: self.state_under_review.or_else(|| given.state_under_review.clone()),
            session: self.session.or_else(|| given.session.clone()),
            document: self.document.or_else(|| given.document.clone()),
        }
    }
}
