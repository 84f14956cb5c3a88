//! One table in place of the summary: counts by one dimension, or a cross-tabulation of two, with totals and the unit.

use crate::corrections;
use crate::options::{Format, Options};
use crate::report::Filtered;
use crate::screen::Screen;
use crate::shared::{layout::WIDTH, output::csv};
use serde::Serialize;
use upr::code::About;
use upr::statistics::{Cell, CrossTabulation};
use upr::{Aspect, CodedList, Dimension, Table, Tagger, Unit};

/// The longest name of a row that is shown on one line.
const LONGEST_NAME: usize = 30;

/// The most rows and columns on the screen: 197 States and observers, and 111 issues of the codebook `core`, all fit. A table
/// of 2,500 rows and columns took 45 seconds.
const MAX_SHOWN_ROWS: usize = 2_000;
const MAX_SHOWN_COLUMNS: usize = 300;

/// The table for programs, with what it was counted from.
#[derive(Serialize)]
struct Report<'r, T> {
    codebook: About,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered: Option<Filtered<'r>>,
    explanation: String,
    #[serde(flatten)]
    table: T,
}

/// Counts by one dimension.
#[derive(Serialize)]
struct OneWay {
    dimension: Dimension,
    unit: Unit,
    total: u64,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    category: String,
    count: u64,
    share_of_total: Option<f64>,
}

/// The table that `--by` and `--and` ask for, in the format asked for.
pub(crate) fn text(options: &Options, by: Dimension, coded: &CodedList, tagger: &Tagger) -> String {
    let unit = options.unit();
    // without a second dimension any will do, for the totals of the first are what is shown
    let columns = options.and.unwrap_or(Dimension::Position);
    let mut table = CrossTabulation::of(coded, by, columns, unit);
    let crossed = options.and.is_some();
    let mut explanation = if crossed { table.explanation() } else { OneWay::of(&table).explanation() };
    let all = table.row_totals().count();
    if let Some(top) = options.top.filter(|top| *top < all) {
        table.keep_largest_rows(top);
        explanation += &format!(" The {top} largest of {all} rows; the totals are of all.");
    }
    if let Some(sentence) = corrections::sentence(coded) {
        explanation += &format!(" {sentence}.");
    }
    match (options.format(), crossed) {
        (Format::Table, _) => screen(coded, tagger, &table, crossed, &explanation),
        (Format::Csv, true) => csv(&with_unit(table.long_table(), unit)),
        (Format::Csv, false) => csv(&with_unit(OneWay::of(&table).table(), unit)),
        (Format::Json, true) => json(coded, explanation, &table),
        (Format::Json, false) => json(coded, explanation, OneWay::of(&table)),
    }
}

fn json(coded: &CodedList, explanation: String, table: impl Serialize) -> String {
    let codebook = coded.codebooks().issues().identity();
    let report = Report { codebook, filtered: Filtered::of(coded), explanation, table };
    serde_json::to_string_pretty(&report).expect("text keys only") + "\n"
}

/// The same, with the unit in every row.
fn with_unit(mut table: Table, unit: Unit) -> Table {
    table.header.push("unit".to_string());
    table.rows.iter_mut().for_each(|row| row.push(Cell::from(unit.as_str())));
    table
}

impl OneWay {
    fn of(table: &CrossTabulation) -> OneWay {
        let share = |count: u64| (table.total > 0).then(|| count as f64 / table.total as f64);
        let rows = table.row_totals().map(|(category, count)| Row {
            category: category.to_string(),
            count,
            share_of_total: share(count),
        });
        OneWay { dimension: table.rows, unit: table.unit, total: table.total, rows: rows.collect() }
    }

    fn explanation(&self) -> String {
        let sum: u64 = self.rows.iter().map(|row| row.count).sum();
        let text =
            format!("Unit: {}; {} in all, each counted once in the total.", self.unit.as_str(), self.total);
        match sum == self.total {
            true => text,
            false => format!("{text} The rows total {sum} because a recommendation can appear in several."),
        }
    }

    fn table(&self) -> Table {
        let header = [self.dimension.as_str(), "count", "total", "share_of_total"].map(str::to_string);
        let rows = self.rows.iter().map(|row| {
            vec![row.category.as_str().into(), row.count.into(), self.total.into(), row.share_of_total.into()]
        });
        Table { header: header.to_vec(), rows: rows.collect() }
    }
}

/// What people read for a category: the label of a code, otherwise the category itself.
pub(crate) fn label(tagger: &Tagger, dimension: Dimension, category: &str) -> String {
    let label = tagger.codebooks().label(dimension, category);
    label.map_or_else(|| category.replace('_', " "), |label| label.into_owned())
}

/// What people call a dimension.
fn name(dimension: Dimension) -> String {
    match dimension {
        Dimension::RecommendingState => "recommending State".to_string(),
        Dimension::StateUnderReview => "State under review".to_string(),
        Dimension::Aspect(Aspect::Sdg) => "Sustainable Development Goal".to_string(),
        other => other.as_str().replace('_', " "),
    }
}

/// Whether the categories have an order of their own; of the others, the largest come first.
fn has_order(dimension: Dimension) -> bool {
    use Dimension::{ActionCategory, Cycle, Position, RegionalGroup, Session};
    let ordered = matches!(dimension, ActionCategory | Cycle | Position | RegionalGroup | Session);
    ordered || dimension == Dimension::Aspect(Aspect::Sdg)
}

/// The table for people: rows and columns of zero left out, and as many columns beside each other as there is room for.
fn screen(
    coded: &CodedList,
    tagger: &Tagger,
    table: &CrossTabulation,
    crossed: bool,
    explanation: &str,
) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    let (rows, columns) = (name(table.rows), name(table.columns));
    let capital = rows[..1].to_uppercase() + &rows[1..];
    let title = if crossed { format!("{capital} by {columns}") } else { capital };
    screen.heading(&title, "");
    screen.wrapped(explanation, "");

    let some = |(_, count): &(&str, u64)| *count > 0;
    let mut shown: Vec<_> = table.row_totals().filter(some).collect();
    let mut across: Vec<_> = if crossed { table.column_totals().filter(some).collect() } else { Vec::new() };
    for (dimension, totals) in [(table.rows, &mut shown), (table.columns, &mut across)] {
        if !has_order(dimension) {
            totals.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
    }
    let all = [shown.len(), across.len()];
    for (totals, most) in [(&mut shown, MAX_SHOWN_ROWS), (&mut across, MAX_SHOWN_COLUMNS)] {
        if totals.len() > most {
            totals.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            totals.truncate(most);
        }
    }
    let names: Vec<String> = shown.iter().map(|(row, _)| label(tagger, table.rows, row)).collect();
    let name_width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).clamp(5, LONGEST_NAME);
    let headers: Vec<String> =
        across.iter().map(|(column, _)| label(tagger, table.columns, column)).collect();
    let digits = table.total.to_string().len();
    let mut begin = 0;
    while begin <= across.len() {
        let end = begin + fitting(&headers[begin..], name_width, digits);
        let last = end == across.len();
        let here = begin..end;
        if !(begin == 0 && last) {
            screen.line(format!("Columns {} to {} of {}", begin + 1, end, across.len()));
        }
        let mut header = vec![rows.as_str()];
        let over: Vec<String> = headers[here.clone()].iter().map(|name| folded(name, digits)).collect();
        header.extend(over.iter().map(String::as_str));
        header.extend(last.then_some("total"));
        let line = |name: String, count: &dyn Fn(usize) -> u64, total: u64| {
            let counts = here.clone().map(|at| count(at).to_string());
            [name].into_iter().chain(counts).chain(last.then(|| total.to_string())).collect::<Vec<String>>()
        };
        let mut lines: Vec<Vec<String>> = Vec::new();
        for (&(row, total), name) in shown.iter().zip(&names) {
            let count = |at: usize| table.count(row, across[at].0).unwrap_or(0);
            lines.push(line(name.clone(), &count, total));
        }
        lines.push(line("total".to_string(), &|at: usize| across[at].1, table.total));
        screen.table(1, &header, lines);
        if last {
            break;
        }
        screen.line("");
        begin = end;
    }
    for (what, all, shown) in [("row", all[0], shown.len()), ("column", all[1], across.len())] {
        if all > shown {
            screen.line(format!("  The {shown} largest of {all} {what}s are shown: --format csv has all."));
        }
    }
    for (what, all, some) in
        [("row", table.row_totals().count(), all[0]), ("column", table.column_totals().count(), all[1])]
    {
        if all > some && (crossed || what == "row") {
            let what = if all - some == 1 {
                format!("{what} without recommendations is")
            } else {
                format!("{what}s without recommendations are")
            };
            screen.line(format!("  {} {what} hidden", all - some));
        }
    }
    screen.into_text()
}

/// How wide a column is: its longest word, or its largest count.
fn width(header: &str, digits: usize) -> usize {
    header.split(' ').map(|word| word.chars().count()).max().unwrap_or(0).max(digits)
}

/// A header over several lines, none longer than it must be.
fn folded(header: &str, digits: usize) -> String {
    let width = width(header, digits);
    let mut lines: Vec<String> = Vec::new();
    for word in header.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines.join("\n")
}

/// How many of these columns are shown beside each other: at least one, and none is cut.
fn fitting(headers: &[String], name_width: usize, digits: usize) -> usize {
    let mut room = usize::from(WIDTH).saturating_sub(name_width + 1);
    let last = digits.max("total".len()) + 1;
    let mut fit = 0;
    for (at, header) in headers.iter().enumerate() {
        let needed = width(header, digits) + 1;
        if needed + if at + 1 == headers.len() { last } else { 0 } > room && fit > 0 {
            break;
        }
        room = room.saturating_sub(needed);
        fit += 1;
    }
    fit
}
