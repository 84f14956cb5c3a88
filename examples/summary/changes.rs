//! What a later version of a list changed: `--changed-since` in place of the summary.

use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use crate::shared::output::csv;
use std::collections::{BTreeMap, BTreeSet};
use upr::compare::changes;
use upr::read::RecommendationList;
use upr::statistics::Row;
use upr::{CodedList, Table, Tagger};

/// More than this would be a list, not an overview; `--format csv` prints all.
const MOST: usize = 10;

/// Kinds of changes with what people call them, in the order in which they are shown.
const KINDS: [(&str, &str); 6] = [
    ("added", "Added"),
    ("removed", "Removed"),
    ("text", "Other words"),
    ("states", "Other recommending States"),
    ("position", "Other positions"),
    ("number", "Other numbers"),
];

/// What changed since `earlier`, in the format asked for.
pub(crate) fn text(
    options: &Options,
    earlier: &RecommendationList,
    list: &RecommendationList,
    coded: &CodedList,
    tagger: &Tagger,
) -> String {
    let table = changes(earlier, list);
    match options.format() {
        Format::Table => screen(options, earlier, &table, coded, tagger),
        Format::Csv => csv(&table),
        Format::Json => serde_json::to_string_pretty(&table).expect("text keys only") + "\n",
    }
}

fn screen(
    options: &Options,
    earlier: &RecommendationList,
    table: &Table,
    coded: &CodedList,
    tagger: &Tagger,
) -> String {
    let most = options.top.unwrap_or(MOST);
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    let files: Vec<&str> = earlier.files.iter().map(|file| &*file.file).collect();
    screen.heading(&format!("Changes since {}", files.join(", ")), "recommendations");
    let other = |row: &Row<'_>| matches!(row.text("change"), Some("added" | "text" | "states"));
    let changed: BTreeSet<&str> = table.iter().filter(other).filter_map(|row| row.text("later_id")).collect();
    let (before, now) = (earlier.recommendations.len(), coded.recommendations.len());
    screen.line(format!("{before:>7}  before"));
    screen.line(format!("{now:>7}  now"));
    screen.line(format!("{:>7}  with the same words and States", now - changed.len()));
    for (kind, title) in KINDS {
        let rows: Vec<Row<'_>> = table.iter().filter(|row| row.text("change") == Some(kind)).collect();
        if rows.is_empty() {
            continue;
        }
        screen.heading(&format!("{title} ({})", rows.len()), "");
        let lines: Vec<String> = match kind {
            "number" => numbers(&rows),
            "position" => positions(&rows),
            _ => rows.iter().map(|row| shown(kind, row)).collect(),
        };
        for line in lines.iter().take(most) {
            screen.hanging("  ", line, "    ");
        }
        if let more @ 1.. = lines.len().saturating_sub(most) {
            screen.line(format!("... and {more} more; --format csv prints all"));
        }
    }
    screen.into_text()
}

fn cell<'t>(row: &Row<'t>, column: &str) -> &'t str {
    row.text(column).unwrap_or_default()
}

fn shown(kind: &str, row: &Row<'_>) -> String {
    /// Two texts of this length fit into six lines.
    const LONGEST: usize = 210;
    let [earlier, later] = ["earlier", "later"].map(|column| cell(row, column));
    let short = |text: &str| shortened(text, LONGEST);
    match kind {
        "added" => format!("{}: {}", cell(row, "later_id"), short(later)),
        "removed" => format!("{}: {}", cell(row, "earlier_id"), short(earlier)),
        "text" => format!("{}: {} [before: {}]", cell(row, "later_id"), short(later), short(earlier)),
        _ => format!("{}: {} [before: {}]", cell(row, "later_id"), or_none(later), or_none(earlier)),
    }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_string() } else { text.replace('_', " ") }
}

/// How many positions changed from what to what, the most frequent first.
fn positions(rows: &[Row<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(["later", "earlier"].map(|column| cell(row, column))).or_default() += 1;
    }
    let mut counts: Vec<([&str; 2], usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let line = |([later, earlier], count): ([&str; 2], usize)| {
        format!("{count} {} [before: {}]", or_none(later), or_none(earlier))
    };
    counts.into_iter().map(line).collect()
}

/// The paragraph of a whole list changes from the draft to the report: that is one line. Other numbers have one each.
fn numbers(rows: &[Row<'_>]) -> Vec<String> {
    fn parts(number: &str) -> Option<(&str, &str)> {
        number.rsplit_once('.')
    }
    let mut moved: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut others = Vec::new();
    for row in rows {
        let [earlier, later] = ["earlier", "later"].map(|column| cell(row, column));
        match (parts(earlier), parts(later)) {
            (Some((from, item)), Some((to, same))) if item == same => {
                *moved.entry((from, to)).or_default() += 1
            }
            _ => others.push(shown("number", row)),
        }
    }
    let moved = moved.into_iter().map(|((from, to), numbers)| {
        let are = if numbers == 1 { "number is" } else { "numbers are" };
        format!("{numbers} {are} {to}.N [before: {from}.N]")
    });
    moved.chain(others).collect()
}
