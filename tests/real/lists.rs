//! Does it hold on real lists? Reads `../shared/data` beside the project (UPR Info's export, the list of the
//! United States, names of States as found in reports).
//!
//! Nothing of the data is in the project; the coded samples in `gold/` name rows by file, row and hash.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::{fnv1a, shared};
use upr::read::{Reader, RecommendationList};
use upr::{Codebook, State, Tagger};

fn sessions() -> RecommendationList {
    Reader::new().paths(support::sessions()).expect("the export as it comes")
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_list_of_the_united_states() {
    let path = shared("usa-2020.csv");
    let list = Reader::new()
        .state_under_review("United States of America")
        .session("36")
        .path(path)
        .expect("a list");
    assert_eq!((list.recommendations.len(), list.rejects.len(), list.unresolved().len()), (347, 0, 0));
    assert!(list.recommendations.iter().all(|recommendation| recommendation.position().is_some()));
    let coded = Tagger::new(Codebook::core()).expect("the bundled codebook").tag(list);
    let untagged = coded.untagged().count();
    assert!(untagged * 20 <= 347, "at least 95% carry an issue, {untagged} of 347 do not");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_row_of_the_export_is_accounted_for() {
    let list = sessions();
    let account = list.account();
    assert_eq!(account.rows, 26_298);
    assert!(account.balances(), "{account:?}");
    assert_eq!((account.rejects, account.pledges, account.set_aside, account.replaced), (0, 0, 0, 0));
    let unresolved = list.unresolved();
    assert_eq!(unresolved.states.keys().map(|name| &**name).collect::<Vec<_>>(), ["(Unknown)"]);
    assert_eq!(
        (
            unresolved.states["(Unknown)"].recommendations,
            unresolved.positions.len(),
            unresolved.sessions.len()
        ),
        (9, 0, 0)
    );
    let mut ids: Vec<&str> =
        list.recommendations.iter().map(|recommendation| recommendation.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), list.recommendations.len(), "ids are unique");
}

/// Its files hold review after review, so it may be streamed.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_streamed_export_has_the_bytes_of_the_one_in_memory() {
    let list = sessions();
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let (held, flowed) = (support::scratch("held-export"), support::scratch("flowed-export"));
    let coded = tagger.tag(list);
    let names = upr::export::folder(&held, &coded).expect("an export");
    let mut out = upr::export::Folder::create(&flowed, &tagger).expect("a folder");
    let mut reviews = Reader::new().reviews(support::sessions());
    for part in &mut reviews {
        out.write(&tagger.tag(part.expect("a list"))).expect("a part");
    }
    let written = out.finish(reviews.files()).expect("an export");
    assert_eq!((coded.account().rows, &written), (26_298, &names));
    for name in names {
        let bytes = |folder: &PathBuf| std::fs::read(folder.join(&name)).expect("a table");
        assert!(bytes(&held) == bytes(&flowed), "{name} differs");
    }
}

/// For comparison with the coders' labels, each row counts once.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn rows_apart_are_the_rows_of_the_export() {
    let list = sessions();
    let apart = Reader::new().rows_apart().paths(support::sessions()).expect("the export as it comes");
    let (joint, rows) = (list.account(), apart.account());
    assert_eq!((rows.recommendations, rows.merged, joint.merged, joint.repeated), (26_298, 0, 686, 3));
    assert!(rows.balances());
    let ids: BTreeSet<&str> = apart.recommendations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 26_298, "ids are unique");
    assert!(
        list.recommendations.iter().all(|one| ids.contains(one.id.as_str())),
        "the joint ones keep theirs"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn voluntary_pledges_are_told_apart() {
    let path = shared("upr-info/voluntary.csv");
    let account = upr::read::path(path).expect("a list").account();
    assert_eq!((account.rows, account.pledges, account.recommendations), (622, 622, 0));
}

/// Regional groups and organisations are those of the file, for each row and both States.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn states_agree_with_the_export() {
    let mut rows = 0;
    for path in support::sessions() {
        let bytes = std::fs::read(path).expect("the file");
        let (text, _, _) = encoding_rs::MACINTOSH.decode(&bytes);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.deserialize() {
            let row: BTreeMap<String, String> = row.expect("a row");
            for role in ["To", "From"] {
                if row[role] == "&#40;Unknown&#41;" {
                    continue;
                }
                let state =
                    State::resolve(&row[role]).unwrap_or_else(|| panic!("{} is not known", row[role]));
                assert_eq!(state.regional_group.as_str(), row[&format!("{role}-Rgrp")], "{}", row[role]);
                let mut organisations: Vec<&str> = row[&format!("{role}-Org")]
                    .split(',')
                    .map(str::trim)
                    .filter(|organisation| !organisation.is_empty())
                    .collect();
                organisations.sort_unstable();
                assert_eq!(state.organisations, organisations, "{}", row[role]);
            }
            rows += 1;
        }
    }
    assert_eq!(rows, 26_298);
}

/// Every form of a name that was seen in reports leads to the State that it was seen for.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_form_of_a_name_resolves() {
    let path = shared("state-names.tsv");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path).expect("the table");
    let mut forms = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        if row[0].is_empty() {
            continue; // the placeholder for an unknown State
        }
        let state = State::resolve(&row[0]);
        assert!(state.is_some(), "{}", &row[0]);
        assert_eq!(State::resolve(&row[1]), state, "{}", &row[1]);
        forms += 1;
    }
    assert!(forms > 450, "{forms}");
}

/// The four mission issues against 640 recommendations each that a language model coded by the definitions: half of them candidates,
/// many of those near misses, and half at random.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_mission_issues_agree_with_their_samples() {
    let list = sessions();
    let usa = shared("usa-2020.csv");
    let list = RecommendationList::join([list, upr::read::path(usa).expect("a list")]);
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let coded = tagger.tag(list);
    let mut by_source = BTreeMap::new();
    for coded in &coded.recommendations {
        for source in &coded.recommendation.sources {
            by_source.insert((source.file.to_string(), source.row), coded);
        }
    }
    for issue in ["policing", "death-penalty", "housing", "icc"] {
        let path = support::root().join(format!("tests/gold/mission-{issue}.csv"));
        let mut reader = csv::Reader::from_path(path).expect("a coded sample");
        let (mut right, mut wrong, mut missed, mut rows) = (0, Vec::new(), Vec::new(), 0);
        for row in reader.deserialize() {
            let row: BTreeMap<String, String> = row.expect("a row");
            let place = (row["source_file"].clone(), row["source_row"].parse().expect("a number"));
            let coded = by_source.get(&place).unwrap_or_else(|| panic!("{place:?} is not in the data"));
            // the sample was coded on this text and no other
            assert_eq!(format!("{:016x}", fnv1a(coded.recommendation.text.trim())), row["hash"], "{place:?}");
            rows += 1;
            match (row["label"] == "1", coded.coding.has(issue)) {
                (true, true) => right += 1,
                (false, true) => wrong.push(place),
                (true, false) => missed.push(place),
                (false, false) => {}
            }
        }
        let precision = right as f64 / (right + wrong.len()) as f64;
        let recall = right as f64 / (right + missed.len()) as f64;
        eprintln!(
            "{issue}: {rows} rows, precision {precision:.3}, recall {recall:.3}, wrong {wrong:?}, missed {missed:?}"
        );
        assert!(rows >= 600 && precision >= 0.97 && recall >= 0.97, "{issue}: {precision:.3} {recall:.3}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn no_real_list_is_refused_or_warned_about() {
    let others = ["upr-info/voluntary.csv", "usa-2020.csv", "modern/namibia-2026-tracker.csv"].map(shared);
    for path in support::sessions().into_iter().chain(others) {
        let list = Reader::new().path(&path).expect("a list");
        assert_eq!(list.files[0].warnings, [""; 0], "{}", path.display());
        assert!(list.rejects.is_empty(), "{}", path.display());
    }
}
