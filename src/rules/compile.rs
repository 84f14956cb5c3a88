//! Puts all patterns of one codebook or several into one tree of words and the tables that lead from its finds to the
//! rules.
//!
//! A pattern is a chain of elements; an element is a choice of phrases; a phrase is a run of parts; a part is
//! what the tree finds. Equal parts and equal elements are shared, so a list such as `{police}` costs
//! once, however many rules name it. [`find`](super::find) walks the same tables from the parts up.

use super::literals::LiteralFilter;
use super::trie::{TooLarge, Trie};
use crate::codebook::notation::{Element, Expression, Gap, Part, Pattern, Phrase};
use crate::codebook::{Codebook, RuleKind};
use crate::error::{Error, Place, Result};
use crate::text::hash::Map;
use crate::text::language::Language;
use crate::text::words::words_of;
use std::ops::Range;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct Machine {
    /// That of its texts.
    pub(crate) language: Language,
    pub(super) trie: Trie,
    pub(crate) parts: Vec<CompiledPart>,
    /// For each part, the elements of which it is a whole phrase.
    pub(crate) whole: Lists<u32>,
    /// For each part, the phrases that begin with it and go on.
    pub(crate) longer: Lists<Longer>,
    pub(crate) elements: usize,
    /// The elements below this one are watched: a chain is looked at where they occur.
    pub(crate) watched: u32,
    pub(crate) chains: Vec<Chain>,
    /// For each watched element, the chains that are looked at where it occurs.
    pub(crate) watching: Lists<Watch>,
    pub(super) literals: LiteralFilter,
    pub(crate) regexes: Vec<(Expression, usize)>,
    /// What a pattern is compiled for: one entry for each rule, and one for each of its conditions.
    pub(crate) uses: Vec<Use>,
    /// The rules of all codebooks in a row.
    pub(crate) rules: Vec<CompiledRule>,
    pub(crate) codebooks: Vec<Offsets>,
}

/// Where the issues and rules of one codebook are among those of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offsets {
    pub(crate) issues: Range<usize>,
    pub(crate) rules: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct CompiledPart {
    pub(crate) capitals: Vec<(usize, String)>,
    pub(crate) open: bool,
    pub(crate) words: usize,
}

/// A phrase of several parts.
#[derive(Debug, Clone)]
pub(crate) struct Longer {
    pub(crate) element: u32,
    /// The parts after the first.
    pub(crate) rest: Vec<u32>,
}

/// A chain that waits for an element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    pub(crate) chain: u32,
    /// Another element of the chain, or the same if it has no other: mostly it is missing, and the chain need not be
    /// looked at.
    pub(crate) other: u32,
}

/// Lists in a row: the items of each, one after the other.
#[derive(Debug)]
pub(crate) struct Lists<T> {
    /// Where each list begins, and where the last one ends.
    bounds: Vec<u32>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    fn of(lists: Vec<Vec<T>>) -> Lists<T> {
        let mut bounds = vec![0; lists.len() + 1];
        for (at, list) in lists.iter().enumerate() {
            bounds[at + 1] = bounds[at] + list.len() as u32;
        }
        Lists { bounds, items: lists.into_iter().flatten().collect() }
    }

    pub(crate) fn get(&self, list: u32) -> &[T] {
        match self.bounds[list as usize..] {
            [from, to, ..] => &self.items[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// Elements in a row, for the use that they belong to.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) first: u32,
    pub(crate) used_by: u32,
    /// The others; most chains have none.
    pub(crate) rest: Box<[(Gap, u32)]>,
}

impl Chain {
    pub(crate) fn elements(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.first).chain(self.rest.iter().map(|(_, element)| *element))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The matches are wanted: they are a rule's evidence.
    Rule(usize),
    /// Only whether there is a match is wanted.
    Condition,
}

#[derive(Debug)]
pub(crate) struct CompiledRule {
    pub(crate) issue: usize,
    pub(crate) kind: RuleKind,
    pub(crate) with: Option<usize>,
    pub(crate) without: Option<usize>,
}

/// The most elements, phrases and chains together; a number of each is kept in 32 bits.
const MAX_ITEMS: usize = 1 << 30;

#[derive(Default)]
struct Builder {
    parts: Vec<CompiledPart>,
    lines: Vec<String>,
    part_ids: Map<Part, u32>,
    /// For each element its phrases, each a run of parts.
    elements: Vec<Vec<Vec<u32>>>,
    element_ids: Map<Arc<Vec<Phrase>>, u32>,
    /// The elements that are lists of the codebook at hand, by number: a list is long, and in many patterns.
    list_ids: Map<u32, u32>,
    chains: Vec<Chain>,
    regexes: Vec<(Expression, usize)>,
    uses: Vec<Use>,
    conditions: Map<String, usize>,
}

/// Compiles the rules that several codebooks have for texts in a language into one machine: its issues and rules are those of
/// the first, then those of the next. What they share costs once. None is the language of their `rules.csv`.
pub(crate) fn compile(codebooks: &[&Codebook], language: Option<Language>) -> Result<Machine> {
    let mut builder = Builder::default();
    let mut rules: Vec<CompiledRule> = Vec::new();
    let mut offsets: Vec<Offsets> = Vec::new();
    for codebook in codebooks {
        let first_issue = offsets.last().map_or(0, |before| before.issues.end);
        let first_rule = rules.len();
        // `{list}` may mean another list in another codebook
        builder.conditions.clear();
        builder.list_ids.clear();
        let of_language = codebook.of_language(language);
        let rules_and_patterns = of_language.into_iter().flat_map(|one| one.rules.iter().zip(&one.patterns));
        for (rule, patterns) in rules_and_patterns {
            builder.pattern(&patterns.pattern, Use::Rule(rules.len()));
            let with = patterns.with.as_ref().map(|pattern| builder.condition(&rule.with, pattern));
            let without = patterns.without.as_ref().map(|pattern| builder.condition(&rule.without, pattern));
            let issue = first_issue + patterns.issue;
            rules.push(CompiledRule { issue, kind: rule.kind, with, without });
        }
        let issues = first_issue..first_issue + codebook.issues().len();
        offsets.push(Offsets { issues, rules: first_rule..rules.len() });
    }
    let too_large = |found: String| {
        let names: Vec<&str> = codebooks.iter().map(|codebook| codebook.name()).collect();
        let place = Place::file(format!("codebook {}", names.join(" with ")));
        Error::unexpected(place, found, "fewer or shorter patterns")
    };
    let mut trie = Trie::default();
    for (number, (line, part)) in builder.lines.iter().zip(&builder.parts).enumerate() {
        trie.add(line, part.open, number as u32)
            .map_err(|TooLarge| too_large("more phrases than can be looked for at once".to_string()))?;
    }
    let watching = builder.watch();
    let (mut whole, mut longer) =
        (vec![Vec::new(); builder.parts.len()], vec![Vec::new(); builder.parts.len()]);
    let mut phrases = 0;
    for (element, choice) in (0..).zip(&builder.elements) {
        for phrase in choice {
            phrases += 1;
            match phrase.as_slice() {
                [] => {}
                [part] => whole[*part as usize].push(element),
                [first, rest @ ..] => {
                    longer[*first as usize].push(Longer { element, rest: rest.to_vec() });
                }
            }
        }
    }
    if phrases.max(builder.chains.len()) >= MAX_ITEMS {
        return Err(too_large("more phrases than can be looked for at once".to_string()));
    }
    let of_first = codebooks.first().and_then(|first| first.of_language(language));
    Ok(Machine {
        language: language.or(of_first.map(|rules| rules.language)).unwrap_or(Language::English),
        trie,
        parts: builder.parts,
        whole: Lists::of(whole),
        longer: Lists::of(longer),
        elements: builder.elements.len(),
        chains: builder.chains,
        watched: watching.len() as u32,
        watching: Lists::of(watching),
        literals: LiteralFilter::of(builder.regexes.iter().map(|(regex, _)| regex.as_str()))
            .map_err(too_large)?,
        regexes: builder.regexes,
        uses: builder.uses,
        rules,
        codebooks: offsets,
    })
}

impl Builder {
    fn pattern(&mut self, pattern: &Pattern, used: Use) -> usize {
        let id = self.uses.len();
        self.uses.push(used);
        match pattern {
            Pattern::Regex(regex) => self.regexes.push((regex.clone(), id)),
            Pattern::Sequences(sequences) => {
                for sequence in sequences {
                    let Some(((_, first), rest)) = sequence.split_first() else { continue };
                    let first = self.element(first);
                    let rest = rest.iter().map(|(gap, element)| (*gap, self.element(element))).collect();
                    self.chains.push(Chain { first, used_by: id as u32, rest });
                }
            }
        }
        id
    }

    fn condition(&mut self, written: &str, pattern: &Pattern) -> usize {
        if let Some(&known) = self.conditions.get(written) {
            return known;
        }
        let id = self.pattern(pattern, Use::Condition);
        self.conditions.insert(written.to_string(), id);
        id
    }

    fn element(&mut self, element: &Element) -> u32 {
        let known = element.list.and_then(|list| self.list_ids.get(&list).copied());
        let id = known.unwrap_or_else(|| self.element_of(&element.phrases));
        if let Some(list) = element.list {
            self.list_ids.insert(list, id);
        }
        id
    }

    fn element_of(&mut self, phrases: &Arc<Vec<Phrase>>) -> u32 {
        if let Some(&known) = self.element_ids.get(phrases) {
            return known;
        }
        let id = self.elements.len() as u32;
        let phrase = |phrase: &Phrase| phrase.iter().map(|part| self.part(part)).collect();
        let phrases_of_parts = phrases.iter().map(phrase).collect();
        self.elements.push(phrases_of_parts);
        self.element_ids.insert(phrases.clone(), id);
        id
    }

    /// For each watched element the chains of which it is the rarest. Elements are numbered anew: the watched ones come
    /// first, so that their numbers distinguish them in a text.
    fn watch(&mut self) -> Vec<Vec<Watch>> {
        let mut watching = vec![Vec::new(); self.elements.len()];
        for (index, chain) in (0..).zip(&self.chains) {
            let rarest = chain.elements().max_by_key(|&element| self.rarity(element)).unwrap_or(chain.first);
            let others = chain.elements().filter(|element| *element != rarest);
            let other = others.max_by_key(|&element| self.rarity(element)).unwrap_or(rarest);
            watching[rarest as usize].push(Watch { chain: index, other });
        }
        let mut order: Vec<usize> = (0..self.elements.len()).collect();
        order.sort_by_key(|element| watching[*element].is_empty());
        let mut numbers = vec![0; order.len()];
        (0..).zip(&order).for_each(|(number, element)| numbers[*element] = number);
        let elements = order.iter().map(|element| std::mem::take(&mut self.elements[*element]));
        self.elements = elements.collect();
        for chain in &mut self.chains {
            let elements =
                std::iter::once(&mut chain.first).chain(chain.rest.iter_mut().map(|(_, element)| element));
            elements.for_each(|element| *element = numbers[*element as usize]);
        }
        let mut watching: Vec<Vec<Watch>> =
            order.iter().map(|element| std::mem::take(&mut watching[*element])).collect();
        watching.retain(|chains| !chains.is_empty());
        watching.iter_mut().flatten().for_each(|watch| watch.other = numbers[watch.other as usize]);
        watching
    }

    /// A guess at how seldom an element occurs: few phrases and long ones are rare.
    fn rarity(&self, element: u32) -> (std::cmp::Reverse<usize>, usize) {
        let phrases = &self.elements[element as usize];
        let letters = |phrase: &Vec<u32>| phrase.iter().map(|&part| self.lines[part as usize].len()).sum();
        (std::cmp::Reverse(phrases.len()), phrases.iter().map(letters).min().unwrap_or(0))
    }

    fn part(&mut self, part: &Part) -> u32 {
        if let Some(&known) = self.part_ids.get(part) {
            return known;
        }
        let id = self.parts.len() as u32;
        let words = words_of(&part.line).count();
        self.parts.push(CompiledPart { capitals: part.capitals.clone(), open: part.open, words });
        self.lines.push(part.line.clone());
        self.part_ids.insert(part.clone(), id);
        id
    }
}
