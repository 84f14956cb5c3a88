//! What changed from one version of a list to a later one: a draft report and the final one, a list before and after its
//! addendum, an export of last year and today's.
//!
//! [`changes`] pairs the recommendations of each review and lists what differs. Where to go next: `links.rs` compares two cycles,
//! in which other recommendations were made.

use crate::list::RecommendationList;
use crate::recommendation::Recommendation;
use crate::recommendation::id::plain_number;
use crate::table::{Cell, Table};
use crate::text::key;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

const HEADER: [&str; 8] =
    ["change", "state_under_review", "session", "earlier_id", "later_id", "earlier", "later", "text"];

/// Of the words of two texts under one number, so many hundredths are shared where they are one recommendation that was
/// edited. Of the numbers of China's and Egypt's matrices, two neighbours share a third at the median.
const MIN_SHARED: usize = 50;

/// The same for texts whose number changed as well.
const MIN_SHARED_ELSEWHERE: usize = 65;

/// The most pairs of texts of one review that are compared word by word; of 350 recommendations that all changed there would be
/// 122,500.
const MAX_PAIRS: usize = 4_000_000;

/// What changed between two versions of a list, a row for each change.
///
/// `change` is one of
///
/// - `text`: `earlier` and `later` are its words. Capitals, punctuation and blanks do not count;
/// - `states`: the recommending States, joined by semicolons;
/// - `number`: the paragraph;
/// - `position`: the position, or its words where they are not known; empty where there is none;
/// - `added`: a recommendation that the earlier list does not have, `later` is its text;
/// - `removed`: one that the later list does not have, `earlier` is its text.
///
/// `text` is the text in the later list, or of a removed one in the earlier list. A recommendation with several changes has
/// several rows; they are in the order of the later list, the removed ones last. Unit: changes.
///
/// Recommendations of the same State under review and session are paired if both lists name these: by the same words, then by
/// the same number with at least half of the words in common, then by two thirds of the words. The share is Dice's
/// coefficient of the words, counted as often as they occur (Dice 1945).
///
/// # Example
///
/// ```
/// use upr::{compare::changes, read::Reader};
///
/// let reader = Reader::new().state_under_review("Kenya").session(49);
/// let draft = "number,text,from,position\n6.1,Abolish torture,Chad; Togo,pending\n6.2,Ratify CED,Mali,pending\n";
/// let report = "number,text,from,position\n142.1,Abolish torture,Chad,supported\n142.2,Ratify CED,Mali,pending\n";
/// let draft = reader.bytes("draft.csv", draft.as_bytes())?;
/// let report = reader.bytes("report.csv", report.as_bytes())?;
/// let changes = changes(&draft, &report);
/// let rows: Vec<_> = changes.iter().map(|row| ["change", "earlier", "later"].map(|name| row.text(name).unwrap())).collect();
/// assert_eq!(rows, [
///     ["states", "Chad; Togo", "Chad"],
///     ["number", "6.1", "142.1"],
///     ["position", "pending", "supported"],
///     ["number", "6.2", "142.2"],
/// ]);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn changes(earlier: &RecommendationList, later: &RecommendationList) -> Table {
    let before: Vec<Version<'_>> = earlier.recommendations.iter().map(Version::of).collect();
    let after: Vec<Version<'_>> = later.recommendations.iter().map(Version::of).collect();
    let pairs = Pairing::of(&before, &after);
    let mut table = Table::new(HEADER);
    for (at, version) in after.iter().enumerate() {
        let later = version.made;
        match pairs.earlier_of[at] {
            Some(pair) => table.rows.extend(version.changes_since(&before[pair])),
            None => table.rows.push(row("added", later, ["", &later.id], ["", &later.text])),
        }
    }
    for (version, _) in before.iter().zip(&pairs.paired).filter(|(_, paired)| !**paired) {
        let made = version.made;
        table.rows.push(row("removed", made, [&made.id, ""], [&made.text, ""]));
    }
    table
}

fn row(change: &str, of: &Recommendation, ids: [&str; 2], contents: [&str; 2]) -> Vec<Cell> {
    let state = of.state_under_review.as_ref().map_or("", |state| state.name());
    let session = of.session.as_ref().map_or(String::new(), ToString::to_string);
    let cells = [change, state, &session, ids[0], ids[1], contents[0], contents[1], &of.text];
    cells.map(Cell::from).to_vec()
}

/// A recommendation of one of the two lists.
struct Version<'r> {
    made: &'r Recommendation,
    /// Its words and numbers in small letters.
    words: String,
    number: Option<String>,
    /// The last part of the number: the paragraph that holds the list has another number in the final report.
    item: Option<String>,
    /// The names of the recommending States in order.
    states: String,
}

impl<'r> Version<'r> {
    fn of(made: &'r Recommendation) -> Version<'r> {
        let number = made.paragraph.as_deref().map(plain_number);
        let item = number.as_ref().and_then(|number| number.rsplit('.').next()).map(str::to_string);
        let states: BTreeSet<&str> = made.recommending_states.iter().map(|state| state.name()).collect();
        let states = states.into_iter().collect::<Vec<_>>().join("; ");
        Version { made, words: key::joined(&made.text, ' '), number, item, states }
    }

    fn position(&self) -> &'r str {
        self.made.position.as_ref().map_or("", |given| given.as_read())
    }

    /// How many hundredths of the words are shared.
    fn shared(&self, other: &Version<'_>) -> usize {
        let mut counts: HashMap<&str, isize> = HashMap::new();
        let mut words = 0;
        for word in self.words.split(' ') {
            words += 1;
            *counts.entry(word).or_default() += 1;
        }
        let mut shared = 0;
        for word in other.words.split(' ') {
            words += 1;
            if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
                *left -= 1;
                shared += 1;
            }
        }
        200 * shared / words.max(1)
    }

    fn changes_since(&self, earlier: &Version<'_>) -> Vec<Vec<Cell>> {
        let number = |version: &'_ Version<'_>| version.number.clone().unwrap_or_default();
        let numbers = [number(earlier), number(self)];
        let changes = [
            ("text", earlier.words != self.words, [&*earlier.made.text, &*self.made.text]),
            ("states", earlier.states != self.states, [&*earlier.states, &*self.states]),
            ("number", numbers[0] != numbers[1], [&*numbers[0], &*numbers[1]]),
            ("position", earlier.position() != self.position(), [earlier.position(), self.position()]),
        ];
        let ids = [&*earlier.made.id, &*self.made.id];
        let changed = changes.into_iter().filter(|(_, changed, _)| *changed);
        changed.map(|(change, _, contents)| row(change, self.made, ids, contents)).collect()
    }
}

/// Which recommendation of the earlier list each of the later one was.
struct Pairing {
    earlier_of: Vec<Option<usize>>,
    paired: Vec<bool>,
}

impl Pairing {
    fn of(before: &[Version<'_>], after: &[Version<'_>]) -> Pairing {
        let mut pairing = Pairing { earlier_of: vec![None; after.len()], paired: vec![false; before.len()] };
        let both = || before.iter().chain(after).map(|version| version.made);
        let by_state = both().all(|made| made.state_under_review.is_some());
        let by_session = both().all(|made| made.session.is_some());
        let review = |version: &Version<'_>| {
            let state = version.made.state_under_review.as_ref().filter(|_| by_state);
            let session = version.made.session.as_ref().filter(|_| by_session);
            (state.map(|state| state.name().to_string()), session.map(ToString::to_string))
        };
        let mut reviews: BTreeMap<_, [Vec<usize>; 2]> = BTreeMap::new();
        for (list, versions) in [before, after].into_iter().enumerate() {
            for (at, version) in versions.iter().enumerate() {
                reviews.entry(review(version)).or_default()[list].push(at);
            }
        }
        for [earlier, later] in reviews.into_values() {
            for same in Same::ALL {
                pairing.same(before, after, pairing.left(&earlier, &later), same);
            }
            pairing.alike(before, after, pairing.left(&earlier, &later));
        }
        pairing
    }

    /// The places that have no pair yet.
    fn left(&self, earlier: &[usize], later: &[usize]) -> [Vec<usize>; 2] {
        [
            earlier.iter().copied().filter(|at| !self.paired[*at]).collect(),
            later.iter().copied().filter(|at| self.earlier_of[*at].is_none()).collect(),
        ]
    }

    fn pair(&mut self, earlier: usize, later: usize) {
        (self.earlier_of[later], self.paired[earlier]) = (Some(earlier), true);
    }

    /// Pairs those that have the same key, in the order of the lists.
    fn same<'v>(
        &mut self,
        before: &'v [Version<'_>],
        after: &'v [Version<'_>],
        [earlier, later]: [Vec<usize>; 2],
        same: Same,
    ) {
        let mut known: HashMap<Key<'v>, VecDeque<usize>> = HashMap::new();
        for at in earlier {
            known.entry(same.key(&before[at])).or_default().push_back(at);
        }
        for at in later {
            if let Some(pair) = known.get_mut(&same.key(&after[at])).and_then(VecDeque::pop_front) {
                self.pair(pair, at);
            }
        }
    }

    /// Pairs those that share the most words first; of equal ones the first of the lists.
    fn alike(&mut self, before: &[Version<'_>], after: &[Version<'_>], [earlier, later]: [Vec<usize>; 2]) {
        if earlier.len().saturating_mul(later.len()) > MAX_PAIRS {
            return;
        }
        let mut alike = Vec::new();
        for &at in &later {
            for &pair in &earlier {
                let same_number = after[at].item == before[pair].item && after[at].item.is_some();
                let shared = before[pair].shared(&after[at]);
                if shared >= if same_number { MIN_SHARED } else { MIN_SHARED_ELSEWHERE } {
                    alike.push((Reverse((same_number, shared)), at, pair));
                }
            }
        }
        alike.sort_unstable();
        for (_, at, pair) in alike {
            if !self.paired[pair] && self.earlier_of[at].is_none() {
                self.pair(pair, at);
            }
        }
    }
}

/// What two versions have in common: words, number or its last part, States.
type Key<'v> = (&'v str, Option<&'v str>, &'v str);

/// What says the same is paired at once, however many there are; the surest first.
#[derive(Clone, Copy)]
enum Same {
    NumberAndStates,
    ItemAndStates,
    States,
    Words,
}

impl Same {
    const ALL: [Same; 4] = [Same::NumberAndStates, Same::ItemAndStates, Same::States, Same::Words];

    fn key<'v>(self, version: &'v Version<'_>) -> Key<'v> {
        match self {
            Same::NumberAndStates => (&version.words, version.number.as_deref(), &version.states),
            Same::ItemAndStates => (&version.words, version.item.as_deref(), &version.states),
            Same::States => (&version.words, None, &version.states),
            Same::Words => (&version.words, None, ""),
        }
    }
}
