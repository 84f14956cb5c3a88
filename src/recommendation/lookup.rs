//! Finds recommendations of a list by their ids and by the hashes of their texts: decisions, coding sheets and projects that
//! come back name them so.

use super::Recommendation;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// The places of recommendations in their list.
pub(crate) struct Lookup<'l> {
    list: Vec<&'l Recommendation>,
    ids: HashMap<&'l str, usize>,
    twice: HashSet<&'l str>,
    /// Made when a hash is first asked for: most ids have the text that they had.
    hashes: OnceCell<HashMap<String, Vec<usize>>>,
}

impl<'l> Lookup<'l> {
    pub(crate) fn new(list: impl Iterator<Item = &'l Recommendation>) -> Lookup<'l> {
        let list: Vec<&Recommendation> = list.collect();
        let (mut ids, mut twice) = (HashMap::with_capacity(list.len()), HashSet::new());
        for (at, made) in list.iter().enumerate() {
            if ids.insert(made.id.as_str(), at).is_some() {
                twice.insert(made.id.as_str());
            }
        }
        Lookup { list, ids, twice, hashes: OnceCell::new() }
    }

    /// The recommendation with an id; the last one where several have it.
    pub(crate) fn id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Whether several have the id, as in a list that was put together by hand.
    pub(crate) fn is_twice(&self, id: &str) -> bool {
        self.twice.contains(id)
    }

    /// Whether a recommendation has the text with this hash.
    pub(crate) fn has_text(&self, at: usize, hash: &str) -> bool {
        self.list.get(at).is_some_and(|made| made.text_hash() == hash)
    }

    /// All that have the text with this hash.
    pub(crate) fn with_text(&self, hash: &str) -> &[usize] {
        let hashes = self.hashes.get_or_init(|| {
            let mut hashes: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, made) in self.list.iter().enumerate() {
                hashes.entry(made.text_hash()).or_default().push(at);
            }
            hashes
        });
        hashes.get(hash).map_or(&[], Vec::as_slice)
    }
}
