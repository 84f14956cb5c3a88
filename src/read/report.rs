//! Reads reports of the UPR Working Group, as text: the numbered recommendations in the section "Conclusions
//! and/or recommendations", the States that made them, and the position that each block's introduction gives.
//!
//! [`lines`] takes away what pages add, [`blocks`] finds the numbers, [`states`] the brackets, [`positions`] the
//! answers, [`references`] what is listed by reference and [`dialogue`] its text, [`about`] what the report says of
//! itself. PDF and Word files come here as text too.

mod about;
pub(super) mod bare;
mod blocks;
mod complete;
mod dialogue;
mod lines;
mod numbers;
mod positions;
mod references;
mod states;

use super::brackets::Part;
use super::heading::Heading;
use super::reader::Reader;
use crate::error::{Error, Place, Result};
use crate::list::{FileRead, RecommendationList, Reject};
use crate::recommendation::{PositionGiven, Recommendation, Source};
use crate::text::line::{head, one_line};
use crate::text::pattern::patterns;
use blocks::{Block, Item, MAX_ITEM_BYTES};
use dialogue::Dialogue;
use lines::Line;
use references::Reference;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whether a text is a report: it has the section, and the Working Group is named before it.
pub(super) fn is_report(text: &str) -> bool {
    let first = ["onclusion", "ONCLUSION"].iter().filter_map(|word| heading_with(text, word)).min();
    first.is_some_and(|heading| {
        let before = &text[..heading];
        WORKING_GROUP.is_match(before)
    })
}

/// Whether a text has a report's section of recommendations from its heading to the sentence that closes it.
pub(super) fn is_whole(text: &str) -> bool {
    is_report(text) && text.split(['\n', '\r', '\u{c}']).any(|line| is_closing(line.trim()))
}

/// Where the first heading of the section begins that has this word. Lists, which are long, have none.
fn heading_with(text: &str, word: &str) -> Option<usize> {
    const ENDS: [char; 3] = ['\n', '\r', '\u{c}'];
    let mut from = 0;
    while let Some(found) = text[from..].find(word) {
        let at = from + found;
        let begin = text[from..at].rfind(ENDS).map_or(from, |end| from + end + 1);
        let end = text[at..].find(ENDS).map_or(text.len(), |end| at + end);
        if is_heading(text[begin..end].trim()) {
            return Some(begin);
        }
        from = end;
    }
    None
}

/// As many bytes of a line as a heading or a title can have.
const MAX_HEADING_BYTES: usize = 400;

/// `II. Conclusions and/or recommendations**`, `Conclusions et/ou recommandations`, `Conclusiones y/o recomendaciones`, but not the line of the table of contents with its page.
fn is_heading(line: &str) -> bool {
    /// The heading with its number, blanks and marks.
    const MAX_SECTION_HEADING_BYTES: usize = 90;
    if line.len() > MAX_SECTION_HEADING_BYTES || !(line.contains("onclusion") || line.contains("ONCLUSION")) {
        return false;
    }
    let lower = line.to_lowercase();
    let words = lower.trim_start_matches(|c: char| matches!(c, 'i' | '2' | '.' | ')') || c.is_whitespace());
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(rest) = SECTION.find(&words).map(|section| &words[section.end()..]) else { return false };
    rest.chars().count() <= 4 && !rest.contains(',') && rest.chars().all(|c| !c.is_alphabetic())
}

/// `All conclusions and/or recommendations contained in ...`: it closes each report's recommendations.
fn is_closing(line: &str) -> bool {
    CLOSING.is_match(head(line, MAX_HEADING_BYTES))
}

/// The closing sentence, or the next section.
fn is_end(line: &str) -> bool {
    let line = head(line, MAX_HEADING_BYTES);
    is_closing(line) || line.len() < 80 && NEXT_SECTION.is_match(line)
}

patterns! {
    WORKING_GROUP = r"(?i)working group|groupe de travail|grupo de trabajo";
    SECTION = r"^(?:conclusionsand(?:/or)?recommendations|conclusionset(?:/ou)?recommandations|conclusionesy(?:/o)?recomendaciones)";
    CLOSING = r"(?ix)^[0-9.\s]* (?: all\ (?:(?:of\ )?the\ )?conclusions\ and | toutes\ les\ conclusions\ et
        | todas\ las\ conclusiones\ y)";
    NEXT_SECTION = r"(?i)^(?:iii\.|annex(?:es)?$|annex i[[:ascii:]]{0,2}$)";
    /// Words that speak of all recommendations above them,
    OF_ABOVE = r"(?ix) these\ recommendations | listed\ above | above(?:-mentioned)?\ recommendations
        | all\ recommendations\ formulated | recommendations\ above | ^the\ responses?\ of
        | recommandations\ (?:ci-dessus|qui\ précèdent) | recomendaciones\ (?:anteriores|que\ anteceden|precedentes)";
    /// and those that speak of some.
    OF_SOME = r"(?i)paragraphs? |recommendation no|paragraphes? |párrafos? ";
}

/// The warning about a draft.
const DRAFT: &str = "the report is a draft: everything in it is provisional; count the report as adopted, with its \
                     addendum, as soon as it is there";

/// The recommendations of a report, not yet merged.
///
/// A row of `about` and [`Source::row`] is one recommendation of the report, or one sub-recommendation with States
/// of its own; the number of a row is its line, or its page where the text has pages.
pub(super) fn read(reader: &Reader, name: &str, text: &str, about: FileRead) -> Result<RecommendationList> {
    let lines = lines::body(text).ok_or_else(|| {
        let found = format!("more than {} lines", lines::MAX_LINES);
        Error::unexpected(Place::file(name), found, "a report of the Working Group")
    })?;
    let heading = lines.iter().rposition(|line| is_heading(line.text)).ok_or_else(|| {
        let found = "a report without the section \"Conclusions and/or recommendations\"";
        let expected = "the whole report, with that heading on a line of its own";
        Error::unexpected(Place::file(name), found, expected)
    })?;
    let (dialogue, section) = (&lines[..heading], &lines[heading + 1..]);
    if dialogue.iter().any(|line| is_closing(line.text))
        || section.iter().filter(|line| is_closing(line.text)).count() > 1
    {
        let found = "more than one report of the Working Group";
        return Err(Error::unexpected(
            Place::file(name),
            found,
            "one; save each report as a file of its own",
        ));
    }
    let closes = section.iter().position(|line| is_end(line.text));
    let end = closes.unwrap_or(section.len());
    let raw = super::pages::lines(text).flat_map(|line| line.split('\u{c}'));
    let report = about::heading(raw, dialogue).or(&reader.given);
    let mut made = Made::new(report, &about);
    let blocks = blocks::read(&section[..end]);
    made.blocks(&blocks);
    made.references(&blocks, dialogue);
    let mut about = about;
    about.warnings.extend(about::is_draft(dialogue).then(|| DRAFT.to_string()));
    about.warnings.extend(complete::warnings(&blocks, closes.is_some()));
    if made.list.recommendations.is_empty() && made.list.rejects.is_empty() {
        let found = "a section of conclusions without a numbered recommendation";
        return Err(Error::unexpected(Place::file(name), found, "the recommendations of a report"));
    }
    Ok(made.finish(about))
}

/// What is made of a report.
struct Made {
    report: Heading,
    /// The recommendations before this one have their answer.
    answered: usize,
    file: Arc<str>,
    list: RecommendationList,
    names: states::Names,
}

impl Made {
    fn new(report: Heading, about: &FileRead) -> Made {
        let (file, list, names) =
            (about.file.clone(), RecommendationList::default(), states::Names::default());
        Made { report, answered: 0, file, list, names }
    }

    /// The list, with the account of its file.
    fn finish(self, about: FileRead) -> RecommendationList {
        let mut list = self.list;
        let rows = (list.recommendations.len() + list.pledges.len() + list.rejects.len()) as u64;
        list.files.push(FileRead { rows, ..about });
        list
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let position = positions::position(&block.introduction);
            if block.items.is_empty() {
                if let Some(item) = unnumbered(block).filter(|item| self.names_states(item)) {
                    self.item(&item, position.as_ref());
                } else if speaks_of_above(&block.introduction) {
                    self.answer_above(positions::of_all(&block.introduction));
                } else {
                    self.answer_paragraphs(&block.introduction);
                }
                continue;
            }
            for item in &block.items {
                self.item(item, position.as_ref());
            }
            // a sentence of its own below the last number, itself without one
            let below = block.items.last().and_then(|item| item.text.as_deref()?.rsplit_once('\n'));
            if let Some((_, below)) = below.filter(|(_, below)| speaks_of_above(below)) {
                self.answer_above(positions::of_all(below));
            }
        }
    }

    fn names_states(&mut self, item: &Item) -> bool {
        let parts = item.text.as_ref().map_or(Vec::new(), |text| self.names.parts(text));
        parts.iter().flat_map(|part| &part.states).any(|name| name.state.is_some())
    }

    fn item(&mut self, item: &Item, position: Option<&PositionGiven>) {
        let Some(text) = &item.text else {
            let most = MAX_ITEM_BYTES / 1000;
            let reason = format!("found more than {most} kB without a number, expected a recommendation");
            return self.reject(item.row, reason, item.number.clone());
        };
        let parts = self.names.parts(text);
        if parts.is_empty() {
            let raw = format!("{}. {}", item.number, text.trim());
            self.reject(item.row, "found a number without a text, expected a recommendation", raw.trim());
        }
        for part in parts {
            if part.text.trim().is_empty() {
                let reason = "found recommending States without a text, expected a recommendation";
                let states: Vec<&str> = part.states.iter().map(|name| &*name.given).collect();
                self.reject(item.row, reason, format!("{}. ({})", item.number, states.join(", ")));
                continue;
            }
            self.push(item.number.clone(), part, position.cloned(), item.row);
        }
    }

    fn push(&mut self, number: String, part: Part, position: Option<PositionGiven>, row: u64) {
        self.list.recommendations.push(Recommendation {
            paragraph: Some(number).filter(|number| !number.is_empty()),
            recommending_states: part.states,
            position,
            ..self.report.clone().recommendation(part.text, Source::new(self.file.clone(), row))
        });
    }

    fn reject(&mut self, row: u64, reason: impl Into<String>, raw: impl Into<String>) {
        self.list.rejects.push(Reject::new(Source::new(self.file.clone(), row), reason, raw));
    }

    /// `The recommendations listed above enjoy the support of ...` answers what has no answer yet.
    fn answer_above(&mut self, position: Option<PositionGiven>) {
        if let Some(position) = position {
            for recommendation in self.list.recommendations.iter_mut().skip(self.answered) {
                recommendation.position.get_or_insert_with(|| position.clone());
            }
            self.answered = self.list.recommendations.len();
        }
    }

    /// `The response to the recommendations in paragraphs 84 and 85 will be provided` answers those without an answer.
    fn answer_paragraphs(&mut self, introduction: &str) {
        let Some(position) = positions::of_all(introduction) else { return };
        let references = references::references(introduction, u32::MAX);
        let whole = references.iter().filter(|reference| reference.letters.is_empty());
        let paragraphs: BTreeSet<u32> = whole.map(|reference| reference.paragraph).collect();
        for recommendation in self.list.recommendations.iter_mut().skip(self.answered) {
            let number = recommendation.paragraph.as_deref().and_then(|number| number.split_once('.'));
            if number.is_some_and(|(paragraph, _)| paragraph.parse().is_ok_and(|n| paragraphs.contains(&n))) {
                recommendation.position.get_or_insert_with(|| position.clone());
            }
        }
    }

    /// Recommendations that are listed by reference to the dialogue section, each once.
    fn references(&mut self, blocks: &[Block], dialogue: &[Line<'_>]) {
        let Some(first) = blocks.first().map(|block| block.paragraph) else { return };
        let mut wanted: Vec<(Reference, PositionGiven, u64)> = Vec::new();
        let mut seen: BTreeSet<Reference> = BTreeSet::new();
        for block in blocks {
            let introduction = one_line(&block.introduction);
            for sentence in dialogue::SENTENCES.split(&introduction) {
                // a list gives a position; `has submitted its views on the recommendations in ...` lists nothing
                let Some(position) = positions::position(sentence) else { continue };
                for reference in references::references(sentence, first) {
                    if seen.insert(reference.clone()) {
                        wanted.push((reference, position.clone(), block.row));
                    }
                }
            }
        }
        /// The longest real list has 50; it bounds the work for texts that are not reports.
        const MAX_REFERENCES: usize = 1000;
        if wanted.is_empty() {
            return;
        }
        for (reference, _, row) in wanted.drain(wanted.len().min(MAX_REFERENCES)..) {
            let reason = format!("found more than {MAX_REFERENCES} references, expected fewer");
            self.reject(row, reason, format!("paragraph {}", reference.number()));
        }
        let dialogue = Dialogue::new(dialogue);
        for (reference, position, row) in wanted {
            match dialogue.find(&reference, self.report.state_under_review.as_ref()) {
                Some((part, row)) => self.push(reference.number(), part, Some(position), row),
                None => {
                    let reason = "found a reference, expected a recommendation in that paragraph";
                    self.reject(row, reason, format!("paragraph {}", reference.number()));
                }
            }
        }
    }
}

/// A recommendation that is unnumbered in its introduction: `The following recommendation will be examined:
/// Finalize the plan (Peru).`
fn unnumbered(block: &Block) -> Option<Item> {
    let words = &block.introduction;
    let colon = words.find(':')?;
    let (before, after) = (words[..colon].to_lowercase(), words[colon + 1..].trim());
    let announced = before.contains("following recommendation") || before.contains("recommendation below");
    let states = after.contains('(') && after.contains(')');
    (announced && states).then(|| Item {
        number: block.paragraph.to_string(),
        row: block.row,
        text: Some(after.to_string()),
    })
}

fn speaks_of_above(words: &str) -> bool {
    let words = one_line(words);
    OF_ABOVE.is_match(&words) && !OF_SOME.is_match(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_of_the_section() {
        for (line, expected) in [
            ("II. Conclusions and/or recommendations**", true),
            ("II.CONCLUSIONS AND RECOMMENDATIONS", true),
            ("2) Conclusions and / or recommendations (1)", true),
            ("Conclusions and/or recommendations ......... 9", false),
            ("II. Conclusions and recommendations, 9", false),
            ("Conclusions and recommendations of", false),
            ("II. Conclusions et/ou recommandations", true),
            ("II. Conclusiones y/o recomendaciones**", true),
            ("Conclusions or recommendations", false),
            ("Recommendations and conclusions", false),
        ] {
            assert_eq!(is_heading(line), expected, "{line}");
        }
    }

    #[test]
    fn the_end_of_the_section() {
        let long = format!("III. {}", "Malta ".repeat(20));
        for (line, expected) in [
            ("All conclusions and/or recommendations contained in the present report", true),
            ("26. All of the conclusions and recommendations", true),
            ("Toutes les conclusions et/ou recommandations figurant dans le présent rapport", true),
            ("Todas las conclusiones y/o recomendaciones que figuran en el presente informe", true),
            ("III. Voluntary pledges", true),
            ("ANNEX", true),
            ("Annexes", true),
            ("Annex II", true),
            ("Annex is what it calls the list", false),
            ("All recommendations", false),
            (&long, false),
        ] {
            assert_eq!(is_end(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_said_of_all_above() {
        for (words, expected) in [
            ("These recommendations will be examined by Malta", true),
            ("The  recommendations listed\rabove enjoy its support", true),
            ("The responses of Malta will be provided in due course", true),
            ("These recommendations, as those of paragraph 12, are noted", false),
            ("The response of Malta to recommendation No. 5", false),
            ("It awaits the responses of Malta", false),
            ("Recommendations were made", false),
        ] {
            assert_eq!(speaks_of_above(words), expected, "{words}");
        }
    }
}
