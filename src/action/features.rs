//! What a model of actions sees of a text: the words as a model of issues sees them, the verbs with the words around
//! them, and what the written rules say.
//!
//! The words that a feature shows are those of its verb, so that the verb that counts most is the evidence. Each kind of
//! feature is part of the file format of models: see [`feature`](crate::model::feature).

use super::inflect::Form;
use super::rules::{Decision, Rules};
use super::tokens::Token;
use super::verbs::role;
use crate::model::feature::{Block, Feature, MAX_BLOCKS, mixed};
use crate::model::issue_features::RuleFeatures;

/// What a feature is made of; its number is part of the hash. "The verb" is the first verb of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An adverb before the verb.
    AdverbBefore = 1,
    /// The verb comes after an introduction.
    Introduced,
    /// A word after the verb, with its distance.
    WordAfter,
    /// The verb with the words after it, up to six in all.
    PhraseAfter,
    /// The verb, the last words of its first two objects and the two words after the first object, or some of them.
    Objects,
    /// Another word of the object, alone, with the verb or with the last word.
    ObjectWord,
    /// A later verb, alone, with the word before it or with the first verb; for the first two of them also by
    /// their number.
    LaterVerb,
    /// The distance of the second verb.
    VerbDistance,
    /// The number of later verbs.
    LaterVerbs,
    /// The verb with any later content word.
    Content,
    /// The means: what follows "by", "through" and the like, alone or with the verb.
    Means,
    /// The means are a verb in *-ing*, alone or with the verb.
    MeansVerb,
    /// A verb in *-ing* with the word before it.
    Gerund,
    /// The first two words.
    Beginning,
    /// Three words in a row, from a verb or near the first one.
    Three,
    /// A later verb by its category and form, with the category of the verb, or with the words before it.
    Category,
    /// The categories of the first verbs, in their order.
    Categories,
    /// The category of the verb.
    FirstCategory,
    /// What the written rules decide.
    Decision,
}

/// The first blocks are those of words, by the kinds of [`issue_features`].
const VERBS: u8 = 3;
const CONTEXT: u8 = 4;
const CATEGORIES: u8 = 5;
const DECISION: u8 = 6;

/// The weights were chosen by trial on UPR Info's export, in folds by State under review.
pub(crate) const BLOCKS: [Block; MAX_BLOCKS] = [
    Block::shared(0.7, 3), // words
    Block::shared(0.4, 3), // the beginnings of words
    Block::shared(0.0, 3), // no words near one another
    Block::shared(0.8, 3),
    Block::shared(0.5, 3),
    Block::shared(0.5, 3),
    Block::fixed(0.3, 3),
    Block::fixed(0.0, 3), // no rules of codebooks
    Block::fixed(0.0, 3),
    Block::fixed(0.1, 3), // length, commas, conjunctions
];

impl Kind {
    fn block(self) -> u8 {
        match self {
            Kind::Content | Kind::Means | Kind::MeansVerb | Kind::Gerund | Kind::Beginning | Kind::Three => {
                CONTEXT
            }
            Kind::Category | Kind::Categories | Kind::FirstCategory => CATEGORIES,
            Kind::Decision => DECISION,
            _ => VERBS,
        }
    }
}

/// A place in the text: a word, or a pause between words.
#[derive(Debug, Clone, Copy)]
struct Place {
    hash: u64,
    stem: u64,
    roles: u16,
}

impl Place {
    const fn of(mark: u64, roles: u16) -> Place {
        Place { hash: mark, stem: mark, roles }
    }
}

const COMMA: Place = Place::of(1, role::ENDS_OBJECT);
const STOP: Place = Place::of(2, role::ENDS_OBJECT);
const END: Place = Place::of(3, ENDS);
const ENDS: u16 = role::ENDS_OBJECT | role::JOINS | role::MEANS;

/// Words near one another are no features: with them the accuracy in folds is 0.9189, without 0.9187, and coding an
/// action takes a fifth longer.
const NO_PAIRS: usize = 0;

/// Stands for a part that a feature does without.
const ANY: u64 = 0;

/// Words of this many letters or fewer are no content; chosen with the weights above.
const MAX_SHORT_LETTERS: u32 = 3;
/// Three words in a row are looked at so far after the verb; chosen with the weights above.
const NEAR_START: usize = 8;

/// Finds the features of texts; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    places: Vec<Place>,
    /// The place of each word.
    at: Vec<usize>,
}

/// Features, and the first verb.
struct Sink<'f> {
    features: &'f mut Vec<Feature>,
    first: usize,
}

impl Sink<'_> {
    /// Adds a feature of the verb at a word.
    fn of(&mut self, verb: usize, kind: Kind, parts: &[u64]) {
        let words = verb as u32..verb as u32 + 1;
        self.features.push(Feature { block: kind.block(), hash: mixed(kind as u64, parts), words });
    }

    fn push(&mut self, kind: Kind, parts: &[u64]) {
        self.of(self.first, kind, parts);
    }
}

impl Finder {
    /// The features of a text of which the rules have decided; replaces what is in `features`.
    pub(crate) fn find(
        &mut self,
        rules: &Rules<'_>,
        decision: Option<&Decision>,
        features: &mut Vec<Feature>,
    ) {
        rules.text.terms.find(rules.words, &RuleFeatures::default(), NO_PAIRS, features);
        // only a verb is evidence
        features.iter_mut().for_each(|feature| feature.words = 0..0);
        let tokens = &rules.text.tokens;
        let Some(last) = tokens.len().checked_sub(1) else { return };
        let first = decision.map_or_else(|| rules.after_adverbs(0), |decision| decision.first).min(last);
        self.place(tokens);
        let mut sink = Sink { features, first };
        if first > rules.after_adverbs(0) {
            sink.push(Kind::Introduced, &[]);
        }
        self.first_verb(tokens, &mut sink);
        self.later_verbs(tokens, &mut sink);
        self.context(tokens, &mut sink);
        self.categories(rules, decision, &mut sink);
    }

    fn place(&mut self, tokens: &[Token]) {
        self.places.clear();
        self.at.clear();
        for token in tokens {
            match token.pause {
                0 => {}
                1 => self.places.push(COMMA),
                _ => self.places.push(STOP),
            }
            self.at.push(self.places.len());
            let (hash, stem) = (token.lexeme.hash, token.lexeme.stem);
            self.places.push(Place { hash, stem, roles: token.roles });
        }
    }

    fn get(&self, at: usize) -> Place {
        self.places.get(at).copied().unwrap_or(END)
    }

    /// The word or pause before a word.
    fn before(&self, word: usize) -> u64 {
        self.at[word].checked_sub(1).map_or(END.hash, |at| self.get(at).hash)
    }

    /// Where the object ends that begins at `at`, and the stem of its last word.
    fn object(&self, at: usize) -> (usize, Option<u64>) {
        let mut end = at;
        while self.get(end).roles & ENDS == 0 {
            end += 1;
        }
        (end, (end > at).then(|| self.get(end - 1).stem))
    }

    /// The first verb with what follows and its object.
    fn first_verb(&self, tokens: &[Token], sink: &mut Sink<'_>) {
        let start = self.at[sink.first];
        let verb = tokens[sink.first].lexeme.hash;
        for token in tokens[..sink.first].iter().filter(|token| token.roles & role::ADVERB != 0) {
            sink.push(Kind::AdverbBefore, &[token.lexeme.hash]);
        }
        let mut phrase = [ANY; 6];
        phrase[0] = verb;
        sink.push(Kind::PhraseAfter, &phrase[..1]);
        for ahead in 1..phrase.len() {
            phrase[ahead] = self.get(start + ahead).hash;
            sink.push(Kind::WordAfter, &[ahead as u64, phrase[ahead]]);
            sink.push(Kind::PhraseAfter, &phrase[..=ahead]);
        }
        let (end, object) = self.object(start + 1);
        let object = object.unwrap_or(END.stem);
        let (next, after) = (self.get(end).hash, self.get(end + 1).hash);
        for parts in [
            [ANY, object, ANY, ANY, ANY],
            [verb, object, ANY, ANY, ANY],
            [verb, object, next, ANY, ANY],
            [ANY, object, next, ANY, ANY],
            [ANY, object, next, after, ANY],
            [verb, object, next, after, ANY],
            [verb, ANY, next, ANY, ANY],
        ] {
            sink.push(Kind::Objects, &parts);
        }
        for at in start + 1..end.saturating_sub(1) {
            let word = self.get(at).hash;
            sink.push(Kind::ObjectWord, &[ANY, word, ANY]);
            sink.push(Kind::ObjectWord, &[ANY, word, object]);
            sink.push(Kind::ObjectWord, &[verb, word, ANY]);
        }
        if let (_, Some(second)) = self.object(end + 1) {
            for parts in [
                [ANY, ANY, ANY, ANY, second],
                [ANY, object, next, ANY, second],
                [verb, object, ANY, ANY, second],
                [verb, ANY, ANY, ANY, second],
                [verb, ANY, next, after, ANY],
            ] {
                sink.push(Kind::Objects, &parts);
            }
        }
    }

    fn later_verbs(&self, tokens: &[Token], sink: &mut Sink<'_>) {
        let verb = tokens[sink.first].lexeme.hash;
        let later = (sink.first + 1..tokens.len()).filter(|at| tokens[*at].verb);
        let (mut number, mut second) = (0, ANY);
        for at in later {
            number += 1;
            let (word, before) = (tokens[at].lexeme.hash, self.before(at));
            for number in [Some(ANY), (number < 3).then_some(number)].into_iter().flatten() {
                sink.of(at, Kind::LaterVerb, &[number, ANY, before, word]);
                sink.of(at, Kind::LaterVerb, &[number, ANY, ANY, word]);
                sink.of(at, Kind::LaterVerb, &[number, verb, ANY, word]);
            }
            if number == 1 {
                second = word;
                sink.of(at, Kind::VerbDistance, &[(at - sink.first).min(8) as u64]);
                sink.of(at, Kind::LaterVerb, &[number, verb, before, word]);
                sink.of(at, Kind::LaterVerb, &[number, word, self.get(self.at[at] + 1).hash]);
            } else if number == 2 {
                sink.of(at, Kind::LaterVerb, &[number, verb, second, word]);
            }
        }
        sink.push(Kind::LaterVerbs, &[number.min(6)]);
    }

    fn context(&self, tokens: &[Token], sink: &mut Sink<'_>) {
        let first = sink.first;
        let verb = tokens[first].lexeme.hash;
        let hash = |at: usize| tokens.get(at).map_or(END.hash, |token| token.lexeme.hash);
        sink.push(Kind::Beginning, &[hash(0), hash(1)]);
        for (at, token) in tokens.iter().enumerate() {
            if at + 2 < tokens.len() && (token.verb || at < first + NEAR_START) {
                sink.of(
                    if token.verb { at } else { first },
                    Kind::Three,
                    &[hash(at), hash(at + 1), hash(at + 2)],
                );
            }
            if at <= first {
                continue;
            }
            if token.letters > MAX_SHORT_LETTERS && token.roles & (role::ENDS_OBJECT | role::JOINS) == 0 {
                sink.push(Kind::Content, &[verb, token.lexeme.stem]);
            }
            if token.roles & role::MEANS != 0 {
                let by = token.lexeme.hash;
                for next in tokens[at + 1..].iter().take(3) {
                    let word = next.lexeme.hash;
                    sink.push(Kind::Means, &[ANY, by, word]);
                    sink.push(Kind::Means, &[verb, by, word]);
                    sink.push(Kind::Means, &[ANY, ANY, word]);
                    if next.gerund {
                        sink.push(Kind::MeansVerb, &[ANY]);
                        sink.push(Kind::MeansVerb, &[verb]);
                    }
                }
            }
            if token.gerund {
                sink.push(Kind::Gerund, &[self.before(at), token.lexeme.hash]);
            }
        }
    }

    /// What the table of verbs and the written rules say.
    fn categories(&self, rules: &Rules<'_>, decision: Option<&Decision>, sink: &mut Sink<'_>) {
        let tokens = &rules.text.tokens;
        let first = sink.first;
        let number = |entry: usize| rules.verbs.entries[entry].category.map_or(0, |c| u64::from(c.number()));
        let start = rules.verb(first, |_| true).map_or(9, |found| number(found.entry));
        let verb = tokens[first].lexeme.hash;
        let mut sequence = vec![start];
        for at in first + 1..tokens.len() {
            if !tokens[at].form {
                continue;
            }
            let Some(found) = rules.verb(at, |form| form != Form::Past) else { continue };
            let (category, form) = (number(found.entry), found.form as u64);
            let previous = tokens[at - 1];
            let roles = u64::from(previous.roles);
            let mut push = |parts: [u64; 4]| {
                let [first, verb, roles, before] = parts;
                sink.of(at, Kind::Category, &[first, verb, roles, before, category, form]);
            };
            push([ANY, ANY, ANY, ANY]);
            push([start, ANY, ANY, self.before(at)]);
            push([ANY, verb, roles, ANY]);
            push([start, ANY, roles, ANY]);
            if at > 1 && previous.roles & role::BEFORE_NOUN != 0 {
                push([start, verb, ANY, tokens[at - 2].lexeme.hash]);
            }
            if sequence.len() < 5 && found.form == Form::Base {
                sequence.push(category);
                sink.of(at, Kind::Categories, &sequence);
            }
        }
        sink.push(Kind::FirstCategory, &[start]);
        let Some(decision) = decision else { return sink.push(Kind::Decision, &[]) };
        let (at, category) = (decision.verb.start, u64::from(decision.category.number()));
        sink.of(at, Kind::Decision, &[category]);
        sink.of(at, Kind::Decision, &[decision.entry as u64, category]);
        sink.of(at, Kind::Decision, &[start, decision.how as u64, category]);
    }
}
