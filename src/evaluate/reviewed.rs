//! What a set of corrections changed, by category.

use super::sample::categories;
use crate::coded::{Selection, Status};
use crate::dimension::Dimension;
use crate::table::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const HEADER: [&str; 8] =
    ["dimension", "category", "machine", "corrected", "confirmed", "added", "removed", "precision"];

/// What people decided, by category, and how the counts change. Unit: recommendations.
///
/// - `machine`: the recommendations that have the category by the machine; `corrected`: those that have it now.
/// - `confirmed`, `added`, `removed`: those of which people decided so.
/// - `precision`: the share of what people looked at and the machine gave that is right: confirmed, by confirmed and removed. Empty
///   where nothing was looked at. It is a figure for the whole list only if the tags that people looked at were drawn by chance.
///
/// Categories without a decision are not listed; most decisions first.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, code::Corrections, evaluate::reviewed};
///
/// let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
/// let rows = b"id,issue,decision,coder\nTUV-43-90.1,climate-displacement,remove,Ana\n";
/// let table = reviewed(&coded.correct(&Corrections::read("ana.csv", rows)?));
/// let row = table.row(["issue", "climate-displacement"]).unwrap();
/// assert_eq!(row.count("machine").unwrap() - row.count("corrected").unwrap(), 1);
/// assert_eq!(row.number("precision"), Some(0.0));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn reviewed<'l>(coded: impl Into<Selection<'l>>) -> Table {
    #[derive(Default)]
    struct Counts {
        corrected: u64,
        confirmed: u64,
        added: u64,
        removed: u64,
        without_tag: u64,
    }
    let coded = coded.into();
    let decided = || coded.iter().flat_map(|coded| coded.decided());
    let mut counts: BTreeMap<(Dimension, Arc<str>), Counts> =
        decided().map(|one| ((one.dimension, one.category.clone()), Counts::default())).collect();
    for coded in coded.iter() {
        for one in coded.decided() {
            let counts = counts.entry((one.dimension, one.category.clone())).or_default();
            match one.status {
                Status::Confirmed => counts.confirmed += 1,
                Status::Added => counts.added += 1,
                Status::Removed => counts.removed += 1,
                Status::Machine => {}
            }
            counts.without_tag += u64::from(one.status == Status::Removed && !one.by_machine);
        }
    }
    let dimensions: BTreeSet<Dimension> = counts.keys().map(|(dimension, _)| *dimension).collect();
    for coded in coded.iter() {
        for dimension in &dimensions {
            for category in categories(coded, *dimension) {
                if let Some(counts) = counts.get_mut(&(*dimension, category)) {
                    counts.corrected += 1;
                }
            }
        }
    }
    let mut table = Table::new(HEADER);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.confirmed + counts.added + counts.removed));
    for ((dimension, category), Counts { corrected, confirmed, added, removed, without_tag }) in counts {
        let taken = removed - without_tag;
        let looked_at = confirmed + taken;
        let precision = (looked_at > 0).then(|| confirmed as f64 / looked_at as f64);
        table.rows.push(vec![
            dimension.as_str().into(),
            Cell::Text(category),
            (corrected + taken - added).into(),
            corrected.into(),
            confirmed.into(),
            added.into(),
            removed.into(),
            precision.into(),
        ]);
    }
    table
}
