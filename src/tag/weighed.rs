//! What the model of a tagger says of each issue of a text, in numbers.

use super::{Memory, Tagger};
use crate::model::explanation::Weighed;

impl Tagger {
    /// What the model says of the issues of a text, the highest score first; empty if there is no model. The phrases do
    /// not add up to the score, since rules and words that are further apart count too.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::upr_info()?;
    /// let text = "Abolish the death penalty";
    /// let weighed = tagger.weighed(text);
    /// assert_eq!(&*weighed[0].issue, "death-penalty");
    /// assert!(weighed[0].score > 0.0 && weighed[1].score < 0.0);
    /// assert_eq!(&text[weighed[0].phrases[0].0.clone()], "death");
    /// assert!(weighed[0].phrases[0].1 > 0.1);
    /// let with_aspects = tagger.with_aspects(upr::Aspect::bundled())?;
    /// assert_eq!(with_aspects.weighed(text), weighed);
    /// assert!(upr::Tagger::core().weighed(text).is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn weighed(&self, text: &str) -> Vec<Weighed> {
        let Some(model) = self.model_tagger() else { return Vec::new() };
        let mut memory = Memory::default();
        self.find_features(text, &model.rules, &mut memory);
        let Memory { scratch, model: buffers, .. } = &mut memory;
        model.score(buffers, &scratch.words);
        model.weighed(self.codebook(), buffers, &scratch.words)
    }
}
