//! Do the aspects agree with OHCHR's own labels? Reads the thematic lists of `../shared/data`.
//! `MEASURED.md` has the figures.

use std::collections::BTreeSet;
use support::shared;
use upr::{Aspect, CodedList, Recommendation, Tagger};

fn coded(name: &str, aspect: Aspect) -> CodedList {
    let list = upr::read::path(shared(&format!("thematic-lists/{name}"))).expect("a thematic list");
    Tagger::new(aspect.codebook()).expect("a bundled codebook").tag(list)
}

/// Labels that both have, that only we have, and that only OHCHR has.
#[derive(Default)]
struct Agreement {
    both: u32,
    ours: u32,
    theirs: u32,
}

impl Agreement {
    fn add(&mut self, ours: &BTreeSet<String>, theirs: &BTreeSet<String>) {
        self.both += ours.intersection(theirs).count() as u32;
        self.ours += ours.difference(theirs).count() as u32;
        self.theirs += theirs.difference(ours).count() as u32;
    }

    fn print(&self, what: &str) -> f64 {
        let [both, ours, theirs] = [self.both, self.ours, self.theirs].map(f64::from);
        let f1 = 2.0 * both / (2.0 * both + ours + theirs);
        let (precision, recall) = (both / (both + ours), both / (both + theirs));
        println!("{what}: precision {precision:.3}, recall {recall:.3}, micro-F1 {f1:.3}");
        f1
    }
}

/// "16 - PEACE, JUSTICE AND STRONG INSTITUTIONS" is `sdg-16`.
fn goals(recommendation: &Recommendation) -> BTreeSet<String> {
    let number = |label: &String| label.chars().take_while(char::is_ascii_digit).collect::<String>();
    recommendation.labels.sdgs.iter().map(|label| format!("sdg-{}", number(label))).collect()
}

/// All of it was in view when the rules were written: the floors say that a change loses nothing. How well the rules do on
/// other reports is in `MEASURED.md`.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn goals_agree_with_those_of_ohchr() {
    let mut slovenia = Agreement::default();
    for coded in &coded("slovenia-cycle4.docx", Aspect::Sdg).recommendations {
        let ours = coded.coding.tags.iter().map(|tag| tag.code.to_string()).collect();
        slovenia.add(&ours, &goals(&coded.recommendation));
    }
    let slovenia = slovenia.print("goals, OHCHR's list of Slovenia");
    let tagger = Tagger::new(Aspect::Sdg.codebook()).expect("a bundled codebook");
    let texts =
        std::fs::read_to_string(shared("languages/recommendations-six-languages.jsonl")).expect("texts");
    let mut uhri = Agreement::default();
    for line in texts.lines().filter(|line| !line.trim().is_empty()) {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        let labels =
            record["sdgs"].as_array().expect("labels").iter().map(|label| label.as_str().expect("a label"));
        let number = |label: &str| label.chars().take_while(char::is_ascii_digit).collect::<String>();
        let theirs = labels.map(|label| format!("sdg-{}", number(label))).collect();
        let coding = tagger.code(record["en"].as_str().expect("a text")).coding;
        uhri.add(&coding.tags.iter().map(|tag| tag.code.to_string()).collect(), &theirs);
    }
    let uhri = uhri.print("goals, UHRI's 211 recommendations");
    assert!(slovenia >= 0.92 && uhri >= 0.91, "{slovenia} {uhri}");
}

/// Our codes under OHCHR's names, which differ from cycle to cycle. "General", "public officials" and labels that
/// are no persons have no code.
const PERSONS: &[(&str, &[&str])] = &[
    ("women", &["women & girls", "women"]),
    ("girls", &["women & girls"]),
    ("children", &["children", "children in vulnerable situations"]),
    ("youth", &["youth & juveniles"]),
    ("persons-with-disabilities", &["persons with disabilities"]),
    ("older-persons", &["older persons"]),
    ("lgbti-persons", &["lesbian, gay, bisexual"]),
    ("indigenous-peoples", &["indigenous peoples"]),
    ("minorities", &["minorities/"]),
    ("roma", &["roma, gypsies"]),
    ("migrants", &["migrants", "non-citizens"]),
    ("refugees-and-asylum-seekers", &["refugees & asylum seekers"]),
    ("internally-displaced-persons", &["internally displaced"]),
    ("stateless-persons", &["stateless persons"]),
    ("persons-deprived-of-liberty", &["persons deprived of their liberty"]),
    ("persons-in-poverty", &["persons living in poverty"]),
    ("disappeared-persons", &["disappeared persons"]),
    ("judges-and-lawyers", &["judges, lawyers"]),
    ("police-and-prison-officials", &["law enforcement / police"]),
    ("journalists", &["media"]),
    ("civil-society", &["civil society"]),
    ("health-staff", &["medical staff"]),
    ("teachers-and-students", &["educational staff"]),
    ("vulnerable-persons", &["vulnerable persons"]),
];

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn affected_persons_agree_with_those_of_ohchr() {
    for (file, floor) in [("slovenia-cycle4.docx", 0.78), ("slovenia-cycle2.docx", 0.72)] {
        let coded = coded(file, Aspect::AffectedPersons);
        let mut agreement = Agreement::default();
        for coded in &coded.recommendations {
            // by OHCHR's first name for the group, so that women and girls are one
            let known = |code: &str| PERSONS.iter().find(|(known, _)| *known == code);
            let ours = coded.coding.tags.iter().filter_map(|tag| known(&tag.code));
            let ours = ours.map(|(_, labels)| labels[0].to_string()).collect();
            let labels = coded.recommendation.labels.affected_persons.iter();
            let theirs = labels.filter_map(|label| {
                let label = label.to_lowercase();
                let named = |group: &&str| match *group {
                    "women" | "children" | "media" | "migrants" => label == *group,
                    group => label.starts_with(group),
                };
                PERSONS.iter().find(|(_, labels)| labels.iter().any(&named))
            });
            let theirs = theirs.map(|(_, labels)| labels[0].to_string()).collect();
            agreement.add(&ours, &theirs);
        }
        let f1 = agreement.print(&format!("affected persons, {file}"));
        assert!(f1 >= floor, "{file}: {f1}");
    }
}
