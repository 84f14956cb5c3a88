//! Do counts and exports hold the codes of the aspects? Whether texts are coded as they should be is in `cases.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use support::{fixture, scratch};
use upr::count::{NOT_CODED, UNTAGGED};
use upr::export::{self, JsonOptions, unguarded};
use upr::{Aspect, Codebook, CodedList, Dimension, StoredList, Tagger, Tally, Unit};

fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let core = Tagger::new(Codebook::core()).expect("the bundled codebook");
        core.with_aspects(Aspect::bundled()).expect("a tagger")
    })
}

fn usa() -> (&'static Tagger, CodedList) {
    let tagger = tagger();
    let coded = tagger.tag(upr::read::path(fixture("usa-2020.csv")).expect("the bundled list"));
    (tagger, coded)
}

/// The aspects beside the issues change nothing about the issues, nor about each other.
#[test]
fn aspects_and_issues_do_not_meet() {
    let examples = Aspect::ALL.iter().flat_map(|aspect| aspect.codebook().examples().to_vec());
    let examples: Vec<String> = examples.map(|example| example.text).collect();
    let (with, alone) = (tagger(), Tagger::new(Codebook::core()).expect("the bundled codebook"));
    let tagger_of = |(aspect, codebook)| (aspect, Tagger::new(codebook).expect("a bundled codebook"));
    let each: Vec<(Aspect, Tagger)> = Aspect::bundled().into_iter().map(tagger_of).collect();
    let texts = upr::read::path(fixture("usa-2020.csv")).expect("the bundled list").recommendations;
    for text in texts
        .iter()
        .map(|recommendation| recommendation.text.as_str())
        .chain(examples.iter().step_by(5).map(String::as_str))
    {
        assert_eq!(with.code(text).coding, alone.code(text).coding, "{text}");
        let coded = with.code(text);
        for (aspect, tagger) in &each {
            assert_eq!(coded.aspect(*aspect), Some(&tagger.code(text).coding), "{text}");
        }
        assert_eq!(alone.code(text).aspects().count(), 0);
    }
}

#[test]
fn what_was_not_coded_has_a_name_of_its_own() {
    let list = || {
        upr::read::Reader::new().bytes("a.csv", b"text\nWhatever it may be\nRatify CEDAW\n").expect("a list")
    };
    let core = Tagger::new(Codebook::core()).expect("a tagger");
    let coded = core.tag(list());
    let rows = Tally::with_positions(&coded, Dimension::Aspect(Aspect::Instrument));
    let [row] = rows.as_slice() else { panic!("one category: {rows:?}") };
    assert_eq!((&*row.category, row.count.recommendations), (NOT_CODED, 2));

    let aspects = [(Aspect::Instrument, Aspect::Instrument.codebook())];
    let tagger = core.with_aspects(aspects).expect("a tagger");
    let coded = tagger.tag(list());
    let count = |dimension, category| {
        Tally::of(&coded, &[dimension]).get([category]).unwrap().of(Unit::Recommendations)
    };
    assert_eq!(count(Dimension::Aspect(Aspect::Instrument), "cedaw"), 1);
    assert_eq!(count(Dimension::Aspect(Aspect::Instrument), UNTAGGED), 1);
    assert_eq!(count(Dimension::Aspect(Aspect::Sdg), NOT_CODED), 2);
    let rows = Tally::with_positions(&coded, Dimension::Aspect(Aspect::Instrument));
    assert_eq!(rows.len(), Aspect::Instrument.codebook().issues().len() + 1, "zeros stay");
    assert_eq!(rows.last().map(|row| &*row.category), Some(UNTAGGED));
    let aspects = Dimension::ALL.iter().filter_map(|dimension| match dimension {
        Dimension::Aspect(aspect) => Some(*aspect),
        _ => None,
    });
    assert_eq!(aspects.collect::<Vec<_>>(), Aspect::ALL);
}

type Row = BTreeMap<String, String>;

#[test]
fn the_export_holds_codes_evidence_and_counts() {
    let (tagger, coded) = usa();
    let folder = scratch("aspects");
    let files: BTreeSet<String> = export::folder(&folder, &coded).expect("an export").into_iter().collect();
    let rows = |file: &str| -> Vec<Row> {
        let mut reader = csv::Reader::from_path(folder.join(file)).expect("an exported table");
        reader.deserialize().map(|row| row.expect("a row as long as its header")).collect()
    };
    let texts: BTreeMap<String, Vec<char>> = rows("recommendations.csv")
        .into_iter()
        .map(|row| (row["id"].clone(), unguarded(&row["text"]).chars().collect()))
        .collect();
    let key = |row: &Row| ["id", "aspect", "code"].map(|column| row[column].clone());
    let mut proven = BTreeSet::new();
    for row in rows("aspect_evidence.csv") {
        let [start, end] = ["start", "end"].map(|column| row[column].parse::<usize>().expect("a number"));
        assert_eq!(texts[&row["id"]][start..end].iter().collect::<String>(), unguarded(&row["matched"]));
        proven.insert(key(&row));
    }
    let aspects = rows("aspects.csv");
    assert_eq!(aspects.iter().map(key).collect::<BTreeSet<_>>(), proven, "every code has its evidence");
    let codes = rows("aspect_codes.csv");
    for row in &aspects {
        let code = codes.iter().find(|code| code["aspect"] == row["aspect"] && code["code"] == row["code"]);
        assert_eq!(code.expect("a code of the codebook")["label"], row["label"]);
    }
    for &aspect in Aspect::ALL {
        let file = format!("counts_by_{}.csv", aspect.as_str());
        assert!(files.contains(&file));
        let counts = rows(&file);
        assert_eq!(counts.len(), aspect.codebook().issues().len() + 1, "{file}");
        for row in counts.iter().filter(|row| row[aspect.as_str()] != UNTAGGED) {
            let ids = aspects
                .iter()
                .filter(|a| a["aspect"] == aspect.as_str() && a["code"] == row[aspect.as_str()]);
            assert_eq!(row["recommendations"], ids.count().to_string(), "{file}: {row:?}");
        }
    }
    let text = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let described: BTreeSet<String> = package["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .map(|resource| resource["path"].as_str().expect("a path").to_string())
        .chain(["datapackage.json".to_string()])
        .collect();
    assert_eq!(described, files);
    for (aspect, codebook) in tagger.codebooks().aspects() {
        assert_eq!(package["aspect_codebooks"][aspect.as_str()]["hash"], codebook.about().hash);
        for file in ["aspects.csv", "aspect_evidence.csv", "aspect_suppressed.csv"] {
            let mut reader = csv::Reader::from_path(folder.join(file)).expect("a table");
            let header = reader.headers().expect("a header").clone();
            let resource = package["resources"].as_array().into_iter().flatten().find(|r| r["path"] == file);
            let fields = resource.expect("described")["schema"]["fields"].as_array().expect("fields").clone();
            let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
            assert_eq!(header.iter().collect::<Vec<_>>(), names);
        }
    }

    let mut written = Vec::new();
    export::json(&mut written, &coded, &JsonOptions::default()).expect("JSON");
    let document: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!(document["aspect_codebooks"]["sdg"]["name"], "sdgs");
    let recommendations = document["recommendations"].as_array().expect("a list");
    let codes = |recommendation: &serde_json::Value| -> usize {
        let along = recommendation["aspects"].as_object().expect("aspects").values();
        along.map(|along| along["tags"].as_array().map_or(0, Vec::len)).sum()
    };
    assert_eq!(recommendations.iter().map(codes).sum::<usize>(), aspects.len());
    // the coded list is a serde value still
    let text = serde_json::to_string(&coded).expect("JSON");
    let stored: StoredList = serde_json::from_str(&text).expect("what was written");
    assert_eq!(stored.with(tagger.codebooks().clone()).expect("the same back"), coded);
}

#[test]
fn a_list_without_aspects_is_written_without_their_tables() {
    let core = Tagger::new(Codebook::core()).expect("a tagger");
    let coded = core.tag(upr::read::Reader::new().bytes("a.csv", b"text\nRatify CEDAW\n").expect("a list"));
    let files = export::folder(scratch("no-aspects"), &coded).expect("an export");
    assert!(files.iter().all(|file| !file.contains("aspect") && !file.contains("sdg")), "{files:?}");
}

#[test]
fn a_list_with_aspects_is_read_back_with_their_codebooks() {
    let aspects = [(Aspect::Sdg, Aspect::Sdg.codebook())];
    let tagger =
        Tagger::new(Codebook::core()).and_then(|tagger| tagger.with_aspects(aspects)).expect("a tagger");
    let coded = tagger.tag(upr::read::Reader::new().bytes("a.csv", b"text\nEnd poverty\n").expect("a list"));
    let stored: StoredList =
        serde_json::from_str(&serde_json::to_string(&coded).expect("JSON")).expect("what was written");
    let error = stored.with(Codebook::core()).expect_err("a fault");
    let (core, goals) = (Codebook::core().identity(), Aspect::Sdg.codebook().identity());
    assert_eq!(
        error.to_string(),
        format!(
            "stored list: found a list coded with {core}, {goals} for sdg, expected one coded with {core}"
        )
    );
}
