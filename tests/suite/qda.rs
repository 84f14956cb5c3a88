//! Are projects for QDA programs the same bytes each time, are their places those of the words, and does what people
//! change in them come back as corrections? `tests/qda/run` reads them with programs of others.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use support::programs::{program, shown, text};
use support::{scratch, usa};
use upr::code::{Evidence, Tag};
use upr::export::{qda_corrections, qda_file, qdc_file};
use upr::{Codebook, CodedList, CodedRecommendation, Coding, Recommendation, Tagger};

use crate::build::package;

const LIST: &str = "\
state under review,session,paragraph,recommending states,text,position
Kenya,35,142.1,Spain; Côte d'Ivoire,\"🕊️ Réaffirmer – abolish the death penalty,\r\nend 🏴 torture & \"\"ill-treatment\"\"\",noted
Kenya,35,142.2,Ghana,Train the police in human rights,supported
Kenya,35,142.3,Peru,Meet halfway,supported
";

fn list() -> CodedList {
    Tagger::core().tag(upr::read::Reader::new().bytes("kenya.csv", LIST.as_bytes()).expect("a list"))
}

/// A project of a list, and its parts by name.
fn project(name: &str, coded: &CodedList) -> (PathBuf, BTreeMap<String, String>) {
    let path = scratch(&format!("qda-{name}")).join("list.qdpx");
    qda_file(&path, coded).expect("a project");
    let mut archive =
        zip::ZipArchive::new(Cursor::new(std::fs::read(&path).expect("a file"))).expect("an archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        parts.insert(file.name().expect("a name").to_string(), text);
    }
    (path, parts)
}

/// The corrections and notices of a project with this XML in place of its own.
fn corrections(coded: &CodedList, parts: &BTreeMap<String, String>, xml: &str) -> (String, Vec<String>) {
    let mut parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    parts.iter_mut().filter(|(name, _)| *name == "project.qde").for_each(|part| part.1 = xml);
    let path = scratch(&format!("qda-edited-{:x}", support::fnv1a(xml))).join("edited.qdpx");
    std::fs::write(&path, package(&parts)).expect("a writable folder");
    let (table, notices) = qda_corrections(&path, coded).expect("a project");
    (table.to_csv(), notices)
}

/// What an attribute says in the first element that begins so.
fn attribute<'x>(xml: &'x str, element: &str, name: &str) -> &'x str {
    let (_, rest) = xml.split_once(element).expect("the element");
    let (_, value) = rest.split_once(&format!("{name}=\"")).expect("the attribute");
    value.split_once('"').expect("its end").0
}

/// The selections of a source: beginning, end, and the GUID of the code.
fn selections<'x>(xml: &'x str, source: &str) -> Vec<(usize, usize, &'x str)> {
    let (_, rest) = xml.split_once(&format!("name=\"{source}\"")).expect("the source");
    let (inside, _) = rest.split_once("</TextSource>").expect("its end");
    let selection = |part: &'x str| {
        let number = |name| attribute(part, "", name).parse().expect("a number");
        (number("startPosition"), number("endPosition"), attribute(part, "<CodeRef", "targetGUID"))
    };
    inside.split("<PlainTextSelection").skip(1).map(selection).collect()
}

#[test]
fn the_same_list_is_the_same_bytes() {
    let (_, coded) = usa();
    let bytes = |name: &str| std::fs::read(project(name, &coded).0).expect("a file");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(bytes("once"), pool.install(|| bytes("twice")));
    let codebook = |name: &str| {
        let path = scratch(name).join("core.qdc");
        qdc_file(&path, coded.codebooks().issues()).expect("a codebook");
        std::fs::read_to_string(path).expect("a file")
    };
    let xml = codebook("qdc-once");
    assert_eq!(xml, codebook("qdc-twice"));
    assert_eq!(xml.matches("isCodable=\"true\"").count(), coded.codebooks().issues().issues().len());
}

#[test]
fn places_count_characters() {
    let coded = list();
    let (_, parts) = project("places", &coded);
    let xml = &parts["project.qde"];
    let texts: Vec<&String> =
        parts.iter().filter(|(name, _)| *name != "project.qde").map(|(_, text)| text).collect();
    assert_eq!(texts.len(), 3);
    let made = &coded.recommendations[0].recommendation;
    assert!(made.text.contains("\r\n"), "{:?}", made.text);
    let text = texts.iter().find(|text| text.contains('🕊')).expect("the text");
    // a carriage return is a blank, so that all that follows is where it was
    assert_eq!(**text, made.text.replace('\r', " "));
    let words: Vec<String> = selections(xml, "KEN-35-142.1")
        .into_iter()
        .map(|(start, end, _)| text.chars().skip(start).take(end - start).collect())
        .collect();
    assert!(
        words.contains(&"death penalty".to_string()) && words.contains(&"torture".to_string()),
        "{words:?}"
    );
    assert!(xml.contains("<TextValue>Spain; Côte d'Ivoire</TextValue>"));
    assert!(xml.contains("<Case guid=") && xml.contains("name=\"Kenya, session 35\""));
    assert!(selections(xml, "KEN-35-142.3").is_empty());
}

#[test]
fn without_a_change_there_are_no_corrections() {
    let none = "id,issue,decision,coder,date,note,text_hash\n";
    for (name, coded) in [("usa", usa().1), ("kenya", list())] {
        let (path, _) = project(&format!("unchanged-{name}"), &coded);
        let (table, notices) = qda_corrections(&path, &coded).expect("a project");
        assert_eq!((table.to_csv().as_str(), notices), (none, vec![]), "{name}");
    }
}

#[test]
fn what_people_changed_comes_back() {
    let coded = list();
    let (_, parts) = project("changed", &coded);
    let xml = &parts["project.qde"];
    let hash = coded.recommendations[1].recommendation.text_hash();
    let code = |label: &str| {
        let (before, _) =
            xml.split_once(&format!("\" name=\"{label}\" isCodable=\"true\"")).expect("the code");
        before.rsplit_once("guid=\"").expect("its GUID").1
    };
    let user = "<User guid=\"{00000000-0000-0000-0000-00000000000A}\" name=\"=Ana\"/></Users>";
    let coding = |code: &str| {
        format!(
            "<Coding guid=\"x\" creatingUser=\"0000000000000000000000000000000a\" creationDateTime=\"2026-11-30T08:00:00Z\">\
             <CodeRef targetGUID=\"{code}\"/></Coding></TextSource>"
        )
    };
    // the last source gets a code on the whole of it, a theme, and a code that nobody knows
    let last = xml.rfind("</TextSource>").expect("a source");
    let theme = attribute(xml, "<Code ", "guid");
    let added = [coding(&code("Policing").to_uppercase()), coding(theme), coding("none")].concat();
    let mut edited = xml[..last].to_string() + &added.replace("</TextSource>", "") + &xml[last..];
    edited = edited.replace("</Users>", user);
    // all places of a tag of the second are gone
    let gone = code("Policing");
    while let Some((at, _)) = edited.match_indices(&format!("<CodeRef targetGUID=\"{gone}\"/>")).next() {
        let start = edited[..at].rfind("<PlainTextSelection").expect("a selection");
        let end =
            at + edited[at..].find("</PlainTextSelection>").expect("its end") + "</PlainTextSelection>".len();
        edited.replace_range(start..end, "");
    }
    let (table, notices) = corrections(&coded, &parts, &edited);
    let other = coded.recommendations[2].recommendation.text_hash();
    assert_eq!(
        table,
        format!(
            "id,issue,decision,coder,date,note,text_hash\n\
             KEN-35-142.2,policing,remove,'=Ana,,,{hash}\n\
             KEN-35-142.3,policing,add,'=Ana,'2026-11-30,,{other}\n"
        )
    );
    assert_eq!(
        notices,
        [
            "the code \"International commitments\" is a theme, and 1 coding was left out in KEN-35-142.3: code with one of the \
             issues below it",
            "the code \"without a name\" is not a code of the codebooks, and 1 coding was left out in KEN-35-142.3: code with \
             one of them, or add it to a codebook",
        ]
    );
}

#[test]
fn what_is_missing_or_unknown_is_said() {
    let coded = list();
    let (_, parts) = project("missing", &coded);
    let xml = &parts["project.qde"];
    // a source that the list doesn't have, and a code that was deleted
    let renamed = xml.replace("name=\"KEN-35-142.2\"", "name=\"Interview 7\"");
    let start = renamed.find("<TextSource guid=").expect("a source");
    let second = start + renamed[start + 1..].find("<TextSource guid=\"").expect("another") + 1;
    let guid = &renamed[second + 18..second + 54];
    let moved = renamed.replace(
        &format!("TextSource guid=\"{guid}"),
        "TextSource guid=\"{00000000-0000-0000-0000-00000000000B}",
    );
    let mut other: BTreeMap<String, String> = parts.clone();
    other.insert(format!("sources/{guid}.txt"), "What is your name?".to_string());
    let death = moved.split_once("\" name=\"Death penalty\"").expect("a code").0;
    let death = death.rsplit_once("guid=\"").expect("its GUID").1;
    let without = moved
        .replace(death, "00000000-0000-0000-0000-00000000000C")
        .replace("name=\"Death penalty\"", "name=\"Executions\"");
    let without = without.replace("core 2", "core 1");
    let (table, notices) = corrections(&coded, &other, &without);
    assert_eq!(table, "id,issue,decision,coder,date,note,text_hash\n");
    let identity = coded.codebooks().issues().identity();
    let expected = [
        &format!(
            "the list is coded with {identity}, and the project was written with another codebook or version: corrections may be \
             differences between the two; code the list with the codebook of the project"
        ),
        "1 source is not a recommendation of the list, and its 3 codings were left out: \"Interview 7\"",
        "1 recommendation of the list is not in the project: nothing was corrected there",
        "the code \"Executions\" is not a code of the codebooks, and 1 coding was left out in KEN-35-142.1: code with one of \
         them, or add it to a codebook",
        "the project does not have the code \"Death penalty\", and 1 tag was left as before: to remove tags with it, delete their \
         codings and keep the code",
    ];
    assert_eq!(notices, expected);
}

#[test]
fn a_tag_without_evidence_is_coded_on_the_whole_text() {
    let tag =
        |evidence| Tag { code: Arc::from("death-penalty"), theme: Arc::from("life-and-liberty"), evidence };
    // of another text, as made by hand
    let elsewhere = Evidence { rule: Arc::from("a rule"), span: 1..900 };
    for evidence in [vec![], vec![elsewhere]] {
        let mut made = Recommendation::new("Čtyři 🕊️");
        made.id = "XXX-00-1".to_string();
        let coding = Coding { tags: vec![tag(evidence)], ..Coding::default() };
        let coded = CodedList::new(Codebook::core(), vec![CodedRecommendation::new(made, coding)]);
        let (path, parts) = project("whole", &coded);
        let found = selections(&parts["project.qde"], "XXX-00-1");
        assert_eq!(found.iter().map(|(start, end, _)| (*start, *end)).collect::<Vec<_>>(), [(0, 8)]);
        assert!(qda_corrections(&path, &coded).expect("a project").0.rows.is_empty());
    }
    let nobody = CodedRecommendation::new(Recommendation::new("Abolish"), Coding::default());
    let path = scratch("qda-refused").join("list.qdpx");
    let error = qda_file(&path, &CodedList::new(Codebook::core(), vec![nobody])).expect_err("no id");
    assert_eq!(
        error.to_string(),
        "project: found a recommendation without an id, expected an id of its own for each recommendation, as a list has that \
         was read"
    );
    assert!(!path.exists());
}

#[test]
fn faults_of_files_are_sentences() {
    let folder = scratch("qda-faults");
    let coded = list();
    let says = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("a writable folder");
        let error = qda_corrections(folder.join(name), &coded).expect_err("a fault").to_string();
        error.rsplit(['/', '\\']).next().unwrap_or_default().to_string()
    };
    let expected = "expected a REFI-QDA project (.qdpx), as QDA programs export it";
    assert_eq!(
        says("a.qdpx", b"<Project/>"),
        format!("a.qdpx: found a file that is not a zip archive, {expected}")
    );
    let no_project = package(&[("sources/a.txt", "text")]);
    assert_eq!(
        says("b.qdpx", &no_project),
        format!("b.qdpx: found a zip archive without project.qde, {expected}")
    );
    let (path, _) = project("truncated", &coded);
    let whole = std::fs::read(path).expect("a file");
    assert_eq!(
        says("c.qdpx", &whole[..whole.len() / 2]),
        "c.qdpx: found a damaged zip archive, expected a whole REFI-QDA project (.qdpx)"
    );
    let xml = |xml: &str| says("d.qdpx", &package(&[("project.qde", xml)]));
    assert_eq!(
        xml("<Project><CodeBook>"),
        "d.qdpx: found the end within the part \"project.qde\", expected a whole REFI-QDA project (.qdpx)"
    );
    assert_eq!(
        xml("<!DOCTYPE a [<!ENTITY b \"c\">]><Project/>"),
        "d.qdpx: found a document type declaration in the part \"project.qde\", expected none, as QDA programs write it"
    );
    assert_eq!(
        xml(&"<Code>".repeat(300)),
        "d.qdpx: found tags nested more than 256 deep in the part \"project.qde\", expected a project as QDA programs write it"
    );
    let error = upr::read::Reader::new().bytes("e.qdpx", &whole).expect_err("no list").to_string();
    assert_eq!(
        error,
        "e.qdpx: found a project of a QDA program (.qdpx), expected the list itself; what was coded in the project is read with \
         --corrections-from"
    );
    // any damage ends in a result or a sentence, also within a sound archive
    let own = &project("own", &coded).1["project.qde"];
    for at in (0..own.len()).step_by(own.len() / 60).filter(|at| own.is_char_boundary(*at)) {
        for damaged in
            [own[..at].to_string(), own[at..].to_string(), own[..at].to_string() + "\u{0}<" + &own[at..]]
        {
            std::fs::write(folder.join("f.qdpx"), package(&[("project.qde", &damaged)]))
                .expect("a writable folder");
            drop(qda_corrections(folder.join("f.qdpx"), &coded));
        }
    }
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(folder.join("f.qdpx"), &damaged).expect("a writable folder");
        drop(qda_corrections(folder.join("f.qdpx"), &coded));
        std::fs::write(folder.join("f.qdpx"), &whole[..at]).expect("a writable folder");
        assert!(qda_corrections(folder.join("f.qdpx"), &coded).is_err(), "{at} of {} bytes", whole.len());
    }
}

#[test]
fn the_program_writes_a_project_and_keeps_what_is_there() {
    let path = scratch("qda-program").join("list.qdpx");
    let path = path.to_str().expect("a path");
    let run =
        |arguments: &[&str]| program("summary", &[&["--qda", path, "--by", "position"], arguments].concat());
    assert_eq!(run(&[]).status.code(), Some(0));
    // the same bytes again
    assert_eq!(run(&[]).status.code(), Some(0));
    let other = ["--filter", "issue=housing"];
    let again = run(&other);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        text(&again.stderr),
        format!(
            "summary: {path}: found a file that upr did not write, or that was changed since, expected the same bytes, or no \
             such file\n  next: name another one, or add --force to replace what is there\n"
        )
    );
    assert_eq!(run(&[&other[..], &["--force"]].concat()).status.code(), Some(0));
    assert_eq!(run(&["--force"]).status.code(), Some(0));
    assert_eq!(
        shown(&["--corrections-from", path]).lines().skip(4).collect::<Vec<_>>(),
        ["Corrections (0)", "None: the project has the tags of the list."]
    );
    let other = program("summary", &["--qda", "list.zip"]);
    assert_eq!(other.status.code(), Some(2));
    let said = text(&other.stderr);
    assert!(
        said.contains("expected a name that ends with .qdpx (a project) or .qdc (the codebook alone)"),
        "{said}"
    );
}
