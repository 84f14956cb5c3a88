//! Do codebooks load however a spreadsheet saved them, and does a small one of one's own work?

use std::collections::BTreeSet;
use support::fixture;
use upr::{Aspect, Codebook, Language, Tagger};

/// What is read of a bundled codebook when it is asked for is what its folder holds, faults included.
#[test]
fn the_bundled_codebooks_are_their_folders() {
    let issues = Codebook::BUNDLED.map(|name| Codebook::bundled(name).expect("a name in the list"));
    let aspects = Aspect::ALL.iter().map(|aspect| aspect.codebook());
    for bundled in issues.into_iter().chain(aspects) {
        let folder = support::root().join("src/codebook").join(bundled.name());
        let loaded = Codebook::load(folder).expect("a codebook without faults");
        assert_eq!(bundled.about(), loaded.about());
        assert_eq!(bundled.languages(), loaded.languages(), "{}", bundled.name());
        for language in [None, Some(Language::English), Some(Language::French), Some(Language::Spanish)] {
            assert_eq!(
                bundled.rules_in(language),
                loaded.rules_in(language),
                "{} {language:?}",
                bundled.name()
            );
        }
        assert_eq!(bundled.examples(), loaded.examples());
        for language in [Language::French, Language::Spanish] {
            let [bundled, loaded] =
                [&bundled, &loaded].map(|codebook| codebook.clone().in_language(language));
            assert_eq!((bundled.issues(), bundled.themes()), (loaded.issues(), loaded.themes()));
            let english = Codebook::named("core").expect("core");
            assert!(bundled.name() != "core" || bundled.issues()[0].label != english.issues()[0].label);
        }
    }
}

#[test]
fn the_bundled_codebooks_are_whole() {
    for name in Codebook::BUNDLED {
        let codebook = Codebook::bundled(name).expect("a name in the list");
        assert_eq!(codebook.name(), name);
        assert!(!codebook.about().title.is_empty() && !codebook.about().description.is_empty(), "{name}");
        let with_rules: BTreeSet<&str> = codebook.rules().iter().map(|rule| &*rule.issue).collect();
        for issue in codebook.issues() {
            assert!(
                !issue.definition.is_empty() && !issue.label.is_empty(),
                "{} has no definition",
                issue.code
            );
            assert!(with_rules.contains(&*issue.code), "{} has no rule", issue.code);
        }
        for theme in codebook.themes() {
            let used = codebook.issues().iter().any(|issue| issue.theme == theme.code);
            assert!(used && !theme.definition.is_empty(), "{} has no issue or no definition", theme.code);
        }
    }
    let core = Codebook::core();
    for code in ["policing", "death-penalty", "housing", "icc"] {
        assert!(core.issue(code).is_some(), "{code}");
    }
    assert!((10..=15).contains(&core.themes().len()), "about a dozen themes, found {}", core.themes().len());
    assert_eq!(Codebook::upr_info().issues().len(), 54);
}

#[test]
fn the_hash_follows_the_cells_and_not_the_bytes() {
    let files = |rules: &'static str| {
        [
            ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
            ("issues.csv", "issue,label,theme,definition\nguns,Guns,safety,\n"),
            ("rules.csv", rules),
        ]
    };
    let hash = |rules| Codebook::from_files("mine", files(rules)).expect("valid").about().hash.to_string();
    let plain = hash("issue,kind,pattern\nguns,include,gun*\n");
    assert_eq!(plain, hash("\u{feff}\"issue\";\"kind\";\"pattern\"\r\nguns;include;\"gun*\"\r\n"));
    assert_ne!(plain, hash("issue,kind,pattern\nguns,include,guns\n"));
}

#[test]
fn a_codebook_of_ones_own() {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    let has = |text: &str, issue: &str| tagger.code(text).coding.has(issue);
    assert!(has("Support communities displaced by rising sea levels", "climate-displacement"));
    assert!(has("Cut greenhouse gas emissions by half", "climate-action"));
    assert!(!has("End the climate of fear", "climate-action"));
}
