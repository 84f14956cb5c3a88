//! Reads `lists.csv` and `rules.csv`, and those of other languages: `lists.fr.csv` and `rules.fr.csv`.

use super::faults::Faults;
use super::notation::{self, Element, Lists, Pattern};
use super::{Issue, LanguageRules, Rule, RuleKind, RulePatterns};
use crate::error::{listed, quoted};
use crate::files::sheet::Cells;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most phrases of the patterns of a codebook in one language together, as [`notation::MAX_PHRASES`] counts them for one:
/// it bounds the time to prepare a tagger. 2,335 rules of `core` had 17,208.
const MAX_PHRASES: usize = 5_000_000;

/// The most places of all regular expressions of a codebook in one language together, as `notation` counts them for one;
/// the 22 of `core` have some 700. It bounds what a text made for them can cost.
const MAX_PLACES: usize = 5_000;

pub(super) fn read_lists(language: Language, rows: &[Cells], bundled: bool, faults: &mut Faults) -> Lists {
    let mut lists: BTreeMap<String, Element> = BTreeMap::new();
    for row in rows {
        let [name, term] = row.cells.as_slice() else { continue };
        if name.is_empty() || name.contains(['(', ')', '{', '}', '<', '>', '|']) {
            faults.add(row.unexpected("list", quoted(name), "a name without brackets"));
            continue;
        }
        let number = lists.len() as u32;
        let list = lists.entry(name.clone());
        let list = list.or_insert_with(|| Element { phrases: Arc::default(), list: Some(number) });
        if let Some(at) = term.find(['(', '<', '{', '|', '/']) {
            let found = format!("{} in a term", quoted(&term[at..=at]));
            let expected = "words; gaps and choices belong into rules.csv";
            faults.add(row.unexpected("term", found, expected));
            continue;
        }
        let phrase = notation::phrase(term, language).map_err(|fault| fault.at(row.place("term")));
        Arc::make_mut(&mut list.phrases).extend(faults.take(phrase));
    }
    Lists { language, by_name: lists, bundled }
}

/// `of_file` is the language in the name of the file, if there is one.
pub(super) fn read_rules(
    rows: &[Cells],
    of_file: Option<Language>,
    issues: &[Issue],
    lists: &Lists,
    faults: &mut Faults,
) -> LanguageRules {
    let mut seen: BTreeMap<(usize, RuleKind, &str), u64> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut patterns = Vec::new();
    let (mut phrases, mut places) = (0, 0);
    for row in rows {
        // what costs too much altogether is the fault of no single row
        if faults.full() || places > MAX_PLACES || phrases > MAX_PHRASES {
            break;
        }
        let [issue, kind, pattern, with, without, note] = row.cells.as_slice() else { continue };
        let at = issues.iter().position(|known| *known.code == **issue);
        let at = at.ok_or_else(|| row.unexpected("issue", quoted(issue), "an issue of issues.csv"));
        let Some(at) = faults.take(at) else { continue };
        let kinds = RuleKind::ALL.iter().copied();
        let known = kinds.clone().find(|known| known.as_str().eq_ignore_ascii_case(kind));
        let known = known.ok_or_else(|| {
            row.unexpected("kind", quoted(kind), format!("one of {}", listed(kinds.map(RuleKind::as_str))))
        });
        let Some(kind) = faults.take(known) else { continue };
        if let Some(first) = seen.insert((at, kind, pattern), row.line) {
            let found = format!("{} again for {issue} (first in line {first})", quoted(pattern));
            let expected = "a pattern that is used once for an issue";
            faults.add(row.unexpected("pattern", found, expected));
            continue;
        }
        let mut parse = |column: &str, pattern: &str| {
            let pattern = notation::parse(pattern, lists).map_err(|fault| fault.at(row.place(column)))?;
            match &pattern {
                Pattern::Regex(_) if lists.bundled => {}
                Pattern::Regex(regex) => places += notation::places(regex.as_str()),
                Pattern::Sequences(_) => phrases += pattern.phrases(),
            }
            if places > MAX_PLACES {
                let found = format!("regular expressions of more than {MAX_PLACES} places up to here");
                return Err(row.unexpected(
                    column,
                    found,
                    "fewer or shorter ones; most can be said in words",
                ));
            }
            if phrases > MAX_PHRASES {
                let found = format!("more than {MAX_PHRASES} phrases up to here, choices written out");
                return Err(row.unexpected(column, found, "fewer rules, choices or terms"));
            }
            Ok(pattern)
        };
        let pattern_of_rule = faults.take(parse("pattern", pattern));
        let mut condition = |column: &str, text: &str| match text {
            "" => Ok(None),
            text => parse(column, text).map(Some),
        };
        let with_and_without = [("with", with), ("without", without)].map(|(column, text)| {
            let read = condition(column, text);
            faults.take(read)
        });
        let (Some(pattern_of_rule), [Some(with_pattern), Some(without_pattern)]) =
            (pattern_of_rule, with_and_without)
        else {
            continue;
        };
        patterns.push(RulePatterns {
            issue: at,
            pattern: pattern_of_rule,
            with: with_pattern,
            without: without_pattern,
        });
        rules.push(Rule {
            issue: issues[at].code.clone(),
            kind,
            pattern: Arc::from(pattern.as_str()),
            with: with.clone(),
            without: without.clone(),
            note: note.clone(),
            language: of_file,
            line: row.line,
        });
    }
    LanguageRules { language: lists.language, rules, patterns }
}
