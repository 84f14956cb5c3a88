//! How upr knows a file that it wrote and that nobody has changed since: the file ends with a hash of all bytes before.
//!
//! A page ends with a comment, a JSON document with the key `written_by`. Both have the version of upr and `sha256:` with 64
//! digits. Tables have no place for it; `datapackage.json` has their hashes.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// What a file is, and so how it ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seal {
    Page,
    /// JSON in one line.
    Json,
    /// JSON with a line for each key.
    PrettyJson,
}

/// The end of a file is within so many bytes: it has some 130.
const MAX_BYTES: u64 = 512;

const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Seal {
    /// What is before the version, and what is after the hash.
    fn around(self) -> [&'static str; 2] {
        match self {
            Seal::Page => ["<!-- written by upr ", " -->\n"],
            Seal::Json => [",\"written_by\":\"upr ", "\"}\n"],
            Seal::PrettyJson => [",\n  \"written_by\": \"upr ", "\"\n}\n"],
        }
    }

    /// What comes after the page, or takes the place of the last bracket of JSON.
    fn end(self, hash: &str) -> String {
        let [before, after] = self.around();
        format!("{before}{VERSION}, {hash}{after}")
    }

    /// A text with its end; that of JSON is an object with keys.
    pub(crate) fn close(self, mut text: String) -> String {
        if !matches!(self, Seal::Page) {
            text.truncate(text.trim_end().strip_suffix('}').unwrap_or(&text).trim_end().len());
        }
        let end = self.end(&hash(text.as_bytes()));
        text.push_str(&end);
        text
    }

    /// Whether a file has an end that fits to what is before it.
    pub(crate) fn is_on(self, path: &Path) -> bool {
        self.fits(path).unwrap_or(false)
    }

    fn fits(self, path: &Path) -> io::Result<bool> {
        let mut file = File::open(path)?;
        let from = file.metadata()?.len().saturating_sub(MAX_BYTES);
        let mut end = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        (&mut file).take(MAX_BYTES).read_to_end(&mut end)?;
        let [before, after] = self.around();
        let Some(at) = end.windows(before.len()).rposition(|bytes| bytes == before.as_bytes()) else {
            return Ok(false);
        };
        file.rewind()?;
        let expected = format!(", {}{after}", hash_of((&mut file).take(from + at as u64))?);
        // whatever the version
        let said = String::from_utf8_lossy(&end[at + before.len()..]);
        let version = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        Ok(said.strip_suffix(&*expected).is_some_and(|rest| !rest.is_empty() && rest.chars().all(version)))
    }
}

/// SHA-256 as Frictionless Data and `sha256sum` write it.
pub(crate) fn hash(bytes: &[u8]) -> String {
    digits(Sha256::new_with_prefix(bytes))
}

/// The same of all bytes of a reader.
pub(crate) fn hash_of(mut reader: impl Read) -> io::Result<String> {
    let (mut sum, mut bytes) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match reader.read(&mut bytes)? {
            0 => return Ok(digits(sum)),
            read => sum.update(&bytes[..read]),
        }
    }
}

pub(crate) fn digits(sum: Sha256) -> String {
    let mut shown = String::from("sha256:");
    for byte in sum.finalize() {
        // writing into a text does not fail
        write!(shown, "{byte:02x}").ok();
    }
    shown
}

/// A writer of JSON in one line, whose last bracket waits for its end.
pub(crate) struct Sealing<W> {
    to: W,
    sum: Sha256,
    /// Whether a bracket waits.
    waits: bool,
}

impl<W: Write> Sealing<W> {
    pub(crate) fn new(to: W) -> Sealing<W> {
        Sealing { to, sum: Sha256::new(), waits: false }
    }

    /// Writes the end.
    pub(crate) fn close(mut self) -> io::Result<()> {
        let end = Seal::Json.end(&digits(self.sum));
        self.to.write_all(end.as_bytes())
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.sum.update(bytes);
        Ok(())
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some((last, before)) = bytes.split_last() else { return Ok(0) };
        if std::mem::take(&mut self.waits) {
            self.pass(b"}")?;
        }
        self.waits = *last == b'}';
        self.pass(if self.waits { before } else { bytes })?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_hash() {
        // FIPS 180-2, appendix B.1
        let expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash(b"abc"), expected);
        assert_eq!(hash_of(&b"abc"[..]).expect("bytes"), expected);
    }

    #[test]
    fn a_changed_file_has_no_seal() {
        let path = std::env::temp_dir().join(format!("upr-seal-{}", std::process::id()));
        let mut line = Sealing::new(Vec::new());
        line.write_all(b"{\"a\":{\"b\":1}}").expect("memory");
        let mut written = Vec::new();
        std::mem::swap(&mut line.to, &mut written);
        let sum = digits(line.sum);
        assert_eq!(written, b"{\"a\":{\"b\":1}");
        written.extend(Seal::Json.end(&sum).bytes());
        let pretty = Seal::PrettyJson.close("{\n  \"a\": 1\n}\n".to_string());
        let page = Seal::Page.close("<!DOCTYPE html>\n".to_string());
        for (seal, bytes) in
            [(Seal::Json, written), (Seal::PrettyJson, pretty.into_bytes()), (Seal::Page, page.into_bytes())]
        {
            let is_sealed = |bytes: &[u8]| {
                std::fs::write(&path, bytes).expect("a file");
                seal.is_on(&path)
            };
            assert!(is_sealed(&bytes), "{seal:?}");
            assert!(
                !matches!(seal, Seal::Page) == serde_json::from_slice::<serde_json::Value>(&bytes).is_ok()
            );
            for at in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                // another version does not change the content
                let version = bytes[..at].ends_with(b"upr ")
                    || bytes[..at].ends_with(b"upr 0.")
                    || bytes[..at].ends_with(b"upr 0.1.");
                assert_eq!(is_sealed(&changed), version, "{seal:?}, byte {at}");
                assert!(!is_sealed(&bytes[..at]), "{seal:?} cut to {at}");
            }
            assert!(!is_sealed(&[&bytes[..], b"\n"].concat()));
        }
        std::fs::remove_file(&path).ok();
    }
}
