//! Does the codebook `core` agree with readers who coded by its definitions alone? The 600 texts and their codes are in
//! `gold/core.csv`, by file, row and hash; `MEASURED.md` says who coded, and has the figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use support::{Row, fnv1a, rows, sessions, shared};
use upr::Tagger;
use upr::evaluate::{Agreement, jackknife};
use upr::read::{Reader, RecommendationList};

/// The lists that the texts were drawn from.
fn lists() -> Vec<RecommendationList> {
    let bare = |file: &str, state: &str, session: u16| {
        let reader = Reader::new().state_under_review(state).session(session);
        reader.path(shared(&format!("modern/{file}"))).expect("a list")
    };
    let mut lists = vec![
        bare("belgium-2026-bare-list.docx", "Belgium", 52),
        bare("china-2018-matrix.docx", "China", 31),
        bare("mozambique-2026-draft-report.docx", "Mozambique", 52),
        bare("namibia-2026-bare-list-auto-numbered.docx", "Namibia", 52),
        bare("niger-2026-bare-list.docx", "Niger", 52),
        upr::read::path(shared("thematic-lists/slovenia-cycle4.docx")).expect("a list"),
        upr::read::path(shared("usa-2020.csv")).expect("a list"),
    ];
    lists.extend(sessions().map(|path| upr::read::path(path).expect("a list")));
    lists
}

/// The codes that a coder gave, or those of both and of the differences that were settled so.
fn codes<'r>(row: &'r Row, coder: &str) -> BTreeSet<&'r str> {
    let of = |coder: &str| row[coder].split(';').filter(|code| !code.is_empty()).collect::<BTreeSet<_>>();
    if coder != "settled" {
        return of(coder);
    }
    static SETTLED: LazyLock<BTreeMap<(String, String), bool>> = LazyLock::new(|| {
        let rows = rows(support::root().join("tests/gold/core-settled.csv"));
        rows.iter().map(|row| ((row["hash"].clone(), row["code"].clone()), row["settled"] == "yes")).collect()
    });
    let (one, other) = (of("coder_1"), of("coder_2"));
    let stands = |code: &&str| SETTLED[&(row["hash"].clone(), code.to_string())];
    let settled: BTreeSet<&str> = one.symmetric_difference(&other).copied().filter(stands).collect();
    one.intersection(&other).copied().chain(settled).collect()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn core_agrees_with_both_coders() {
    let tagger = Tagger::core();
    let mut given: BTreeMap<(String, u64), BTreeSet<String>> = BTreeMap::new();
    for list in lists() {
        for coded in tagger.tag(list).recommendations {
            let hash = fnv1a(coded.recommendation.text.trim());
            let codes: BTreeSet<String> = coded.coding.tags.iter().map(|tag| tag.code.to_string()).collect();
            for source in &coded.recommendation.sources {
                given.insert((source.file.to_string(), hash), codes.clone());
            }
        }
    }
    for half in ["view", "unseen"] {
        let mut texts = 0;
        for coder in ["coder_1", "coder_2", "settled"] {
            let sample = rows(support::root().join("tests/gold/core.csv"));
            let parts: Vec<Agreement> = sample
                .iter()
                .filter(|row| row["half"] == half)
                .map(|row| {
                    let hash = u64::from_str_radix(&row["hash"], 16).expect("a hash");
                    let place = (row["source_file"].clone(), hash);
                    let given = given.get(&place).unwrap_or_else(|| panic!("{place:?} is not in the data"));
                    let expected = codes(row, coder);
                    Agreement::of([(expected, given.iter().map(String::as_str).collect::<Vec<_>>())])
                })
                .collect();
            let mut all = Agreement::new();
            parts.iter().for_each(|part| all.merge(part.clone()));
            texts = parts.len();
            let figures = all.micro();
            let [precision, recall, f1] = [figures.precision, figures.recall, figures.f1];
            let interval = jackknife(&parts, |agreement| agreement.micro().f1).expect("many texts");
            println!(
                "{half}, {coder}, {texts} texts: precision {precision:.3}, recall {recall:.3}, micro-F1 {f1:.3} \
                 ({:.3} to {:.3}), macro-F1 {:.3}",
                interval.lower,
                interval.upper,
                all.macro_average().f1
            );
            for (label, figures) in all.labels() {
                let interval =
                    jackknife(&parts, |agreement| agreement.label(label).map_or(0.0, |label| label.f1));
                let interval = interval.expect("many texts");
                println!(
                    "| {label} | {} | {:.3} | {:.3} | {:.3} ({:.3} to {:.3}) |",
                    figures.support,
                    figures.precision,
                    figures.recall,
                    figures.f1,
                    interval.lower,
                    interval.upper
                );
            }
            let (least, least_f1) = if half == "view" { (0.975, 0.98) } else { (0.92, 0.935) };
            assert!(
                precision >= least && recall >= least && f1 >= least_f1,
                "{half}, {coder}: {precision} {recall} {f1}"
            );
        }
        assert_eq!(texts, 300);
    }
}
