//! Is what people decided applied, or listed with the reason? The decisions are in `fixtures/corrections/decisions.csv`, each with
//! the status and the outcome that it must have: to add a case is to add a row.

use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use support::programs::{program, shown, text};
use support::{fixture, rows, scratch};
use upr::code::{ActionCoder, Corrections, Status};
use upr::evaluate::reviewed;
use upr::export::JsonOptions;
use upr::read::{Reader, RecommendationList};
use upr::statistics::Row;
use upr::{Aspect, Codebook, CodedList, Dimension, StoredList, Tagger, Tally, Unit};

fn list() -> RecommendationList {
    let reader = Reader::new().state_under_review("Kenya").session(35);
    reader.path(fixture("corrections/list.csv")).expect("a list")
}

fn coded() -> CodedList {
    let aspects = [(Aspect::Sdg, Aspect::Sdg.codebook())];
    let tagger = Tagger::core().with_aspects(aspects).expect("a tagger").with_actions(ActionCoder::new());
    tagger.tag(list())
}

fn decisions() -> Corrections {
    Corrections::load(fixture("corrections/decisions.csv")).expect("a file of corrections")
}

fn cell(row: &Row<'_>, column: &str) -> String {
    row.text(column).expect("a text").to_string()
}

#[test]
fn every_decision_has_the_outcome_that_its_row_says() {
    let corrected = coded().correct(&decisions());
    let expected = rows(fixture("corrections/decisions.csv"));
    assert_eq!(corrected.decisions().rows.len(), expected.len());
    for (row, expected) in corrected.decisions().iter().zip(&expected) {
        let found = [cell(&row, "status"), cell(&row, "outcome")];
        let place = format!(
            "{} {} in line {}",
            cell(&row, "id"),
            cell(&row, "issue"),
            row.count("row").expect("a line")
        );
        assert_eq!(
            found,
            [expected["expected_status"].clone(), expected["expected_outcome"].clone()],
            "{place}"
        );
    }
}

#[test]
fn counts_are_those_after_the_corrections() {
    let before = coded();
    let after = before.clone().correct(&decisions());
    let of = |list: &CodedList, issue: &str| {
        Tally::of(list, &[Dimension::Issue]).get([issue]).expect("an issue").of(Unit::Recommendations)
    };
    // housing: taken from 7.2, given to 7.4; policing: given to 7.7
    assert_eq!((of(&before, "housing"), of(&after, "housing")), (1, 1));
    assert_eq!((of(&before, "policing"), of(&after, "policing")), (2, 3));
    let made = |id: &str| after.find(id).expect("a recommendation");
    assert!(!made("KEN-35-7.2").coding.has("housing") && made("KEN-35-7.4").coding.has("housing"));
    assert_eq!(made("KEN-35-7.1").recommendation.position(), Some(upr::Position::Supported));
    assert_eq!(made("KEN-35-7.2").recommendation.position(), None);
    let states: Vec<&str> =
        made("KEN-35-7.3").recommendation.recommending_states.iter().map(|state| state.name()).collect();
    assert_eq!(states, ["Chile", "Brazil"]);
    assert_eq!(made("KEN-35-7.1").recommendation.pairs(), 1);
    assert_eq!(made("KEN-35-7.3").action_decided_by(), "coder");
    // what was removed keeps its evidence
    let decided =
        made("KEN-35-7.2").decided().iter().find(|one| *one.category == *"housing").expect("a decision");
    let evidence = &decided.removed.as_ref().expect("the tag").evidence[0];
    assert!(made("KEN-35-7.2").recommendation.text[evidence.span.clone()].contains("housing"));
    // three coders, and those that confirm the same are two decisions
    let counted = after.reviewed();
    assert_eq!(counted.coders.iter().map(|coder| &**coder).collect::<Vec<_>>(), ["Ana", "Ben", "Cleo"]);
    let applied =
        after.decisions().iter().filter(|row| cell(row, "outcome").starts_with("applied")).count() as u64;
    assert_eq!(counted.decisions, applied);
    assert_eq!(counted.confirmed + counted.added + counted.removed, applied);
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let (one, other) = (decisions(), "id,issue,decision,coder\nKEN-35-7.1,death-penalty,remove,Dana\n");
    let other = Corrections::read("dana.csv", other.as_bytes()).expect("corrections");
    let first = coded().correct(&one.clone().and(other.clone()));
    let second = coded().correct(&other.and(one));
    assert_eq!(first, second);
    let decisions = first.decisions();
    let row = decisions.iter().find(|row| cell(row, "coder") == "Dana").expect("her row");
    assert_eq!(cell(&row, "outcome"), "contradicts decisions.csv, line 2 (Ana)");
}

#[test]
fn the_exported_decisions_are_corrections_again() {
    let out = scratch("decisions");
    let corrected = coded().correct(&decisions());
    upr::export::folder(&out, &corrected).expect("an export");
    let again = Corrections::load(out.join("decisions.csv")).expect("corrections");
    let again = coded().correct(&again);
    assert_eq!(again.recommendations, corrected.recommendations);
    let examples = std::fs::read_to_string(out.join("examples.csv")).expect("examples");
    assert!(examples.contains("Abolish the death penalty,death-penalty,food,KEN-35-7.1\n"), "{examples}");
    let tags = rows(out.join("tags.csv"));
    let status = |id: &str, issue: &str| {
        tags.iter().find(|row| row["id"] == id && row["issue"] == issue).map(|row| row["status"].clone())
    };
    assert_eq!(status("KEN-35-7.1", "death-penalty").as_deref(), Some("confirmed"));
    assert_eq!(status("KEN-35-7.4", "housing").as_deref(), Some("added"));
    assert_eq!(status("KEN-35-7.4", "policing").as_deref(), Some("machine"));
    assert_eq!(status("KEN-35-7.2", "housing"), None);
}

#[test]
fn corrections_that_come_later_are_as_if_all_had_come_at_once() {
    let dana =
        b"id,issue,decision,coder\nKEN-35-7.1,death-penalty,confirm,Dana\nKEN-35-7.2,housing,add,Dana\n";
    let dana = Corrections::read("dana.csv", dana).expect("corrections");
    let at_once = coded().correct(&decisions().and(dana.clone()));
    assert_eq!(coded().correct(&decisions()).correct(&dana), at_once);
    assert_eq!(coded().correct(&dana).correct(&decisions()).correct(&dana), at_once);
    // what the machine coded is still known
    let machine: Vec<_> = at_once.recommendations.iter().map(|coded| coded.by_machine().clone()).collect();
    assert_eq!(machine, coded().recommendations);
}

#[test]
fn two_files_of_one_name_are_two_files() {
    let file = |decision: &str| format!("id,issue,decision,coder\nKEN-35-7.1,death-penalty,{decision},Ana\n");
    let [one, other] = ["confirm", "remove"].map(|decision| {
        Corrections::read("corrections.csv", file(decision).as_bytes()).expect("corrections")
    });
    let corrected = coded().correct(&one.clone().and(other.clone()));
    assert_eq!(corrected, coded().correct(&other.and(one)));
    assert!(corrected.decisions().iter().all(|row| cell(&row, "outcome").starts_with("contradicts")));
}

#[test]
fn a_corrected_list_is_stored_and_read_back() {
    let corrected = coded().correct(&decisions());
    let codebooks = corrected.codebooks().clone();
    let stored: StoredList =
        serde_json::from_str(&serde_json::to_string(&corrected).expect("JSON")).expect("a list");
    assert_eq!(stored.with(codebooks.clone()).expect("its codebooks"), corrected);
    let mut json = Vec::new();
    upr::export::json(&mut json, &corrected, &JsonOptions::default().in_bytes()).expect("memory");
    let stored: StoredList = serde_json::from_slice(&json).expect("a list");
    let stored = stored.with(codebooks).expect("its codebooks");
    assert_eq!((stored.reviewed(), stored.decisions()), (corrected.reviewed(), corrected.decisions()));
}

#[test]
fn the_export_describes_the_decisions_and_its_examples_are_examples() {
    let out = scratch("described-decisions");
    let corrected = coded().correct(&decisions());
    upr::export::folder(&out, &corrected).expect("an export");
    let package = std::fs::read(out.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_slice(&package).expect("JSON");
    assert_eq!(package["reviewed"], serde_json::to_value(corrected.reviewed()).expect("JSON"));
    let examples = Codebook::core().examples_from(out.join("examples.csv")).expect("examples");
    let (read, written) =
        (examples.iter().map(|one| (&one.text, &one.tagged, &one.not_tagged)), corrected.expectations());
    assert!(read.eq(written.iter().map(|one| (&one.text, &one.tagged, &one.not_tagged))));
    // parts of lists are written as the machine coded them
    let tagger = Tagger::core();
    let mut folder = upr::export::Folder::create(scratch("corrected-parts"), &tagger).expect("a folder");
    let rows = b"id,issue,decision\nKEN-35-7.1,death-penalty,remove\n";
    let part = tagger.tag(list()).correct(&Corrections::read("one.csv", rows).expect("corrections"));
    assert_eq!(
        folder.write(&part).expect_err("a corrected part").to_string(),
        "export: found a list that people corrected, expected one as the machine coded it; a corrected list is written whole, with \
         export::folder"
    );
    let workbook = Corrections::load(fixture("own-list.xlsx")).expect_err("a workbook").to_string();
    let expected = "found a workbook or another packed file, expected a table as CSV: open it in the spreadsheet and save it as CSV";
    assert!(workbook.ends_with(expected), "{workbook}");
}

#[test]
fn the_program_applies_corrections_and_says_what_it_left_out() {
    let [list, file] =
        ["corrections/list.csv", "corrections/decisions.csv"].map(|name| fixture(name).display().to_string());
    let arguments = [&*list, "--state-under-review", "Kenya", "--session", "35", "--corrections", &file];
    let short = shown(&arguments);
    let contradiction = "! decisions not applied, 7: coders contradict each other (such as KEN-35-7.7,";
    assert!(short.contains(contradiction), "{short}");
    let shown = shown(&[&arguments[..], &["--all"]].concat());
    for expected in [
        "Corrections: 20 of 49 decisions by Ana, Ben, Cleo are part of these counts (5",
        "  2 to 3     policing: 0 confirmed, 1 added, 0 removed",
        "  7: coders contradict each other (such as KEN-35-7.7, housing)",
        "Dates not written as 2026-11-30: 1, such as 30/11/2026.",
        "--out DIR writes every decision with its outcome into decisions.csv",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    let by = program("summary", &[&arguments[..], &["--by", "issue", "--format", "csv"]].concat());
    assert!(
        text(&by.stderr).contains("summary: Corrections: 20 of 49 decisions by Ana, Ben, Cleo"),
        "{}",
        text(&by.stderr)
    );
    let none = program("summary", &[&*list, "--corrections", &list]);
    assert_eq!(
        text(&none.stderr).lines().next(),
        Some(&*format!(
            "summary: {list}, line 1: found no column \"id\", expected the columns \"id\", \"issue\", \"decision\", \"coder\", \"date\", \"note\", \"text_hash\", \"file\" and \"row\""
        ))
    );
}

#[test]
fn suggest_learns_from_corrections() {
    let list = fixture("usa-2020.csv").display().to_string();
    let folder = scratch("suggest-corrections");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("corrections.csv");
    let rows = "id,issue,decision,coder\nUSA-36-26.1,housing,add,Ana\nUSA-36-26.2,housing,remove,Ana\n";
    std::fs::write(&file, rows).expect("a file");
    let file = file.display().to_string();
    let codebook = fixture("codebook-climate").display().to_string();
    let given = ["--state-under-review", "USA", "--session", "36", "--suggest", "climate-action"];
    let with = |more: &[&str]| shown(&[&[&*list], &given[..], &["--codebook", &codebook], more].concat());
    let number = |shown: &str| {
        shown.lines().find(|line| line.contains("texts that must not")).expect("a line").to_string()
    };
    // decisions of an issue that the codebook does not have are no examples
    assert_eq!(number(&with(&[])), number(&with(&["--corrections", &file])));
    std::fs::write(folder.join("corrections.csv"), rows.replace("housing", "climate-action"))
        .expect("a file");
    assert_ne!(number(&with(&[])), number(&with(&["--corrections", &file])));
}

/// The bundled list, and the same with every number another one, by two codebooks.
struct Lists {
    machine: CodedList,
    numbered_anew: CodedList,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let reader = || Reader::new().state_under_review("United States of America").session(36);
    let bytes = std::fs::read(fixture("usa-2020.csv")).expect("the bundled list");
    let mut table = csv::Reader::from_reader(&bytes[..]);
    let headers = table.headers().expect("headers").clone();
    let paragraph = headers.iter().position(|name| name == "paragraph").expect("a column of numbers");
    let mut changed = csv::Writer::from_writer(Vec::new());
    changed.write_record(&headers).expect("memory");
    for (at, row) in table.records().enumerate() {
        let row = row.expect("a row");
        // numbers of the same list, moved by one: an id alone would now lead to a neighbour
        let number = format!("26.{}", at + 2);
        let cells =
            row.iter().enumerate().map(|(column, cell)| if column == paragraph { &*number } else { cell });
        changed.write_record(cells).expect("memory");
    }
    let changed = changed.into_inner().expect("memory");
    // another codebook: some issues are new, some have gone, and tags differ
    let other = Tagger::new(Codebook::upr_info()).expect("a tagger");
    Lists {
        machine: Tagger::core().tag(reader().bytes("usa.csv", &bytes).expect("a list")),
        numbered_anew: other.tag(reader().bytes("usa.csv", &changed).expect("a list")),
    }
});

/// A random file of decisions on the bundled list.
fn file() -> impl Strategy<Value = String> {
    let issues: Vec<String> = Codebook::core().issues().iter().map(|issue| issue.code.to_string()).collect();
    let others =
        ["position=noted", "position=supported", "recommending_state=Spain", "nonsense"].map(String::from);
    let issues: Vec<String> = issues.into_iter().chain(others).collect();
    let row = (
        0..347_usize,
        select(issues),
        select(&["confirm", "add", "remove"][..]),
        select(&["Ana", "Ben"][..]),
        1..29_u32,
    );
    proptest::collection::vec(row, 1..1_000).prop_map(|rows| {
        let mut file = "id,issue,decision,coder,date,note,text_hash\n".to_string();
        for (at, issue, decision, coder, day) in rows {
            let made = &LISTS.machine.recommendations[at].recommendation;
            let hash = made.text_hash();
            file += &format!("{},{issue},{decision},{coder},2026-11-{day:02},,{hash}\n", made.id);
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Up to 1,000 decisions: each is applied or listed with a reason, counts differ by exactly those that were applied, and in a list
    /// with other numbers and another codebook each finds the recommendation with its text.
    #[test]
    fn each_decision_is_applied_or_listed(file in file()) {
        let corrections = Corrections::read("random.csv", file.as_bytes()).expect("corrections");
        for list in [&LISTS.machine, &LISTS.numbered_anew] {
            let corrected = list.clone().correct(&corrections);
            prop_assert_eq!(corrected.decisions().rows.len(), corrections.len());
            let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for coded in &corrected.recommendations {
                texts.entry(coded.recommendation.text_hash()).or_default().push(coded.recommendation.id.clone());
            }
            let mut applied = 0;
            for row in corrected.decisions().iter() {
                let [to, status, outcome, hash] = ["applied_to", "status", "outcome", "text_hash"].map(|name| cell(&row, name));
                prop_assert!(!outcome.is_empty());
                prop_assert_eq!(to.is_empty(), !outcome.starts_with("applied"));
                prop_assert_eq!(to.is_empty(), status.is_empty());
                let with_text = &texts[&hash];
                if to.is_empty() {
                    let reasons = ["contradicts", "replaced by", "the same as", "the codebook", "2 recommendations", "this id now"];
                    prop_assert!(reasons.iter().any(|reason| outcome.starts_with(reason)), "{}", outcome);
                    // texts are lost only where several have them
                    prop_assert!(!outcome.contains("text") || with_text.len() > 1, "{}", outcome);
                    continue;
                }
                applied += 1;
                prop_assert!(with_text.contains(&to));
                let (issue, record) = (cell(&row, "issue"), corrected.find(&to).expect("it was applied to it"));
                if !issue.contains('=') {
                    prop_assert_eq!(record.coding.has(&issue), cell(&row, "decision") != "remove");
                    prop_assert_eq!(record.status(Dimension::Issue, &issue).as_str(), &*status);
                }
            }
            prop_assert_eq!(corrected.reviewed().decisions, applied);
            let counts = |list: &CodedList| Tally::of(list, &[Dimension::Issue]);
            let (before, after) = (counts(list), counts(&corrected));
            for row in reviewed(&corrected).iter().filter(|row| row.text("dimension") == Some("issue")) {
                let issue = row.text("category").expect("a code");
                let of = |tally: &Tally| tally.get([issue]).expect("an issue").of(Unit::Recommendations);
                prop_assert_eq!(row.count("machine"), Some(of(&before)));
                prop_assert_eq!(row.count("corrected"), Some(of(&after)));
            }
            // removed tags are kept, with their evidence
            for coded in &corrected.recommendations {
                for decided in coded.decided().iter().filter(|one| one.dimension == Dimension::Issue) {
                    let kept = decided.removed.is_some();
                    prop_assert_eq!(kept, decided.status == Status::Removed && decided.by_machine);
                }
            }
        }
    }
}
