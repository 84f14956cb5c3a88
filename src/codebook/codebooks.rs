//! The codebooks behind a coded list: the one of the issues, and those of the aspects.

use super::{About, Aspect, Codebook, NOT_CODED, UNTAGGED, UNTAGGED_LABEL};
use crate::dimension::Dimension;
use crate::state::State;
use crate::text::language::Language;
use crate::wording;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The codebook of the issues, and those of the aspects that are coded as well. A [`Tagger`](crate::Tagger) is made of
/// them, and a [`CodedList`](crate::CodedList) keeps them: its figures need their codes and labels.
///
/// # Example
///
/// ```
/// use upr::{Aspect, Codebook, Codebooks};
///
/// let codebooks = Codebooks::new(Codebook::core()).with(Aspect::Sdg, Aspect::Sdg.codebook());
/// assert_eq!(codebooks.issues().name(), "core");
/// assert_eq!(codebooks.aspect(Aspect::Sdg).unwrap().issues().len(), 17);
/// assert!(codebooks.aspect(Aspect::Instrument).is_none());
/// ```
#[derive(Debug, Clone)]
pub struct Codebooks {
    issues: Codebook,
    aspects: BTreeMap<Aspect, Codebook>,
    /// Of the labels.
    language: Language,
}

impl Codebooks {
    /// The codebook of the issues alone.
    ///
    /// # Example
    ///
    /// ```
    /// let codebooks = upr::Codebooks::new(upr::Codebook::core());
    /// assert_eq!(codebooks.aspects().len(), 0);
    /// ```
    pub fn new(issues: Codebook) -> Codebooks {
        Codebooks { issues, aspects: BTreeMap::new(), language: Language::English }
    }

    /// The same, with this codebook for this aspect in place of another one.
    #[must_use]
    pub fn with(mut self, aspect: Aspect, codebook: Codebook) -> Codebooks {
        self.aspects.insert(aspect, codebook);
        self
    }

    /// The same with all labels and definitions in this language, where there are any: of issues, themes and aspects, and
    /// what [`Codebooks::label`] returns for positions, regional groups and States. Codes and figures stay the same.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Codebooks, Dimension, Language};
    ///
    /// let codebooks = Codebooks::new(Codebook::core()).in_language(Language::French);
    /// let label = |dimension, category| codebooks.label(dimension, category).unwrap_or_default();
    /// assert_eq!(label(Dimension::Issue, "death-penalty"), "Peine de mort");
    /// assert_eq!(label(Dimension::Position, "noted"), "notées");
    /// assert_eq!(label(Dimension::RecommendingState, "Netherlands"), "Pays-Bas");
    /// ```
    #[must_use]
    pub fn in_language(self, language: Language) -> Codebooks {
        let aspects = self.aspects.into_iter();
        let aspects = aspects.map(|(aspect, codebook)| (aspect, codebook.in_language(language))).collect();
        Codebooks { issues: self.issues.in_language(language), aspects, language }
    }

    /// The language of the labels.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The codebook of the issues.
    pub fn issues(&self) -> &Codebook {
        &self.issues
    }

    /// The codebook of this aspect, if it is coded.
    pub fn aspect(&self, aspect: Aspect) -> Option<&Codebook> {
        self.aspects.get(&aspect)
    }

    /// The aspects with their codebooks, in the order of [`Aspect::ALL`].
    pub fn aspects(&self) -> impl ExactSizeIterator<Item = (Aspect, &Codebook)> {
        self.aspects.iter().map(|(aspect, codebook)| (*aspect, codebook))
    }

    /// Name, version and hash of each aspect's codebook.
    pub(crate) fn aspect_names(&self) -> BTreeMap<Aspect, About> {
        self.aspects().map(|(aspect, codebook)| (aspect, codebook.identity())).collect()
    }

    /// The codebook whose codes are the categories of this dimension, if they are codes.
    pub(crate) fn of(&self, dimension: Dimension) -> Option<&Codebook> {
        match dimension {
            Dimension::Issue | Dimension::Theme => Some(&self.issues),
            Dimension::Aspect(aspect) => self.aspect(aspect),
            _ => None,
        }
    }

    /// What people read for a category of an issue, a theme or an aspect: the label of the code, or the words for none; in
    /// [another language](Codebooks::in_language) that of other dimensions too, and else nothing for them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Codebooks, Dimension};
    ///
    /// let codebooks = Codebooks::new(Codebook::core());
    /// let label = |category| codebooks.label(Dimension::Issue, category).unwrap_or_default();
    /// assert_eq!(label("death-penalty"), "Death penalty");
    /// assert_eq!(label("untagged"), "No issue of the codebook");
    /// assert_eq!(label("not_coded_fr"), "Not coded (French)");
    /// ```
    pub fn label<'l>(&'l self, dimension: Dimension, category: &'l str) -> Option<Cow<'l, str>> {
        let own = |words: &'l str| wording::in_language(words, self.language);
        let Some(codebook) = self.of(dimension) else {
            return (self.language != Language::English).then(|| match dimension {
                Dimension::StateUnderReview | Dimension::RecommendingState => {
                    let state = State::resolve(category);
                    state.map_or(Cow::from(category), |state| Cow::from(state.name_in(self.language)))
                }
                _ if category.contains('_') => {
                    let words = category.replace('_', " ");
                    Cow::from(wording::in_language(&words, self.language).into_owned())
                }
                _ => own(category),
            });
        };
        let label = match dimension {
            Dimension::Theme => codebook.theme(category).map(|theme| &theme.label),
            _ => codebook.issue(category).map(|issue| &issue.label),
        };
        let language = category.strip_prefix(NOT_CODED).and_then(|rest| rest.strip_prefix('_'));
        let language = language.and_then(|code| code.parse::<Language>().ok());
        Some(match (label, dimension, language) {
            (Some(label), ..) => Cow::from(label),
            (None, _, Some(language)) => {
                let label = format!("Not coded ({})", language.name());
                Cow::from(wording::in_language(&label, self.language).into_owned())
            }
            (None, Dimension::Issue | Dimension::Theme, None) if category == UNTAGGED => own(UNTAGGED_LABEL),
            (None, _, None) if category == UNTAGGED => own("None of the codebook"),
            (None, _, None) if category == NOT_CODED => own("Not coded"),
            _ => Cow::from(category),
        })
    }
}

impl From<Codebook> for Codebooks {
    fn from(issues: Codebook) -> Codebooks {
        Codebooks::new(issues)
    }
}

/// Codebooks are equal if their names, versions and hashes are.
impl PartialEq for Codebooks {
    fn eq(&self, other: &Codebooks) -> bool {
        self.issues.identity() == other.issues.identity() && self.aspect_names() == other.aspect_names()
    }
}
