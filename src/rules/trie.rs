//! All parts of a codebook's patterns in one tree of words, in which a text is looked up word by word.
//!
//! From the root a step is made over each word that a part begins with, from there over its next word, and so on. A
//! part may end in an open word such as `execut*`: which of these beginnings a word has is found out once for each word,
//! and kept in the [`Vocabulary`](crate::text::vocabulary::Vocabulary), as are the steps from the root. So the time for a
//! text hardly depends on how many patterns there are. [`find`](super::find) asks here for the parts, `compile` builds it.

use crate::text::hash::{Map, Spread};
use crate::text::words::{Break, words_of};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The tree.
#[derive(Debug, Default)]
pub(super) struct Trie {
    words: Map<String, u32>,
    /// The beginnings of open words.
    open: Map<String, u32>,
    steps: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    nodes: Vec<Node>,
}

#[derive(Debug, Default, Clone)]
struct Node {
    /// The parts that end here.
    ends: Vec<u32>,
    /// Whether any step leads on.
    leads: bool,
}

/// What the tree knows of a word of the text.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The word itself, if a part has it.
    word: Option<u32>,
    /// Its beginnings that are open words of parts.
    open: Box<[u32]>,
    /// The parts that this word alone matches.
    pub(super) parts: Box<[u32]>,
    /// Where longer parts that begin with it go on.
    pub(super) leads_to: Option<Place>,
}

/// A place in the tree that steps lead on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u32);

const ROOT: u32 = 0;

/// The most words and places: what a step joins must fit into 64 bits.
const MAX_ITEMS: usize = 1 << 30;

impl Trie {
    /// Adds the part of this number: its line, as [`Words`](crate::text::words::Words) writes it.
    ///
    /// # Errors
    ///
    /// More words than fit.
    pub(super) fn add(&mut self, line: &str, open: bool, part: u32) -> Result<(), TooLarge> {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let words = line.split(' ').filter(|token| !token.is_empty());
        let count = words_of(line).count();
        let (mut at, mut before, mut number) = (ROOT, Break::None, 0);
        for token in words {
            match token {
                "," => before = Break::Comma,
                "." => before = Break::Sentence,
                word => {
                    number += 1;
                    let is_open = open && number == count;
                    let words = if is_open { &mut self.open } else { &mut self.words };
                    let next = words.len() as u32;
                    let word = *words.entry(word.to_string()).or_insert(next);
                    let step = step(at, before, is_open, word);
                    let next = self.nodes.len() as u32;
                    self.nodes[at as usize].leads = true;
                    at = *self.steps.entry(step).or_insert(next);
                    if at == next {
                        self.nodes.push(Node::default());
                    }
                    before = Break::None;
                }
            }
            if self.words.len().max(self.open.len()).max(self.nodes.len()) >= MAX_ITEMS {
                return Err(TooLarge);
            }
        }
        self.nodes[at as usize].ends.push(part);
        Ok(())
    }

    /// What there is to know of a folded word.
    pub(super) fn learn(&self, word: &str) -> Known {
        let own = self.words.get(word).copied();
        let beginnings = word.char_indices().map(|(at, c)| &word[..at + c.len_utf8()]);
        let open = beginnings.filter_map(|beginning| self.open.get(beginning).copied()).collect();
        let mut known = Known { word: own, open, ..Known::default() };
        let mut parts = Vec::new();
        known.leads_to = self.follow(ROOT, Break::None, &known, |part| parts.push(part));
        known.parts = parts.into();
        known
    }

    /// Goes on over the next word; says which parts end there, and from where longer ones go on.
    #[inline]
    pub(super) fn next(
        &self,
        from: Place,
        before: Break,
        word: &Known,
        ends: impl FnMut(u32),
    ) -> Option<Place> {
        self.follow(from.0, before, word, ends)
    }

    #[inline]
    fn follow(&self, from: u32, before: Break, word: &Known, mut ends: impl FnMut(u32)) -> Option<Place> {
        for &open in &word.open {
            if let Some(&at) = self.steps.get(&step(from, before, true, open)) {
                self.nodes[at as usize].ends.iter().for_each(|part| ends(*part));
            }
        }
        let &at = self.steps.get(&step(from, before, false, word.word?))?;
        let node = &self.nodes[at as usize];
        node.ends.iter().for_each(|part| ends(*part));
        node.leads.then_some(Place(at))
    }
}

/// More parts than one tree holds.
#[derive(Debug)]
pub(super) struct TooLarge;

/// A step in one number. It is a step over an open word if any ending will do.
fn step(from: u32, before: Break, open: bool, word: u32) -> u64 {
    u64::from(from) << 33 | (before as u64) << 31 | u64::from(open) << 30 | u64::from(word)
}
