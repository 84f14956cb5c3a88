//! The tables by which wordings are compared: which words say nothing, which are one word, which verbs are one action,
//! which phrases are one thing, and how rare each is.
//!
//! They are CSV files beside this one, to be edited in a spreadsheet: `words.csv`, `actions.csv`, `concepts.csv` and
//! `rarity.csv`; the page of [`asks`](super) explains them. `rarity.csv` is counted, not written; a test says how.

use super::stem::stem;
use crate::files::bundled::bundled_rows;
use crate::text::words::Words;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// What a word of which `rarity.csv` knows nothing weighs: as much as one in ten of 25,609 texts.
const UNKNOWN_WEIGHT: u32 = 785;

/// What kind of verb it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActionKind {
    /// It names a measure: ratify, establish, amend.
    Specific,
    /// It names an aim: strengthen, ensure, combat.
    General,
    /// It says how strongly another verb is meant: consider, continue, strive.
    Force,
}

/// Verbs that ask for the same.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) kind: ActionKind,
}

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    skip: HashSet<String>,
    empty: HashSet<String>,
    same: HashMap<String, String>,
    pub(crate) families: Vec<Family>,
    actions: HashMap<String, usize>,
    /// By their first word, longest first: the words that follow, and the concept.
    phrases: HashMap<String, Vec<(Vec<String>, String)>>,
    support: HashMap<String, Vec<Vec<String>>>,
    rarity: HashMap<String, u32>,
}

/// The tables that come with this crate.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::bundled)
}

impl Lexicon {
    fn bundled() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for [kind, forms] in bundled_rows(include_str!("words.csv")) {
            let mut forms_of = forms.split_whitespace().map(str::to_string);
            match kind {
                "skip" => lexicon.skip.extend(forms_of),
                "empty" => lexicon.empty.extend(forms_of),
                "same" => {
                    let first = forms_of.next().unwrap_or_default();
                    lexicon.same.extend(forms_of.map(|form| (form, first.clone())));
                    lexicon.same.insert(first.clone(), first);
                }
                _ => {
                    let words: Vec<String> = forms_of.collect();
                    if let Some((first, rest)) = words.split_first() {
                        lexicon.support.entry(first.clone()).or_default().push(rest.to_vec());
                    }
                }
            }
        }
        for [name, kind, forms] in bundled_rows(include_str!("actions.csv")) {
            let kind = match kind {
                "force" => ActionKind::Force,
                "general" => ActionKind::General,
                _ => ActionKind::Specific,
            };
            for form in forms.split_whitespace() {
                let concept = form.starts_with('=').then(|| form.to_string());
                if let Some(word) = concept.or_else(|| lexicon.word(form)) {
                    lexicon.actions.entry(word).or_insert(lexicon.families.len());
                }
            }
            lexicon.families.push(Family { name: name.to_string(), kind });
        }
        for [concept, phrase] in bundled_rows(include_str!("concepts.csv")) {
            for phrase in expand(phrase) {
                let mut words = lexicon.words(&phrase);
                if !words.is_empty() {
                    let first = words.remove(0);
                    lexicon.phrases.entry(first).or_default().push((words, concept.to_string()));
                }
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            // of two concepts with one phrase the one that occurs first in the file is meant
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for [word, weight] in bundled_rows(include_str!("rarity.csv")) {
            if let Ok(weight) = weight.parse() {
                lexicon.rarity.insert(word.to_string(), weight);
            }
        }
        lexicon
    }

    /// The form in which a folded word is compared, unless it is one that says nothing.
    pub(super) fn word(&self, folded: &str) -> Option<String> {
        if self.skip.contains(folded) {
            return None;
        }
        Some(self.same.get(folded).cloned().unwrap_or_else(|| stem(folded)))
    }

    fn words(&self, text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.split(text);
        words.iter().filter_map(|word| self.word(word)).collect()
    }

    /// The concept that begins at the first of these words, and how many of them it takes.
    pub(super) fn concept<'l>(&'l self, words: &[String]) -> Option<(&'l str, usize)> {
        let (first, rest) = words.split_first()?;
        self.phrases.get(first)?.iter().find_map(|(phrase, concept)| {
            let here = rest.len() >= phrase.len() && rest[..phrase.len()] == phrase[..];
            here.then_some((concept.as_str(), 1 + phrase.len()))
        })
    }

    /// Whether a verb before this folded word says nothing: "adopt measures".
    pub(super) fn is_empty(&self, folded: &str) -> bool {
        self.empty.contains(folded)
    }

    /// The family of a word in its compared form, or of a concept that is itself a measure.
    pub(super) fn action(&self, word: &str) -> Option<usize> {
        self.actions.get(word).copied()
    }

    /// Whether a supporting clause begins at the first of these folded words, and how many words open it.
    pub(super) fn support(&self, folded: &[&str]) -> Option<usize> {
        let (first, rest) = folded.split_first()?;
        let phrases = self.support.get(*first)?;
        let opens = |phrase: &&Vec<String>| {
            rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(a, b)| a == b)
        };
        phrases.iter().filter(opens).map(|phrase| 1 + phrase.len()).max()
    }

    /// What a feature weighs, in hundredths: the natural logarithm of how many texts there are to one that has it.
    pub(super) fn weight(&self, feature: &str) -> u32 {
        self.rarity.get(feature).copied().unwrap_or(UNKNOWN_WEIGHT)
    }
}

/// All phrases that a phrase with choices means: `(open|) court` is "open court" and "court".
fn expand(phrase: &str) -> Vec<String> {
    let Some(open) = phrase.find('(') else { return vec![phrase.to_string()] };
    let (before, rest) = (&phrase[..open], &phrase[open + 1..]);
    let (mut depth, mut from, mut choices) = (0, 0, Vec::new());
    let mut after = "";
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            '|' if depth == 0 => {
                choices.push(&rest[from..at]);
                from = at + 1;
            }
            ')' if depth == 0 => {
                choices.push(&rest[from..at]);
                after = &rest[at + 1..];
                break;
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    let tails = expand(after);
    let each = choices.into_iter().flat_map(expand);
    each.flat_map(|choice| tails.iter().map(move |tail| format!("{before}{choice}{tail}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_written_out() {
        assert_eq!(expand("a (b|c (d|)) e"), ["a b e", "a c d e", "a c  e"]);
        assert_eq!(expand("(x|)y"), ["xy", "y"]);
        assert_eq!(expand(""), [""]);
    }

    #[test]
    fn the_tables_are_whole() {
        let lexicon = lexicon();
        for [kind, forms] in bundled_rows(include_str!("words.csv")) {
            assert!(
                ["skip", "empty", "same", "support"].contains(&kind) && !forms.is_empty(),
                "{kind} {forms}"
            );
        }
        for [name, kind, forms] in bundled_rows(include_str!("actions.csv")) {
            assert!(["force", "general", "specific"].contains(&kind), "{name}");
            for form in forms.split_whitespace() {
                let concept = form.starts_with('=').then(|| form.to_string());
                let family = concept.or_else(|| lexicon.word(form)).and_then(|word| lexicon.action(&word));
                let family = family.map(|at| lexicon.families[at].name.as_str());
                assert_eq!(family, Some(name), "{form} leads elsewhere or is skipped");
            }
        }
        for [concept, phrase] in bundled_rows(include_str!("concepts.csv")) {
            for phrase in expand(phrase) {
                assert!(!lexicon.words(&phrase).is_empty(), "{concept}: \"{phrase}\" has no word left");
            }
        }
    }
}
