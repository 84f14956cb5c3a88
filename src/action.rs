//! Codes what a recommendation asks the State under review to do: the action category, 1 to 5, with the verb that
//! decided it.
//!
//! The scale is Edward McMahon's, as UPR Info codes by it ([`ActionCategory`] has the definitions):
//!
//! | | category | such as |
//! | --- | --- | --- |
//! | 1 | minimal | call on, seek assistance, share experience |
//! | 2 | continuing | continue, maintain, pursue |
//! | 3 | considering | consider, examine, review |
//! | 4 | general | ensure, promote, strengthen, take measures |
//! | 5 | specific | abolish, establish, investigate, ratify |
//!
//! # The written rules
//!
//! `src/action/verbs.csv` gives each verb its category, and may name an object: `adopt` is specific, `adopt` with
//! `measure*` is general. The rules around it are few:
//!
//! 1. Adverbs and introductory phrases are passed over ("In line with its pledge, fully implement ...").
//! 2. The first verb decides. What follows later in the sentence ("... and ratify") does not.
//! 3. Of two joined verbs the second decides: "continue and strengthen" is general.
//! 4. After a general or continuing verb, the means decide if they ask for more: "improve ... by amending the code" is
//!    specific, "continue ... by strengthening" is general. Of several means the most specific counts.
//! 5. Where no verb begins the text, the first one that can be no noun decides ("The Government should ratify", "that
//!    polygamy be abolished"), and where there is none, a noun made of a verb ("Ratification of").
//!
//! # The model
//!
//! [`ActionCoder::new`] also asks a small linear model over the verbs and the words around them, learned from UPR Info's
//! 26,298 rows of sessions 1 to 20. Where it agrees with the written rules, the rules decide. Where it doesn't, its
//! category is taken, the evidence is the verb that weighed most, and [`Action::decided_by`] says so:
//! [`Action::by_rule`] keeps what the rules say. [`ActionCoder::rules_only`] codes without it. Only the text is
//! looked at: neither the State nor the session.
//!
//! # How well it agrees with UPR Info
//!
//! Measured in November 2026 on UPR Info's 26,298 rows of sessions 1 to 20, to 130 States under review, each row once.
//! The written rules were made with the rows of 65 States in view. The model was learned and judged in five folds by
//! State, never by row; its few settings (weights of the kinds of features, costs, size) were compared on the same
//! folds. Three draws of the features that its machines see gave 0.9214, 0.9217 and 0.9219.
//!
//! | accuracy | 65 States in view | 65 States not seen | all | macro-F1, all |
//! | --- | --- | --- | --- | --- |
//! | written rules alone | 0.920 | 0.904 | 0.912 | 0.919 |
//! | rules and model | 0.926 | 0.917 | 0.922 | 0.926 |
//!
//! The model adds 0.9 points, and 1.3 on the States that the rules were not written by: whoever must explain every
//! single coding loses little with the rules alone. Rules and model, by folds:
//!
//! | coded by hand as | 1 | 2 | 3 | 4 | 5 | precision | recall |
//! | --- | --- | --- | --- | --- | --- | --- | --- |
//! | 1 minimal | 293 | 6 | 1 | 55 | 8 | 0.964 | 0.807 |
//! | 2 continuing | 1 | 4184 | 3 | 68 | 30 | 0.967 | 0.976 |
//! | 3 considering | 0 | 11 | 2134 | 21 | 28 | 0.962 | 0.973 |
//! | 4 general | 6 | 95 | 24 | 9580 | 780 | 0.908 | 0.914 |
//! | 5 specific | 4 | 30 | 56 | 831 | 8049 | 0.905 | 0.897 |
//!
//! # Where it fails
//!
//! - Four in five disagreements are between *general* and *specific*, and there the coders disagree with themselves:
//!   of recommendations that begin with "Put an end to" they coded two in five as specific; "end",
//!   "stop", "eliminate" and "revise" are as open.
//! - *Minimal* is found in four of five cases: that a recommendation is addressed to others may be said without any of
//!   its verbs ("That the international community redouble its support").
//! - Whether means decide ("take measures ... by ratifying") was coded unevenly: as specific in about three of five
//!   such rows.
//! - The bundled model was learned from these rows, so on them it agrees more than it should. Judge it on other
//!   reviews, or with [`ActionCoder::out_of_fold`].
//!
//! # Example
//!
//! ```
//! use upr::{ActionCategory, code::ActionCoder};
//!
//! let text = "Continue its efforts, and strengthen the independence of judges";
//! let action = ActionCoder::new().code(text);
//! assert_eq!(action.category, ActionCategory::Continuing);
//! assert_eq!(&text[action.verb.expect("a verb")], "Continue"); // the first verb decides
//! ```
//!
//! # Where to go next
//!
//! [`ActionCoder::load`] takes verbs of one's own, [`ActionCoder::train`] learns from codings of one's own, and
//! [`evaluate`](crate::evaluate) measures either. A category says what the words ask for. It says nothing of whether
//! that was done, nor of how much it would matter.

mod category;
mod features;
mod inflect;
mod learning;
mod model;
mod rule;
mod tokens;
mod train;
mod verbs;

pub use category::ActionCategory;
pub use learning::Example;

use crate::error::Result;
use crate::text::hash::Fnv;
use crate::text::words::Words;
use features::Finder;
use model::{Known, Model};
use rayon::prelude::*;
use rule::Rules;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use tokens::Tokens;
use verbs::Verbs;

const BUNDLED_MODEL: &[u8] = include_bytes!("action/model.bin");

/// What a text asks for, and the verb that says so.
///
/// # Example
///
/// ```
/// use upr::ActionCategory;
/// use upr::code::{ActionCoder, DecidedBy};
///
/// let action = ActionCoder::rules_only().code("Adopt measures against hate speech");
/// assert_eq!((action.category, action.decided_by), (ActionCategory::General, DecidedBy::Rule));
/// assert_eq!(action.verb, Some(0..5));
/// assert!(action.rule.unwrap().starts_with("adopt + measure*"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The category. A text without any verb that is known gets [`ActionCategory::General`], the most frequent one,
    /// unless the model knows better.
    pub category: ActionCategory,
    /// The bytes of the verb in the unchanged text; none where no verb decided.
    pub verb: Option<Range<usize>>,
    /// Whether the written rules, the model or neither decided.
    pub decided_by: DecidedBy,
    /// What the written rules alone say; differs from `category` only where the model decided.
    pub by_rule: ActionCategory,
    /// The row of the verbs that the written rules went by, `adopt` or `adopt + measure*|step*`; none where there
    /// is no known verb.
    pub rule: Option<Arc<str>>,
}

impl Action {
    /// The verb in its text: where it begins and ends, counted in characters as Python and R count them, and
    /// the words themselves. None where no verb decided, or where `text` is another text.
    ///
    /// # Example
    ///
    /// ```
    /// let text = "Côte d’Ivoire should ratify the Convention against Torture";
    /// let action = upr::code::ActionCoder::rules_only().code(text);
    /// assert_eq!(action.verb_in(text), Some((21, 27, "ratify")));
    /// ```
    pub fn verb_in<'t>(&self, text: &'t str) -> Option<(usize, usize, &'t str)> {
        let span = self.verb.clone()?;
        let words = text.get(span.clone())?;
        let start = text.get(..span.start)?.chars().count();
        Some((start, start + words.chars().count(), words))
    }
}

/// What decided a category.
///
/// # Example
///
/// ```
/// use upr::code::{ActionCoder, DecidedBy};
///
/// assert_eq!(ActionCoder::rules_only().code("Ratify CEDAW").decided_by, DecidedBy::Rule);
/// assert_eq!(ActionCoder::rules_only().code("Human rights for all").decided_by, DecidedBy::NoVerb);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The written rules; the model, where there is one, agrees.
    Rule,
    /// The model, against the written rules.
    Model,
    /// Nothing: the text has no verb that is known, and gets the most frequent category.
    NoVerb,
}

impl DecidedBy {
    /// `rule`, `model` or `no_verb`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::code::DecidedBy::NoVerb.as_str(), "no_verb");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            DecidedBy::Rule => "rule",
            DecidedBy::Model => "model",
            DecidedBy::NoVerb => "no_verb",
        }
    }
}

/// Codes the action category of texts. Make one and use it for all texts, from any thread.
///
/// # Example
///
/// ```
/// use upr::ActionCategory;
/// use upr::code::{ActionCoder, DecidedBy};
///
/// let coder = ActionCoder::new();
/// let text = "Improve conditions in prisons by amending the Penal Code";
/// let action = coder.code(text);
/// assert_eq!(action.category, ActionCategory::Specific);
/// assert_eq!(&text[action.verb.expect("a verb")], "amending");
/// assert_eq!(action.decided_by, DecidedBy::Rule);
/// ```
#[derive(Debug, Clone)]
pub struct ActionCoder {
    verbs: Verbs,
    model: Option<Model>,
}

/// What is kept from one text to the next; it belongs to one coder.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    tokens: Tokens,
    finder: Finder,
    known: Vec<Known>,
}

impl Default for ActionCoder {
    fn default() -> ActionCoder {
        ActionCoder::new()
    }
}

impl ActionCoder {
    /// The coder that comes with this crate: its verbs, and the model that was learned with them.
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
        let coder = ActionCoder::rules_only();
        // the model is part of the program and every test loads it; were it not to fit the verbs, a test would fail
        // (`the_bundled_model_fits_the_verbs`), and the rules decide alone
        let model = Model::from_bytes("model.bin", BUNDLED_MODEL).ok();
        ActionCoder { model: model.filter(|model| model.verbs() == coder.verbs.hash), ..coder }
    }

    /// The verbs that come with this crate, without the model: every category follows from the written rules.
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
        ActionCoder { verbs: Verbs::bundled(), model: None }
    }

    /// Loads verbs of one's own: a table as CSV with the columns `verb` (in its base form, one word or several),
    /// `noun` (as *adoption*; may be empty), `object` (words of which the object has one, separated by `|`, with `*`
    /// for any ending; empty for any object), `category` (1 to 5, or `next` for a verb that leaves the decision to the
    /// one after it) and `note`. Other forms of the verb are found by rule. Longer verbs go before shorter ones, a
    /// named object before any, then the upper row before the lower. There is no model until one is
    /// [learned](ActionCoder::train) with them.
    ///
    /// # Errors
    ///
    /// A file that can't be read; an unknown or missing column; a row without verb; a category that is none; a verb
    /// that stands twice for the same object.
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
        Ok(ActionCoder { verbs: Verbs::read(&path.display().to_string(), &bytes)?, model: None })
    }

    /// A hash of its verbs and its model (Fowler-Noll-Vo 1a, 64 bits), by which coded lists name it.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::ActionCoder;
    ///
    /// // with another verb or another model the categories may be others, and so is the hash
    /// assert_ne!(ActionCoder::new().hash(), ActionCoder::rules_only().hash());
    /// ```
    pub fn hash(&self) -> String {
        let mut hash = Fnv::new().add_field(&format!("{:016x}", self.verbs.hash));
        if let Some(model) = self.model_bytes() {
            hash = hash.add(&model);
        }
        format!("fnv1a64:{:016x}", hash.value())
    }

    /// The category of a text, with its evidence. Every text gets one.
    ///
    /// # Example
    ///
    /// ```
    /// let action = upr::code::ActionCoder::new().code("Continue its efforts to combat trafficking");
    /// assert_eq!(action.category, upr::ActionCategory::Continuing);
    /// ```
    pub fn code(&self, text: &str) -> Action {
        self.code_with(text, &mut Words::default(), &mut Memory::default())
    }

    /// The categories of many texts, in their order, on all cores.
    ///
    /// # Example
    ///
    /// ```
    /// let texts = ["Consider ratifying CEDAW", "Ratify CEDAW"];
    /// let actions = upr::code::ActionCoder::new().code_all(&texts);
    /// assert_eq!(actions.iter().map(|action| action.category.number()).collect::<Vec<_>>(), [3, 5]);
    /// ```
    pub fn code_all<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Vec<Action> {
        texts
            .par_iter()
            .map_init(<(Words, Memory)>::default, |(words, memory), text| {
                self.code_with(text.as_ref(), words, memory)
            })
            .collect()
    }

    fn code_with(&self, text: &str, words: &mut Words, memory: &mut Memory) -> Action {
        words.split(text);
        self.code_words(words, memory)
    }

    /// The category of a text that was split into words.
    pub(crate) fn code_words(&self, words: &Words, memory: &mut Memory) -> Action {
        let Memory { tokens, finder, known } = memory;
        tokens.fill(words, &self.verbs);
        let rules = Rules { verbs: &self.verbs, words, text: tokens };
        let decision = rules.decide();
        let mut action = match &decision {
            Some(decision) => Action {
                category: decision.category,
                verb: Some(words.span(decision.verb.clone())),
                decided_by: DecidedBy::Rule,
                by_rule: decision.category,
                rule: Some(self.verbs.entries[decision.entry].name.clone()),
            },
            None => Action {
                category: ActionCategory::General,
                verb: None,
                decided_by: DecidedBy::NoVerb,
                by_rule: ActionCategory::General,
                rule: None,
            },
        };
        if let Some(model) = self.model.as_ref().filter(|_| !tokens.tokens.is_empty()) {
            finder.find(&rules, decision.as_ref());
            let category = model.choose(&finder.features, known);
            if category != action.category {
                action.category = category;
                action.decided_by = DecidedBy::Model;
                if let Some(verb) = model.verb(category, &finder.features, known) {
                    action.verb = Some(words.span(verb..verb + 1));
                }
            }
        }
        action
    }
}
