//! Tags recommendations: which issues of a codebook each is about, and which words say so.
//!
//! [`Tagger::new`] takes a [`Codebook`]; [`Tagger::tag`] takes a text and gives a [`Coding`], which holds a
//! [`Tag`] for each issue, with all its evidence: the rule, and the span of the unchanged text. What an
//! exclusion set aside is kept in [`Coding::suppressed`], with the rule that did it.
//!
//! Where to go next: [`tally`](crate::tally) counts coded recommendations, [`group`](crate::group) sorts them
//! into themes, [`codebook`](crate::codebook) explains the notation of the rules.

mod compile;
mod decide;
mod find;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod tests;

use crate::Result;
use crate::codebook::{Codebook, CodebookName};
use crate::learn::{Adviser, Model, Notes, RuleHashes};
use crate::read::{Account, FileRead, RecommendationList, Reject, Reply, Unresolved};
use crate::recommendation::Recommendation;
use crate::words::Words;
use compile::Machine;
use decide::{By, Decision};
use find::{Found, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// Tags texts with the issues of one codebook. Make one and use it for all texts, from any thread.
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
    machine: Machine,
    adviser: Option<Adviser>,
}

/// What a tagger says of one text: its tags in the order of the codebook's issues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// The issues that the text is about. Empty if the codebook knows none of them: the text is untagged.
    pub tags: Vec<Tag>,
    /// What would have been evidence but for an exclusion.
    pub suppressed: Vec<Suppressed>,
}

/// An issue that a text is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// The code of its theme.
    pub theme: Arc<str>,
    /// Why: every match of a rule, in the order of the text. Never empty.
    pub evidence: Vec<Evidence>,
}

/// A match of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The rule's pattern, as written in the codebook.
    pub rule: Arc<str>,
    /// The bytes of the text that it matched.
    pub span: Range<usize>,
}

impl Evidence {
    /// Where the match begins and ends in `text`, counted in characters, as Python and R count them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    /// let text = "Côte d’Ivoire: abolish the death penalty";
    /// let coding = Tagger::new(Codebook::core())?.tag(text);
    /// let tag = coding.tag("death-penalty").unwrap();
    /// let (start, end) = tag.evidence.last().unwrap().characters(text);
    /// let matched: String = text.chars().skip(start).take(end - start).collect();
    /// assert_eq!(matched, "death penalty");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn characters(&self, text: &str) -> (usize, usize) {
        let start = text[..self.span.start].chars().count();
        (start, start + text[self.span.clone()].chars().count())
    }
}

/// A match that an exclusion set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The code of the issue that was not given on this ground.
    pub issue: Arc<str>,
    /// The match.
    pub evidence: Evidence,
    /// The pattern that set it aside: an exclude rule, or the include rule's own `without`.
    pub by: Arc<str>,
}

/// A recommendation and what a tagger says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedRecommendation {
    /// The recommendation, unchanged.
    pub recommendation: Recommendation,
    /// Its tags.
    pub coding: Coding,
}

/// A list whose recommendations are coded, and what else was in its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CodedList {
    /// The codebook that they were coded with.
    pub codebook: CodebookName,
    /// The hash of the model that decided, if one did; see [`Model::hash`].
    #[serde(default)]
    pub model: Option<String>,
    /// The recommendations with their tags, in the order of the source.
    pub recommendations: Vec<CodedRecommendation>,
    /// What the State under review pledged of its own accord; it is not coded.
    pub pledges: Vec<Recommendation>,
    /// What States under review replied in addenda to recommendations that no file of the list holds.
    pub replies: Vec<Reply>,
    /// What could not be read, with the reason.
    pub rejects: Vec<Reject>,
    /// The files, and how they were read.
    pub files: Vec<FileRead>,
}

impl CodedList {
    /// What became of every row.
    pub fn account(&self) -> Account {
        let recommendations = self.recommendations.iter().map(|coded| &coded.recommendation);
        Account::of(recommendations, &self.pledges, &self.rejects, &self.files)
    }

    /// What was read as text only, since nobody knows it.
    pub fn unresolved(&self) -> Unresolved {
        Unresolved::of(self.recommendations.iter().map(|coded| &coded.recommendation))
    }

    /// The recommendations that have no issue.
    pub fn untagged(&self) -> impl Iterator<Item = &CodedRecommendation> {
        self.recommendations.iter().filter(|coded| coded.coding.tags.is_empty())
    }
}

impl Coding {
    /// The tag of this issue, if the text has it.
    pub fn tag(&self, issue: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| &*tag.issue == issue)
    }

    /// Whether the text has this issue.
    pub fn has(&self, issue: &str) -> bool {
        self.tag(issue).is_some()
    }
}

impl Tagger {
    /// Prepares a codebook for tagging.
    ///
    /// # Errors
    ///
    /// A codebook was checked when it was loaded; what is left is one too large for the machine: millions of
    /// phrases, or thousands of regular expressions with large repetitions.
    pub fn new(codebook: Codebook) -> Result<Tagger> {
        let machine = compile::compile(&[&codebook])?;
        Ok(Tagger { codebook, heard: Vec::new(), machine, adviser: None })
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
        Tagger::new(Codebook::upr_info())?.hearing(Codebook::core())?.with_model(Model::upr_info()?)
    }

    /// Lets the rules of another codebook speak to models as well: they give no tags, but what they find is
    /// learned from. Both codebooks are searched for at once.
    ///
    /// # Errors
    ///
    /// As for [`Tagger::new`]; and if it has a model, which was trained without that codebook.
    pub fn hearing(mut self, codebook: Codebook) -> Result<Tagger> {
        self.heard.push(codebook);
        let codebooks: Vec<&Codebook> = self.codebooks().collect();
        self.machine = compile::compile(&codebooks)?;
        match self.adviser.take() {
            Some(adviser) => self.with_model(adviser.into_model()),
            None => Ok(self),
        }
    }

    /// Lets a model decide, which was learned from coded examples with the rules of this codebook: see
    /// [`learn`](crate::learn). The rules stay evidence.
    ///
    /// # Errors
    ///
    /// A model that was trained with another codebook, or before a cell of it changed; a label that is no issue's
    /// label or code, or two for one issue.
    pub fn with_model(self, model: Model) -> Result<Tagger> {
        let adviser = Some(Adviser::new(model, &self.codebooks().collect::<Vec<_>>())?);
        Ok(Tagger { adviser, ..self })
    }

    /// The codebook that it tags with, and those that it hears.
    pub(crate) fn codebooks(&self) -> impl Iterator<Item = &Codebook> {
        std::iter::once(&self.codebook).chain(&self.heard)
    }

    /// The model that decides, if there is one.
    pub fn model(&self) -> Option<&Model> {
        self.adviser.as_ref().map(Adviser::model)
    }

    /// The codebook that it tags with.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Tags one text. The spans of the evidence are bytes of `text`.
    pub fn tag(&self, text: &str) -> Coding {
        self.tag_with(text, &mut Memory::default())
    }

    /// Tags recommendations, on all cores; what comes out is the same as one by one.
    pub fn tag_all(&self, recommendations: Vec<Recommendation>) -> Vec<CodedRecommendation> {
        recommendations
            .into_par_iter()
            .map_init(Memory::default, |memory, recommendation| {
                let coding = self.tag_with(&recommendation.text, memory);
                CodedRecommendation { recommendation, coding }
            })
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
            recommendations: self.tag_all(recommendations),
            pledges,
            replies,
            rejects,
            files,
        }
    }

    fn tag_with(&self, text: &str, memory: &mut Memory) -> Coding {
        let decisions = self.decide(text, memory);
        let Memory { scratch, notes, .. } = memory;
        let mut coding = Coding::default();
        let Some(adviser) = &self.adviser else {
            for decision in decisions.iter().filter(|decision| decision.issue < self.codebook.issues().len())
            {
                self.set_aside(decision, &mut coding);
                self.give(decision.issue, self.evidence(&decision.stand), &mut coding);
            }
            return coding;
        };
        notes.hear(&decisions, &adviser.rules);
        adviser.consider(notes, &scratch.words);
        let mut decisions = decisions.into_iter().peekable();
        for issue in 0..self.codebook.issues().len() {
            let decision = decisions.next_if(|decision| decision.issue == issue);
            if let Some(decision) = &decision {
                self.set_aside(decision, &mut coding);
            }
            let mut evidence = decision.map(|decision| self.evidence(&decision.stand)).unwrap_or_default();
            match adviser.gives(issue, notes) {
                Some(true) => evidence.extend(adviser.phrases(issue, notes, &scratch.words)),
                Some(false) => {
                    let issue = &self.codebook.issues()[issue].code;
                    let overruled =
                        |evidence| Suppressed { issue: issue.clone(), evidence, by: Arc::from("model") };
                    coding.suppressed.extend(evidence.drain(..).map(overruled));
                }
                None => {}
            }
            self.give(issue, evidence, &mut coding);
        }
        coding
    }

    fn decide(&self, text: &str, memory: &mut Memory) -> Vec<Decision> {
        let Memory { scratch, found, .. } = memory;
        self.machine.find(text, scratch, found);
        self.machine.decide(found, &scratch.matched)
    }

    /// Notes what a model may learn from a text.
    pub(crate) fn note(&self, text: &str, rules: &RuleHashes, memory: &mut Memory) {
        let decisions = self.decide(text, memory);
        memory.notes.hear(&decisions, rules);
        memory.notes.find(&memory.scratch.words);
    }

    fn evidence(&self, found: &[Found]) -> Vec<Evidence> {
        let rules = self.codebook.rules();
        let evidence = |found: &Found| Evidence {
            rule: rules[found.rule].pattern.clone(),
            span: found.start..found.end,
        };
        found.iter().map(evidence).collect()
    }

    fn set_aside(&self, decision: &Decision, coding: &mut Coding) {
        let rules = self.codebook.rules();
        for (found, by) in &decision.aside {
            let by = match by {
                By::Rule(rule) => rules[*rule].pattern.clone(),
                By::Without => Arc::from(rules[found.rule].without.as_str()),
            };
            let issue = self.codebook.issues()[decision.issue].code.clone();
            let evidence = self.evidence(std::slice::from_ref(found));
            coding.suppressed.extend(evidence.into_iter().map(|evidence| Suppressed {
                issue: issue.clone(),
                evidence,
                by: by.clone(),
            }));
        }
    }

    fn give(&self, issue: usize, evidence: Vec<Evidence>, coding: &mut Coding) {
        if !evidence.is_empty() {
            let issue = &self.codebook.issues()[issue];
            coding.tags.push(Tag { issue: issue.code.clone(), theme: issue.theme.clone(), evidence });
        }
    }
}

/// What is needed while one text is tagged, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    scratch: Scratch,
    found: Vec<Found>,
    pub(crate) notes: Notes,
}

impl Memory {
    /// The words of the text that was looked at last.
    pub(crate) fn words(&self) -> &Words {
        &self.scratch.words
    }
}

impl Notes {
    /// Notes what the rules say.
    fn hear(&mut self, decisions: &[Decision], hashes: &RuleHashes) {
        self.signs.clear();
        for decision in decisions {
            if !decision.stand.is_empty() {
                self.signs.issues.push(hashes.issues[decision.issue]);
                if decision.issue >= hashes.paired_from {
                    self.signs.paired.push(hashes.issues[decision.issue]);
                }
            }
            if !decision.aside.is_empty() {
                self.signs.aside.push(hashes.issues[decision.issue]);
            }
            self.signs.rules.extend(decision.stand.iter().map(|found| hashes.rules[found.rule]));
            self.signs.aside.extend(decision.aside.iter().map(|(found, _)| hashes.rules[found.rule]));
        }
    }
}
