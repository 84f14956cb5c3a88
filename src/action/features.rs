//! What the model sees of a text: its verbs, the words around them, and what the written rules say.
//!
//! A feature is a hash of 32 bits, with the verb that it belongs to. It says *that* something stands in the text,
//! not how often. Nothing but the text is looked at: not the State, nor the session. What is found here is part of
//! the file format of models: a change needs a new version in [`model`](super::model), and the model trained again.

use super::inflect::Form;
use super::rule::{Decision, Rules};
use super::tokens::Token;
use super::verbs::role;
use crate::text::distinct::Distinct;

/// Features of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// The verbs, their order, and the words next to them.
    Verbs,
    /// The first verb with each later word, and the means.
    Context,
    /// Words, two in a row, and three where a verb begins them.
    Words,
    /// The first six letters of content words.
    Heads,
    /// Length, commas, conjunctions.
    Structure,
    /// The categories that the table of verbs gives to the verbs of the text.
    Categories,
    /// What the written rules decide.
    Decision,
}

/// How many blocks there are.
pub(crate) const BLOCKS: usize = 7;

/// The weight of each block. All but the last weigh the same in a long text as in a short one.
const WEIGHTS: [f32; BLOCKS] = [0.8, 0.5, 0.7, 0.4, 0.2, 0.5, 0.3];

/// The value of each feature of a block in a text that has `number` of them.
pub(crate) fn value(block: usize, number: usize) -> f32 {
    let shared = block != Block::Decision as usize;
    WEIGHTS[block] / if shared { (number.max(1) as f32).sqrt() } else { 1.0 }
}

/// The word of a feature that belongs to no verb.
pub(crate) const NO_VERB: u32 = u32::MAX;

/// What a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Feature {
    pub(crate) hash: u32,
    pub(crate) block: u8,
    /// The verb that it belongs to.
    pub(crate) verb: u32,
}

/// A place in the text: a word, or a pause between words.
#[derive(Clone, Copy)]
struct Place {
    hash: u64,
    stem: u64,
    roles: u16,
}

const COMMA: u64 = 1;
const STOP: u64 = 2;
const END: u64 = 3;

/// Words of this many letters or fewer are no content.
const SHORT: u32 = 3;
/// How many content words are joined with the first verb.
const NEAR_START: usize = 8;
const ENDS: u16 = role::ENDS_OBJECT | role::JOINS | role::MEANS;

/// Finds the features of texts; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    places: Vec<(u64, u64, u16)>,
    at: Vec<usize>,
    content: Vec<usize>,
    distinct: Distinct,
    /// The features of the text, each once.
    pub(crate) features: Vec<Feature>,
}

struct Sink<'f>(&'f mut Vec<Feature>);

impl Sink<'_> {
    fn push(&mut self, block: Block, verb: usize, kind: u64, parts: &[u64]) {
        let mut hash = (block as u64 + 1) << 32 | kind;
        for part in parts {
            hash = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 32;
        }
        let hash = (hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32;
        self.0.push(Feature { hash, block: block as u8, verb: verb as u32 });
    }
}

impl Finder {
    /// Finds the features of a text of which the rules have decided.
    pub(crate) fn find(&mut self, rules: &Rules<'_>, decision: Option<&Decision>) {
        let text = rules.text;
        self.features.clear();
        if text.tokens.is_empty() {
            return;
        }
        self.place(&text.tokens);
        let first = decision.map_or_else(|| rules.after_adverbs(0), |decision| decision.first);
        let first = first.min(text.tokens.len() - 1);
        self.verbs(rules, first);
        self.context(&text.tokens, first);
        self.words(&text.tokens, first);
        self.categories(rules, first, decision);
        self.keep_distinct();
    }

    /// Keeps the first of equal features.
    fn keep_distinct(&mut self) {
        self.distinct.begin(self.features.len());
        self.features.retain(|feature| self.distinct.is_first(feature.hash));
    }

    fn place(&mut self, tokens: &[Token]) {
        self.places.clear();
        self.at.clear();
        self.content.clear();
        for (index, token) in tokens.iter().enumerate() {
            if token.pause > 0 {
                let pause = if token.pause == 2 { STOP } else { COMMA };
                self.places.push((pause, pause, role::ENDS_OBJECT));
            }
            self.at.push(self.places.len());
            self.places.push((token.hash, token.stem, token.roles));
            if token.letters > SHORT && token.roles & (role::ENDS_OBJECT | role::JOINS) == 0 {
                self.content.push(index);
            }
        }
    }

    fn get(&self, at: usize) -> Place {
        let (hash, stem, roles) = self.places.get(at).copied().unwrap_or((END, END, ENDS));
        Place { hash, stem, roles }
    }

    fn object_end(&self, mut at: usize) -> usize {
        while self.get(at).roles & ENDS == 0 {
            at += 1;
        }
        at
    }

    /// The first verb with what follows, its object, and the verbs after it.
    fn verbs(&mut self, rules: &Rules<'_>, first: usize) {
        let tokens = &rules.text.tokens;
        let start = self.at[first];
        let v = tokens[first].hash;
        let mut features = std::mem::take(&mut self.features);
        let mut sink = Sink(&mut features);
        let mut push = |verb: usize, kind: u64, parts: &[u64]| sink.push(Block::Verbs, verb, kind, parts);
        for token in &tokens[..first] {
            if token.roles & role::ADVERB != 0 {
                push(first, 1, &[token.hash]);
            }
        }
        if first > rules.after_adverbs(0) {
            push(first, 2, &[]);
        }
        push(first, 3, &[v]);
        let mut phrase = v;
        for ahead in 1..=5 {
            let next = self.get(start + ahead).hash;
            push(first, 4, &[ahead as u64, next]);
            phrase = (phrase ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
            push(first, 5, &[phrase]);
        }
        let end = self.object_end(start + 1);
        let head = if end > start + 1 { self.get(end - 1).stem } else { END };
        let (next, after) = (self.get(end).hash, self.get(end + 1).hash);
        push(first, 6, &[head]);
        push(first, 7, &[v, head]);
        push(first, 8, &[v, head, next]);
        push(first, 9, &[head, next]);
        push(first, 10, &[head, next, after]);
        push(first, 11, &[v, head, next, after]);
        push(first, 12, &[v, next]);
        for at in start + 1..end.saturating_sub(1) {
            let word = self.get(at).hash;
            push(first, 13, &[word]);
            push(first, 14, &[word, head]);
            push(first, 15, &[v, word]);
        }
        let second = self.object_end(end + 1);
        if second > end + 1 {
            let other = self.get(second - 1).stem;
            push(first, 16, &[other]);
            push(first, 17, &[head, next, other]);
            push(first, 18, &[v, head, other]);
            push(first, 19, &[v, other]);
            push(first, 20, &[v, next, after]);
        }
        let later = (first + 1..tokens.len()).filter(|at| tokens[*at].verb);
        let mut number = 0;
        let mut before = 0;
        for at in later {
            let (word, previous) = (tokens[at].hash, self.get(self.at[at] - 1).hash);
            push(at, 21, &[previous, word]);
            push(at, 22, &[word]);
            push(at, 23, &[v, word]);
            if number == 0 {
                push(at, 24, &[word]);
                push(at, 25, &[v, word]);
                push(at, 26, &[previous, word]);
                push(at, 27, &[(at - first).min(8) as u64]);
                push(at, 28, &[word, self.get(self.at[at] + 1).hash]);
                push(at, 29, &[v, previous, word]);
                before = word;
            } else if number == 1 {
                push(at, 30, &[word]);
                push(at, 31, &[v, before, word]);
                push(at, 32, &[previous, word]);
            }
            number += 1;
        }
        push(first, 33, &[number.min(6)]);
        self.features = features;
    }

    fn context(&mut self, tokens: &[Token], first: usize) {
        let v = tokens[first].hash;
        let mut features = std::mem::take(&mut self.features);
        let mut sink = Sink(&mut features);
        for &at in self.content.iter().filter(|at| **at > first) {
            sink.push(Block::Context, first, 1, &[v, tokens[at].stem]);
        }
        for at in first + 1..tokens.len() {
            if tokens[at].roles & role::MEANS != 0 {
                let by = tokens[at].hash;
                for next in tokens[at + 1..].iter().take(3) {
                    sink.push(Block::Context, first, 2, &[by, next.hash]);
                    sink.push(Block::Context, first, 3, &[v, by, next.hash]);
                    sink.push(Block::Context, first, 4, &[next.hash]);
                    if next.gerund {
                        sink.push(Block::Context, first, 5, &[]);
                        sink.push(Block::Context, first, 6, &[v]);
                    }
                }
            }
            if tokens[at].gerund {
                sink.push(Block::Context, first, 7, &[self.get(self.at[at] - 1).hash, tokens[at].hash]);
            }
        }
        self.features = features;
    }

    fn words(&mut self, tokens: &[Token], first: usize) {
        let mut features = std::mem::take(&mut self.features);
        let mut sink = Sink(&mut features);
        let hash = |at: usize| tokens.get(at).map_or(END, |token| token.hash);
        sink.push(Block::Words, NO_VERB as usize, 4, &[hash(0), hash(1)]);
        for at in 0..tokens.len() {
            let anchor = if tokens[at].verb { at } else { NO_VERB as usize };
            sink.push(Block::Words, anchor, 1, &[hash(at)]);
            if at + 1 < tokens.len() {
                sink.push(Block::Words, anchor, 2, &[hash(at), hash(at + 1)]);
            }
            // three in a row tell most at the beginning and after a verb
            if at + 2 < tokens.len() && (tokens[at].verb || at < first + NEAR_START) {
                sink.push(Block::Words, anchor, 3, &[hash(at), hash(at + 1), hash(at + 2)]);
            }
        }
        for (index, &at) in self.content.iter().enumerate() {
            sink.push(Block::Heads, NO_VERB as usize, 1, &[tokens[at].head]);
            if let Some(&next) = self.content.get(index + 1) {
                sink.push(Block::Heads, NO_VERB as usize, 2, &[tokens[at].head, tokens[next].head]);
            }
        }
        let start = &self.content[self.content.partition_point(|at| *at < first)..];
        let start = &start[..start.len().min(NEAR_START)];
        for (index, &one) in start.iter().enumerate() {
            for &other in &start[index + 1..] {
                sink.push(Block::Heads, first, 3, &[tokens[one].stem, tokens[other].stem]);
            }
        }
        let commas = tokens.iter().filter(|token| token.pause == 1).count();
        let stops = tokens.iter().filter(|token| token.pause == 2).count();
        let joins = tokens.iter().filter(|token| token.roles & role::JOINS != 0).count();
        let counts = [(tokens.len() / 4, 30), (commas, 8), (stops, 4), (joins, 5)];
        for (kind, (count, most)) in counts.into_iter().enumerate() {
            for reached in 0..=count.min(most) {
                sink.push(Block::Structure, NO_VERB as usize, kind as u64, &[reached as u64]);
            }
        }
        self.features = features;
    }

    fn categories(&mut self, rules: &Rules<'_>, first: usize, decision: Option<&Decision>) {
        let tokens = &rules.text.tokens;
        let mut features = std::mem::take(&mut self.features);
        let mut sink = Sink(&mut features);
        let number = |entry: usize| rules.verbs.entries[entry].category.map_or(0, |c| u64::from(c.number()));
        let start = rules.verb(first, |_| true).map_or(9, |found| number(found.entry));
        let v = tokens[first].hash;
        let mut sequence = start;
        let mut seen = 0;
        for at in first + 1..tokens.len() {
            let token = tokens[at];
            if !token.verb && !token.form {
                continue;
            }
            let Some(found) = rules.verb(at, |form| form != Form::Past) else { continue };
            let (category, form) = (number(found.entry), found.form as u64);
            let previous = tokens[at - 1];
            let before = self.get(self.at[at] - 1).hash;
            sink.push(Block::Categories, at, 1, &[category, form]);
            sink.push(Block::Categories, at, 2, &[start, before, category, form]);
            sink.push(Block::Categories, at, 3, &[v, u64::from(previous.roles), category, form]);
            sink.push(Block::Categories, at, 4, &[start, u64::from(previous.roles), category, form]);
            if at > 1 && previous.roles & role::BEFORE_NOUN != 0 {
                let earlier = tokens[at - 2].hash;
                sink.push(Block::Categories, at, 5, &[start, earlier, category, form]);
            }
            if seen < 4 && form == Form::Base as u64 {
                sequence = sequence * 10 + category;
                seen += 1;
                sink.push(Block::Categories, at, 6, &[sequence]);
            }
        }
        sink.push(Block::Categories, first, 7, &[start]);
        if let Some(decision) = decision {
            let (verb, category) = (decision.verb.start, u64::from(decision.category.number()));
            sink.push(Block::Decision, verb, 1, &[category]);
            sink.push(Block::Decision, verb, 2, &[decision.entry as u64, category]);
            sink.push(Block::Decision, verb, 3, &[start, decision.how as u64, category]);
        } else {
            sink.push(Block::Decision, first, 4, &[]);
        }
        self.features = features;
    }
}
