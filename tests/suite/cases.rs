//! Do texts get the tags that a careful reader would give them? The cases are data: `fixtures/cases/*.csv` for
//! the codebook `core`, and a folder with its name for any other bundled codebook.

use std::collections::BTreeMap;
use support::fixture;
use upr::{Codebook, Tagger};

struct Case {
    place: String,
    text: String,
    tagged: Vec<String>,
    not_tagged: Vec<String>,
}

fn cases(codebook: &str) -> Vec<Case> {
    let folder = if codebook == "core" { fixture("cases") } else { fixture("cases").join(codebook) };
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let mut reader = csv::Reader::from_path(&file).expect("a readable file");
        assert_eq!(reader.headers().expect("a header"), &["text", "tagged", "not_tagged", "note"][..]);
        for (index, row) in reader.records().enumerate() {
            let row = row.expect("a row of four cells");
            let codes = |cell: &str| -> Vec<String> {
                cell.split(';').map(str::trim).filter(|code| !code.is_empty()).map(str::to_string).collect()
            };
            let name = file.file_name().expect("a file").to_string_lossy().into_owned();
            cases.push(Case {
                place: format!("{name}, row {}", index + 2),
                text: row[0].to_string(),
                tagged: codes(&row[1]),
                not_tagged: codes(&row[2]),
            });
        }
    }
    cases
}

#[test]
fn every_case_is_tagged_as_it_says() {
    let mut wrong = Vec::new();
    for name in Codebook::BUNDLED {
        let tagger = Tagger::new(Codebook::bundled(name).expect("a name in the list")).expect(name);
        for Case { place, text, tagged, not_tagged } in cases(name) {
            let coding = tagger.code(text.as_str()).coding;
            for code in tagged.iter().chain(&not_tagged) {
                assert!(tagger.codebook().issue(code).is_some(), "{name}, {place}: no issue {code}");
            }
            for code in tagged.iter().filter(|code| !coding.has(code)) {
                wrong.push(format!("{name}, {place}: {code} is missing from {text:?}"));
            }
            for code in not_tagged.iter().filter(|code| coding.has(code)) {
                let evidence = &coding.tag(code).expect("just seen").evidence[0];
                let words = &text[evidence.span.clone()];
                wrong.push(format!("{name}, {place}: {code} is given by {words:?} to {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// An issue without cases is an issue that nobody looked at.
#[test]
fn every_issue_has_its_cases() {
    for name in Codebook::BUNDLED {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for case in cases(name) {
            case.tagged.iter().for_each(|code| counts.entry(code.clone()).or_default().0 += 1);
            case.not_tagged.iter().for_each(|code| counts.entry(code.clone()).or_default().1 += 1);
        }
        for issue in Codebook::bundled(name).expect("a name in the list").issues() {
            let (tagged, not_tagged) = counts.get(&*issue.code).copied().unwrap_or_default();
            let mission =
                name == "core" && ["policing", "death-penalty", "housing", "icc"].contains(&&*issue.code);
            let (least_tagged, least_not) = if mission { (20, 20) } else { (2, 1) };
            let enough = tagged >= least_tagged && not_tagged >= least_not && tagged + not_tagged >= 3;
            let issue = &issue.code;
            assert!(enough, "{name}, {issue}: {tagged} texts must have it and {not_tagged} must not");
        }
    }
}
