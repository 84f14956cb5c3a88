//! Do several files of one review give one record? The report is the invented one of `fixtures/reports`, the lists
//! beside it are made here.

use std::sync::{Arc, Mutex};
use support::fixture;
use upr::Position;
use upr::read::{Reader, RecommendationList};

const HEADER: &str = "State under review;session;paragraph;text;recommending states;position;theme";

fn report() -> RecommendationList {
    Reader::new().path(fixture("reports/second-cycle.txt")).expect("a report")
}

fn list(name: &str, rows: &[&str]) -> RecommendationList {
    let rows: Vec<String> = rows.iter().map(|row| format!("Moldova;13;{row}")).collect();
    Reader::new().bytes(name, format!("{HEADER}\n{}\n", rows.join("\n")).as_bytes()).expect("a list")
}

/// Both orders must give the same; the recommendations of the second order are returned as well.
#[track_caller]
fn joined(one: &RecommendationList, other: &RecommendationList) -> RecommendationList {
    let list = RecommendationList::join([one.clone(), other.clone()]);
    let turned = RecommendationList::join([other.clone(), one.clone()]);
    assert!(list.account().balances() && turned.account().balances());
    let sorted = |list: &RecommendationList| {
        let mut all = list.recommendations.clone();
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all
    };
    assert_eq!(sorted(&list), sorted(&turned));
    list
}

fn one<'l>(list: &'l RecommendationList, id: &str) -> &'l upr::Recommendation {
    list.recommendations.iter().find(|made| made.id == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn the_final_position_and_the_labels_of_a_list_join_the_report() {
    let report = report();
    // a slip in a word, a footnote's digit, and the answer that came after the report
    let list = list(
        "list.csv",
        &["23.1;Lower the fee for pasports to that of 2011.3;China, Colombia;Supported;Fees"],
    );
    let both = joined(&report, &list);
    assert_eq!(both.recommendations.len(), report.recommendations.len());
    assert_eq!(one(&report, "MDA-13-23.1").position(), Some(Position::Pending));
    let made = one(&both, "MDA-13-23.1");
    assert_eq!(made.position(), Some(Position::Supported));
    assert_eq!(made.text, "Lower the fee for passports to that of 2011");
    assert_eq!(made.labels.themes, ["Fees"]);
    let files: Vec<&str> = made.sources.iter().map(|source| &*source.file).collect();
    assert_eq!(files, ["second-cycle.txt", "list.csv"]);
    assert!(both.differing().is_empty());
}

#[test]
fn texts_and_answers_that_really_differ_stay_apart_and_are_listed() {
    let list = list(
        "list.csv",
        &[
            "23.1;Raise the fee for passports to that of 2011;China;Supported;",
            "23.2;Issue them within 30 days;Congo;Supported;",
            "22.1;Print ballots in large letters;Austria;Noted;",
            "24.1;Abolish the fee altogether;Peru;;",
            "99.1;Plant trees;Peru;;",
        ],
    );
    let both = joined(&report(), &list);
    let differing: Vec<Vec<&str>> =
        both.differing().iter().map(|group| group.iter().map(|made| made.id.as_str()).collect()).collect();
    assert_eq!(
        differing,
        [
            ["MDA-13-22.1~2", "MDA-13-22.1"],
            ["MDA-13-23.1", "MDA-13-23.1~2"],
            ["MDA-13-23.2", "MDA-13-23.2~2"],
            // the same words by another State
            ["MDA-13-24.1~2", "MDA-13-24.1"],
        ]
    );
}

#[test]
fn parts_of_one_number_find_each_other() {
    let list = list("list.csv", &["21.2;train  clerks;Denmark, Norway;;", "21.2;Train judges;Japan;;"]);
    let both = joined(&report(), &list);
    assert_eq!(both.recommendations.len(), report().recommendations.len());
    // the list lacks the third part
    let groups: Vec<usize> = both.differing().iter().map(Vec::len).collect();
    assert_eq!(groups, [3]);
}

#[test]
fn a_row_without_a_number_joins_the_only_numbered_one_of_its_words() {
    let rows = [
        "21.2;Train judges;Japan;Accepted;",
        "30.1;Plant trees;Peru;Accepted;",
        "30.2;Plant trees;Chad;Noted;",
    ];
    let numbered = list("numbered.csv", &rows);
    let bare = list(
        "bare.csv",
        &[";train judges;Japan;Accepted;", ";Plant trees;Peru;Accepted;", ";Mend roads;Japan;Accepted;"],
    );
    let both = joined(&numbered, &bare);
    assert_eq!(one(&both, "MDA-13-21.2").sources.len(), 2);
    // planted under two numbers, and roads under none
    let without: Vec<&str> =
        both.recommendations.iter().filter(|made| made.paragraph.is_none()).map(|made| &*made.text).collect();
    assert_eq!(without, ["Plant trees", "Mend roads"]);
}

#[test]
fn other_reviews_stay_apart() {
    let report = report();
    let text =
        format!("{HEADER}\nMoldova;27;21.2;Train judges;Japan;;\nMalta;13;21.2;Train judges;Japan;;\n");
    let list = Reader::new().bytes("list.csv", text.as_bytes()).expect("a list");
    let both = joined(&report, &list);
    assert_eq!(both.recommendations.len(), report.recommendations.len() + 2);
    assert!(both.differing().is_empty());
}

/// Where no session is told, the document says which review it is.
#[test]
fn a_document_tells_a_review_without_its_session() {
    let list = |name: &str, document: &str, text: &str| {
        let rows = format!("State under review,paragraph,text\nMalta,5.1,{text}\n");
        Reader::new().document(document).bytes(name, rows.as_bytes()).expect("a list")
    };
    let one = list("one.csv", "A/HRC/9/9", "Plant trees");
    for (document, expected) in [("A/HRC/9/9", 1), ("A/HRC/25/9", 2)] {
        let both = joined(&one, &list("two.csv", document, "Plant trees."));
        assert_eq!(both.recommendations.len(), expected, "{document}");
    }
}

#[test]
fn each_file_that_is_begun_is_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let reader = Reader::new().progress(move |path, file, of| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        listener.lock().expect("no panic").push((file, of, name));
    });
    let files = ["usa-2020.csv", "upr-info.csv", "uhri.csv"];
    let list = reader.paths(files.map(fixture)).expect("lists");
    assert_eq!(list, Reader::new().paths(files.map(fixture)).expect("lists"));
    let mut told = told.lock().expect("no panic").clone();
    told.sort();
    assert_eq!(told.iter().map(|(file, of, _)| (*file, *of)).collect::<Vec<_>>(), [(1, 3), (2, 3), (3, 3)]);
    let mut names: Vec<&str> = told.iter().map(|(_, _, name)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["uhri.csv", "upr-info.csv", "usa-2020.csv"]);
}

#[test]
fn an_unknown_name_comes_with_its_place_and_the_nearest_state() {
    let text = "text,recommending states\nEnd torture,Peru\nEnd hunger,Hondurass\nEnd war,Hondurass\nEnd all,Atlantis\n";
    let unresolved = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list").unresolved();
    let of = |name: &str| {
        let unknown = &unresolved.states[name];
        (unknown.recommendations, unknown.first.row, unknown.suggestion.as_deref())
    };
    assert_eq!(of("Hondurass"), (2, 3, Some("Honduras")));
    assert_eq!(of("Atlantis"), (1, 5, None));
}

/// Without a State under review nobody can say whether two files are of one review: the copy of a list counts twice.
#[test]
fn a_list_that_is_in_two_files_is_warned_about() {
    let rows =
        "text,from\nRatify OP-CAT,Chile\nTrain the police,Togo\nFree them,Ghana\nOpen a shelter,Norway\n";
    let read = |name: &str, text: &str| Reader::new().bytes(name, text.as_bytes()).expect("a list");
    let warnings =
        |lists: [RecommendationList; 2]| RecommendationList::join(lists).files[1].warnings.join(" || ");
    let twice = warnings([read("a.csv", rows), read("b.csv", rows)]);
    assert_eq!(
        twice,
        "a.csv and b.csv hold the same 4 texts, and the State under review is unknown, so that each may count twice: leave one \
         file out, or say who was reviewed with --state-under-review (Reader::state_under_review)"
    );
    let other =
        "text,from\nRatify OP-CAT,Chile\nTrain the judges,Togo\nPay them,Ghana\nOpen a school,Norway\n";
    assert_eq!(warnings([read("a.csv", rows), read("b.csv", other)]), "");
    let of = |name: &str| Reader::new().state_under_review("Chad").session(31).bytes(name, rows.as_bytes());
    let list = RecommendationList::join([of("a.csv").expect("a list"), of("b.csv").expect("a list")]);
    assert_eq!((list.recommendations.len(), list.files[1].warnings.len()), (4, 0));
}
