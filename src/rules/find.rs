//! Finds where the patterns of a codebook match a text.
//!
//! The words of a text lead through the tree of all parts; parts give phrases, phrases
//! elements, elements chains. Everything is counted in words; the caller turns words into bytes of the text.
//!
//! What a text costs depends on what it holds and hardly on the number of rules: an element is noted where one of its
//! phrases occurs, a chain is looked at only where its rarest element and one more occur, and where an element's
//! phrases occur is put in order only for a chain of which all elements are there.
//!
//! All matches of all rules are found, also where they overlap; of an include rule's matches that begin with the
//! same words only that over the shortest gaps. [`decide`](super::decide) sees to exclusions.

use super::compile::{Chain, Machine, Use};
use super::literals::{FoundGroups, Group};
use super::trie;
use crate::codebook::RuleKind;
use crate::codebook::notation::{Gap, MAX_WORDS};
use crate::text::vocabulary::Vocabulary;
use crate::text::words::Words;
use std::ops::Range;

/// A match of a rule: the bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: usize,
}

/// Words of a text: from, and one past the last.
type Span = (usize, usize);

/// What is needed while one text is searched, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) words: Words,
    vocabulary: Vocabulary<Known>,
    numbers: Vec<u32>,
    groups: FoundGroups,
    hits: Vec<Hit>,
    /// For each part, how often it was found, in texts of more words than may be found.
    counts: Vec<u32>,
    elements: Elements,
    touched_uses: Vec<usize>,
    /// For each use, whether it matched.
    pub(crate) matched: Vec<bool>,
    reached: Vec<Span>,
    next: Vec<Span>,
    /// How many more steps may be taken in this text.
    steps: usize,
}

/// What is known of a word.
#[derive(Debug)]
struct Known {
    tree: trie::Known,
    groups: Box<[Group]>,
}

/// A part in the text.
#[derive(Debug, Clone, Copy)]
struct Hit {
    part: u32,
    span: (u32, u32),
}

/// Where the elements are in a text.
#[derive(Debug, Default)]
struct Elements {
    /// For each element its last place in `stands`, counted from `base`. What is below `base` is of an earlier text, so
    /// that nothing needs to be cleared.
    last: Vec<u32>,
    base: u32,
    stands: Vec<Stand>,
    /// The watched elements that are in the text, in the order in which they were met.
    watched: Vec<u32>,
    /// For each element, where `spans` has its places in order, once a chain asked for them; else an empty range.
    ready: Vec<(u32, u32)>,
    asked: Vec<u32>,
    spans: Vec<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Stand {
    span: (u32, u32),
    /// The place before, counted as in `last`.
    before: u32,
}

impl Elements {
    fn begin(&mut self, number: usize) {
        self.last.resize(number, 0);
        self.ready.resize(number, (0, 0));
        for element in self.asked.drain(..) {
            self.ready[element as usize] = (0, 0);
        }
        let base = self.base.checked_add(self.stands.len() as u32);
        // 0 means nowhere; room for the longest text is left
        self.base = base.filter(|base| *base != 0 && *base < u32::MAX / 2).unwrap_or_else(|| {
            self.last.fill(0);
            1
        });
        self.stands.clear();
        self.watched.clear();
        self.spans.clear();
    }

    fn has(&self, element: u32) -> bool {
        self.last[element as usize] >= self.base
    }

    /// Notes that one of the phrases of each of these elements is at `span`. Those below `watched` are watched.
    fn note(&mut self, elements: &[u32], watched: u32, span: (u32, u32)) {
        let mut next = self.base + self.stands.len() as u32;
        let Elements { last, base, stands, watched: met, .. } = self;
        stands.extend(elements.iter().map(|&element| {
            let before = std::mem::replace(&mut last[element as usize], next);
            next += 1;
            if element < watched && before < *base {
                met.push(element);
            }
            Stand { span, before }
        }));
    }

    /// Where an element is, as a part of `spans`: in order, and each place once.
    fn spans(&mut self, element: u32) -> Range<usize> {
        let (from, to) = self.ready[element as usize];
        if to > from {
            return from as usize..to as usize;
        }
        let from = self.spans.len();
        self.asked.push(element);
        let mut at = self.last[element as usize];
        while let Some(place) = at.checked_sub(self.base) {
            let stand = self.stands[place as usize];
            self.spans.push((stand.span.0 as usize, stand.span.1 as usize));
            at = stand.before;
        }
        // mostly there is one place
        if self.spans.len() > from + 1 {
            let own = &mut self.spans[from..];
            own.reverse();
            own.sort();
            let mut kept = from;
            for at in from..self.spans.len() {
                if at == from || self.spans[at] != self.spans[kept - 1] {
                    self.spans[kept] = self.spans[at];
                    kept += 1;
                }
            }
            self.spans.truncate(kept);
        }
        self.ready[element as usize] = (from as u32, self.spans.len() as u32);
        from..self.spans.len()
    }
}

impl Scratch {
    fn mark(&mut self, used: usize) {
        if !std::mem::replace(&mut self.matched[used], true) {
            self.touched_uses.push(used);
        }
    }
}

/// The most of one phrase's finds in a text that are followed up; a recommendation has a handful at most, and a
/// text made to be slow would have thousands.
const MAX_FINDS: u32 = 10_000;

/// The steps in a text from finds to phrases and from words over gaps, of all patterns together. Gaps in a row multiply:
/// `a <30> a <30> a`, twenty times, searched for a minute in 100 kB of nothing but `a`. Where the steps are used up,
/// what was found until then is kept.
const MAX_STEPS: usize = 2_000_000;

/// The bytes of a text that regular expressions may look through to find match after match, all expressions together.
/// Each search is linear, but one that looks to the end of the text to find a letter (`[^z]*z|a`) begins 100,000 times in
/// 100 kB, and took 25 seconds.
const MAX_SEARCHED_BYTES: usize = 1 << 24;

impl Machine {
    pub(crate) fn find(&self, text: &str, scratch: &mut Scratch, found: &mut Vec<Found>) {
        found.clear();
        scratch.steps = MAX_STEPS;
        scratch.elements.begin(self.elements);
        scratch.matched.resize(self.uses.len(), false);
        for used in scratch.touched_uses.drain(..) {
            scratch.matched[used] = false;
        }
        scratch.words.split_in(text, self.language);
        self.find_parts(text, scratch);
        self.find_elements(scratch);
        for at in 0..scratch.elements.watched.len() {
            let element = scratch.elements.watched[at];
            for watch in self.watching.get(element) {
                if !scratch.elements.has(watch.other) {
                    continue;
                }
                let chain = &self.chains[watch.chain as usize];
                if chain.elements().all(|element| scratch.elements.has(element)) {
                    self.find_chain(chain, scratch, found);
                }
            }
        }
        self.find_regexes(text, scratch, found);
    }

    /// The parts in the order in which they begin.
    fn find_parts(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { words, vocabulary, numbers, hits, counts, .. } = scratch;
        hits.clear();
        counts.clear();
        // a part begins with each word at most once
        if words.words.len() > MAX_FINDS as usize {
            counts.resize(self.parts.len(), 0);
        }
        vocabulary.begin();
        numbers.clear();
        numbers.extend(words.words.iter().map(|word| {
            let learn =
                |word: &str| Known { tree: self.trie.learn(word), groups: self.literals.groups_of(word) };
            vocabulary.number(words.folded(word), learn)
        }));
        for (first, number) in numbers.iter().enumerate() {
            let known = vocabulary.known(*number);
            if !known.groups.is_empty() {
                self.literals.add(&known.groups, &mut scratch.groups);
            }
            let mut hit = |part: u32, end: usize| {
                if !self.in_capitals(part, text, words, first) {
                    return;
                }
                if let Some(count) = counts.get_mut(part as usize) {
                    if *count == MAX_FINDS {
                        return;
                    }
                    *count += 1;
                }
                hits.push(Hit { part, span: (first as u32, end as u32) });
            };
            known.tree.parts.iter().for_each(|part| hit(*part, first + 1));
            let mut place = known.tree.leads_to;
            let mut at = first + 1;
            while let (Some(from), Some(number)) = (place, numbers.get(at)) {
                let word = &vocabulary.known(*number).tree;
                place = self.trie.next(from, words.words[at].before, word, |part| hit(part, at + 1));
                at += 1;
            }
        }
    }

    /// Whether the words of a part that begins at the word `first` are in its capitals.
    fn in_capitals(&self, part: u32, text: &str, words: &Words, first: usize) -> bool {
        let part = &self.parts[part as usize];
        part.capitals.iter().all(|(at, capitals)| {
            let word = &words.words[first + at];
            let stands = &text[word.start as usize..word.end as usize];
            let open = part.open && at + 1 == part.words;
            if open { stands.starts_with(capitals.as_str()) } else { stands == capitals }
        })
    }

    fn find_elements(&self, scratch: &mut Scratch) {
        for at in 0..scratch.hits.len() {
            let Hit { part, span } = scratch.hits[at];
            scratch.elements.note(self.whole.get(part), self.watched, span);
            for phrase in self.longer.get(part) {
                scratch.steps = scratch.steps.saturating_sub(1);
                if scratch.steps == 0 {
                    return;
                }
                let end = phrase.rest.iter().try_fold(span.1, |end, part| {
                    let from = scratch.hits.partition_point(|hit| hit.span.0 < end);
                    let here = scratch.hits[from..].iter().take_while(|hit| hit.span.0 == end);
                    let next = here.into_iter().find(|hit| hit.part == *part)?;
                    adjacent(&scratch.words, end as usize).then_some(next.span.1)
                });
                if let Some(end) = end {
                    scratch.elements.note(&[phrase.element], self.watched, (span.0, end));
                }
            }
        }
    }

    fn find_chain(&self, chain: &Chain, scratch: &mut Scratch, found: &mut Vec<Found>) {
        let used_by = chain.used_by as usize;
        let used = self.uses[used_by];
        if used == Use::Condition && scratch.matched[used_by] {
            return;
        }
        for at in scratch.elements.spans(chain.first) {
            scratch.reached.clear();
            scratch.reached.push(scratch.elements.spans[at]);
            for (gap, element) in &chain.rest {
                scratch.next.clear();
                let finds = scratch.elements.spans(*element);
                let finds = &scratch.elements.spans[finds];
                for &span in &scratch.reached {
                    scratch.steps = scratch.steps.saturating_sub(1);
                    if scratch.next.len() >= scratch.steps {
                        scratch.steps = 0;
                        break;
                    }
                    follow(&scratch.words, finds, span, *gap, &mut scratch.next);
                }
                scratch.steps = scratch.steps.saturating_sub(scratch.next.len());
                scratch.next.sort_unstable();
                scratch.next.dedup();
                std::mem::swap(&mut scratch.reached, &mut scratch.next);
            }
            if scratch.steps == 0 {
                return;
            }
            if scratch.reached.is_empty() {
                continue;
            }
            scratch.mark(used_by);
            let Use::Rule(rule) = used else { return };
            if self.rules[rule].kind == RuleKind::Include {
                scratch.reached.sort_unstable_by_key(|(start, end)| (end - start, *start));
                scratch.reached.truncate(1);
            }
            for &(start, end) in &scratch.reached {
                let span = scratch.words.span(start..end);
                found.push(Found { start: span.start, end: span.end, rule });
            }
        }
    }

    fn find_regexes(&self, text: &str, scratch: &mut Scratch, found: &mut Vec<Found>) {
        let mut left = MAX_SEARCHED_BYTES;
        let mut groups = std::mem::take(&mut scratch.groups);
        self.literals.candidates(text, &mut groups, |index| {
            let (expression, used_by) = &self.regexes[index];
            let regex = expression.regex();
            match self.uses[*used_by] {
                Use::Rule(rule) => {
                    let before = found.len();
                    let within = |span: &regex::Match<'_>| {
                        left = left.saturating_sub(text.len() - span.start());
                        left > 0
                    };
                    let spans = regex.find_iter(text).take_while(within).filter(|span| !span.is_empty());
                    found.extend(spans.map(|span| Found { start: span.start(), end: span.end(), rule }));
                    if found.len() > before {
                        scratch.mark(*used_by);
                    }
                }
                Use::Condition if regex.is_match(text) => scratch.mark(*used_by),
                Use::Condition => {}
            }
        });
        scratch.groups = groups;
    }
}

/// Whether nothing but a blank is before the word `at`.
fn adjacent(words: &Words, at: usize) -> bool {
    words.words.get(at).is_some_and(|word| !word.after_comma)
}

/// The spans that arise where one of `finds` follows `span` over `gap`.
fn follow(words: &Words, finds: &[Span], (start, end): Span, gap: Gap, to: &mut Vec<Span>) {
    let sentence = |word: usize| words.words[word].sentence;
    let within = match gap {
        Gap::Adjacent => 0,
        Gap::Within(words) | Gap::EitherOrder(words) => words,
    };
    let after = finds.partition_point(|find| find.0 < end);
    for find in finds[after..].iter().take_while(|find| find.0 <= end + within) {
        let joined = match gap {
            Gap::Adjacent => adjacent(words, end),
            _ => sentence(find.0) == sentence(end - 1),
        };
        if joined {
            to.push((start, find.1));
        }
    }
    if let Gap::EitherOrder(within) = gap {
        let near = |find: &&Span| start.saturating_sub(find.0) <= within + MAX_WORDS;
        for find in finds[..after].iter().rev().take_while(near) {
            let before = find.1 <= start && start - find.1 <= within;
            if before && sentence(find.1 - 1) == sentence(start) {
                to.push((find.0, end));
            }
        }
    }
}
