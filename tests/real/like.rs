//! Do recommendations of real lists that take up an ask come first, and is it said where none does? `gold/like.csv` has asks
//! written by us for this, and which recommendations take them up, by id and hash; it holds none of their texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::{Row, root, rows, shared};
use upr::compare::{Ask, TAKEN_UP, like};
use upr::{CodedList, Tagger, read::Reader};

/// How many are shown for each ask.
const SHOWN: usize = 5;

fn list(name: &str) -> CodedList {
    let path: PathBuf = match name {
        "usa-2020" => shared("usa-2020.csv"),
        "belgium2026" => shared("modern/belgium-2026-bare-list.docx"),
        "namibia2026" => shared("modern/namibia-2026-bare-list-auto-numbered.docx"),
        slovenia if slovenia.starts_with("slovenia") => shared(&format!("thematic-lists/{slovenia}.docx")),
        report => shared(&format!("reports-txt/{report}.txt")),
    };
    let reader = match name {
        "usa-2020" => Reader::new().state_under_review("United States").session(36),
        "belgium2026" => Reader::new().state_under_review("Belgium").session(52),
        "namibia2026" => Reader::new().state_under_review("Namibia").session(52),
        _ => Reader::new(),
    };
    Tagger::core().tag(reader.path(path).expect("a real list"))
}

/// The recommendations that a cell names, checked against the hashes of the texts that were read.
fn named(cell: &str, coded: &CodedList) -> BTreeSet<String> {
    let one = |name: &str| {
        let (id, hash) = name.rsplit_once(':').expect("id:hash");
        let mut all = coded.recommendations.iter().map(|coded| &coded.recommendation);
        let found = all.find(|recommendation| recommendation.id == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(found.text_hash(), hash, "{id}");
        id.to_string()
    };
    cell.split_whitespace().map(one).collect()
}

/// What came of the asks of one part.
#[derive(Default)]
struct Found {
    taken_up: usize,
    in_five: usize,
    /// With the threshold left out.
    in_five_of_all: usize,
    none_shown: usize,
    none: usize,
    none_right: usize,
    shown: usize,
    shown_right: usize,
    shown_related: usize,
    /// The best score of one that takes the ask up, of the first five, and the best score where none does.
    best_taker: Vec<f64>,
    best_of_none: Vec<f64>,
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn asks_are_taken_up_as_readers_judged() {
    let mut by_list: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(root().join("tests/gold/like.csv")) {
        by_list.entry(row["list"].clone()).or_default().push(row);
    }
    let mut parts: BTreeMap<String, Found> = BTreeMap::new();
    let tagger = Tagger::core();
    for (name, rows) in &by_list {
        let coded = list(name);
        let asks: Vec<Ask> = rows.iter().map(|row| Ask::new(&*row["id"], &*row["ask"])).collect();
        let found = like(&coded, &tagger, &asks, SHOWN).expect("asks of the list's codebook");
        for (row, found) in rows.iter().zip(found) {
            let (takers, related) = (named(&row["takers"], &coded), named(&row["related"], &coded));
            let is = |ids: &BTreeSet<String>, id: &str| ids.contains(id);
            let id = |at: usize| found[at].coded.recommendation.id.as_str();
            let shown = found.iter().filter(|alike| alike.takes_up()).count();
            let part = parts.entry(row["part"].clone()).or_default();
            let right = (0..shown).filter(|at| is(&takers, id(*at))).count();
            part.shown += shown;
            part.shown_right += right;
            part.shown_related += (0..shown).filter(|at| is(&related, id(*at))).count();
            let best = (0..found.len()).find(|at| takers.is_empty() || is(&takers, id(*at)));
            let best = best.map_or(0.0, |at| found[at].score);
            if takers.is_empty() {
                part.best_of_none.push(best);
                part.none += 1;
                part.none_right += usize::from(shown == 0);
            } else {
                part.best_taker.push(best);
                part.taken_up += 1;
                part.in_five += usize::from(right > 0);
                part.in_five_of_all += usize::from((0..found.len()).any(|at| is(&takers, id(at))));
                part.none_shown += usize::from(shown == 0);
            }
        }
    }
    for (part, found) in &parts {
        let share =
            |some: usize, all: usize| format!("{:.3} ({some} of {all})", some as f64 / all.max(1) as f64);
        eprintln!(
            "{part}, from {TAKEN_UP}: a taker in the first five {} [without threshold {}], none shown {}; none where none {}; \
             shown are takers {}, related {}",
            share(found.in_five, found.taken_up),
            share(found.in_five_of_all, found.taken_up),
            share(found.none_shown, found.taken_up),
            share(found.none_right, found.none),
            share(found.shown_right, found.shown),
            share(found.shown_related, found.shown),
        );
        for threshold in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
            let marked = found.best_taker.iter().filter(|best| **best >= threshold).count();
            let right = found.best_of_none.iter().filter(|best| **best < threshold).count();
            let (marked, right) = (share(marked, found.taken_up), share(right, found.none));
            eprintln!("    from {threshold}: marked {marked}; none where none {right}");
        }
    }
    // the least of all parts were 0.920, 0.459 and 0.839 in December 2026; MEASURED.md has all
    for (part, found) in &parts {
        let at_least = |some: usize, all: usize, hundredths: usize| some * 100 >= all * hundredths;
        assert!(
            at_least(found.in_five_of_all, found.taken_up, 91),
            "{part}: takers are not among the first five"
        );
        assert!(at_least(found.in_five, found.taken_up, 45), "{part}: takers are not marked");
        assert!(at_least(found.none_right, found.none, 83), "{part}: asks that none takes up are marked");
    }
}
