//! Whether a codebook codes its own examples as they say.

use crate::codebook::{Codebook, Expectation, RuleKind};
use crate::coded::Coding;
use crate::error::{Error, Fault, Place, listed, quoted};
use crate::recommendation::Recommendation;
use crate::tag::Tagger;
use crate::text::language::Language;

/// What a tagger codes differently from what the [examples](Codebook::examples) of its codebooks say: for each text and issue a
/// sentence with the line in `examples.csv`, and the line of the rule that gave the issue, or that set a match aside. Nothing
/// where all is as it should be.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, evaluate::failing_examples};
///
/// let climate = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// assert!(failing_examples(&climate).is_empty());
///
/// let mine = Codebook::from_files("mine", [
///     ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
///     ("issues.csv", "issue,label,theme\nguns,Gun violence,safety\n"),
///     ("rules.csv", "issue,kind,pattern\nguns,include,gun*\n"),
///     ("examples.csv", "text,tagged,not_tagged\nBan firearms,guns,\nHonour the Gunners of Kent,,guns\n"),
/// ])?;
/// let failing: Vec<String> = failing_examples(&Tagger::new(mine)?).iter().map(|error| error.to_string()).collect();
/// assert_eq!(failing, [
///     "examples.csv of mine, line 2, column tagged: found no rule of \"guns\" that matches \"Ban firearms\", expected \"guns\"",
///     "examples.csv of mine, line 3, column not_tagged: found \"guns\" given to \"Honour the Gunners of Kent\" by the rule \"gun*\" \
///      (rules.csv, line 2), which matches \"Gunners\", expected no \"guns\"",
/// ]);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn failing_examples(tagger: &Tagger) -> Vec<Error> {
    let codebooks = tagger.codebooks();
    let issues = std::iter::once((codebooks.issues(), None));
    let aspects = codebooks.aspects().map(|(aspect, codebook)| (codebook, Some(aspect)));
    let mut failing = Vec::new();
    for (codebook, aspect) in issues.chain(aspects) {
        for example in codebook.examples() {
            let mut text = Recommendation::from(example.text.as_str());
            text.language = example.language;
            let coded = tagger.code(text);
            let coding = match aspect {
                None => Some(&coded.coding),
                Some(aspect) => coded.aspect(aspect),
            };
            let language = coded.recommendation.language;
            failing.extend(coding.into_iter().flat_map(|coding| faults(codebook, example, language, coding)));
        }
    }
    failing
}

fn faults<'e>(
    codebook: &'e Codebook,
    example: &'e Expectation,
    language: Option<Language>,
    coding: &'e Coding,
) -> impl Iterator<Item = Error> {
    let place = Place::file(format!("{} of {}", example.file(), codebook.name())).line(example.line);
    let text = quoted(&example.text);
    let missing = example.tagged.iter().filter(|issue| !coding.has(issue)).map({
        let (place, text) = (place.column("tagged"), text.clone());
        move |issue| {
            Fault::new(why_missing(codebook, language, coding, issue, &text), quoted(issue)).at(place.clone())
        }
    });
    let wrong = coding.tags.iter().filter(|tag| example.must_not_have(&tag.code)).map(move |tag| {
        let mut rules: Vec<String> = Vec::new();
        for evidence in &tag.evidence {
            let matched = quoted(&example.text[evidence.span.clone()]);
            let rule = named(codebook, language, &tag.code, &evidence.rule);
            let rule = format!("{rule}, which matches {matched}");
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        let found = format!("{} given to {text} by the rule {}", quoted(&tag.code), rules.join(", and by "));
        Fault::new(found, format!("no {}", quoted(&tag.code))).at(place.column("not_tagged"))
    });
    missing.chain(wrong)
}

fn why_missing(
    codebook: &Codebook,
    language: Option<Language>,
    coding: &Coding,
    issue: &str,
    text: &str,
) -> String {
    let mut aside: Vec<String> = Vec::new();
    for one in coding.suppressed.iter().filter(|one| *one.code == *issue) {
        let by = match codebook.set_aside_by(language, issue, &one.evidence.rule, &one.by) {
            Some(rule) if rule.kind != RuleKind::Include => {
                format!("the exclude rule {} ({}, line {})", quoted(&one.by), rule.file(), rule.line)
            }
            _ => format!("its own without {}", quoted(&one.by)),
        };
        let rule = named(codebook, language, issue, &one.evidence.rule);
        let one = format!("the rule {rule} set aside by {by}");
        if !aside.contains(&one) {
            aside.push(one);
        }
    }
    match (coding.not_coded, aside.is_empty()) {
        (Some(language), _) => {
            let covered = listed(codebook.languages().iter().map(|language| language.name()));
            format!("{text} in {}, and rules for {covered}", language.name())
        }
        (None, true) => format!("no rule of {} that matches {text}", quoted(issue)),
        (None, false) => format!("{} in {text}", aside.join(", and ")),
    }
}

/// An include rule, with its line.
fn named(codebook: &Codebook, language: Option<Language>, issue: &str, pattern: &str) -> String {
    match codebook.rule(language, issue, RuleKind::Include, pattern) {
        Some(rule) => format!("{} ({}, line {})", quoted(pattern), rule.file(), rule.line),
        None => quoted(pattern),
    }
}
