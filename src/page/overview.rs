//! The head of the page, and the figures: issues, recommending States, aspects. The findings are in
//! [`findings`](super::findings).

use super::charts::{self, Bars};
use super::html::Html;
use super::{MAX_BARS, Report, SCRIPT_HASH, STYLE, STYLE_HASH, grouped};
use crate::codebook::Aspect;
use crate::coded::Reviewed;
use crate::dimension::Dimension;
use crate::list::{FileRead, Form};
use crate::state::sessions::{Held, session};
use crate::text::language::Language;
use std::collections::BTreeSet;

/// The sections: anchor and heading.
const SECTIONS: [(&str, &str); 10] = [
    ("totals", "Findings"),
    ("recommendations", "All recommendations"),
    ("issues", "Issues"),
    ("asks", "Recommendations that ask for the same thing"),
    ("returned", "What returned from one cycle to the next"),
    ("states", "Recommending States"),
    ("aspects", "Goals, persons, instruments"),
    ("untagged", "Untagged"),
    ("account", "What happened to each row"),
    ("method", "What the numbers mean, and how to cite"),
];

/// The most sessions whose months are named.
const MAX_SESSIONS: usize = 4;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
            self.held(html);
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

    /// When the review was held, by the calendar of the sessions.
    fn held(&self, html: &mut Html) {
        let known: Vec<&Held> =
            self.sessions.iter().filter_map(|number| number.parse().ok()).filter_map(session).collect();
        if known.is_empty() || known.len() > MAX_SESSIONS {
            return;
        }
        let began = |held: &Held| {
            let month = held
                .first_day
                .get(5..7)
                .and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
            let month = month.map_or(String::new(), |month| format!("{month} {}, ", &held.first_day[..4]));
            format!("{month}cycle {}", held.cycle)
        };
        match known.as_slice() {
            [only] => about(html, "Session began", |html| html.text(began(only))),
            many => about(html, "Sessions began", |html| {
                let each: Vec<String> =
                    many.iter().map(|held| format!("session {}: {}", held.number, began(held))).collect();
                html.text(each.join("; "));
            }),
        }
    }

    pub(super) fn contents(&self, html: &mut Html) {
        html.element("ul", &[], |html| {
            for (id, heading) in SECTIONS {
                let is_shown = match id {
                    "aspects" => self.shown_aspects().next().is_some(),
                    "returned" => !self.returned.is_empty(),
                    _ => true,
                };
                if is_shown {
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

    /// A section of figures that is closed at first.
    fn section_folded(
        &self,
        html: &mut Html,
        id: &'static str,
        summary: &str,
        content: impl FnOnce(&mut Html),
    ) {
        self.section(html, id, |html| charts::folded(html, "printed", summary, content));
    }

    pub(super) fn issues(&self, html: &mut Html) {
        let unit = "recommendations; each counts once under each of its issues, so the bars add up to more than the list";
        self.section(html, "issues", |html| {
            let unit_of_themes = "recommendations; each counts once under each of its themes";
            let figure = ("themes", "Themes by position", "theme");
            self.bars_by_size(html, figure, unit_of_themes, Dimension::Theme);
            self.bars_by_size(
                html,
                ("issue-positions", "Issues by position", "issue"),
                unit,
                Dimension::Issue,
            );
            charts::folded(html, "printed", "Issues by regional group of the recommending States", |html| {
                self.heat_map(html);
            });
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
        let titles: Vec<&str> = self.shown_aspects().map(Aspect::title).collect();
        self.section_folded(html, "aspects", &titles.join("; "), |html| {
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
