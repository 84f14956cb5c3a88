//! The aspects: what is coded beside the issues, each by a codebook of its own in the same notation.
//!
//! The bundled codebooks are in `src/codebook`: `instruments`, `sdgs`, `affected-persons` and `government-level`.
//! Their `issues.csv` define every code. [`Codebooks`](super::Codebooks) holds them beside the codebook of issues.

use super::{Codebook, load};
use crate::names::names;
use serde::{Deserialize, Serialize};

/// One of the things that are coded beside the issues.
///
/// # Example
///
/// ```
/// use upr::Aspect;
///
/// assert_eq!(Aspect::Sdg.codebook().issue("sdg-5").unwrap().label, "5 Gender equality");
/// assert!(Aspect::Instrument.codebook().issue("cedaw").is_some());
/// assert_eq!("affected_persons".parse::<Aspect>()?, Aspect::AffectedPersons);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// The instruments and mechanisms that the text names: treaties, ILO conventions, treaty bodies, special
    /// procedures and others.
    Instrument,
    /// The Sustainable Development Goals that it is relevant to, 1 to 17.
    Sdg,
    /// The groups of persons whose rights it is about.
    AffectedPersons,
    /// The levels of government that it addresses by name.
    GovernmentLevel,
}

names! {
    Aspect, "aspect",
    Instrument = "instrument",
    Sdg = "sdg",
    AffectedPersons = "affected_persons",
    GovernmentLevel = "government_level",
}

impl Aspect {
    /// The heading of its counts, for people.
    pub fn title(self) -> &'static str {
        match self {
            Aspect::Instrument => "Instruments and mechanisms named",
            Aspect::Sdg => "Sustainable Development Goals",
            Aspect::AffectedPersons => "Affected persons",
            Aspect::GovernmentLevel => "Levels of government addressed",
        }
    }

    /// The codebook that comes with this crate for it.
    pub fn codebook(self) -> Codebook {
        load::bundled(&load::ASPECTS[self as usize])
    }

    /// All four aspects with their bundled codebooks, as [`Tagger::with_aspects`](crate::Tagger::with_aspects) takes
    /// them.
    pub fn bundled() -> [(Aspect, Codebook); 4] {
        use Aspect::*;
        [Instrument, Sdg, AffectedPersons, GovernmentLevel].map(|aspect| (aspect, aspect.codebook()))
    }
}
