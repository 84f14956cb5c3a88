//! The encodings of text files; [`detect`](super::detect) finds which one a file has.

use crate::names::names;

/// The encodings in which lists are found.
///
/// # Example
///
/// ```
/// use upr::read::Encoding;
///
/// let encoding = |path| upr::read::path(path).map(|list| list.files[0].encoding);
/// assert_eq!(encoding("fixtures/upr-info.csv")?, Some(Encoding::MacRoman));
/// assert_eq!(encoding("fixtures/utf-16.tsv")?, Some(Encoding::Utf16Le));
/// assert_eq!(encoding("fixtures/own-list.xlsx")?, None); // no text
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark; plain ASCII too.
    Utf8,
    /// UTF-16, low byte first, as Excel's "Unicode text" is saved.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, the "ANSI" of Western European Windows.
    Windows1252,
    /// Mac Roman, in which UPR Info's export is written.
    MacRoman,
    /// Code page 850, in which Excel saves "CSV (MS-DOS)" in Western Europe; the letters of code page 437 are the same.
    Cp850,
    /// Windows-1251, of Cyrillic text.
    Windows1251,
}

names! {
    Encoding, "encoding",
    Utf8 = "UTF-8",
    Utf16Le = "UTF-16LE",
    Utf16Be = "UTF-16BE",
    Windows1252 = "Windows-1252",
    MacRoman = "Mac Roman",
    Cp850 = "CP850",
    Windows1251 = "Windows-1251",
}
