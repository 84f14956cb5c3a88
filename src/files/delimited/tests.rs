//! Rows are numbered, none is lost, and it doesn't matter where the pieces of a text end.

use super::*;
use crate::random::for_each;

const UNBALANCED: &str =
    "found an unbalanced quotation mark, expected one at each end of a field and two for each inside it";

/// A row as `number:field|field` or `number!reason`.
fn shown(row: Row) -> String {
    match row.content {
        Ok(record) => format!("{}:{}", row.number, record.iter().collect::<Vec<_>>().join("|")),
        Err(reason) => format!("{}!{reason} [{}]", row.number, row.raw),
    }
}

fn rows(text: &str) -> Vec<String> {
    match Delimited::open(text, |_| 0, |_| true) {
        Ok(table) => table.map(shown).collect(),
        Err(_) => vec!["no header".to_string()],
    }
}

#[test]
fn every_delimiter_and_every_line_end() {
    for delimiter in [",", ";", "\t", "|"] {
        for end in ["\n", "\r", "\r\n"] {
            let text = ["text,from", "a b,Spain", "\"c, d\",Peru"].join(end).replace(',', delimiter);
            let quoted = format!("3:c{delimiter} d|Peru");
            assert_eq!(rows(&text), ["2:a b|Spain".to_string(), quoted], "{text:?}");
        }
    }
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    for (text, expected) in [
        ("a,b\n\n1,2\r\n  \r\n\r\n\"x\ny\",3\n4,5", "3:1|2 / 6:x\ny|3 / 7:4|5"),
        ("sep=;\r\na;b\r\n1;2,3\r\n", "2:1|2,3"),
        ("sep=;\r\n\r\n\r\na;b\r\n1;2\r\n", "4:1|2"),
        ("sep=;", "no header"),
        ("\n\na,b\n1,2", "4:1|2"),
        ("", "no header"),
        ("a,b,,\n1,2,,\n3,4", "2:1|2|| / 3:3|4"),
        ("a,b\nsay \"no\",1", "2:say \"no\"|1"), // harmless inside an unquoted field
    ] {
        assert_eq!(rows(text).join(" / "), expected, "{text:?}");
    }
}

#[test]
fn an_unbalanced_quote_costs_its_own_line_only() {
    for (text, line, others) in [
        ("a,b\n1,\"open\n2,x\n3,y", "1,\"open", "3:2|x / 4:3|y"),
        ("a,b\n1,\"open\n2,\"x, y\"\n3,y", "1,\"open", "3:2|x, y / 4:3|y"),
        ("a,b\n\"say \"no\"\",1\n3,y", "\"say \"no\"\",1", "3:3|y"),
    ] {
        assert_eq!(rows(text).join(" / "), format!("2!{UNBALANCED} [{line}] / {others}"), "{text:?}");
    }
}

#[test]
fn a_wrong_number_of_fields_is_a_fault() {
    assert_eq!(
        rows("a,b\n1\n1,2,3\n1,2, \n"),
        [
            "2!found 1 field, expected 2 as in the header [1]",
            "3!found 3 fields, expected 2 as in the header [1,2,3]",
            "4:1|2| "
        ]
    );
}

/// The rows of a text that comes in pieces, and is read `window` bytes at once.
fn rows_in_pieces(text: &str, window: usize, size: usize) -> Vec<String> {
    let Ok(mut table) = Delimited::open_window(text, |_| 0, |_| true, window) else { return Vec::new() };
    if size == 0 {
        return table.by_ref().map(shown).collect();
    }
    let (mut begin, mut layout) = (table.at, table.layout);
    let (mut end, mut rows) = (begin, Vec::new());
    loop {
        end = text.len().min(end + size);
        while !text.is_char_boundary(end) || text[..end].ends_with('\r') && end < text.len() {
            end += 1;
        }
        let mut table = Delimited::go_on(&text[begin..end], end == text.len(), layout);
        rows.extend(table.by_ref().map(shown));
        begin += table.at;
        layout = table.layout;
        if end == text.len() {
            return rows;
        }
    }
}

/// Wherever the pieces end, the rows are the same.
#[test]
fn pieces_give_the_rows_of_the_whole() {
    for_each(256, |random| {
        let cells = random.list(40, |random| random.text("ab\",\r\n é", 12));
        let (window, size) = (random.between(8, 40), random.between(1, 30));
        let text = format!("a,b\n{}", cells.concat());
        assert_eq!(rows_in_pieces(&text, window, size), rows_in_pieces(&text, window, 0));
    });
}

#[test]
fn a_line_without_end_that_comes_in_pieces() {
    let text = format!("a,b\n1,2\n{}\r\n3,4\n", "x".repeat(MAX_LINE_BYTES * 4));
    assert_eq!(rows_in_pieces(&text, MAX_RECORD_BYTES, 1 << 20), rows_in_pieces(&text, MAX_RECORD_BYTES, 0));
    assert_eq!(rows(&text).len(), 3);
}

#[test]
fn a_record_longer_than_is_read_at_once_has_an_unbalanced_quote() {
    let line = "x".repeat(1000);
    let text = format!("a,b\n1,\"{}\"\n2,y\n", [line.as_str(); 3000].join("\n"));
    let read = rows(&text);
    assert!(read[0].starts_with(&format!("2!{UNBALANCED} [1,\"xxx")), "{}", &read[0][..200]);
    assert_eq!((read.len(), read[3000].as_str()), (3001, "3002:2|y"));
}

#[test]
fn a_line_without_end_is_no_table_and_no_row() {
    let long = "x".repeat(MAX_LINE_BYTES + 1);
    assert_eq!(Delimited::open(&long, |_| 0, |_| true).err(), Some("a first line of more than 1 MB"));
    let read = rows(&format!("a,b\n{long}\n1,2"));
    let reason = "found a line of 1048577 bytes, of which the beginning is kept, expected at most 1048576";
    assert!(read[0].starts_with(&format!("2!{reason} [xxx")) && read[0].len() < 2000);
    assert_eq!(read[1..], ["3:1|2"]);
}

#[test]
fn nothing_but_unbalanced_quotes_takes_no_quadratic_time() {
    let line = "x\",\"y\n";
    let text = format!("a,b\n{}", line.repeat(200_000));
    let table = Delimited::open(&text, |_| 0, |_| true).into_iter().flatten();
    let bytes: usize = table.map(|row| row.raw.len() + 1).sum();
    assert_eq!(bytes, text.len() - "a,b\n".len(), "and nothing is lost");
}
