//! Why one recommendation is coded as it is: each tag with its rule and its words, what was set aside and by which rule,
//! the verb of the action category, and what a model weighed.

use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use serde::Serialize;
use std::ops::Range;
use upr::code::About;
use upr::code::Action;
use upr::code::Codebook;
use upr::code::{Coding, Evidence};
use upr::statistics::Cell;
use upr::{Aspect, CodedList, CodedRecommendation, Table, Tagger};

/// The longest pattern that is shown to people; the JSON has it whole.
const LONGEST_PATTERN: usize = 140;

#[derive(Serialize)]
struct Explanation<'e> {
    codebook: About,
    id: &'e str,
    state_under_review: Option<&'e str>,
    session: Option<String>,
    document: Option<&'e str>,
    paragraph: Option<&'e str>,
    text: &'e str,
    recommending_states: Vec<&'e str>,
    position: Option<&'e str>,
    position_given: Option<&'e str>,
    tags: Vec<Tag<'e>>,
    set_aside: Vec<Aside<'e>>,
    action: Option<Verb<'e>>,
    aspects: Vec<Along<'e>>,
}

#[derive(Serialize)]
struct Tag<'e> {
    issue: &'e str,
    label: &'e str,
    theme: &'e str,
    /// What the model says, where one decides: above 0 it gives the issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    evidence: Vec<Match<'e>>,
}

/// Words that speak for a tag, with their place in characters.
#[derive(Serialize)]
struct Match<'e> {
    rule: &'e str,
    /// The name of the codebook, the file of its rules and the line in it, unless a model found the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    codebook: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f32>,
    start: usize,
    end: usize,
    matched: &'e str,
    #[serde(skip)]
    excerpt: [String; 3],
}

#[derive(Serialize)]
struct Aside<'e> {
    issue: &'e str,
    label: &'e str,
    by: &'e str,
    #[serde(flatten)]
    found: Match<'e>,
}

#[derive(Serialize)]
struct Verb<'e> {
    category: u8,
    name: &'static str,
    definition: &'static str,
    decided_by: &'static str,
    by_rule: u8,
    rule: Option<&'e str>,
    verb: Option<&'e str>,
}

#[derive(Serialize)]
struct Along<'e> {
    aspect: &'static str,
    #[serde(skip)]
    title: &'static str,
    code: &'e str,
    label: &'e str,
    evidence: Vec<Match<'e>>,
}

/// What `--explain` prints, in the format asked for.
pub(crate) fn text(
    options: &Options,
    coded: &CodedRecommendation,
    list: &CodedList,
    tagger: &Tagger,
) -> String {
    let explanation = Explanation::of(coded, list, tagger);
    match options.format() {
        Format::Json => serde_json::to_string_pretty(&explanation).expect("text keys only") + "\n",
        _ => explanation.screen(coded, list, tagger),
    }
}

fn label<'e>(codebook: Option<&'e Codebook>, code: &'e str) -> &'e str {
    codebook.and_then(|codebook| codebook.issue(code)).map_or(code, |issue| &issue.label)
}

impl<'e> Match<'e> {
    fn of(
        coded: &'e CodedRecommendation,
        evidence: &'e Evidence,
        codebook: Option<&'e Codebook>,
        issue: &str,
    ) -> Self {
        let text = &coded.recommendation.text;
        let (start, end) = evidence.characters(text);
        let language = coded.recommendation.language;
        let mut rules = codebook.into_iter().flat_map(|codebook| codebook.rules_in(language));
        let rule = rules
            .find(|rule| rule.kind() == "include" && *rule.issue == *issue && rule.pattern == evidence.rule);
        Match {
            rule: &evidence.rule,
            codebook: rule.and(codebook).map(Codebook::name),
            file: rule.map(|rule| rule.file()),
            line: rule.map(|rule| rule.line),
            weight: None,
            start,
            end,
            matched: &text[evidence.span.clone()],
            excerpt: evidence.excerpt(text),
        }
    }
}

/// The tags of a coding with their evidence.
fn tags<'e>(
    coded: &'e CodedRecommendation,
    coding: &'e Coding,
    codebook: Option<&'e Codebook>,
) -> Vec<Tag<'e>> {
    let tags = coding.tags.iter().map(|tag| Tag {
        issue: &tag.code,
        label: label(codebook, &tag.code),
        theme: &tag.theme,
        score: None,
        evidence: tag.evidence.iter().map(|one| Match::of(coded, one, codebook, &tag.code)).collect(),
    });
    tags.collect()
}

impl<'e> Explanation<'e> {
    fn of(coded: &'e CodedRecommendation, list: &CodedList, tagger: &'e Tagger) -> Explanation<'e> {
        let made = &coded.recommendation;
        let codebook = Some(tagger.codebook());
        let weighed = tagger.weighed(&made.text);
        let mut of_issues = tags(coded, &coded.coding, codebook);
        of_issues.iter_mut().for_each(|tag| weigh(tag, &weighed));
        of_issues.iter_mut().for_each(|tag| tag.evidence.sort_by_key(|found| (found.start, found.end)));
        let set_aside = coded.coding.suppressed.iter().map(|aside| Aside {
            issue: &aside.code,
            label: label(codebook, &aside.code),
            by: &aside.by,
            found: Match::of(coded, &aside.evidence, codebook, &aside.code),
        });
        let along = |aspect: Aspect| {
            let codebook = tagger.codebooks().aspect(aspect);
            let coding = coded.aspect(aspect).into_iter();
            coding.flat_map(move |coding| tags(coded, coding, codebook)).map(move |tag| Along {
                aspect: aspect.as_str(),
                title: aspect.title(),
                code: tag.issue,
                label: tag.label,
                evidence: tag.evidence,
            })
        };
        Explanation {
            codebook: list.codebooks().issues().identity(),
            id: &made.id,
            state_under_review: made.state_under_review.as_ref().map(|state| state.name()),
            session: made.session.as_ref().map(|session| session.to_string()),
            document: made.document.as_deref(),
            paragraph: made.paragraph.as_deref(),
            text: &made.text,
            recommending_states: made.recommending_states.iter().map(|state| state.name()).collect(),
            position: made.position().map(|position| position.as_str()),
            position_given: made.position.as_ref().map(|given| &*given.given),
            tags: of_issues,
            set_aside: set_aside.collect(),
            action: coded
                .action
                .as_ref()
                .map(|action| Verb { decided_by: coded.action_decided_by(), ..verb(action, &made.text) }),
            aspects: Aspect::ALL.iter().copied().flat_map(along).collect(),
        }
    }

    fn screen(&self, coded: &CodedRecommendation, list: &CodedList, tagger: &Tagger) -> String {
        let mut screen = Screen::new(list, tagger);
        let or_silent = |given: Option<&str>| given.unwrap_or("not given").to_string();
        screen.heading(self.id, "");
        let state = or_silent(self.state_under_review);
        let session = self.session.clone().unwrap_or_else(|| "not given".to_string());
        screen.wrapped(&format!("State under review: {state}; session: {session}"), "");
        let (document, paragraph) = (or_silent(self.document), or_silent(self.paragraph));
        screen.wrapped(&format!("Document: {document}; paragraph: {paragraph}"), "");
        let states = match self.recommending_states.as_slice() {
            [] => "not given".to_string(),
            states => states.join(", "),
        };
        screen.wrapped(&format!("Recommending States: {states}"), "");
        screen.wrapped(
            &match (self.position, self.position_given) {
                (Some(position), Some(given)) => {
                    let by_machine = coded.by_machine();
                    let before = by_machine.recommendation.position();
                    let position = position.replace('_', " ");
                    match before.map(|position| position.as_str()) == self.position {
                        true => format!("Position: {position}, in the source's words \"{given}\""),
                        false => format!("Position: {position}, as corrected"),
                    }
                }
                (None, Some(given)) => format!("Position: \"{given}\", which is not known"),
                _ => "Position: not given".to_string(),
            },
            "",
        );
        screen.wrapped(&format!("Codebook: {}", self.codebook), "");
        screen.line("");
        let spans = coded.coding.tags.iter().flat_map(|tag| &tag.evidence).map(|one| one.span.clone());
        screen.marked(self.text, spans.collect(), "  ");
        screen.heading(&format!("Tags ({})", self.tags.len()), "");
        if self.tags.is_empty() {
            screen.line("  Untagged: no rule of the codebook matched");
        }
        for tag in &self.tags {
            let theme = tagger.codebook().theme(tag.theme).map_or(tag.theme, |theme| &theme.label);
            let score = tag.score.map_or(String::new(), |score| format!("; the model's score {score:.2}"));
            screen.hanging("  ", &format!("{} ({}), theme {theme}{score}", tag.label, tag.issue), "    ");
            matches(&mut screen, &tag.evidence);
        }
        decided(&mut screen, list, self.id);
        if !self.set_aside.is_empty() {
            screen.heading(&format!("Set aside ({})", self.set_aside.len()), "");
        }
        for aside in &self.set_aside {
            screen.hanging(
                "  ",
                &format!("{} ({}), by {}", aside.label, aside.issue, shortened(aside.by, LONGEST_PATTERN)),
                "    ",
            );
            matches(&mut screen, std::slice::from_ref(&aside.found));
        }
        if let Some(action) = &self.action {
            screen.heading("Action category", "");
            screen.hanging(
                "  ",
                &format!("{} {}: {}", action.category, action.name, action.definition),
                "    ",
            );
            screen.wrapped(&action.reason(), "    ");
        }
        let mut title = "";
        for along in &self.aspects {
            if std::mem::replace(&mut title, along.title) != along.title {
                screen.heading(along.title, "");
            }
            screen.hanging("  ", &format!("{} ({})", along.label, along.code), "    ");
            matches(&mut screen, &along.evidence);
        }
        screen.into_text().trim_start_matches('\n').to_string()
    }
}

/// What people decided of this recommendation, with who and why.
fn decided(screen: &mut Screen<'_>, list: &CodedList, id: &str) {
    let decisions = list.decisions();
    let mut rows = decisions.iter().filter(|row| row.text("applied_to") == Some(id)).peekable();
    if rows.peek().is_some() {
        screen.heading("Corrections", "");
    }
    for row in rows {
        let cell = |column| row.text(column).unwrap_or_default();
        let said =
            [cell("coder"), cell("date"), cell("note")].map(|part| part.trim_start_matches('\'').to_string());
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        let by = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
        screen.hanging("  ", &format!("{}: {}{by}", cell("issue"), cell("decision")), "    ");
    }
}

/// Gives a tag the score of the model, and its phrases their weights.
fn weigh(tag: &mut Tag, weighed: &Table) {
    for row in &weighed.rows {
        let [Cell::Text(issue), Cell::Number(Some(score)), _, start, end, weight] = row.as_slice() else {
            continue;
        };
        if **issue != *tag.issue {
            continue;
        }
        tag.score = Some(*score as f32);
        let here = |found: &&mut Match| {
            found.line.is_none()
                && *start == Cell::from(found.start as u64)
                && *end == Cell::from(found.end as u64)
        };
        if let Cell::Number(Some(weight)) = weight {
            tag.evidence.iter_mut().filter(here).for_each(|found| found.weight = Some(*weight as f32));
        }
    }
}

fn verb<'e>(action: &'e Action, text: &'e str) -> Verb<'e> {
    Verb {
        category: action.category.number(),
        name: action.category.as_str(),
        definition: action.category.definition(),
        decided_by: action.decided_by(),
        by_rule: action.by_rule.number(),
        rule: action.rule.as_deref(),
        verb: action.verb_in(text).map(|(_, _, verb)| verb),
    }
}

impl Verb<'_> {
    fn reason(&self) -> String {
        let verb = self.verb.map_or(String::new(), |verb| format!(" \"{verb}\""));
        match self.decided_by {
            "rule" => format!("decided by the verb{verb} (rule: {})", self.rule.unwrap_or_default()),
            "coder" => format!("set by a person; the written rules say {}", self.by_rule),
            "model" => format!("decided by the model, by{verb}; the written rules say {}", self.by_rule),
            _ => "no verb that is known; this is the most frequent category".to_string(),
        }
    }
}

/// Words in their places, each with all that speaks for them.
fn matches(screen: &mut Screen, found: &[Match]) {
    for same in found.chunk_by(|one, two| (one.start, one.end) == (two.start, two.end)) {
        screen.excerpt("", same[0].excerpt.each_ref().map(String::as_str), "      ");
        for found in same {
            let pattern = shortened(found.rule, LONGEST_PATTERN);
            let rule = match (found.line, found.weight) {
                (Some(line), _) => {
                    let file = found.file.as_deref().unwrap_or_default();
                    format!("{file} of {}, line {line}: {pattern}", found.codebook.unwrap_or_default())
                }
                (None, Some(weight)) => format!("{pattern} (weight {weight:.2})"),
                (None, None) => pattern,
            };
            screen.hanging("        ", &rule, "          ");
        }
    }
}

/// Overlapping spans made one, in their order.
pub(crate) fn joined(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}
