//! Loads `verbs.csv`, the table of verbs that users edit, and `words.csv`, the small words around verbs; prepares
//! both for the look-up of words by their hash.

use super::ActionCategory;
use super::inflect::{Form, forms, spellings};
use crate::error::{Error, Place, Result, listed, quoted};
use crate::text::hash::Fnv;
use crate::files::decode::decode;
use crate::files::delimited::Delimited;
use crate::text::words::Words;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

pub(crate) const BUNDLED: &str = include_str!("verbs.csv");
const WORDS: &str = include_str!("words.csv");

const COLUMNS: [&str; 5] = ["verb", "noun", "object", "category", "note"];
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
    pub(crate) const NAMES: [(&str, u16); 9] = [
        ("be", BE),
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
    words: HashMap<u64, Known, BuildHasherDefault<Ready>>,
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// What it does around verbs.
    pub(crate) roles: u16,
    /// The forms that begin with it, the most particular first.
    pub(crate) candidates: Vec<Candidate>,
}

/// The words are hashed already.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Ready(u64);

impl Hasher for Ready {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The hash under which a folded word is looked up.
pub(crate) fn word_hash(word: &str) -> u64 {
    Fnv::new().add(word.as_bytes()).value()
}

impl Verbs {
    pub(crate) fn word(&self, word: u64) -> Option<&Known> {
        self.words.get(&word)
    }

    /// Reads the table; `origin` names it in messages.
    pub(crate) fn read(origin: &str, bytes: &[u8]) -> Result<Verbs> {
        let place = Place::file(origin);
        let columns = listed(COLUMNS);
        let text = decode(bytes, None).text;
        let known =
            |headers: &[String]| headers.iter().filter(|header| COLUMNS.contains(&header.as_str())).count();
        let table = Delimited::open(&text, known)
            .map_err(|found| Error::unexpected(place.clone(), found, format!("the columns {columns}")))?;
        let header = place.line(1);
        let mut positions = [None; COLUMNS.len()];
        for (at, name) in table.headers.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            let Some(column) = COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(name)) else {
                return Err(Error::unexpected(header, format!("the column {}", quoted(name)), columns));
            };
            if positions[column].replace(at).is_some() {
                return Err(Error::unexpected(header, format!("the column {} twice", quoted(name)), columns));
            }
        }
        for required in [0, 3] {
            if positions[required].is_none() {
                let found = format!("no column {}", quoted(COLUMNS[required]));
                return Err(Error::unexpected(header, found, columns));
            }
        }
        let mut hash = Fnv::new().add_field(WORDS);
        let mut seen: BTreeMap<(String, String), u64> = BTreeMap::new();
        let (mut entries, mut candidates) = (Vec::new(), Vec::new());
        for row in table {
            let line = place.line(row.number);
            let record = row.content.map_err(|reason| {
                let (found, expected) =
                    reason.split_once(", expected ").unwrap_or((&reason, "a row of cells"));
                Error::unexpected(line.clone(), found.trim_start_matches("found "), expected)
            })?;
            let cell = |at: usize| positions[at].and_then(|at| record.get(at)).unwrap_or("").trim();
            let [verb, noun, object, category] = [0, 1, 2, 3].map(cell);
            if [verb, noun, object, category].iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let unexpected = |column: &str, found: String, expected: &str| {
                Error::unexpected(line.column(column), found, expected)
            };
            if words(verb).is_empty() {
                return Err(unexpected("verb", found_in(verb), "a verb in its base form, such as \"adopt\""));
            }
            if !noun.is_empty() && words(noun).len() != 1 {
                return Err(unexpected("noun", quoted(noun), "one word, such as \"adoption\""));
            }
            let object = objects(object).map_err(|found| {
                unexpected("object", found, "words, with a * only at their end, separated by |")
            })?;
            let category = match category {
                NEXT => None,
                _ => match category.parse().ok().and_then(ActionCategory::from_number) {
                    Some(category) => Some(category),
                    None => return Err(unexpected("category", found_in(category), "1, 2, 3, 4, 5 or next")),
                },
            };
            let key = (words(verb).join(" "), cell(2).to_string());
            if let Some(first) = seen.insert(key, row.number) {
                let found = format!("{} again (first in line {first})", quoted(verb));
                return Err(unexpected("verb", found, "a verb that is used once for an object"));
            }
            [verb, noun, cell(2), cell(3)].iter().for_each(|cell| hash = hash.add_field(cell));
            let name = if object.is_empty() { verb.to_string() } else { format!("{verb} + {}", cell(2)) };
            collect(verb, noun, entries.len(), &mut candidates);
            entries.push(Entry { name: name.into(), object, category });
        }
        if entries.is_empty() {
            return Err(Error::unexpected(place, "no verb", "a row for each verb"));
        }
        let words = known_words(candidates, &entries);
        Ok(Verbs { hash: hash.value(), entries, words })
    }

    /// The table that comes with this crate.
    pub(crate) fn bundled() -> Verbs {
        // the file is part of the program and every test loads it, so this cannot fail for a user
        Verbs::read("verbs.csv", BUNDLED.as_bytes()).expect("the bundled verbs are valid")
    }
}

fn found_in(cell: &str) -> String {
    if cell.is_empty() { "an empty cell".to_string() } else { quoted(cell) }
}

fn objects(cell: &str) -> Result<Vec<Pattern>, String> {
    let mut all = Vec::new();
    for part in cell.split('|').map(str::trim).filter(|part| !part.is_empty()) {
        let (letters, open) = part.strip_suffix('*').map_or((part, false), |letters| (letters, true));
        match words(letters).as_slice() {
            [word] if !letters.contains('*') => all.push(Pattern { letters: word.clone(), open }),
            _ => return Err(quoted(part)),
        }
    }
    Ok(all)
}

/// The folded words of a cell.
fn words(cell: &str) -> Vec<String> {
    let mut split = Words::default();
    split.split(cell);
    let keep = |word: &&str| !matches!(*word, "." | ",");
    split.line.split_whitespace().filter(keep).map(str::to_string).collect()
}

/// All forms of an entry. In `re-examine` the second part is inflected, otherwise the first word.
fn collect(verb: &str, noun: &str, entry: usize, to: &mut Vec<(u64, Candidate)>) {
    let phrase = words(verb);
    let inflected = verb.split_whitespace().next().map_or(0, |first| words(first).len().saturating_sub(1));
    let nouns =
        words(noun).into_iter().flat_map(|noun| spellings(&noun)).map(|noun| (vec![noun], Form::Noun));
    let verbs = forms(&phrase[inflected]).into_iter().map(|(word, form)| {
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
) -> HashMap<u64, Known, BuildHasherDefault<Ready>> {
    let mut known: HashMap<u64, Known, BuildHasherDefault<Ready>> = HashMap::default();
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
    for line in WORDS.lines().skip(1) {
        let Some((name, list)) = line.split_once(',') else { continue };
        let Some((_, bit)) = role::NAMES.iter().find(|(known, _)| *known == name) else { continue };
        for word in list.split_whitespace().flat_map(|word| words(word).pop()) {
            known.entry(word_hash(&word)).or_default().roles |= bit;
        }
    }
    known
}
