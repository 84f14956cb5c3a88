//! The tables by which wordings are compared: which words say nothing, which are one word, which verbs are one action,
//! which phrases are one thing, and how rare each is.
//!
//! They are CSV files beside this one, to be edited in a spreadsheet: `words.csv`, `actions.csv`, `concepts.csv` and
//! `rarity.csv`; the page of [`asks`](super) explains them. `rarity.csv` is counted, not written; a test says how.
//!
//! `everyday.csv` and `everyday-rarity.csv` add to them for texts that are not worded as recommendations are, such as the
//! asks of an NGO: [`like`](crate::like) compares with these.

use super::stem::stem;
use crate::files::bundled::bundled_rows;
use crate::text::hash::{Map, Set};
use crate::text::words::Words;
use std::borrow::Cow;
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

/// What marks a word that says nothing except in a phrase: "taken" in "taken from their parents".
pub(super) const ONLY_IN_PHRASES: char = '~';

/// Verbs that ask for the same.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
    /// The feature of a text that has such a verb: `do:join`.
    pub(super) feature: String,
    pub(crate) kind: ActionKind,
}

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    skip: Set<String>,
    empty: Set<String>,
    only_in_phrases: Set<String>,
    /// Words that show that a sentence asks for something, wherever they are in it, and those that do at its beginning.
    demand: Set<String>,
    imperative: Set<String>,
    /// Features that name a theme or a group of persons rather than one thing that can be asked for.
    broad: Set<String>,
    same: Map<String, String>,
    pub(crate) families: Vec<Family>,
    actions: Map<String, usize>,
    /// By their first word, longest first: the words that follow, and the feature of the concept: `=CEDAW`.
    phrases: Map<String, Vec<(Vec<String>, String)>>,
    support: Map<String, Vec<Vec<String>>>,
    rarity: Map<String, u32>,
}

/// The tables that come with this crate.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::bundled)
}

/// The same with everyday words.
pub(crate) fn everyday() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    let tables = [include_str!("everyday.csv"), include_str!("everyday-rarity.csv")];
    LEXICON.get_or_init(|| Lexicon::with(tables))
}

impl Lexicon {
    fn bundled() -> Lexicon {
        Lexicon::with(["", ""])
    }

    fn with([everyday, everyday_rarity]: [&'static str; 2]) -> Lexicon {
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
        for [kind, meaning, forms] in bundled_rows(everyday) {
            let forms = forms.split_whitespace().map(str::to_string);
            match kind {
                "skip" => lexicon.skip.extend(forms),
                "only-in-phrases" => lexicon.only_in_phrases.extend(forms),
                "demand" => lexicon.demand.extend(forms),
                "imperative" => lexicon.imperative.extend(forms),
                "broad" => lexicon.broad.extend(forms),
                "same" => {
                    let all = forms.chain([meaning.to_string()]);
                    lexicon.same.extend(all.map(|form| (form, meaning.to_string())));
                }
                _ => {} // phrases and verbs need all words first
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
                let word = || lexicon.word(form).map(Cow::into_owned);
                if let Some(word) = concept.or_else(word) {
                    lexicon.actions.entry(word).or_insert(lexicon.families.len());
                }
            }
            lexicon.families.push(Family { name: name.to_string(), feature: format!("do:{name}"), kind });
        }
        for [kind, meaning, forms] in bundled_rows(everyday) {
            match kind {
                "phrase" => lexicon.add_phrases(meaning, forms),
                "verb" => {
                    let family = lexicon.families.iter().position(|family| family.name == meaning);
                    let verbs = forms
                        .split_whitespace()
                        .filter_map(|form| Some((lexicon.word(form)?.into_owned(), family?)));
                    let verbs: Vec<(String, usize)> = verbs.collect();
                    lexicon.actions.extend(verbs);
                }
                _ => {}
            }
        }
        for [concept, phrase] in bundled_rows(include_str!("concepts.csv")) {
            lexicon.add_phrases(concept, phrase);
        }
        for phrases in lexicon.phrases.values_mut() {
            // of two concepts with one phrase the one that occurs first in the file is meant
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for [word, weight] in [include_str!("rarity.csv"), everyday_rarity].into_iter().flat_map(bundled_rows)
        {
            if let Ok(weight) = weight.parse() {
                lexicon.rarity.insert(word.to_string(), weight);
            }
        }
        lexicon
    }

    fn add_phrases(&mut self, concept: &str, phrase: &str) {
        for phrase in expand(phrase) {
            let mut words = self.words(&phrase);
            if !words.is_empty() {
                let first = words.remove(0);
                self.phrases.entry(first).or_default().push((words, format!("={concept}")));
            }
        }
    }

    /// The form in which a folded word is compared, unless it is one that says nothing.
    pub(super) fn word<'w>(&'w self, folded: &'w str) -> Option<Cow<'w, str>> {
        if self.only_in_phrases.contains(folded) {
            return Some(Cow::Owned(format!("{folded}{ONLY_IN_PHRASES}")));
        }
        if self.skip.contains(folded) {
            return None;
        }
        Some(self.same.get(folded).map_or_else(|| stem(folded), |same| Cow::Borrowed(same)))
    }

    fn words(&self, text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.split(text);
        words.iter().filter_map(|word| self.word(word)).map(Cow::into_owned).collect()
    }

    /// The feature of the concept that begins at the first of these words, and how many of them it takes; they come with
    /// their places.
    pub(super) fn concept<'l>(&'l self, words: &[(usize, Cow<'_, str>)]) -> Option<(&'l str, usize)> {
        let ((_, first), rest) = words.split_first()?;
        self.phrases.get(&**first)?.iter().find_map(|(phrase, concept)| {
            let here =
                rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(one, (_, two))| one == two);
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

    /// Whether a sentence of these folded words asks for something: "should", or a verb in its plain form at the beginning.
    pub(crate) fn is_demand<'w>(&self, mut sentence: impl Iterator<Item = &'w str>) -> bool {
        let first = sentence.next().unwrap_or_default();
        self.imperative.contains(first)
            || self.demand.contains(first)
            || sentence.any(|word| self.demand.contains(word))
    }

    /// Whether a feature names a theme or a group of persons rather than one thing that can be asked for.
    pub(crate) fn is_broad(&self, feature: &str) -> bool {
        self.broad.contains(feature)
    }

    /// What a feature weighs, in hundredths: the natural logarithm of how many texts there are to one that has it.
    pub(crate) fn weight(&self, feature: &str) -> u32 {
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
                let family = concept
                    .or_else(|| lexicon.word(form).map(Cow::into_owned))
                    .and_then(|word| lexicon.action(&word));
                let family = family.map(|at| lexicon.families[at].name.as_str());
                assert_eq!(family, Some(name), "{form} leads elsewhere or is skipped");
            }
        }
        let kinds = ["skip", "only-in-phrases", "demand", "imperative", "broad", "same", "phrase", "verb"];
        for [kind, meaning, forms] in bundled_rows(include_str!("everyday.csv")) {
            assert!(kinds.contains(&kind) && !forms.is_empty(), "{kind} {meaning} {forms}");
            assert_eq!(meaning.is_empty(), !["same", "phrase", "verb"].contains(&kind), "{kind} {forms}");
            if kind == "verb" {
                assert!(lexicon.families.iter().any(|family| family.name == meaning), "{meaning}");
            }
            for phrase in if kind == "phrase" { expand(forms) } else { Vec::new() } {
                assert!(!everyday().words(&phrase).is_empty(), "{meaning}: \"{phrase}\" has no word left");
            }
        }
        for [concept, phrase] in bundled_rows(include_str!("concepts.csv")) {
            for phrase in expand(phrase) {
                assert!(!lexicon.words(&phrase).is_empty(), "{concept}: \"{phrase}\" has no word left");
            }
        }
    }
}
