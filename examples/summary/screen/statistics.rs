//! The blocks that are shown on demand: `--statistics` and `--group-by`.

use super::{Screen, percent};
use crate::further::{Groups, Pressed, Q_BELOW};
use upr::Table;
use upr::count::UNTAGGED;
use upr::statistics::{Rate, Rates, Row};

/// More would be a list; the tables of `--out` have all rows.
const MOST_ROWS: usize = 10;

impl Screen<'_> {
    pub(super) fn groups(&mut self, groups: &Groups) {
        self.heading(&groups.heading, "recommendations; each counts once under each of its groups");
        self.count_rows("group", groups.counts.iter().map(|group| (group.label.clone(), &group.count)));
    }

    pub(super) fn share_supported(&mut self, rates: &Rates) {
        self.heading("Share supported, by issue", "recommendations; each counts under all of its issues");
        let all = |rate: &Rate| rate.answered + rate.left_out;
        let mut rows: Vec<&Rate> =
            rates.rates.iter().filter(|rate| &*rate.category != UNTAGGED && all(rate) > 0).collect();
        rows.sort_by_key(|rate| std::cmp::Reverse(all(rate)));
        rows.truncate(MOST_ROWS);
        let row = |rate: &Rate, label: String| {
            let percent = |share: f64| format!("{:.0}%", 100.0 * share);
            let (share, interval) = match rate.interval {
                None => (String::new(), String::new()),
                Some(known) => {
                    (percent(known.value), format!("{} to {}", percent(known.lower), percent(known.upper)))
                }
            };
            vec![label, rate.answered.to_string(), rate.supported.to_string(), share, interval]
        };
        let rows = rows.into_iter().map(|rate| row(rate, self.label(&rate.category)));
        let rows: Vec<_> = rows.chain([row(&rates.all, "All recommendations".to_string())]).collect();
        self.table(1, &["issue", "answered", "supported", "share", "interval"], rows);
        self.wrapped("Supported in part counts as answered and not supported. Intervals: 95%, Wilson.", "  ");
    }

    pub(super) fn pressed_more(&mut self, pressed: &Pressed) {
        self.heading("Pressed more than others", "recommendation x recommending State");
        if pressed.rows.rows.is_empty() {
            self.line("  No group or State differs from the others with q below 0.05");
            return;
        }
        let rows = pressed.rows.iter().take(MOST_ROWS).map(|row| {
            let count = |column| row.count(column).unwrap_or_default();
            let number = |column| row.number(column).unwrap_or(f64::NAN);
            let words = |column| row.text(column).unwrap_or_default();
            vec![
                format!("{}: {}", words("group"), self.label(words("issue"))),
                count("count").to_string(),
                percent(count("count"), count("of")),
                percent(count("others_count"), count("others_of")),
                format!("{:.1}", number("log_odds_ratio").exp()),
                match number("q_value") {
                    small if small < 0.001 => "<0.001".to_string(),
                    q_value => format!("{q_value:.3}"),
                },
            ]
        });
        let rows: Vec<_> = rows.collect();
        self.table(1, &["group or State: issue", "on it", "share", "others", "odds", "q"], rows);
        self.wrapped(
            "Share: of all that they made, and of all that the others made. Odds: against those of all others, drawn towards 1 where numbers are small (Monroe and others 2008); \
             the surest first. Of rows with q below 0.05, one in twenty is chance (Benjamini-Hochberg, groups and \
             States each for themselves).",
            "  ",
        );
        if let more @ 1.. = pressed.rows.rows.len().saturating_sub(MOST_ROWS) {
            self.line(format!("  ... and {more} more; --json, or --out DIR, has all of them"));
        }
    }

    pub(super) fn words_of_noted(&mut self, keyness: &Table) {
        let Some(first) = keyness.iter().next() else { return };
        self.heading(
            "Words typical of noted recommendations",
            "recommendations; those supported in part are left out",
        );
        let count = |word: &Row, column| word.count(column).unwrap_or_default();
        let mut sure: Vec<Row> =
            keyness.iter().filter(|word| word.number("q_value") < Some(Q_BELOW)).collect();
        let words = |sure: &[Row], more: fn(f64) -> bool| {
            let words = sure.iter().filter(|word| word.number("z").is_some_and(more)).take(MOST_ROWS);
            let shown = words.map(|word| {
                let (noted, supported) = (count(word, "count"), count(word, "others_count"));
                format!("{} ({noted} against {supported})", word.text("word").unwrap_or_default())
            });
            match shown.collect::<Vec<_>>() {
                none if none.is_empty() => "no word with q below 0.05".to_string(),
                some => some.join(", "),
            }
        };
        let noted = words(&sure, |z| z > 0.0);
        sure.reverse();
        let supported = words(&sure, |z| z < 0.0);
        self.hanging("  More in noted ones:     ", &noted, "    ");
        self.hanging("  More in supported ones: ", &supported, "    ");
        let (noted, supported) = (count(&first, "of"), count(&first, "others_of"));
        let note = format!(
            "In brackets: how many of the {noted} noted and of the {supported} supported ones have the word. The surest \
             first, by log odds drawn towards 0 where numbers are small (Monroe and others 2008)."
        );
        self.wrapped(&note, "  ");
    }

    /// The name of an issue, for people.
    fn label(&self, issue: &str) -> String {
        self.codebook.issue(issue).map_or(issue.to_string(), |issue| issue.label.clone())
    }
}
