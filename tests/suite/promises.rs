//! What must hold for any list: every row is accounted for; the order of rows and of files changes nothing; threads and
//! parts change nothing; evidence is in the text; what was written is read again.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::{BTreeMap, BTreeSet};
use support::scratch;
use upr::export::{self, unguarded};
use upr::read::{Reader, RecommendationList};
use upr::{Codebook, CodedList, Dimension, Recommendation, StoredList, Tagger, Tally};

const TEXTS: [&str; 14] = [
    "Ratify CEDAW",
    "Ratify  CEDAW.",
    "Ratify CEDAW and its Optional Protocol",
    "Abolish the death penalty",
    "Abolish the death-penalty for all crimes; establish a moratorium",
    "Train the police, and investigate police violence against women’s groups",
    "Côte d’Ivoire’s neighbours: end hunger",
    "=1+1",
    "'-a quotation \"inside\", and a comma",
    "Line one\nline two: adequate housing",
    "\u{202e}torture\u{202c} and enforced disappearances",
    "Adhérer à la convention 😀 on torture",
    "<b>Free</b> &amp; fair elections",
    "",
];
const STATES: [&str; 9] =
    ["Spain", "Peru", "Chile; Spain", "the Netherlands", "Ѕpain", "Atlantis", "Côte d’Ivoire", "Kenya", ""];
const POSITIONS: [&str; 6] = ["Supported", "accepted", "Noted", "supported in part", "perhaps", ""];
const NUMBERS: [&str; 5] = ["", "1.1", "1.1", "1.2", "77.13"];
const REVIEWED: [&str; 3] = ["Kenya", "Ghana", ""];

type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        select(&TEXTS[..]),
        select(&STATES[..]),
        select(&POSITIONS[..]),
        select(&NUMBERS[..]),
        select(&REVIEWED[..]),
    );
    proptest::collection::vec(row, 0..16)
}

fn table(rows: &[Row]) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["text", "from", "position", "number", "to"]).expect("room in memory");
    for (text, from, position, number, to) in rows {
        table.write_record([text, from, position, number, to]).expect("room in memory");
    }
    table.into_inner().expect("room in memory")
}

fn read(name: &str, rows: &[Row]) -> RecommendationList {
    Reader::new().session("36").bytes(name, &table(rows)).expect("a list")
}

fn tagger() -> &'static Tagger {
    static TAGGER: std::sync::OnceLock<Tagger> = std::sync::OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new(Codebook::core()).expect("the bundled codebook"))
}

/// A recommendation without what depends on where it stands: its id, text, States and position.
fn content(one: &Recommendation) -> (String, String, BTreeSet<String>, Option<upr::Position>) {
    let states = one.recommending_states.iter().map(|name| name.name().to_string()).collect();
    (one.id.clone(), one.text.clone(), states, one.position())
}

fn contents(list: &RecommendationList) -> Vec<(String, String, BTreeSet<String>, Option<upr::Position>)> {
    let mut contents: Vec<_> = list.recommendations.iter().map(content).collect();
    contents.sort();
    contents
}

const DIMENSIONS: [&[Dimension]; 4] = [
    &[Dimension::Issue, Dimension::Position],
    &[Dimension::RecommendingState],
    &[Dimension::RegionalGroup, Dimension::Issue],
    &[Dimension::StateUnderReview, Dimension::Theme],
];

fn tallies(coded: &CodedList) -> Vec<Tally> {
    DIMENSIONS.map(|dimensions| Tally::of(coded, dimensions)).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_in_are_rows_out(rows in rows()) {
        let list = read("a.csv", &rows);
        let account = list.account();
        prop_assert_eq!(account.rows, rows.len() as u64);
        prop_assert!(account.balances(), "{:?}", account);
        // each row stands in exactly one place
        let mut stands: Vec<u64> = list.recommendations.iter().chain(&list.pledges)
            .flat_map(|one| one.sources.iter().map(|source| source.row))
            .chain(list.rejects.iter().map(|reject| reject.row))
            .collect();
        stands.sort_unstable();
        prop_assert_eq!(stands.len(), rows.len());
        stands.dedup();
        prop_assert_eq!(stands.len(), rows.len(), "a row stands twice");
        let pairs: usize = list.recommendations.iter().map(Recommendation::pairs).sum();
        prop_assert_eq!(account.recommendation_x_state, pairs as u64);
        let apart = Reader::new().rows_apart().bytes("a.csv", &table(&rows)).expect("a list");
        prop_assert_eq!(apart.recommendations.len() as u64, account.recommendations + account.merged + account.repeated);
    }

    #[test]
    fn the_order_of_rows_changes_no_table(rows in rows(), keys in proptest::collection::vec(any::<u32>(), 16)) {
        let mut turned: Vec<(u32, Row)> = keys.into_iter().zip(rows.iter().copied()).collect();
        turned.sort();
        let turned: Vec<Row> = turned.into_iter().map(|(_, row)| row).collect();
        let (list, turned) = (read("a.csv", &rows), read("a.csv", &turned));
        prop_assert_eq!(contents(&list), contents(&turned));
        prop_assert_eq!(tallies(&tagger().tag(list)), tallies(&tagger().tag(turned)));
    }

    #[test]
    fn the_order_of_files_changes_no_table(rows in rows(), cuts in any::<(Index, Index)>()) {
        let (mut one, mut two) = (cuts.0.index(rows.len() + 1), cuts.1.index(rows.len() + 1));
        if one > two {
            (one, two) = (two, one);
        }
        let files = [read("a.csv", &rows[..one]), read("b.csv", &rows[one..two]), read("c.csv", &rows[two..])];
        let join = |order: [usize; 3]| RecommendationList::join(order.map(|at| files[at].clone()));
        let list = join([0, 1, 2]);
        prop_assert!(list.account().balances());
        let coded = tallies(&tagger().tag(list.clone()));
        for order in [[2, 1, 0], [1, 0, 2], [1, 2, 0]] {
            let other = join(order);
            prop_assert_eq!(contents(&list), contents(&other), "{:?}", order);
            prop_assert_eq!(&coded, &tallies(&tagger().tag(other)), "{:?}", order);
        }
    }

    #[test]
    fn one_by_one_on_all_cores_and_in_parts_is_the_same(rows in rows(), cut in any::<Index>()) {
        let list = read("a.csv", &rows);
        let one_by_one: Vec<_> = list.recommendations.iter().map(|one| tagger().code(one.clone()).coding).collect();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| tagger().tag(list.clone()))
        };
        let coded = with(1);
        prop_assert_eq!(&coded, &with(3));
        for (alone, coded) in one_by_one.iter().zip(&coded.recommendations) {
            prop_assert_eq!(alone, &coded.coding);
        }
        let (first, second) = coded.recommendations.split_at(cut.index(coded.recommendations.len() + 1));
        let [first, second] = [first, second].map(|part| {
            let mut list = coded.clone();
            list.recommendations = part.to_vec();
            list
        });
        for (dimensions, whole) in DIMENSIONS.iter().zip(tallies(&coded)) {
            for parts in [[&first, &second], [&second, &first]] {
                let [mut merged, other] = parts.map(|part| -> Tally {
                    let part = serde_json::to_string(&Tally::of(part, dimensions)).expect("JSON");
                    serde_json::from_str(&part).expect("a tally")
                });
                merged.merge(other).expect("the same dimensions");
                prop_assert_eq!(&merged, &whole);
            }
        }
    }

    #[test]
    fn what_was_written_is_read_again(rows in rows()) {
        let coded = tagger().tag(read("a.csv", &rows));
        let folder = scratch("promises");
        export::folder(&folder, &coded).expect("an export");
        let table = |file: &str| -> Vec<BTreeMap<String, String>> {
            let mut table = csv::Reader::from_path(folder.join(file)).expect("a table");
            table.deserialize().map(|row| row.expect("a row as long as its header")).collect()
        };
        let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in table("recommending_states.csv") {
            states.entry(row["id"].clone()).or_default().push(unguarded(&row["state"]).to_string());
        }
        let recommendations = table("recommendations.csv");
        let mut again = csv::Writer::from_writer(Vec::new());
        again.write_record(["text", "from", "position", "number", "to", "session"]).expect("room in memory");
        for row in &recommendations {
            let from = states.get(&row["id"]).map(|names| names.join("; ")).unwrap_or_default();
            let cell = |name: &str| unguarded(&row[name]).to_string();
            let cells = [cell("text"), from, cell("position_given"), cell("paragraph"), cell("state_under_review"), cell("session")];
            again.write_record(cells).expect("room in memory");
        }
        let again = Reader::new().bytes("a.csv", &again.into_inner().expect("room")).expect("a list");
        let mut written = RecommendationList::default();
        written.recommendations = coded.recommendations.iter().map(|coded| coded.recommendation.clone()).collect();
        prop_assert_eq!(again.recommendations.len(), written.recommendations.len());
        prop_assert_eq!(contents(&again), contents(&written));
        for row in table("evidence.csv") {
            let text = recommendations.iter().find(|one| one["id"] == row["id"]).map(|one| unguarded(&one["text"]));
            let (start, end): (usize, usize) = (row["start"].parse().expect("a number"), row["end"].parse().expect("a number"));
            let slice: String = text.expect("the id of a recommendation").chars().skip(start).take(end - start).collect();
            prop_assert_eq!(slice.as_str(), unguarded(&row["matched"]));
            prop_assert!(!slice.is_empty());
        }
        let kept: StoredList = serde_json::from_str(&serde_json::to_string(&coded).expect("JSON")).expect("a list");
        prop_assert_eq!(kept.with(tagger().codebooks().clone()).expect("its codebook"), coded);
    }
}
