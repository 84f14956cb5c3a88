//! Coding: codebooks and their rules, what a coding contains, models that learn from coded examples.
//!
//! | question | where to look |
//! | --- | --- |
//! | Which issues are there, and by which rules? | [`Codebook`], [`Issue`], [`Theme`], [`Rule`] |
//! | What else is coded beside the issues? | [`Aspect`], [`ActionCategory`] |
//! | What is a text about, and which words say so? | [`Tagger`], [`Coding`], [`Tag`], [`Evidence`] |
//! | How would the people have coded it who coded others? | [`Learner`], [`Model`], [`Example`] |
//!
//! A codebook of your own: [the guide](crate::documentation::guide), [the notation](crate::documentation::notation). How far
//! the tags can be relied on: [models](crate::documentation::models), [actions](crate::documentation::actions).

pub use crate::action::ActionCoder;
pub use crate::codebook::{About, Aspect, Codebook, Codebooks, Issue, Rule, Theme};
pub use crate::coded::{
    Action, ActionCategory, CodedList, CodedRecommendation, Coding, Evidence, Selection, StoredList,
    Suppressed, Tag,
};
pub use crate::learn::{Example, Learner, fold_of};
pub use crate::model::Model;
pub use crate::tag::Tagger;
