//! Is every misleading file read right, refused, or warned about? What is expected is in `fixtures/misleading.csv`.
//!
//! `options` are those of a reader: `state-under-review=Chad;session=31;column:text=Wording`. `words` are, word for
//! word, the error of a file that is `refused`, the warnings of one that is `warned` about, and the different reasons of
//! rejects of one that is read `right`, joined by ` || `.

use std::collections::BTreeSet;
use support::programs::{program, text};
use support::{Row, fixture, number, rows};
use upr::Position;
use upr::read::{Reader, RecommendationList};

fn reader(options: &str) -> Reader {
    options.split(';').filter(|option| !option.is_empty()).fold(Reader::new(), |reader, option| {
        let (name, value) = option.split_once('=').expect("an option and its value");
        match (name, name.strip_prefix("column:")) {
            ("state-under-review", _) => reader.state_under_review(value),
            ("session", _) => reader.session(value),
            ("document", _) => reader.document(value),
            ("position", _) => reader.position(value),
            ("encoding", _) => reader.encoding(value.parse().expect("an encoding")),
            (_, Some(column)) => reader.column(column.parse().expect("a column"), value),
            _ => panic!("{name} is not an option"),
        }
    })
}

/// How the file is read: the outcome, its words, and the list.
fn read(row: &Row) -> (&'static str, String, RecommendationList) {
    let file = &row["file"];
    let bytes = std::fs::read(fixture("misleading").join(file)).expect("a file of the ledger");
    match reader(&row["options"]).bytes(file, &bytes) {
        Err(error) => ("refused", error.to_string(), RecommendationList::default()),
        Ok(list) => {
            let warnings = list.files[0].warnings.join(" || ");
            if !warnings.is_empty() {
                return ("warned", warnings, list);
            }
            let reasons: BTreeSet<&str> = list.rejects.iter().map(|reject| &*reject.reason).collect();
            ("right", reasons.into_iter().collect::<Vec<_>>().join(" || "), list)
        }
    }
}

#[test]
fn every_file_is_read_right_refused_or_warned_about() {
    let mut wrong = Vec::new();
    for row in rows(fixture("misleading.csv")) {
        let (outcome, words, list) = read(&row);
        let account = list.account();
        assert!(account.balances(), "{}: {account:?}", row["file"]);
        let of =
            |position| list.recommendations.iter().filter(|r| r.position() == Some(position)).count() as u64;
        let counts = [
            ("recommendations", account.recommendations),
            ("pairs", account.recommendation_x_state),
            ("supported", of(Position::Supported)),
            ("noted", of(Position::Noted)),
            ("in_part", of(Position::SupportedInPart)),
        ];
        let counts_fit = counts.iter().all(|(column, found)| number::<u64>(&row, column) == *found);
        if (outcome, &words) != (row["outcome"].as_str(), &row["words"]) || !counts_fit {
            wrong.push(format!("{}: {outcome}, {counts:?}, {words}", row["file"]));
        }
    }
    assert!(
        wrong.is_empty(),
        "these are read otherwise than fixtures/misleading.csv says:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_misleading_file_has_its_line() {
    let listed: BTreeSet<String> =
        rows(fixture("misleading.csv")).iter().map(|row| row["file"].clone()).collect();
    let files = std::fs::read_dir(fixture("misleading")).expect("a folder");
    let files: BTreeSet<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, listed);
    assert!(listed.len() >= 120, "{} files", listed.len());
}

/// A table that is too long for memory is read in pieces, and checked in the same way.
#[test]
fn tables_in_pieces_are_refused_and_warned_about_as_in_memory() {
    for row in rows(fixture("misleading.csv")) {
        let file = &row["file"];
        let reader = reader(&row["options"]);
        if !file.ends_with(".csv") && !file.ends_with(".tsv") {
            continue;
        }
        let mut reviews = reader.reviews([fixture("misleading").join(file)]);
        let error = reviews.by_ref().find_map(Result::err).map(|error| error.to_string());
        match error {
            Some(error) if row["outcome"] == "refused" => {
                assert!(error.ends_with(&row["words"]), "{file}: {error}")
            }
            Some(error) if error.contains("a bare list of recommendations") => {
                assert_eq!(
                    Reader::new().path(fixture("misleading").join(file)).expect("a list").files[0].form(),
                    "bare list"
                );
            }
            // rows of a review have to be together
            Some(error) => assert!(error.contains("the rows of a review together"), "{file}: {error}"),
            None => {
                assert_ne!(row["outcome"], "refused", "{file}");
                let warnings = reviews.files()[0].warnings.join(" || ");
                let expected = if row["outcome"] == "warned" { row["words"].as_str() } else { "" };
                assert_eq!(warnings, expected, "{file}");
            }
        }
    }
}

#[test]
fn no_other_list_is_warned_about() {
    for row in rows(fixture("lists.csv")) {
        let list = Reader::new().path(fixture(&row["file"]));
        let list = list.expect("a readable fixture");
        assert_eq!(list.files[0].warnings, [""; 0], "{}", row["file"]);
    }
}

/// One of two headers would be left out without a word.
#[test]
fn a_column_that_is_named_twice_is_refused() {
    let list = "fixtures/misleading/two-columns-of-states.csv";
    let columns = ["recommending-states=Recommending State", "recommending-states=Recommending State 2"];
    let output = program("summary", &[list, "--column", columns[0], "--column", columns[1]]);
    assert_eq!(output.status.code(), Some(2));
    let words = text(&output.stderr);
    let expected = "error: --column names recommending-states twice, with the headers \"Recommending State\" and \"Recommending \
                    State 2\": a column has one header; write what both hold into one column of the list\n";
    assert!(words.starts_with(expected), "{words}");
}
