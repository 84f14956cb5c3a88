//! What a tagger keeps from one text to the next: allocated room, and what is known of words. Each text borrows a memory
//! and returns it. There are as many as texts were tagged at one time. What a memory holds changes no tag.

use crate::action;
use crate::model::Model;
use crate::model::feature::Feature;
use crate::model::tagger::ModelMemory;
use crate::rules::{Decisions, Found, Scratch};
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// What is needed while one text is tagged, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) scratch: Scratch,
    pub(super) found: Vec<Found>,
    pub(super) decisions: Decisions,
    pub(super) model: ModelMemory,
    pub(super) actions: action::Memory,
}

impl Memory {
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

/// Memories that nobody uses at the moment.
#[derive(Debug, Default)]
pub(super) struct Memories(Mutex<Vec<Memory>>);

/// A memory that is given back when it is dropped.
pub(super) struct Borrowed<'m> {
    memory: Memory,
    owner: &'m Memories,
}

impl Memories {
    pub(super) fn take(&self) -> Borrowed<'_> {
        let memory = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Borrowed { memory: memory.unwrap_or_default(), owner: self }
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        // after a panic nobody knows what a memory holds
        if !std::thread::panicking() && self.memory.is_small() {
            let memory = std::mem::take(&mut self.memory);
            self.owner.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        }
    }
}

impl Deref for Borrowed<'_> {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.memory
    }
}

impl DerefMut for Borrowed<'_> {
    fn deref_mut(&mut self) -> &mut Memory {
        &mut self.memory
    }
}
