//! The caches of one reading: thousands of rows share a few names, positions and sessions.

use crate::state::StateName;
pub(super) use crate::text::cache::Cache;

/// The States that names were read as.
pub(super) type NameCache = Cache<StateName>;
