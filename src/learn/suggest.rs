//! Proposes rules for an issue from texts that must and must not have it. It writes no codebook: people choose.

use super::fold_of;
use crate::codebook::{Codebook, Expectation, RuleKind};
use crate::coded::{CodedList, Coding, Status};
use crate::dimension::Dimension;
use crate::error::{Error, Result, quoted};
use crate::table::{Cell, Table};
use crate::tag::Tagger;
use crate::text::language::is_function_word;
use crate::text::words::{Break, Word, Words};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Each text is held back once, while the others propose.
const FOLDS: usize = 5;

/// The patterns that are tried: a hundred texts of thirty words have so many phrases that two of them share.
const MAX_TRIED: usize = 5_000;

/// More than a person would look through.
const MAX_PROPOSED: usize = 12;

/// The longest phrase of neighbouring words, and the most words between two that are kept apart.
const MAX_PHRASE: usize = 3;
const MAX_GAP: usize = 4;

/// Words that differ after so many letters are one with a `*`: the shortest stems that mean one thing have five. Shorter
/// words may be articles and prepositions.
const MIN_STEM: usize = 5;

/// A proposal may be wrong in one of five texts where it is right in the other four.
const MIN_PRECISION: f64 = 0.8;

/// A wrong text weighs as much against a pattern as five right ones for it. Of changes in the list, which nobody judged, ten weigh
/// as much as one right text, and fewer where most that the pattern matches has the issue already. Chosen by eye on a
/// handful of issues of `core`.
const WRONG: f64 = 5.0;
const UNJUDGED: f64 = 0.1;

const HEADER: [&str; 11] = [
    "issue",
    "kind",
    "pattern",
    "right",
    "wrong",
    "held_back_right",
    "held_back_wrong",
    "list_changes",
    "list_matches",
    "example_1",
    "example_2",
];

/// Proposes patterns for an issue, in the notation of `rules.csv`, the best first: include rules for the texts of `examples`
/// that must have the issue and are not given it, and exclude rules for those that must not and are. What the codebook
/// codes rightly needs no rule. Unit: texts, and recommendations of the list.
///
/// - `issue`, `kind`, `pattern`: to copy into `rules.csv`.
/// - `right`, `wrong`: the texts in which the pattern would do what it should, and what it should not.
/// - `held_back_right`, `held_back_wrong`: the same in texts that had no part in choosing it. Each text is held back once in
///   five rounds, and only rounds that choose the same pattern count. Their ratio is what to expect of other texts, a little
///   too high: the words to choose from are those of all texts.
/// - `list_changes`: the recommendations of `list` that would gain or lose the issue, without those of which people decided:
///   there their decision stays; `list_matches`: those that it matches.
/// - `example_1`, `example_2`: the first two texts of those in `list_changes`.
///
/// Of patterns that are right as often, the one is proposed that changes less in the list, and more rarely where it matches.
/// Texts in which an exclusion set a match aside get no include rule, since it might be set aside as well.
///
/// # Errors
///
/// An issue that the codebook does not have; no example that says whether a text has it.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, code::suggest};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let texts = "text,tagged\nPlan for storm surges on the coast,climate-action\nBuild walls against storm surges,climate-action\n";
/// let examples = tagger.codebook().examples_in("mine.csv", texts.as_bytes())?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let table = suggest(&tagger, "climate-action", &examples, &coded)?;
/// let first = table.iter().next().unwrap();
/// assert_eq!((first.text("kind"), first.text("pattern")), (Some("include"), Some("storm")));
/// assert_eq!((first.count("right"), first.count("wrong"), first.count("list_changes")), (Some(2), Some(0), Some(1)));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn suggest(tagger: &Tagger, issue: &str, examples: &[Expectation], list: &CodedList) -> Result<Table> {
    if tagger.codebook().issue(issue).is_none() {
        let expected =
            format!("the code of an issue of {}: its issues.csv has them", tagger.codebook().name());
        return Err(Error::argument("issue", quoted(issue), expected));
    }
    let own = tagger.codebook().identity();
    if list.codebooks().issues().identity() != own {
        let found = format!("a list coded with {}", list.codebooks().issues().identity());
        return Err(Error::mismatch("suggest", found, format!("one coded with {own}")));
    }
    let texts: Vec<Text<'_>> = examples.iter().filter_map(|one| Text::of(tagger, issue, one)).collect();
    if texts.is_empty() {
        let found = format!("no text that must or must not have {}", quoted(issue));
        return Err(Error::argument("examples", found, "some of each: a few lines of an examples.csv"));
    }
    let in_list: Vec<Text<'_>> = list
        .recommendations
        .iter()
        .map(|coded| {
            let text = Text::new(&coded.recommendation.text, issue, &coded.coding, false);
            match coded.status(Dimension::Issue, issue) {
                Status::Machine => text,
                // no rule changes what people decided
                _ => Text { given: Vec::new(), closed: true, ..text },
            }
        })
        .collect();
    let mut table = Table::new(HEADER);
    for kind in [RuleKind::Include, RuleKind::Exclude] {
        let trial = Trial::of(tagger.codebook(), kind, &texts, &in_list)?;
        let mut held_back: BTreeMap<usize, [u64; 2]> = BTreeMap::new();
        for fold in 0..FOLDS {
            let (out, within): (Vec<usize>, Vec<usize>) =
                (0..texts.len()).partition(|at| fold_of(texts[*at].text, FOLDS) == fold);
            for pattern in trial.proposed(&within) {
                let [right, wrong] = held_back.entry(pattern).or_default();
                let now = trial.counts(pattern, &out);
                (*right, *wrong) = (*right + now[0], *wrong + now[1]);
            }
        }
        let all: Vec<usize> = (0..texts.len()).collect();
        for pattern in trial.proposed(&all) {
            let [right, wrong] = trial.counts(pattern, &all);
            let [held_right, held_wrong] = held_back.get(&pattern).copied().unwrap_or_default();
            let (changes, matches) = (&trial.list_changes[pattern], trial.list_matches[pattern]);
            let example = |at: usize| changes.get(at).map_or("", |at| in_list[*at].text);
            let mut row: Vec<Cell> =
                [issue, kind.as_str(), &trial.patterns[pattern]].map(Cell::from).to_vec();
            row.extend([right, wrong, held_right, held_wrong, changes.len() as u64, matches].map(Cell::from));
            row.extend([example(0), example(1)].map(Cell::from));
            table.rows.push(row);
        }
    }
    Ok(table)
}

/// A text, whether it must have the issue, and where rules gave it.
struct Text<'t> {
    text: &'t str,
    should: bool,
    given: Vec<Range<usize>>,
    /// Whether an exclusion set a match aside, so that a new rule may be set aside as well, or the text is in a language that the
    /// codebook has no rules for.
    closed: bool,
}

impl<'t> Text<'t> {
    fn new(text: &'t str, issue: &str, coding: &Coding, should: bool) -> Text<'t> {
        let evidence = coding.tag(issue).into_iter().flat_map(|tag| &tag.evidence);
        let aside = coding.suppressed.iter().any(|one| *one.code == *issue);
        Text {
            text,
            should,
            given: evidence.map(|evidence| evidence.span.clone()).collect(),
            closed: aside || coding.not_coded.is_some(),
        }
    }

    /// An example, if it says something of the issue.
    fn of(tagger: &Tagger, issue: &str, example: &'t Expectation) -> Option<Text<'t>> {
        let should = example.must_have(issue);
        let text = example.text.as_str();
        let says = should || example.must_not_have(issue);
        says.then(|| Text::new(text, issue, &tagger.code(text).coding, should))
    }

    /// Whether a rule of this kind is wanted for it.
    fn wants(&self, kind: RuleKind) -> bool {
        match kind {
            RuleKind::Include => self.should && self.given.is_empty() && !self.closed,
            _ => !self.should && !self.given.is_empty(),
        }
    }

    /// What a pattern that matches here changes: whether the text gains the issue, or loses it since all that gave it is set
    /// aside.
    fn changes(&self, kind: RuleKind, matches: &[Range<usize>]) -> bool {
        let overlap = |given: &Range<usize>| {
            matches.iter().any(|found| found.start < given.end && given.start < found.end)
        };
        match kind {
            RuleKind::Include => self.given.is_empty() && !self.closed && !matches.is_empty(),
            _ => !self.given.is_empty() && self.given.iter().all(overlap),
        }
    }
}

/// What each pattern does in the texts and in the list.
struct Trial {
    patterns: Vec<String>,
    /// The texts that ask for a pattern.
    wanted: BTreeSet<usize>,
    /// The texts that a pattern changes rightly, and wrongly.
    right: Vec<Vec<usize>>,
    wrong: Vec<Vec<usize>>,
    list_changes: Vec<Vec<usize>>,
    list_matches: Vec<u64>,
}

impl Trial {
    fn of(codebook: &Codebook, kind: RuleKind, texts: &[Text<'_>], list: &[Text<'_>]) -> Result<Trial> {
        let wanted: BTreeSet<usize> = (0..texts.len()).filter(|at| texts[*at].wants(kind)).collect();
        let patterns = patterns(wanted.iter().map(|at| &texts[*at]), kind);
        let none = || vec![Vec::new(); patterns.len()];
        let mut trial = Trial {
            wanted,
            right: none(),
            wrong: none(),
            list_changes: none(),
            list_matches: vec![0; patterns.len()],
            patterns,
        };
        if trial.patterns.is_empty() {
            return Ok(trial);
        }
        // the patterns as the rules of a codebook with one issue, so that they mean what they mean in rules.csv
        let rules: Vec<u8> = {
            let mut to = csv::Writer::from_writer(Vec::new());
            let rows = std::iter::once(["issue", "kind", "pattern"])
                .chain(trial.patterns.iter().map(|pattern| ["x", "include", pattern]));
            rows.for_each(|row| to.write_record(row).expect("memory can be written"));
            to.into_inner().expect("memory can be written")
        };
        let rules = String::from_utf8(rules).expect("written as UTF-8");
        let languages: Vec<&str> = codebook.languages().iter().map(|language| language.as_str()).collect();
        let about = format!("key,value\nname,patterns\nversion,1\nlanguage,{}\n", languages.join(" "));
        let files = [
            ("codebook.csv", about.as_str()),
            ("issues.csv", "issue,label,theme\nx,x,x\n"),
            ("rules.csv", &rules),
        ];
        let tagger = Tagger::new(Codebook::from_files("patterns", files)?)?;
        let at: BTreeMap<&str, usize> =
            trial.patterns.iter().enumerate().map(|(at, text)| (&**text, at)).collect();
        let found = |texts: &[Text<'_>]| -> Vec<BTreeMap<usize, Vec<Range<usize>>>> {
            let of = |text: &Text<'_>| {
                let mut found: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
                for evidence in tagger.code(text.text).coding.tags.iter().flat_map(|tag| &tag.evidence) {
                    found.entry(at[&*evidence.rule]).or_default().push(evidence.span.clone());
                }
                found
            };
            texts.par_iter().map(of).collect()
        };
        for (text, found) in found(texts).iter().enumerate() {
            for (pattern, _) in found.iter().filter(|(_, matches)| texts[text].changes(kind, matches)) {
                let right = texts[text].should == (kind == RuleKind::Include);
                let texts = if right { &mut trial.right } else { &mut trial.wrong };
                texts[*pattern].push(text);
            }
        }
        for (text, found) in found(list).iter().enumerate() {
            for (pattern, matches) in found {
                trial.list_matches[*pattern] += 1;
                if list[text].changes(kind, matches) {
                    trial.list_changes[*pattern].push(text);
                }
            }
        }
        Ok(trial)
    }

    /// How many of these texts a pattern changes rightly, and wrongly.
    fn counts(&self, pattern: usize, of: &[usize]) -> [u64; 2] {
        [&self.right, &self.wrong]
            .map(|texts| texts[pattern].iter().filter(|at| of.binary_search(at).is_ok()).count() as u64)
    }

    /// The patterns that these texts propose: again and again the one that is right for most of what is still wanted, and changes
    /// little else.
    fn proposed(&self, of: &[usize]) -> Vec<usize> {
        let mut open: BTreeSet<usize> =
            self.wanted.iter().copied().filter(|at| of.binary_search(at).is_ok()).collect();
        let mut proposed = Vec::new();
        let counts: Vec<[u64; 2]> =
            (0..self.patterns.len()).map(|pattern| self.counts(pattern, of)).collect();
        while proposed.len() < MAX_PROPOSED && !open.is_empty() {
            let score = |pattern: usize| {
                let [right, wrong] = counts[pattern].map(|count| count as f64);
                if right < MIN_PRECISION * (right + wrong) {
                    return 0.0;
                }
                let new = self.right[pattern].iter().filter(|at| open.contains(at)).count() as f64;
                let changes = self.list_changes[pattern].len() as f64;
                let known = 1.0 - changes / (self.list_matches[pattern] as f64).max(1.0);
                new * (right + 1.0) / (right + 1.0 + WRONG * wrong + UNJUDGED * changes * (1.0 - known))
            };
            let best = (0..self.patterns.len()).map(|pattern| (score(pattern), pattern));
            // of equals the first: patterns are in the order of their length
            let best = best.max_by(|(one, a), (other, b)| one.total_cmp(other).then(b.cmp(a)));
            let Some((_, pattern)) = best.filter(|(score, _)| *score > 0.0) else { break };
            open.retain(|at| !self.right[pattern].contains(at));
            proposed.push(pattern);
        }
        proposed
    }
}

/// The patterns that texts hold: words, phrases, and two words some way apart, the short ones first. Of an exclude rule they
/// contain words that gave the issue.
fn patterns<'t>(texts: impl Iterator<Item = &'t Text<'t>>, kind: RuleKind) -> Vec<String> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut words = Words::default();
    for text in texts {
        words.split(text.text);
        let mut of_text: BTreeSet<String> = BTreeSet::new();
        let of_evidence = |word: &Word| {
            let (start, end) = (word.start as usize, word.end as usize);
            text.given.iter().any(|given| start < given.end && given.start < end)
        };
        let written: Vec<String> =
            words.words.iter().map(|word| shown(text.text, &words.line, word)).collect();
        let tells = |at: usize| {
            let (word, length) = (&written[at], written[at].chars().count());
            length > 2 && !(length < MIN_STEM && is_function_word(word))
        };
        for (first, word) in words.words.iter().enumerate().filter(|(first, _)| tells(*first)) {
            let mut of_match = false;
            for (last, next) in words.words.iter().enumerate().skip(first).take(MAX_GAP + 2) {
                if next.sentence != word.sentence {
                    break;
                }
                of_match |= of_evidence(next);
                if !tells(last) || (kind == RuleKind::Exclude && !of_match) {
                    continue;
                }
                let joined = words.words[first + 1..=last].iter().all(|word| word.before == Break::None);
                if joined && last - first < MAX_PHRASE {
                    of_text.insert(written[first..=last].join(" ").replace(" '", "'"));
                }
                if last > first {
                    let gap = (last - first - 1).max(1);
                    of_text.insert(format!("{} <{gap}> {}", written[first], written[last]));
                }
            }
        }
        of_text.into_iter().for_each(|pattern| *found.entry(pattern).or_default() += 1);
    }
    for stem in stems(found.keys().filter(|pattern| !pattern.contains(' '))) {
        found.entry(stem).or_insert(usize::MAX);
    }
    let mut found: Vec<(String, usize)> = found.into_iter().collect();
    // what several texts share comes first
    found.sort_by_key(|(_, texts)| std::cmp::Reverse(*texts));
    found.truncate(MAX_TRIED);
    let mut patterns: Vec<String> = found.into_iter().map(|(pattern, _)| pattern).collect();
    patterns.sort_by_key(|pattern| (pattern.split(' ').count(), pattern.clone()));
    patterns
}

/// A word as a pattern has it: an abbreviation keeps its capitals.
fn shown(text: &str, line: &str, word: &Word) -> String {
    let written = &text[word.start as usize..word.end as usize];
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && !written.contains(char::is_lowercase) && written.chars().all(char::is_alphanumeric) {
        return written.to_string();
    }
    line[word.in_line as usize..word.line_end as usize].to_string()
}

/// The beginnings that two words or more share, with a `*`.
fn stems<'w>(words: impl Iterator<Item = &'w String>) -> BTreeSet<String> {
    let words: Vec<&String> = words.collect();
    let pairs = words.windows(2).filter_map(|pair| {
        let shared: String =
            pair[0].chars().zip(pair[1].chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        (shared.chars().count() >= MIN_STEM).then(|| format!("{shared}*"))
    });
    pairs.collect()
}
