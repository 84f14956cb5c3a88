//! What coding a text returns: tags, each with its evidence, and what exclusions set aside.

use crate::text::language::Language;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// What a tagger says of one text: its tags in the order of the codebook's issues.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coding = tagger.code("Give up the climate of fear policy, and reduce emissions").coding;
/// assert_eq!(&*coding.tags[0].code, "climate-action");
/// // for the emissions alone: the climate of fear was set aside
/// assert_eq!((coding.tags[0].evidence.len(), coding.suppressed.len()), (1, 1));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// The issues that the text is about. Empty if the codebook knows none of them: the text is untagged, unless it was not
    /// coded.
    pub tags: Vec<Tag>,
    /// What would have been evidence but for an exclusion.
    pub suppressed: Vec<Suppressed>,
    /// The language of a text that was left alone since the codebook has no rules for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_coded: Option<Language>,
}

/// An issue that a text is about.
///
/// # Example
///
/// ```
/// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
/// let coding = upr::Tagger::new(codebook)?.code("Reduce emissions as the Paris Agreement asks").coding;
/// let tag = &coding.tags[0];
/// assert_eq!((&*tag.code, &*tag.theme), ("climate-action", "climate"));
/// assert_eq!(tag.evidence.len(), 2);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The code of the issue; in the codings of aspects that of the instrument, goal, group or level.
    pub code: Arc<str>,
    /// The code of its theme.
    pub theme: Arc<str>,
    /// Why: every match of a rule, in the order of the text. Empty only for a tag that a person added.
    pub evidence: Vec<Evidence>,
}

/// A match of a rule.
///
/// # Example
///
/// ```
/// let text = "Honour the Paris Agreement";
/// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
/// let evidence = &tagger.code(text).coding.tags[0].evidence[0];
/// assert_eq!((&*evidence.rule, &text[evidence.span.clone()]), ("Paris Agreement", "Paris Agreement"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The rule's pattern, as written in the codebook.
    pub rule: Arc<str>,
    /// The bytes of the text that it matched.
    pub span: Range<usize>,
}

/// This many characters of a text are shown on each side of a match, so that an example fits on a line or two.
const CONTEXT: usize = 36;

impl Evidence {
    /// The match in the words around it: some characters before it, its words, and some after it, cut at blanks with `…`
    /// where there is more. A place that the text does not have gives the whole text.
    pub fn excerpt(&self, text: &str) -> [String; 3] {
        let parts = text.get(..self.span.start).zip(text.get(self.span.clone()));
        let Some(((before, matched), after)) = parts.zip(text.get(self.span.end..)) else {
            return [String::new(), text.to_string(), String::new()];
        };
        // at a blank where there is one, and never far from the words
        let before = match before.char_indices().rev().nth(CONTEXT) {
            Some((at, _)) => format!("…{}", &before[before[at..].find(' ').map_or(at, |blank| at + blank)..]),
            None => before.to_string(),
        };
        let after = match after.char_indices().nth(CONTEXT) {
            Some((at, _)) => format!("{} …", &after[..after[..at].rfind(' ').unwrap_or(at)]),
            None => after.to_string(),
        };
        [before, matched.to_string(), after]
    }

    /// Where the match begins and ends in `text`, counted in characters, as Python and R count them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    /// let text = "Côte d’Ivoire: abolish the death penalty";
    /// let coding = Tagger::core().code(text).coding;
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
///
/// # Example
///
/// ```
/// let text = "Give up the climate of fear policy";
/// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
/// let coding = tagger.code(text).coding;
/// assert!(coding.tags.is_empty());
/// let suppressed = &coding.suppressed[0];
/// assert_eq!(&text[suppressed.evidence.span.clone()], "climate of fear policy");
/// assert_eq!(&*suppressed.by, "climate of (fear|impunity|trust|intimidation)");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The code of the issue that was not given on this ground.
    pub code: Arc<str>,
    /// The match.
    pub evidence: Evidence,
    /// The pattern that set it aside: an exclude rule, or the include rule's own `without`.
    pub by: Arc<str>,
}

impl Coding {
    /// Gives back room that was made for more tags: a list holds a hundred thousand codings.
    pub(crate) fn shrunk(mut self) -> Coding {
        self.tags.shrink_to_fit();
        self.suppressed.shrink_to_fit();
        self
    }

    /// The tag of this issue, if the text has it.
    pub fn tag(&self, issue: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| &*tag.code == issue)
    }

    /// Whether the text was coded, and has none of the issues.
    pub fn is_untagged(&self) -> bool {
        self.tags.is_empty() && self.not_coded.is_none()
    }

    /// Whether the text has this issue.
    pub fn has(&self, issue: &str) -> bool {
        self.tag(issue).is_some()
    }
}
