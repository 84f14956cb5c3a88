//! Which recommendations take up an ask, or each ask of a table: `--like` in place of the summary.

use crate::list::{json, show};
use crate::options::{Format, Options};
use crate::screen::{Screen, shortened};
use crate::shared::Refused;
use crate::shared::output::csv;
use std::path::Path;
use upr::compare::{Alike, Ask, TAKEN_UP, like, like_table};
use upr::{CodedList, Tagger};

/// So many recommendations are shown for an ask without `--top`.
const USUAL_TOP: usize = 5;

/// A text of this length fits into three lines.
const LONGEST: usize = 210;

/// What was given: a text, or a table of asks if it is the name of a file.
pub(crate) enum Given {
    Text(Ask),
    Asks(Vec<Ask>),
}

/// Reads what `--like` was given. Asked before the list is read, which may take long.
pub(crate) fn given(like: &str) -> crate::shared::Result<Given> {
    let path = Path::new(like);
    let named = |ending: &&str| path.extension().is_some_and(|is| is.eq_ignore_ascii_case(ending));
    if path.is_file() {
        return Ok(Given::Asks(Ask::read(path)?));
    }
    if ["csv", "tsv", "txt", "xlsx", "docx"].iter().any(named) && !like.contains(' ') {
        let message = format!("--like: found no file {like}");
        let next =
            "name a table of asks that is there (a column \"text\" or \"ask\"), or type the text of an ask";
        return Err(Refused::boxed(message, next));
    }
    Ok(Given::Text(Ask::new("1", like)))
}

/// The recommendations that take up what was given, in the format asked for.
pub(crate) fn text(
    options: &Options,
    given: &Given,
    coded: &CodedList,
    tagger: &Tagger,
) -> upr::Result<String> {
    let most = options.top.unwrap_or(USUAL_TOP);
    let asks = match given {
        Given::Text(ask) => std::slice::from_ref(ask),
        Given::Asks(asks) => asks,
    };
    let found = like(coded, tagger, asks, most)?;
    let table = || like_table(asks, &found);
    Ok(match options.format() {
        Format::Table => screen(given, asks, &found, coded, tagger),
        Format::Csv => csv(&table()),
        Format::Json => json(&table()),
    })
}

fn screen(
    given: &Given,
    asks: &[Ask],
    found: &[Vec<Alike<'_>>],
    coded: &CodedList,
    tagger: &Tagger,
) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.source();
    match given {
        Given::Text(_) => screen.heading("Recommendations like this text", ""),
        Given::Asks(asks) => {
            let some = found.iter().filter(|found| found.first().is_some_and(Alike::takes_up)).count();
            screen.heading(
                &format!("Asks, and the recommendations most like them (marked: {some} of {})", asks.len()),
                "",
            );
        }
    }
    screen.wrapped(
        &format!(
            "Score: how far a recommendation takes up the ask, from 0 to 1; from {TAKEN_UP} on it is marked as taking it up. In \
             square brackets: the words of the recommendation that decided. The order is more reliable than the mark: read them."
        ),
        "",
    );
    for (ask, found) in asks.iter().zip(found) {
        screen.line("");
        screen.hanging(&format!("{}: ", ask.id), &shortened(&ask.text, LONGEST), "    ");
        let takes_up = found.iter().take_while(|alike| alike.takes_up()).count();
        if takes_up == 0 {
            screen.line("  None is marked.");
        }
        for (at, alike) in found.iter().enumerate() {
            if at == takes_up {
                screen.line("");
                screen.line("  Nearest, not marked:");
            }
            show(&mut screen, alike.coded, tagger, &format!("  {:.2}  ", alike.score));
            screen.hanging("  [", &format!("{}]", alike.shared.join(" … ")), "   ");
        }
    }
    screen.into_text()
}
