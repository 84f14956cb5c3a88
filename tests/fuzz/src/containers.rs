//! Targets for files that hold other files: Word, Excel, and old workbooks.
//!
//! A damaged archive is refused at its door, so the bytes of these targets become the parts *inside* a sound archive,
//! and the records inside a sound compound file. An odd first byte makes sound XML of any bytes, too: each byte stands
//! for a tag, an attribute or a word. Archives that are damaged themselves are tried by the target `file`.

use super::parts;
use super::reading::checked;
use std::io::{Cursor, Write};
use upr::read::Reader;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these parts, not deflated: inflating is not what is tried here.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// What XML is made of, for one program.
struct Vocabulary {
    root: &'static str,
    tags: &'static [&'static str],
    attributes: &'static [(&'static str, &'static str)],
    words: &'static [&'static str],
}

const DOCUMENT: Vocabulary = Vocabulary {
    root: "w:document",
    tags: &[
        "w:body",
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:tcPr",
        "w:gridSpan",
        "w:numPr",
        "w:ilvl",
        "w:numId",
        "w:tab",
        "w:br",
        "w:vMerge",
        "w:del",
        "w:ins",
        "w:delText",
        "w:sdt",
        "w:sdtContent",
        "w:footnoteReference",
        "w:hyperlink",
        "w:rPr",
        "w:vertAlign",
        "w:txbxContent",
        "mc:AlternateContent",
        "mc:Fallback",
        "w:abstractNum",
        "w:num",
        "w:lvl",
        "w:start",
        "w:numFmt",
        "w:lvlText",
        "w:abstractNumId",
        "w:lvlOverride",
        "w:startOverride",
        "w:style",
        "w:pStyle",
        "w:basedOn",
        "w:instrText",
        "w:fldChar",
    ],
    attributes: &[
        ("w:val", "0"),
        ("w:val", "1"),
        ("w:val", "2"),
        ("w:val", "99999999999"),
        ("w:val", "-1"),
        ("w:val", "decimal"),
        ("w:val", "lowerLetter"),
        ("w:val", "upperRoman"),
        ("w:val", "%1.%2"),
        ("w:val", "%9"),
        ("w:numId", "1"),
        ("w:abstractNumId", "1"),
        ("w:ilvl", "0"),
        ("w:ilvl", "8"),
        ("w:styleId", "a"),
        ("w:type", "paragraph"),
        ("w:val", "a"),
        ("w:val", "superscript"),
        ("w:val", "continue"),
        ("w:val", "restart"),
    ],
    words: &[
        "Recommendation",
        "Position",
        "Full list of themes",
        "Theme: Right to education",
        "Supported",
        "Noted",
        "77.1 Ratify the treaty (Chile, Peru);",
        "Source of position: A/HRC/31/99/Add.1 - Para. 3",
        "; ",
        " (",
        "Thematic list of recommendations",
        "UPR of Mongolia (2nd Cycle – 22nd session)",
        "and",
        "SDGs:",
        "- ",
        "Affected persons:",
        "Report of the Working Group on the Universal Periodic Review",
        "\n",
        "\u{a0}",
        "II. Conclusions and/or recommendations",
        "1. ",
        "Addendum",
        "Groups of Persons:",
        "4 - QUALITY EDUCATION",
    ],
};

const SHEET: Vocabulary = Vocabulary {
    root: "worksheet",
    tags: &["sheetData", "row", "c", "v", "is", "t", "r", "f", "rPh", "si", "sst", "mergeCell"],
    attributes: &[
        ("r", "1"),
        ("r", "2"),
        ("r", "7"),
        ("r", "1048576"),
        ("r", "99999999999"),
        ("r", "A1"),
        ("r", "B1"),
        ("r", "A2"),
        ("r", "ALL3"),
        ("r", "XFD1048576"),
        ("t", "s"),
        ("t", "b"),
        ("t", "n"),
        ("t", "str"),
        ("t", "inlineStr"),
        ("t", "e"),
        ("t", "d"),
    ],
    words: &[
        "0",
        "1",
        "2",
        "45000",
        "26.10",
        "1e999",
        "-0",
        "Text",
        "From",
        "To",
        "Position",
        "Session",
        "Supported",
        "Spain; Peru",
        "Ratify the treaty",
        "_x000D_",
        "_x",
        "=1+1",
        " ",
        "999999999999999999999",
    ],
};

/// XML that is sound whatever the bytes: each chooses what comes next.
fn sound(bytes: &[u8], vocabulary: &Vocabulary) -> String {
    let Vocabulary { root, tags, attributes, words } = vocabulary;
    let mut xml = format!("<{root}>");
    let mut open: Vec<&str> = Vec::new();
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        let which = usize::from(byte >> 2);
        match byte & 3 {
            0 | 1 if byte & 3 == 0 || which % 2 == 0 => {
                let tag = tags[which % tags.len()];
                xml.push_str(&format!("<{tag}"));
                let chosen = bytes.next().unwrap_or_default();
                if chosen % 4 != 3 {
                    let (name, value) = attributes[usize::from(chosen / 4) % attributes.len()];
                    xml.push_str(&format!(" {name}=\"{value}\""));
                }
                if byte & 3 == 1 {
                    xml.push_str("/>");
                } else {
                    xml.push('>');
                    open.push(tag);
                }
            }
            2 => xml.push_str(words[which % words.len()]),
            _ => {
                if let Some(tag) = open.pop() {
                    xml.push_str(&format!("</{tag}>"));
                }
            }
        }
    }
    for tag in open.into_iter().rev() {
        xml.push_str(&format!("</{tag}>"));
    }
    xml + &format!("</{root}>")
}

/// The parts of an input as XML.
fn xml<'b>(bytes: &'b [u8], vocabulary: &Vocabulary) -> impl Iterator<Item = String> + use<'b> {
    let (choice, rest) = bytes.split_first().map_or((0, bytes), |(choice, rest)| (*choice, rest));
    let vocabulary = Vocabulary { ..*vocabulary };
    parts(rest).map(move |part| match choice & 1 {
        0 => String::from_utf8_lossy(part).into_owned(),
        _ => sound(part, &vocabulary),
    })
}

/// A Word file: its body, a page header, its numbering and its styles.
pub fn word(bytes: &[u8]) {
    let mut parts = xml(bytes, &DOCUMENT);
    let [document, header, numbering, styles] = [(); 4].map(|()| parts.next());
    let mut files = vec![("word/document.xml", document.unwrap_or_default())];
    files.extend(header.map(|part| ("word/header1.xml", part)));
    files.extend(numbering.map(|part| ("word/numbering.xml", part)));
    files.extend(styles.map(|part| ("word/styles.xml", part)));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    checked(Reader::new().bytes("input", &archive(&files)));
}

const WORKBOOK: &str = "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"B\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>";
const TARGETS: &str = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";

/// A workbook: two sheets, the texts that they share, and where given what leads to the sheets.
pub fn workbook(bytes: &[u8]) {
    let mut parts = xml(bytes, &SHEET);
    let [sheet, shared, second, book, targets] = [(); 5].map(|()| parts.next());
    let mut files = vec![
        ("xl/workbook.xml", book.unwrap_or_else(|| WORKBOOK.to_string())),
        ("xl/_rels/workbook.xml.rels", targets.unwrap_or_else(|| TARGETS.to_string())),
        ("xl/worksheets/sheet1.xml", sheet.unwrap_or_default()),
    ];
    files.extend(shared.map(|part| ("xl/sharedStrings.xml", part)));
    files.extend(second.map(|part| ("xl/worksheets/sheet2.xml", part)));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    checked(Reader::new().bytes("input", &archive(&files)));
}

/// An old workbook: the bytes become its stream of records, in a sound compound file. The records that say where the
/// sheets begin are set right.
pub fn old_workbook(bytes: &[u8]) {
    let mut stream = bytes.to_vec();
    let (mut begins, mut sheets, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(&[kind, kind_high, length, length_high]) = stream.get(at..at + 4) {
        match u16::from_le_bytes([kind, kind_high]) {
            0x0809 => begins.push(at as u32),
            0x0085 if at + 8 <= stream.len() => sheets.push(at + 4),
            _ => {}
        }
        at += 4 + usize::from(u16::from_le_bytes([length, length_high]));
    }
    for (sheet, begin) in sheets.into_iter().zip(begins.into_iter().skip(1)) {
        stream[sheet..sheet + 4].copy_from_slice(&begin.to_le_bytes());
    }
    checked(Reader::new().bytes("input", &compound(&stream)));
}

/// A compound file of version 3 that holds one stream, the workbook. Its table of sectors lies in the sectors that the
/// header names, so it holds up to 109 x 128 sectors of 512 bytes.
fn compound(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    // a shorter one would lie in small sectors
    let mut stream = stream[..stream.len().min(6 << 20)].to_vec();
    stream.resize(stream.len().max(4096), 0);
    let sectors = stream.len().div_ceil(SECTOR);
    let tables = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    let mut file = vec![0_u8; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for (at, value) in [(24, 0x3E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        put(at, &value.to_le_bytes());
    }
    for (at, value) in [(44, tables as u32), (48, tables as u32), (56, 4096), (60, END), (68, END)] {
        put(at, &value.to_le_bytes());
    }
    for at in 0..109_u32 {
        let sector = if (at as usize) < tables { at } else { u32::MAX };
        put(76 + 4 * at as usize, &sector.to_le_bytes());
    }
    let first = tables as u32 + 1;
    let mut table = vec![END - 1; tables];
    table.push(END);
    table.extend((1..sectors as u32).map(|next| first + next));
    table.push(END);
    table.resize(tables * SECTOR / 4, u32::MAX);
    file.extend(table.iter().flat_map(|sector| sector.to_le_bytes()));
    for (name, kind, start, length) in
        [("Root Entry", 5, END, 0), ("Workbook", 2, first, stream.len() as u32)]
    {
        let mut entry = [0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = 2 * (name.len() as u8 + 1);
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        file.extend(entry);
    }
    file.resize(SECTOR * (tables + 2), 0);
    file.extend(&stream);
    file.resize(SECTOR * (tables + 2 + sectors), 0);
    file
}

/// The stream of an old workbook that Excel wrote in one run of sectors, as our fixture has it.
pub fn stream_of(file: &[u8]) -> Vec<u8> {
    // the stream begins with a record BEGIN for a workbook of Excel 97
    let begin = file.windows(6).position(|bytes| bytes == [0x09, 0x08, 0x10, 0x00, 0x00, 0x06]);
    begin.map_or(Vec::new(), |begin| file[begin..].to_vec())
}

/// The parts of an archive by name, as text.
pub fn part_of(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a fixture");
    let mut part = String::new();
    if let Ok(mut file) = archive.by_name(name) {
        std::io::Read::read_to_string(&mut file, &mut part).expect("a part in UTF-8");
    }
    part
}
