//! The rows of each table of an export; those of the flat table are in `flat`.

use super::dictionary::Content;
use super::sheet::Sheet;
use crate::codebook::{Aspect, Codebooks, Expectation};
use crate::coded::{ActionCategory, CodedRecommendation, Coding, Evidence, Selection, Suppressed};
use crate::dimension::Dimension;
use crate::list::unresolved::Spellings;
use crate::list::{FileRead, Reply, Unresolved};
use crate::recommendation::id::cited;
use crate::recommendation::{Position, Recommendation, Source};
use crate::state::State;
use crate::table::Cell;
use crate::tally::{Count, Tally, is_nameless};
use crate::text::language::Language;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The rows that recommendations, pledges and rejects give a table, each as they come; nothing where a table is made of
/// the whole list.
pub(super) fn write(sheet: &mut Sheet, content: Content, coded: &Selection<'_>) {
    match content {
        Content::Recommendations => recommendations(sheet, coded),
        Content::RecommendingStates => recommending_states(sheet, coded),
        Content::Tags => tags(sheet, coded),
        Content::Evidence => evidence(sheet, of_issues(coded)),
        Content::Suppressed => suppressed(sheet, of_issues(coded)),
        Content::SourceLabels => source_labels(sheet, coded),
        Content::Pledges => pledges(sheet, coded),
        Content::UnmatchedReplies => unmatched_replies(sheet, coded),
        Content::Rejects => {
            for reject in &coded.list().rejects {
                sheet.row(&[&reject.file, &reject.row.to_string(), &reject.reason, &reject.raw]);
            }
        }
        Content::Decisions => decisions(sheet, coded),
        Content::Examples => {
            for Expectation { text, tagged, not_tagged, note, .. } in coded.expectations() {
                let [tagged, not_tagged] = [tagged, not_tagged].map(|codes| codes.join(";"));
                sheet.row(&[&text, &tagged, &not_tagged, &note]);
            }
        }
        Content::Aspects => aspects(sheet, coded),
        Content::AspectEvidence => evidence(sheet, of_aspects(coded)),
        Content::AspectSuppressed => suppressed(sheet, of_aspects(coded)),
        Content::Flat
        | Content::Issues
        | Content::AspectCodes
        | Content::Counts(_)
        | Content::IssueBy(_)
        | Content::Unresolved
        | Content::Warnings
        | Content::Corrected => {}
    }
}

/// The rows of a table that the codebooks give.
pub(super) fn of_codebooks(sheet: &mut Sheet, content: Content, codebooks: &Codebooks) {
    match content {
        Content::Issues => {
            for issue in codebooks.issues().issues() {
                sheet.row(&[&issue.code, &issue.label, &issue.theme, &issue.definition]);
            }
        }
        Content::AspectCodes => {
            for (aspect, codebook) in codebooks.aspects() {
                for code in codebook.issues() {
                    sheet.row(&[aspect.as_str(), &code.code, &code.label, &code.theme, &code.definition]);
                }
            }
        }
        _ => {}
    }
}

/// The names and wordings of a whole list that are in no table.
pub(super) fn unresolved(sheet: &mut Sheet, unresolved: &Unresolved) {
    let Unresolved { states, positions, sessions } = unresolved;
    for (kind, names) in [("state", states), ("position", positions), ("session", sessions)] {
        for (given, unknown) in names {
            let suggestion = unknown.suggestion.as_deref().unwrap_or("");
            let (times, row) = (unknown.recommendations.to_string(), unknown.first.row.to_string());
            let lookalike = unknown.lookalike.as_deref().unwrap_or("");
            sheet.row(&[kind, given, &times, &unknown.first.file, &row, suggestion, lookalike]);
        }
    }
}

/// What may be wrong with the files.
pub(super) fn warnings(sheet: &mut Sheet, files: &[FileRead]) {
    for file in files {
        file.warnings.iter().for_each(|warning| sheet.row(&[&file.file, warning]));
    }
}

/// The misspelt names of a whole list, and what was read in their place.
pub(super) fn corrected(sheet: &mut Sheet, names: &Spellings) {
    for (given, name) in names {
        let read_as = name.read_as.as_deref().unwrap_or("");
        let iso3 = State::resolve(read_as).map_or("", |state| state.iso3);
        let (times, row) = (name.recommendations.to_string(), name.first.row.to_string());
        sheet.row(&[given, read_as, iso3, &times, &name.first.file, &row]);
    }
}

/// What a recommendation says of itself, as cells.
pub(super) struct Said<'r> {
    /// From the State under review to the number: the State, its code, session, cycle, document, paragraph.
    pub(super) review: [Cow<'r, str>; 6],
    pub(super) position: &'static str,
    pub(super) states: String,
    pub(super) number_of_states: String,
}

impl Said<'_> {
    pub(super) fn of(made: &Recommendation, shown: Language) -> Said<'_> {
        let reviewed = made.state_under_review.as_ref();
        let number = |cycle: u8| Cow::from(cycle.to_string());
        let states: Vec<&str> = made.recommending_states.iter().map(|name| name.name_in(shown)).collect();
        Said {
            review: [
                reviewed.map_or("", |name| name.name_in(shown)).into(),
                reviewed.map_or("", |name| name.iso3()).into(),
                made.session.as_ref().map_or(Cow::from(""), |session| session.to_string().into()),
                made.cycle().map_or(Cow::from(""), number),
                made.document.as_deref().unwrap_or("").into(),
                made.paragraph.as_deref().map_or(Cow::from(""), |paragraph| cited(paragraph).into()),
            ],
            position: made.position().map_or("", Position::as_str),
            states: states.join("; "),
            number_of_states: states.len().to_string(),
        }
    }
}

fn recommendations(sheet: &mut Sheet, list: &Selection<'_>) {
    for coded in list.iter() {
        let CodedRecommendation { recommendation, action, .. } = coded;
        let Recommendation { id, text, language, position, sources, .. } = recommendation;
        let said = Said::of(recommendation, list.codebooks().language());
        let [reviewed, iso3, session, cycle, document, paragraph] = &said.review;
        let (first, merged) = first_source(sources);
        let verb = action.as_ref().and_then(|action| action.verb_in(text));
        sheet.row(&[
            id,
            reviewed,
            iso3,
            session,
            cycle,
            document,
            paragraph,
            text,
            said.position,
            &first.file,
            &first.row.to_string(),
            position.as_ref().map_or("", |given| &given.given),
            position.as_ref().and_then(|given| given.stated_in.as_deref()).unwrap_or(""),
            &said.states,
            &said.number_of_states,
            &merged,
            &action.as_ref().map_or(String::new(), |action| action.category.number().to_string()),
            verb.map_or("", |(_, _, verb)| verb),
            &verb.map_or(String::new(), |(start, ..)| start.to_string()),
            &verb.map_or(String::new(), |(_, end, _)| end.to_string()),
            coded.action_decided_by(),
            language.map_or("", Language::as_str),
        ]);
    }
}

/// The row that a recommendation was first read from, and the others.
fn first_source(sources: &[Source]) -> (Source, String) {
    let first = sources.first().cloned().unwrap_or_default();
    let merged: Vec<String> =
        sources.iter().skip(1).map(|source| format!("{}:{}", source.file, source.row)).collect();
    (first, merged.join(" "))
}

fn recommending_states(sheet: &mut Sheet, coded: &Selection<'_>) {
    for recommendation in coded.plain() {
        for name in &recommendation.recommending_states {
            let (m49, group) =
                name.state.map_or(("", ""), |state| (state.m49, state.regional_group.as_str()));
            // a number: spreadsheets and pandas drop the zeros before it
            let m49 = m49.trim_start_matches('0');
            let shown = name.name_in(coded.codebooks().language());
            sheet.row(&[&recommendation.id, shown, name.iso3(), m49, group, &name.given]);
        }
    }
}

fn tags(sheet: &mut Sheet, coded: &Selection<'_>) {
    for coded in coded.iter() {
        for tag in &coded.coding.tags {
            let status = coded.status(Dimension::Issue, &tag.code).as_str();
            sheet.row(&[&coded.recommendation.id, &tag.code, &tag.theme, status]);
        }
    }
}

fn decisions(sheet: &mut Sheet, coded: &Selection<'_>) {
    for row in &coded.list().decisions().rows {
        let cells: Vec<String> = row.iter().map(Cell::text).collect();
        sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// A coding with the recommendation that it is of; the issues have no aspect.
type Coded<'l> = (&'l CodedRecommendation, Option<Aspect>, &'l Coding);

fn of_issues<'l>(coded: &Selection<'l>) -> impl Iterator<Item = Coded<'l>> {
    coded.iter().map(|coded| (coded, None, &coded.coding))
}

fn of_aspects<'l>(coded: &Selection<'l>) -> impl Iterator<Item = Coded<'l>> {
    coded.iter().flat_map(|coded| coded.aspects().map(move |(aspect, coding)| (coded, Some(aspect), coding)))
}

fn evidence<'l>(sheet: &mut Sheet, codings: impl Iterator<Item = Coded<'l>>) {
    for (coded, aspect, coding) in codings {
        for tag in &coding.tags {
            tag.evidence.iter().for_each(|found| matched(sheet, coded, aspect, &tag.code, found, None));
        }
    }
}

fn suppressed<'l>(sheet: &mut Sheet, codings: impl Iterator<Item = Coded<'l>>) {
    for (coded, aspect, coding) in codings {
        for Suppressed { code, evidence, by } in &coding.suppressed {
            matched(sheet, coded, aspect, code, evidence, Some(by));
        }
    }
}

/// The row of a match: the cells from the id to the matched words and, where it was set aside, by what.
fn matched(
    sheet: &mut Sheet,
    coded: &CodedRecommendation,
    aspect: Option<Aspect>,
    code: &str,
    evidence: &Evidence,
    by: Option<&str>,
) {
    let text = &coded.recommendation.text;
    let (start, end) = evidence.characters(text);
    let (start, end) = (start.to_string(), end.to_string());
    let first = [&*coded.recommendation.id].into_iter().chain(aspect.map(Aspect::as_str));
    let rest = [code, &evidence.rule, &start, &end, &text[evidence.span.clone()]];
    sheet.row(&first.chain(rest).chain(by).collect::<Vec<_>>());
}

fn aspects(sheet: &mut Sheet, coded: &Selection<'_>) {
    let codebooks = coded.codebooks();
    for (coded, aspect, coding) in of_aspects(coded) {
        let Some(aspect) = aspect else { continue };
        let codebook = codebooks.aspect(aspect);
        for tag in &coding.tags {
            let code = codebook.and_then(|codebook| codebook.issue(&tag.code));
            let label = code.map_or("", |code| &code.label);
            sheet.row(&[&coded.recommendation.id, aspect.as_str(), &tag.code, label]);
        }
    }
}

fn source_labels(sheet: &mut Sheet, coded: &Selection<'_>) {
    for recommendation in coded.plain() {
        let labels = &recommendation.labels;
        let heading: Vec<String> = labels.heading.iter().cloned().collect();
        let action: Vec<String> = labels.action.iter().cloned().collect();
        let kinds = [
            ("heading", &heading),
            ("issue", &labels.issues),
            ("theme", &labels.themes),
            ("action", &action),
            ("sdg", &labels.sdgs),
            ("affected_persons", &labels.affected_persons),
        ];
        for (kind, labels) in kinds {
            for label in labels {
                sheet.row(&[&recommendation.id, kind, label]);
            }
        }
    }
}

fn pledges(sheet: &mut Sheet, coded: &Selection<'_>) {
    for pledge in &coded.list().pledges {
        let (first, _) = first_source(&pledge.sources);
        let state = pledge.state_under_review.as_ref().or(pledge.recommending_states.first());
        sheet.row(&[
            &pledge.id,
            state.map_or("", |name| name.name_in(coded.codebooks().language())),
            state.map_or("", |name| name.iso3()),
            &pledge.session.as_ref().map_or(String::new(), |session| session.to_string()),
            &pledge.text,
            &first.file,
            &first.row.to_string(),
        ]);
    }
}

fn unmatched_replies(sheet: &mut Sheet, coded: &Selection<'_>) {
    for Reply { state_under_review, session, document, paragraph, position, source } in &coded.list().replies
    {
        sheet.row(&[
            state_under_review.as_ref().map_or("", |name| name.name()),
            &session.as_ref().map_or(String::new(), |session| session.to_string()),
            document.as_deref().unwrap_or(""),
            &cited(paragraph),
            position.position.map_or("", Position::as_str),
            &position.given,
            &source.file,
            &source.row.to_string(),
        ]);
    }
}

/// A table of counts over one dimension, with a column for each position.
pub(super) fn counts(sheet: &mut Sheet, dimension: Dimension, tally: Tally, codebooks: &Codebooks) {
    for row in tally.into_positions() {
        let mut cells = named(dimension, &row.category, codebooks);
        cells.push(row.count.recommendations.to_string());
        cells.push(row.count.recommendation_x_state.to_string());
        cells.extend(row.positions.all().iter().map(u64::to_string));
        sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// A table of counts over issues and another dimension, in long form.
pub(super) fn issue_by(sheet: &mut Sheet, dimension: Dimension, tally: Tally, codebooks: &Codebooks) {
    // there may be more names in no table than rows, and each would have a row for each issue
    let has_zeros = |of, category: &str| {
        of != Dimension::RecommendingState || is_nameless(category) || state(category).is_some()
    };
    let tally = tally.with_zeros_of(has_zeros);
    let mut by_issue: BTreeMap<&str, Vec<(&str, Count)>> = BTreeMap::new();
    let mut codes: BTreeMap<&str, &str> = BTreeMap::new();
    for (cell, count) in tally.iter() {
        by_issue.entry(&cell[0]).or_default().push((&cell[1], count));
        if dimension == Dimension::RecommendingState {
            codes.entry(&cell[1]).or_insert_with(|| iso3(&cell[1]));
        }
    }
    for issue in tally.ordered(0) {
        for (category, count) in by_issue.get(&*issue).into_iter().flatten() {
            let units = [count.recommendations.to_string(), count.recommendation_x_state.to_string()];
            match codes.get(category) {
                Some(iso3) => {
                    let label = codebooks.label(dimension, category);
                    let name = label.as_deref().unwrap_or(category);
                    sheet.row(&[&issue, name, iso3, &units[0], &units[1]]);
                }
                None => sheet.row(&[&issue, category, &units[0], &units[1]]),
            }
        }
    }
}

/// The cells that name a category, before its counts.
fn named(dimension: Dimension, category: &str, codebooks: &Codebooks) -> Vec<String> {
    let label = codebooks.label(dimension, category).unwrap_or_default();
    let cells: [&str; 3] = match dimension {
        Dimension::Theme => {
            return vec![category.to_string(), label.into_owned()];
        }
        Dimension::ActionCategory => {
            let number = category.parse().map_or(String::new(), |c: ActionCategory| c.number().to_string());
            return vec![number, category.to_string()];
        }
        Dimension::Issue | Dimension::Aspect(_) => {
            let code = codebooks.of(dimension).and_then(|codebook| codebook.issue(category));
            // what has no code has no theme either
            let none = if is_nameless(category) { category } else { "" };
            [category, &label, code.map_or(none, |code| &code.theme)]
        }
        Dimension::RecommendingState | Dimension::StateUnderReview => {
            let group = state(category).map_or("", |state| state.regional_group.as_str());
            [if label.is_empty() { category } else { &label }, iso3(category), group]
        }
        Dimension::Session => {
            let session = crate::recommendation::Session::new(category);
            let cycle = session.cycle().map_or(String::new(), |cycle| cycle.to_string());
            return vec![session.to_string(), cycle];
        }
        _ => return vec![category.to_string()],
    };
    cells.map(str::to_string).to_vec()
}

/// The State behind a category of a tally: known States are there by their short names.
fn state(category: &str) -> Option<&'static State> {
    State::resolve(category).filter(|state| state.name == category)
}

fn iso3(category: &str) -> &'static str {
    state(category).map_or("", |state| state.iso3)
}
