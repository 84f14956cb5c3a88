//! What a document says of itself, or the caller says of it: the State under review, the session, the symbol.

use crate::recommendation::Session;
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
    /// What the document says, and where it says nothing, what the caller has given.
    pub(super) fn or(self, given: &Heading) -> Heading {
        Heading {
            state_under_review: self.state_under_review.or_else(|| given.state_under_review.clone()),
            session: self.session.or_else(|| given.session.clone()),
            document: self.document.or_else(|| given.document.clone()),
        }
    }
}
