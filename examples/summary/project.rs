//! What people changed in a project of a QDA program: `--corrections-from` in place of the summary.

use crate::notify;
use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use crate::shared::output::csv;
use std::collections::BTreeMap;
use std::path::Path;
use upr::export::qda_corrections;
use upr::statistics::Row;
use upr::{CodedList, Table, Tagger};

/// More than this would be a list, not an overview; `--format csv` prints all.
const MOST: usize = 20;

/// The corrections, in the format asked for. What could not be matched goes to stderr.
pub(crate) fn text(
    options: &Options,
    project: &Path,
    coded: &CodedList,
    tagger: &Tagger,
) -> upr::Result<String> {
    let (table, notices) = qda_corrections(project, coded)?;
    notices.iter().for_each(|notice| notify(&format!("{}: {notice}", project.display())));
    Ok(match options.format() {
        Format::Table => screen(options, &table, coded, tagger),
        Format::Csv => csv(&table),
        Format::Json => serde_json::to_string_pretty(&table).expect("text keys only") + "\n",
    })
}

fn screen(options: &Options, table: &Table, coded: &CodedList, tagger: &Tagger) -> String {
    let most = options.top.unwrap_or(MOST);
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    screen.heading(&format!("Corrections ({})", table.rows.len()), "");
    if table.rows.is_empty() {
        screen.line("None: the project has the tags of the list.");
        return screen.into_text();
    }
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for row in table.iter() {
        *counts.entry(["decision", "coder"].map(|column| cell(&row, column))).or_default() += 1;
    }
    for ([decision, coder], count) in counts {
        let done = if decision == "add" { "added by" } else { "removed by" };
        screen.line(format!("{count:>7}  {done} {coder}"));
    }
    screen.line("");
    for row in table.iter().take(most) {
        screen.hanging("  ", &shown(&row, coded), "    ");
    }
    if let more @ 1.. = table.rows.len().saturating_sub(most) {
        screen.line(format!("... and {more} more; --format csv prints all"));
    }
    screen.into_text()
}

fn cell<'t>(row: &Row<'t>, column: &str) -> &'t str {
    row.text(column).unwrap_or_default()
}

fn shown(row: &Row<'_>, coded: &CodedList) -> String {
    /// The whole of it fits into two lines.
    const LONGEST: usize = 100;
    let [id, issue, decision] = ["id", "issue", "decision"].map(|column| cell(row, column));
    let made = coded.recommendations.iter().find(|coded| coded.recommendation.id == id);
    let text = made.map_or("", |coded| &coded.recommendation.text);
    format!("{decision} {issue}: {id} {}", shortened(text, LONGEST))
}
