//! Does no work grow with the square of what a file holds, or much faster than the file?
//!
//! Each case once took seconds or gigabytes for less than a megabyte. Time is that of the processor, in ratios: twice the size
//! may take a little more than twice the time.

use crate::build::{paragraph, word};
use std::time::{Duration, Instant};
use support::programs::{program, text};
use support::{rows, scratch};
use upr::compare::same_asks;
use upr::read::Reader;
use upr::statistics::CrossTabulation;
use upr::{Codebook, CodedList, Dimension, Tagger, Unit, export};

/// How long this thread has run, where the system says it (the first number of `schedstat`, in nanoseconds).
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

fn time(work: impl FnOnce()) -> f64 {
    let (begun, clock) = (processor_time(), Instant::now());
    work();
    let took = begun.zip(processor_time()).map(|(begun, ended)| ended - begun);
    took.filter(|took| !took.is_zero()).unwrap_or(clock.elapsed()).as_secs_f64()
}

/// How much longer the larger work takes: the least of three tries, as other programs only add to it.
#[track_caller]
fn grows_at_most(most: f64, mut work: impl FnMut(bool)) {
    let mut try_once = || {
        let small = time(|| work(false));
        time(|| work(true)) / small
    };
    let ratio = (0..3).map(|_| try_once()).fold(f64::INFINITY, f64::min);
    assert!(ratio < most, "{ratio} times the time");
}

fn codebook(issues: usize) -> Codebook {
    let lines = |line: &dyn Fn(usize) -> String| -> String { (0..issues).map(line).collect() };
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n".to_string()),
        (
            "issues.csv",
            format!(
                "issue,label,theme,definition\n{}",
                lines(&|issue| format!("i{issue},Issue {issue},theme,\n"))
            ),
        ),
        ("rules.csv", format!("issue,kind,pattern\n{}", lines(&|issue| format!("i{issue},include,women\n")))),
    ];
    Codebook::from_files("mine", files.iter().map(|(name, text)| (*name, text.as_str()))).expect("a codebook")
}

fn coded(issues: usize, list: &str) -> CodedList {
    let list = Reader::new().bytes("a.csv", list.as_bytes()).expect("a list");
    Tagger::new(codebook(issues)).expect("a tagger").tag(list)
}

#[test]
fn matches_in_one_text_on_the_page() {
    let coded = [4_000, 8_000].map(|matches| coded(2, &format!("text\n\"{}\"\n", "women ".repeat(matches))));
    let page = export::page(&coded[0]);
    assert_eq!(page.matches("<mark title=\"Issue 0; Issue 1\">women</mark>").count(), 4_000);
    grows_at_most(3.2, |twice| assert!(!export::page(&coded[usize::from(twice)]).is_empty()));
}

#[test]
fn many_issues_of_one_word_on_the_page() {
    let page = export::page(&coded(25, "text\nProtect women\n"));
    let labels: Vec<String> = (0..20).map(|issue| format!("Issue {issue}")).collect();
    assert!(page.contains(&format!("<mark title=\"{}; and 5 more\">women</mark>", labels.join("; "))));
}

#[test]
fn the_same_words_in_another_order() {
    let shuffled = |rows: usize| -> CodedList {
        let words = "protect women children police judges prisons schools hospitals water food";
        let mut words: Vec<&str> = words.split(' ').collect();
        let mut seed = 1_usize;
        let lines = (0..rows).map(|_| {
            for at in (1..words.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                words.swap(at, (seed >> 33) % (at + 1));
            }
            format!("{}\n", words.join(" "))
        });
        coded(1, &format!("text\n{}", lines.collect::<String>()))
    };
    let lists = [shuffled(1_000), shuffled(2_000)];
    let groups = same_asks(&lists[1]);
    assert_eq!(groups.iter().map(|group| group.members.len()).sum::<usize>(), lists[1].recommendations.len());
    grows_at_most(3.2, |twice| assert!(!same_asks(&lists[usize::from(twice)]).is_empty()));
}

/// A table has a cell for each pair of issues, and each is found without a look at the others.
/// The same text thousands of times in two cycles would have millions of links.
#[test]
fn one_text_in_two_cycles() {
    let list = |rows: usize| {
        let mut text = "text,state under review,session,paragraph\n".to_string();
        for session in [8, 21] {
            for row in 0..rows {
                text += &format!("Ratify the Convention against Torture,Kenya,{session},{row}.{session}\n");
            }
        }
        coded(1, &text)
    };
    let links = |rows: usize| {
        let list = list(rows);
        let found = upr::compare::across_cycles(&list);
        let links = &found[0].links;
        // none is left out on either side
        let of = |side: &dyn Fn(&upr::compare::Link<'_>) -> String| {
            links.iter().map(side).collect::<std::collections::BTreeSet<_>>().len()
        };
        assert_eq!(of(&|link| link.earlier.recommendation.id.to_string()), rows);
        assert_eq!(of(&|link| link.later.recommendation.id.to_string()), rows);
        links.len()
    };
    assert_eq!([20, 50, 200, 400].map(links), [400, 2_500, 10_000, 20_000]);
}

#[test]
fn counts_of_a_cross_tabulation() {
    let table = |issues: usize| {
        let coded = coded(issues, "text\nProtect women\n");
        CrossTabulation::of(&coded, Dimension::Issue, Dimension::Issue, Unit::Recommendations)
    };
    let tables = [table(150), table(300)];
    // four times the cells
    grows_at_most(6.0, |twice| {
        let table = &tables[usize::from(twice)];
        let count =
            |row: &str| table.column_totals().filter_map(|(column, _)| table.count(row, column)).sum();
        let all: u64 = table.row_totals().map(|(row, _)| -> u64 { count(row) }).sum();
        assert_eq!(all, if twice { 90_000 } else { 22_500 });
    });
}

#[test]
fn names_in_no_table_have_no_rows_of_zeros() {
    let written = |names: usize| {
        let folder = scratch(&format!("growth-names-{names}"));
        let line = |name: usize| format!("Protect women {name},Land {name}\n");
        let list = format!("text,from\nEnd hunger,Spain\n{}", (0..names).map(line).collect::<String>());
        export::folder(&folder, &coded(40, &list)).expect("a writable folder");
        folder.join("issue_by_recommending_state.csv")
    };
    let size = |path: &std::path::Path| std::fs::metadata(path).expect("a table").len() as f64;
    let files = [written(200), written(400)];
    assert!(size(&files[1]) / size(&files[0]) < 2.2);
    let table = rows(&files[1]);
    let zeros = |state: &str| {
        table.iter().filter(|row| row["state"] == state && row["recommendations"] == "0").count()
    };
    // 40 issues without Spain, and no name that is a State's is left out
    assert_eq!((zeros("Spain"), zeros("Land 7")), (40, 0));
    assert_eq!(table.iter().filter(|row| row["state"] == "Land 7").count(), 40);
}

#[test]
fn headers_that_look_like_answers() {
    let list = |word: &str| {
        let header = |at: usize| format!(",{word} of the x{at}k to a on in upr");
        format!("text{}\nProtect women\n", (0..960).map(header).collect::<String>())
    };
    // beyond the first 8, no State is looked for
    let lists = [list("remarks"), list("response")];
    grows_at_most(6.0, |answers| {
        let list = Reader::new().bytes("a.csv", lists[usize::from(answers)].as_bytes()).expect("a list");
        assert_eq!(list.account().rows, 1);
    });
}

#[test]
fn labels_copied_into_each_part() {
    let states = ["Spain", "Peru", "Chile", "Ghana"];
    let parts: String =
        (0..32).map(|part| format!("protect women {part} ({}); ", states[part % 4])).collect();
    let labels = format!("- {}\n", "x".repeat(600)).repeat(100);
    let cell = |text: &str| {
        let paragraphs: String = text.lines().map(|line| paragraph("", line)).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = |number: usize, labels: &str| {
        let cells = [format!("1.{number} {parts}"), "Supported".to_string(), labels.to_string()];
        format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let read = |labels: &str| {
        let headers = ["Recommendation", "Position", "Full list of themes"];
        let headers: String = headers.iter().map(|header| cell(header)).collect();
        let rows: String = (1..=60).map(|number| row(number, labels)).collect();
        let rows = format!("<w:tr>{headers}</w:tr>{rows}");
        let file = word(&format!("<w:tbl>{rows}</w:tbl>"), "UPR of Kenya (3rd Cycle)");
        assert!(file.len() < 100_000);
        let list = Reader::new().bytes("a.docx", &file).expect("a list");
        assert!(list.account().balances());
        list
    };
    let list = read(&labels);
    let labels = list.recommendations.iter().flat_map(|made| &made.labels.themes);
    let bytes: usize = labels.map(String::len).sum();
    assert!(bytes > 32 << 20 && bytes < 64 << 20, "{bytes}");
    let reason = "found more than 64 MB of headings and labels up to here, expected fewer";
    assert!(!list.rejects.is_empty() && list.rejects.iter().all(|reject| reject.reason == reason));
    let list = read(&"- x\n".repeat(501));
    assert_eq!((list.recommendations.len(), list.rejects.len()), (0, 60));
    assert_eq!(list.rejects[0].reason, "found 501 labels in a cell, expected at most 500");
}

#[test]
fn a_long_name_on_the_screen() {
    let folder = scratch("growth-name");
    let file = |letters: usize| {
        let path = folder.join(format!("{letters}.csv"));
        std::fs::write(&path, format!("text,from\nProtect women,{}\n", "Xy".repeat(letters / 2)))
            .expect("a file");
        path.display().to_string()
    };
    let files = [file(100_000), file(200_000)];
    let shown = |twice: bool| {
        let output = program("summary", &[&files[usize::from(twice)], "--by", "recommending-state"]);
        assert!(output.status.success());
        text(&output.stdout)
    };
    assert!(shown(true).replace('\n', " ").contains("(199000 more"));
    let clock = |twice: bool| {
        let begun = Instant::now();
        shown(twice);
        begun.elapsed().as_secs_f64()
    };
    // of another process the clock alone is known
    let ratio = (0..3).map(|_| clock(true) / clock(false)).fold(f64::INFINITY, f64::min);
    assert!(ratio < 3.0, "{ratio} times the time");
}

#[test]
fn a_table_wider_than_anyone_reads() {
    let folder = scratch("growth-wide");
    let write = |name: &str, content: &str| std::fs::write(folder.join(name), content).expect("a file");
    let line = |line: &dyn Fn(usize) -> String| -> String { (0..310).map(line).collect() };
    write("codebook.csv", "key,value\nname,mine\nversion,1\n");
    let issues = line(&|issue| format!("i{issue},Issue {issue},theme,\n"));
    write("issues.csv", &format!("issue,label,theme,definition\n{issues}"));
    let rules = line(&|issue| format!("i{issue},include,women\n"));
    write("rules.csv", &format!("issue,kind,pattern\n{rules}"));
    write("list.csv", "text\nProtect women\n");
    let (list, codebook) = (folder.join("list.csv"), folder.display().to_string());
    let list = list.display().to_string();
    let arguments = [list.as_str(), "--codebook", &codebook, "--by", "issue", "--and", "issue"];
    let shown = text(&program("summary", &arguments).stdout);
    assert!(shown.contains("  The 300 largest of 310 columns are shown: --format csv has all.\n"), "{shown}");
    assert!(shown.contains("Columns 1 to ") && !shown.contains("largest of 310 rows"));
    let csv = text(&program("summary", &[arguments.as_slice(), &["--format", "csv"]].concat()).stdout);
    assert_eq!(csv.lines().count(), 1 + 310 * 310);
}
