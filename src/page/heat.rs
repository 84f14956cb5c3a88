//! The heat map: which regional group recommends on which issue, with the numbers in it.
//!
//! A cell holds the number of recommendations; its shade is the share that they are of all recommendations of the
//! group, since groups differ in size. The share is also in the cell, where there is room, and in the table. Small groups have
//! no shade: see `MIN_SHADED_STATES` and `MIN_SHADED_RECOMMENDATIONS`.
//!
//! Colours: Harrower and Brewer, "ColorBrewer.org" (2003), sequential blues in six classes, safe for colour-blind
//! readers, without the fifth, on which numbers are hard to read. They are black on the lighter four (contrast 8.6 to
//! 1 or more) and white on the darkest (7.9).

use super::charts::{figure_caption, folded_table};
use super::html::{Attributes, Html};
use super::{MAX_BARS, Report, grouped, percent, recommendations, regional_group};
use crate::dimension::Dimension;
use crate::tally::{NOT_GIVEN, Tally, UNKNOWN, UNTAGGED};
use std::sync::Arc;

/// From which share of a group's recommendations on, in per cent; the fill; the class of the number on it.
const SHADES: [(u64, &str, &str); 5] = [
    (0, "#EFF3FF", "dark"),
    (5, "#C6DBEF", "dark"),
    (10, "#9ECAE1", "dark"),
    (20, "#6BAED6", "dark"),
    (40, "#08519C", "light"),
];
const NOTHING: &str = "#FFFFFF";

/// A group of fewer recommending States has no shade: with four, one State's interest is a quarter of the group's. The
/// smallest regional group of the United Nations has 23 States; the two observers are what this leaves out.
const MIN_SHADED_STATES: usize = 5;

/// Nor has one with fewer recommendations: of 20, a single one is 5%, the width of the lightest shade, so that fewer
/// would let one recommendation lift a cell by more than a shade.
const MIN_SHADED_RECOMMENDATIONS: u64 = 20;

/// A regional group, how many recommendations its States made, and how many of its States made them.
struct Column {
    group: Arc<str>,
    recommendations: u64,
    states: usize,
}

impl Column {
    /// Whether its shares say something of a group.
    fn is_shaded(&self) -> bool {
        self.states >= MIN_SHADED_STATES && self.recommendations >= MIN_SHADED_RECOMMENDATIONS
    }

    fn shade(&self, count: u64) -> (&'static str, &'static str) {
        let reached = |(from, ..): &&(u64, &str, &str)| 100 * count >= from * self.recommendations;
        match SHADES.iter().rev().find(reached) {
            Some((_, fill, class)) if count > 0 && self.is_shaded() => (fill, class),
            _ => (NOTHING, "dark"),
        }
    }
}

impl Report<'_> {
    pub(super) fn heat_map(&self, html: &mut Html) {
        let groups = self.counts(Dimension::RegionalGroup);
        let states = self.counts(Dimension::RecommendingState);
        let of_group = |group: &str| {
            states.iter().filter(|row| regional_group(&row.category).unwrap_or(UNKNOWN) == group).count()
        };
        let columns: Vec<Column> = groups
            .into_iter()
            .map(|row| Column {
                states: of_group(&row.category),
                group: row.category,
                recommendations: row.count.recommendations,
            })
            .collect();
        let tally = Tally::of(&self.coded, &[Dimension::Issue, Dimension::RegionalGroup]);
        // both are categories of the same list
        let count = |issue: &Arc<str>, column: &Column| {
            tally.get([issue, &column.group]).map_or(0, |count| count.recommendations)
        };
        let mut issues: Vec<Arc<str>> =
            self.largest_first(Dimension::Issue).into_iter().map(|row| row.category).collect();
        issues.retain(|issue| &**issue != UNTAGGED);
        let shown = issues.len().min(MAX_BARS);
        let title = "Issues by regional group of the recommending States";
        let unit = "recommendations; each counts under all of its issues, and once for each regional group of its \
                    States";
        html.element("figure", &[("id", &"heat"), ("aria-labelledby", &"heat-caption")], |html| {
            figure_caption(html, "heat-caption", title, unit);
            html.paragraph(
                "The number is how many recommendations States of the group made on the issue. Darker means \
                 a larger share of all recommendations of that group; the percentage is shown where there is room \
                 for it.",
            );
            self.shades(html);
            html.element("ol", &[("class", &"heat")], |html| {
                html.element("li", &[("class", &"columns"), ("aria-hidden", &"true")], |html| {
                    html.leaf("span", &[("class", &"label")], "All recommendations of the group");
                    html.element("svg", &[("class", &"row")], |html| {
                        for (at, column) in columns.iter().enumerate() {
                            let middle = middle(at, columns.len());
                            let name = self.label(Dimension::RegionalGroup, &column.group);
                            html.leaf("text", &[("class", &"dark"), ("x", &middle), ("y", &"14")], name);
                            html.leaf(
                                "text",
                                &[("class", &"dark"), ("x", &middle), ("y", &"31")],
                                grouped(column.recommendations),
                            );
                        }
                    });
                });
                for issue in &issues[..shown] {
                    let cells: Vec<(&Column, u64)> =
                        columns.iter().map(|column| (column, count(issue, column))).collect();
                    html.element("li", &[], |html| self.heat_row(html, issue, &cells));
                }
            });
            self.unshaded(html, &columns);
            if columns.iter().any(|column| matches!(&*column.group, UNKNOWN | NOT_GIVEN)) {
                html.leaf(
                    "p",
                    &[("class", &"note")],
                    "Unknown: States that are in no table. Not given: recommendations without a State.",
                );
            }
            let summary = match issues.len() - shown {
                0 => "The numbers as a table".to_string(),
                _ => format!("Showing {shown} of {} issues; see all as a table", issues.len()),
            };
            folded_table(html, &summary, title, unit, |html| {
                html.head(|html| {
                    html.column("issue");
                    for column in &columns {
                        html.column(self.label(Dimension::RegionalGroup, &column.group));
                    }
                });
                html.element("tbody", &[], |html| {
                    for issue in &issues {
                        html.element("tr", &[], |html| {
                            let label = self.label(Dimension::Issue, issue);
                            html.row_name(&label);
                            for column in &columns {
                                let count = count(issue, column);
                                let share = percent(count, column.recommendations);
                                html.leaf("td", &[], format!("{} ({share})", grouped(count)));
                            }
                        });
                    }
                });
            });
        });
    }

    fn heat_row(&self, html: &mut Html, issue: &str, cells: &[(&Column, u64)]) {
        let label = self.label(Dimension::Issue, issue);
        html.element("span", &[("class", &"label")], |html| self.filtering(html, Dimension::Issue, issue));
        html.element("svg", &[("class", &"row"), ("role", &"img")], |html| {
            let words: Vec<String> = cells
                .iter()
                .map(|(column, count)| {
                    let name = self.label(Dimension::RegionalGroup, &column.group);
                    format!("{name} {} ({})", grouped(*count), percent(*count, column.recommendations))
                })
                .collect();
            html.leaf("title", &[], format!("{label}: {}", words.join(", ")));
            html.leaf(
                "desc",
                &[],
                "Cells by regional group; in brackets the share of the group's recommendations",
            );
            let width = format!("{:.3}%", 100.0 / cells.len() as f64);
            for (at, (column, count)) in cells.iter().enumerate() {
                let name = self.label(Dimension::RegionalGroup, &column.group);
                let (fill, class) = column.shade(*count);
                let x = format!("{:.3}%", 100.0 * at as f64 / cells.len() as f64);
                let cell: Attributes =
                    &[("x", &x), ("width", &width), ("height", &"26"), ("fill", &fill), ("class", &"cell")];
                html.element("rect", cell, |html| {
                    let of = recommendations(column.recommendations);
                    html.leaf("title", &[], format!("{label}, {name}: {count} of {of}"));
                });
                let middle = middle(at, cells.len());
                html.element("text", &[("class", &class), ("x", &middle), ("y", &"18")], |html| {
                    html.text(grouped(*count));
                    if *count > 0 && column.is_shaded() {
                        let share = percent(*count, column.recommendations);
                        html.leaf("tspan", &[("class", &"share"), ("dx", &"5")], share);
                    }
                });
            }
        });
    }

    /// Which groups are too small for a shade.
    fn unshaded(&self, html: &mut Html, columns: &[Column]) {
        let mut small = columns.iter().filter(|column| !column.is_shaded()).peekable();
        if small.peek().is_none() {
            return;
        }
        html.element("p", &[("class", &"note")], |html| {
            html.text(format!(
                "Not shaded, since one State or one recommendation would decide the share (fewer than \
                 {MIN_SHADED_STATES} recommending States, or fewer than {MIN_SHADED_RECOMMENDATIONS} recommendations): "
            ));
            for (at, column) in small.enumerate() {
                if at > 0 {
                    html.text(", ");
                }
                html.text(self.label(Dimension::RegionalGroup, &column.group));
                html.text(format!(
                    " (States: {}, recommendations: {})",
                    grouped(column.states as u64),
                    grouped(column.recommendations)
                ));
            }
            html.text(".");
        });
    }

    /// What the shades mean.
    fn shades(&self, html: &mut Html) {
        html.element("ul", &[("class", &"legend"), ("aria-label", &"Legend")], |html| {
            for (at, (from, fill, _)) in SHADES.iter().enumerate() {
                let words = match (*from, SHADES.get(at + 1)) {
                    (0, Some((to, ..))) => format!("below {to}%"),
                    (from, Some((to, ..))) => format!("{from} to below {to}%"),
                    (from, None) => format!("{from}% or more"),
                };
                html.element("li", &[], |html| {
                    super::charts::swatch(html, fill);
                    html.text(words);
                });
            }
        });
    }
}

fn middle(at: usize, of: usize) -> String {
    format!("{:.3}%", 100.0 * (at as f64 + 0.5) / of.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_begin_where_the_legend_says_and_their_numbers_can_be_read() {
        let of = |recommendations, states| Column { group: "".into(), recommendations, states };
        let shade = |count, recommendations| of(recommendations, 5).shade(count);
        assert_eq!(shade(0, 100), (NOTHING, "dark"));
        for (at, (from, fill, class)) in SHADES.into_iter().enumerate() {
            assert_eq!(shade(from.max(1), 100), (fill, class));
            if from > 0 {
                assert_eq!(shade(10 * from - 1, 1_000).0, SHADES[at - 1].1, "just below {from}%");
            }
            let text = if class == "light" { "#FFFFFF" } else { "#000000" };
            assert!(super::super::charts::contrast(fill, text) >= 4.5, "{fill}");
        }
    }

    #[test]
    fn small_groups_have_no_shade() {
        for (states, recommendations, shaded) in
            [(2, 200, false), (4, 200, false), (5, 19, false), (5, 20, true), (60, 20, true)]
        {
            let column = Column { group: "".into(), recommendations, states };
            let (fill, _) = column.shade(recommendations / 2);
            assert_eq!(fill != NOTHING, shaded, "{states} States, {recommendations} recommendations");
        }
    }
}
