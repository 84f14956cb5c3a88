//! The first inputs of each target, made from the project's own fixtures and codebooks, so that no corpus is kept.

use super::coding::{CLIMATE, climate};
use super::containers::{part_of, stream_of};
use std::path::Path;
use upr::Tagger;
use upr::code::{Example, Learner};

/// The inputs of a target. `root` is the project's folder.
pub fn seeds(root: &Path, target: &str) -> Vec<Vec<u8>> {
    let fixtures = root.join("fixtures");
    let read = |name: &str| std::fs::read(fixtures.join(name)).expect("a fixture");
    let all = |folder: &str, ending: &str| files(&fixtures.join(folder), ending);
    // a whole review is too long to start from; its beginning is not
    let digest = || read("usa-2020.csv")[..4000].to_vec();
    let tables = || {
        let mut tables: Vec<Vec<u8>> =
            ["quirks.csv", "semicolon-windows-1252.csv", "two-cycles.csv", "uhri.csv", "upr-info.csv"]
                .map(read)
                .to_vec();
        tables.extend([read("utf-16.tsv"), read("utf-8-bom.csv"), digest()]);
        tables
    };
    let chosen = |choice: u8, bytes: &[u8]| [&[choice], bytes].concat();
    let joined = |parts: &[&[u8]]| parts.join(&0x1E);
    match target {
        "file" => {
            let mut files = tables();
            for ending in [".docx", ".xlsx", ".xls", ".json"] {
                files.extend(all("", ending));
            }
            files.extend(all("reports", ".txt"));
            files.extend(all("addenda", ".txt"));
            files.push(pdf());
            files
        }
        "table" | "export" | "statistics" | "report_page" => {
            let mut seeds: Vec<Vec<u8>> = tables().iter().map(|table| chosen(0, table)).collect();
            seeds.push(chosen(0b111_1000, HOSTILE.as_bytes()));
            seeds.push(chosen(0b100_0000, HOSTILE.as_bytes()));
            let utf16: Vec<u8> = HOSTILE.encode_utf16().flat_map(u16::to_le_bytes).collect();
            seeds.push(chosen(0b100_0010, &utf16));
            seeds.push(chosen(0b101_0101, &read("upr-info.csv")));
            seeds
        }
        "json" => vec![
            read("uhri.json"),
            br#"{"meta":[1,2],"data":[{"text":"Ratify it","recommending states":["Spain","Peru"],"x":{"y":[null,true,1e3]}},7]}"#.to_vec(),
            br#""Ratify \u0043EDAW","from":"- Spain\n- Peru","position":"Supported""#.to_vec(),
        ],
        "report" => [all("reports", ".txt"), vec![REPORT.as_bytes().to_vec()]].concat(),
        "addendum" => [all("addenda", ".txt"), vec![ADDENDUM.as_bytes().to_vec()]].concat(),
        "joined" => {
            let (reports, addenda) = (all("reports", ".txt"), all("addenda", ".txt"));
            let pairs = reports.iter().zip(&addenda).map(|(report, addendum)| joined(&[report, addendum]));
            let table = b"number,text,from,position\n30.1,Ratify CEDAW,Peru,Supported\n30.1,Ratify CEDAW and CRC,Chile; Peru,Noted\n";
            let other = b"number,text,from\n30.1,Ratify  CEDAW,Peru\n,Ratify CEDAW,Peru\n30.2,Ratify CEDAW,Chile\n";
            pairs.chain([joined(&[table, other])]).chain([joined(&[table, other, table])]).collect()
        }
        "pdf" => vec![pdf()],
        "repeated" => REPEATED.iter().map(|[begin, piece, end]| joined(&[begin, piece, end].map(|part| part.as_bytes()))).collect(),
        "word" => {
            let documents = all("", ".docx");
            let parts = documents.iter().map(|file| {
                let [document, header] = ["word/document.xml", "word/header1.xml"].map(|part| part_of(file, part));
                chosen(0, &joined(&[document.as_bytes(), header.as_bytes(), NUMBERING.as_bytes(), STYLES.as_bytes()]))
            });
            let numbered = format!("<w:document><w:body>{NUMBERED}</w:body></w:document>");
            let numbered = joined(&[numbered.as_bytes(), b"<w:hdr/>", NUMBERING.as_bytes(), STYLES.as_bytes()]);
            parts.chain([chosen(0, &numbered), chosen(1, &(0..=255).collect::<Vec<u8>>())]).collect()
        }
        "workbook" => {
            let workbooks = all("", ".xlsx");
            let names = [
                "xl/worksheets/sheet1.xml",
                "xl/sharedStrings.xml",
                "xl/worksheets/sheet2.xml",
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
            ];
            let parts = workbooks.iter().map(|file| {
                let parts = names.map(|name| part_of(file, name));
                chosen(0, &joined(&parts.each_ref().map(|part| part.as_bytes())))
            });
            parts.chain([chosen(0, SHEET.as_bytes()), chosen(1, &(0..=255).collect::<Vec<u8>>())]).collect()
        }
        "old_workbook" => all("", ".xls").iter().map(|file| stream_of(file)).collect(),
        "codebook" => {
            let [about, issues, lists, rules] = CLIMATE.map(|(_, text)| text.as_bytes());
            let themes = b"theme,label\nclimate,Climate\n";
            vec![
                joined(&[about, themes, issues, lists, rules, b"Relocate villages"]),
                joined(&[about, b"", issues, lists, b"issue,kind,pattern\nclimate-action,include,/gun(s|fire)/\n"]),
            ]
        }
        "pattern" => PATTERNS.iter().map(|parts| parts.replace(" ~ ", "\u{1e}").into_bytes()).collect(),
        "grouping" => {
            let mut seeds: Vec<Vec<u8>> = ["sdgs", "ohchr-themes", "blueprints-2021"]
                .iter()
                .map(|name| {
                    let folder = root.join("src/grouping").join(name);
                    let files = ["grouping.csv", "groups.csv", "core.csv"]
                        .map(|file| std::fs::read(folder.join(file)).unwrap_or_default());
                    let [about, groups, table] = files.each_ref().map(|file| &file[..file.len().min(3000)]);
                    joined(&[about, groups, table])
                })
                .collect();
            seeds.push(joined(&[
                b"key,value\nname,life\nversion,1\n",
                b"",
                b"issue,group,relation,note,label\ndeath-penalty,life,same,,Life\nhousing,outside,,,\n",
                b"issue,label\nicc,Justice\nuntagged,Other\n",
            ]));
            seeds
        }
        "verbs" => ["action/own-verbs.csv", "action/broken-verbs.csv"]
            .iter()
            .map(|name| joined(&[&read(name), b"Adopt further measures and continue to call on others"]))
            .collect(),
        "model" => {
            let tagger = Tagger::new(climate()).expect("the fixture");
            let examples = [
                Example::new("Cut all emissions of the coal sector", ["climate-action"]),
                Example::new("Relocate the villages that the sea takes", ["climate-displacement"]),
                Example::new("Plan for the sea and cut emissions", ["climate-action", "climate-displacement"]),
            ];
            let model = Learner::new().passes(3).train(&tagger, &examples).expect("examples");
            let bytes = model.to_bytes();
            vec![joined(&[b"Cut emissions by the sea", &bytes[..bytes.len() - 8]])]
        }
        "tagger" => {
            let list = upr::read::path(fixtures.join("usa-2020.csv")).expect("a fixture");
            let texts = list.recommendations.iter().step_by(12).map(|one| one.text.clone().into_bytes());
            texts.chain(TEXTS.iter().map(|text| text.replace(" ~ ", "\u{1e}").into_bytes())).collect()
        }
        "names" => NAMES.iter().map(|name| name.as_bytes().to_vec()).collect(),
        "filter" => FILTERS.iter().map(|filter| filter.as_bytes().to_vec()).collect(),
        _ => Vec::new(),
    }
}

fn files(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a fixture")).collect()
}

/// A report as PDF of one page, with a form that draws a form.
fn pdf() -> Vec<u8> {
    let lines = [
        "Report of the Working Group on the Universal Periodic Review",
        "Andorra",
        "II. Conclusions and/or recommendations",
        "1. Ratify CEDAW \\(Peru\\);",
        "2. End hunger \\(Chile, Chad\\).",
    ];
    let drawn: String = lines
        .iter()
        .zip(0..)
        .map(|(line, at)| format!("BT /H 10 Tf 50 {} Td ({line}) Tj ET\n", 700 - 20 * at))
        .collect();
    let drawn = drawn + "q 1 0 0 1 5 5 cm /F Do Q BT /H 6 Tf 200 704 Td (12) Tj ET";
    let form = "BT /H 10 Tf 50 50 Td [(anti-) -250 (semitism)] TJ ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_string(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /H 3 0 R >> /XObject << /F 6 0 R >> >> >>".to_string(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        format!("<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length {} /Resources << /Font << /H 3 0 R >> >> >>\nstream\n{form}\nendstream", form.len()),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = bytes.len();
    let trailer = "trailer << /Root 1 0 R /Size 7 >>";
    bytes.extend(
        format!("xref\n0 7\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    bytes
}

/// Rows under a header of the target's own.
const HOSTILE: &str = "=1+1,+Spain,@Kenya,-noted,36,1.1,A/HRC/1/1,Torture\n\
    \"<script>alert(1)</script>\",\"Spain; Peru, Chile and Chad\",Kenya,Supported,35,1.2,A/HRC/1/1,\n\
    \"'=cmd|' /C calc'!A0\",Кения,Kenya,supported in part,35,1.3,,\n\u{202e}gnirts,Spain\u{200b},Kenya,Accepted,thirty,1.4,,\n\
    Reduce emissions &amp; relocate &#x1F3D8; villages,EU,Kenya,,35,1.5,,\n";

const REPORT: &str = "1. Ratify CEDAW (Peru);\n2. To end hunger and torture (Chile, Chad and Spain);\n\
    The following did not enjoy the support of Andorra:\n3. Abolish the death penalty (Holy See); join the ICC (Mali);\n\
    III. Voluntary pledges\n";

const ADDENDUM: &str = "1. Recommendations 3 and 5 to 9: accepted. Recommendations 10, 11 (a) and 12 are noted.\n\
    77.1 Ratify CEDAW (Peru)\nAccepted\n77.2-77.9 Not accepted.\nRecommendation 4: Andorra takes note.\n";

const NUMBERED: &str = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Report of the Working Group on the Universal Periodic Review</w:t></w:r></w:p>\
    <w:p><w:r><w:t>II. Conclusions and/or recommendations</w:t></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>Ratify CEDAW (Peru);</w:t></w:r></w:p>";

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"30\"/></w:lvlOverride></w:num></w:numbering>";

const STYLES: &str = "<w:styles><w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style></w:styles>";

const SHEET: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Text</t></is></c><c t=\"str\"><v>From</v></c></row>\
    <row><c t=\"inlineStr\"><is><r><t>End </t></r><r><t>hunger</t></r></is></c><c><v>26.10</v></c></row></sheetData></worksheet>";

/// Pattern, `with`, `without`, terms of a list, text.
const PATTERNS: [&str; 12] = [
    "reduc* <4> emissions ~  ~  ~ gun*|knife ~ reduce all emissions",
    "(reduc*|cut*) <~30> (emissions|{act}) ~ police ~ women's rights ~ end hunger",
    "{act} <1> police <2> {a} (the|) officer* ~ (a|b|) c ~  ~ train*|de facto ~ train the police officers",
    "/gun(s|fire)|police/ ~ /(?-i)ICC/ ~ CEDAW",
    "(the|) (a|) (b|) (c|) (d|) (e|) police <0> officer*",
    "ICC ~ CEDAW* ~ {act}'s",
    "/(a+)+$/ ~  ~  ~  ~ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "/(\\w{1,30}\\s){1,20}police/",
    "Côte d’Ivoire <~0> plans",
    "ratif* * ~ (a <3> b) ~ <99999>",
    "(a|b)(c|d)(e|f)(g|h) <2>(a|b) <2>(a|b) <2> police",
    "trans-border <3> non-* <2> 1.1",
];

const TEXTS: [&str; 4] = [
    "Côte d’Ivoire: abolish the death penalty ~ Ratify CEDAW, the CRPD & ICCPR-OP2; train the police ~ ",
    "ABOLISH THE DEATH PENALTY; abolish the death\u{ad}penalty, abolish\u{200b} the death\u{a0}penalty",
    "police police police police police police police police police police police officers, trained trained",
    "Continue and strengthen efforts to end torture (by amending the code); consider ratifying... the Rome Statue",
];

const NAMES: [&str; 14] = [
    "Spain",
    "Ѕpain",
    "the former Yugoslav Republic of Macedonia",
    "Côte d’Ivoire",
    "Cote dIvoire",
    "USA",
    "Iran (Islamic Republic of)",
    "36th session",
    "thirty-sixth",
    "supported in part",
    "Accepted",
    "Czechia1",
    "Kenya on behalf of the African Group",
    "\u{feff}Peru\u{200b}",
];

const FILTERS: [&str; 6] = [
    "issue=death-penalty,regional_group=WEOG",
    "Issue=death-penalty, torture, Recommending State=the Netherlands",
    "session=36th session,cycle=3,position=Accepted",
    "organisation=EU,theme=justice,state_under_review=KEN",
    "issue=untagged,position=not_given",
    "instrument=cedaw,sdg=sdg-5,affected_persons=children",
];

/// A beginning, a piece, an end.
const REPEATED: [[&str; 3]; 16] = [
    ["text,from\n", "End hunger \u{1d},Peru\n", ""],
    ["text,from\n", "End hunger,L\u{1d}\n", ""],
    ["text,position\n", "End hunger,answer \u{1d}\n", ""],
    ["text,number,position\n", "End hunger \u{1d},1.1,Noted\n", ""],
    ["text,from\nEnd hunger,\"", "L\u{1d};\n", "\"\n"],
    ["text,from\n", "\"End\nhunger,", "\n"],
    ["text,issue\nEnd hunger,\"", "- I\u{1d}\n", "\"\n"],
    ["[{\"text\":\"x\"}", ",{\"text\":\"End hunger \u{1d}\"}", "]"],
    ["[{\"text\":\"x\"}", ",{\"k\u{1d}\":1}", "]"],
    [
        "Report of the Working Group on the Universal Periodic Review\nAndorra\nII. Conclusions and/or recommendations\n",
        "\u{1d}. Ratify CEDAW (Peru);\n",
        "",
    ],
    [
        "Report of the Working Group on the Universal Periodic Review\nAndorra\nII. Conclusions and/or recommendations\n1. ",
        "end hunger (Peru, Chile); ",
        "\n",
    ],
    [
        "Report of the Working Group on the Universal Periodic Review\nAndorra\nII. Conclusions and/or recommendations\n1. ",
        "(",
        "\n",
    ],
    [
        "Report of the Working Group on the Universal Periodic Review\nAndorra\n",
        "\u{1d}. Peru recommended to end hunger.\n",
        "II. Conclusions and/or recommendations\n",
    ],
    [
        "Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review\nAndorra\nAddendum\n",
        "Recommendation \u{1d}: accepted.\n",
        "",
    ],
    [
        "Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review\nAndorra\nAddendum\nRecommendations ",
        "77.\u{1d}, ",
        " are accepted.",
    ],
    [
        "Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review\nAndorra\nAddendum\n",
        "a ",
        "",
    ],
];
