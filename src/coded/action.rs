//! What a recommendation asks the State under review to do: the category, and the verb that decided it.
//! [`action`](crate::ActionCategory) codes it.

use crate::error::{Error, quoted};
use crate::names::named;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

/// What a recommendation asks the State under review to do: McMahon's scale, from minimal to specific action.
///
/// Source: Edward R. McMahon, "The Universal Periodic Review: A Work in Progress" (Friedrich-Ebert-Stiftung, 2012),
/// as UPR Info codes by it. The definitions are in our own words.
///
/// # Example
///
/// ```
/// use upr::ActionCategory;
///
/// assert_eq!(ActionCategory::Considering.number(), 3);
/// assert_eq!(ActionCategory::from_number(5), Some(ActionCategory::Specific));
/// assert_eq!(ActionCategory::General.to_string(), "general");
/// assert_eq!("2".parse::<ActionCategory>()?, ActionCategory::Continuing);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionCategory {
    /// 1: addressed to others than the State under review, or asks it to share information or to seek assistance.
    Minimal,
    /// 2: asks to go on with what is being done.
    Continuing,
    /// 3: asks to think about a change.
    Considering,
    /// 4: asks to do something, in general terms.
    General,
    /// 5: asks to do a certain thing, whose doing can be verified.
    Specific,
}

named! {
    ActionCategory,
    Minimal = "minimal",
    Continuing = "continuing",
    Considering = "considering",
    General = "general",
    Specific = "specific",
}

impl ActionCategory {
    /// The number that UPR Info writes, 1 to 5.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The category of a number; none but 1 to 5 has one.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::ActionCategory;
    ///
    /// assert_eq!(ActionCategory::from_number(2), Some(ActionCategory::Continuing));
    /// assert_eq!(ActionCategory::from_number(0), None);
    /// ```
    pub fn from_number(number: u8) -> Option<ActionCategory> {
        ActionCategory::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The definition, as for a human coder.
    pub fn definition(self) -> &'static str {
        match self {
            ActionCategory::Minimal => {
                "Addressed to others than the State under review, or asks it to share information or to seek \
                 assistance (call on, seek, share)."
            }
            ActionCategory::Continuing => {
                "Asks to go on with what is being done (continue, maintain, pursue, persevere)."
            }
            ActionCategory::Considering => {
                "Asks to think about a change (consider, envisage, examine, explore, reflect, review, study)."
            }
            ActionCategory::General => {
                "Asks to do something, in general terms (address, encourage, ensure, promote, strengthen, take \
                 measures)."
            }
            ActionCategory::Specific => {
                "Asks to do a certain thing, whose doing can be verified (abolish, accede, amend, establish, \
                 investigate, ratify)."
            }
        }
    }
}

/// A number, as UPR Info writes it, or a name.
impl FromStr for ActionCategory {
    type Err = Error;

    /// # Errors
    ///
    /// Anything but `1` to `5` and the names, such as `6` or an empty cell.
    fn from_str(text: &str) -> Result<ActionCategory, Error> {
        let text = text.trim();
        let number = text.parse().ok().and_then(ActionCategory::from_number);
        let named = || {
            ActionCategory::ALL.iter().copied().find(|category| category.as_str().eq_ignore_ascii_case(text))
        };
        number.or_else(named).ok_or_else(|| {
            Error::argument("action category", quoted(text), "a number from 1 to 5, or its name")
        })
    }
}

/// What a text asks for, and the verb that says so.
///
/// # Example
///
/// ```
/// use upr::{ActionCategory, code::ActionCoder};
///
/// let text = "Côte d’Ivoire should adopt measures against hate speech";
/// let action = ActionCoder::rules_only().code(text);
/// assert_eq!((action.category, action.decided_by()), (ActionCategory::General, "rule"));
/// assert_eq!(action.verb_in(text), Some((21, 26, "adopt")));
/// assert!(action.rule.unwrap().starts_with("adopt + measure*"));
/// assert_eq!(ActionCoder::rules_only().code("Human rights for all").decided_by(), "no_verb");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Stored", from = "Stored")]
pub struct Action {
    /// The category. A text without a known verb gets [`ActionCategory::General`], the most frequent one, unless the
    /// model decides otherwise.
    pub category: ActionCategory,
    /// The bytes of the verb in the unchanged text; none where no verb decided.
    pub verb: Option<Range<usize>>,
    /// The category by the written rules alone; differs from `category` only where the model decided.
    pub by_rule: ActionCategory,
    /// The row of the table of verbs that the written rules applied, `adopt` or `adopt + measure*|step*`; none where
    /// there is no known verb.
    pub rule: Option<Arc<str>>,
}

impl Action {
    /// What decided the category: `rule` (the written rules; the model, where there is one, agrees), `model` (against the
    /// written rules) or `no_verb` (nothing: the text has no known verb, and gets the most frequent category).
    pub fn decided_by(&self) -> &'static str {
        match &self.rule {
            _ if self.category != self.by_rule => "model",
            Some(_) => "rule",
            None => "no_verb",
        }
    }

    /// The verb in its text: where it begins and ends, counted in characters as Python and R count them, and the words
    /// themselves. None where no verb decided, or where `text` is another text.
    pub fn verb_in<'t>(&self, text: &'t str) -> Option<(usize, usize, &'t str)> {
        let span = self.verb.clone()?;
        let words = text.get(span.clone())?;
        let start = text.get(..span.start)?.chars().count();
        Some((start, start + words.chars().count(), words))
    }
}

/// As it is stored, with what decided.
#[derive(Serialize, Deserialize)]
struct Stored {
    category: ActionCategory,
    verb: Option<Range<usize>>,
    #[serde(skip_deserializing)]
    decided_by: &'static str,
    by_rule: ActionCategory,
    rule: Option<Arc<str>>,
}

impl From<Action> for Stored {
    fn from(action: Action) -> Stored {
        let decided_by = action.decided_by();
        let Action { category, verb, by_rule, rule } = action;
        Stored { category, verb, decided_by, by_rule, rule }
    }
}

impl From<Stored> for Action {
    fn from(Stored { category, verb, by_rule, rule, .. }: Stored) -> Action {
        Action { category, verb, by_rule, rule }
    }
}
