//! Rules proposed from texts: `--suggest` in place of the summary.

use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use crate::shared::output::csv;
use upr::code::{Expectation, suggest};
use upr::statistics::Row;
use upr::{CodedList, Table, Tagger};

/// A text of this length fits into three lines.
const LONGEST: usize = 210;

/// The texts to learn from: those of `--examples`, or else the codebook's own; and what people decided.
fn examples(options: &Options, coded: &CodedList, tagger: &Tagger) -> upr::Result<Vec<Expectation>> {
    let examples = match &options.examples {
        Some(path) => tagger.codebook().examples_from(path)?,
        None => tagger.codebook().examples().to_vec(),
    };
    Ok(examples.into_iter().chain(coded.expectations()).collect())
}

/// The proposals for an issue, in the format asked for.
pub(crate) fn text(
    options: &Options,
    issue: &str,
    coded: &CodedList,
    tagger: &Tagger,
) -> upr::Result<String> {
    let examples = examples(options, coded, tagger)?;
    let table = suggest(tagger, issue, &examples, coded)?;
    Ok(match options.format() {
        Format::Table => screen(issue, &examples, coded, tagger, &table),
        Format::Csv => csv(&table),
        Format::Json => serde_json::to_string_pretty(&table).expect("text keys only") + "\n",
    })
}

fn screen(
    issue: &str,
    examples: &[Expectation],
    coded: &CodedList,
    tagger: &Tagger,
    table: &Table,
) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    let must = examples.iter().filter(|one| one.must_have(issue)).count();
    let must_not = examples.iter().filter(|one| one.must_not_have(issue)).count();
    screen.line("");
    screen.line(format!("{must:>7}  texts that must have {issue}"));
    screen.line(format!("{must_not:>7}  texts that must not"));
    screen.heading(&format!("Rules proposed from these texts ({})", table.rows.len()), "");
    if table.rows.is_empty() {
        screen.wrapped(
            "None: the codebook codes them as they say, or they share no words that others do not have.",
            "",
        );
        return screen.into_text();
    }
    screen.wrapped(
        "To copy into rules.csv; nothing is changed. Right and wrong: texts that the rule would code rightly and wrongly; held back: \
         the same in texts that had no part in proposing it.",
        "",
    );
    for row in table.iter() {
        show(&mut screen, &row);
    }
    screen.into_text()
}

fn show(screen: &mut Screen, row: &Row<'_>) {
    let [issue, kind, pattern] = ["issue", "kind", "pattern"].map(|name| row.text(name).unwrap_or_default());
    let count = |name| row.count(name).unwrap_or_default();
    screen.line("");
    screen.line(format!("{issue},{kind},{pattern},,,"));
    let does = if kind == "include" { "gives it to" } else { "takes it from" };
    screen.wrapped(
        &format!(
            "right in {}, wrong in {}; held back: right in {}, wrong in {}; in the list it matches {} and {does} {}",
            count("right"),
            count("wrong"),
            count("held_back_right"),
            count("held_back_wrong"),
            count("list_matches"),
            count("list_changes"),
        ),
        "  ",
    );
    for text in ["example_1", "example_2"].map(|name| row.text(name).unwrap_or_default()) {
        if !text.is_empty() {
            screen.hanging("    ", &shortened(text, LONGEST), "      ");
        }
    }
}
