//! What two wordings are compared by: the features of a text, each with its weight and its place.
//!
//! A feature is a concept (`=CEDAW`, `=death-penalty`), a family of verbs (`do:join`), a State that is named
//! (`state:MEX`), a coded issue (`issue:housing`), or a plain word. See the page of [`asks`](super) for what each
//! weighs and why.

use super::lexicon::{ActionKind, Lexicon};
use crate::hash::Fnv;
use crate::state::State;
use crate::words::Words;
use std::collections::BTreeSet;

/// What all coded issues of a text weigh together: as much as one rare word.
const ISSUES_WEIGHT: u32 = 600;

/// How many times its weight a treaty has where the ask is to join it: it is the whole of the ask then.
const TREATY_TO_JOIN: u32 = 3;

/// The family of verbs that ask to join a treaty.
const JOIN: &str = "join";

/// How many words that are no verbs may stand before the leading verb: "explicitly prohibit".
const BEFORE_THE_VERB: usize = 2;

/// The most words of a State's name that are looked up.
const LONGEST_NAME: usize = 7;

/// One feature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Its name as a number; the heavier a feature, the smaller, so that sorted features have the rarest first.
    pub(crate) key: u64,
    /// Its weight in this text: half where it stands only in a supporting clause.
    pub(crate) weight: u32,
    /// Where it first stands, in bytes; empty for an issue.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether it is a treaty.
    pub(crate) treaty: bool,
}

/// A text as the comparison sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) features: Vec<Feature>,
    pub(crate) total: u32,
    /// The family of the leading verb, and whether it names a measure.
    pub(crate) lead: Option<u16>,
    pub(crate) specific: bool,
    /// The family of the verb that says how strongly it is asked.
    pub(crate) force: Option<u16>,
}

/// The words of a text in lower case with single blanks, without what stands between them: texts with the same line
/// have the same wording.
pub(crate) fn wording(text: &str, words: &mut Words) -> String {
    words.split(text);
    let kept: Vec<&str> = words.line.split(' ').filter(|word| !matches!(*word, "" | "," | ".")).collect();
    kept.join(" ")
}

/// The features of `text`. States whose ISO code is in `own` are the State under review and say nothing.
pub(crate) fn profile(
    lexicon: &Lexicon,
    text: &str,
    own: &BTreeSet<&'static str>,
    issues: &[&str],
    words: &mut Words,
) -> Profile {
    let mut maker = Maker { lexicon, profile: Profile::default(), seen: Vec::new() };
    for (name, weight, start, end) in named_features(lexicon, text, own, words, &mut maker.profile) {
        maker.add(&name, weight, start, end);
    }
    let share = ISSUES_WEIGHT / (issues.len().max(1) as u32);
    for issue in issues {
        // many texts have it, so it stands last among the features
        maker.add_weighted(&format!("issue:{issue}"), 0, share, 0, 0);
    }
    let mut profile = maker.profile;
    let joining = profile.lead.is_some_and(|lead| lexicon.families[usize::from(lead)].name == JOIN);
    if joining {
        let treaties = profile.features.iter_mut().filter(|feature| feature.treaty);
        treaties.for_each(|treaty| treaty.weight *= TREATY_TO_JOIN);
    }
    profile.features.sort_unstable_by_key(|feature| feature.key);
    profile.total = profile.features.iter().map(|feature| feature.weight).sum();
    profile
}

struct Maker<'l> {
    lexicon: &'l Lexicon,
    profile: Profile,
    seen: Vec<u64>,
}

impl Maker<'_> {
    fn add(&mut self, name: &str, halved: bool, start: u32, end: u32) {
        let weight = self.lexicon.weight(name);
        self.add_weighted(name, weight, if halved { weight / 2 } else { weight }, start, end);
    }

    /// A feature counts once in a text; where it stands in the main clause as well as in another, fully.
    fn add_weighted(&mut self, name: &str, full: u32, weight: u32, start: u32, end: u32) {
        let treaty = name.starts_with('=') && name[1..].starts_with(|c: char| c.is_ascii_uppercase());
        let hash = Fnv::new().add(name.as_bytes()).value();
        let key = u64::from(u16::MAX - full.min(u32::from(u16::MAX)) as u16) << 48 | hash >> 16;
        match self.seen.iter().position(|known| *known == key) {
            Some(at) if self.profile.features[at].weight < weight => {
                self.profile.features[at] = Feature { key, weight, start, end, treaty };
            }
            Some(_) => {}
            None => {
                self.seen.push(key);
                self.profile.features.push(Feature { key, weight, start, end, treaty });
            }
        }
    }
}

/// The features that stand in the text, in its order: name, whether they count half, and the bytes.
pub(super) fn named_features(
    lexicon: &Lexicon,
    text: &str,
    own: &BTreeSet<&'static str>,
    words: &mut Words,
    profile: &mut Profile,
) -> Vec<(String, bool, u32, u32)> {
    words.split(text);
    let folded: Vec<&str> = words
        .words
        .iter()
        .map(|word| words.line[word.in_line as usize..].split(' ').next().unwrap_or_default())
        .collect();
    // words with their place, States and words that say nothing left out
    let mut kept: Vec<(usize, String)> = Vec::with_capacity(folded.len());
    let mut named: Vec<(usize, usize, &'static str)> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if let Some((state, length)) = state_at(text, words, at) {
            named.push((at, at + length, state));
            at += length;
            continue;
        }
        if let Some(word) = lexicon.word(folded[at]) {
            kept.push((at, word));
        }
        at += 1;
    }
    let compared: Vec<String> = kept.iter().map(|(_, word)| word.clone()).collect();
    let mut found: Vec<(usize, usize, String, Option<usize>)> = Vec::new();
    let mut next = 0;
    while next < compared.len() {
        let (first, word) = &kept[next];
        if let Some((concept, length)) = lexicon.concept(&compared[next..]) {
            found.push((*first, kept[next + length - 1].0 + 1, format!("={concept}"), None));
            next += length;
            continue;
        }
        match lexicon.action(word) {
            Some(family) => {
                found.push((
                    *first,
                    first + 1,
                    format!("do:{}", lexicon.families[family].name),
                    Some(family),
                ));
            }
            None => found.push((*first, first + 1, word.clone(), None)),
        }
        next += 1;
    }
    let of_others = named.into_iter().filter(|(_, _, iso3)| !own.contains(iso3));
    found.extend(of_others.map(|(from, to, iso3)| (from, to, format!("state:{iso3}"), None)));
    found.sort_by_key(|(from, ..)| *from);

    let mut features = Vec::with_capacity(found.len());
    // the leading verb is the first one that names a measure, before what is asked for is named
    let (mut closed, mut others, mut substance) = (false, 0, false);
    let mut halves = Halves { lexicon, words, folded: &folded, at: 0, half: false, sentence: 0 };
    for (from, to, name, family) in found {
        // a supporting clause supports something: "take measures with a view to joining" asks to join
        halves.half &= substance;
        let half = halves.until(from) && substance;
        halves.half &= substance;
        halves.at = halves.at.max(to);
        if let Some(family) = family {
            let kind = lexicon.families[family].kind;
            if kind == ActionKind::Force {
                profile.force = profile.force.or(Some(family as u16));
                continue;
            }
            let leads = !half && !closed && others <= BEFORE_THE_VERB;
            // "adopt or ratify" asks to join
            if leads && (!profile.specific || lexicon.families[family].name == JOIN) {
                profile.lead = Some(family as u16);
                profile.specific = kind == ActionKind::Specific;
            }
            substance = substance || kind == ActionKind::Specific;
            if kind == ActionKind::General {
                continue;
            }
        } else {
            closed = closed || profile.lead.is_some();
            others += 1;
            substance = true;
        }
        features.push((name, half, words.words[from].start, words.words[to - 1].end));
    }
    features
}

/// Walks over the words and knows which stand in a supporting clause: from the words that open one to the end of the
/// sentence, or to "and" before a verb in its plain form.
struct Halves<'a> {
    lexicon: &'a Lexicon,
    words: &'a Words,
    folded: &'a [&'a str],
    at: usize,
    half: bool,
    sentence: u32,
}

impl Halves<'_> {
    fn until(&mut self, to: usize) -> bool {
        while self.at <= to {
            let word = self.words.words[self.at];
            if word.sentence != self.sentence {
                self.sentence = word.sentence;
                self.half = false;
            }
            let here = self.folded[self.at];
            if self.at > 0 && self.lexicon.support(&self.folded[self.at..]).is_some() {
                self.half = true;
            } else if self.half
                && self.at > 0
                && self.folded[self.at - 1] == "and"
                && self.is_plain_verb(here)
            {
                self.half = false;
            }
            self.at += 1;
        }
        self.half
    }

    fn is_plain_verb(&self, folded: &str) -> bool {
        let ending =
            ["ing", "ion", "ions", "ment", "ed", "ance"].iter().any(|ending| folded.ends_with(ending));
        !ending && self.lexicon.word(folded).is_some_and(|word| self.lexicon.action(&word).is_some())
    }
}

/// The State that is named from this word on, and how many words its name has; the longest name counts.
fn state_at(text: &str, words: &Words, at: usize) -> Option<(&'static str, usize)> {
    let first = words.words[at];
    if !text[first.start as usize..first.end as usize].starts_with(char::is_uppercase) {
        return None;
    }
    let most = LONGEST_NAME.min(words.words.len() - at);
    (1..=most).rev().find_map(|length| {
        let last = words.words[at + length - 1];
        let capital = text[last.start as usize..last.end as usize].starts_with(char::is_uppercase);
        if last.sentence != first.sentence || !capital {
            return None;
        }
        let name = &text[first.start as usize..last.end as usize];
        State::resolve(name).map(|state| (state.iso3, length))
    })
}
