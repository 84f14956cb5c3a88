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

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn goals_agree_with_those_of_ohchr() {
    let coded = coded("slovenia-cycle4.docx", Aspect::Sdg);
    let path = support::root().join("tests/gold/sdgs-in-view.csv");
    let text = std::fs::read_to_string(path).expect("the half that the rules were written by");
    let in_view: BTreeSet<u64> = text.lines().skip(1).map(|row| row.parse().expect("a row")).collect();
    let [mut seen, mut unseen, mut all] = [const { Agreement { both: 0, ours: 0, theirs: 0 } }; 3];
    let mut found = 0;
    for coded in &coded.recommendations {
        let ours = coded.coding.tags.iter().map(|tag| tag.code.to_string()).collect();
        let theirs = goals(&coded.recommendation);
        all.add(&ours, &theirs);
        if in_view.contains(&coded.recommendation.sources[0].row) {
            found += 1;
            seen.add(&ours, &theirs);
        } else {
            unseen.add(&ours, &theirs);
        }
    }
    assert_eq!(found, in_view.len(), "the rows of the half in view");
    seen.print("goals, the half in view");
    let unseen = unseen.print("goals, the unseen half");
    let all = all.print("goals, all");
    assert!(unseen >= 0.80 && all >= 0.84, "{unseen} {all}");
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
