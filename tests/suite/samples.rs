//! Is a sample the same with rows in any order, and its sheet blind, and does a filled sheet come back? `coders.rs` has the
//! figures.

use support::programs::{program, text};
use support::{fixture, scratch};
use upr::evaluate::{self, Coders};
use upr::{Dimension, Selection, Tagger};

#[test]
fn the_sheet_of_a_sample_is_blind_and_comes_back() {
    let coded = Tagger::core().tag(upr::read::path(fixture("usa-2020.csv")).expect("a list"));
    let sample = evaluate::sample(&coded, 40, 7, Some(Dimension::Issue));
    let sheet = evaluate::coding_sheet(&sample);
    let header =
        "id,state_under_review,session,paragraph,recommending_states,text,issues,note,coder,text_hash";
    assert_eq!(sheet.header.join(","), header);
    assert!(
        sheet.iter().all(|row| ["issues", "note", "coder"].iter().all(|column| row.text(column) == Some("")))
    );
    // filled with the tags themselves, it agrees with them
    let mut filled = sheet.clone();
    for (row, coded) in filled.rows.iter_mut().zip(sample.iter()) {
        let codes: Vec<&str> = coded.coding.tags.iter().map(|tag| &*tag.code).collect();
        row[6] = if codes.is_empty() { "none".into() } else { codes.join("; ").into() };
    }
    let read = Coders::from_bytes([("ana.csv", filled.to_csv().as_bytes())], coded.codebooks().issues());
    let table =
        read.and_then(|read| read.with_list(&coded)).and_then(|read| read.agreement()).expect("figures");
    let all = table.row(["machine and ana", "all decisions"]).expect("a row");
    assert_eq!([all.number("f1"), all.number("kappa"), all.number("precision")], [Some(1.0); 3]);
    assert_eq!(all.count("texts"), Some(40));
}

#[test]
fn the_program_draws_a_sample_and_keeps_what_was_filled() {
    let out = scratch("coders-sample");
    let [sheet, page] = ["sheet.csv", "sheet.html"].map(|name| out.join(name).display().to_string());
    let arguments = ["--sample", "12", "--sheet", &sheet, "--sheet", &page];
    let output = program("summary", &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("\n     12  of 347, seed 1\n"), "{}", text(&output.stdout));
    let written = std::fs::read_to_string(&sheet).expect("a sheet");
    assert_eq!(text(&program("summary", &["--sample", "12", "--format", "csv"]).stdout), written);
    // the fixture is this sample, filled
    let ids = |path: &std::path::Path| -> Vec<String> {
        std::fs::read_to_string(path)
            .expect("a sheet")
            .lines()
            .map(|line| line.split(',').next().expect("an id").to_string())
            .collect()
    };
    assert_eq!(ids(sheet.as_ref()), ids(&fixture("coders/ana.csv")));
    // the same again; then it is filled
    assert!(program("summary", &arguments).status.success());
    std::fs::write(&sheet, written.replacen(",,", ",housing,", 1)).expect("a sheet");
    let again = program("summary", &[&arguments[..], &["--force"]].concat());
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        text(&again.stderr),
        format!(
            "summary: {sheet}: found a file that may have been filled by a coder\n  next: name another one, or remove this one yourself\n"
        )
    );
    let wrong = text(&program("summary", &["--sample", "12", "--sheet", "sheet.xlsx"]).stderr);
    assert!(wrong.contains("expected a file that ends in .csv (a table) or .html (a page)"), "{wrong}");
    let all = program("summary", &["--sample", "400", "--json"]);
    assert_eq!(
        text(&all.stderr),
        "summary: asked for 400 recommendations, and there are 347: all are in the sample\n"
    );
}

#[test]
fn the_policy_of_the_page_names_its_style_and_script() {
    use base64::Engine;
    use sha2::Digest;
    let coded = Tagger::core().tag(upr::read::path(fixture("usa-2020.csv")).expect("a list"));
    let page = upr::export::coding_page(&coded);
    for name in ["style", "script"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let content =
            page.split(&open).nth(1).and_then(|rest| rest.split(&close).next()).expect("an element");
        let hash = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(content));
        assert!(page.contains(&format!("sha256-{hash}")), "{name}: expected {hash}");
    }
    // no tag is in it: no evidence, and each issue once, in the list to tick
    assert!(!page.contains("<mark") && page.matches("issue-death-penalty").count() == 2);
}

fn ids(selection: &Selection<'_>) -> Vec<String> {
    selection.iter().map(|coded| coded.recommendation.id.clone()).collect()
}

#[test]
fn a_sample_is_the_same_with_rows_in_any_order_and_grows() {
    let read = |bytes: &[u8]| {
        let reader = upr::read::Reader::new().state_under_review("United States of America").session(36);
        Tagger::core().tag(reader.bytes("list.csv", bytes).expect("a list"))
    };
    let text = std::fs::read_to_string(fixture("usa-2020.csv")).expect("a list");
    let (header, body) = text.split_once('\n').expect("rows");
    let turned: Vec<&str> = body.lines().rev().collect();
    let turned = format!("{header}\n{}\n", turned.join("\n"));
    let (list, turned) = (read(text.as_bytes()), read(turned.as_bytes()));
    for stratum in [None, Some(Dimension::Issue), Some(Dimension::RegionalGroup)] {
        let sample = ids(&evaluate::sample(&list, 50, 3, stratum));
        assert_eq!(sample, ids(&evaluate::sample(&turned, 50, 3, stratum)), "{stratum:?}");
        assert_ne!(sample, ids(&evaluate::sample(&list, 50, 4, stratum)));
        let larger = ids(&evaluate::sample(&list, 80, 3, stratum));
        assert!(sample.iter().all(|id| larger.contains(id)), "{stratum:?}");
        assert_eq!(ids(&evaluate::sample(&list, 1_000, 3, stratum)).len(), 347);
    }
    // equal parts of what a recommendation has one of
    let sample = evaluate::sample(&list, 36, 3, Some(Dimension::Position));
    let of = |position| sample.filter(position).expect("a filter").len();
    assert_eq!([of("position=supported"), of("position=noted"), of("position=supported_in_part")], [12; 3]);
    let sample = evaluate::sample(&list, 90, 3, Some(Dimension::Position));
    let of = |position| sample.filter(position).expect("a filter").len();
    assert_eq!(of("position=supported_in_part"), 17, "all there are");
    assert!(of("position=supported").abs_diff(of("position=noted")) <= 1);
}
