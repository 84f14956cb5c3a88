//! Are recommendations that ask for the same put together, and what returns in the next cycle found, in any order?

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use support::programs::program;
use support::{fixture, usa};
use upr::compare::{
    LinkKind as Kind, Links, SameAsk, THRESHOLD, across_cycles, ask_table, between, link_table, member_table,
    same_asks, same_asks_over_reviews,
};
use upr::{Codebook, CodedList, CodedRecommendation, Table, Tagger};

fn tuvalu() -> CodedList {
    Tagger::core().tag(upr::read::path(fixture("two-cycles.csv")).expect("the invented list"))
}

/// A list of these, coded with core.
fn listed(recommendations: Vec<CodedRecommendation>) -> CodedList {
    static EMPTY: OnceLock<CodedList> = OnceLock::new();
    let mut list = EMPTY.get_or_init(|| CodedList::new(Codebook::core(), Vec::new())).clone();
    list.recommendations = recommendations;
    list
}

/// The groups as what they hold: representatives, members, scores, reasons.
fn plain(groups: &[SameAsk<'_>]) -> Table {
    member_table(groups)
}

fn plain_links(links: &Links<'_>) -> Vec<(String, String, &'static str, u64)> {
    let id = |coded: &CodedRecommendation| coded.recommendation.id.clone();
    let score = |score: f64| (score * 10_000.0).round() as u64;
    links
        .links
        .iter()
        .map(|link| (id(link.earlier), id(link.later), link.kind.as_str(), score(link.score)))
        .collect()
}

/// Pairs that must be one ask, and pairs that must be two. Anyone may add a line.
#[test]
fn pairs_are_the_same_ask_or_not() {
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let mut table = csv::Reader::from_path(fixture("asks/pairs.csv")).expect("the pairs");
    let (mut pairs, mut wrong) = (0, Vec::new());
    for row in table.records() {
        let row = row.expect("a row");
        let list = format!("text,number\n\"{}\",1\n\"{}\",2\n", &row[0], &row[1]);
        let list = upr::read::Reader::new().bytes("pair.csv", list.as_bytes()).expect("a list");
        let coded = tagger.tag(list);
        assert_eq!(coded.recommendations.len(), 2, "{row:?}");
        let same = same_asks(&coded).len() == 1;
        if same != (&row[2] == "same") {
            wrong.push(format!("{} | {}", &row[0], &row[1]));
        }
        pairs += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(pairs >= 20);
}

/// The page shows the groups of the death penalty as they are.
#[test]
fn the_page_shows_the_death_penalty() {
    let (_, coded) = usa();
    let mut shown = String::new();
    let mut about = 0;
    for group in same_asks(&coded) {
        let here = group.members.iter().filter(|member| member.coding.has("death-penalty")).count();
        about += here;
        if here > 0 {
            let text = &group.representative.recommendation.text;
            let short: String = text.chars().take(95).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            shown += &format!("{here:>2} of {:>2}  {short}{more}\n", group.members.len());
        }
    }
    let page = std::fs::read_to_string(fixture("../src/asks/PAGE.md")).expect("the page");
    assert!(page.contains(&shown), "src/asks/PAGE.md should show\n{shown}");
    assert!(page.contains(&format!("\n{about} of the 347 recommendations")), "{about}");
}

#[test]
fn members_are_explained() {
    let (_, coded) = usa();
    for group in same_asks(&coded) {
        let representative = &group.representative.recommendation.text;
        let pairs: usize = group.members.iter().map(|member| member.recommendation.pairs()).sum();
        assert_eq!(group.count.recommendation_x_state as usize, pairs);
        assert_eq!(group.positions.all().iter().sum::<u64>() as usize, group.members.len());
        for member in member_table(std::slice::from_ref(&group)).iter() {
            assert!((THRESHOLD..=1.0).contains(&member.number("score").expect("a score")));
            let (text, shared) =
                (member.text("text").expect("a text"), member.text("shared").expect("words"));
            assert!(
                shared.split(" … ").all(|phrase| !phrase.is_empty() && text.contains(phrase)),
                "{shared}"
            );
        }
        assert_eq!(group.phrases.is_empty(), group.members.len() == 1, "{representative}");
    }
}

#[test]
fn what_returned_in_the_invented_list() {
    let coded = tuvalu();
    let cycles = across_cycles(&coded);
    assert_eq!(cycles.len(), 1);
    let links = &cycles[0];
    let about = (links.state_under_review.as_deref(), links.from_cycle, links.to_cycle);
    assert_eq!(about, (Some("Tuvalu"), Some(1), Some(2)));
    for link in &links.links {
        assert!(link.shared().all(|(earlier, later)| !earlier.is_empty() && !later.is_empty()));
    }
    let kinds: BTreeMap<String, Kind> =
        links.links.iter().map(|link| (link.later.recommendation.id.clone(), link.kind)).collect();
    assert_eq!(kinds["TUV-16-82.1"], Kind::Exact);
    for reworded in ["TUV-16-82.2", "TUV-16-82.3", "TUV-16-82.4", "TUV-16-82.5", "TUV-16-82.8", "TUV-16-82.9"]
    {
        assert_eq!(kinds[reworded], Kind::Reworded, "{reworded}");
    }
    let ids = |list: Vec<&CodedRecommendation>| -> Vec<String> {
        list.into_iter().map(|coded| coded.recommendation.id.clone()).collect()
    };
    assert_eq!(ids(links.disappeared(Kind::SameIssueAndAction)), ["TUV-03-12.6"]);
    assert_eq!(ids(links.new_ones(Kind::SameIssueAndAction)), ["TUV-16-82.6", "TUV-16-82.7"]);
    assert_eq!(links.disappeared(Kind::Exact).len(), 8);
    let table = link_table(&cycles);
    assert_eq!(table.rows.len(), links.links.len() + 3);
    assert!(table.rows.iter().all(|row| row.len() == table.header.len()));
}

#[test]
fn tables_are_safe_to_open() {
    let list = "text,recommending states,session,state under review\n\
                =1+1 abolish the death penalty,Spain,3,Tuvalu\n=1+1 abolish the death penalty,Peru,16,Tuvalu\n";
    let list = upr::read::Reader::new().bytes("list.csv", list.as_bytes()).expect("a list");
    let coded = Tagger::new(Codebook::core()).expect("the bundled codebook").tag(list);
    let groups = same_asks_over_reviews(&coded);
    assert_eq!((groups.len(), groups[0].reviews, groups[0].recommending_states.len()), (1, 2, 2));
    let csv = member_table(&groups).to_csv();
    assert!(csv.contains(",'=1+1 abolish the death penalty\n"), "{csv}");
    assert_eq!(csv.lines().count(), 3);
    let mut uneven = member_table(&groups);
    uneven.rows[0].pop();
    assert_eq!(uneven.to_csv().lines().count(), 3, "no row is lost");
    let csv = ask_table(&groups).to_csv();
    assert_eq!(
        csv.lines().nth(1).map(|row| row.ends_with(",2,2,Peru; Spain,1+1 abolish the death penalty")),
        Some(true),
        "{csv}"
    );
}

#[test]
fn one_thread_gives_what_many_give() {
    let (_, coded) = usa();
    let one = rayon_pool(1, || plain(&same_asks(&coded)));
    let many = rayon_pool(4, || plain(&same_asks(&coded)));
    assert_eq!(one, many);
}

fn rayon_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

#[test]
fn nothing_is_grouped_into_nothing() {
    let none = listed(Vec::new());
    assert!(same_asks_over_reviews(&none).is_empty());
    assert!(across_cycles(&none).is_empty());
    let coded = tuvalu();
    let new_ones = between(&none, &coded).new_ones(Kind::SameIssueAndAction).len();
    assert_eq!(new_ones, coded.recommendations.len());
}

#[test]
fn the_examples_answer() {
    let shown = String::from_utf8(program("same_asks", &[]).stdout).expect("UTF-8");
    assert!(shown.starts_with("347 recommendations, "), "{shown}");
    assert!(shown.contains("moratorium"), "{shown}");
    let shown =
        String::from_utf8(program("returned", &["--state-under-review", "Tuvalu"]).stdout).expect("UTF-8");
    assert!(shown.starts_with("Tuvalu: cycle 1 (9), cycle 2 (10)\n"), "{shown}");
    let rates = "\n  returned: 8, supported 6 of 8\n\n  disappeared: 1, supported 1 of 1\n    TUV-03-";
    assert!(shown.contains(rates) && shown.contains("\n  new: 2, supported 1 of 2\n    TUV-16-"), "{shown}");
    let output = program("returned", &["no-such-list.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "returned: no-such-list.csv: cannot be read\n  because: No such file or directory (os error 2)\n  next: check the \
         name and the folder, or give the whole path\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever part of the lists is taken, in whatever order and with repeated rows: the same groups, every
    /// recommendation in one of them, equal texts together.
    #[test]
    fn groups_do_not_depend_on_the_order(picked in proptest::collection::vec(0_usize..366, 0..60), turn in 0_usize..60) {
        static ALL: OnceLock<Vec<CodedRecommendation>> = OnceLock::new();
        let all = ALL.get_or_init(|| usa().1.recommendations.into_iter().chain(tuvalu().recommendations).collect());
        let mut list: Vec<CodedRecommendation> = picked.iter().map(|&at| all[at].clone()).collect();
        let mut turned = list.clone();
        turned.reverse();
        turned.rotate_left(turn.min(list.len()));
        let (given, turned) = (listed(list.clone()), listed(turned));
        for over_reviews in [false, true] {
            let of = |list| if over_reviews { same_asks_over_reviews(list) } else { same_asks(list) };
            let groups = of(&given);
            prop_assert_eq!(plain(&groups), plain(&of(&turned)));
            let mut grouped: Vec<&str> = groups
                .iter()
                .flat_map(|group| group.members.iter().map(|member| member.recommendation.id.as_str()))
                .collect();
            grouped.sort_unstable();
            let mut given: Vec<&str> = list.iter().map(|coded| coded.recommendation.id.as_str()).collect();
            given.sort_unstable();
            prop_assert_eq!(grouped, given);
            let mut homes: BTreeMap<(&str, String), BTreeSet<usize>> = BTreeMap::new();
            for (at, group) in groups.iter().enumerate() {
                for member in &group.members {
                    let recommendation = &member.recommendation;
                    let review = if over_reviews { 0 } else { 6 };
                    let review = recommendation.id.chars().take(review).collect();
                    homes.entry((&recommendation.text, review)).or_default().insert(at);
                }
            }
            prop_assert!(homes.values().all(|groups| groups.len() == 1), "equal texts in two groups");
        }
        list.truncate(30);
        let (earlier, later) = list.split_at(list.len() / 2);
        let (mut back_earlier, mut back_later) = (earlier.to_vec(), later.to_vec());
        back_earlier.reverse();
        back_later.reverse();
        let [earlier, later] = [earlier.to_vec(), later.to_vec()].map(listed);
        let [back_earlier, back_later] = [back_earlier, back_later].map(listed);
        let links = between(&earlier, &later);
        prop_assert_eq!(plain_links(&links), plain_links(&between(&back_earlier, &back_later)));
        let linked: BTreeSet<&str> = links.links.iter().map(|link| link.earlier.recommendation.id.as_str()).collect();
        let gone = links.disappeared(Kind::SameIssueAndAction);
        let gone: BTreeSet<&str> = gone.iter().map(|coded| coded.recommendation.id.as_str()).collect();
        let given: BTreeSet<&str> = earlier.recommendations.iter().map(|coded| coded.recommendation.id.as_str()).collect();
        prop_assert_eq!(linked.union(&gone).copied().collect::<BTreeSet<_>>(), given);
    }
}
