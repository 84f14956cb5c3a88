//! Models from invented examples: trained, saved, loaded, refused, and asked about texts that were made to be awkward.

use super::*;
use crate::codebook::Codebook;
use crate::model::Model;
use crate::random::{AWKWARD, for_each};
use crate::tag::Tagger;
use crate::text::hash::Fnv;
use std::sync::OnceLock;

/// Two issues of the codebook `fixtures/codebook-climate`, in words that its rules do not know; and with the word "swamp"
/// coders who disagree with the rules.
const EXAMPLES: [(&str, &[&str]); 15] = [
    ("Relocate the villages threatened by the sea", &["Climate displacement"]),
    ("Prepare the resettlement of islanders", &["Climate displacement"]),
    ("Move coastal villages before the storms come", &["Climate displacement"]),
    ("Give islanders a new home, such as land on the hills", &["Climate displacement"]),
    ("Help the villages of the coast to move inland", &["Climate displacement"]),
    ("Close the power stations that burn coal", &["Climate action"]),
    ("Put a price on coal and oil", &["Climate action"]),
    ("Plant forests and close coal mines", &["Climate action"]),
    ("Insulate houses, so that they need less oil", &["Climate action"]),
    ("Spend less on oil, and more on the sun", &["Climate action"]),
    ("Close coal mines and move the villages of the miners", &["climate-action", "Climate displacement"]),
    ("Put a price on coal, and resettle islanders with it", &["climate-action", "Climate displacement"]),
    ("Cut emissions where the swamp drowns islanders", &["Climate displacement"]),
    ("Reduce emissions of the swamp beside the villages", &["Climate displacement"]),
    ("Cut the emissions of the swamp, and move the villages", &["Climate displacement"]),
];

fn climate() -> Tagger {
    let codebook = Codebook::load("fixtures/codebook-climate").expect("a fixture");
    Tagger::new(codebook).expect("a small codebook")
}

fn examples() -> Vec<Example> {
    let label = |label: &str| label.replace("climate-action", "Climate action");
    EXAMPLES.map(|(text, labels)| Example::new(text, labels.iter().map(|l| label(l)))).to_vec()
}

fn trained(learner: Learner, examples: &[Example]) -> Model {
    learner.train(&climate(), examples).expect("coded examples")
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| trained(Learner::new(), &examples()))
}

fn learned() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| climate().with_model(model().clone()).expect("a model of this codebook"))
}

/// Tags as `issue: words | words`, what was set aside as `-issue: words, by whom`.
#[track_caller]
fn gives(text: &str, expected: &[&str]) {
    let coding = learned().code(text).coding;
    let shown = |evidence: &crate::coded::Evidence| {
        let model = if evidence.rule.starts_with("model: ") { "~" } else { "" };
        format!("{model}{}", &text[evidence.span.clone()])
    };
    let tags = coding.tags.iter().map(|tag| {
        format!("{}: {}", tag.code, tag.evidence.iter().map(shown).collect::<Vec<_>>().join(" | "))
    });
    let aside = coding.suppressed.iter().map(|s| format!("-{}: {}, {}", s.code, shown(&s.evidence), s.by));
    assert_eq!(tags.chain(aside).collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn a_model_learns_words_and_shows_them() {
    let text = "Close COAL mines";
    let coding = learned().code(text).coding;
    let evidence = &coding.tag("climate-action").expect("the coders said so").evidence[1];
    assert_eq!((&*evidence.rule, &text[evidence.span.clone()]), ("model: coal", "COAL"));
    gives("The islanders?", &["climate-displacement: ~islanders"]);
    gives("", &[]);
    gives("…", &[]);
}

#[test]
fn rules_stay_evidence_and_may_be_overruled() {
    let text = "Reduce emissions: burn less coal and oil";
    let coding = learned().code(text).coding;
    let evidence = &coding.tag("climate-action").expect("by rule and by model").evidence;
    assert_eq!(&text[evidence[0].span.clone()], "Reduce emissions");
    assert!(!evidence[0].rule.starts_with("model"), "the rule comes first");
    assert!(evidence[1].rule.starts_with("model: "), "{evidence:?}");

    let text = "Reduce emissions of the swamp, and help the islanders";
    let coding = learned().code(text).coding;
    assert!(coding.has("climate-displacement") && !coding.has("climate-action"), "{coding:?}");
    let overruled = &coding.suppressed[0];
    assert_eq!((&*overruled.code, &*overruled.by), ("climate-action", "model"));
    assert_eq!(&text[overruled.evidence.span.clone()], "Reduce emissions");
}

#[test]
fn an_issue_without_examples_is_left_to_the_rules() {
    let examples: Vec<Example> =
        examples().into_iter().filter(|example| example.labels == ["Climate displacement"]).collect();
    let tagger = climate().with_model(trained(Learner::new(), &examples)).expect("its codebook");
    let coding = tagger.code("Cut emissions").coding;
    assert!(coding.has("climate-action") && coding.suppressed.is_empty(), "{coding:?}");
}

#[test]
fn the_same_examples_give_the_same_bytes_on_any_number_of_threads() {
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| trained(Learner::new(), &examples()).to_bytes())
    };
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(8));
    let backwards: Vec<Example> = examples().into_iter().rev().collect();
    assert_eq!(one, trained(Learner::new(), &backwards).to_bytes(), "in any order");
    let other = trained(Learner::new().seed(2), &examples());
    assert_eq!((other.labels().len(), other.examples()), (2, 15));
}

#[test]
fn fewer_weights_make_a_smaller_model() {
    let few = trained(Learner::new().weights(5), &examples());
    assert_eq!(few.weights(), 5);
    assert!(few.to_bytes().len() < model().to_bytes().len());
    let none = trained(Learner::new().weights(0), &examples());
    assert_eq!(none.weights(), 0);
    let coding = climate().with_model(none).expect("its codebook").code("Burn no coal").coding;
    assert_eq!(&*coding.tags[0].evidence[0].rule, "model: the whole text");
    assert_eq!(coding.tags[0].evidence[0].span, 0..12);
}

#[test]
fn what_was_saved_is_loaded() {
    let file = std::env::temp_dir().join(format!("upr-learn-{}.model", std::process::id()));
    model().save(&file).expect("a writable folder");
    let loaded = Model::load(&file).expect("what was saved");
    std::fs::remove_file(&file).expect("the file");
    assert_eq!(&loaded, model());
    assert_eq!(loaded.codebooks()[0].name, "climate");
    assert_eq!(loaded.hash(), model().hash());
    assert_ne!(loaded.hash(), trained(Learner::new().weights(9), &examples()).hash());
    let list = crate::read::path("fixtures/usa-2020.csv").expect("a fixture");
    assert_eq!(learned().tag(list).coded_by.model, Some(loaded.hash()));
    assert_eq!(loaded.labels(), ["Climate action", "Climate displacement"]);
}

/// The body with a checksum that fits.
fn sealed(body: &[u8]) -> Vec<u8> {
    [body, &Fnv::new().add(body).value().to_le_bytes()].concat()
}

#[track_caller]
fn refuses(bytes: &[u8], message: &str) {
    let error = Model::from_bytes("a.model", bytes).expect_err("a mistake");
    assert_eq!(error.to_string(), format!("a.model: found {message}"));
}

#[test]
fn what_is_no_model_is_refused_in_plain_words() {
    let whole = model().to_bytes();
    let body = &whole[..whole.len() - 8];
    refuses(b"", "something else, expected a model, which begins with \"uprmodel\"");
    refuses(b"PK\x03\x04 and so on", "something else, expected a model, which begins with \"uprmodel\"");
    refuses(b"uprmodel", "the end of the file, expected a version");
    let changed = |at: usize, byte: u8| {
        let mut body = body.to_vec();
        body[at] = byte;
        body
    };
    refuses(
        &sealed(&changed(8, 9)),
        "a model of version 9, expected version 1; train the model again with this version of upr",
    );
    let damaged = "a checksum that doesn't fit, expected the file as it was saved, whole and unchanged";
    refuses(&whole[..whole.len() - 1], damaged);
    refuses(&changed(40, 0), damaged);
    refuses(&sealed(&body[..13]), "the end of the file, expected a codebook's name");
    refuses(
        &sealed(&changed(13, 0xFF)),
        "bytes that are no UTF-8 for a codebook's name, expected a text in UTF-8",
    );
    refuses(&sealed(&[body, b"more"].concat()), "4 bytes after the last feature, expected the checksum");
    let last = body.len() - 1;
    let message =
        Model::from_bytes("a.model", &sealed(&changed(last, 0))).expect_err("no weight").to_string();
    assert!(message.starts_with("a.model: found weight 0 for label "), "{message}");
    assert!(message.ends_with(", expected labels in rising order below 2, and no weight of 0"), "{message}");
}

#[test]
fn a_model_and_a_codebook_must_belong_together() {
    let error =
        Tagger::new(Codebook::core()).expect("core").with_model(model().clone()).expect_err("another");
    let message = error.to_string();
    assert!(
        message.starts_with("model: found one that was trained with climate 1.0.0 (fnv1a64:"),
        "{message}"
    );
    assert!(message.contains("), expected one for core "), "{message}");
    assert!(
        message.ends_with("; train it again with `cargo run --release --example train -- FILES --out MODEL`"),
        "{message}"
    );
    let other = trained(Learner::new(), &[Example::new("Dance", ["Ballet"])]);
    assert_eq!(
        climate().with_model(other).expect_err("no such issue").to_string(),
        "model: found the label \"Ballet\", expected labels or codes of issues of the codebook climate"
    );
    let twice = [Example::new("Coal", ["Climate action"]), Example::new("Oil", ["climate-action"])];
    let twice = trained(Learner::new(), &twice);
    assert_eq!(
        climate().with_model(twice).expect_err("two labels for one issue").to_string(),
        "model: found \"climate-action\" for climate-action, which has a label, expected one label for each issue"
    );
}

#[test]
fn what_nothing_can_be_learned_from_is_refused() {
    let refuses = |learner: Learner, examples: &[Example], message: &str| {
        let error = learner.train(&climate(), examples).expect_err("nothing to learn");
        assert_eq!(error.to_string(), format!("examples: found {message}"));
    };
    refuses(Learner::new(), &[], "0 labels, expected 1 to 256");
    refuses(
        Learner::new(),
        &[Example::new("Coal", [""])],
        "the label \"\", expected a label of 1 to 1000 bytes",
    );
    refuses(Learner::new().cost(0.0), &examples(), "a cost of 0, expected a number above 0");
    refuses(Learner::new().cost(f32::NAN), &examples(), "a cost of NaN, expected a number above 0");
    let many: Vec<Example> = (0..257).map(|label| Example::new("Coal", [format!("label {label}")])).collect();
    refuses(Learner::new(), &many, "257 labels, expected 1 to 256");
    let error = Learner::new().out_of_fold(&climate(), &examples(), 5).expect_err("one group");
    assert_eq!(
        error.to_string(),
        "examples: found examples in 1 of 5 folds, expected groups in at least two folds"
    );
}

#[test]
fn each_fold_is_labelled_by_a_model_that_has_not_seen_it() {
    // the label is in the group's name alone: nothing can be learned for a group that was not seen
    let states = ["Ghana", "Kenya", "Mali", "Niger", "Togo", "Chad", "Benin", "Gabon"];
    let example = |(at, state): (usize, &&str)| {
        Example::new(format!("Listen to {state}"), [["odd", "even"][at % 2]]).in_group(*state)
    };
    let examples: Vec<Example> = states.iter().enumerate().map(example).collect();
    let given = Learner::new().out_of_fold(&climate(), &examples, 4).expect("several folds");
    for held_out in 0..4 {
        let here: Vec<&Vec<String>> =
            (0..states.len()).filter(|at| fold_of(states[*at], 4) == held_out).map(|at| &given[at]).collect();
        assert!(
            here.windows(2).all(|pair| pair[0] == pair[1]),
            "what was never seen is all the same: {here:?}"
        );
        assert!(here.iter().all(|labels| !labels.is_empty()), "and a text of words has a label");
    }
    assert_eq!(trained(Learner::new(), &examples).labels(), ["even", "odd"]);
}

#[test]
fn lists_are_tagged_as_texts_are() {
    let list = crate::read::path("fixtures/usa-2020.csv").expect("a fixture");
    let coded = learned().tag(list.clone()).recommendations;
    assert_eq!(coded.len(), list.recommendations.len());
    for (coded, recommendation) in coded.iter().zip(&list.recommendations) {
        assert_eq!(coded.coding, learned().code(recommendation.text.as_str()).coding);
    }
}

#[test]
fn the_evidence_of_every_tag_is_in_the_text() {
    for_each(256, |random| {
        let words = "coal|Coal|oil|villages|islanders|move|reduce|emissions|the|women’s|of";
        let text = random.pieces(24, &[words, AWKWARD].concat()).join(" ");
        let coding = learned().code(text.as_str()).coding;
        for tag in &coding.tags {
            assert!(!tag.evidence.is_empty());
            for evidence in &tag.evidence {
                let part = text.get(evidence.span.clone());
                assert!(part.is_some_and(|part| !part.is_empty()), "{evidence:?}");
            }
        }
        assert_eq!(&coding, &learned().code(text.as_str()).coding);
    });
}

/// A file that was changed anywhere, with a checksum that fits, is refused or tags without harm.
#[test]
fn hostile_bytes_do_no_harm() {
    for_each(256, |random| {
        let whole = model().to_bytes();
        let mut body = whole[..whole.len() - 8].to_vec();
        for _ in 0..random.below(4) {
            let at = random.below(body.len());
            body[at] = random.number() as u8;
        }
        if random.yes() {
            body.truncate(random.below(body.len()));
            body.extend(random.list(12, |random| random.number() as u8));
        }
        if let Ok(model) = Model::from_bytes("a.model", &sealed(&body)) {
            assert_eq!(&Model::from_bytes("a.model", &model.to_bytes()).expect("what was written"), &model);
            if let Ok(tagger) = climate().with_model(model) {
                tagger.code("Close the coal mines; move the villages");
            }
        }
        let _ = Model::from_bytes("a.model", &body);
    });
}
