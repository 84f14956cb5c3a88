//! The recommendations that ask for the same, with the States behind them.

use super::charts;
use super::html::Html;
use super::{MAX_ASKS, Report, grouped, recommendations};
use crate::asks::{self, SameAsk};

impl Report<'_> {
    pub(super) fn asks(&self, html: &mut Html) {
        let groups = asks::same(&self.coded);
        let several: Vec<&SameAsk> = groups.iter().filter(|group| group.members.len() > 1).collect();
        self.section(html, "asks", |html| {
            html.paragraph(format!(
                    "Unit: recommendations. {} make {} asks within the same review; {} of the asks are made by more \
                     than one recommendation, in the same or in other words. Each group is shown under its most typical wording.",
                    recommendations(self.total.recommendations),
                    grouped(groups.len() as u64),
                    grouped(several.len() as u64)
                ),
            );
            if several.is_empty() {
                return;
            }
            charts::legend(html, self.positions());
            let longest = several.first().map_or(0, |group| group.count.recommendations);
            html.element("ol", &[("class", &"asks")], |html| {
                for group in several.iter().take(MAX_ASKS) {
                    html.element("li", &[], |html| self.ask(html, group, longest));
                }
            });
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
            let states = match group.recommending_states.len() {
                0 => "without a State".to_string(),
                1 => "by 1 State".to_string(),
                many => format!("by {many} States"),
            };
            html.leaf("strong", &[], format!("{} {states}", recommendations(group.count.recommendations)));
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
                let recommendation = &member.recommendation;
                let name = recommendation.paragraph.as_deref().unwrap_or(&recommendation.id);
                match self.row_of(&recommendation.id) {
                    Some(row) => {
                        let target = format!("#r{row}");
                        html.element("a", &[("href", &target)], |html| html.foreign(name));
                    }
                    None => html.foreign(name),
                }
            }
            if !group.phrases.is_empty() {
                html.text(". Words that most of them share: ");
                html.foreign(&group.phrases.join(" … "));
            }
        });
    }
}
