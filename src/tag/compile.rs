//! Puts all patterns of one codebook or several into one automaton and the tables that lead from its finds to the rules.
//!
//! A pattern is a chain of elements; an element is a choice of phrases; a phrase is a run of parts; a part is
//! what the automaton finds. Equal parts and equal elements are shared, so a list such as `{police}` costs
//! once, however many rules name it. [`find`](super::find) walks the same tables from the parts up.

use crate::Result;
use crate::codebook::notation::{Element, Gap, Part, Pattern};
use crate::codebook::{Codebook, RuleKind};
use crate::error::{Error, Place};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::HashMap;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Machine {
    pub(super) automaton: AhoCorasick,
    pub(super) parts: Vec<CompiledPart>,
    pub(super) elements: Vec<Vec<Vec<usize>>>,
    pub(super) chains: Vec<Chain>,
    /// For each element, the chains that are looked at where it occurs.
    pub(super) watching: Vec<Vec<usize>>,
    pub(super) regexes: regex::RegexSet,
    pub(super) regex_conditions: Vec<(regex::Regex, usize)>,
    /// What a pattern stands for: one entry for each rule, and one for each of its conditions.
    pub(super) uses: Vec<Use>,
    /// The rules of all codebooks in a row.
    pub(super) rules: Vec<CompiledRule>,
    pub(super) codebooks: Vec<Offsets>,
}

/// Where the issues and rules of one codebook stand among those of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offsets {
    pub(super) issues: Range<usize>,
    pub(super) rules: Range<usize>,
}

#[derive(Debug)]
pub(super) struct CompiledPart {
    pub(super) capitals: Vec<(usize, String)>,
    pub(super) open: bool,
    pub(super) words: usize,
    /// The phrases that begin with this part: element, and phrase within it.
    pub(super) begins: Vec<(usize, usize)>,
}

/// Elements in a row, for the use that they belong to.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) elements: Vec<(Gap, usize)>,
    pub(super) used_by: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// The matches are wanted: they are a rule's evidence.
    Rule(usize),
    /// Only whether there is a match is wanted.
    Condition,
}

#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) issue: usize,
    pub(super) kind: RuleKind,
    pub(super) with: Option<usize>,
    pub(super) without: Option<usize>,
}

/// All regular expressions of a codebook together may take this much memory when compiled.
const REGEX_SET_BYTES: usize = 64 << 20;

#[derive(Default)]
struct Builder {
    parts: Vec<CompiledPart>,
    lines: Vec<String>,
    part_ids: HashMap<Part, usize>,
    elements: Vec<Vec<Vec<usize>>>,
    element_ids: HashMap<Element, usize>,
    chains: Vec<Chain>,
    regexes: Vec<(regex::Regex, usize)>,
    uses: Vec<Use>,
    conditions: HashMap<String, usize>,
}

/// Compiles several codebooks into one machine: its issues and rules are those of the first, then those of the next.
/// What they share costs once.
pub(super) fn compile(codebooks: &[&Codebook]) -> Result<Machine> {
    let mut builder = Builder::default();
    let mut rules: Vec<CompiledRule> = Vec::new();
    let mut offsets: Vec<Offsets> = Vec::new();
    for codebook in codebooks {
        let first_issue = offsets.last().map_or(0, |before| before.issues.end);
        let first_rule = rules.len();
        // `{list}` may mean another list in another codebook
        builder.conditions.clear();
        for (rule, patterns) in codebook.rules().iter().zip(codebook.patterns()) {
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
    // the NFA is a little slower than the DFA and far smaller: 10,000 rules still build in milliseconds
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&builder.lines)
        .map_err(|_| too_large("more phrases than fit into one automaton".to_string()))?;
    let regexes =
        regex::RegexSetBuilder::new(builder.regexes.iter().map(|(regex, _)| regex.as_str().to_string()))
            .case_insensitive(true)
            .size_limit(REGEX_SET_BYTES)
            .build()
            .map_err(|_| {
                let found =
                    format!("{} regular expressions that together are too large", builder.regexes.len());
                too_large(found)
            })?;
    let mut watching = vec![Vec::new(); builder.elements.len()];
    for (index, chain) in builder.chains.iter().enumerate() {
        let rarest =
            chain.elements.iter().map(|(_, element)| *element).max_by_key(|&element| builder.rarity(element));
        watching[rarest.unwrap_or_default()].push(index);
    }
    Ok(Machine {
        watching,
        automaton,
        parts: builder.parts,
        elements: builder.elements,
        chains: builder.chains,
        regexes,
        regex_conditions: builder.regexes,
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
                    let elements = sequence.iter().map(|(gap, element)| (*gap, self.element(element)));
                    let elements = elements.collect();
                    self.chains.push(Chain { elements, used_by: id });
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

    fn element(&mut self, element: &Element) -> usize {
        if let Some(&known) = self.element_ids.get(element) {
            return known;
        }
        let id = self.elements.len();
        let mut phrases = Vec::new();
        for (index, phrase) in element.iter().enumerate() {
            let parts: Vec<usize> = phrase.iter().map(|part| self.part(part)).collect();
            self.parts[parts[0]].begins.push((id, index));
            phrases.push(parts);
        }
        self.elements.push(phrases);
        self.element_ids.insert(element.clone(), id);
        id
    }

    /// A guess at how seldom an element occurs: few phrases and long ones are rare.
    fn rarity(&self, element: usize) -> (std::cmp::Reverse<usize>, usize) {
        let phrases = &self.elements[element];
        let letters = |phrase: &Vec<usize>| phrase.iter().map(|&part| self.lines[part].len()).sum();
        (std::cmp::Reverse(phrases.len()), phrases.iter().map(letters).min().unwrap_or(0))
    }

    fn part(&mut self, part: &Part) -> usize {
        if let Some(&known) = self.part_ids.get(part) {
            return known;
        }
        let id = self.parts.len();
        let words = part.line.split(' ').filter(|word| !matches!(*word, "" | "," | ".")).count();
        self.parts.push(CompiledPart {
            capitals: part.capitals.clone(),
            open: part.open,
            words,
            begins: Vec::new(),
        });
        self.lines.push(part.line.clone());
        self.part_ids.insert(part.clone(), id);
        id
    }
}
