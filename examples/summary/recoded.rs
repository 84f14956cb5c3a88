//! What the codebook codes differently from another one: `--compare-codebook` in place of the summary.

use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use crate::shared::output::csv;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use upr::evaluate::recoded;
use upr::read::RecommendationList;
use upr::statistics::Row;
use upr::{CodedList, Table, Tagger};

/// So many examples of what a rule changed are shown; `--format csv` prints all.
const MOST: usize = 3;

/// A text of this length fits into three lines.
const LONGEST: usize = 210;

/// What the codebook of `coded` changes in the coding by `before`, in the format asked for.
pub(crate) fn text(
    options: &Options,
    before: &Tagger,
    list: RecommendationList,
    coded: &CodedList,
    tagger: &Tagger,
) -> upr::Result<String> {
    let earlier = before.tag(list);
    let table = recoded(&earlier, coded)?;
    let issues = issues(&earlier, coded, &table);
    Ok(match options.format() {
        Format::Table => screen(options, &earlier, coded, tagger, &table, &issues),
        Format::Csv => csv(&table),
        Format::Json => {
            let of = |list: &CodedList| list.codebooks().issues().identity();
            let issues: Vec<_> = issues
                .iter()
                .map(|(issue, Counts { before, after, gained, lost })| {
                    json!({"issue": issue, "before": before, "after": after, "gained": gained, "lost": lost})
                })
                .collect();
            let whole = json!({
                "codebook_before": of(&earlier), "codebook_after": of(coded), "unit": "recommendations", "issues": issues,
                "changes": table,
            });
            serde_json::to_string_pretty(&whole).expect("text keys only") + "\n"
        }
    })
}

/// How many recommendations have an issue, and how many gained or lost it.
#[derive(Default)]
struct Counts {
    before: usize,
    after: usize,
    gained: usize,
    lost: usize,
}

/// The issues that a recommendation gained or lost, in the order of the codebook; those that it no longer has come last.
fn issues<'l>(before: &'l CodedList, after: &'l CodedList, table: &'l Table) -> Vec<(&'l str, Counts)> {
    let codes = |list: &'l CodedList| list.codebooks().issues().issues().iter().map(|issue| &*issue.code);
    let mut changed: BTreeMap<&str, [BTreeSet<&str>; 2]> = BTreeMap::new();
    for row in table.iter() {
        let [gained, lost] = changed.entry(cell(&row, "issue")).or_default();
        if cell(&row, "change") == "gained" { gained } else { lost }.insert(cell(&row, "id"));
    }
    let mut seen = BTreeSet::new();
    let codes = codes(after).chain(codes(before)).filter(|code| seen.insert(*code));
    let have =
        |list: &CodedList, code: &str| list.recommendations.iter().filter(|one| one.coding.has(code)).count();
    let counted = codes.filter_map(|code| {
        let [gained, lost] = changed.get(code)?;
        let (gained, lost) = (gained.len(), lost.len());
        Some((code, Counts { before: have(before, code), after: have(after, code), gained, lost }))
    });
    counted.collect()
}

fn cell<'t>(row: &Row<'t>, column: &str) -> &'t str {
    row.text(column).unwrap_or_default()
}

fn screen(
    options: &Options,
    before: &CodedList,
    coded: &CodedList,
    tagger: &Tagger,
    table: &Table,
    issues: &[(&str, Counts)],
) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    screen.wrapped(&format!("Compared with: {}", before.codebooks().issues().identity()), "");
    let changed: BTreeSet<&str> = table.iter().map(|row| cell(&row, "id")).collect();
    let (all, changed) = (coded.recommendations.len(), changed.len());
    screen.line("");
    screen.line(format!("{all:>7}  recommendations; with other issues: {changed}"));
    screen.heading("Issues with changes", "recommendations");
    if !issues.is_empty() {
        let width = issues.iter().map(|(issue, _)| issue.len()).max().unwrap_or_default();
        screen.line(format!("{:<width$}  before  after  gained  lost", "issue"));
        for (issue, Counts { before, after, gained, lost }) in issues {
            screen.line(format!("{issue:<width$} {before:>7} {after:>6} {gained:>7} {lost:>5}"));
        }
    }
    let most = options.top.unwrap_or(MOST);
    for (issue, _) in issues {
        screen.heading(issue, "");
        let mut rules: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
        for row in table.iter().filter(|row| cell(row, "issue") == *issue) {
            rules.entry(reason(&row)).or_default().push(row);
        }
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
        for (reason, rows) in rules {
            screen.hanging("  ", &format!("{} {reason}", rows.len()), "    ");
            for row in rows.iter().take(most) {
                let text = shortened(cell(row, "text"), LONGEST);
                screen.hanging(
                    "    ",
                    &format!("{}: [{}] {text}", cell(row, "id"), cell(row, "matched")),
                    "      ",
                );
            }
        }
    }
    screen.into_text()
}

/// `lost, set aside: police* (line 12) by police academy (line 15)`
fn reason(row: &Row<'_>) -> String {
    let at = |rule: &str, line: &str| match row.count(line) {
        Some(line) => format!("{} (line {line})", cell(row, rule)),
        None => cell(row, rule).to_string(),
    };
    let by = if cell(row, "by").is_empty() { String::new() } else { format!(" by {}", at("by", "by_line")) };
    format!("{}, {}: {}{by}", cell(row, "change"), cell(row, "because"), at("rule", "line"))
}
