//! The memories of a tagger: each text borrows one and gives it back, so that the next one finds the room that it needs
//! and the words that are known.
//!
//! There are as many as texts were tagged at one time. What is in a memory changes no tag.

use super::tagger::Memory;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

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
