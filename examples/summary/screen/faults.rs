//! What needs attention: replies without a recommendation, files that differ, rejected rows, names, spellings, warnings.

use super::Screen;
use crate::reading;
use upr::Source;

/// More than this would be a list, not a summary; the export has all of them.
const MOST_REJECTS: usize = 10;
const MOST_UNRESOLVED: usize = 20;
const MOST_CORRECTED: usize = 5;

impl Screen<'_> {
    pub(super) fn unmatched_replies(&mut self) {
        let replies = &self.coded.replies;
        if replies.is_empty() {
            return;
        }
        self.heading(
            &format!("Replies to recommendations that are in none of the files ({})", replies.len()),
            "",
        );
        if self.coded.recommendations.is_empty() {
            self.wrapped("They answer a report or a list: add that file.", "  ");
        }
        for reply in replies.iter().take(MOST_REJECTS) {
            let document = reply.document.as_deref().unwrap_or(&reply.source.file);
            self.wrapped(&format!("{document}, {}: {}", reply.paragraph, reply.position.given), "  ");
        }
        if let more @ 1.. = replies.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into unmatched_replies.csv"));
        }
    }

    pub(super) fn differing(&mut self, numbers: &[Vec<String>]) {
        if numbers.is_empty() {
            return;
        }
        self.heading(&format!("Numbers under which the files differ ({})", numbers.len()), "");
        for ids in numbers.iter().take(MOST_REJECTS) {
            self.wrapped(&ids.join(", "), "  ");
        }
        if let more @ 1.. = numbers.len().saturating_sub(MOST_REJECTS) {
            self.line(format!(
                "... and {more} more; of such ids, --out DIR writes the texts into recommendations.csv"
            ));
        }
    }

    pub(super) fn rejects(&mut self) {
        if self.coded.rejects.is_empty() {
            return;
        }
        self.heading("Rejected rows", "");
        for reject in self.coded.rejects.iter().take(MOST_REJECTS) {
            self.wrapped(&format!("{}, row {}: {}", reject.file, reject.row, reject.reason), "  ");
        }
        if let more @ 1.. = self.coded.rejects.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into rejects.csv"));
        }
    }

    pub(super) fn unresolved(&mut self) {
        let unresolved = self.coded.unresolved();
        if unresolved.is_empty() {
            return;
        }
        self.heading("Not recognised; kept as written", "");
        let kinds = [
            ("State", unresolved.states),
            ("position", unresolved.positions),
            ("session", unresolved.sessions),
        ];
        for (kind, names) in kinds {
            for (given, unknown) in names.iter().take(MOST_UNRESOLVED) {
                let count = unknown.recommendations;
                let recommendations = if count == 1 { "recommendation" } else { "recommendations" };
                let meant = unknown.suggestion.as_ref().map(|state| format!("; {state} may be meant"));
                let place = format!("first in {}, row {}", unknown.first.file, unknown.first.row);
                let lookalike = unknown.lookalike.as_ref().map(|why| format!("; {why}"));
                let line = format!(
                    "{kind} \"{given}\" in {count} {recommendations}, {place}{}{}",
                    lookalike.unwrap_or_default(),
                    meant.unwrap_or_default()
                );
                self.wrapped(&line, "  ");
            }
            if let more @ 1.. = names.len().saturating_sub(MOST_UNRESOLVED) {
                self.line(format!("... and {more} more; --out DIR writes all into unresolved.csv"));
            }
        }
    }
    /// Last, so that nobody overlooks them.
    pub(super) fn warnings(&mut self) {
        let warnings = reading::warnings(self.coded);
        if warnings.is_empty() {
            return;
        }
        self.heading(&format!("Warnings ({})", warnings.len()), "");
        for warning in warnings.iter().take(MOST_REJECTS) {
            self.wrapped(warning, "  ");
        }
        if let more @ 1.. = warnings.len().saturating_sub(MOST_REJECTS) {
            self.line(format!("... and {more} more; --out DIR writes all into warnings.csv"));
        }
    }

    /// Other spellings that were recognised: whoever quotes the figures should have seen them.
    pub(super) fn corrected(&mut self) {
        let names = self.coded.corrected();
        if names.is_empty() {
            return;
        }
        self.heading(&format!("Other spellings recognised ({})", names.len()), "");
        let mut rows: Vec<_> = names.iter().collect();
        rows.sort_by_key(|(_, name)| std::cmp::Reverse(name.recommendations));
        for (given, name) in rows.iter().take(MOST_CORRECTED) {
            let Source { file, row, .. } = &name.first;
            let (times, read_as) = (name.recommendations, name.read_as.as_deref().unwrap_or_default());
            let line = format!("\"{given}\" as {read_as}: {times}, first in {file}, row {row}");
            self.wrapped(&line, "  ");
        }
        if let more @ 1.. = rows.len().saturating_sub(MOST_CORRECTED) {
            self.line(format!("... and {more} more; --out DIR writes all into corrected.csv"));
        }
    }
}
