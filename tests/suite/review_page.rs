//! Is what the review in the page starts from right: ids, hashes, tags, evidence, definitions, words in the page's
//! language? What a browser makes of it is tested in `tests/browser`.

use crate::page::Page;
use serde_json::Value;
use std::collections::BTreeSet;
use support::{fixture, usa};
use upr::code::Corrections;
use upr::count::Grouping;
use upr::export::page as page_of;
use upr::read::Reader;
use upr::{Aspect, Codebook, CodedList, Language, Tagger};

fn data(page: &Page) -> Value {
    serde_json::from_str(&page.by_id("page-data").text).expect("JSON")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().expect(key)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The part of a text between two places of JavaScript's strings.
fn units(text: &str, from: &Value, to: &Value) -> String {
    let [from, to] = [from, to].map(|at| at.as_u64().expect("a place") as usize);
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[from..to]).expect("whole characters")
}

/// Every tag is there with its evidence, at the place where the table of the page shows it.
#[track_caller]
fn holds(coded: &CodedList) {
    let page = Page::read(&page_of(coded));
    let data = data(&page);
    let (issues, rules) = (list(&data, "issues"), list(&data, "rules"));
    let rows = list(&data, "recommendations");
    assert_eq!(rows.len(), coded.recommendations.len());
    let texts: Vec<&String> = page
        .named("td")
        .filter(|cell| cell.attributes.get("class").is_some_and(|class| class == "text"))
        .map(|cell| &cell.text)
        .collect();
    for ((coded, row), shown) in coded.recommendations.iter().zip(rows).zip(texts) {
        let made = &coded.recommendation;
        assert_eq!(text(row, "id"), made.id);
        assert_eq!(text(row, "text_hash"), made.text_hash());
        let tags = list(row, "tags");
        assert_eq!(tags.len(), coded.coding.tags.len());
        for (tag, written) in coded.coding.tags.iter().zip(tags) {
            let issue = &issues[written["issue"].as_u64().expect("a place") as usize];
            assert_eq!(text(issue, "code"), &*tag.code);
            // the status `machine` is not written
            assert_eq!(written["status"], Value::Null);
            let found = list(written, "evidence");
            assert_eq!(found.len(), tag.evidence.len());
            for (evidence, found) in tag.evidence.iter().zip(found) {
                let rule = found[0].as_u64().expect("a place") as usize;
                assert_eq!(rules[rule].as_str(), Some(&*evidence.rule));
                assert_eq!(units(shown, &found[1], &found[2]), made.text[evidence.span.clone()]);
            }
        }
    }
}

#[test]
fn the_bundled_list() {
    let (tagger, coded) = usa();
    holds(&coded);
    let data = data(&Page::read(&page_of(&coded)));
    let issues = list(&data, "issues");
    assert_eq!(issues.len(), tagger.codebook().issues().len());
    for (issue, written) in tagger.codebook().issues().iter().zip(issues) {
        let known = [&*issue.code, &issue.label, &issue.definition];
        assert_eq!(["code", "label", "definition"].map(|key| text(written, key)), known);
        assert!(!issue.definition.is_empty());
    }
}

/// Places are counted as the browser counts them, also behind signs that the page shows as others.
#[test]
fn evidence_behind_any_signs() {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    let mut coded = tagger.tag(Reader::new().bytes("list.csv", b"text\nPlan\n").expect("a list"));
    let made = coded.recommendations[0].clone();
    for before in ["", "😀 Côte d’Ivoire ", "\u{1FFFE}\u{FFFE}", "a\r\nb\t", "\u{85}\u{7}"] {
        let mut made = made.clone();
        made.recommendation.text = format!("{before}cut emissions");
        made.coding = tagger.code(&*made.recommendation.text).coding;
        assert_eq!(made.coding.tags.len(), 1, "{before:?}");
        coded.recommendations.push(made);
    }
    holds(&coded);
}

/// Two lists do not share what a browser stores; the same list does, whatever the page's language.
#[test]
fn the_name_of_a_list_is_its_own() {
    let name = |coded: &CodedList| text(&data(&Page::read(&page_of(coded))), "list").to_string();
    let (_, coded) = usa();
    assert_eq!(name(&coded), name(&coded.clone()));
    let read = || upr::read::path(fixture("usa-2020.csv")).expect("a list");
    let french = Tagger::core().in_language(Language::French);
    assert_eq!(name(&Tagger::core().tag(read())), name(&french.tag(read())));
    let mut other = coded.clone();
    other.recommendations[0].recommendation.text += " now";
    assert_ne!(name(&coded), name(&other));
    let mut fewer = coded.clone();
    fewer.recommendations.pop();
    assert_ne!(name(&coded), name(&fewer));
}

/// No word of the script is English on a page in another language.
#[test]
fn the_script_speaks_french_and_spanish() {
    let words = |language| {
        let tagger = Tagger::core().in_language(language);
        let coded = tagger.tag(upr::read::path(fixture("climate-list.csv")).expect("a list"));
        data(&Page::read(&page_of(&coded)))["words"].as_object().expect("words").clone()
    };
    let english = words(Language::English);
    for language in [Language::French, Language::Spanish] {
        let translated = words(language);
        assert_eq!(translated.len(), english.len());
        // the same word in French
        let same: BTreeSet<&str> = english
            .iter()
            .filter(|(key, words)| translated[*key] == **words)
            .map(|(key, _)| key.as_str())
            .collect();
        let expected: &[&str] = if language == Language::French { &["machine"] } else { &[] };
        assert_eq!(same.into_iter().collect::<Vec<_>>(), expected, "{language}");
        for (key, words) in &english {
            let numbers = |words: &Value| words.as_str().expect("words").matches('#').count();
            assert_eq!(numbers(words), numbers(&translated[key]), "{key}");
        }
    }
}

/// Groups of a grouping are no issues that a correction could name.
#[test]
fn a_grouped_list_is_not_reviewed() {
    let (_, coded) = usa();
    assert!(page_of(&coded).contains("id=\"review-open\""));
    let stages = Grouping::bundled("five-stages", &Codebook::core()).expect("a grouping");
    let page = page_of(&stages.regroup(&coded).expect("groups"));
    assert!(!page.contains("id=\"review-open\"") && !page.contains("id=\"review\""));
    assert_eq!(list(&data(&Page::read(&page)), "recommendations"), [] as [Value; 0]);
}

/// With all that can be coded, a page of some 350 recommendations stays small.
#[test]
fn the_page_stays_small() {
    let tagger = Tagger::core().with_aspects(Aspect::bundled()).expect("aspects");
    for language in [Language::English, Language::French, Language::Spanish] {
        let tagger = tagger.clone().in_language(language);
        let page = page_of(&tagger.tag(upr::read::path(fixture("usa-2020.csv")).expect("the bundled list")));
        assert!(page.len() < 1_000_000, "{language}: {} bytes", page.len());
    }
}

#[test]
fn corrections_that_were_applied_are_where_the_review_begins() {
    let (_, first) = usa();
    let with =
        |issue: &str| first.recommendations.iter().find(|coded| coded.coding.has(issue)).expect("a tag");
    let (removed, confirmed) = (with("policing"), with("death-penalty"));
    let [taken, kept] = [removed, confirmed].map(|coded| coded.recommendation.id.clone());
    let file = format!(
        "id,issue,decision,coder\n{taken},policing,remove,Ana\n{kept},death-penalty,confirm,Ana\n{taken},food,add,Ana\n"
    );
    let corrected =
        first.clone().correct(&Corrections::read("ana.csv", file.as_bytes()).expect("corrections"));
    let data = data(&Page::read(&page_of(&corrected)));
    let statuses = |id: &str| -> Vec<(String, String)> {
        let row = list(&data, "recommendations").iter().find(|row| text(row, "id") == id).expect("a row");
        let tags = list(row, "tags").iter().filter(|tag| !tag["status"].is_null());
        let issue =
            |tag: &Value| list(&data, "issues")[tag["issue"].as_u64().expect("a place") as usize].clone();
        tags.map(|tag| (text(&issue(tag), "code").to_string(), text(tag, "status").to_string())).collect()
    };
    let pair = |issue: &str, status: &str| (issue.to_string(), status.to_string());
    assert_eq!(statuses(&taken), [pair("food", "added"), pair("policing", "removed")]);
    assert_eq!(statuses(&kept), [pair("death-penalty", "confirmed")]);
}
