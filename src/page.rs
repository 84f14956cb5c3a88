//! Writes a page to look at: what a list says, as one HTML file that any browser opens.
//!
//! [`page`] gives the page as a text, [`file()`] writes it. It needs no network and no other file, is read in full
//! without its script (which adds search, sorting and filters to the table of recommendations), prints, and fits a
//! phone. Each figure names its unit, has its numbers as a table beside it, and distinguishes its colours by pattern
//! and words as well. The same list gives the same bytes; the page carries no date and no path.
//!
//! It opens with the findings in sentences, each with its numbers and links to the sections behind it. The table of all
//! recommendations follows; with the script, the names and bars of the figures filter it, and what it shows can be
//! downloaded (CSV, [guarded](crate::export::guarded)). What is long is closed at first: links that lead into it open it, and
//! closed figures are printed all the same.
//!
//! With its script, a person can review the tags in it: confirm, remove and add issues by keyboard or mouse, and download
//! the decisions as `corrections.csv`. They are kept in the browser, under a name made of the list, until then. The file has
//! the columns `id`, `issue`, `decision` (`confirm`, `add` or `remove`), `coder`, `date` (of the browser), `note` and
//! `text_hash` ([`text_hash`](crate::Recommendation::text_hash)); its cells are [guarded](crate::export::guarded), the
//! dates excepted.
//!
//! # How much it holds
//!
//! A page must stay usable in a browser, so long lists are cut, and the page says what was left out and in which
//! table of the [export](crate::export) it is: [`MAX_RECOMMENDATIONS`] in the table, [`MAX_ASKS`] asks,
//! [`MAX_LISTED`] in any other list, [`MAX_BARS`] in a figure (whose table has all). Counts are always of the whole
//! list.
//!
//! # What it lets in
//!
//! Texts of a list are a stranger's. All of them are escaped, characters that turn the direction of writing are
//! isolated, and the page's Content-Security-Policy allows its own style and script, by their hashes, and nothing
//! else. What the script reads is JSON in which all signs of markup are escaped; it writes texts, never markup.
//!
//! # How the figures are drawn
//!
//! By templates: a bar is an SVG of a few rectangles whose places are percentages, so that the words beside it stay
//! text of the page, as large on a phone as on a desk. Three charting crates drew the same twelve issues by position, 900
//! and 360 pixels wide, as a trial (November 2026):
//!
//! - plotters 0.3 and charts-rs 2.3 place every word at a pixel, so that one drawing cannot serve both widths: at 360
//!   the names take two thirds of it, and legend or numbers lie over the bars. Neither fills by a pattern, which *in
//!   part* needs in print without colour. plotters writes no title that a screen reader would read; charts-rs can, as
//!   part of its tooltips. They wrote 19 and 13 kB; the template's figure of the US list has its table in it as well.
//! - charming 0.6 writes a script for ECharts, which would have to be in the page (1 MB) and run before anything is
//!   seen.

mod charts;
mod findings;
mod heat;
mod html;
mod overview;
mod remainder;
mod returned;
mod review;
mod review_data;
mod same_asks;
mod sheet;
mod table;

use crate::asks::{self, SameAsk};
use crate::codebook::Codebooks;
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::error::{Error, Result};
use crate::export::seal::Seal;
use crate::files::output::{self, Destination, Found, Target};
use crate::links::{self, Links};
use crate::list::Account;
use crate::state::State;
use crate::tally::{CategoryCount, Count, NOT_GIVEN, PositionCounts, Tally, UNKNOWN, is_nameless};
use html::Html;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

pub use sheet::{file as coding_page_file, page as coding_page};

/// The most recommendations in the table of a page. The US received 347 in 2020, and nobody more than 293 in UPR Info's
/// export of sessions 1 to 20. The page of that whole export (25,609 recommendations) has 1.9 MB. Before it had a review it
/// was there in 1.6 seconds and sorted its table in 0.4 (Chromium on two cores).
pub(crate) const MAX_RECOMMENDATIONS: usize = 1_000;
/// The most asks that are shown, the largest first.
pub(crate) const MAX_ASKS: usize = 50;
/// The most untagged recommendations, rejects and unresolved names that are listed, each.
pub(crate) const MAX_LISTED: usize = 100;
/// The most bars in a figure, and rows in the heat map, the largest first.
pub(crate) const MAX_BARS: usize = 25;

const STYLE: &str = concat!(include_str!("page/style.css"), include_str!("page/review.css"));
const SCRIPT: &str = concat!(
    include_str!("page/words.js"),
    include_str!("page/script.js"),
    include_str!("page/review_csv.js"),
    include_str!("page/review_rule.js"),
    include_str!("page/review_store.js"),
    include_str!("page/review_view.js"),
    include_str!("page/review.js"),
);
/// SHA-256 in base64, by which the page's policy names its style and its script; a test computes them.
const STYLE_HASH: &str = "FTTZuzwzzhglc/5PE/VFU2ihad7Z2aQ0k6yt85sfPqc=";
const SCRIPT_HASH: &str = "efs+Vc1gD213pR9EdRd5I3tOqzfhX5VDohxGCYBcW6g=";

/// The page, as HTML in UTF-8.
///
/// Where [aspects](crate::Aspect) were coded, the page shows them as well.
///
/// # Example
///
/// ```
/// use upr::{Tagger, export};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let page = export::page(&coded);
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.len() < 1_000_000);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn page<'l>(coded: impl Into<Selection<'l>>) -> String {
    let report = Report::new(coded.into());
    let language = report.codebooks.language();
    let mut html = Html::new(language);
    html.raw("<!DOCTYPE html>\n");
    html.element("html", &[("lang", &language)], |html| {
        report.head(html);
        html.element("body", &[], |html| report.body(html));
    });
    html.raw("\n");
    Seal::Page.close(html.into_string())
}

/// Writes the page into a file, whole or not at all. An earlier page is replaced, unless it was changed since: it ends with a
/// comment that has the SHA-256 of all before it.
///
/// # Errors
///
/// A file that cannot be written, such as one in a folder that is not there; one that is not a page of this crate, or was
/// changed since ([`overwrite`](crate::export::overwrite) replaces it); a symbolic link.
///
/// # Example
///
/// ```
/// use upr::{Tagger, export};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let path = std::env::temp_dir().join("upr-report-example.html");
/// export::page_file(&path, &coded)?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), export::page(&coded));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn file<'l>(path: impl Destination, coded: impl Into<Selection<'l>>) -> Result<()> {
    write(path, &page(coded))
}

/// What may be where a page is written.
const EXPECTED: &str = "an earlier page, or no such file";

fn write(path: impl Destination, page: &str) -> Result<()> {
    let known = |path: &Path| Seal::Page.is_on(path);
    output::write(&path.target(), (known, EXPECTED), |writer| writer.write_all(page.as_bytes()))
}

/// Checks that [`file`](fn@file) would replace nothing but an earlier page that nobody has changed since. A program calls it
/// before it reads a list.
///
/// # Errors
///
/// A file that is not a page of this crate, or was changed since; a symbolic link; a file that may only be read.
///
/// # Example
///
/// ```
/// let path = std::env::temp_dir().join("upr-own-page.html");
/// std::fs::write(&path, "<h1>My own page</h1>").unwrap();
/// let error = upr::export::may_replace_page(&path).unwrap_err().to_string();
/// assert!(error.ends_with(
///     "found a file that upr did not write, or that was changed since, expected an earlier page, or no such file"
/// ));
/// # std::fs::remove_file(&path).ok();
/// ```
pub fn may_replace(path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    match output::found(&Target { path: path.to_path_buf(), overwrite: false })? {
        Found::File(about) if about.len() > 0 && !Seal::Page.is_on(path) => {
            Err(Error::unexpected(output::place(path), output::FOREIGN, EXPECTED))
        }
        _ => Ok(()),
    }
}

/// What the sections of the page have in common.
struct Report<'r> {
    coded: Selection<'r>,
    codebooks: &'r Codebooks,
    account: Account,
    total: Count,
    /// States under review, with those whose name is in no table; what the list doesn't say is left out.
    reviewed: Vec<String>,
    sessions: Vec<String>,
    asks: Vec<SameAsk<'r>>,
    /// What returned from one cycle to the next; empty where the list is not one State's, or of one cycle.
    returned: Vec<Links<'r>>,
    /// Where in the table a recommendation is, by its id.
    rows: BTreeMap<&'r str, usize>,
}

impl<'r> Report<'r> {
    fn new(coded: Selection<'r>) -> Report<'r> {
        let (account, codebooks) = (coded.account(), coded.codebooks());
        let total = Tally::of(&coded, &[]).total();
        let (reviewed, sessions) = (Vec::new(), Vec::new());
        let ids = coded.iter().map(|coded| coded.recommendation.id.as_str());
        let rows = ids.take(MAX_RECOMMENDATIONS).enumerate().map(|(at, id)| (id, at)).collect();
        let (asks, returned) = (asks::same(&coded), Vec::new());
        let mut report =
            Report { coded, codebooks, account, total, reviewed, sessions, asks, returned, rows };
        let named = |dimension| -> Vec<String> {
            let rows = report.counts(dimension).into_iter();
            rows.map(|row| row.category.to_string()).filter(|category| category != NOT_GIVEN).collect()
        };
        (report.reviewed, report.sessions) = (named(Dimension::StateUnderReview), named(Dimension::Session));
        // of several States, pairs of recommendations would take long, and no sentence could say what they show
        if report.reviewed.len() == 1 {
            report.returned = links::across_cycles(&report.coded);
        }
        report
    }

    fn body(&self, html: &mut Html) {
        html.leaf("a", &[("class", &"skip"), ("href", &"#content")], "Skip to the content");
        charts::patterns(html);
        html.element("header", &[], |html| {
            self.title(html);
            self.review_button(html);
        });
        html.element("nav", &[("aria-label", &"Contents")], |html| self.contents(html));
        html.element("main", &[("id", &"content"), ("tabindex", &"-1")], |html| {
            self.totals(html);
            self.recommendations(html);
            self.issues(html);
            self.asks(html);
            self.returned(html);
            self.states(html);
            self.aspects(html);
            self.untagged(html);
            self.account(html);
            self.method(html);
        });
        self.review_mode(html);
        // a map with keys of text and a list of numbers are always JSON
        html.data("page-data", &serde_json::to_string(&self.data()).unwrap_or_default());
        html.element("script", &[], |html| html.raw(SCRIPT));
    }

    /// The categories of a dimension that occur, in the order of the tables, with positions.
    fn counts(&self, dimension: Dimension) -> Vec<CategoryCount> {
        let mut rows = Tally::with_positions(&self.coded, dimension);
        rows.retain(|row| row.count.recommendations > 0);
        rows
    }

    /// The same, the largest first; equal ones as they come in the tables, and what has no name of its own last.
    fn largest_first(&self, dimension: Dimension) -> Vec<CategoryCount> {
        let mut rows = self.counts(dimension);
        rows.sort_by_key(|row| {
            let nameless = is_nameless(&row.category);
            (nameless, std::cmp::Reverse(row.count.recommendations))
        });
        rows
    }

    /// A category as people call it.
    fn label(&self, dimension: Dimension, category: &str) -> String {
        if let Some(label) = self.codebooks.label(dimension, category) {
            return label.into_owned();
        }
        match (dimension, category) {
            (Dimension::RegionalGroup, UNKNOWN) => "Unknown".to_string(),
            (_, NOT_GIVEN) => "Not given".to_string(),
            (_, given) => given.to_string(),
        }
    }

    /// A category's name; a link that, with the script, leaves the recommendations of the category in their table. A page
    /// that cuts its table has no such links: fewer rows would be left than the figure counts.
    fn filtering(&self, html: &mut Html, dimension: Dimension, category: &str) {
        let label = self.label(dimension, category);
        let filter = match dimension {
            _ if self.coded.len() > MAX_RECOMMENDATIONS || category == NOT_GIVEN => None,
            Dimension::Issue => Some(("issue", category.to_string())),
            Dimension::Theme => Some(("issue", self.issues_of(category))),
            Dimension::RegionalGroup => Some(("group", category.to_string())),
            Dimension::RecommendingState => Some(("state", label.clone())),
            Dimension::Position => Some(("position", category.to_string())),
            _ => None,
        };
        match filter {
            Some((filter, value)) => {
                let link: html::Attributes =
                    &[("href", &"#recommendations"), ("data-filter", &filter), ("data-value", &value)];
                html.element("a", link, |html| match dimension {
                    Dimension::Position => html.text(table::position_label(category)),
                    _ => html.foreign(&label),
                });
            }
            None => html.foreign(&label),
        }
    }

    /// The codes of a theme's issues, as the filter by issue has them; what is not a theme is its own only issue.
    fn issues_of(&self, theme: &str) -> String {
        let issues = self.codebooks.issues().issues().iter().filter(|issue| &*issue.theme == theme);
        let codes: Vec<&str> = issues.map(|issue| &*issue.code).collect();
        if codes.is_empty() { theme.to_string() } else { codes.join(" ") }
    }

    /// Whether the list holds recommendations to several States under review, or in several sessions.
    fn of_several_reviews(&self) -> bool {
        self.reviewed.len() > 1 || self.sessions.len() > 1
    }
}

/// The number of recommendations in words.
fn recommendations(count: u64) -> String {
    match count {
        1 => "1 recommendation".to_string(),
        _ => format!("{} recommendations", grouped(count)),
    }
}

/// A number with commas between the thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share, as the summary on the screen writes it.
fn percent(part: u64, whole: u64) -> String {
    match whole {
        0 => "none".to_string(),
        _ => format!("{:.1}%", 100.0 * part as f64 / whole as f64),
    }
}

/// The recommendations whose answer is known: what shares are shares of, as in [`Rates`](crate::statistics::Rates).
fn answered(positions: &PositionCounts) -> u64 {
    positions.supported + positions.supported_in_part + positions.noted
}

/// The regional group behind a State's short name.
fn regional_group(name: &str) -> Option<&'static str> {
    State::resolve(name).filter(|state| state.name == name).map(|state| state.regional_group.as_str())
}
