//! A good table, damaged in ways that happen to tables: is what comes out still true, or refused, or warned about? The truth
//! is the list that the table was written from. A thousand damaged tables, ten thousand in an optimised build,
//! always the same ones.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;
use upr::read::{Reader, RecommendationList};

const TRIES: u32 = if cfg!(debug_assertions) { 1_000 } else { 10_000 };

const HEADERS: [&str; 6] =
    ["Paragraph", "Recommendation", "Recommending States", "Position", "State under review", "Session"];
const STATES: [&str; 8] = [
    "Spain",
    "Peru",
    "Chile; Togo",
    "the Netherlands",
    "Mali",
    "Côte d’Ivoire",
    "Iran (Islamic Republic of)",
    "Fiji, Japan",
];
const POSITIONS: [&str; 3] = ["Supported", "Noted", "Supported in part"];
const TEXTS: [&str; 6] = [
    "Ratify the Convention against Torture and its Optional Protocol",
    "Abolish the death penalty, and commute all sentences",
    "Train the police in the use of force",
    "Build shelters for women in every region",
    "Investigate \"all\" attacks on journalists",
    "Register every child at birth; issue certificates",
];
/// What people write above a column, known and unknown to the reader.
const NAMES: [&str; 14] = [
    "Text",
    "Recommendations",
    "Country",
    "State",
    "States",
    "Response",
    "Position of the Government",
    "No.",
    "Comments",
    "Theme",
    "Cycle",
    "Column1",
    "",
    "Body",
];
/// What programs and people put into cells and rows.
const CELLS: [&str; 10] =
    ["", "nan", "NA", "#N/A", "-", "Supported", "Spain", "6.1", "2030", "A. Rights of women"];

/// A way to damage a table.
#[derive(Debug, Clone)]
enum Damage {
    MoveColumn(Index, Index),
    DropColumn(Index),
    CopyColumn(Index, Index),
    Rename(Index, &'static str),
    SwapHeaders(Index, Index),
    SwapCells(Index, Index, Index),
    Fill(Index, Index, &'static str),
    FillColumn(Index, &'static str),
    ShiftRow(Index),
    HeaderAgain(Index),
    RowAlone(Index, &'static str),
    Title(&'static str),
    DropRow(Index),
    RepeatRow(Index),
    CutZeros(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(from, to)| Damage::MoveColumn(from, to)),
        at().prop_map(Damage::DropColumn),
        (at(), at()).prop_map(|(from, to)| Damage::CopyColumn(from, to)),
        (at(), select(&NAMES[..])).prop_map(|(column, name)| Damage::Rename(column, name)),
        (at(), at()).prop_map(|(one, other)| Damage::SwapHeaders(one, other)),
        (at(), at(), at()).prop_map(|(row, one, other)| Damage::SwapCells(row, one, other)),
        (at(), at(), select(&CELLS[..])).prop_map(|(row, column, cell)| Damage::Fill(row, column, cell)),
        (at(), select(&CELLS[..])).prop_map(|(column, cell)| Damage::FillColumn(column, cell)),
        at().prop_map(Damage::ShiftRow),
        at().prop_map(Damage::HeaderAgain),
        (at(), select(&CELLS[..])).prop_map(|(row, cell)| Damage::RowAlone(row, cell)),
        select(&NAMES[..]).prop_map(Damage::Title),
        at().prop_map(Damage::DropRow),
        at().prop_map(Damage::RepeatRow),
        at().prop_map(Damage::CutZeros),
    ]
}

type Table = Vec<Vec<String>>;

/// Twelve numbered recommendations to Kenya under their header.
fn good(choices: &[(Index, Index, Index)]) -> Table {
    let row = |(at, (text, states, position)): (usize, &(Index, Index, Index))| {
        vec![
            format!("142.{}", at + 1),
            format!("{} ({})", text.get(&TEXTS), ["a", "b", "c", "d"][at % 4])
                .replace(" (", ", part ")
                .replace(')', ""),
            states.get(&STATES).to_string(),
            position.get(&POSITIONS).to_string(),
            "Kenya".to_string(),
            "35".to_string(),
        ]
    };
    let header = HEADERS.map(str::to_string).to_vec();
    std::iter::once(header).chain(choices.iter().enumerate().map(row)).collect()
}

fn apply(table: &mut Table, damage: &Damage) {
    let width = table[0].len().max(1);
    let rows = table.len() - 1;
    let row = |at: &Index| 1 + at.index(rows.max(1));
    if rows == 0 {
        return;
    }
    match damage {
        Damage::MoveColumn(from, to) => {
            let (from, to) = (from.index(width), to.index(width));
            for cells in table.iter_mut().filter(|cells| cells.len() == width) {
                let cell = cells.remove(from);
                cells.insert(to, cell);
            }
        }
        Damage::DropColumn(at) if width > 1 => {
            for cells in table.iter_mut().filter(|cells| cells.len() == width) {
                cells.remove(at.index(width));
            }
        }
        Damage::DropColumn(_) => {}
        Damage::CopyColumn(from, to) => {
            let (from, to) = (from.index(width), to.index(width));
            table
                .iter_mut()
                .filter(|cells| cells.len() == width)
                .for_each(|cells| cells[to] = cells[from].clone());
        }
        Damage::Rename(at, name) => table[0][at.index(width)] = name.to_string(),
        Damage::SwapHeaders(one, other) => table[0].swap(one.index(width), other.index(width)),
        Damage::SwapCells(at, one, other) => {
            let cells = &mut table[row(at)];
            let (one, other) = (one.index(cells.len()), other.index(cells.len()));
            cells.swap(one, other);
        }
        Damage::Fill(at, column, cell) => {
            let cells = &mut table[row(at)];
            let column = column.index(cells.len());
            cells[column] = cell.to_string();
        }
        Damage::FillColumn(column, cell) => {
            let column = column.index(width);
            for cells in table.iter_mut().skip(1).filter(|cells| cells.len() > column) {
                cells[column] = cell.to_string();
            }
        }
        Damage::ShiftRow(at) => table[row(at)].insert(0, String::new()),
        Damage::HeaderAgain(at) => {
            let header = table[0].clone();
            table.insert(row(at), header);
        }
        Damage::RowAlone(at, cell) => {
            let mut cells = vec![String::new(); width];
            cells[0] = cell.to_string();
            table.insert(row(at), cells);
        }
        Damage::Title(title) => {
            let mut cells = vec![String::new(); width];
            cells[0] = title.to_string();
            table.insert(0, cells);
        }
        Damage::DropRow(at) => drop(table.remove(row(at))),
        Damage::RepeatRow(at) => {
            let cells = table[row(at)].clone();
            table.push(cells);
        }
        Damage::CutZeros(column) => {
            let column = column.index(width);
            for cells in table.iter_mut().skip(1).filter(|cells| cells.len() > column) {
                if cells[column].contains('.') {
                    cells[column] = cells[column].trim_end_matches('0').to_string();
                }
            }
        }
    }
}

fn written(table: &Table) -> Vec<u8> {
    let mut to = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    table.iter().for_each(|cells| to.write_record(cells).expect("room in memory"));
    to.into_inner().expect("room in memory")
}

/// What is counted: each recommendation by its text, with its States and its position.
fn counted(list: &RecommendationList) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for made in &list.recommendations {
        let states: Vec<&str> = made.recommending_states.iter().map(|name| name.name()).collect();
        let position = made.position().map_or("none", |position| position.as_str());
        *counted.entry(format!("{} [{}] {position}", made.text, states.join(", "))).or_default() += 1;
    }
    counted
}

/// Whether a reader of the result is told that something is amiss: what the summary prints beside the figures.
fn is_warned(list: &RecommendationList) -> bool {
    let file = &list.files[0];
    let unresolved = list.unresolved();
    !file.warnings.is_empty()
        || !list.rejects.is_empty()
        || !list.pledges.is_empty()
        || !file.unused_columns.is_empty()
        || file.set_aside > 0
        || !unresolved.is_empty()
        || list.account().merged + list.account().repeated > 0
}

/// Whether what is missing can be seen in the figures themselves: States or positions that are counted as not given.
fn says_what_is_missing(list: &RecommendationList) -> bool {
    let of = |missing: fn(&upr::Recommendation) -> bool| list.recommendations.iter().any(missing);
    of(|made| made.recommending_states.is_empty()) || of(|made| made.position.is_none())
}

/// What no reader could know: rows that are gone or there twice, and cells that say something else that may be true.
fn is_another_truth(damage: &Damage) -> bool {
    matches!(
        damage,
        Damage::DropRow(_)
            | Damage::RepeatRow(_)
            | Damage::Fill(_, _, "Supported" | "Spain" | "2030" | "6.1" | "A. Rights of women")
            // one text for all numbers, as under a heading
            | Damage::FillColumn(_, "Supported" | "Spain" | "A. Rights of women")
    )
}

#[test]
fn no_damaged_table_is_wrong_without_a_word() {
    let choices = proptest::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 12);
    let damages = proptest::collection::vec(damage(), 1..4);
    let config = Config { cases: TRIES, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let checked = runner.run(&(choices, damages), |(choices, damages)| {
        let table = good(&choices);
        let truth = counted(&Reader::new().bytes("good.csv", &written(&table)).expect("a good table"));
        prop_assert_eq!(truth.values().sum::<usize>(), 12);
        // what one State recommended to many looks like what many recommended to one
        let mut turned = table.clone();
        turned[0].swap(2, 4);
        let turned = Reader::new()
            .bytes("turned.csv", &written(&turned))
            .map(|list| counted(&list))
            .unwrap_or_default();
        let mut damaged = table;
        damages.iter().for_each(|damage| apply(&mut damaged, damage));
        if damages.iter().any(is_another_truth) {
            return Ok(());
        }
        let bytes = written(&damaged);
        let Ok(list) = Reader::new().bytes("damaged.csv", &bytes) else { return Ok(()) };
        prop_assert!(list.account().balances());
        let found = counted(&list);
        let right = found == truth || found == turned;
        prop_assert!(
            right || is_warned(&list) || says_what_is_missing(&list),
            "wrong without a word:\n{}",
            String::from_utf8_lossy(&bytes)
        );
        Ok(())
    });
    if let Err(found) = checked {
        panic!("{found}");
    }
}
