//! Reads a project: users, codes, and what is coded in each source. Programs write it anew with other attributes and paths, so
//! elements are known by their names, wherever they are.

use super::codes::Guid;
use crate::error::{Error, Place, Result};
use crate::read::office::{Element, Kind, Node, PROJECT, PROJECT_SUFFIX, Package, Xml};
use std::collections::HashMap;

/// What a project says.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) description: String,
    pub(super) users: HashMap<Guid, String>,
    pub(super) changed: Changed,
    pub(super) codes: Vec<Code>,
    pub(super) sources: Vec<Source>,
    /// Codings that are in no source, such as those of memos.
    pub(super) elsewhere: usize,
}

/// Who changed something last, and when.
#[derive(Debug, Default, Clone)]
pub(super) struct Changed {
    pub(super) user: Option<Guid>,
    /// As written, such as `2026-11-30T10:15:00Z`.
    pub(super) date: String,
}

#[derive(Debug)]
pub(super) struct Code {
    pub(super) guid: Guid,
    pub(super) name: String,
    /// The name of the code above it.
    pub(super) parent: Option<String>,
}

#[derive(Debug)]
pub(super) struct Source {
    pub(super) guid: Guid,
    pub(super) name: String,
    /// Where its text is, until it was read.
    path: Option<String>,
    pub(super) text: Option<String>,
    pub(super) changed: Changed,
    pub(super) codings: Vec<Coding>,
}

#[derive(Debug)]
pub(super) struct Coding {
    pub(super) code: Guid,
    pub(super) made: Changed,
}

/// Reads the archive. Messages use `name` as the file name.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Document> {
    let fault = |found: &str| {
        let expected = "a REFI-QDA project (.qdpx), as QDA programs export it";
        Err(Error::unexpected(Place::file(name), found, expected))
    };
    if !bytes.starts_with(b"PK") {
        return fault("a file that is not a zip archive");
    }
    let mut package = Package::open_as(PROJECT, name, bytes)?;
    let part = package.parts("").into_iter().find(|part| part.ends_with(PROJECT_SUFFIX));
    let Some(part) = part.filter(|_| package.kind() == Kind::Project) else {
        return fault("a zip archive without project.qde");
    };
    let mut document = package.read(&part, parse)?;
    let folder = part.rfind('/').map_or("", |end| &part[..=end]);
    for source in &mut document.sources {
        let is_within = source.text.as_ref().is_some_and(|text| !text.is_empty());
        let Some(path) = source.path.take().filter(|_| !is_within) else { continue };
        let path = path.rsplit("://").next().unwrap_or_default();
        for places in ["sources/", "Sources/", ""] {
            if let Some(text) = package.part(&format!("{folder}{places}{path}"))? {
                source.text = Some(text);
                break;
            }
        }
    }
    Ok(document)
}

/// Where the reader is in a project.
#[derive(Default)]
struct Reader {
    document: Document,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The codes that are open.
    codes: Vec<String>,
    source: Option<Source>,
    /// Who made the selection that is open.
    selection: Changed,
    /// The coding that is open.
    coding: Option<Changed>,
}

fn parse(mut xml: Xml<'_>) -> Result<Document> {
    let mut reader = Reader::default();
    loop {
        match xml.next()? {
            Node::Open(element) => reader.begin(&element),
            Node::Close(close) => reader.end(close.name()),
            Node::Text(text) => reader.text(&text),
            Node::End => return Ok(reader.document),
        }
    }
}

fn guid(element: &Element<'_>, attribute: &str) -> Option<Guid> {
    element.attribute(attribute).map(|written| Guid::read(&written))
}

fn changed(element: &Element<'_>, user: &str, date: &str) -> Changed {
    Changed { user: guid(element, user), date: element.attribute(date).unwrap_or_default() }
}

/// A source of any kind, such as `TextSource` and `PDFSource`.
fn is_source(name: &str) -> bool {
    name.ends_with("Source")
}

impl Reader {
    fn begin(&mut self, element: &Element<'_>) {
        let name = element.name();
        let above = self.open.last().map_or("", String::as_str);
        let name_of = || element.attribute("name").unwrap_or_default();
        match name {
            "Project" => self.document.changed = changed(element, "modifyingUserGUID", "modifiedDateTime"),
            "User" => {
                let user = element.attribute("name").or_else(|| element.attribute("id")).unwrap_or_default();
                self.document.users.extend(guid(element, "guid").map(|guid| (guid, user)));
            }
            "Code" if matches!(above, "Codes" | "Code") => {
                let parent = self.codes.last().cloned();
                self.codes.push(name_of());
                let guid = guid(element, "guid").unwrap_or_else(|| Guid::of(&["code", &name_of()]));
                self.document.codes.push(Code { guid, name: name_of(), parent });
            }
            _ if is_source(name) && above == "Sources" => {
                let path = element.attribute("plainTextPath").filter(|path| !path.is_empty());
                let guid = guid(element, "guid").unwrap_or_else(|| Guid::of(&["named", &name_of()]));
                let changed = changed(element, "modifyingUser", "modifiedDateTime");
                let (name, text, codings) = (name_of(), None, Vec::new());
                self.source = Some(Source { guid, name, path, text, changed, codings });
            }
            "PlainTextContent" => {
                if let Some(source) = &mut self.source {
                    source.text.get_or_insert_default();
                }
            }
            _ if name.ends_with("Selection") => {
                self.selection = changed(element, "creatingUser", "creationDateTime");
            }
            "Coding" => {
                let own = changed(element, "creatingUser", "creationDateTime");
                let date = if own.date.is_empty() { self.selection.date.clone() } else { own.date };
                self.coding = Some(Changed { user: own.user.or(self.selection.user), date });
            }
            "CodeRef" => {
                let code = guid(element, "targetGUID");
                match (self.coding.take(), &mut self.source, code) {
                    (Some(made), Some(source), Some(code)) => source.codings.push(Coding { code, made }),
                    (Some(_), None, _) => self.document.elsewhere += 1,
                    _ => {}
                }
            }
            _ => {}
        }
        self.open.push(name.to_string());
    }

    fn end(&mut self, name: &str) {
        self.open.pop();
        let above = self.open.last().map_or("", String::as_str);
        match name {
            "Code" if matches!(above, "Codes" | "Code") => drop(self.codes.pop()),
            "Coding" => self.coding = None,
            _ if name.ends_with("Selection") => self.selection = Changed::default(),
            _ if is_source(name) && above == "Sources" => self.document.sources.extend(self.source.take()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut open = self.open.iter().rev().map(String::as_str);
        match (open.next(), open.next(), &mut self.source) {
            (Some("PlainTextContent"), _, Some(source)) => source.text.get_or_insert_default().push_str(text),
            (Some("Description"), Some("Project"), None) => self.document.description.push_str(text),
            _ => {}
        }
    }
}
