//! What each pattern becomes, and what is said of those that are wrong.

use super::*;

fn lists() -> Lists {
    let police = vec![
        phrase("police*", Language::English).unwrap(),
        phrase("law enforcement", Language::English).unwrap(),
    ];
    let police = Element { phrases: Arc::new(police), list: Some(0) };
    Lists {
        language: Language::English,
        by_name: BTreeMap::from([("police".to_string(), police)]),
        bundled: false,
    }
}

#[track_caller]
fn says(pattern: &str, message: &str) {
    let Fault { found, expected } = parse(pattern, &lists()).expect_err("a fault");
    assert_eq!(format!("found {found}, expected {expected}"), message);
}

#[track_caller]
fn shape(pattern: &str) -> Vec<String> {
    let Ok(Pattern::Sequences(sequences)) = parse(pattern, &lists()) else {
        panic!("{pattern} is not read as words");
    };
    let element = |element: &Element| {
        let phrases: Vec<String> = element
            .phrases
            .iter()
            .map(|phrase| phrase.iter().map(|part| part.line.as_str()).collect::<Vec<_>>().join("+"))
            .collect();
        phrases.join("|")
    };
    let sequence = |sequence: &Sequence| {
        let parts: Vec<String> = sequence.iter().map(|(gap, e)| format!("{gap:?}[{}]", element(e))).collect();
        parts.join("")
    };
    sequences.iter().map(sequence).collect()
}

#[test]
fn patterns_become_sequences() {
    assert_eq!(shape("death-penalty"), ["Adjacent[ death penalty ]"]);
    assert_eq!(shape("enforced disappear* of"), ["Adjacent[ enforced disappear+ of ]"]);
    assert_eq!(shape("train* <~4> {police}"), ["Adjacent[ train]EitherOrder(4)[ police| law enforcement ]"]);
    assert_eq!(
        shape("end <2> (the|all|) (hunger|{police})"),
        [
            "Adjacent[ end ]Within(2)[ hunger | police| law enforcement ]",
            "Adjacent[ end ]Within(2)[ the | all ]Adjacent[ hunger | police| law enforcement ]"
        ]
    );
}

#[test]
fn words_in_capitals_are_remembered() {
    let parts = phrase("OP-CAT the ICC*", Language::English).unwrap();
    assert_eq!(parts[0].line, " op cat the icc");
    assert_eq!(parts[0].capitals, [(0, "OP".to_string()), (1, "CAT".to_string()), (3, "ICC".to_string())]);
}

#[test]
fn faults_say_what_was_found_and_what_was_expected() {
    says("", "found an empty pattern, expected words, or a regular expression between slashes");
    says("a*", "found \"a*\" with a * after 1 letters, expected 2 letters or more before a *");
    says("ab*c", "found \"ab*c\" with a * that does not end a word, expected a * only at the end of a word");
    says("(police", "found \"(\" that is not closed, expected \")\" after it");
    says(
        "police)",
        "found \")\" with nothing that opens it, expected brackets in pairs, and | only between ( and )",
    );
    says("{army}", "found {army}, expected one of the lists in lists.csv: police");
    says(
        "police <99> army",
        "found the gap <99>, expected a number of words from 0 to 30, such as <4> or <~4>",
    );
    says("police <3>", "found a gap with nothing after it, expected words after each gap");
    says("<3> police", "found a gap <3> with nothing before it, expected words before each gap");
    says("(the|)", "found a pattern in which everything is optional, expected one part that must be there");
    says(
        "(a|(b))",
        "found \"(\" between ( and ), expected words or a {list} between ( and ), separated by |",
    );
    says("--", "found \"--\" without a letter, expected one word at least");
    says(
        "/x*/",
        "found /x*/, which matches the empty text, expected a regular expression between slashes, such as /gun(s|fire)/, that does not match the empty text",
    );
    says(
        "/(x/",
        "found /(x/ (unclosed group), expected a regular expression between slashes, such as /gun(s|fire)/, that does not match the empty text",
    );
    says(
        "/x",
        "found a / that is not closed at the end, expected a regular expression between slashes, such as /gun(s|fire)/, that does not match the empty text",
    );
}
