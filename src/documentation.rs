//! Pages to read: guides, and what the numbers mean.

// The pages link to files, for those who read them as files; the links before a page take precedence, and lead to items.

/// [`Unit`]: crate::Unit
/// [`tally`]: crate::count
/// [`Reader::rows_apart`]: crate::read::Reader::rows_apart
/// [`corrected`]: crate::CodedList::corrected
/// [`PartlySupported`]: crate::statistics::PartlySupported
/// [action category]: crate::ActionCategory
/// [`learn`]: crate::code
/// [`evaluate`]: crate::evaluate
/// [the guide]: crate::documentation::guide
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
#[doc = include_str!("codebook/NOTATION.md")]
pub mod notation {}

#[doc = include_str!("read/ENGINES.md")]
pub mod engines {}

#[doc = include_str!("DESIGN.md")]
pub mod design {}

#[doc = include_str!("COMPARE.md")]
pub mod compare {}
