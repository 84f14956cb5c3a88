//! Each station on its own, by the number of rows, so that growth is seen: reading, tagging, tallying, grouping,
//! and the preparation of a codebook. `cargo bench --bench stations`.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use upr::{Codebook, Dimension, Tagger, Tally, count::by_theme, read::Reader};

fn stations(criterion: &mut Criterion) {
    criterion.bench_function("load and prepare the codebook core", |bencher| {
        bencher.iter(|| Tagger::new(Codebook::core()).expect("the bundled codebook"));
    });
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let learned = Tagger::upr_info().expect("the bundled model");
    for rows in [1_000, 10_000, 26_000] {
        let bytes = upr_benches::generated(rows);
        let list = Reader::new().bytes("generated.csv", &bytes).expect("a list");
        let coded = tagger.tag(list.clone());
        let mut group = criterion.benchmark_group(format!("{rows} rows"));
        group.sample_size(10).throughput(Throughput::Elements(rows as u64));
        group.bench_function(BenchmarkId::from_parameter("read"), |bencher| {
            bencher.iter(|| Reader::new().bytes("generated.csv", &bytes).expect("a list"));
        });
        group.bench_function(BenchmarkId::from_parameter("tag"), |bencher| {
            bencher.iter_batched(|| list.clone(), |list| tagger.tag(list), BatchSize::LargeInput);
        });
        group.bench_function(BenchmarkId::from_parameter("tag with upr-info and its model"), |bencher| {
            bencher.iter_batched(|| list.clone(), |list| learned.tag(list), BatchSize::LargeInput);
        });
        group.bench_function(BenchmarkId::from_parameter("tally issue by State"), |bencher| {
            bencher.iter(|| Tally::of(&coded, &[Dimension::Issue, Dimension::RecommendingState]));
        });
        group.bench_function(BenchmarkId::from_parameter("group by theme"), |bencher| {
            bencher.iter(|| by_theme(&coded));
        });
        group.finish();
    }
}

criterion_group!(benches, stations);
criterion_main!(benches);
