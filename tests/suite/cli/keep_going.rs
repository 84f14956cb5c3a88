//! Does `summary --keep-going` do the rest where a file cannot be read, and is that file named first, last and in what is
//! exported? Word for word.

use support::programs::{json, program, text};
use support::{rows, scratch};
use upr::read::Reader;

const LIST: &str = "fixtures/climate-list.csv";
const MISSING: &str = "fixtures/no-such-list.csv";

/// What is wrong with the file that is missing, and why.
const FAULT: &str = "summary: fixtures/no-such-list.csv: cannot be read\n  because: No such file or directory (os error 2)\n  \
                     next: check the name and the folder, or give the whole path\n";

/// The warning, which names no folder.
const WARNING: &str =
    "not read, so nothing of it is counted: cannot be read (No such file or directory (os error 2))";

#[test]
fn the_rest_is_done_and_the_exit_code_is_1() {
    let folder = scratch("keep-going");
    let empty = folder.join("empty.csv");
    std::fs::write(&empty, "").expect("a file");
    let (empty, out) = (empty.to_str().expect("a path"), folder.join("out"));
    let page = folder.join("page.html");
    let [out_name, page_name] = [&out, &page].map(|path| path.to_str().expect("a path"));
    let output = program(
        "summary",
        &[MISSING, LIST, empty, "--keep-going", "--all", "--out", out_name, "--report", page_name],
    );
    assert_eq!(output.status.code(), Some(1));
    let expected = "a list of recommendations as CSV, TSV, Excel, Word or JSON, a report or an addendum";
    let last = "summary: files not read, and not counted (2 of 3): no-such-list.csv, empty.csv\n  next: the reasons are \
                above: correct these files, or leave them out\n";
    assert_eq!(
        text(&output.stderr),
        format!(
            "{FAULT}summary: {empty}: found an empty file, expected {expected}\nwrote {page_name}\nwrote 32 files into \
             {out_name}\n{last}"
        )
    );
    let shown = text(&output.stdout);
    let first =
        "climate-list.csv (12 rows)\nFiles not read, and not counted (2 of 3): no-such-list.csv, empty.csv\n";
    assert!(shown.starts_with(first), "{shown}");
    let found = shown.split_once("\nWarnings (2)\n").expect("warnings at the end").1;
    assert_eq!(
        found.split_whitespace().collect::<Vec<_>>().join(" "),
        format!(
            "no-such-list.csv: {WARNING} empty.csv: not read, so nothing of it is counted: found an empty file, expected \
             {expected}"
        )
    );

    // a notebook finds it in a table and in the description
    let warnings = rows(out.join("warnings.csv"));
    let files: Vec<&str> = warnings.iter().map(|row| &*row["source_file"]).collect();
    assert_eq!((files, &*warnings[0]["warning"]), (vec!["no-such-list.csv", "empty.csv"], WARNING));
    let package = std::fs::read(out.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_slice(&package).expect("JSON");
    let forms: Vec<&str> =
        package["files"].as_array().into_iter().flatten().filter_map(|file| file["form"].as_str()).collect();
    assert_eq!(forms, ["not_read", "table", "not_read"]);
    let page = std::fs::read_to_string(page).expect("a page");
    assert!(page.contains("no-such-list.csv (not read), climate-list.csv, empty.csv (not read)"));
    assert!(page.contains("add up to the rows of the files that were read. Others could not be read"));
    assert!(!page.contains("nothing was lost"));
}

#[test]
fn one_table_has_no_notice_twice() {
    let output = program("summary", &[LIST, MISSING, "--keep-going", "--by", "position"]);
    let last = "summary: files not read, and not counted (1 of 2): no-such-list.csv\n  next: the reasons are above: correct \
                these files, or leave them out\n";
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), format!("{FAULT}{last}")));
    assert!(text(&output.stdout).contains("\nFiles not read, and not counted (1 of 2): no-such-list.csv\n"));
}

/// Without the option, or where no file can be read, the first one that cannot be read is the error.
#[test]
fn the_first_fault_ends_the_program() {
    for arguments in [&[LIST, MISSING][..], &[MISSING, "fixtures/also-missing.csv", "--keep-going"]] {
        let output = program("summary", arguments);
        assert_eq!(
            (output.status.code(), text(&output.stderr)),
            (Some(1), FAULT.to_string()),
            "{arguments:?}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn where_all_files_can_be_read_nothing_changes() {
    assert_eq!(json(&[LIST, "--json", "--keep-going"]), json(&[LIST, "--json"]));
}

/// The caller hears of each file, in the order of the files, and the list is that of the others.
#[test]
fn a_program_hears_of_each_file() {
    let faults = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let listener = faults.clone();
    let paths = [MISSING, LIST, "fixtures"].map(|path| support::root().join(path));
    let reader = Reader::new().keep_going(move |path, error| {
        listener.lock().expect("a lock").push((path.to_path_buf(), error.kind()));
    });
    let list = reader.paths(&paths).expect("one list");
    let [missing, folder] = [upr::ErrorKind::Unreadable, upr::ErrorKind::Content];
    assert_eq!(*faults.lock().expect("a lock"), [(paths[0].clone(), missing), (paths[2].clone(), folder)]);
    let alone = upr::read::path(&paths[1]).expect("a list");
    assert_eq!((&list.recommendations, &list.files[1]), (&alone.recommendations, &alone.files[0]));
    assert!(list.account().balances());
}
