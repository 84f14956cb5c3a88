//! Does the action category agree with UPR Info's coders on States under review that were not seen? Reads UPR Info's
//! export in `../shared/data` beside the project.
//!
//! Every row counts once: a joint recommendation stands in several. `MEASURED.md` has the figures as measured.

use upr::ActionCategory;
use upr::code::ActionCoder;
use upr::code::{Example, Learner};
use upr::evaluate::Accuracy;
use upr::read::Reader;

fn examples() -> Vec<Example> {
    let list = Reader::new().rows_apart().paths(support::sessions()).expect("the export as it comes");
    let example = |recommendation: &upr::Recommendation| {
        let label = recommendation.labels.action.clone().expect("UPR Info's rows all have one");
        let state = recommendation.state_under_review.as_ref().expect("a State");
        Example::new(recommendation.text.as_str(), [label]).in_group(&*state.given)
    };
    let examples: Vec<Example> = list.recommendations.iter().map(example).collect();
    assert_eq!(examples.len(), 26_298);
    examples
}

fn accuracy(
    examples: &[Example],
    given: &[ActionCategory],
    wanted: impl Fn(&str) -> bool,
) -> Accuracy<ActionCategory> {
    let category = |example: &Example| example.labels[0].parse().expect("1 to 5");
    let pairs = examples.iter().zip(given).filter(|(example, _)| wanted(&example.group));
    Accuracy::of(pairs.map(|(example, given)| (category(example), Some(*given))))
}

/// The rules were written with the States of half 0 in view: bit 32 of the FNV-1a hash of the State's name.
fn half(state: &str) -> u64 {
    support::fnv1a(state) >> 32 & 1
}

/// The rules were written with the States of one half in view; the lower floor is for the other.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_written_rules_hold_on_the_states_they_were_not_written_by() {
    let examples = examples();
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let coded = ActionCoder::rules_only().code_all(&texts);
    let given: Vec<ActionCategory> = coded.iter().map(|action| action.category).collect();
    for (index, floor) in [(0, 0.917), (1, 0.902)] {
        let accuracy = accuracy(&examples, &given, |state| half(state) == index);
        let found = accuracy.accuracy();
        assert!(found >= floor, "half {}: {found:.4} of {} rows", index + 1, accuracy.recommendations());
    }
}

/// Five folds by State under review, each coded by a model trained on the other four.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[cfg_attr(debug_assertions, ignore = "trains five models: cargo test --release --test real")]
fn rules_and_model_hold_on_states_they_have_not_seen() {
    let examples = examples();
    let given = Learner::new().out_of_fold_actions(&ActionCoder::rules_only(), &examples, 5).expect("folds");
    let given: Vec<ActionCategory> =
        given.iter().map(|labels| labels[0].parse().expect("a category")).collect();
    for index in [0, 1] {
        let accuracy = accuracy(&examples, &given, |state| half(state) == index);
        println!(
            "half {}: accuracy {:.4}, macro-F1 {:.4}, kappa {:.4}",
            index + 1,
            accuracy.accuracy(),
            accuracy.macro_f1(),
            accuracy.kappa().unwrap_or(f64::NAN)
        );
    }
    let accuracy = accuracy(&examples, &given, |_| true);
    let (found, macro_f1) = (accuracy.accuracy(), accuracy.macro_f1());
    println!("accuracy {found:.4}, macro-F1 {macro_f1:.4}");
    for (expected, given, count) in accuracy.iter() {
        println!("coded {expected}, given {given:?}: {count}");
    }
    assert!(found >= 0.918 && macro_f1 >= 0.922, "accuracy {found:.4}, macro-F1 {macro_f1:.4}");
}

/// The evidence is a part of the text that it was found in, for every real text.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_real_text_has_a_verb_of_its_own() {
    let examples = examples();
    let coder = ActionCoder::new();
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let coded = coder.code_all(&texts);
    let without = coded.iter().filter(|action| action.verb.is_none()).count();
    assert!(without * 200 < texts.len(), "{without} of {} texts without a verb", texts.len());
    for (text, action) in texts.iter().zip(&coded) {
        let verb = action.verb.clone().map(|span| text.get(span).is_some_and(|verb| !verb.trim().is_empty()));
        assert_ne!(verb, Some(false), "{text}");
    }
}
