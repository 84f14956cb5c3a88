//! What returned from one cycle of a State to the next: a sentence among the findings, and a section with each
//! recommendation that did and the later one in which it did. Only links in the same or in other words count, the two
//! stronger kinds: [`compare`](crate::compare) says what was measured of them.

use super::charts::folded_table;
use super::findings::lead;
use super::html::Html;
use super::remainder::in_the_export;
use super::{MAX_LISTED, Report, grouped};
use crate::coded::CodedRecommendation;
use crate::dimension::Dimension;
use crate::links::{Kind, Link, Links};
use crate::recommendation::Position;
use std::collections::{BTreeMap, BTreeSet};

/// The most issues that a sentence names.
const MAX_NAMED: usize = 3;

/// The strongest link of each earlier recommendation that returned, in the order of the earlier ones.
fn first_links<'l, 'r>(links: &'l Links<'r>) -> Vec<&'l Link<'r>> {
    let mut seen = BTreeSet::new();
    let strong = links.links.iter().filter(|link| link.kind <= Kind::Reworded);
    strong.filter(|link| seen.insert(std::ptr::from_ref(link.earlier))).collect()
}

fn is(coded: &CodedRecommendation, position: Position) -> bool {
    coded.recommendation.position() == Some(position)
}

impl Report<'_> {
    /// The finding, or why there is none.
    pub(super) fn what_returned(&self, html: &mut Html) {
        for links in &self.returned {
            html.element("li", &[], |html| {
                lead(html, "returned", "Returned since the last cycle:");
                html.text(" ");
                self.summary(html, links);
            });
        }
        if self.returned.is_empty() {
            html.element("li", &[], |html| {
                html.leaf("strong", &[], "Returned since the last cycle:");
                html.text(
                    " not known from this list; that needs the recommendations of two cycles of one State.",
                );
            });
        }
    }

    fn summary(&self, html: &mut Html, links: &Links) {
        let returned = first_links(links);
        let (from, to) = (links.from_cycle.unwrap_or(0), links.to_cycle.unwrap_or(0));
        html.text(format!(
            "Of the recommendations of cycle {from} ({}), {} were made again in cycle {to}, in the same or in other words.",
            grouped(links.earlier.len() as u64),
            grouped(returned.len() as u64)
        ));
        let mut issues: BTreeMap<&str, u64> = BTreeMap::new();
        for link in &returned {
            let codes: BTreeSet<&str> = link.earlier.coding.tags.iter().map(|tag| &*tag.code).collect();
            codes.into_iter().for_each(|code| *issues.entry(code).or_default() += 1);
        }
        let mut issues: Vec<(&str, u64)> = issues.into_iter().collect();
        issues.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if !issues.is_empty() {
            html.text(" Their most frequent issues:");
            for (at, (issue, count)) in issues.iter().take(MAX_NAMED).enumerate() {
                html.text(if at > 0 { ", " } else { " " });
                html.foreign(&self.label(Dimension::Issue, issue));
                html.text(format!(" ({})", grouped(*count)));
            }
            html.text(".");
        }
        let noted: Vec<_> = returned.iter().filter(|link| is(link.earlier, Position::Noted)).collect();
        let supported = noted.iter().filter(|link| is(link.later, Position::Supported)).count();
        if !noted.is_empty() {
            html.text(format!(
                " {} of them had been noted in cycle {from}; {} of these were supported in cycle {to}.",
                grouped(noted.len() as u64),
                grouped(supported as u64)
            ));
        }
    }

    pub(super) fn returned(&self, html: &mut Html) {
        if self.returned.is_empty() {
            return;
        }
        self.section(html, "returned", |html| {
            for links in &self.returned {
                html.element("p", &[], |html| self.summary(html, links));
                html.paragraph(
                    "Unit: recommendations. What has no counterpart here may still have returned in words that are not \
                     recognised. Where several later ones ask for the same, the nearest is shown.",
                );
                let returned = first_links(links);
                if returned.is_empty() {
                    continue;
                }
                let title = "What returned, and how it was answered";
                folded_table(html, "The recommendations that returned", title, "recommendations", |html| {
                    html.head(|html| {
                        let cycle = |cycle: Option<u8>| format!("cycle {}", cycle.unwrap_or(0));
                        let (from, to) = (cycle(links.from_cycle), cycle(links.to_cycle));
                        for header in [&from, "position", &to, "position"] {
                            html.leaf("th", &[("scope", &"col"), ("class", &"words")], header);
                        }
                    });
                    html.element("tbody", &[], |html| {
                        for link in returned.iter().take(MAX_LISTED) {
                            html.element("tr", &[], |html| {
                                for coded in [link.earlier, link.later] {
                                    html.element("td", &[("class", &"words")], |html| self.told(html, coded));
                                    html.element("td", &[("class", &"words")], |html| answer(html, coded));
                                }
                            });
                        }
                    });
                });
                if let more @ 1.. = returned.len().saturating_sub(MAX_LISTED) {
                    html.element("p", &[("class", &"left-out")], |html| {
                        html.text(format!("{} more are not shown. ", grouped(more as u64)));
                        in_the_export(html, "statistics/links.csv (with --statistics)");
                    });
                }
            }
        });
    }

    /// Paragraph and text, with a link to the row of the table.
    fn told(&self, html: &mut Html, coded: &CodedRecommendation) {
        self.linked(html, &coded.recommendation);
        html.text(" ");
        html.foreign(&coded.recommendation.text);
    }
}

fn answer(html: &mut Html, coded: &CodedRecommendation) {
    match (&coded.recommendation.position, coded.recommendation.position()) {
        (_, Some(position)) => html.text(super::table::position_label(position.as_str())),
        (Some(given), None) => html.foreign(&given.given),
        (None, None) => html.text("not given"),
    }
}
