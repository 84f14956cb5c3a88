//! One recommendation of a list, by what a person types for it.

use crate::coded::{CodedList, CodedRecommendation};
use crate::error::{Error, Result, listed, quoted};
use crate::text::edits::edits;
use std::cmp::Reverse;

/// At most this many ids are named in a message: of those that may be meant, and of those that are merely near. A line of
/// a terminal holds about five.
const MAX_NAMED: usize = 5;
const MAX_NEAR: usize = 3;

impl CodedList {
    /// The recommendation that is meant by `id`: its id, its number in the document (`26.161`), the end of the id from a
    /// hyphen on (`36-26.161`), its beginning, or another part of it. The first of these that fits any recommendation
    /// counts, and must fit one alone. Capitals don't matter.
    ///
    /// # Errors
    ///
    /// What is no part of any id; the message names the nearest ids. What several have in common; it names the first.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Tagger};
    ///
    /// let list = upr::read::Reader::new().state_under_review("USA").session("36").path("fixtures/usa-2020.csv")?;
    /// let coded = Tagger::core().tag(list);
    /// for id in ["USA-36-26.161", "26.161", "usa-36-26.161", "6.161"] {
    ///     assert_eq!(coded.find(id)?.recommendation.id, "USA-36-26.161");
    /// }
    /// assert_eq!(
    ///     coded.find("26.1611").unwrap_err().to_string(),
    ///     "id: found no recommendation \"26.1611\", expected an id or a number of the list, such as \"USA-36-26.161\", \
    ///      \"USA-36-26.111\" and \"USA-36-26.16\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn find(&self, id: &str) -> Result<&CodedRecommendation> {
        let wanted = id.trim().to_lowercase();
        let ids: Vec<String> =
            self.recommendations.iter().map(|coded| coded.recommendation.id.to_lowercase()).collect();
        let number = |coded: &CodedRecommendation| {
            let paragraph = coded.recommendation.paragraph.as_deref().unwrap_or_default();
            paragraph.trim().trim_end_matches('.').to_lowercase()
        };
        let by_id = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
            ids.iter().enumerate().filter(|(_, id)| is(id)).map(|(at, _)| at).collect()
        };
        let by_number: Vec<usize> = (0..ids.len())
            .filter(|&at| number(&self.recommendations[at]) == wanted.trim_end_matches('.'))
            .collect();
        let found = [
            by_id(&|id| id == wanted),
            by_number,
            by_id(&|id| id.strip_suffix(&wanted).is_some_and(|begin| begin.ends_with('-'))),
            by_id(&|id| id.starts_with(&wanted)),
            by_id(&|id| id.contains(&wanted)),
        ];
        let meant = found.into_iter().find(|found| !found.is_empty() && !wanted.is_empty());
        let named = |places: &[usize]| {
            listed(places.iter().take(MAX_NAMED).map(|&at| &self.recommendations[at].recommendation.id))
        };
        match meant.as_deref() {
            Some([one]) => Ok(&self.recommendations[*one]),
            Some(several) => {
                let found = format!("{} recommendations of which {} is a part", several.len(), quoted(id));
                let expected = format!("one of them, such as {}", named(several));
                Err(Error::argument("id", found, expected))
            }
            None => {
                let common =
                    |one: &str| one.chars().zip(wanted.chars()).take_while(|(one, two)| one == two).count();
                let distance = |name: &str| (edits(name, &wanted), Reverse(common(name)));
                let nearest =
                    |&at: &usize| distance(&ids[at]).min(distance(&number(&self.recommendations[at])));
                let mut near: Vec<usize> = (0..ids.len()).collect();
                near.sort_by_cached_key(nearest);
                near.truncate(MAX_NEAR);
                let found = format!("no recommendation {}", quoted(id));
                let expected = match near.is_empty() {
                    true => "an id of the list, which has no recommendations".to_string(),
                    false => format!("an id or a number of the list, such as {}", named(&near)),
                };
                Err(Error::argument("id", found, expected))
            }
        }
    }
}
