//! The rows of the tables of aspects.

use crate::codebook::{Aspect, Codebooks};
use crate::coded::{CodedRecommendation, Coding, Evidence, Selection};
use crate::export::sheet::Sheet;

/// Each coding along an aspect, with the recommendation that it is of.
fn codings<'l>(coded: &Selection<'l>) -> impl Iterator<Item = (&'l CodedRecommendation, Aspect, &'l Coding)> {
    coded.iter().flat_map(|coded| coded.aspects.iter().map(move |(aspect, coding)| (coded, *aspect, coding)))
}

pub(super) fn aspects(sheet: &mut Sheet, coded: &Selection<'_>) {
    let codebooks = coded.codebooks();
    for (coded, aspect, coding) in codings(coded) {
        for tag in &coding.tags {
            let code = codebooks.aspect(aspect).and_then(|codebook| codebook.issue(&tag.code));
            let label = code.map_or("", |code| &code.label);
            sheet.row(&[&coded.recommendation.id, aspect.as_str(), &tag.code, label]);
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

pub(super) fn evidence(sheet: &mut Sheet, coded: &Selection<'_>) {
    for (coded, aspect, coding) in codings(coded) {
        for tag in &coding.tags {
            for evidence in &tag.evidence {
                sheet.row(&matched(coded, aspect, &tag.code, evidence).each_ref().map(String::as_str));
            }
        }
    }
}

pub(super) fn suppressed(sheet: &mut Sheet, coded: &Selection<'_>) {
    for (coded, aspect, coding) in codings(coded) {
        for suppressed in &coding.suppressed {
            let cells = matched(coded, aspect, &suppressed.code, &suppressed.evidence);
            let cells: Vec<&str> = cells.iter().map(String::as_str).chain([&*suppressed.by]).collect();
            sheet.row(&cells);
        }
    }
}

pub(super) fn codes(sheet: &mut Sheet, codebooks: &Codebooks) {
    for (aspect, codebook) in codebooks.aspects() {
        for code in codebook.issues() {
            sheet.row(&[aspect.as_str(), &code.code, &code.label, &code.theme, &code.definition]);
        }
    }
}
