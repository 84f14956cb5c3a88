//! What else is said of a recommendation beside its issues: the instruments and mechanisms that it names, the
//! Sustainable Development Goals that it serves, the persons it is about, the level of government it addresses.
//!
//! Each [`Aspect`] is coded by a codebook of its own, in the same notation as the issues, so that each code has
//! its evidence. The bundled ones are in `src/codebook`: `instruments`, `sdgs`, `affected-persons` and
//! `government-level`; their `issues.csv` define every code. [`Aspects`] is the choice of them that
//! [`Tagger::with_aspects`](crate::Tagger::with_aspects) takes, any of them replaced by one of your own.
//! What is found stands in [`CodedRecommendation::aspects`](crate::CodedRecommendation::aspects), and is counted
//! with [`Dimension::Instrument`] and its siblings.
//!
//! # Example
//!
//! ```
//! use upr::aspect::{Aspect, Aspects};
//! use upr::{Codebook, Dimension, Tagger, Tally, Unit};
//!
//! let tagger = Tagger::new(Codebook::core())?.with_aspects(Aspects::bundled())?;
//! let list = upr::read::Reader::new().bytes("two.csv", b"text\nRatify CEDAW\nTrain the police at the federal level\n")?;
//! let coded = tagger.tag_list(list);
//!
//! let levels = coded.recommendations[1].aspects.of(Aspect::GovernmentLevel).expect("it was coded");
//! assert!(levels.has("federal-or-national"));
//! let tally = Tally::of(&coded.recommendations, &[Dimension::Instrument]);
//! assert_eq!(tally.count(&["cedaw"]).of(Unit::Recommendations), 1);
//! # Ok::<(), upr::Error>(())
//! ```
//!
//! Where to go next: [`tally`](crate::tally) counts, [`export`](crate::export) writes `aspects.csv` and its
//! siblings.

mod bundled;

use crate::codebook::{Codebook, CodebookName};
use crate::tag::{Coding, Tagger};
use crate::tally::Dimension;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One of the things that are coded beside the issues.
///
/// # Example
///
/// ```
/// use upr::Aspect;
///
/// assert_eq!(Aspect::Sdg.codebook().issue("sdg-5").unwrap().label, "5 Gender equality");
/// assert!(Aspect::Instrument.codebook().issue("cedaw").is_some());
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

impl Aspect {
    /// All aspects, in the order in which tables show them.
    ///
    /// # Example
    ///
    /// ```
    /// let names = upr::Aspect::ALL.map(upr::Aspect::as_str);
    /// assert_eq!(names, ["instrument", "sdg", "affected_persons", "government_level"]);
    /// ```
    pub const ALL: [Aspect; 4] =
        [Aspect::Instrument, Aspect::Sdg, Aspect::AffectedPersons, Aspect::GovernmentLevel];

    /// The name, such as `affected_persons`: in exports, and as a dimension of a tally.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::aspect::Aspect;
    /// assert_eq!(Aspect::AffectedPersons.as_str(), "affected_persons");
    /// assert!(Aspect::ALL.iter().all(|aspect| aspect.dimension().as_str() == aspect.as_str()));
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Aspect::Instrument => "instrument",
            Aspect::Sdg => "sdg",
            Aspect::AffectedPersons => "affected_persons",
            Aspect::GovernmentLevel => "government_level",
        }
    }

    /// The heading of its counts, for people.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Aspect::Sdg.title(), "Sustainable Development Goals");
    /// ```
    pub fn title(self) -> &'static str {
        match self {
            Aspect::Instrument => "Instruments and mechanisms named",
            Aspect::Sdg => "Sustainable Development Goals",
            Aspect::AffectedPersons => "Affected persons",
            Aspect::GovernmentLevel => "Levels of government addressed",
        }
    }

    /// The dimension over which it is counted.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Aspect::Instrument.dimension(), upr::Dimension::Instrument);
    /// ```
    pub fn dimension(self) -> Dimension {
        match self {
            Aspect::Instrument => Dimension::Instrument,
            Aspect::Sdg => Dimension::Sdg,
            Aspect::AffectedPersons => Dimension::AffectedPersons,
            Aspect::GovernmentLevel => Dimension::GovernmentLevel,
        }
    }

    /// The codebook that comes with this crate for it.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::aspect::Aspect;
    /// let goals = Aspect::Sdg.codebook();
    /// assert_eq!((goals.name(), goals.issues().len()), ("sdgs", 17));
    /// ```
    pub fn codebook(self) -> Codebook {
        bundled::codebook(self)
    }
}

/// The aspects to code, each with its codebook.
///
/// # Example
///
/// ```
/// use upr::{Aspect, Codebook, Tagger, aspect::Aspects};
///
/// let aspects = Aspects::none().with(Aspect::Sdg, Aspect::Sdg.codebook());
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.with_aspects(aspects)?;
/// let goals = tagger.tag_aspects("Ensure that all girls complete primary school").sdgs.unwrap();
/// assert!(goals.has("sdg-4"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Aspects {
    codebooks: BTreeMap<Aspect, Codebook>,
}

impl Aspects {
    /// All four aspects, with the codebooks that come with this crate.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Aspects::bundled().iter().count(), 4);
    /// ```
    pub fn bundled() -> Aspects {
        Aspect::ALL
            .into_iter()
            .fold(Aspects::none(), |aspects, aspect| aspects.with(aspect, aspect.codebook()))
    }

    /// No aspect, to begin with.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::Aspects::none().iter().count(), 0);
    /// ```
    pub fn none() -> Aspects {
        Aspects::default()
    }

    /// The same, with this codebook for this aspect, in place of another one if there was one.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::aspect::{Aspect, Aspects};
    /// use upr::{Codebook, Tagger};
    ///
    /// let files = [
    ///     ("codebook.csv", "key,value\nname,my-levels\nversion,1\n"),
    ///     ("issues.csv", "issue,label,theme,definition\ncantonal,Cantons,level,The cantons are addressed\n"),
    ///     ("rules.csv", "issue,kind,pattern\ncantonal,include,canton*\n"),
    /// ];
    /// let mine = Codebook::from_files("my-levels", files)?;
    /// let aspects = Aspects::bundled().with(Aspect::GovernmentLevel, mine);
    /// let tagger = Tagger::new(Codebook::core())?.with_aspects(aspects)?;
    /// let codings = tagger.tag_aspects("Ensure that all cantons apply the law");
    /// assert!(codings.government_levels.expect("it was coded").has("cantonal"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with(mut self, aspect: Aspect, codebook: Codebook) -> Aspects {
        self.codebooks.insert(aspect, codebook);
        self
    }

    /// The codebook of this aspect, if it is to be coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, Aspects};
    ///
    /// let aspects = Aspects::none().with(Aspect::Sdg, Aspect::Sdg.codebook());
    /// assert_eq!(aspects.codebook(Aspect::Sdg).unwrap().issues().len(), 17);
    /// assert!(aspects.codebook(Aspect::Instrument).is_none());
    /// ```
    pub fn codebook(&self, aspect: Aspect) -> Option<&Codebook> {
        self.codebooks.get(&aspect)
    }

    /// The aspects with their codebooks, in the order of [`Aspect::ALL`].
    ///
    /// # Example
    ///
    /// ```
    /// let aspects = upr::Aspects::bundled();
    /// let names: Vec<&str> = aspects.iter().map(|(_, codebook)| codebook.name()).collect();
    /// assert_eq!(names, ["instruments", "sdgs", "affected-persons", "government-level"]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Aspect, &Codebook)> {
        self.codebooks.iter().map(|(aspect, codebook)| (*aspect, codebook))
    }

    /// Name, version and hash of each, as coded lists carry them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::aspect::{Aspect, Aspects};
    /// let identities = Aspects::bundled().identities();
    /// assert_eq!(identities[&Aspect::Sdg].name, "sdgs");
    /// ```
    pub fn identities(&self) -> BTreeMap<Aspect, CodebookName> {
        self.iter().map(|(aspect, codebook)| (aspect, codebook.identity())).collect()
    }
}

/// The codings of one text along the aspects. An aspect that was not coded is `None`; one that was coded and
/// not found is a [`Coding`] without tags. In these codings, [`Tag::issue`](crate::tag::Tag::issue) holds the code
/// of the instrument, goal, group or level.
///
/// # Example
///
/// ```
/// use upr::{Aspect, Aspects, Codebook, Tagger};
///
/// let aspects = Aspects::none().with(Aspect::GovernmentLevel, Aspect::GovernmentLevel.codebook());
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.with_aspects(aspects)?;
/// let codings = tagger.tag_aspects("Abolish the death penalty");
/// assert!(codings.government_levels.unwrap().tags.is_empty()); // coded, and not found
/// assert_eq!(codings.sdgs, None); // not coded
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AspectCodings {
    /// Instruments and mechanisms that are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instruments: Option<Coding>,
    /// Sustainable Development Goals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdgs: Option<Coding>,
    /// Groups of persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affected_persons: Option<Coding>,
    /// Levels of government.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government_levels: Option<Coding>,
}

impl AspectCodings {
    /// The coding along one aspect, if it was coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, AspectCodings, Coding};
    ///
    /// let codings = AspectCodings { sdgs: Some(Coding::default()), ..AspectCodings::default() };
    /// assert_eq!(codings.of(Aspect::Sdg), Some(&Coding::default()));
    /// assert_eq!(codings.of(Aspect::Instrument), None);
    /// ```
    pub fn of(&self, aspect: Aspect) -> Option<&Coding> {
        match aspect {
            Aspect::Instrument => self.instruments.as_ref(),
            Aspect::Sdg => self.sdgs.as_ref(),
            Aspect::AffectedPersons => self.affected_persons.as_ref(),
            Aspect::GovernmentLevel => self.government_levels.as_ref(),
        }
    }

    /// Gives the coding along one aspect.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, AspectCodings, Coding};
    ///
    /// let mut codings = AspectCodings::default();
    /// codings.set(Aspect::AffectedPersons, Coding::default());
    /// assert!(codings.affected_persons.is_some());
    /// ```
    pub fn set(&mut self, aspect: Aspect, coding: Coding) {
        let field = match aspect {
            Aspect::Instrument => &mut self.instruments,
            Aspect::Sdg => &mut self.sdgs,
            Aspect::AffectedPersons => &mut self.affected_persons,
            Aspect::GovernmentLevel => &mut self.government_levels,
        };
        *field = Some(coding);
    }
}

/// The codebooks behind a coded list: that of the issues, and those of the aspects.
///
/// What takes codebooks takes a [`Codebook`] alone as well, for lists without aspects, or the [`Tagger`].
///
/// # Example
///
/// ```
/// use upr::aspect::Aspects;
/// use upr::{Codebook, Dimension, Tagger, Tally};
///
/// let tagger = Tagger::new(Codebook::core())?.with_aspects(Aspects::bundled())?;
/// let coded = tagger.tag_list(upr::read::Reader::new().bytes("one.csv", b"text\nProtect girls\n")?);
/// let goals = Tally::with_positions(&coded.recommendations, Dimension::Sdg, &tagger);
/// assert_eq!(&*goals[0].category, "sdg-1");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Codebooks<'c> {
    /// The codebook of the issues.
    pub issues: &'c Codebook,
    /// The codebooks of the aspects.
    pub aspects: &'c Aspects,
}

static NO_ASPECTS: Aspects = Aspects { codebooks: BTreeMap::new() };

impl<'c> From<&'c Codebook> for Codebooks<'c> {
    fn from(issues: &'c Codebook) -> Codebooks<'c> {
        Codebooks { issues, aspects: &NO_ASPECTS }
    }
}

impl<'c> From<&'c Tagger> for Codebooks<'c> {
    fn from(tagger: &'c Tagger) -> Codebooks<'c> {
        Codebooks { issues: tagger.codebook(), aspects: tagger.aspects() }
    }
}

impl<'c> Codebooks<'c> {
    /// The codebook whose codes are the categories of this dimension, if they are codes.
    pub(crate) fn of(self, dimension: Dimension) -> Option<&'c Codebook> {
        match dimension {
            Dimension::Issue | Dimension::Theme => Some(self.issues),
            other => self.aspects.codebook(other.aspect()?),
        }
    }
}
