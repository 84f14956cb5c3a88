//! Loads `verbs.csv`, the table of verbs that users edit, and `words.csv`, the small words around verbs; prepares
//! both for the look-up of words by their hash.

use super::inflect::{Form, forms, spellings};
use crate::coded::ActionCategory;
use crate::error::{Error, Result, quoted};
use crate::files::bundled::bundled_rows;
use crate::files::sheet::Sheet;
use crate::text::hash::{Fnv, Spread};
use crate::text::language::Language;
use crate::text::words::Words;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, LazyLock};

/// The table that comes with this crate for a language, with the words around its verbs and the end of its adverbs.
struct Bundled {
    language: Language,
    verbs: &'static str,
    words: &'static str,
    adverbs: &'static str,
}

const BUNDLED: [Bundled; 3] = [
    Bundled {
        language: Language::English,
        verbs: include_str!("verbs.csv"),
        words: include_str!("words.csv"),
        adverbs: "ly",
    },
    Bundled {
        language: Language::French,
        verbs: include_str!("verbs.fr.csv"),
        words: include_str!("words.fr.csv"),
        adverbs: "ment",
    },
    Bundled {
        language: Language::Spanish,
        verbs: include_str!("verbs.es.csv"),
        words: include_str!("words.es.csv"),
        adverbs: "mente",
    },
];

fn bundled(language: Language) -> &'static Bundled {
    BUNDLED.iter().find(|one| one.language == language).unwrap_or(&BUNDLED[0])
}

/// The bundled verbs of other languages, made ready when the first text comes.
static OTHERS: [LazyLock<Verbs>; 2] =
    [LazyLock::new(|| Verbs::bundled(Language::French)), LazyLock::new(|| Verbs::bundled(Language::Spanish))];

const TABLE: Sheet<'static> = Sheet {
    name: "verbs.csv",
    columns: &["verb", "category", "noun", "object", "note"],
    required: 2,
    optional: false,
    others: false,
};
/// The category cell of a verb that says nothing itself.
const NEXT: &str = "next";

/// A row of `verbs.csv`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// As written: `adopt`, or `adopt + measure*|step*`.
    pub(crate) name: Arc<str>,
    /// Words of which the object must have one; none if any object will do.
    pub(crate) object: Vec<Pattern>,
    /// None for a verb that leaves the decision to the next one.
    pub(crate) category: Option<ActionCategory>,
}

/// A word of an object, whole or by its beginning.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    letters: String,
    open: bool,
}

impl Pattern {
    pub(crate) fn matches(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.letters) } else { word == self.letters }
    }
}

/// A form of an entry's verb, found by its first word.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) entry: usize,
    pub(crate) form: Form,
    /// The words after the first.
    pub(crate) rest: Vec<u64>,
}

/// What a word does around verbs, as bits.
pub(crate) mod role {
    pub(crate) const ADVERB: u16 = 1;
    pub(crate) const OPENING: u16 = 2;
    pub(crate) const BEFORE_NOUN: u16 = 4;
    pub(crate) const ENDS_OBJECT: u16 = 8;
    pub(crate) const MEANS: u16 = 16;
    pub(crate) const JOINS: u16 = 32;
    pub(crate) const NO_ADVERB: u16 = 64;
    pub(crate) const ARTICLE: u16 = 128;
    pub(crate) const BE: u16 = 256;
    /// Before gerunds, as French *en*.
    pub(crate) const WITH_GERUND: u16 = 512;
    pub(crate) const NAMES: [(&str, u16); 10] = [
        ("be", BE),
        ("with-gerund", WITH_GERUND),
        ("article", ARTICLE),
        ("adverb", ADVERB),
        ("opening", OPENING),
        ("before-noun", BEFORE_NOUN),
        ("ends-object", ENDS_OBJECT),
        ("means", MEANS),
        ("joins", JOINS),
        ("no-adverb", NO_ADVERB),
    ];
}

/// The verbs, prepared.
#[derive(Debug, Clone)]
pub(crate) struct Verbs {
    pub(crate) entries: Vec<Entry>,
    pub(crate) hash: u64,
    pub(crate) language: Language,
    /// How its adverbs end: *quickly*.
    pub(crate) adverbs: &'static str,
    words: HashMap<u64, Known, BuildHasherDefault<Spread>>,
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// What it does around verbs.
    pub(crate) roles: u16,
    /// The forms that begin with it, the most particular first.
    pub(crate) candidates: Vec<Candidate>,
}

/// The hash under which a folded word is looked up.
pub(crate) fn word_hash(word: &str) -> u64 {
    Fnv::new().add(word.as_bytes()).value()
}

impl Verbs {
    pub(crate) fn word(&self, word: u64) -> Option<&Known> {
        self.words.get(&word)
    }

    /// Reads the table of verbs of this language; `origin` names it in messages.
    pub(crate) fn read(origin: &str, bytes: &[u8], language: Language) -> Result<Verbs> {
        let sheet = Sheet { name: origin, ..TABLE };
        let around = bundled(language);
        let mut hash = Fnv::new().add_field(around.words);
        let mut seen: BTreeMap<(String, String), u64> = BTreeMap::new();
        let (mut entries, mut candidates) = (Vec::new(), Vec::new());
        for row in sheet.rows("", Some(bytes))? {
            let [verb, written, noun, objects_cell, _] = row.cells.as_slice() else { continue };
            if [verb, noun, objects_cell, written].iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if words(verb, language).is_empty() {
                return Err(row.unexpected(
                    "verb",
                    found_in(verb),
                    "a verb in its base form, such as \"adopt\"",
                ));
            }
            if !noun.is_empty() && words(noun, language).len() != 1 {
                return Err(row.unexpected("noun", quoted(noun), "one word, such as \"adoption\""));
            }
            let object = objects(objects_cell, language).map_err(|found| {
                row.unexpected("object", found, "words, with a * only at their end, separated by |")
            })?;
            let category = match written.as_str() {
                NEXT => None,
                _ => match written.parse().ok().and_then(ActionCategory::from_number) {
                    Some(category) => Some(category),
                    None => {
                        return Err(row.unexpected("category", found_in(written), "1, 2, 3, 4, 5 or next"));
                    }
                },
            };
            let key = (words(verb, language).join(" "), objects_cell.clone());
            if let Some(first) = seen.insert(key, row.line) {
                let found = format!("{} again (first in line {first})", quoted(verb));
                return Err(row.unexpected("verb", found, "a verb that is used once for an object"));
            }
            hash = [verb, noun, objects_cell, written].iter().fold(hash, |hash, cell| hash.add_field(cell));
            let name = if object.is_empty() { verb.clone() } else { format!("{verb} + {}", objects_cell) };
            collect(verb, noun, entries.len(), language, &mut candidates);
            entries.push(Entry { name: name.into(), object, category });
        }
        if entries.is_empty() {
            return Err(Error::unexpected(sheet.place(""), "no verb", "a row for each verb"));
        }
        let words = known_words(candidates, &entries, around.words);
        Ok(Verbs { hash: hash.value(), language, adverbs: around.adverbs, entries, words })
    }

    /// The table that comes with this crate for a language.
    pub(crate) fn bundled(language: Language) -> Verbs {
        // the file is part of the program and every test loads it, so this cannot fail for a user
        Verbs::read("verbs.csv", bundled(language).verbs.as_bytes(), language)
            .expect("the bundled verbs are valid")
    }

    /// The bundled verbs of another language than English, if there are any.
    pub(crate) fn of_other(language: Language) -> Option<&'static Verbs> {
        let at = BUNDLED[1..].iter().position(|one| one.language == language)?;
        OTHERS.get(at).map(|verbs| &**verbs)
    }

    /// All bundled tables of other languages, as one.
    pub(crate) fn hash_of_others() -> u64 {
        let tables = BUNDLED[1..].iter().flat_map(|one| [one.verbs, one.words]);
        tables.fold(Fnv::new(), |hash, table| hash.add_field(table)).value()
    }
}

fn found_in(cell: &str) -> String {
    if cell.is_empty() { "an empty cell".to_string() } else { quoted(cell) }
}

fn objects(cell: &str, language: Language) -> Result<Vec<Pattern>, String> {
    let mut all = Vec::new();
    for part in cell.split('|').map(str::trim).filter(|part| !part.is_empty()) {
        let (letters, open) = part.strip_suffix('*').map_or((part, false), |letters| (letters, true));
        match words(letters, language).as_slice() {
            [word] if !letters.contains('*') => all.push(Pattern { letters: word.clone(), open }),
            _ => return Err(quoted(part)),
        }
    }
    Ok(all)
}

/// The folded words of a cell.
fn words(cell: &str, language: Language) -> Vec<String> {
    let mut split = Words::of(language);
    split.split(cell);
    split.iter().map(str::to_string).collect()
}

/// All forms of an entry. In `re-examine` the second part is inflected, otherwise the first word.
fn collect(verb: &str, noun: &str, entry: usize, language: Language, to: &mut Vec<(u64, Candidate)>) {
    let phrase = words(verb, language);
    let inflected =
        verb.split_whitespace().next().map_or(0, |first| words(first, language).len().saturating_sub(1));
    let nouns = words(noun, language).into_iter();
    let nouns = nouns.flat_map(|noun| spellings(&noun)).map(|noun| (vec![noun], Form::Noun));
    let verbs = forms(&phrase[inflected], language).into_iter().map(|(word, form)| {
        let mut phrase = phrase.clone();
        phrase[inflected] = word;
        (phrase, form)
    });
    for (phrase, form) in verbs.chain(nouns) {
        let rest = phrase[1..].iter().map(|word| word_hash(word)).collect();
        to.push((word_hash(&phrase[0]), Candidate { entry, form, rest }));
    }
}

fn known_words(
    all: Vec<(u64, Candidate)>,
    entries: &[Entry],
    around: &'static str,
) -> HashMap<u64, Known, BuildHasherDefault<Spread>> {
    let mut known: HashMap<u64, Known, BuildHasherDefault<Spread>> = HashMap::default();
    for (first, candidate) in all {
        known.entry(first).or_default().candidates.push(candidate);
    }
    for word in known.values_mut() {
        // longer phrases before shorter, a named object before any, then the base form, then the order of the file
        word.candidates.sort_by_key(|candidate| {
            let any_object = entries[candidate.entry].object.is_empty();
            (usize::MAX - candidate.rest.len(), any_object, candidate.form, candidate.entry)
        });
    }
    for [name, list] in bundled_rows(around) {
        let Some((_, bit)) = role::NAMES.iter().find(|(known, _)| *known == name) else { continue };
        for word in list.split_whitespace().flat_map(|word| words(word, Language::English).pop()) {
            known.entry(word_hash(&word)).or_default().roles |= bit;
        }
    }
    known
}
