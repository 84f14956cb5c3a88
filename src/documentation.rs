//! Pages to read: guides, and what the numbers mean.

// The pages link to files, for those who read them as files; the links before a page take precedence, and lead to items.

/// [`Unit`]: crate::Unit
/// [`tally`]: crate::count
/// [`Reader::rows_apart`]: crate::read::Reader::rows_apart
/// [`corrected`]: crate::CodedList::corrected
/// [`PartlySupported`]: crate::statistics::PartlySupported
/// [action category]: crate::documentation::actions
/// [`learn`]: crate::documentation::models
/// [`evaluate`]: crate::evaluate
/// [`Coders`]: crate::evaluate::Coders
/// [`statistics`]: crate::statistics
#[doc = include_str!("RESEARCHERS.md")]
pub mod for_researchers {}

/// [the notation]: crate::documentation::notation
/// [for researchers]: crate::documentation::for_researchers
#[doc = include_str!("codebook/GUIDE.md")]
pub mod guide {}

/// [`Codebook`]: crate::Codebook
/// [`Codebook::load`]: crate::Codebook::load
/// [`Codebook::core`]: crate::Codebook::core
/// [`Codebook::upr_info`]: crate::Codebook::upr_info
/// [`Tagger`]: crate::Tagger
/// [`Coding::suppressed`]: crate::Coding::suppressed
/// [`failing_examples`]: crate::evaluate::failing_examples
/// [`Language`]: crate::Language
/// [`Codebook::in_language`]: crate::Codebook::in_language
#[doc = include_str!("codebook/NOTATION.md")]
pub mod notation {}

/// [`CodedList::correct`]: crate::CodedList::correct
/// [`CodedList::decisions`]: crate::CodedList::decisions
/// [`Learner`]: crate::code::Learner
/// [`evaluate::reviewed`]: crate::evaluate::reviewed
#[doc = include_str!("correct/CORRECTIONS.md")]
pub mod corrections {}

/// [`Action::by_rule`]: crate::code::Action::by_rule
/// [`Action::decided_by`]: crate::code::Action::decided_by
/// [`ActionCategory`]: crate::ActionCategory
/// [`ActionCoder::load`]: crate::code::ActionCoder::load
/// [`ActionCoder::new`]: crate::code::ActionCoder::new
/// [`ActionCoder::rules_only`]: crate::code::ActionCoder::rules_only
/// [`Learner::out_of_fold_actions`]: crate::code::Learner::out_of_fold_actions
/// [`Learner::train_actions`]: crate::code::Learner::train_actions
/// [`evaluate`]: crate::evaluate
#[doc = include_str!("action/ACTIONS.md")]
pub mod actions {}

/// [`ActionCoder::new`]: crate::code::ActionCoder::new
/// [`ActionCoder::with_model`]: crate::code::ActionCoder::with_model
/// [`Coding::suppressed`]: crate::Coding::suppressed
/// [`Learner::out_of_fold`]: crate::code::Learner::out_of_fold
/// [`Learner`]: crate::code::Learner
/// [`Model`]: crate::code::Model
/// [`Tagger::upr_info`]: crate::Tagger::upr_info
/// [`Tagger::with_model`]: crate::Tagger::with_model
/// [`evaluate`]: crate::evaluate
/// [`fold_of`]: crate::code::fold_of
#[doc = include_str!("learn/MODELS.md")]
pub mod models {}

/// [`Grouping::bundled`]: crate::count::Grouping::bundled
/// [`Grouping::by_group`]: crate::count::Grouping::by_group
/// [`Grouping::codebook`]: crate::count::Grouping::codebook
/// [`Grouping::load`]: crate::count::Grouping::load
/// [`Grouping::of`]: crate::count::Grouping::of
/// [`Grouping::regroup`]: crate::count::Grouping::regroup
/// [`Grouping::table`]: crate::count::Grouping::table
/// [`Grouping`]: crate::count::Grouping
/// [`OUTSIDE`]: crate::count::OUTSIDE
/// [`Reading`]: crate::count::Reading
/// [`count`]: crate::count
/// [`evaluate`]: crate::evaluate
/// [`statistics`]: crate::statistics
#[doc = include_str!("grouping/GROUPINGS.md")]
pub mod groupings {}

#[doc = include_str!("read/ENGINES.md")]
pub mod engines {}

#[doc = include_str!("DESIGN.md")]
pub mod design {}

#[doc = include_str!("COMPARE.md")]
pub mod compare {}
