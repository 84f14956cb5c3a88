//! What a report says of itself: the State under review, the session and the symbol of the document.

use super::super::heading::Heading;
use super::lines::Line;
use crate::recommendation::Session;
use crate::state::sessions::sessions;
use crate::state::{State, StateName};
use crate::text::key;
use crate::text::pattern::patterns;
use std::sync::Arc;

/// The front page and the first paragraphs end well before this many lines and bytes.
const FRONT_LINES: usize = 300;
const FRONT_BYTES: usize = 20_000;

patterns! {
    DRAFT = r"(?i:\bdraft report of the working group\b|\[to be (?:completed|inserted|added|finali[sz]ed)\b)|\bA/HRC/WG\.6/\d+/L\.\d+";
    ISSUED_BEFORE = r"(?i)\bissued (?:under|as) (?:[a-z]+ ){0,4}$";
    SYMBOL = r"(?:^|\s)(A/HRC/\d+/\d+(?:/Rev\.\d+)?)(?:\*?$|\s)";
    SESSION = r"(?ix)\b(?: (?:held|holding)\ (?:its|the)\ (?<en>[a-z0-9]+(?:[\ -][a-z]+)?)\ session
        | (?:a\ tenu|tenant)\ sa\ (?<fr>[[:alnum:]à-ÿ]+(?:[\ -][a-zà-ÿ]+){0,3}?)\ session
        | (?:celebró|celebrado|celebrar)\ su\ (?<es>[[:alnum:]à-ÿº°]+(?:\ [a-zà-ÿ]+)?)\ per[ií]odo\ de\ sesiones )";
    REVIEW = r"(?ix)\b(?: (?:review\ of|report\ on|transmitted\ to|delegation\ of)\ ([^.;]{3,90}?)(?:\ was|\ were|\ through|\.|;|,|\ took)
        | (?:l['’]examen\ (?:concernant|de)|el\ examen\ (?:de|relativo\ a))\ ([^.;,]{3,90}?)(?:\ a\ eu\ lieu|\ s['’]est|\ se\ llevó|\ tuvo) )";
}

/// Reads the front page and the introduction. `raw` are the first lines with their furniture, for the symbol.
pub(super) fn heading<'t>(raw: impl Iterator<Item = &'t str>, lines: &[Line<'_>]) -> Heading {
    let front = front(lines.iter().map(|line| line.text));
    Heading { session: session(&front), state_under_review: reviewed(&front, lines), document: symbol(raw) }
}

/// Whether the report shows that it is a draft: `Draft report of the Working Group`, `A/HRC/WG.6/52/L.6`, `[To be completed
/// by 22 May 2026]`. Adopted ones of
/// the first cycle name the draft as well: *Previously issued under document symbol A/HRC/WG.6/5/L.13*.
pub(super) fn is_draft(lines: &[Line<'_>]) -> bool {
    let front = front(lines.iter().map(|line| line.text));
    DRAFT.find_iter(&front).any(|draft| !ISSUED_BEFORE.is_match(&front[..draft.start()]))
}

fn front<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let mut front = String::new();
    for line in lines.take(FRONT_LINES).filter(|line| line.len() < FRONT_BYTES) {
        if front.len() + line.len() > FRONT_BYTES {
            break;
        }
        for word in line.split_whitespace() {
            front.push_str(word);
            front.push(' ');
        }
    }
    front
}

/// The symbol on the front page: `A/HRC/16/14`. Symbols in the text are those of other documents.
fn symbol<'t>(raw: impl Iterator<Item = &'t str>) -> Option<String> {
    let ends = |line: &&str| {
        line.trim_end_matches(['*', '.']).eq_ignore_ascii_case("introduction") || line.starts_with("1.")
    };
    let lines = raw.take(FRONT_LINES).map(str::trim).filter(|line| line.len() < FRONT_BYTES);
    lines.take_while(|line| !ends(line)).find_map(|line| Some(SYMBOL.captures(line)?[1].to_string()))
}

/// `held its ninth session`, `holding its 9th session`: the session of the Working Group.
fn session(front: &str) -> Option<Session> {
    let found = SESSION.captures(front)?;
    let words = ["en", "fr", "es"].iter().find_map(|language| found.name(language))?.as_str();
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    let ordinal = key::folded(words).replace(' ', "-");
    let in_words =
        || sessions().iter().find(|held| held.ordinals.contains(&&*ordinal)).map(|held| held.number);
    let number = digits.parse().ok().or_else(in_words)?;
    Some(Session { given: Arc::from(format!("{words} session")), ..Session::from(number) })
}

/// `The review of Albania was held`; else the line under the title.
fn reviewed(front: &str, lines: &[Line<'_>]) -> Option<StateName> {
    let named = REVIEW
        .captures_iter(front)
        .filter_map(|found| Some(found.get(1).or_else(|| found.get(2))?.as_str().trim()))
        .find(|name| State::resolve(name).is_some());
    let title = || {
        lines
            .iter()
            .take(FRONT_LINES)
            .map(|line| line.text.trim_end_matches(|c: char| c == '*' || c == '.' || c.is_whitespace()))
            .find(|line| line.len() < 90 && State::resolve(line).is_some())
    };
    named.or_else(title).map(StateName::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_in_words_and_digits() {
        let number = |text: &str| session(text).and_then(|session| session.number);
        assert_eq!(number("It held its ninth session from 1 to 12 November"), Some(9));
        assert_eq!(number("holding its 36th session"), Some(36));
        assert_eq!(number("held its forty-eighth session"), Some(48));
        assert_eq!(number("held its twentieth session"), Some(20));
        assert_eq!(number("a tenu sa trente-sixième session du 2 au 13 novembre 2020"), Some(36));
        assert_eq!(number("a tenu sa vingt et unième session"), Some(21));
        assert_eq!(number("celebró su 36º período de sesiones del 2 al 13 de noviembre"), Some(36));
        assert_eq!(number("celebró su trigésimo sexto período de sesiones"), Some(36));
        assert_eq!(number("held its special session"), None);
    }
}
