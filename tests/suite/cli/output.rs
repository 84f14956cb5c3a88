//! What do programs do with what is there already, and where they cannot print?

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::programs::example;
use support::programs::{program, text};
use support::{fixture, scratch};

const NEXT: &str = "  next: name another one, or add --force to replace what is there\n";

/// Every program with a command that prints.
fn commands() -> Vec<(&'static str, Vec<String>)> {
    let list = |name: &str| fixture(name).display().to_string();
    let with = |file: &str, options: &[&str]| {
        [list(file)].into_iter().chain(options.iter().map(|option| option.to_string())).collect::<Vec<_>>()
    };
    vec![
        ("summary", vec![]),
        ("summary", with("usa-2020.csv", &["--by", "issue", "--format", "csv"])),
        ("summary", with("usa-2020.csv", &["--json"])),
        ("summary", with("usa-2020.csv", &["--explain", "26.161"])),
        ("evaluate", with("upr-info.csv", &["--codebook", "core"])),
        ("profile", vec!["--state".into(), "France".into()]),
        ("returned", vec![]),
        ("same_asks", vec![]),
        ("split", with("upr-info.csv", &[])),
        ("train", with("upr-info.csv", &[])),
        ("train", with("upr-info.csv", &["--actions"])),
        ("who_presses", vec![]),
        ("in_memory", vec![]),
        ("processes", with("upr-info.csv", &[])),
        ("to_json", with("usa-2020.csv", &[])),
    ]
}

fn started(name: &str, arguments: &[String], stdout: Stdio) -> Output {
    let mut command = Command::new(example(name));
    let command = command.args(arguments).current_dir(support::root()).stdout(stdout);
    command.stdin(Stdio::null()).stderr(Stdio::piped()).output().expect("the program starts")
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for (name, arguments) in commands() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = started(name, &arguments, full.into());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name} {arguments:?}: {said}");
        let expected =
            format!("{name}: standard output: cannot be written\n  because: No space left on device");
        assert!(said.contains(&expected), "{name} {arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn notices_and_help_on_a_full_disk_are_an_error() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let out = scratch("output-notices");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(example("summary"));
        command.args(arguments).current_dir(support::root()).stdin(Stdio::null());
        command
    };
    let written = run(&["--report", path(&out.join("page.html")), "--by", "position"])
        .stdout(Stdio::piped())
        .stderr(full())
        .output()
        .expect("the program starts");
    // what was to be printed is there
    assert_eq!((written.status.code(), written.stdout.is_empty()), (Some(1), false));
    for option in ["--help", "--version"] {
        let output =
            run(&[option]).stdout(full()).stderr(Stdio::piped()).output().expect("the program starts");
        let expected =
            "standard output: cannot be written\n  because: No space left on device (os error 28)\n";
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(1), expected), "{option}");
    }
    let refused = run(&["--no-such-option"]).stderr(full()).output().expect("the program starts");
    assert_ne!(refused.status.code(), Some(0));
    let mut service = Command::new(example("service"));
    let mut service = service
        .stdin(Stdio::piped())
        .stdout(full())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::io::Write::write_all(&mut service.stdin.take().expect("a pipe"), b"Ratify\n").expect("it reads");
    let output = service.wait_with_output().expect("an end");
    let expected = "service: standard output: cannot be written\n  because: No space left on device";
    assert!(output.status.code() == Some(1) && text(&output.stderr).starts_with(expected), "{output:?}");
}

/// As in `summary | head`.
#[test]
fn a_reader_that_leaves_is_no_error() {
    for (name, arguments) in commands() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = started(name, &arguments, writer.into());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{name} {arguments:?}: {said}");
        assert!(!said.contains("standard output"), "{name} {arguments:?}: {said}");
    }
}

#[track_caller]
fn refused(name: &str, arguments: &[&str], expected: &str) {
    let output = program(name, arguments);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), said.as_str()), (Some(1), expected), "{name} {arguments:?}");
}

#[track_caller]
fn done(name: &str, arguments: &[&str]) {
    let output = program(name, arguments);
    assert_eq!(output.status.code(), Some(0), "{name} {arguments:?}: {}", text(&output.stderr));
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn an_export_stays_if_the_next_list_cannot_be_read() {
    let folder = scratch("output-earlier");
    let out = path(&folder);
    done("summary", &["--out", out]);
    let before = support::bytes_of(&folder);
    let list = fixture("upr-info.csv");
    for files in [vec!["no-list.csv"], vec![path(&list), "no-list.csv"]] {
        let output = program("summary", &[&files[..], &["--out", out]].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).starts_with("summary: no-list.csv: cannot be read"));
        assert_eq!(support::bytes_of(&folder), before);
    }
}

#[test]
fn no_program_replaces_what_it_reads() {
    let folder = scratch("output-own-input");
    let list = folder.join("recommendations.csv");
    fs::copy(fixture("upr-info.csv"), &list).expect("a copy");
    let before = fs::read(&list).expect("a file");
    let (list, out) = (path(&list), path(&folder));
    let next = "  next: name another file or folder for the output\n";
    for (name, arguments) in [
        ("summary", vec!["--out", out]),
        ("summary", vec!["--report", list]),
        ("evaluate", vec!["--disagreements", list]),
        ("evaluate", vec!["--rules", list]),
        ("train", vec!["--out", list]),
    ] {
        let arguments = [&[list], &arguments[..], &["--force"]].concat();
        let expected =
            format!("{name}: {list}: this command reads it, and would replace it by its output\n{next}");
        refused(name, &arguments, &expected);
    }
    assert_eq!(fs::read(list).expect("it is there"), before);
    // a list beside the tables is not in their way
    let beside = folder.join("list.csv");
    fs::rename(list, &beside).expect("a folder of ours");
    done("summary", &[path(&beside), "--out", out]);
    done("summary", &[path(&beside), "--out", out]);
    let table = folder.join("recommendations.csv");
    let expected = format!(
        "summary: {}: this command reads it, and would replace it by its output\n{next}",
        table.display()
    );
    refused("summary", &[path(&table), "--out", out], &expected);
}

#[test]
fn files_that_upr_did_not_write_need_force() {
    let folder = scratch("output-own-file");
    let own = folder.join("own.csv");
    let coded = fixture("upr-info.csv");
    for (name, option) in [("evaluate", "--disagreements"), ("evaluate", "--rules"), ("train", "--out")] {
        fs::write(&own, "a thesis\n").expect("a file");
        let arguments = [path(&coded), option, path(&own)];
        let same = if name == "train" { "a model" } else { "the same bytes" };
        let expected = format!(
            "{name}: {}: found a file that upr did not write, or that was changed since, expected {same}, or no such file\n{NEXT}",
            own.display()
        );
        refused(name, &arguments, &expected);
        assert_eq!(fs::read_to_string(&own).expect("it is there"), "a thesis\n");
        done(name, &[&arguments[..], &["--force"]].concat());
        let first = fs::read(&own).expect("a file");
        // the same bytes, or a model
        done(name, &arguments);
        assert!(!first.is_empty() && first == fs::read(&own).expect("a file"), "{name} {option}");
    }
}

#[test]
fn a_codebook_is_not_replaced_by_what_is_counted_with_it() {
    let folder = scratch("output-own-codebook");
    let own = folder.join("own");
    fs::create_dir(&own).expect("a folder");
    for entry in fs::read_dir(fixture("codebook-climate")).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), own.join(entry.file_name())).expect("a copy");
    }
    let before = support::bytes_of(&own);
    let (list, own) = (fixture("climate-list.csv"), path(&own));
    let expected = format!(
        "summary: {own}: this command reads it, and would replace it by its output\n  next: name another file or folder for \
         the output\n"
    );
    refused("summary", &[path(&list), "--codebook", own, "--out", own, "--force"], &expected);
    assert_eq!(support::bytes_of(Path::new(own)), before);
    // an export that has the name of a bundled codebook
    for _ in 0..2 {
        let mut command = Command::new(example("summary"));
        let command = command.current_dir(&folder).args([path(&list), "--out", "core", "--force"]);
        let output = command.output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_page_on_standard_output_is_not_written_over() {
    let file = scratch("output-page").join("page.html");
    let list = fixture("climate-list.csv").display().to_string();
    let stdout = fs::File::create(&file).expect("a file");
    let output = started("summary", &[list, "--report".into(), "/dev/stdout".into()], stdout.into());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = fs::read_to_string(&file).expect("text");
    assert!(page.starts_with("<!") && page.contains("</html>"), "{}", &page[..200.min(page.len())]);
}
