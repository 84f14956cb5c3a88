//! Remembers what a text was read as: rows share a few names, positions and sessions, and texts their words.

use super::hash::Map;

/// The most texts that are remembered. UPR Info's export has 190 names of States and two positions; a list in which every
/// row has another wording must not fill the memory.
const MAX_KNOWN: usize = 10_000;

/// A longer text is read each time, so that the memory stays bounded: the longest name of a State has 111 bytes.
const MAX_BYTES: usize = 250;

/// What texts were read as.
#[derive(Debug)]
pub(crate) struct Cache<T>(Map<String, T>);

impl<T> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache(Map::default())
    }
}

impl<T: Clone> Cache<T> {
    /// What the text was read as before.
    pub(crate) fn get(&self, text: &str) -> Option<T> {
        self.0.get(text).cloned()
    }

    /// What the text is read as.
    pub(crate) fn read(&mut self, text: &str, read: fn(&str) -> T) -> T {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let read = read(text);
        if text.len() <= MAX_BYTES {
            if self.0.len() == MAX_KNOWN {
                // of what was known, what comes again is read again
                self.0.clear();
            }
            self.0.insert(text.to_string(), read.clone());
        }
        read
    }
}
