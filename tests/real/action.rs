//! Does the action category agree with UPR Info's coders on States under review that were not seen? Reads UPR Info's
//! export in `../shared/data` beside the project.
//!
//! Every row counts once: a joint recommendation stands in several. `MEASURED.md` has the figures as measured.

use upr::ActionCategory;
use upr::code::{Action, ActionCoder, ActionExample as Example};
use upr::evaluate::Accuracy;
use upr::read::{Reader, RecommendationList};

fn sessions() -> RecommendationList {
    Reader::new().paths(support::sessions()).expect("the export as it comes")
}

fn examples(list: &RecommendationList) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    for recommendation in &list.recommendations {
        let label = recommendation.labels.action.as_ref().expect("UPR Info's rows all have one");
        let example = Example {
            text: &recommendation.text,
            category: label.parse().expect("1 to 5"),
            state_under_review: &recommendation.state_under_review.as_ref().expect("a State").given,
        };
        examples.extend(recommendation.sources.iter().map(|_| example));
    }
    assert_eq!(examples.len(), 26_298);
    examples
}

fn accuracy<'a>(pairs: impl Iterator<Item = (&'a Example<'a>, &'a Action)>) -> Accuracy<ActionCategory> {
    Accuracy::of(pairs.map(|(example, action)| (example.category, Some(action.category))))
}

/// The rules were written with the States of one half in view; the floor is for the other.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_written_rules_hold_on_the_states_they_were_not_written_by() {
    let list = sessions();
    let examples = examples(&list);
    let texts: Vec<&str> = examples.iter().map(|example| example.text).collect();
    let coded = ActionCoder::rules_only().code_all(&texts);
    // bit 32 of the FNV-1a hash of the State's name, as in `examples/train-action.rs`
    let half = |state: &str| support::fnv1a(state) >> 32 & 1;
    for (index, floor) in [(0, 0.917), (1, 0.902)] {
        let pairs = examples.iter().zip(&coded);
        let accuracy = accuracy(pairs.filter(|(example, _)| half(example.state_under_review) == index));
        let found = accuracy.accuracy();
        assert!(found >= floor, "half {}: {found:.4} of {} rows", index + 1, accuracy.recommendations());
    }
}

/// Five folds by State under review, each coded by a model learned from the other four.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[cfg_attr(debug_assertions, ignore = "learns from 26,298 rows: cargo test --release --test real")]
fn rules_and_model_hold_on_states_they_have_not_seen() {
    let list = sessions();
    let examples = examples(&list);
    let coded = ActionCoder::rules_only().out_of_fold(&examples, 5);
    let accuracy = accuracy(examples.iter().zip(&coded));
    let (found, macro_f1) = (accuracy.accuracy(), accuracy.macro_f1());
    println!("accuracy {found:.4}, macro-F1 {macro_f1:.4}");
    assert!(found >= 0.920 && macro_f1 >= 0.923, "accuracy {found:.4}, macro-F1 {macro_f1:.4}");
}

/// The evidence is a part of the text that it was found in, for every real text.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_real_text_has_a_verb_of_its_own() {
    let list = sessions();
    let coder = ActionCoder::new();
    let texts: Vec<&str> = list.recommendations.iter().map(|recommendation| &*recommendation.text).collect();
    let coded = coder.code_all(&texts);
    let without = coded.iter().filter(|action| action.verb.is_none()).count();
    assert!(without * 200 < texts.len(), "{without} of {} texts without a verb", texts.len());
    for (text, action) in texts.iter().zip(&coded) {
        let verb = action.verb.clone().map(|span| text.get(span).is_some_and(|verb| !verb.trim().is_empty()));
        assert_ne!(verb, Some(false), "{text}");
    }
}
