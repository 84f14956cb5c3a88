//! Remembers what a text was read as: thousands of rows share a few names, positions and sessions.

use crate::state::StateName;
use std::collections::HashMap;

/// The most texts that are remembered. UPR Info's export has 190 names of States and two positions; a list in which every
/// row has another wording must not fill the memory.
const MAX_KNOWN: usize = 10_000;

/// What texts were read as.
#[derive(Debug)]
pub(super) struct Cache<T>(HashMap<String, T>);

/// The States that names were read as.
pub(super) type NameCache = Cache<StateName>;

impl<T> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache(HashMap::new())
    }
}

impl<T: Clone> Cache<T> {
    /// What the text was read as before.
    pub(super) fn get(&self, text: &str) -> Option<T> {
        self.0.get(text).cloned()
    }

    /// What the text is read as.
    pub(super) fn read(&mut self, text: &str, read: fn(&str) -> T) -> T {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let read = read(text);
        if self.0.len() < MAX_KNOWN {
            self.0.insert(text.to_string(), read.clone());
        }
        read
    }
}
