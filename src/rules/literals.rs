//! Which regular expressions are worth running on a text: those of which it holds the letters that they cannot do
//! without.
//!
//! `/\bILO[^.;]{0,40}\b169\b/` needs a word with `ilo` and one with `169`. Which of these letters a word holds is found
//! out once for each word and kept, so that a text without them, as most are, costs nothing. An expression that can do
//! without any letters, such as `/\d+ %/`, is restless: those run on every text, all together in one pass.

use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind};

/// All restless expressions of a codebook together may take this much memory when compiled.
const RESTLESS_BYTES: usize = 64 << 20;

/// The regular expressions by what wakes them.
#[derive(Debug)]
pub(super) struct Sleepers {
    /// For each expression the calls that it waits for, as bits; 0 for a restless one.
    waits_for: Vec<u8>,
    /// The letters of all calls.
    letters: AhoCorasick,
    calls: Vec<Call>,
    restless: RegexSet,
    restless_ids: Vec<usize>,
}

/// What a word does for an expression: it has the letters of one of the groups that are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    expression: u32,
    bit: u8,
}

/// What calls there were in a text, kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Calls {
    heard: Vec<u8>,
    called: Vec<u32>,
}

impl Sleepers {
    /// Sorts regular expressions, which match in any case.
    ///
    /// # Errors
    ///
    /// What is too large, and how many of it there are.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<Sleepers, String> {
        let (mut waits_for, mut restless, mut restless_ids) = (Vec::new(), Vec::new(), Vec::new());
        let (mut letters, mut calls) = (Vec::new(), Vec::new());
        for (expression, pattern) in patterns.enumerate() {
            let mut bits = 0;
            for (group, needed) in needed(pattern).into_iter().enumerate() {
                let bit = 1 << group;
                bits |= bit;
                calls.extend(needed.iter().map(|_| Call { expression: expression as u32, bit }));
                letters.extend(needed);
            }
            if bits == 0 {
                restless.push(pattern);
                restless_ids.push(expression);
            }
            waits_for.push(bits);
        }
        let number = waits_for.len();
        let too_large = || format!("{number} regular expressions that together are too large");
        Ok(Sleepers {
            waits_for,
            letters: AhoCorasick::new(letters).map_err(|_| too_large())?,
            calls,
            restless: RegexSetBuilder::new(restless)
                .case_insensitive(true)
                .size_limit(RESTLESS_BYTES)
                .build()
                .map_err(|_| too_large())?,
            restless_ids,
        })
    }

    /// Whom a folded word calls.
    pub(super) fn learn(&self, word: &str) -> Box<[Call]> {
        // the long s is the one letter that stands for another one in a regular expression, and is not folded
        if word.contains('ſ') {
            return self.calls.clone().into();
        }
        let found =
            self.letters.find_overlapping_iter(word).map(|found| self.calls[found.pattern().as_usize()]);
        let mut calls: Vec<Call> = found.collect();
        calls.sort_unstable();
        calls.dedup();
        calls.into()
    }

    /// Notes the calls of a word.
    pub(super) fn call(&self, word: &[Call], calls: &mut Calls) {
        calls.heard.resize(self.waits_for.len(), 0);
        for call in word {
            if calls.heard[call.expression as usize] == 0 {
                calls.called.push(call.expression);
            }
            calls.heard[call.expression as usize] |= call.bit;
        }
    }

    /// The expressions that may match the text whose words have called; forgets the calls.
    pub(super) fn awake(&self, text: &str, calls: &mut Calls, mut wake: impl FnMut(usize)) {
        for expression in calls.called.drain(..) {
            let expression = expression as usize;
            if std::mem::take(&mut calls.heard[expression]) == self.waits_for[expression] {
                wake(expression);
            }
        }
        if !self.restless_ids.is_empty() {
            self.restless.matches(text).into_iter().for_each(|at| wake(self.restless_ids[at]));
        }
    }
}

/// As many groups of letters are looked for at most: each has a bit.
const MOST_GROUPS: usize = u8::BITS as usize;

/// Groups of letters: every match of the pattern has letters of each group in a row. No group if it can do without.
///
/// They stand where the match or one of the pieces that make it up begins or ends. Where the expression matches in
/// another case, it does so letter by letter; and letters and digits of ASCII that stand together in a text stand
/// together in one of its folded words.
fn needed(pattern: &str) -> Vec<Vec<String>> {
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
            if !groups.contains(&runs) && groups.len() < MOST_GROUPS {
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

    fn awake(sleepers: &Sleepers, text: &str) -> Vec<usize> {
        let (mut words, mut calls, mut awake) = (Words::default(), Calls::default(), Vec::new());
        words.split(text);
        for word in &words.words {
            sleepers.call(&sleepers.learn(words.folded(word)), &mut calls);
        }
        sleepers.awake(text, &mut calls, |expression| awake.push(expression));
        awake.sort_unstable();
        awake
    }

    #[test]
    fn expressions_sleep_until_their_letters_come() {
        let sleepers = Sleepers::of(PATTERNS.into_iter()).expect("small expressions");
        assert_eq!(awake(&sleepers, "Train the police"), [] as [usize; 0]);
        assert_eq!(awake(&sleepers, "Ratify ILO conventions"), [] as [usize; 0]);
        assert_eq!(awake(&sleepers, "Ratify ILO 169, and mark skis"), [0, 6]);
        assert_eq!(awake(&sleepers, "spend 5 % of it"), [4]);
        assert!(awake(&sleepers, "\u{17F}\u{212A}i").contains(&6), "the long s and the sign of kelvin");
    }

    /// The groups of letters that an expression waits for, one of each `|`; what waits for none is run on every text.
    #[test]
    fn letters_that_an_expression_cannot_do_without() {
        for (pattern, letters) in [
            (r"\bILO[^.;]{0,40}\b169\b", "ilo 169"),
            (r"(rifle|gun)[^x]*", "gun|rifle"),
            (r"\W+(?: ski)", "ski"),
            (r"x[^a]+(y[^a]+m[^a]+z)", "x z y m"),
            (r"a\Wb\Wc\Wd\We\Wf\Wg\Wh\Wi\Wj", "a j b c d e f g"),
            (r"\d+ %", ""),
            ("ski|%", ""),
        ] {
            let found: Vec<String> = needed(pattern).iter().map(|group| group.join("|")).collect();
            assert_eq!(found.join(" "), letters, "{pattern}");
            let sleepers = Sleepers::of(std::iter::once(pattern)).expect("a small expression");
            assert_eq!(sleepers.restless_ids.is_empty(), !letters.is_empty(), "{pattern}");
        }
    }

    #[test]
    fn none_that_matches_is_left_asleep() {
        for_each(256, |random| {
            let parts = [
                "ILO",
                "ilo",
                " ",
                " 169",
                "169 ",
                "The",
                " Act",
                "code",
                "GBT",
                "lgbti",
                "0.7",
                "%",
                " per cent",
                "7 %",
                "Guant",
                "á",
                "a",
                "n",
                "ſ",
                "K",
                "S",
                "ki",
                "women",
                "'",
                "’",
                "s",
                " desk",
                "\u{AD}",
                "\u{301}",
                ".",
            ];
            let parts = random.list(14, |random| random.pick(&parts));
            let text = parts.concat();
            let sleepers = Sleepers::of(PATTERNS.into_iter()).expect("small expressions");
            let awake = awake(&sleepers, &text);
            for (expression, pattern) in PATTERNS.iter().enumerate() {
                let regex = regex::RegexBuilder::new(pattern).case_insensitive(true).build().expect("valid");
                assert!(!regex.is_match(&text) || awake.contains(&expression), "{} on {}", pattern, text);
            }
        });
    }
}
