//! Makes the parts of a number whole sentences: `To ratify CEDAW (Spain); the Optional Protocol (Peru)` asks Peru's
//! part with Spain's verb.
//!
//! Which words they share is on the page of [`read`](crate::read#parts-of-one-number). They come from the nearest part
//! before that has a verb, and a treaty from the part after. A part that is whole stays as it is.

use crate::text::pattern::patterns;

/// What treaties are called, in capitals as in all reports.
const TREATY: &str = r"(?x:
    (?: (?: the|all|both|its|their|two|three|other|remaining|outstanding|relevant|pending
        |first|second|First|Second|[12]\d{3} ) \x20 )*
    (?:
        (?: OP[-–]?\d?[-–]? | UN )?
        (?: ICCPR|ICESCR|ICERD|CERD|CEDAW|CAT|CRC|CRPD|ICRPD|ICRMW|ICMW|CMW|ICPPED|ICPED|CPED|CED|UNTOC|UNCAC ) \b
        | ILO \b
        | (?: (?: International|European|Hague|Geneva|Palermo|Rome|United|Nations|UN|UNESCO|Optional|Additional
            |Facultative ) \x20 )*
          (?: Conventions?|Covenants?|Protocols?|Statute ) \b
    ))";

patterns! {
    NAMES_A_TREATY = format!(r"\b{TREATY}");
    BEGINS_WITH_A_TREATY = format!(r"^(?:(?:and|or|as well as|also) )*{TREATY}");
    /// A treaty that goes on a list: `, the Optional Protocol`, ` and CAT`.
    LISTS_A_TREATY = format!(r"^(?:,\s*(?:(?:and|or|as well as)\s+)?|\s*(?:and|as well as)\s+){TREATY}");
    /// What is done with treaties.
    JOINS = r"(?ix) \b
        (?: ratif\w+ | acced\w+ | accession | sign\w* | adher\w+ | accept\w* | join\w* | part(?:y|ies)\ to | instruments: )";
    /// The end of words that need a treaty.
    NEEDS_A_TREATY = r"(?ix) \b
        (?: sign(?:ing)? | ratify(?:ing)? | (?: acced(?:e|ing) | adher(?:e|ing) | accession | party )\ to
            | (?: ratification | signature )\ of )
        (?: \ (?: at\ the\ earliest(?:\ possible)?\ (?: time|date|opportunity ) | as\ soon\ as\ possible
            | without\ delay | promptly | soon ) )?
        $";
    /// A predicate, which a bare name has not.
    SAYS_SOMETHING = r"\b(?:should|shall|must|be|is|are)\b";
    /// The mark of a list at the start of a part: `(b)`, `b)`, `(ii)`.
    MARK = r"^(?:(?:and|or) )?(\(?)([a-h]|i{1,3}|iv|v|vi{1,3})\)\s";
    FIRST_MARK = r"(?:^|\s)\(?(?:a|i)\)\s";
    NOUN = r"^(?:(?:and|or) )?(?:the|The|a|A|an|An|its|Its)\s";
    /// `and its Optional Protocol`, `and the Protocols thereto`: not to be understood alone.
    REFERS_BACK = r"\b(?:its|their|thereto|those|these|this|it|them)\b";
}

/// The most words that are shared.
const MAX_WORDS: usize = 25;

/// The words before the first treaty, if they say what is to be done with it.
fn before_the_treaty(text: &str) -> Option<&str> {
    let stem = text[..NAMES_A_TREATY.find(text)?.start()].trim_end();
    (short(stem) && JOINS.is_match(stem) && !stem.contains([';', '('])).then_some(stem)
}

fn short(words: &str) -> bool {
    !words.is_empty() && words.split_whitespace().take(MAX_WORDS + 1).count() <= MAX_WORDS
}

/// Whether a part is nothing but a treaty.
fn is_treaty(text: &str) -> bool {
    BEGINS_WITH_A_TREATY.is_match(text) && !SAYS_SOMETHING.is_match(text)
}

/// Whether `after`, behind the States that closed `part`, goes on with a list of treaties.
pub(super) fn lists_another(part: &str, after: &str) -> bool {
    let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    !REFERS_BACK.is_match(after)
        && LISTS_A_TREATY.is_match(after)
        && (before_the_treaty(part).is_some() || is_treaty(part))
}

/// The words that `part` shares with `whole`, a part before it that stands by itself.
fn stem<'w>(whole: &'w str, part: &str) -> Option<&'w str> {
    if MARK.is_match(part) {
        let stem = whole[..FIRST_MARK.find(whole)?.start()].trim_end();
        return short(stem).then_some(stem);
    }
    if is_treaty(part) {
        return before_the_treaty(whole);
    }
    let colon = whole.find(':')?;
    let nouns = NOUN.is_match(whole[colon + 1..].trim_start()) && NOUN.is_match(part);
    (nouns && short(&whole[..colon]) && !SAYS_SOMETHING.is_match(part)).then_some(&whole[..=colon])
}

/// Without the word that joined it to the part before.
fn unjoined(part: &str) -> &str {
    let mut part = part;
    while let Some(rest) =
        ["and ", "or ", "as well as ", "also "].iter().find_map(|word| part.strip_prefix(word))
    {
        part = rest.trim_start();
    }
    part
}

/// Gives the parts of one number, in their order, the words that they share.
pub(super) fn complete<'p>(parts: impl Iterator<Item = &'p mut String>) {
    let mut parts: Vec<&mut String> = parts.collect();
    let mut whole: Option<String> = None;
    for at in 0..parts.len() {
        if let Some(shared) = whole.as_deref().and_then(|whole| stem(whole, parts[at])) {
            *parts[at] = format!("{shared} {}", unjoined(parts[at]));
            continue;
        }
        let own = parts[at].clone();
        if let Some(next) = parts.get(at + 1)
            && NEEDS_A_TREATY.is_match(&own)
            && !NAMES_A_TREATY.is_match(&own)
            && let Some(treaty) = NAMES_A_TREATY.find(next)
        {
            // States in brackets, and what follows them, are not the treaty
            let treaty = next[treaty.start()..].split(" (").next().unwrap_or("");
            if short(treaty) {
                *parts[at] = format!("{own} {treaty}");
            }
        }
        whole = Some(own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_get_the_words_that_they_share() {
        for (parts, expected) in [
            // a treaty gets the verb
            (
                "To ratify ICCPR | CEDAW | the Optional Protocol to CRC | and CAT | to close the prison",
                "To ratify ICCPR | To ratify CEDAW | To ratify the Optional Protocol to CRC | To ratify CAT | to close the prison",
            ),
            (
                "Sign the Rome Statute | Consider acceding to: OP-CAT | as well as ILO Convention No. 169",
                "Sign the Rome Statute | Consider acceding to: OP-CAT | Consider acceding to: ILO Convention No. 169",
            ),
            // an item of a list gets its beginning
            (
                "Consider ratifying: (a) CAT | (b) OP-CAT | and (c) to report on time",
                "Consider ratifying: (a) CAT | Consider ratifying: (b) OP-CAT | Consider ratifying: (c) to report on time",
            ),
            (
                "Take these steps: the adoption of a plan | an amendment of the code | end torture",
                "Take these steps: the adoption of a plan | Take these steps: an amendment of the code | end torture",
            ),
            // a verb gets the treaty
            (
                "Consider signing as soon as possible | ratify the Protocol to the Covenant",
                "Consider signing as soon as possible the Protocol to the Covenant | ratify the Protocol to the Covenant",
            ),
            // what is whole stays
            ("Ratify CAT | ratify CED | that all prisoners be freed | CAT should be taught", ""),
            ("(a) Ensure equality | (b) ensure that it lasts", ""),
            ("Publish the report | the Convention against Torture", ""),
            ("Consider signing | close the prison", ""),
            ("the Optional Protocol", ""),
        ] {
            let mut texts: Vec<String> = parts.split(" | ").map(str::to_string).collect();
            complete(texts.iter_mut());
            assert_eq!(texts.join(" | "), if expected.is_empty() { parts } else { expected });
        }
    }
}
