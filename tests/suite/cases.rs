//! Do texts get the tags that a careful reader would give them? The cases are data: the `examples.csv` of each bundled
//! codebook, which codebooks of users may have as well.

use std::collections::BTreeMap;
use upr::evaluate::failing_examples;
use upr::{Aspect, Codebook, Tagger};

/// The bundled codebooks, each as that of the issues.
fn codebooks() -> impl Iterator<Item = Codebook> {
    let issues = Codebook::BUNDLED.iter().map(|name| Codebook::bundled(name).expect("a name in the list"));
    issues.chain(Aspect::ALL.iter().map(|aspect| aspect.codebook()))
}

#[test]
fn every_example_is_coded_as_it_says() {
    for codebook in codebooks() {
        let name = codebook.name().to_string();
        let failing = failing_examples(&Tagger::new(codebook).expect("a bundled codebook"));
        let failing: Vec<String> = failing.iter().map(ToString::to_string).collect();
        assert!(failing.is_empty(), "{name}, {} wrong:\n{}", failing.len(), failing.join("\n"));
    }
}

/// The aspects beside the issues change nothing about either.
#[test]
fn examples_of_aspects_run_with_those_of_the_issues() {
    let tagger = Tagger::core().with_aspects(Aspect::bundled()).expect("a tagger");
    assert!(failing_examples(&tagger).is_empty());
}

/// An issue without examples is an issue that nobody looked at.
#[test]
fn every_issue_has_its_examples() {
    let mut too_few = Vec::new();
    for codebook in codebooks() {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut near_misses = 0;
        for example in codebook.examples() {
            example.tagged.iter().for_each(|code| counts.entry(code).or_default().0 += 1);
            for issue in codebook.issues().iter().filter(|issue| example.must_not_have(&issue.code)) {
                counts.entry(&issue.code).or_default().1 += 1;
            }
            near_misses += usize::from(example.no_others || !example.not_tagged.is_empty());
        }
        for issue in codebook.issues() {
            let (tagged, not_tagged) = counts.get(&*issue.code).copied().unwrap_or_default();
            let (least_tagged, least_not) = match (codebook.name(), &*issue.code) {
                ("core", "policing" | "death-penalty" | "housing" | "icc") => (20, 20),
                ("core", _) => (5, 3),
                ("upr-info", _) => (2, 1),
                ("instruments" | "government-level", _) => (3, 0),
                _ => (2, 0),
            };
            if tagged < least_tagged || not_tagged < least_not {
                let (name, issue) = (codebook.name(), &issue.code);
                too_few
                    .push(format!("{name}, {issue}: {tagged} texts must have it and {not_tagged} must not"));
            }
        }
        assert!(near_misses >= 15, "{}: {near_misses} near misses", codebook.name());
    }
    assert!(too_few.is_empty(), "{}:\n{}", too_few.len(), too_few.join("\n"));
}
