//! The rows of the tables of aspects.

use crate::aspect::{Aspect, Codebooks};
use crate::export::sheet::Sheet;
use crate::tag::{CodedList, CodedRecommendation, Coding, Evidence};

/// Each coding along an aspect, with the recommendation that it is of.
fn codings(coded: &CodedList) -> impl Iterator<Item = (&CodedRecommendation, Aspect, &Coding)> {
    coded.recommendations.iter().flat_map(|coded| {
        let codings = Aspect::ALL.into_iter().filter_map(|aspect| Some((aspect, coded.aspects.of(aspect)?)));
        codings.map(move |(aspect, coding)| (coded, aspect, coding))
    })
}

pub(super) fn aspects(sheet: &mut Sheet, coded: &CodedList, codebooks: Codebooks) {
    for (coded, aspect, coding) in codings(coded) {
        for tag in &coding.tags {
            let code = codebooks.aspects.codebook(aspect).and_then(|codebook| codebook.issue(&tag.issue));
            let label = code.map_or("", |code| &code.label);
            sheet.row(&[&coded.recommendation.id, aspect.as_str(), &tag.issue, label]);
        }
    }
}

/// The cells from the id to the matched words, in the order of the columns.
fn matched(coded: &CodedRecommendation, aspect: Aspect, code: &str, evidence: &Evidence) -> [String; 7] {
    let text = &coded.recommendation.text;
    let (start, end) = evidence.characters(text);
    [
        coded.recommendation.id.to_string(),
        aspect.as_str().to_string(),
        code.to_string(),
        evidence.rule.to_string(),
        start.to_string(),
        end.to_string(),
        text[evidence.span.clone()].to_string(),
    ]
}

pub(super) fn evidence(sheet: &mut Sheet, coded: &CodedList) {
    for (coded, aspect, coding) in codings(coded) {
        for tag in &coding.tags {
            for evidence in &tag.evidence {
                sheet.row(&matched(coded, aspect, &tag.issue, evidence).each_ref().map(String::as_str));
            }
        }
    }
}

pub(super) fn suppressed(sheet: &mut Sheet, coded: &CodedList) {
    for (coded, aspect, coding) in codings(coded) {
        for suppressed in &coding.suppressed {
            let cells = matched(coded, aspect, &suppressed.issue, &suppressed.evidence);
            let cells: Vec<&str> = cells.iter().map(String::as_str).chain([&*suppressed.by]).collect();
            sheet.row(&cells);
        }
    }
}

pub(super) fn codes(sheet: &mut Sheet, codebooks: Codebooks) {
    for (aspect, codebook) in codebooks.aspects.iter() {
        for code in codebook.issues() {
            sheet.row(&[aspect.as_str(), &code.code, &code.label, &code.theme, &code.definition]);
        }
    }
}
