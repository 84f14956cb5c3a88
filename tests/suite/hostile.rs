//! Does a file that wants to do harm end in an error, soon and in little memory?
//!
//! Memory is not measured here: each of these files would need gigabytes if it were believed, and the caps that
//! refuse it stand in the code.

use crate::build::{package, paragraph, part, sheet, table, word, workbook};
use std::time::{Duration, Instant};
use support::fixture;
use upr::read::Reader;

#[track_caller]
fn is_refused(name: &str, bytes: &[u8], message: &str) {
    let begun = Instant::now();
    let error = Reader::new().bytes(name, bytes).expect_err("a refusal");
    assert_eq!(error.to_string(), message);
    // idle, each takes under 2 s; a limit that a busy machine keeps, and a hang does not
    assert!(begun.elapsed() < Duration::from_secs(60), "{name}: {:?}", begun.elapsed());
}

/// The bytes of the sizes that an archive says of a part, in its local header and in its directory.
fn says_another_size(archive: &mut [u8], part: &str, size: u32) {
    for (signature, name_at, size_at) in [(b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)] {
        let starts = archive.len() - name_at - part.len();
        for at in 0..starts {
            let here = archive[at..].starts_with(signature);
            if here && archive[at + name_at..].starts_with(part.as_bytes()) {
                archive[at + size_at..at + size_at + 4].copy_from_slice(&size.to_le_bytes());
            }
        }
    }
}

#[test]
fn a_zip_bomb() {
    let bomb = package(&[("word/document.xml", &" ".repeat(65 << 20))]);
    assert!(bomb.len() < 100_000);
    is_refused(
        "bomb.docx",
        &bomb,
        "bomb.docx: found a part \"word/document.xml\" of 65 MB, expected no more than 64 MB",
    );
    let header = " ".repeat(40 << 20);
    let document = part("document", &table(&[&["5.1 Free them (Chile)"]]));
    let parts =
        [("word/document.xml", &*document), ("word/header1.xml", &header), ("word/header2.xml", &header)];
    is_refused(
        "bombs.docx",
        &package(&parts),
        "bombs.docx: found a part \"word/header2.xml\" of 40 MB, expected no more than 23 MB",
    );
}

#[test]
fn a_file_that_lies_about_its_sizes() {
    let mut bomb = package(&[("word/document.xml", &" ".repeat(65 << 20))]);
    says_another_size(&mut bomb, "word/document.xml", 1000);
    is_refused(
        "lies.docx",
        &bomb,
        "lies.docx: found a damaged part \"word/document.xml\", expected a whole Word or Excel file",
    );
    let mut small = word(&paragraph("", "Free them"), "");
    says_another_size(&mut small, "word/document.xml", 60 << 20);
    is_refused(
        "lies.docx",
        &small,
        "lies.docx: found a damaged part \"word/document.xml\", expected a whole Word or Excel file",
    );
}

#[test]
fn a_truncated_archive() {
    for name in ["thematic-list-cycle-2.docx", "uhri.xlsx"] {
        let whole = std::fs::read(fixture(name)).expect("a fixture");
        for length in (5..whole.len()).step_by(101) {
            let message = format!("{name}: found a damaged zip archive, expected a whole Word or Excel file");
            is_refused(name, &whole[..length], &message);
        }
    }
}

#[test]
fn entities_that_expand() {
    let document = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    is_refused(
        "a.docx",
        &package(&[("word/document.xml", document)]),
        "a.docx: found a document type declaration in the part \"word/document.xml\", expected none, as Word and Excel write it",
    );
    let undeclared = document.split_once("]>").expect("a declaration").1;
    is_refused(
        "a.docx",
        &package(&[("word/document.xml", undeclared)]),
        "a.docx: found the entity \"b\" in the part \"word/document.xml\", expected \"amp\", \"lt\", \"gt\", \"quot\" and \"apos\"",
    );
}

#[test]
fn ten_thousand_tables_in_tables() {
    let body = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    is_refused(
        "a.docx",
        &word(&body, ""),
        "a.docx: found tags nested more than 256 deep in the part \"word/document.xml\", expected a file as Word and Excel write it",
    );
}

#[test]
fn a_sheet_of_two_cells_at_its_far_corners() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .write_string(0, 0, "Text")
        .and_then(|sheet| sheet.write_string(1_048_575, 16_383, "far"))
        .expect("cells");
    is_refused(
        "a.xlsx",
        &workbook.save_to_buffer().expect("a workbook"),
        "a.xlsx: found a cell in row 1048576, column 16384, expected no more than 1048576 rows and 1024 columns",
    );
}

#[test]
fn a_workbook_that_claims_more_than_it_has() {
    let cells = "<row><c r=\"A1\" t=\"s\"><v>7</v></c></row>";
    is_refused(
        "a.xlsx",
        &sheet(cells, "<sst uniqueCount=\"999999999999999\"><si><t>Text</t></si></sst>"),
        "a.xlsx: found a cell with the shared text \"7\", expected one of the 1 that the file holds",
    );
    is_refused(
        "a.xlsx",
        &sheet("<row><c r=\"A99999999999\"><v>7</v></c></row>", "<sst/>"),
        "a.xlsx: found a cell \"A99999999999\", expected a reference such as \"B7\"",
    );
    is_refused(
        "a.xlsx",
        &sheet("<row r=\"9\"><c><v>7</v></c></row><row r=\"2\"><c><v>7</v></c></row>", "<sst/>"),
        "a.xlsx: found row 2 after row 9, expected rows in order",
    );
    is_refused(
        "a.xlsx",
        &sheet("<row><c>", "<sst/>"),
        "a.xlsx: found damaged XML in the part \"xl/worksheets/sheet1.xml\", expected a whole Word or Excel file",
    );
}

/// Two thousand cells that share a text of a megabyte, and 100,000 rows that each begin in column 1,000.
#[test]
fn little_that_would_become_much() {
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(2000);
    let message = "a.xlsx: found cells of more than 512 MB, expected a smaller workbook";
    let shared = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    is_refused("a.xlsx", &sheet(&cells, &shared), message);
    let rows: String =
        (1..100_000).map(|row| format!("<row r=\"{row}\"><c r=\"ALL{row}\"><v>1</v></c></row>")).collect();
    is_refused("a.xlsx", &sheet(&rows, "<sst/>"), message);
}

/// An .xls whose cells lie far apart, or whose sheet claims 2^32 rows; the second claim is not believed.
#[test]
fn an_old_workbook_that_claims_more_than_it_has() {
    let whole = std::fs::read(fixture("upr-info.xls")).expect("a fixture");
    let find =
        |record: &[u8]| whole.windows(record.len()).position(|bytes| bytes == record).expect("a record");
    // the record DIMENSIONS, 14 bytes: its last row
    let mut file = whole.clone();
    let at = find(&[0x00, 0x02, 14, 0]) + 8;
    file[at..at + 4].copy_from_slice(&[0xFF; 4]);
    assert_eq!(Reader::new().bytes("a.xls", &file).expect("a list").account().rows, 4);
    // a cell with a text in row 0, column 0
    let mut file = whole.clone();
    let at = find(&[0xFD, 0x00, 10, 0, 0, 0, 0, 0]) + 4;
    file[at..at + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    is_refused(
        "a.xls",
        &file,
        "a.xls: found sheets with room for 16777216 cells, expected no more than 8388608, or an .xlsx",
    );
}

/// Whatever is damaged in a file, reading ends in a list or in an error.
#[test]
fn damaged_files() {
    let own = workbook(&[("A", &[(0, &["Text", "From"]), (1, &["Plant trees", "Peru"])])]);
    let names = ["thematic-list-cycle-3.docx", "upr-info.xls", "uhri.json"];
    let mut files: Vec<Vec<u8>> =
        names.iter().map(|name| std::fs::read(fixture(name)).expect("a fixture")).collect();
    files.push(own);
    let mut seed = 1_u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for file in files {
        for _ in 0..250 {
            let mut damaged = file.clone();
            for _ in 0..1 + next() % 8 {
                let at = next() % damaged.len();
                damaged[at] = next() as u8;
            }
            if let Ok(list) = Reader::new().bytes("damaged", &damaged) {
                assert!(list.account().balances());
            }
        }
    }
}

#[test]
fn an_open_document_that_repeats_its_cells() {
    let document = |cells: &str, rows: u32| {
        let row = format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cells}</table:table-row>");
        format!("<body><table:table table:name=\"A\">{row}</table:table></body>")
    };
    let cell = |times: u32, text: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let text = "Free them ".repeat(100);
    for (content, message) in [
        (
            document(&cell(u32::MAX, "Text"), 1),
            "a cell in row 1, column 1025, expected no more than 1048576 rows and 1024 columns",
        ),
        (
            document(&cell(1, "Text"), u32::MAX),
            "a cell in row 1048577, column 1, expected no more than 1048576 rows and 1024 columns",
        ),
        (document(&cell(1024, &text), 1 << 20), "cells of more than 512 MB, expected a smaller workbook"),
        (document("", u32::MAX), "an empty workbook, expected a header and rows"),
    ] {
        let parts =
            [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)];
        is_refused("a.ods", &package(&parts), &format!("a.ods: found {message}"));
    }
}
