//! Targets for what is made of a list: filters, the export, counts, groups and statistics.
//!
//! What must hold: nothing that a file can hold breaks a table; what was written is read again as it was; no cell begins
//! as a formula.

use super::coding::{climate, scratch};
use super::{parts, reading, text};
use std::sync::OnceLock;
use upr::code::ActionCoder;
use upr::compare::{Profile, across_cycles, same_asks, same_asks_over_reviews};
use upr::count::{Filter, by_theme};
use upr::export::{self, JsonOptions, unguarded};
use upr::statistics::Options;
use upr::{Aspect, Codebook, CodedList, Dimension, StoredList, Tagger, Tally, Unit};

fn core() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new(Codebook::core()).expect("the bundled codebook"))
}

/// A table, tagged with the small codebook, its aspects and its action categories.
fn coded(bytes: &[u8]) -> Option<(&'static Tagger, CodedList)> {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    let tagger = TAGGER.get_or_init(|| {
        let tagger = Tagger::new(climate()).and_then(|tagger| tagger.with_aspects(Aspect::bundled()));
        tagger.expect("what is bundled").with_actions(ActionCoder::rules_only())
    });
    Some((tagger, tagger.tag(reading::list(bytes)?)))
}

/// A filter as text, over a small list.
pub fn filter(bytes: &[u8]) {
    static LIST: OnceLock<CodedList> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let text = include_bytes!("../../../fixtures/two-cycles.csv");
        core().tag(upr::read::Reader::new().bytes("a.csv", text).expect("a fixture"))
    });
    let wanted = text(&mut parts(bytes));
    let Ok(filter) = Filter::parse(&wanted) else { return };
    let again = Filter::parse(&filter.to_string()).expect("a filter is written as it is read");
    assert_eq!(filter, again, "{wanted:?}");
    if let Ok(selected) = list.filter(&filter) {
        assert!(selected.iter().all(|coded| filter.matches(coded)));
        let left_out = list.recommendations.iter().filter(|coded| !filter.matches(coded)).count();
        assert_eq!(selected.len() + left_out, list.recommendations.len());
    }
}

/// A list is written as a folder and as JSON, and read back.
pub fn export(bytes: &[u8]) {
    let Some((tagger, coded)) = coded(bytes) else { return };
    let folder = scratch().join("export");
    let files = export::folder(&folder, &coded).expect("a writable folder");
    for file in files.iter().filter(|file| file.ends_with(".csv")) {
        let bytes = std::fs::read(folder.join(file)).expect("a table");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut table = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let headers = table.headers().expect("a header").clone();
        let at = |name: &str| headers.iter().position(|header| header == name);
        let rows: Vec<csv::StringRecord> =
            table.records().map(|row| row.expect("a row as long as its header")).collect();
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{file}: {cell:?} would run");
        }
        if let (Some(text), "recommendations.csv") = (at("text"), file.as_str()) {
            assert_eq!(rows.len(), coded.recommendations.len());
            for (row, coded) in rows.iter().zip(&coded.recommendations) {
                assert_eq!(unguarded(&row[text]), coded.recommendation.text);
            }
        }
    }
    std::fs::remove_dir_all(&folder).ok();
    let mut written = Vec::new();
    export::json(&mut written, &coded, &JsonOptions::default()).expect("room in memory");
    let value: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
    let texts = value["recommendations"].as_array().expect("a list");
    assert_eq!(texts.len(), coded.recommendations.len());
    for (value, coded) in texts.iter().zip(&coded.recommendations) {
        assert_eq!(value["recommendation"]["text"].as_str(), Some(coded.recommendation.text.as_str()));
    }
    let kept: StoredList =
        serde_json::from_slice(&serde_json::to_vec(&coded).expect("JSON")).expect("a list");
    assert_eq!(kept.with(tagger.codebooks().clone()).expect("its codebooks"), coded);
}

/// A list is counted, grouped and compared in every way.
pub fn statistics(bytes: &[u8]) {
    let Some((_, coded)) = coded(bytes) else { return };
    let list = &coded.recommendations;
    let pairs: u64 = list.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
    let tally = Tally::of(&coded, &[Dimension::Issue, Dimension::RecommendingState, Dimension::Position]);
    assert_eq!(tally.total().of(Unit::Recommendations), list.len() as u64);
    assert_eq!(tally.total().of(Unit::RecommendationXState), pairs);
    let cells: u64 = Tally::of(&coded, &[Dimension::RecommendingState])
        .iter()
        .map(|(_, count)| count.of(Unit::RecommendationXState))
        .sum();
    assert_eq!(cells, pairs, "the pairs of the States add up to the list's");
    let themes = by_theme(&coded);
    let grouped: usize =
        themes.iter().flat_map(|theme| &theme.groups).map(|issue| issue.recommendations.len()).sum();
    let tagged: usize = list.iter().map(|coded| coded.coding.tags.len()).sum();
    assert!(grouped >= tagged, "{grouped} in groups, {tagged} tags");
    for groups in [same_asks(&coded), same_asks_over_reviews(&coded)] {
        let members: usize = groups.iter().map(|ask| ask.members.len()).sum();
        assert_eq!(members, list.len(), "each is in one group");
    }
    let _ = across_cycles(&coded).len();
    for name in list.iter().filter_map(|coded| coded.recommendation.state_under_review.as_ref()).take(2) {
        Profile::of(&coded, name.name(), &Options::default()).expect("a State of the list");
    }
    let folder = scratch().join("statistics");
    export::statistics(&folder, &coded).expect("a writable folder");
    std::fs::remove_dir_all(&folder).ok();
}

/// A list is shown as a page: whatever its texts hold, they open no element.
pub fn report_page(bytes: &[u8]) {
    let Some((_, coded)) = coded(bytes) else { return };
    let page = export::page(&coded);
    // after it stands the comment by which an unchanged page is known
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>\n<!--") && page.ends_with("-->\n"));
    // the data that the review reads are a script element of their own
    for (element, times) in [("script", 2), ("style", 1), ("html", 1), ("main", 1)] {
        for tag in [format!("<{element}"), format!("</{element}")] {
            assert_eq!(page.matches(&tag).count(), times, "{tag}");
        }
    }
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "a control character");
}
