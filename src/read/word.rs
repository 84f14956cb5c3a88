//! Word files (DOCX): paragraphs and rows of tables, in the order in which they are read.
//!
//! Kept is what a reader sees: text with its automatic numbers ([`numbering`]), tabs and line breaks; not what was
//! deleted under revision, hidden text, or the second copy of a text box for old programs. Footnotes are in
//! a part of their own and are left there: in reports they quote recommendations, and would make false ones. A cell that
//! is merged over several rows counts for each of them, as in workbooks.
//!
//! Where to go next: [`thematic`](super::thematic) reads OHCHR's thematic lists from the rows.

mod numbering;

use super::office::{Node, Package, Xml};
use crate::error::Result;
use crate::list::{FileRead, Form};
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
    /// How many stretches of text are struck through; they are left out.
    struck: usize,
}

impl Document {
    pub(super) fn read(package: &mut Package) -> Result<Document> {
        let mut numbering = Numbering::read(package)?;
        let mut struck = 0;
        let blocks =
            package.read("word/document.xml", |xml| self::blocks(xml, &mut numbering, &mut struck))?;
        let mut headers = Vec::new();
        for part in package.parts("word/header") {
            let header = package.read(&part, |xml| self::blocks(xml, &mut Numbering::default(), &mut 0))?;
            headers.extend(paragraphs(&header).map(str::to_string));
        }
        Ok(Document { blocks, headers, struck })
    }

    /// An account of the file, with what was left out.
    pub(super) fn about(&self, name: &str, form: Form) -> FileRead {
        let struck = (self.struck > 0).then(|| {
            let count = self.struck;
            let places = if count == 1 { "place" } else { "places" };
            format!(
                "struck-through text was left out, in {count} {places}; accept or reject the changes in Word"
            )
        });
        FileRead { warnings: struck.into_iter().collect(), ..FileRead::new(name, form) }
    }

    /// The paragraphs and the rows of tables as lines, the cells of a row parted by tabs.
    pub(super) fn lines(&self) -> String {
        let line = |block: &Block| match block {
            Block::Paragraph(text) => text.replace('\n', " ") + "\n",
            Block::Row(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| cell.join(" ").replace('\n', " ")).collect();
                cells.join("\t") + "\n"
            }
        };
        self.blocks.iter().map(line).collect()
    }

    /// The rows of the tables: their cells, each with its paragraphs.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Vec<Vec<String>>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Row(cells) => Some(cells),
            Block::Paragraph(_) => None,
        })
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

/// A cell of the row that is read.
#[derive(Debug)]
struct Cell {
    paragraphs: Vec<String>,
    /// How many columns it is wide.
    span: usize,
    /// Whether it is merged with the cell above it.
    continues: bool,
}

/// As many bytes are copied into the cells of merges: no list has as many, and a file made to fill the memory may.
const MAX_FILLED_BYTES: usize = 64 << 20;

/// What is kept of the rows of a table to fill the cells that are merged with one above.
#[derive(Debug, Default)]
struct Above {
    /// The columns in which the cells of the last row begin.
    columns: Vec<usize>,
    filled_bytes: usize,
}

impl Above {
    /// The cells of a row, those merged with a cell of the `last` row filled from there.
    fn fill(&mut self, row: Vec<Cell>, last: Option<&Block>) -> Vec<Vec<String>> {
        let (mut column, mut columns) = (0usize, Vec::with_capacity(row.len()));
        let cells = row.into_iter().map(|Cell { mut paragraphs, span, continues }| {
            if continues
                && paragraphs.is_empty()
                && let Some(Block::Row(cells)) = last
                && let Ok(at) = self.columns.binary_search(&column)
                && let Some(above) = cells.get(at)
            {
                self.filled_bytes += above.iter().map(String::len).sum::<usize>();
                if self.filled_bytes <= MAX_FILLED_BYTES {
                    paragraphs.clone_from(above);
                }
            }
            columns.push(column);
            column = column.saturating_add(span);
            paragraphs
        });
        let cells = cells.collect();
        self.columns = columns;
        cells
    }
}

fn blocks(mut xml: Xml, numbering: &mut Numbering, struck: &mut usize) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut open: Vec<Paragraph> = Vec::new();
    let mut row: Option<Vec<Cell>> = None;
    let mut above = Above::default();
    let mut tables = 0_usize;
    let (mut in_run, mut in_text, mut hidden, mut deleted) = (false, false, false, false);
    loop {
        match xml.next()? {
            Node::Open(element) => {
                let on = || !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off"));
                match element.name() {
                    name if PASSED_OVER.contains(&name) => xml.skip()?,
                    "tbl" => {
                        tables += 1;
                        if tables == 1 {
                            above.columns.clear();
                        }
                    }
                    "tr" if tables == 1 => row = Some(Vec::new()),
                    "tc" if tables == 1 => {
                        if let Some(cells) = &mut row {
                            cells.push(Cell { paragraphs: Vec::new(), span: 1, continues: false });
                        }
                    }
                    "gridSpan" | "vMerge" if tables == 1 && open.is_empty() => {
                        let Some(cell) = row.as_mut().and_then(|cells| cells.last_mut()) else { continue };
                        let value = element.attribute("val");
                        match element.name() {
                            "vMerge" => cell.continues = value.is_none_or(|value| value != "restart"),
                            _ => cell.span = value.and_then(|value| value.parse().ok()).unwrap_or(1),
                        }
                    }
                    "p" => open.push(Paragraph::default()),
                    "r" => (in_run, hidden, deleted) = (true, false, false),
                    "vanish" if in_run && on() => hidden = true,
                    "strike" | "dstrike" if in_run && on() => deleted = true,
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
            Node::Text(text) if in_text && deleted => *struck += usize::from(!text.trim().is_empty()),
            Node::Text(text) if in_text && !hidden => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.text.push_str(&text);
                }
            }
            Node::Text(_) => {}
            Node::Close(element) => match element.name() {
                "t" => in_text = false,
                "r" => (in_run, hidden, deleted) = (false, false, false),
                "p" => {
                    let Some(paragraph) = open.pop() else { continue };
                    let text = numbering.label(&paragraph) + &paragraph.text;
                    let text = text.trim();
                    if text.is_empty() {
                        continue;
                    }
                    match row.as_mut().and_then(|cells| cells.last_mut()) {
                        Some(cell) => cell.paragraphs.push(text.to_string()),
                        None => blocks.push(Block::Paragraph(text.to_string())),
                    }
                }
                "tr" if tables == 1 => {
                    if let Some(row) = row.take() {
                        let cells = above.fill(row, blocks.last());
                        blocks.push(Block::Row(cells));
                    }
                }
                "tbl" => tables = tables.saturating_sub(1),
                _ => {}
            },
            Node::End => return Ok(blocks),
        }
    }
}
