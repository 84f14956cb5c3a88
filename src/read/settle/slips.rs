//! Whether two texts are one but for slips of the pen: a misspelling, a lost blank, a joining word, a footnote's digit.

use crate::text::edits::edits;
use crate::text::fold::push_folded;

/// The words of a text, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = |word: &str| {
        let mut folded = String::with_capacity(word.len());
        word.chars().for_each(|c| push_folded(c, &mut folded));
        folded
    };
    let words = text.split(|c: char| !c.is_alphanumeric()).map(folded);
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether words agree but for slips of the pen: what differs between words that agree is nearly the same when written
/// without blanks, or is nothing but small words and digits.
pub(super) fn agree(one: &[String], other: &[String]) -> bool {
    /// The longest stretch that is compared word by word.
    const MAX_WORDS: usize = 300;
    let start = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    if one.len() > MAX_WORDS || other.len() > MAX_WORDS {
        return false;
    }
    let mut gaps = 0;
    let mut from = (0, 0);
    let ends = common(one, other).into_iter().chain([(one.len(), other.len())]);
    for (at, also) in ends {
        let (gap, counterpart) = (&one[from.0..at], &other[from.1..also]);
        if !gap.is_empty() || !counterpart.is_empty() {
            gaps += 1;
            if !is_slip(gap, counterpart) {
                return false;
            }
        }
        from = (at + 1, also + 1);
    }
    // many slips make another text
    gaps <= 3 + (start + end + one.len()) / 20
}

/// The places of the words that both have in one order, as many as there are.
fn common(one: &[String], other: &[String]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut longest = vec![0u16; (one.len() + 1) * width];
    for at in (0..one.len()).rev() {
        for also in (0..other.len()).rev() {
            longest[at * width + also] = match one[at] == other[also] {
                true => longest[(at + 1) * width + also + 1] + 1,
                false => longest[(at + 1) * width + also].max(longest[at * width + also + 1]),
            };
        }
    }
    let (mut at, mut also, mut places) = (0, 0, Vec::new());
    while at < one.len() && also < other.len() {
        if one[at] == other[also] {
            places.push((at, also));
            (at, also) = (at + 1, also + 1);
        } else if longest[(at + 1) * width + also] >= longest[at * width + also + 1] {
            at += 1;
        } else {
            also += 1;
        }
    }
    places
}

fn is_slip(one: &[String], other: &[String]) -> bool {
    const SMALL: [&str; 8] = ["the", "a", "an", "of", "to", "and", "in", "s"];
    let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let minor =
        |word: &String| SMALL.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit());
    if one.is_empty() || other.is_empty() {
        return one.iter().chain(other).all(minor);
    }
    // a blank is lost or put in
    if one.concat() == other.concat() {
        return true;
    }
    let without = |words: &[String]| -> String {
        words.iter().filter(|word| !SMALL.contains(&word.as_str())).map(String::as_str).collect()
    };
    let (one, other) = (without(one), without(other));
    if one == other {
        return true;
    }
    // `lawful` and `unlawful`; numbers have no misspellings
    if one.ends_with(&other) || other.ends_with(&one) || number(&one) || number(&other) {
        return false;
    }
    let shorter = one.chars().count().min(other.chars().count());
    (4..60).contains(&shorter) && edits(&one, &other) <= (shorter / 4).min(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::for_each;

    #[track_caller]
    fn texts_agree(one: &str, other: &str, expected: bool) {
        assert_eq!(agree(&words(one), &words(other)), expected, "{one} | {other}");
        assert_eq!(agree(&words(other), &words(one)), expected, "{other} | {one}");
    }

    #[test]
    fn slips_and_other_texts() {
        texts_agree("Ratify the Protocol", "ratify the protocol.", true);
        texts_agree("Fight anti-semitism in schools", "Fight antisemitism in  schools;12", true);
        texts_agree("Protect independance of judges", "Protect the independence of judges", true);
        texts_agree("Change article 8 of the law", "Change article8 ofthe law", true);
        texts_agree("Ratify CAT", "Ratify CED", false);
        texts_agree("Ratify the first Optional Protocol", "Ratify the second Optional Protocol", false);
        texts_agree("Abolish the law of 2005", "Abolish the law of 2006", false);
        texts_agree("Consider ratifying OP-CAT", "Ratify OP-CAT", false);
        texts_agree("Do so", "Do not so", false);
        texts_agree("Do so", "", false);
        texts_agree("Forbid reversible acts", "Forbid irreversible acts", false);
        texts_agree("", "", true);
        texts_agree("Plant trees", "Plant trams", false);
        texts_agree("Change article8b now", "Change article9b now", false);
        // a slip or three in a short text, four in one of twenty words
        let short =
            ("judges and clerks in courts by lakes", "the judges and the clerks in the courts by lakes");
        texts_agree(&format!("Pay {}", short.0), &format!("Pay {}", short.1), true);
        texts_agree(&format!("Pay {} now", short.0), &format!("Pay {} the now", short.1), false);
        let long = "so that nobody should ever again wait longer than one year there";
        texts_agree(&format!("Pay {} now {long}", short.0), &format!("Pay {} the now {long}", short.1), true);
        // a stretch of 300 words is compared, a longer one is not
        texts_agree("Plant trees", &format!("Plant{} trees", " the".repeat(300)), true);
        texts_agree("Plant trees", &format!("Plant{} trees", " the".repeat(301)), false);
    }

    fn longest(one: &[String], other: &[String]) -> usize {
        match (one, other) {
            ([first, one @ ..], [second, other @ ..]) if first == second => 1 + longest(one, other),
            ([_, rest @ ..], [_, others @ ..]) => longest(rest, other).max(longest(one, others)),
            _ => 0,
        }
    }

    /// As many words as there can be, in the order of both texts.
    #[test]
    fn common_words_are_the_most_in_one_order() {
        for_each(256, |random| {
            let mut line = || random.list(9, |random| random.pick(&["a ", "b ", "c "])).concat();
            let (one, other) = (line(), line());
            let (one, other) = (words(&one), words(&other));
            let places = common(&one, &other);
            assert_eq!(places.len(), longest(&one, &other));
            assert!(places.iter().all(|&(at, also)| one[at] == other[also]));
            assert!(places.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
        });
    }
}
