//! What is wrong with the files of a codebook: one fault, or as many as a person corrects at once.

use crate::error::{Error, Result};

const HINT: &str = "correct that cell and run again; src/codebook/NOTATION.md explains the notation";

/// What is wrong so far.
pub(super) struct Faults {
    pub(super) found: Vec<Error>,
    most: usize,
}

impl Faults {
    pub(super) fn new(most: usize) -> Faults {
        Faults { found: Vec::new(), most }
    }

    /// What was read without a fault, or the first one.
    pub(super) fn none<T>(self, read: T) -> Result<T> {
        self.found.into_iter().next().map_or(Ok(read), Err)
    }

    /// What was read, if it could be; the fault is kept otherwise.
    pub(super) fn take<T>(&mut self, read: Result<T>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(error) => {
                self.add(error);
                None
            }
        }
    }

    pub(super) fn add(&mut self, error: Error) {
        if !self.full() {
            self.found.push(error);
        }
    }

    pub(super) fn any(&self) -> bool {
        !self.found.is_empty()
    }

    /// All of them, with what to do.
    pub(super) fn advised(self) -> Vec<Error> {
        self.found.into_iter().map(|error| error.advise(HINT)).collect()
    }

    pub(super) fn full(&self) -> bool {
        self.found.len() >= self.most
    }
}
