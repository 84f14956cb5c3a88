//! The same list in two files. Where the State under review is known, both become one record; where a file does not say it,
//! each text would count twice without a word.

use crate::list::RecommendationList;
use crate::text::hash::Fnv;
use crate::text::key::letters_and_digits;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Two reviews share a short text now and then, such as `Ratify OP-CAT`; a list shares most of its texts with its copy alone.
const MIN_TEXTS: usize = 3;

/// Adds to the later of two files the warning that they hold the same texts, if one of them does not say who was reviewed.
pub(super) fn warn(list: &mut RecommendationList) {
    if list.files.len() < 2 || list.recommendations.iter().all(|made| made.state_under_review.is_some()) {
        return;
    }
    // of each text: its files, and whether its State under review is unknown there
    let mut texts: HashMap<u64, BTreeMap<Arc<str>, bool>> = HashMap::new();
    let mut sizes: HashMap<Arc<str>, BTreeSet<u64>> = HashMap::new();
    for made in &list.recommendations {
        let text = Fnv::new().add(letters_and_digits(&made.text).as_bytes()).value();
        for source in &made.sources {
            let unknown = texts.entry(text).or_default().entry(source.file.clone()).or_default();
            *unknown |= made.state_under_review.is_none();
            sizes.entry(source.file.clone()).or_default().insert(text);
        }
    }
    let mut shared: BTreeMap<(Arc<str>, Arc<str>), usize> = BTreeMap::new();
    for files in texts.values() {
        let files: Vec<_> = files.iter().collect();
        // a text of many files is one that all reviews have
        for two in files.windows(2).filter(|two| *two[0].1 || *two[1].1) {
            *shared.entry((two[0].0.clone(), two[1].0.clone())).or_default() += 1;
        }
    }
    for ((one, other), count) in shared {
        let smaller = sizes[&one].len().min(sizes[&other].len());
        if count < MIN_TEXTS || count * 2 <= smaller {
            continue;
        }
        let warning = format!(
            "{one} and {other} hold the same {count} texts, and the State under review is unknown, so that each may count twice: \
             leave one file out, or say who was reviewed with --state-under-review (Reader::state_under_review)"
        );
        if let Some(file) = list.files.iter_mut().find(|file| file.file == other) {
            file.warnings.push(warning);
        }
    }
}
