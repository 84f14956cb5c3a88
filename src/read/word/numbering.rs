//! The numbers that Word gives to paragraphs of a list: `6.1.`, `(a)`.
//!
//! They are not text in the file. Each paragraph, or its style, names a list and a level; the list says how each
//! level is counted and written. Reports need them, since a recommendation is known by its number.

use crate::error::Result;
use crate::read::office::{Element, Node, Package, Xml};
use std::collections::HashMap;

/// A paragraph while it is read. One may be within another, in a text box.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// What the paragraph itself says, like a style that is based on its style.
    pub(super) style: Style,
}

/// Characters before a paragraph: `Recommendation 115.%2.` is long. Each paragraph gets them anew.
const MAX_LABEL_BYTES: usize = 64;

/// Word has nine levels.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The kinds of list, by their ids: levels, counters and the style that defines them in their stead.
    kinds: HashMap<String, Kind>,
    /// The lists that paragraphs name: the kind, and the levels that begin anew.
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Kind {
    levels: [Level; LEVELS],
    counted: [Option<u32>; LEVELS],
    style: Option<String>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// How it is written, with `%1` for the number of the first level; empty where there is no such level.
    text: String,
    legal: bool,
    /// The level, counted from 1, whose numbers let this one begin anew; 0 for none.
    restart: Option<usize>,
    close: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Level {
        let (text, style, restart) = (String::new(), None, None);
        Level { start: 1, format: "decimal".to_string(), text, legal: false, restart, close: false, style }
    }
}

impl Level {
    /// Takes over what an element says of the level.
    fn note(&mut self, element: &Element) {
        let value = || element.attribute("val");
        let number = || value().and_then(|value| value.parse::<u32>().ok());
        match element.name() {
            "start" => self.start = number().unwrap_or(1),
            "numFmt" => self.format = value().unwrap_or_default(),
            "lvlText" => self.text = value().unwrap_or_default().chars().take(MAX_LABEL_BYTES).collect(),
            "lvlRestart" => self.restart = number().map(|restart| restart as usize),
            "isLgl" => self.legal = value().as_deref() != Some("0"),
            "suff" => self.close = value().as_deref() == Some("nothing"),
            "pStyle" => self.style = value(),
            _ => {}
        }
    }
}

#[derive(Debug, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
    begun: bool,
}

/// Which list a paragraph belongs to, and which of its levels.
#[derive(Debug, Default)]
pub(super) struct Style {
    pub(super) based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

impl Style {
    /// Takes over what an element says of the list.
    pub(super) fn note(&mut self, element: &Element) {
        let value = || element.attribute("val");
        match element.name() {
            "numId" => self.list = value(),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            _ => {}
        }
    }
}

impl Numbering {
    pub(super) fn read(package: &mut Package) -> Result<Numbering> {
        let mut numbering = Numbering::default();
        package.read("word/numbering.xml", |xml| numbering.lists(xml))?;
        if !numbering.lists.is_empty() {
            package.read("word/styles.xml", |xml| numbering.styles(xml))?;
        }
        Ok(numbering)
    }

    fn lists(&mut self, mut xml: Xml) -> Result<()> {
        let (mut kind, mut list) = (None::<(String, Kind)>, None::<(String, List)>);
        let (mut at, mut level) = (0, None::<Level>);
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    let value = |name| element.attribute(name);
                    let number = |name| value(name).and_then(|value| value.parse::<u32>().ok());
                    let index = || number("ilvl").map_or(LEVELS, |level| level as usize);
                    match (element.name(), &mut kind, &mut list, &mut level) {
                        ("abstractNum", ..) => kind = value("abstractNumId").map(|id| (id, Kind::default())),
                        ("num", ..) => list = value("numId").map(|id| (id, List::default())),
                        ("abstractNumId", _, Some((_, list)), _) => {
                            list.kind = value("val").unwrap_or_default();
                        }
                        ("numStyleLink", Some((_, kind)), ..) => kind.style = value("val"),
                        ("lvlOverride", ..) => at = index(),
                        ("startOverride", _, Some((_, list)), _) => {
                            if let Some(start) = list.starts.get_mut(at) {
                                *start = number("val");
                            }
                        }
                        ("lvl", ..) => (at, level) = (index(), Some(Level::default())),
                        (.., Some(level)) => level.note(&element),
                        _ => {}
                    }
                }
                Node::Close(element) => match element.name() {
                    "lvl" => match (level.take(), &mut kind, &mut list) {
                        (Some(level), _, Some((_, list))) if at < LEVELS => {
                            list.levels.insert(at, level);
                        }
                        (Some(level), Some((_, kind)), None) if at < LEVELS => kind.levels[at] = level,
                        _ => {}
                    },
                    "abstractNum" => self.kinds.extend(kind.take()),
                    "num" => self.lists.extend(list.take()),
                    _ => {}
                },
                Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn styles(&mut self, mut xml: Xml) -> Result<()> {
        let mut open: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    let value = |name| element.attribute(name);
                    match (element.name(), &mut open) {
                        ("style", _) => open = value("styleId").map(|id| (id, Style::default())),
                        ("basedOn", Some((_, style))) => style.based_on = value("val"),
                        (_, Some((_, style))) => style.note(&element),
                        (_, None) => {}
                    }
                }
                Node::Close(element) if element.name() == "style" => self.styles.extend(open.take()),
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    /// The list and level of a paragraph: its own, or those of its style or of a style that this is based on.
    fn place(&self, paragraph: &Paragraph) -> Option<(String, usize)> {
        /// Styles rest on no more than a few others; a ring of them ends here.
        const MAX_CHAIN: usize = 16;
        let mut list = paragraph.style.list.clone();
        let mut level = paragraph.style.level;
        let mut name = paragraph.style.based_on.as_ref();
        for _ in 0..MAX_CHAIN {
            if list.is_some() {
                break;
            }
            let Some((id, style)) = name.and_then(|name| Some((name, self.styles.get(name)?))) else { break };
            if let Some(of_style) = &style.list {
                list = Some(of_style.clone());
                // a level may name the style that belongs to it
                let kind = self.lists.get(of_style).and_then(|list| self.kinds.get(&list.kind));
                let named =
                    kind.and_then(|kind| kind.levels.iter().position(|l| l.style.as_ref() == Some(id)));
                level = level.or(style.level).or(named);
            }
            name = style.based_on.as_ref();
        }
        let level = level.unwrap_or(0);
        (level < LEVELS).then_some((list?, level))
    }

    /// What Word writes before a paragraph, with a blank after it; nothing for a bullet.
    pub(super) fn label(&mut self, paragraph: &Paragraph) -> String {
        let Some((list, at)) = self.place(paragraph) else { return String::new() };
        let linked = self.lists.get(&list).and_then(|list| self.kinds.get(&list.kind)?.style.clone());
        let linked = linked.and_then(|style| self.styles.get(&style)?.list.clone());
        let Some(list) = self.lists.get_mut(linked.as_ref().unwrap_or(&list)) else { return String::new() };
        let Some(kind) = self.kinds.get_mut(&list.kind) else { return String::new() };
        let begun = std::mem::replace(&mut list.begun, true);
        let Kind { levels, counted, .. } = kind;
        let level = |at: usize| list.levels.get(&at).unwrap_or(&levels[at]);
        let starts: Vec<u32> = (0..LEVELS).map(|at| list.starts[at].unwrap_or(level(at).start)).collect();
        if !begun {
            // lists of one kind count on from each other, but for the levels that say otherwise
            for (counted, start) in counted.iter_mut().zip(&list.starts) {
                *counted = counted.filter(|_| start.is_none());
            }
        }
        for above in 0..at {
            counted[above].get_or_insert(starts[above]);
        }
        counted[at] = Some(counted[at].map_or(starts[at], |number| number.saturating_add(1)));
        for (below, counted) in counted.iter_mut().enumerate().skip(at + 1) {
            if level(below).restart.is_none_or(|restart| at < restart) {
                *counted = None;
            }
        }
        let here = level(at);
        if here.format == "bullet" {
            return String::new();
        }
        let mut parts = here.text.split('%');
        let mut label = parts.next().unwrap_or_default().to_string();
        for part in parts {
            match part.chars().next().and_then(|c| c.to_digit(10)).map(|digit| digit as usize) {
                Some(digit @ 1..=LEVELS) => {
                    let number = counted[digit - 1].unwrap_or(starts[digit - 1]);
                    let format = if here.legal { "decimal" } else { level(digit - 1).format.as_str() };
                    label.push_str(&written(number, format));
                    label.push_str(&part[1..]);
                }
                _ => label.extend(["%", part]),
            }
        }
        if !label.is_empty() && !here.close {
            label.push(' ');
        }
        label
    }
}

fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

/// a to z, then aa, bb, as Word goes on; a number that no list reaches stays a number.
fn letters(number: u32, first: u8) -> String {
    match number {
        0 | 781.. => number.to_string(),
        _ => {
            let letter = char::from(first + ((number - 1) % 26) as u8);
            letter.to_string().repeat((number as usize - 1) / 26 + 1)
        }
    }
}

fn roman(mut number: u32) -> String {
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
    let signs = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
    let mut roman = String::new();
    for (value, sign) in values.into_iter().zip(signs) {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_writes_them() {
        let formats = ["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero"];
        let all = |number| formats.map(|format| written(number, format)).join(" ");
        assert_eq!(all(4), "4 d D iv IV 04");
        assert_eq!(all(26), "26 z Z xxvi XXVI 26");
        assert_eq!(all(28), "28 bb BB xxviii XXVIII 28");
        assert_eq!(all(0), "0 0 0 0 0 00");
        assert_eq!(all(u32::MAX), ["4294967295"; 6].join(" "));
        assert_eq!(written(3, "none"), "");
    }
}
