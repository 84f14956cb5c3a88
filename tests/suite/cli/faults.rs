//! What does a user of `summary` read who made a mistake, and with which exit code? Word for word.

use support::programs::{program, text};
use support::{fixture, scratch};
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
            "summary: fixtures/usa2020.csv: cannot be read\n{NOT_FOUND}  next: did you mean fixtures/usa-2020.csv? Otherwise give the whole path\n"
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
            "summary: {german}: found the headers \"Wortlaut\" and \"Staat\", expected a column with the recommendation text, such as \"text\" or \
             \"recommendation\", or a column mapping (text=HEADER)\n  next: name the header of the text with --column \"text=HEADER\"\n"
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
                   end a word, expected a * only at the end of a word\n  next: correct that cell and run again; \
                   src/codebook/NOTATION.md explains the notation\n";
    fails(&["--codebook", broken], 1, message);
    fails(&["--check-codebook", broken], 1, message);
    fails(
        &["--codebook", "no-such-codebook"],
        1,
        "summary: codebook: found neither a name nor a folder \"no-such-codebook\", expected one of \"core\" and \"upr-info\", or a \
         folder with \"codebook.csv\", \"issues.csv\" and \"rules.csv\"\n",
    );
    fails(
        &["--group-by", "goals"],
        1,
        "summary: grouping: found no bundled grouping \"goals\", expected one of \"upr-info\", \"core\", \"ohchr-themes\", \
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
    let next = "\n  next: name a file or folder that you may write to, in a folder that exists\n";
    assert!(text(&output.stderr).ends_with(next));
}

/// What the user made is not replaced unless they say so; what an earlier run wrote is.
#[test]
fn files_of_ones_own_are_not_replaced() {
    let folder = scratch("summary-own-files");
    let out = folder.to_str().expect("a path");
    let own = folder.join("tags.csv");
    std::fs::write(&own, "my,own,tags\n").expect("a file");
    let next = "  next: name another one, or add --force to replace what is there\n";
    fails(
        &["--out", out],
        1,
        &format!(
            "summary: {out}: found \"tags.csv\", which upr did not write, or which was changed since, expected a folder \
             without such a file, or an earlier export\n{next}"
        ),
    );
    assert_eq!(std::fs::read_to_string(&own).expect("it is there"), "my,own,tags\n");
    let page = folder.join("page.html");
    std::fs::write(&page, "<h1>My own page</h1>").expect("a file");
    let page = page.to_str().expect("a path");
    fails(
        &["--report", page],
        1,
        &format!(
            "summary: {page}: found a file that upr did not write, or that was changed since, expected an earlier page, or no such \
             file\n{next}"
        ),
    );
    let written = ["--out", out, "--report", page];
    for options in [[&written[..], &["--force"]].concat(), written.to_vec()] {
        let output = program("summary", &options);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
}

/// No table of another filter stays beside the new ones, and what is somebody else's stays.
#[test]
fn a_second_export_leaves_nothing_of_the_first() {
    let folder = scratch("summary-twice");
    let out = folder.to_str().expect("a path");
    let runs = |options: &[&str]| {
        let output = program("summary", &[&["--out", out], options].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    };
    runs(&["--statistics", "--json"]);
    std::fs::write(folder.join("notes.txt"), "mine").expect("a file");
    std::fs::write(folder.join("statistics/mine.csv"), "mine").expect("a file");
    assert!(folder.join("aspects.csv").exists() && folder.join("upr.json").exists());
    runs(&["--filter", "issue=housing"]);
    assert!(folder.join("notes.txt").exists() && folder.join("tags.csv").exists());
    assert!(!folder.join("upr.json").exists());
    let left: Vec<_> = std::fs::read_dir(folder.join("statistics")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "what nobody of us wrote stays: {left:?}");
}

#[test]
fn a_filter_that_nothing_meets() {
    let said = |filter: &str| {
        let output = program("summary", &["--filter", filter, "--by", "position", "--format", "csv"]);
        assert_eq!(output.status.code(), Some(0), "nothing is a result");
        text(&output.stderr)
    };
    assert_eq!(
        said("issue=housing,session=35"),
        "summary: no recommendation matches the filter issue=housing,session=35, so all counts are 0\n\
         summary: alone, issue=housing matches 3 of 347\n\
         summary: alone, session=35 matches 0 of 347; the most frequent of the list: 36 (347)\n"
    );
}

/// Who asks for a group and counts pairs reads other groups as well.
#[test]
fn other_states_of_joint_recommendations_are_announced() {
    let said = |options: &[&str]| {
        text(&program("summary", &[&["--filter", "regional_group=WEOG"], options].concat()).stderr)
    };
    let notice = said(&["--by", "regional_group", "--unit", "recommendation-x-state"]);
    assert!(
        notice.starts_with(
            "summary: if one State of a joint recommendation matches the filter, all of its States are counted, also those \
             outside the filter; joint: "
        ),
        "{notice}"
    );
    assert_eq!(said(&["--by", "issue"]), "");
}

/// All that can be told at once, so that a codebook is mended in one go.
#[test]
fn all_faults_of_a_codebook_on_trial() {
    let folder = scratch("summary-codebook-faults");
    for (name, content) in [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        ("issues.csv", "issue,label,theme\nguns,Guns,safety\nGun laws,Laws,safety\n"),
        (
            "rules.csv",
            "issue,kind,pattern\nguns,include,gun*\narms,include,arm*\nguns,inclde,rifle*\nguns,include,(a\n",
        ),
    ] {
        std::fs::write(folder.join(name), content).expect("a file");
    }
    let place = folder.display();
    fails(
        &["--check-codebook", folder.to_str().expect("a path")],
        1,
        &format!(
            "summary: {place}/issues.csv, line 3, column issue: found \"Gun laws\", expected a code of small letters, digits \
             and hyphens\n\
             summary: {place}/rules.csv, line 3, column issue: found \"arms\", expected an issue of issues.csv\n\
             summary: {place}/rules.csv, line 4, column kind: found \"inclde\", expected one of \"include\", \"exclude\" and \
             \"exclude-all\"\n\
             summary: {place}/rules.csv, line 5, column pattern: found \"(\" that is not closed, expected \")\" after \
             it\n  next: correct that cell and run again; src/codebook/NOTATION.md explains the notation\n"
        ),
    );
}

/// A right-to-left override would show a text as another; a carriage return would write over what stands there.
#[test]
fn a_list_cannot_steer_the_terminal() {
    let path = scratch("summary-steering").join("list.csv");
    let list = "text,from,position\nProtect \u{202e}defenders\u{1b}[2J,Spain\u{202d}land,not\u{7}ed\n";
    std::fs::write(&path, list).expect("a file");
    let list = path.to_str().expect("a path");
    let [short, shown] = [&[list][..], &[list, "--all"]].map(|given| text(&program("summary", given).stdout));
    for shown in [&short, &shown] {
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}' && c != '\u{202d}'),
            "{shown:?}"
        );
    }
    let name = "States not recognised, kept as written: 1: \"Spain\\u{202d}land\" (it holds\n  U+202D, which is invisible)\n";
    assert!(short.contains(name), "{short}");
    assert!(shown.contains("Protect \\u{202e}defenders\\u{1b}[2J"), "{shown}");
    assert!(shown.contains("State \"Spain\\u{202d}land\" in 1 recommendation"), "{shown}");
    assert!(shown.contains("; it\n  holds U+202D, which is invisible\n"), "{shown}");
}

#[test]
fn options_that_make_no_sense() {
    let end = "\n\nFor more information, try '--help'.\n";
    let usage = "\n\nUsage: summary [OPTIONS] [FILES]...";
    let known = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(", ");
    fails(
        &["--by", "colour"],
        2,
        &format!(
            "error: invalid value 'colour' for '--by <DIMENSION>': dimension: found \"colour\", expected one of {known}{end}"
        ),
    );
    fails(
        &["--session", "2020"],
        2,
        &format!(
            "error: invalid value '2020' for '--session <NUMBER>': session: found \"2020\", expected the number of a session of \
             the UPR Working Group, from 1 to 54, such as 36{end}"
        ),
    );
    for (given, near) in [("Kenyah", ", such as \"Kenya\""), ("Narnia", "; no State has a similar name")] {
        fails(
            &["--state-under-review", given],
            2,
            &format!(
                "error: invalid value '{given}' for '--state-under-review <STATE>': State: found \"{given}\", expected the \
                 name or the ISO code of a State{near}{end}"
            ),
        );
    }
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
            if own[0] == "--top" && other[0] == "--by" {
                continue; // the largest rows of a table
            }
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
