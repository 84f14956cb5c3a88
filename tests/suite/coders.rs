//! Do the figures of several coders agree with krippendorff and scikit-learn, whatever the order of files and rows, and what is
//! said of a wrong sheet? Cases are data: `fixtures/oracles/coders`, and `fixtures/coders` for the program. `samples.rs` has the
//! sheets.

use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use support::programs::{program, text};
use support::{fixture, root, rows, scratch};
use upr::evaluate::Coders;
use upr::{Codebook, Table, Tagger, evaluate};

/// A sheet in memory: its name and what it holds.
type Sheet = (String, String);

/// What the sheets hold, for the codebook `core`.
fn coders(sheets: &[Sheet]) -> upr::Result<Coders> {
    static CORE: LazyLock<Codebook> = LazyLock::new(Codebook::core);
    let files = sheets.iter().map(|(name, bytes)| (name.as_str(), bytes.as_bytes()));
    Coders::from_bytes(files, &CORE)
}

/// Sheets by coder, from (id, coder, cell of the issues).
fn sheets<'r>(rows: impl IntoIterator<Item = (&'r str, &'r str, &'r str)>) -> Vec<Sheet> {
    let mut sheets: BTreeMap<String, String> = BTreeMap::new();
    for (id, coder, issues) in rows {
        let sheet = sheets.entry(format!("{coder}.csv")).or_insert_with(|| "id,issues\n".to_string());
        *sheet += &format!("{id},{issues}\n");
    }
    sheets.into_iter().collect()
}

/// The sheets of each case of the oracle.
fn cases() -> BTreeMap<String, Vec<Sheet>> {
    let mut cases: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    for row in rows(fixture("oracles/coders/codes.csv")) {
        let cells = (row["id"].clone(), row["coder"].clone(), row["issues"].clone());
        cases.entry(row["case"].clone()).or_default().push(cells);
    }
    for (at, row) in rows(root().join("tests/gold/core.csv")).into_iter().enumerate() {
        for coder in ["coder_1", "coder_2"] {
            // both coded all texts: an empty cell means no issue
            let issues = if row[coder].is_empty() { "none" } else { &row[coder] };
            let cells = (format!("t{at:03}"), coder.to_string(), issues.to_string());
            cases.entry("core".to_string()).or_default().push(cells);
        }
    }
    let of_case = |rows: Vec<(String, String, String)>| {
        sheets(rows.iter().map(|(id, coder, issues)| (id.as_str(), coder.as_str(), issues.as_str())))
    };
    cases.into_iter().map(|(case, rows)| (case, of_case(rows))).collect()
}

#[test]
fn figures_are_those_of_krippendorff_and_scikit_learn() {
    let bytes = std::fs::read(fixture("oracles/coders/expected.json")).expect("the oracle's answers");
    let oracle: Value = serde_json::from_slice(&bytes).expect("JSON");
    let cases = cases();
    assert_eq!(cases.len(), oracle["cases"].as_object().expect("cases").len(), "run oracle.py");
    for (case, sheets) in cases {
        let table = coders(&sheets).and_then(|coders| coders.agreement()).expect("codes");
        let expected = oracle["cases"][&case]["rows"].as_array().expect("rows");
        assert_eq!(table.rows.len(), expected.len(), "{case}");
        for expected in expected {
            let issue = expected["issue"].as_str().expect("an issue");
            let row = table.row(["coders", issue]).unwrap_or_else(|| panic!("{case}: no row for {issue}"));
            for figure in ["agreement", "kappa", "alpha", "f1"] {
                for column in ["", "_lower", "_upper"].map(|limit| format!("{figure}{limit}")) {
                    let (ours, theirs) = (row.number(&column), expected[&column].as_f64());
                    let same = match (ours, theirs) {
                        (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-9,
                        (ours, theirs) => ours.is_none() && theirs.is_none(),
                    };
                    assert!(same, "{case}: {column} of {issue} is {ours:?}, the oracle has {theirs:?}");
                }
            }
        }
        let texts = table.row(["coders", "all decisions"]).and_then(|row| row.count("texts"));
        assert_eq!(texts, oracle["cases"][&case]["texts"].as_u64(), "{case}");
    }
}

/// The figures of the two coders of `core`, for MEASURED.md: `-- --nocapture` prints them.
#[test]
fn the_program_compares_the_coders_of_core() {
    let folder = scratch("coders-of-core");
    let mut arguments = vec!["--coders".to_string()];
    for (name, bytes) in &cases()["core"] {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a sheet");
        arguments.push(path.display().to_string());
    }
    let output = program("evaluate", &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    println!("{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: Vec<String> = shown.lines().map(words).collect();
    for line in [
        "coder_1 600 1645",
        "coder_2 600 1652",
        "600 coded by at least two coders",
        "death-penalty 42 1.00 1.00 1.00 (1.00 to 1.00) 1.00",
    ] {
        assert!(shown.iter().any(|shown| shown == line), "no line {line:?}");
    }
}

#[test]
fn a_list_that_was_numbered_anew_is_found_by_the_texts() {
    let list = |session: &str| {
        let table =
            format!("paragraph,text\n{session}.1,Abolish the death penalty\n{session}.2,Build homes\n");
        let read = upr::read::Reader::new().state_under_review("Kenya").session(35);
        Tagger::core().tag(read.bytes("list.csv", table.as_bytes()).expect("a list"))
    };
    let (before, after) = (list("6"), list("142"));
    let mut sheet = evaluate::coding_sheet(&before);
    sheet.rows.iter_mut().for_each(|row| row[6] = "housing".into());
    let sheets = [
        ("ana.csv".to_string(), sheet.to_csv()),
        ("ben.csv".to_string(), sheet.to_csv().replace(",housing,", ",none,")),
    ];
    let coders = coders(&sheets).and_then(|coders| coders.with_list(&after)).expect("found by their hashes");
    let ids: Vec<String> =
        coders.disagreements().iter().map(|row| row.text("id").expect("an id").to_string()).collect();
    assert_eq!(ids, ["KEN-35-142.1", "KEN-35-142.2"]);
    assert_eq!(
        coders.disagreements().iter().next().and_then(|row| row.text("text").map(str::to_string)).as_deref(),
        Some("Abolish the death penalty")
    );
}

#[test]
fn ties_are_counted_and_left_out() {
    let list = "id,state under review,session,paragraph,text\n,Kenya,35,1,Abolish the death penalty\n,Kenya,35,2,Build homes\n";
    let coded =
        Tagger::core().tag(upr::read::Reader::new().bytes("list.csv", list.as_bytes()).expect("a list"));
    let sheets = sheets([
        ("KEN-35-1", "ana", "death-penalty"),
        ("KEN-35-1", "ben", "none"),
        ("KEN-35-2", "ana", "housing"),
        ("KEN-35-2", "ben", "housing"),
    ]);
    let table = coders(&sheets)
        .and_then(|read| read.with_list(&coded))
        .and_then(|read| read.agreement())
        .expect("figures");
    let of = |issue| table.row(["machine and consensus", issue]).expect("a row");
    assert_eq!((of("all decisions").count("ties"), of("death-penalty").count("ties")), (Some(1), Some(1)));
    assert_eq!((of("death-penalty").count("texts"), of("death-penalty").number("kappa")), (Some(1), None));
    assert_eq!((of("housing").count("texts"), of("housing").number("f1")), (Some(2), Some(1.0)));
}

#[test]
fn wrong_sheets_are_said_to_be_wrong() {
    let said = |sheets: &[(&str, &str)]| {
        let sheets: Vec<Sheet> =
            sheets.iter().map(|(name, rows)| (name.to_string(), rows.to_string())).collect();
        coders(&sheets).and_then(|coders| coders.agreement()).expect_err("a fault").to_string()
    };
    let ok = ("ben.csv", "id,issues\n1,housing\n");
    for (sheet, message) in [
        (
            "id,issues\n1,death-penality\n",
            "ana.csv, line 2, column issues: found the issue \"death-penality\", expected codes or labels of the codebook core, such \
             as \"death-penalty\", separated by semicolons, or none",
        ),
        (
            "id,issues\n1,none; housing\n",
            "ana.csv, line 2, column issues: found none beside issues, \"none; housing\", expected issues, or none alone",
        ),
        (
            "id,issues,coder\n1,housing,Ana\n1,none,ANA\n",
            "ana.csv, line 3, column issues: found none by ANA for 1, expected housing, as in ana.csv, line 2: a coder codes a \
             text once",
        ),
        (
            "id,issues\n,housing\n",
            "ana.csv, line 2, column id: found an empty cell, expected the id of a recommendation",
        ),
        (
            "id,issues,coder\n1,housing,Consensus\n",
            "ana.csv, line 2, column coder: found the coder \"Consensus\", expected another name: figures use this word for \
             something else",
        ),
        (
            "id,text_hash,issues\n1,t000000000001,housing\n1,t000000000002,housing\n",
            "ana.csv, line 3, column text_hash: found t000000000002 for 1, expected t000000000001, as in ana.csv, line 2: one \
             id is one text",
        ),
        (
            "id,codes\n1,housing\n",
            "ana.csv, line 1: found no column \"issues\", expected the columns \"id\", \
             \"issues\", \"coder\", \"text\" and \"text_hash\"",
        ),
        (
            "id,issues\n2,housing\n",
            "coders: found no text that two of the coders ana, ben coded, expected sheets of the same sample",
        ),
    ] {
        assert_eq!(said(&[("ana.csv", sheet), ok]), message);
    }
    let many: String = (0..64).map(|coder| format!("1,housing,c{coder}\n")).collect();
    let many = format!("id,issues,coder\n{many}");
    assert_eq!(said(&[("all.csv", &many)]), "coders: found 64 coders, expected at most 63");
    assert_eq!(
        said(&[ok]),
        "coders: found codes of one coder, ben, expected the sheets of at least two coders, or a list to compare with"
    );
    assert_eq!(
        said(&[("ana.csv", "id,issues\n1,\n"), ("ben.csv", "id,issues\n1,\n")]),
        "ana.csv, ben.csv: found no row that is coded, expected codes in the column issues, or none where a text has no issue"
    );
}

#[test]
fn texts_that_are_not_in_the_list_are_said() {
    let list =
        "state under review,session,paragraph,text\nKenya,35,1,Build homes\nKenya,35,2,Train the police\n";
    let coded =
        Tagger::core().tag(upr::read::Reader::new().bytes("list.csv", list.as_bytes()).expect("a list"));
    let said = |rows: &str| {
        let sheet = format!("id,issues,text_hash\n{rows}\n");
        let read = coders(&[("ana.csv".to_string(), sheet)]).expect("a sheet");
        read.with_list(&coded).expect_err("a fault").to_string()
    };
    assert_eq!(
        said("KEN-35-3,housing,"),
        "ana.csv, line 2, column id: found \"KEN-35-3\", expected an id of the list, or the text_hash of one of its texts"
    );
    assert_eq!(
        said("KEN-35-1,housing,t000000000000"),
        "ana.csv, line 2, column id: found \"KEN-35-1\" with the hash of another text, t000000000000, expected the text of this \
         id in the list, or one that is in it once"
    );
    let sheets = [("ana.csv".to_string(), "id,issues\nKEN-35-1,housing\n".to_string())];
    let other = Tagger::upr_info()
        .expect("a tagger")
        .tag(upr::read::Reader::new().bytes("list.csv", list.as_bytes()).expect("a list"));
    let error =
        coders(&sheets).expect("a sheet").with_list(&other).expect_err("another codebook").to_string();
    assert!(error.starts_with("coders: found a list coded with upr-info "), "{error}");
}

#[test]
fn a_codebook_of_other_languages_is_read_by_its_labels() {
    let sheets = [
        ("ana.csv".to_string(), "id;issues\n1;\"Death penalty; HOUSING\"\n".to_string()),
        ("ben.csv".to_string(), "id,issues\n1,Peine de mort; housing\n".to_string()),
    ];
    let table = coders(&sheets).and_then(|coders| coders.agreement()).expect("figures");
    assert_eq!(table.row(["coders", "all decisions"]).and_then(|row| row.number("f1")), Some(1.0));
}

#[test]
fn the_program_writes_figures_and_what_to_settle() {
    let out = scratch("coders-program");
    let [figures, settle] = ["figures.csv", "settle.csv"].map(|name| out.join(name).display().to_string());
    let sheets = ["ana", "ben", "chloe"].map(|name| format!("fixtures/coders/{name}.csv"));
    let mut arguments = vec!["--coders"];
    arguments.extend(sheets.iter().map(String::as_str));
    arguments.extend([
        "--list",
        "fixtures/usa-2020.csv",
        "--state-under-review",
        "USA",
        "--session",
        "36",
        "--figures",
        &figures,
        "--disagreements",
        &settle,
    ]);
    // written twice: what it wrote itself, it replaces
    for _ in 0..2 {
        let output = program("evaluate", &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let shown = text(&output.stdout);
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
        assert!(shown.contains("\nChloé     9    17\n"), "{shown}");
        assert!(shown.contains("\nTo settle: 8 decisions in 8 texts\n"), "{shown}");
    }
    let settle = std::fs::read_to_string(&settle).expect("a table");
    assert!(settle.starts_with("\u{FEFF}id,text,issue,yes,no\nUSA-36-26.105,"), "{settle}");
    assert!(settle.contains(",legislation,Ana; Chloé,Ben\n"), "{settle}");
    let figures = std::fs::read_to_string(&figures).expect("a table");
    assert!(figures.contains("\nmachine and consensus,all decisions,12,26,41,26,0,"), "{figures}");
    arguments.push("--json");
    let json: Value = serde_json::from_slice(&program("evaluate", &arguments).stdout).expect("JSON");
    assert_eq!(json["disagreements"].as_array().map(Vec::len), Some(8));
    assert_eq!(json["agreement"][0]["compared"], "coders");
}

/// Four issues, one of which every code may or may not have.
const CODES: [&str; 4] = ["torture", "housing", "health", "elections"];

/// Rows of 2 to 4 coders and up to 12 texts: a cell is empty, `none`, or issues.
fn any_codes() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let cell = prop_oneof![
        1 => Just(String::new()),
        1 => Just("none".to_string()),
        4 => proptest::sample::subsequence(CODES.to_vec(), 1..=4).prop_map(|codes| codes.join(";")),
    ];
    (2usize..5, 2usize..12).prop_flat_map(move |(coders, texts)| {
        proptest::collection::vec(cell.clone(), coders * texts).prop_map(move |cells| {
            let row = |(at, cell)| (format!("t{}", at / coders), format!("c{}", at % coders), cell);
            cells.into_iter().enumerate().map(row).collect()
        })
    })
}

fn agreement(rows: &[(String, String, String)]) -> Option<(Table, Table)> {
    let rows = rows.iter().map(|(id, coder, issues)| (id.as_str(), coder.as_str(), issues.as_str()));
    let coders = coders(&sheets(rows)).ok()?;
    Some((coders.agreement().ok()?, coders.disagreements()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_files_and_rows_makes_no_difference(rows in any_codes(), turn in 0usize..40) {
        let one = rows.iter().map(|(id, coder, issues)| format!("{id},{coder},{issues}\n"));
        let mut turned: Vec<String> = one.collect();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        // all in one file, in another order
        let sheet = ("all.csv".to_string(), format!("id,coder,issues\n{}", turned.concat()));
        let turned = coders(&[sheet]).ok().and_then(|coders| Some((coders.agreement().ok()?, coders.disagreements())));
        prop_assert_eq!(turned, agreement(&rows));
    }

    #[test]
    fn perfect_agreement_is_1_or_not_defined(rows in any_codes()) {
        let first: BTreeMap<&str, &str> = rows.iter().rev().map(|(id, _, issues)| (id.as_str(), issues.as_str())).collect();
        let same = |(id, coder, _): &(String, String, String)| (id.clone(), coder.clone(), first[id.as_str()].to_string());
        let same: Vec<_> = rows.iter().map(same).collect();
        if let Some((table, disagreements)) = agreement(&same) {
            prop_assert!(disagreements.rows.is_empty());
            for row in table.iter() {
                for figure in ["agreement", "kappa", "alpha", "f1"] {
                    for column in ["", "_lower", "_upper"].map(|limit| format!("{figure}{limit}")) {
                        prop_assert!(row.number(&column).is_none_or(|value| value == 1.0), "{} {:?}", column, row);
                    }
                }
            }
        }
    }

    /// Alpha and kappa need somebody who says yes and somebody who says no; no figure is a NaN.
    #[test]
    fn a_figure_without_variation_is_an_empty_cell(rows in any_codes()) {
        if let Some((table, _)) = agreement(&rows) {
            prop_assert!(!table.to_csv().contains("NaN") && !table.to_csv().contains("inf"));
            let several = |id: &str| rows.iter().filter(|row| row.0 == id && !row.2.is_empty()).count() > 1;
            for issue in CODES {
                let Some(row) = table.row(["coders", issue]) else { continue };
                let said = rows.iter().filter(|row| !row.2.is_empty() && several(&row.0));
                let (yes, no): (Vec<_>, Vec<_>) = said.partition(|row| row.2.split(';').any(|code| code == issue));
                prop_assert_eq!(row.number("alpha").is_some(), !yes.is_empty() && !no.is_empty());
                prop_assert_eq!(row.count("yes"), Some(yes.len() as u64));
            }
        }
    }
}
