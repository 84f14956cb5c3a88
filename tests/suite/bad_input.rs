//! What does a user read who gives a wrong file? The wording is part of the interface, so it is held word for word.

use crate::build::{package, workbook};
use support::{fixture, scratch};
use upr::Codebook;
use upr::read::{self, Column, Reader};

#[track_caller]
fn reading_says(name: &str, bytes: &[u8], message: &str) {
    let error = Reader::new().bytes(name, bytes).expect_err("a fault");
    assert_eq!(error.to_string(), message);
    assert_eq!(error.file(), Some(name));
}

#[test]
fn files_that_are_no_lists() {
    let table =
        "expected a list of recommendations as CSV, TSV, Excel, Word or JSON, a report or an addendum";
    reading_says("a.csv", b"", &format!("a.csv: found an empty file, {table}"));
    reading_says("a.csv", b" \r\n\n", &format!("a.csv: found an empty file, {table}"));
    let pdf = if cfg!(feature = "pdf") {
        "found no readable PDF, expected an undamaged PDF"
    } else {
        "found a PDF, expected upr built with the feature pdf (--features pdf), or the document as text"
    };
    reading_says("a.pdf", b"%PDF-1.7\n", &format!("a.pdf: {pdf}"));
    reading_says(
        "a.docx",
        b"PK\x03\x04..",
        "a.docx: found a damaged zip archive, expected a whole Word or Excel file",
    );
    reading_says(
        "a.zip",
        &package(&[("notes.txt", "text")]),
        "a.zip: found a zip archive of one file (\"notes.txt\"), expected the files in it: unpack it, and name them one by one",
    );
    reading_says(
        "a.bin",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\x03",
        &format!("a.bin: found binary data, {table}"),
    );
    reading_says(
        "a.csv",
        b"Name;Date\nx;y\n",
        "a.csv: found the headers \"Name\" and \"Date\", expected a column with the recommendation text, such as \"text\" or \"recommendation\", or a column mapping (text=HEADER)",
    );
    reading_says(
        "a.csv",
        b"just some words",
        "a.csv: found one column or a text, which begins with \"just some words\", expected a table with a header for the text, such as \"text\" or \"recommendation\", or numbered recommendations with their States in brackets",
    );
}

#[test]
fn files_of_other_kinds() {
    let picture = "the document itself, or its text: a picture has none";
    let unpacked = "the files in it: unpack it, and name them one by one";
    let table = "a table: export it as CSV or Excel (.xlsx)";
    for (start, found, expected) in [
        (b"\x89PNG\r\n\x1a\n".as_slice(), "a picture (PNG)", picture),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a picture (JPEG)", picture),
        (b"GIF89a", "a picture (GIF)", picture),
        (b"II*\0", "a picture (TIFF)", picture),
        (b"RIFF\0\x01\0\0WEBP", "a picture (WebP)", picture),
        (b"\0\0\0\x18ftypheic", "a picture (HEIC)", picture),
        (b"\x1F\x8B\x08\0", "a compressed file (gzip)", unpacked),
        (b"7z\xBC\xAF\x27\x1C", "an archive (7z)", unpacked),
        (b"Rar!\x1A\x07\0", "an archive (RAR)", unpacked),
        (b"PAR1", "a Parquet file", table),
        (b"SQLite format 3\0", "an SQLite database", table),
    ] {
        let bytes = [start, b"\0\x03\0\0\x07\x80"].concat();
        reading_says("a", &bytes, &format!("a: found {found}, expected {expected}"));
    }
    let workbook = "a workbook: open it in Excel and save it as .xlsx";
    let apple = "the file that Numbers or Pages exports: choose File, Export To, Excel or Word";
    for (part, found, expected) in [
        ("xl/workbook.bin", "a binary workbook (.xlsb)", workbook),
        ("ppt/presentation.xml", "a PowerPoint file", "the list itself, as Word or Excel"),
        ("Index/Document.iwa", "a file of Apple Numbers, Pages or Keynote", apple),
        ("META-INF/container.xml", "an e-book (EPUB)", "the document as Word, text or PDF"),
    ] {
        reading_says("a", &package(&[(part, "text")]), &format!("a: found {found}, expected {expected}"));
    }
    reading_says(
        "a.txt",
        b"%!PS-Adobe-3.0\n",
        "a.txt: found a PostScript file, expected the document as Word, text or PDF",
    );
    reading_says(
        "a.xml",
        b"<?xml version=\"1.0\"?>\n<list/>\n",
        "a.xml: found an XML file, expected a table: export it as CSV or Excel (.xlsx)",
    );
}

#[test]
fn a_mapping_to_a_column_that_is_not_there() {
    let error = Reader::new().column(Column::Text, "Wortlaut").bytes("a.csv", b"Text,From\nx,Spain\n");
    assert_eq!(
        error.expect_err("a fault").to_string(),
        "a.csv: found the headers \"Text\" and \"From\", expected \"Wortlaut\" for text"
    );
}

/// What is shown is the header, and not the title above it.
#[test]
fn a_mapping_that_does_not_fit_below_a_title() {
    let says = |name: &str, bytes: &[u8]| {
        let reader = Reader::new().column(Column::Text, "Wortlaut");
        reader.bytes(name, bytes).expect_err("a fault").to_string()
    };
    let message = "found the headers \"Nr\", \"Empfehlung\" and \"Staat\", expected \"Wortlaut\" for text";
    let title = ["Kenia, dritter Zyklus"];
    let (header, row) = (["Nr", "Empfehlung", "Staat"], ["1", "x", "Peru"]);
    let rows: [(u32, &[&str]); 3] = [(0, &title), (2, &header), (3, &row)];
    assert_eq!(says("a.xlsx", &workbook(&[("A", &rows)])), format!("a.xlsx: {message}"));
    let text = b"Kenia, dritter Zyklus;;\n\nNr;Empfehlung;Staat\n1;x;Peru\n";
    assert_eq!(says("a.csv", text), format!("a.csv: {message}"));
}

#[test]
fn files_that_cannot_be_opened() {
    let error = read::path("no/such/list.csv").expect_err("a fault");
    assert_eq!(error.to_string(), "no/such/list.csv: cannot be read");
    assert!(std::error::Error::source(&error).is_some(), "the cause is in source()");
    let folder = scratch("a-folder");
    let error = read::path(&folder).expect_err("a fault");
    let expected = format!("{}: found a folder, expected a list of recommendations", folder.display());
    assert_eq!(error.to_string(), expected);
}

#[test]
fn invalid_bytes_are_replaced_and_counted() {
    let list = Reader::new()
        .bytes("a.csv", b"text,from\nd\xc3\xa9fendre \xff \xc3\xa9galit\xc3\xa9,Spain\n")
        .expect("a list");
    assert_eq!(list.recommendations[0].text, "défendre \u{FFFD} égalité");
    assert_eq!(list.account().replaced, 1);
}

#[track_caller]
fn codebook_says(changed: &str, content: &str, message: &str) {
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        ("themes.csv", "theme,label\nsafety,Safety\n"),
        ("issues.csv", "issue,label,theme,definition\nguns,Guns,safety,\n"),
        ("lists.csv", "list,term\nact,abolish*\n"),
        ("rules.csv", "issue,kind,pattern\nguns,include,gun*\n"),
        ("examples.csv", "text,tagged\nBan guns,guns\n"),
    ];
    let files = files.map(|(name, text)| (name, if name == changed { content } else { text }));
    let error = Codebook::from_files("mine", files).expect_err("a fault");
    assert_eq!(error.to_string(), message);
}

#[test]
fn codebooks_that_are_wrong() {
    codebook_says(
        "rules.csv",
        "issue,kind,patern\nguns,include,gun*\n",
        "mine/rules.csv, line 1: found the column \"patern\", expected the columns \"issue\", \"kind\", \"pattern\", \"with\", \"without\" and \"note\"",
    );
    codebook_says(
        "rules.csv",
        "issue,kind\nguns,include\n",
        "mine/rules.csv, line 1: found no column \"pattern\", expected the columns \"issue\", \"kind\", \"pattern\", \"with\", \"without\" and \"note\"",
    );
    codebook_says(
        "issues.csv",
        "issue,label,theme\nguns,Guns,safety\nhousing,Housing,safety\nguns,Arms,safety\n",
        "mine/issues.csv, line 4, column issue: found \"guns\" again (first in line 2), expected a code that is used once",
    );
    codebook_says(
        "issues.csv",
        "issue,label,theme\nGun laws,Guns,safety\n",
        "mine/issues.csv, line 2, column issue: found \"Gun laws\", expected a code of small letters, digits and hyphens",
    );
    codebook_says(
        "issues.csv",
        "issue,label,theme\nguns,Guns,peace\n",
        "mine/issues.csv, line 2, column theme: found \"peace\", expected a theme of themes.csv: \"safety\"",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\narms,include,gun*\n",
        "mine/rules.csv, line 2, column issue: found \"arms\", expected an issue of issues.csv",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\nguns,includes,gun*\n",
        "mine/rules.csv, line 2, column kind: found \"includes\", expected one of \"include\", \"exclude\" and \"exclude-all\"",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\nguns,include,\n",
        "mine/rules.csv, line 2, column pattern: found an empty pattern, expected words, or a regular expression between slashes",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern,without\nguns,include,gun*,(a\n",
        "mine/rules.csv, line 2, column without: found \"(\" that is not closed, expected \")\" after it",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\nguns,include,gun*\nguns,include,gun*\n",
        "mine/rules.csv, line 3, column pattern: found \"gun*\" again for guns (first in line 2), expected a pattern that is used once for an issue",
    );
    codebook_says(
        "issues.csv",
        "issue,label,theme\nuntagged,None,safety\n",
        "mine/issues.csv, line 2, column issue: found \"untagged\", expected another code, since this one stands for what has no issue",
    );
    codebook_says(
        "codebook.csv",
        "key,value\nname,mine\nname,yours\nversion,1\n",
        "mine/codebook.csv, line 3, column key: found \"name\" again, expected each key once",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\nguns,include,\"gun*, rifle\"\n",
        "mine/rules.csv, line 2, column pattern: found \", rifle\" with punctuation at its edge, expected words there; a gap such as <3> passes over commas",
    );
    codebook_says(
        "lists.csv",
        "list,term\nact,(abolish|end)\n",
        "mine/lists.csv, line 2, column term: found \"(\" in a term, expected words; gaps and choices belong into rules.csv",
    );
    codebook_says(
        "codebook.csv",
        "key,value\nname,mine\n",
        "mine/codebook.csv: found no version, expected a name and a version",
    );
    codebook_says(
        "codebook.csv",
        "key,value\nname,mine\nauthor,me\n",
        "mine/codebook.csv, line 3, column key: found \"author\", expected one of \"name\", \"version\", \"title\", \"description\", \"licence\" and \"language\"",
    );
    codebook_says(
        "rules.csv",
        "issue,kind,pattern\nguns,include,\"gun*\n",
        "mine/rules.csv, line 2: found an unbalanced quotation mark, expected one at each end of a field and two for each inside it",
    );
    codebook_says(
        "examples.csv",
        "text,tagged\nBan guns,gun\n",
        "mine/examples.csv, line 2, column tagged: found \"gun\", expected an issue of issues.csv",
    );
    codebook_says(
        "examples.csv",
        "text,tagged,not_tagged\nBan guns,guns,*;guns\n",
        "mine/examples.csv, line 2, column not_tagged: found \"guns\", which is in tagged as well, expected an issue in one of the two",
    );
    codebook_says(
        "examples.csv",
        "text,tagged\n,guns\n",
        "mine/examples.csv, line 2, column text: found an empty cell, expected the text of a recommendation",
    );
    codebook_says(
        "examples.csv",
        "text\nBan guns\n",
        "mine/examples.csv, line 1: found no column \"tagged\", expected the columns \"text\", \"tagged\", \"not_tagged\" and \"note\"",
    );
    codebook_says(
        "issues.csv",
        "",
        "mine/issues.csv: found an empty file, expected the columns \"issue\", \"label\", \"theme\" and \"definition\"",
    );
}

#[test]
fn codebooks_that_are_not_there() {
    let error = Codebook::load("no/such/codebook").expect_err("a fault");
    let files = "\"codebook.csv\", \"issues.csv\" and \"rules.csv\"";
    assert_eq!(error.to_string(), format!("no/such/codebook: found nothing, expected a folder with {files}"));
    let file = fixture("usa-2020.csv");
    let error = Codebook::load(&file).expect_err("a fault");
    assert_eq!(
        error.to_string(),
        format!("{}: found a file, expected a folder with {files}", file.display())
    );
    let empty = scratch("empty-codebook");
    let error = Codebook::load(&empty).expect_err("a fault");
    assert_eq!(error.to_string(), format!("{}: cannot be read", empty.join("codebook.csv").display()));
}

#[test]
fn a_codebook_of_damaged_bytes() {
    let folder = scratch("damaged-codebook");
    for entry in std::fs::read_dir(fixture("codebook-climate")).expect("a codebook") {
        let path = entry.expect("a file").path();
        std::fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let path = folder.join("codebook.csv");
    std::fs::write(
        &path,
        b"key,value\r\nname,mine\r\ntitle,\"caf\xC3\xA9s and caf\xC3\xA9s and caf\xE9s\"\r\n",
    )
    .expect("written");
    let error = Codebook::load(&folder).expect_err("a fault");
    assert_eq!(
        error.to_string(),
        format!("{}, line 3: found bytes that are not UTF-8, expected a file saved as UTF-8", path.display())
    );
}
