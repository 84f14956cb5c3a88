//! Is an export, or a file, whole or as it was: after a kill, on a full disk, with two runs at once?
//!
//! What is ended is [`writer`], the test program started again, since a real program spends most of its time on reading.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use support::{fixture, scratch};
use upr::export::{self, Folder, JsonOptions};
use upr::read::Reader;
use upr::{Codebook, CodedList, Tagger};

const OUT: &str = "UPR_TEST_OUT";
const LIST: &str = "UPR_TEST_LIST";

/// Two lists, so that it is seen whose export is there.
fn coded(list: &str) -> CodedList {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    let bytes = std::fs::read_to_string(fixture("climate-list.csv")).expect("a list");
    let rows = bytes.lines().count() - usize::from(list == "b") * 3;
    let part: Vec<&str> = bytes.lines().take(rows).collect();
    tagger.tag(Reader::new().bytes("list.csv", part.join("\n").as_bytes()).expect("a list"))
}

/// A folder with all that an export can hold, or a page.
fn write(out: &Path, coded: &CodedList) -> upr::Result<()> {
    if out.extension().is_some() {
        return export::page_file(out, coded);
    }
    let mut folder = Folder::for_list(out, coded, false)?;
    folder.write(coded)?;
    folder.write_json(coded, &JsonOptions::default())?;
    folder.write_statistics(coded)?;
    folder.finish(&coded.files).map(drop)
}

/// Writes a list once, or both in turn until it is ended.
#[test]
#[ignore = "the tests beside it start it"]
fn writer() {
    let (Some(out), Ok(list)) = (std::env::var_os(OUT), std::env::var(LIST)) else { return };
    let lists = if list.is_empty() { vec![coded("a"), coded("b")] } else { vec![coded(&list)] };
    loop {
        for coded in &lists {
            if let Err(error) = write(out.as_ref(), coded) {
                eprintln!("{error:?}");
                std::process::exit(1);
            }
        }
        if !list.is_empty() {
            std::process::exit(0);
        }
    }
}

fn start(out: &Path, list: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("a test program"));
    command.args(["--exact", "cli::whole::writer", "--ignored", "--nocapture"]).env(OUT, out).env(LIST, list);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

fn run(out: &Path, list: &str) -> ExitStatus {
    start(out, list).wait().expect("an end")
}

/// All files below a path, or the file itself.
fn bytes(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return BTreeMap::from([(PathBuf::new(), std::fs::read(path).expect("a file"))]);
    };
    let entries = entries.map(|entry| entry.expect("an entry").path());
    let below = |entry: PathBuf| {
        let name = PathBuf::from(entry.file_name().expect("a name"));
        bytes(&entry).into_iter().map(move |(path, bytes)| (name.join(path), bytes))
    };
    entries.flat_map(below).collect()
}

/// What is right for each of the two lists.
fn expected(out: &Path) -> [BTreeMap<PathBuf, Vec<u8>>; 2] {
    ["b", "a"].map(|list| {
        write(out, &coded(list)).expect("written");
        bytes(out)
    })
}

fn names(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Random numbers that are the same each time (Knuth's constants for 64 bits).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn after_200_kills_the_earlier_or_the_new_one_is_whole() {
    let mut seed = 18;
    let (mut beside, mut seen) = (0, [0; 2]);
    for (name, kills) in [("counts", 160), ("page.html", 40)] {
        let above = scratch(&format!("killed-{name}"));
        let out = above.join(name);
        let [b, a] = expected(&out);
        assert!(a != b && a.len() == b.len());
        if out.is_dir() {
            assert!(a.len() > 35, "{} files", a.len());
            std::fs::write(out.join("thesis.docx"), "mine").expect("a file");
        }
        for kill in 0..kills {
            let before = names(&above);
            let mut child = start(&out, "");
            // it has begun when something else is beside: its own, or no longer what the last one left
            let begun = Instant::now();
            while names(&above) == before && begun.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_micros(200));
            }
            // more often soon after that than later
            let wait = random(&mut seed) % 300;
            std::thread::sleep(Duration::from_micros(wait * wait));
            child.kill().expect("a process of this test");
            child.wait().expect("an end");
            beside += usize::from(names(&above).len() > 1);
            let mut found = bytes(&out);
            if out.is_dir() {
                assert_eq!(
                    found.remove(Path::new("thesis.docx")).as_deref(),
                    Some(&b"mine"[..]),
                    "kill {kill}"
                );
            }
            assert!(found == a || found == b, "kill {kill} of {name}: neither of the two");
            seen[usize::from(found == b)] += 1;
        }
        // the next run removes what they left
        assert_eq!(run(&out, "b").code(), Some(0));
        assert_eq!(names(&above), [name]);
    }
    println!(
        "{beside} of 200 were killed while they wrote; the first list was there after {}, the second after {}",
        seen[0], seen[1]
    );
    assert!(beside > 50 && seen.iter().all(|seen| *seen > 5), "{beside} while they wrote, {seen:?}");
}

/// 180 pairs of threads, since a process takes longer to start than to write, and 20 pairs of processes.
#[test]
fn of_200_pairs_of_runs_one_whole_export_is_left() {
    let above = scratch("pairs");
    let out = above.join("counts");
    let [b, a] = expected(&out);
    let lists = ["a", "b"].map(coded);
    let mut refused = 0;
    for pair in 0..200 {
        let ends = if pair % 10 == 0 {
            ["a", "b"]
                .map(|list| start(&out, list))
                .map(|mut child| child.wait().is_ok_and(|end| end.success()))
        } else {
            std::thread::scope(|scope| {
                let runs = lists.each_ref().map(|coded| scope.spawn(|| write(&out, coded)));
                runs.map(|run| match run.join().expect("no panic") {
                    Ok(()) => true,
                    Err(error) => {
                        let expected = "found another run that writes there, expected one run at a time";
                        assert!(error.to_string().ends_with(expected), "{error}");
                        false
                    }
                })
            })
        };
        let found = bytes(&out);
        let whole = (ends[0] && found == a) || (ends[1] && found == b);
        assert!(whole, "pair {pair}: {ends:?}");
        refused += usize::from(ends != [true; 2]);
    }
    assert_eq!(names(&above), ["counts"]);
    println!("in {refused} of 200 pairs, one run was refused");
    assert!(refused > 0, "no pair met");
}

/// Needs the right to mount a file system in memory.
#[cfg(target_os = "linux")]
#[test]
fn on_disks_of_50_sizes_the_earlier_or_the_new_one_is_whole() {
    let above = scratch("full-disk");
    let mount = |options: &str| {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&above).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !mount("size=64m") {
        eprintln!("skipped: a file system in memory cannot be mounted; run as root");
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let mut ends = BTreeMap::new();
        for name in ["counts", "page.html"] {
            let out = above.join(name);
            let [b, a] = expected(&out);
            // pages of 4 KB; a folder has none
            let used = |files: &BTreeMap<PathBuf, Vec<u8>>| -> usize {
                files.values().map(|file| file.len().div_ceil(4096)).sum()
            };
            let (first, second) = (used(&a), used(&b));
            let others: usize = names(&above)
                .iter()
                .filter(|other| *other != name)
                .map(|other| used(&bytes(&above.join(other))))
                .sum();
            let sizes = if name == "counts" { 35 } else { 15 };
            for size in 0..sizes {
                let pages = others + first + (second + 4) * size / (sizes - 1);
                assert!(mount(&format!("remount,size={}k", pages * 4)), "{pages} pages");
                let code = run(&out, "b").code();
                let found = bytes(&out);
                match code {
                    Some(0) => assert!(found == b, "{name}, {pages} pages: code 0, and not the new one"),
                    Some(1) => assert!(found == a, "{name}, {pages} pages: code 1, and not the earlier one"),
                    other => panic!("{name}, {pages} pages: {other:?}"),
                }
                assert!(names(&above).iter().all(|name| !name.starts_with('.')), "{:?}", names(&above));
                *ends.entry((name, code)).or_insert(0) += 1;
                assert!(mount("remount,size=64m"));
                if code == Some(0) {
                    write(&out, &coded("a")).expect("written");
                }
            }
        }
        println!("{ends:?}");
        assert_eq!(ends.len(), 4, "both ends occur: {ends:?}");
    });
    assert!(Command::new("umount").arg(&above).status().is_ok_and(|status| status.success()));
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}
