//! From bytes to text, and from text to rows, for lists and for codebooks alike.
//!
//! People save spreadsheets as CSV in whatever way their system prefers: semicolons in much of Europe, UTF-16
//! from Excel's "Unicode text", Mac Roman from an old Mac. [`decode`] settles the encoding, [`delimited`] the
//! delimiter and the rows. What a column means is decided by those who ask: [`read`](crate::read) and
//! [`codebook`](crate::code).

pub(crate) mod bundled;
pub(crate) mod decode;
pub(crate) mod delimited;
pub(crate) mod detect;
pub(crate) mod encoding;
pub(crate) mod output;
pub(crate) mod sheet;

use crate::error::{Error, Place, Result};
use std::io::Read;
use std::path::Path;

/// The largest file beside a list, such as a table of a codebook or a model: the largest that comes with this crate, the
/// model `upr-info`, has half a megabyte.
const MAX_BYTES: u64 = 64 << 20;

/// The bytes of a file beside a list. No more is read than may be, whatever its size is said to be: a device has none.
///
/// # Errors
///
/// A file that cannot be read, or one larger than 64 MB.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>> {
    let file = std::fs::File::open(path).map_err(|error| Error::unreadable(path, error))?;
    let bytes = read_up_to(MAX_BYTES + 1, file, path)?;
    if bytes.len() as u64 > MAX_BYTES {
        let found = format!("more than {} MB", MAX_BYTES >> 20);
        return Err(Error::unexpected(Place::file(path.display().to_string()), found, "a smaller file"));
    }
    Ok(bytes)
}

/// The first bytes of a source; `path` is its name in a message.
pub(crate) fn read_up_to(most: u64, source: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most).read_to_end(&mut bytes).map_err(|error| Error::unreadable(path, error))?;
    Ok(bytes)
}
