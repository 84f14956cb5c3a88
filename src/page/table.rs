//! The table of recommendations: text with the matched words marked, States, position, issues. The script adds search,
//! sorting and filters to it; what they need is in the rows.

use super::charts;
use super::html::{Attributes, Html};
use super::remainder::in_the_export;
use super::{MAX_RECOMMENDATIONS, Report, grouped, regional_group};
use crate::coded::{CodedRecommendation, Coding};
use crate::dimension::Dimension;
use crate::recommendation::{Position, Recommendation};
use crate::tally::{NOT_GIVEN, UNKNOWN, UNTAGGED};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// Header, and the key by which the script sorts.
const COLUMNS: [(&str, &str); 5] = [
    ("Paragraph", "paragraph"),
    ("Text", "text"),
    ("Recommending States", "states"),
    ("Position", "position"),
    ("Issues", "issues"),
];

impl Report<'_> {
    /// The number of the paragraph, or else the id, as a link to the recommendation's row if the table has it.
    pub(super) fn linked(&self, html: &mut Html, made: &Recommendation) {
        let name = made.paragraph.as_deref().unwrap_or(&made.id);
        match self.rows.get(made.id.as_str()) {
            Some(at) => {
                let target = format!("#r{}", at + 1);
                html.element("a", &[("href", &target)], |html| html.foreign(name));
            }
            None => html.foreign(name),
        }
    }

    pub(super) fn recommendations(&self, html: &mut Html) {
        let all = self.coded.len();
        let shown = &self.coded.as_slice()[..all.min(MAX_RECOMMENDATIONS)];
        self.section(html, "recommendations", |html| {
            if let left_out @ 1.. = all - shown.len() {
                html.element("p", &[("class", &"notice")], |html| {
                    html.text(format!(
                        "The table holds the first {} of {} recommendations, so that the page stays usable; {} are left \
                         out. All figures count all of them. ",
                        grouped(shown.len() as u64),
                        grouped(all as u64),
                        grouped(left_out as u64)
                    ));
                    in_the_export(html, "recommendations.csv");
                    html.text(" A filter such as ");
                    html.leaf("code", &[("class", &"command")], "--filter state_under_review=Kenya");
                    html.text(" makes a page of a part of the list.");
                });
            }
            self.controls(html, shown);
            charts::folded(html, "long", "The recommendations as a table", |html| self.table(html, shown));
        });
    }

    fn table(&self, html: &mut Html, shown: &[&CodedRecommendation]) {
        html.paragraph(
            "Unit: recommendations. The marked words are what a rule of the codebook matched; rest the pointer on them to \
             see the issue.",
        );
        html.leaf("p", &[("id", &"none"), ("hidden", &"hidden")], "No recommendation matches this search.");
        let reviewed = match self.reviewed.as_slice() {
            [only] => self.label(Dimension::StateUnderReview, only),
            _ => String::new(),
        };
        let session = if let [only] = self.sessions.as_slice() { only } else { "" };
        let table: Attributes = &[
            ("id", &"list"),
            ("class", &"list"),
            ("role", &"table"),
            ("data-reviewed", &reviewed),
            ("data-session", &session),
        ];
        html.element("table", table, |html| {
            html.leaf("caption", &[], "Recommendations with their States, positions and issues");
            html.element("thead", &[("role", &"rowgroup")], |html| {
                html.element("tr", &[("role", &"row")], |html| {
                    for (header, key) in COLUMNS {
                        let cell: Attributes =
                            &[("scope", &"col"), ("role", &"columnheader"), ("data-key", &key)];
                        html.leaf("th", cell, header);
                    }
                });
            });
            html.element("tbody", &[("role", &"rowgroup")], |html| {
                for (at, coded) in shown.iter().enumerate() {
                    self.row(html, at + 1, coded);
                }
            });
        });
    }

    /// What the script makes use of; hidden until it does.
    fn controls(&self, html: &mut Html, shown: &[&CodedRecommendation]) {
        let form: Attributes =
            &[("id", &"controls"), ("class", &"controls"), ("role", &"search"), ("hidden", &"hidden")];
        html.element("form", form, |html| {
            html.element("p", &[("class", &"wide")], |html| {
                html.leaf("label", &[("for", &"search")], "Search in texts, States and issues");
                html.empty("input", &[("id", &"search"), ("type", &"search"), ("autocomplete", &"off")]);
            });
            html.element("details", &[("id", &"filters"), ("class", &"wide")], |html| {
                html.leaf("summary", &[], "Filters and order");
                html.element("div", &[("class", &"choices")], |html| self.choices(html, shown));
            });
            html.element("p", &[], |html| html.leaf("button", &[("type", &"reset")], "Show all"));
            html.element("p", &[], |html| {
                let button: Attributes = &[("type", &"button"), ("id", &"download")];
                html.leaf("button", button, "Download what is shown");
            });
        });
        html.leaf("p", &[("id", &"shown"), ("role", &"status")], "");
        html.element("p", &[("id", &"shown-of"), ("class", &"unit"), ("hidden", &"hidden")], |html| {
            html.leaf("span", &[], "");
            html.text(". ");
            html.leaf("span", &[], "Recommending States");
            html.text(": ");
            html.leaf("span", &[], "");
        });
    }

    /// The filters and the order.
    fn choices(&self, html: &mut Html, shown: &[&CodedRecommendation]) {
        let occurring = |of: &dyn Fn(&CodedRecommendation) -> Vec<String>| -> BTreeSet<String> {
            shown.iter().flat_map(|coded| of(coded)).collect()
        };
        let positions = occurring(&|coded| vec![position(&coded.recommendation).to_string()]);
        let positions = POSITIONS.iter().filter(|(code, _)| positions.contains(*code));
        let positions = positions.map(|(code, label)| (code.to_string(), label.to_string()));
        choice(html, "position", "Position", "all positions", positions.collect());
        // a theme is the filter by any of its issues
        let themes = self.largest_first(Dimension::Theme).into_iter().map(|row| row.category);
        let themes = themes.filter(|theme| self.issues_of(theme) != **theme);
        let themes: Vec<(String, String)> =
            themes.map(|theme| (self.issues_of(&theme), self.label(Dimension::Theme, &theme))).collect();
        let issues = occurring(&|coded| codes(coded));
        let mut issues: Vec<(String, String)> =
            issues.into_iter().map(|code| (self.label(Dimension::Issue, &code), code)).collect();
        issues.sort();
        let issues: Vec<(String, String)> = issues.into_iter().map(|(label, code)| (code, label)).collect();
        field(html, "issue", "Issue", "all issues", |html| {
            for (label, options) in [("Themes", &themes), ("Issues", &issues)] {
                if !options.is_empty() {
                    let group: Attributes = &[("label", &label)];
                    html.element("optgroup", group, |html| choose_from(html, options));
                }
            }
        });
        let groups = occurring(&|coded| groups(&coded.recommendation));
        let groups = groups.into_iter().map(|group| {
            let label = self.label(Dimension::RegionalGroup, &group);
            (group, label)
        });
        choice(html, "group", "Regional group", "all groups", groups.collect());
        let states = occurring(&|coded| {
            coded
                .recommendation
                .recommending_states
                .iter()
                .map(|state| state.name_in(self.codebooks.language()).to_string())
                .collect()
        });
        choice(
            html,
            "state",
            "State",
            "all States",
            states.into_iter().map(|name| (name.clone(), name)).collect(),
        );
        let sorts = COLUMNS.iter().map(|(header, key)| (key.to_string(), header.to_string()));
        choice(html, "sort", "Sort by", "order of the source", sorts.collect());
    }

    fn row(&self, html: &mut Html, number: usize, coded: &CodedRecommendation) {
        let CodedRecommendation { recommendation, coding, .. } = coded;
        let (id, position) = (format!("r{number}"), position(recommendation));
        let (issues, groups) = (codes(coded).join(" "), groups(recommendation).join(" "));
        let mut row: Vec<(&'static str, &dyn Display)> = vec![
            ("id", &id),
            ("role", &"row"),
            ("data-position", &position),
            ("data-issues", &issues),
            ("data-groups", &groups),
        ];
        // what the download needs and the script does not know otherwise
        let reviewed = recommendation.state_under_review.as_ref();
        let reviewed = reviewed.map_or("", |state| state.name_in(self.codebooks.language()));
        let session = recommendation.session.as_ref().map_or(String::new(), ToString::to_string);
        if self.of_several_reviews() {
            row.extend([("data-reviewed", &reviewed as &dyn Display), ("data-session", &session)]);
        }
        if !self.is_reviewable() {
            row.push(("data-id", &recommendation.id));
        }
        html.element("tr", &row, |html| {
            html.element("th", &[("scope", &"row"), ("role", &"rowheader")], |html| {
                if let Some(paragraph) = &recommendation.paragraph {
                    html.foreign(paragraph);
                }
                if self.of_several_reviews() {
                    self.review(html, recommendation);
                }
                if recommendation.paragraph.is_none() {
                    html.element("span", &[("class", &"review")], |html| html.foreign(&recommendation.id));
                }
            });
            html.element("td", &[("role", &"cell"), ("class", &"text")], |html| {
                self.marked(html, &recommendation.text, coding);
            });
            html.element("td", &[("role", &"cell"), ("data-label", &"States")], |html| {
                html.element("ul", &[], |html| {
                    for state in &recommendation.recommending_states {
                        html.element("li", &[], |html| {
                            html.foreign(state.name_in(self.codebooks.language()))
                        });
                    }
                });
            });
            let class = format!("position {position}");
            html.element(
                "td",
                &[("role", &"cell"), ("data-label", &"Position"), ("class", &class)],
                |html| match &recommendation.position {
                    Some(given) if given.position.is_none() => html.foreign(&given.given),
                    _ => html.text(position_label(position)),
                },
            );
            html.element("td", &[("role", &"cell"), ("data-label", &"Issues")], |html| {
                html.element("ul", &[("class", &"tags")], |html| {
                    for code in codes(coded) {
                        html.element("li", &[], |html| match &*code {
                            UNTAGGED => html.text("untagged"),
                            code => html.foreign(&self.label(Dimension::Issue, code)),
                        });
                    }
                });
            });
        });
    }

    fn review(&self, html: &mut Html, recommendation: &Recommendation) {
        html.element("span", &[("class", &"review")], |html| {
            if let Some(state) = &recommendation.state_under_review {
                html.foreign(state.name_in(self.codebooks.language()));
            }
            if let Some(session) = &recommendation.session {
                html.text(if recommendation.state_under_review.is_some() {
                    ", session "
                } else {
                    "session "
                });
                html.foreign(&session.to_string());
            }
        });
    }

    /// The text with its evidence marked; where matches overlap, a piece has the issues of all of them.
    fn marked(&self, html: &mut Html, text: &str, coding: &Coding) {
        // at each border which tags begin there and which end
        let mut borders: BTreeMap<usize, Vec<(usize, bool)>> = BTreeMap::from([(text.len(), Vec::new())]);
        for (at, tag) in coding.tags.iter().enumerate() {
            for evidence in &tag.evidence {
                // a list that was stored and changed may have spans that are not of its texts
                if text.get(evidence.span.clone()).is_some_and(|matched| !matched.is_empty()) {
                    borders.entry(evidence.span.start).or_default().push((at, true));
                    borders.entry(evidence.span.end).or_default().push((at, false));
                }
            }
        }
        let labels: Vec<String> =
            coding.tags.iter().map(|tag| self.label(Dimension::Issue, &tag.code)).collect();
        html.isolated(|html| {
            // the tags of the piece before a border, each with how many of its matches cover it
            let mut covering: BTreeMap<usize, usize> = BTreeMap::new();
            let mut from = 0;
            for (border, changes) in borders {
                let piece = text.get(from..border).unwrap_or_default();
                match covering.is_empty() {
                    _ if piece.is_empty() => {}
                    true => html.piece(piece),
                    false => {
                        let title = titled(covering.keys().map(|at| labels[*at].as_str()));
                        html.element("mark", &[("title", &title)], |html| html.piece(piece));
                    }
                }
                from = border;
                // what ends here is counted down after what begins here, so that no count falls below one
                for (at, begins) in changes
                    .iter()
                    .filter(|(_, begins)| *begins)
                    .chain(changes.iter().filter(|(_, begins)| !begins))
                {
                    let count = covering.entry(*at).or_default();
                    if *begins {
                        *count += 1
                    } else {
                        *count -= 1
                    }
                    if *count == 0 {
                        covering.remove(at);
                    }
                }
            }
        });
    }
}

/// The most labels in the title of a marked piece: no text of UPR Info's export has a piece with more than four issues.
const MAX_TITLE_LABELS: usize = 20;

/// Labels, each once, as the title of a marked piece.
fn titled<'l>(labels: impl Iterator<Item = &'l str>) -> String {
    let (mut shown, mut more): (Vec<&str>, usize) = (Vec::new(), 0);
    for label in labels {
        match shown.len() {
            _ if shown.contains(&label) => {}
            ..MAX_TITLE_LABELS => shown.push(label),
            _ => more += 1,
        }
    }
    let title = shown.join("; ");
    if more == 0 { title } else { format!("{title}; and {more} more") }
}

const OTHER: &str = "other";

/// The positions as the filter names them.
const POSITIONS: [(&str, &str); 6] = [
    ("supported", "supported"),
    ("supported_in_part", "supported in part"),
    ("noted", "noted"),
    ("pending", "pending"),
    (OTHER, "in unknown words"),
    (NOT_GIVEN, "not given"),
];

fn position(recommendation: &Recommendation) -> &'static str {
    match &recommendation.position {
        Some(given) => given.position.map_or(OTHER, Position::as_str),
        None => NOT_GIVEN,
    }
}

/// The codes of the issues, each once, or the name for none.
fn codes(coded: &CodedRecommendation) -> Vec<String> {
    Dimension::Issue.categories(coded, 0).iter().map(ToString::to_string).collect()
}

/// The regional groups of the recommending States, each once.
fn groups(recommendation: &Recommendation) -> Vec<String> {
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    for state in &recommendation.recommending_states {
        groups.insert(regional_group(state.name()).unwrap_or(UNKNOWN));
    }
    if groups.is_empty() {
        groups.insert(NOT_GIVEN);
    }
    groups.into_iter().map(str::to_string).collect()
}

/// A choice of one category, or none.
fn choice(html: &mut Html, id: &'static str, label: &str, all: &str, options: Vec<(String, String)>) {
    field(html, id, label, all, |html| choose_from(html, &options));
}

fn field(html: &mut Html, id: &'static str, label: &str, all: &str, options: impl FnOnce(&mut Html)) {
    html.element("p", &[], |html| {
        html.leaf("label", &[("for", &id)], label);
        html.element("select", &[("id", &id), ("autocomplete", &"off")], |html| {
            html.leaf("option", &[("value", &"")], all);
            options(html);
        });
    });
}

/// Values and labels.
fn choose_from(html: &mut Html, options: &[(String, String)]) {
    for (value, label) in options {
        html.leaf("option", &[("value", value), ("dir", &"auto")], label);
    }
}

/// A position in words, by its code.
pub(super) fn position_label(position: &str) -> &str {
    POSITIONS.iter().find(|(code, _)| *code == position).map_or(position, |(_, label)| label)
}
