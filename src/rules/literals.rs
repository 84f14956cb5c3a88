//! A prefilter for regular expressions: those are run on a text that may match it, by the literals that every match of
//! them has.
//!
//! `/\bILO[^.;]{0,40}\b169\b/` needs a word with `ilo` and one with `169`. Which literals a word has is found once for each
//! word and kept, so that a text without them, as most are, costs nothing. An expression without required literals, such
//! as `/\d+ %/`, is run on every text, all of them together in one pass.

use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind};

/// All expressions without required literals together may take this much memory when compiled. Not measured.
const MAX_UNFILTERED_BYTES: usize = 64 << 20;

/// Regular expressions by the literals that they require.
#[derive(Debug)]
pub(super) struct LiteralFilter {
    /// For each expression the groups of literals that it requires, as bits; 0 for one that requires none.
    required: Vec<u8>,
    /// The literals of all groups.
    literals: AhoCorasick,
    /// For each literal the group that it belongs to.
    groups: Vec<Group>,
    unfiltered: RegexSet,
    unfiltered_ids: Vec<usize>,
}

/// A group of literals of an expression: a match has one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    expression: u32,
    bit: u8,
}

/// The groups that a text has literals of; the room is kept for the next text.
#[derive(Debug, Default)]
pub(super) struct FoundGroups {
    /// For each expression its groups, as bits.
    bits: Vec<u8>,
    /// The expressions that have any.
    expressions: Vec<u32>,
}

impl LiteralFilter {
    /// Sorts regular expressions, which match in any case.
    ///
    /// # Errors
    ///
    /// What is too large, and how many of it there are.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<LiteralFilter, String> {
        let (mut required, mut unfiltered, mut unfiltered_ids) = (Vec::new(), Vec::new(), Vec::new());
        let (mut literals, mut groups) = (Vec::new(), Vec::new());
        for (expression, pattern) in patterns.enumerate() {
            let mut bits = 0;
            for (at, group) in required_literals(pattern).into_iter().enumerate() {
                let bit = 1 << at;
                bits |= bit;
                groups.extend(group.iter().map(|_| Group { expression: expression as u32, bit }));
                literals.extend(group);
            }
            if bits == 0 {
                unfiltered.push(pattern);
                unfiltered_ids.push(expression);
            }
            required.push(bits);
        }
        let number = required.len();
        let too_large = || format!("{number} regular expressions that together are too large");
        Ok(LiteralFilter {
            required,
            literals: AhoCorasick::new(literals).map_err(|_| too_large())?,
            groups,
            unfiltered: RegexSetBuilder::new(unfiltered)
                .case_insensitive(true)
                .size_limit(MAX_UNFILTERED_BYTES)
                .build()
                .map_err(|_| too_large())?,
            unfiltered_ids,
        })
    }

    /// The groups that a folded word has a literal of.
    pub(super) fn groups_of(&self, word: &str) -> Box<[Group]> {
        // the long s is the one letter that replaces another one in a regular expression, and is not folded
        if word.contains('ſ') {
            return self.groups.clone().into();
        }
        let found = self.literals.find_overlapping_iter(word);
        let mut groups: Vec<Group> = found.map(|found| self.groups[found.pattern().as_usize()]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.into()
    }

    /// Adds the groups of a word to those of its text.
    pub(super) fn add(&self, groups: &[Group], found: &mut FoundGroups) {
        found.bits.resize(self.required.len(), 0);
        for group in groups {
            if found.bits[group.expression as usize] == 0 {
                found.expressions.push(group.expression);
            }
            found.bits[group.expression as usize] |= group.bit;
        }
    }

    /// The expressions that may match a text with these groups, which are removed.
    pub(super) fn candidates(&self, text: &str, found: &mut FoundGroups, mut candidate: impl FnMut(usize)) {
        for expression in found.expressions.drain(..) {
            let expression = expression as usize;
            if std::mem::take(&mut found.bits[expression]) == self.required[expression] {
                candidate(expression);
            }
        }
        if !self.unfiltered_ids.is_empty() {
            self.unfiltered.matches(text).into_iter().for_each(|at| candidate(self.unfiltered_ids[at]));
        }
    }
}

/// The most groups of an expression that are used: each has a bit.
const MAX_GROUPS: usize = u8::BITS as usize;

/// Groups of literals: every match of the pattern has a literal of each group. No group if it requires none.
///
/// They are taken from where the match, or one of the pieces that it consists of, begins or ends. Where the expression matches in
/// another case, it does so letter by letter; and letters and digits of ASCII that are next to each other in a text are
/// together in one of its folded words.
fn required_literals(pattern: &str) -> Vec<Vec<String>> {
    let Ok(parsed) = regex_syntax::parse(pattern) else { return Vec::new() };
    let mut pieces = vec![&parsed];
    push_pieces(&parsed, &mut pieces);
    let mut groups: Vec<Vec<String>> = Vec::new();
    for piece in pieces {
        for kind in [ExtractKind::Prefix, ExtractKind::Suffix] {
            let found = Extractor::new().kind(kind).extract(piece);
            let runs = found.literals().and_then(|literals| {
                literals
                    .iter()
                    .map(|literal| longest_run(literal.as_bytes()))
                    .collect::<Option<Vec<String>>>()
            });
            let Some(mut runs) = runs.filter(|runs| !runs.is_empty()) else { continue };
            runs.sort_unstable();
            runs.dedup();
            if !groups.contains(&runs) && groups.len() < MAX_GROUPS {
                groups.push(runs);
            }
        }
    }
    groups
}

/// The pieces that every match is put together of.
fn push_pieces<'h>(whole: &'h Hir, to: &mut Vec<&'h Hir>) {
    match whole.kind() {
        HirKind::Concat(pieces) => pieces.iter().for_each(|piece| push_pieces(piece, to)),
        HirKind::Capture(capture) => push_pieces(&capture.sub, to),
        _ => to.push(whole),
    }
}

/// The longest run of letters and digits of ASCII, in lower case.
fn longest_run(bytes: &[u8]) -> Option<String> {
    let runs = bytes.split(|byte| !byte.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
    let run = runs.max_by_key(|run| run.len())?;
    Some(run.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::for_each;
    use crate::text::words::Words;

    const PATTERNS: [&str; 8] = [
        r"\bILO[^.;]{0,40}\b169\b",
        r"(?-i)\b[A-Z][a-z]+ (?:Act|Code)\b",
        r"\bL?GBT[A-Z0-9+]*\b",
        r"\b0\.7\s*(?:%|per ?cent)",
        r"\d+ %",
        "gu?ant[aá]n",
        "ski",
        "women'?s desk",
    ];

    fn candidates(filter: &LiteralFilter, text: &str) -> Vec<usize> {
        let (mut words, mut found, mut candidates) = (Words::default(), FoundGroups::default(), Vec::new());
        words.split(text);
        for word in &words.words {
            filter.add(&filter.groups_of(words.folded(word)), &mut found);
        }
        filter.candidates(text, &mut found, |expression| candidates.push(expression));
        candidates.sort_unstable();
        candidates
    }

    #[test]
    fn expressions_are_run_where_their_literals_are() {
        let filter = LiteralFilter::of(PATTERNS.into_iter()).expect("small expressions");
        assert_eq!(candidates(&filter, "Train the police"), [] as [usize; 0]);
        assert_eq!(candidates(&filter, "Ratify ILO conventions"), [] as [usize; 0]);
        assert_eq!(candidates(&filter, "Ratify ILO 169, and mark skis"), [0, 6]);
        assert_eq!(candidates(&filter, "spend 5 % of it"), [4]);
        assert!(candidates(&filter, "\u{17F}\u{212A}i").contains(&6), "the long s and the sign of kelvin");
    }

    /// The groups of literals that an expression requires, their members separated by `|`.
    #[test]
    fn literals_that_an_expression_requires() {
        for (pattern, letters) in [
            (r"\bILO[^.;]{0,40}\b169\b", "ilo 169"),
            (r"(rifle|gun)[^x]*", "gun|rifle"),
            (r"\W+(?: ski)", "ski"),
            (r"x[^a]+(y[^a]+m[^a]+z)", "x z y m"),
            (r"a\Wb\Wc\Wd\We\Wf\Wg\Wh\Wi\Wj", "a j b c d e f g"),
            (r"\d+ %", ""),
            ("ski|%", ""),
        ] {
            let found: Vec<String> = required_literals(pattern).iter().map(|group| group.join("|")).collect();
            assert_eq!(found.join(" "), letters, "{pattern}");
            let filter = LiteralFilter::of(std::iter::once(pattern)).expect("a small expression");
            assert_eq!(filter.unfiltered_ids.is_empty(), !letters.is_empty(), "{pattern}");
        }
    }

    #[test]
    fn every_expression_that_matches_is_run() {
        for_each(256, |random| {
            let pieces = "ILO|ilo| | 169|169 |The| Act|code|GBT|lgbti|0.7|%| per cent|7 %|Guant|á|a|n|ſ|K|S|ki|women|'|’|s| desk|\
                          \u{AD}|\u{301}|.";
            let text = random.pieces(14, pieces).concat();
            let filter = LiteralFilter::of(PATTERNS.into_iter()).expect("small expressions");
            let candidates = candidates(&filter, &text);
            for (expression, pattern) in PATTERNS.iter().enumerate() {
                let regex = regex::RegexBuilder::new(pattern).case_insensitive(true).build().expect("valid");
                assert!(!regex.is_match(&text) || candidates.contains(&expression), "{pattern} on {text}");
            }
        });
    }
}
