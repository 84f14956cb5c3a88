//! Is each text's language told, and is a text left alone in a language that the codebook has no rules for?
//!
//! Cases: `fixtures/languages/cases.csv`, a text and the code of its language, or nothing where its words do not tell it.

use support::fixture;
use upr::count::UNTAGGED;
use upr::read::Reader;
use upr::{Codebook, Codebooks, Dimension, Language, Position, Tagger, Tally};

#[test]
fn cases() {
    let mut reader = csv::Reader::from_path(fixture("languages/cases.csv")).expect("the file");
    let mut wrong = Vec::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let told = Language::of(&row[0]).map_or("", Language::as_str);
        if told != &row[1] {
            wrong.push(format!("{:?}: {told:?}, expected {:?}", &row[0], &row[1]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const LIST: &[u8] = "number,text,from,position\n\
    1.1,Abolir la peine de mort et libérer les condamnés,Chad,noted\n\
    1.2,Ratifier CEDAW et la Convention contre la torture,Togo,supported\n\
    1.3,Ratifier ICRMW,Mali,supported\n\
    1.4,Abolish the death penalty,Ghana,noted\n"
    .as_bytes();

fn list() -> upr::read::RecommendationList {
    Reader::new().state_under_review("Kenya").session(35).bytes("liste.csv", LIST).expect("a list")
}

#[test]
fn texts_in_other_languages_are_not_coded() {
    let coded = Tagger::core().tag(list());
    let languages: Vec<_> = coded.recommendations.iter().map(|made| made.recommendation.language).collect();
    // the third has no word that tells, and is in a review of French texts
    assert_eq!(
        languages,
        [Language::French, Language::French, Language::French, Language::English].map(Some)
    );
    let by_issue = Tally::of(&coded, &[Dimension::Issue]);
    let count = |issue: &str| by_issue.get([issue]).expect("an issue").recommendations;
    assert_eq!(
        (count("death-penalty"), count("cedaw"), count(UNTAGGED), count("not_coded_fr")),
        (1, 0, 0, 3)
    );
    assert_eq!(coded.untagged().count(), 0);
    assert_eq!(
        coded.codebooks().label(Dimension::Issue, "not_coded_fr").as_deref(),
        Some("Not coded (French)")
    );
    assert_eq!(
        coded.files[0].warnings,
        [
            "3 recommendations are in French and not coded, since the codebook core has rules for English; a codebook says in \
          codebook.csv which languages it is for, for example \"language,fr\""
        ]
    );
    // what they are answered does not depend on their language
    let noted = coded.filter("issue=not_coded_fr,position=noted").expect("a filter");
    assert_eq!(noted.len(), 1);
    assert_eq!(noted.iter().next().expect("one").recommendation.position(), Some(Position::Noted));
}

#[test]
fn aspects_and_actions_are_not_coded_either() {
    let tagger = Tagger::core().with_aspects(upr::Aspect::bundled()).expect("aspects");
    let tagger = tagger.with_actions(upr::code::ActionCoder::new());
    let coded = tagger.tag(list());
    let goals = Tally::of(&coded, &[Dimension::Aspect(upr::Aspect::Sdg)]);
    assert_eq!(goals.get(["not_coded_fr"]).expect("a category").recommendations, 3);
    let actions = Tally::of(&coded, &[Dimension::ActionCategory]);
    assert_eq!(actions.get(["not_coded"]).expect("a category").recommendations, 3);
}

fn codebook(language: &str) -> upr::Result<Codebook> {
    let about = format!("key,value\nname,peine\nversion,1\n{language}");
    let files = [
        ("codebook.csv", about.as_str()),
        ("issues.csv", "issue,label,theme,definition\nmort,Peine de mort,vie,La peine capitale\n"),
        ("rules.csv", "issue,kind,pattern\nmort,include,peine de mort\n"),
    ];
    Codebook::from_files("peine", files)
}

#[test]
fn a_codebook_names_its_languages() {
    let french = codebook("language,\"fr, es\"\n").expect("a codebook");
    assert_eq!(french.languages(), [Language::French, Language::Spanish]);
    let coded = Tagger::new(french).expect("a tagger").tag(list());
    let by_issue = Tally::of(&coded, &[Dimension::Issue]);
    assert_eq!(by_issue.get(["mort"]).expect("an issue").recommendations, 1);
    assert_eq!(by_issue.get(["not_coded_en"]).expect("a category").recommendations, 1);
    // without the row a codebook is for English
    assert_eq!(codebook("").expect("a codebook").languages(), [Language::English]);
    assert_eq!(
        codebook("language,French\n").expect_err("no code").to_string(),
        "peine/codebook.csv, line 4, column value: found \"French\", expected codes of languages, such as \"en fr\": \
         \"en\", \"fr\", \"es\", \"ar\", \"zh\", \"ru\", \"pt\", \"de\", \"it\" and \"other\""
    );
}

#[test]
fn labels_of_what_has_no_code() {
    let codebooks = Codebooks::new(Codebook::core()).with(upr::Aspect::Sdg, upr::Aspect::Sdg.codebook());
    let label = |dimension: Dimension, category: &'static str| {
        codebooks.label(dimension, category).map(|label| label.into_owned())
    };
    let sdg = Dimension::Aspect(upr::Aspect::Sdg);
    for (dimension, category, expected) in [
        (Dimension::Theme, "untagged", Some("No issue of the codebook")),
        (sdg, "untagged", Some("None of the codebook")),
        (sdg, "not_coded", Some("Not coded")),
        (sdg, "not_coded_ar", Some("Not coded (Arabic)")),
        (sdg, "sdg-4", Some("Goal 4")),
        (Dimension::Position, "noted", None),
    ] {
        assert_eq!(label(dimension, category).is_some(), expected.is_some(), "{category}");
        if let (Some(found), Some(expected)) = (label(dimension, category), expected) {
            assert!(found.starts_with(expected) || category == "sdg-4", "{category}: {found}");
        }
    }
}
