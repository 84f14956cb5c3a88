//! Models as files: a few hundred kilobytes that say which codebook they belong to, and that are checked in full when
//! they are loaded.
//!
//! All numbers are little-endian. A text is its length in bytes (two bytes) and UTF-8.
//!
//! ```text
//! "uprmodel"                        8 bytes
//! version                           2 bytes: 1; it stands for the features of `features` too
//! codebooks                         1 byte: their number; then for each three texts: name, version, hash
//! examples                          4 bytes: how many it was trained on
//! labels                            2 bytes: their number, 1 to 256; then for each
//!                                     a text, the constant and the scale (4 bytes each, IEEE 754)
//! features                          4 bytes: their number; then for each, in rising order of the hashes,
//!                                     the hash (4 bytes), the number of cells (1 byte: one less than there are),
//!                                     and the cells: label (1 byte), weight (1 byte, signed, not 0)
//! checksum                          8 bytes: FNV-1a of all before it
//! ```

use super::model::Model;
use super::table::{MOST_LABELS, Table};
use crate::codebook::CodebookName;
use crate::error::{Error, Place, Result, quoted};
use crate::text::hash::Fnv;
use crate::text::line::head;

const MAGIC: &[u8; 8] = b"uprmodel";
const VERSION: u16 = 1;
const CHECKSUM: usize = 8;

pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.push(model.codebooks.len().min(usize::from(u8::MAX)) as u8);
    for codebook in model.codebooks.iter().take(usize::from(u8::MAX)) {
        for text in [&codebook.name, &codebook.version, &codebook.hash] {
            write_text(text, &mut bytes);
        }
    }
    bytes.extend(model.examples.to_le_bytes());
    let table = &model.table;
    bytes.extend((model.labels.len() as u16).to_le_bytes());
    for (label, (constant, scale)) in model.labels.iter().zip(table.constants.iter().zip(&table.scales)) {
        write_text(label, &mut bytes);
        bytes.extend(constant.to_le_bytes());
        bytes.extend(scale.to_le_bytes());
    }
    bytes.extend((table.hashes.len() as u32).to_le_bytes());
    for (feature, hash) in table.hashes.iter().enumerate() {
        let cells = table.cells_of(feature as u32);
        bytes.extend(hash.to_le_bytes());
        bytes.push((cells.len() - 1) as u8);
        bytes.extend(cells.iter().flat_map(|(label, weight)| [*label, weight.to_le_bytes()[0]]));
    }
    let checksum = Fnv::new().add(&bytes).value();
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// A text of more than 65,535 bytes is cut; the learner refuses labels half as long.
fn write_text(text: &str, to: &mut Vec<u8>) {
    let text = head(text, usize::from(u16::MAX));
    to.extend((text.len() as u16).to_le_bytes());
    to.extend(text.as_bytes());
}

/// Reads what [`write()`] wrote; `origin` stands for the file in messages.
pub(super) fn read(origin: &str, bytes: &[u8]) -> Result<Model> {
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
            codebooks.push(CodebookName { name, version, hash: self.text("a codebook's hash")? });
        }
        let examples = self.number("the number of examples").map(u32::from_le_bytes)?;
        let number = self.number("the number of labels").map(u16::from_le_bytes)?;
        if !(1..=MOST_LABELS).contains(&usize::from(number)) {
            return Err(self.wrong(format!("{number} labels"), "1 to 256"));
        }
        let (mut labels, mut table) = (Vec::<String>::new(), Table::default());
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
            table.constants.push(constant);
            table.scales.push(scale);
        }
        self.features(&mut table, number)?;
        table.index();
        Ok(Model { codebooks, examples, labels, table })
    }

    fn features(&mut self, table: &mut Table, labels: u16) -> Result<()> {
        let features = self.number("the number of features").map(u32::from_le_bytes)?;
        for feature in 0..features {
            let hash = self.number("a feature").map(u32::from_le_bytes)?;
            if table.hashes.last().is_some_and(|before| *before >= hash) {
                return Err(self.wrong(format!("feature {feature} out of order"), "rising hashes"));
            }
            let [cells] = self.number("a number of weights")?;
            let mut before = None;
            for _ in 0..=cells {
                let [label, weight] = self.number("a weight")?;
                if u16::from(label) >= labels || before.is_some_and(|before| before >= label) || weight == 0 {
                    let found = format!("weight {} for label {label} in feature {feature}", weight as i8);
                    let expected = format!("labels in rising order below {labels}, and no weight of 0");
                    return Err(self.wrong(found, &expected));
                }
                before = Some(label);
                table.cells.push((label, weight as i8));
            }
            table.hashes.push(hash);
            table.ends.push(table.cells.len() as u32);
        }
        Ok(())
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
