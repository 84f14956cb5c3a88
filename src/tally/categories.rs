//! The categories of a recommendation along each dimension, and those that are known before anything is counted.

use crate::codebook::{Codebooks, NOT_CODED, UNTAGGED, UNTAGGED_LABEL};
use crate::coded::{ActionCategory, CodedRecommendation, Coding, Tag};
use crate::dimension::Dimension;
use crate::error::{Error, Place, listed, quoted};
use crate::recommendation::{Position, Session};
use crate::state::{RegionalGroup, State, StateName};
use crate::text::key::letters_and_digits;
use crate::text::language::Language;
use crate::wording;
use std::sync::{Arc, OnceLock};

/// The category where the source says nothing.
pub const NOT_GIVEN: &str = "not_given";
/// The regional group, or the organisation, of a State that no table has.
pub const UNKNOWN: &str = "unknown";
/// The organisation of a State that belongs to none of those in the table.
pub const NO_ORGANISATION: &str = "none";

/// The categories for no code, State or group; a filter may always ask for them.
const NAMELESS: [&str; 5] = [UNTAGGED, NOT_GIVEN, UNKNOWN, NOT_CODED, NO_ORGANISATION];

/// Whether a category means no code, State or group.
pub(crate) fn is_nameless(category: &str) -> bool {
    NAMELESS.contains(&category) || category.starts_with(NOT_CODED)
}

/// [`NOT_CODED`] for a language.
pub(crate) fn not_coded_in(language: Language) -> &'static str {
    match language {
        Language::English => "not_coded_en",
        Language::French => "not_coded_fr",
        Language::Spanish => "not_coded_es",
        Language::Arabic => "not_coded_ar",
        Language::Chinese => "not_coded_zh",
        Language::Russian => "not_coded_ru",
        Language::Portuguese => "not_coded_pt",
        Language::German => "not_coded_de",
        Language::Italian => "not_coded_it",
        Language::Other => "not_coded_other",
    }
}

impl Dimension {
    /// The categories of a recommendation, as far as the recommending State at `state` is concerned; each once.
    pub(crate) fn categories(self, coded: &CodedRecommendation, state: usize) -> Vec<Arc<str>> {
        let mut categories = Vec::new();
        self.each(coded, state, |category| categories.push(category.shared()));
        categories
    }

    /// Gives [these categories](Dimension::categories) to `to`, without copying their names.
    pub(super) fn each<'r>(
        self,
        coded: &'r CodedRecommendation,
        state: usize,
        mut to: impl FnMut(Category<'r>),
    ) {
        let recommendation = &coded.recommendation;
        let recommending = recommendation.recommending_states.get(state);
        let one = match self {
            Dimension::Issue => return codes(&coded.coding, |tag| &tag.code, to),
            Dimension::Theme => return codes(&coded.coding, |tag| &tag.theme, to),
            Dimension::Aspect(aspect) => {
                return match coded.aspect(aspect) {
                    Some(coding) => codes(coding, |tag| &tag.code, to),
                    None => to(Category::Fixed(NOT_CODED)),
                };
            }
            Dimension::ActionCategory => Some(Category::Fixed(match &coded.action {
                Some(action) => action.category.as_str(),
                None => NOT_CODED,
            })),
            Dimension::RecommendingState => recommending.map(state_category),
            Dimension::StateUnderReview => recommendation.state_under_review.as_ref().map(state_category),
            Dimension::RegionalGroup => recommending.map(|name| {
                Category::Fixed(name.state.map_or(UNKNOWN, |state| state.regional_group.as_str()))
            }),
            Dimension::Organisation => match recommending.map(|name| name.state) {
                Some(Some(state)) => {
                    let session = recommendation.session.as_ref().and_then(|session| session.number);
                    let organisations = state.organisations_in(session);
                    if !organisations.is_empty() {
                        return organisations.into_iter().map(Category::Fixed).for_each(to);
                    }
                    Some(Category::Fixed(NO_ORGANISATION))
                }
                unknown => unknown.map(|_| Category::Fixed(UNKNOWN)),
            },
            Dimension::Session => recommendation.session.as_ref().map(|session| match session.number {
                Some(number) => Category::Number(number),
                None => Category::Shared(&session.given),
            }),
            Dimension::Cycle => recommendation.cycle().map(|cycle| Category::Number(u16::from(cycle))),
            Dimension::Position => recommendation.position.as_ref().map(|given| match given.position {
                Some(position) => Category::Fixed(position.as_str()),
                None => Category::Shared(&given.given),
            }),
        };
        to(one.unwrap_or(Category::Fixed(NOT_GIVEN)));
    }

    /// The categories that are known before anything is counted: the codes of a codebook in its order, regional groups
    /// (the observers' only where they occur), organisations, positions.
    pub(crate) fn known_categories(self, codebooks: &Codebooks) -> Vec<Arc<str>> {
        let with_untagged = |codes: Vec<Arc<str>>| codes.into_iter().chain([fixed(UNTAGGED)]).collect();
        match self {
            Dimension::Theme => {
                let themes = codebooks.issues().themes().iter();
                with_untagged(themes.map(|theme| theme.code.clone()).collect())
            }
            Dimension::Issue | Dimension::Aspect(_) => codebooks.of(self).map_or(Vec::new(), |codebook| {
                with_untagged(codebook.issues().iter().map(|issue| issue.code.clone()).collect())
            }),
            Dimension::RegionalGroup => RegionalGroup::ALL
                .iter()
                .filter(|group| **group != RegionalGroup::Observer)
                .map(|group| fixed(group.as_str()))
                .collect(),
            Dimension::Organisation => State::all_organisations().into_iter().map(fixed).collect(),
            Dimension::ActionCategory => {
                ActionCategory::ALL.iter().copied().map(|category| fixed(category.as_str())).collect()
            }
            Dimension::Position => {
                Position::ALL.iter().copied().map(|position| fixed(position.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The names for what is missing that a recommendation may have along this dimension.
    fn nameless(self) -> &'static [&'static str] {
        match self {
            Dimension::Issue | Dimension::Theme | Dimension::Aspect(_) => &[UNTAGGED, NOT_CODED],
            Dimension::ActionCategory => &[NOT_CODED],
            Dimension::RegionalGroup => &[UNKNOWN, NOT_GIVEN],
            Dimension::Organisation => &[UNKNOWN, NO_ORGANISATION, NOT_GIVEN],
            _ => &[NOT_GIVEN],
        }
    }

    /// Whether all categories are known beforehand: no list has others.
    pub(super) fn is_closed(self) -> bool {
        matches!(
            self,
            Dimension::Issue
                | Dimension::Theme
                | Dimension::Aspect(_)
                | Dimension::ActionCategory
                | Dimension::Organisation
        )
    }

    /// A category as tallies name it: a State by its short name, a position by its name, capitals as in the codebook. What
    /// people read for it will do as well, in English, French or Spanish; of codes, see
    /// [`known_spelling`](Dimension::known_spelling).
    pub(crate) fn read_category(self, category: &str) -> Arc<str> {
        let category = category.trim();
        let key = letters_and_digits(category);
        let of_a_language = Language::ALL.iter().copied().map(not_coded_in);
        let mut nameless = NAMELESS.into_iter().chain(of_a_language);
        if let Some(nameless) = nameless.find(|known| letters_and_digits(known) == key && !key.is_empty()) {
            return fixed(nameless);
        }
        if self.nameless().contains(&UNTAGGED) && key == letters_and_digits(UNTAGGED_LABEL) {
            return fixed(UNTAGGED);
        }
        let same = |known: &&str| {
            let in_other =
                |language| letters_and_digits(&wording::in_language(&known.replace('_', " "), language));
            known.eq_ignore_ascii_case(category)
                || (!key.is_empty()
                    && [Language::English, Language::French, Language::Spanish].map(in_other).contains(&key))
        };
        let named = match self {
            Dimension::Issue | Dimension::Theme => return Arc::from(category.to_ascii_lowercase()),
            Dimension::RecommendingState | Dimension::StateUnderReview => {
                let state =
                    State::resolve(category).or_else(|| State::by_iso3(&category.to_ascii_uppercase()));
                state.map(|state| state.name)
            }
            Dimension::RegionalGroup => {
                let group = RegionalGroup::ALL.iter().copied().find(|group| group.is_called(&key));
                group
                    .map(RegionalGroup::as_str)
                    .or_else(|| RegionalGroup::ALL.iter().copied().map(RegionalGroup::as_str).find(same))
            }
            Dimension::Organisation => State::all_organisations().into_iter().find(same),
            Dimension::Session => return Arc::from(Session::new(category).to_string()),
            Dimension::Position => Position::from_wording(category)
                .map(Position::as_str)
                .or_else(|| Position::ALL.iter().copied().map(Position::as_str).find(same)),
            Dimension::ActionCategory => category
                .parse::<ActionCategory>()
                .ok()
                .map(ActionCategory::as_str)
                .or_else(|| ActionCategory::ALL.iter().copied().map(ActionCategory::as_str).find(same)),
            _ => None,
        };
        named.map_or_else(|| Arc::from(category), fixed)
    }

    /// The category as [`read_category`](Dimension::read_category) reads it, in the spelling of the known categories; the
    /// label of a code in any language of its codebook is read as the code.
    pub(crate) fn known_spelling(
        self,
        category: &str,
        known: &[Arc<str>],
        codebooks: Option<&Codebooks>,
    ) -> Arc<str> {
        let read = self.read_category(category);
        let code = || known.iter().find(|known| known.eq_ignore_ascii_case(&read)).cloned();
        // `death penalty` and `death_penalty`
        let key = letters_and_digits(category);
        let spaced =
            || known.iter().find(|known| !key.is_empty() && letters_and_digits(known) == key).cloned();
        let labelled = || codebooks?.code_of(self, category);
        code().or_else(spaced).or_else(labelled).unwrap_or(read)
    }

    /// Whether a category may be asked for although no recommendation has it; `known` are the
    /// [known categories](Dimension::known_categories).
    pub(crate) fn is_known(self, category: &str, known: &[Arc<str>]) -> bool {
        let of_the_un = match self {
            Dimension::RecommendingState | Dimension::StateUnderReview => State::resolve(category).is_some(),
            Dimension::RegionalGroup => RegionalGroup::ALL.iter().any(|group| group.as_str() == category),
            Dimension::Session => Session::new(category).number.is_some(),
            Dimension::Cycle => matches!(category, "1" | "2" | "3" | "4"),
            _ => false,
        };
        of_the_un
            || self
                .nameless()
                .iter()
                .any(|name| *name == category || (*name == NOT_CODED && category.starts_with(NOT_CODED)))
            || known.iter().any(|known| &**known == category)
    }

    /// The error for a category that is not known; `frame` is the codebook that the dimension's codes are from.
    pub(crate) fn unknown(
        self,
        place: &str,
        category: &str,
        frame: Option<&str>,
        known: &[Arc<str>],
        codebooks: Option<&Codebooks>,
    ) -> Error {
        let found = format!("the {self} {}", quoted(category));
        let of_states = matches!(self, Dimension::RecommendingState | Dimension::StateUnderReview);
        let expected = match frame {
            Some(codebook) => {
                let labelled = codebooks.and_then(|codebooks| codebooks.nearest_label(self, category));
                let nearest = labelled.or_else(|| nearest(category, known).cloned());
                let nearest = nearest.map_or(String::new(), |code| format!(", such as {}", quoted(&code)));
                format!("one of the codebook {codebook}{nearest}")
            }
            None if of_states => {
                let nearest = State::nearest(category);
                let nearest =
                    nearest.map_or(String::new(), |state| format!(", such as {}", quoted(state.name)));
                format!("one that a recommendation of the list has{nearest}")
            }
            None if known.is_empty() => "one that a recommendation of the list has".to_string(),
            None => format!("{}, or one that a recommendation of the list has", listed(known)),
        };
        Error::unexpected(Place::file(place), found, expected)
    }
}

/// The code that is most like a word.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k Arc<str>>) -> Option<&'k Arc<str>> {
    known.into_iter().max_by_key(|code| (alike(word, code), std::cmp::Reverse(code.len())))
}

/// How many letters two codes have in common from their beginnings on, and to their ends. Codes are compounds: counted in
/// edits, `justise` would be nearer to any short code than to `justice-and-policing`.
fn alike(one: &str, two: &str) -> usize {
    let begin = one.chars().zip(two.chars()).take_while(|(one, two)| one == two).count();
    let end = one.chars().rev().zip(two.chars().rev()).take_while(|(one, two)| one == two).count();
    begin + end
}

/// A category, named where it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Category<'r> {
    Shared(&'r Arc<str>),
    Fixed(&'static str),
    Number(u16),
}

impl Category<'_> {
    pub(super) fn shared(self) -> Arc<str> {
        match self {
            Category::Shared(name) => name.clone(),
            Category::Fixed(name) => fixed(name),
            Category::Number(number) => Arc::from(number.to_string()),
        }
    }
}

/// The codes of a coding, each once.
fn codes<'r>(coding: &'r Coding, code: impl Fn(&'r Tag) -> &'r Arc<str>, mut to: impl FnMut(Category<'r>)) {
    for (at, tag) in coding.tags.iter().enumerate() {
        let here = code(tag);
        if !coding.tags[..at].iter().any(|before| Arc::ptr_eq(code(before), here) || code(before) == here) {
            to(Category::Shared(here));
        }
    }
    if coding.tags.is_empty() {
        to(coding
            .not_coded
            .map_or(Category::Fixed(UNTAGGED), |language| Category::Fixed(not_coded_in(language))));
    }
}

fn state_category(name: &StateName) -> Category<'_> {
    match name.state {
        Some(state) => Category::Fixed(state.name),
        None => Category::Shared(&name.given),
    }
}

/// Names that are known beforehand are made once and shared: a tally asks for them millions of times.
fn fixed(name: &'static str) -> Arc<str> {
    use std::collections::HashMap;
    static NAMES: OnceLock<HashMap<&'static str, Arc<str>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let states = State::all().iter().map(|state| state.name);
        let groups = RegionalGroup::ALL.iter().copied().map(RegionalGroup::as_str);
        let positions = Position::ALL.iter().copied().map(Position::as_str);
        let organisations = State::all_organisations();
        let actions = ActionCategory::ALL.iter().copied().map(ActionCategory::as_str);
        let all = states.chain(groups).chain(positions).chain(actions).chain(organisations).chain(NAMELESS);
        all.map(|name| (name, Arc::from(name))).collect()
    });
    names.get(name).cloned().unwrap_or_else(|| Arc::from(name))
}
