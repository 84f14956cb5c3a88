//! Makes groups around representatives: every member reaches the threshold with the representative of its group, so
//! that no chain of small steps leads from one ask to another.
//!
//! The wording with the most recommendations near it becomes a representative, then the next among those that are left,
//! until none is left; then each goes to the representative that it is most alike to (star clustering, Aslam, Pelekhov
//! and Rus 2004, with weights). Ties are decided by what the wordings are, never by where they are in a list.

use super::candidates::Neighbours;
use super::score::WHOLE;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Wordings with one profile.
pub(super) struct Node {
    /// How many recommendations have one of them.
    pub(super) size: u32,
    /// The wording that may represent them: how many recommendations have it, its length, its place.
    pub(super) rank: (u32, Reverse<u32>, Reverse<u32>),
}

/// For each node the representative of its group, and the score with it.
pub(super) fn stars(nodes: &[Node], neighbours: &[Neighbours]) -> Vec<(u32, u32)> {
    let count = nodes.len();
    let mut free = vec![true; count];
    let mut support: Vec<u64> = (0..count)
        .map(|at| {
            let near = neighbours[at].iter().map(|&(other, score)| weight(nodes[other as usize].size, score));
            weight(nodes[at].size, WHOLE) + near.sum::<u64>()
        })
        .collect();
    let entry = |known: u64, at: usize| (known, nodes[at].rank, at as u32);
    let mut heap: BinaryHeap<_> = (0..count).map(|at| entry(support[at], at)).collect();
    let mut is_representative = vec![false; count];
    while let Some((known, _, at)) = heap.pop() {
        let center = at as usize;
        if !free[center] {
            continue;
        }
        if known != support[center] {
            heap.push(entry(support[center], center));
            continue;
        }
        is_representative[center] = true;
        let mut taken = vec![at];
        taken
            .extend(neighbours[center].iter().map(|&(other, _)| other).filter(|&other| free[other as usize]));
        for &one in &taken {
            free[one as usize] = false;
        }
        for &one in &taken {
            for &(other, score) in &neighbours[one as usize] {
                if free[other as usize] {
                    support[other as usize] -= weight(nodes[one as usize].size, score);
                }
            }
        }
    }
    (0..count)
        .map(|at| {
            if is_representative[at] {
                return (at as u32, WHOLE);
            }
            let representatives =
                neighbours[at].iter().filter(|(other, _)| is_representative[*other as usize]);
            let best = representatives.max_by_key(|&&(other, score)| {
                let (size, _, place) = nodes[other as usize].rank;
                (score, size, place)
            });
            best.copied().unwrap_or((at as u32, WHOLE))
        })
        .collect()
}

/// What a neighbour adds: the fourth power, since a representative is to be near to many, not in reach of more.
fn weight(size: u32, score: u32) -> u64 {
    // whole hundredths, so that 25,000 neighbours of 25,000 recommendations each still fit
    u64::from(size) * u64::from(score / (WHOLE / 100)).pow(4)
}
