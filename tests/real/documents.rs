//! Does it hold on real documents? Reads `../shared/data` beside the project (thematic lists of OHCHR).
//!
//! What is expected was counted in the files by other means: the XML's table cells, line by line.

use std::collections::BTreeSet;
use std::process::Command;
use support::shared;
use upr::read::{Reader, RecommendationList};
use upr::{Position, State};

/// What a thematic list holds. Numbers and positions are counted once for each number of the list.
#[derive(Debug, PartialEq)]
struct Counts {
    numbers: usize,
    supported: usize,
    noted: usize,
    headings: usize,
    themes: usize,
    sdgs: usize,
    persons: usize,
    pairs: usize,
}

fn counts(list: &RecommendationList) -> Counts {
    let mut numbers = BTreeSet::new();
    let mut first = Vec::new();
    for recommendation in &list.recommendations {
        if numbers.insert(recommendation.paragraph.clone()) {
            first.push(recommendation);
        }
    }
    let of = |position| first.iter().filter(|r| r.position() == Some(position)).count();
    let headings: BTreeSet<_> = first.iter().filter_map(|r| r.labels.heading.as_deref()).collect();
    Counts {
        numbers: numbers.len(),
        supported: of(Position::Supported),
        noted: of(Position::Noted),
        headings: headings.len(),
        themes: first.iter().map(|r| r.labels.themes.len()).sum(),
        sdgs: first.iter().map(|r| r.labels.sdgs.len()).sum(),
        persons: first.iter().map(|r| r.labels.affected_persons.len()).sum(),
        pairs: list.account().recommendation_x_state as usize,
    }
}

fn thematic_list(name: &str) -> RecommendationList {
    let list = Reader::new().path(shared(&format!("thematic-lists/{name}"))).expect("a thematic list");
    assert_eq!(list.files[0].form(), "thematic list");
    assert_eq!((list.rejects.len(), list.pledges.len(), list.unresolved().len()), (0, 0, 0));
    assert!(list.account().balances());
    for recommendation in &list.recommendations {
        let id = &recommendation.id;
        assert_eq!(recommendation.state_under_review.as_ref().map(|name| name.iso3()), Some("SVN"));
        assert!(!recommendation.recommending_states.is_empty(), "{id}");
        assert!(recommendation.labels.heading.is_some() && !recommendation.labels.themes.is_empty(), "{id}");
        let text = &recommendation.text;
        let last_bracket = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
        assert!(last_bracket.is_none_or(|(_, name)| State::resolve(name).is_none()), "{id}: {text}");
        assert!(text.starts_with(char::is_alphabetic), "{id}: {text}");
        let stated = recommendation.position.as_ref().and_then(|position| position.stated_in.as_deref());
        let (symbol, paragraph) = stated.expect("a source").split_once(", para. ").expect("a paragraph");
        assert!(symbol.ends_with("/Add.1") && paragraph.parse::<u8>().is_ok(), "{stated:?}");
        let document = recommendation.document.as_deref().expect("the report");
        assert_eq!(format!("{document}/Add.1"), symbol);
    }
    list
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_thematic_list_of_the_second_cycle() {
    let list = thematic_list("slovenia-cycle2.docx");
    let expected = Counts {
        numbers: 163,
        supported: 142,
        noted: 21,
        headings: 32,
        themes: 456,
        sdgs: 0,
        persons: 237,
        pairs: 180,
    };
    assert_eq!(counts(&list), expected);
    assert!(list.recommendations.iter().all(|r| r.session.as_ref().and_then(|s| s.number) == Some(20)));
    // three of its numbers hold two to four recommendations each
    let of =
        |number: &str| list.recommendations.iter().filter(|r| r.paragraph.as_deref() == Some(number)).count();
    assert_eq!((of("115.38"), of("115.124"), of("115.106"), list.recommendations.len()), (3, 4, 2, 169));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_thematic_list_of_the_fourth_cycle() {
    let list = thematic_list("slovenia-cycle4.docx");
    let expected = Counts {
        numbers: 254,
        supported: 217,
        noted: 37,
        headings: 43,
        themes: 676,
        sdgs: 413,
        persons: 609,
        pairs: 262,
    };
    assert_eq!((counts(&list), list.recommendations.len()), (expected, 254));
    assert!(list.recommendations.iter().all(|r| r.session.as_ref().and_then(|s| s.number) == Some(48)));
    assert!(list.recommendations.iter().all(|r| !r.labels.sdgs.is_empty()));
}

/// The report of a review as text.
fn report(name: &str) -> RecommendationList {
    let path = shared(&format!("reports-slovenia/{name}.pdf"));
    let text = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().expect("pdftotext");
    Reader::new().bytes(&format!("{name}.txt"), &text.stdout).expect("a report")
}

/// The report has the recommendations before the State answered, the list its answers: one record of each.
#[test]
#[cfg_attr(not(all(shared_data, pdftotext)), ignore = "needs ../shared/data and the program pdftotext")]
fn a_report_and_the_thematic_list_of_its_review_are_one_record() {
    for (cycle, symbol, recommendations) in [(2, "28_15", 169), (4, "59_15", 254)] {
        let list = thematic_list(&format!("slovenia-cycle{cycle}.docx"));
        let report = report(&format!("cycle{cycle}-report-A_HRC_{symbol}"));
        let one = RecommendationList::join([report.clone(), list.clone()]);
        let other = RecommendationList::join([list.clone(), report.clone()]);
        assert_eq!(one.recommendations.len(), recommendations, "cycle {cycle}");
        assert!(one.account().balances() && one.differing().is_empty() && other.differing().is_empty());
        assert_eq!(one.recommendations, other.recommendations);
        for made in &one.recommendations {
            assert_eq!(made.sources.len(), 2, "{}", made.id);
            let of_list =
                list.recommendations.iter().find(|of_list| of_list.id == made.id).expect("the same id");
            assert_eq!((&made.position, &made.labels), (&of_list.position, &of_list.labels), "{}", made.id);
            // the text is that of the report
            assert!(
                report.recommendations.iter().any(|of_report| of_report.text == made.text),
                "{}",
                made.id
            );
        }
    }
}
