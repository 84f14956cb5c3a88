//! The head of the page, the totals, and the figures: issues, recommending States, aspects.

use super::charts::{self, ANSWERS, Bars, answers};
use super::html::Html;
use super::{MAX_BARS, Report, SCRIPT_HASH, STYLE, STYLE_HASH, answered, grouped, percent, recommendations};
use crate::codebook::Aspect;
use crate::coded::Reviewed;
use crate::dimension::Dimension;
use crate::list::{FileRead, Form};
use crate::tally::{CategoryCount, NOT_GIVEN, PositionCounts, UNTAGGED};
use crate::text::language::Language;
use std::collections::BTreeSet;

/// The sections: anchor and heading.
const SECTIONS: [(&str, &str); 9] = [
    ("totals", "Totals and positions"),
    ("issues", "Issues"),
    ("states", "Recommending States"),
    ("asks", "Recommendations that ask for the same thing"),
    ("aspects", "Goals, persons, instruments"),
    ("recommendations", "All recommendations"),
    ("untagged", "Untagged"),
    ("account", "What happened to each row"),
    ("method", "What the numbers mean, and how to cite"),
];

/// An issue with fewer answered recommendations is not named as the one noted most often: one answer would decide.
const MIN_ANSWERED: u64 = 10;

/// Nor is one of which fewer were noted: where hardly anything was, which issue it is would be chance.
const MIN_NOTED: u64 = 5;

impl Report<'_> {
    pub(super) fn head(&self, html: &mut Html) {
        let title = format!("{}: recommendations of the Universal Periodic Review", self.subject());
        html.page_head(&title, (STYLE, STYLE_HASH), SCRIPT_HASH);
    }

    /// "United States, session 36".
    fn subject(&self) -> String {
        let states = match self.reviewed.as_slice() {
            [] => "State under review not given".to_string(),
            [only] => self.label(Dimension::StateUnderReview, only),
            [one, two] => {
                let [one, two] = [one, two].map(|name| self.label(Dimension::StateUnderReview, name));
                // other words for "and" are not needed: a comma does
                let and = if self.codebooks.language() == Language::English { " and " } else { ", " };
                format!("{one}{and}{two}")
            }
            many => format!("{} States under review", many.len()),
        };
        // by number; what was not understood as one comes last
        let numbers: Option<Vec<u32>> = self.sessions.iter().map(|session| session.parse().ok()).collect();
        let sessions = match (self.sessions.as_slice(), numbers.as_deref()) {
            ([], _) => return states,
            ([only], _) => format!("session {only}"),
            ([one, two], _) => format!("sessions {one} and {two}"),
            (many, Some([first, .., last])) if (last - first) as usize + 1 == many.len() => {
                format!("sessions {first} to {last}")
            }
            (many, _) => format!("{} sessions", many.len()),
        };
        format!("{states}, {sessions}")
    }

    /// The symbols of the documents, each once.
    fn documents(&self) -> BTreeSet<&str> {
        self.coded.iter().filter_map(|coded| coded.recommendation.document.as_deref()).collect()
    }

    /// What a citation names: the review, and its document where there is one.
    pub(super) fn cited(&self) -> String {
        match self.documents().into_iter().collect::<Vec<_>>().as_slice() {
            [only] => format!("{} ({only})", self.subject()),
            _ => self.subject(),
        }
    }

    pub(super) fn title(&self, html: &mut Html) {
        html.leaf("p", &[("class", &"kicker")], "Universal Periodic Review: recommendations received");
        html.element("h1", &[], |html| html.foreign(&self.subject()));
        html.element("dl", &[("class", &"about")], |html| {
            match self.documents().into_iter().collect::<Vec<_>>().as_slice() {
                [] => {}
                [only] => about(html, "Document", |html| document(html, only)),
                many => about(html, "Documents", |html| html.text(grouped(many.len() as u64))),
            }
            about(html, if self.coded.list().files.len() == 1 { "File" } else { "Files" }, |html| {
                const MAX_NAMED: usize = 5;
                let name = |file: &FileRead| match file.form {
                    Form::NotRead => format!("{} (not read)", file.file),
                    _ => file.file.to_string(),
                };
                let named: Vec<String> = self.coded.list().files.iter().take(MAX_NAMED).map(name).collect();
                html.foreign(&named.join(", "));
                if let more @ 1.. = self.coded.list().files.len().saturating_sub(MAX_NAMED) {
                    html.text(format!(" and {more} more"));
                }
            });
            about(html, "Codebook", |html| {
                let codebook = &self.coded.coded_by().codebook;
                html.foreign(&format!("{} {}", codebook.name, codebook.version));
                html.text(" (");
                html.leaf("code", &[], &codebook.hash);
                html.text(")");
            });
            if let Some(model) = &self.coded.coded_by().model {
                about(html, "Model", |html| html.leaf("code", &[], model));
            }
            let reviewed = self.coded.reviewed();
            if !reviewed.is_empty() {
                about(html, "Corrections", |html| {
                    html.text(format!("{} decisions by ", grouped(reviewed.decisions)));
                    let coders: Vec<&str> = reviewed.coders.iter().map(|coder| &**coder).collect();
                    html.foreign(&coders.join(", "));
                    let Reviewed { confirmed, added, removed, .. } = reviewed;
                    html.text(format!(": {confirmed} confirmed, {added} added, {removed} removed"));
                });
            }
        });
        if let Some(filtered) = self.coded.filter_passed() {
            html.element("p", &[("class", &"notice")], |html| {
                html.text("Part of a list. Filter: ");
                html.foreign(&filtered.conditions);
                let (passed, of) = (grouped(filtered.passed), grouped(filtered.of));
                html.text(format!(
                    "; {passed} of {of} recommendations match. Everything below is about these."
                ));
            });
        }
    }

    pub(super) fn contents(&self, html: &mut Html) {
        html.element("ul", &[], |html| {
            for (id, heading) in SECTIONS {
                if id != "aspects" || self.shown_aspects().next().is_some() {
                    let target = format!("#{id}");
                    html.element("li", &[], |html| html.leaf("a", &[("href", &target)], heading));
                }
            }
        });
    }

    /// A section under its heading.
    pub(super) fn section(&self, html: &mut Html, id: &'static str, content: impl FnOnce(&mut Html)) {
        let heading = SECTIONS.iter().find(|(known, _)| *known == id).map_or(id, |(_, heading)| heading);
        let label = format!("{id}-heading");
        html.element("section", &[("id", &id), ("aria-labelledby", &label)], |html| {
            html.leaf("h2", &[("id", &label)], heading);
            content(html);
        });
    }

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
                tile(html, "recommendations", total, "recommendations", "a joint one counts once");
                tile(
                    html,
                    "pairs",
                    self.total.recommendation_x_state,
                    "recommendation–State pairs",
                    "a joint one counts for each State",
                );
                tile(html, "recommending-states", states, "recommending States", "each counts once");
                for (count, answer) in answers(positions).into_iter().zip(&ANSWERS) {
                    if count > 0 {
                        let share = format!("{} of the recommendations", percent(count, total));
                        tile(html, answer.class, count, answer.label, &share);
                    }
                }
            });
            html.element(
                "figure",
                &[("id", &"positions"), ("aria-labelledby", &"positions-caption")],
                |html| {
                    charts::figure_caption(html, "positions-caption", "Positions", "recommendations");
                    charts::legend(html, positions);
                    charts::bar(html, "All", positions, total);
                },
            );
            self.in_short(html, positions);
        });
    }

    /// The first things that a reader would look for, in words.
    fn in_short(&self, html: &mut Html, positions: PositionCounts) {
        let issues: Vec<CategoryCount> = self
            .largest_first(Dimension::Issue)
            .into_iter()
            .filter(|row| &*row.category != UNTAGGED)
            .collect();
        let name = |row: &CategoryCount| self.label(Dimension::Issue, &row.category);
        html.element("ul", &[("class", &"short")], |html| {
            if let [first, rest @ ..] = issues.as_slice() {
                html.element("li", &[], |html| {
                    html.text("The most frequent issues: ");
                    html.foreign(&format!("{} ({})", name(first), grouped(first.count.recommendations)));
                    for row in rest.iter().take(2) {
                        html.text(", ");
                        html.foreign(&format!("{} ({})", name(row), grouped(row.count.recommendations)));
                    }
                    html.text(". A recommendation counts under each of its issues.");
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
                    html.text(format!(
                        "Noted most often, of the issues with at least {MIN_ANSWERED} answered recommendations: "
                    ));
                    html.foreign(&name(most));
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
            let untagged = self.coded.untagged().count() as u64;
            html.element("li", &[], |html| {
                html.leaf("a", &[("href", &"#untagged")], "Untagged");
                html.text(format!(
                    ": {} without an issue of the codebook ({}).",
                    recommendations(untagged),
                    percent(untagged, self.total.recommendations)
                ));
            });
        });
    }

    pub(super) fn issues(&self, html: &mut Html) {
        let unit = "recommendations; each counts once under each of its issues, so the bars add up to more than the list";
        self.section(html, "issues", |html| {
            let themes = self.counts(Dimension::Theme);
            self.bars(
                html,
                &Bars {
                    id: "themes",
                    title: "Themes by position",
                    unit: "recommendations; each counts once under each of its themes",
                    header: "theme",
                    dimension: Dimension::Theme,
                    rows: &themes,
                    most: usize::MAX,
                },
            );
            self.bars_by_size(
                html,
                ("issue-positions", "Issues by position", "issue"),
                unit,
                Dimension::Issue,
            );
            self.heat_map(html);
        });
    }

    pub(super) fn states(&self, html: &mut Html) {
        self.section(html, "states", |html| {
            let unit = "recommendations; a joint one counts under each of its groups";
            let figure = ("groups", "Regional groups of the recommending States by position", "group");
            self.bars_by_size(html, figure, unit, Dimension::RegionalGroup);
            html.leaf(
                "p",
                &[("class", &"note")],
                "EEG: Eastern European States. GRULAC: Latin American and Caribbean States. WEOG: Western European and \
                 other States. Asia: Asia-Pacific States.",
            );
            let unit = "recommendations; a joint one counts under each of its States";
            let figure = ("recommending", "Recommending States by position", "State");
            self.bars_by_size(html, figure, unit, Dimension::RecommendingState);
            if self.reviewed.len() > 1 {
                let figure = ("reviewed", "States under review by position", "State under review");
                self.bars_by_size(html, figure, "recommendations", Dimension::StateUnderReview);
            }
        });
    }

    /// The aspects that were coded.
    pub(super) fn shown_aspects(&self) -> impl Iterator<Item = Aspect> {
        [Aspect::Sdg, Aspect::AffectedPersons, Aspect::Instrument]
            .into_iter()
            .filter(|aspect| self.codebooks.aspect(*aspect).is_some())
    }

    pub(super) fn aspects(&self, html: &mut Html) {
        if self.shown_aspects().next().is_none() {
            return;
        }
        self.section(html, "aspects", |html| {
            for aspect in self.shown_aspects() {
                let dimension = Dimension::Aspect(aspect);
                let rows = match aspect {
                    // goals have numbers, and stay in their order
                    Aspect::Sdg => self.counts(dimension),
                    _ => self.largest_first(dimension),
                };
                let (unit, header) = match aspect {
                    Aspect::Instrument => {
                        ("recommendations; each counts once under each that it names", "instrument")
                    }
                    Aspect::Sdg => {
                        ("recommendations; each counts once under each goal that it is relevant to", "goal")
                    }
                    _ => (
                        "recommendations; each counts once under each group of persons that it is about",
                        "persons",
                    ),
                };
                let id = aspect.as_str();
                let most = if aspect == Aspect::Sdg { usize::MAX } else { MAX_BARS };
                self.bars(
                    html,
                    &Bars { id, title: aspect.title(), unit, header, dimension, rows: &rows, most },
                );
            }
        });
    }
}

fn about(html: &mut Html, term: &str, description: impl FnOnce(&mut Html)) {
    html.element("div", &[], |html| {
        html.leaf("dt", &[], term);
        html.element("dd", &[], description);
    });
}

/// A document's symbol, with a link where it looks like one of the United Nations.
fn document(html: &mut Html, symbol: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-');
    if symbol.starts_with("A/HRC/") && symbol.chars().all(plain) {
        let address = format!("https://docs.un.org/en/{symbol}");
        html.leaf("a", &[("href", &address), ("rel", &"noreferrer")], symbol);
    } else {
        html.foreign(symbol);
    }
}

fn tile(html: &mut Html, id: &str, count: u64, what: &str, how: &str) {
    let id = format!("total-{id}");
    html.element("li", &[], |html| {
        html.leaf("strong", &[("id", &id)], grouped(count));
        html.leaf("span", &[("class", &"what")], what);
        html.leaf("span", &[("class", &"how")], how);
    });
}
