//! Detects what kind of file it is from the first bytes, not from the file name.

use crate::files::decode;

/// What the first bytes of a file say of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Empty,
    Text,
    Pdf,
    Zip,
    OldOffice,
    Binary,
}

impl Container {
    pub(super) fn of(bytes: &[u8]) -> Container {
        /// As many bytes as tell text from anything else.
        const LOOKED_AT: usize = 8192;
        let start = &bytes[..bytes.len().min(LOOKED_AT)];
        match start {
            [] => Container::Empty,
            _ if start.starts_with(b"%PDF") => Container::Pdf,
            _ if start.starts_with(b"PK\x03\x04") => Container::Zip,
            _ if start.starts_with(b"\xD0\xCF\x11\xE0") => Container::OldOffice,
            _ if start.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) => Container::Empty,
            // every other byte of UTF-16 is a zero; no other text has one
            _ if start.contains(&0) && !decode::is_utf16(start) => Container::Binary,
            _ => Container::Text,
        }
    }

    /// As a message names it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Container::Empty => "an empty file",
            Container::Text => "text",
            Container::Pdf => "a PDF",
            Container::Zip => "a zip archive, as Word and Excel write",
            Container::OldOffice => "an old Word or Excel file",
            Container::Binary => "binary data",
        }
    }
}

/// Whether a text can be nothing but JSON: `[{`, `[]` or `{"`.
pub(super) fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    matches!((signs.next(), signs.next()), (Some('['), Some('{' | ']')) | (Some('{'), Some('"' | '}')))
}
