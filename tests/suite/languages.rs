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
    1.1,Abolir a pena de morte e libertar os condenados,Chad,noted\n\
    1.2,Ratificar CEDAW e a Convenção contra a Tortura,Togo,supported\n\
    1.3,Ratificar ICRMW,Mali,supported\n\
    1.4,Abolish the death penalty,Ghana,noted\n"
    .as_bytes();

fn list() -> upr::read::RecommendationList {
    Reader::new().state_under_review("Kenya").session(35).bytes("lista.csv", LIST).expect("a list")
}

#[test]
fn texts_in_other_languages_are_not_coded() {
    let coded = Tagger::core().tag(list());
    let languages: Vec<_> = coded.recommendations.iter().map(|made| made.recommendation.language).collect();
    // the language of the third is not detected: it is that of its review
    assert_eq!(
        languages,
        [Language::Portuguese, Language::Portuguese, Language::Portuguese, Language::English].map(Some)
    );
    let by_issue = Tally::of(&coded, &[Dimension::Issue]);
    let count = |issue: &str| by_issue.get([issue]).expect("an issue").recommendations;
    assert_eq!(
        (count("death-penalty"), count("cedaw"), count(UNTAGGED), count("not_coded_pt")),
        (1, 0, 0, 3)
    );
    assert_eq!(coded.untagged().count(), 0);
    assert_eq!(
        coded.codebooks().label(Dimension::Issue, "not_coded_pt").as_deref(),
        Some("Not coded (Portuguese)")
    );
    assert_eq!(
        coded.files[0].warnings,
        [
            "3 recommendations are in Portuguese and not coded, since the codebook core has rules for English, French and \
             Spanish; a codebook may have rules for more languages, in files such as rules.pt.csv"
        ]
    );
    // what they are answered does not depend on their language
    let noted = coded.filter("issue=not_coded_pt,position=noted").expect("a filter");
    assert_eq!(noted.len(), 1);
    assert_eq!(noted.iter().next().expect("one").recommendation.position(), Some(Position::Noted));
}

#[test]
fn aspects_and_actions_are_not_coded_either() {
    let tagger = Tagger::core().with_aspects(upr::Aspect::bundled()).expect("aspects");
    let tagger = tagger.with_actions(upr::code::ActionCoder::new());
    let coded = tagger.tag(list());
    let goals = Tally::of(&coded, &[Dimension::Aspect(upr::Aspect::Sdg)]);
    assert_eq!(goals.get(["not_coded_pt"]).expect("a category").recommendations, 3);
    let actions = Tally::of(&coded, &[Dimension::ActionCategory]);
    assert_eq!(actions.get(["not_coded"]).expect("a category").recommendations, 3);
}

/// The verb that decides a French text: `fixtures/action/cases.fr.csv`.
#[test]
fn actions_in_french() {
    let tagger = Tagger::core().with_actions(upr::code::ActionCoder::new());
    let mut reader = csv::Reader::from_path(fixture("action/cases.fr.csv")).expect("the cases");
    let cases: Vec<_> = reader.records().map(|row| row.expect("a row of four cells")).collect();
    let rows: String = cases.iter().map(|case| format!("\"{}\",Spain\n", &case[0])).collect();
    let reader = Reader::new().state_under_review("Chad").session(31).language(Language::French);
    let list = reader.bytes("liste.csv", format!("text,from\n{rows}").as_bytes()).expect("a list");
    let coded = tagger.tag(list).recommendations;
    assert_eq!(coded.len(), cases.len());
    let mut wrong = Vec::new();
    for (coded, case) in coded.iter().zip(&cases) {
        let action = coded.action.clone().expect("an action");
        let verb = action.verb.map_or("", |span| &coded.recommendation.text[span]);
        if (action.category.number().to_string(), verb) != (case[1].to_string(), &case[2]) {
            wrong.push(format!("{} by {verb:?}, expected {case:?}", action.category));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn codebook(language: &str) -> upr::Result<Codebook> {
    let about = format!("key,value\nname,peine\nversion,1\n{language}");
    let files = [
        ("codebook.csv", about.as_str()),
        ("issues.csv", "issue,label,theme,definition\nmort,Peine de mort,vie,La peine capitale\n"),
        ("rules.csv", "issue,kind,pattern\nmort,include,pena de morte\n"),
    ];
    Codebook::from_files("peine", files)
}

#[test]
fn a_codebook_names_its_languages() {
    let portuguese = codebook("language,\"pt, es\"\n").expect("a codebook");
    assert_eq!(portuguese.languages(), [Language::Portuguese, Language::Spanish]);
    let coded = Tagger::new(portuguese).expect("a tagger").tag(list());
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

/// Reports in French and Spanish, written for these tests: each is read as its English twin would be.
#[test]
fn reports_in_french_and_spanish() {
    let expected = [
        ("4.1", Position::Supported, "NLD;TTO", "treaty-ratification"),
        ("4.2", Position::Supported, "BOL;CIV;IRN", "violence-against-women"),
        ("4.3", Position::Supported, "EGY", "education"),
        ("4.3", Position::Supported, "HTI", ""),
        ("5.1", Position::Noted, "TUR", "asylum-and-refugees"),
        ("5.2", Position::Noted, "ESP", "detention"),
        ("6.1", Position::Pending, "KOR", "legislation"),
    ];
    holds("languages/rapport-fr.txt", ("ISL", 40, "A/HRC/99/7"), &expected);
    let expected = [
        ("4.1", Position::Supported, "NLD;TTO", "ilo-conventions"),
        ("4.2", Position::Supported, "CIV;COD;IRN", "trafficking"),
        ("4.3", Position::Supported, "EGY", "persons-with-disabilities"),
        ("4.3", Position::Supported, "HTI", "human-rights-education"),
        ("5.1", Position::Noted, "TUR", "death-penalty"),
        ("5.2", Position::Noted, "GBR", "reproductive-health"),
        ("6.1", Position::Pending, "KOR", "national-human-rights-institution"),
    ];
    holds("languages/informe-es.txt", ("AND", 36, "A/HRC/99/8"), &expected);
}

#[track_caller]
fn holds(file: &str, review: (&str, u16, &str), expected: &[(&str, Position, &str, &str)]) {
    let coded = Tagger::core().tag(upr::read::path(fixture(file)).expect("a report"));
    assert_eq!(coded.files[0].form(), "report");
    for (coded, (number, position, states, issue)) in coded.recommendations.iter().zip(expected) {
        let made = &coded.recommendation;
        assert_eq!(made.state_under_review.as_ref().map(|name| name.iso3()), Some(review.0));
        assert_eq!(made.session.as_ref().and_then(|session| session.number), Some(review.1));
        assert_eq!(made.document.as_deref(), Some(review.2));
        let mut named: Vec<&str> = made.recommending_states.iter().map(|name| name.iso3()).collect();
        named.sort_unstable();
        assert_eq!(
            (made.paragraph.as_deref(), made.position()),
            (Some(*number), Some(*position)),
            "{}",
            made.text
        );
        assert_eq!(named.join(";"), *states, "{}", made.text);
        assert!(issue.is_empty() || coded.coding.has(issue), "{}: no {issue}", made.text);
    }
    assert_eq!(coded.recommendations.len(), expected.len());
}

/// Tables with headers and answers in French and Spanish.
#[test]
fn tables_in_french_and_spanish() {
    let french = "Numéro;Recommandation;État recommandant;Réponse\n1.1;Abolir la peine de mort;Espagne;Acceptée\n\
        1.2;Former la police aux droits de l'homme;Pays-Bas, Togo et Côte d'Ivoire;Prend note\n\
        1.3;Ratifier le Statut de Rome;Suisse;Partiellement acceptée\n";
    let spanish = "Número;Recomendación;Estado recomendante;Respuesta\n1.1;Abolir la pena de muerte;España;Aceptada\n\
        1.2;Capacitar a la policía en derechos humanos;Países Bajos, Togo y Côte d'Ivoire;Toma nota\n\
        1.3;Ratificar el Estatuto de Roma;Suiza;Aceptada en parte\n";
    for table in [french, spanish] {
        let list = Reader::new().state_under_review("Tchad").session(31).bytes("liste.csv", table.as_bytes());
        let coded = Tagger::core().tag(list.expect("a list"));
        let made: Vec<_> = coded
            .recommendations
            .iter()
            .map(|coded| (coded.recommendation.position(), coded.recommendation.recommending_states.len()))
            .collect();
        let expected = [(Position::Supported, 1), (Position::Noted, 3), (Position::SupportedInPart, 1)];
        assert_eq!(made, expected.map(|(position, states)| (Some(position), states)));
        for (coded, issue) in coded.recommendations.iter().zip(["death-penalty", "policing", "icc"]) {
            assert!(coded.coding.has(issue), "{}", coded.recommendation.text);
        }
        assert_eq!(coded.files[0].warnings, [""; 0]);
    }
}

/// A codebook of one's own with rules for two languages.
#[test]
fn rules_of_a_codebook_for_another_language() {
    let mine = |name: &'static str, table: &'static str| {
        let files = [
            ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
            ("issues.csv", "issue,label,theme\nwater,Water,rights\n"),
            ("rules.csv", "issue,kind,pattern\nwater,include,water\n"),
            (name, table),
        ];
        Codebook::from_files("mine", files)
    };
    let codebook =
        mine("rules.fr.csv", "issue,kind,pattern\nwater,include,accès à l'eau\n").expect("a codebook");
    assert_eq!(codebook.languages(), [Language::English, Language::French]);
    let hash = codebook.about().hash.clone();
    let tagger = Tagger::new(codebook).expect("a tagger");
    for (text, evidence) in [
        ("Garantir à toute la population l’accès à l’eau potable", "accès à l’eau"),
        ("Guarantee access to water for all", "water"),
    ] {
        let coding = tagger.code(text).coding;
        assert_eq!(&text[coding.tags[0].evidence[0].span.clone()], evidence);
    }
    assert_ne!(
        hash,
        mine("rules.fr.csv", "issue,kind,pattern\nwater,include,eau\n").expect("one").about().hash
    );
    let labels = mine("issues.fr.csv", "issue,label\nwater,Eau\n").expect("a codebook");
    assert_eq!(
        labels.in_language(Language::French).issue("water").map(|issue| issue.label.clone()),
        Some("Eau".into())
    );
    for (name, table, expected) in [
        (
            "rules.fr.csv",
            "issue,kind,pattern\nrain,include,pluie\n",
            "mine/rules.fr.csv, line 2, column issue: found \"rain\", expected an issue of issues.csv",
        ),
        (
            "rules.zh.csv",
            "issue,kind,pattern\nwater,include,水\n",
            "mine/rules.zh.csv: found a file for Chinese, expected a language that is written with blanks between words",
        ),
        (
            "rules.en.csv",
            "issue,kind,pattern\nwater,include,rain\n",
            "mine/rules.en.csv: found a file for English, expected what is for English in rules.csv, as codebook.csv says",
        ),
        (
            "issues.fr.csv",
            "issue,label\nwater,\n",
            "mine/issues.fr.csv, line 2, column label: found an empty cell, expected the name that people read",
        ),
        (
            "themes.fr.csv",
            "theme,label\nwater,Eau\n",
            "mine/themes.fr.csv, line 2, column theme: found \"water\", expected a theme of themes.csv",
        ),
    ] {
        assert_eq!(mine(name, table).expect_err("a fault").to_string(), expected);
    }
}

/// A file for a language that is never detected would never code anything.
#[test]
fn a_file_for_an_unknown_language_is_refused() {
    let folder = support::scratch("codebook-for-dutch");
    for file in ["codebook.csv", "issues.csv", "lists.csv", "rules.csv"] {
        std::fs::copy(fixture("codebook-climate").join(file), folder.join(file)).expect("a file");
    }
    std::fs::copy(folder.join("rules.csv"), folder.join("rules.nl.csv")).expect("a file");
    let error = Codebook::load(&folder).expect_err("a fault").to_string();
    let place = folder.join("rules.nl.csv").display().to_string();
    assert_eq!(
        error,
        format!(
            "{place}: found the language \"nl\", expected one of \"en\", \"fr\", \"es\", \"ar\", \"zh\", \"ru\", \"pt\", \"de\", \"it\" and \
             \"other\""
        )
    );
}

/// A table that cannot be read is one fault, though it is part of the hash as well.
#[test]
fn a_fault_of_another_language_is_reported_once() {
    let folder = support::scratch("codebook-with-a-fault");
    for file in ["codebook.csv", "issues.csv", "lists.csv", "rules.csv"] {
        std::fs::copy(fixture("codebook-climate").join(file), folder.join(file)).expect("a file");
    }
    std::fs::write(folder.join("rules.fr.csv"), "issue,kind,wording\n").expect("a file");
    let faults = Codebook::faults(&folder);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].to_string().contains("rules.fr.csv, line 1: found the column \"wording\""),
        "{}",
        faults[0]
    );
}

/// Labels, names and the page's own words in the reader's language.
#[test]
fn the_page_speaks_french_and_spanish() {
    for (language, title, words) in [
        (Language::French, "recommandations de l’Examen périodique universel", ["Peine de mort", "Espagne"]),
        (Language::Spanish, "recomendaciones del Examen Periódico Universal", ["Pena de muerte", "España"]),
    ] {
        let tagger = Tagger::core().in_language(language);
        let page = |list| upr::export::page(&tagger.tag(upr::read::path(fixture(list)).expect("a list")));
        let (page, of_two_cycles) = (page("usa-2020.csv"), page("two-cycles.csv"));
        assert!(page.contains(title) && words.iter().all(|word| page.contains(word)), "{language}");
        // what is left of English in the page's own words
        let is_english = |line: &&String| {
            let mut words = line.split(|c: char| !c.is_alphabetic());
            words.any(|word| {
                ["the", "of", "and", "by", "with", "each", "count", "issues", "Unit"].contains(&word)
            })
        };
        // the name of a database, and a dimension in the tables
        let known = ["Database of UPR Recommendations and Voluntary Pledges"];
        let own = [own_words(&page), own_words(&of_two_cycles)].concat();
        let english: Vec<&String> = own
            .iter()
            .filter(is_english)
            .filter(|line| !known.iter().any(|name| line.contains(name)))
            .collect();
        assert!(english.is_empty(), "{language}: {english:?}");
    }
}

/// The texts of a page but those of files, its style and its script.
fn own_words(page: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = page;
    while let Some((text, tag)) = rest.split_once('<') {
        words.push(text.to_string());
        let left_out = ["style", "script", "bdi"].into_iter().find(|name| tag.starts_with(name));
        let end = left_out.map_or(">".to_string(), |name| format!("</{name}>"));
        rest = tag.split_once(end.as_str()).map_or("", |(_, after)| after);
    }
    words
}
