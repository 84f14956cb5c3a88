//! Is every misleading file read right, refused, or warned about? What is expected is in `fixtures/misleading.csv`.
//!
//! `options` are those of a reader: `state-under-review=Chad;session=31;column:text=Wording`. `words` are, word for
//! word, the error of a file that is `refused`, the warnings of one that is `warned` about, and the different reasons of
//! rejects of one that is read `right`, joined by ` || `.

use std::collections::BTreeSet;
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
