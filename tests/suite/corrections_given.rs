//! Are corrections understood as people give them: parts of ids, several files, labels with commas, dates guarded against
//! spreadsheets, tables made by a program?

use std::path::PathBuf;
use support::programs::{program, shown, text};
use support::{fixture, scratch, usa};
use upr::code::Corrections;
use upr::count::Grouping;
use upr::read::Reader;
use upr::statistics::Cell;
use upr::{Codebook, CodedList, Table, Tagger};

fn kenya() -> CodedList {
    let list = "paragraph,text\n7.1,Abolish the death penalty\n7.2,Build affordable housing\n7.4,Train the police\n\
        7.10,Train the police in human rights\n";
    let reader = Reader::new().state_under_review("Kenya").session(35);
    Tagger::core().tag(reader.bytes("list.csv", list.as_bytes()).expect("a list"))
}

fn read(name: &str, rows: &str) -> Corrections {
    let file = format!("id,issue,decision,coder,date\n{rows}");
    Corrections::read(name, file.as_bytes()).expect("corrections")
}

/// Of each decision, where it was applied and its outcome.
fn outcomes(coded: &CodedList) -> Vec<[String; 2]> {
    let decisions = coded.decisions();
    let rows = decisions.iter();
    rows.map(|row| ["applied_to", "outcome"].map(|name| row.text(name).expect("a text").to_string()))
        .collect()
}

#[test]
fn a_paragraph_is_an_id_where_it_means_one_recommendation() {
    let cases = [
        ("7.2", "KEN-35-7.2", "applied"),
        ("ken-35-7.4", "KEN-35-7.4", "applied"),
        ("35-7.4", "KEN-35-7.4", "applied"),
        ("7.4.", "KEN-35-7.4", "applied"),
        // a spreadsheet makes 7.1 of 7.10
        ("7.1", "", "the id may mean 2 recommendations: KEN-35-7.1, KEN-35-7.10; write the whole id"),
        // and no zero where there was none
        ("7.10", "KEN-35-7.10", "applied"),
        ("7.20", "", "no recommendation of the list has this id"),
        ("para. 7.1", "KEN-35-7.1", "applied"),
        ("para. 7.10", "KEN-35-7.10", "applied"),
        ("7.3", "", "no recommendation of the list has this id"),
        ("KEN-35", "", "no recommendation of the list has this id"),
        ("7", "", "no recommendation of the list has this id"),
    ];
    let rows: String = cases.iter().map(|(id, ..)| format!("{id},food,add,Ana,\n")).collect();
    let found = outcomes(&kenya().correct(&read("ana.csv", &rows)));
    let expected = cases.map(|(_, to, outcome)| [to.to_string(), outcome.to_string()]);
    // several decide the same, and all but one of these say so
    for ((found, expected), (id, ..)) in found.iter().zip(&expected).zip(&cases) {
        assert!(found == expected || found[1].starts_with("the same as ana.csv, line "), "{id}: {found:?}");
    }
}

#[test]
fn a_decision_without_a_date_is_the_earliest_also_in_another_file() {
    let undated = read("one.csv", "KEN-35-7.2,food,add,Ana,\n");
    let dated = read("two.csv", "KEN-35-7.2,food,remove,Ana,'2026-11-02\n");
    let found = outcomes(&kenya().correct(&undated.clone().and(dated)));
    assert_eq!(found[0], ["", "replaced by two.csv, line 2"]);
    assert_eq!(found[1], ["KEN-35-7.2", "applied"]);
    let other = read("two.csv", "KEN-35-7.2,food,remove,Ana,\n");
    let found = outcomes(&kenya().correct(&undated.and(other)));
    assert!(found.iter().all(|[_, outcome]| outcome.starts_with("contradicts")), "{found:?}");
}

/// Two people both download a `corrections.csv`, and the list of decisions of both is one file.
#[test]
fn no_decision_of_files_with_one_name_is_lost() {
    let [ana, ben] = ["add", "remove"].map(|decision| {
        read(
            "corrections.csv",
            &format!("KEN-35-7.2,food,{decision},Ana,\nKEN-35-7.4,food,{decision},Ben,\n"),
        )
    });
    let corrected = kenya().correct(&ana.and(ben));
    let all = corrected.decisions();
    let files: Vec<&str> = all.iter().filter_map(|row| row.text("file")).collect();
    assert_eq!(files, ["corrections.csv", "corrections.csv", "corrections.csv (2)", "corrections.csv (2)"]);
    // `decisions.csv` with a row of its own, under the name that its other rows have
    let mut again = all.to_csv();
    again += "KEN-35-7.1,food,add,Cleo,,,,,,,,\n";
    let again = Corrections::read("corrections.csv", again.as_bytes()).expect("corrections");
    let again = kenya().correct(&again);
    assert_eq!(again.decisions().rows.len(), 5);
    assert_eq!(outcomes(&again).iter().filter(|[to, _]| to.is_empty()).count(), 4);
}

#[test]
fn a_table_is_corrections_and_corrections_are_a_table() {
    let header = ["id", "issue", "decision", "coder", "note"].map(String::from).to_vec();
    let table =
        Table { header, rows: vec![["KEN-35-7.2", "food", "add", "Ana", "=why"].map(Cell::from).to_vec()] };
    let corrections = Corrections::from_table("ours", &table).expect("corrections");
    let row = corrections.table();
    let row = row.iter().next().expect("a row");
    let cells = ["id", "issue", "decision", "coder", "date", "note", "file"].map(|name| row.text(name));
    assert_eq!(cells, ["KEN-35-7.2", "food", "add", "Ana", "", "=why", "ours"].map(Some));
    let error =
        Corrections::from_table("ours", &Table { header: vec!["id".into(), "issue".into()], rows: vec![] })
            .expect_err("no decisions");
    assert!(
        error.to_string().starts_with("ours, line 1: found no column \"decision\", expected the columns")
    );
}

#[test]
fn a_grouped_list_knows_how_many_decisions_are_in_it() {
    let (_, coded) = usa();
    let rows = "USA-36-26.1,food,add,Ana,2026-11-02\nUSA-36-26.2,food,remove,Ben,2026-11-02\n";
    let corrected = coded.correct(&read("both.csv", rows));
    let grouping = Grouping::bundled("sdgs", &Codebook::core()).expect("a grouping");
    let grouped = grouping.regroup(&corrected).expect("groups");
    assert_eq!(grouped.reviewed(), corrected.reviewed());
    assert_eq!(grouped.reviewed().decisions, 2);
    // a part of the list has its own
    let part = corrected.select(|coded| coded.recommendation.id == "USA-36-26.2");
    assert_eq!((part.reviewed().decisions, part.reviewed().removed), (1, 1));
}

#[test]
fn a_label_with_commas_is_a_category() {
    let (_, coded) = usa();
    let of = |filter: &str| coded.filter(filter).expect("a filter").len();
    let all = of("issue=icescr");
    assert!(all > 0);
    for filter in [
        "issue=Covenant on Economic, Social and Cultural Rights (ICESCR)",
        "issue=covenant on economic, social and cultural rights",
        "issue=\"Covenant on Economic, Social and Cultural Rights (ICESCR)\"",
    ] {
        assert_eq!(of(filter), all, "{filter}");
    }
    let either = "position=noted,issue=Covenant on Economic, Social and Cultural Rights,issue=food";
    assert_eq!(of(either), of("position=noted,issue=icescr,food"));
    assert_eq!(
        coded.filter("issue=Covenant on Economic").expect_err("no issue").to_string(),
        "filter: found the issue \"covenant on economic\", expected one of the codebook core, such as \"covid-19\""
    );
}

fn file(name: &str, content: &str) -> PathBuf {
    let folder = scratch(&format!("corrections-given-{name}"));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), content).expect("a file");
    folder.join(name)
}

#[test]
fn the_program_says_what_to_do_with_several_files_and_with_an_empty_one() {
    let header = "id,issue,decision,coder,date\n";
    let [one, other] = ["one.csv", "other.csv"].map(|name| {
        file(name, &format!("{header}USA-36-26.1,food,add,Ana,'2026-11-02\n")).display().to_string()
    });
    let said = program("summary", &["--corrections", &one, &other]);
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(
        text(&said.stderr),
        format!(
            "summary: {other}: this is a file of corrections, not a list\n  next: write the option before each file, as in \
             --corrections ana.csv --corrections ben.csv\n"
        )
    );
    let empty = file("empty.csv", header).display().to_string();
    let said = program("summary", &["--corrections", &one, "--corrections", &empty]);
    assert_eq!(text(&said.stderr), format!("summary: no decisions in {empty}\n"));
    // the apostrophe before the date is the export's
    let said = text(&said.stdout).to_string();
    assert!(said.contains("1 of 1 decisions by Ana") && !said.contains("Dates not written"), "{said}");
}

/// A rule changes nothing where people decided: what they added is not gained, what they removed is not gained again.
#[test]
fn suggestions_count_no_decision_as_a_gain() {
    let codebook = fixture("codebook-climate").display().to_string();
    let list = "paragraph,text\n1,Plan for storm surges on the coast\n2,Build walls against storm surges\n3,Warn of storm surges\n";
    let list = file("storms.csv", list).display().to_string();
    let rows = "id,issue,decision,coder\nTUV-43-1,climate-action,add,Ana\nTUV-43-2,climate-action,add,Ana\n";
    let added = file("storms-added.csv", rows).display().to_string();
    let removed = format!("{rows}TUV-43-3,climate-action,remove,Ana\n");
    let removed = file("storms-removed.csv", &removed).display().to_string();
    let proposed = |corrections: &str| -> String {
        shown(&[
            &*list,
            "--state-under-review",
            "Tuvalu",
            "--session",
            "43",
            "--codebook",
            &codebook,
            "--corrections",
            corrections,
            "--suggest",
            "climate-action",
        ])
    };
    let said = |corrections: &str| proposed(corrections).split_whitespace().collect::<Vec<_>>().join(" ");
    let first = said(&added);
    // the third is a gain, and the two that Ana added are none
    assert!(first.contains("in the list it matches 3 and gives it to 1"), "{first}");
    let second = said(&removed);
    assert!(!second.contains("and gives it to 1"), "{second}");
}
