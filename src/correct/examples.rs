//! Corrections that pay back: what people decided, as examples of a codebook.

use crate::codebook::Expectation;
use crate::coded::{CodedList, Selection, Status};
use crate::dimension::Dimension;
use crate::text::language::Language;
use std::sync::Arc;

impl CodedList {
    /// What people decided of issues, as examples of the codebook: of each corrected recommendation the text, the issues that it
    /// must be given (confirmed or added) and those that it must not (removed). [`suggest`](crate::code::suggest) proposes rules
    /// from them, and as lines of `examples.csv` they keep a codebook from making the same mistakes again.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Corrections;
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let rows = b"id,issue,decision,coder\nTUV-43-90.1,climate-displacement,remove,Ana\nTUV-43-90.1,climate-action,add,Ana\n";
    /// let examples = coded.correct(&Corrections::read("ana.csv", rows)?).expectations();
    /// assert_eq!(examples.len(), 1);
    /// assert!(examples[0].must_have("climate-action") && examples[0].must_not_have("climate-displacement"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn expectations(&self) -> Vec<Expectation> {
        Selection::from(self).expectations()
    }
}

impl Selection<'_> {
    /// What people decided of issues, as examples of the codebook: see [`CodedList::expectations`].
    pub fn expectations(&self) -> Vec<Expectation> {
        let mut examples = Vec::new();
        for coded in self.iter() {
            let of = |wanted: &[Status]| -> Vec<Arc<str>> {
                let decided = coded.decided().iter();
                let decided = decided.filter(|one| one.dimension == Dimension::Issue);
                decided.filter(|one| wanted.contains(&one.status)).map(|one| one.category.clone()).collect()
            };
            let (tagged, not_tagged) = (of(&[Status::Confirmed, Status::Added]), of(&[Status::Removed]));
            if tagged.is_empty() && not_tagged.is_empty() {
                continue;
            }
            examples.push(Expectation {
                text: coded.recommendation.text.clone(),
                tagged,
                not_tagged,
                no_others: false,
                note: match coded.recommendation.language {
                    None | Some(Language::English) => coded.recommendation.id.clone(),
                    Some(language) => format!("{}, {language}", coded.recommendation.id),
                },
                language: coded.recommendation.language,
                line: examples.len() as u64 + 2,
            });
        }
        examples
    }
}
