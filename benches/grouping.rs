//! The same ask, and links across cycles, by the number of rows: `cargo bench --bench grouping`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use upr::compare::{across_cycles, same_asks, same_asks_over_reviews};
use upr::{Codebook, Tagger, read::Reader};

fn grouping(criterion: &mut Criterion) {
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    for rows in [1_000, 10_000, 26_298] {
        let list = Reader::new().bytes("generated.csv", &upr_benches::generated(rows)).expect("a list");
        let coded = tagger.tag(list);
        let mut group = criterion.benchmark_group(format!("{rows} rows"));
        group.sample_size(10).throughput(Throughput::Elements(rows as u64));
        group.bench_function(BenchmarkId::new("same asks", "within reviews"), |bencher| {
            bencher.iter(|| same_asks(&coded));
        });
        group.bench_function(BenchmarkId::new("same asks", "over reviews"), |bencher| {
            bencher.iter(|| same_asks_over_reviews(&coded));
        });
        group.bench_function(BenchmarkId::from_parameter("links across cycles"), |bencher| {
            bencher.iter(|| across_cycles(&coded));
        });
        group.finish();
    }
}

criterion_group!(benches, grouping);
criterion_main!(benches);
