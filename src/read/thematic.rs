//! OHCHR's thematic lists of recommendations (DOCX), in the layouts of the second, third and fourth cycle.
//!
//! A table of four columns: the recommendation with its number, States and the source of the position; the
//! position, in some lists after the recommending States; themes and groups of persons; and, by cycle, nothing, room for
//! comments, or the Sustainable Development Goals. [`layout`] knows them by their headers, wherever they are. A single
//! merged cell is a theme heading. Rows are counted through the tables of the document
//! from 1, headers and headings included, so that a person finds row 12 by counting to 12.
//!
//! Comments on the implementation, which others may have filled in, are not the list's and are passed over.
//!
//! Where to go next: [`composite`] separates the recommendations under one number.

mod composite;
mod layout;
mod title;

use super::cache::NameCache;
use super::cells;
use super::heading::Heading;
use super::reader::Reader;
use super::table::{Content, MAX_LABELS};
use super::word::Document;
use crate::error::{Result, few};
use crate::list::{Form, RecommendationList, Reject};
use crate::recommendation::{PositionGiven, Recommendation, Source, SourceLabels};
use crate::state::StateName;
use crate::text::line::one_line;
use crate::text::pattern::patterns;
use layout::{Layout, Part};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whether a Word file is such a list: a header row with a recommendation and a position, or a source of a position.
pub(super) fn is_thematic(document: &Document) -> bool {
    document
        .rows()
        .any(|cells| Layout::of(cells).is_some() || cells.iter().flatten().any(|line| SOURCE.is_match(line)))
}

pub(super) fn read(reader: &Reader, name: &str, document: &Document) -> Result<RecommendationList> {
    let title = title::heading(name, document)?.or(&reader.given);
    let mut about = document.about(name, Form::ThematicList);
    let file = about.file.clone();
    let mut list = RecommendationList::default();
    let (mut heading, mut layout, mut states) = (None::<String>, Layout::default(), NameCache::default());
    let mut differing = Vec::new();
    let mut copied = 0;
    for (row, cells) in (1..).zip(document.rows()) {
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 0 {
            continue;
        }
        if let Some(found) = Layout::of(cells) {
            for header in found.unused(cells) {
                if !about.unused_columns.contains(&header) {
                    about.unused_columns.push(header);
                }
            }
            layout = found;
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
            0..=MAX_ROW_BYTES => item(cells, &layout, &mut states)
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
        let parts = composite::parts(&item.text, &mut states);
        let of_column = &item.recommending_states;
        let of_brackets = || parts.iter().flat_map(|part| &part.states);
        let agree = || {
            let names = |names: &mut dyn Iterator<Item = &StateName>| -> BTreeSet<String> {
                names.map(|name| name.name().to_string()).collect()
            };
            names(&mut of_column.iter()) == names(&mut of_brackets())
        };
        if !of_column.is_empty() && of_brackets().next().is_some() && !agree() {
            differing.push(item.paragraph.clone().unwrap_or_else(|| format!("row {row}")));
        }
        let labels = SourceLabels { heading: heading.clone(), ..item.labels.clone() };
        copied += parts.len() * bytes_of(&labels);
        let too_many = labels.lengths().into_iter().find(|length| *length > MAX_LABELS);
        let reason = match too_many {
            Some(found) => Some(format!("found {found} labels in a cell, expected at most {MAX_LABELS}")),
            None if copied > MAX_COPIED_BYTES => {
                let most = MAX_COPIED_BYTES >> 20;
                Some(format!("found more than {most} MB of headings and labels up to here, expected fewer"))
            }
            None => None,
        };
        if let Some(reason) = reason {
            about.rows += 1;
            list.rejects.push(Reject::new(source, reason, item.text));
            continue;
        }
        for part in parts {
            about.rows += 1;
            let states = if part.states.is_empty() { of_column.clone() } else { part.states };
            let made = Recommendation {
                paragraph: item.paragraph.clone(),
                recommending_states: states,
                position: item.position.clone(),
                labels: labels.clone(),
                ..review.clone().recommendation(part.text, source.clone())
            };
            Content::of(made).add_to(&mut list, &mut about.set_aside);
        }
    }
    about.warnings.extend(differ(&differing));
    list.files.push(about);
    Ok(list)
}

/// The warning about the numbers whose States differ between the text and the column for States.
fn differ(numbers: &[String]) -> Option<String> {
    let count = numbers.len();
    if count == 0 {
        return None;
    }
    let first = few(numbers);
    let (rows, whose) = if count == 1 { ("row", "its") } else { ("rows", "their") };
    Some(format!(
        "{count} {rows} with other recommending States in {whose} column than in brackets in the text, which were \
         counted: {first}; compare them with the report"
    ))
}

/// Bytes of a row, all cells together: the longest of two lists has 912. Each part of a row gets its labels.
const MAX_ROW_BYTES: usize = 1 << 16;

/// Bytes of a theme heading, which each recommendation under it gets; the longest of two lists has 106.
const MAX_HEADING_BYTES: usize = 1 << 10;

/// As many bytes of headings and labels are copied into recommendations, those of one row into each of its parts. A list of
/// 300 recommendations has 100 kB; a Word file of 112 kB made them 4 GB.
const MAX_COPIED_BYTES: usize = 64 << 20;

/// What a copy of these labels takes, each with what a text costs beside its letters.
fn bytes_of(labels: &SourceLabels) -> usize {
    const TEXT: usize = std::mem::size_of::<String>() + 16;
    let lists = [&labels.issues, &labels.themes, &labels.sdgs, &labels.affected_persons];
    let texts = lists.into_iter().flatten().chain(&labels.heading).chain(&labels.action);
    texts.map(|text| TEXT + text.len()).sum()
}

patterns! {
    /// `115.1 Take`, and as lists misprint it: `115. 1`, `115-1.`, `115.1Take`; a lone `7` only as `7.` or `7)`.
    NUMBER = r"^\s*(\d{1,3}(?:\s?[.\-–]\s?\d{1,3})+|\d{1,3}[.)])[.):]?\s*";
    SOURCE = r"(?i)\bsources?\s+of\s+(?:the\s+)?position\s*:?\s*";
    HEADING = r"(?i)^\s*(?:themes?|right or area)\s*:\s*";
    NEXT_CODE = r"\s{2,}\d{1,2}(?:\.\d{1,2})+\.?\s";
    /// The symbol of a document, whatever follows it.
    SYMBOL = r"\bA/HRC/[A-Za-z0-9./]*[A-Za-z0-9]";
    PARAGRAPHS = r"(?i)\bpara(?:graph)?s?\b\.?\s*(\d+(?:\s*\([a-z]\))?(?:\s*(?:[-–,]|and)\s*\d+(?:\s*\([a-z]\))?)*)";
    ADDENDUM = r"/Add\.\d+$";
}

/// What a row says, the States of the brackets still in the text, those of a column apart; nothing for a row that has
/// neither a number nor a position.
fn item(cells: &[Vec<String>], layout: &Layout, states: &mut NameCache) -> Option<Recommendation> {
    let cell = |part| layout.cell(part, cells).join("\n");
    let (first, position) = (cell(Part::Recommendation), cell(Part::Position));
    let (text, source) = match SOURCE.find(&first) {
        Some(found) => (&first[..found.start()], first[found.end()..].trim()),
        None => (first.as_str(), ""),
    };
    let number = NUMBER.captures(text);
    let parted = |number: &str| {
        let parts = number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(".")
    };
    let apart = || Some(parted(&cell(Part::Number))).filter(|number| !number.is_empty());
    let paragraph = number.as_ref().map(|number| parted(&number[1])).or_else(apart);
    let text = text[number.map_or(0, |number| number[0].len())..].trim();
    if text.is_empty() || (paragraph.is_none() && position.trim().is_empty()) {
        return None;
    }
    let position = (!position.trim().is_empty()).then(|| PositionGiven {
        stated_in: stated_in(source).map(Arc::from),
        ..PositionGiven::new(&one_line(&position))
    });
    let mut labels = SourceLabels::default();
    labelled(&cell(Part::Themes), &mut labels);
    let goals = cell(Part::Sdgs);
    labels.sdgs.extend(goals.lines().filter_map(label));
    let fourth = cell(Part::SdgsOrComments);
    let of_sdgs = |line: &str| line.trim_start_matches(['-', ' ']).starts_with(|c: char| c.is_ascii_digit());
    if fourth.lines().all(of_sdgs) {
        labels.sdgs.extend(fourth.lines().filter_map(label));
    }
    // the positions on A/HRC/28/15 are in A/HRC/28/15/Add.1
    let symbol = SYMBOL.find(source).map(|symbol| symbol.as_str());
    let document = symbol.filter(|symbol| ADDENDUM.is_match(symbol));
    let document = document.map(|symbol| ADDENDUM.replace(symbol, "").into_owned());
    let recommending_states = match layout.has(Part::RecommendingStates) {
        true => cells::states(&cell(Part::RecommendingStates), states),
        false => Vec::new(),
    };
    Some(Recommendation {
        paragraph,
        position,
        document,
        labels,
        recommending_states,
        ..Recommendation::new(text)
    })
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

/// The labels of a line: one, or several themes with their codes, which blanks part in lists of cycle 2:
/// `2.1. Acceptance of international norms  12.4. Death penalty`.
fn coded(line: &str) -> Vec<String> {
    let mut labels = Vec::new();
    let mut from = 0;
    for next in NEXT_CODE.find_iter(line) {
        labels.extend(label(&line[from..next.start()]));
        from = next.start();
    }
    labels.extend(label(&line[from..]));
    labels
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
                to.extend(coded(line));
                continue;
            }
        };
        to.extend(coded(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_misprints() {
        let number = |text: &str| {
            let cells = vec![vec![text.to_string()], vec!["Noted".to_string()]];
            let item = item(&cells, &Layout::default(), &mut NameCache::default()).expect("a recommendation");
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
}
