//! Are Word files, workbooks and JSON read as a person reads them?

use crate::build::{self, package, paragraph, part, word, workbook};
use support::fixture;
use upr::Recommendation;
use upr::read::{Column, Reader, RecommendationList};

fn read(file: &str) -> RecommendationList {
    Reader::new().path(fixture(file)).expect("a readable fixture")
}

/// Number, text, States, position and its source, each recommendation on a line.
fn lines(list: &RecommendationList) -> Vec<String> {
    let line = |r: &Recommendation| {
        let states: Vec<&str> = r.recommending_states.iter().map(|name| name.iso3()).collect();
        let (position, stated) = r.position.as_ref().map_or(("", ""), |position| {
            (position.position.map_or("", |p| p.as_str()), position.stated_in.as_deref().unwrap_or_default())
        });
        format!("{} {} | {} | {position} | {stated}", r.id, r.text, states.join(" "))
    };
    list.recommendations.iter().map(line).collect()
}

#[test]
fn a_thematic_list_of_the_second_cycle() {
    let list = read("thematic-list-cycle-2.docx");
    assert_eq!(list.files[0].form(), "thematic list");
    assert_eq!(
        lines(&list),
        [
            "MNG-22-77.1 Join the treaty on the rights of all migrant workers (ICRMW) | CHL EGY | supported | A/HRC/31/99/Add.1, para. 3",
            "MNG-22-77.2 Publish the reports of the inspectors of prisons | BOL | noted | A/HRC/31/99/Add.1, para. 4",
            "MNG-22-77.2~3 open all prisons to them | CZE PER | noted | A/HRC/31/99/Add.1, para. 4",
            "MNG-22-77.2~2 and train the guards | GHA | noted | A/HRC/31/99/Add.1, para. 4",
            "MNG-22-77.3 Open a shelter in each district | GBR | supported_in_part | A/HRC/31/99/Add.1",
        ]
    );
    let labels = &list.recommendations[3].labels;
    assert_eq!(labels.heading.as_deref(), Some("A12 Acceptance of international norms"));
    assert_eq!(
        labels.themes,
        ["D26 Conditions of detention", "F31 Children: definition; general principles; protection"]
    );
    let last = &list.recommendations[4];
    assert_eq!(last.labels.heading.as_deref(), Some("F13 Violence against women"));
    assert_eq!(last.labels.affected_persons, ["women", "girls"]);
    assert_eq!((last.document.as_deref(), last.sources[0].row), (Some("A/HRC/31/99"), 6));
    let reject = &list.rejects[0];
    assert_eq!(
        (reject.row, reject.raw.trim_end(), reject.reason.as_str()),
        (8, "A note that somebody left here", "found neither number nor position, expected a recommendation")
    );
}

#[test]
fn a_thematic_list_of_the_third_cycle() {
    let list = read("thematic-list-cycle-3.docx");
    assert_eq!(
        lines(&list),
        [
            "FSM-33-101.4 Build schools on the outer islands | FJI TUV | supported | A/HRC/40/99/Add.1, para. 5",
            "FSM-33-101.5 Teach in both languages | IRN CIV | noted | A/HRC/40/99/Add.1",
        ]
    );
    let labels = &list.recommendations[0].labels;
    assert_eq!(labels.themes, ["Right to education", "Rural development"]);
    assert_eq!(labels.sdgs, ["4 - QUALITY EDUCATION", "10 - REDUCED INEQUALITIES"]);
    assert_eq!(labels.affected_persons, ["Children", "Rural persons"]);
    let labels = &list.recommendations[1].labels;
    assert_eq!(
        (labels.sdgs.join("|"), labels.affected_persons.join("|")),
        ("4 - QUALITY EDUCATION".into(), "Children".into())
    );
}

#[test]
fn a_thematic_list_of_the_fourth_cycle() {
    let list = read("thematic-list-cycle-4.docx");
    assert_eq!(
        lines(&list),
        [
            "GMB-47-63.7 Ratify the protocol that allows complaints | PRT TGO | supported | A/HRC/58/99/Add.1, para. 3",
            "GMB-47-63.8 Sign the treaty on the prohibition of nuclear weapons | KIR | noted | A/HRC/58/99/Add.1, para. 3",
        ]
    );
    let labels = &list.recommendations[0].labels;
    assert_eq!(labels.heading.as_deref(), Some("Ratification of & accession to international instruments"));
    assert_eq!(labels.sdgs, ["1 - NO POVERTY", "16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"]);
    assert_eq!(labels.affected_persons, ["Public officials"]);
}

/// A list of which the title says nothing takes the caller's word.
#[test]
fn what_the_caller_says_of_a_thematic_list() {
    let rows: &[&[&str]] = &[&["Recommendation", "Position"], &["5.1 Free them (Chile)", "Supported"]];
    let list = Reader::new()
        .state_under_review("Kenya")
        .session("35")
        .document("A/HRC/44/9")
        .bytes("a.docx", &word(&build::table(rows), "A list"))
        .expect("a list");
    let only = &list.recommendations[0];
    assert_eq!((only.id.as_str(), only.document.as_deref()), ("KEN-35-5.1", Some("A/HRC/44/9")));
}

/// Numbers of lists, tabs, line breaks; nothing that was deleted or is hidden.
#[test]
fn a_word_file_is_read_as_it_looks() {
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}{}{}</w:abstractNum><w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride></w:num>",
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2."),
        level(2, "lowerLetter", "(%3)")
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Recommendation\"><w:basedOn w:val=\"Base\"/></w:style>";
    let in_list = |list: u8, level: u8, text: &str| {
        let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        paragraph(&place, text)
    };
    let body = [
        in_list(4, 0, "Of the State"),
        in_list(4, 1, "Join the treaty"),
        paragraph("<w:pStyle w:val=\"Recommendation\"/>", "Leave no one behind"),
        in_list(4, 2, "not even here"),
        in_list(4, 2, "nor there"),
        in_list(4, 0, "Of its neighbours"),
        in_list(4, 1, "Open the border"),
        in_list(5, 0, "A new count"),
        in_list(0, 0, "Not counted"),
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c &amp; d</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\"> new</w:t></w:r></w:ins></w:p>".to_string(),
    ]
    .concat();
    let file = package(&[
        ("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/numbering.xml", &part("numbering", &numbering)),
        ("word/styles.xml", &part("styles", styles)),
    ]);
    let error = Reader::new().bytes("a.docx", &file).expect_err("no thematic list");
    assert_eq!(
        error.to_string(),
        "a.docx: found a Word file that begins with \"1. Of the State\", expected a thematic list of recommendations, a report or an addendum, or numbered recommendations with their States in brackets"
    );
    // what stands in the text is seen in a table that is a list
    let rows = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{body}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("", "Recommendation"),
        paragraph("", "Position"),
        paragraph("", "Noted"),
    );
    let file = package(&[
        ("word/document.xml", &part("document", &format!("<w:body>{rows}</w:body>"))),
        ("word/numbering.xml", &part("numbering", &numbering)),
        ("word/styles.xml", &part("styles", styles)),
    ]);
    let list = Reader::new().bytes("a.docx", &file).expect("a thematic list");
    assert_eq!(
        (list.recommendations[0].paragraph.as_deref(), list.recommendations[0].text.as_str()),
        (
            Some("1"),
            "Of the State\n1.1. Join the treaty\n1.2. Leave no one behind\n(a) not even here\n(b) nor there\n2. Of its neighbours\n2.1. Open the border\n9. A new count\nNot counted\na\tb\nc & d new"
        )
    );
}

#[test]
fn an_old_workbook_of_upr_info() {
    let list = read("upr-info.xls");
    assert_eq!(list.files[0].form(), "workbook");
    let joint = &list.recommendations[0];
    assert_eq!(joint.recommending_states.iter().map(|name| name.iso3()).collect::<Vec<_>>(), ["NOR", "URY"]);
    assert_eq!(joint.sources.iter().map(|source| source.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(joint.labels.issues, ["Rights of the Child", "Birth registration"]);
    assert_eq!(joint.labels.action.as_deref(), Some("5"));
    assert_eq!(list.recommendations[1].recommending_states[0].iso3(), "CIV");
    assert_eq!(joint.state_under_review.as_ref().map(|name| name.iso3()), Some("KEN"));
}

#[test]
fn a_workbook_of_the_universal_human_rights_index() {
    let list = read("uhri.xlsx");
    let first = &list.recommendations[0];
    assert_eq!(first.id, "FJI-34-120.14");
    assert_eq!(first.text, "Bring prison conditions into line with the Nelson Mandela Rules");
    assert_eq!(first.labels.themes, ["Children: definition; general principles; protection"]);
    assert_eq!(first.recommending_states.len(), 2);
    // row 4 is blank
    assert_eq!(list.recommendations[1].sources[0].row, 5);
}

/// One recommendation, its text and its answer merged beside three States; a title merged over all columns.
fn merged_workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "Kenya, third cycle", &plain).expect("a title");
    for (column, header) in ["Recommendation", "Recommending State", "Response"].into_iter().enumerate() {
        sheet.write_string(1, column as u16, header).expect("a header");
    }
    sheet.merge_range(2, 0, 4, 0, "Abolish the death penalty", &plain).expect("a text");
    sheet.merge_range(2, 2, 4, 2, "Noted", &plain).expect("an answer");
    for (row, state) in ["Spain", "Peru", "Chile", "Ghana"].into_iter().enumerate() {
        sheet.write_string(row as u32 + 2, 1, state).expect("a State");
    }
    sheet.write_string(5, 0, "Ratify it").expect("a text");
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_of_ones_own() {
    let list = read("own-list.xlsx");
    let first = &list.recommendations[0];
    assert_eq!((first.paragraph.as_deref(), first.sources[0].row), (Some("12.3"), 6));
    let reject = &list.rejects[0];
    assert_eq!(
        (reject.row, reject.raw.as_str(), reject.reason.as_str()),
        (7, "12.4\t\tPeru\taccepted\t\t35", "found an empty text, expected a recommendation")
    );
    assert!(list.files[0].unread_sheets.is_empty(), "notes are no list");
    let list = Reader::new().bytes("a.xlsx", &merged_workbook()).expect("a list");
    let [joint, other] = list.recommendations.as_slice() else { panic!("{:?}", list.recommendations) };
    let states: Vec<&str> = joint.recommending_states.iter().map(|name| name.iso3()).collect();
    assert_eq!((joint.text.as_str(), states), ("Abolish the death penalty", vec!["ESP", "PER", "CHL"]));
    assert_eq!((joint.position(), joint.sources.len()), (Some(upr::Position::Noted), 3));
    assert_eq!((other.text.as_str(), list.rejects.len()), ("Ratify it", 0));
    let rows: [(u32, &[&str]); 2] = [(0, &["Text", "From"]), (1, &["Plant trees", "Peru"])];
    let file = workbook(&[("Accepted", &rows), ("Sums", &[(0, &["Total", "1"])]), ("Noted", &rows)]);
    let list = Reader::new().bytes("a.xlsx", &file).expect("a list");
    assert_eq!((list.recommendations.len(), &list.files[0].unread_sheets), (1, &vec!["Noted".to_string()]));
    let file = workbook(&[("A", &[(0, &["Wortlaut", "Von"]), (1, &["Plant trees", "Peru"])])]);
    let reader = Reader::new().column(Column::Text, "Wortlaut").column(Column::RecommendingStates, "Von");
    let list = reader.bytes("a.xlsx", &file).expect("a list");
    assert_eq!(list.recommendations[0].recommending_states[0].iso3(), "PER");
    let error = Reader::new().bytes("a.xlsx", &file).expect_err("no text");
    assert_eq!(
        error.to_string(),
        "a.xlsx: found the headers \"Wortlaut\" and \"Von\", expected a column with the recommendation text, such as \"text\" or \"recommendation\", or a column mapping (text=HEADER)"
    );
    let error = Reader::new().bytes("a.xlsx", &workbook(&[("A", &[])])).expect_err("nothing");
    assert_eq!(error.to_string(), "a.xlsx: found an empty workbook, expected a header and rows");
}

#[test]
fn json_of_the_universal_human_rights_index() {
    let list = read("uhri.json");
    assert_eq!(list.files[0].form(), "JSON");
    let first = &list.recommendations[0];
    assert_eq!((first.id.as_str(), first.recommending_states.len()), ("FJI-34-120.14", 2));
    assert_eq!(first.labels.themes, ["Children: definition; general principles; protection"]);
    let rejects: Vec<String> = list
        .rejects
        .iter()
        .map(|reject| format!("{}: {} [{}]", reject.row, reject.reason, reject.raw))
        .collect();
    assert_eq!(
        rejects,
        [
            "3: found a value, expected a record with a text [\"120.15 A record that is none\"]",
            "4: found an empty text, expected a recommendation [{\"Reccomending Body\":[\"UPR\"],\"Text\":\"\"}]",
        ]
    );
    let list = Reader::new().bytes("a.json", b" [{\"text\": \"Plant trees\"}]").expect("a list");
    assert_eq!(list.recommendations[0].text, "Plant trees");
    for (json, message) in [
        (
            "[{\"text\": 1,\n ]",
            "a.json, line 2: found JSON that breaks off or is wrong in column 2, expected an array of records",
        ),
        ("[]", "a.json: found JSON without records, expected an array of objects with a text each"),
        (
            "{\"a\": {\"text\": \"x\"}}",
            "a.json: found JSON without records, expected an array of objects with a text each",
        ),
        (
            "[{\"a\": \"x\"}]",
            "a.json: found one column or a text, which begins with \"a\", expected a table with a header for the text, such as \"text\" or \"recommendation\", or numbered recommendations with their States in brackets",
        ),
    ] {
        let error = Reader::new().bytes("a.json", json.as_bytes()).expect_err("no list");
        assert_eq!(error.to_string(), message);
    }
}

/// Cells without a reference, texts within their cells, truth values, and blanks between the tags.
#[test]
fn a_workbook_as_other_programs_write_it() {
    let text = |text: &str| format!("<c t=\"inlineStr\">\n <is>\n  <t>{text}</t>\n </is>\n</c>");
    let rows = [
        ["text", "paragraph", "theme", "session"].map(text).concat(),
        [
            "<c t=\"inlineStr\"><is><r>\n <t>Plant </t></r> <r><t>trees</t></r><rPh><t>said so</t></rPh></is></c>",
            "<c><f>1/2</f>\n<v>26.5</v>\n</c>",
            "<c t=\"b\"><v>1</v></c><c><v>36</v></c>",
        ]
        .concat(),
        "<c r=\"A3\" t=\"str\"><v>Mend _x0041_ &lt;&quot;road&quot;&gt; &amp; &apos;&#66;&#x43;</v></c><c r=\"C3\" t=\"b\"><v>0</v></c>".to_string(),
    ];
    let cells: String = rows.iter().map(|row| format!("<row>{row}</row>\n")).collect();
    let list = Reader::new().bytes("a.xlsx", &build::sheet(&cells, "<sst/>")).expect("a list");
    let shown: Vec<_> = list
        .recommendations
        .iter()
        .map(|r| (&*r.text, r.paragraph.as_deref(), r.labels.themes.join(""), r.session.is_some()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Plant trees", Some("26.5"), "TRUE".to_string(), true),
            ("Mend A <\"road\"> & 'BC", None, "FALSE".to_string(), false)
        ]
    );
}

/// Blanks between the tags are no text, and the table in a cell is a part of the cell.
#[test]
fn a_word_file_with_a_table_in_a_table() {
    let inner = build::table(&[&["Source of position: A/HRC/44/9/Add.1"]]);
    let row = |number: &str, more: &str| {
        let cell = paragraph("", &format!("{number} Plant trees (Chile)"));
        format!("<w:tr>\n<w:tc>{cell}{more}</w:tc>\n<w:tc>{}</w:tc>\n</w:tr>", paragraph("", "Noted"))
    };
    let header = ["Recommendation", "Position"].map(|name| format!("<w:tc>{}</w:tc>", paragraph("", name)));
    let body = format!(
        "<w:tbl>\n<w:tr>{}</w:tr>{}{}</w:tbl>\n{}",
        header.concat(),
        row("5.1", ""),
        row("5.2", &inner),
        build::table(&[&["5.3 Mend roads (Mali)", "Supported"]]),
    );
    let body = body.replace("</w:t></w:r>", "</w:t>\n  <w:lastRenderedPageBreak/>\n</w:r>");
    let list =
        Reader::new().state_under_review("Kenya").session("35").bytes("a.docx", &word(&body, "A list"));
    let list = list.expect("a list");
    assert_eq!(
        lines(&list),
        [
            "KEN-35-5.1 Plant trees | CHL | noted | ",
            "KEN-35-5.2 Plant trees | CHL | noted | A/HRC/44/9/Add.1",
            "KEN-35-5.3 Mend roads | MLI | supported | ",
        ]
    );
}

/// Levels that begin elsewhere, that go on under a new number above, that a list writes in its own way.
#[test]
fn lists_of_a_word_file_count_as_word_counts() {
    let level = |at: usize, start: usize, more: &str, text: &str| {
        let start = format!("<w:start w:val=\"{start}\"/>");
        format!("<w:lvl w:ilvl=\"{at}\">{start}{more}<w:lvlText w:val=\"{text}\"/></w:lvl>")
    };
    let override_of =
        |at: usize, level: String| format!("<w:lvlOverride w:ilvl=\"{at}\">{level}</w:lvlOverride>");
    let own = override_of(0, level(0, 1, "<w:numFmt w:val=\"upperRoman\"/>", "%1:"));
    let beyond = override_of(12, level(12, 1, "", "%1!"));
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}{}{}{}</w:abstractNum>{}<w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/>{}{}</w:num>",
        level(0, 3, "", "%1."),
        level(1, 1, "<w:numFmt w:val=\"lowerLetter\"/>", "%2)"),
        level(2, 1, "<w:lvlRestart w:val=\"1\"/><w:suff w:val=\"nothing\"/>", "%3/"),
        level(12, 1, "", "%1!"),
        "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/></w:num>",
        own,
        beyond,
    );
    let lines = [(4, 0), (4, 1), (4, 2), (4, 1), (4, 2), (4, 0), (4, 1), (4, 2), (5, 0), (5, 12)];
    let body: String = lines
        .iter()
        .map(|(list, level)| {
            let place = format!("<w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/>");
            paragraph(&format!("<w:numPr>{place}</w:numPr>"), "x")
        })
        .collect();
    let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>y</w:t></w:r>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:br/><w:t>z</w:t></w:r>";
    let row = |first: &str, second: &str| {
        format!("<w:tr><w:tc>{first}</w:tc><w:tc>{}</w:tc></w:tr>", paragraph("", second))
    };
    let rows = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&paragraph("", "Recommendation"), "Position"),
        row(&format!("{body}<w:p>{shown}{hidden}{shown}</w:p>"), "Noted"),
    );
    let file = package(&[
        ("word/document.xml", &part("document", &format!("<w:body>{rows}</w:body>"))),
        ("word/numbering.xml", &part("numbering", &numbering)),
    ]);
    let list = Reader::new().bytes("a.docx", &file).expect("a thematic list");
    let only = &list.recommendations[0];
    assert_eq!(only.paragraph.as_deref(), Some("3"));
    assert_eq!(only.text, "x\na) x\n1/x\nb) x\n2/x\n4. x\na) x\n1/x\nV: x\nx\nyy");
}

#[test]
fn a_title_of_a_workbook_is_not_its_header() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [
        vec!["Recommendations"],
        vec!["Recommendation", "Comment of the ministry"],
        vec!["Repeal the law on defamation (Peru)", "agreed"],
        vec!["Build shelters (Spain)", "agreed"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let list = Reader::new().bytes("titled.xlsx", &bytes).expect("a list");
    let texts: Vec<&str> = list.recommendations.iter().map(|made| made.text.as_str()).collect();
    assert_eq!(texts, ["Repeal the law on defamation", "Build shelters"]);
    assert_eq!(list.files[0].unused_columns, ["Comment of the ministry"]);
}

#[test]
fn numbers_of_a_workbook_are_read_as_they_are_shown() {
    let numbers = |file: &str| -> Vec<String> {
        let list = read(&format!("misleading/{file}"));
        list.recommendations.iter().filter_map(|made| made.paragraph.clone()).collect()
    };
    assert_eq!(numbers("number-format-of-an-extract.xlsx"), ["6.10", "6.11", "6.12", "6.13"]);
    let all: Vec<String> = (1..=12).map(|number| format!("6.{number}")).collect();
    for file in [
        "number-format-shows-the-zero.xlsx",
        "number-format-of-ones-own.xlsx",
        "number-format-shows-the-zero.xls",
    ] {
        assert_eq!(numbers(file), all, "{file}");
    }
}
