//! How time and memory grow with the number of rows: `cargo bench --bench rows`, and with `-- --long` up to 2.6 million.
//!
//! Prints a row for each station and length of list: seconds (the median of three runs; of the longest one), microseconds a
//! row, which stay the same where time is linear, and the most memory that the process has used so far. The streamed runs
//! come first, so that theirs shows. With `--test`, as in CI, the short lists run once.

use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use upr::{Codebook, Dimension, Tagger, Tally, export, read::Reader};

struct Measure {
    folder: PathBuf,
    runs: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    let (test, long) = (asked("--test"), asked("--long"));
    let mut lengths = if test { vec![1_000] } else { vec![1_000, 10_000, 26_000, 260_000] };
    let measure = Measure {
        folder: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("rows"),
        runs: if test { 1 } else { 3 },
    };
    std::fs::create_dir_all(&measure.folder).expect("a writable target folder");
    println!("{:<34} {:>9} {:>9} {:>10} {:>8}", "station", "rows", "seconds", "µs a row", "peak MB");
    lengths.extend(long.then_some(2_600_000));
    lengths.iter().for_each(|rows| measure.streamed(*rows));
    lengths.truncate(4);
    lengths.iter().for_each(|rows| measure.in_memory(*rows));
}

impl Measure {
    fn station(&self, name: &str, rows: usize, mut run: impl FnMut()) {
        let runs = if rows > 1_000_000 { 1 } else { self.runs };
        let mut seconds: Vec<f64> = (0..runs)
            .map(|_| {
                let begun = Instant::now();
                run();
                begun.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds[runs / 2];
        let peak = upr_benches::peak_memory().map_or("-".to_string(), |megabytes| megabytes.to_string());
        println!("{name:<34} {rows:>9} {median:>9.3} {:>10.1} {peak:>8}", median * 1e6 / rows as f64);
    }

    /// A generated list as a file.
    fn list(&self, rows: usize) -> PathBuf {
        let path = self.folder.join(format!("{rows}.csv"));
        let file = std::fs::File::create(&path).expect("a writable target folder");
        let mut file = BufWriter::new(file);
        upr_benches::generate(rows, &mut file).and_then(|()| file.flush()).expect("room for the list");
        path
    }

    fn streamed(&self, rows: usize) {
        let (list, out) = (self.list(rows), self.folder.join("streamed"));
        let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
        self.station("whole run, streamed", rows, || {
            let mut folder = export::Folder::create(&out, &tagger).expect("a writable folder");
            let mut reviews = Reader::new().reviews([&list]);
            for part in &mut reviews {
                folder.write(&tagger.tag(part.expect("a list"))).expect("a part");
            }
            folder.finish(reviews.files()).expect("a list");
            let written = std::fs::read_to_string(out.join("datapackage.json")).expect("an export");
            assert!(written.contains(&format!("\"rows\": {rows},")), "{rows} rows");
        });
        self.clean(&list, &out);
    }

    fn in_memory(&self, rows: usize) {
        let (list, out) = (self.list(rows), self.folder.join("exported"));
        let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
        self.station("reading", rows, || {
            black_box(Reader::new().path(&list).expect("a list"));
        });
        let coded = tagger.tag(Reader::new().path(&list).expect("a list"));
        self.station("tally, issue by State", rows, || {
            black_box(Tally::of(&coded, &[Dimension::Issue, Dimension::RecommendingState]));
        });
        self.station("export", rows, || {
            export::folder(&out, &coded).expect("a writable folder");
        });
        drop(coded);
        self.station("whole run, in memory", rows, || {
            let coded = tagger.tag(Reader::new().path(&list).expect("a list"));
            export::folder(&out, &coded).expect("a writable folder");
        });
        self.clean(&list, &out);
    }

    fn clean(&self, list: &Path, out: &Path) {
        std::fs::remove_file(list).ok();
        std::fs::remove_dir_all(out).ok();
    }
}
