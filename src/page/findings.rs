//! The findings, with which the page opens: the totals in the three units, and what a reader would look for first, as
//! sentences with their numbers and links to the sections behind them.

use super::charts::{self, ANSWERS, answers};
use super::html::Html;
use super::same_asks::size;
use super::{Report, answered, grouped, percent, recommendations};
use crate::dimension::Dimension;
use crate::tally::{CategoryCount, NOT_GIVEN, PositionCounts, UNTAGGED};

/// An issue with fewer answered recommendations is not named as the one noted most often: one answer would decide.
const MIN_ANSWERED: u64 = 10;

/// Nor is one of which fewer were noted: where hardly anything was, which issue it is would be chance.
const MIN_NOTED: u64 = 5;

/// The most issues, asks, groups or States in one sentence: as many as a reader keeps in mind.
const MAX_NAMED: usize = 3;

/// The most States behind an ask that a sentence names; the section has all.
const MAX_NAMED_STATES: usize = 6;

impl Report<'_> {
    /// How all recommendations were answered.
    pub(super) fn positions(&self) -> PositionCounts {
        charts::sum(&self.counts(Dimension::Position))
    }

    pub(super) fn totals(&self, html: &mut Html) {
        let positions = self.positions();
        let total = self.total.recommendations;
        self.section(html, "totals", |html| {
            html.element("ul", &[("class", &"tiles")], |html| {
                let states = self.counts(Dimension::RecommendingState);
                let states = states.iter().filter(|row| &*row.category != NOT_GIVEN).count() as u64;
                let pairs = self.total.recommendation_x_state;
                let units = [
                    ("recommendations", total, "recommendations", "a joint one counts once"),
                    ("pairs", pairs, "recommendation–State pairs", "a joint one counts for each State"),
                    ("recommending-states", states, "recommending States", "each counts once"),
                ];
                for (id, count, what, how) in units {
                    tile(html, id, count, how, |html| html.leaf("span", &[("class", &"what")], what));
                }
                for (count, answer) in answers(positions).into_iter().zip(&ANSWERS) {
                    if count > 0 {
                        let share = format!("{} of the recommendations", percent(count, total));
                        tile(html, answer.class, count, &share, |html| match answer.position {
                            Some(position) => self.filtering(html, Dimension::Position, position),
                            None => html.leaf("span", &[("class", &"what")], answer.label),
                        });
                    }
                }
            });
            self.in_short(html, positions);
            html.element(
                "figure",
                &[("id", &"positions"), ("aria-labelledby", &"positions-caption")],
                |html| {
                    charts::figure_caption(html, "positions-caption", "Positions", "recommendations");
                    charts::legend(html, positions);
                    charts::bar(html, "All", positions, total);
                },
            );
        });
    }

    /// The first things that a reader would look for, in words.
    fn in_short(&self, html: &mut Html, positions: PositionCounts) {
        let mut issues = self.largest_first(Dimension::Issue);
        issues.retain(|row| &*row.category != UNTAGGED);
        html.element("ul", &[("class", &"short")], |html| {
            if !issues.is_empty() {
                html.element("li", &[], |html| {
                    lead(html, "issues", "The most frequent issues:");
                    self.named(html, Dimension::Issue, &issues, |row| grouped(row.count.recommendations));
                    html.text(". A recommendation counts under each of its issues.");
                });
            }
            self.asked_most(html);
            self.recommenders(html);
            self.noted_most(html, &issues, positions);
            self.what_returned(html);
            self.to_check(html, positions);
        });
    }

    /// The first of these categories with a number each, in the middle of a sentence.
    fn named(
        &self,
        html: &mut Html,
        dimension: Dimension,
        rows: &[CategoryCount],
        number: impl Fn(&CategoryCount) -> String,
    ) {
        for (at, row) in rows.iter().take(MAX_NAMED).enumerate() {
            html.text(if at > 0 { ", " } else { " " });
            self.filtering(html, dimension, &row.category);
            html.text(format!(" ({})", number(row)));
        }
    }

    fn asked_most(&self, html: &mut Html) {
        let mut asks = self.several().take(MAX_NAMED).enumerate().peekable();
        if asks.peek().is_none() {
            return;
        }
        html.element("li", &[], |html| {
            lead(html, "asks", "Asked by the most recommendations, in the same or in other words:");
            html.element("ol", &[], |html| {
                for (at, ask) in asks {
                    html.element("li", &[], |html| {
                        let target = format!("#ask{}", at + 1);
                        html.element("a", &[("href", &target)], |html| {
                            html.foreign(&ask.representative.recommendation.text);
                        });
                        html.text(": ");
                        html.text(size(ask));
                        if let (true, Some(session)) =
                            (self.of_several_reviews(), &ask.representative.recommendation.session)
                        {
                            html.text(", session ");
                            html.foreign(&session.to_string());
                        }
                        let states = &ask.recommending_states;
                        for (at, state) in states.iter().take(MAX_NAMED_STATES).enumerate() {
                            html.text(if at > 0 { ", " } else { " (" });
                            html.foreign(state.name_in(self.codebooks.language()));
                        }
                        if let more @ 1.. = states.len().saturating_sub(MAX_NAMED_STATES) {
                            html.text(format!(" and {more} more"));
                        }
                        html.text(if states.is_empty() { ": " } else { "): " });
                        html.text(format!("{}.", charts::in_words(ask.positions)));
                    });
                }
            });
        });
    }

    fn recommenders(&self, html: &mut Html) {
        let given = |dimension| {
            let mut rows = self.largest_first(dimension);
            rows.retain(|row| &*row.category != NOT_GIVEN);
            rows
        };
        let (states, groups) = (given(Dimension::RecommendingState), given(Dimension::RegionalGroup));
        if states.is_empty() {
            return;
        }
        html.element("li", &[], |html| {
            lead(html, "states", "The States with the most recommendations:");
            let number = |row: &CategoryCount| grouped(row.count.recommendations);
            self.named(html, Dimension::RecommendingState, &states, number);
            html.text(". By regional group:");
            self.named(html, Dimension::RegionalGroup, &groups, number);
            html.text(". A joint one counts for each.");
        });
    }

    fn noted_most(&self, html: &mut Html, issues: &[CategoryCount], positions: PositionCounts) {
        let mut by_number: Vec<CategoryCount> = issues.to_vec();
        by_number.retain(|row| row.positions.noted >= MIN_NOTED);
        by_number.sort_by_key(|row| std::cmp::Reverse(row.positions.noted));
        if !by_number.is_empty() {
            html.element("li", &[], |html| {
                lead(html, "issues", "The issues with the most noted recommendations:");
                self.named(html, Dimension::Issue, &by_number, |row| {
                    format!("{} of {}", grouped(row.positions.noted), grouped(answered(&row.positions)))
                });
                html.text(". The second number is of all that were answered.");
            });
        }
        let large = issues.iter().filter(|row| answered(&row.positions) >= MIN_ANSWERED);
        // the first of equals is the more frequent one
        let most_noted = large.reduce(|most, row| {
            let crosswise = |a: &CategoryCount, b: &CategoryCount| a.positions.noted * answered(&b.positions);
            if crosswise(row, most) > crosswise(most, row) { row } else { most }
        });
        if let Some(most) = most_noted.filter(|most| most.positions.noted >= MIN_NOTED) {
            html.element("li", &[], |html| {
                let words = "Noted most often, of the issues with at least";
                lead(html, "issues", &format!("{words} {MIN_ANSWERED} answered recommendations:"));
                html.text(" ");
                self.filtering(html, Dimension::Issue, &most.category);
                let (noted, of) = (most.positions.noted, answered(&most.positions));
                html.text(format!(
                    " ({} of {}, {}; of all answered recommendations {}).",
                    grouped(noted),
                    grouped(of),
                    percent(noted, of),
                    percent(positions.noted, answered(&positions))
                ));
            });
        }
    }

    /// What may be wrong, each with the place where it is listed.
    fn to_check(&self, html: &mut Html, positions: PositionCounts) {
        let untagged = self.coded.untagged().count() as u64;
        html.element("li", &[], |html| {
            html.leaf("strong", &[], "Check before you cite:");
            html.text(" ");
            html.leaf("a", &[("href", &"#untagged")], "Untagged");
            html.text(format!(
                ": {} without an issue of the codebook ({}). ",
                recommendations(untagged),
                percent(untagged, self.total.recommendations)
            ));
            let files = &self.coded.list().files;
            let [.., open] = answers(positions);
            let counts = [
                ("#positions", "No answer known", open),
                ("#unresolved", "Unresolved names", self.coded.unresolved().len() as u64),
                ("#corrected", "Corrected names", self.coded.corrected().len() as u64),
                ("#rejects", "Rejected rows", self.coded.list().rejects.len() as u64),
                ("#account", "Warnings", files.iter().map(|file| file.warnings.len() as u64).sum()),
            ];
            for (target, what, count) in counts.into_iter().filter(|(.., count)| *count > 0) {
                html.leaf("a", &[("href", &target)], what);
                html.text(format!(": {}. ", grouped(count)));
            }
            html.leaf("a", &[("href", &"#method")], "A tag says that words are there.");
        });
    }
}

/// What a sentence is about, as a link to the section.
pub(super) fn lead(html: &mut Html, section: &str, words: &str) {
    let target = format!("#{section}");
    html.leaf("a", &[("href", &target), ("class", &"lead")], words);
}

fn tile(html: &mut Html, id: &str, count: u64, how: &str, what: impl FnOnce(&mut Html)) {
    let id = format!("total-{id}");
    html.element("li", &[], |html| {
        html.leaf("strong", &[("id", &id)], grouped(count));
        what(html);
        html.leaf("span", &[("class", &"how")], how);
    });
}
