//! Does any mode of `summary` take more than 10 seconds of the processor or 1 GB for an input under 1 MB?
//!
//! A fuzzer for the program as people run it, as `fuzzed.rs` is one for the library: lists, codebooks and corrections are
//! damaged, or a piece of them is repeated up to a megabyte, and each mode runs on them in a process of its own. `cargo test`
//! tries one input a mode. For hours, with the program as people build it:
//!
//! ```sh
//! cargo build --release --example summary
//! UPR_MODES_PROGRAM=target/release/examples/summary UPR_MODES_SECONDS=3600 UPR_MODES_SEED=2 \
//!   cargo test --test suite modes:: -- --nocapture
//! ```
//!
//! It prints the worst of each mode. An input that fails stays in `target/modes`; its case becomes a test in `growth.rs`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use support::programs::example;
use support::{fixture, root};

/// The limits of `SECURITY.md`, for a build with `--release`. A debug build is some ten times slower.
const MAX_SECONDS: f64 = 10.0;
const DEBUG_FACTOR: f64 = 10.0;
const MAX_MEGABYTES: u64 = 1_000;
const MAX_INPUT_BYTES: usize = 1_000_000;

/// The modes: LIST, CODEBOOK, CORRECTIONS, PROJECT and OUT are paths.
const MODES: [&[&str]; 22] = [
    &["LIST"],
    &["LIST", "--json"],
    &["LIST", "--out", "OUT"],
    &["LIST", "--out", "OUT", "--issue-columns", "--statistics"],
    &["LIST", "--statistics"],
    &["LIST", "--report", "OUT.html"],
    &["LIST", "--qda", "OUT.qdpx", "--force"],
    &["LIST", "--by", "issue", "--and", "recommending-state"],
    &["LIST", "--by", "recommending-state", "--format", "csv"],
    &["LIST", "--filter", "issue=death-penalty,position=noted"],
    &["LIST", "--group-by", "sdgs"],
    &["LIST", "--list"],
    &["LIST", "--like", "Protect women and girls from violence"],
    &["LIST", "--like", "LIST"],
    &["LIST", "--explain", "1"],
    &["LIST", "--changed-since", "LIST"],
    &["LIST", "--sample", "10"],
    &["LIST", "--corrections", "CORRECTIONS", "--list"],
    &["LIST", "--suggest", "climate-action", "--codebook", "CODEBOOK"],
    &["LIST", "--check-codebook", "CODEBOOK"],
    &["LIST", "--codebook", "CODEBOOK", "--compare-codebook", "CODEBOOK"],
    &["LIST", "--codebook", "CODEBOOK", "--by", "issue", "--and", "issue"],
];

const LISTS: [&str; 7] = [
    "quirks.csv",
    "upr-info.csv",
    "uhri.csv",
    "uhri.json",
    "two-cycles.csv",
    "thematic-list-cycle-3.docx",
    "climate-list.csv",
];

/// Numbers that look random and are the same for a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// Bytes that are damaged in a few places, or of which a piece is repeated, with a number that differs or without.
    fn changed(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        if self.below(3) == 0 {
            for _ in 0..1 + self.below(6) {
                let at = self.below(bytes.len());
                match self.below(3) {
                    0 => bytes[at] = self.below(256) as u8,
                    1 => drop(bytes.drain(at..(at + 1 + at % 40).min(bytes.len()))),
                    _ => bytes.extend_from_within(at..(at + 200).min(bytes.len())),
                }
                if bytes.is_empty() {
                    return bytes;
                }
            }
            return bytes;
        }
        let line = |at: usize| bytes[at..].iter().position(|byte| *byte == b'\n').map(|end| at + end + 1);
        let mut from = self.below(bytes.len());
        let mut to = (from + 1 + self.below(60)).min(bytes.len());
        if self.below(2) == 0 {
            // whole lines, as rows of a table are
            from = line(from).unwrap_or(from);
            to = (1 + self.below(3) > 0)
                .then(|| line(from.min(bytes.len() - 1)))
                .flatten()
                .unwrap_or(to)
                .max(from);
        }
        let numbered = self.below(2) == 0;
        let most = MAX_INPUT_BYTES >> self.below(8);
        let mut grown = bytes[..to].to_vec();
        let mut number = 0;
        while from < to && grown.len() + (to - from) + 12 + bytes.len() - to < most {
            number += 1;
            if numbered {
                let middle = from + self.below(to - from);
                grown.extend_from_slice(&bytes[from..middle]);
                grown.extend_from_slice(format!(" {number} ").as_bytes());
                grown.extend_from_slice(&bytes[middle..to]);
            } else {
                grown.extend_from_slice(&bytes[from..to]);
            }
        }
        grown.extend_from_slice(&bytes[to..]);
        grown
    }
}

/// What a run took: seconds of the processor, the most memory, and how it ended.
struct Took {
    seconds: f64,
    megabytes: u64,
    ended: Option<ExitStatus>,
}

/// Seconds of the processor and the peak memory of a process, where the system says them.
fn used(child: &Child) -> Option<(f64, u64)> {
    /// Clock ticks of `/proc/PID/stat`, the same on every Linux.
    const TICKS: f64 = 100.0;
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    let status = std::fs::read_to_string(folder.join("status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = peak.split_whitespace().next()?.parse().ok()?;
    Some((ticks as f64 / TICKS, kilobytes / 1024))
}

fn run(program: &Path, arguments: &[String], max_seconds: f64) -> Took {
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let begun = Instant::now();
    let mut took = Took { seconds: 0.0, megabytes: 0, ended: None };
    loop {
        if let Some((seconds, megabytes)) = used(&child) {
            (took.seconds, took.megabytes) = (seconds, took.megabytes.max(megabytes));
        }
        if let Some(status) = child.try_wait().expect("a child") {
            took.ended = Some(status);
            return took;
        }
        // a wait that never ends uses no processor
        let hangs = begun.elapsed() > Duration::from_secs(600);
        if took.seconds > max_seconds || took.megabytes > 2 * MAX_MEGABYTES || hangs {
            child.kill().ok();
            child.wait().ok();
            return took;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
    std::fs::write(&path, bytes).expect("a writable folder");
    path.display().to_string()
}

/// Writes the inputs of a run and puts their paths into the arguments.
fn arguments(mode: &[&str], folder: &Path, random: &mut Random) -> Vec<String> {
    let read = |name: &str| std::fs::read(fixture(name)).expect("a fixture");
    let name = LISTS[random.below(LISTS.len())];
    let of_codebook = mode.contains(&"CODEBOOK");
    let change_list = !of_codebook || random.below(2) == 0;
    let bytes = if change_list { random.changed(read(name)) } else { read("climate-list.csv") };
    let name = if change_list { name } else { "climate-list.csv" };
    let list = write(folder, &format!("list-{name}"), &bytes);
    let tables = ["codebook.csv", "issues.csv", "lists.csv", "rules.csv"];
    let changed = random.below(tables.len());
    for (at, table) in tables.iter().enumerate().filter(|_| of_codebook) {
        let bytes = read(&format!("codebook-climate/{table}"));
        let bytes = if at == changed { random.changed(bytes) } else { bytes };
        write(folder, &format!("codebook/{table}"), &bytes);
    }
    let header = "id,issue,decision,coder,date,note,text_hash\n";
    let rows = "USA-36-26.1,death-penalty,remove,ana,2026-11-01,,\nXXX-00-1,health,add,ben,2026-11-02,x,t08dc1ccf37b9\n";
    let corrections = random.changed(format!("{header}{rows}").into_bytes());
    let corrections = write(folder, "corrections.csv", &corrections);
    let out = folder.join("out").display().to_string();
    let codebook = folder.join("codebook").display().to_string();
    let path = |argument: &&str| match *argument {
        "LIST" => list.clone(),
        "CODEBOOK" => codebook.clone(),
        "CORRECTIONS" => corrections.clone(),
        "OUT" => out.clone(),
        "OUT.html" => format!("{out}.html"),
        "OUT.qdpx" => format!("{out}.qdpx"),
        other => other.to_string(),
    };
    mode.iter().map(path).collect()
}

#[test]
fn no_mode_takes_long_or_much_memory() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = number("UPR_MODES_SECONDS").unwrap_or(0);
    let mut random = Random(number("UPR_MODES_SEED").unwrap_or(1));
    let named = std::env::var_os("UPR_MODES_PROGRAM").map(|path| root().join(path));
    let factor = if named.is_none() && cfg!(debug_assertions) { DEBUG_FACTOR } else { 1.0 };
    let (program, max_seconds) = (named.unwrap_or_else(|| example("summary")), factor * MAX_SECONDS);
    let folder = root().join("target/modes").join(std::process::id().to_string());
    let begun = Instant::now();
    let mut worst = [(0.0, 0_u64); MODES.len()];
    let (mut runs, mut processor, mut failures) = (0_u64, 0.0, Vec::new());
    // each mode once at least
    while runs < MODES.len() as u64 || begun.elapsed() < Duration::from_secs(seconds) {
        let mode = runs as usize % MODES.len();
        std::fs::remove_dir_all(&folder).ok();
        let arguments = arguments(MODES[mode], &folder, &mut random);
        let took = run(&program, &arguments, max_seconds);
        runs += 1;
        processor += took.seconds;
        worst[mode].0 = f64::max(worst[mode].0, took.seconds);
        worst[mode].1 = worst[mode].1.max(took.megabytes);
        // a panic has code 101, and a signal none
        let ends = took.ended.and_then(|status| status.code()).is_some_and(|code| code < 3);
        if !ends || took.seconds > max_seconds || took.megabytes > MAX_MEGABYTES {
            let kept = folder.with_file_name(format!("failed-{}-{runs}", std::process::id()));
            std::fs::rename(&folder, &kept).ok();
            let ended = took.ended.map_or("stopped".to_string(), |status| status.to_string());
            failures.push(format!(
                "{} in {}: {:.1} s, {} MB, {ended}",
                MODES[mode].join(" "),
                kept.display(),
                took.seconds,
                took.megabytes
            ));
            eprintln!("{}", failures[failures.len() - 1]);
        }
    }
    std::fs::remove_dir_all(&folder).ok();
    println!("{runs} runs, {processor:.0} seconds of the processor");
    for (mode, (seconds, megabytes)) in MODES.iter().zip(worst) {
        println!("{seconds:6.2} s {megabytes:5} MB  summary {}", mode.join(" "));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
