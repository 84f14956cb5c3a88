//! Tells in which encoding a file was written, from all its bytes.
//!
//! A byte-order mark or valid UTF-8 settles it. What remains is one byte a character, and then Windows-1252
//! and Mac Roman are distinguished by what they make of the text: `Côte d’Ivoire` in the one is `Cﬁte dÕIvoire` in
//! the other. All six files of UPR Info's export (Mac Roman, 2 to 37 such bytes each) come out right.

use super::encoding::Encoding;

/// The encoding of a file whose bytes are in memory.
pub(super) fn detect(bytes: &[u8]) -> Encoding {
    let Ok(encoding) = detect_in(|each| {
        each(bytes);
        Ok::<(), std::convert::Infallible>(())
    });
    encoding
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
    let mut dos = Dos::default();
    let mut signs = [Signs::new(encoding_rs::WINDOWS_1252), Signs::new(encoding_rs::MACINTOSH)];
    pieces(&mut |piece: &[u8]| {
        signs.iter_mut().for_each(|signs| signs.push(piece));
        dos.push(piece);
    })?;
    if dos.found {
        return Ok(Encoding::Cp850);
    }
    let [windows, mac] = signs.map(Signs::points);
    let old_mac_line_ends = returns && !feeds;
    Ok(if mac > windows || (mac == windows && old_mac_line_ends) {
        Encoding::MacRoman
    } else {
        Encoding::Windows1252
    })
}

/// What the first bytes of a file tell.
/// Names of States as code page 850 writes them. In no other encoding these bytes are words: `T\x81rkiye` has a byte without a
/// character in Windows-1252, and is `TÅrkiye` in Mac Roman.
#[derive(Default)]
struct Dos {
    found: bool,
    /// The end of the last piece, which may have cut through a name.
    end: Vec<u8>,
}

impl Dos {
    const NAMES: [&[u8]; 3] = [b"T\x81rkiye", b"C\x93te d", b"o Tom\x82"];
    const LONGEST: usize = 7;

    fn push(&mut self, piece: &[u8]) {
        let has = |bytes: &[u8]| {
            Dos::NAMES.iter().any(|name| bytes.windows(name.len()).any(|window| window == *name))
        };
        let start = &piece[..piece.len().min(Dos::LONGEST)];
        let joined = [self.end.as_slice(), start].concat();
        self.found = self.found || has(&joined) || has(piece);
        let joined = [self.end.as_slice(), &piece[piece.len().saturating_sub(Dos::LONGEST)..]].concat();
        self.end = joined[joined.len().saturating_sub(Dos::LONGEST)..].to_vec();
    }
}

/// What the mark at the start of a file, or the zeros in it, say.
fn by_mark(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => utf16_without_mark(start),
    }
}

/// The length of `bytes` without a character of UTF-8 that their end cuts through.
pub(super) fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.len() - bytes.len().min(3);
    let Some(begin) = bytes[tail..].iter().rposition(|byte| *byte >= 0xC0) else { return bytes.len() };
    let begun = &bytes[tail + begin..];
    match std::str::from_utf8(begun) {
        Err(error) if error.error_len().is_none() => tail + begin,
        _ => bytes.len(),
    }
}

/// As many bytes as tell UTF-16.
pub(crate) const LOOKED_AT: usize = 4096;

/// In UTF-16, every other byte of English text is zero.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
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
