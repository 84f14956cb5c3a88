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

/// The page has what the machine gave, and each decision as it was written, also one that was not applied.
#[test]
fn a_page_of_a_corrected_list_says_who_decided_what() {
    let (_, first) = usa();
    let with =
        |issue: &str| first.recommendations.iter().find(|coded| coded.coding.has(issue)).expect("a tag");
    let made = &with("policing").recommendation;
    let (id, hash) = (&made.id, made.text_hash());
    let file = format!(
        "id,issue,decision,coder,date,note,text_hash\n{id},policing,remove,Ana,'2026-11-01,why,{hash}\n\
         {id},Food,add,Ana,,,\nXXX-1,food,add,Ben,2026-11-02,,t000000000000\npara. 26.178,food,add,Ben,,,\n"
    );
    let corrections = Corrections::read("ana.csv", file.as_bytes()).expect("corrections");
    let corrected = first.clone().correct(&corrections);
    let data = data(&Page::read(&page_of(&corrected)));
    let row = list(&data, "recommendations").iter().find(|row| text(row, "id") == id).expect("a row");
    let issues: Vec<&str> = list(row, "tags")
        .iter()
        .map(|tag| text(&list(&data, "issues")[tag["issue"].as_u64().expect("a place") as usize], "code"))
        .collect();
    let by_machine: Vec<&str> = with("policing").coding.tags.iter().map(|tag| &*tag.code).collect();
    assert_eq!(issues, by_machine);
    assert_eq!(data["coders"], serde_json::json!(["Ana", "Ben"]));
    assert_eq!(data["files"], serde_json::json!(["ana.csv"]));
    assert_eq!(
        data["decisions"],
        serde_json::json!([
            [id, "policing", "remove", 0, "2026-11-01", "why", 0, 0, 2, ""],
            [id, "Food", "add", 0, "", "", "", 0, 3, ""],
            ["XXX-1", "food", "add", 1, "2026-11-02", "", "t000000000000", 0, 4, ""],
            // a page of a part of the list could not tell which recommendation has the paragraph
            ["para. 26.178", "food", "add", 1, "", "", "", 0, 5, "USA-36-26.178"],
        ])
    );
    let names = |code: &str| {
        let issue = list(&data, "issues").iter().find(|issue| text(issue, "code") == code).expect("an issue");
        list(issue, "names").iter().map(|name| name.as_str().expect("a name").to_string()).collect::<Vec<_>>()
    };
    // in English, French and Spanish, as labels are compared
    assert_eq!(names("death-penalty"), ["deathpenalty", "peinedemort", "penademuerte"]);
}

/// As many decisions as there are tags, and then the page is still small.
#[test]
fn a_page_with_a_decision_on_every_tag_stays_small() {
    let (_, coded) = usa();
    let rows = coded.recommendations.iter().flat_map(|coded| {
        let made = &coded.recommendation;
        let row = move |tag: &upr::code::Tag| {
            format!("{},{},confirm,Ana,2026-11-30,,{}\n", made.id, tag.code, made.text_hash())
        };
        coded.coding.tags.iter().map(row)
    });
    let file = std::iter::once("id,issue,decision,coder,date,note,text_hash\n".to_string()).chain(rows);
    let corrections = Corrections::read("ana.csv", file.collect::<String>().as_bytes()).expect("corrections");
    assert!(corrections.len() > 700, "{}", corrections.len());
    let page = page_of(&coded.correct(&corrections));
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}
