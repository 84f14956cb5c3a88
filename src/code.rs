//! Coding: codebooks and their rules, what a coding contains, models that learn from coded examples.
//!
//! | question | where to look |
//! | --- | --- |
//! | Which issues are there, and by which rules? | [`Codebook`], [`Issue`], [`Theme`], [`Rule`] |
//! | What is a list about, or one text, and which words say so? | [`Tagger::tag`], [`Tagger::code`], [`Coding`], [`Tag`], [`Evidence`] |
//! | What else is coded? | instruments, goals, persons and levels: [`Tagger::with_aspects`] with [`Aspect::bundled`]; action categories: [`Tagger::with_actions`] with an [`ActionCoder`] |
//! | Which tags did people correct, and what was not applied? | [`Corrections`], [`CodedList::correct`], [`Status`] |
//! | How is a coded list stored and read back? | [`CodedList`] with serde, [`StoredList`] |
//! | How would human coders have coded it, judging by texts they coded before? | [`Learner`], [`Model`], [`Example`] |
//! | Which rules would code these texts rightly? | [`suggest`], [`Expectation`] |
//!
//! A codebook of your own: [the guide](crate::documentation::guide), [the notation](crate::documentation::notation). How far
//! the tags can be relied on: [models](crate::documentation::models), [actions](crate::documentation::actions).

pub use crate::action::ActionCoder;
pub use crate::codebook::{About, Aspect, Codebook, Codebooks, Expectation, Issue, Rule, Theme};
pub use crate::coded::{
    Action, ActionCategory, CodedList, CodedRecommendation, Coding, Decided, Evidence, Reviewed, Selection,
    Status, StoredList, Suppressed, Tag,
};
pub use crate::correct::Corrections;
pub use crate::learn::{Example, Learner, fold_of, suggest};
pub use crate::model::Model;
pub use crate::tag::Tagger;
