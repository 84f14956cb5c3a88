//! Does the example `who_presses` answer on the bundled list, and tell what is wrong?

use std::process::Output;
use support::programs::program;

fn run(arguments: &[&str]) -> Output {
    program("who_presses", arguments)
}

#[test]
fn without_files_it_reads_the_bundled_list() {
    let output = run(&[]);
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(shown.starts_with("death-penalty: 36 of 347 recommendations\n"), "{shown}");
    let weog = shown.lines().find(|line| line.trim_start().starts_with("WEOG")).expect("a row for WEOG");
    let cells: Vec<&str> = weog.split_whitespace().collect();
    assert_eq!(&cells[..3], ["WEOG", "86", "19"], "{shown}");
    assert!(weog.contains('%'), "{weog}");
}

#[test]
fn a_misspelt_issue_is_told() {
    let output = run(&["--issue", "death-penality"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "who_presses: filter: found the issue \"death-penality\", expected one of the codebook core, such as \
         \"death-penalty\"\n"
    );
}
