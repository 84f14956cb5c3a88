//! What does a user of `summary` read who made a mistake, and with which exit code? Word for word.

use crate::programs::{program, text};
use crate::{fixture, scratch};
use upr::Dimension;

/// Ends with this code, and says these words and no others.
#[track_caller]
fn fails(arguments: &[&str], code: i32, message: &str) {
    let output = program("summary", arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert_eq!(text(&output.stderr), message);
    assert!(output.stdout.is_empty(), "nothing is printed beside the fault");
}

const NOT_FOUND: &str = "  because: No such file or directory (os error 2)\n";

#[test]
fn a_file_that_is_not_there() {
    fails(
        &["fixtures/usa2020.csv"],
        1,
        &format!(
            "summary: fixtures/usa2020.csv: cannot be read\n{NOT_FOUND}  next: fixtures/usa-2020.csv has the nearest name in \
             that folder; or give the whole path\n"
        ),
    );
    fails(
        &["no-such-list.csv"],
        1,
        &format!(
            "summary: no-such-list.csv: cannot be read\n{NOT_FOUND}  next: check the name and the folder, or give the whole \
             path\n"
        ),
    );
}

#[test]
fn a_file_that_is_no_list() {
    let folder = scratch("summary-faults");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a path").to_string()
    };
    let empty = write("empty.csv", b"");
    let expected =
        "expected a list of recommendations as CSV, TSV, Excel, Word or JSON, a report or an addendum";
    fails(&[&empty], 1, &format!("summary: {empty}: found an empty file, {expected}\n"));
    let german = write("german.csv", b"Wortlaut;Staat\nx;Spanien\n");
    fails(
        &[&german],
        1,
        &format!(
            "summary: {german}: found the headers \"Wortlaut\" and \"Staat\", expected one for the text, such as \"text\" and \
             \"recommendation\", or a column mapping (text=HEADER)\n  next: say which of these headers stands over the text: \
             --column \"text=HEADER\"\n"
        ),
    );
    assert_eq!(program("summary", &[&german, "--column", "text=Wortlaut"]).status.code(), Some(0));
    let pdf = write("report.pdf", b"%PDF-1.7\n");
    if !cfg!(feature = "pdf") {
        fails(
            &[&pdf],
            1,
            &format!(
                "summary: {pdf}: found a PDF, expected upr built with the feature pdf (--features pdf), or the document as \
                 text\n  next: run `cargo run --release --features pdf --example summary -- {pdf}`, which needs Rust 1.92 and \
                 two minutes more to build\n"
            ),
        );
    }
}

#[test]
fn a_codebook_or_grouping_that_is_wrong() {
    let broken = "fixtures/codebook-broken";
    let message = "summary: fixtures/codebook-broken/rules.csv, line 3, column pattern: found \"ab*c\" with a * that does not \
                   end a word, expected a * only at the end of a word\n  next: mend that cell and run again; \
                   src/codebook/NOTATION.md explains the notation\n";
    fails(&["--codebook", broken], 1, message);
    fails(&["--check-codebook", broken], 1, message);
    fails(
        &["--codebook", "no-such-codebook"],
        1,
        "summary: codebook: found neither a name nor a folder \"no-such-codebook\", expected \"core\" and \"upr-info\", or a \
         folder with \"codebook.csv\", \"issues.csv\" and \"rules.csv\"\n",
    );
    fails(
        &["--group-by", "goals"],
        1,
        "summary: grouping: found no bundled grouping \"goals\", expected \"upr-info\", \"core\", \"ohchr-themes\", \
         \"ohchr-themes-cycle-2\", \"sdgs\", \"blueprints-2021\" and \"five-stages\"\n",
    );
}

#[test]
fn an_output_that_cannot_be_written() {
    let below = fixture("usa-2020.csv").join("out");
    let output = program("summary", &["--out", below.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr)
            .starts_with(&format!("summary: {}: cannot be written\n  because: ", below.display()))
    );
}

#[test]
fn options_that_make_no_sense() {
    let end = "\n\nFor more information, try '--help'.\n";
    let usage = "\n\nUsage: summary [OPTIONS] [FILES]...";
    let known = Dimension::ALL.map(Dimension::as_str).join(", ");
    fails(
        &["--by", "colour"],
        2,
        &format!(
            "error: invalid value 'colour' for '--by <DIMENSION>': dimension: found \"colour\", expected one of {known}{end}"
        ),
    );
    fails(
        &["--filter", "colour=blue"],
        2,
        &format!(
            "error: invalid value 'colour=blue' for '--filter <DIMENSION=CATEGORY,...>': dimension: found \"colour\", \
             expected one of {known}{end}"
        ),
    );
    fails(
        &["--column", "colour=Blue"],
        2,
        &format!(
            "error: invalid value 'colour=Blue' for '--column <COLUMN=HEADER>': column: found \"colour\", expected one of \
             text, state-under-review, recommending-states, position, session, document, paragraph, issues, action, themes, \
             sdgs, affected-persons, recommending-body{end}"
        ),
    );
    fails(
        &["--column", "text"],
        2,
        &format!(
            "error: invalid value 'text' for '--column <COLUMN=HEADER>': expected COLUMN=HEADER, such as text=Wording{end}"
        ),
    );
    fails(
        &["--format", "csv"],
        2,
        &format!(
            "error: --format csv prints one table: say which with --by DIMENSION, or write all tables with --out DIR\
             {usage}{end}"
        ),
    );
    fails(
        &["--and", "issue"],
        2,
        &format!(
            "error: the following required arguments were not provided:\n  --by <DIMENSION>\n\nUsage: summary --by <DIMENSION> \
             --and <DIMENSION> [FILES]...{end}"
        ),
    );
    fails(
        &["--unit", "States", "--by", "issue"],
        2,
        &format!(
            "error: invalid value 'States' for '--unit <UNIT>'\n  [possible values: recommendations, \
             recommendation-x-state]{end}"
        ),
    );
    fails(
        &["--by", "issue", "--explain", "26.1"],
        2,
        &format!(
            "error: the argument '--by <DIMENSION>' cannot be used with '--explain <ID>'\n\nUsage: summary --by <DIMENSION> \
             [FILES]...{end}"
        ),
    );
}

/// What belongs to the summary has no meaning where something else is printed in its place.
#[test]
fn options_of_the_summary_go_with_the_summary_alone() {
    for own in [&["--aspects"][..], &["--statistics"], &["--group-by", "sdgs"], &["--top", "3"]] {
        for other in [&["--by", "issue"][..], &["--explain", "26.1"], &["--check-codebook", "core"]] {
            let output = program("summary", &[own, other].concat());
            assert_eq!(output.status.code(), Some(2), "{own:?} {other:?}");
            let said = text(&output.stderr);
            assert!(
                said.starts_with("error: the argument '--") && said.contains("cannot be used with"),
                "{said}"
            );
        }
    }
}

/// Progress is for terminals, and faults are for stderr: nothing else is said there.
#[test]
fn where_all_is_well_stderr_is_silent() {
    let list = fixture("upr-info.csv");
    let output = program("summary", &[list.to_str().expect("a path")]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

/// The help names every exit code, and its examples are commands that can be understood.
#[test]
fn the_help_is_right() {
    let output = program("summary", &["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for (code, meaning) in
        [(0, "done; "), (1, "a file, the codebook or the grouping could not be read"), (2, "unknown options")]
    {
        assert!(help.contains(&format!("\n  {code}  {meaning}")), "{help}");
    }
    for dimension in Dimension::ALL {
        assert!(help.contains(dimension.as_str()), "{}", dimension.as_str());
    }
    let out = scratch("help-examples");
    let page = out.with_extension("html");
    let (list, codebook) = (fixture("own-list.xlsx"), fixture("codebook-climate"));
    let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("      summary")).collect();
    assert!(examples.len() >= 8, "{help}");
    for example in examples {
        let arguments: Vec<&str> = example
            .split_whitespace()
            .map(|word| match word {
                "list.xlsx" | "list.csv" | "sessions-*.csv" => list.to_str().expect("a path"),
                "my-codebook" => codebook.to_str().expect("a path"),
                "counts" => out.to_str().expect("a path"),
                "list.html" => page.to_str().expect("a path"),
                // the headers of the fixture
                "text=Wording" => "text=Recommendation",
                word => word,
            })
            .collect();
        let output = program("summary", &arguments);
        assert_eq!(output.status.code(), Some(0), "{example}: {}", text(&output.stderr));
    }
}
