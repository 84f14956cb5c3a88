//! Tells in which encoding a file was written, and decodes it.
//!
//! A byte-order mark or valid UTF-8 settles it. What remains is one byte a character, and then Windows-1252
//! and Mac Roman are told apart by what they make of the text: `Côte d’Ivoire` in the one is `Cﬁte dÕIvoire` in
//! the other. All six files of UPR Info's export (Mac Roman, 2 to 37 such bytes each) come out right.

use std::fmt;

/// The encodings in which lists are found.
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
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::MacRoman => "Mac Roman",
        })
    }
}

/// A file's text, the encoding it was in, and how many invalid bytes became U+FFFD.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    pub(crate) replaced: usize,
}

/// Decodes `bytes`, in `encoding` where the caller knows better than the bytes tell.
pub(crate) fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Decoded {
    let encoding = encoding.unwrap_or_else(|| detect(bytes));
    let (text, replaced) = match encoding {
        Encoding::Utf8 => utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
        Encoding::Utf16Le => by_table(encoding_rs::UTF_16LE, bytes),
        Encoding::Utf16Be => by_table(encoding_rs::UTF_16BE, bytes),
        Encoding::Windows1252 => one_byte(encoding_rs::WINDOWS_1252, bytes),
        Encoding::MacRoman => one_byte(encoding_rs::MACINTOSH, bytes),
    };
    Decoded { text, encoding, replaced }
}

fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return Encoding::Utf8,
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    if let Some(utf16) = utf16_without_mark(bytes) {
        return utf16;
    }
    let (valid, invalid) = bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        let wide = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + wide, invalid + usize::from(!chunk.invalid().is_empty()))
    });
    // bytes of a one-byte encoding almost never form a valid sequence, so a majority of valid ones is damaged UTF-8
    if invalid == 0 || valid > invalid {
        return Encoding::Utf8;
    }
    let windows = plausibility(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
    let mac = plausibility(&encoding_rs::MACINTOSH.decode_without_bom_handling(bytes).0);
    let old_mac_line_ends = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    if mac > windows || (mac == windows && old_mac_line_ends) {
        Encoding::MacRoman
    } else {
        Encoding::Windows1252
    }
}

/// Whether a file is UTF-16, with a mark or without.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(detect(bytes), Encoding::Utf16Le | Encoding::Utf16Be)
}

/// In UTF-16, every other byte of English text is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    const LOOKED_AT: usize = 4096;
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() / 4; // half of every other byte
    match (even, odd) {
        (0, odd) if odd > most => Some(Encoding::Utf16Le),
        (even, 0) if even > most => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// How many signs there are that a text was decoded rightly. A quotation mark or an apostrophe where one belongs
/// counts twice: read in the other encoding it is often a letter beside a letter, which counts once.
fn plausibility(text: &str) -> usize {
    let mut points = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            let after = chars.peek().copied().unwrap_or(' ');
            let beside_letter = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
            points += match c {
                '’' if before.is_ascii_alphabetic() => 2,
                '“' | '‘' if !before.is_alphanumeric() && after.is_ascii_alphanumeric() => 2,
                '”' if !before.is_whitespace() && !after.is_alphanumeric() => 2,
                '–' | '—' if before.is_whitespace() == after.is_whitespace() => 1,
                '\u{a0}' | '…' | '•' => 1,
                _ if c.is_lowercase() && c != 'ﬁ' && c != 'ﬂ' && beside_letter => 1,
                _ if c.is_uppercase() && !before.is_alphanumeric() && after.is_ascii_lowercase() => 1,
                _ => 0,
            };
        }
        before = c;
    }
    points
}

fn utf8(bytes: &[u8]) -> (String, usize) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), 0),
        Err(_) => {
            let replaced = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
            (String::from_utf8_lossy(bytes).into_owned(), replaced)
        }
    }
}

fn by_table(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    // a U+FFFD that the file itself holds is counted too: there as well, something was lost before
    let replaced = text.matches('\u{FFFD}').count();
    (text.into_owned(), replaced)
}

/// Windows-1252 leaves five bytes without a character; the Encoding Standard makes them control characters.
fn one_byte(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let undefined = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    let replaced = text.chars().filter(|&c| undefined(c)).count();
    if replaced == 0 { (text.into_owned(), 0) } else { (text.replace(undefined, "\u{FFFD}"), replaced) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn comes_out(bytes: &[u8], encoding: Encoding, text: &str, replaced: usize) {
        let decoded = decode(bytes, None);
        assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.replaced), (encoding, text, replaced));
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        let text = "Côte d’Ivoire: ensure women’s “full” equality – naïve é";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        comes_out(text.as_bytes(), Encoding::Utf8, text, 0);
        comes_out(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8, text, 0);
        comes_out(&[b"\xFF\xFE", le.as_slice()].concat(), Encoding::Utf16Le, text, 0);
        comes_out(&[b"\xFE\xFF", be.as_slice()].concat(), Encoding::Utf16Be, text, 0);
        comes_out(&le, Encoding::Utf16Le, text, 0);
        comes_out(&be, Encoding::Utf16Be, text, 0);
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        comes_out(&windows, Encoding::Windows1252, text, 0);
        let mac = b"C\x99te d\xd5Ivoire: ensure women\xd5s \xd2full\xd3 equality \xd0 na\x95ve \x8e";
        comes_out(mac, Encoding::MacRoman, text, 0);
    }

    #[test]
    fn one_sign_is_enough() {
        comes_out(b"a,women\x92s rights\r\n", Encoding::Windows1252, "a,women’s rights\r\n", 0);
        comes_out(b"a,women\xd5s rights\r", Encoding::MacRoman, "a,women’s rights\r", 0);
        comes_out(b"C\x99te d'Ivoire", Encoding::MacRoman, "Côte d'Ivoire", 0);
        comes_out(b"C\xf4te d'Ivoire", Encoding::Windows1252, "Côte d'Ivoire", 0);
        comes_out(b"T\xfcrkiye", Encoding::Windows1252, "Türkiye", 0);
        comes_out(b"T\x9frkiye", Encoding::MacRoman, "Türkiye", 0);
    }

    #[test]
    fn invalid_bytes_are_replaced_and_counted() {
        comes_out("é é é \u{1}".replace('\u{1}', "x").as_bytes(), Encoding::Utf8, "é é é x", 0);
        comes_out(b"\xc3\xa9 \xc3\xa9 \xff.", Encoding::Utf8, "é é \u{FFFD}.", 1);
        comes_out(b"a\x92s \x81 b\xe9", Encoding::Windows1252, "a’s \u{FFFD} bé", 1);
        comes_out(b"\xFF\xFEa\x00\x00\xd8b\x00", Encoding::Utf16Le, "a\u{FFFD}b", 1);
    }
}
