//! The main job from files to an exported folder: read, tag, tally, export. `cargo bench --bench whole_run`.
//!
//! On UPR Info's export (26,298 rows) where it is at hand, else on a generated list of the same length. Reports
//! the peak memory of one run as well.

use criterion::{Criterion, criterion_group, criterion_main};
use std::path::PathBuf;
use upr::{Codebook, Tagger, export, read::Reader};

fn files() -> Vec<PathBuf> {
    upr_benches::export_files().unwrap_or_else(|| {
        eprintln!("../shared is not there: measured on a generated list of 26,298 rows");
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated.csv");
        std::fs::write(&path, upr_benches::generated(26_298)).expect("a writable target folder");
        vec![path]
    })
}

fn run(files: &[PathBuf], out: &PathBuf) {
    // the codebook is made ready while the lists are read
    let (tagger, list) = rayon::join(
        || Tagger::new(Codebook::core()).expect("the bundled codebook"),
        || Reader::new().paths(files).expect("the lists"),
    );
    let coded = tagger.tag(list);
    export::folder(out, &coded).expect("a writable folder");
    assert_eq!(coded.account().rows, 26_298);
}

fn whole_run(criterion: &mut Criterion) {
    let (files, out) = (files(), PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("whole-run"));
    run(&files, &out);
    if let Some(megabytes) = upr_benches::peak_memory() {
        println!("peak memory of one run from files to folder: {megabytes} MB");
    }
    let mut group = criterion.benchmark_group("whole run, 26,298 rows");
    group
        .sample_size(10)
        .bench_function("files to exported folder", |bencher| bencher.iter(|| run(&files, &out)));
    group.finish();
}

criterion_group!(benches, whole_run);
criterion_main!(benches);
