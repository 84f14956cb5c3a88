//! An addendum as pieces: headings, its own paragraphs, and numbers of recommendations at the start of a line or
//! within a sentence.
//!
//! Where to go next: [`statements`](super::statements) makes one statement for each number of them.

use super::numbers::{NumberList, after_digits, list_at, next_digit, pairs};
use super::stance::{self, Stance};
use crate::text::line::{Sentences, tail};
use crate::text::pattern::patterns;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// How an addendum names recommendations.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbering {
    /// `126.5`, in these paragraphs.
    Pairs(Vec<u16>),
    /// `recommendation 5`, `Rec. 5`.
    Named,
    /// `5.` at the start of a line: the paragraphs of the addendum are the numbers of the report.
    Lines,
}

/// How this addendum numbers. Pairs need a paragraph with at least two items; its neighbours count too.
pub(super) fn numbering(text: &str) -> Numbering {
    /// Decimals are smaller: reports begin with an introduction and a dialogue.
    const FIRST_PARAGRAPH: u16 = 5;
    /// The blocks of one report follow each other.
    const NEIGHBOURS: u16 = 12;
    let mut items: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
    for number in pairs(text) {
        if let Some(paragraph) = number.paragraph.filter(|paragraph| *paragraph >= FIRST_PARAGRAPH) {
            items.entry(paragraph).or_default().insert(number.item);
        }
    }
    let main = items.iter().max_by_key(|(paragraph, items)| (items.len(), **paragraph));
    if let Some((main, _)) = main.filter(|(_, items)| items.len() >= 2) {
        let near = |paragraph: &u16| paragraph.abs_diff(*main) <= NEIGHBOURS;
        return Numbering::Pairs(items.keys().copied().filter(near).collect());
    }
    if named(text) >= 2 { Numbering::Named } else { Numbering::Lines }
}

patterns! {
    /// `recommendation`, and what may be between it and its numbers.
    NAME = r"(?ix) \b (?: recommendations? | recs?\.? )
        (?: \s+ (?: nos?\.? | numbers? | numbered | contained\ in | in | paragraphs? | paras?\.? | under | nos ) )*
        \s* [\#№:(]? \s* $";
    /// The number of the addendum's own paragraph.
    OWN = r"^\s*\d{1,3}[.)]\s+";
    /// What a line may have before the first number of a recommendation.
    BEFORE = r"(?ix) ^ [\s•·▪●*(\u{2013}\u{F0B7}-]*
        (?: (?:the\ )? (?: recommendations? | recs?\.? | paragraphs? | paras?\.? ) [\s:]* )?
        (?: (?: nos?\.? | numbers? | paragraphs? | paras?\.? ) \s* )?
        [(\#]?";
    /// The end of a line that goes on in the next.
    OPEN = r"(?ix) (?: \b (?: recommendations? | recs? | and | or | to | of | in | on | with | paragraphs? | numbers?
        | nos? | accepts? | supports? | notes? | rejects? | that | for | from | by | see | also | as | the )
        | [,–-] ) \s* $";
    /// The mark of a heading.
    MARK = r"^(?:(?:[IVX]+|[A-H])[.)]\s+|[IVX]+\s+)";
}

/// How often numbers are after the word recommendation.
fn named(text: &str) -> usize {
    let (mut found, mut at) = (0, 0);
    while let Some(start) = next_digit(text, at) {
        let list = list_at(text, start, &[]);
        at = list.as_ref().map_or_else(|| after_digits(text, start), |list| list.end);
        found += usize::from(list.is_some() && ends_with_name(text, start));
    }
    found
}

fn ends_with_name(text: &str, at: usize) -> bool {
    NAME.is_match(tail(&text[..at], 60))
}

/// What an addendum is made of, in its order.
#[derive(Debug)]
pub(super) enum Piece {
    Heading {
        at: usize,
        stance: Option<Stance>,
    },
    /// A numbered paragraph of the addendum itself.
    Paragraph {
        at: usize,
    },
    /// Numbers at the start of a line, with a comment after them. `last` is where the last line of numbers ends:
    /// in a table's first column they go on beside the comment.
    Label {
        list: NumberList,
        last: usize,
    },
    /// Numbers within a sentence, which begins at `before`.
    Inline {
        list: NumberList,
        before: usize,
    },
}

impl Piece {
    pub(super) fn start(&self) -> usize {
        match self {
            Piece::Heading { at, .. } | Piece::Paragraph { at } => *at,
            Piece::Label { list, .. } | Piece::Inline { list, .. } => list.start,
        }
    }
}

pub(super) fn pieces(text: &str, numbering: &Numbering) -> Vec<Piece> {
    let paragraphs: &[u16] = match numbering {
        Numbering::Pairs(paragraphs) => paragraphs,
        _ => &[],
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut line_start = 0;
    let mut headed = false; // whether a heading has given a position yet
    let mut taken = 0; // numbers before this place are read
    for line in text.split_inclusive('\n') {
        let (start, end) = (line_start, line_start + line.len());
        line_start = end;
        let (own, label) = opening(line, numbering, runs_on(text, start, &pieces));
        if let Some(heading) = heading(text, start, line, numbering, &pieces, headed) {
            headed = headed || heading.is_some();
            pieces.push(Piece::Heading { at: start, stance: heading });
        } else if own > 0 && start >= taken {
            pieces.push(Piece::Paragraph { at: start });
        }
        let mut at = (start + own).max(taken);
        while let Some(digit) = next_digit(&text[..end], at) {
            at = after_digits(text, digit);
            let Some(list) = list_at(text, digit, paragraphs) else { continue };
            let at_start = label == Some(digit - start);
            let counts = match numbering {
                Numbering::Pairs(_) => true,
                Numbering::Named => ends_with_name(text, digit),
                Numbering::Lines => at_start && is_dotted(text, &list),
            };
            if !counts {
                continue;
            }
            (at, taken) = (list.end, list.end);
            match pieces.last_mut() {
                // a label whose numbers go on in the next line of a table's first column
                Some(Piece::Label { list: open, last }) if at_start && text[*last..].starts_with(',') => {
                    open.numbers.extend(list.numbers);
                    *last = list.end;
                }
                _ if at_start => pieces.push(Piece::Label { last: list.end, list }),
                _ => pieces.push(Piece::Inline { before: sentence_start(text, digit), list }),
            }
        }
    }
    pieces
}

/// What a line begins with: the bytes of the addendum's own paragraph number, and where the first number of a
/// recommendation is there if nothing but a word for it comes before.
fn opening(line: &str, numbering: &Numbering, runs_on: bool) -> (usize, Option<usize>) {
    let length = |pattern: &Regex, text: &str| pattern.find(text).map_or(0, |found| found.end());
    let (mut own, mut label) = (0, 0);
    if *numbering != Numbering::Lines {
        own = if runs_on { 0 } else { length(&OWN, line) };
        label = own + length(&BEFORE, &line[own..]);
    }
    let is_number = line[label..].starts_with(|c: char| c.is_ascii_digit());
    (own, (is_number && !runs_on).then_some(label))
}

/// Whether the line before goes on in this one: `accepts the recommendations` / `126.5 and 126.6`.
fn runs_on(text: &str, line_start: usize, pieces: &[Piece]) -> bool {
    let before = &text[..line_start];
    let last = before.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let apart = match pieces.last() {
        Some(Piece::Heading { at, .. }) => *at >= last,
        Some(Piece::Label { last: end, .. }) => *end >= last && text[*end..].starts_with(','),
        _ => false,
    };
    !apart && OPEN.is_match(tail(before.trim_end(), 60))
}

/// `13.`, `13)` or `13:`, not a number in running text.
fn is_dotted(text: &str, list: &NumberList) -> bool {
    let rest = &text[list.end..];
    text[..list.end].ends_with('.') && rest.starts_with(char::is_whitespace)
        || rest.starts_with([')', ':', ','])
}

/// A heading, and the position that its words give; `Accepted recommendations`, `II. Recommendations that ...`.
fn heading(
    text: &str,
    start: usize,
    line: &str,
    numbering: &Numbering,
    pieces: &[Piece],
    headed: bool,
) -> Option<Option<Stance>> {
    /// Longer ones go on in a second line, which is not needed.
    const MAX_HEADING_BYTES: usize = 120;
    let line = line.trim();
    let mark = MARK.find(line).map_or(0, |mark| mark.end());
    let words = &line[mark..];
    if words.len() < 5 || line.len() > MAX_HEADING_BYTES || !words.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = words.to_lowercase();
    let of_recommendations = lower.contains("recommendation");
    let announces = of_recommendations && (lower.contains("following") || lower.contains("below"));
    let complete = !words.ends_with(['.', ',', ';']);
    let numbers = words.bytes().any(|byte| byte.is_ascii_digit());
    // under its own number a reply is a reply, however short
    let plain = *numbering != Numbering::Lines && (announces || starts_anew(text, start));
    let status = words.split_whitespace().count() <= 3;
    if mark > 0 && complete {
        return Some(if of_recommendations || status { stance::of_clause(words) } else { None });
    }
    let status = status && !answers(text, start, pieces, headed);
    let found = || stance::of_clause(words).filter(|_| !numbers && (of_recommendations || status) && plain);
    (complete || announces && words.ends_with([':', '.'])).then(found).flatten().map(Some)
}

/// Whether a line `Supported` is the answer to the numbers before it, and no heading over those after it: it is
/// under the words of a recommendation, or under numbers alone where no heading has come yet.
fn answers(text: &str, start: usize, pieces: &[Piece], headed: bool) -> bool {
    let Some(Piece::Label { last, .. }) = pieces.last() else { return false };
    let words = text[(*last).min(start)..start].chars().any(char::is_alphabetic);
    words || !headed
}

/// Whether the line before ended a sentence, or is blank.
fn starts_anew(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix('\n').unwrap_or(&text[..start]);
    before.is_empty() || before.ends_with(['\n', '.', ':', ';', ')'])
}

/// Where the sentence with this place begins, not farther than a page away.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    const MAX_SENTENCE_BYTES: usize = 4000;
    const END: Sentences = Sentences { marks: &['.', '!', '?'], abbreviations: &[], next: Some('•') };
    let words = tail(&text[..at], MAX_SENTENCE_BYTES);
    let start = at - words.len();
    let mut found = start;
    for (offset, c) in words.char_indices() {
        let after = &words[offset + c.len_utf8()..];
        let ends = !after.is_empty() && END.ends_at(words, offset, c) || c == '\n' && after.starts_with('\n');
        if ends {
            found = start + offset + c.len_utf8();
        }
    }
    found
}
