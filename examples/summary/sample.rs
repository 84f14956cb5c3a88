//! A random sample for people to code: `--sample` in place of the summary.

use crate::options::{Format, Options, is_page};
use crate::screen::{Screen, shortened};
use crate::shared::Refused;
use crate::shared::output::{csv, notify};
use std::collections::BTreeMap;
use upr::evaluate::{coding_sheet, sample};
use upr::export::{coding_page_file, overwrite_if, table_file};
use upr::{CodedList, Dimension, Selection, Tagger, Tally, Unit};

/// So many texts are shown; the sheet has all.
const MOST: usize = 5;

/// A text of this length fits into three lines.
const LONGEST: usize = 210;

/// Writes the sheets, and shows the sample in the format asked for.
pub(crate) fn text(
    options: &Options,
    number: usize,
    coded: &CodedList,
    tagger: &Tagger,
) -> crate::shared::Result<String> {
    let drawn = sample(coded, number, options.seed, options.stratum);
    let sheet = coding_sheet(&drawn);
    if drawn.len() < number {
        let all = drawn.len();
        crate::notify(&format!(
            "asked for {number} recommendations, and there are {all}: all are in the sample"
        ));
    }
    for path in &options.sheet {
        match is_page(path) {
            true => coding_page_file(overwrite_if(options.force, path), &drawn)?,
            // nothing replaces a sheet that may be filled, not even --force
            false => table_file(path, &sheet).map_err(|error| match std::fs::metadata(path) {
                Ok(about) if about.is_file() && about.len() > 0 => {
                    let message =
                        format!("{}: found a file that may have been filled by a coder", path.display());
                    Refused::boxed(message, "name another one, or remove this one yourself")
                }
                _ => error.into(),
            })?,
        }
        notify(&format!("wrote {}", path.display()));
    }
    Ok(match options.format() {
        Format::Table => screen(options, &drawn, coded, tagger),
        Format::Csv => csv(&sheet),
        Format::Json => serde_json::to_string_pretty(&sheet).expect("text keys only") + "\n",
    })
}

fn screen(options: &Options, drawn: &Selection<'_>, coded: &CodedList, tagger: &Tagger) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    screen.heading("Sample", "recommendations");
    screen.line(format!("{:>7}  of {}, seed {}", drawn.len(), coded.recommendations.len(), options.seed));
    if let Some(dimension) = options.stratum {
        by_stratum(&mut screen, dimension, drawn, coded);
    }
    screen.line("");
    for one in drawn.iter().take(options.top.unwrap_or(MOST)) {
        let made = &one.recommendation;
        screen.hanging("  ", &format!("{}: {}", made.id, shortened(&made.text, LONGEST)), "    ");
    }
    if options.sheet.is_empty() {
        screen.line("");
        screen.wrapped("For a sheet with all of them, add --sheet FILE.csv or --sheet FILE.html.", "");
    }
    screen.into_text()
}

/// How many of each category there are, and how many were drawn.
fn by_stratum(screen: &mut Screen, dimension: Dimension, drawn: &Selection<'_>, coded: &CodedList) {
    let dimensions = [dimension];
    let counts = |selection: &Selection<'_>| -> BTreeMap<String, u64> {
        let tally = Tally::of(selection, &dimensions);
        let counts = tally.largest_first(Unit::Recommendations);
        counts.iter().map(|(cell, count)| (cell[0].to_string(), count.recommendations)).collect()
    };
    let (all, drawn) = (counts(&Selection::from(coded)), counts(drawn));
    let name = |category: &str| {
        let label = coded.codebooks().label(dimension, category);
        label.map_or(category.to_string(), |label| label.into_owned())
    };
    let rows = all.iter().filter(|(_, count)| **count > 0).map(|(category, count)| {
        let drawn = drawn.get(category).copied().unwrap_or_default();
        vec![name(category), count.to_string(), drawn.to_string()]
    });
    screen.line("");
    screen.table(1, &[dimension.as_str(), "all", "drawn"], rows);
}
