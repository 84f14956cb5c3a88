//! Our own words in other languages: labels that belong to no codebook, and what the page says.
//!
//! `wording.csv` has the words in English, French and Spanish. A number in them is written as `#`: it is the same in all.

use crate::files::bundled::bundled_rows;
use crate::text::language::Language;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

static WORDING: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| {
    let rows = bundled_rows(include_str!("wording.csv"));
    rows.map(|[english, french, spanish]| (english, [french, spanish])).collect()
});

/// Our own words in this language; as they are in a language that has none, and where they are not in the table.
pub(crate) fn in_language(words: &str, language: Language) -> Cow<'_, str> {
    let at = match language {
        Language::French => 0,
        Language::Spanish => 1,
        _ => return Cow::Borrowed(words),
    };
    let plain = words.trim();
    if !plain.contains(char::is_alphabetic) {
        return Cow::Borrowed(words);
    }
    let said = whole(plain, at).unwrap_or_else(|| in_parts(plain, at));
    let start = words.len() - words.trim_start().len();
    Cow::Owned([&words[..start], &said, &words[start + plain.len()..]].concat())
}

/// Words between the marks of which each is in the table, or stays as it is.
fn in_parts(words: &str, at: usize) -> String {
    let separator = [". ", "; ", ": ", ", "].into_iter().find(|separator| words.contains(separator));
    let Some(separator) = separator else {
        return words.to_string();
    };
    let part = |part: &str| whole(part, at).unwrap_or_else(|| in_parts(part, at));
    words.split(separator).map(part).collect::<Vec<_>>().join(separator)
}

/// Words that are in the table as a whole.
fn whole(words: &str, at: usize) -> Option<String> {
    let (template, numbers) = without_numbers(words);
    let without_stop = || Some(format!("{}.", whole(words.strip_suffix('.')?, at)?));
    let Some(translated) = WORDING.get(&*template).map(|of_languages| of_languages[at]) else {
        return without_stop();
    };
    let mut numbers = numbers.into_iter();
    let mut said = String::with_capacity(translated.len());
    for (at, part) in translated.split('#').enumerate() {
        if at > 0 {
            said.push_str(numbers.next().unwrap_or("#"));
        }
        said.push_str(part);
    }
    Some(said)
}

/// `# of #` of `12 of 1,345`, and the numbers.
pub(crate) fn without_numbers(words: &str) -> (String, Vec<&str>) {
    let (mut template, mut numbers) = (String::with_capacity(words.len()), Vec::new());
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        template.push_str(&rest[..at]);
        template.push('#');
        let inside = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let number = &rest[at..][..rest[at..].find(|c| !inside(c)).unwrap_or(rest.len() - at)];
        // a comma or a full stop after a number is not part of it
        let number = number.trim_end_matches([',', '.']);
        numbers.push(number);
        rest = &rest[at + number.len()..];
    }
    template.push_str(rest);
    (template, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_where_they_are() {
        assert_eq!(without_numbers("12 of 1,345."), ("# of #.".to_string(), vec!["12", "1,345"]));
        assert_eq!(in_language("noted", Language::French), "notées");
        assert_eq!(in_language(" noted ", Language::Spanish), " anotadas ");
        assert_eq!(in_language("noted", Language::English), "noted");
        assert_eq!(in_language("Atlantis", Language::French), "Atlantis");
    }

    #[test]
    fn every_row_has_as_many_numbers_in_each_language() {
        for [english, french, spanish] in bundled_rows::<3>(include_str!("wording.csv")) {
            for translated in [french, spanish] {
                assert!(!translated.is_empty(), "{english}");
                assert_eq!(english.matches('#').count(), translated.matches('#').count(), "{english}");
            }
        }
    }
}
