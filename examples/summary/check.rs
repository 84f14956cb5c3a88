//! A codebook on trial: whether its examples are coded as they say, and what each of its rules finds in the files.

use crate::notify;
use crate::options::{Format, Options};
use crate::screen::Screen;
use crate::shared::output::csv;
use crate::shared::{self, Refused};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use upr::evaluate::{RuleTrial, Trial, failing_examples};
use upr::{CodedList, Tagger};

/// What `--check-codebook` prints, in the format asked for.
pub(crate) fn text(
    options: &Options,
    coded: &CodedList,
    tagger: &Tagger,
    failing: &[String],
) -> upr::Result<String> {
    let trial = Trial::of(coded)?;
    Ok(match options.format() {
        Format::Table => screen(coded, tagger, &trial, failing),
        Format::Csv => csv(&trial.table()),
        Format::Json => {
            let mut whole = json!(trial);
            whole["examples"] = tagger.codebook().examples().len().into();
            whole["failing_examples"] = failing.iter().map(|failing| Value::from(failing.as_str())).collect();
            serde_json::to_string_pretty(&whole).expect("text keys only") + "\n"
        }
    })
}

/// Whether all examples are coded as they say; those that are not are on the screen, or in the JSON, or said here.
pub(crate) fn all_pass(options: &Options, failing: &[String]) -> shared::Result<()> {
    if failing.is_empty() {
        return Ok(());
    }
    if options.format() == Format::Csv {
        failing.iter().for_each(|failing| notify(failing));
    }
    let found = format!("examples of the codebook that fail: {}", failing.len());
    Err(Refused::boxed(found, "correct the rules, or the lines of examples.csv"))
}

/// The examples that fail, a sentence each.
pub(crate) fn failing(tagger: &Tagger) -> Vec<String> {
    failing_examples(tagger).iter().map(ToString::to_string).collect()
}

fn screen(coded: &CodedList, tagger: &Tagger, trial: &Trial, failing: &[String]) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    let examples = tagger.codebook().examples().len();
    if examples > 0 {
        // a text may fail in several issues
        let texts: BTreeSet<&str> =
            failing.iter().filter_map(|failing| failing.split(", column").next()).collect();
        screen.heading(&format!("Examples that fail ({} of {examples})", texts.len()), "");
        failing.iter().for_each(|failing| screen.hanging("  ", failing, "    "));
    }
    let Trial { recommendations, untagged, rules, .. } = trial;
    screen.line("");
    screen
        .line(format!("{recommendations:>7}  recommendations; without an issue of the codebook: {untagged}"));
    screen.heading("What each rule finds", "recommendations");
    screen.wrapped(
        "How many have the issue by a rule, or of an exclude rule, in how many it set a match aside; and in how many no other \
         rule does the same, so that they would be coded otherwise without it. Lines are those of rules.csv.",
        "",
    );
    for issue in tagger.codebook().issues() {
        let of_issue: Vec<&RuleTrial> =
            rules.iter().filter(|rule| rule.issue == issue.code && rule.fires > 0).collect();
        if of_issue.is_empty() {
            continue;
        }
        screen.heading(&format!("{} ({})", issue.label, issue.code), "");
        for rule in of_issue {
            show(&mut screen, rule);
        }
    }
    let silent: Vec<String> = trial.silent().map(named).collect();
    screen.heading(&format!("Rules that never match ({} of {})", silent.len(), rules.len()), "");
    for rule in silent {
        screen.hanging("  ", &rule, "      ");
    }
    let without = &trial.issues_without_recommendations;
    screen.heading(
        &format!(
            "Issues without recommendations ({} of {})",
            without.len(),
            tagger.codebook().issues().len()
        ),
        "",
    );
    if !without.is_empty() {
        screen.wrapped(&without.join(", "), "  ");
    }
    screen.into_text()
}

fn named(rule: &RuleTrial) -> String {
    let kind = if rule.kind() == "include" { "" } else { rule.kind() };
    format!("line {}: {} {kind} {}", rule.line, rule.issue, rule.rule)
}

fn show(screen: &mut Screen, rule: &RuleTrial) {
    let kind = if rule.kind() == "include" { String::new() } else { format!("{} ", rule.kind()) };
    screen.hanging("  ", &format!("{kind}{}", rule.rule), "    ");
    let mut counts = format!("line {}: in {}, in {} of them alone", rule.line, rule.fires, rule.alone);
    if rule.set_aside > 0 {
        counts += &format!(", set aside {}", rule.set_aside);
    }
    screen.wrapped(&counts, "    ");
    let with: Vec<String> = rule.with().map(|(other, times)| format!("{other} ({times})")).collect();
    if !with.is_empty() {
        screen.wrapped(&format!("with {}", with.join("; ")), "    ");
    }
    for (id, excerpt) in rule.examples() {
        screen.excerpt(id, excerpt, "      ");
    }
}
