//! States: one State for every form in which its name is written.
//!
//! [`State::resolve`] finds the State behind a name, [`State::named`] says what to write where there is none;
//! [`StateName`] keeps the name as it was given beside the State it was read as. The table is data: `states.csv` has the
//! 193 members and the two observer States of the United Nations, `names.csv` every other form of their names, former
//! names and misspellings included, `translated.csv` their names in the UN's other languages.
//!
//! Sources: names, ISO 3166 and M49 codes from the UN Statistics Division's M49 standard and UNTERM; regional
//! groups and organisations as UPR Info's export gives them (sessions 1 to 20, as of 2014), the forms from that
//! export and from 303 Working Group reports, and common variants added by us.

mod group;
mod memberships;
mod name;
pub(crate) mod sessions;
#[cfg(test)]
mod tests;

pub use group::RegionalGroup;
pub use name::StateName;

use crate::error::{Error, Result, quoted};
use crate::files::bundled::bundled_rows;
use crate::text::edits::edits;
use crate::text::key;
use crate::text::language::Language;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// A State that reviews and is reviewed.
///
/// # Example
///
/// ```
/// use upr::{RegionalGroup, State};
///
/// let state = State::resolve("Bolivia (Plurinational State of)").expect("a member of the UN");
/// assert_eq!((state.iso3, state.m49, state.name), ("BOL", "068", "Bolivia"));
/// assert_eq!(state.regional_group, RegionalGroup::Grulac);
/// assert_eq!(State::resolve("Swaziland"), State::by_iso3("SWZ"));
/// assert_eq!(State::resolve("Atlantis"), None);
/// ```
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The UN's M49 code, three digits.
    pub m49: &'static str,
    /// The short name, without brackets.
    pub name: &'static str,
    /// The name as UN documents print it.
    pub official_name: &'static str,
    /// The UN regional group.
    pub regional_group: RegionalGroup,
    /// Organisations by UPR Info's abbreviations (`AU`, `EU`, `OIC` ...), in alphabetical order, as of 2014; see
    /// [`State::organisations_in`] for another date.
    pub organisations: Vec<&'static str>,
}

struct Table {
    states: Vec<State>,
    by_key: HashMap<String, Form>,
}

/// A form in which a State's name is written.
#[derive(Clone, Copy)]
struct Form {
    /// The State's place in the table.
    state: usize,
    misspelt: bool,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { states: Vec::new(), by_key: HashMap::new() };
    for [iso3, m49, name, official_name, group, organisations] in
        bundled_rows(include_str!("state/states.csv"))
    {
        let Ok(regional_group) = group.parse() else {
            continue; // a test sees to it that there is none
        };
        let organisations = organisations.split(';').filter(|name| !name.is_empty()).collect();
        let form = Form { state: table.states.len(), misspelt: false };
        table.by_key.insert(key::state(name), form);
        table.by_key.insert(key::state(official_name), form);
        table.states.push(State { iso3, m49, name, official_name, regional_group, organisations });
    }
    for [iso3, form, kind] in bundled_rows(include_str!("state/names.csv")) {
        if let Some(state) = table.states.iter().position(|state| state.iso3 == iso3) {
            let misspelt = kind == "misspelling";
            // what is right in one form, accents and hyphens aside, is no mistake in another
            table.by_key.entry(key::state(form)).or_insert(Form { state, misspelt }).misspelt &= misspelt;
        }
    }
    table
});

/// The places of States by their names without blanks, except those that two States have. Made when a name is not known.
static WITHOUT_BLANKS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let others = bundled_rows(include_str!("state/names.csv")).map(|[_, name, _]| name);
    let names = TABLE.states.iter().flat_map(|state| [state.name, state.official_name]).chain(others);
    places_without_blanks(names.filter_map(|name| Some((name, TABLE.by_key.get(&key::state(name))?.state))))
});

/// The same of the names in other languages.
static TRANSLATED_WITHOUT_BLANKS: LazyLock<HashMap<String, usize>> =
    LazyLock::new(|| places_without_blanks(TRANSLATED.forms.iter().copied()));

fn places_without_blanks(names: impl Iterator<Item = (&'static str, usize)>) -> HashMap<String, usize> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut of_several = BTreeSet::new();
    for (name, state) in names {
        let letters = without_blanks(name);
        if places.get(&letters).is_some_and(|other| *other != state) {
            of_several.insert(letters.clone());
        }
        places.insert(letters, state);
    }
    places.retain(|letters, _| !of_several.contains(letters));
    places
}

/// The places of States by the names that they have in other languages. Made when a name is not known in English.
static TRANSLATED: LazyLock<Translated> = LazyLock::new(|| {
    let mut translated = Translated { by_key: HashMap::new(), forms: Vec::new(), names: HashMap::new() };
    let places: HashMap<&str, usize> =
        TABLE.states.iter().enumerate().map(|(at, state)| (state.iso3, at)).collect();
    for [iso3, language, form, kind] in bundled_rows::<4>(include_str!("state/translated.csv")) {
        if let Some(&state) = places.get(iso3) {
            translated.by_key.entry(translated_key(form)).or_insert(state);
            translated.forms.push((form, state));
            if let (Ok(language), "name") = (language.parse(), kind) {
                translated.names.insert((iso3, language), form);
            }
        }
    }
    translated
});

struct Translated {
    by_key: HashMap<String, usize>,
    forms: Vec<(&'static str, usize)>,
    /// The short name by ISO code and language.
    names: HashMap<(&'static str, Language), &'static str>,
}

/// The key of a name in another language: Arabic letters without hamza, vowels and stretching, Russian ones without dots.
fn translated_key(name: &str) -> String {
    if name.is_ascii() {
        return key::state(name);
    }
    let plain = name.chars().filter_map(|c| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' => Some('ي'),
        'ё' => Some('е'),
        'ـ' | '\u{64b}'..='\u{652}' => None,
        c => Some(c),
    });
    key::state(&plain.collect::<String>())
}

impl Translated {
    /// The State of this name in another language, with an article or a preposition before it or not.
    fn find(&self, name: &str) -> Option<usize> {
        /// Of French and Spanish, the longer ones first.
        const BEFORE: [&str; 17] = [
            "de la ", "de l'", "de l’", "de los ", "de las ", "du ", "des ", "del ", "de ", "d'", "d’", "l'",
            "l’", "les ", "la ", "le ", "el ",
        ];
        /// The longest name has 111 bytes; blanks and marks may be added to it.
        const MAX_BYTES: usize = 250;
        if name.len() > MAX_BYTES {
            return None;
        }
        let find = |name: &str| self.by_key.get(&translated_key(name)).copied();
        let without = || {
            let small = name.trim_start().to_lowercase();
            BEFORE.iter().find_map(|before| small.strip_prefix(before).and_then(find))
        };
        find(name).or_else(without)
    }
}

/// The form that a name is of. One whose apostrophe a lost encoding damaged, or that a copy from a PDF broke in two
/// (`Sierra Le one`), counts as misspelt.
fn form(name: &str) -> Option<Form> {
    let name = without_others(name);
    let found = |name: &str| TABLE.by_key.get(&key::state(name)).copied();
    let damaged = || {
        let state = with_apostrophes(name).and_then(|name| found(&name)).map(|form| form.state);
        let letters = without_blanks(name);
        let state = state.or_else(|| WITHOUT_BLANKS.get(&letters).copied());
        let broken =
            || name.contains(' ').then(|| TRANSLATED_WITHOUT_BLANKS.get(&letters).copied()).flatten();
        let state = state.or_else(broken)?;
        Some(Form { state, misspelt: true })
    };
    let translated = || Some(Form { state: TRANSLATED.find(name)?, misspelt: false });
    found(name).or_else(|| found(&turned(name)?)).or_else(translated).or_else(damaged)
}

/// The name as it would be compared if it had no blanks.
fn without_blanks(name: &str) -> String {
    translated_key(&name.split_whitespace().collect::<String>())
}

/// `South Sudan` of `Sudan (South)` and of `Sudan, South`.
fn turned(name: &str) -> Option<String> {
    let name = name.trim();
    let (last, first) = match name.strip_suffix(')') {
        Some(name) => name.split_once('(')?,
        None => name.split_once(',')?,
    };
    Some(format!("{} {}", first.trim(), last.trim()))
}

/// `Norway` of `Norway (on behalf of the Nordic States)`: who speaks is one State, however many it speaks for.
fn without_others(name: &str) -> &str {
    let Some((speaker, others)) = name.split_once("(on behalf of ") else { return name };
    match others.trim_end().strip_suffix(')') {
        Some(others) if !others.contains(')') => speaker.trim_end(),
        _ => name,
    }
}

/// The name with an apostrophe where a lost encoding left another mark: in `People.s` and in `d?Ivoire`. Nothing
/// where there is no such place.
fn with_apostrophes(name: &str) -> Option<String> {
    let mut mended = String::with_capacity(name.len());
    let mut found = false;
    for (at, c) in name.char_indices() {
        let lost = || {
            let (before, after) = (&name[..at], &name[at + c.len_utf8()..]);
            let genitive = after.strip_prefix(['s', 'S']);
            before.ends_with(char::is_alphabetic)
                && genitive.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
                || before.ends_with(" d") && after.starts_with(char::is_alphabetic)
        };
        let lost = matches!(c, '.' | '?' | '\u{FFFD}') && lost();
        mended.push(if lost { '\'' } else { c });
        found |= lost;
    }
    found.then_some(mended)
}

impl State {
    /// The State that is named so, whatever the case, the accents, the article, a footnote digit, a known
    /// misspelling, a damaged apostrophe (`People?s`), or a bracket that says for whom it speaks. A name that is merely
    /// similar to a State's resolves to nothing: nobody guesses here.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::State;
    ///
    /// let name = |given| State::resolve(given).map(|state| state.name);
    /// assert_eq!(name("The Netherlands"), name("netherlands (kingdom of the)"));
    /// assert_eq!(name("Cote d?Ivoire"), Some("Côte d'Ivoire"));
    /// assert_eq!(name("Norway (on behalf of the Nordic States)"), Some("Norway"));
    /// assert_eq!(name("Korea"), None); // there are two
    /// ```
    pub fn resolve(name: &str) -> Option<&'static State> {
        form(name).map(|form| &TABLE.states[form.state])
    }

    /// The State that a user means, by any usual form of its name or by its ISO 3166-1 alpha-3 code.
    ///
    /// # Errors
    ///
    /// A name that is no State's, such as `Narnia`. The message says which State's name is nearest, where one is near.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::State;
    ///
    /// assert_eq!(State::named("ken")?.name, "Kenya");
    /// assert_eq!(
    ///     State::named("Kenyah").unwrap_err().to_string(),
    ///     "State: found \"Kenyah\", expected the name or the ISO code of a State, such as \"Kenya\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn named(name: &str) -> Result<&'static State> {
        let found = State::resolve(name).or_else(|| State::by_iso3(&name.trim().to_ascii_uppercase()));
        found.ok_or_else(|| {
            let expected = match State::nearest(name) {
                Some(near) => format!("the name or the ISO code of a State, such as {}", quoted(near.name)),
                None => "the name or the ISO code of a State; no State has a similar name".to_string(),
            };
            Error::argument("State", quoted(name), expected)
        })
    }

    /// The State of which some form is nearest to a name that is no State's: of its letters, no more than one in five is
    /// another. Nothing where none is near, or two are equally so.
    pub fn nearest(name: &str) -> Option<&'static State> {
        /// More letters than any form has.
        const LONGEST: usize = 100;
        let name = key::state(name);
        let length = name.chars().count();
        if length > LONGEST {
            return None;
        }
        let far = length / 5 + 1;
        let similar = TABLE.by_key.iter().filter(|(form, _)| form.chars().count().abs_diff(length) < far);
        let near: Vec<(usize, usize)> = similar.map(|(key, form)| (edits(key, &name), form.state)).collect();
        let least = near.iter().map(|(distance, _)| *distance).min().filter(|least| *least < far)?;
        let mut nearest = near.into_iter().filter(|(distance, _)| *distance == least).map(|(_, at)| at);
        let first = nearest.next()?;
        nearest.all(|at| at == first).then(|| &TABLE.states[first])
    }

    /// The State with this ISO 3166-1 alpha-3 code, in capitals.
    pub fn by_iso3(iso3: &str) -> Option<&'static State> {
        TABLE.states.iter().find(|state| state.iso3 == iso3)
    }

    /// The short name in this language: English, French, Spanish, Arabic, Russian or Chinese; the English one in another.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Language, State};
    ///
    /// let spain = State::named("España")?;
    /// assert_eq!((spain.name, spain.name_in(Language::French)), ("Spain", "Espagne"));
    /// assert_eq!(State::resolve("de la République démocratique du Congo").map(|state| state.iso3), Some("COD"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn name_in(&self, language: Language) -> &'static str {
        TRANSLATED.names.get(&(self.iso3, language)).copied().unwrap_or(self.name)
    }

    /// All 195 States, in the order of their ISO codes.
    pub fn all() -> &'static [State] {
        &TABLE.states
    }
}
