//! Letters and words: splitting, folding, hashing and comparing texts. Nothing here knows of recommendations.

pub(crate) mod distinct;
pub(crate) mod edits;
pub(crate) mod fold;
pub(crate) mod hash;
pub(crate) mod key;
pub(crate) mod vocabulary;
pub(crate) mod words;

use std::borrow::Cow;

/// The text with every run of white space as one blank, and none at its ends.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let mut before = b' ';
    let single = text.bytes().all(|byte| {
        let odd = (byte == b' ' && before == b' ') || byte < b' ' || !byte.is_ascii();
        before = byte;
        !odd
    });
    if single && before != b' ' {
        return Cow::Borrowed(text);
    }
    let mut to = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !to.is_empty() {
            to.push(' ');
        }
        to.push_str(word);
    }
    Cow::Owned(to)
}

/// The beginning of a text: up to `max` bytes, and whole letters.
pub(crate) fn head(text: &str, max: usize) -> &str {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The end of a text: up to `max` bytes, and whole letters.
pub(crate) fn tail(text: &str, max: usize) -> &str {
    let mut start = text.len().saturating_sub(max);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_one_blank() {
        for (text, expected) in
            [("a b", "a b"), ("", ""), (" a", "a"), ("a  b", "a b"), ("a\r\n b ", "a b"), ("é\u{a0}b", "é b")]
        {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn letters_are_not_cut() {
        for (max, first, last) in [(0, "", ""), (1, "", "a"), (2, "é", "a"), (3, "éa", "éa"), (9, "éa", "éa")]
        {
            assert_eq!(head("éa", max), first);
            assert_eq!(tail("éa", max), last);
        }
    }
}
