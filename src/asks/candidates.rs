//! Finds all pairs of wordings that reach a threshold, without comparing each with each.
//!
//! Two texts that reach the threshold `t` share weight of at least `t / (2 - t)` of the weight of either. So if the
//! rarest features of one, down to where only less than that is left, are none of the other's, the pair cannot reach
//! it. An index of these rarest features gives every candidate, and no pair is missed (Chaudhuri, Ganti and Kaushik
//! 2006 call it prefix filtering).

use super::features::Profile;
use super::score::{WHOLE, score};
use crate::text::hash::Map;
use rayon::prelude::*;

/// A pair's other half, and the score.
pub(crate) type Neighbours = Vec<(u32, u32)>;

/// Profiles by their rarest features.
pub(crate) struct Index<'p> {
    profiles: Vec<&'p Profile>,
    threshold: u32,
    by_feature: Map<u64, Vec<u32>>,
}

impl<'p> Index<'p> {
    pub(crate) fn of(profiles: impl Iterator<Item = &'p Profile>, threshold: u32) -> Index<'p> {
        let profiles: Vec<&Profile> = profiles.collect();
        let mut by_feature: Map<u64, Vec<u32>> = Map::default();
        for (at, profile) in profiles.iter().enumerate() {
            for feature in &profile.features[..prefix(profile, threshold)] {
                by_feature.entry(feature.key).or_default().push(at as u32);
            }
        }
        Index { profiles, threshold, by_feature }
    }

    /// The profiles from the place `from` on that `profile` reaches the threshold with, in their order. `seen` has a number for
    /// each of them, and `mark` is a new number each time.
    pub(crate) fn near(&self, profile: &Profile, from: u32, seen: &mut [u32], mark: u32) -> Neighbours {
        let mut found = Neighbours::new();
        for feature in &profile.features[..prefix(profile, self.threshold)] {
            let others = self.by_feature.get(&feature.key).map_or(&[][..], Vec::as_slice);
            for &other in &others[others.partition_point(|&other| other < from)..] {
                if std::mem::replace(&mut seen[other as usize], mark) == mark {
                    continue;
                }
                let second = self.profiles[other as usize];
                let (less, more) = (profile.total.min(second.total), profile.total.max(second.total));
                // all of the lighter one shared would not do
                if u64::from(less) * 2 * u64::from(WHOLE) < u64::from(self.threshold) * u64::from(less + more)
                {
                    continue;
                }
                let score = score(profile, second);
                if score >= self.threshold {
                    found.push((other, score));
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// How many pairs come into question, those of several features counted for each.
    fn pairs(&self) -> usize {
        self.by_feature.values().map(|others| others.len() * (others.len() - 1) / 2).sum()
    }

    /// What [`near`](Index::near) notes whom it has seen in.
    pub(crate) fn unseen(&self) -> Vec<u32> {
        vec![u32::MAX; self.profiles.len()]
    }
}

/// The most pairs that are looked at, or a twentieth of all where that is more. UPR Info's export, all 25,609 recommendations
/// together, has 7,709,491, a fortieth of all; rows of the same words but one in a list of a megabyte have nearly all, a hundred
/// million, and took 20 seconds and gigabytes.
const MAX_PAIRS: usize = 30_000_000;

/// For each profile the others that it reaches `threshold` with, in the order of the profiles. Where too many come into
/// question, the threshold is raised by steps of a tenth until they are few enough; from 1 on none are left.
pub(crate) fn neighbours(profiles: &[&Profile], threshold: u32) -> Vec<Neighbours> {
    of_pairs(profiles, threshold, MAX_PAIRS.max(profiles.len() * profiles.len() / 2 / 20))
}

fn of_pairs(profiles: &[&Profile], mut threshold: u32, most: usize) -> Vec<Neighbours> {
    while threshold < WHOLE {
        let index = Index::of(profiles.iter().copied(), threshold);
        if index.pairs() <= most {
            return within(profiles, &index);
        }
        threshold += WHOLE / 10;
    }
    vec![Neighbours::new(); profiles.len()]
}

fn within(profiles: &[&Profile], index: &Index<'_>) -> Vec<Neighbours> {
    let near = |seen: &mut Vec<u32>, (at, profile): (usize, &&Profile)| {
        index.near(profile, at as u32 + 1, seen, at as u32)
    };
    let later: Vec<Neighbours> = profiles.par_iter().enumerate().map_init(|| index.unseen(), near).collect();
    let mut all: Vec<Neighbours> = vec![Vec::new(); profiles.len()];
    for (at, found) in later.iter().enumerate() {
        for &(other, score) in found {
            all[other as usize].push((at as u32, score));
        }
    }
    for (all, later) in all.iter_mut().zip(later) {
        all.extend(later);
    }
    all
}

/// How many of the rarest features must be looked up.
fn prefix(profile: &Profile, threshold: u32) -> usize {
    let needed = u64::from(profile.total) * u64::from(threshold) / u64::from(2 * WHOLE - threshold);
    let mut left = u64::from(profile.total);
    for (at, feature) in profile.features.iter().enumerate() {
        if left < needed {
            return at;
        }
        left -= u64::from(feature.weight);
    }
    profile.features.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asks::wordings::Wordings;
    use crate::coded::{CodedRecommendation, Coding};

    /// Whatever the threshold, the index finds the pairs that comparing each with each finds.
    #[test]
    fn no_pair_is_missed() {
        let list = crate::read::Reader::new()
            .bytes("digest", include_bytes!("../../fixtures/usa-2020.csv"))
            .expect("the bundled digest");
        let uncoded = |recommendation| CodedRecommendation::new(recommendation, Coding::default());
        let coded: Vec<CodedRecommendation> = list.recommendations.into_iter().map(uncoded).collect();
        let wordings = Wordings::of(coded.iter().collect());
        let profiles: Vec<&Profile> = wordings.profiles.iter().collect();
        for threshold in [3_000, 6_000, 9_000] {
            let plain: Vec<Neighbours> = (0..profiles.len())
                .map(|one| {
                    (0..profiles.len())
                        .filter(|&two| two != one)
                        .map(|two| (two as u32, score(profiles[one], profiles[two])))
                        .filter(|(_, score)| *score >= threshold)
                        .collect()
                })
                .collect();
            assert!(plain.iter().any(|found| !found.is_empty()), "{threshold}");
            assert_eq!(neighbours(&profiles, threshold), plain, "{threshold}");
            let index = Index::of(profiles.iter().copied(), threshold);
            let mut seen = index.unseen();
            for (at, profile) in profiles.iter().enumerate() {
                let mut near = index.near(profile, 0, &mut seen, at as u32);
                near.retain(|(other, _)| *other as usize != at);
                assert_eq!(near, plain[at], "{threshold}");
            }
            if threshold == 9_000 {
                // where pairs are too many, those that are most alike are left, and then none
                let pairs = [3_000, 7_000, 8_000, 9_000]
                    .map(|threshold| Index::of(profiles.iter().copied(), threshold).pairs());
                assert!(pairs.is_sorted_by(|more, fewer| more > fewer), "{pairs:?}");
                assert_eq!(of_pairs(&profiles, 7_000, pairs[3]), plain);
                assert!(of_pairs(&profiles, 7_000, pairs[3] - 1).iter().all(Vec::is_empty));
            }
        }
    }
}
