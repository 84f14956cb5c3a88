//! What people decided of the tags: `--corrections`, and what of it could not be applied.

use crate::options::Options;
use crate::screen::Screen;
use std::collections::BTreeMap;
use upr::code::{Corrections, Reviewed};
use upr::{CodedList, evaluate};

/// So many issues are listed with what was decided of them.
const MOST_ISSUES: usize = 10;

/// So many reasons are given why decisions were not applied.
const MOST_REASONS: usize = 5;

/// The files of `--corrections`, as one.
pub(crate) fn read(options: &Options) -> upr::Result<Corrections> {
    options
        .corrections
        .iter()
        .try_fold(Corrections::default(), |all, path| Ok(all.and(Corrections::load(path)?)))
}

/// How many decisions are part of the counts, and of how many people; nothing where no corrections were given.
pub(crate) fn sentence(coded: &CodedList) -> Option<String> {
    let given = coded.decisions().rows.len() as u64;
    let Reviewed { decisions, confirmed, added, removed, coders, .. } = coded.reviewed();
    let names: Vec<&str> = coders.iter().map(|coder| &**coder).collect();
    let by = if names.is_empty() { String::new() } else { format!(" by {}", names.join(", ")) };
    (given > 0).then(|| {
        format!(
            "Corrections: {decisions} of {given} decisions{by} are part of these counts ({confirmed} confirmed, {added} added, \
             {removed} removed)"
        )
    })
}

/// How many decisions were not applied, by reason, the most frequent first, each with one of them.
fn not_applied(coded: &CodedList) -> Vec<String> {
    let mut reasons: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let decisions = coded.decisions();
    for row in decisions.iter().filter(|row| row.text("applied_to") == Some("")) {
        let [outcome, id, issue] =
            ["outcome", "id", "issue"].map(|column| row.text(column).unwrap_or_default());
        // what follows names one file and line
        let reason = ["contradicts", "replaced by", "the same as"]
            .into_iter()
            .find(|begin| outcome.starts_with(begin));
        let reason = reason.map_or(outcome, |begin| match begin {
            "contradicts" => "coders contradict each other",
            "replaced by" => "replaced by another decision of the same coder",
            _ => "decided twice",
        });
        let (number, _) = reasons.entry(reason).or_insert_with(|| (0, format!("{id}, {issue}")));
        *number += 1;
    }
    let decided_of = |first: &str| first.trim_end_matches([',', ' ']).to_string();
    let mut reasons: Vec<_> =
        reasons.into_iter().map(|(reason, (number, first))| (reason, (number, decided_of(&first)))).collect();
    reasons.sort_by_key(|(_, (number, _))| std::cmp::Reverse(*number));
    let said = reasons.iter().map(|(reason, (number, first))| {
        format!(
            "{number}: {reason}{}",
            if first.is_empty() { String::new() } else { format!(" (such as {first})") }
        )
    });
    said.collect()
}

/// Spreadsheets may write dates in another way, and then nobody knows which decision is later.
fn undated(coded: &CodedList) -> Option<String> {
    let decisions = coded.decisions();
    let dates = decisions.iter().filter_map(|row| row.text("date"));
    let unclear: Vec<&str> = dates.filter(|date| !date.is_empty() && !is_day(date)).collect();
    let (number, first) = (unclear.len(), unclear.first()?);
    Some(format!(
        "Dates not written as 2026-11-30: {number}, such as {first}. They count as no date: of one coder's decisions in a file a dated one \
         is taken as later."
    ))
}

fn is_day(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let digits =
        |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// For the notices of a single table.
pub(crate) fn notices(coded: &CodedList) -> Vec<String> {
    sentence(coded).into_iter().chain(left_out(coded)).collect()
}

/// Which decisions are no part of the counts, and which dates are none.
pub(crate) fn left_out(coded: &CodedList) -> Vec<String> {
    let said = not_applied(coded).into_iter().map(|reason| format!("decisions not applied, {reason}"));
    undated(coded).into_iter().chain(said).collect()
}

impl Screen<'_> {
    /// What the corrections changed, and which were not applied.
    pub(crate) fn corrections(&mut self, coded: &CodedList) {
        let Some(sentence) = sentence(coded) else { return };
        self.heading("Corrections", "");
        self.wrapped(&format!("{}.", &sentence["Corrections: ".len()..]), "");
        let table = evaluate::reviewed(coded);
        for row in table.iter().take(MOST_ISSUES) {
            let count = |column| row.count(column).unwrap_or_default();
            let (dimension, category) =
                (row.text("dimension").unwrap_or_default(), row.text("category").unwrap_or_default());
            let name =
                if dimension == "issue" { category.to_string() } else { format!("{dimension}={category}") };
            self.line(format!(
                "{:>7} to {:<5} {name}: {} confirmed, {} added, {} removed",
                count("machine"),
                count("corrected"),
                count("confirmed"),
                count("added"),
                count("removed")
            ));
        }
        if let more @ 1.. = table.rows.len().saturating_sub(MOST_ISSUES) {
            self.line(format!("... and {more} more"));
        }
        if let Some(undated) = undated(coded) {
            self.wrapped(&undated, "");
        }
        let reasons = not_applied(coded);
        if reasons.is_empty() {
            return;
        }
        self.line("Not applied:");
        for reason in reasons.iter().take(MOST_REASONS) {
            self.wrapped(reason, "  ");
        }
        if let more @ 1.. = reasons.len().saturating_sub(MOST_REASONS) {
            self.line(format!("  ... and {more} more reasons"));
        }
        self.line("--out DIR writes every decision with its outcome into decisions.csv");
    }
}
