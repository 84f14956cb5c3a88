//! Numbers of recommendations and lists of them, in every style that was met: `126.1. to 126.15.`,
//! `136.1-136.3, 136.5`, `122.17-18`, `122.34- 35`, a range broken over lines, `1–5, 14–16`, `140.35. 140.36` with a
//! full stop for a comma, `140.82-85, 87`.

use std::fmt;

/// No State has received more than some 350 recommendations; a larger number counts something else.
const MAX_NUMBER: u16 = 400;

/// A longer list goes on as another.
const MAX_LIST: usize = 2000;

/// The number of a recommendation: `126.5`, or `5` where the paragraph is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Number {
    pub(super) paragraph: Option<u16>,
    pub(super) item: u16,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.paragraph {
            Some(paragraph) => write!(f, "{paragraph}.{}", self.item),
            None => write!(f, "{}", self.item),
        }
    }
}

/// Numbers that are together, and the bytes they take.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberList {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) numbers: Vec<Number>,
}

/// Every number `P.k` in the text that could be one, for a look at which paragraphs there are.
pub(super) fn pairs(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        match number(text, start) {
            Some((number, end)) if number.paragraph.is_some() && is_bounded(text, start, end) => {
                found.push(number);
                at = end;
            }
            _ => at = after_digits(text, start),
        }
    }
    found
}

/// The list that begins at `start`, if one does. `paragraphs` are those in which recommendations are; without
/// any, numbers have no paragraph.
pub(super) fn list_at(text: &str, start: usize, paragraphs: &[u16]) -> Option<NumberList> {
    let accepted = |number: &Number| match number.paragraph {
        Some(paragraph) => paragraphs.contains(&paragraph),
        None => paragraphs.is_empty(),
    };
    let (first, end) = number_of(text, start, paragraphs)?;
    if !accepted(&first) || !is_bounded(text, start, end) {
        return None;
    }
    let mut list = NumberList { start, end: after_stop(text, end), numbers: vec![first] };
    let mut last = first;
    while list.numbers.len() < MAX_LIST
        && let Some((separator, at)) = separator(text, list.end)
    {
        let Some((found, end)) = number_of(text, at, paragraphs) else { break };
        let short = found.paragraph.is_none() && last.paragraph.is_some();
        let next = Number { paragraph: found.paragraph.or(last.paragraph), item: found.item };
        let fits = accepted(&next)
            && is_bounded(text, at, end)
            && match separator {
                Separator::Range => true,
                Separator::Comma => !short || !counts_something(&text[end..]),
                // only whole numbers follow a mere blank or full stop
                Separator::Blank => found.paragraph.is_some(),
            };
        if !fits {
            break;
        }
        match separator {
            Separator::Range if next.paragraph == last.paragraph && next.item > last.item => {
                list.numbers.extend((last.item + 1..=next.item).map(|item| Number { item, ..last }));
            }
            _ => list.numbers.push(next),
        }
        last = next;
        list.end = after_stop(text, end);
    }
    Some(list)
}

pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(|c: char| c.is_ascii_digit()).map(|at| from + at)
}

pub(super) fn after_digits(text: &str, from: usize) -> usize {
    from + text[from..].bytes().take_while(u8::is_ascii_digit).count().max(1)
}

/// `126.5` or `5`, and where it ends.
fn number(text: &str, at: usize) -> Option<(Number, usize)> {
    let (first, end) = digits(text, at)?;
    let Some(rest) = text[end..].strip_prefix('.') else {
        return Some((Number { paragraph: None, item: first }, end));
    };
    match digits(text, text.len() - rest.len()) {
        Some((item, end)) => Some((Number { paragraph: Some(first), item }, end)),
        None => Some((Number { paragraph: None, item: first }, end)),
    }
}

/// The same, where the number of a paragraph may be broken over a line: `126.` and then `5`.
fn number_of(text: &str, at: usize, paragraphs: &[u16]) -> Option<(Number, usize)> {
    let (found, end) = number(text, at)?;
    let broken = || {
        let rest = text[end..].strip_prefix('.')?;
        let item = rest.trim_start_matches(' ').strip_prefix('\n')?.trim_start_matches(' ');
        let (item, end) = digits(text, text.len() - item.len())?;
        Some((Number { paragraph: Some(found.item), item }, end))
    };
    let is_paragraph = found.paragraph.is_none() && paragraphs.contains(&found.item);
    is_paragraph.then(broken).flatten().or(Some((found, end)))
}

fn digits(text: &str, at: usize) -> Option<(u16, usize)> {
    let length = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&length) {
        return None;
    }
    let value: u16 = text[at..at + length].parse().ok()?;
    (1..=MAX_NUMBER).contains(&value).then_some((value, at + length))
}

/// Whether it is a number of its own: not a part of `A/HRC/28/15`, `99.9%`, `1.2.3`, `Add.1` or a word.
fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '%' | '_' | '№');
    let before = text[..start].chars().next_back().is_none_or(|c| !joins(c));
    let mut after = text[end..].chars();
    let (first, second) = (after.next(), after.next());
    before
        && match first {
            Some('.') => second.is_none_or(|c| !c.is_ascii_digit()),
            Some('%' | '/' | '_') => false,
            // a letter for a part: `126.5a`
            Some(c) if c.is_alphanumeric() => {
                c.is_ascii_lowercase() && c <= 'd' && second.is_none_or(|c| !c.is_alphanumeric())
            }
            _ => true,
        }
}

/// Past the full stop after a number, and the letter of its part.
fn after_stop(text: &str, mut end: usize) -> usize {
    let part = |rest: &str| {
        let letter = rest.trim_start_matches(['(', ' ']);
        let opened = rest.len() - letter.len();
        let bytes = letter.as_bytes();
        match (opened, bytes) {
            (0, [b'a'..=b'd', ..]) => Some(1),
            (1..=2, [b'a'..=b'z', b')', ..]) if rest.trim_start().starts_with('(') => Some(opened + 2),
            _ => None,
        }
    };
    end += part(&text[end..]).unwrap_or(0);
    if text[end..].starts_with('.') { end + 1 } else { end }
}

/// `87 persons` is not a number of a recommendation, `87 and 89` or `87 are accepted` is.
fn counts_something(rest: &str) -> bool {
    const GO_ON: [&str; 24] = [
        "and", "to", "through", "until", "or", "as", "are", "is", "was", "were", "have", "has", "enjoy",
        "enjoys", "do", "does", "did", "cannot", "can", "which", "that", "of", "in", "by",
    ];
    let Some(rest) = rest.strip_prefix([' ', '\n']) else { return false };
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    word.starts_with(char::is_lowercase) && !GO_ON.contains(&word.as_str())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Separator {
    Comma,
    Range,
    Blank,
}

/// What is between two numbers of a list, and where the second begins.
fn separator(text: &str, from: usize) -> Option<(Separator, usize)> {
    const RANGE: [&str; 10] = ["-", "–", "—", "‑", "‐", "−", "to ", "to\n", "through ", "until "];
    const COMMA: [&str; 8] = [",", ";", "&", "and ", "and\n", "as well as ", "or ", "or\n"];
    /// A list is seldom broken by more than a line's end and an indentation.
    const MAX_GAP_BYTES: usize = 40;
    let mut rest = text.get(from..)?;
    let whole = rest.len();
    let mut found = Separator::Blank;
    loop {
        rest = rest.trim_start();
        if whole - rest.len() > MAX_GAP_BYTES {
            return None;
        }
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            let at = text.len() - rest.len();
            return (at > from).then_some((found, at));
        }
        let strip = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(*word));
        if let Some(after) = strip(&COMMA) {
            (found, rest) = (Separator::Comma, after);
        } else if let Some(after) = strip(&RANGE).filter(|_| found == Separator::Blank) {
            (found, rest) = (Separator::Range, after);
        } else {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, paragraphs: &[u16], expected: &str) {
        let start = next_digit(text, 0).expect("a digit");
        let list = list_at(text, start, paragraphs);
        let numbers: Vec<String> =
            list.iter().flat_map(|list| &list.numbers).map(Number::to_string).collect();
        assert_eq!(numbers.join(" "), expected, "{text}");
    }

    #[test]
    fn every_style_of_list() {
        reads("126.1. to 126.4.", &[126], "126.1 126.2 126.3 126.4");
        reads("136.1-136.3, 136.5-136.6", &[136], "136.1 136.2 136.3 136.5 136.6");
        reads("122.17-18", &[122], "122.17 122.18");
        reads("122.34- 35", &[122], "122.34 122.35");
        reads("122.62-\n63", &[122], "122.62 122.63");
        reads("122.59 to 122.\n61, 122.63", &[122], "122.59 122.60 122.61 122.63");
        reads("1–3, 14–\n16 and 20", &[], "1 2 3 14 15 16 20");
        reads("140.35. 140.36, 140.39", &[140], "140.35 140.36 140.39");
        reads("140.82-85, 87", &[140], "140.82 140.83 140.84 140.85 140.87");
        reads("5., 6., 7.   The Government", &[], "5 6 7");
        reads("81.2 and 82.3", &[81, 82], "81.2 82.3");
        reads("81.2, 12 persons", &[81], "81.2");
        reads("99.9%", &[99], "");
        reads("28/15", &[], "");
        reads("2010. In", &[], "");
        reads("9.4 live births", &[126], "");
        reads("126.5 (b), 126.6a", &[126], "126.5 126.6");
        reads("126.9 to 126.3", &[126], "126.9 126.3");
    }
}
