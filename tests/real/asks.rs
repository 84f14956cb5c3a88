//! Do the same asks, and links across cycles, agree with codings of real recommendations? Reads `../shared/data`
//! beside the project. `gold/asks-pairs.csv` and `gold/links.csv` name rows by file, row
//! and hash, and hold none of the texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use support::fnv1a;
use upr::compare::{LinkKind, THRESHOLD, across_cycles, same_asks, score};
use upr::{CodedList, CodedRecommendation, Tagger};

/// The export, coded.
fn export() -> &'static CodedList {
    static EXPORT: OnceLock<CodedList> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let list = upr::read::Reader::new().paths(support::sessions()).expect("the export as it comes");
        Tagger::core().tag(list)
    })
}

fn by_source(export: &'static CodedList) -> BTreeMap<(String, u64), &'static CodedRecommendation> {
    let sources = |coded: &'static CodedRecommendation| {
        coded.recommendation.sources.iter().map(move |source| ((source.file.to_string(), source.row), coded))
    };
    export.recommendations.iter().flat_map(sources).collect()
}

/// A row of a sample: what it names, checked against the hash of the text that was coded.
fn named(
    row: &BTreeMap<String, String>,
    prefix: &str,
    by_source: &BTreeMap<(String, u64), &'static CodedRecommendation>,
) -> &'static CodedRecommendation {
    let cell = |name: &str| row[&format!("{prefix}{name}")].clone();
    let place = (cell("file"), cell("row").parse().expect("a number"));
    let coded = by_source.get(&place).unwrap_or_else(|| panic!("{place:?} is not in the data"));
    assert_eq!(format!("{:016x}", fnv1a(coded.recommendation.text.trim())), cell("hash"), "{place:?}");
    coded
}

fn sample(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = support::root().join(format!("tests/gold/{name}"));
    let mut reader = csv::Reader::from_path(path).expect("a coded sample");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn same_asks_agree_with_their_sample() {
    let export = export();
    let by_source = by_source(export);
    for (half, precision_floor, recall_floor) in [("view", 0.88, 0.64), ("unseen", 0.74, 0.64)] {
        let pairs: Vec<(f64, bool)> = sample("asks-pairs.csv")
            .iter()
            .filter(|row| row["half"] == half)
            .map(|row| {
                let (one, two) = (named(row, "", &by_source), named(row, "other_", &by_source));
                (score(one, two), row["label"] == "1")
            })
            .collect();
        assert!(pairs.len() >= 180);
        let same = pairs.iter().filter(|(_, label)| *label).count();
        for threshold in [0.50, 0.55, 0.60, 0.65, 0.70] {
            let proposed = pairs.iter().filter(|(score, _)| *score >= threshold).count();
            let right = pairs.iter().filter(|(score, label)| *score >= threshold && *label).count();
            let (precision, recall) = (right as f64 / proposed as f64, right as f64 / same as f64);
            eprintln!(
                "{half}, from {threshold:.2}: precision {precision:.3} ({right} of {proposed}), recall {recall:.3} ({right} of {same})"
            );
            if threshold == THRESHOLD {
                assert!(precision >= precision_floor && recall >= recall_floor, "{half}");
            }
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn links_agree_with_their_sample() {
    let export = export();
    let by_source = by_source(export);
    let cycles = across_cycles(export);
    assert_eq!(cycles.len(), 68);
    let id = |coded: &CodedRecommendation| coded.recommendation.id.clone();
    let proposed: BTreeMap<(String, String), LinkKind> = cycles
        .iter()
        .flat_map(|cycle| &cycle.links)
        .map(|link| ((id(link.earlier), id(link.later)), link.kind))
        .collect();
    let (mut read, mut right) = (0, 0);
    let mut by_kind: BTreeMap<LinkKind, (usize, usize)> = BTreeMap::new();
    let mut returned: BTreeMap<(String, String), bool> = BTreeMap::new();
    for row in sample("links.csv") {
        let (earlier, later) = (named(&row, "", &by_source), named(&row, "later_", &by_source));
        let link = proposed.get(&(id(earlier), id(later)));
        if row["sample"] == "proposed" {
            read += usize::from(link.is_some());
            right += usize::from(link.is_some() && row["label"] == "1");
            if let Some(kind) = link {
                let of_kind = by_kind.entry(*kind).or_default();
                of_kind.0 += usize::from(row["label"] == "1");
                of_kind.1 += 1;
            }
        } else {
            *returned.entry((row["sample"].clone(), id(earlier))).or_default() |= link.is_some();
        }
    }
    let precision = right as f64 / read as f64;
    eprintln!("{read} links read, precision {right}/{read} {precision:.3}, {by_kind:?}");
    assert!(read >= 85 && precision >= 0.85, "{precision}");
    for (half, floor) in [("returned", 0.65), ("returned-unseen", 0.50)] {
        let of_half: Vec<bool> =
            returned.iter().filter(|((sample, _), _)| sample == half).map(|(_, found)| *found).collect();
        let found = of_half.iter().filter(|found| **found).count();
        eprintln!("{half}: {found} of {} that return were linked", of_half.len());
        assert!(found as f64 / of_half.len() as f64 >= floor, "{half}");
    }
}

/// Every recommendation of the export is in one group of its review, and equal texts are one ask.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_recommendation_of_the_export_is_in_one_group() {
    let export = export();
    let groups = same_asks(export);
    let members: usize = groups.iter().map(|group| group.members.len()).sum();
    let coded = &export.recommendations;
    let pairs: u64 = groups.iter().map(|group| group.count.recommendation_x_state).sum();
    assert_eq!(
        (members, pairs as usize),
        (coded.len(), coded.iter().map(|coded| coded.recommendation.pairs()).sum())
    );
    let mut homes: BTreeMap<(String, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut joint = 0;
    for (at, group) in groups.iter().enumerate() {
        assert_eq!(group.reviews, 1);
        for member in &group.members {
            let recommendation = &member.recommendation;
            joint += usize::from(recommendation.pairs() > 1);
            homes
                .entry((recommendation.id.chars().take(6).collect(), &recommendation.text))
                .or_default()
                .insert(at);
        }
    }
    assert!(homes.values().all(|groups| groups.len() == 1));
    assert!(joint > 400, "{joint} joint recommendations");
    let largest = &groups[0];
    eprintln!("{} asks; the largest has {}", groups.len(), largest.members.len());
}
