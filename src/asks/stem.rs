//! Cuts an English word to its stem, so that "protects", "protecting" and "protection" are one word.
//!
//! A short list of endings, one cut at most and never below [`SHORTEST`] letters: a rule that a reader can follow by
//! hand, where Porter's five passes cannot. What it gets wrong is corrected in `words.csv`, by rows of the kind `same`.
//! Words that are not English pass through it unharmed, since it only ever cuts the same end of the same word.

use std::borrow::Cow;

/// No stem is shorter: "aging" and "sing" stay what they are.
const SHORTEST: usize = 4;

/// "implement" is no "imple", while "improvement" is "improv".
const SHORTEST_WITHOUT_MENT: usize = 6;

/// The endings, longer ones first; the second word is what is in their place.
const ENDINGS: [(&str, &str); 44] = [
    ("izations", "iz"),
    ("isations", "iz"),
    ("ization", "iz"),
    ("isation", "iz"),
    ("izing", "iz"),
    ("ising", "iz"),
    ("ized", "iz"),
    ("ised", "iz"),
    ("izes", "iz"),
    ("ises", "iz"),
    ("ize", "iz"),
    ("ise", "iz"),
    ("ations", ""),
    ("ational", ""),
    ("ation", ""),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("ities", ""),
    ("ity", ""),
    ("ically", ""),
    ("ical", ""),
    ("ings", ""),
    ("ing", ""),
    ("ated", ""),
    ("ates", ""),
    ("ate", ""),
    ("ions", ""),
    ("ion", ""),
    ("ives", ""),
    ("ive", ""),
    ("ies", ""),
    ("ied", ""),
    ("ors", ""),
    ("ers", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("al", ""),
    ("s", ""),
    ("e", ""),
    ("y", ""),
    ("ic", ""),
];

/// The stem of a folded word.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    let Some(last) = word.bytes().last().filter(|_| word.bytes().all(|byte| byte.is_ascii_lowercase()))
    else {
        return Cow::Borrowed(word);
    };
    // few endings have the last letter of the word
    for (ending, instead) in ENDINGS.iter().filter(|(ending, _)| ending.ends_with(char::from(last))) {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let shortest = if ending.contains("ment") { SHORTEST_WITHOUT_MENT } else { SHORTEST };
        if stem.len() + instead.len() < shortest || (*ending == "s" && stem.ends_with('s')) {
            continue;
        }
        return if instead.is_empty() { Cow::Borrowed(stem) } else { Cow::Owned(format!("{stem}{instead}")) };
    }
    Cow::Borrowed(word)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["protect", "protects", "protected", "protecting", "protection"][..],
            &["moratorium", "moratoriums"],
            &["criminalize", "criminalise", "criminalization", "criminalizing"],
            &["policy", "policies"],
            &["school", "schools"],
            &["implement", "implements", "implementing", "implemented"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn short_words_and_other_scripts_stay() {
        for word in ["age", "aids", "press", "права", "169", "op2", ""] {
            assert_eq!(stem(word), word);
        }
    }
}
