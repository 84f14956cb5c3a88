//! OHCHR's thematic lists of recommendations (DOCX), in the layouts of the second, third and fourth cycle.
//!
//! A table of four columns: the recommendation with its number, States and the source of the position; the
//! position; themes and groups of persons; and, by cycle, nothing, room for comments, or the Sustainable
//! Development Goals. A single merged cell is a theme heading. Rows are counted through the tables of the document
//! from 1, headers and headings included, so that a person finds row 12 by counting to 12.
//!
//! Comments on the implementation, which others may have filled in, are not the list's and are passed over.
//!
//! Where to go next: [`composite`] separates the recommendations under one number.

mod composite;

use super::cache::NameCache;
use super::heading::Heading;
use super::reader::Reader;
use super::table::Content;
use super::word::{Block, Document};
use crate::list::{FileRead, Form, RecommendationList, Reject};
use crate::recommendation::{PositionGiven, Recommendation, Session, Source, SourceLabels};
use crate::state::{State, StateName};
use crate::text::line::one_line;
use crate::text::pattern::patterns;
use std::sync::Arc;

/// Whether a Word file is such a list: a header row with a recommendation and a position, or a source of a position.
pub(super) fn is_thematic(document: &Document) -> bool {
    document.blocks.iter().any(|block| match block {
        Block::Row(cells) => is_header(cells) || cells.iter().flatten().any(|line| SOURCE.is_match(line)),
        Block::Paragraph(_) => false,
    })
}

pub(super) fn read(reader: &Reader, name: &str, document: &Document) -> RecommendationList {
    let title = heading(document).or(&reader.given);
    let mut about = FileRead::new(name, Form::ThematicList);
    let file = about.file.clone();
    let mut list = RecommendationList::default();
    let (mut heading, mut sdgs_apart, mut states) = (None::<String>, None, NameCache::default());
    let rows = document.blocks.iter().filter_map(|block| match block {
        Block::Row(cells) => Some(cells),
        Block::Paragraph(_) => None,
    });
    for (row, cells) in (1..).zip(rows) {
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 0 {
            continue;
        }
        if is_header(cells) {
            sdgs_apart = cells.get(3).map(|cell| holds_sdgs(&cell.join(" ")));
            continue;
        }
        let length: usize = cells.iter().flatten().map(String::len).sum();
        if let [only] = cells.as_slice()
            && !NUMBER.is_match(&only.join(" "))
            && length <= MAX_HEADING_BYTES
        {
            heading = Some(HEADING.replace(&only.join(" "), "").trim().to_string());
            continue;
        }
        let source = Source { file: file.clone(), row };
        let item = match length {
            0..=MAX_ROW_BYTES => item(cells, sdgs_apart)
                .ok_or("found neither number nor position, expected a recommendation".into()),
            _ => Err(format!("found a row of {length} bytes, expected no more than {MAX_ROW_BYTES}")),
        };
        let item = match item {
            Ok(item) => item,
            Err(reason) => {
                about.rows += 1;
                let raw = cells.iter().map(|cell| cell.join("\n")).collect::<Vec<_>>().join("\t");
                list.rejects.push(Reject::new(source, reason, raw));
                continue;
            }
        };
        let review = Heading { document: item.document.clone(), ..Heading::default() }.or(&title);
        for part in composite::parts(&item.text, &mut states) {
            about.rows += 1;
            let made = Recommendation {
                paragraph: item.paragraph.clone(),
                recommending_states: part.states,
                position: item.position.clone(),
                labels: SourceLabels { heading: heading.clone(), ..item.labels.clone() },
                ..review.clone().recommendation(part.text, source.clone())
            };
            Content::of(made).add_to(&mut list, &mut about.set_aside);
        }
    }
    list.files.push(about);
    list
}

/// Bytes of a row, all cells together: the longest of two lists has 912. Each part of a row gets its labels.
const MAX_ROW_BYTES: usize = 1 << 16;

/// Bytes of a theme heading, which each recommendation under it gets; the longest of two lists has 106.
const MAX_HEADING_BYTES: usize = 1 << 10;

patterns! {
    /// `115.1 Take`, and as lists misprint it: `115. 1`, `115-1.`, `115.1Take`; a lone `7` only as `7.` or `7)`.
    NUMBER = r"^\s*(\d{1,3}(?:\s?[.\-–]\s?\d{1,3})+|\d{1,3}[.)])[.):]?\s*";
    SOURCE = r"(?i)\bsources?\s+of\s+(?:the\s+)?position\s*:?\s*";
    HEADING = r"(?i)^\s*(?:themes?|right or area)\s*:\s*";
    /// The symbol of a document, whatever follows it.
    SYMBOL = r"\bA/HRC/[A-Za-z0-9./]*[A-Za-z0-9]";
    PARAGRAPHS = r"(?i)\bpara(?:graph)?s?\b\.?\s*(\d+(?:\s*\([a-z]\))?(?:\s*(?:[-–,]|and)\s*\d+(?:\s*\([a-z]\))?)*)";
    ADDENDUM = r"/Add\.\d+$";
    UPR_OF = r"(?i)\b(?:UPR|universal periodic review)\s+of\s+(?:the\s+)?(.+)";
    SESSION = r"(?i)\b\d{1,2}\s*(?:st|nd|rd|th)\s+(?:UPR\s+)?session";
    WORKING_GROUP = r"\bA/HRC/WG\.6/(\d{1,2})/([A-Z]{3})/";
}

fn is_header(cells: &[Vec<String>]) -> bool {
    let begins = |at: usize, word: &str| {
        cells.get(at).is_some_and(|cell| cell.join(" ").trim().to_lowercase().starts_with(word))
    };
    begins(0, "recommendation") && begins(1, "position")
}

fn holds_sdgs(header: &str) -> bool {
    let header = header.to_lowercase();
    header.contains("sdg") || header.contains("sustainable development goal")
}

/// What a row says, the States still in the text; nothing for a row that has neither a number nor a position.
fn item(cells: &[Vec<String>], sdgs_apart: Option<bool>) -> Option<Recommendation> {
    let mut cells = cells.iter();
    let mut next = || cells.next().map_or("".to_string(), |cell| cell.join("\n"));
    let (first, position) = (next(), next());
    let (text, source) = match SOURCE.find(&first) {
        Some(found) => (&first[..found.start()], first[found.end()..].trim()),
        None => (first.as_str(), ""),
    };
    let number = NUMBER.captures(text);
    let paragraph = number.as_ref().map(|number| {
        let parts = number[1].split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(".")
    });
    let text = text[number.map_or(0, |number| number[0].len())..].trim();
    if text.is_empty() || (paragraph.is_none() && position.trim().is_empty()) {
        return None;
    }
    let position = (!position.trim().is_empty()).then(|| PositionGiven {
        stated_in: stated_in(source).map(Arc::from),
        ..PositionGiven::new(&one_line(&position))
    });
    let mut labels = SourceLabels::default();
    labelled(&next(), &mut labels);
    let fourth = next();
    let of_sdgs = |line: &str| line.trim_start_matches(['-', ' ']).starts_with(|c: char| c.is_ascii_digit());
    if sdgs_apart.unwrap_or_else(|| fourth.lines().all(of_sdgs)) {
        labels.sdgs.extend(fourth.lines().filter_map(label));
    }
    // the positions on A/HRC/28/15 are in A/HRC/28/15/Add.1
    let symbol = SYMBOL.find(source).map(|symbol| symbol.as_str());
    let document = symbol.filter(|symbol| ADDENDUM.is_match(symbol));
    let document = document.map(|symbol| ADDENDUM.replace(symbol, "").into_owned());
    Some(Recommendation { paragraph, position, document, labels, ..Recommendation::new(text) })
}

/// `A/HRC/28/15/Add.1 - Para. 3` as `A/HRC/28/15/Add.1, para. 3`.
fn stated_in(source: &str) -> Option<String> {
    let symbol = SYMBOL.find(source).map(|symbol| symbol.as_str());
    let paragraphs = PARAGRAPHS.captures_iter(source).last();
    match (symbol, paragraphs) {
        (Some(symbol), Some(paragraphs)) => Some(format!("{symbol}, para. {}", &paragraphs[1])),
        (Some(symbol), None) => Some(symbol.to_string()),
        (None, _) => Some(source.to_string()).filter(|source| !source.is_empty()),
    }
}

/// A line of a cell without its dash.
fn label(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line.strip_prefix(['-', '–', '•']).unwrap_or(line).trim();
    (!line.is_empty()).then(|| line.to_string())
}

/// Themes, and after their captions in the same cell SDGs and persons.
fn labelled(cell: &str, labels: &mut SourceLabels) {
    let mut to = &mut labels.themes;
    for line in cell.lines() {
        let (caption, rest) = line.split_once(':').unwrap_or(("", line));
        let caption = caption.trim().trim_start_matches("Relevant ").to_lowercase();
        to = match caption.as_str() {
            "themes" | "theme" => &mut labels.themes,
            "sdg" | "sdgs" | "sustainable development goals" => &mut labels.sdgs,
            "affected persons" | "persons affected" | "groups of persons" | "group of persons" => {
                &mut labels.affected_persons
            }
            _ => {
                to.extend(label(line));
                continue;
            }
        };
        to.extend(label(rest));
    }
}

/// What the title of a list says: `UPR of Slovenia (2nd Cycle – 20th session)`. The page header or the paragraphs, whichever says it first; else a symbol such as `A/HRC/WG.6/20/SVN/1`.
fn heading(document: &Document) -> Heading {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Row(_) => None,
    });
    let lines: Vec<&String> = document.headers.iter().chain(paragraphs).collect();
    let session = |line: &str| SESSION.find(line).map(|session| Session::new(session.as_str()));
    let mut title = Heading::default();
    for line in &lines {
        if let Some(found) = UPR_OF.captures(line)
            && title.state_under_review.is_none()
        {
            title.state_under_review = leading_state(&found[1]);
            title.session = session(line);
        }
    }
    for line in &lines {
        title.session = title.session.or_else(|| session(line));
        if let Some(symbol) = WORKING_GROUP.captures(line) {
            title.session = title.session.or_else(|| Some(Session::new(&symbol[1])));
            let named = State::by_iso3(&symbol[2]).map(|state| StateName::new(state.name));
            title.state_under_review = title.state_under_review.or(named);
        }
    }
    title
}

/// The State at the start of a text: its longest beginning that is a State's name. Names hold brackets and commas.
fn leading_state(text: &str) -> Option<StateName> {
    /// Longer than the longest name of a State.
    const MAX_NAME_BYTES: usize = 120;
    let marks = text.char_indices().filter(|(_, c)| !c.is_alphanumeric());
    let ends = marks.map(|(at, c)| at + usize::from(c == ')')).chain([text.len()]);
    let ends: Vec<usize> = ends.take_while(|end| *end <= MAX_NAME_BYTES).collect();
    let mut names = ends.iter().rev().map(|end| text[..*end].trim_end_matches(['(', ' ', '\t', '\n']));
    names.find(|name| State::resolve(name).is_some()).map(StateName::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_misprints() {
        let number = |text: &str| {
            let cells = vec![vec![text.to_string()], vec!["Noted".to_string()]];
            let item = item(&cells, None).expect("a recommendation");
            (item.paragraph.unwrap_or_default(), item.text)
        };
        for text in
            ["115.1 Take", "115.1. Take", "115. 1 Take", "115-1. Take", "115.1Take", "115.1.\u{a0}Take"]
        {
            assert_eq!(number(text), ("115.1".to_string(), "Take".to_string()), "{text:?}");
        }
        assert_eq!(number("7. Take").0, "7");
        for text in ["Take", "2006-2016 plan", "12 States", "1000.5 m"] {
            assert_eq!(number(text), (String::new(), text.to_string()), "{text:?}");
        }
    }

    #[test]
    fn sources_of_positions() {
        for (source, expected) in [
            ("A/HRC/28/15/Add.1 - Para. 3", "A/HRC/28/15/Add.1, para. 3"),
            ("A/HRC/59/15/Add.1-Para.3", "A/HRC/59/15/Add.1, para. 3"),
            ("A/HRC/59/15/Add.1 - Para.3v", "A/HRC/59/15/Add.1, para. 3"),
            ("A/HRC/28/15/Add.1, para. 4 - Para. 4", "A/HRC/28/15/Add.1, para. 4"),
            ("A/HRC/28/15/Add.1 - Paras. 4-6 and 9", "A/HRC/28/15/Add.1, para. 4-6 and 9"),
            ("A/HRC/28/15/Add.1", "A/HRC/28/15/Add.1"),
            ("A/HRC/28/15/Add.1 - Para.", "A/HRC/28/15/Add.1"),
            ("a letter", "a letter"),
        ] {
            assert_eq!(stated_in(source).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(stated_in(""), None);
    }

    #[test]
    fn states_of_titles() {
        for (title, expected) in [
            ("Slovenia (2nd Cycle – 20th session)\t\tThematic list", "Slovenia"),
            ("Iran (Islamic Republic of) (3rd Cycle – 34th session)", "Iran"),
            ("Bolivia (Plurinational State of)(4th Cycle)", "Bolivia"),
            ("United Kingdom of Great Britain and Northern Ireland, 41st session", "United Kingdom"),
            ("Guinea-Bissau – thematic list", "Guinea-Bissau"),
        ] {
            assert_eq!(leading_state(title).expect("a State").name(), expected, "{title}");
        }
        assert_eq!(leading_state("Atlantis (1st cycle)"), None);
    }
}
