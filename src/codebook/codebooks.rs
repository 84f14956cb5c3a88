//! The codebooks behind a coded list: the one of the issues, and those of the aspects.

use super::{About, Aspect, Codebook};
use crate::dimension::Dimension;
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
        Codebooks { issues, aspects: BTreeMap::new() }
    }

    /// The same, with this codebook for this aspect in place of another one.
    #[must_use]
    pub fn with(mut self, aspect: Aspect, codebook: Codebook) -> Codebooks {
        self.aspects.insert(aspect, codebook);
        self
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
