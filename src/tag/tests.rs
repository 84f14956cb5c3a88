//! What the tagger must do: the notation by example, exclusions, and agreement with the plain loop.

use super::*;
use crate::action::ActionCoder;
use crate::codebook::RuleKind::{self, Exclude, ExcludeAll, Include};
use crate::codebook::{Aspect, Codebook};
use crate::coded::Evidence;
use crate::random::{AWKWARD, Random, for_each};
use crate::rules::plain;
use crate::tag::Buffers;
use crate::text::language::Language;
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn tagger(rules: &str) -> Tagger {
    let issues = "issue,label,theme,definition\na,A,t,\nb,B,t,\n";
    let rules = format!("issue,kind,pattern,with,without\n{rules}");
    let lists = "list,term\npolice,police*\npolice,law enforcement\n";
    let files = [
        ("codebook.csv", "key,value\nname,test\nversion,1\n"),
        ("issues.csv", issues),
        ("lists.csv", lists),
        ("rules.csv", &rules),
    ];
    Tagger::new(Codebook::from_files("test", files).expect("valid files")).expect("a small codebook")
}

/// Tags as `issue:matched|matched`, what was set aside as `-issue:matched`.
#[track_caller]
fn gives(rules: &str, text: &str, expected: &[&str]) {
    let coding = tagger(rules).code(text).coding;
    let words = |evidence: &Evidence| text[evidence.span.clone()].to_string();
    let tags = coding
        .tags
        .iter()
        .map(|tag| format!("{}:{}", tag.code, tag.evidence.iter().map(words).collect::<Vec<_>>().join("|")));
    let aside = coding.suppressed.iter().map(|s| format!("-{}:{}", s.code, words(&s.evidence)));
    assert_eq!(tags.chain(aside).collect::<Vec<_>>(), expected, "{rules} on {text:?}");
}

#[test]
fn the_notation_means_what_its_page_says() {
    let text = "Ban the Death  Penalty; death-penalty, death, penalty";
    gives("a,include,death penalty,,", text, &["a:Death  Penalty|death-penalty"]);
    gives("a,include,execut*,,", "executions, re-executed, EXECUTE", &["a:executions|executed|EXECUTE"]);
    gives("a,include,ICC,,", "icc ICCPR ICC", &["a:ICC"]);
    gives("a,include,IC*,,", "ICC icc IC", &["a:ICC|IC"]);
    gives("a,include,women's rights,,", "women rights; Women’s rights", &["a:Women’s rights"]);
    gives("a,include,women,,", "Women’s rights", &["a:Women"]);
    gives("a,include,Guantanamo,,", "at Guantánamo", &["a:Guantánamo"]);
    gives("a,include,(the|) police,,", "police, the police", &["a:police|the police"]);
    gives("a,include,{police},,", "law enforcement and policemen", &["a:law enforcement|policemen"]);
    let text = "Train all (senior) police officers. The police";
    gives("a,include,train* <2> police,,", text, &["a:Train all (senior) police"]);
    gives("a,include,train* <1> police,,", text, &[]);
    gives("a,include,officers <3> police,,", text, &[]);
    gives("a,include,police <~3> train*,,", text, &["a:Train all (senior) police"]);
    gives("a,include,police <~3> train*,,", "Train. Police", &[]);
    gives(
        "a,include,enforced disappear* of,,",
        "enforced disappearances of",
        &["a:enforced disappearances of"],
    );
    gives("a,include,/gun(s|fire)/,,", "Guns and gunfire", &["a:Guns|gunfire"]);
    gives("a,include,/(?-i)GUN/,,", "gun GUN", &["a:GUN"]);
    gives(
        "a,include,({police}|child)'s rights,,",
        "the child's rights, police’s rights",
        &["a:child's rights|police’s rights"],
    );
    gives("a,include,convention <2> 169,,", "ILO Convention No. 169", &["a:Convention No. 169"]);
    // of two matches that overlap the longer counts; two that only touch both do
    gives("a,include,(the|) police,,", "the police", &["a:the police"]);
    gives("a,include,/[0-9]{2}/,,", "1234", &["a:12|34"]);
    // a comma in a pattern is a comma, and no end of a sentence
    let rule = "a,include,\"trained, police\",,";
    gives(rule, "trained, police; trained; police. Trained. Police", &["a:trained, police"]);
}

#[test]
fn exclusions_set_aside_and_keep() {
    let rules = "a,include,execution*,,\na,exclude,summary execution*,,\nb,include,execution*,,";
    gives(rules, "End summary executions", &["b:executions", "-a:executions"]);
    gives(
        rules,
        "End summary executions and executions",
        &["a:executions", "b:executions|executions", "-a:executions"],
    );
    let rules = "a,include,house*,,\na,exclude-all,parliament,,";
    gives(rules, "The house of parliament, the houses", &["-a:house", "-a:houses"]);
    gives("a,include,ICC,,accredit*", "ICC accreditation", &["-a:ICC"]);
    gives("a,include,ICC,court,", "ICC", &[]);
    gives("a,include,ICC,court,", "ICC, the court", &["a:ICC"]);
    // a match that an exclusion spares stands, though a longer one of the same rule does not
    let rules = "a,include,execut* <5> prisoners,,\na,exclude,summary execution*,,";
    let text = "End summary executions and executions of prisoners";
    gives(rules, text, &["a:executions of prisoners", "-a:executions and executions of prisoners"]);
    // a condition that is a regular expression
    let rules = r"a,include,ICC,/\bcourts?\b/,";
    gives(rules, "the courtyard of the ICC", &[]);
    gives(rules, "the ICC, a court", &["a:ICC"]);
    // what an exclusion only touches stands
    gives("a,include,/ab/,,\na,exclude,/cd/,,", "abcd", &["a:ab"]);
    gives("a,include,/cd/,,\na,exclude,/ab/,,", "abcd", &["a:cd"]);
    // a long exclusion reaches past a short one that begins after it
    let rules = "a,include,prisoners,,\na,exclude,death <5> pardons,,\na,exclude,row,,";
    gives(rules, "death row prisoners get pardons", &["-a:prisoners"]);
    // an exclusion's own condition
    let rules = "a,include,house*,,\na,exclude,house*,greenhouse,";
    gives(rules, "house and greenhouse", &["-a:house"]);
    gives(rules, "house", &["a:house"]);
    assert_eq!([Include, Exclude, ExcludeAll].map(RuleKind::as_str), ["include", "exclude", "exclude-all"]);
}

/// Of what a regular expression may look through in one text, each match takes the rest of the text.
#[test]
fn what_a_regular_expression_looks_through_is_bounded() {
    for (letters, expected) in [(5_000, 5_000), (20_000, 857)] {
        let coding = tagger("a,include,/a/,,").code("a".repeat(letters).as_str()).coding;
        assert_eq!(coding.tags[0].evidence.len(), expected, "of {letters}");
    }
}

/// A tagger is made by steps; none undoes one before, and none lets what was kept for the old one speak.
#[test]
fn each_step_keeps_those_before() {
    let text = "Ratify the Statute of the ICC, and train the police";
    let (plain, other_book) = (tagger("a,include,police,,"), tagger("a,include,ICC,,"));
    let coded = |tagger: &Tagger| {
        let list = crate::read::Reader::new().bytes("a.csv", format!("text\n\"{text}\"\n").as_bytes());
        tagger.tag(list.expect("a list")).recommendations.remove(0)
    };
    let alone = coded(&plain);
    // verbs that know nothing of ratifying, then those that do
    let few = plain.with_actions(ActionCoder::load("fixtures/action/own-verbs.csv").expect("a fixture"));
    let other = coded(&few).action;
    let all_verbs = few.with_actions(ActionCoder::new());
    assert_eq!(coded(&all_verbs).action, Some(ActionCoder::new().code(text)));
    assert_ne!(coded(&all_verbs).action, other);
    let with_features = all_verbs.with_features_of(other_book.codebook().clone()).expect("a small codebook");
    let all = with_features.with_aspects(Aspect::bundled()).expect("the bundled codebooks");
    assert_eq!(all.actions().map(ActionCoder::hash), Some(ActionCoder::new().hash()));
    assert_eq!(coded(&all).coding, alone.coding, "a codebook of features gives no tags");
    assert_eq!(coded(&all).action, Some(ActionCoder::new().code(text)));
}

fn core() -> &'static Tagger {
    static CORE: OnceLock<Tagger> = OnceLock::new();
    CORE.get_or_init(Tagger::core)
}

/// Texts of our own, all of them in the language of recommendations.
fn fixture_texts() -> Vec<String> {
    let mut reader = csv::Reader::from_path("fixtures/usa-2020.csv").expect("a fixture");
    reader.records().map(|record| record.expect("a row")[3].to_string()).collect()
}

/// Whether each rule of the issues is found in a text where the plain loop finds it; returns how many are.
#[track_caller]
fn agrees_with_the_plain_loop(tagger: &Tagger, text: &str, buffers: &mut Buffers) -> usize {
    tagger.machine().find(text, &mut buffers.scratch, &mut buffers.found);
    let found = tagger.codebook().of_language(None).expect("rules").patterns.iter().enumerate().filter(
        |(index, patterns)| {
            let found = buffers.found.iter().any(|found| found.rule == *index);
            let rule = &tagger.codebook().rules()[*index].pattern;
            assert_eq!(found, plain::matches(&patterns.pattern, text, Language::English), "{rule} on {text}");
            found
        },
    );
    found.count()
}

#[test]
fn the_tree_finds_what_the_plain_loop_finds() {
    let mut buffers = Buffers::default();
    let texts = fixture_texts().into_iter().step_by(6);
    let matches: usize = texts.map(|text| agrees_with_the_plain_loop(core(), &text, &mut buffers)).sum();
    assert!(matches > 100, "{matches}");
}

#[test]
fn serial_and_parallel_agree() {
    let tagger = core();
    let list = crate::read::path("fixtures/usa-2020.csv").expect("a fixture");
    let coded = tagger.tag(list.clone()).recommendations;
    assert_eq!(coded.len(), list.recommendations.len());
    for (coded, recommendation) in coded.iter().zip(&list.recommendations) {
        assert_eq!(coded.recommendation, *recommendation);
        assert_eq!(coded.coding, tagger.code(recommendation.text.as_str()).coding);
    }
}

/// Words that patterns are made of, and what stands between words, in any order.
#[test]
fn any_text_is_tagged_as_the_plain_loop_would() {
    for_each(256, |random| {
        let words = "police|Police|train|trained|of|the|ICC|icc|law|enforcement|women’s|death|penalty";
        let text = random.pieces(24, &[words, AWKWARD].concat()).join(" ");
        let tagger = tagger(
            "a,include,train* <3> {police},,\na,include,(the|) death penalty,,\na,include,law enforcement ICC,,\n\
             b,include,police <~4> ICC <2> of,,\nb,include,women's {police} (of|the),,\nb,include,{police} train*,,",
        );
        agrees_with_the_plain_loop(&tagger, &text, &mut Buffers::default());
        for tag in tagger.code(text.as_str()).coding.tags {
            for evidence in tag.evidence {
                assert!(text.get(evidence.span).is_some_and(|matched| !matched.is_empty()));
            }
        }
    });
}

/// Rules of any make, and several texts one after the other with the buffers of those before.
#[test]
fn any_rules_find_what_the_plain_loop_finds() {
    for_each(256, |random| {
        let gaps = [" ", " ", " <0> ", " <2> ", " <~3> "];
        let parts = [
            ["police", "train*", "tra*", "(the|) law", "(law|law)"],
            ["ICC", "IC*", "women's", "'s", "{police}"],
            ["law* enforcement", "trained, police", "the law of", "(trained|police officer*|of the)", "an"],
        ]
        .concat();
        let words = "police|trained|train|the|law|laws|enforcement|of|ICC|icc|ICCs|women’s|officers|an|,|. The|;|-|’s";
        let part = |random: &mut Random| (random.pick(&gaps), random.pick(&parts));
        let rules = (0..random.between(1, 12))
            .map(|_| (0..random.between(1, 4)).map(|_| part(random)).collect::<Vec<_>>())
            .collect::<Vec<_>>();
        let texts: Vec<String> =
            (0..random.between(1, 4)).map(|_| random.pieces(16, words).join(" ")).collect();
        let pattern = |parts: &Vec<(&str, &str)>| {
            let parts = parts.iter().enumerate();
            parts.map(|(at, (gap, part))| [if at > 0 { gap } else { "" }, part].concat()).collect::<String>()
        };
        // a pattern is there once for an issue
        let patterns: BTreeSet<String> = rules.iter().map(pattern).collect();
        let rows: String = patterns.iter().map(|pattern| format!("a,include,\"{pattern}\",,\n")).collect();
        let tagger = tagger(&rows);
        let mut buffers = Buffers::default();
        for text in texts {
            agrees_with_the_plain_loop(&tagger, &text, &mut buffers);
            let (mut fresh, mut found) = (Buffers::default(), Vec::new());
            tagger.machine().find(&text, &mut fresh.scratch, &mut found);
            assert_eq!(&buffers.found, &found, "buffers that were used before");
        }
    });
}

#[test]
fn no_text_makes_the_core_codebook_fail() {
    for_each(256, |random| {
        let text = random.any_text(200);
        for tag in core().code(text.as_str()).coding.tags {
            assert!(!tag.evidence.is_empty());
            assert!(tag.evidence.iter().all(|evidence| text.get(evidence.span.clone()).is_some()));
        }
    });
}

/// The issues of all codebooks are features, and paired with words are those of the further codebooks alone.
#[test]
fn matches_and_suppressed_matches_are_features() {
    let other = tagger("b,include,ICC,,\nb,exclude-all,court,,").codebook().clone();
    let both = tagger("a,include,police,,").with_features_of(other).expect("a small codebook");
    let hashes = both.rule_hashes();
    let mut buffers = Buffers::default();
    both.find_features("the police and the ICC", &hashes, &mut buffers);
    let features = buffers.model.rules.clone();
    assert_eq!(features.issues, [hashes.issues[0], hashes.issues[3]]);
    assert_eq!((features.paired, features.suppressed), (vec![hashes.issues[3]], vec![]));
    both.find_features("the court, the ICC", &hashes, &mut buffers);
    let features = &buffers.model.rules;
    assert_eq!((features.issues.len(), features.paired.len(), features.rules.len()), (0, 0, 0));
    assert!(
        features.suppressed.contains(&hashes.issues[3]) && features.suppressed.contains(&hashes.rules[1])
    );
}
