//! The forms of a verb: *adopt*, *adopts*, *adopted*, *adopting*. Here are the English ones, in `romance` the others.
//!
//! Made by rule, without a dictionary: a few forms too many (*stopping* and *stoping*) are made rather than one too
//! few. Both spellings of *-ize* and *-ise* are forms of the one verb. Irregular participles are listed.

mod romance;

use crate::text::language::Language;

/// Participles that no rule makes, of the verbs that recommendations use in the passive.
const PARTICIPLES: [(&str, &str); 22] = [
    ("begin", "begun"),
    ("bring", "brought"),
    ("build", "built"),
    ("do", "done"),
    ("draw", "drawn"),
    ("find", "found"),
    ("fight", "fought"),
    ("give", "given"),
    ("hold", "held"),
    ("keep", "kept"),
    ("lead", "led"),
    ("make", "made"),
    ("meet", "met"),
    ("pay", "paid"),
    ("put", "put"),
    ("seek", "sought"),
    ("send", "sent"),
    ("set", "set"),
    ("take", "taken"),
    ("undertake", "undertaken"),
    ("uphold", "upheld"),
    ("withdraw", "withdrawn"),
];

/// How a form is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    /// *adopt*: what recommendations begin with.
    Base,
    /// *adopts*: "Norway recommends", "that the Government adopts".
    Third,
    /// *adopting*: "by adopting", "consider adopting".
    Gerund,
    /// *adopted*: "recommended".
    Past,
    /// *adoption*: "the adoption of".
    Noun,
}

/// All forms of `verb`, a word of small letters.
pub(crate) fn forms(verb: &str, language: Language) -> Vec<(String, Form)> {
    match language {
        Language::French => return romance::french(verb),
        Language::Spanish => return romance::spanish(verb),
        _ => {}
    }
    let mut all = Vec::new();
    for verb in spellings(verb) {
        all.push((third(&verb), Form::Third));
        let stems = stems(&verb);
        all.extend(stems.iter().map(|stem| (format!("{stem}ing"), Form::Gerund)));
        let past = |stem: &String| match stem.strip_suffix('y') {
            Some(rest) if !ends_in_vowel(rest) => format!("{rest}ied"),
            _ => format!("{stem}ed"),
        };
        all.extend(stems.iter().map(|stem| (past(stem), Form::Past)));
        let irregular = PARTICIPLES.iter().filter(|(known, _)| *known == verb);
        all.extend(irregular.map(|(_, participle)| (participle.to_string(), Form::Past)));
        all.push((verb, Form::Base));
    }
    all
}

/// `finalize` and `finalise`.
pub(crate) fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_string()];
    for (one, other) in [("ize", "ise"), ("ise", "ize"), ("ization", "isation"), ("isation", "ization")] {
        if let Some(rest) = word.strip_suffix(one).filter(|rest| rest.len() > 3) {
            all.push(format!("{rest}{other}"));
        }
    }
    all
}

fn third(verb: &str) -> String {
    match verb.strip_suffix('y') {
        Some(rest) if !ends_in_vowel(rest) => format!("{rest}ies"),
        _ if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// What `ing` and `ed` are put to.
fn stems(verb: &str) -> Vec<String> {
    if let Some(rest) = verb.strip_suffix('e') {
        return if rest.ends_with('e') { vec![verb.to_string()] } else { vec![rest.to_string()] };
    }
    let mut all = vec![verb.to_string()];
    let mut last = verb.chars().rev();
    if let (Some(c), Some(b), Some(a)) = (last.next(), last.next(), last.next()) {
        let consonant = |c: char| !"aeiou".contains(c);
        if consonant(c) && !"wxy".contains(c) && !consonant(b) && consonant(a) {
            all.push(format!("{verb}{c}")); // stop, stopping; commit, committing
        }
    }
    all
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        for (verb, form, expected) in [
            ("adopt", Form::Gerund, "adopting"),
            ("ratify", Form::Third, "ratifies"),
            ("ratify", Form::Gerund, "ratifying"),
            ("ratify", Form::Past, "ratified"),
            ("take", Form::Gerund, "taking"),
            ("accede", Form::Gerund, "acceding"),
            ("agree", Form::Gerund, "agreeing"),
            ("stop", Form::Gerund, "stopping"),
            ("commit", Form::Past, "committed"),
            ("establish", Form::Third, "establishes"),
            ("criminalize", Form::Base, "criminalise"),
            ("criminalise", Form::Gerund, "criminalizing"),
            ("deploy", Form::Past, "deployed"),
            ("take", Form::Past, "taken"),
        ] {
            let all = forms(verb, Language::English);
            assert!(all.contains(&(expected.to_string(), form)), "{verb}: {all:?}");
        }
        assert_eq!(spellings("decriminalization")[1], "decriminalisation");
    }
}
