//! Builds the Word files and workbooks of `fixtures/`, and such as want to do harm.
//!
//! `cargo test --test suite write_fixtures -- --ignored` writes the committed ones anew.

use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::{Cursor, Write};
use support::fixture;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A zip archive of these parts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    zip.finish().expect("an archive").into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A part of Word: `body` within the root element.
pub(crate) fn part(root: &str, body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} xmlns:w=\"{NAMESPACE}\">{body}</w:{root}>")
}

/// A paragraph of one run, `properties` before it.
pub(crate) fn paragraph(properties: &str, text: &str) -> String {
    let text = escaped(text);
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A Word file with this body and this page header.
pub(crate) fn word(body: &str, header: &str) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/header1.xml", &part("hdr", &paragraph("", header))),
    ])
}

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

/// A table: rows of cells, the paragraphs of a cell as lines. A row of one cell is merged over all columns.
pub(crate) fn table(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| {
        let span = if cells.len() == 1 { "<w:tcPr><w:gridSpan w:val=\"4\"/></w:tcPr>" } else { "" };
        let cell = |cell: &&str| {
            let paragraphs: String = cell.split('\n').map(|line| paragraph("", line)).collect();
            format!("<w:tc>{span}{paragraphs}</w:tc>")
        };
        format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// The parts of a workbook of one sheet.
pub(crate) fn sheet(cells: &str, shared: &str) -> Vec<u8> {
    package(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{cells}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", shared),
    ])
}

const CYCLE_2: &[&[&str]] = &[
    &["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
    &["Theme: A12 Acceptance of international norms"],
    &[
        "77.1 Join the treaty on the rights of all migrant workers (ICRMW) (Chile, Egypt); \nSource of position: A/HRC/31/99/Add.1 - Para. 3",
        "Supported",
        "A12 Acceptance of international norms\nG4 Migrants\nAffected persons:\n- migrants",
        "\n",
    ],
    &[
        "77.2. Publish the reports of the inspectors of prisons (Bolivia (Plurinational State of)); open all prisons to them (Czech Republic, Peru);and train the guards (Ghana);\nSource of position: A/HRC/31/99/Add.1 - Para. 4",
        "Noted",
        "D26 Conditions of detention\nF31 Children: definition; general principles; protection\nAffected persons: ",
        "\n",
    ],
    &["Theme: F13 Violence against women"],
    &[
        "77.3 Open a shelter in each district\u{a0}(United Kingdom of Great Britain and Northern Ireland);\nSource of position: A/HRC/31/99/Add.1",
        "Supported/Noted",
        "F13 Violence against women\nAffected persons:\n- women\n- girls",
        "",
    ],
    &["", "", "", ""],
    &["A note that somebody left here", "", "", ""],
];

const CYCLE_3: &[&[&str]] = &[
    &["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
    &["Theme: Right to education"],
    &[
        "101.4 Build schools on the outer islands (Fiji) (Tuvalu);\nSource of position: A/HRC/40/99/Add.1 - Para.5",
        "Supported",
        "- Right to education\n- Rural development\nSDGs:\n- 4 - QUALITY EDUCATION\n- 10 - REDUCED INEQUALITIES\nAffected persons:\n- Children\n- Rural persons",
        "Two schools were opened.",
    ],
    &[
        "101.5 Teach in both languages (Iran (Islamic Republic of), Côte d’Ivoire);\nSource of position: A/HRC/40/99/Add.1",
        "Noted",
        "- Right to education\nSDGs: 4 - QUALITY EDUCATION\nAffected persons: Children",
        "",
    ],
];

const CYCLE_4: &[&[&str]] = &[
    &[
        "Recommendation and recommending State",
        "Position of the State under review",
        "Human rights themes and groups of persons",
        "Relevant SDGs",
    ],
    &["Theme: Ratification of & accession to international instruments"],
    &[
        "63.7 Ratify the protocol that allows complaints (Portugal) (Togo);\nSource of Position: A/HRC/58/99/Add.1 - Para.3v",
        "Supported",
        "- Ratification of & accession to international instruments\nGroups of Persons: \n- Public officials",
        "- 1 - NO POVERTY\n- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
    ],
    &[
        "63.8 Sign the treaty on the prohibition of nuclear weapons (Kiribati);\nSource of Position: A/HRC/58/99/Add.1 - Para.3",
        "Noted",
        "- Ratification of & accession to international instruments\nGroups of Persons: \n- General",
        "- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
    ],
];

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate() {
        let written = match cell.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column as u16, number),
            Err(_) => sheet.write_string(row, column as u16, *cell),
        };
        written.expect("a cell");
    }
}

/// Rows of a sheet, each with its number, counted from 0.
type Rows<'r> = &'r [(u32, &'r [&'r str])];

/// A workbook as rust_xlsxwriter, and so Excel, writes it: sheets of rows, numbers as numbers.
pub(crate) fn workbook(sheets: &[(&str, Rows)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        for (at, cells) in *rows {
            row(sheet, *at, cells);
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// UHRI's export: headers misspelt as at the source, cells that hold lists, dates as serial numbers.
const UHRI: Rows = &[
    (
        0,
        &[
            "Text",
            "Countries Concerned",
            "Reccomending Body",
            "UPR Session",
            "Document Symbol",
            "UPR Reccomending States",
            "UPR Position",
            "Themes",
            "Affected Persons",
            "Sdgs",
            "Document Publication Date",
            "OHCHR Annotation Id",
        ],
    ),
    (
        1,
        &[
            "120.14 Bring prison conditions into line with the Nelson Mandela Rules",
            "- Fiji",
            "- UPR",
            "34",
            "A/HRC/43/8",
            "- Austria\n- Chile",
            "- Supported",
            "- Children: definition; general principles; protection",
            "- Persons deprived of their liberty",
            "- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
            "43830",
            "a1",
        ],
    ),
    (
        2,
        &[
            "The Committee recommends that the State party collect data on violence at home.",
            "- Fiji",
            "- CEDAW",
            "",
            "CEDAW/C/FJI/CO/5",
            "",
            "",
            "- Violence against women",
            "- Women",
            "- 5 - GENDER EQUALITY",
            "43160",
            "a3",
        ],
    ),
    (
        4,
        &[
            "120.15. Adopt a climate relocation plan together with the villages concerned",
            "- Fiji",
            "- UPR",
            "34",
            "A/HRC/43/8",
            "- Marshall Islands",
            "- Noted",
            "- Environment",
            "- Rural persons",
            "- 13 - CLIMATE ACTION",
            "43830",
            "a2",
        ],
    ),
];

/// A list of someone's own: notes on a sheet before it, titles above its header, a row without text.
const OWN_NOTES: Rows = &[(0, &["Who keeps this list"]), (1, &["The secretariat"])];
const OWN_LIST: Rows = &[
    (1, &["Recommendations to Kenya"]),
    (2, &["", "as of", "45000"]),
    (4, &["No.", "Recommendation", "States", "Answer", "", "Session"]),
    (5, &["12.3", "Plant mangroves along the coast", "Seychelles; Mauritius", "accepted", "done?", "35"]),
    (6, &["12.4", "", "Peru", "accepted", "", "35"]),
    (8, &["12.5", "Plant mangroves along the coast", "Comoros", "perhaps", "", "35"]),
];

/// The committed files.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let title = |title: &str| format!("UPR of {title}\tThematic list of recommendations");
    vec![
        ("thematic-list-cycle-2.docx", word(&table(CYCLE_2), &title("Mongolia (2nd Cycle – 22nd session)"))),
        (
            "thematic-list-cycle-3.docx",
            word(&table(CYCLE_3), &title("Micronesia (Federated States of) (3rd Cycle – 33rd session)")),
        ),
        (
            "thematic-list-cycle-4.docx",
            word(&table(CYCLE_4), &title("the Gambia (4th Cycle - 47th Session)")),
        ),
        ("uhri.xlsx", workbook(&[("Sheet1", UHRI)])),
        ("own-list.xlsx", workbook(&[("Notes", OWN_NOTES), ("List", OWN_LIST)])),
    ]
}

#[test]
#[ignore = "writes into fixtures/"]
fn write_fixtures() {
    for (name, bytes) in files() {
        std::fs::write(fixture(name), bytes).expect("a writable folder");
    }
}

/// The committed files are those built here; dates in a workbook's properties apart.
#[test]
fn the_fixtures_are_built_from_this_file() {
    for (name, bytes) in files() {
        let read = |bytes: &[u8]| upr::read::Reader::new().bytes(name, bytes).expect("a list");
        assert_eq!(read(&bytes), read(&std::fs::read(fixture(name)).expect("a fixture")), "{name}");
    }
}
