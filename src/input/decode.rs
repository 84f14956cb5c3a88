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
    let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
    decoder.push(bytes, true, &mut text);
    Decoded { text, encoding, replaced: decoder.replaced }
}

/// Decodes a file piece by piece. Pieces may end anywhere, but the first one must hold the byte-order mark whole.
#[derive(Debug)]
pub(crate) struct Decoder {
    kind: Kind,
    /// How many invalid bytes became U+FFFD so far.
    pub(crate) replaced: usize,
}

enum Kind {
    /// With the bytes of a character that the last piece cut through.
    Utf8 {
        begun: bool,
        cut: Vec<u8>,
    },
    Utf16(Box<encoding_rs::Decoder>),
    OneByte(&'static encoding_rs::Encoding),
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Utf8 { .. } => "Utf8",
            Kind::Utf16(_) => "Utf16",
            Kind::OneByte(_) => "OneByte",
        })
    }
}

impl Decoder {
    pub(crate) fn new(encoding: Encoding) -> Decoder {
        let utf16 = |encoding: &'static encoding_rs::Encoding| {
            Kind::Utf16(Box::new(encoding.new_decoder_with_bom_removal()))
        };
        let kind = match encoding {
            Encoding::Utf8 => Kind::Utf8 { begun: false, cut: Vec::new() },
            Encoding::Utf16Le => utf16(encoding_rs::UTF_16LE),
            Encoding::Utf16Be => utf16(encoding_rs::UTF_16BE),
            Encoding::Windows1252 => Kind::OneByte(encoding_rs::WINDOWS_1252),
            Encoding::MacRoman => Kind::OneByte(encoding_rs::MACINTOSH),
        };
        Decoder { kind, replaced: 0 }
    }

    /// Adds what `piece` says to `text`. `last` says that the file ends with it.
    pub(crate) fn push(&mut self, piece: &[u8], last: bool, text: &mut String) {
        self.replaced += match &mut self.kind {
            Kind::Utf8 { begun, cut } => {
                let piece = if *begun { piece } else { piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(piece) };
                *begun = true;
                if cut.is_empty() {
                    utf8(piece, last, text, cut)
                } else {
                    let joined = [cut.as_slice(), piece].concat();
                    cut.clear();
                    utf8(&joined, last, text, cut)
                }
            }
            Kind::Utf16(decoder) => {
                let before = text.len();
                text.reserve(decoder.max_utf8_buffer_length(piece.len()).unwrap_or(0));
                let _ = decoder.decode_to_string(piece, text, last);
                // a U+FFFD that the file itself holds is counted too: there as well, something was lost before
                text[before..].matches('\u{FFFD}').count()
            }
            Kind::OneByte(encoding) => one_byte(encoding, piece, text),
        };
    }
}

/// The encoding of a file whose bytes are in memory.
fn detect(bytes: &[u8]) -> Encoding {
    let in_memory = |each: &mut dyn FnMut(&[u8])| -> Result<(), std::convert::Infallible> {
        each(bytes);
        Ok(())
    };
    match detect_in(in_memory) {
        Ok(encoding) => encoding,
        Err(never) => match never {},
    }
}

/// The encoding of a file. `pieces` gives all its bytes, in order and from the start each time it is called; it is called
/// once for UTF-8 and twice otherwise. The first piece holds at least [`LOOKED_AT`] bytes, if there are so many.
pub(crate) fn detect_in<E>(
    mut pieces: impl FnMut(&mut dyn FnMut(&[u8])) -> Result<(), E>,
) -> Result<Encoding, E> {
    let mut marked: Option<Option<Encoding>> = None;
    let (mut wide, mut invalid) = (0, 0);
    let mut cut: Vec<u8> = Vec::new();
    let (mut returns, mut feeds) = (false, false);
    let count = |bytes: &[u8], wide: &mut usize, invalid: &mut usize| {
        if std::str::from_utf8(bytes).is_ok() {
            *wide += bytes.iter().filter(|byte| **byte >= 0xC0).count();
            return;
        }
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            // a character's first byte, of those beyond ASCII
            *wide += valid.bytes().filter(|byte| *byte >= 0xC0).count();
            *invalid += usize::from(!chunk.invalid().is_empty());
        }
    };
    pieces(&mut |piece: &[u8]| {
        if marked.get_or_insert_with(|| by_mark(piece)).is_some() {
            return;
        }
        returns |= piece.contains(&b'\r');
        feeds |= piece.contains(&b'\n');
        let joined = [cut.as_slice(), piece].concat();
        let whole = whole_characters(&joined);
        count(&joined[..whole], &mut wide, &mut invalid);
        cut = joined[whole..].to_vec();
    })?;
    if let Some(Some(encoding)) = marked {
        return Ok(encoding);
    }
    count(&cut, &mut wide, &mut invalid);
    // bytes of a one-byte encoding almost never form a valid sequence, so a majority of valid ones is damaged UTF-8
    if invalid == 0 || wide > invalid {
        return Ok(Encoding::Utf8);
    }
    let mut signs = [Signs::new(encoding_rs::WINDOWS_1252), Signs::new(encoding_rs::MACINTOSH)];
    pieces(&mut |piece: &[u8]| signs.iter_mut().for_each(|signs| signs.push(piece)))?;
    let [windows, mac] = signs.map(Signs::points);
    let old_mac_line_ends = returns && !feeds;
    Ok(if mac > windows || (mac == windows && old_mac_line_ends) {
        Encoding::MacRoman
    } else {
        Encoding::Windows1252
    })
}

/// What the first bytes of a file tell.
fn by_mark(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => utf16_without_mark(start),
    }
}

/// The length of `bytes` without a character of UTF-8 that their end cuts through.
fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.len() - bytes.len().min(3);
    let Some(begin) = bytes[tail..].iter().rposition(|byte| *byte >= 0xC0) else { return bytes.len() };
    let begun = &bytes[tail + begin..];
    match std::str::from_utf8(begun) {
        Err(error) if error.error_len().is_none() => tail + begin,
        _ => bytes.len(),
    }
}

/// Whether a file is UTF-16, with a mark or without.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(detect(bytes), Encoding::Utf16Le | Encoding::Utf16Be)
}

/// As many bytes as tell UTF-16.
pub(crate) const LOOKED_AT: usize = 4096;

/// In UTF-16, every other byte of English text is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
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

/// How many signs there are that a text of one byte a character was decoded rightly. A quotation mark or an apostrophe
/// where one belongs counts twice: read in the other encoding it is often a letter beside a letter, which counts once.
struct Signs {
    characters: Vec<char>,
    points: usize,
    /// The last two bytes: the second one is not yet judged.
    before: u8,
    last: Option<u8>,
}

impl Signs {
    fn new(encoding: &'static encoding_rs::Encoding) -> Signs {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let characters = encoding.decode_without_bom_handling(&bytes).0.chars().collect();
        Signs { characters, points: 0, before: b' ', last: None }
    }

    fn push(&mut self, piece: &[u8]) {
        let (Some(&first), Some(&last)) = (piece.first(), piece.last()) else { return };
        if let Some(waiting) = self.last {
            self.judge(self.before, waiting, first);
            self.before = waiting;
        }
        /// Bytes that are looked at together: most are ASCII, of which nothing is to be said.
        const TOGETHER: usize = 64;
        for begin in (0..piece.len() - 1).step_by(TOGETHER) {
            let end = (piece.len() - 1).min(begin + TOGETHER);
            if piece[begin..end].is_ascii() {
                continue;
            }
            for at in begin..end {
                let before = if at == 0 { self.before } else { piece[at - 1] };
                self.judge(before, piece[at], piece[at + 1]);
            }
        }
        self.before = if piece.len() > 1 { piece[piece.len() - 2] } else { self.before };
        self.last = Some(last);
    }

    fn points(mut self) -> usize {
        if let Some(waiting) = self.last {
            self.judge(self.before, waiting, b' ');
        }
        self.points
    }

    fn judge(&mut self, before: u8, byte: u8, after: u8) {
        if byte < 0x80 {
            return;
        }
        // every byte has a character in both encodings
        let [before, c, after] =
            [before, byte, after].map(|byte| self.characters.get(usize::from(byte)).copied().unwrap_or(' '));
        let beside_letter = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        self.points += match c {
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
}

/// Adds what `piece` says to `text`, but for a character that its end cuts through. Returns how many bytes were replaced.
fn utf8(mut piece: &[u8], last: bool, text: &mut String, cut: &mut Vec<u8>) -> usize {
    if !last {
        let whole = whole_characters(piece);
        cut.extend_from_slice(&piece[whole..]);
        piece = &piece[..whole];
    }
    if let Ok(valid) = std::str::from_utf8(piece) {
        text.push_str(valid);
        return 0;
    }
    let mut replaced = 0;
    for chunk in piece.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{FFFD}');
            replaced += 1;
        }
    }
    replaced
}

/// Windows-1252 leaves five bytes without a character; the Encoding Standard makes them control characters.
fn one_byte(encoding: &'static encoding_rs::Encoding, piece: &[u8], text: &mut String) -> usize {
    let (decoded, _) = encoding.decode_without_bom_handling(piece);
    let undefined = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    // only bytes that ASCII has not can be undefined, and few texts have many
    let may_be =
        encoding == encoding_rs::WINDOWS_1252 && piece.iter().any(|byte| (0x80..0xA0).contains(byte));
    let replaced = if may_be { decoded.chars().filter(|&c| undefined(c)).count() } else { 0 };
    match replaced {
        0 => text.push_str(&decoded),
        _ => text.push_str(&decoded.replace(undefined, "\u{FFFD}")),
    }
    replaced
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

    proptest::proptest! {
        /// Wherever the pieces end, a file has the same encoding and the same text as in one piece.
        #[test]
        fn pieces_say_what_the_whole_says(
            words in proptest::collection::vec(proptest::sample::select(vec![
                b"women\x92s rights ".as_slice(), b"d\xd5Ivoire, ", "Türkiye ’ ".as_bytes(), b"\xff", b"\xe2\x80",
                b"a", b" ", b"\r", b"\n", b"\xFF\xFEa\x00\x00\xd8b\x00", b"a\x00b\x00\xac\x20", b"\x81",
            ]), 0..12),
            size in 1usize..9,
        ) {
            let bytes = words.concat();
            let whole = decode(&bytes, None);
            // the first piece is long enough to hold the marks
            let first = bytes.len().min(LOOKED_AT.min(size + 8));
            let pieces = || std::iter::once(&bytes[..first]).chain(bytes[first..].chunks(size));
            let detected = detect_in(|each| {
                pieces().for_each(&mut *each);
                Ok::<(), ()>(())
            });
            // UTF-16 without a mark shows only in a first piece of all that is looked at
            if first == bytes.len() || utf16_without_mark(&bytes).is_none() && utf16_without_mark(&bytes[..first]).is_none() {
                proptest::prop_assert_eq!(detected, Ok(whole.encoding));
            }
            let (mut decoder, mut text) = (Decoder::new(whole.encoding), String::new());
            for piece in pieces() {
                decoder.push(piece, false, &mut text);
            }
            decoder.push(b"", true, &mut text);
            proptest::prop_assert_eq!((text, decoder.replaced), (whole.text, whole.replaced));
        }
    }
}
