//! Does a codebook on trial tell what each of its rules does?

use std::collections::BTreeSet;
use support::{fixture, usa};
use upr::evaluate::{RuleTrial, Trial};
use upr::read::Reader;
use upr::{Codebook, Tagger};

const LIST: &str = "text\nCut emissions as the Paris Agreement says\nRespect the Paris Agreement\n\
                    Create a climate of trust policy\nPlant trees\n\
                    \"Keep the promises of the PARIS agreement, and tell the villages on the coast of every island what was done\"\n";

fn trial() -> Trial {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    let coded = tagger.tag(Reader::new().bytes("list.csv", LIST.as_bytes()).expect("a list"));
    Trial::of(&coded).expect("a trial")
}

fn rule<'t>(trial: &'t Trial, begin: &str) -> &'t RuleTrial {
    trial.rules.iter().find(|rule| rule.rule.starts_with(begin)).expect("a rule of the codebook")
}

/// Counted by hand.
#[test]
fn each_rule_is_counted_alone_and_with_others() {
    let trial = trial();
    assert_eq!((trial.recommendations, trial.untagged), (5, 2));
    let counts = |begin: &str| {
        let rule = rule(&trial, begin);
        (rule.line, rule.fires, rule.alone, rule.set_aside)
    };
    assert_eq!(counts("Paris Agreement"), (5, 3, 2, 0));
    assert_eq!(counts("(reduc*|cut*)"), (4, 1, 0, 0));
    assert_eq!(counts("climate <2>"), (3, 0, 0, 1));
    assert_eq!(counts("climate of"), (6, 1, 1, 0));
    let with: Vec<(String, u64)> = rule(&trial, "(reduc*|cut*)")
        .with()
        .map(|(rule, recommendations)| (rule.to_string(), recommendations))
        .collect();
    assert_eq!(with, [("Paris Agreement".to_string(), 1)]);
    assert_eq!(rule(&trial, "climate of").kind(), "exclude");
    let silent: BTreeSet<u64> = trial.silent().map(|rule| rule.line).collect();
    assert_eq!(silent, BTreeSet::from([2, 3, 7, 8]));
    assert_eq!(
        trial.issues_without_recommendations.iter().map(|code| &**code).collect::<Vec<_>>(),
        ["climate-displacement"]
    );
}

#[test]
fn examples_show_the_words_in_their_places() {
    let trial = trial();
    let shown = |(_, [before, matched, after]): (&str, [&str; 3])| format!("{before}[{matched}]{after}");
    let examples: Vec<String> = rule(&trial, "Paris Agreement").examples().map(shown).collect();
    assert_eq!(
        examples,
        [
            "Cut emissions as the [Paris Agreement] says",
            "Respect the [Paris Agreement]",
            "Keep the promises of the [PARIS agreement], and tell the villages on the …",
        ]
    );
    let first = rule(&trial, "climate of").examples().next().map(shown);
    assert_eq!(first.as_deref(), Some("Create a [climate of trust policy]"));
    let table = trial.table().to_csv();
    assert!(
        table.starts_with("issue,kind,rule,line,fires,alone,set_aside,with,example_1,example_2,example_3\n"),
        "{table}"
    );
    assert!(
        table.contains("\nclimate-action,exclude,climate of (fear|impunity|trust|intimidation),6,1,1,0,,"),
        "{table}"
    );
}

/// A text made to be long, without a blank to cut it at.
#[test]
fn examples_are_short_whatever_the_text() {
    let climate = Codebook::load(fixture("codebook-climate")).expect("a codebook");
    let tagger = Tagger::new(climate).expect("a tagger");
    let long = "é".repeat(5_000);
    let list = format!("text\n\"{long}: Paris Agreement, {long}\"\n\"{long}(Paris Agreement){long}\"\n");
    let coded = tagger.tag(Reader::new().bytes("list.csv", list.as_bytes()).expect("a list"));
    let trial = Trial::of(&coded).expect("a trial");
    let examples: Vec<_> = rule(&trial, "Paris Agreement").examples().collect();
    assert_eq!(examples.len(), 2);
    for (_, example) in examples {
        assert!(example.concat().chars().count() < 120, "{example:?}");
        assert_eq!(example[1], "Paris Agreement");
    }
}

/// Counted a second time, from the evidence alone.
#[test]
fn the_counts_are_those_of_the_evidence() {
    let (_, coded) = usa();
    let trial = Trial::of(&coded).expect("a trial");
    let mut fired = 0;
    for rule in trial.rules.iter().filter(|rule| rule.kind() == "include") {
        let tags = coded.recommendations.iter().filter_map(|coded| coded.coding.tag(&rule.issue));
        let rules: Vec<BTreeSet<&str>> =
            tags.map(|tag| tag.evidence.iter().map(|evidence| &*evidence.rule).collect()).collect();
        let having = rules.iter().filter(|rules| rules.contains(&*rule.rule));
        let alone = having.clone().filter(|rules| rules.len() == 1).count() as u64;
        assert_eq!((rule.fires, rule.alone), (having.count() as u64, alone), "{}", rule.rule);
        assert_eq!(rule.fires > 0, rule.examples().next().is_some(), "{}", rule.rule);
        assert_eq!(rule.fires > rule.alone, rule.with().next().is_some(), "{}", rule.rule);
        fired += u64::from(rule.fires > 0);
    }
    assert!(fired > 100, "{fired}");
}

#[test]
fn a_list_of_a_model_is_no_trial() {
    let tagger = Tagger::upr_info().expect("the bundled model");
    let codebook = tagger.codebook().identity();
    let modelled = tagger.tag(upr::read::path(fixture("climate-list.csv")).expect("a list"));
    assert_eq!(modelled.model_hash(), tagger.model().map(|model| model.hash()).as_deref());
    let error = Trial::of(&modelled).expect_err("a fault").to_string();
    assert_eq!(
        error,
        format!(
            "trial: found a list coded with {codebook} and a model, expected one coded with {codebook} alone"
        )
    );
}
