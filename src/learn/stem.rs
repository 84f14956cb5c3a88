//! Brings the spellings of a word together: `organisations` and `organization`, `policies` and `policy`.
//!
//! A few rules for endings, without a dictionary. A stem is compared and never shown.

/// Whether a folded word says nothing of the subject: it counts as a word, but not as content.
pub(crate) fn is_stop(word: &[u8]) -> bool {
    matches!(
        word,
        b"the"
            | b"of"
            | b"and"
            | b"to"
            | b"in"
            | b"a"
            | b"for"
            | b"its"
            | b"on"
            | b"with"
            | b"all"
            | b"as"
            | b"by"
            | b"that"
            | b"an"
            | b"from"
            | b"at"
            | b"this"
            | b"or"
            | b"is"
            | b"are"
            | b"be"
            | b"which"
            | b"their"
            | b"it"
            | b"order"
            | b"s"
            | b"'s"
            | b"other"
            | b"such"
            | b"including"
            | b"into"
            | b"those"
            | b"has"
    )
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
