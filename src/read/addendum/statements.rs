//! Numbers and words into one statement for each number.

use super::numbers::{Number, NumberList};
use super::pieces::{Numbering, Piece, numbering, pieces};
use super::stance::{self, Stance};
use crate::recommendation::Position;
use crate::text::line::{Sentences, head};
use crate::text::pattern::patterns;
use std::collections::{BTreeMap, BTreeSet};

/// What an addendum says to a number.
#[derive(Debug, Clone)]
pub(super) struct Said {
    weight: Weight,
    pub(super) position: Option<Position>,
    pub(super) words: String,
    /// Where in the text.
    pub(super) at: usize,
}

/// What a statement rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Mention,
    Heading,
    Comment,
    List,
}

/// What is said to each number, in the order of the numbers.
pub(super) fn statements(text: &str) -> Vec<(Number, Said)> {
    let numbering = numbering(text);
    let pieces = pieces(text, &numbering);
    if numbering == Numbering::Lines && !is_convincing(text, &pieces) {
        return Vec::new();
    }
    let mut said: BTreeMap<Number, Vec<Said>> = BTreeMap::new();
    let mut heading: Option<Stance> = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Heading { stance, .. } => heading = stance.clone(),
            Piece::Paragraph { .. } => {}
            Piece::Label { list, .. } => {
                let comment = comment(text, list.end, &pieces[index + 1..]);
                let alone = || predicate(comment).and_then(stance::of_clause);
                // the sentence goes on with other numbers, of which it may say something else
                let goes_on = matches!(pieces.get(index + 1), Some(Piece::Inline { before, .. }) if *before <= list.end);
                let before = if goes_on { alone() } else { None };
                let own = before.or_else(|| stance::of_comment(comment)).or_else(alone);
                let (weight, stance) = match (own, &heading) {
                    (Some(own), _) => (Weight::Comment, Some(own)),
                    (None, Some(heading)) => (Weight::Heading, Some(heading.clone())),
                    (None, None) => (Weight::Mention, None),
                };
                let words = stance::first_sentence(comment);
                add(&mut said, list, weight, stance, &words);
            }
            Piece::Inline { list, .. } => {
                if let Some(stance) = inline(text, &pieces, index) {
                    add(&mut said, list, Weight::List, Some(stance), "");
                }
            }
        }
    }
    refer(&mut said);
    said.into_iter().map(|(number, said)| (number, settle(said))).collect()
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
    /// Nobody answers a number more often; it bounds what a hostile text can cost.
    const MAX_ANSWERS: usize = 50;
    for number in &list.numbers {
        let said = said.entry(*number).or_default();
        if said.len() < MAX_ANSWERS {
            said.push(Said { weight, position, words: words.clone(), at: list.start });
        }
    }
}

/// What counts of all that is said to a number: the weightiest; partial support said in a comment refines a list;
/// two different answers of the same weight are support in part.
fn settle(said: Vec<Said>) -> Said {
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
    let at = counting.first().map_or(0, |said| said.at);
    Said { weight: heaviest, position, words: words.join(" / "), at }
}

/// `See recommendation 71`: the position is that of 71.
fn refer(said: &mut BTreeMap<Number, Vec<Said>>) {
    patterns! {
        SEE = r"(?i)^(?:please )?(?:see|refer to|as for|same as)\b[^.]{0,60}?(\d{1,3}(?:\.\d{1,3})?)";
    }
    let target = |(number, said): (&Number, &Vec<Said>)| match said.as_slice() {
        [Said { weight: Weight::Mention, words, .. }] => {
            Some((*number, referred_to(&SEE.captures(words)?[1], *number)?))
        }
        _ => None,
    };
    let found: Vec<(Number, Number)> = said.iter().filter_map(target).collect();
    for (number, target) in found {
        let position =
            said.get(&target).and_then(|said| said.iter().max_by_key(|said| said.weight)?.position);
        if let Some(only) = said.get_mut(&number).and_then(|said| said.first_mut()) {
            only.position = position;
        }
    }
}

fn referred_to(words: &str, from: Number) -> Option<Number> {
    match words.split_once('.') {
        Some((paragraph, item)) => {
            Some(Number { paragraph: Some(paragraph.parse().ok()?), item: item.parse().ok()? })
        }
        None => Some(Number { paragraph: from.paragraph, item: words.parse().ok()? }),
    }
}

/// The words of a comment: to the next label, heading or paragraph, or to a sentence that answers other numbers.
fn comment<'t>(text: &'t str, from: usize, after: &[Piece]) -> &'t str {
    /// Longer comments say where they are at their start.
    const MAX_COMMENT_BYTES: usize = 6000;
    let ends = after.iter().enumerate().find_map(|(index, piece)| match piece {
        Piece::Inline { before, .. } if *before > from && inline(text, after, index).is_some() => {
            Some(*before)
        }
        Piece::Inline { list, .. } => (list.start > from + MAX_COMMENT_BYTES).then_some(text.len()),
        other => Some(other.start()),
    });
    let end = ends.unwrap_or(text.len()).max(from);
    // the name before the next number belongs to that one
    let comment = head(&text[from..end], MAX_COMMENT_BYTES)
        .trim_start_matches([')', ':', ',', '.', ' ', '-', '–', '\n']);
    let last_line = comment.rfind('\n').map_or(0, |at| at + 1);
    let trailing = comment[last_line..].trim();
    let name =
        ["rec.", "recs.", "recommendation", "recommendations", "recommendation no.", "•", "-", "–", "("];
    if name.contains(&trailing.to_lowercase().as_str()) { comment[..last_line].trim_end() } else { comment }
}

/// The position that a sentence gives to the numbers in it, if this piece is such: what is between the list before and
/// this one, else what follows, else what the sentence says anywhere before. `See` gives none.
fn inline(text: &str, pieces: &[Piece], index: usize) -> Option<Stance> {
    let Some(&Piece::Inline { ref list, before: sentence }) = pieces.get(index) else { return None };
    let previous = match index.checked_sub(1).and_then(|before| pieces.get(before)) {
        Some(Piece::Inline { list, .. } | Piece::Label { list, .. }) if list.end > sentence => Some(list.end),
        _ => None,
    };
    let between = &text[previous.unwrap_or(sentence).min(list.start)..list.start];
    // what the sentence says of the list before is not said of this one
    let said_before = previous.and_then(|_| predicate(between)).map_or(0, str::len);
    let words = &between[said_before..];
    let refers = |words: &str| {
        let words = words.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphabetic());
        words.any(|word| matches!(word, "see" | "refer" | "refers" | "cf" | "similarly" | "reference"))
    };
    if refers(words) {
        return None;
    }
    let following = || {
        let until = pieces.get(index + 1).map_or(text.len(), Piece::start);
        stance::of_clause(&text[list.end..until.min(sentence_end(text, list.end)).max(list.end)])
    };
    let whole = || {
        let words = if said_before > 0 { "" } else { &text[sentence..list.start] };
        if refers(words) { None } else { stance::of_clause(words) }
    };
    stance::of_clause(words).or_else(following).or_else(whole)
}

/// `are accepted;` after a list: what is said of the list that is before it, up to where the clause ends.
fn predicate(after: &str) -> Option<&str> {
    const VERBS: [&str; 16] = [
        "is", "are", "was", "were", "has", "have", "had", "enjoy", "enjoys", "do", "does", "did", "cannot",
        "can", "could", "will",
    ];
    let verb = after.split_whitespace().next().unwrap_or_default().to_lowercase();
    let ends = [";", ".", " while ", " whereas ", " but ", ", and "];
    let end = ends.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    VERBS.contains(&&*verb).then_some(&after[..end])
}

fn sentence_end(text: &str, from: usize) -> usize {
    const MAX_SENTENCE_BYTES: usize = 600;
    const END: Sentences = Sentences { marks: &['.', '!', '?'], abbreviations: &[], next: None };
    let rest = &text[from..];
    // the full stop of the last number may be that of the sentence
    if text[..from].ends_with('.') && rest.trim_start().starts_with(char::is_uppercase) {
        return from;
    }
    let ends = |(at, c): (usize, char)| {
        let after = &rest[at + c.len_utf8()..];
        at > MAX_SENTENCE_BYTES || END.ends_at(rest, at, c) || c == '\n' && after.starts_with('\n')
    };
    rest.char_indices().find(|&found| ends(found)).map_or(text.len(), |(at, _)| from + at)
}

/// Lines numbered `1.`, `2.` are replies only if most of them take a position; else they are paragraphs.
fn is_convincing(text: &str, pieces: &[Piece]) -> bool {
    let labels = pieces.iter().enumerate().filter_map(|(index, piece)| match piece {
        Piece::Label { list, .. } => Some(comment(text, list.end, &pieces[index + 1..])),
        _ => None,
    });
    let comments: Vec<&str> = labels.collect();
    let with_position = comments.iter().filter(|comment| stance::of_comment(comment).is_some()).count();
    !comments.is_empty() && with_position * 10 >= comments.len() * 6
}
