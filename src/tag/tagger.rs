//! The tagger: a codebook made ready, with the aspects that it codes beside the issues and the model that decides,
//! where it has them.
//!
//! All codebooks are searched for at once: `compile` makes the machine, `find` runs it over a text, `decide` weighs
//! what it found against the exclusions; `one.rs` makes the coding of one text from that. Rules for other languages are in
//! `other.rs`. Where a model decides, `learn/MODELS.md` says how.

mod chosen;
mod one;
mod other;

use super::buffers::BufferPool;
use crate::action::ActionCoder;
use crate::codebook::{Codebook, Codebooks};
use crate::coded::{CodedBy, CodedList, CodedRecommendation, NotCoded};
use crate::error::Result;
use crate::list::RecommendationList;
use crate::model::Model;
use crate::model::tagger::{ModelTagger, RuleHashes};
use crate::recommendation::Recommendation;
use crate::rules::Machine;
use other::{LazyMachine, OtherLanguage};
use rayon::prelude::*;
use std::fmt;
use std::sync::Arc;

/// Codes texts with the issues of one codebook, and along [aspects](crate::Aspect) and by action category if it is asked to. Make
/// one and use it for all texts, from any thread; a clone shares everything with the original.
///
/// # Example
///
/// ```
/// let text = "Establish a federal moratorium on the death penalty";
/// let coded = upr::Tagger::core().code(text);
/// let tag = coded.coding.tag("death-penalty").expect("the subject of the text");
/// assert!(tag.evidence.iter().any(|evidence| &text[evidence.span.clone()] == "death penalty"));
/// ```
#[derive(Clone)]
pub struct Tagger {
    codebooks: Arc<Codebooks>,
    /// Codebooks whose rules are features of a model, and give no tags.
    feature_codebooks: Vec<Codebook>,
    /// All codebooks together, so that a text is searched once.
    machine: Arc<LazyMachine>,
    /// The same by their rules for other languages.
    others: Arc<[OtherLanguage]>,
    model: Option<Arc<ModelTagger>>,
    actions: Option<Arc<ActionCoder>>,
    pool: Arc<BufferPool>,
}

/// Names what it codes with.
impl fmt::Debug for Tagger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tagger").field("coded_by", &self.coded_by()).finish_non_exhaustive()
    }
}

impl Tagger {
    /// A tagger for these codebooks: a [`Codebook`] of issues alone, or [`Codebooks`] with aspects.
    ///
    /// # Errors
    ///
    /// A codebook was checked when it was loaded; what is left is one too large for the matcher: millions of
    /// phrases, or thousands of regular expressions with large repetitions.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
    /// assert!(tagger.code("Honour the Paris Agreement").coding.has("climate-action"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new(codebooks: impl Into<Codebooks>) -> Result<Tagger> {
        Tagger::of(codebooks.into(), Vec::new(), None)
    }

    /// The codebook `core` by its rules: the project's own issues.
    ///
    /// # Example
    ///
    /// ```
    /// let coded = upr::Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
    /// assert!(coded.recommendations.iter().any(|coded| coded.coding.has("icc")));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn core() -> Tagger {
        // the codebook is part of the program and every test loads it, so this cannot fail for a user
        Tagger::new(Codebook::core()).expect("the bundled codebook fits the matcher")
    }

    fn of(codebooks: Codebooks, feature_codebooks: Vec<Codebook>, model: Option<Model>) -> Result<Tagger> {
        let aspects = codebooks.aspects().map(|(_, codebook)| codebook);
        let all: Vec<&Codebook> =
            std::iter::once(codebooks.issues()).chain(&feature_codebooks).chain(aspects).collect();
        let machine = LazyMachine::of(&all, None)?;
        let others = OtherLanguage::all(&all)?;
        let tagger = Tagger {
            codebooks: Arc::new(codebooks),
            feature_codebooks,
            machine: Arc::new(machine),
            others,
            model: None,
            actions: None,
            pool: Arc::default(),
        };
        match model {
            Some(model) => tagger.with_model(model),
            None => Ok(tagger),
        }
    }

    /// The codebook `upr-info` with the model that comes with this crate: tags as UPR Info's staff coded. What the
    /// model is, and how far it agrees with them, is in [models](crate::documentation::models).
    ///
    /// # Errors
    ///
    /// None that a user could correct: the tests hold the bundled model to the bundled codebook.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::upr_info()?;
    /// let coding = tagger.code("Ratify the Convention against Torture and train the police").coding;
    /// assert!(coding.has("international-instruments") && coding.has("torture-and-other-cid-treatment"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn upr_info() -> Result<Tagger> {
        let (codebook, (core, model)) =
            rayon::join(Codebook::upr_info, || (Codebook::core(), Model::upr_info()));
        Tagger::of(codebook.into(), vec![core], Some(model?))
    }

    /// The codebook that it tags with, and those whose rules are features alone.
    pub(crate) fn learned_from(&self) -> impl Iterator<Item = &Codebook> {
        std::iter::once(self.codebook()).chain(&self.feature_codebooks)
    }

    /// The hashes of their rules.
    pub(crate) fn rule_hashes(&self) -> RuleHashes {
        RuleHashes::of(&self.learned_from().collect::<Vec<_>>())
    }

    pub(super) fn model_tagger(&self) -> Option<&ModelTagger> {
        self.model.as_deref()
    }

    /// Codes one recommendation, or a text alone: its issues, and the aspects and the action category where the tagger
    /// codes them. The spans of the evidence are bytes of the text.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, Codebook, Tagger, code::ActionCoder};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let tagger = tagger.with_aspects(Aspect::bundled())?.with_actions(ActionCoder::new());
    /// let coded = tagger.code("Cut the emissions that refugee children breathe");
    /// assert_eq!(coded.coding.tags[0].evidence[0].span, 0..17);
    /// let persons: Vec<&str> =
    ///     coded.aspect(Aspect::AffectedPersons).unwrap().tags.iter().map(|tag| &*tag.code).collect();
    /// assert_eq!(persons, ["children", "refugees-and-asylum-seekers"]);
    /// assert!(coded.action.is_some());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn code(&self, recommendation: impl Into<Recommendation>) -> CodedRecommendation {
        self.code_with(recommendation.into(), &mut self.pool.take())
    }

    /// Codes recommendations, on all cores; the result is the same as one by one.
    pub(crate) fn code_all(&self, recommendations: Vec<Recommendation>) -> Vec<CodedRecommendation> {
        recommendations
            .into_par_iter()
            .map_init(|| self.pool.take(), |buffers, made| self.code_with(made, buffers))
            .collect()
    }

    /// Codes a whole list.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::path("fixtures/usa-2020.csv")?;
    /// let coded = upr::Tagger::core().tag(list);
    /// assert!(coded.recommendations.iter().any(|coded| coded.coding.has("icc")));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag(&self, mut list: RecommendationList) -> CodedList {
        let recommendations = self.code_all(std::mem::take(&mut list.recommendations));
        let mut coded = CodedList::of(self.codebooks.clone(), list);
        (coded.coded_by, coded.recommendations) = (self.coded_by(), recommendations);
        let mut not_coded = NotCoded::default();
        not_coded.add(&coded.recommendations);
        not_coded.warn(&mut coded.files, self.codebook());
        coded
    }

    fn coded_by(&self) -> CodedBy {
        CodedBy {
            model: self.model().map(Model::hash),
            actions: self.actions().map(ActionCoder::hash),
            ..CodedBy::of(&self.codebooks)
        }
    }

    /// The rules of `rules.csv`, made ready.
    pub(super) fn machine(&self) -> &Machine {
        self.machine.get(|| self.all_codebooks())
    }

    /// All its codebooks, in the order in which their rules are compiled.
    fn all_codebooks(&self) -> Vec<&Codebook> {
        let aspects = self.codebooks.aspects().map(|(_, codebook)| codebook);
        self.learned_from().chain(aspects).collect()
    }
}
