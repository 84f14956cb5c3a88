//! What a tagger keeps from one text to the next: allocated room, and what is known of words. Each text borrows buffers
//! and returns them. There are as many as texts were tagged at one time. What they hold changes no tag.

use crate::action;
use crate::model::Model;
use crate::model::feature::Feature;
use crate::model::tagger::ModelBuffers;
use crate::rules::{Decisions, Found, Scratch};
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// What is needed while one text is tagged, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(super) scratch: Scratch,
    pub(super) found: Vec<Found>,
    pub(super) decisions: Decisions,
    pub(super) model: ModelBuffers,
    pub(super) actions: action::Buffers,
}

impl Buffers {
    /// Whether it is worth keeping for other texts: after one of megabytes it is not.
    fn is_small(&self) -> bool {
        const MANY_WORDS: usize = 1 << 16;
        self.scratch.words.words.capacity() <= MANY_WORDS
    }

    /// The features of the text that was looked at last.
    pub(crate) fn features(&self) -> &[Feature] {
        &self.model.features
    }

    /// The labels that a model gives to the text that was looked at last.
    pub(crate) fn labels(&mut self, model: &Model) -> &[usize] {
        self.model.labels(model, &self.scratch.words)
    }
}

/// Buffers that nobody uses at the moment.
#[derive(Debug, Default)]
pub(super) struct BufferPool(Mutex<Vec<Buffers>>);

/// Buffers that are given back when they are dropped.
pub(super) struct Borrowed<'m> {
    buffers: Buffers,
    owner: &'m BufferPool,
}

impl BufferPool {
    pub(super) fn take(&self) -> Borrowed<'_> {
        let buffers = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Borrowed { buffers: buffers.unwrap_or_default(), owner: self }
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        // after a panic nobody knows what they hold
        if !std::thread::panicking() && self.buffers.is_small() {
            let buffers = std::mem::take(&mut self.buffers);
            self.owner.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffers);
        }
    }
}

impl Deref for Borrowed<'_> {
    type Target = Buffers;

    fn deref(&self) -> &Buffers {
        &self.buffers
    }
}

impl DerefMut for Borrowed<'_> {
    fn deref_mut(&mut self) -> &mut Buffers {
        &mut self.buffers
    }
}
