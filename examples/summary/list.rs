//! What is in the list, and what is in the codebook, in place of the summary: `--list` and `--list-issues`.

use crate::options::{Format, Options};
use crate::screen::Screen;
use crate::shared::layout::Page;
use crate::shared::output::csv;
use upr::statistics::Cell;
use upr::{Codebook, CodedList, CodedRecommendation, Dimension, Table, Tagger};

/// So many are shown on the screen without `--top`.
const USUAL_TOP: usize = 20;

/// The recommendations that passed the filter, in the order of the list.
pub(crate) fn text(options: &Options, coded: &CodedList, tagger: &Tagger) -> String {
    let all = coded.recommendations.len();
    match options.format() {
        Format::Table => screen(coded, tagger, options.top.unwrap_or(USUAL_TOP)),
        Format::Csv => csv(&table(coded, options.top.unwrap_or(all))),
        Format::Json => json(&table(coded, options.top.unwrap_or(all))),
    }
}

fn states(coded: &CodedRecommendation) -> Vec<&str> {
    coded.recommendation.recommending_states.iter().map(|state| state.name()).collect()
}

/// A position as tables name it; one that is not known as it was given.
fn position(coded: &CodedRecommendation) -> &str {
    let given = coded.recommendation.position.as_ref();
    given.map_or("", |given| given.position.map_or(&*given.given, |position| position.as_str()))
}

fn table(coded: &CodedList, most: usize) -> Table {
    let header = ["id", "recommending_states", "position", "text", "issues"].map(str::to_string).to_vec();
    let row = |coded: &CodedRecommendation| {
        let issues: Vec<&str> = coded.coding.tags.iter().map(|tag| &*tag.code).collect();
        let recommendation = &coded.recommendation;
        let [states, issues] = [states(coded), issues].map(|names| names.join("; "));
        [&*recommendation.id, &states, position(coded), &recommendation.text, &issues]
            .map(Cell::from)
            .to_vec()
    };
    Table { header, rows: coded.recommendations.iter().take(most).map(row).collect() }
}

pub(crate) fn json(table: &Table) -> String {
    serde_json::to_string_pretty(table).expect("text keys only") + "\n"
}

fn screen(coded: &CodedList, tagger: &Tagger, most: usize) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    let all = coded.recommendations.len();
    let title = if most < all {
        format!("Recommendations ({most} of {all})")
    } else {
        format!("Recommendations ({all})")
    };
    screen.heading(&title, "");
    for coded in coded.recommendations.iter().take(most) {
        show(&mut screen, coded, tagger, "");
        let codebooks = tagger.codebooks();
        let label = |code| codebooks.label(Dimension::Issue, code).unwrap_or_default().into_owned();
        let issues: Vec<String> = coded.coding.tags.iter().map(|tag| label(&tag.code)).collect();
        let issues = if issues.is_empty() { label(upr::count::UNTAGGED) } else { issues.join("; ") };
        screen.hanging("  [", &format!("{issues}]"), "   ");
    }
    if let more @ 1.. = all.saturating_sub(most) {
        screen.line("");
        screen.wrapped(
            &format!("... and {more} more: --top {all} shows all, --format csv prints them as a table"),
            "",
        );
    }
    screen.into_text()
}

/// One recommendation: a line with its id, position and States, and the text below.
pub(crate) fn show(screen: &mut Screen<'_>, coded: &CodedRecommendation, tagger: &Tagger, before: &str) {
    let language = tagger.codebooks().language();
    let names = coded.recommendation.recommending_states.iter().map(|state| state.name_in(language));
    let mut said: Vec<String> = Vec::new();
    if !position(coded).is_empty() {
        said.push(crate::cross::label(tagger, Dimension::Position, position(coded)));
    }
    let names: Vec<&str> = names.collect();
    if !names.is_empty() {
        said.push(names.join(", "));
    }
    screen.line("");
    screen.hanging(&format!("{before}{}  ", coded.recommendation.id), &said.join("; "), "    ");
    screen.wrapped(&coded.recommendation.text, "  ");
}

/// The issues of the codebook by theme, with what is counted under each.
pub(crate) fn issues(options: &Options, codebook: &Codebook) -> String {
    match options.format() {
        Format::Table => issues_on_screen(codebook),
        Format::Csv => csv(&issue_table(codebook)),
        Format::Json => json(&issue_table(codebook)),
    }
}

fn issue_table(codebook: &Codebook) -> Table {
    let header = ["issue", "label", "theme", "theme_label", "definition"].map(str::to_string).to_vec();
    let rows = codebook.issues().iter().map(|issue| {
        let theme = codebook.theme(&issue.theme).map_or("", |theme| theme.label.as_str());
        [&*issue.code, &issue.label, &issue.theme, theme, &issue.definition].map(Cell::from).to_vec()
    });
    Table { header, rows: rows.collect() }
}

fn issues_on_screen(codebook: &Codebook) -> String {
    let mut page = Page { colour: crate::colour(), ..Page::default() };
    let about = codebook.about();
    page.line(format!("Codebook: {} {} ({})", about.name, about.version, about.hash));
    page.wrapped(
        "Codes and labels are both understood by --filter, as in --filter \"issue=Death penalty\".",
        "",
    );
    for theme in codebook.themes() {
        let of_theme: Vec<_> = codebook.issues().iter().filter(|issue| issue.theme == theme.code).collect();
        page.heading(&format!("{} ({}, {})", theme.label, theme.code, of_theme.len()), "");
        page.wrapped(&theme.definition, "");
        for issue in of_theme {
            page.hanging("  ", &format!("{}: {}", issue.code, issue.label), "    ");
            page.wrapped(&issue.definition, "      ");
        }
    }
    page.text
}
