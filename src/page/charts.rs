//! Stacked bars by position, their legend, and the table that says the same.
//!
//! Colours: Okabe and Ito, "Color Universal Design" (2008), which colour-blind readers tell apart; blue, sky blue and
//! orange, and a grey. *Supported in part* is hatched and *other* dotted, so that they differ in print without colour,
//! too. Numbers on them have a contrast of at least 4.5 to 1 (white on blue 5.2, black on the others above 9).

use super::html::Html;
use super::{MAX_BARS, Report, answered, grouped, percent, recommendations};
use crate::dimension::Dimension;
use crate::tally::{CategoryCount, PositionCounts};

/// A kind of answer, as the bars show it.
pub(super) struct Answer {
    /// The legend.
    pub(super) label: &'static str,
    /// The class that colours it.
    pub(super) class: &'static str,
    /// How it is filled.
    fill: &'static str,
    /// The position that it is, if it is one.
    pub(super) position: Option<&'static str>,
}

/// The answers from left to right; the last one is everything that is no answer yet, or none that is known.
pub(super) const ANSWERS: [Answer; 4] = [
    Answer { label: "supported", class: "supported", fill: "#0072B2", position: Some("supported") },
    Answer {
        label: "supported in part",
        class: "in-part",
        fill: "url(#in-part)",
        position: Some("supported_in_part"),
    },
    Answer { label: "noted", class: "noted", fill: "#E69F00", position: Some("noted") },
    Answer { label: "pending, unknown or not given", class: "other", fill: "url(#other)", position: None },
];

/// Counts in the order of [`ANSWERS`].
pub(super) fn answers(positions: PositionCounts) -> [u64; 4] {
    let [supported, in_part, noted, pending, other, silent] = positions.all();
    [supported, in_part, noted, pending + other + silent]
}

/// "10 supported, 2 supported in part, 24 noted": what isn't there is left out.
pub(super) fn in_words(positions: PositionCounts) -> String {
    let counts = answers(positions).into_iter().zip(&ANSWERS).filter(|(count, _)| *count > 0);
    let words: Vec<String> =
        counts.map(|(count, answer)| format!("{} {}", grouped(count), answer.label)).collect();
    words.join(", ")
}

/// The patterns that the figures fill with, once for the page.
pub(super) fn patterns(html: &mut Html) {
    let of = |html: &mut Html, id: &'static str, size: u32, back: &'static str, path: &'static str| {
        let (units, turn) = ("userSpaceOnUse", if id == "in-part" { "rotate(45)" } else { "rotate(0)" });
        let attributes: super::html::Attributes = &[
            ("id", &id),
            ("width", &size),
            ("height", &size),
            ("patternUnits", &units),
            ("patternTransform", &turn),
        ];
        html.element("pattern", attributes, |html| {
            html.empty("rect", &[("width", &size), ("height", &size), ("fill", &back)]);
            html.empty("path", &[("d", &path), ("stroke", &"#fff"), ("stroke-width", &"2")]);
        });
    };
    let hidden: super::html::Attributes =
        &[("class", &"patterns"), ("width", &"0"), ("height", &"0"), ("aria-hidden", &"true")];
    html.element("svg", hidden, |html| {
        html.element("defs", &[], |html| {
            of(html, "in-part", 7, "#56B4E9", "M0 0V7");
            of(html, "other", 5, "#B8B8B8", "M1 1h2");
        });
    });
}

/// What the colours mean: the answers that occur.
pub(super) fn legend(html: &mut Html, positions: PositionCounts) {
    html.element("ul", &[("class", &"legend"), ("aria-label", &"Legend")], |html| {
        for (count, answer) in answers(positions).into_iter().zip(&ANSWERS) {
            if count == 0 {
                continue;
            }
            html.element("li", &[], |html| {
                swatch(html, answer.fill);
                html.text(answer.label);
            });
        }
    });
}

pub(super) fn swatch(html: &mut Html, fill: &'static str) {
    let size: super::html::Attributes = &[("width", &"16"), ("height", &"16"), ("aria-hidden", &"true")];
    html.element("svg", size, |html| {
        html.empty("rect", &[("width", &"16"), ("height", &"16"), ("fill", &fill)]);
    });
}

/// A bar of which `longest` recommendations fill the width that is left beside its number.
pub(super) fn bar(html: &mut Html, label: &str, positions: PositionCounts, longest: u64) {
    /// Per cent of the width; the rest is for the number.
    const FULL: f64 = 88.0;
    // pixels of a digit, of the air around a number, and of a bar on a phone
    const DIGIT: f64 = 8.0;
    const AIR: f64 = 6.0;
    const NARROWEST: f64 = 300.0;
    let all: u64 = positions.all().iter().sum();
    let part = |count: u64| FULL * count as f64 / longest.max(1) as f64;
    html.element("svg", &[("class", &"bar"), ("role", &"img")], |html| {
        html.leaf("title", &[], format!("{label}: {}; {}", recommendations(all), in_words(positions)));
        html.leaf("desc", &[], format!("Bar; the longest of the figure is {}", grouped(longest)));
        let mut from = 0.0;
        for (count, answer) in answers(positions).into_iter().zip(&ANSWERS) {
            if count == 0 {
                continue;
            }
            let wide = part(count);
            let (x, width) = (format!("{from:.2}%"), format!("{wide:.2}%"));
            html.element(
                "rect",
                &[("x", &x), ("width", &width), ("y", &"1"), ("height", &"20"), ("fill", &answer.fill)],
                |html| html.leaf("title", &[], format!("{label}: {} {}", grouped(count), answer.label)),
            );
            let number = grouped(count);
            if wide / 100.0 * NARROWEST >= DIGIT * number.len() as f64 + AIR {
                let middle = format!("{:.2}%", from + wide / 2.0);
                html.leaf("text", &[("class", &answer.class), ("x", &middle), ("y", &"16")], number);
            }
            from += wide;
        }
        let end = format!("{from:.2}%");
        html.leaf("text", &[("class", &"all"), ("x", &end), ("dx", &"6"), ("y", &"16")], grouped(all));
    });
}

/// A figure of bars.
pub(super) struct Bars<'b> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// The unit, and what counts where.
    pub(super) unit: &'static str,
    /// What the bars are: the header of the first column.
    pub(super) header: &'static str,
    pub(super) dimension: Dimension,
    /// The rows, in the order of the figure.
    pub(super) rows: &'b [CategoryCount],
    pub(super) most: usize,
}

impl Report<'_> {
    pub(super) fn bars(&self, html: &mut Html, bars: &Bars) {
        let shown = &bars.rows[..bars.rows.len().min(bars.most)];
        let longest = shown.iter().map(|row| row.count.recommendations).max().unwrap_or(0);
        let caption = format!("{}-caption", bars.id);
        html.element("figure", &[("id", &bars.id), ("aria-labelledby", &caption)], |html| {
            figure_caption(html, &caption, bars.title, bars.unit);
            legend(html, sum(bars.rows));
            html.element("ol", &[("class", &"bars")], |html| {
                for row in shown {
                    let label = self.label(bars.dimension, &row.category);
                    html.element("li", &[], |html| {
                        html.element("span", &[("class", &"label")], |html| {
                            self.filtering(html, bars.dimension, &row.category);
                        });
                        bar(html, &label, row.positions, longest);
                    });
                }
            });
            self.numbers(html, bars, shown.len());
        });
    }

    /// The numbers of a figure as a table.
    fn numbers(&self, html: &mut Html, bars: &Bars, shown: usize) {
        let headers = ["supported", "supported in part", "noted", "pending", "in unknown words", "not given"];
        let all = sum(bars.rows).all();
        let columns: Vec<usize> = (0..headers.len()).filter(|at| all[*at] > 0).collect();
        let summary = match bars.rows.len() - shown {
            0 => "The numbers as a table".to_string(),
            _ => format!("Showing {shown} of {}; see all as a table", bars.rows.len()),
        };
        folded_table(html, &summary, bars.title, bars.unit, |html| {
            html.head(|html| {
                for header in [bars.header, "all"] {
                    html.column(header);
                }
                for at in &columns {
                    html.column(headers[*at]);
                }
                html.column("share supported, of those answered");
                html.column("recommendation–State pairs");
            });
            html.element("tbody", &[], |html| {
                for row in bars.rows {
                    html.element("tr", &[], |html| {
                        let label = self.label(bars.dimension, &row.category);
                        html.row_name(&label);
                        html.leaf("td", &[], grouped(row.count.recommendations));
                        for at in &columns {
                            html.leaf("td", &[], grouped(row.positions.all()[*at]));
                        }
                        html.leaf("td", &[], percent(row.positions.supported, answered(&row.positions)));
                        html.leaf("td", &[], grouped(row.count.recommendation_x_state));
                    });
                }
            });
        });
    }

    /// Bars by issue, State or whatever else is long: the largest first.
    pub(super) fn bars_by_size(
        &self,
        html: &mut Html,
        (id, title, header): (&'static str, &'static str, &'static str),
        unit: &'static str,
        dimension: Dimension,
    ) {
        let rows = self.largest_first(dimension);
        self.bars(html, &Bars { id, title, unit, header, dimension, rows: &rows, most: MAX_BARS });
    }
}

pub(super) fn figure_caption(html: &mut Html, id: &str, title: &str, unit: &str) {
    html.element("figcaption", &[("id", &id)], |html| {
        html.leaf("strong", &[], title);
        html.leaf("span", &[("class", &"unit")], format!(" Unit: {unit}"));
    });
}

/// What opens on demand. The class `printed` is for what belongs to a print even where it is closed.
pub(super) fn folded(html: &mut Html, class: &str, summary: &str, content: impl FnOnce(&mut Html)) {
    html.element("details", &[("class", &class)], |html| {
        html.leaf("summary", &[], summary);
        content(html);
    });
}

/// A table that opens on demand, in a container that scrolls where it is wider than the page.
pub(super) fn folded_table(
    html: &mut Html,
    summary: &str,
    title: &str,
    unit: &str,
    rows: impl FnOnce(&mut Html),
) {
    folded(html, "table", summary, |html| {
        let region: super::html::Attributes =
            &[("class", &"scroll"), ("tabindex", &"0"), ("role", &"region"), ("aria-label", &title)];
        html.element("div", region, |html| {
            html.element("table", &[("class", &"numbers")], |html| {
                html.leaf("caption", &[], format!("{title}. Unit: {unit}"));
                rows(html);
            });
        });
    });
}

/// All rows together: which answers occur at all.
pub(super) fn sum(rows: &[CategoryCount]) -> PositionCounts {
    let mut sum = PositionCounts::default();
    rows.iter().for_each(|row| sum += row.positions);
    sum
}

/// The contrast of a text on a fill, as the Web Content Accessibility Guidelines (WCAG 2.2) define it.
#[cfg(test)]
pub(super) fn contrast(one: &str, two: &str) -> f64 {
    let luminance = |colour: &str| -> f64 {
        let channel = |at: usize| {
            let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, two) = (luminance(one) + 0.05, luminance(two) + 0.05);
    one.max(two) / one.min(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_on_bars_can_be_read() {
        let mut html = Html::new(crate::text::language::Language::English);
        patterns(&mut html);
        let patterns = html.into_string();
        for answer in &ANSWERS {
            // the ground of a pattern; a halo of the same colour is drawn around the number
            let fill = match answer.fill.strip_prefix("url(#") {
                Some(_) => {
                    let pattern =
                        patterns.split(&format!("id=\"{}\"", answer.class)).nth(1).expect("a pattern");
                    &pattern[pattern.find('#').expect("a fill")..][..7]
                }
                None => answer.fill,
            };
            let text = if answer.class == "supported" { "#FFFFFF" } else { "#000000" };
            let contrast = contrast(fill, text);
            assert!(contrast >= 4.5, "{}: {contrast:.2}", answer.label);
        }
    }

    #[test]
    fn answers_in_words() {
        let positions =
            PositionCounts { supported: 1_200, noted: 3, not_given: 1, pending: 1, ..Default::default() };
        assert_eq!(in_words(positions), "1,200 supported, 3 noted, 2 pending, unknown or not given");
        assert_eq!(answers(positions), [1_200, 0, 3, 2]);
    }
}
