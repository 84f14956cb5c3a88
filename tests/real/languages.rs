//! Is the language of real texts told? UPR Info's export is in English; the other texts are the same recommendations in the
//! six languages of the UN. `MEASURED.md` has the figures.

use std::collections::BTreeMap;
use support::shared;
use upr::Language;
use upr::read::Reader;

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn english_is_taken_for_no_other_language() {
    let list = Reader::new().paths(support::sessions()).expect("the export as it comes");
    let mut told: BTreeMap<Option<Language>, usize> = BTreeMap::new();
    for made in &list.recommendations {
        *told.entry(Language::of(&made.text)).or_default() += 1;
        // a text that does not tell has the language of its review
        assert_eq!(made.language, Some(Language::English), "{}", made.text);
    }
    println!("languages of UPR Info's texts: {told:?}");
    assert!(told.keys().all(|language| language.is_none_or(|language| language == Language::English)));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn six_languages() {
    let text =
        std::fs::read_to_string(shared("languages/recommendations-six-languages.jsonl")).expect("the texts");
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut texts, mut not_told) = (0, 0);
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        for language in ["en", "fr", "es", "ar", "ru", "zh"] {
            let Some(text) = record[language].as_str() else { continue };
            texts += 1;
            match Language::of(text) {
                Some(told) if told.as_str() == language => {}
                Some(_) => wrong.entry(language).or_default().push(text.to_string()),
                None => not_told += 1,
            }
        }
    }
    println!("languages: {texts} texts, {not_told} not told, wrong {wrong:?}");
    // one text of the Russian column is French
    assert!(texts > 1_200 && not_told <= 2 && wrong.values().map(Vec::len).sum::<usize>() <= 1, "{wrong:?}");
}
