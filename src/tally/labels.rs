//! The codebooks beside a tally, by which it knows the labels of its codes. They are no part of what it is: two tallies are
//! equal, and are stored, without them.

use crate::codebook::Codebooks;
use crate::coded::CodedList;
use std::fmt;
use std::sync::Arc;

/// None for a tally that was stored.
#[derive(Clone, Default)]
pub(super) struct Labels(Option<Arc<Codebooks>>);

impl Labels {
    pub(super) fn of(list: &CodedList) -> Labels {
        Labels(Some(list.shared_codebooks()))
    }

    pub(super) fn codebooks(&self) -> Option<&Codebooks> {
        self.0.as_deref()
    }
}

impl PartialEq for Labels {
    fn eq(&self, _: &Labels) -> bool {
        true
    }
}

impl Eq for Labels {}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}
