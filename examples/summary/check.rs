//! A codebook on trial: what each of its rules catches in the files.

use crate::options::{Format, Options};
use crate::screen::Screen;
use crate::shared::output::csv;
use upr::evaluate::{RuleTrial, Trial};
use upr::{CodedList, Tagger};

/// What `--check-codebook` prints, in the format asked for.
pub(crate) fn text(options: &Options, coded: &CodedList, tagger: &Tagger) -> upr::Result<String> {
    let trial = Trial::of(coded)?;
    Ok(match options.format() {
        Format::Table => screen(coded, tagger, &trial),
        Format::Csv => csv(&trial.table()),
        Format::Json => serde_json::to_string_pretty(&trial).expect("text keys only") + "\n",
    })
}

fn screen(coded: &CodedList, tagger: &Tagger, trial: &Trial) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
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
