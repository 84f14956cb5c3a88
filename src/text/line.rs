//! Parts of a text: white space as single blanks, sentences, and the first and last bytes.

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

/// The beginning of a text, at most so many bytes, without cutting a character.
pub(crate) fn head(text: &str, max_bytes: usize) -> &str {
    let mut end = text.len().min(max_bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The end of a text, at most so many bytes, without cutting a character.
pub(crate) fn tail(text: &str, max_bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(max_bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Where sentences end: at a mark before white space or the end of the text.
pub(crate) struct Sentences {
    pub(crate) marks: &'static [char],
    /// Words whose full stop does not end a sentence, such as that of `No. 5`.
    pub(crate) abbreviations: &'static [&'static str],
    /// If given, a sentence ends only where the next begins with a capital letter or this character.
    pub(crate) next: Option<char>,
}

impl Sentences {
    /// Whether the character `c` of `text`, at the byte `at`, ends a sentence.
    pub(crate) fn ends_at(&self, text: &str, at: usize, c: char) -> bool {
        let after = &text[at + c.len_utf8()..];
        let begins = |next: char| after.trim_start().starts_with(|c: char| c.is_uppercase() || c == next);
        self.marks.contains(&c)
            && (after.is_empty() || after.starts_with(char::is_whitespace) && self.next.is_none_or(begins))
            && !self.abbreviations.iter().any(|word| text[..at].ends_with(word))
    }

    /// The sentences of a text, without white space around them.
    pub(crate) fn split<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = text.trim();
        std::iter::from_fn(move || {
            let end = rest.char_indices().find(|&(at, c)| self.ends_at(rest, at, c));
            let end = end.map_or(rest.len(), |(at, c)| at + c.len_utf8());
            let (sentence, after) = rest.split_at(end);
            rest = after.trim_start();
            (!sentence.is_empty()).then_some(sentence)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_ends() {
        assert_eq!(one_line(" a\u{a0} b\n"), "a b");
        assert!(matches!(one_line("a b"), Cow::Borrowed("a b")));
        assert_eq!((head("aé", 2), tail("éa", 2)), ("a", "a"));
        assert_eq!((head("aé", 3), tail("", 2)), ("aé", ""));
    }

    #[test]
    fn sentences_by_rule() {
        let reports = Sentences { marks: &['.'], abbreviations: &[" No"], next: Some('“') };
        let split: Vec<&str> =
            reports.split("He paid No. 5. and left U.N. posts. “So” it is. End.No").collect();
        assert_eq!(split, ["He paid No. 5. and left U.N. posts.", "“So” it is.", "End.No"]);
        let comments =
            Sentences { marks: &['.', '!', '?', '•'], abbreviations: &["No", "Art"], next: None };
        let split: Vec<&str> = comments.split("By Art. 5! see 1.2 • and so").collect();
        assert_eq!(split, ["By Art. 5!", "see 1.2 •", "and so"]);
        assert_eq!(comments.split("").count(), 0);
    }
}
