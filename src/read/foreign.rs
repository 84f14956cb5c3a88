//! Files of other kinds, detected by their content: each is refused in a sentence that says what to do.

#[cfg(any(feature = "word", feature = "workbook"))]
use super::office::{Kind, Package};
#[cfg(any(feature = "word", feature = "workbook"))]
use crate::error::{Error, Place, few, quoted};

/// What was found, and what to give instead.
pub(super) type Foreign = (&'static str, &'static str);

const PICTURE: &str = "the document itself, or its text: a picture has none";
const ARCHIVE: &str = "the files in it: unpack it, and name them one by one";
const DATA: &str = "a table: export it as CSV or Excel (.xlsx)";

/// The first bytes of files that are not text.
const BINARY: &[(&[u8], Foreign)] = &[
    (b"\x89PNG\r\n", ("a picture (PNG)", PICTURE)),
    (b"\xFF\xD8\xFF", ("a picture (JPEG)", PICTURE)),
    (b"GIF8", ("a picture (GIF)", PICTURE)),
    (b"II*\0", ("a picture (TIFF)", PICTURE)),
    (b"MM\0*", ("a picture (TIFF)", PICTURE)),
    (b"\x1F\x8B", ("a compressed file (gzip)", ARCHIVE)),
    (b"7z\xBC\xAF\x27\x1C", ("an archive (7z)", ARCHIVE)),
    (b"Rar!\x1A\x07", ("an archive (RAR)", ARCHIVE)),
    (b"PAR1", ("a Parquet file", DATA)),
    (b"ARROW1", ("an Arrow file", DATA)),
    (b"SQLite format 3\0", ("an SQLite database", DATA)),
    (b"\x28\xB5\x2F\xFD", ("a compressed file (Zstandard)", ARCHIVE)),
];

/// Further on in the file: the kind of a RIFF or MP4 container.
const BINARY_WITHIN: &[(usize, &[u8], Foreign)] = &[
    (8, b"WEBP", ("a picture (WebP)", PICTURE)),
    (4, b"ftypheic", ("a picture (HEIC)", PICTURE)),
    (4, b"ftypmif1", ("a picture (HEIF)", PICTURE)),
    (257, b"ustar", ("an archive (tar)", ARCHIVE)),
];

pub(super) fn of_bytes(bytes: &[u8]) -> Option<Foreign> {
    let begins = BINARY.iter().find(|(first, _)| bytes.starts_with(first)).map(|(_, foreign)| *foreign);
    let within =
        || BINARY_WITHIN.iter().find(|(at, kind, _)| bytes.get(*at..).is_some_and(|b| b.starts_with(kind)));
    begins.or_else(|| within().map(|(_, _, foreign)| *foreign))
}

/// So many first characters of a text show what it is.
const LOOKED_AT: usize = 4096;

/// Markup and mail, which are text but not a list.
pub(super) fn of_text(text: &str) -> Option<Foreign> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with("{\\rtf") {
        return Some((
            "a file in Rich Text Format (.rtf)",
            "a Word file: open it in Word and save it as .docx",
        ));
    }
    let start = text.chars().take(LOOKED_AT).collect::<String>().to_ascii_lowercase();
    if start.starts_with('<') {
        return markup(&start);
    }
    if start.starts_with("%!ps") {
        return Some(("a PostScript file", "the document as Word, text or PDF"));
    }
    mail(&start)
}

fn markup(start: &str) -> Option<Foreign> {
    let has = |parts: &[&str]| parts.iter().any(|part| start.contains(part));
    if has(&["urn:schemas-microsoft-com:office:spreadsheet"]) {
        return Some((
            "an XML spreadsheet of Excel 2003",
            "a workbook: open it in Excel and save it as .xlsx",
        ));
    }
    if has(&["opendocument.spreadsheet"]) {
        let expected = "a spreadsheet: open it in LibreOffice and save it as .ods or .xlsx";
        return Some(("a flat OpenDocument spreadsheet (.fods)", expected));
    }
    if has(&["office/word/2003/wordml", "opendocument.text", "schemas.microsoft.com/office/2006/xmlpackage"])
    {
        return Some(("a document as XML", "a Word file: open it in Word and save it as .docx"));
    }
    if has(&["<html", "<!doctype html", "<table", "<meta", "<body", "<div"]) {
        let expected = "a table or a document: open it in Excel or Word and save it as .xlsx or .docx";
        return Some(("a web page (HTML)", expected));
    }
    start.starts_with("<?xml").then_some(("an XML file", DATA))
}

/// A message as a mail program saves it: headers up to the first blank line, one of which only programs write.
fn mail(start: &str) -> Option<Foreign> {
    /// More than programs write before they come to one of these.
    const MAX_HEADERS: usize = 60;
    const BY_PROGRAMS: [&str; 5] =
        ["mime-version:", "received:", "message-id:", "content-transfer-encoding:", "return-path:"];
    let headers = || start.lines().take(MAX_HEADERS).take_while(|line| !line.trim().is_empty());
    let is_header = |line: &str| {
        let name = line.split(':').next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        line.starts_with([' ', '\t']) || (line.contains(':') && name.chars().all(is_name))
    };
    let is_mail = headers().all(is_header)
        && headers().any(|line| BY_PROGRAMS.iter().any(|name| line.starts_with(name)));
    is_mail.then_some((
        "a mail (.eml) or a web page as saved by a browser (.mht)",
        "the file that came with it, or its text: save it as .docx, .xlsx or .txt",
    ))
}

/// A zip archive that is neither Word's nor Excel's, by the names of its parts.
#[cfg(any(feature = "word", feature = "workbook"))]
pub(super) fn of_package(name: &str, package: &mut Package) -> Error {
    let parts = package.parts("");
    let has = |prefix: &str| parts.iter().any(|part| part.starts_with(prefix));
    let workbook = "a workbook: open it in Excel and save it as .xlsx";
    let (found, expected) = if has("xl/workbook.bin") {
        ("a binary workbook (.xlsb)", workbook)
    } else if has("ppt/") {
        ("a PowerPoint file", "the list itself, as Word or Excel")
    } else if has("Index/") || has("Index.zip") {
        let expected = "the file that Numbers or Pages exports: choose File, Export To, Excel or Word";
        ("a file of Apple Numbers, Pages or Keynote", expected)
    } else if package.media_type().contains("opendocument.text") {
        ("an OpenDocument text (.odt)", "a Word file: save it as .docx")
    } else if package.media_type().contains("opendocument") {
        ("an OpenDocument file that is no spreadsheet", "a spreadsheet (.ods, .xlsx) or a Word file (.docx)")
    } else if has("META-INF/container.xml") {
        ("an e-book (EPUB)", "the document as Word, text or PDF")
    } else if package.kind() == Kind::Project {
        let expected = "the list itself; what was coded in the project is read with --corrections-from";
        ("a project of a QDA program (.qdpx)", expected)
    } else {
        let files: Vec<String> =
            parts.iter().filter(|part| !part.ends_with('/')).map(|part| quoted(part)).collect();
        let found = match files.len() {
            0 => "a zip archive without files".to_string(),
            1 => format!("a zip archive of one file ({})", few(&files)),
            count => format!("a zip archive of {count} files ({})", few(&files)),
        };
        return Error::unexpected(Place::file(name), found, ARCHIVE);
    };
    Error::unexpected(Place::file(name), found, expected)
}
