//! What `--statistics` shows of asks, and of what returned.

use super::{Screen, shortened};
use crate::asks::{Asks, Returned};
use upr::compare::LinkKind;

/// More would be a list; the tables of `--out` have all rows.
const MOST_ASKS: usize = 8;
const MOST_STATES_UNDER_REVIEW: usize = 20;
const MOST_LINKS: usize = 6;

impl Screen<'_> {
    pub(super) fn asks(&mut self, asks: &Asks) {
        self.heading(
            "Recommendations that ask for the same thing",
            "recommendations; each is in one ask, within its review",
        );
        let several = &asks.made_more_than_once;
        let all = self.coded.recommendations.len();
        self.line(format!(
            "{all} recommendations make {} asks; made more than once: {}",
            asks.asks,
            several.len()
        ));
        for ask in several.iter().take(MOST_ASKS) {
            let count = format!("{:>7}  ", ask.recommendations);
            self.hanging(&count, &shortened(&ask.text, 180), "         ");
            let states = &ask.recommending_states;
            self.wrapped(
                &shortened(&format!("{} States: {}", states.len(), states.join(", ")), 180),
                "           ",
            );
        }
        if let more @ 1.. = several.len().saturating_sub(MOST_ASKS) {
            self.line(format!("  ... and {more} more; --json, or --out DIR, has all of them"));
        }
    }

    pub(super) fn returned(&mut self, cycles: &[Returned]) {
        if cycles.is_empty() {
            return;
        }
        self.heading("What returned", "recommendations of the earlier cycle, and new ones of the later");
        let rows = cycles.iter().take(MOST_STATES_UNDER_REVIEW).map(|cycle| {
            let of_kind = |kind| cycle.returned.get(&kind).copied().unwrap_or_default();
            let [exact, reworded, near] =
                [LinkKind::Exact, LinkKind::Reworded, LinkKind::SameIssueAndAction].map(of_kind);
            let name = format!("{}, {} to {}", cycle.state_under_review, cycle.from_cycle, cycle.to_cycle);
            let counts = [cycle.earlier, exact, reworded, near, cycle.disappeared, cycle.new];
            [name].into_iter().chain(counts.map(|count| count.to_string())).collect()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        self.table(1, &["State, cycles", "all", "exact", "reworded", "near", "gone", "new"], rows);
        self.wrapped(
            "Near: on the same issue, for the same action. What is gone or new may still have returned in words that no \
             link was found by.",
            "  ",
        );
        if let more @ 1.. = cycles.len().saturating_sub(MOST_STATES_UNDER_REVIEW) {
            self.line(format!("  ... and {more} more; --json, or --out DIR, has all of them"));
        }
        if let [cycle] = cycles {
            for link in
                cycle.links.iter().filter(|link| link.kind != LinkKind::SameIssueAndAction).take(MOST_LINKS)
            {
                let texts = [&link.earlier_text, &link.later_text].map(|text| shortened(text, 150));
                let [earlier, later] = texts;
                self.hanging(&format!("{:>9}  ", link.kind.as_str()), &earlier, "           ");
                self.wrapped(&format!("now: {later}"), "           ");
            }
        }
    }
}
