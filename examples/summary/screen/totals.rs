//! The first block of what `summary` prints: what was read, and what became of it.

use super::{Screen, percent};
use crate::cross::label;
use crate::reading;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use upr::{CodedList, Dimension, Tally, Unit};

impl Screen<'_> {
    pub(super) fn totals(&mut self) {
        self.source();
        let account = self.coded.account();
        self.line("");
        let (text, coded) = (&mut self.page.text, self.coded);
        let mut line = |count: u64, one: &str, many: &str| {
            if count > 0 || many == "recommendations" {
                writeln!(text, "{count:>7}  {}", if count == 1 { one } else { many })
                    .expect("a text takes all");
            }
        };
        line(account.recommendations, "recommendation", "recommendations");
        line(account.recommendation_x_state, "recommendation–State pair", "recommendation–State pairs");
        let (numbered, of_numbers) = numbers(coded);
        let numbers = of_numbers.len() as u64;
        if numbers < numbered {
            line(numbers, "numbered paragraph", "numbered paragraphs (some contain several recommendations)");
        }
        line(
            account.merged,
            "row merged into a joint recommendation",
            "rows merged into joint recommendations",
        );
        line(
            account.repeated,
            "row that repeats a recommendation with the same States",
            "rows that repeat a recommendation with the same States",
        );
        line(account.pledges, "voluntary pledge, not counted below", "voluntary pledges, not counted below");
        line(
            account.replies,
            "reply in an addendum, given to its recommendation",
            "replies in addenda, given to their recommendations",
        );
        line(
            coded.replies.len() as u64,
            "of them to a recommendation that is in none of the files",
            "of them to recommendations that are in none of the files",
        );
        line(
            account.set_aside,
            "record of another mechanism, left aside",
            "records of other mechanisms, left aside",
        );
        line(account.rejects, "rejected row", "rejected rows");
        line(account.replaced, "invalid character, replaced", "invalid characters, replaced");
        let [tagged, untagged, not_coded] = tagged(coded);
        let share = percent(tagged, account.recommendations);
        line(
            tagged,
            &format!("recommendation with an issue ({share})"),
            &format!("recommendations with an issue ({share})"),
        );
        line(untagged, "untagged", "untagged");
        line(not_coded, "not coded, in another language", "not coded, in other languages");
        self.line("");
        self.positions();
        let unused = reading::unused_columns(self.coded).into_iter();
        let unread = reading::unread_sheets(self.coded);
        for left in unused
            .chain(unread)
            .chain(reading::merged_in_the_dark(self.coded))
            .chain(reading::without_addendum(self.coded))
        {
            self.wrapped(&left, "");
        }
    }
}

/// How many recommendations have an issue, how many have none, and how many are in a language that is not coded.
pub(crate) fn tagged(coded: &CodedList) -> [u64; 3] {
    let untagged = coded.untagged().count() as u64;
    let not_coded = coded.recommendations.iter().filter(|made| made.coding.not_coded.is_some());
    let not_coded = not_coded.count() as u64;
    [coded.recommendations.len() as u64 - untagged - not_coded, untagged, not_coded]
}

/// The number of a recommendation with all that tells it from those of other reviews and documents.
type Number<'l> = (Option<&'l str>, Option<&'l str>, Option<String>, Option<&'l str>, &'l str);

/// How many recommendations have a number in their document, and the positions under each such number: up to nineteen
/// recommendations are under one.
fn numbers(coded: &CodedList) -> (u64, BTreeMap<Number<'_>, BTreeSet<&str>>) {
    let made = coded.recommendations.iter().map(|coded| &coded.recommendation);
    let numbers = made.filter_map(|made| {
        let number = made.paragraph.as_deref()?;
        let reviewed = made.state_under_review.as_ref().map(|state| state.name());
        // files that don't say whose review they are of are reviews of their own
        let file = made.sources.first().filter(|_| reviewed.is_none()).map(|source| &*source.file);
        let session = made.session.as_ref().map(|session| session.to_string());
        let position = made.position.as_ref().map_or("not given", |given| match given.position {
            Some(position) => position.as_str(),
            None => &given.given,
        });
        Some(((reviewed, file, session, made.document.as_deref(), number), position))
    });
    let (mut numbered, mut apart) = (0, BTreeMap::new());
    for (number, position) in numbers {
        numbered += 1;
        apart.entry(number).or_insert_with(BTreeSet::new).insert(position);
    }
    (numbered, apart)
}

impl Screen<'_> {
    /// The positions of the recommendations, and of the numbered paragraphs where these are fewer.
    pub(crate) fn positions(&mut self) {
        let coded = self.coded;
        let positions = Tally::of(coded, &[Dimension::Position]);
        let positions: Vec<String> = positions
            .largest_first(Unit::Recommendations)
            .into_iter()
            .map(|(cell, count)| format!("{} {}", count.recommendations, self.position(&cell[0])))
            .collect();
        if !positions.is_empty() {
            self.wrapped(&format!("Positions (recommendations): {}", positions.join(", ")), "");
        }
        let (numbered, numbers) = numbers(coded);
        if (numbers.len() as u64) < numbered {
            let of_paragraphs = self.of_paragraphs(&numbers);
            self.wrapped(&format!("Positions (numbered paragraphs): {of_paragraphs}"), "");
        }
    }

    /// How many numbered paragraphs there are, where some contain several recommendations.
    pub(crate) fn numbered(&self) -> Option<u64> {
        let (numbered, numbers) = numbers(self.coded);
        let numbers = numbers.len() as u64;
        (numbers < numbered).then_some(numbers)
    }

    /// How many numbered paragraphs have each position, as the UN counts; one whose recommendations got different answers has
    /// several.
    fn of_paragraphs(&self, numbers: &BTreeMap<Number<'_>, BTreeSet<&str>>) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for positions in numbers.values() {
            let position = match positions.first() {
                Some(only) if positions.len() == 1 => self.position(only),
                _ => "several positions".to_string(),
            };
            *counts.entry(position).or_default() += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.iter().map(|(position, count)| format!("{count} {position}")).collect::<Vec<_>>().join(", ")
    }

    /// A position as people read it.
    fn position(&self, position: &str) -> String {
        label(self.tagger, Dimension::Position, position)
    }
}
