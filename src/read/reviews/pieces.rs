//! A table that is read piece by piece.
//!
//! The rows are those of the whole file in memory: encoding and delimiter are detected in the same way (a file that is not
//! UTF-8 and has no mark is read twice), and [`delimited`](crate::files::delimited) returns a row only when a later
//! piece cannot change it. The first piece decides that the file is a table, and not a report or JSON.

use crate::error::{Error, Place, Result};
use crate::files::decode::Decoder;
use crate::files::delimited::{Delimited, Layout, MAX_RECORD_BYTES};
use crate::files::detect::detect_in;
use crate::list::{FileRead, Form};
use crate::read::check;
use crate::read::columns::{is_header, known};
use crate::read::container::{self, Container};
use crate::read::open::opened;
use crate::read::reader::Reader;
use crate::read::table::{Content, Rows, rows_above};
use crate::read::{addendum, foreign, report};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

/// As much as is read at once: some 4,000 rows.
const PIECE: usize = 1 << 20;

/// A file that is being read.
pub(super) struct Pieces {
    path: PathBuf,
    file: File,
    pub(super) decoder: Decoder,
    /// What was decoded and not yet split into rows.
    text: String,
    /// Whether the file ends with `text`.
    ended: bool,
    layout: Layout,
    /// What reads the rows, until the last one is read.
    rows: Option<Rows>,
    reader: Reader,
    /// The file, without its folders, and how it is read; its rows are not counted here.
    pub(super) about: FileRead,
}

impl Pieces {
    /// Opens a file and reads its header.
    pub(super) fn open(reader: &Reader, path: &Path) -> Result<Pieces> {
        let unreadable = |error| Error::unreadable(path, error);
        let name = path.display().to_string();
        let refused = |found: &str| Err(Error::unexpected(Place::file(&name), found, TABLE));
        let mut file = opened(path)?;
        const TABLE: &str = "a table as text (CSV, TSV); read other forms in memory (Reader::paths)";
        let start = piece(&mut file).map_err(unreadable)?;
        match Container::of(&start) {
            Container::Text => {}
            other => return refused(other.as_str()),
        }
        let found = || {
            detect_in(|each| {
                file.rewind()?;
                loop {
                    let piece = piece(&mut file)?;
                    each(&piece);
                    if piece.is_empty() {
                        return Ok(());
                    }
                }
            })
        };
        let encoding = reader.encoding.map_or_else(found, Ok).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
        let ended = fill(&mut file, &mut decoder, &mut text).map_err(unreadable)?;
        if container::is_json(&text) {
            return refused("JSON");
        }
        if let Some((found, expected)) = foreign::of_text(&text) {
            return Err(Error::unexpected(Place::file(&name), found, expected));
        }
        if addendum::is_addendum(&text) || report::is_report(&text) {
            return refused("a report or an addendum");
        }
        if reader.bare_list_of_text(&text, || FileRead::new(&name, Form::BareList)).is_some() {
            return refused("a bare list of recommendations");
        }
        let table = Delimited::open(&text, |row| known(reader, row), |row| is_header(reader, row))
            .map_err(|found| Error::unexpected(Place::file(&name), found, "a header and rows"))?;
        let mut about = FileRead { encoding: Some(encoding), ..FileRead::new(&name, Form::Table) };
        about.warnings.extend(rows_above(table.above));
        let (at, layout, headers) = (table.at, table.layout, table.headers);
        text.drain(..at);
        let sample = check::sample(&mut Delimited::go_on(&text, ended, layout.clone()));
        let rows = Some(Rows::new(reader, &name, &mut about, &headers, &sample)?);
        drop(sample);
        let reader = reader.clone();
        Ok(Pieces { path: path.to_path_buf(), file, decoder, text, ended, layout, rows, reader, about })
    }

    /// Gives the rows of the next piece to `each`, in their order. Returns whether there may be more.
    pub(super) fn read(&mut self, mut each: impl FnMut(Content) -> Result<()>) -> Result<bool> {
        if !self.ended {
            let filled = fill(&mut self.file, &mut self.decoder, &mut self.text);
            self.ended = filled.map_err(|error| Error::unreadable(&self.path, error))?;
        }
        let Some(rows) = &mut self.rows else { return Ok(false) };
        let mut table = Delimited::go_on(&self.text, self.ended, self.layout.clone());
        for row in table.by_ref() {
            each(rows.read(row))?;
        }
        let (at, layout) = (table.at, table.layout);
        self.layout = layout;
        self.text.drain(..at);
        if self.ended
            && let Some(rows) = self.rows.take()
        {
            rows.finish(&self.reader, &self.path.display().to_string(), &mut self.about)?;
        }
        Ok(!self.ended)
    }
}

/// Reads on until there is more text than the longest record has, and a piece to give. Returns whether the file ended.
fn fill(file: &mut File, decoder: &mut Decoder, text: &mut String) -> std::io::Result<bool> {
    // the two halves of a line end stay together
    while text.len() < MAX_RECORD_BYTES + PIECE || text.ends_with('\r') {
        let piece = piece(file)?;
        decoder.push(&piece, piece.is_empty(), text);
        if piece.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The next bytes; none at the end.
fn piece(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE);
    file.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}
