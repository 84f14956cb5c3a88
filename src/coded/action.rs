//! What a recommendation asks the State under review to do: the category, and the verb that decided it.
//! [`action`](crate::ActionCategory) codes it.

use crate::error::{Error, quoted};
use crate::names::names;
use serde::{Deserialize, Serialize};
use std::fmt;
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

impl ActionCategory {
    /// All categories, in the order of their numbers.
    ///
    /// # Example
    ///
    /// ```
    /// let numbers = upr::ActionCategory::ALL.map(upr::ActionCategory::number);
    /// assert_eq!(numbers, [1, 2, 3, 4, 5]);
    /// ```
    pub const ALL: [ActionCategory; 5] = [
        ActionCategory::Minimal,
        ActionCategory::Continuing,
        ActionCategory::Considering,
        ActionCategory::General,
        ActionCategory::Specific,
    ];

    /// The number that UPR Info writes, 1 to 5.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::ActionCategory::Specific.number(), 5);
    /// ```
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

    /// `minimal`, `continuing`, `considering`, `general` or `specific`.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(upr::ActionCategory::Minimal.as_str(), "minimal");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            ActionCategory::Minimal => "minimal",
            ActionCategory::Continuing => "continuing",
            ActionCategory::Considering => "considering",
            ActionCategory::General => "general",
            ActionCategory::Specific => "specific",
        }
    }

    /// The definition, as for a human coder.
    ///
    /// # Example
    ///
    /// ```
    /// assert!(upr::ActionCategory::Considering.definition().contains("consider"));
    /// ```
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

impl fmt::Display for ActionCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
    /// The category. A text without a known verb gets [`ActionCategory::General`], the most frequent one, unless the
    /// model decides otherwise.
    pub category: ActionCategory,
    /// The bytes of the verb in the unchanged text; none where no verb decided.
    pub verb: Option<Range<usize>>,
    /// Whether the written rules, the model or neither decided.
    pub decided_by: DecidedBy,
    /// The category by the written rules alone; differs from `category` only where the model decided.
    pub by_rule: ActionCategory,
    /// The row of the table of verbs that the written rules applied, `adopt` or `adopt + measure*|step*`; none where
    /// there is no known verb.
    pub rule: Option<Arc<str>>,
}

impl Action {
    /// The verb in its text: where it begins and ends, counted in characters as Python and R count them, and the words
    /// themselves. None where no verb decided, or where `text` is another text.
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
    /// Nothing: the text has no known verb, and gets the most frequent category.
    NoVerb,
}

names! {
    DecidedBy, "what decided",
    Rule = "rule",
    Model = "model",
    NoVerb = "no_verb",
}
