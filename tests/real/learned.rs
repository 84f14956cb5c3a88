//! The model that comes with the crate, and how well one like it codes States under review that it hasn't seen.
//!
//! The agreement is measured on UPR Info's export in `../shared/data`; the test
//! runs with `cargo test --release` only, since it trains five models.

use upr::code::{Example, Learner};
use upr::evaluate::Agreement;
use upr::read::Reader;
use upr::{Codebook, Tagger};

#[test]
fn the_bundled_model_belongs_to_the_bundled_codebook() {
    if let Err(error) = Tagger::upr_info() {
        panic!(
            "{error}\n\nThe codebook upr-info or core has changed. Train its model again:\n\n    cargo run --release --example \
             train -- ../shared/data/upr-info/sessions-*.csv --out src/model/upr-info.model\n"
        );
    }
    let tagger = Tagger::upr_info().expect("as above");
    let model = tagger.model().expect("it has one");
    assert_eq!((model.labels().len(), model.examples()), (54, 26_298));
    assert!(model.to_bytes().len() < 2_000_000, "the size that a model may have");
}

#[test]
fn tags_by_the_bundled_model_have_evidence_in_the_text() {
    let tagger = Tagger::upr_info().expect("the test above says what to do");
    let list = upr::read::path(support::fixture("usa-2020.csv")).expect("a fixture");
    for coded in tagger.tag(list).recommendations {
        let text = &coded.recommendation.text;
        assert!(!coded.coding.tags.is_empty(), "UPR Info leaves no recommendation without an issue: {text}");
        for evidence in coded.coding.tags.iter().flat_map(|tag| &tag.evidence) {
            assert!(text.get(evidence.span.clone()).is_some_and(|part| !part.is_empty()), "{evidence:?}");
        }
    }
}

fn examples() -> Vec<Example> {
    let list = Reader::new().rows_apart().paths(support::sessions()).expect("the export as it comes");
    let examples = list.recommendations.iter().map(|recommendation| {
        let state = recommendation.state_under_review.as_ref().map(|state| state.to_string());
        Example::new(recommendation.text.as_str(), &recommendation.labels.issues)
            .in_group(state.unwrap_or_default())
    });
    examples.collect()
}

/// The floor is a little below the figures in `MEASURED.md`, since rules may change without the model.
#[test]
#[cfg_attr(debug_assertions, ignore = "trains five models: cargo test --release --test real")]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_model_codes_states_that_it_has_not_seen() {
    let examples = examples();
    assert_eq!(examples.len(), 26_298);
    let tagger = Tagger::new(Codebook::upr_info()).expect("the bundled codebook");
    let tagger = tagger.with_features_of(Codebook::core()).expect("the bundled codebook");
    let given = Learner::new().out_of_fold(&tagger, &examples, 5).expect("130 States in five folds");
    let agreement = Agreement::of(examples.iter().map(|example| &example.labels).zip(&given));
    let (micro, macro_average) = (agreement.micro().f1, agreement.macro_average().f1);
    println!("micro-F1 {micro:.4}, macro-F1 {macro_average:.4}, exact match {:.4}", agreement.exact_match());
    for (label, on) in agreement.labels().filter(|(_, on)| on.support > 50) {
        assert!(on.f1 >= 0.5, "{label}: F1 {:.3} of {}", on.f1, on.support);
    }
    assert!(micro >= 0.914 && macro_average >= 0.877, "micro-F1 {micro:.4}, macro-F1 {macro_average:.4}");
}
