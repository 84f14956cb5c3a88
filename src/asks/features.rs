//! What two wordings are compared by: the features of a text, each with its weight and its place.
//!
//! A feature is a concept (`=CEDAW`, `=death-penalty`), a family of verbs (`do:join`), a State that is named
//! (`state:MEX`), a coded issue (`issue:housing`), or a plain word. See the page of [`asks`](super) for what each
//! weighs and why.

use super::lexicon::{ActionKind, Lexicon, ONLY_IN_PHRASES};
use crate::state::State;
use crate::text::hash::Fnv;
use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What all coded issues of a text weigh together: as much as one rare word, and no more than all its words.
const ISSUES_WEIGHT: u32 = 600;

/// How many times its weight a treaty has where the ask is to join it: it is the whole of the ask then.
const TREATY_TO_JOIN: u32 = 3;

/// The family of verbs that ask to join a treaty.
const JOIN: &str = "join";

/// The family of verbs that make something new. What they make leads, where it is a measure itself: a moratorium.
const ESTABLISH: &str = "establish";

/// How many words that are not verbs may be before the leading verb: "explicitly prohibit".
const BEFORE_THE_VERB: usize = 2;

/// The most words of a State's name that are looked up.
const LONGEST_NAME: usize = 7;

/// One feature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Its name as a number; the heavier a feature, the smaller, so that sorted features have the rarest first.
    pub(crate) key: u64,
    /// Its weight in this text: half where it is only in a supporting clause.
    pub(crate) weight: u32,
    /// Where it first occurs, in bytes; empty for an issue.
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

/// The words of a text in lower case with single blanks, without what is between them: texts with the same line
/// have the same wording.
pub(crate) fn wording(text: &str, words: &mut Words) -> String {
    words.split(text);
    let kept: Vec<&str> = words.iter().collect();
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
    let words_weight: u32 = maker.profile.features.iter().map(|feature| feature.weight).sum();
    let issues_weight = ISSUES_WEIGHT.min(words_weight);
    let share = issues_weight / (issues.len().max(1) as u32);
    for issue in issues {
        // many texts have it, so it is last among the features
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

    /// A feature counts once in a text; where it is in the main clause as well as in another, fully.
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

/// The features that are in the text, in its order: name, whether they count half, and the bytes.
pub(crate) fn named_features<'l>(
    lexicon: &'l Lexicon,
    text: &str,
    own: &BTreeSet<&'static str>,
    words: &mut Words,
    profile: &mut Profile,
) -> Vec<(Cow<'l, str>, bool, u32, u32)> {
    words.split(text);
    let folded: Vec<&str> = words.iter().collect();
    // words with their place, States and words that say nothing left out
    let mut kept: Vec<(usize, Cow<'_, str>)> = Vec::with_capacity(folded.len());
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
    let mut found: Vec<(usize, usize, Cow<'l, str>, Option<usize>)> = Vec::new();
    let mut next = 0;
    while next < kept.len() {
        let (first, word) = &kept[next];
        if let Some((concept, length)) = lexicon.concept(&kept[next..]) {
            found.push((*first, kept[next + length - 1].0 + 1, concept.into(), None));
            next += length;
            continue;
        }
        if word.ends_with(ONLY_IN_PHRASES) {
            next += 1;
            continue;
        }
        let upto = kept.get(next + 1).map_or(folded.len(), |(at, _)| *at);
        let action = lexicon.action(word);
        if action.is_some() && folded[first + 1..upto].iter().any(|word| lexicon.is_empty(word)) {
            next += 1;
            continue;
        }
        let name = action.map_or_else(
            || word.to_string().into(),
            |family| lexicon.families[family].feature.as_str().into(),
        );
        found.push((*first, first + 1, name, action));
        next += 1;
    }
    let of_others = named.into_iter().filter(|(_, _, iso3)| !own.contains(iso3));
    found.extend(of_others.map(|(from, to, iso3)| (from, to, format!("state:{iso3}").into(), None)));
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
            let establishes = |lead: u16| lexicon.families[usize::from(lead)].name == ESTABLISH;
            let open = !profile.specific || profile.lead.is_some_and(establishes);
            if let Some(measure) =
                lexicon.action(&name).filter(|_| open && !half && others <= BEFORE_THE_VERB)
            {
                profile.lead = Some(measure as u16);
                profile.specific = true;
            }
            closed = closed || profile.lead.is_some() || name.starts_with('=');
            others += 1;
            substance = true;
        }
        features.push((name, half, words.words[from].start, words.words[to - 1].end));
    }
    features
}

/// Walks over the words and knows which are in a supporting clause: from the words that open one to the end of the
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
    let word = &text[first.start as usize..first.end as usize];
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let may_begin = State::may_begin_with(word);
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let most = LONGEST_NAME.min(words.words.len() - at);
    (1..=most).rev().find_map(|length| {
        let last = words.words[at + length - 1];
        let capital = text[last.start as usize..last.end as usize].starts_with(char::is_uppercase);
        if last.sentence != first.sentence || !capital {
            return None;
        }
        let name = &text[first.start as usize..last.end as usize];
        if !may_begin && is_plain(name) {
            return None;
        }
        State::resolve(name).map(|state| (state.iso3, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asks::lexicon::{everyday, lexicon};
    use crate::asks::wordings::own;
    use crate::coded::{CodedRecommendation, Coding};
    use std::collections::BTreeMap;
    use std::path::Path;

    #[track_caller]
    fn features(text: &str) -> Vec<String> {
        let mut profile = Profile::default();
        let own = BTreeSet::from(["TUV"]);
        let found = named_features(lexicon(), text, &own, &mut Words::default(), &mut profile);
        found
            .into_iter()
            .map(|(name, half, ..)| if half { format!("{name}/2") } else { name.into_owned() })
            .collect()
    }

    #[test]
    fn texts_become_features() {
        assert_eq!(features("Ratify the Convention on the Rights of the Child"), ["do:join", "=CRC"]);
        assert_eq!(features("Accede to CRC, as Mexico did, in Tuvalu"), ["do:join", "=CRC", "state:MEX"]);
        assert_eq!(
            features("Introduce a moratorium on executions with a view to abolishing the death penalty"),
            ["do:establish", "=moratorium", "=death-penalty", "do:abolish/2", "=death-penalty/2"]
        );
        assert_eq!(
            features("Take steps with a view to abolishing the death penalty"),
            ["do:abolish", "=death-penalty"]
        );
        assert_eq!(features("Adopt measures to end torture"), ["tortur"]);
        assert_eq!(features("Consider, and further, all"), Vec::<String>::new());
        assert_eq!(features(""), Vec::<String>::new());
    }

    /// `rarity.csv` is what UPR Info's export gives: the logarithm, in hundredths, of how many texts there are to one
    /// with the feature, for features of eleven texts or more. `everyday-rarity.csv` has what the everyday words change.
    /// With `UPR_COUNT_ANEW=1` both are written anew.
    #[test]
    fn rarity_is_counted() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = ["1-5", "6-9", "10-13", "14-17", "17-20"]
            .map(|name| root.join(format!("../shared/data/upr-info/sessions-{name}.csv")));
        if !files.iter().all(|file| file.exists()) {
            eprintln!("skipped: ../shared/data/upr-info is not there");
            return;
        }
        let list = crate::read::Reader::new().paths(&files).expect("the export as it comes");
        let plain = counted(lexicon(), &list.recommendations);
        let mut with_everyday_words = counted(everyday(), &list.recommendations);
        // other concepts weigh by themselves, see `like/score.rs`
        with_everyday_words.retain(|name, weight| {
            plain.get(name) != Some(weight) && (!name.starts_with('=') || everyday().is_broad(name))
        });
        for (file, counted) in [("rarity.csv", plain), ("everyday-rarity.csv", with_everyday_words)] {
            let mut table = String::from("word,weight\n");
            counted.iter().for_each(|(name, weight)| table += &format!("{name},{weight}\n"));
            let path = root.join("src/asks").join(file);
            if std::env::var_os("UPR_COUNT_ANEW").is_some() {
                std::fs::write(&path, &table).expect("a writable file");
            }
            let stored = std::fs::read_to_string(&path).expect("the table");
            assert!(
                table == stored,
                "{file} is not what the export gives; count it anew with UPR_COUNT_ANEW=1"
            );
        }
    }

    fn counted(lexicon: &Lexicon, list: &[crate::Recommendation]) -> BTreeMap<String, u32> {
        let mut texts: BTreeMap<String, u32> = BTreeMap::new();
        let mut words = Words::default();
        for recommendation in list {
            let coded = CodedRecommendation::new(recommendation.clone(), Coding::default());
            let own = own(&coded).into_iter().collect();
            let text = &recommendation.text;
            let found = named_features(lexicon, text, &own, &mut words, &mut Profile::default());
            let names: BTreeSet<String> = found.into_iter().map(|(name, ..)| name.into_owned()).collect();
            names.into_iter().for_each(|name| *texts.entry(name).or_default() += 1);
        }
        let frequent = texts.into_iter().filter(|(_, texts)| *texts > 10);
        let weight = |texts: u32| ((list.len() as f64 / f64::from(texts)).ln() * 100.0).round() as u32;
        frequent.map(|(name, texts)| (name, weight(texts))).collect()
    }
}
