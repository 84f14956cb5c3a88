//! Codes by the labels that people read, in every language that a codebook has: filters and tallies accept both.

use super::{Codebook, Codebooks};
use crate::codebook::Aspect;
use crate::dimension::Dimension;
use crate::text::edits::edits;
use crate::text::key::letters_and_digits;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the number of a goal may be written after, in English, French and Spanish: `SDG 5`, `ODD 5`, `objetivo 5`.
const BEFORE_A_GOAL: [&str; 7] = ["", "sdg", "goal", "odd", "objectif", "ods", "objetivo"];

/// A label longer than this is no slip of a shorter one: the longest of ours has 75 letters.
const MAX_LETTERS: usize = 200;

impl Codebooks {
    /// The code with this label along a dimension, in any language, whatever the case, accents and marks; the number of a
    /// goal alone is one as well. Nothing where two codes have the label.
    pub(crate) fn code_of(&self, dimension: Dimension, label: &str) -> Option<Arc<str>> {
        let codebook = self.of(dimension)?;
        let wanted = letters_and_digits(label);
        if wanted.is_empty() {
            return None;
        }
        if dimension == Dimension::Aspect(Aspect::Sdg) {
            let word = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = &wanted[word.len()..];
            let code = || codebook.issue(&format!("sdg-{}", number.trim_start_matches('0')));
            if let Some(goal) = BEFORE_A_GOAL.contains(&word).then(code).flatten() {
                return Some(goal.code.clone());
            }
        }
        // what is shown now comes before other languages
        for labels in labels(codebook, dimension) {
            let mut codes = labels.filter(|(label, _)| keys(label).contains(&wanted)).map(|(_, code)| code);
            if let Some(first) = codes.next() {
                return codes.all(|code| code == first).then_some(first);
            }
        }
        None
    }

    /// The codes of a dimension by all that [`code_of`](Codebooks::code_of) reads as one of them, in the form in which labels are
    /// compared.
    pub(crate) fn codes_by_label(&self, dimension: Dimension) -> BTreeMap<String, Arc<str>> {
        let mut all: BTreeMap<String, Option<Arc<str>>> = BTreeMap::new();
        for labels in self.of(dimension).into_iter().flat_map(|codebook| labels(codebook, dimension)) {
            let mut here: BTreeMap<String, Option<Arc<str>>> = BTreeMap::new();
            for (label, code) in labels {
                for key in keys(&label) {
                    let known = here.entry(key).or_insert_with(|| Some(code.clone()));
                    if known.as_ref() != Some(&code) {
                        *known = None;
                    }
                }
            }
            here.into_iter().for_each(|(key, code)| _ = all.entry(key).or_insert(code));
        }
        all.into_iter().filter_map(|(key, code)| Some((key, code?))).collect()
    }

    /// The labels with a comma, in the parts between commas as they are compared, with their codes; those of most parts first.
    pub(crate) fn labels_with_commas(&self, dimension: Dimension) -> Vec<(Vec<String>, Arc<str>)> {
        let all = self.of(dimension).into_iter().flat_map(|codebook| labels(codebook, dimension)).flatten();
        let in_parts = all.filter(|(label, _)| label.contains(',')).flat_map(|(label, code)| {
            let without_bracket = label.split('(').next().unwrap_or_default().to_string();
            [label, without_bracket]
                .map(|label| (label.split(',').map(letters_and_digits).collect::<Vec<_>>(), code.clone()))
        });
        let mut in_parts: Vec<_> = in_parts.filter(|(parts, _)| parts.len() > 1).collect();
        in_parts.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        in_parts
    }

    /// The code whose label is so near to what was typed that a slip is likely: at most a letter in three is another.
    pub(crate) fn nearest_label(&self, dimension: Dimension, typed: &str) -> Option<Arc<str>> {
        let wanted = letters_and_digits(typed);
        let length = wanted.chars().count();
        if !(3..=MAX_LETTERS).contains(&length) {
            return None;
        }
        let all = labels(self.of(dimension)?, dimension).into_iter().flatten();
        let near = all.filter_map(|(label, code)| {
            let keys = keys(&label);
            let near = keys.iter().filter(|key| key.chars().count().abs_diff(length) * 3 <= length);
            let distance = near.map(|key| edits(key, &wanted)).min()?;
            (distance * 3 <= length).then_some((distance, code))
        });
        near.min_by(|one, two| one.0.cmp(&two.0).then_with(|| one.1.cmp(&two.1))).map(|(_, code)| code)
    }
}

/// The forms in which a label may be typed: `5 Gender equality` also without its number, `Policing (police)` without the
/// bracket, `Convention against Torture (CAT)` also as `CAT`.
fn keys(label: &str) -> Vec<String> {
    let mut keys = vec![letters_and_digits(label)];
    keys.push(letters_and_digits(label.trim_start_matches(|c: char| c.is_ascii_digit())));
    if let Some((before, rest)) = label.split_once('(') {
        keys.push(letters_and_digits(before));
        let short = rest.trim_end_matches(')');
        if short.chars().all(char::is_uppercase) {
            keys.push(letters_and_digits(short));
        }
    }
    keys.retain(|key| !key.is_empty());
    keys
}

type Labels<'c> = Box<dyn Iterator<Item = (String, Arc<str>)> + 'c>;

/// The labels with their codes: those that are shown, those of `issues.csv`, and those of each language.
fn labels(codebook: &Codebook, dimension: Dimension) -> Vec<Labels<'_>> {
    let themes = dimension == Dimension::Theme;
    let shown: Labels<'_> = match themes {
        true => Box::new(codebook.themes().iter().map(|theme| (theme.label.clone(), theme.code.clone()))),
        false => Box::new(codebook.issues().iter().map(|issue| (issue.label.clone(), issue.code.clone()))),
    };
    let mut all = vec![shown];
    all.extend(
        codebook.other_labels(themes).into_iter().map(|labels| Box::new(labels.into_iter()) as Labels<'_>),
    );
    all
}
