//! Targets for what decides on tags: codebooks, patterns, groupings, verbs, models, the tagger itself, and the names of
//! States, sessions and positions.
//!
//! What must hold: each is loaded or refused with one sentence; whoever was loaded codes any text; evidence is a part of
//! the text; a text is coded the same whatever was coded before it.

use super::{parts, text};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use upr::code::{ActionCoder, Model};
use upr::count::Grouping;
use upr::evaluate::Crosswalk;
use upr::read::RecommendationList;
use upr::{Aspect, Codebook, Coding, Position, Recommendation, Session, State, StateName, Tagger};

/// A small codebook of our own: issues, lists and rules.
pub const CLIMATE: [(&str, &str); 4] = [
    ("codebook.csv", include_str!("../../../fixtures/codebook-climate/codebook.csv")),
    ("issues.csv", include_str!("../../../fixtures/codebook-climate/issues.csv")),
    ("lists.csv", include_str!("../../../fixtures/codebook-climate/lists.csv")),
    ("rules.csv", include_str!("../../../fixtures/codebook-climate/rules.csv")),
];

/// A text with much in it for a pattern to find.
const TEXT: &str = "Reduce and cut all emissions, relocate villages; climate change, plans (Côte d’Ivoire). Ratify \
    CEDAW and the CRPD - end women's and girls' hunger: train the police to train police officers. 1.1 ICC icc";

fn core() -> &'static Codebook {
    static CORE: OnceLock<Codebook> = OnceLock::new();
    CORE.get_or_init(Codebook::core)
}

/// The small codebook.
pub fn climate() -> Codebook {
    Codebook::from_files("climate", CLIMATE).expect("the fixture")
}

/// One sentence, no longer than a screen.
fn refused<T>(loaded: upr::Result<T>) -> Option<T> {
    match loaded {
        Ok(loaded) => Some(loaded),
        Err(error) => {
            let message = error.to_string();
            assert!(message.contains(": found ") && message.contains(", expected "), "{message}");
            assert!(message.len() < 20_000, "a message of {} bytes", message.len());
            None
        }
    }
}

/// Evidence is a part of the text, in the order of the text.
pub fn evidence_is_text(coding: &Coding, text: &str) {
    for tag in &coding.tags {
        assert!(!tag.evidence.is_empty(), "{} without evidence", tag.code);
        assert!(tag.evidence.is_sorted_by_key(|evidence| evidence.span.start), "{}", tag.code);
        for evidence in &tag.evidence {
            let matched = text.get(evidence.span.clone()).expect("a part of the text");
            assert!(!matched.is_empty(), "{}", evidence.rule);
            let (start, end) = evidence.characters(text);
            assert!(text.chars().skip(start).take(end - start).eq(matched.chars()));
        }
    }
    for suppressed in &coding.suppressed {
        assert!(text.get(suppressed.evidence.span.clone()).is_some_and(|matched| !matched.is_empty()));
    }
    let issues: BTreeSet<_> = coding.tags.iter().map(|tag| &tag.code).collect();
    assert_eq!(issues.len(), coding.tags.len(), "an issue is tagged once");
}

/// Tags with a codebook, if it makes a tagger.
fn tags(codebook: Codebook, texts: &[&str]) {
    let Some(tagger) = refused(Tagger::new(codebook)) else { return };
    for &text in texts {
        evidence_is_text(&tagger.code(text).coding, text);
    }
}

/// The files of a codebook, and a text.
pub fn codebook(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let [about, themes, issues, lists, rules, text] = [(); 6].map(|()| text(&mut parts));
    let mut files = vec![("codebook.csv", about), ("issues.csv", issues), ("rules.csv", rules)];
    if !themes.is_empty() {
        files.push(("themes.csv", themes));
    }
    if !lists.is_empty() {
        files.push(("lists.csv", lists));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_ref())).collect();
    let Some(codebook) = refused(Codebook::from_files("mine", files.iter().copied())) else { return };
    let again = Codebook::from_files("yours", files).expect("what loads once loads twice");
    assert_eq!(codebook.about().hash, again.about().hash);
    tags(codebook, &[TEXT, &text]);
}

/// Three patterns (of a rule, its `with` and its `without`), the terms of a list, and a text.
pub fn pattern(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let [pattern, with, without, terms, more] = [(); 5].map(|()| text(&mut parts));
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let kind = ["include", "include", "exclude", "exclude-all"][bytes.len() % 4];
    let rules = format!(
        "issue,kind,pattern,with,without\nguns,{kind},{},{},{}\nguns,include,police,,\n",
        cell(&pattern),
        cell(&with),
        cell(&without)
    );
    let terms: String = terms.split('|').map(|term| format!("a,{}\n", cell(term))).collect();
    let lists =
        format!("list,term\nact,train*\nact,abolish\n{}", if terms == "a,\"\"\n" { "" } else { &terms });
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        ("issues.csv", "issue,label,theme,definition\nguns,Guns,safety,\n"),
        ("lists.csv", lists.as_str()),
        ("rules.csv", rules.as_str()),
    ];
    let Some(codebook) = refused(Codebook::from_files("mine", files)) else { return };
    tags(codebook, &[TEXT, &more]);
}

/// The files of a grouping of `core`, and a crosswalk.
pub fn grouping(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let [about, groups, table] = [(); 3].map(|()| text(&mut parts));
    let mut files = vec![("grouping.csv", about.as_ref()), ("table.csv", table.as_ref())];
    if !groups.is_empty() {
        files.push(("groups.csv", groups.as_ref()));
    }
    if let Some(grouping) = refused(Grouping::from_files("mine", files, core())) {
        for issue in core().issues() {
            assert!(!grouping.groups_of(&issue.code).is_empty(), "{} is in a group or outside", issue.code);
        }
    }
    refused(Crosswalk::from_bytes("mine.csv", parts.next().unwrap_or(bytes), core()));
}

/// A folder of this process, in memory where the system has one.
pub fn scratch() -> std::path::PathBuf {
    let memory = std::path::Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let thread = format!("{:?}", std::thread::current().id()).replace(|c: char| !c.is_ascii_digit(), "");
    let folder = folder.join(format!("upr-fuzz-{}-{thread}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a writable folder");
    folder
}

/// A table of verbs, and a text.
pub fn verbs(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let path = scratch().join("verbs.csv");
    std::fs::write(&path, parts.next().unwrap_or_default()).expect("a writable folder");
    let coder = refused(ActionCoder::load(&path));
    std::fs::remove_file(&path).ok();
    let Some(coder) = coder else { return };
    for text in [TEXT, &text(&mut parts)] {
        let action = coder.code(text);
        assert!(action.verb.is_none_or(|verb| text.get(verb).is_some_and(|verb| !verb.is_empty())));
    }
}

/// A model of the small codebook, whose checksum is set right, and a text before it.
pub fn model(bytes: &[u8]) {
    let (text, body) = match bytes.iter().position(|byte| *byte == 0x1E) {
        Some(at) => (String::from_utf8_lossy(&bytes[..at]), &bytes[at + 1..]),
        None => (TEXT.into(), bytes),
    };
    refused(Model::from_bytes("input", body));
    let checksum = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let whole = [body, &checksum.to_le_bytes()].concat();
    let Some(model) = refused(Model::from_bytes("input", &whole)) else { return };
    assert_eq!(model.to_bytes(), whole, "what is read is written the same");
    let tagger = Tagger::new(climate()).expect("the fixture");
    if let Some(tagger) = refused(tagger.with_model(model)) {
        for text in [TEXT, &text] {
            evidence_is_text(&tagger.code(text).coding, text);
        }
    }
}

/// Everything that is bundled: the model's issues, all aspects, and action categories.
fn everything() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let tagger = Tagger::upr_info().and_then(|tagger| tagger.with_aspects(Aspect::bundled()));
        tagger.expect("what is bundled fits together").with_actions(ActionCoder::new())
    })
}

/// Any texts, with `core` and with everything that is bundled; one after the other as each alone.
pub fn tagger(bytes: &[u8]) {
    static CORE: OnceLock<Tagger> = OnceLock::new();
    let texts: Vec<String> =
        parts(bytes).take(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let recommendation = |text: &String| {
        let mut made = Recommendation::new(text);
        made.id = "XXX-00-1".to_string();
        made
    };
    for tagger in [CORE.get_or_init(|| Tagger::new(core().clone()).expect("bundled")), everything()] {
        let recommendations: Vec<_> = texts.iter().map(recommendation).collect();
        let list = RecommendationList::from(recommendations);
        let coded = tagger.tag(list).recommendations;
        assert_eq!(coded.len(), texts.len());
        for (coded, text) in coded.iter().zip(&texts) {
            evidence_is_text(&coded.coding, text);
            assert_eq!(coded.coding, tagger.code(text.as_str()).coding, "{text:?}");
            for (aspect, _) in tagger.codebooks().aspects() {
                evidence_is_text(coded.aspect(aspect).expect("it is coded"), text);
            }
            if let Some(verb) = coded.action.as_ref().and_then(|action| action.verb.clone()) {
                assert!(text.get(verb).is_some_and(|verb| !verb.is_empty()), "{text:?}");
            }
        }
    }
}

/// Names of States, sessions, and wordings of positions.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let name = StateName::new(&text);
    assert_eq!(name.state.map(|state| state.iso3), State::resolve(&text).map(|state| state.iso3));
    if let Some(state) = State::resolve(&text) {
        assert_eq!(StateName::new(state.name).iso3(), state.iso3);
    }
    let _ = (State::nearest(&text), State::by_iso3(&text), Position::from_wording(&text));
    let session = Session::new(&text);
    let again = Session::new(&session.to_string());
    assert_eq!((session.number, session.cycle()), (again.number, again.cycle()));
}
