//! The same bytes whatever the machine says of threads, language and time?

use std::path::PathBuf;
use std::process::Command;
use support::bytes_of;
use support::programs::example;
use support::{fixture, scratch};

/// What surrounds a run.
const SURROUNDINGS: [&[(&str, &str)]; 4] = [
    &[("RAYON_NUM_THREADS", "1"), ("LC_ALL", "C"), ("TZ", "UTC")],
    // Turkish has a dotless i, and writes decimals with a comma
    &[
        ("RAYON_NUM_THREADS", "2"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
    ],
    &[("RAYON_NUM_THREADS", "8"), ("LC_ALL", "C.UTF-8"), ("TZ", "Pacific/Kiritimati")],
    &[("LC_ALL", ""), ("TZ", ""), ("COLUMNS", "40"), ("HOME", "/nowhere")],
];

#[test]
fn in_all_surroundings() {
    let lists: Vec<PathBuf> =
        ["upr-info.csv", "usa-2020.csv", "quirks.csv"].iter().map(|name| fixture(name)).collect();
    // texts that were read on other threads, and in another order, must come out in the order of the files
    let runs: Vec<_> = SURROUNDINGS
        .iter()
        .enumerate()
        .map(|(at, surroundings)| {
            // the folder has the same name each time, since it is printed
            let folder = scratch(&format!("surroundings-{at}"));
            let output = Command::new(example("summary"))
                .current_dir(&folder)
                .args(&lists)
                .args(["--out", "out", "--json", "--statistics"])
                .envs(surroundings.iter().copied())
                .output()
                .expect("the program starts");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let out = folder.join("out");
            let statistics = bytes_of(&out.join("statistics"));
            std::fs::remove_dir_all(out.join("statistics")).expect("a folder of statistics");
            (output.stdout, bytes_of(&out), statistics)
        })
        .collect();
    assert!(runs[0].1.len() > 20 && runs[0].2.len() > 5);
    for (run, surroundings) in runs.iter().zip(SURROUNDINGS).skip(1) {
        assert!(runs[0] == *run, "{surroundings:?} gives other bytes");
    }
}
