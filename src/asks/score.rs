//! How alike two wordings are: the formula on the page of [`asks`](super), in whole numbers, so that the same two texts
//! have the same score on every machine and in every order.

use super::features::Profile;

/// The score of two texts that say the same, in ten-thousandths.
pub(crate) const WHOLE: u32 = 10_000;

/// What is left of a score, in hundredths, where the leading verbs name different measures.
const OTHER_MEASURE: u32 = 60;

/// What is left where one names a measure and the other an aim, or nothing that the tables know.
const AIM_AND_MEASURE: u32 = 90;

/// What is left where not more than half of the treaties are the same.
const OTHER_TREATIES: u32 = 60;

/// The score of two texts, from 0 to [`WHOLE`].
pub(crate) fn score(one: &Profile, two: &Profile) -> u32 {
    if one.total + two.total == 0 {
        return 0;
    }
    let shared = u64::from(shared_weight(one, two));
    let alike = (2 * shared * u64::from(WHOLE) / u64::from(one.total + two.total)) as u32;
    let by_action = match (one.lead, two.lead) {
        (Some(first), Some(second)) if one.specific && two.specific && first != second => OTHER_MEASURE,
        _ if one.specific != two.specific => AIM_AND_MEASURE,
        _ => 100,
    };
    let by_treaties = if same_treaties(one, two) { 100 } else { OTHER_TREATIES };
    alike * by_action * by_treaties / 10_000
}

/// The weight that two texts share.
fn shared_weight(one: &Profile, two: &Profile) -> u32 {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(first), Some(second)) = (one.features.get(a), two.features.get(b)) {
        match first.key.cmp(&second.key) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                shared += first.weight.min(second.weight);
                a += 1;
                b += 1;
            }
        }
    }
    shared
}

/// Whether more than half of the treaties that the two name are named by both, or one of them names none.
fn same_treaties(one: &Profile, two: &Profile) -> bool {
    let treaties = |profile: &Profile| profile.features.iter().filter(|feature| feature.treaty).count();
    let (first, second) = (treaties(one), treaties(two));
    if first == 0 || second == 0 {
        return true;
    }
    let named = |feature: &&super::features::Feature| {
        feature.treaty && two.features.binary_search_by_key(&feature.key, |other| other.key).is_ok()
    };
    let both = one.features.iter().filter(named).count();
    2 * both > first + second - both
}
