//! The whole summary for people (`--all`; `short` is what fits a screen): plain tables of at most 80 columns. What is shown
//! on demand is in `statistics` and `asks`, what needs attention in `faults`, how lines and tables are laid out in
//! `shared::layout`.

mod asks;
mod faults;
mod marks;
mod statistics;
mod totals;

pub(crate) use totals::tagged;

use crate::cross;
use crate::further::Further;
use crate::options::Options;
use crate::reading;
use crate::shared::layout::Page;
use std::ops::{Deref, DerefMut};
use upr::count::{CategoryCount, NOT_GIVEN, UNTAGGED, by_theme};
use upr::{Aspect, Codebook, CodedList, CodedRecommendation, Dimension, Language, Tagger, Tally};

/// More than this would be a list, not a summary; the export has all of them.
const MOST_ZEROS: usize = 30;
const USUAL_TOP: usize = 10;

/// A page with what it is about.
pub(crate) struct Screen<'s> {
    page: Page,
    pub(crate) coded: &'s CodedList,
    codebook: &'s Codebook,
    pub(crate) tagger: &'s Tagger,
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
    screen.themes();
    screen.further(further, options);
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

    /// What was asked for beside the summary.
    pub(crate) fn further(&mut self, further: &Further, options: &Options) {
        if options.aspects {
            self.aspects();
        }
        if let Some(groups) = &further.groups {
            self.groups(groups);
        }
        if let Some(statistics) = &further.statistics {
            self.share_supported(&statistics.share_supported_by_issue);
            self.pressed_more(&statistics.pressed_more_than_others);
            self.words_of_noted(&statistics.words_of_noted);
            self.asks(&statistics.same_ask);
            self.returned(&statistics.returned);
        }
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
        self.corrected_and_filtered();
    }

    /// How many decisions are part of the counts, and what the filter selects.
    pub(crate) fn corrected_and_filtered(&mut self) {
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
        let tagger = self.tagger;
        let named = some.iter().map(|row| (name(tagger, Dimension::Issue, &row.category), row));
        self.count_rows("issue", named);
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
        let tagger = self.tagger;
        let named = rows.iter().map(|row| (name(tagger, Dimension::RecommendingState, &row.category), row));
        self.count_rows("State", named);
    }

    fn counts(&mut self, title: &str, header: &str, dimension: Dimension) {
        self.heading(title, "recommendations; a joint one counts under each of its groups");
        let rows = Tally::with_positions(self.coded, dimension);
        let tagger = self.tagger;
        self.count_rows(header, rows.iter().map(|row| (name(tagger, dimension, &row.category), row)));
    }

    pub(crate) fn count_rows<'r>(
        &mut self,
        header: &str,
        rows: impl Iterator<Item = (String, &'r CategoryCount)>,
    ) {
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
            let tagger = self.tagger;
            let rows = rows.into_iter().map(|row| (name(tagger, dimension, &row.category), row));
            self.count_rows(aspect.as_str(), rows);
        }
    }
}

pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

pub(crate) fn percent(part: u64, whole: u64) -> String {
    match whole {
        0 => "none".to_string(),
        _ => format!("{:.1}%", 100.0 * part as f64 / whole as f64),
    }
}

/// What people read for a category, of a regional group its name before the letters that it goes by in English.
pub(crate) fn name(tagger: &Tagger, dimension: Dimension, category: &str) -> String {
    let long = match category {
        "EEG" => "Eastern Europe (EEG)",
        "GRULAC" => "Latin America and the Caribbean (GRULAC)",
        "WEOG" => "Western Europe and others (WEOG)",
        "Observer" => "Holy See, State of Palestine (observers)",
        _ => "",
    };
    match dimension == Dimension::RegionalGroup && tagger.codebooks().language() == Language::English {
        true if !long.is_empty() => long.to_string(),
        _ => cross::label(tagger, dimension, category),
    }
}
