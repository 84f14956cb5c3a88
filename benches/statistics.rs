//! Every statistic on its own, and all of them together, on UPR Info's export (26,298 rows) where it is at hand, else
//! on a generated list of the same length. `cargo bench --bench statistics`.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use upr::statistics::{CrossTabulation, Network, Options, Rates, association, co_occurrence, keyness};
use upr::{CodedList, Dimension, Tagger, Unit, read::Reader};

type Statistic<'a> = (&'a str, Box<dyn Fn() + 'a>);

fn statistics(criterion: &mut Criterion) {
    let tagger = Tagger::core();
    let list = match upr_benches::export_files() {
        Some(files) => Reader::new().paths(&files).expect("the export"),
        None => {
            eprintln!("../shared is not there: measured on a generated list of 26,298 rows");
            Reader::new().bytes("generated.csv", &upr_benches::generated(26_298)).expect("a list")
        }
    };
    let coded = tagger.tag(list);
    let statistics = all(&coded);
    let mut group = criterion.benchmark_group("statistics, 26,298 rows");
    group.sample_size(10);
    for (name, statistic) in &statistics {
        group.bench_function(*name, |bencher| bencher.iter(statistic));
    }
    group.bench_function("all of these", |bencher| {
        bencher.iter(|| statistics.iter().for_each(|(_, statistic)| statistic()));
    });
    group.finish();
}

fn all(list: &CodedList) -> Vec<Statistic<'_>> {
    let (issue, state, group) = (Dimension::Issue, Dimension::RecommendingState, Dimension::RegionalGroup);
    let cross = move |rows, columns| {
        black_box(CrossTabulation::of(list, rows, columns, Unit::Recommendations).total);
    };
    let rates = move |dimension| {
        black_box(Rates::of(list, dimension, &Options::default()).rates.len());
    };
    let pressed = move |groups| {
        black_box(association(list, groups, issue, &Options::default()).rows.len());
    };
    vec![
        (
            "filter by issue and group",
            Box::new(move || {
                let filter = "issue=death-penalty,regional_group=WEOG";
                black_box(list.filter(filter).expect("known categories").len());
            }),
        ),
        ("cross-tabulation, issue by group", Box::new(move || cross(issue, group))),
        ("cross-tabulation, issue by State", Box::new(move || cross(issue, state))),
        (
            "cross-tabulation, organisation by position",
            Box::new(move || cross(Dimension::Organisation, Dimension::Position)),
        ),
        ("rates by issue", Box::new(move || rates(issue))),
        ("rates by State", Box::new(move || rates(state))),
        ("association, every State with every issue", Box::new(move || pressed(state))),
        ("association, every group with every issue", Box::new(move || pressed(group))),
        (
            "keyness of the death penalty",
            Box::new(move || {
                let these = list.select(|coded| coded.coding.has("death-penalty"));
                let others = list.select(|coded| !coded.coding.has("death-penalty"));
                black_box(keyness(&these, &others, &Options::default()).rows.len());
            }),
        ),
        ("co-occurrence of issues", Box::new(move || drop(black_box(co_occurrence(list, issue))))),
        (
            "network of States, with GraphML",
            Box::new(move || {
                black_box(Network::of(list).to_graphml().len());
            }),
        ),
        (
            "network by issue",
            Box::new(move || {
                black_box(Network::by(list, issue).edge_table().rows.len());
            }),
        ),
    ]
}

criterion_group!(benches, statistics);
criterion_main!(benches);
