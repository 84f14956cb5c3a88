//! The numbers of a review within a table: `6.10` that a spreadsheet has made `6.1`, and gaps.
//!
//! Only numbers such as `6.10` are looked at: those of sessions 1 to 7 (`1.`, `2.`) begin anew within a report.

use crate::recommendation::Recommendation;
use crate::recommendation::id::review_key;
use crate::text::key::letters_and_digits;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The whole history of the UPR has 117,000 recommendations. A longer table is not looked at, to save memory.
const MAX_NUMBERS: usize = 200_000;

/// A list with at least nine in ten numbers is meant to be whole: of a chapter's extract more are missing, and of the
/// 35,600 numbers in 303 reports some 20 are wrong in the report itself.
const WHOLE: (usize, usize) = (9, 10);

/// Fewer numbers are too few to speak of nine in ten.
const MIN_NUMBERS: usize = 10;

/// No review has so many recommendations under one paragraph; a larger number is a slip.
const MAX_NUMBER: u32 = 2_000;

/// The most States that a session of the Working Group reviewed: 48 a year in three sessions in the first cycle, 42 later
/// (Human Rights Council, resolution 5/1 and decision 17/119). With a margin for reviews that were put off to another session.
pub(super) const MAX_REVIEWED: usize = 20;

/// How many numbers, and how many reviews, a message names.
const SHOWN: usize = 5;

/// The numbers below one paragraph of a review: the different texts of each, and the row before each further one.
#[derive(Default)]
struct Paragraph {
    texts: BTreeMap<u32, BTreeSet<u64>>,
    /// Numbers that come again directly behind the number that a cut zero would follow: `6.1` behind `6.9`.
    behind: BTreeSet<u32>,
    last: u32,
}

/// The numbers of all reviews of a table.
#[derive(Default)]
pub(super) struct Numbers {
    paragraphs: BTreeMap<(String, u32), Paragraph>,
    noted: usize,
    documents: HashMap<String, usize>,
}

impl Numbers {
    pub(super) fn note(&mut self, made: &Recommendation) {
        let Some((paragraph, number)) = made.paragraph.as_deref().and_then(parts) else { return };
        self.noted += 1;
        if self.noted > MAX_NUMBERS {
            self.paragraphs.clear();
            return;
        }
        let mut review = review_key(made);
        if let Some(document) = &made.document {
            let next = self.documents.len();
            review += &format!(" {}", self.documents.entry(document.clone()).or_insert(next));
        }
        let noted = self.paragraphs.entry((review, paragraph)).or_default();
        let mut text = DefaultHasher::new();
        letters_and_digits(&made.text).hash(&mut text);
        let texts = noted.texts.entry(number).or_default();
        if !texts.is_empty() && texts.insert(text.finish()) && noted.last == number * 10 - 1 {
            noted.behind.insert(number);
        }
        texts.insert(text.finish());
        noted.last = number;
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let several = self.paragraphs.keys().map(|(review, _)| review).collect::<BTreeSet<_>>().len() > 1;
        let mut found = Vec::new();
        for ((review, paragraph), noted) in &self.paragraphs {
            let review = review.split(' ').next().unwrap_or_default();
            let place = if several { format!("in the review {review}, ") } else { String::new() };
            found.extend(noted.warnings(*paragraph).into_iter().map(|warning| format!("{place}{warning}")));
        }
        found.extend(self.strays());
        if let more @ 1.. = found.len().saturating_sub(SHOWN) {
            found.truncate(SHOWN);
            found.push(format!("the numbers of {more} more reviews or paragraphs have gaps or come twice"));
        }
        found
    }

    /// Reviews of one or two numbers that would fit into another review of the session, under its paragraph: in these rows the
    /// two columns of States may be exchanged. Two States seldom have the same paragraph, and never one list of numbers.
    fn strays(&self) -> Vec<String> {
        const MAX_STRAYS: usize = 2;
        let place = |review: &str, paragraph: u32| {
            (review.rsplit('-').next().unwrap_or_default().to_string(), paragraph)
        };
        let mut large: HashMap<(String, u32), Vec<(&str, &Paragraph)>> = HashMap::new();
        for ((review, paragraph), noted) in
            self.paragraphs.iter().filter(|(_, noted)| noted.texts.len() >= MIN_NUMBERS)
        {
            large.entry(place(review, *paragraph)).or_default().push((review, noted));
        }
        // no session has more reviews; a table that says so is warned about elsewhere
        large.retain(|_, reviews| reviews.len() <= MAX_REVIEWED);
        let mut found = Vec::new();
        for ((review, paragraph), few) in
            self.paragraphs.iter().filter(|(_, few)| few.texts.len() <= MAX_STRAYS)
        {
            let fits = |(_, other): &&(&str, &Paragraph)| {
                let last = other.largest();
                few.texts.keys().all(|number| !other.texts.contains_key(number) && *number <= last + 1)
            };
            let others = large.get(&place(review, *paragraph));
            if let Some((other, _)) = others.and_then(|others| others.iter().find(fits)) {
                let numbers: Vec<u32> = few.texts.keys().copied().collect();
                found.push(format!(
                    "the numbers of the review {other} go on with {} of the review {review}: check who recommends and who is \
                     under review there",
                    shown(*paragraph, &numbers)
                ));
            }
        }
        found
    }
}

impl Paragraph {
    fn largest(&self) -> u32 {
        self.texts.last_key_value().map_or(0, |(number, _)| *number)
    }

    fn warnings(&self, paragraph: u32) -> Vec<String> {
        let last = self.largest();
        let mut cut = Vec::new();
        let mut lost = BTreeSet::new();
        for (&number, texts) in &self.texts {
            let is_missing = |whole: &u32| {
                !self.texts.contains_key(whole) && (*whole < last || self.behind.contains(&number))
            };
            // one text more for each number that lost a zero
            let whole = [number * 10, number * 100].into_iter().filter(is_missing).take(texts.len() - 1);
            let before = lost.len();
            lost.extend(whole);
            if lost.len() > before {
                cut.push(number);
            }
        }
        let mut warnings = Vec::new();
        let shown = |numbers: Vec<u32>| shown(paragraph, &numbers);
        if !cut.is_empty() {
            let (one, missing) = (cut.len() == 1, lost.iter().copied().collect::<Vec<_>>());
            let (number, comes) = if one { ("number", "comes") } else { ("the numbers", "come") };
            let (are, zero) = if missing.len() == 1 { ("is", "zero") } else { ("are", "zeros") };
            warnings.push(format!(
                "{number} {} {comes} twice with different texts and {} {are} missing: a spreadsheet may have cut the {zero}; \
                 format the column of numbers as text, and write the numbers again",
                shown(cut),
                shown(missing),
            ));
        }
        let missing: Vec<u32> = (1..last.min(MAX_NUMBER))
            .filter(|number| !self.texts.contains_key(number) && !lost.contains(number))
            .collect();
        let present = self.texts.len() + lost.len();
        let whole = present * WHOLE.1 >= (last as usize) * WHOLE.0;
        if !missing.is_empty() && whole && present >= MIN_NUMBERS && last <= MAX_NUMBER {
            let (number, are) = if missing.len() == 1 { ("number", "is") } else { ("the numbers", "are") };
            warnings.push(format!(
                "{number} {} {are} missing between {paragraph}.1 and {paragraph}.{last}: compare the list with its source",
                shown(missing),
            ));
        }
        warnings
    }
}

/// `6.10` as 6 and 10.
fn parts(number: &str) -> Option<(u32, u32)> {
    let (paragraph, number) = number.split_once('.')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = Some(number).filter(|number| !number.starts_with('0') && digits(number))?.parse().ok()?;
    Some((Some(paragraph).filter(|part| digits(part))?.parse().ok()?, number))
        .filter(|_| number <= MAX_NUMBER)
}

/// `6.1, 6.2 and 6.3`, as many as a person reads.
fn shown(paragraph: u32, numbers: &[u32]) -> String {
    let mut names: Vec<String> =
        numbers.iter().take(SHOWN).map(|number| format!("{paragraph}.{number}")).collect();
    if let more @ 1.. = numbers.len().saturating_sub(SHOWN) {
        return format!("{} and {more} more", names.join(", "));
    }
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The warnings of rows: a number and a text each.
    fn warnings(rows: impl IntoIterator<Item = (String, String)>) -> Vec<String> {
        let mut numbers = Numbers::default();
        for (number, text) in rows {
            let made = Recommendation { paragraph: Some(number), text, ..Recommendation::default() };
            numbers.note(&made);
        }
        numbers.warnings()
    }

    fn rows(numbers: &str) -> Vec<(String, String)> {
        let row = |(at, number): (usize, &str)| (number.to_string(), format!("text {at}"));
        numbers.split(' ').enumerate().map(row).collect()
    }

    #[test]
    fn numbers_that_lost_a_zero_and_gaps() {
        let advice = "format the column of numbers as text, and write the numbers again";
        let whole = "6.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9";
        for (numbers, expected) in [
            (format!("{whole} 6.10 6.11"), String::new()),
            (
                format!("{whole} 6.1 6.11"),
                format!(
                    "number 6.1 comes twice with different texts and 6.10 is missing: a spreadsheet may have cut the zero; {advice}"
                ),
            ),
            (
                format!("{whole} 6.1"),
                format!(
                    "number 6.1 comes twice with different texts and 6.10 is missing: a spreadsheet may have cut the zero; {advice}"
                ),
            ),
            // a number with two recommendations
            ("6.1 6.1 6.2 6.3".to_string(), String::new()),
            (
                format!("{whole} 6.10 6.12"),
                "number 6.11 is missing between 6.1 and 6.12: compare the list with its source".to_string(),
            ),
            // an extract
            ("6.1 6.5 6.9 6.40 6.41 6.42 6.43 6.44 6.45 6.46 6.47".to_string(), String::new()),
            ("1. 2. 3. 5. 6. 7. 8. 9. 10. 11. 12.".to_string(), String::new()),
        ] {
            assert_eq!(warnings(rows(&numbers)).join("|"), expected, "{numbers}");
        }
        let cut = |number: u32| format!("6.{number}").trim_end_matches('0').to_string();
        let all = (1..=130).map(|number| (cut(number), format!("text {number}")));
        assert_eq!(
            warnings(all).join("|"),
            format!(
                "the numbers 6.1, 6.2, 6.3, 6.4, 6.5 and 7 more come twice with different texts and 6.10, 6.20, 6.30, 6.40, \
                 6.50 and 8 more are missing: a spreadsheet may have cut the zeros; {advice}"
            )
        );
    }
}
