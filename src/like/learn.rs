//! Writes what the asks of `tests/gold/like.csv` are compared by, from which `tests/gold/weights.py` learns the weights.

use super::decide::MEASURES;
use super::score::Maker;
use super::{COMPARED, List, ask::Ask};
use crate::files::sheet::Sheet;
use crate::read::Reader;
use crate::tag::Tagger;
use crate::text::hash::Fnv;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// How many times an ask is written: as it is, and as if the hand-made tables knew fewer of its words. Words were added to them
/// for the very asks that weights are learned from; for others they know fewer.
const VARIANTS: u64 = 3;

/// So many in ten things that an ask names are kept in a variant.
const KEPT_IN_TEN: u64 = 6;

#[test]
#[ignore = "writes a table, with UPR_MEASURES=FILE"]
fn measures_of_the_asks() {
    let Some(target) = std::env::var_os("UPR_MEASURES") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read(root.join("tests/gold/like.csv")).expect("the asks");
    let columns: &[&str] = &["part", "list", "id", "ask", "takers", "related"];
    let sheet = Sheet { name: "like.csv", columns, required: 6, optional: false, others: false };
    let mut by_list: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for row in
        sheet.rows("", Some(&file)).expect("its rows").into_iter().filter(|row| row.cells[0] != "fresh")
    {
        by_list.entry(row.cells[1].clone()).or_default().push(row.cells.to_vec());
    }
    let mut table = format!("part,list,ask,variant,taken_up,{}\n", MEASURES.join(","));
    let tagger = Tagger::core();
    for (name, rows) in &by_list {
        let shared = root.join("../shared/data");
        let (path, reader) = match name.as_str() {
            "usa-2020" => ("usa-2020.csv".to_string(), Reader::new().state_under_review("United States")),
            "belgium2026" => (
                "modern/belgium-2026-bare-list.docx".to_string(),
                Reader::new().state_under_review("Belgium"),
            ),
            slovenia if slovenia.starts_with("slovenia") => {
                (format!("thematic-lists/{slovenia}.docx"), Reader::new())
            }
            report => (format!("reports-txt/{report}.txt"), Reader::new()),
        };
        let coded = tagger.tag(reader.path(shared.join(path)).expect("a real list"));
        let all: Vec<_> = coded.recommendations.iter().collect();
        let list = List::of(&all);
        let mut maker = Maker::default();
        for row in rows {
            let ask = Ask::new(&*row[2], &*row[3]);
            let issues = tagger.code(ask.text.as_str()).coding;
            let issues: Vec<&str> = issues.tags.iter().map(|tag| &*tag.code).collect();
            let ids = |cell: &str| -> BTreeSet<String> {
                cell.split_whitespace()
                    .filter_map(|name| Some(name.rsplit_once(':')?.1.to_string()))
                    .collect()
            };
            let (takers, related) = (ids(&row[4]), ids(&row[5]));
            for variant in 0..VARIANTS {
                let mut text = maker.ask(&ask.text, &list.own, issues.iter().copied());
                text.named.retain(|named| {
                    let hash = Fnv::new().add(&named.key.to_le_bytes()).add(&variant.to_le_bytes()).value();
                    variant == 0 || (hash >> 32) & 1023 < KEPT_IN_TEN * 1024 / 10
                });
                for (at, measures) in list.measured(&text, COMPARED, &mut vec![0; all.len()]) {
                    let hash = all[at as usize].recommendation.text_hash();
                    let taken_up = if takers.contains(&hash) { 2 } else { u8::from(related.contains(&hash)) };
                    let measures: Vec<String> = measures.iter().map(i64::to_string).collect();
                    let part = &row[0];
                    let _ = writeln!(
                        table,
                        "{part},{name},{},{variant},{taken_up},{}",
                        ask.id,
                        measures.join(",")
                    );
                }
            }
        }
    }
    std::fs::write(target, table).expect("a writable file");
}
