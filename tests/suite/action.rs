//! Do recommendations get the action category that a careful reader would give them, by the verb that decides? The
//! cases are data: `fixtures/action/cases.csv`.

use proptest::prelude::*;
use std::sync::LazyLock;
use support::{fixture, scratch};
use upr::ActionCategory;
use upr::code::{ActionCoder, Example, Learner, Model};

struct Case {
    row: usize,
    text: String,
    category: ActionCategory,
    verb: String,
}

fn cases() -> Vec<Case> {
    let mut reader = csv::Reader::from_path(fixture("action/cases.csv")).expect("the cases");
    assert_eq!(reader.headers().expect("a header"), &["text", "category", "verb", "note"][..]);
    let rows = reader.records().map(|row| row.expect("a row of four cells")).enumerate();
    let case = |(index, row): (usize, csv::StringRecord)| Case {
        row: index + 2,
        text: row[0].to_string(),
        category: row[1].parse().expect("a category"),
        verb: row[2].to_string(),
    };
    rows.map(case).collect()
}

#[test]
fn the_written_rules_decide_every_case_as_it_says() {
    let coder = ActionCoder::rules_only();
    let mut wrong = Vec::new();
    for Case { row, text, category, verb } in cases() {
        let action = coder.code(&text);
        let found = action.verb.clone().map_or("", |span| &text[span]);
        if action.category != category || found != verb {
            wrong.push(format!(
                "row {row}: {} by {found:?}, expected {category} by {verb:?}: {text}",
                action.category
            ));
        }
        assert_eq!(action.by_rule, action.category);
        assert_eq!((action.decided_by() == "no_verb"), action.rule.is_none());
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_category_has_its_cases() {
    for &category in ActionCategory::ALL {
        assert!(cases().iter().filter(|case| case.category == category).count() >= 7, "{category}");
    }
}

/// Where the model overrules the rules, it says so and keeps what they said.
#[test]
fn the_model_is_told_from_the_rules() {
    let (coder, rules) = (ActionCoder::new(), ActionCoder::rules_only());
    let mut agree = 0;
    for case in cases() {
        let (action, ruled) = (coder.code(&case.text), rules.code(&case.text));
        assert_eq!((action.by_rule, &action.rule), (ruled.category, &ruled.rule));
        assert_eq!((action.decided_by() == "model"), action.category != ruled.category, "{}", case.text);
        if action.decided_by() == "rule" {
            assert_eq!(action.verb, ruled.verb, "{}", case.text);
        }
        agree += usize::from(action.category == case.category);
    }
    assert!(agree * 100 >= cases().len() * 90, "{agree} of {}", cases().len());
}

/// Fails when the verbs were changed and the model was not trained again: `cargo run --release --example train --
/// ../shared/data/upr-info/sessions-*.csv --actions --out src/action/action.model`.
#[test]
fn the_bundled_model_fits_the_verbs() {
    let coder = ActionCoder::new();
    let model = coder.model().expect("src/action/action.model was trained with other verbs; train it again");
    assert!(model.to_bytes().len() < 400_000, "a small file");
}

fn examples() -> Vec<Example> {
    let states = ["Kenya", "Fiji", "Peru", "Malta", "Nepal"];
    let cases = cases().into_iter().enumerate();
    let example = |(index, case): (usize, Case)| {
        Example::new(case.text, [case.category.to_string()]).in_group(states[index % states.len()])
    };
    cases.map(example).collect()
}

fn train(examples: &[Example]) -> Model {
    Learner::new().train_actions(&ActionCoder::rules_only(), examples).expect("coded examples")
}

#[test]
fn training_gives_the_same_model_and_outlives_saving() {
    let examples = examples();
    let model = train(&examples);
    assert_eq!(model, train(&examples));
    let mut turned = examples.clone();
    turned.reverse();
    assert_eq!(model, train(&turned), "in any order");
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(model, alone.install(|| train(&examples)));

    let path = scratch("action-model").join("mine.model");
    model.save(&path).expect("saved");
    let saved =
        ActionCoder::rules_only().with_model(Model::load(&path).expect("what was saved")).expect("fits");
    assert_eq!(saved.model(), Some(&model));
    let coder = ActionCoder::rules_only().with_model(model).expect("fits");
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    assert_eq!(saved.code_all(&texts), coder.code_all(&texts));
    assert_eq!(saved.code(texts[3]), saved.code_all(&texts)[3]);
}

/// A row whose category its own State alone would teach is not learned from that State.
#[test]
fn a_fold_never_sees_its_own_states() {
    let example = |text, category, state| Example::new(text, [category]).in_group(state);
    let mut examples = vec![example("Zigzag the dunes", "minimal", "Fiji"); 5];
    examples.extend(vec![example("Ratify the Convention", "specific", "Peru"); 5]);
    let coder = ActionCoder::rules_only();
    let trained = coder.clone().with_model(train(&examples)).expect("fits");
    assert_eq!(trained.code("Zigzag the dunes").category, ActionCategory::Minimal);
    let judged = Learner::new().out_of_fold_actions(&coder, &examples, 4).expect("two folds");
    assert_eq!(judged.len(), 10);
    assert!(judged[..5].iter().all(|labels| labels != &["minimal"]));
}

#[track_caller]
fn refused(table: &str, expected: &str) {
    let path = scratch("action-verbs").join("verbs.csv");
    std::fs::write(&path, table).expect("written");
    let error = ActionCoder::load(&path).expect_err("a mistake");
    assert_eq!(error.to_string().replace(&path.display().to_string(), "verbs.csv"), expected);
}

#[test]
fn mistakes_in_verbs_are_told_with_their_place() {
    let columns = "the columns \"verb\", \"category\", \"noun\", \"object\" and \"note\"";
    refused("", &format!("verbs.csv: found an empty file, expected {columns}"));
    refused("verb,noun\n", &format!("verbs.csv, line 1: found no column \"category\", expected {columns}"));
    refused("verb,level\n", &format!("verbs.csv, line 1: found the column \"level\", expected {columns}"));
    refused(
        "verb,verb,category\n",
        &format!("verbs.csv, line 1: found the column \"verb\" twice, expected {columns}"),
    );
    refused("verb,category\n", "verbs.csv: found no verb, expected a row for each verb");
    refused(
        "verb,category\nadopt,5\n,4\n",
        "verbs.csv, line 3, column verb: found an empty cell, expected a verb in its base form, such as \"adopt\"",
    );
    refused(
        "verb,category\nadopt,\n",
        "verbs.csv, line 2, column category: found an empty cell, expected 1, 2, 3, 4, 5 or next",
    );
    refused(
        "verb,category\nadopt,0\n",
        "verbs.csv, line 2, column category: found \"0\", expected 1, 2, 3, 4, 5 or next",
    );
    refused(
        "verb,category\nadopt,5\nask,1\nAdopt,4\n",
        "verbs.csv, line 4, column verb: found \"Adopt\" again (first in line 2), expected a verb that is used once \
         for an object",
    );
    refused(
        "verb,noun,category\nadopt,the adoption,5\n",
        "verbs.csv, line 2, column noun: found \"the adoption\", expected one word, such as \"adoption\"",
    );
    refused(
        "verb,object,category\nadopt,measure*|le*s,5\n",
        "verbs.csv, line 2, column object: found \"le*s\", expected words, with a * only at their end, separated by |",
    );
    refused("verb,category\nadopt\n", "verbs.csv, line 2: found 1 field, expected 2 as in the header");
    let missing = ActionCoder::load(fixture("action/none.csv")).expect_err("no file");
    assert!(missing.to_string().ends_with("none.csv: cannot be read"), "{missing}");
}

#[test]
fn mistakes_in_models_and_examples_are_reported() {
    let refused =
        |model: Model| ActionCoder::rules_only().with_model(model).expect_err("a mistake").to_string();
    let own = ActionCoder::load(fixture("action/own-verbs.csv")).expect("verbs");
    let error = refused(Learner::new().train_actions(&own, &examples()).expect("coded examples"));
    assert!(error.starts_with("model: found one that was trained with action verbs 1 (fnv1a64:"), "{error}");
    assert!(error.contains("), expected one for action verbs 1 (fnv1a64:"), "{error}");
    assert!(error.ends_with(
        "; train it again with `cargo run --release --example train -- FILES --actions --out MODEL`"
    ));
    let of_issues = upr::Tagger::upr_info().expect("bundled").model().cloned().expect("bundled");
    assert!(refused(of_issues).starts_with("model: found one that was trained with upr-info "));

    let untrained = |labels: &[&str]| {
        let examples = [Example::new("Plant trees", labels.iter().copied())];
        let error = Learner::new().train_actions(&ActionCoder::rules_only(), &examples);
        error.expect_err("a mistake").to_string()
    };
    assert_eq!(untrained(&[]), "examples: found 0 action categories of \"Plant trees\", expected one");
    assert_eq!(
        untrained(&["1", "2"]),
        "examples: found 2 action categories of \"Plant trees\", expected one"
    );
    assert_eq!(untrained(&["6"]), "action category: found \"6\", expected a number from 1 to 5, or its name");
}

#[test]
fn an_action_outlives_json() {
    let action = ActionCoder::new().code("Consider a moratorium");
    let json = serde_json::to_string(&action).expect("json");
    assert_eq!(serde_json::from_str::<upr::code::Action>(&json).expect("an action"), action);
    let error = "six".parse::<ActionCategory>().expect_err("no category").to_string();
    assert_eq!(error, "action category: found \"six\", expected a number from 1 to 5, or its name");
}

/// Words that the rules know, so that chance puts them together in ways nobody thought of.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "continue",
        "and",
        "Ratify",
        ",",
        "by",
        "adopting",
        "measures",
        "the",
        "including",
        "through",
        "take",
        "steps",
        "to",
        ".",
        "put",
        "an",
        "end",
        "fully",
        "In",
        "line",
        "with",
        "é",
        "’s",
        "(",
        "recommended",
        "that",
        "be",
        "abolished",
        "re-examine",
        "\u{301}",
        "İ",
        "国",
        "-",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(word, 0..30).prop_map(|words| words.join(" ")),]
}

proptest! {
    #[test]
    fn any_text_is_coded_with_a_span_of_itself(text in text()) {
        static CODERS: LazyLock<[ActionCoder; 2]> = LazyLock::new(|| [ActionCoder::new(), ActionCoder::rules_only()]);
        for coder in &*CODERS {
            let action = coder.code(&text);
            let verb = action.verb.clone().map(|span| text.get(span));
            prop_assert!(verb != Some(None) && verb != Some(Some("")), "{:?}", action);
            prop_assert_eq!(action.verb.is_none() && action.rule.is_some(), false);
            prop_assert_eq!(&action, &coder.code(&text));
        }
    }
}
