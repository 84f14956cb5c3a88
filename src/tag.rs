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
use crate::aspect::{Aspect, AspectCodings, Aspects, Codebooks};
use crate::codebook::{Codebook, CodebookName};
use crate::read::{Account, FileRead, RecommendationList, Reject, Reply, Unresolved};
use crate::recommendation::Recommendation;
use compile::{Machine, Offsets};
use decide::{By, Decision};
use find::{Found, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

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
    aspects: Aspects,
    /// All codebooks together, so that a text is searched once.
    machine: Machine,
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
    /// What was coded beside the issues.
    #[serde(default)]
    pub aspects: AspectCodings,
}

/// A list whose recommendations are coded, and what else was in its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CodedList {
    /// The codebook that they were coded with.
    pub codebook: CodebookName,
    /// The aspects that were coded as well, with the codebook of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aspect_codebooks: BTreeMap<Aspect, CodebookName>,
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

impl CodedRecommendation {
    /// A recommendation with its issues, and nothing else coded.
    pub fn new(recommendation: Recommendation, coding: Coding) -> CodedRecommendation {
        CodedRecommendation { recommendation, coding, aspects: AspectCodings::default() }
    }
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
    /// Prepares a codebook for tagging issues, and nothing else.
    ///
    /// # Errors
    ///
    /// A codebook was checked when it was loaded; what is left is one too large for the machine: millions of
    /// phrases, or thousands of regular expressions with large repetitions.
    pub fn new(codebook: Codebook) -> Result<Tagger> {
        Tagger::of(codebook, Aspects::none())
    }

    /// Codes these aspects too, in place of those that were chosen before.
    ///
    /// # Errors
    ///
    /// As for [`Tagger::new`], of all codebooks together.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::aspect::Aspects;
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::core())?.with_aspects(Aspects::bundled())?;
    /// let text = "Ratify the Convention on the Rights of the Child";
    /// let instruments = tagger.tag_aspects(text).instruments.expect("all aspects are coded");
    /// let evidence = &instruments.tag("crc").expect("it is named").evidence[0];
    /// assert_eq!(&text[evidence.span.clone()], "Convention on the Rights of the Child");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_aspects(self, aspects: Aspects) -> Result<Tagger> {
        Tagger::of(self.codebook, aspects)
    }

    fn of(codebook: Codebook, aspects: Aspects) -> Result<Tagger> {
        let all: Vec<&Codebook> = each(&codebook, &aspects).collect();
        let machine = compile::compile(&all)?;
        Ok(Tagger { codebook, aspects, machine })
    }

    /// The codebook that it tags with.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The aspects that it codes, with their codebooks.
    pub fn aspects(&self) -> &Aspects {
        &self.aspects
    }

    /// All its codebooks, as counting and exporting take them.
    pub fn codebooks(&self) -> Codebooks<'_> {
        Codebooks::from(self)
    }

    /// Tags one text with issues. The spans of the evidence are bytes of `text`.
    pub fn tag(&self, text: &str) -> Coding {
        self.tag_with(text, &mut Memory::default()).0
    }

    /// Codes one text along the aspects. The spans of the evidence are bytes of `text`.
    pub fn tag_aspects(&self, text: &str) -> AspectCodings {
        self.tag_with(text, &mut Memory::default()).1
    }

    /// Tags recommendations, on all cores; what comes out is the same as one by one.
    pub fn tag_all(&self, recommendations: Vec<Recommendation>) -> Vec<CodedRecommendation> {
        recommendations
            .into_par_iter()
            .map_init(Memory::default, |memory, recommendation| {
                let (coding, aspects) = self.tag_with(&recommendation.text, memory);
                CodedRecommendation { recommendation, coding, aspects }
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
            aspect_codebooks: self.aspects.identities(),
            recommendations: self.tag_all(recommendations),
            pledges,
            replies,
            rejects,
            files,
        }
    }

    fn tag_with(&self, text: &str, memory: &mut Memory) -> (Coding, AspectCodings) {
        let Memory { scratch, found } = memory;
        self.machine.find(text, scratch, found);
        // in the order of issues, so codebook after codebook
        let mut decisions = self.machine.decide(found, &scratch.matched).into_iter().peekable();
        let codebooks = self.machine.codebooks.iter().zip(each(&self.codebook, &self.aspects));
        let mut coded = codebooks.map(|(offsets, codebook)| {
            let mut coding = Coding::default();
            while let Some(decision) = decisions.next_if(|next| next.issue < offsets.issues.end) {
                coding.add(decision, codebook, offsets);
            }
            coding
        });
        let coding = coded.next().unwrap_or_default();
        let mut aspects = AspectCodings::default();
        for ((aspect, _), coding) in self.aspects.iter().zip(coded) {
            aspects.set(aspect, coding);
        }
        (coding, aspects)
    }
}

/// The codebooks in the order in which they are compiled.
fn each<'c>(codebook: &'c Codebook, aspects: &'c Aspects) -> impl Iterator<Item = &'c Codebook> {
    std::iter::once(codebook).chain(aspects.iter().map(|(_, codebook)| codebook))
}

impl Coding {
    /// Adds what was decided of one issue of `codebook`, which stands among others at these `offsets`.
    fn add(&mut self, decision: Decision, codebook: &Codebook, offsets: &Offsets) {
        let issue = &codebook.issues()[decision.issue - offsets.issues.start];
        let rule = |rule: usize| &codebook.rules()[rule - offsets.rules.start];
        let evidence =
            |found: &Found| Evidence { rule: rule(found.rule).pattern.clone(), span: found.start..found.end };
        for (found, by) in &decision.aside {
            let by = match by {
                By::Rule(by) => rule(*by).pattern.clone(),
                By::Without => Arc::from(rule(found.rule).without.as_str()),
            };
            self.suppressed.push(Suppressed { issue: issue.code.clone(), evidence: evidence(found), by });
        }
        if !decision.stand.is_empty() {
            let evidence = decision.stand.iter().map(evidence).collect();
            self.tags.push(Tag { issue: issue.code.clone(), theme: issue.theme.clone(), evidence });
        }
    }
}

#[derive(Default)]
struct Memory {
    scratch: Scratch,
    found: Vec<Found>,
}
