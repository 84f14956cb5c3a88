//! Brings the spellings of a word together: `organisations` and `organization`, `policies` and `policy`.
//!
//! A few rules for endings, without a dictionary. A stem is compared and never shown.

/// Words that say nothing of the subject. They count as words, but not as content.
const STOP: [&str; 34] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "its",
    "on",
    "with",
    "all",
    "as",
    "by",
    "that",
    "an",
    "from",
    "at",
    "this",
    "or",
    "is",
    "are",
    "be",
    "which",
    "their",
    "it",
    "order",
    "s",
    "'s",
    "other",
    "such",
    "including",
    "into",
    "those",
    "has",
];

/// Whether a folded word is a mere joint of the sentence.
pub(crate) fn is_stop(word: &[u8]) -> bool {
    STOP.iter().any(|stop| stop.as_bytes() == word)
}

/// Writes the stem of a folded word.
pub(crate) fn stem_of(word: &[u8], to: &mut Vec<u8>) {
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
