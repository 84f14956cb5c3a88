//! Finds where the patterns of a codebook match a text.
//!
//! One pass of the automaton over the text's line of words gives the parts; parts give phrases, phrases
//! elements, elements chains. Everything is counted in words; the caller turns words into bytes of the text.
//!
//! All matches of all rules are found, also where they overlap; of an include rule's matches that begin with the
//! same words only that over the shortest gaps. [`decide`](super::decide) sees to exclusions.

use super::compile::{Chain, Machine, Use};
use crate::codebook::RuleKind;
use crate::codebook::notation::{Gap, MOST_WORDS};
use crate::words::Words;

/// A match of a rule: the bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: usize,
}

/// What is needed while one text is searched, kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) words: Words,
    /// For each part, the words it was found at: from, and one past the last.
    parts: Vec<Vec<(usize, usize)>>,
    elements: Vec<Vec<(usize, usize)>>,
    touched_parts: Vec<usize>,
    touched_elements: Vec<usize>,
    touched_uses: Vec<usize>,
    /// For each use, whether it matched.
    pub(super) matched: Vec<bool>,
    reached: Vec<(usize, usize)>,
    next: Vec<(usize, usize)>,
    /// How many more steps may be taken in this text.
    steps: usize,
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
const MOST_FINDS: usize = 10_000;

/// The steps in a text from finds to phrases and from words over gaps, of all patterns together. Gaps in a row multiply:
/// `a <30> a <30> a`, twenty times, searched for a minute in 100 kB of nothing but `a`. Where the steps are used up,
/// what was found until then stands.
const MOST_STEPS: usize = 2_000_000;

/// The bytes of a text that regular expressions may look through to find match after match, all expressions together.
/// Each search is linear, but one that looks to the end of the text to find a letter (`[^z]*z|a`) begins 100,000 times in
/// 100 kB, and took 25 seconds.
const MOST_SEARCHED: usize = 1 << 24;

impl Machine {
    pub(super) fn find(&self, text: &str, scratch: &mut Scratch, found: &mut Vec<Found>) {
        found.clear();
        scratch.steps = MOST_STEPS;
        scratch.parts.resize(self.parts.len(), Vec::new());
        scratch.elements.resize(self.elements.len(), Vec::new());
        scratch.matched.resize(self.uses.len(), false);
        for used in scratch.touched_uses.drain(..) {
            scratch.matched[used] = false;
        }
        scratch.words.split(text);
        self.find_parts(text, scratch);
        self.find_elements(scratch);
        // a chain is looked at where its rarest element occurs, so a text costs by what it holds, not by the rules
        for touched in 0..scratch.touched_elements.len() {
            for &chain in &self.watching[scratch.touched_elements[touched]] {
                let chain = &self.chains[chain];
                if chain.elements.iter().all(|(_, element)| !scratch.elements[*element].is_empty()) {
                    self.find_chain(chain, scratch, found);
                }
            }
        }
        self.find_regexes(text, scratch, found);
        for touched in scratch.touched_parts.drain(..) {
            scratch.parts[touched].clear();
        }
        for touched in scratch.touched_elements.drain(..) {
            scratch.elements[touched].clear();
        }
    }

    fn find_parts(&self, text: &str, scratch: &mut Scratch) {
        let words = &scratch.words;
        for hit in self.automaton.find_overlapping_iter(&words.line) {
            let id = hit.pattern().as_usize();
            let part = &self.parts[id];
            let first = words.word_at(hit.start() + 1);
            let end = first + part.words;
            let in_capitals = part.capitals.iter().all(|(at, capitals)| {
                let word = &words.words[first + at];
                let stands = &text[word.start as usize..word.end as usize];
                let open = part.open && at + 1 == part.words;
                if open { stands.starts_with(capitals.as_str()) } else { stands == capitals }
            });
            let finds = &mut scratch.parts[id];
            if in_capitals && finds.len() < MOST_FINDS {
                if finds.is_empty() {
                    scratch.touched_parts.push(id);
                }
                finds.push((first, end));
            }
        }
    }

    fn find_elements(&self, scratch: &mut Scratch) {
        for &id in &scratch.touched_parts {
            for &(element, phrase) in &self.parts[id].begins {
                let rest = &self.elements[element][phrase][1..];
                scratch.steps = scratch.steps.saturating_sub(scratch.parts[id].len());
                if scratch.steps == 0 {
                    break;
                }
                for &(start, end) in &scratch.parts[id] {
                    // the automaton reports a part's finds from left to right
                    let end = rest.iter().try_fold(end, |end, part| {
                        let finds = &scratch.parts[*part];
                        let at = finds.binary_search_by_key(&end, |find| find.0).ok()?;
                        adjacent(&scratch.words, end).then_some(finds[at].1)
                    });
                    if let Some(end) = end {
                        let finds = &mut scratch.elements[element];
                        if finds.is_empty() {
                            scratch.touched_elements.push(element);
                        }
                        finds.push((start, end));
                    }
                }
            }
        }
        for &element in &scratch.touched_elements {
            scratch.elements[element].sort_unstable();
            scratch.elements[element].dedup();
        }
    }

    fn find_chain(&self, chain: &Chain, scratch: &mut Scratch, found: &mut Vec<Found>) {
        let used = self.uses[chain.used_by];
        if used == Use::Condition && scratch.matched[chain.used_by] {
            return;
        }
        let (first, rest) = chain.elements.split_first().expect("a pattern has an element");
        for at in 0..scratch.elements[first.1].len() {
            let begun = scratch.elements[first.1][at];
            scratch.reached.clear();
            scratch.reached.push(begun);
            for (gap, element) in rest {
                scratch.next.clear();
                for &span in &scratch.reached {
                    scratch.steps = scratch.steps.saturating_sub(1);
                    if scratch.next.len() >= scratch.steps {
                        scratch.steps = 0;
                        break;
                    }
                    follow(&scratch.words, &scratch.elements[*element], span, *gap, &mut scratch.next);
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
            scratch.mark(chain.used_by);
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
        let mut left = MOST_SEARCHED;
        for index in &self.regexes.matches(text) {
            let (regex, used_by) = &self.regex_conditions[index];
            scratch.mark(*used_by);
            if let Use::Rule(rule) = self.uses[*used_by] {
                let within = |span: &regex::Match<'_>| {
                    left = left.saturating_sub(text.len() - span.start());
                    left > 0
                };
                let spans = regex.find_iter(text).take_while(within).filter(|span| !span.is_empty());
                found.extend(spans.map(|span| Found { start: span.start(), end: span.end(), rule }));
            }
        }
    }
}

/// Whether nothing but a blank stands before the word `at`.
fn adjacent(words: &Words, at: usize) -> bool {
    words.words.get(at).is_some_and(|word| !word.after_comma)
}

/// The spans that arise where one of `finds` follows `span` over `gap`.
fn follow(
    words: &Words,
    finds: &[(usize, usize)],
    (start, end): (usize, usize),
    gap: Gap,
    to: &mut Vec<(usize, usize)>,
) {
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
        let near = |find: &&(usize, usize)| start.saturating_sub(find.0) <= within + MOST_WORDS;
        for find in finds[..after].iter().rev().take_while(near) {
            let before = find.1 <= start && start - find.1 <= within;
            if before && sentence(find.1 - 1) == sentence(start) {
                to.push((find.0, end));
            }
        }
    }
}
