//! What features know of a word alone: its hash, the hashes of its stem and its beginning, and whether it is content.
//!
//! The stemmer joins spellings (`organisations` and `organization`, `policies` and `policy`) by a few rules for
//! endings, without a dictionary. A stem is compared and never shown. All of this is part of the file format of models.

use crate::text::hash::Fnv;

/// A word as features see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexeme {
    pub(crate) hash: u64,
    /// The hash of the stem; of a stop word that of the word, as also the next.
    pub(crate) stem: u64,
    /// The hash of the first six letters of the stem.
    pub(crate) head: u64,
    /// Whether it is not a stop word.
    pub(crate) content: bool,
}

impl Lexeme {
    /// Of a folded word; `letters` is room for its stem.
    pub(crate) fn of(word: &str, letters: &mut Vec<u8>) -> Lexeme {
        const HEAD_BYTES: usize = 6;
        let hash_of = |letters: &[u8]| Fnv::new().add(letters).value();
        let hash = hash_of(word.as_bytes());
        if is_stop(word) {
            return Lexeme { hash, stem: hash, head: hash, content: false };
        }
        stem_of(word.as_bytes(), letters);
        let head = hash_of(&letters[..letters.len().min(HEAD_BYTES)]);
        Lexeme { hash, stem: hash_of(letters), head, content: true }
    }
}

/// Words that say nothing of the subject: they count as words, but not as content. The list is part of the file format
/// of models.
const STOP_WORDS: &str = "the of and to in a for its on with all as by that an from at this or is are be which \
                          their it order s 's other such including into those has";

/// Whether a folded word is a stop word.
fn is_stop(word: &str) -> bool {
    STOP_WORDS.split(' ').any(|stop| stop == word)
}

/// Writes the stem of a folded word.
fn stem_of(word: &[u8], to: &mut Vec<u8>) {
    to.clear();
    to.extend_from_slice(word);
    if word.len() <= 3 {
        return;
    }
    if word.len() > 6 {
        for at in 0..word.len() - 2 {
            if to[at..].starts_with(b"ise") || to[at..].starts_with(b"isation") {
                to[at + 1] = b'z';
            }
        }
    }
    if word.len() > 5 {
        for british in [&b"ours"[..], b"our"] {
            if to.ends_with(british) {
                to.truncate(to.len() - british.len());
                to.extend_from_slice(b"or");
                break;
            }
        }
    }
    if to.len() > 4 && to.ends_with(b"ies") {
        to.truncate(to.len() - 3);
        to.push(b'y');
    } else if to.ends_with(b"sses") {
        to.truncate(to.len() - 2);
    } else if to.ends_with(b"s") && ![&b"ss"[..], b"us", b"is"].iter().any(|end| to.ends_with(end)) {
        to.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_plurals_come_together() {
        for (word, stem) in [
            ("organisations", "organization"),
            ("organizations", "organization"),
            ("recognise", "recognize"),
            ("wise", "wise"),
            ("labour", "labor"),
            ("neighbours", "neighbor"),
            ("four", "four"),
            ("policies", "policy"),
            ("dies", "die"),
            ("witnesses", "witness"),
            ("press", "press"),
            ("status", "status"),
            ("basis", "basis"),
            ("laws", "law"),
            ("was", "was"),
            ("côtés", "côté"),
            ("", ""),
        ] {
            let mut to = Vec::new();
            stem_of(word.as_bytes(), &mut to);
            assert_eq!(String::from_utf8(to).as_deref(), Ok(stem), "{word}");
        }
    }
}
