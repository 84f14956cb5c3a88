//! Decodes files, whole or piece by piece, in the encoding that [`detect`](super::detect) finds.

use super::detect::{detect, whole_characters};
use super::encoding::Encoding;

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
    Cp850,
}

/// The characters of code page 850 from 0x80 on; encoding_rs has no code pages of DOS.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

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
            Encoding::Windows1251 => Kind::OneByte(encoding_rs::WINDOWS_1251),
            Encoding::Cp850 => Kind::Cp850,
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
            Kind::Cp850 => {
                let upper: Vec<char> = CP850.chars().collect();
                let character = |byte: &u8| match usize::from(*byte).checked_sub(0x80) {
                    Some(at) => upper.get(at).copied().unwrap_or('\u{FFFD}'),
                    None => char::from(*byte),
                };
                text.extend(piece.iter().map(character));
                0
            }
        };
    }
}

/// Whether a file is UTF-16, with a mark or without.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(detect(bytes), Encoding::Utf16Le | Encoding::Utf16Be)
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
    use super::super::detect::{LOOKED_AT, detect_in, utf16_without_mark};
    use super::*;
    use crate::random::for_each;

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
        for (mark, bytes, encoding) in [
            ([0xEF, 0xBB, 0xBF].as_slice(), text.as_bytes(), Encoding::Utf8),
            (&[0xFF, 0xFE], &le, Encoding::Utf16Le),
            (&[0xFE, 0xFF], &be, Encoding::Utf16Be),
        ] {
            comes_out(bytes, encoding, text, 0);
            comes_out(&[mark, bytes].concat(), encoding, text, 0);
        }
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
        comes_out(b"T\x81rkiye", Encoding::Cp850, "Türkiye", 0);
        comes_out(b"C\x93te d'Ivoire, Espa\xa4a", Encoding::Cp850, "Côte d'Ivoire, España", 0);
    }

    #[test]
    fn invalid_bytes_are_replaced_and_counted() {
        comes_out("é é é \u{1}".replace('\u{1}', "x").as_bytes(), Encoding::Utf8, "é é é x", 0);
        comes_out(b"\xc3\xa9 \xc3\xa9 \xff.", Encoding::Utf8, "é é \u{FFFD}.", 1);
        comes_out(b"a\x92s \x81 b\xe9", Encoding::Windows1252, "a’s \u{FFFD} bé", 1);
        comes_out(b"\xFF\xFEa\x00\x00\xd8b\x00", Encoding::Utf16Le, "a\u{FFFD}b", 1);
    }

    /// Wherever the pieces end, a file has the same encoding and the same text as in one piece.
    #[test]
    fn pieces_say_what_the_whole_says() {
        for_each(256, |random| {
            let (utf16, unmarked) = (b"\xFF\xFEa\x00\x00\xd8b\x00", b"a\x00b\x00\xac\x20");
            let utf8 = "Türkiye ’ ".as_bytes();
            let mac = b"d\xd5Ivoire, ";
            let words: [&[u8]; 12] = [
                b"women\x92s rights ",
                mac,
                utf8,
                b"\xff",
                b"\xe2\x80",
                b"a",
                b" ",
                b"\r",
                b"\n",
                utf16,
                unmarked,
                b"\x81",
            ];
            let words = random.list(12, |random| random.pick(&words));
            let size = random.between(1, 9);
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
            if first == bytes.len()
                || utf16_without_mark(&bytes).is_none() && utf16_without_mark(&bytes[..first]).is_none()
            {
                assert_eq!(detected, Ok(whole.encoding));
            }
            let (mut decoder, mut text) = (Decoder::new(whole.encoding), String::new());
            for piece in pieces() {
                decoder.push(piece, false, &mut text);
            }
            decoder.push(b"", true, &mut text);
            assert_eq!((text, decoder.replaced), (whole.text, whole.replaced));
        });
    }
}
