//! The summary for people: plain tables of at most 80 columns. What is shown on demand is in `statistics`
//! and `asks`, how lines and tables are laid out in `shared::layout`.

mod asks;
mod marks;
mod statistics;
mod totals;

use crate::cross;
use crate::further::Further;
use crate::options::Options;
use crate::reading;
use crate::shared::layout::Page;
use std::ops::{Deref, DerefMut};
use upr::Source;
use upr::count::{CategoryCount, NOT_GIVEN, UNTAGGED, by_theme};
use upr::{Aspect, Codebook, Codebooks, CodedList, CodedRecommendation, Dimension, Language, Tagger, Tally};

/// More than this would be a list, not a summary; the export has all of them.
const MOST_REJECTS: usize = 10;
const MOST_UNRESOLVED: usize = 20;
const MOST_ZEROS: usize = 30;
const USUAL_TOP: usize = 10;
const MOST_CORRECTED: usize = 5;

/// A page with what it is about.
pub(crate) struct Screen<'s> {
    page: Page,
    coded: &'s CodedList,
    codebook: &'s Codebook,
    tagger: &'s Tagger,
}

impl Deref for Screen<'_> {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl DerefMut for Screen<'_> {
    fn deref_mut(&mut self) -> &mut Page {
        &mut self.page
    }
}

/// `differing` holds the ids of recommendations of which the files say different things, by number.
pub(crate) fn text(
    coded: &CodedList,
    tagger: &Tagger,
    differing: &[Vec<String>],
    further: &Further,
    options: &Options,
) -> String {
    let mut screen = Screen::new(coded, tagger);
    screen.totals();
    screen.issues();
    screen.recommending_states(options.top.unwrap_or(USUAL_TOP));
    screen.counts("Regional groups of the recommending States", "group", Dimension::RegionalGroup);
    if options.language == Language::English {
        screen.wrapped(
        "EEG: Eastern Europe; GRULAC: Latin America and the Caribbean; WEOG: Western Europe and others; Observer: the Holy \
         See and the State of Palestine.",
        "",
    );
    }
    screen.themes();
    if options.aspects {
        screen.aspects();
    }
    if let Some(groups) = &further.groups {
        screen.groups(groups);
    }
    if let Some(statistics) = &further.statistics {
        screen.share_supported(&statistics.share_supported_by_issue);
        screen.pressed_more(&statistics.pressed_more_than_others);
        screen.words_of_noted(&statistics.words_of_noted);
        screen.asks(&statistics.same_ask);
        screen.returned(&statistics.returned);
    }
    screen.corrections(coded);
    screen.unmatched_replies();
    screen.differing(differing);
    screen.rejects();
    screen.unresolved();
    screen.corrected();
    screen.warnings();
    screen.into_text()
}

impl Screen<'_> {
    pub(crate) fn new<'s>(coded: &'s CodedList, tagger: &'s Tagger) -> Screen<'s> {
        let page = Page { colour: crate::colour(), ..Page::default() };
        Screen { page, coded, codebook: tagger.codebook(), tagger }
    }

    pub(crate) fn into_text(self) -> String {
        self.page.text
    }

    /// Which files, which reviews, which codebook, which filter.
    pub(crate) fn source(&mut self) {
        let account = self.coded.account();
        let codebook = self.codebook;
        let [read, not_read] = reading::read_or_not(self.coded);
        self.line(format!("{} ({} rows)", read.join(", "), account.rows));
        if !not_read.is_empty() {
            let (not_read, count, of) = (not_read.join(", "), not_read.len(), self.coded.files.len());
            self.wrapped(&format!("Files not read, and not counted ({count} of {of}): {not_read}"), "");
        }
        let reviews = self.reviews();
        if !reviews.is_empty() {
            self.line(reviews);
        }
        self.line(format!(
            "Codebook: {} {} ({})",
            codebook.name(),
            codebook.about().version,
            codebook.about().hash
        ));
        if let Some(sentence) = crate::corrections::sentence(self.coded) {
            self.wrapped(&sentence, "");
        }
        if let Some((conditions, of)) = self.coded.filtered() {
            let passed = self.coded.recommendations.len();
            let line = format!("Filter: {conditions}; {passed} of {of} recommendations match");
            self.wrapped(&line, "");
        }
    }

    /// That of the labels.
    fn language(&self) -> Language {
        self.tagger.codebooks().language()
    }

    /// Which reviews these are, where they are few.
    fn reviews(&self) -> String {
        let names = |dimension| {
            let tally = Tally::of(self.coded, &[dimension]);
            let names: Vec<String> =
                tally.iter().map(|(cell, _)| cross::label(self.tagger, dimension, &cell[0])).collect();
            names
        };
        let (states, sessions) = (names(Dimension::StateUnderReview), names(Dimension::Session));
        match (states.as_slice(), sessions.as_slice()) {
            ([], _) => String::new(),
            ([state], [session]) => format!("State under review: {state}; session {session}"),
            _ => {
                let given = |dimension| {
                    let tally = Tally::of(self.coded, &[dimension]);
                    tally.iter().filter(|(cell, _)| &*cell[0] != NOT_GIVEN).count()
                };
                let (states, sessions) = (given(Dimension::StateUnderReview), given(Dimension::Session));
                format!("States under review: {states}; sessions: {sessions}")
            }
        }
    }

    fn issues(&mut self) {
        self.heading("Issues", "recommendations; each counts under all of its issues");
        let mut rows = Tally::with_positions(self.coded, Dimension::Issue);
        rows.sort_by_key(|row| std::cmp::Reverse(row.count.recommendations));
        let (zero, some): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .filter(|row| &*row.category != UNTAGGED)
            .partition(|row| row.count.recommendations == 0);
        let codebooks = self.tagger.codebooks();
        self.count_rows("issue", some.iter().map(|row| (label(codebooks, Dimension::Issue, row), row)));
        if zero.len() > MOST_ZEROS {
            self.line(format!("  None on {} other issues of the codebook", zero.len()));
        } else if !zero.is_empty() {
            let names: Vec<String> = zero.iter().map(|row| row.category.to_string()).collect();
            self.wrapped(&format!("None on: {}", names.join(", ")), "  ");
        }
    }

    fn recommending_states(&mut self, top: usize) {
        let mut rows = Tally::with_positions(self.coded, Dimension::RecommendingState);
        rows.sort_by_key(|row| std::cmp::Reverse(row.count.recommendations));
        let all = rows.len();
        rows.truncate(top);
        let title = format!("Recommending States ({} of {all})", rows.len());
        self.heading(&title, "recommendations; a joint one counts under each of its States");
        let codebooks = self.tagger.codebooks();
        self.count_rows(
            "State",
            rows.iter().map(|row| (label(codebooks, Dimension::RecommendingState, row), row)),
        );
    }

    fn counts(&mut self, title: &str, header: &str, dimension: Dimension) {
        self.heading(title, "recommendations; a joint one counts under each of its groups");
        let rows = Tally::with_positions(self.coded, dimension);
        let codebooks = self.tagger.codebooks();
        self.count_rows(header, rows.iter().map(|row| (label(codebooks, dimension, row), row)));
    }

    fn count_rows<'r>(&mut self, header: &str, rows: impl Iterator<Item = (String, &'r CategoryCount)>) {
        let rows = rows.map(|(name, row)| {
            let [supported, in_part, noted, pending, other, silent] = row.positions.all();
            let counts = [row.count.recommendations, supported, in_part, noted, pending + other + silent];
            [name].into_iter().chain(counts.map(|count| count.to_string())).collect()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        self.table(1, &[header, "all", "supported", "in part", "noted", "other"], rows);
    }

    fn themes(&mut self) {
        self.heading("Themes, each with a recommendation", "recommendations; each counts once under a theme");
        for group in by_theme(self.coded) {
            let count = group.count.recommendations;
            self.line(format!("{count:>7}  {}", group.label));
            // one that is of this theme alone shows best what the theme is
            let alone =
                |coded: &&&CodedRecommendation| coded.coding.tags.iter().all(|tag| tag.theme == group.code);
            let sample = group.recommendations.iter().find(alone).or(group.recommendations.first());
            if let Some(first) = sample {
                let recommendation = &first.recommendation;
                let states: Vec<&str> = recommendation
                    .recommending_states
                    .iter()
                    .map(|name| name.name_in(self.language()))
                    .collect();
                let sample = format!("{} ({})", recommendation.text, states.join(", "));
                self.wrapped(&shortened(&sample, 210), "           ");
            }
        }
    }

    fn aspects(&mut self) {
        let codebooks = self.tagger.codebooks();
        for (aspect, _) in codebooks.aspects() {
            let unit = match aspect {
                Aspect::Instrument => "recommendations; each counts under all that it names",
                _ => "recommendations; each counts under all of its codes",
            };
            self.heading(aspect.title(), unit);
            let rows = Tally::with_positions(self.coded, Dimension::Aspect(aspect));
            let mut rows: Vec<_> = rows.iter().filter(|row| row.count.recommendations > 0).collect();
            // goals have numbers, and stay in their order
            if aspect != Aspect::Sdg {
                rows.sort_by_key(|row| {
                    (&*row.category == UNTAGGED, std::cmp::Reverse(row.count.recommendations))
                });
            }
            let dimension = Dimension::Aspect(aspect);
            let rows = rows.into_iter().map(|row| (label(codebooks, dimension, row), row));
            self.count_rows(aspect.as_str(), rows);
        }
    }

    fn unmatched_replies(&mut self) {
        let replies = &self.coded.replies;
        if replies.is_empty() {
            return;
        }
        self.heading(
            &format!("Replies to recommendations that are in none of the files ({})", replies.len()),
            "",
        );
        if self.coded.recommendations.is_empty() {
            self.wrapped("They answer a report or a list: add that file.", "  ");
        }
        for reply in replies.iter().take(MOST_REJECTS) {
            let document = reply.document.as_deref().unwrap_or(&reply.source.file);
            self.wrapped(&format!("{document}, {}: {}", reply.paragraph, reply.position.given), "  ");
        }
        if let more @ 1.. = replies.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into unmatched_replies.csv"));
        }
    }

    fn differing(&mut self, numbers: &[Vec<String>]) {
        if numbers.is_empty() {
            return;
        }
        self.heading(&format!("Numbers under which the files differ ({})", numbers.len()), "");
        for ids in numbers.iter().take(MOST_REJECTS) {
            self.wrapped(&ids.join(", "), "  ");
        }
        if let more @ 1.. = numbers.len().saturating_sub(MOST_REJECTS) {
            self.line(format!(
                "... and {more} more; of such ids, --out DIR writes the texts into recommendations.csv"
            ));
        }
    }

    fn rejects(&mut self) {
        if self.coded.rejects.is_empty() {
            return;
        }
        self.heading("Rejected rows", "");
        for reject in self.coded.rejects.iter().take(MOST_REJECTS) {
            self.wrapped(&format!("{}, row {}: {}", reject.file, reject.row, reject.reason), "  ");
        }
        if let more @ 1.. = self.coded.rejects.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into rejects.csv"));
        }
    }

    fn unresolved(&mut self) {
        let unresolved = self.coded.unresolved();
        if unresolved.is_empty() {
            return;
        }
        self.heading("Not recognised; kept as written", "");
        let kinds = [
            ("State", unresolved.states),
            ("position", unresolved.positions),
            ("session", unresolved.sessions),
        ];
        for (kind, names) in kinds {
            for (given, unknown) in names.iter().take(MOST_UNRESOLVED) {
                let count = unknown.recommendations;
                let recommendations = if count == 1 { "recommendation" } else { "recommendations" };
                let meant = unknown.suggestion.as_ref().map(|state| format!("; {state} may be meant"));
                let place = format!("first in {}, row {}", unknown.first.file, unknown.first.row);
                let lookalike = unknown.lookalike.as_ref().map(|why| format!("; {why}"));
                let line = format!(
                    "{kind} \"{given}\" in {count} {recommendations}, {place}{}{}",
                    lookalike.unwrap_or_default(),
                    meant.unwrap_or_default()
                );
                self.wrapped(&line, "  ");
            }
            if let more @ 1.. = names.len().saturating_sub(MOST_UNRESOLVED) {
                self.line(format!("... and {more} more; --out DIR writes all into unresolved.csv"));
            }
        }
    }
}

impl Screen<'_> {
    /// Last, so that nobody overlooks them.
    fn warnings(&mut self) {
        let warnings = reading::warnings(self.coded);
        if warnings.is_empty() {
            return;
        }
        self.heading(&format!("Warnings ({})", warnings.len()), "");
        for warning in warnings.iter().take(MOST_REJECTS) {
            self.wrapped(warning, "  ");
        }
        if let more @ 1.. = warnings.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into warnings.csv"));
        }
    }

    /// Other spellings that were recognised: whoever quotes the figures should have seen them.
    fn corrected(&mut self) {
        let names = self.coded.corrected();
        if names.is_empty() {
            return;
        }
        self.heading(&format!("Other spellings recognised ({})", names.len()), "");
        let mut rows: Vec<_> = names.iter().collect();
        rows.sort_by_key(|(_, name)| std::cmp::Reverse(name.recommendations));
        for (given, name) in rows.iter().take(MOST_CORRECTED) {
            let Source { file, row, .. } = &name.first;
            let (times, read_as) = (name.recommendations, name.read_as.as_deref().unwrap_or_default());
            let line = format!("\"{given}\" as {read_as}: {times}, first in {file}, row {row}");
            self.wrapped(&line, "  ");
        }
        if let more @ 1.. = rows.len().saturating_sub(MOST_CORRECTED) {
            self.line(format!("... and {more} more; --out DIR writes all into corrected.csv"));
        }
    }
}

pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

fn percent(part: u64, whole: u64) -> String {
    match whole {
        0 => "none".to_string(),
        _ => format!("{:.1}%", 100.0 * part as f64 / whole as f64),
    }
}

/// What people read for a category.
fn label(codebooks: &Codebooks, dimension: Dimension, row: &CategoryCount) -> String {
    codebooks
        .label(dimension, &row.category)
        .map_or_else(|| row.category.to_string(), |label| label.into_owned())
}
