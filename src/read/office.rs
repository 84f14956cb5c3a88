//! The package that Word, Excel, LibreOffice and QDA programs write: a zip archive of XML parts.
//!
//! Lists come by mail and from the web, so nothing a file says of itself is believed. What is inflated is capped,
//! a part that is larger than it says is refused, XML is read as a flow of tags (a tree would cost twenty
//! times the file), nested no deeper than people nest, and a document type declaration, the way to entities that
//! expand, is refused: none of these programs writes one.
//!
//! Where to go next: [`word`](super::word) and [`workbook`](super::workbook) say what the parts mean.

use super::cells::{character, without_entities};
use crate::error::{self, Error, Place, Result, quoted};
use crate::files::decode::decode;
use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Tags in tags. The deepest that was met in a list is 9; forty tables, each in a cell of the one before, need 170.
const MAX_DEPTH: usize = 256;

/// Bytes that are inflated of a Word file, all parts together: a report of 300 recommendations has 2 MB.
const MAX_WORD_BYTES: u64 = 64 << 20;

/// Bytes that are inflated of a workbook: all 117,000 recommendations of the UPR would be some 100 MB.
const MAX_WORKBOOK_BYTES: u64 = 256 << 20;

/// Bytes that are inflated of a REFI-QDA project, its XML and its texts: 3,326 recommendations with 31,061 codings have 18 MB.
const MAX_PROJECT_BYTES: u64 = 256 << 20;

/// What is expected of a package, for messages.
#[derive(Debug)]
pub(crate) struct Expected {
    /// In place of a damaged one.
    whole: &'static str,
    /// In place of one that nests too deep.
    usual: &'static str,
    /// In place of a document type declaration.
    none: &'static str,
}

const OFFICE: &Expected = &Expected {
    whole: "a whole Word or Excel file",
    usual: "a file as Word and Excel write it",
    none: "none, as Word and Excel write it",
};

#[cfg_attr(not(feature = "qda"), allow(dead_code))]
pub(crate) const PROJECT: &Expected = &Expected {
    whole: "a whole REFI-QDA project (.qdpx)",
    usual: "a project as QDA programs write it",
    none: "none, as QDA programs write it",
};

/// How the name of a project's XML ends: `project.qde`.
pub(crate) const PROJECT_SUFFIX: &str = ".qde";

/// What a package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Workbook,
    /// What LibreOffice writes: a text, a spreadsheet or another.
    OpenDocument,
    /// REFI-QDA: what programs for qualitative analysis exchange.
    Project,
    Other,
}

/// An open package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    place: Place,
    expected: &'static Expected,
    kind: Kind,
    /// How many more bytes may be inflated.
    left: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(name: &str, bytes: &'b [u8]) -> Result<Package<'b>> {
        Package::open_as(OFFICE, name, bytes)
    }

    pub(crate) fn open_as(expected: &'static Expected, name: &str, bytes: &'b [u8]) -> Result<Package<'b>> {
        let place = Place::file(name);
        let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
            return Err(Error::unexpected(place, "a damaged zip archive", expected.whole));
        };
        let has = |part| archive.index_for_name(part).is_some();
        let (kind, left) = if has("word/document.xml") {
            (Kind::Word, MAX_WORD_BYTES)
        } else if has("xl/workbook.xml") {
            (Kind::Workbook, MAX_WORKBOOK_BYTES)
        } else if has("content.xml") {
            (Kind::OpenDocument, MAX_WORKBOOK_BYTES)
        } else if archive.file_names().flatten().any(|part| part.ends_with(PROJECT_SUFFIX)) {
            (Kind::Project, MAX_PROJECT_BYTES)
        } else {
            (Kind::Other, 0)
        };
        Ok(Package { archive, place, expected, kind, left })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the parts that begin so, in alphabetical order.
    pub(crate) fn parts(&self, prefix: &str) -> Vec<String> {
        let names = self.archive.file_names().filter_map(|name| name.ok().map(Cow::into_owned));
        let mut names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
        names.sort();
        names
    }

    /// What is read from the XML of a part; the default where there is no such part.
    pub(crate) fn read<T: Default>(&mut self, part: &str, read: impl FnOnce(Xml) -> Result<T>) -> Result<T> {
        match self.part(part)? {
            Some(text) => read(Xml::new(&text, &self.place, part, self.expected)),
            None => Ok(T::default()),
        }
    }

    /// What an OpenDocument file or an e-book says that it is.
    pub(super) fn media_type(&mut self) -> String {
        /// The longest is that of a master document's template, 71 bytes.
        const MAX_BYTES: u64 = 128;
        let mut text = String::new();
        if let Some(Ok(file)) =
            self.archive.index_for_name("mimetype").map(|index| self.archive.by_index(index))
        {
            // damaged: it says nothing
            let _ = file.take(MAX_BYTES).read_to_string(&mut text);
        }
        text
    }

    /// Whether a part has these letters.
    #[cfg(feature = "workbook")]
    pub(super) fn contains(&mut self, part: &str, letters: &str) -> bool {
        self.part(part).ok().flatten().is_some_and(|text| text.contains(letters))
    }

    /// The text of a part, or nothing where there is no such part.
    pub(crate) fn part(&mut self, part: &str) -> Result<Option<String>> {
        let unexpected =
            |found: String, expected: &str| Error::unexpected(self.place.clone(), found, expected);
        let damaged = || unexpected(format!("a damaged part {}", quoted(part)), self.expected.whole);
        let Some(index) = self.archive.index_for_name(part) else { return Ok(None) };
        let Ok(file) = self.archive.by_index(index) else { return Err(damaged()) };
        let size = file.size();
        if size > self.left {
            let found = format!("a part {} of {} MB", quoted(part), size >> 20);
            return Err(unexpected(found, &format!("no more than {} MB", self.left >> 20)));
        }
        // room is made as bytes come, since the size is only said
        let mut bytes = Vec::new();
        if file.take(size + 1).read_to_end(&mut bytes).is_err() || bytes.len() as u64 != size {
            return Err(damaged());
        }
        self.left -= size;
        // Word and Excel write UTF-8; UTF-16 is allowed as well
        Ok(Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => decode(error.as_bytes(), None).text,
        }))
    }
}

/// A part's XML as a flow of tags and texts.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    place: &'x Place,
    part: &'x str,
    expected: &'static Expected,
    depth: usize,
}

/// What comes next in a part. Names are without prefix.
pub(crate) enum Node<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// An element ends.
    Close(Close<'x>),
    Text(Cow<'x, str>),
    End,
}

/// An end tag.
pub(crate) struct Close<'x>(BytesEnd<'x>);

impl Close<'_> {
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }
}

/// A tag with its attributes.
pub(crate) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.attributes().with_checks(false).flatten().find(|attribute| {
            let key = attribute.key.into_inner();
            local(key) == name && !key.starts_with("xmlns")
        })?;
        Some(without_entities(&*attribute.value).into_owned())
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'x> Xml<'x> {
    fn new(text: &'x str, place: &'x Place, part: &'x str, expected: &'static Expected) -> Xml<'x> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, place, part, expected, depth: 0 }
    }

    pub(crate) fn next(&mut self) -> Result<Node<'x>> {
        let fault = |found: &str, expected: &str| {
            let found = format!("{found} the part {}", quoted(self.part));
            Err(Error::unexpected(self.place.clone(), found, expected))
        };
        loop {
            let Ok(event) = self.reader.read_event() else {
                return fault("damaged XML in", self.expected.whole);
            };
            return Ok(match event {
                Event::Start(_) if self.depth == MAX_DEPTH => {
                    let found = format!("tags nested more than {MAX_DEPTH} deep in");
                    return fault(&found, self.expected.usual);
                }
                Event::Start(start) => {
                    self.depth += 1;
                    Node::Open(Element(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(Close(end))
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => match character(&reference) {
                    Some(c) => Node::Text(Cow::Owned(c.to_string())),
                    None => {
                        let expected = error::listed(["amp", "lt", "gt", "quot", "apos"]);
                        return fault(&format!("the entity {} in", quoted(&reference)), &expected);
                    }
                },
                Event::DocType(_) => {
                    return fault("a document type declaration in", self.expected.none);
                }
                Event::Eof if self.depth > 0 => return fault("the end within", self.expected.whole),
                Event::Eof => Node::End,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Gives each element of this name to `take`, with the rest of the part.
    pub(super) fn each(
        mut self,
        name: &str,
        mut take: impl FnMut(&mut Xml<'x>, Element<'x>) -> Result<()>,
    ) -> Result<()> {
        loop {
            match self.next()? {
                Node::Open(element) if element.name() == name => take(&mut self, element)?,
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// Passes over the rest of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<()> {
        let outer = self.depth.saturating_sub(1);
        while self.depth > outer {
            self.next()?;
        }
        Ok(())
    }
}
