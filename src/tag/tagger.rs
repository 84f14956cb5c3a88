//! The tagger: a codebook made ready, with the aspects that it codes beside the issues and the model that decides,
//! where it has them.
//!
//! All codebooks are searched for at once: `compile` makes the machine, `find` runs it over a text, `decide` weighs
//! what it found against the exclusions. Where a model decides, [`learn`](crate::learn) says how.

mod chosen;

use super::memory::{Memories, Memory};
use super::{CodedList, CodedRecommendation, Coding, Evidence, Suppressed};
use crate::action::ActionCoder;
use crate::aspect::{AspectCodings, Aspects};
use crate::codebook::Codebook;
use crate::error::Result;
use crate::model::Model;
use crate::model::explanation::MAX_PHRASES;
use crate::model::tagger::{ModelMemory, ModelTagger, RuleHashes};
use crate::read::RecommendationList;
use crate::recommendation::Recommendation;
use crate::rules::{Book, Decisions, Machine, compile};
use crate::text::words::Words;
use rayon::prelude::*;

/// Tags texts with the issues of one codebook, and along [aspects](crate::aspect) if it is told to. Make one and
/// use it for all texts, from any thread.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::core())?;
/// let text = "Establish a federal moratorium on the death penalty";
/// let coding = tagger.tag(text);
/// let tag = coding.tag("death-penalty").expect("the subject of the text");
/// assert!(tag.evidence.iter().any(|evidence| &text[evidence.span.clone()] == "death penalty"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug)]
pub struct Tagger {
    codebook: Codebook,
    /// Codebooks whose rules speak to a model, and give no tags.
    heard: Vec<Codebook>,
    aspects: Aspects,
    /// All codebooks together, so that a text is searched once.
    pub(super) machine: Machine,
    model: Option<ModelTagger>,
    actions: Option<ActionCoder>,
    memories: Memories,
}

impl Tagger {
    /// Prepares a codebook for tagging issues, and nothing else.
    ///
    /// # Errors
    ///
    /// A codebook was checked when it was loaded; what is left is one too large for the machine: millions of
    /// phrases, or thousands of regular expressions with large repetitions.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
    /// assert!(tagger.tag("Honour the Paris Agreement").has("climate-action"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn new(codebook: Codebook) -> Result<Tagger> {
        Tagger::of(codebook, Vec::new(), Aspects::none(), None)
    }

    fn of(
        codebook: Codebook,
        heard: Vec<Codebook>,
        aspects: Aspects,
        model: Option<Model>,
    ) -> Result<Tagger> {
        let aspect_codebooks = aspects.iter().map(|(_, codebook)| codebook);
        let all: Vec<&Codebook> = std::iter::once(&codebook).chain(&heard).chain(aspect_codebooks).collect();
        let machine = compile(&all)?;
        let tagger = Tagger {
            codebook,
            heard,
            aspects,
            machine,
            model: None,
            actions: None,
            memories: Memories::default(),
        };
        match model {
            Some(model) => tagger.with_model(model),
            None => Ok(tagger),
        }
    }

    /// The codebook `upr-info` with the model that comes with this crate: tags as UPR Info's staff coded. What the
    /// model is, and how far it agrees with them, is told in [`learn`](crate::learn).
    ///
    /// # Errors
    ///
    /// None that a user could mend: the tests hold the bundled model to the bundled codebook.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::upr_info()?;
    /// let coding = tagger.tag("Ratify the Convention against Torture and train the police");
    /// assert!(coding.has("international-instruments") && coding.has("torture-and-other-cid-treatment"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn upr_info() -> Result<Tagger> {
        let (codebook, (heard, model)) =
            rayon::join(Codebook::upr_info, || (Codebook::core(), Model::upr_info()));
        Tagger::of(codebook, vec![heard], Aspects::none(), Some(model?))
    }

    /// The codebook that it tags with, and those that it hears.
    pub(crate) fn learned_from(&self) -> impl Iterator<Item = &Codebook> {
        std::iter::once(&self.codebook).chain(&self.heard)
    }

    /// The hashes of their rules.
    pub(crate) fn rule_hashes(&self) -> RuleHashes {
        RuleHashes::of(&self.learned_from().collect::<Vec<_>>())
    }

    pub(super) fn model_tagger(&self) -> Option<&ModelTagger> {
        self.model.as_ref()
    }

    /// Tags one text with issues. The spans of the evidence are bytes of `text`.
    ///
    /// # Example
    ///
    /// ```
    /// let text = "Cut the emissions of power stations";
    /// let coding = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?.tag(text);
    /// assert_eq!(&text[coding.tags[0].evidence[0].span.clone()], "Cut the emissions");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag(&self, text: &str) -> Coding {
        self.tag_with(text, &mut self.memories.take()).0
    }

    /// Codes one text along the aspects. The spans of the evidence are bytes of `text`.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, Aspects, Codebook, Tagger};
    ///
    /// let persons = Aspects::none().with(Aspect::AffectedPersons, Aspect::AffectedPersons.codebook());
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.with_aspects(persons)?;
    /// let codings = tagger.tag_aspects("Let refugee children go to school");
    /// let codes: Vec<String> =
    ///     codings.affected_persons.unwrap().tags.iter().map(|tag| tag.issue.to_string()).collect();
    /// assert_eq!(codes, ["children", "refugees-and-asylum-seekers"]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag_aspects(&self, text: &str) -> AspectCodings {
        self.tag_with(text, &mut self.memories.take()).1
    }

    /// Tags recommendations, on all cores; what comes out is the same as one by one.
    ///
    /// # Example
    ///
    /// ```
    /// let list = upr::read::path("fixtures/climate-list.csv")?;
    /// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag_all(list.recommendations);
    /// assert_eq!(coded.iter().filter(|coded| coded.coding.has("climate-action")).count(), 5);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag_all(&self, recommendations: Vec<Recommendation>) -> Vec<CodedRecommendation> {
        recommendations
            .into_par_iter()
            .map_init(
                || self.memories.take(),
                |memory, recommendation| {
                    let (coding, aspects) = self.tag_with(&recommendation.text, memory);
                    let Memory { scratch, actions, .. } = &mut **memory;
                    let code = |coder: &ActionCoder| coder.code_words(&scratch.words, actions);
                    let action = self.actions.as_ref().map(code);
                    CodedRecommendation { recommendation, coding, aspects, action }
                },
            )
            .collect()
    }

    /// Tags a whole list.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let list = upr::read::path("fixtures/usa-2020.csv")?;
    /// let coded = Tagger::new(Codebook::core())?.tag_list(list);
    /// assert!(coded.recommendations.iter().any(|r| r.coding.has("icc")));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn tag_list(&self, list: RecommendationList) -> CodedList {
        let RecommendationList { recommendations, pledges, replies, rejects, files } = list;
        let codebook = self.codebook.identity();
        CodedList {
            codebook,
            model: self.model().map(Model::hash),
            action_coder: self.actions.as_ref().map(ActionCoder::hash),
            aspect_codebooks: self.aspects.identities(),
            filtered: None,
            recommendations: self.tag_all(recommendations),
            pledges,
            replies,
            rejects,
            files,
        }
    }

    fn tag_with(&self, text: &str, memory: &mut Memory) -> (Coding, AspectCodings) {
        self.decide(text, memory);
        let Memory { scratch, decisions, model, .. } = memory;
        let heard = self.heard_by_models(decisions);
        (self.issues(decisions, heard, &scratch.words, model), self.beside(decisions, heard))
    }

    /// How many of the decisions a model hears: those that follow are of the aspects.
    fn heard_by_models(&self, decisions: &Decisions) -> usize {
        // in the order of the codebooks: its own, those that it hears, those of the aspects
        let learned_from = self.machine.codebooks[..=self.heard.len()].last();
        let spoken = learned_from.map_or(0, |offsets| offsets.issues.end);
        decisions.issues.partition_point(|decision| decision.issue < spoken)
    }

    /// The issues: what the rules of its own codebook decide, or the model, which hears the first decisions.
    fn issues(&self, decisions: &Decisions, heard: usize, words: &Words, memory: &mut ModelMemory) -> Coding {
        let mut coding = Coding::default();
        let book = Book { codebook: &self.codebook, offsets: &self.machine.codebooks[0], decisions };
        let own = book.offsets.issues.end;
        let heard = &decisions.issues[..heard];
        let Some(model) = &self.model else {
            heard.iter().take_while(|decision| decision.issue < own).for_each(|decision| {
                book.set_aside(decision, &mut coding);
                book.give(decision.issue, book.evidence(decision).collect(), &mut coding);
            });
            return coding;
        };
        memory.rules.set(heard, decisions, &model.rules);
        model.score(memory, words);
        let mut heard = heard.iter().peekable();
        for issue in 0..own {
            let decision = heard.next_if(|decision| decision.issue == issue);
            let has = model.has(issue, memory);
            if decision.is_none() && has != Some(true) {
                continue;
            }
            if let Some(decision) = decision {
                book.set_aside(decision, &mut coding);
            }
            let evidence = decision.map(|decision| book.evidence(decision)).into_iter().flatten();
            if has == Some(false) {
                let issue = &self.codebook.issues()[issue].code;
                let by = &model.name;
                let overruled = |evidence| Suppressed { issue: issue.clone(), evidence, by: by.clone() };
                coding.suppressed.extend(evidence.map(overruled));
                continue;
            }
            let room = decision.map_or(0, |decision| decisions.stand(decision).len()) + MAX_PHRASES;
            let mut all: Vec<Evidence> = Vec::with_capacity(room);
            all.extend(evidence);
            if has == Some(true) {
                model.phrases(issue, memory, words, &mut all);
                all.sort_by_key(|evidence| evidence.span.start);
            }
            book.give(issue, all, &mut coding);
        }
        coding
    }

    /// The aspects, as their rules decide, by the decisions after the first ones.
    fn beside(&self, decisions: &Decisions, heard: usize) -> AspectCodings {
        let mut beside = decisions.issues[heard..].iter().peekable();
        let offsets = &self.machine.codebooks[self.heard.len() + 1..];
        let mut aspects = AspectCodings::default();
        for ((aspect, codebook), offsets) in self.aspects.iter().zip(offsets) {
            let book = Book { codebook, offsets, decisions };
            let mut coding = Coding::default();
            while let Some(decision) = beside.next_if(|next| next.issue < offsets.issues.end) {
                book.set_aside(decision, &mut coding);
                book.give(decision.issue, book.evidence(decision).collect(), &mut coding);
            }
            aspects.set(aspect, coding);
        }
        aspects
    }

    fn decide(&self, text: &str, memory: &mut Memory) {
        let Memory { scratch, found, decisions, .. } = memory;
        self.machine.find(text, scratch, found);
        self.machine.decide(found, &scratch.matched, decisions);
    }

    /// Finds what a model may learn from a text.
    pub(crate) fn find_features(&self, text: &str, rules: &RuleHashes, memory: &mut Memory) {
        self.decide(text, memory);
        let Memory { scratch, decisions, model, .. } = memory;
        let heard = self.heard_by_models(decisions);
        model.rules.set(&decisions.issues[..heard], decisions, rules);
        model.find(&scratch.words);
    }
}
