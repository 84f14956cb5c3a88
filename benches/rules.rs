//! Tagging by the number of rules, and by the number of rows: `cargo bench --bench rules`.
//!
//! The rules are made by a seeded generator from the words of the bundled digest, in the forms that codebooks have:
//! phrases, open words, choices, gaps, and one regular expression in a hundred. A rule of 10,000 matches a text about as
//! often as one of 10, so the matches grow with the rules, and the time with the matches. Each size is printed with its
//! matches per text; beside that stand the codebooks that come with the crate.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use upr::code::ActionCoder;
use upr::read::{Reader, RecommendationList};
use upr::{Aspect, Codebook, Recommendation, Tagger};
use upr_benches::Seed;

const ROWS: usize = 5_000;

fn generated(rows: usize) -> RecommendationList {
    Reader::new().bytes("generated.csv", &upr_benches::generated(rows)).expect("a list")
}

/// A codebook of `rules` rules for 50 issues, from the words of the texts.
fn codebook(rules: usize, texts: &[Recommendation]) -> Codebook {
    let mut words: Vec<&str> = texts
        .iter()
        .flat_map(|recommendation| recommendation.text.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    words.sort_unstable();
    words.dedup();
    let mut seed = Seed(20_201_109);
    let mut issues = String::from("issue,label,theme,definition\n");
    (0..50).for_each(|issue| issues += &format!("issue-{issue},Issue {issue},theme,made for measuring\n"));
    let mut rows = String::from("issue,kind,pattern\n");
    for rule in 0..rules {
        let mut word = || words[seed.below(words.len())];
        let (a, b, c) = (word(), word(), word());
        let pattern = match seed.below(100) {
            0 => format!("/{a}\\s+{b}/"),
            1..40 => format!("{a} {b}"),
            40..60 => format!("{}* <4> {b}", &a[..3]),
            60..80 => format!("({a}|{b}) <~5> {c}"),
            _ => format!("{a} ({b}|{c}*)"),
        };
        let kind = if rule % 10 == 9 { "exclude" } else { "include" };
        rows += &format!("issue-{},{kind},{pattern}\n", rule % 50);
    }
    let files = [
        ("codebook.csv", "key,value\nname,generated\nversion,1\n"),
        ("issues.csv", issues.as_str()),
        ("rules.csv", rows.as_str()),
    ];
    Codebook::from_files("generated", files).expect("valid files")
}

fn tag(criterion: &mut Criterion, group: &str, name: &str, tagger: &Tagger, list: &RecommendationList) {
    let coded = tagger.tag(list.clone()).recommendations;
    let rows = coded.len();
    let matches =
        coded.iter().flat_map(|coded| &coded.coding.tags).map(|tag| tag.evidence.len()).sum::<usize>();
    println!("{group}, {name}: {:.2} matches per text", matches as f64 / rows as f64);
    let mut group = criterion.benchmark_group(group);
    group.sample_size(10).throughput(Throughput::Elements(rows as u64));
    group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
        bencher.iter_batched(|| list.clone(), |list| tagger.tag(list), BatchSize::LargeInput);
    });
    group.finish();
}

fn by_rules(criterion: &mut Criterion) {
    let list = generated(ROWS);
    for rules in [10, 100, 1_000, 10_000] {
        let tagger = Tagger::new(codebook(rules, &list.recommendations)).expect("a codebook");
        tag(criterion, "tagging 5,000 rows", &format!("{rules} rules"), &tagger, &list);
    }
}

fn by_rows(criterion: &mut Criterion) {
    let upr_info = || Tagger::upr_info().expect("the bundled model");
    let taggers = [
        ("core", Tagger::new(Codebook::core()).expect("the bundled codebook")),
        ("upr-info and its model", upr_info()),
        (
            "upr-info, aspects and actions",
            upr_info().with_aspects(Aspect::bundled()).expect("bundled").with_actions(ActionCoder::new()),
        ),
    ];
    for rows in [1_000, 10_000, 26_298] {
        let list = generated(rows);
        for (name, tagger) in &taggers {
            tag(criterion, &format!("tagging with {name}"), &format!("{rows} rows"), tagger, &list);
        }
    }
    let Some(files) = upr_benches::export_files() else {
        eprintln!("../shared is not there: UPR Info's export was not measured");
        return;
    };
    let export = Reader::new().paths(&files).expect("the export");
    for (name, tagger) in &taggers {
        tag(criterion, &format!("tagging with {name}"), "UPR Info's export", tagger, &export);
    }
}

criterion_group!(benches, by_rules, by_rows);
criterion_main!(benches);
