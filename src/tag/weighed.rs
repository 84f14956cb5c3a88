//! What a model says of each issue of a text, in numbers: for those who ask why.

use super::{Memory, Tagger};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// An issue as the model sees it in one text.
///
/// # Example
///
/// ```
/// let text = "Abolish the death penalty";
/// let weighed = upr::Tagger::upr_info()?.weighed(text);
/// assert_eq!(&*weighed[0].issue, "death-penalty");
/// assert!(weighed[0].score > 0.0 && weighed[1].score < 0.0); // the first alone is given
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// The code of the issue.
    pub issue: Arc<str>,
    /// What the model says in all: above 0 it gives the issue. Where no issue is above 0, the highest is given.
    pub score: f32,
    /// The phrases that weighed most, in the order of the text; they are those of the tag's evidence.
    pub phrases: Vec<Phrase>,
}

/// Words that speak for an issue.
///
/// # Example
///
/// ```
/// let text = "Abolish the death penalty";
/// let weighed = upr::Tagger::upr_info()?.weighed(text);
/// let heaviest = weighed[0].phrases.iter().max_by(|one, two| one.weight.total_cmp(&two.weight)).unwrap();
/// assert_eq!(&text[heaviest.span.clone()], "penalty");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phrase {
    /// The bytes of the text.
    pub span: Range<usize>,
    /// How much of the score they are.
    pub weight: f32,
}

impl Tagger {
    /// What the model says of the issues of a text, the highest score first; nothing where no model decides. Rules weigh
    /// as well, and words that stand further apart, so that the phrases shown don't add up to the score.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::upr_info()?;
    /// let text = "Abolish the death penalty";
    /// let weighed = tagger.weighed(text);
    /// assert_eq!(&*weighed[0].issue, "death-penalty");
    /// assert!(weighed[0].score > 0.0 && weighed[1].score < 0.0);
    /// assert_eq!(&text[weighed[0].phrases[0].span.clone()], "death");
    /// assert!(weighed[0].phrases[0].weight > 0.1);
    /// let with_aspects = tagger.with_aspects(upr::Aspect::bundled())?;
    /// assert_eq!(with_aspects.weighed(text), weighed);
    /// assert!(upr::Tagger::core().weighed(text).is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn weighed(&self, text: &str) -> Vec<Weighed> {
        let Some(adviser) = self.adviser() else { return Vec::new() };
        let mut memory = Memory::default();
        self.note(text, &adviser.rules, &mut memory);
        let Memory { scratch, notes, .. } = &mut memory;
        adviser.consider(notes, &scratch.words);
        let issues = self.codebook().issues().iter().enumerate();
        let mut weighed: Vec<Weighed> = issues
            .filter_map(|(at, issue)| {
                let (score, phrases) = adviser.weights(at, notes, &scratch.words)?;
                let phrases = phrases.into_iter().map(|(span, weight)| Phrase { span, weight });
                Some(Weighed { issue: issue.code.clone(), score, phrases: phrases.collect() })
            })
            .collect();
        weighed.sort_by(|one, two| two.score.total_cmp(&one.score));
        weighed
    }
}
