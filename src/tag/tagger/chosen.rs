//! What a tagger codes with: codebooks, aspects, models, as they are chosen and as they can be asked for.

use super::Tagger;
use crate::action::ActionCoder;
use crate::codebook::{Aspect, Codebook, Codebooks};
use crate::error::Result;
use crate::model::Model;
use crate::model::tagger::ModelTagger;
use crate::text::language::Language;
use std::sync::Arc;

impl Tagger {
    /// The tagger for a codebook by its name, or by its folder: `core`, `upr-info` (with the model that comes with it, as
    /// [`Tagger::upr_info`]), or the path of a codebook of one's own. A folder of such a name is meant as `./core`.
    ///
    /// # Errors
    ///
    /// As for [`Codebook::named`] and [`Tagger::new`].
    pub fn named(name: &str) -> Result<Tagger> {
        match name {
            // UPR Info's coding is reproduced best by its codebook and the model learned from its coders
            "upr-info" => Tagger::upr_info(),
            _ => Tagger::new(Codebook::named(name)?),
        }
    }

    /// Makes the rules of another codebook features of models as well: they give no tags, but what they find is learned
    /// from. Both codebooks are searched for at once.
    ///
    /// # Errors
    ///
    /// As for [`Tagger::new`]; and if it has a model, which was trained without that codebook.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.with_features_of(Codebook::core())?;
    /// // core gives no tags
    /// assert!(tagger.code("Abolish the death penalty").coding.tags.is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_features_of(mut self, codebook: Codebook) -> Result<Tagger> {
        self.feature_codebooks.push(codebook);
        let codebooks = Codebooks::clone(&self.codebooks);
        self.with_codebooks(codebooks)
    }

    /// Lets a model decide, which was learned from coded examples with the rules of this codebook: see
    /// [models](crate::documentation::models). The rules stay evidence.
    ///
    /// # Errors
    ///
    /// A model that was trained with another codebook, or before a cell of it changed; a label that is no issue's
    /// label or code, or two for one issue.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let examples = [
    ///     Example::new("Build dykes against the rising sea", ["Climate action"]),
    ///     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// assert!(tagger.with_model(model.clone())?.code("Build dykes").coding.has("climate-action"));
    ///
    /// // the model belongs to the codebook whose rules it was trained with
    /// let other = Tagger::core().with_model(model).unwrap_err();
    /// assert!(other.to_string().contains("climate"), "{other}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_model(self, model: Model) -> Result<Tagger> {
        let model = ModelTagger::new(model, &self.learned_from().collect::<Vec<_>>())?;
        Ok(Tagger { model: Some(Arc::new(model)), pool: Arc::default(), ..self })
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
    /// use upr::{Aspect, Tagger};
    ///
    /// let tagger = Tagger::core().with_aspects(Aspect::bundled())?;
    /// let text = "Ratify the Convention on the Rights of the Child";
    /// let coded = tagger.code(text);
    /// let instruments = coded.aspect(Aspect::Instrument).expect("it is coded");
    /// let evidence = &instruments.tag("crc").expect("it is named").evidence[0];
    /// assert_eq!(&text[evidence.span.clone()], "Convention on the Rights of the Child");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_aspects(self, aspects: impl IntoIterator<Item = (Aspect, Codebook)>) -> Result<Tagger> {
        let issues = Codebooks::new(self.codebook().clone());
        let codebooks = aspects.into_iter().fold(issues, |books, (aspect, book)| books.with(aspect, book));
        self.with_codebooks(codebooks)
    }

    /// Labels in this language on all that it codes: see [`Codebooks::in_language`]. What is coded stays the same.
    #[must_use]
    pub fn in_language(self, language: Language) -> Tagger {
        if self.codebooks.language() == language {
            return self;
        }
        let codebooks = Codebooks::clone(&self.codebooks).in_language(language);
        Tagger { codebooks: Arc::new(codebooks), ..self }
    }

    /// The same with other codebooks; their issues are those of the model, if there is one.
    fn with_codebooks(self, codebooks: Codebooks) -> Result<Tagger> {
        let model = self.model().cloned();
        let tagger = Tagger::of(codebooks, self.feature_codebooks, model)?;
        Ok(Tagger { actions: self.actions, ..tagger })
    }

    /// The model that decides, if there is one.
    pub fn model(&self) -> Option<&Model> {
        self.model_tagger().map(|model| &model.model)
    }

    /// Codes the action category of each recommendation, too.
    pub fn with_actions(self, coder: ActionCoder) -> Tagger {
        Tagger { actions: Some(Arc::new(coder)), pool: Arc::default(), ..self }
    }

    /// What codes the action categories, if anything does.
    pub fn actions(&self) -> Option<&ActionCoder> {
        self.actions.as_deref()
    }

    /// The codebook of the issues.
    pub fn codebook(&self) -> &Codebook {
        self.codebooks.issues()
    }

    /// All its codebooks.
    pub fn codebooks(&self) -> &Codebooks {
        &self.codebooks
    }
}
