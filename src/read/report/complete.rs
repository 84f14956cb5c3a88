//! Whether a report is whole: its numbers have no gaps, and a closing sentence ends its recommendations.
//!
//! A file that was cut off, or a PDF of which a stream is damaged, reads as a shorter report. Nobody would see it in the
//! counts, so what is missing is a warning with the numbers.

use super::blocks::Block;
use crate::error::are_missing;

/// The warnings about a report's recommendations; `ended` is whether a sentence or the next section closes them.
pub(super) fn warnings(blocks: &[Block], ended: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let missing = missing(blocks.iter().map(|block| block.items.iter().map(|item| item.number.as_str())));
    if !missing.is_empty() {
        warnings.push(format!("{}: compare the file with the published report", are_missing(&missing)));
    }
    if !ended {
        let last = blocks.iter().flat_map(|block| &block.items).next_back();
        let number = last.map_or(String::new(), |item| format!(" after {}", item.number));
        warnings.push(format!(
            "the report breaks off{number}: the sentence \"All conclusions and/or recommendations ...\", which closes them, \
             is missing: compare the file with the published report"
        ));
    }
    warnings
}

/// The numbers `P.k` that are skipped: in a block they go on from the last one, or begin with 1.
pub(super) fn missing<'n>(blocks: impl Iterator<Item = impl Iterator<Item = &'n str>>) -> Vec<String> {
    let mut missing = Vec::new();
    let mut last = 0;
    for block in blocks {
        let mut first = true;
        for number in block {
            let Some((paragraph, item)) = number.rsplit_once('.') else { continue };
            let Ok(item) = item.parse::<u32>() else { continue };
            // a block begins anew, or goes on with the numbers of the one before
            let before = if first && item <= last { 0 } else { last };
            let skipped = before + 1..item;
            /// More than a page of numbers are not skipped but begin elsewhere.
            const MAX_SKIPPED: usize = 60;
            if skipped.len() <= MAX_SKIPPED {
                missing.extend(skipped.map(|item| format!("{paragraph}.{item}")));
            }
            last = item;
            first = false;
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_skipped() {
        for (blocks, expected) in [
            (&["8.1 8.2 8.3"][..], ""),
            (&["8.1 8.3 8.6"], "8.2 8.4 8.5"),
            (&["8.2 8.3"], "8.1"),
            (&["8.1 8.2", "9.1 9.2"], ""),
            (&["8.1 8.2", "9.3 9.4"], ""),
            (&["8.1 8.2", "9.2 9.3"], "9.1"),
            (&["8.1 8.90"], ""),
            (&["8 8.a"], ""),
        ] {
            let numbers = blocks.iter().map(|block| block.split(' '));
            assert_eq!(missing(numbers).join(" "), expected, "{blocks:?}");
        }
    }
}
