//! Word files (DOCX): paragraphs and rows of tables, in the order in which they are read.
//!
//! Kept is what a reader sees: text with its automatic numbers ([`numbering`]), tabs and line breaks; not what was
//! deleted under revision, hidden text, or the second copy of a text box for old programs. Footnotes are in
//! a part of their own and are left there: in reports they quote recommendations, and would make false ones.
//!
//! Where to go next: [`thematic`](super::thematic) reads OHCHR's thematic lists from the rows.

mod numbering;

use super::office::{Node, Package, Xml};
use crate::error::Result;
use numbering::{Numbering, Paragraph};

/// A stretch of a document.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph that isn't empty.
    Paragraph(String),
    /// A row of a table: its cells, each with its paragraphs. A table in a cell belongs to the cell.
    Row(Vec<Vec<String>>),
}

/// What a Word file says.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// The paragraphs of the page headers, which hold the title of a thematic list.
    pub(super) headers: Vec<String>,
}

impl Document {
    pub(super) fn read(package: &mut Package) -> Result<Document> {
        let mut numbering = Numbering::read(package)?;
        let blocks = package.read("word/document.xml", |xml| self::blocks(xml, &mut numbering))?;
        let mut headers = Vec::new();
        for part in package.parts("word/header") {
            let header = package.read(&part, |xml| self::blocks(xml, &mut Numbering::default()))?;
            headers.extend(paragraphs(&header).map(str::to_string));
        }
        Ok(Document { blocks, headers })
    }

    /// The paragraphs as lines, those of tables cell by cell.
    pub(super) fn text(&self) -> String {
        paragraphs(&self.blocks).flat_map(|paragraph| [paragraph, "\n"]).collect()
    }
}

fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![paragraph.as_str()],
        Block::Row(cells) => cells.iter().flatten().map(String::as_str).collect(),
    })
}

/// Deleted or moved away, the former look of something changed, or the copy for programs that know no text boxes.
const PASSED_OVER: [&str; 8] =
    ["del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "numberingChange", "Fallback", "sectPr"];

fn blocks(mut xml: Xml, numbering: &mut Numbering) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut open: Vec<Paragraph> = Vec::new();
    let mut row: Option<Vec<Vec<String>>> = None;
    let mut tables = 0_usize;
    let (mut in_run, mut in_text, mut hidden) = (false, false, false);
    loop {
        match xml.next()? {
            Node::Open(element) => {
                let on = || !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off"));
                match element.name() {
                    name if PASSED_OVER.contains(&name) => xml.skip()?,
                    "tbl" => tables += 1,
                    "tr" if tables == 1 => row = Some(Vec::new()),
                    "tc" if tables == 1 => {
                        if let Some(cells) = &mut row {
                            cells.push(Vec::new());
                        }
                    }
                    "p" => open.push(Paragraph::default()),
                    "r" => (in_run, hidden) = (true, false),
                    "vanish" if in_run && on() => hidden = true,
                    "t" => in_text = true,
                    name => {
                        let Some(paragraph) = open.last_mut() else { continue };
                        match name {
                            "tab" if in_run && !hidden => paragraph.text.push('\t'),
                            "br" | "cr" if in_run && !hidden => paragraph.text.push('\n'),
                            "noBreakHyphen" if in_run && !hidden => paragraph.text.push('-'),
                            "pStyle" => paragraph.style.based_on = element.attribute("val"),
                            _ => paragraph.style.note(&element),
                        }
                    }
                }
            }
            Node::Text(text) if in_text && !hidden => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.text.push_str(&text);
                }
            }
            Node::Text(_) => {}
            Node::Close(element) => match element.name() {
                "t" => in_text = false,
                "r" => (in_run, hidden) = (false, false),
                "p" => {
                    let Some(paragraph) = open.pop() else { continue };
                    let text = numbering.label(&paragraph) + &paragraph.text;
                    let text = text.trim();
                    if text.is_empty() {
                        continue;
                    }
                    match row.as_mut().and_then(|cells| cells.last_mut()) {
                        Some(cell) => cell.push(text.to_string()),
                        None => blocks.push(Block::Paragraph(text.to_string())),
                    }
                }
                "tr" if tables == 1 => blocks.extend(row.take().map(Block::Row)),
                "tbl" => tables = tables.saturating_sub(1),
                _ => {}
            },
            Node::End => return Ok(blocks),
        }
    }
}
