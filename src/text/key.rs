//! The forms in which names and labels are compared. What a key leaves out does not count.

use super::fold::{is_apostrophe, is_combining_accent, push_folded};

/// A label of an issue or group, without case, accents and white space.
pub(crate) fn label(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    label.chars().filter(|c| !c.is_whitespace()).for_each(|c| push_folded(c, &mut key));
    key
}

/// A header, or a name out of a list of ours: letters and digits, without case and accents.
pub(crate) fn letters_and_digits(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    // mostly they are texts in English
    if name.is_ascii() {
        key.extend(
            name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        return key;
    }
    name.chars().filter(|c| c.is_alphanumeric()).for_each(|c| push_folded(c, &mut key));
    key
}

/// Runs of letters and digits in lower case, joined by `separator`.
pub(crate) fn joined(text: &str, separator: char) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.is_empty() && !key.ends_with(separator) {
            key.push(separator);
        }
    }
    if key.ends_with(separator) {
        key.pop();
    }
    key
}

/// A text without case and accents.
pub(crate) fn folded(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    text.chars().for_each(|c| push_folded(c, &mut key));
    key
}

/// The name of a State: folded letters, without a leading article. Brackets, hyphens, digits of footnotes and apostrophes
/// do not tell States apart.
pub(crate) fn state(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let blank = |key: &mut String| {
        if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    };
    for c in name.chars() {
        if c.is_alphabetic() {
            push_folded(c, &mut key);
        } else if c == '&' {
            blank(&mut key);
            key.push_str("and ");
        } else if !is_apostrophe(c) && !is_combining_accent(c) {
            blank(&mut key);
        }
    }
    key.truncate(key.trim_end_matches(' ').len());
    if key.starts_with("the ") {
        key.drain(.."the ".len());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_leave_out_what_does_not_count() {
        assert_eq!(label("5 - Égalité  des Sexes"), "5-egalitedessexes");
        assert_eq!(letters_and_digits("Recommending_States (ISO 3)"), "recommendingstatesiso3");
        assert_eq!(joined(" Accepted -- in part. ", ' '), "accepted in part");
        assert_eq!(joined("__", '_'), "");
        assert_eq!(state("The Côte d’Ivoire (Republic of)2"), "cote divoire republic of");
        assert_eq!(state("Bosnia & Herzegovina"), "bosnia and herzegovina");
        assert_eq!(state("the"), "the");
        assert_eq!(state(" The - the & 2"), "the and");
    }
}
