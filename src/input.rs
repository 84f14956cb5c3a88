//! From bytes to text, and from text to rows, for lists and for codebooks alike.
//!
//! People save spreadsheets as CSV in whatever way their system prefers: semicolons in much of Europe, UTF-16
//! from Excel's "Unicode text", Mac Roman from an old Mac. [`decode`] settles the encoding, [`delimited`] the
//! delimiter and the rows. What a column means is decided by those who ask: [`read`](crate::read) and
//! [`codebook`](crate::codebook).

pub(crate) mod decode;
pub(crate) mod delimited;
pub(crate) mod detect;
