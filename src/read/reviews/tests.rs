//! A streamed list is the list as it is read in memory, whatever it holds and wherever its parts end.

use crate::list::{Account, FileRead, RecommendationList};
use crate::random::{Random, for_each};
use crate::read::Reader;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file of this test's own.
struct Written(PathBuf);

impl Written {
    fn new(bytes: &[u8]) -> Written {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("upr-reviews-{}-{number}.csv", std::process::id()));
        std::fs::write(&path, bytes).expect("a writable folder");
        Written(path)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// The parts of a stream as one list, with the files that it reports.
fn streamed(reader: &Reader, files: &[&Written], part: usize) -> crate::error::Result<RecommendationList> {
    let mut reviews = reader.reviews(files.iter().map(|file| &file.0)).in_parts_of(part);
    let mut list = RecommendationList::default();
    let mut account = Account::default();
    for part in &mut reviews {
        let part = part?;
        assert!(part.account().balances(), "{:?}", part.account());
        account += part.account();
        list.recommendations.extend(part.recommendations);
        list.pledges.extend(part.pledges);
        list.rejects.extend(part.rejects);
    }
    list.files = reviews.files().to_vec();
    assert_eq!(account, list.account());
    Ok(list)
}

const HEADER: &str = "To,Session,Number,Text,From,Response\n";

#[track_caller]
fn refuses(files: &[&str], message: &str) {
    let files: Vec<Written> =
        files.iter().map(|rows| Written::new(format!("{HEADER}{rows}").as_bytes())).collect();
    let error =
        streamed(&Reader::new(), &files.iter().collect::<Vec<_>>(), 1).expect_err("a fault").to_string();
    let mut plain = error;
    for (at, file) in files.iter().enumerate() {
        let name = file.0.file_name().expect("a name").to_string_lossy().into_owned();
        plain = plain.replace(&name, &format!("{}.csv", ["one", "two"][at]));
    }
    assert_eq!(plain, message);
}

#[test]
fn a_review_that_comes_back_is_refused() {
    let expected = "expected the rows of a review together and in one file; sort the list, or read it in memory (Reader::paths)";
    let first = "Kenya,35,1,Ratify CED,Peru,\n";
    let again = "the review KEN-35 again, which ended in row 2 of one.csv";
    let without = "Kenya again, which is also in one.csv, once without a session";
    let back = format!("{first}Chad,35,1,Ratify CED,Peru,\nKenya,35,2,Ratify CAT,Peru,\n");
    for (files, found) in [
        ([back.as_str()].as_slice(), format!("one.csv: found in row 4 {again}")),
        (&[first, "Kenya,35,2,Ratify CAT,Peru,\n"], format!("two.csv: found in row 2 {again}")),
        (&[first, "Kenya,,2,Ratify CAT,Peru,\n"], format!("two.csv: found in row 2 {without}")),
    ] {
        refuses(files, &format!("{found}, {expected}"));
    }
}

#[test]
fn a_review_without_end_is_refused() {
    let rows = ",,,Ratify CED,Peru,\n".repeat(super::MAX_REVIEW_ROWS + 1);
    refuses(
        &[&rows],
        "one.csv: found more than 20000 rows of the review XXX-00, expected the State under review and the session in each row; or read the list in memory (Reader::paths)",
    );
}

#[test]
fn what_is_no_table_is_refused() {
    let expected = "expected a table as text (CSV, TSV); read other forms in memory (Reader::paths)";
    for (bytes, found) in [
        (b"[{\"text\": \"Ratify CED\"}]".as_slice(), "JSON"),
        (b"PK\x03\x04", "a zip archive, as Word and Excel write"),
        (b"%PDF-1.4", "a PDF"),
        (b"", "an empty file"),
        (b"working group\nII. Conclusions and/or recommendations\n1. Ratify\n", "a report or an addendum"),
    ] {
        let file = Written::new(bytes);
        let error = streamed(&Reader::new(), &[&file], 1).expect_err("a fault").to_string();
        assert_eq!(error, format!("{}: found {found}, {expected}", file.0.display()));
    }
    let mut none = Reader::new().reviews([std::env::temp_dir()]);
    assert!(none.next().is_some_and(|part| part.is_err()) && none.next().is_none());
}

#[test]
fn a_long_list_is_read_in_pieces() {
    let mut rows = String::from(HEADER);
    for row in 0..20_000 {
        // two States in 50 sessions of 200 rows each
        let (to, session, number) = (["Kenya", "Chad"][row / 10_000], 1 + row / 200 % 50, row % 200);
        let (text, blanks) = ("x".repeat(row % 90), " ".repeat(400));
        rows += &format!(
            "{to},{session},{number},\"Ratify the convention, \"\"twice\"\" {text}\",Spain,Accepted{blanks}\r\n"
        );
    }
    let file = Written::new(rows.as_bytes());
    assert!(rows.len() > 8 << 20);
    let whole = Reader::new().path(&file.0).expect("a list");
    assert_eq!(whole.recommendations.len(), 20_000);
    assert!(whole == streamed(&Reader::new(), &[&file], 4_000).expect("a list"));
}

/// Rows of a review, some of which merge, are pledges, or cannot be read.
fn any_row(random: &mut Random) -> String {
    let texts =
        ["Ratify CED", "\"Ratify  CED\"", "Abolish, \"twice", "\"a\nb\"", "Protect “women’s” rights", ""];
    let (number, text) = (random.pick(&["", "1", "2."]), random.pick(&texts));
    let from = random.pick(&["Spain", "Peru; Chile", "Kenya", "Atlantis", ""]);
    let response = random.pick(&["", "Accepted", "Noted", "perhaps"]);
    match random.below(12) {
        0 => "too,few\n".to_string(),
        1 => "  \n".to_string(),
        _ => format!("TO,SESSION,{number},{text},{from},{response}\n"),
    }
}

fn any_file(random: &mut Random) -> Vec<Vec<String>> {
    (0..random.between(1, 6)).map(|_| (0..random.between(1, 6)).map(|_| any_row(random)).collect()).collect()
}

/// A file of reviews, the first of which is the review numbered `first`.
fn file(reviews: &[Vec<String>], first: usize) -> String {
    let states = ["Kenya", "Atlantis", "the Republic of Korea", "Chad", "ATLANTIS II", "Peru"];
    let rows = reviews.iter().enumerate().flat_map(|(at, rows)| {
        let (state, session) = (states[(first + at) % 6], ["35", "session 36", "autumn"][(first + at) / 6]);
        rows.iter().map(move |row| row.replace("TO", state).replace("SESSION", session))
    });
    std::iter::once(HEADER.to_string()).chain(rows).collect()
}

#[test]
fn parts_make_the_list_that_is_read_in_memory() {
    for_each(64, |random| {
        let (one, two) = (any_file(random), any_file(random));
        let (part, apart, utf16) = (random.between(1, 9), random.yes(), random.yes());
        let files = [file(&one, 0), file(&two, one.len())].map(|text| match utf16 {
            true => Written::new(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            false => Written::new(text.as_bytes()),
        });
        let reader = if apart { Reader::new().rows_apart() } else { Reader::new() };
        let whole = reader.paths(files.iter().map(|file| &file.0)).expect("lists");
        let parts = streamed(&reader, &files.each_ref(), part).expect("lists");
        assert_eq!(&parts, &whole);
        let rows = |files: &[FileRead]| files.iter().map(|file| file.rows).sum::<u64>();
        assert_eq!(rows(&parts.files), rows(&whole.files));
    });
}
