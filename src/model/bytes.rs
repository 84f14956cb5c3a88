//! Models as files: a few hundred kilobytes. A file says which codebooks it belongs to, and is checked in full when it
//! is loaded.
//!
//! All numbers are little-endian. A text is its length in bytes (two bytes) and UTF-8.
//!
//! ```text
//! "uprmodel"                        8 bytes
//! version                           2 bytes: 1, which also means the features as they are found now
//! codebooks                         1 byte: their number; then for each three texts: name, version, hash
//! examples                          4 bytes: how many it was trained on
//! labels                            2 bytes: their number, 1 to 256; then for each
//!                                     a text, the constant and the scale (4 bytes each, IEEE 754)
//! features                          4 bytes: their number; then for each, in rising order of the hashes,
//!                                     the hash (4 bytes), the number of cells (1 byte: one less than there are),
//!                                     and the cells: label (1 byte), weight (1 byte, signed, not 0)
//! checksum                          8 bytes: FNV-1a of all before it
//! ```

use super::Model;
use super::index::Cell;
use super::table::{MAX_LABELS, Table};
use crate::codebook::About;
use crate::error::{Error, Place, Result, quoted};
use crate::files::output::{self, Destination};
use crate::text::hash::Fnv;
use crate::text::line::head;
use std::io::Write;
use std::path::Path;

const MAGIC: &[u8; 8] = b"uprmodel";
const VERSION: u16 = 1;
const CHECKSUM: usize = 8;

impl Model {
    /// Loads a model from a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is not a model; a model that was cut or changed, or saved by another version of
    /// this crate.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::code::Model;
    ///
    /// let model = upr::Tagger::upr_info()?.model().cloned().expect("the bundled model");
    /// let path = std::env::temp_dir().join("upr-example-load.model");
    /// model.save(&path)?;
    /// assert_eq!(Model::load(&path)?, model);
    /// # std::fs::remove_file(&path).ok();
    ///
    /// let error = Model::load("fixtures/usa-2020.csv").unwrap_err();
    /// assert!(error.to_string().starts_with("fixtures/usa-2020.csv: found"), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let bytes = crate::files::file(path)?;
        Model::from_bytes(&path.display().to_string(), &bytes)
    }

    /// Reads a model from memory; messages name it `origin`.
    ///
    /// # Errors
    ///
    /// As for [`Model::load`].
    ///
    /// # Example
    ///
    /// ```
    /// let error = upr::code::Model::from_bytes("mine.model", b"To,From,Text").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "mine.model: found something else, expected a model, which begins with \"uprmodel\""
    /// );
    /// ```
    pub fn from_bytes(origin: &str, bytes: &[u8]) -> Result<Model> {
        read(origin, bytes)
    }

    /// Saves the model, whole or not at all. Another model is replaced.
    ///
    /// # Errors
    ///
    /// A file that cannot be written; one that is there and is not a model, unless `path` is `export::overwrite(path)`.
    pub fn save(&self, path: impl Destination) -> Result<()> {
        let known = |path: &Path| Model::load(path).is_ok();
        let expected = "a model, or no such file";
        output::write(&path.target(), (known, expected), |writer| writer.write_all(&self.to_bytes()))
    }

    /// The model that comes with this crate, for the codebook [`upr-info`](crate::Codebook::upr_info).
    pub(crate) fn upr_info() -> Result<Model> {
        Model::from_bytes("the bundled model upr-info", include_bytes!("upr-info.model"))
    }

    /// A hash of the whole model, `fnv1a64:` and 16 digits, so that a coded list can say which model decided.
    pub fn hash(&self) -> String {
        format!("fnv1a64:{:016x}", Fnv::new().add(&self.to_bytes()).value())
    }

    /// The model as bytes: the same for the same model, on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.push(self.codebooks.len().min(usize::from(u8::MAX)) as u8);
        for codebook in self.codebooks.iter().take(usize::from(u8::MAX)) {
            for text in [&codebook.name, &codebook.version, &codebook.hash] {
                write_text(text, &mut bytes);
            }
        }
        bytes.extend(self.examples.to_le_bytes());
        let table = &self.table;
        bytes.extend((self.labels.len() as u16).to_le_bytes());
        for (label, (constant, scale)) in self.labels.iter().zip(table.constants.iter().zip(&table.scales)) {
            write_text(label, &mut bytes);
            bytes.extend(constant.to_le_bytes());
            bytes.extend(scale.to_le_bytes());
        }
        bytes.extend((table.features().count() as u32).to_le_bytes());
        for (hash, weights) in table.features() {
            bytes.extend(hash.to_le_bytes());
            bytes.push((weights.cells().count() - 1) as u8);
            bytes.extend(weights.cells().flat_map(|(label, weight)| [label, weight as u8]));
        }
        let checksum = Fnv::new().add(&bytes).value();
        bytes.extend(checksum.to_le_bytes());
        bytes
    }
}

/// A text of more than 65,535 bytes is cut; the learner refuses labels half as long.
fn write_text(text: &str, to: &mut Vec<u8>) {
    let text = head(text, usize::from(u16::MAX));
    to.extend((text.len() as u16).to_le_bytes());
    to.extend(text.as_bytes());
}

/// Reads what [`Model::to_bytes`] wrote; messages name it `origin`.
fn read(origin: &str, bytes: &[u8]) -> Result<Model> {
    let place = || Place::file(origin);
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(Error::unexpected(place(), "something else", "a model, which begins with \"uprmodel\""));
    };
    let mut reader = Reader { origin, rest };
    let version = reader.number::<2>("a version").map(u16::from_le_bytes)?;
    if version != VERSION {
        let expected = format!("version {VERSION}; train the model again with this version of upr");
        return Err(Error::unexpected(place(), format!("a model of version {version}"), expected));
    }
    let Some((body, checksum)) = bytes.split_last_chunk::<CHECKSUM>() else {
        return Err(reader.ended("a checksum"));
    };
    if Fnv::new().add(body).value() != u64::from_le_bytes(*checksum) {
        let found = "a checksum that doesn't fit";
        return Err(Error::unexpected(place(), found, "the file as it was saved, whole and unchanged"));
    }
    reader.rest = &reader.rest[..reader.rest.len().saturating_sub(CHECKSUM)];
    let model = reader.model()?;
    match reader.rest.len() {
        0 => Ok(model),
        more => {
            Err(Error::unexpected(place(), format!("{more} bytes after the last feature"), "the checksum"))
        }
    }
}

struct Reader<'b> {
    origin: &'b str,
    rest: &'b [u8],
}

impl Reader<'_> {
    fn model(&mut self) -> Result<Model> {
        let [number] = self.number("the number of codebooks")?;
        let mut codebooks = Vec::new();
        for _ in 0..number {
            let name = self.text("a codebook's name")?;
            let version = self.text("a codebook's version")?;
            codebooks.push(About {
                name,
                version,
                hash: self.text("a codebook's hash")?,
                ..About::default()
            });
        }
        let examples = self.number("the number of examples").map(u32::from_le_bytes)?;
        let number = self.number("the number of labels").map(u16::from_le_bytes)?;
        if !(1..=MAX_LABELS).contains(&usize::from(number)) {
            return Err(self.wrong(format!("{number} labels"), "1 to 256"));
        }
        let mut labels = Vec::<String>::new();
        let (mut constants, mut scales) = (Vec::new(), Vec::new());
        for _ in 0..number {
            let label = self.text("a label")?;
            if label.is_empty() || labels.contains(&label) {
                return Err(
                    self.wrong(format!("the label {}", quoted(&label)), "a label with a name of its own")
                );
            }
            let constant = self.number("a constant").map(f32::from_le_bytes)?;
            let scale = self.number("a scale").map(f32::from_le_bytes)?;
            if !constant.is_finite() || !scale.is_finite() || scale < 0.0 {
                let found = format!("constant {constant} and scale {scale} of {}", quoted(&label));
                return Err(self.wrong(found, "finite numbers, the scale not below 0"));
            }
            labels.push(label);
            constants.push(constant);
            scales.push(scale);
        }
        let table = Table::of(constants, scales, &self.features(number)?);
        Ok(Model { codebooks, examples, labels, table })
    }

    fn features(&mut self, labels: u16) -> Result<Vec<(u32, Vec<Cell>)>> {
        let features = self.number("the number of features").map(u32::from_le_bytes)?;
        let mut all = Vec::<(u32, Vec<Cell>)>::new();
        for feature in 0..features {
            let hash = self.number("a feature").map(u32::from_le_bytes)?;
            if all.last().is_some_and(|(before, _)| *before >= hash) {
                return Err(self.wrong(format!("feature {feature} out of order"), "rising hashes"));
            }
            let [cells] = self.number("a number of weights")?;
            let mut own = Vec::<Cell>::new();
            for _ in 0..=cells {
                let [label, weight] = self.number("a weight")?;
                if u16::from(label) >= labels
                    || own.last().is_some_and(|(before, _)| *before >= label)
                    || weight == 0
                {
                    let found = format!("weight {} for label {label} in feature {feature}", weight as i8);
                    let expected = format!("labels in rising order below {labels}, and no weight of 0");
                    return Err(self.wrong(found, &expected));
                }
                own.push((label, weight as i8));
            }
            all.push((hash, own));
        }
        Ok(all)
    }

    fn number<const BYTES: usize>(&mut self, what: &str) -> Result<[u8; BYTES]> {
        let Some((number, rest)) = self.rest.split_first_chunk() else { return Err(self.ended(what)) };
        self.rest = rest;
        Ok(*number)
    }

    fn text(&mut self, what: &str) -> Result<String> {
        let length = usize::from(u16::from_le_bytes(self.number(what)?));
        let Some((text, rest)) = self.rest.split_at_checked(length) else { return Err(self.ended(what)) };
        self.rest = rest;
        match std::str::from_utf8(text) {
            Ok(text) => Ok(text.to_string()),
            Err(_) => Err(self.wrong(format!("bytes that are no UTF-8 for {what}"), "a text in UTF-8")),
        }
    }

    fn ended(&self, what: &str) -> Error {
        self.wrong("the end of the file".to_string(), what)
    }

    fn wrong(&self, found: String, expected: &str) -> Error {
        Error::unexpected(Place::file(self.origin), found, expected)
    }
}
