//! Codes what a recommendation asks the State under review to do: the action category, 1 to 5, with the verb that
//! decided it. `ACTIONS.md` beside the files of this module says how, and how well it agrees with UPR Info.

mod features;
mod inflect;
mod rules;
mod tokens;
mod verbs;

use crate::coded::{Action, ActionCategory};
pub(crate) use features::BLOCKS;

use crate::codebook::About;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::model::feature::Feature;
use crate::model::table::Scores;
use crate::text::hash::Fnv;
use crate::text::language::Language;
use crate::text::words::Words;
use features::Finder;
use rayon::prelude::*;
use rules::{Decision, Rules};
use std::path::Path;
use tokens::Tokens;
use verbs::Verbs;

const BUNDLED_MODEL: &[u8] = include_bytes!("action/action.model");

/// Codes the action category of texts. Make one and use it for all texts, from any thread.
///
/// # Example
///
/// ```
/// use upr::ActionCategory;
/// use upr::code::ActionCoder;
///
/// let coder = ActionCoder::new();
/// let text = "Improve conditions in prisons by amending the Penal Code";
/// let action = coder.code(text);
/// assert_eq!(action.category, ActionCategory::Specific);
/// assert_eq!(action.decided_by(), "rule");
/// assert_eq!(&text[action.verb.expect("a verb")], "amending");
/// ```
#[derive(Debug, Clone)]
pub struct ActionCoder {
    verbs: Verbs,
    /// Whether it has the bundled verbs of other languages.
    translated: bool,
    model: Option<ActionModel>,
}

#[derive(Debug, Clone)]
struct ActionModel {
    model: Model,
    /// The category of each label.
    categories: Vec<ActionCategory>,
}

/// Buffers for one text, kept for the next one; they belong to one coder.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    words: Words,
    tokens: Tokens,
    finder: Finder,
    pub(crate) features: Vec<Feature>,
    scores: Scores,
}

impl Default for ActionCoder {
    fn default() -> ActionCoder {
        ActionCoder::new()
    }
}

impl ActionCoder {
    /// The verbs for a text in this language, or for one whose language is not detected; none if there are none. Verbs
    /// of one's own are English.
    fn verbs(&self, language: Option<Language>) -> Option<&Verbs> {
        match language {
            None | Some(Language::English) => Some(&self.verbs),
            Some(other) if self.translated => Verbs::of_other(other),
            Some(_) => None,
        }
    }

    /// The coder that comes with this crate: its verbs, and the model that was trained with them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    ///
    /// let action = ActionCoder::new().code("Abolish the death penalty");
    /// assert_eq!(action.category.number(), 5);
    /// ```
    pub fn new() -> ActionCoder {
        let rules = ActionCoder::rules_only();
        // the model is part of the program: were it not to fit the verbs, a test would fail
        // (`the_bundled_model_fits_the_verbs`), and the rules would decide alone
        let model = Model::from_bytes("the bundled model of actions", BUNDLED_MODEL);
        model.and_then(|model| rules.clone().with_model(model)).unwrap_or(rules)
    }

    /// The verbs that come with this crate, without the model: the written rules decide every category.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::ActionCategory;
    /// use upr::code::ActionCoder;
    ///
    /// let coder = ActionCoder::rules_only();
    /// assert_eq!(coder.code("Continue and strengthen its efforts").category, ActionCategory::General);
    /// assert_eq!(coder.code("Consider ratifying the Convention").category, ActionCategory::Considering);
    /// ```
    pub fn rules_only() -> ActionCoder {
        ActionCoder { verbs: Verbs::bundled(Language::English), translated: true, model: None }
    }

    /// Loads verbs of one's own: a table as CSV with the columns `verb` (in its base form, one word or several),
    /// `noun` (as *adoption*; may be empty), `object` (words of which the object has one, separated by `|`, with `*`
    /// for any ending; empty for any object), `category` (1 to 5, or `next` for a verb that leaves the decision to the
    /// one after it) and `note`. Other forms of the verb are found by rule. Longer verbs go before shorter ones, a
    /// named object before any, then the upper row before the lower. There is no model until one is
    /// [trained](crate::code::Learner::train_actions) with them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read; an unknown or missing column; a row without a verb; an unknown category; a verb with
    /// the same object in two rows.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    ///
    /// let coder = ActionCoder::load("fixtures/action/own-verbs.csv")?;
    /// assert_eq!(coder.code("Adopt measures against smog").category.number(), 4);
    ///
    /// let error = ActionCoder::load("fixtures/action/broken-verbs.csv").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "fixtures/action/broken-verbs.csv, line 3, column category: found \"6\", expected 1, 2, 3, 4, 5 or next"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<ActionCoder> {
        let path = path.as_ref();
        let bytes = crate::files::file(path)?;
        let verbs = Verbs::read(&path.display().to_string(), &bytes, Language::English)?;
        Ok(ActionCoder { verbs, translated: false, model: None })
    }

    /// A hash of its verbs and its model (Fowler-Noll-Vo 1a, 64 bits), by which coded lists name it.
    pub fn hash(&self) -> String {
        let mut hash = Fnv::new().add_field(&format!("{:016x}", self.verbs.hash));
        if let Some(ActionModel { model, .. }) = &self.model {
            hash = hash.add(&model.to_bytes());
        }
        if self.translated {
            hash = hash.add_field(&format!("{:016x}", Verbs::hash_of_others()));
        }
        format!("fnv1a64:{:016x}", hash.value())
    }

    /// The category of a text in English, with its evidence. Every text gets one. [`Tagger::with_actions`](crate::Tagger::with_actions)
    /// codes French and Spanish ones as well.
    pub fn code(&self, text: &str) -> Action {
        self.code_with(text, &mut Buffers::default())
    }

    /// The categories of many texts, in their order, on all cores.
    pub fn code_all<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Vec<Action> {
        texts
            .par_iter()
            .map_init(Buffers::default, |buffers, text| self.code_with(text.as_ref(), buffers))
            .collect()
    }

    fn code_with(&self, text: &str, buffers: &mut Buffers) -> Action {
        let mut words = std::mem::take(&mut buffers.words);
        words.split(text);
        let action = self.code_words(&words, &self.verbs, buffers);
        buffers.words = words;
        action
    }

    /// Lets a model decide where it disagrees with the written rules.
    ///
    /// # Errors
    ///
    /// A model that was trained with other verbs, or with other labels than the names of the categories.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::ActionCategory;
    /// use upr::code::ActionCoder;
    /// use upr::code::{Example, Learner};
    ///
    /// let examples = [Example::new("Plant trees", ["specific"]), Example::new("Plant hope", ["general"])];
    /// let rules = ActionCoder::rules_only();
    /// let model = Learner::new().train_actions(&rules, &examples)?;
    /// let coder = rules.with_model(model.clone())?;
    /// assert_eq!(coder.code("Plant more trees").category, ActionCategory::Specific);
    ///
    /// let other = ActionCoder::load("fixtures/action/own-verbs.csv")?.with_model(model).unwrap_err();
    /// assert!(other.to_string().starts_with("model: found one that was trained with action verbs"), "{other}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_model(self, model: Model) -> Result<ActionCoder> {
        let wrong = |found: String, expected: String| Error::mismatch("model", found, expected);
        let own = self.identity();
        if model.codebooks != [own.clone()] {
            let named: Vec<String> = model.codebooks.iter().map(About::to_string).collect();
            let found = format!("one that was trained with {}", named.join(" and "));
            let command = "`cargo run --release --example train -- FILES --actions --out MODEL`";
            return Err(wrong(found, format!("one for {own}; train it again with {command}")));
        }
        let categories = model.labels.iter().map(|label| label.parse());
        let categories = categories.collect::<Result<Vec<ActionCategory>>>()?;
        Ok(ActionCoder { model: Some(ActionModel { model, categories }), ..self })
    }

    /// The model, if there is one.
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref().map(|model| &model.model)
    }

    /// By this name models know its verbs.
    pub(crate) fn identity(&self) -> About {
        let hash = format!("fnv1a64:{:016x}", self.verbs.hash);
        About { name: "action verbs".to_string(), version: "1".to_string(), hash, ..About::default() }
    }

    /// Finds the features of a text, and leaves them in `buffers`.
    pub(crate) fn find_features(&self, text: &str, buffers: &mut Buffers) {
        let mut words = std::mem::take(&mut buffers.words);
        words.split(text);
        decide(&words, &self.verbs, buffers, true);
        buffers.words = words;
    }

    /// The category of a text in this language that was split into words, if there are verbs for it. The buffers are those of
    /// the language.
    pub(crate) fn code_in(
        &self,
        language: Option<Language>,
        words: &Words,
        buffers: &mut Buffers,
    ) -> Option<Action> {
        Some(self.code_words(words, self.verbs(language)?, buffers))
    }

    fn code_words(&self, words: &Words, verbs: &Verbs, buffers: &mut Buffers) -> Action {
        // the model has learned from English verbs
        let model = self.model.as_ref().filter(|_| verbs.language == Language::English);
        let decision = decide(words, verbs, buffers, model.is_some());
        let mut action = match decision {
            Some(decision) => Action {
                category: decision.category,
                verb: Some(words.span(decision.verb)),
                by_rule: decision.category,
                rule: Some(verbs.entries[decision.entry].name.clone()),
            },
            None => Action {
                category: ActionCategory::General,
                verb: None,
                by_rule: ActionCategory::General,
                rule: None,
            },
        };
        if let Some(ActionModel { model, categories }) = model.filter(|_| !words.words.is_empty()) {
            let Some(label) = buffers.label(model).filter(|label| categories[*label] != action.category)
            else {
                return action;
            };
            action.category = categories[label];
            if let Some(verb) = model.table.heaviest(label, &mut buffers.scores, words) {
                action.verb = Some(words.span(verb));
            }
        }
        action
    }
}

/// What the rules decide, and the features if they are wanted.
fn decide(words: &Words, verbs: &Verbs, buffers: &mut Buffers, with_features: bool) -> Option<Decision> {
    let Buffers { tokens, finder, features, .. } = buffers;
    tokens.fill(words, verbs);
    let rules = Rules { verbs, words, text: tokens };
    let decision = rules.decide();
    if with_features {
        finder.find(&rules, decision.as_ref(), features);
    }
    decision
}

impl Buffers {
    /// The label that a model gives to the text whose features were found.
    pub(crate) fn label(&mut self, model: &Model) -> Option<usize> {
        model.table.score(&BLOCKS, &self.features, &mut self.scores);
        self.scores.highest()
    }
}
