//! The recommendations that ask for the same, with the States behind them.

use super::charts;
use super::html::Html;
use super::{MAX_ASKS, Report, grouped, recommendations};
use crate::asks::SameAsk;

/// How many are open at first: those that the findings name. `.more` in `style.css` counts on from it.
const OPEN_ASKS: usize = 3;

impl Report<'_> {
    /// The asks of more than one recommendation, the largest first.
    pub(super) fn several(&self) -> impl Iterator<Item = &SameAsk<'_>> {
        self.asks.iter().filter(|group| group.members.len() > 1)
    }

    pub(super) fn asks(&self, html: &mut Html) {
        let several: Vec<&SameAsk> = self.several().collect();
        self.section(html, "asks", |html| {
            html.paragraph(format!(
                    "Unit: recommendations. {} make {} asks within the same review; {} of the asks are made by more \
                     than one recommendation, in the same or in other words. Each group is shown under its most typical wording.",
                    recommendations(self.total.recommendations),
                    grouped(self.asks.len() as u64),
                    grouped(several.len() as u64)
                ),
            );
            if several.is_empty() {
                return;
            }
            charts::legend(html, self.positions());
            let longest = several.first().map_or(0, |group| group.count.recommendations);
            let (open, folded) = several[..several.len().min(MAX_ASKS)].split_at(several.len().min(OPEN_ASKS));
            let list = |html: &mut Html, class: &str, groups: &[&SameAsk], before: usize| {
                html.element("ol", &[("class", &class), ("start", &(before + 1))], |html| {
                    for (at, group) in groups.iter().enumerate() {
                        let id = format!("ask{}", before + at + 1);
                        html.element("li", &[("id", &id)], |html| self.ask(html, group, longest));
                    }
                });
            };
            list(html, "asks", open, 0);
            if !folded.is_empty() {
                let summary = format!("The next {} asks", folded.len());
                charts::folded(html, "long", &summary, |html| list(html, "asks more", folded, open.len()));
            }
            if let more @ 1.. = several.len().saturating_sub(MAX_ASKS) {
                html.leaf(
                    "p",
                    &[("class", &"left-out")],
                    format!(
                        "{} more are not shown; the example same_asks with --table writes all of them.",
                        grouped(more as u64)
                    ),
                );
            }
        });
    }

    fn ask(&self, html: &mut Html, group: &SameAsk, longest: u64) {
        let representative = &group.representative.recommendation;
        html.element("p", &[("class", &"ask")], |html| html.foreign(&representative.text));
        charts::bar(html, "Ask", group.positions, longest);
        html.element("p", &[("class", &"by")], |html| {
            html.leaf("strong", &[], size(group));
            if self.of_several_reviews() {
                if let Some(reviewed) = &representative.state_under_review {
                    html.text(" to ");
                    html.foreign(reviewed.name_in(self.codebooks.language()));
                }
                if let Some(session) = &representative.session {
                    html.text(", session ");
                    html.foreign(&session.to_string());
                }
            }
            html.text(format!(": {}.", charts::in_words(group.positions)));
            html.empty("br", &[]);
            for (at, state) in group.recommending_states.iter().enumerate() {
                if at > 0 {
                    html.text(", ");
                }
                html.foreign(state.name_in(self.codebooks.language()));
            }
        });
        html.element("p", &[("class", &"members")], |html| {
            html.text("Recommendations ");
            for (at, member) in group.members.iter().enumerate() {
                if at > 0 {
                    html.text(", ");
                }
                self.linked(html, &member.recommendation);
            }
            if !group.phrases.is_empty() {
                html.text(". Words that most of them share: ");
                html.foreign(&group.phrases.join(" … "));
            }
        });
    }
}

/// "12 recommendations by 14 States".
pub(super) fn size(group: &SameAsk) -> String {
    let states = match group.recommending_states.len() {
        0 => "without a State".to_string(),
        1 => "by 1 State".to_string(),
        many => format!("by {many} States"),
    };
    format!("{} {states}", recommendations(group.count.recommendations))
}
