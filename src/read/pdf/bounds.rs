//! What a PDF may hold, found out before it is opened.
//!
//! The library that reads PDF inflates a stream as a whole, and no limit can be set: 300 kB can become 300 MB, and
//! compressed twice, 300 GB. So whatever looks like a stream is inflated here first, piece by piece and without keeping
//! anything, only to be counted. What that cannot see is explained in `SECURITY.md`: streams of an encrypted file, and
//! filters under names written with `#`.

use flate2::{Decompress, FlushDecompress, Status};

/// The largest PDF that is read: the largest of 66 reports and addenda has 0.7 MB.
const MAX_FILE_BYTES: usize = 32 << 20;

/// The most bytes of all streams, as they are and inflated: the 66 reports have up to 10 MB.
const MAX_INFLATED_BYTES: u64 = 256 << 20;

/// The largest PDF with streams compressed by LZW, which nothing writes since Flate came in 1996: each of its bytes may
/// become 2,700.
const MAX_LZW_BYTES: usize = 96 << 10;

/// Streams that were compressed again and again are followed so deep; nobody does so twice.
const MAX_DEPTH: usize = 8;

/// How often a file may be looked through for the ends of its streams. Each stream ends before the next one begins, so
/// once is enough.
const MAX_SEARCHES: u64 = 32;

/// What each byte counts that comes out deeper still. Text may by chance inflate to a few bytes, these to fewer, and
/// that is not harmful; four thousand of them are.
const DEEPER_COSTS: u64 = 1 << 16;

/// What was seen of a file on the way: how many streams are compressed, how many of them are damaged, and whether its end is
/// there.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Seen {
    streams: usize,
    damaged: usize,
    cut_off: bool,
}

impl Seen {
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.damaged > 0 {
            warnings.push(format!(
                "{} of {} compressed parts of the PDF are damaged: words, lines or pages may be missing; get the file again",
                self.damaged, self.streams
            ));
        }
        if self.cut_off {
            warnings.push(
                "the PDF does not end as a PDF does, so it may be cut off: words, lines or pages may be missing; get the file \
                 again"
                    .to_string(),
            );
        }
        warnings
    }
}

/// Whether a PDF keeps within its bounds, and what was seen of it; or what was found instead.
pub(super) fn check(bytes: &[u8]) -> Result<Seen, String> {
    /// Readers look for the mark of the end in so many last bytes (ISO 32000-1, annex H.3, note 18).
    const END: usize = 1024;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(format!("a PDF of more than {} MB", MAX_FILE_BYTES >> 20));
    }
    if bytes.len() > MAX_LZW_BYTES && find(bytes, b"/LZWDecode").is_some() {
        return Err(format!("a PDF of more than {} kB compressed by LZW", MAX_LZW_BYTES >> 10));
    }
    let mut left = MAX_INFLATED_BYTES;
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let cut_off = find(&bytes[bytes.len().saturating_sub(END)..], b"%%EOF").is_none();
    let mut seen = Seen { cut_off, ..Seen::default() };
    let (mut at, mut open) = (0, Open::default());
    while let Some(found) = find(&bytes[at..], b"stream") {
        let ends_one = bytes[..at + found].ends_with(b"end");
        at += found + b"stream".len();
        if ends_one {
            open.close(at, bytes.len())?;
        } else {
            open.begins += 1;
            open.sum += at as u64;
            let data = &bytes[at..];
            let data = data.strip_prefix(b"\r").unwrap_or(data);
            let data = data.strip_prefix(b"\n").unwrap_or(data);
            let mut level = Level::default();
            level.take(data, &mut left, MAX_DEPTH).map_err(|TooMuch| {
                format!("a PDF whose streams hold more than {} MB", MAX_INFLATED_BYTES >> 20)
            })?;
            if !encrypted && is_flate(&bytes[..at - b"stream".len()]) {
                seen.streams += 1;
                seen.damaged += usize::from(!level.whole);
            }
        }
    }
    open.close(bytes.len(), bytes.len())?;
    Ok(seen)
}

/// Whether the description before a stream says that it is compressed by Flate, first of all.
fn is_flate(before: &[u8]) -> bool {
    /// Longer descriptions are rare, and their streams are not looked at.
    const MAX_DESCRIPTION: usize = 1000;
    let before = &before[before.len().saturating_sub(MAX_DESCRIPTION)..];
    let description = String::from_utf8_lossy(before);
    let Some(description) = description.trim_end().strip_suffix(">>") else { return false };
    let own = description.rfind("obj").map_or(description, |at| &description[at..]);
    let filter =
        own.find("/Filter").map(|at| own[at + b"/Filter".len()..].trim_start_matches(['[', ' ', '\r', '\n']));
    filter.is_some_and(|filter| filter.starts_with("/FlateDecode"))
}

/// The streams that began and did not end yet, and how far their ends were searched for: where the length of a stream is
/// wrong, the library looks for its end, from each beginning anew.
#[derive(Default)]
struct Open {
    begins: u64,
    /// Where they begin, added up.
    sum: u64,
    searched: u64,
}

impl Open {
    fn close(&mut self, at: usize, length: usize) -> Result<(), String> {
        let far = self.begins.saturating_mul(at as u64).saturating_sub(self.sum);
        self.searched = self.searched.saturating_add(far);
        (self.begins, self.sum) = (0, 0);
        match self.searched > length as u64 * MAX_SEARCHES {
            true => Err("a PDF whose streams do not end".to_string()),
            false => Ok(()),
        }
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    while let Some(next) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        at += next;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The allowance is used up.
struct TooMuch;

/// One decompression, and the one of what comes out of it.
#[derive(Default)]
struct Level {
    inflate: Option<Decompress>,
    ended: bool,
    /// Whether it came to its end, with the right checksum.
    whole: bool,
    next: Option<Box<Level>>,
}

impl Level {
    /// Inflates the next bytes and counts what goes in and comes out. What is not compressed data ends the level.
    fn take(&mut self, mut data: &[u8], left: &mut u64, deeper: usize) -> Result<(), TooMuch> {
        const PIECE: usize = 1 << 14;
        let inflate = self.inflate.get_or_insert_with(|| Decompress::new(has_header(data)));
        let mut piece = vec![0; PIECE];
        while !self.ended {
            let before = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(data, &mut piece, FlushDecompress::None);
            let read = inflate.total_in() - before.0;
            let written = inflate.total_out() - before.1;
            *left = left.checked_sub(read + written).ok_or(TooMuch)?;
            if written > 0 {
                let piece = &piece[..PIECE.min(written as usize)];
                match deeper.checked_sub(1) {
                    Some(deeper) => self.next.get_or_insert_default().take(piece, left, deeper)?,
                    None => *left = left.checked_sub(written * DEEPER_COSTS).ok_or(TooMuch)?,
                }
            }
            data = data.get(read as usize..).unwrap_or_default();
            let stuck = read == 0 && written == 0;
            self.ended = !matches!(status, Ok(Status::Ok | Status::BufError));
            self.whole = matches!(status, Ok(Status::StreamEnd));
            if stuck || (data.is_empty() && (written as usize) < PIECE) {
                break;
            }
        }
        Ok(())
    }
}

/// Whether compressed data begins with the two bytes of zlib (RFC 1950); PDF readers take it without them, too.
fn has_header(data: &[u8]) -> bool {
    match data {
        [method, flags, ..] => method & 15 == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};
    use std::io::Write;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(data).expect("room in memory");
        encoder.finish().expect("room in memory")
    }

    fn around(data: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\r\n", data, b"\nendstream\nendobj\n"]
            .concat()
    }

    #[test]
    fn a_stream_that_inflates_without_end() {
        let megabytes = |number: usize| vec![0; number << 20];
        assert_eq!(check(&around(&zlib(&megabytes(8)))), Ok(Seen { streams: 1, damaged: 0, cut_off: true }));
        let found = Err("a PDF whose streams hold more than 256 MB".to_string());
        assert_eq!(check(&around(&zlib(&megabytes(260)))), found);
        // compressed three times
        let mut bomb = zlib(&megabytes(260));
        for _ in 0..2 {
            bomb = zlib(&bomb);
        }
        assert_eq!(check(&around(&bomb)), found);
        let mut deep = zlib(&megabytes(8));
        for _ in 0..8 {
            deep = zlib(&deep);
        }
        assert_eq!(check(&around(&zlib(&deep))), found);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&megabytes(260)).expect("room in memory");
        assert_eq!(check(&around(&encoder.finish().expect("room in memory"))), found);
    }

    #[test]
    fn damaged_streams_are_seen() {
        let whole = zlib(&b"words of a page ".repeat(100));
        let warnings =
            |data: &[u8]| check(&[&around(data)[..], b"%%EOF\n"].concat()).expect("bounds").warnings();
        assert_eq!(warnings(&whole), [""; 0]);
        let mut damaged = whole.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x55;
        let said = "1 of 1 compressed parts of the PDF are damaged: words, lines or pages may be missing; get the file again";
        assert_eq!(warnings(&damaged), [said]);
        assert_eq!(warnings(&whole[..middle]), [said]);
        // a picture's own compression is not looked at
        let picture = [
            b"%PDF-1.7\n1 0 obj\n<< /Filter /DCTDecode >>\nstream\r\n",
            &b"\xff\xd8"[..],
            b"\nendstream\n%%EOF",
        ];
        assert_eq!(check(&picture.concat()).expect("bounds").warnings(), [""; 0]);
    }

    #[test]
    fn a_file_too_large_or_compressed_too_well() {
        let mut large = around(b"");
        large.resize(MAX_FILE_BYTES + 1, b' ');
        assert_eq!(check(&large), Err("a PDF of more than 32 MB".to_string()));
        let mut old = around(b"").repeat(2);
        old.extend(b"/Filter /LZWDecode");
        assert!(check(&old).is_ok());
        old.resize(MAX_LZW_BYTES + 1, b' ');
        assert_eq!(check(&old), Err("a PDF of more than 96 kB compressed by LZW".to_string()));
    }

    /// Streams that begin within each other are not inflated again and again without end.
    #[test]
    fn a_thousand_beginnings() {
        let data = zlib(&vec![7; 4 << 20]);
        let bytes = [b"stream\n".repeat(1000), around(&data)].concat();
        assert_eq!(check(&bytes), Err("a PDF whose streams do not end".to_string()));
        assert!(check(&[b"stream\n".repeat(20), around(&data)].concat()).is_ok());
        let many = around(&data).repeat(100);
        assert!(check(&many).is_err());
    }
}
