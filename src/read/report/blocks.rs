//! The section of conclusions as blocks: a numbered paragraph that gives the position, and the numbered items
//! under it.
//!
//! Items are numbered `k.` in sessions 1 to 7, anew in each block (112 of 303 reports), and `P.k.` or `P.k`
//! afterwards, where P is the paragraph; some reports mix the two. About 20 of 35,600 numbers are wrong at the
//! source (another paragraph's, no full stop), so that the place in the sequence counts as much as the form.

use super::lines::{Line, join};
use super::numbers::Number;
use crate::text::line::head;

/// The longest text of one item that is read; the longest real one has 7,000 bytes.
pub(super) const MAX_ITEM_BYTES: usize = 100_000;

/// A numbered paragraph of the section and the items under it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) paragraph: u32,
    /// Its own words; cut where nobody writes as much.
    pub(super) introduction: String,
    pub(super) items: Vec<Item>,
    pub(super) row: u64,
}

/// A numbered recommendation, not yet split.
#[derive(Debug)]
pub(super) struct Item {
    /// `P.k`.
    pub(super) number: String,
    pub(super) row: u64,
    /// The text, or none where it is too long to be one; a line break is a gap.
    pub(super) text: Option<String>,
}

/// Where a line is in the order of numbers: a paragraph, or an item of one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    paragraph: u32,
    item: Option<u32>,
}

#[derive(Default)]
struct Walk<'l, 't> {
    lines: &'l [Line<'t>],
    blocks: Vec<Block>,
    first: Option<u32>,
    paragraph: u32,
    last: u32,
    /// Whether an item of two numbers was met.
    two_parts: bool,
    /// The lines of the text that is being read, without its number.
    current: Vec<Line<'t>>,
}

/// Reads the section, its heading and its closing sentence left out.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Block> {
    let mut walk = Walk { lines, ..Walk::default() };
    for (at, &line) in lines.iter().enumerate() {
        match walk.place(at) {
            Some((place, number)) => {
                walk.lost_number(place, number);
                walk.close();
                walk.open(place, number, line.row);
                let text = line.text[number.length..].trim();
                if !text.is_empty() {
                    walk.push(Line { text, apart: false, ..line });
                }
            }
            None => walk.push(line),
        }
    }
    walk.close();
    walk.blocks
}

impl<'t> Walk<'_, 't> {
    /// Adds a line, cut where the next number is in the middle of it.
    fn push(&mut self, mut line: Line<'t>) {
        while let Some((start, place, number)) = self.glued(line.text) {
            self.current.push(Line { text: line.text[..start].trim(), ..line });
            self.close();
            self.open(place, number, line.row);
            line.text = line.text[start + number.length..].trim();
            line.apart = false;
        }
        self.current.push(line);
    }

    fn open(&mut self, place: Place, number: Number, row: u64) {
        let Place { paragraph, item } = place;
        // the next number with the prefix of a later paragraph is a slip; anything else begins that paragraph
        let slip = self.last > 0 && item == Some(self.last + 1);
        if item.is_none() || self.first.is_none() || self.follows(paragraph) && !slip {
            self.first.get_or_insert(paragraph);
            self.paragraph = paragraph;
            self.blocks.push(Block { paragraph, introduction: String::new(), items: Vec::new(), row });
        }
        self.last = item.unwrap_or(0);
        if let (Some(item), Some(block)) = (item, self.blocks.last_mut()) {
            self.two_parts |= number.item.is_some();
            block.items.push(Item { number: format!("{paragraph}.{item}"), row, text: Some(String::new()) });
        }
    }

    /// Where one number is skipped, and one line before it begins like a recommendation after a closed one, that line
    /// is the recommendation whose number was lost.
    fn lost_number(&mut self, place: Place, number: Number) {
        let Place { paragraph, item: Some(item) } = place else { return };
        if paragraph != self.paragraph || self.last == 0 || item != self.last + 2 {
            return;
        }
        let closed = |line: &Line<'_>| {
            line.text.trim_end_matches([';', '.']).ends_with(')') && line.text.ends_with([';', '.'])
        };
        let mut begins = (1..self.current.len()).filter(|&at| {
            closed(&self.current[at - 1]) && self.current[at].text.starts_with(|c: char| c.is_uppercase())
        });
        if let (Some(at), None) = (begins.next(), begins.next()) {
            let rest = self.current.split_off(at);
            self.close();
            self.open(Place { paragraph, item: Some(item - 1) }, number, rest[0].row);
            self.current = rest;
        }
    }

    /// Gives the lines read so far to what was opened last.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.current);
        let text = join(&lines, MAX_ITEM_BYTES);
        if let Some(block) = self.blocks.last_mut() {
            match block.items.last_mut() {
                Some(item) => item.text = text,
                None => block.introduction = text.unwrap_or_default(),
            }
        }
    }

    /// Whether what was read so far ends as a recommendation or an introduction does.
    fn ended(&self) -> bool {
        self.current.last().is_none_or(|line| {
            let text =
                line.text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '*');
            text.is_empty() || text.ends_with([')', ';', '.', ':', '”', '"', ']', ','])
        })
    }

    /// Whether a paragraph may come after the present one.
    fn follows(&self, paragraph: u32) -> bool {
        /// Comments may be between two blocks, each a paragraph.
        const MAX_BETWEEN: u32 = 12;
        paragraph > self.paragraph && paragraph <= self.paragraph + MAX_BETWEEN
    }

    fn place(&self, at: usize) -> Option<(Place, Number)> {
        let line = self.lines[at].text;
        let number = Number::at_start(line)?;
        let rest = &line[number.length..];
        let begins = rest.is_empty()
            || rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘' | '*'));
        let place = match number.item {
            Some(item) => self.two(number.paragraph, item, begins),
            None => self.one(at, number, begins),
        };
        Some((place?, number))
    }

    /// `P.k`: an item, unless it is a reference within a text.
    fn two(&self, paragraph: u32, item: u32, begins: bool) -> Option<Place> {
        let place = Place { paragraph, item: Some(item) };
        let Some(first) = self.first else {
            return (begins && item == 1).then_some(place);
        };
        let (next, ended) = (item == self.last + 1, self.ended());
        let near = paragraph >= first && (self.follows(paragraph) || paragraph <= self.paragraph);
        let fits = if paragraph == self.paragraph {
            next || begins && ended
        } else if self.follows(paragraph) && item <= 3 {
            ended && (next || begins)
        } else {
            ended && begins && (next || near)
        };
        fits.then_some(place)
    }

    /// `n.`: a paragraph, or an item of the present one.
    fn one(&self, at: usize, number: Number, begins: bool) -> Option<Place> {
        if self.first.is_none() {
            return (number.dotted && number.paragraph > 1)
                .then_some(Place { paragraph: number.paragraph, item: None });
        }
        let alone = self.lines[at].text.len() == number.length;
        if !number.dotted && (alone || !begins) {
            return None;
        }
        match self.two_parts {
            true => self.one_among_two(at, number, begins, alone),
            false => self.one_among_ones(at, number, begins, alone),
        }
    }

    /// `n.` where items are `P.k`: comments or the next block, or an item that lost its paragraph.
    fn one_among_two(&self, at: usize, number: Number, begins: bool, alone: bool) -> Option<Place> {
        let n = number.paragraph;
        if self.follows(n) {
            let opens = number.dotted && (self.ended() || alone)
                || n == self.paragraph + 1 && self.introduces(at, number);
            return opens.then_some(Place { paragraph: n, item: None });
        }
        let lost = number.dotted && begins && n == self.last + 1 && n != self.paragraph && self.ended();
        lost.then_some(Place { paragraph: self.paragraph, item: Some(n) })
    }

    /// `n.` where items are `k.`, as paragraphs are.
    fn one_among_ones(&self, at: usize, number: Number, begins: bool, alone: bool) -> Option<Place> {
        /// A number or two may be missing, or lost in a line.
        const MAX_SKIPPED: u32 = 3;
        let n = number.paragraph;
        let block = Place { paragraph: n, item: None };
        let item = Place { paragraph: self.paragraph, item: Some(n) };
        let next = n == self.last + 1;
        if self.follows(n) && (number.dotted || self.introduces(at, number)) {
            if next && !self.introduces(at, number) && !self.restarts(at) {
                return Some(item);
            }
            return (next || self.ended() || alone).then_some(block);
        }
        if !number.dotted {
            return (next && self.ended()).then_some(item);
        }
        let skips = n > self.last && n <= self.last + MAX_SKIPPED && begins;
        // an introduction without a number of its own ends with a colon
        let restarts = n == 1 && self.current.last().is_some_and(|line| line.text.ends_with(':'));
        (next || self.last > 0 && self.ended() && (skips || restarts)).then_some(item)
    }

    /// Whether the words behind a number introduce a block or comment on one.
    fn introduces(&self, at: usize, number: Number) -> bool {
        const LOOKED_AT: usize = 240;
        let mut words = head(&self.lines[at].text[number.length..], LOOKED_AT).to_string();
        for line in self.lines.iter().skip(at + 1).take(2) {
            if words.len() > LOOKED_AT || Number::at_start(line.text).is_some() {
                break;
            }
            words.push(' ');
            words.push_str(head(line.text, LOOKED_AT));
        }
        let words = head(&words, LOOKED_AT).to_lowercase();
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
        let speaks =
            ["following recommendation", "recommendations", "recommendation below", "recommendation nos"];
        let answers = [
            "support",
            "examine",
            "response",
            "respond",
            "considers",
            "noted",
            "takes note",
            "comment",
            "contained",
            "were made",
            "regard to",
        ];
        words.trim_start().starts_with("all conclusions")
            || has(&speaks) && has(&answers) && !words.contains('(')
    }

    /// Whether the next number after this line is 1: the items of a new block.
    fn restarts(&self, at: usize) -> bool {
        /// As many lines as a long introduction has.
        const LOOKED_AT: usize = 25;
        let lines = self.lines.iter().skip(at + 1).take(LOOKED_AT);
        let mut numbers = lines.filter_map(|line| Number::at_start(line.text));
        numbers
            .find(|number| number.item.is_none() && number.dotted)
            .is_some_and(|number| number.paragraph == 1)
    }

    /// The next number, glued to the end of the text before it: `... (Spain); 93.7. Speed up`.
    fn glued(&self, line: &str) -> Option<(usize, Place, Number)> {
        let (paragraph, item) = (self.paragraph, self.last + 1);
        if self.first.is_none() || self.last == 0 || line.len() > MAX_ITEM_BYTES {
            return None;
        }
        let token = if self.two_parts { format!("{paragraph}.{item}") } else { format!("{item}.") };
        let mut from = 0;
        while let Some(start) = line[from..].find(&token).map(|gap| from + gap) {
            from = start + token.len();
            let before = line[..start].trim_end();
            let parted = before.ends_with([';', '.', ')']) && !before.is_empty();
            if !parted || (!self.two_parts && !before.trim_end_matches([';', '.']).ends_with(')')) {
                continue;
            }
            if let Some(number) = Number::at_start(&line[start..])
                && number.item.unwrap_or(number.paragraph) == item
                && line[start + number.length..].starts_with(char::is_uppercase)
            {
                return Some((start, Place { paragraph, item: Some(item) }, number));
            }
        }
        None
    }
}
