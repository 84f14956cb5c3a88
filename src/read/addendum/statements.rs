//! Numbers and words into one statement for each number.

use super::numbers::{Number, NumberList, after_digits, list_at, next_digit, pairs};
use super::stance::{self, Stance};
use crate::recommendation::Position;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What an addendum says to one number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) number: Number,
    pub(super) position: Option<Position>,
    pub(super) words: String,
    /// Where in the text.
    pub(super) at: usize,
}

/// How an addendum names recommendations.
#[derive(Debug, Clone, PartialEq)]
enum Numbering {
    /// `126.5`, in these paragraphs.
    Pairs(Vec<u16>),
    /// `recommendation 5`, `Rec. 5`.
    Named,
    /// `5.` at the start of a line: the paragraphs of the addendum are the numbers of the report.
    Lines,
}

/// Statements in the order of their numbers.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let numbering = numbering(text);
    let pieces = pieces(text, &numbering);
    if numbering == Numbering::Lines && !is_convincing(text, &pieces) {
        return Vec::new();
    }
    let mut said: BTreeMap<Number, Vec<Said>> = BTreeMap::new();
    let mut heading: Option<Stance> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let until = pieces.get(index + 1).map_or(text.len(), |next| next.start());
        match piece {
            Piece::Heading { stance, .. } => heading = stance.clone(),
            Piece::Paragraph { .. } => {}
            Piece::Label { list, .. } => {
                let comment = comment(text, list.end, &pieces[index + 1..]);
                let own = stance::of_comment(comment);
                let (weight, stance) = match (own, &heading) {
                    (Some(own), _) => (Weight::Comment, Some(own)),
                    (None, Some(heading)) => (Weight::Heading, Some(heading.clone())),
                    (None, None) => (Weight::Mention, None),
                };
                let words = stance::first_sentence(comment);
                add(&mut said, list, weight, stance, &words);
            }
            Piece::Inline { list, before, .. } => {
                let after = &text[list.end..until.min(sentence_end(text, list.end))];
                let found = clause(text, *before, list, after, &pieces[..index]);
                if let Some(stance) = found {
                    add(&mut said, list, Weight::List, Some(stance), "");
                }
            }
        }
    }
    refer(&mut said);
    said.into_iter().map(|(number, said)| settle(number, said)).collect()
}

/// What a statement rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Mention,
    Heading,
    Comment,
    List,
}

#[derive(Debug, Clone)]
struct Said {
    weight: Weight,
    position: Option<Position>,
    words: String,
    at: usize,
}

fn add(
    said: &mut BTreeMap<Number, Vec<Said>>,
    list: &NumberList,
    weight: Weight,
    stance: Option<Stance>,
    words: &str,
) {
    let (position, words) = match stance {
        Some(stance) => (Some(stance.position), stance.words),
        None => (None, words.to_string()),
    };
    for number in &list.numbers {
        said.entry(*number).or_default().push(Said {
            weight,
            position,
            words: words.clone(),
            at: list.start,
        });
    }
}

/// What counts of all that is said to a number: the weightiest; partial support said in a comment refines a list;
/// two different answers of the same weight are support in part.
fn settle(number: Number, said: Vec<Said>) -> Statement {
    let in_part =
        |said: &&Said| said.weight >= Weight::Comment && said.position == Some(Position::SupportedInPart);
    let heaviest = said.iter().map(|said| said.weight).max().unwrap_or(Weight::Mention);
    let mut counting: Vec<&Said> = said.iter().filter(in_part).take(1).collect();
    if counting.is_empty() {
        counting = said.iter().filter(|said| said.weight == heaviest).collect();
    }
    let positions: BTreeSet<Position> = counting.iter().filter_map(|said| said.position).collect();
    let position = match positions.len() {
        0 | 1 => positions.first().copied(),
        _ => Some(Position::SupportedInPart),
    };
    let mut words: Vec<&str> = Vec::new();
    for said in counting.iter().filter(|said| positions.is_empty() || said.position.is_some()) {
        if !words.contains(&said.words.as_str()) {
            words.push(&said.words);
        }
    }
    if positions.len() < 2 {
        words.truncate(1);
    }
    Statement { number, position, words: words.join(" / "), at: counting.first().map_or(0, |said| said.at) }
}

/// `See recommendation 71`: the position is that of 71.
fn refer(said: &mut BTreeMap<Number, Vec<Said>>) {
    static SEE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:please )?(?:see|refer to|as for|same as)\b[^.]{0,60}?(\d{1,3}(?:\.\d{1,3})?)")
            .ok()
    });
    let Some(see) = SEE.as_ref() else { return };
    let mut found = Vec::new();
    for (number, said) in said.iter() {
        let [only] = said.as_slice() else { continue };
        let words = if only.weight == Weight::Mention { see.captures(&only.words) } else { None };
        let Some(target) = words.and_then(|words| list_target(words.get(1)?.as_str(), *number)) else {
            continue;
        };
        found.push((*number, target));
    }
    for (number, target) in found {
        let position =
            said.get(&target).and_then(|said| said.iter().max_by_key(|said| said.weight)?.position);
        if let Some(only) = said.get_mut(&number).and_then(|said| said.first_mut()) {
            only.position = position;
        }
    }
}

fn list_target(words: &str, from: Number) -> Option<Number> {
    match words.split_once('.') {
        Some((paragraph, item)) => {
            Some(Number { paragraph: Some(paragraph.parse().ok()?), item: item.parse().ok()? })
        }
        None => Some(Number { paragraph: from.paragraph, item: words.parse().ok()? }),
    }
}

/// How this addendum numbers. Pairs need a paragraph with at least two items; its neighbours count too.
fn numbering(text: &str) -> Numbering {
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
    let named = named(text).len();
    if named >= 2 { Numbering::Named } else { Numbering::Lines }
}

/// `recommendation`, and what may stand between it and its numbers.
const NAME: &str = r"(?i)\b(?:recommendations?|recs?\.?)(?:\s+(?:nos?\.?|numbers?|numbered|contained in|in|paragraphs?|paras?\.?|under|nos))*\s*[#№:(]?\s*$";

/// Where numbers stand after the word recommendation.
fn named(text: &str) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        at = after_digits(text, start);
        if list_at(text, start, &[]).is_some() && ends_with_name(text, start) {
            found.insert(start);
        }
    }
    found
}

fn ends_with_name(text: &str, at: usize) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAME).ok());
    PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(tail(&text[..at], 60)))
}

/// The last bytes of a text, on a character's border.
fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// What an addendum is made of, in its order.
#[derive(Debug)]
enum Piece {
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
    fn start(&self) -> usize {
        match self {
            Piece::Heading { at, .. } | Piece::Paragraph { at } => *at,
            Piece::Label { list, .. } | Piece::Inline { list, .. } => list.start,
        }
    }
}

fn pieces(text: &str, numbering: &Numbering) -> Vec<Piece> {
    let paragraphs: &[u16] = match numbering {
        Numbering::Pairs(paragraphs) => paragraphs,
        _ => &[],
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut line_start = 0;
    let mut taken = 0; // numbers before this place are read
    for line in text.split_inclusive('\n') {
        let (start, end) = (line_start, line_start + line.len());
        line_start = end;
        let runs_on = runs_on(text, start, &pieces);
        let opening = opening(line, numbering, runs_on);
        let label = start + opening.own + opening.before;
        if let Some(heading) = heading(text, start, line, numbering) {
            pieces.push(Piece::Heading { at: start, stance: heading });
        } else if opening.own > 0 && start >= taken {
            pieces.push(Piece::Paragraph { at: start });
        }
        let mut at = (start + opening.own).max(taken);
        while let Some(digit) = next_digit(&text[..end], at) {
            at = after_digits(text, digit);
            let Some(list) = list_at(text, digit, paragraphs) else { continue };
            let at_start = digit == label && opening.label && !runs_on;
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

/// What a line begins with, before the first number of a recommendation: the bytes of the addendum's own
/// paragraph number, and those of the word that names a recommendation.
struct Opening {
    own: usize,
    before: usize,
    label: bool,
}

fn opening(line: &str, numbering: &Numbering, runs_on: bool) -> Opening {
    static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*\d{1,3}[.)]\s+").ok());
    static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^[\s•·▪●*(\u{2013}\u{F0B7}-]*(?:(?:the )?(?:recommendations?|recs?\.?|paragraphs?|paras?\.?)[\s:]*)?(?:(?:nos?\.?|numbers?|paragraphs?|paras?\.?)\s*)?[(#]?").ok()
    });
    let length = |pattern: &Option<Regex>, text: &str| {
        pattern.as_ref().and_then(|pattern| pattern.find(text)).map_or(0, |found| found.end())
    };
    if *numbering == Numbering::Lines {
        return Opening { own: 0, before: 0, label: line.starts_with(|c: char| c.is_ascii_digit()) };
    }
    let own = if runs_on { 0 } else { length(&OWN, line) };
    let before = length(&BEFORE, &line[own..]);
    Opening { own, before, label: line[own + before..].starts_with(|c: char| c.is_ascii_digit()) }
}

/// Whether the line before goes on in this one: `accepts the recommendations` / `126.5 and 126.6`.
fn runs_on(text: &str, line_start: usize, pieces: &[Piece]) -> bool {
    static OPEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\b(?:recommendations?|recs?|and|or|to|of|in|on|with|paragraphs?|numbers?|nos?|accepts?|supports?|notes?|rejects?|that|for|from|by|see|also|as|the)|[,–-])\s*$").ok()
    });
    let before = &text[..line_start];
    let last = before.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let under_heading =
        pieces.last().is_some_and(|piece| matches!(piece, Piece::Heading { at, .. } if *at >= last));
    let in_label = matches!(pieces.last(), Some(Piece::Label { last: end, .. }) if *end >= last && text[*end..].starts_with(','));
    !under_heading
        && !in_label
        && OPEN.as_ref().is_some_and(|open| open.is_match(tail(before.trim_end(), 60)))
}

/// `13.`, `13)` or `13:`, not a number in running text.
fn is_dotted(text: &str, list: &NumberList) -> bool {
    let rest = &text[list.end..];
    text[..list.end].ends_with('.') && rest.starts_with(char::is_whitespace)
        || rest.starts_with([')', ':', ','])
}

/// A heading, and the position that its words give; `Accepted recommendations`, `II. Recommendations that ...`.
fn heading(text: &str, start: usize, line: &str, numbering: &Numbering) -> Option<Option<Stance>> {
    /// Longer ones go on in a second line, which is not needed.
    const LONGEST: usize = 120;
    static MARK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:(?:[IVX]+|[A-H])[.)]\s+|[IVX]+\s+)").ok());
    let line = line.trim();
    let mark = MARK.as_ref()?.find(line).map_or(0, |mark| mark.end());
    let words = &line[mark..];
    if words.len() < 5 || line.len() > LONGEST || !words.starts_with(char::is_uppercase) {
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
    let found = || stance::of_clause(words).filter(|_| !numbers && (of_recommendations || status) && plain);
    (complete || announces && words.ends_with([':', '.'])).then(found).flatten().map(Some)
}

/// Whether the line before ended a sentence, or is blank.
fn starts_anew(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix('\n').unwrap_or(&text[..start]);
    before.is_empty() || before.ends_with(['\n', '.', ':', ';', ')'])
}

/// The words of a comment: to the next label, heading or paragraph.
fn comment<'t>(text: &'t str, from: usize, after: &[Piece]) -> &'t str {
    /// Longer comments say where they stand at their start.
    const LONGEST: usize = 6000;
    let end = after
        .iter()
        .find(|piece| !matches!(piece, Piece::Inline { .. }))
        .map_or(text.len(), Piece::start)
        .max(from);
    let mut end = end.min(from + LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // the name before the next number belongs to that one
    let comment = text[from..end].trim_start_matches([')', ':', ',', '.', ' ', '-', '–', '\n']);
    let last_line = comment.rfind('\n').map_or(0, |at| at + 1);
    let trailing = comment[last_line..].trim();
    let name =
        ["rec.", "recs.", "recommendation", "recommendations", "recommendation no.", "•", "-", "–", "("];
    if name.contains(&trailing.to_lowercase().as_str()) { comment[..last_line].trim_end() } else { comment }
}

/// The position of a list within a sentence: what stands between the list before and this one, else what follows,
/// else what the sentence says anywhere before. `See` gives none.
fn clause(text: &str, sentence: usize, list: &NumberList, after: &str, before: &[Piece]) -> Option<Stance> {
    let previous = before.last().and_then(|piece| match piece {
        Piece::Inline { list, .. } | Piece::Label { list, .. } if list.end > sentence => Some(list.end),
        _ => None,
    });
    let words = &text[previous.unwrap_or(sentence).min(list.start)..list.start];
    let refers = |words: &str| {
        let words = words.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphabetic());
        words.any(|word| matches!(word, "see" | "refer" | "refers" | "cf" | "similarly" | "reference"))
    };
    if refers(words) {
        return None;
    }
    let own = stance::of_clause(words);
    let following = || stance::of_clause(after);
    let whole = || {
        let words = &text[sentence..list.start];
        if refers(words) { None } else { stance::of_clause(words) }
    };
    own.or_else(following).or_else(whole)
}

/// Where the sentence with this place begins, not farther than a page away.
fn sentence_start(text: &str, at: usize) -> usize {
    const LONGEST: usize = 4000;
    let words = tail(&text[..at], LONGEST);
    let start = at - words.len();
    let mut found = start;
    for (offset, c) in words.char_indices() {
        let after = &words[offset + c.len_utf8()..];
        let rest = after.trim_start();
        let opens = rest.starts_with(|c: char| c.is_uppercase() || c == '•');
        let ends = matches!(c, '.' | '!' | '?') && after.starts_with(char::is_whitespace) && opens
            || c == '\n' && after.starts_with('\n');
        if ends {
            found = start + offset + c.len_utf8();
        }
    }
    found
}

fn sentence_end(text: &str, from: usize) -> usize {
    const LONGEST: usize = 600;
    let rest = &text[from..];
    // the full stop of the last number may be that of the sentence
    if text[..from].ends_with('.') && rest.trim_start().starts_with(char::is_uppercase) {
        return from;
    }
    let ends = |(at, c): (usize, char)| {
        let after = &rest[at + c.len_utf8()..];
        *(&at) > LONGEST
            || matches!(c, '.' | '!' | '?') && (after.is_empty() || after.starts_with(char::is_whitespace))
            || c == '\n' && after.starts_with('\n')
    };
    rest.char_indices().find(|&found| ends(found)).map_or(text.len(), |(at, _)| from + at)
}

/// Lines numbered `1.`, `2.` are replies only if most of them take a position; else they are paragraphs.
fn is_convincing(text: &str, pieces: &[Piece]) -> bool {
    let mut labels = 0;
    let mut with_position = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if let Piece::Label { list, .. } = piece {
            labels += 1;
            let comment = comment(text, list.end, &pieces[index + 1..]);
            with_position += usize::from(stance::of_comment(comment).is_some());
        }
    }
    labels > 0 && with_position * 10 >= labels * 6
}
