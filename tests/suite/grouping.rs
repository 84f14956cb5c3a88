//! Do groupings load, tell what is wrong with them, and count everything? The bundled tables are held to the codebooks.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use support::{core, fixture, usa};
use upr::code::{Coding, Evidence, Tag};
use upr::count::{Grouping, OUTSIDE, Reading};
use upr::{Codebook, CodedList, CodedRecommendation, Dimension, Recommendation, StateName, Tally, Unit};

/// The codebooks, loaded once: it takes a while, and the property test asks for them hundreds of times.
fn codebooks() -> &'static [Codebook; 2] {
    static CODEBOOKS: OnceLock<[Codebook; 2]> = OnceLock::new();
    CODEBOOKS.get_or_init(|| [Codebook::core(), Codebook::upr_info()])
}

/// The bundled groupings, each with the codebook whose issues it groups.
fn bundled() -> &'static [(Grouping, &'static Codebook)] {
    static ALL: OnceLock<Vec<(Grouping, &'static Codebook)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let pairs =
            Grouping::BUNDLED.into_iter().flat_map(|name| codebooks().iter().map(move |other| (name, other)));
        pairs
            .filter_map(|(name, codebook)| Some((Grouping::bundled(name, codebook).ok()?, codebook)))
            .collect()
    })
}

/// The rows of the table of a grouping: issue, group, relation, note and line.
fn rows(grouping: &Grouping) -> Vec<[String; 5]> {
    let cells = grouping.table().rows.into_iter();
    cells.map(|row| std::array::from_fn(|column| row[column].text())).collect()
}

#[test]
fn every_issue_stands_in_every_bundled_table() {
    let names: Vec<String> = bundled()
        .iter()
        .map(|(grouping, codebook)| format!("{} of {}", grouping.name(), codebook.name()))
        .collect();
    assert_eq!(
        names,
        [
            "upr-info of core",
            "core of upr-info",
            "ohchr-themes of core",
            "ohchr-themes of upr-info",
            "ohchr-themes-cycle-2 of core",
            "sdgs of core",
            "sdgs of upr-info",
            "blueprints-2021 of core",
            "five-stages of core",
        ]
    );
    for (grouping, codebook) in bundled() {
        let place = format!("{} of {}", grouping.name(), codebook.name());
        let rows = rows(grouping);
        let named: BTreeSet<&str> = rows.iter().map(|[issue, ..]| issue.as_str()).collect();
        for issue in codebook.issues() {
            assert!(named.contains(&*issue.code), "{place}: {}", issue.code);
        }
        for [issue, group, relation, note, _] in &rows {
            let outside = group == OUTSIDE;
            assert!(!outside || !note.is_empty(), "{place}: {issue} is outside without a reason");
            assert_eq!(outside, relation.is_empty(), "{place}: {issue}");
        }
        for group in grouping.groups() {
            assert!(!group.label.is_empty(), "{place}: {}", group.code);
            let found = grouping.group_of_label(&group.label).expect("its own label");
            assert_eq!(found.code, group.code, "{place}");
        }
        assert!(!grouping.about().title.is_empty() && !grouping.about().description.is_empty(), "{place}");
    }
}

/// An issue or group that nothing leads to would look as if nobody recommended on it.
#[test]
fn every_group_is_reached_or_named_here() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        // UPR Info has no issue for these
        (
            "core of upr-info",
            &[
                "human-rights-council",
                "legislation",
                "levels-of-government",
                "business-and-human-rights",
                "statelessness-and-nationality",
                "extraterritorial-application",
                "good-practices",
                "social-protection",
                "culture",
            ][..],
        ),
        // means that no issue names
        ("ohchr-themes of core", &["budget", "data-collection"]),
        (
            "ohchr-themes of upr-info",
            &["institutional-reform", "budget", "data-collection", "business", "name-and-nationality"],
        ),
        ("ohchr-themes-cycle-2 of core", &["A62"]),
    ]);
    for (grouping, codebook) in bundled() {
        let place = format!("{} of {}", grouping.name(), codebook.name());
        let rows = rows(grouping);
        let reached: BTreeSet<&str> = rows.iter().map(|[_, group, ..]| group.as_str()).collect();
        let not: BTreeSet<&str> = grouping
            .groups()
            .iter()
            .map(|group| &*group.code)
            .filter(|code| !reached.contains(code))
            .collect();
        let expected = allowed.get(place.as_str()).copied().unwrap_or_default();
        assert_eq!(not, expected.iter().copied().collect(), "{place}");
    }
}

/// Two tables that speak of one pair of issues from both sides must not contradict each other.
#[test]
fn the_crosswalk_says_the_same_from_both_sides() {
    let relations = |name: &str, codebook: &Codebook| -> BTreeMap<(String, String), String> {
        let rows = rows(&Grouping::bundled(name, codebook).expect("a bundled grouping")).into_iter();
        let relations = rows.map(|[issue, group, relation, ..]| ((issue, group), relation));
        relations.filter(|(_, relation)| !relation.is_empty()).collect()
    };
    let there = relations("upr-info", core());
    let back = relations("core", &codebooks()[1]);
    let mut both = 0;
    for ((core, upr_info), relation) in &there {
        let Some(other) = back.get(&(upr_info.clone(), core.clone())) else { continue };
        both += 1;
        let agreeing: &[&str] = match relation.as_str() {
            "same" => &["same"],
            "narrower" => &["broader", "overlaps"],
            "broader" => &["narrower", "overlaps"],
            _ => &["narrower", "broader", "overlaps"],
        };
        assert!(
            agreeing.contains(&other.as_str()),
            "{core} is {relation} to {upr_info}, which is {other} to it"
        );
    }
    assert!(both > 90, "{both}");
    let same = |rows: &BTreeMap<(String, String), String>| {
        rows.values().filter(|relation| *relation == "same").count()
    };
    assert_eq!(same(&there), same(&back), "what is the same is so from both sides");
}

#[test]
fn readings_widen() {
    for (grouping, codebook) in bundled() {
        let [implied, usual, possible] = [0, 1, 2].map(|at| grouping.clone().with_reading(Reading::ALL[at]));
        assert_eq!(usual.about().hash, grouping.about().hash);
        assert!(implied.about().hash != usual.about().hash && possible.about().hash != usual.about().hash);
        assert_eq!(possible.clone().with_reading(Reading::Usual).about().hash, grouping.about().hash);
        for issue in codebook.issues() {
            let groups = |grouping: &Grouping| -> BTreeSet<String> {
                let codes = grouping.groups_of(&issue.code);
                codes.into_iter().filter(|code| *code != OUTSIDE).map(str::to_string).collect()
            };
            assert!(groups(&implied).is_subset(&groups(&usual)), "{}", issue.code);
            assert!(groups(&usual).is_subset(&groups(&possible)), "{}", issue.code);
        }
    }
}

#[test]
fn a_folder_of_ones_own_loads() {
    let climate = Codebook::load(fixture("codebook-climate")).expect("a codebook");
    let grouping = Grouping::load(fixture("grouping-climate"), &climate).expect("a grouping");
    assert_eq!((grouping.name(), grouping.about().version.as_str()), ("climate-chapters", "1.0.0"));
    assert_eq!(grouping.groups_of("climate-action"), ["nature", "A2"]);
    assert_eq!(grouping.groups_of("climate-displacement"), [OUTSIDE]);
    assert_eq!(grouping.groups_of("no-such-issue"), [OUTSIDE]);
    assert_eq!(grouping.group_of_label("NATURE").map(|group| &*group.code), Some("nature"));
    assert_eq!(grouping.group_of_label("a2").map(|group| &*group.code), Some("A2"));
    assert!(grouping.group_of_label("forests").is_none());
    let narrow = grouping.with_reading(Reading::Implied);
    assert_eq!(narrow.groups_of("climate-action"), ["nature"]);
}

#[test]
fn a_table_alone_loads() {
    let folder = support::scratch("grouping");
    let path = folder.join("my chapters.csv");
    let table =
        "Issue;Group;Label\r\nicc;law;Law and courts\r\njustice;law;\r\nhousing;home;\r\nfood;outside;\r\n";
    std::fs::write(&path, table).expect("a file");
    let grouping = Grouping::load(&path, core()).expect("a grouping");
    assert_eq!((grouping.name(), grouping.about().version.as_str()), ("my chapters", ""));
    let labels: Vec<&str> = grouping.groups().iter().map(|group| group.label.as_str()).collect();
    assert_eq!(labels, ["Law and courts", "home"]);
    let rewritten = "issue,group,relation,label\nicc,law,,\"Law and courts\"\njustice,law,,\nhousing,home,,\nfood,outside,,\n";
    std::fs::write(&path, rewritten).expect("a file");
    let again = Grouping::load(&path, core()).expect("a grouping");
    assert_eq!(again.about().hash, grouping.about().hash, "quotes, separators and line ends are no content");
}

#[test]
fn a_list_reads_through_every_grouping() {
    let (tagger, coded) = usa();
    for grouping in of_core() {
        let regrouped = grouping.regroup(&coded).expect("a list coded with core");
        assert_eq!(regrouped.codebooks().issues().identity(), grouping.identity());
        let groups = grouping.by_group(&coded).expect("a list coded with core");
        let tally = Tally::of(&regrouped, &[Dimension::Issue]).with_zeros();
        let codes: BTreeSet<&str> = groups.iter().map(|group| &*group.code).collect();
        assert_eq!(tally.iter().map(|(cell, _)| &*cell[0]).collect::<BTreeSet<_>>(), codes);
        for group in &groups {
            assert_eq!(tally.get([&*group.code]).unwrap(), group.count, "{}", group.code);
            assert_eq!(group.recommendations.len() as u64, group.count.recommendations);
        }
        for (before, after) in coded.recommendations.iter().zip(&regrouped.recommendations) {
            assert_eq!(before.recommendation, after.recommendation);
            let codes: Vec<Arc<str>> = match after.coding.tags.as_slice() {
                [] => vec![Arc::from("untagged")],
                tags => tags.iter().map(|tag| tag.code.clone()).collect(),
            };
            assert_eq!(codes, grouping.of(&before.coding));
            assert!(after.coding.tags.iter().all(|tag| !tag.evidence.is_empty()));
        }
        let other = grouping.regroup(&regrouped).expect_err("it is coded with groups now");
        let expected = format!(
            "grouping {}: found a list coded with {}, expected one coded with {}",
            grouping.name(),
            grouping.identity(),
            tagger.codebook().identity()
        );
        assert_eq!(other.to_string(), expected);
        assert_eq!(*grouping.codebook_of_issues(), tagger.codebook().identity());
    }
}

fn of_core() -> impl Iterator<Item = &'static Grouping> {
    bundled().iter().filter(|(_, codebook)| codebook.name() == "core").map(|(grouping, _)| grouping)
}

fn coded(issues: &[String], states: usize) -> CodedRecommendation {
    static ONE: OnceLock<Recommendation> = OnceLock::new();
    let mut recommendation = ONE
        .get_or_init(|| {
            let list = upr::read::Reader::new().bytes("a.csv", b"text\nEnd it\n").expect("a list");
            list.recommendations.into_iter().next().expect("one")
        })
        .clone();
    recommendation.recommending_states =
        ["Spain", "Peru", "Atlantis"].iter().take(states).map(|name| StateName::new(name)).collect();
    let tags = issues.iter().map(|issue| Tag {
        code: Arc::from(issue.as_str()),
        theme: Arc::from("theme"),
        evidence: vec![Evidence { rule: Arc::from("end"), span: 0..3 }],
    });
    CodedRecommendation::new(recommendation, Coding { tags: tags.collect(), ..Coding::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What the module's page says of sums, for any list and any reading.
    #[test]
    fn groups_outside_and_untagged_hold_every_recommendation(
        picks in proptest::collection::vec((proptest::collection::vec(0usize..200, 0..5), 0usize..4), 0..12),
        reading in 0usize..3,
    ) {
        let codes: Vec<String> = core().issues().iter().map(|issue| issue.code.to_string()).collect();
        let list: Vec<CodedRecommendation> = picks
            .iter()
            .map(|(issues, states)| {
                let mut issues: Vec<String> = issues.iter().filter_map(|at| codes.get(*at).cloned()).collect();
                issues.sort_unstable();
                issues.dedup();
                coded(&issues, *states)
            })
            .collect();
        let coded = CodedList::new(core().clone(), list.clone());
        for grouping in of_core() {
            let grouping = grouping.clone().with_reading(Reading::ALL[reading]);
            let regrouped = grouping.regroup(&coded).expect("a list coded with core");
            let tally = Tally::of(&regrouped, &[Dimension::Issue]).with_zeros();
            prop_assert_eq!(tally.total().of(Unit::Recommendations), list.len() as u64);
            let in_groups: u64 = list
                .iter()
                .map(|coded| grouping.of(&coded.coding).len() as u64)
                .sum();
            let cells: u64 = tally.iter().map(|(_, count)| count.of(Unit::Recommendations)).sum();
            prop_assert_eq!(cells, in_groups);
            let outside = tally.get([OUTSIDE]).unwrap().of(Unit::Recommendations);
            let untagged = tally.get(["untagged"]).unwrap().of(Unit::Recommendations);
            let grouped = list.iter().filter(|coded| {
                let codes = grouping.of(&coded.coding);
                !codes.iter().any(|code| &**code == OUTSIDE || &**code == "untagged")
            });
            prop_assert_eq!(grouped.count() as u64 + outside + untagged, list.len() as u64);
            let pairs: u64 = list.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
            prop_assert_eq!(tally.total().of(Unit::RecommendationXState), pairs);
            for (_, count) in tally.iter() {
                prop_assert!(count.of(Unit::RecommendationXState) <= pairs);
            }
        }
    }
}
