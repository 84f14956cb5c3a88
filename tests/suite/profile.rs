//! Are profiles those that pandas and SciPy compute, do they keep what their page promises, and does the example run? The
//! oracle, and the script that wrote it, are in `fixtures/oracles/profile`.

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::process::Output;
use std::sync::{Arc, OnceLock};
use support::programs::program;
use support::{Row, fixture, rows, usa};
use upr::code::{Coding, Evidence, Tag};
use upr::compare::{Profile, Side};
use upr::read::Reader;
use upr::statistics::{Options, Rate, Row as Line};
use upr::{Codebook, CodedList, CodedRecommendation, State, StateName, Table, Unit};

/// The invented list of the oracles, with the issues that stand in it for tags.
fn list() -> &'static CodedList {
    static LIST: OnceLock<CodedList> = OnceLock::new();
    LIST.get_or_init(|| {
        let list = Reader::new().path(fixture("oracles/statistics/list.csv")).expect("a list");
        assert_eq!(list.recommendations.len(), 400);
        let coded = list.recommendations.into_iter().map(|recommendation| {
            let tag = |issue: &String| Tag {
                code: Arc::from(issue.as_str()),
                theme: Arc::from("theme"),
                evidence: vec![Evidence { rule: Arc::from("text"), span: 0..4 }],
            };
            let tags = recommendation.labels.issues.iter().map(tag).collect();
            CodedRecommendation::new(recommendation, Coding { tags, ..Coding::default() })
        });
        CodedList::new(Codebook::core(), coded.collect())
    })
}

fn profile(state: &str) -> Profile {
    Profile::of(list(), state, &Options::default()).expect("a State of the list")
}

fn oracle() -> Vec<Row> {
    rows(fixture("oracles/profile/profiles.csv"))
}

/// A cell that counts; pandas writes counts in columns with gaps as decimals.
fn count(row: &Row, column: &str) -> u64 {
    let number: f64 = row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"));
    number as u64
}

#[track_caller]
fn same(ours: Option<f64>, row: &Row, column: &str) {
    match (ours, row[column].parse::<f64>().ok()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) if (ours - theirs).abs() / theirs.abs().max(1.0) < 1e-9 => {}
        (ours, theirs) => panic!("{column}: {ours:?}, not {theirs:?}, for {row:?}"),
    }
}

#[track_caller]
fn same_rate(rate: &Rate, row: &Row) {
    let Rate { supported, answered, left_out, .. } = rate;
    let theirs = ["supported", "answered", "left_out"].map(|column| count(row, column));
    assert_eq!([*supported, *answered, *left_out], theirs, "{row:?}");
}

/// The counts and the rate in a row of a profile.
#[track_caller]
fn same_answers(ours: &Line, row: &Row) {
    for column in ["supported", "answered", "left_out"] {
        assert_eq!(ours.count(column), Some(count(row, column)), "{column} of {row:?}");
    }
}

#[track_caller]
fn same_part(parts: &Table, row: &Row) {
    let part = parts.row([&*row["category"]]).unwrap_or_else(|| panic!("{row:?}"));
    assert_eq!(part.count("count"), Some(count(row, "count")), "{row:?}");
    assert_eq!(part.text("few"), Some(if part.count("count") < Some(10) { "true" } else { "false" }));
    same_answers(&part, row);
    same(part.number("lower"), row, "lower");
    same(part.number("upper"), row, "upper");
}

#[test]
fn profiles_are_those_of_pandas_and_scipy() {
    let rows = oracle();
    let mut profiles: BTreeMap<&str, Profile> = BTreeMap::new();
    let mut checked: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        let profile = profiles.entry(&row["state"]).or_insert_with(|| profile(&row["state"]));
        let side: &Side = match row["side"].as_str() {
            "under_review" => &profile.under_review,
            "recommending" => &profile.recommending,
            other => panic!("{other}"),
        };
        *checked.entry(&row["table"]).or_default() += 1;
        match row["table"].as_str() {
            "total" => {
                assert_eq!(side.total, count(row, "count"), "{row:?}");
                same_rate(&side.supported, row);
            }
            "total_group" => same_rate(&side.supported_in_group, row),
            "total_world" => same_rate(&side.supported_in_world, row),
            "cycle" => same_part(&side.cycles, row),
            "partner" => same_part(&side.partners, row),
            "partner_group" => same_part(&side.partner_groups, row),
            table @ ("issue_group" | "issue_world") => {
                let issue = side.issues.row([&*row["category"]]).unwrap_or_else(|| panic!("{row:?}"));
                let against = if table == "issue_group" { "group" } else { "world" };
                let others = |column: &str| format!("{against}_{column}");
                for (ours, theirs) in [
                    ("count".to_string(), "with"),
                    ("of".to_string(), "of"),
                    (others("count"), "others_with"),
                    (others("of"), "others_of"),
                ] {
                    assert_eq!(issue.count(&ours), Some(count(row, theirs)), "{ours} of {row:?}");
                }
                same_answers(&issue, row);
                for column in
                    ["difference", "ratio", "log_odds_ratio", "standard_error", "p_value", "q_value"]
                {
                    same(issue.number(&others(column)), row, column);
                }
            }
            other => panic!("{other}"),
        }
    }
    // and nothing that the oracle doesn't have
    for (state, profile) in &profiles {
        for (name, side) in [("under_review", &profile.under_review), ("recommending", &profile.recommending)]
        {
            for (table, parts) in [
                ("cycle", &side.cycles),
                ("partner", &side.partners),
                ("partner_group", &side.partner_groups),
            ] {
                let theirs = rows
                    .iter()
                    .filter(|row| row["state"] == **state && row["side"] == name && row["table"] == table);
                assert_eq!(parts.rows.len(), theirs.count(), "{state}, {name}, {table}");
            }
        }
    }
    assert_eq!((profiles.len(), checked.len()), (9, 8), "{checked:?}");
    assert!(checked.values().sum::<usize>() > 350, "{checked:?}");
}

#[test]
fn a_state_that_does_not_occur_has_zeros() {
    let iceland = profile("ISL");
    assert_eq!((&*iceland.state, iceland.iso3), ("Iceland", "ISL"));
    for side in [&iceland.under_review, &iceland.recommending] {
        assert_eq!((side.total, side.supported.interval), (0, None));
        assert!(
            side.partners.rows.is_empty() && side.cycles.rows.is_empty() && side.most_pressed().is_empty()
        );
        let unknown = |issue: Line| issue.number("share").or(issue.number("world_log_odds_ratio")).is_none();
        assert!(side.issues.iter().all(unknown));
    }
    let unknown = Profile::of(list(), "Lemuria", &Options::default());
    assert_eq!(
        unknown.expect_err("nobody names it").to_string(),
        "state: found \"Lemuria\", expected a State of the table, or one that a recommendation of the list names"
    );
    assert!(profile("Atlantis").recommending.total > 0, "the list names it");
}

#[test]
fn a_profile_is_a_value_for_other_programs() {
    let (_, coded) = usa();
    let options = Options::default();
    let make = |list: &CodedList| Profile::of(list, "United States of America", &options).expect("a profile");
    let profile = make(&coded);
    let json = serde_json::to_value(&profile).expect("JSON");
    assert_eq!(json["under_review"]["unit"], "recommendations");
    assert_eq!(json["recommending"]["unit"], "recommendation_x_state");
    assert_eq!(json["under_review"]["partner_unit"], "recommendation_x_state");
    assert_eq!(json["under_review"]["count"]["recommendations"], 347);
    assert_eq!(json["under_review"]["issues"][0]["issue"], "treaty-ratification");
    let mut reversed = coded.clone();
    reversed.recommendations.reverse();
    assert_eq!(make(&reversed), profile, "the order of a list says nothing");
}

/// A State of the table, an unknown one, or none.
const NAMES: [&str; 6] = ["Spain", "Norway", "Peru", "Kenya", "Atlantis", ""];

fn named(at: usize) -> Option<StateName> {
    (!NAMES[at].is_empty()).then(|| StateName::new(NAMES[at]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up(
        picks in proptest::collection::vec((0usize..400, 0usize..6, proptest::collection::vec(0usize..5, 0..4)), 0..30),
    ) {
        let some: Vec<CodedRecommendation> = picks
            .iter()
            .map(|(at, reviewed, states)| {
                let mut coded = list().recommendations[*at].clone();
                coded.recommendation.state_under_review = named(*reviewed);
                let mut states = states.clone();
                states.sort_unstable();
                states.dedup();
                coded.recommendation.recommending_states = states.into_iter().filter_map(named).collect();
                coded
            })
            .collect();
        let pairs: u64 = some.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
        let reviewed = some.iter().filter(|coded| coded.recommendation.state_under_review.is_some()).count();
        let mut list = list().clone();
        list.recommendations = some;
        let (mut received, mut made) = (0, 0);
        let world = |side: &Side| side.issues.iter().next().unwrap().count("world_of").unwrap();
        for name in &NAMES[..5] {
            let Ok(profile) = Profile::of(&list, name, &Options::default()) else {
                prop_assert!(State::resolve(name).is_none());
                continue;
            };
            received += profile.under_review.total;
            made += profile.recommending.total;
            prop_assert_eq!(profile.under_review.unit, Unit::Recommendations);
            prop_assert_eq!(profile.under_review.total, profile.under_review.count.recommendations);
            prop_assert_eq!(profile.recommending.total, profile.recommending.count.recommendations);
            let sum = |parts: &Table| parts.iter().map(|part| part.count("count").unwrap()).sum::<u64>();
            prop_assert_eq!(sum(&profile.under_review.partners), profile.under_review.count.recommendation_x_state);
            prop_assert_eq!(sum(&profile.recommending.partners), profile.recommending.total);
            for side in [&profile.under_review, &profile.recommending] {
                prop_assert_eq!(sum(&side.cycles), side.total);
                prop_assert_eq!(sum(&side.partners), sum(&side.partner_groups));
                prop_assert_eq!(side.supported.answered + side.supported.left_out, side.total);
                let total = Some(side.total);
                prop_assert!(side.issues.iter().all(|issue| issue.count("of") == total && issue.count("count") <= total));
                prop_assert!(side.issues.iter().all(|issue| issue.count("group_count") <= issue.count("world_count")));
            }
            prop_assert_eq!(world(&profile.recommending) + profile.recommending.total, pairs);
            prop_assert_eq!(world(&profile.under_review) + profile.under_review.total, reviewed as u64);
        }
        // the profiles of all States hold every recommendation and every pair once
        prop_assert_eq!(received, reviewed as u64);
        prop_assert_eq!(made, pairs);
    }
}

fn run(arguments: &[&str]) -> Output {
    program("profile", arguments)
}

#[test]
fn the_example_shows_both_sides() {
    let shown = |arguments: &[&str]| {
        let output = run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let usa = shown(&[]);
    assert!(
        usa.starts_with("United States (WEOG)\n\nAs State under review: what is recommended to it\n"),
        "{usa}"
    );
    assert!(usa.contains("    347  in all; supported 263 of 347 = 76% (71% to 80%)\n"), "{usa}");
    assert!(usa.contains("\nAs recommending State: what it recommends to others\n"), "{usa}");
    let spain = shown(&["--state", "ESP", "--by", "sdgs"]);
    assert!(spain.starts_with("Spain (WEOG)\n") && spain.contains("to States: United States "), "{spain}");
    assert!(spain.contains("16 Peace, justice and strong"), "{spain}");
    let output = run(&["--state", "Atlantis"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "profile: state: found \"Atlantis\", expected a State of the table, or one that a recommendation of the list \
         names\n"
    );
}
