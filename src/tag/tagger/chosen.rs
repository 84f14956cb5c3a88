//! What a tagger codes with: codebooks, aspects, models, as they are chosen and as they can be asked for.

use super::Tagger;
use crate::action::ActionCoder;
use crate::aspect::{Aspects, Codebooks};
use crate::codebook::Codebook;
use crate::error::Result;
use crate::model::Model;
use crate::model::tagger::ModelTagger;
use crate::tag::memory::Memories;

impl Tagger {
    /// Lets the rules of another codebook speak to models as well: they give no tags, but what they find is
    /// learned from. Both codebooks are searched for at once.
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
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.hearing(Codebook::core())?;
    /// // core is heard, and gives no tags
    /// assert!(tagger.tag("Abolish the death penalty").tags.is_empty());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn hearing(mut self, codebook: Codebook) -> Result<Tagger> {
        self.heard.push(codebook);
        let tagger =
            Tagger::of(self.codebook, self.heard, self.aspects, self.model.map(|model| model.model))?;
        Ok(Tagger { actions: self.actions, ..tagger })
    }

    /// Lets a model decide, which was learned from coded examples with the rules of this codebook: see
    /// [`learn`](crate::learn). The rules stay evidence.
    ///
    /// # Errors
    ///
    /// A model that was trained with another codebook, or before a cell of it changed; a label that is no issue's
    /// label or code, or two for one issue.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::learn::{Example, Learner};
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// let examples = [
    ///     Example::new("Build dykes against the rising sea", ["Climate action"]),
    ///     Example::new("Find new homes for islanders", ["Climate displacement"]),
    /// ];
    /// let model = Learner::new().train(&tagger, &examples)?;
    /// assert!(tagger.with_model(model.clone())?.tag("Build dykes").has("climate-action"));
    ///
    /// // the model belongs to the codebook whose rules it was trained with
    /// let other = Tagger::new(Codebook::core())?.with_model(model).unwrap_err();
    /// assert!(other.to_string().contains("climate"), "{other}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_model(self, model: Model) -> Result<Tagger> {
        let model = Some(ModelTagger::new(model, &self.learned_from().collect::<Vec<_>>())?);
        Ok(Tagger { model, memories: Memories::default(), ..self })
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
        let tagger = Tagger::of(self.codebook, self.heard, aspects, self.model.map(|model| model.model))?;
        Ok(Tagger { actions: self.actions, ..tagger })
    }

    /// The model that decides, if there is one.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
    /// assert!(tagger.model().is_none()); // its rules decide alone
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref().map(|model| &model.model)
    }

    /// Codes the action category of each recommendation, too.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::action::ActionCoder;
    /// use upr::{ActionCategory, Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::core())?.with_actions(ActionCoder::new());
    /// let coded = tagger.tag_list(upr::read::path("fixtures/usa-2020.csv")?);
    /// let action = coded.recommendations[0].action.as_ref().expect("every text gets a category");
    /// assert!(ActionCategory::ALL.contains(&action.category));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_actions(self, coder: ActionCoder) -> Tagger {
        Tagger { actions: Some(coder), memories: Memories::default(), ..self }
    }

    /// What codes the action categories, if anything does.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger, action::ActionCoder};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// assert!(tagger.actions().is_none());
    /// assert!(tagger.with_actions(ActionCoder::new()).actions().is_some());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn actions(&self) -> Option<&ActionCoder> {
        self.actions.as_ref()
    }

    /// The codebook that it tags with.
    ///
    /// # Example
    ///
    /// ```
    /// let tagger = upr::Tagger::new(upr::Codebook::load("fixtures/codebook-climate")?)?;
    /// assert_eq!(tagger.codebook().issue("climate-action").unwrap().label, "Climate action");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The aspects that it codes, with their codebooks.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Aspect, Aspects, Codebook, Tagger};
    ///
    /// let goals = Aspects::none().with(Aspect::Sdg, Aspect::Sdg.codebook());
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.with_aspects(goals)?;
    /// assert!(tagger.aspects().codebook(Aspect::Sdg).is_some());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn aspects(&self) -> &Aspects {
        &self.aspects
    }

    /// All its codebooks, as counting and exporting take them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// assert_eq!(tagger.codebooks().issues.name(), "climate");
    /// assert_eq!(tagger.codebooks().aspects.iter().count(), 0);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn codebooks(&self) -> Codebooks<'_> {
        Codebooks::from(self)
    }
}
