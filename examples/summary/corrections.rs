//! What people decided of the tags: `--corrections`, and what of it could not be applied.

use crate::options::Options;
use crate::screen::Screen;
use crate::shared::output;
use crate::shared::{Refused, Result};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use upr::code::{Corrections, Reviewed};
use upr::{CodedList, evaluate};

/// So many issues are listed with what was decided of them.
const MOST_ISSUES: usize = 10;

/// So many reasons are given why decisions were not applied.
const MOST_REASONS: usize = 5;

/// A row of headers is not longer than this.
const MAX_HEADER_BYTES: u64 = 4096;

/// The files of `--corrections`, as one.
pub(crate) fn read(options: &Options) -> Result<Corrections> {
    if let Some(file) = options.files.iter().find(|file| is_of_corrections(file)) {
        let message = format!("{}: this is a file of corrections, not a list", file.display());
        return Err(Refused::boxed(
            message,
            "write the option before each file, as in --corrections ana.csv --corrections ben.csv",
        ));
    }
    let mut all = Corrections::default();
    for path in &options.corrections {
        let file = Corrections::load(path)?;
        if file.is_empty() {
            output::notify(&format!("summary: no decisions in {}", path.display()));
        }
        all = all.and(file);
    }
    Ok(all)
}

/// Whether a file has the columns of corrections and no text, which a list has.
fn is_of_corrections(path: &Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut header = Vec::new();
    if BufReader::new(file.take(MAX_HEADER_BYTES)).read_until(b'\n', &mut header).is_err() {
        return false;
    }
    let header = String::from_utf8_lossy(&header).to_lowercase();
    let columns: Vec<&str> = header
        .split([',', ';', '\t'])
        .map(|name| name.trim_matches(['\u{feff}', '"', ' ', '\r', '\n']))
        .collect();
    ["id", "issue", "decision"].iter().all(|name| columns.contains(name)) && !columns.contains(&"text")
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
        let reason = ["contradicts", "replaced by", "the same as", "the id may mean"]
            .into_iter()
            .find(|begin| outcome.starts_with(begin));
        let reason = reason.map_or(outcome, |begin| match begin {
            "contradicts" => "coders contradict each other",
            "replaced by" => "replaced by another decision of the same coder",
            "the id may mean" => "the id may mean several recommendations: write the whole id",
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
    let unclear = coded.unread_dates();
    let (number, first) = (unclear.len(), unclear.first()?);
    Some(format!(
        "Dates not written as 2026-11-30: {number}, such as {first}. They count as no date: of one coder's decisions a dated one is \
         taken as later."
    ))
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
