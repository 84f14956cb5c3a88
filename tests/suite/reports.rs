//! Are reports of the Working Group read as a careful reader would? The reports in `fixtures/reports` are invented;
//! what must come out of them stands in `expected.csv` beside them.

use proptest::prelude::*;
use support::fixture;
use upr::read::{Reader, RecommendationList};

fn read(file: &str) -> RecommendationList {
    Reader::new().document("A/HRC/48/99").session("30").path(fixture("reports").join(file)).expect("a report")
}

/// A line of `expected.csv` for each recommendation.
fn found(list: &RecommendationList, file: &str) -> Vec<Vec<String>> {
    let row = |made: &upr::Recommendation| {
        let states = made.recommending_states.iter();
        let states: Vec<&str> =
            states.map(|name| name.state.map_or(&*name.given, |state| state.iso3)).collect();
        let position = made.position().map_or("", |position| position.as_str());
        let paragraph = made.paragraph.clone().unwrap_or_default();
        vec![file.to_string(), paragraph, states.join(";"), position.to_string(), made.text.clone()]
    };
    list.recommendations.iter().map(row).collect()
}

#[test]
fn every_report_is_read_as_its_lines_say() {
    let mut table = csv::Reader::from_path(fixture("reports/expected.csv")).expect("expectations");
    let expected: Vec<Vec<String>> =
        table.records().map(|row| row.expect("a row").iter().map(str::to_string).collect()).collect();
    let mut all = Vec::new();
    for file in ["first-cycle.txt", "second-cycle.txt", "silent-on-symbol.txt"] {
        let list = read(file);
        assert_eq!(list.files[0].form(), "report", "{file}");
        assert!(list.account().balances(), "{file}: {:?}", list.account());
        all.extend(found(&list, file));
    }
    for (found, expected) in all.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(all.len(), expected.len());
}

/// Each line of `sections.csv` is a small section of conclusions, with what must come out of it.
#[test]
fn every_section_is_read_as_its_line_says() {
    let mut table = csv::Reader::from_path(fixture("reports/sections.csv")).expect("sections");
    for row in table.records() {
        let row = row.expect("a row");
        let (note, dialogue, section, expected) = (&row[0], &row[1], &row[2], &row[3]);
        let text = format!("Report of the Working Group\nMalta\n{dialogue}\nII. {CONCLUSIONS}\n{section}");
        let text = text.replace("<page>\n", "\u{c}");
        let list = Reader::new().bytes("report.txt", text.as_bytes()).expect("a report");
        assert!(list.account().balances(), "{note}: {:?}", list.account());
        let mut lines: Vec<String> = Vec::new();
        for made in &list.recommendations {
            let states = made.recommending_states.iter();
            let states: Vec<&str> =
                states.map(|name| name.state.map_or(&*name.given, |state| state.iso3)).collect();
            let states = if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) };
            let position =
                made.position().map_or(String::new(), |position| format!(" {}", position.as_str()));
            let paragraph = made.paragraph.as_deref().unwrap_or_default();
            assert_eq!(made.state_under_review.as_ref().map(|name| name.iso3()), Some("MLT"), "{note}");
            lines.push(format!("{paragraph}{position}: {}{states}", made.text));
        }
        lines.extend(list.rejects.iter().map(|reject| format!("reject: {} [{}]", reject.reason, reject.raw)));
        assert_eq!(lines.join("\n"), expected, "{note}");
    }
}

#[test]
fn a_report_says_what_it_is_about() {
    for (file, iso3, session, cycle, document) in [
        ("first-cycle.txt", "TUV", 4, 1, "A/HRC/11/98"),
        ("second-cycle.txt", "MDA", 13, 2, "A/HRC/20/77"),
        // it gives no symbol, and so the reader's stands; its session is its own
        ("silent-on-symbol.txt", "MLT", 31, 3, "A/HRC/48/99"),
    ] {
        let list = read(file);
        for made in &list.recommendations {
            assert_eq!(made.state_under_review.as_ref().map(|name| name.iso3()), Some(iso3), "{file}");
            assert_eq!(made.session.as_ref().and_then(|session| session.number), Some(session), "{file}");
            assert_eq!((made.cycle(), made.document.as_deref()), (Some(cycle), Some(document)), "{file}");
        }
    }
}

#[test]
fn positions_are_given_in_the_words_of_the_report() {
    let list = read("second-cycle.txt");
    let given: Vec<&str> =
        list.recommendations.iter().filter_map(|made| Some(&*made.position.as_ref()?.given)).collect();
    assert_eq!(given[0], "enjoy its support");
    assert_eq!(given[given.len() - 1], "will be provided");
    assert_eq!(list.recommendations[0].id, "MDA-13-21.1");
}

#[test]
fn what_cannot_be_understood_is_rejected() {
    let rejects = |file: &str| -> Vec<String> {
        let line = |reject: &upr::read::Reject| format!("{}: {} [{}]", reject.row, reject.reason, reject.raw);
        read(file).rejects.iter().map(line).collect()
    };
    assert_eq!(
        rejects("first-cycle.txt"),
        ["49: found a reference, expected a recommendation in that paragraph [paragraph 29]"]
    );
    assert_eq!(
        rejects("silent-on-symbol.txt"),
        ["9: found a number without a text, expected a recommendation [50.2.]"]
    );
}

#[track_caller]
fn fails(text: &str, message: &str) {
    let error = Reader::new().bytes("report.txt", text.as_bytes()).expect_err("no report");
    assert_eq!(error.to_string(), message);
}

const CONCLUSIONS: &str = "Conclusions and/or recommendations";
const START: &str = "Report of the Working Group\nII. Conclusions and/or recommendations\n";

#[test]
fn reports_without_recommendations() {
    let expected = "expected the recommendations of a report";
    let none = "found a section of conclusions without a numbered recommendation";
    fails(START, &format!("report.txt: {none}, {expected}"));
    fails(
        &format!("{START}1. All conclusions and/or recommendations contained"),
        &format!("report.txt: {none}, {expected}"),
    );
    let lines = format!("{START}{}", "\n".repeat(1_000_001));
    fails(&lines, "report.txt: found more than 1000000 lines, expected a report of the Working Group");
}

/// Work and memory stay in proportion to the text: a second for each of these in an optimised build, far more in a
/// quadratic reader.
#[test]
fn hostile_texts_end_soon() {
    const BYTES: usize = 2_000_000;
    let begun = std::time::Instant::now();
    let start = format!("{START}20. The following recommendations enjoy the support of Malta:\n20.1 ");
    for unit in [
        "(",
        ")",
        "(A",
        "a)",
        "(Spain, ",
        "(Spain) ",
        "(Spain)1",
        "20.2 A",
        "; 20.2. A (Peru)",
        "1",
        ".",
        "paragraph 1 and ",
        "é",
        "A ",
        "(Peru\r",
    ] {
        let text = format!("{start}{}", unit.repeat(BYTES / unit.len()));
        if let Ok(list) = Reader::new().bytes("hostile.txt", text.as_bytes()) {
            assert!(list.account().balances(), "{unit:?}");
        }
    }
    // as many blocks, items and references as there can be
    for unit in [
        "20.1 A (Peru);\n",
        "21. Recommendations in paragraphs 1, 2 (a) and 3 enjoy support.\n",
        "1. A (Peru)\n",
    ] {
        let text = format!("1. A recommended b.\n{start}\n{}", unit.repeat(BYTES / unit.len()));
        if let Ok(list) = Reader::new().bytes("hostile.txt", text.as_bytes()) {
            assert!(list.account().balances(), "{unit:?}");
        }
    }
    assert!(begun.elapsed().as_secs() < 240, "{:?}", begun.elapsed());
}

#[test]
fn a_text_too_long_for_one_number_is_rejected() {
    let text = format!(
        "{START}20. They enjoy the support of Malta:\n20.1 {}\n20.2 Plant trees (Peru);",
        "long ".repeat(30_000)
    );
    let list = Reader::new().bytes("report.txt", text.as_bytes()).expect("a report");
    assert_eq!((list.recommendations.len(), list.rejects.len()), (1, 1));
    assert_eq!(list.rejects[0].reason, "found more than 100 kB without a number, expected a recommendation");
    assert_eq!(list.recommendations[0].paragraph.as_deref(), Some("20.2"));
}

proptest! {
    /// Whatever stands in a report, nothing panics and every item is accounted for.
    #[test]
    fn no_text_makes_reading_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "20. ", "20.1 ", "20.2. ", "21. ", "1. ", "2. ", "3", "The following recommendations ", "enjoy the support",
                "did not enjoy", "in paragraphs ", "5 (a), ", "(b)", "(d) (i) ", "Ratify ", "é", "(Spain)", "(Peru, ",
                "Iran (Islamic Republic of)", ")", "(", "[", "; ", ".", ":", "\n", "\r\n", "\r", "\u{c}", " ", "-\n", "\u{ad}\n",
                "** ", "1 The recommendation as read ", "A/HRC/1/2", "Page 3", "GE.11-1", "Annex", "None", "last sentence",
                "All conclusions and", "5. ", "Norway recommended ", "Conclusions and/or recommendations\n",
            ]),
            0..80,
        ),
        letters in "\\PC{0,40}",
    ) {
        let text = format!("Working Group\n5. Norway recommended that (a) it.\n{START}{}{letters}", pieces.concat());
        if let Ok(list) = Reader::new().bytes("random.txt", text.as_bytes()) {
            prop_assert!(list.account().balances(), "{:?} of {text:?}", list.account());
        }
    }
}

/// Found by fuzzing: a number that is followed by States at once made a recommendation without a text.
#[test]
fn states_without_a_text_are_a_reject() {
    let text = include_str!("../fuzz/regressions/report/states-without-a-text.txt");
    let report = format!("Report of the Working Group on the Universal Periodic Review\n\nAndorra\n\n{text}");
    let list = upr::read::Reader::new().bytes("a.txt", report.as_bytes()).expect("a report");
    let texts: Vec<&str> = list.recommendations.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["hall for music", "Lend instruments to children"]);
    assert_eq!(list.rejects[0].reason, "found recommending States without a text, expected a recommendation");
    assert_eq!(list.rejects[0].raw, "30.1. (Peru)");
    assert!(list.account().balances());
}
