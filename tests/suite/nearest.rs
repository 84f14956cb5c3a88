//! Which file does a program propose for a name that no file has?

#[path = "../../examples/shared/nearest.rs"]
mod shared;

use shared::nearest_file;
use support::root;

#[test]
fn slips_in_names_of_files() {
    for (path, expected) in [
        ("fixtures/usa2020.csv", Some("fixtures/usa-2020.csv")),
        ("fixtures/USA-2020.CSV", Some("fixtures/usa-2020.csv")),
        ("fixtures/own-list", Some("fixtures/own-list.xlsx")),
        // another ending is one slip; of three files the first by name
        ("fixtures/uhri.text", Some("fixtures/uhri.csv")),
        ("fixtures/uhr.json", Some("fixtures/uhri.json")),
        ("fixtures/uh.json", None),
        ("fixtures/utf16.tsv", Some("fixtures/utf-16.tsv")),
        // a folder is no file
        ("fixtures/actions", None),
        ("no-such-folder/usa-2020.csv", None),
    ] {
        assert_eq!(nearest_file(root().join(path)), expected.map(|file| root().join(file)), "{path}");
    }
}
