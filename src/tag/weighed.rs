//! What the model of a tagger says of each issue of a text, in numbers.

use super::{Buffers, Tagger};
use crate::table::Table;

impl Tagger {
    /// What the model says of the issues of a text: for each issue its `score` (it is given if it is above 0; if none is, the
    /// highest), and for each `phrase` that counts most for it, its place in the text in characters (`start`, `end`)
    /// and how much it adds to the score (`weight`). The highest scores come first. The phrases do not add up to the
    /// score, since rules and words that are further apart count too. Empty if there is no model.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Cell;
    ///
    /// let weighed = upr::Tagger::upr_info()?.weighed("Abolish the death penalty");
    /// assert_eq!(weighed.header, ["issue", "score", "phrase", "start", "end", "weight"]);
    /// assert_eq!(weighed.rows[0][0], Cell::from("death-penalty"));
    /// assert!(matches!(weighed.rows[0][1], Cell::Number(Some(score)) if score > 0.0));
    /// assert_eq!(weighed.rows[0][2..5], [Cell::from("death"), Cell::from(12), Cell::from(17)]);
    /// assert!(upr::Tagger::core().weighed("Abolish the death penalty").rows.is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn weighed(&self, text: &str) -> Table {
        let Some(model) = self.model_tagger() else { return Table::default() };
        let mut buffers = Buffers::default();
        self.find_features(text, &model.rules, &mut buffers);
        let Buffers { scratch, model: of_model, .. } = &mut buffers;
        model.score(of_model, &scratch.words);
        model.weighed(self.codebook(), of_model, &scratch.words, text)
    }
}
